"""A vote of the owners as data: as it was opened, as it stands, as it ended. What a voter chose is in none of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import ballots as rule
from zaoyuan_cli.rules.ballots import Sum
from zaoyuan_cli.rules.dates import years_later
from zaoyuan_cli.rules.rooms import Area

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.ballots import Ballot
    from zaoyuan_cli.book.rolls import Voter
    from zaoyuan_cli.book.tallies import Tally

MANY = 5_000  # voters who have not cast: more are named for one question at a time

STAFF = {"witness": "witnesses", "caller": "callers", "teller": "tellers"}
"""Who was there when the slips were opened (R-25), by duty, and the key of their names."""
PROVING = ("witness", "teller")  # without whom a count is nobody's word


def opened(ballot: Ballot, roll: Sum) -> dict[str, Any]:
    """A vote as `ballot open` answers: its roll, and the smallest turnout that suffices."""
    law = ballot.law
    return {
        "ballot": ballot.ballot, "text": ballot.text, "matter": ballot.matter,
        "matter_name": _(rule.MATTERS[ballot.matter]), "date": ballot.date,
        "posted": ballot.posted, "until": ballot.until, "state": ballot.state, "asked": list(ballot.asked),
        "roll": as_row(roll),
        "thresholds": {
            "took_part_voters": law.took_part.least(roll.voters),
            "took_part_area": Area(law.took_part.least(roll.area)),
            "took_part": str(law.took_part), "consent": str(law.consent),
        },
        "judged_by": ballot.judged_by, "single_entry": ballot.single_reason or None, "seats": ballot.seats or None,
        "decisions": [one for one in ballot.end.decisions if one] if ballot.end else [],
    }  # fmt: skip


def special(book: Book, ballot: Ballot) -> dict[str, Any]:
    """Whether special spaces are in the areas of a roll, by which rule, how many and how much; how many people own one
    and no door, and have no vote. None where no rule was asked: the book knew no such spaces yet."""
    from zaoyuan_cli.book import electorate, rolls, rulings

    key = ballot.judged_by.get(electorate.SPACES, "")
    count, area = rolls.special_sum(book.db, ballot.ballot)
    return {
        "counted": ballot.special, "spaces": count, "area": Area(area), "no_door": ballot.apart,
        "source": rulings.source(book.db, electorate.SPACES, key) if key else None,
    }  # fmt: skip


def special_in_words(of: dict[str, Any]) -> str:
    """The same as a line of a page; "" where special spaces do not count."""
    if not of["counted"]:
        return ""
    said = _("{spaces} of them, {area} m², count: {source}").format(**of)
    if of["no_door"]:
        said += " · " + _("owners of such a space without a door, who have no vote: {no_door}").format(**of)
    return said


def notice(book: Book, ballot: Ballot) -> dict[str, Any]:
    """Whether the notice was in time, by the rule of the day it was opened (R-20)."""
    from zaoyuan_cli.book import rulings

    rule = rulings.in_force(book.db, "assembly.notice_days", ballot.date)
    days = (ballot.until - ballot.posted).days
    lawful = not isinstance(rule.value, int) or days >= rule.value
    return {"lawful": lawful, "days": days, "required": rule.value, **({} if lawful else {"source": rule.cited})}


def late(of: dict[str, Any]) -> str:
    """What is to be said of a notice that came too late, "" of one in time."""
    if of["lawful"]:
        return ""
    return _("The notice is {days} days before the last day; {required} are asked for. {source}").format(**of)


def as_row(one: Sum) -> dict[str, Any]:
    """Persons and area."""
    return {"voters": one.voters, "area": Area(one.area)}


def tallied(book: Book, found: Tally, only: int = 0) -> dict[str, Any]:
    """A tally as `ballot tally` and `close` answer; of several questions each under `questions`, the first also at the
    top, or the one asked for (`only`, from 1). Of a city's vote on several questions the voters who are still needed
    are counted, and named for one question at a time."""
    from zaoyuan_cli.book import slips

    named = not is_long(found) or bool(only)
    asked = [only - 1] if only else range(len(found.questions))
    known = {row["voter"]: row for row in rows(book, _needed(found, asked))} if named else None
    each = [_question(known, found, n) for n in asked]
    data = opened(found.ballot, found.roll) | each[0] | {
        "by_one_person": slips.by_one_person(book.db, found.ballot.ballot),
        "unwritten": slips.unwritten(book.db, found.ballot.ballot), "proxies": proxies(book, found.ballot),
        "papers": found.papers._asdict(), "unchecked": len(found.unchecked),
        "differences": [
            {"doors": list(one.voter.rooms), "first": list(one.first), "second": list(one.second),
             "first_proxy": one.proxies[0] or None, "second_proxy": one.proxies[1] or None}
            for one in found.differences
        ],
        "left": len(found.left), "silent": as_row(found.silent) if found.silent else None, **_ended(book, found),
        "notice": notice(book, found.ballot), "special_spaces": special(book, found.ballot),
    }  # fmt: skip
    if len(found.questions) > 1:
        data["questions"] = each
    if found.ballot.seats:
        data |= _election(found)
    return data


def proxies(book: Book, ballot: Ballot) -> list[dict[str, Any]]:
    """The written proxies on file: of which voter, who may sign, from when until when (R-22)."""
    from zaoyuan_cli.book import rolls, slips

    found = []
    for one in slips.proxies(book.db, ballot.ballot):
        voter = rolls.voter(book.db, ballot.ballot, one.voter)
        doors = list(voter.rooms) if voter else []
        found.append({"doors": doors, "holder": one.holder, "date": one.date, "until": one.until or ballot.until})
    return found


def is_long(found: Tally) -> bool:
    """Would it name too many voters, question by question?"""
    return len(found.questions) > 1 and len(found.left) > MANY


def _needed(found: Tally, asked: Iterable[int]) -> list[Voter]:
    """Every voter that the forecasts of some questions name, once."""
    of = [found.questions[n] for n in asked]
    needed = {one.voter: one for each in of for one in (*(each.forecast or ()), *(each.turnout or ()))}
    return list(needed.values())


def _question(known: dict[str, dict[str, Any]] | None, found: Tally, n: int) -> dict[str, Any]:
    one, state, end = found.questions[n], found.ballot.state, found.ballot.end
    verdict = one.decides
    running = state == "running"
    return {
        "question": one.text,
        "took_part": as_row(verdict.took_part) | {"enough": verdict.voters_took_part and verdict.area_took_part},
        "consent": as_row(one.slips.yes)
        | {"voters_enough": verdict.voters_agree, "area_enough": verdict.area_agree},
        "slips": {choice: as_row(part) for choice, part in zip(rule.CHOICES, one.slips, strict=True)},
        "blank": one.blank, "invalid": one.invalid,
        "missing": as_row(verdict.missing),
        "would_pass": verdict.passed,
        "verdict": state if end is None else "passed" if end.passed[n] else "failed",
        "decision": (end.decisions[n] or None) if end else None,
        "settled": one.settled or None,
        "forecast": _set(known, one.forecast if running else ()),
        "turnout": _set(known, one.turnout if running else ()),
        "without_silent": one.verdict.passed if one.followed else None,
    }  # fmt: skip


def _set(known: dict[str, dict[str, Any]] | None, voters: tuple[Voter, ...] | None) -> dict[str, Any]:
    """A smallest set of voters in the order of their papers; voters None where not even all would do."""
    chosen = [known[one.voter] for one in voters or ()] if known else []
    chosen.sort(key=lambda row: row["paper"])
    return {"voters": None if voters is None else len(voters), "rows": chosen}


def rows(book: Book, voters: Sequence[Voter]) -> list[dict[str, Any]]:
    """Voters in the order of their first doors, with the leader of that unit."""
    from zaoyuan_cli.book import people, roles
    from zaoyuan_cli.rules.rooms import unit_of

    names = people.everyone(book.db, only=[one.voter for one in voters])
    leaders = {one.scope: one.person for one in roles.held(book.db, book.today, role="unit-leader")}
    known = people.everyone(book.db, only=list(leaders.values()))
    found = []
    for one in sorted(voters, key=lambda voter: voter.paper):
        unit = unit_of(one.rooms[0])
        leader = known.get(leaders.get(unit, ""))
        found.append({
            "voter": one.voter, "name": names[one.voter].name if one.voter in names else None,
            "doors": list(one.rooms), "area": Area(one.area), "unit": unit, "leader": leader.name if leader else None,
            "paper": one.paper,
        })  # fmt: skip
    return found


def by_unit(listed: Sequence[dict[str, Any]], most: int = 0) -> list[dict[str, Any]]:
    """Voters unit by unit, for their leaders; with `most`, no more than that are named. The doors of one voter are
    joined, 3-2-501+3-2-601, with the name."""
    units: dict[str, list[dict[str, Any]]] = {}
    for row in listed:
        units.setdefault(row["unit"], []).append(row)
    found = []
    for unit, of in units.items():
        doors = list(map(_doors, of))
        cut = 0 < most < len(doors)
        found.append({
            "unit": unit, "leader": of[0]["leader"], "voters": len(of),
            "area": Area(sum(int(row["area"]) for row in of)),
            "doors": " ".join(doors[:most] if cut else doors) + (" …" if cut else ""),
        })  # fmt: skip
    return found


def _doors(row: dict[str, Any]) -> str:
    """A voter by doors: several of them are one person, who is named."""
    joined = "+".join(row["doors"])
    return f"{joined}({row['name']})" if len(row["doors"]) > 1 and row["name"] else joined


def _ended(book: Book, found: Tally) -> dict[str, Any]:
    """The days that run from the closing: within how many an objection is answered, and until when at least the
    decision can be challenged in court (R-28); who counted."""
    from zaoyuan_cli.book import people, rulings

    end = found.ballot.end
    if end is None:
        return {"closed": None, "objection_days": None, "challenge_until": None, "unnamed": [], **{
            key: [] for key in STAFF.values()}}  # fmt: skip
    years = rulings.count(book.db, "objection.challenge_years", end.date)
    return {
        "closed": end.date, "objection_days": rulings.count(book.db, "objection.days", end.date),
        "challenge_until": years_later(end.date, years) if years and any(end.decisions) else None,
        "unnamed": [duty for duty in PROVING if duty not in {did for did, _who in end.staff}],
        **{
            key: [people.name_of(book.db, who) for did, who in end.staff if did == duty] for duty, key in STAFF.items()
        },
    }  # fmt: skip


def _election(found: Tally) -> dict[str, Any]:
    """Who is elected, and who is level across the last seat; while it runs, as it stands."""
    from zaoyuan_cli.book import polling

    end, asked = found.ballot.end, found.ballot.asked
    chosen, level = (end.elected, end.level) if end else polling.elected(found.ballot, found)
    return {
        "elected": [asked[n] for n in chosen], "level": [asked[n] for n in level],
        "seats_open": found.ballot.seats - len(chosen),
    }  # fmt: skip
