"""One household on one screen: who, what it owes, what it paid, what happened to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from zaoyuan_cli.book import (
    Book,
    dues,
    households,
    log,
    owning,
    projects,
    receipts,
    reminders,
    spaces,
    visits,
)
from zaoyuan_cli.book.credits import everyone as credits_of
from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page, accounts, credits, living
from zaoyuan_cli.reports.owners import FORMER, former
from zaoyuan_cli.reports.spaces import MINE as SPACES
from zaoyuan_cli.reports.spaces import record as space_of
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.money import Fen

SORTS = {"car": N_("car"), "ebike": N_("e-bike"), "other": N_("other vehicle")}
HISTORY = 20  # the latest steps about it
RELATIONS = {
    "owner": N_("owns it"), "tenant": N_("tenant"), "family": N_("family"), "temporary": N_("staying for a time"),
}  # fmt: skip


def record(one: households.Household) -> dict[str, Any]:
    """A household as JSON has it everywhere; absent is None."""
    return {
        "room": one.room,
        "owner": one.owner or None,
        "area": one.area,
        "unit": one.unit or None,
        "grid": one.grid or None,
        "ebike": one.ebike,
        "state": one.state,
        "voter": one.voter or None,
        **({"unsold": True} if one.unsold else {}),
    }


def page(book: Book, room: str, *, full: bool = False, as_of: date | None = None) -> Page:
    """The household on a day (now without one); phones are masked unless `full`. Raises NotFound."""
    one = households.one(book, room, as_of)
    who = living.there_now(book, one, full, as_of)
    over = owning.closing(book.db, households.ROLL, room) if one.state == households.CLOSED else None
    owing = [_due(due) for due in dues.owed(book.db, room=room, as_of=as_of)]
    payments = _payments(book, room, as_of)
    history = [_step(entry) for entry in log.entries(book, HISTORY, about=room, own=True)]
    owed = Fen(sum(due["owed"] for due in owing))
    data = {
        **record(one), "area_source": one.area_source or None, "owed": owed, "people": who,
        "closed": over and over[0], "reason": (over and over[1]) or None,
        "lived": living.at_another_time(book, one, as_of or book.today),
        "vehicles": living.vehicles_kept(book, one, as_of or book.today),
        "spaces": [space_of(place) for place in spaces.of(book.db, one.owners, as_of or book.today)],
        "former": former(book, households.ROLL, room, as_of), "dues": owing, "payments": payments,
        **credits.of_household(book, room, as_of),
        "reminders": _reminders(book, room, as_of), "missed": visits.missed_at(book.db, room, as_of).get(room, []),
        "votes": _votes(book, room, as_of), "history": history,
    }  # fmt: skip
    return Page(data, [*_head(one, owed, over, data), *_tables(data)])


def _due(due: dues.Owed) -> dict[str, Any]:
    return {
        "project": due.name, "owner": due.owner or None, "due": due.due, "paid": due.paid, "waived": due.waived,
        "owed": due.owed, "credit": due.credit, "state": due.state, "due_date": due.due_date,
    }  # fmt: skip


def _payments(book: Book, room: str, as_of: date | None) -> list[dict[str, Any]]:
    called, every, held = projects.names(book.db), receipts.register(book.db), accounts.named(book)
    mine = [
        {
            "receipt": one.receipt, "date": one.date, "amount": one.amount, "refunded": one.refunded,
            "state": one.state, "stands": one.stands, "account": held[one.account],
            "project": called[one.project] or None, "fund": one.fund,
        }
        for one in every
        if one.room == room and not (as_of and one.date > as_of)
    ]  # fmt: skip
    if claimed := [part for part in credits_of(book.db, room=room) if part.receipt and part.state != "void"]:
        known = {one.receipt: one for one in every}
        mine += [
            {
                "receipt": part.receipt, "date": known[part.receipt].date, "amount": part.amount, "refunded": Fen(),
                "state": "paid", "stands": "valid", "account": held[known[part.receipt].account],
                "project": called[part.project], "fund": part.fund, "claim": part.number,
            }
            for part in claimed
            if not (as_of and part.date > as_of)
        ]  # fmt: skip
    return sorted(mine, key=lambda row: (row["date"], numbers.split(row["receipt"])))


def _votes(book: Book, room: str, as_of: date | None) -> list[dict[str, Any]]:
    """The owners' votes it has a voice in, and whether it was used; never how."""
    from zaoyuan_cli.book import ballots, slips

    cast = slips.voted(book.db, room, as_of)
    known = {one.ballot: one for one in ballots.everyone(book.db, as_of)} if cast else {}
    return [
        {"ballot": number, "text": known[number].text, "until": known[number].until, "state": known[number].state,
         "voted": voted}
        for number, voted in cast.items()
    ]  # fmt: skip


def _reminders(book: Book, room: str, as_of: date | None) -> list[dict[str, Any]]:
    from zaoyuan_cli.reports import reminders as report

    return report.rows(book, reminders.everyone(book.db, room=room, until=as_of))


def _step(entry: log.Entry) -> dict[str, Any]:
    return {
        "step": entry.step, "at": entry.at, "verb": entry.verb, "who": entry.who or None,
        "numbers": [*entry.numbers, *(entry.concerns if entry.verb.endswith(" void") else ())], "undone": entry.undone,
    }  # fmt: skip


def _head(one: households.Household, owed: Fen, over: tuple[date, str] | None, data: dict[str, Any]) -> list[Part]:
    return [
        Heading(f"{one.room} {one.owner}".strip()),
        Pairs((
            (_("State"), State(one.state)),
            *((((_("Left the roll"), f"{over[0]} {over[1]}"),)) if over else ()),
            *(((_("Not sold yet"), True),) if one.unsold else ()),
            (_("Area (m²)"), one.area),
            (_("Unit"), one.unit or None),
            (_("Grid"), one.grid or None),
            (_("E-bike"), one.ebike),
            (_("Owed"), owed),
            *credits.pairs(data),
        )),
    ]  # fmt: skip


def _tables(data: dict[str, Any]) -> list[Part]:
    """What there is, each under its heading; empty lists are left out."""
    who = [
        {**row, "relation": _(RELATIONS[row["relation"]]), "roles": " ".join(_(role) for role in row["roles"]) or None}
        for row in data["people"]
    ]
    lived = [{**row, "relation": _(RELATIONS[row["relation"]])} for row in data["lived"]]
    kept = [{**row, "sort": _(SORTS[row["sort"]])} for row in data["vehicles"]]
    parts: list[Part] = []
    for title, columns, rows in (
        (_("People"), _PEOPLE, who),
        (_("Vehicles"), _VEHICLES, kept),
        (_("Special spaces"), SPACES, data["spaces"]),
        (_("Owners before"), FORMER, data["former"]),
        (_("Lived there at another time"), _LIVED, lived),
        (_("Dues"), _DUES, data["dues"]),
        (_("Payments"), _PAYMENTS, data["payments"]),
        (_("Reminders"), _REMINDERS, data["reminders"]),
        (_("Votes of the owners"), _VOTES, data["votes"]),
        (_("Not at home"), _MISSED, [{"date": day} for day in data["missed"]]),
        (
            _("Latest steps"),
            _HISTORY,
            data["history"],
        ),
    ):
        if rows:
            parts += [Heading(title, 2), Table(columns, rows)]
    return parts


_PEOPLE = (
    Column("name", N_("Name")), Column("relation", N_("Relation")), Column("phone", N_("Phone"), "number_text"),
    Column("from", N_("Since"), "date", 3), Column("until", N_("Until"), "date", 3),
    Column("roles", N_("Office")), Column("person", N_("Id"), "number_text", 2),
)  # fmt: skip
_VEHICLES = (
    Column("plate", N_("Plate"), "number_text"), Column("sort", N_("Kind")), Column("name", N_("Name")),
    Column("from", N_("Since"), "date", 2), Column("until", N_("Until"), "date", 3),
    Column("step", N_("Step"), "number_text", 1),
)  # fmt: skip
_LIVED = (
    Column("name", N_("Name")), Column("relation", N_("Relation")), Column("from", N_("Since"), "date"),
    Column("until", N_("Until"), "date"),
)  # fmt: skip
_DUES = (
    Column("project", N_("Project")), Column("due", N_("Due"), "money", 1), Column("paid", N_("Paid"), "money"),
    Column("owed", N_("Owed"), "money"), Column("state", N_("State"), "state"),
    Column("due_date", N_("Until"), "date", 2),
)  # fmt: skip
_PAYMENTS = (
    Column("receipt", N_("Receipt"), "number_text"), Column("date", N_("Day"), "date"),
    Column("amount", N_("Amount"), "money"), Column("account", N_("Account"), "text", 2),
    Column("project", N_("Project"), "text", 1), Column("stands", N_("State"), "state", 3),
)  # fmt: skip
_REMINDERS = (
    Column("date", N_("Date"), "date"), Column("channel", N_("Asked how"), "state"), Column("project", N_("Project")),
    Column("owed", N_("Owed then"), "money"), Column("by", N_("Reminded by"), "text", 1),
    Column("agreed", N_("Will pay"), "flag", 2), Column("note", N_("Note"), "text", 3, flex=True),
)  # fmt: skip
_VOTES = (
    Column("ballot", N_("No."), "number_text"), Column("text", N_("Vote"), flex=True),
    Column("until", N_("Until"), "date", 1), Column("state", N_("State"), "state", 2),
    Column("voted", N_("Voted"), "flag"),
)  # fmt: skip
_MISSED = (Column("date", N_("Date"), "date"),)
_HISTORY = (
    Column("step", N_("Step"), "number_text"), Column("at", N_("When"), "number_text"),
    Column("verb", N_("What"), "state"),
    Column("numbers", N_("Numbers"), "text", 1), Column("undone", N_("Undone"), "flag", 2),
    Column("who", N_("Who"), "text", 3),
)  # fmt: skip
