"""Ledgers: every movement of a fund, an account, a project or a household, with what stands after it.

Opening + in - out = closing. The ledger of a household has its levies and waivers between its payments, and what it
owes after each; a use of its own credit is moved from one due to another, and neither in nor out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing
from zaoyuan_cli.reports.accounts import named
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.entries import Line, Side

SETTLES = ("contribution", "refund", "transfer", "claim", "correction")  # what changes what a household owes

_LINE = (
    Column("date", N_("Date"), "date"),
    Column("number", N_("Number"), "number_text", 1),
    Column("what", N_("Movement"), "state", 2),
    Column("text", N_("For what"), priority=4, flex=True),
)
_MONEY = (Column("in", N_("In"), "money"), Column("out", N_("Out"), "money"))
COLUMNS = (
    *_LINE,
    Column("room", N_("Room"), "room", 5),
    Column("other", N_("Other side"), priority=3),
    Column("project", N_("Project"), priority=6),
    *_MONEY,
    Column("balance", N_("Balance"), "money"),
)
OF_PROJECT = tuple(column for column in COLUMNS if column.key != "project")
OF_HOUSEHOLD = (
    *_LINE,
    Column("other", N_("Account"), priority=5),
    Column("project", N_("Project"), priority=3),
    Column("due", N_("Due"), "money"),
    *_MONEY,
    Column("moved", N_("Moved"), "money", 2),
    Column("balance", N_("Net paid"), "money", 6),
    Column("owed", N_("Owed"), "money"),
)
_OF = {"project": OF_PROJECT, "room": OF_HOUSEHOLD}


def rows(book: Book, by: Side, name: str, since: date | None, until: date | None) -> list[dict[str, Any]]:
    """One row a movement, in the order of days."""
    from zaoyuan_cli.book import entries

    if by == "room":
        return _of_household(book, name, since, until)
    called = named(book)
    return [line(one) | {"other": called[one.other] or None} for one in entries.ledger(book.db, by, name, since, until)]


def line(one: Line) -> dict[str, Any]:
    """A movement as JSON has it; what is not there is None."""
    row = one._asdict()
    figures = {"in": row.pop("into"), "out": row.pop("out"), "balance": row.pop("balance")}
    return {key: value or None for key, value in row.items()} | figures


def _of_household(book: Book, room: str, since: date | None, until: date | None) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import credits, dues, entries

    nothing = {"number": None, "text": None, "other": None, "room": room, "in": None, "out": None}
    asked = [
        {**nothing, "date": day, "what": what, "project": project, "due": fen}
        for day, project, what, fen in dues.asked(book.db, room)
    ]
    paid = [
        {**line(one), "due": None} | ({"other": None} if one.what in ("transfer", "claim") else {})  # no account
        for one in entries.ledger(book.db, "room", room, None, until)
    ]
    inside = {use.number for use in credits.everyone(book.db, room=room) if not use.receipt}
    found, balance, stands = [], Fen(), dict[str, int]()
    for row in sorted([*asked, *paid], key=lambda row: row["date"]):  # of one day, what was asked comes first
        if until and row["date"] > until:
            break
        moved = Fen((row["in"] or 0) - (row["out"] or 0))
        balance = Fen(balance + moved)
        project = row["project"]
        if project and (row["due"] is not None or row["what"] in SETTLES):
            stands[project] = stands.get(project, 0) + (row["due"] or 0) - moved
        owed = Fen(sum(max(0, fen) for fen in stands.values()))
        figures = {"in": None, "out": None, "moved": moved} if row["number"] in inside else {"moved": None}
        found.append({**row, **figures, "balance": balance, "owed": owed})
    return [row for row in found if not since or row["date"] >= since]


def listing(book: Book, by: Side, name: str, since: date | None, until: date | None, as_of: date | None) -> Listing:
    """The ledger of these days, with their totals."""
    from zaoyuan_cli.book import entries

    sums: dict[str, Any] = entries.turnover_of(book.db, by, name, since, until).row()
    title = _("{name}: opening {opening} yuan, closing {closing} yuan").format(
        name=name, opening=sums["opening"], closing=sums["closing"]
    )
    if by == "room":
        last = _of_household(book, name, None, until)[-1:]
        sums["owed"] = last[0]["owed"] if last else Fen()
        title = _("{room}: {paid} yuan paid, {owed} yuan owed").format(
            room=name, paid=sums["closing"], owed=sums["owed"]
        )
    found, empty = rows(book, by, name, since, until), _("No movement in these days.")
    columns = _OF.get(by, COLUMNS)
    if not any(row.get("moved") for row in found):
        columns = tuple(one for one in columns if one.key != "moved")
    return Listing(found, columns, sums, title, empty, as_of=as_of)
