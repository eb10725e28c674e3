"""A body on one page: who sits in it, how its term stands, what came before and after, what it rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page
from zaoyuan_cli.rules import offices

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.bodies import Body


def record(book: Book, one: Body, as_of: date | None = None) -> dict[str, Any]:
    """A body as JSON has it everywhere: seats filled and vacant, and how its term stands (running, ending, over)."""
    from zaoyuan_cli.book import bodies, households, roles

    day = as_of or book.today
    if one.kind == "assembly":
        members = len({home.voter for home in households.everyone(book.db, as_of).values() if home.voter})
    else:
        members = len(roles.members(book.db, one.body, day))
    known = bodies.everyone(book.db, as_of)
    state, ends = one.state(day), ending(book, one)
    return {
        "body": one.name, "kind": one.kind, "members": members, "seats": one.seats,
        "vacant": max(0, one.seats - members) if one.seats else None, "from": one.since, "until": one.until,
        "after": known[one.after].name if one.after in known else None,
        "followed_by": next((other.name for other in known.values() if other.after == one.body), None),
        "decision": one.decision or None, "state": state,
        "term": offices.term(ends, day) if ends and state == "active" else None,
    }  # fmt: skip


def ending(book: Book, one: Body) -> date | None:
    """The last day of its term: as said; of a committee no later than the rule in force at its election has it
    (R-30)."""
    return min((day for day in (one.until, longest(book, one)) if day), default=None)


def longest(book: Book, one: Body) -> date | None:
    """The last day of the longest term a committee may have by the rule in force on its first day."""
    from zaoyuan_cli.book import rulings

    if one.kind != "committee" or not one.since:
        return None
    years = rulings.count(book.db, "committee.term_years", one.since)
    return offices.lawful_end(one.since, years) if years else None


def page(book: Book, body: str, as_of: date | None = None) -> Page:
    """The body on a day (now without one): its members with their offices and days, and who sat in it before."""
    from zaoyuan_cli.book import bodies, decisions, people, roles

    one, day = bodies.one(book, body, as_of), as_of or book.today
    ever = [each for each in roles.everyone(book.db) if each.body == body and each.since <= day]
    known = people.everyone(book.db, as_of, [each.person for each in ever])
    rows = [
        {"role": each.role, "person": each.person, "name": known[each.person].name, "from": each.since,
         "until": each.until, "ended": each.ended, "decision": each.decision or None, "held": each.on(day)}
        for each in ever
    ]  # fmt: skip
    held = [_but(row, "ended", "held") for row in rows if row["held"]]
    former = [_but(row, "held") | {"until": row["ended"] or row["until"]} for row in rows if not row["held"]]
    numbers = dict.fromkeys(filter(None, (one.decision, *(row["decision"] for row in rows))))
    made = decisions.everyone(book.db, as_of)
    cited = [
        {"decision": number, "date": made[number].date, "text": made[number].text}
        for number in numbers
        if number in made
    ]
    marks = {mark.what: mark.date for mark in bodies.marks(book.db, as_of) if mark.body == body}  # the last of each
    data = record(book, one, as_of) | {
        "offices": held, "former": [_but(row, "ended") for row in former], "decisions": cited,
        "filed": marks.get("filed"), "audited": marks.get("audited"),
    }  # fmt: skip
    return Page(data, _parts(data))


def _but(row: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in keys}


def _parts(data: dict[str, Any]) -> list[Part]:
    seats = _("{members} of {seats} filled").format(**data) if data["seats"] else None
    parts: list[Part] = [
        Heading(data["body"]),
        Pairs((
            (_("Kind"), State(data["kind"])), (_("State"), State(data["state"])), (_("Members"), data["members"]),
            (_("Seats"), seats), (_("Since"), data["from"]), (_("Until"), data["until"]),
            (_("Term"), State(data["term"]) if data["term"] else None),
            (_("After"), data["after"]), (_("Followed by"), data["followed_by"]),
            (_("Filed with the authority"), data["filed"]), (_("Audited"), data["audited"]),
        )),
    ]  # fmt: skip
    for title, columns, rows in (
        ("", _OFFICES, data["offices"]), (_("Offices before"), _OFFICES, data["former"]),
        (_("Decisions cited"), _DECISIONS, data["decisions"]),
    ):  # fmt: skip
        if rows:
            shown = [{**row, "role": _(row["role"])} if "role" in row else row for row in rows]
            parts += [*([Heading(title, 2)] if title else []), Table(columns, shown)]
    return parts


_OFFICES = (
    Column("role", N_("Office")), Column("name", N_("Name")), Column("from", N_("Since"), "date"),
    Column("until", N_("Until"), "date", 1), Column("decision", N_("Decision"), "number_text", 2),
)  # fmt: skip
_DECISIONS = (
    Column("decision", N_("Decision"), "number_text"), Column("date", N_("Date"), "date"),
    Column("text", N_("Text"), flex=True),
)  # fmt: skip
