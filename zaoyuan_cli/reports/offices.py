"""What offices and terms ask for: a committee's seats and term, what is due after an election, empty seats, offices in
one hand, units and grids without their people. Computed on reading; never an exit code. Each ends with the words of
its article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zaoyuan_cli.i18n import _, joined, series
from zaoyuan_cli.reports import audits
from zaoyuan_cli.reports.bodies import ending, longest
from zaoyuan_cli.reports.todo import Item
from zaoyuan_cli.rules import laws, offices

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.bodies import Body
    from zaoyuan_cli.book.roles import Holding

SHOWN = 6  # units or grids in one line


def items(book: Book, as_of: date) -> Iterator[Item]:
    """Everything of a day, body by body, then the units and grids."""
    from zaoyuan_cli.book import bodies, roles

    ever = [one for one in roles.everyone(book.db) if one.since <= as_of]
    for one in bodies.everyone(book.db, as_of).values():
        if one.state(as_of) != "active" or one.kind == "assembly":
            continue
        of = [each for each in ever if each.body == one.body]
        if one.kind == "committee":
            yield from seats_and_term(book, one)
            yield from _elected(book, one, of, as_of)
            yield from _vacancy(book, one, as_of)
        yield from _term(book, one, as_of)
    yield from audits.items(book, as_of)
    yield from _one_hand(book, [one for one in ever if one.on(as_of)])
    yield from _coverage(book, as_of)


def seats_and_term(book: Book, one: Body) -> Iterator[Item]:
    """A committee of a number of seats, or of a term, that the law does not have (R-30)."""
    if one.kind != "committee":
        return
    if one.seats and not offices.seats_fit(one.seats):
        said = _("{body} has {seats} seats; a committee has 5 to 11, an odd number.")
        yield _item(
            "seats", said.format(body=one.name, seats=one.seats), laws.law("committee.seats_least").cited, None, one
        )
    last = longest(book, one)
    if one.since and last and one.until and one.until > last:
        said = _("The term of {body} runs to {until}; it may run to {last}.")
        message = said.format(body=one.name, until=one.until, last=last)
        yield _item("term_long", message, _why(book, "committee.term_years", one.since), last, one)


def _term(book: Book, one: Body, day: date) -> Iterator[Item]:
    """The term that is over, or ends within three months (R-30)."""
    ends = ending(book, one)
    standing = offices.term(ends, day) if ends else "running"
    if standing == "over":
        said, rule = _("The term of {body} ended on {day}: elect anew."), "committee.term_years"
    elif standing == "ending":
        said, rule = _("The term of {body} ends on {day}: prepare the election."), "committee.renewal_months"
    else:
        return
    why = _why(book, rule, one.since or day) if one.kind == "committee" else ""
    yield _item("term", said.format(body=one.name, day=ends), why, ends, one)


def _elected(book: Book, one: Body, of: list[Holding], day: date) -> Iterator[Item]:
    """After an election: the first meeting, the filing; after a change of members, a filing again (R-41)."""
    from zaoyuan_cli.book import bodies, meetings

    if not one.since:
        return
    filed = [mark.date for mark in bodies.marks(book.db, day) if mark.body == one.body and mark.what == "filed"]
    if not filed and not meetings.held_until(book.db, day, one.body, one.since):
        until, why = _by(book, "committee.first_meeting_days", one.since)
        said = _("{body}, elected on {day}: the first meeting, which chooses the chair, is due by {until}.")
        yield _item("first_meeting", said.format(body=one.name, day=one.since, until=until), why, until, one)
    if not filed:
        until, why = _by(book, "committee.filing_days", one.since)
        said = _("{body}, elected on {day}: to be filed with the authority by {until}.")
        yield _item("filing", said.format(body=one.name, day=one.since, until=until), why, until, one, filing=True)
        return
    if changed := [change for change in _changes(of, one, day) if change > max(filed)]:
        until, why = _by(book, "committee.change_days", min(changed))
        said = _("The members of {body} changed on {day}: to be filed with the authority by {until}.")
        message = said.format(body=one.name, day=min(changed), until=until)
        yield _item("filing", message, why, until, one, filing=True)


def _by(book: Book, rule: str, since: date) -> tuple[date, str]:
    """The last day of a period that begins to count after a day, by the rule in force on it (by the law that came
    later, where there was none), and its citation."""
    from zaoyuan_cli.book import rulings

    days = rulings.count(book.db, rule, since)
    return offices.due(since, days if days is not None else laws.law(rule).number), _why(book, rule, since)


def _why(book: Book, rule: str, on: date) -> str:
    """The citation of a rule as it holds on a day."""
    from zaoyuan_cli.book import rulings

    return rulings.in_force(book.db, rule, on).cited


def _changes(of: list[Holding], one: Body, day: date) -> list[date]:
    """The days up to a day on which somebody became a member, or was one no more."""
    from zaoyuan_cli.book.roles import SEATED

    seated = [each for each in of if each.role in SEATED]
    began = {each.since for each in seated if not _holds(seated, each.person, each.since - timedelta(days=1))}
    went = {each.gone for each in seated if not _holds(seated, each.person, each.gone)}
    return sorted(change for change in (began - {one.since}) | went if change <= day)


def _holds(of: list[Holding], person: str, day: date) -> bool:
    return any(each.on(day) for each in of if each.person == person)


def _vacancy(book: Book, one: Body, day: date) -> Iterator[Item]:
    """Empty seats (R-42)."""
    from zaoyuan_cli.book import roles

    if not one.seats:
        return
    members = len(roles.members(book.db, one.body, day))
    wanted = offices.vacancy(members, one.seats)
    if wanted == "fill" or (wanted and not members):
        said, kind = _("{body} has {members} members and {seats} seats: fill the vacancy."), "vacancy"
    elif wanted == "elect":
        said, kind = _("{body} has {members} members left of {seats}, less than half: elect anew."), "reelection"
    else:
        return
    yield _item(
        kind,
        said.format(body=one.name, members=members, seats=one.seats),
        _why(book, "committee.vacancy", day),
        None,
        one,
    )


def _one_hand(book: Book, held: list[Holding]) -> Iterator[Item]:
    """Cashier and bookkeeper, or cashier and chair, are one person (R-62): on purpose, or by a merge."""
    from zaoyuan_cli.book import people

    for one in held:
        for other in held:
            name = offices.apart(one.role).get(other.role)
            if name and one.person == other.person and one.role == offices.CASHIER:
                said = _("{person} is {role} and {other}.").format(
                    person=people.name_of(book.db, one.person), role=_(one.role), other=_(other.role)
                )
                why = one.reason or other.reason
                message = joined((said, _("The reason given: {reason}.").format(reason=why))) if why else said
                yield Item(
                    "one_hand", joined((message, laws.law(name).cited)), None, "zaoyuan role list --role cashier"
                )


def _coverage(book: Book, day: date) -> Iterator[Item]:
    """Units without a leader, grids without a 党员中心户 (R-94)."""
    from zaoyuan_cli.reports import roster

    of_units = roster.by_unit(book, day)
    if double := [str(row["unit"]) for row in of_units if roster.JOIN in (row["leader"] or "")]:
        said = _("Units with two leaders: {count} ({which}).").format(count=len(double), which=series(double[:SHOWN]))
        yield Item("two_leaders", said, None, f"zaoyuan role list --role unit-leader --scope {double[0]}")
    for kind, said, rows, key, command in (
        ("leader", _("Units without a leader: {count} ({which})."), of_units, "leader",
         "zaoyuan unit list"),
        ("party_household", _("Grids without a party household: {count} ({which})."), roster.by_grid(book, day),
         "party_households", "zaoyuan grid list"),
    ):  # fmt: skip
        bare = [str(row["unit" if kind == "leader" else "grid"]) for row in rows if _bare(row, key)]
        if bare:
            which = series(bare[:SHOWN]) + (" …" if len(bare) > SHOWN else "")
            yield Item(kind, said.format(count=len(bare), which=which), None, command)


def _bare(row: dict[str, object], key: str) -> bool:
    return bool(row["households"]) and not row[key] and row.get("grid", "") is not None


def _item(kind: str, message: str, why: str, due: date | None, one: Body, filing: bool = False) -> Item:
    command = f"zaoyuan body {'filed' if filing else 'show'} {_word(one.name)}"
    return Item(kind, joined((message, why)) if why else message, due, command)


def _word(name: str) -> str:
    from shlex import quote

    return name if all(letter.isalnum() for letter in name) else quote(name)
