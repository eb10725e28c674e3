"""Pledges as a list: promised against paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.pledges import Promise

COLUMNS = (
    Column("room", N_("Room"), "room"),
    Column("who", N_("Name"), "text", 1),
    Column("project", N_("Project"), "text", 3),
    Column("promised", N_("Promised"), "money"),
    Column("paid", N_("Paid"), "money"),
    Column("open", N_("Still open"), "money"),
    Column("state", N_("State"), "state", 2),
    Column("since", N_("Since"), "date", 5),
    Column("pledges", N_("Pledges"), "number_text", 4),
)


def rows(book: Book, found: Sequence[Promise]) -> list[dict[str, Any]]:
    """One row a payer and project; `paid` is what it gave beyond its due."""
    from zaoyuan_cli.book import donors, households, projects

    givers = {id: one.name for id, one in donors.everyone(book.db).items()} if found else {}
    owners = {room: one.owner for room, one in households.everyone(book.db).items()} if found else {}
    called = projects.names(book.db)
    return [
        {
            "room": one.room or None, "donor": givers.get(one.donor),
            "who": givers.get(one.donor) or owners.get(one.room),
            "project": called[one.project], "promised": one.promised, "paid": one.paid, "open": one.open,
            "state": one.state, "since": one.since, "pledges": " ".join(one.pledges),
        }
        for one in found
    ]  # fmt: skip


def listing(shown: Sequence[dict[str, Any]], found: Sequence[Promise], as_of: date | None) -> Listing:
    """The list with its sums."""
    totals = {
        "pledgers": len(found),
        "promised": Fen(sum(one.promised for one in found)),
        "paid": Fen(sum(one.paid for one in found)),
        "open": Fen(sum(one.open for one in found)),
    }
    empty = _("Nothing is promised.") + "\n" + _("Record a pledge: {command}").format(
        command="zaoyuan project pledge 3-2-501 200 -p 围墙"
    )  # fmt: skip
    return Listing(shown, COLUMNS, totals, empty=empty, as_of=as_of)
