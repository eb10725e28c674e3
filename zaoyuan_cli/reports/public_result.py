"""What a vote of the owners came to as the public reads it, as JSON has it: sums of voters and area, units as rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.reports import ballots as inside
from zaoyuan_cli.reports import voting
from zaoyuan_cli.reports.public import Said, Wall
from zaoyuan_cli.rules import ballots as rule
from zaoyuan_cli.rules import percent
from zaoyuan_cli.rules.rooms import order

if TYPE_CHECKING:
    from zaoyuan_cli.book.tallies import Tally


def data(wall: Wall, found: Tally, asked: list[Said]) -> dict[str, Any]:
    """The counts of a vote that was closed; `asked` are its questions as the paper says them."""
    from zaoyuan_cli.book import rulings, slips, tallies

    one, closed = found.ballot, found.ballot.closed or wall.day
    elected = [asked[n] for n in one.end.elected] if one.end else []
    level = [asked[n] for n in one.end.level] if one.end else []
    return {
        "roll": inside.as_row(found.roll), "thresholds": voting.thresholds(one, found.roll),
        "papers": found.papers._asdict(), "questions": [_counted(wall, found, n, asked) for n in range(len(asked))],
        "silent": inside.as_row(found.silent) if found.silent else None,
        "decisions": [of for of in one.end.decisions if of] if one.end else [],
        "seats": one.seats or None, "elected": elected if one.seats else None, "level": level if one.seats else None,
        "single_entry": wall.text(one.single_reason) if one.single_reason else None,
        "by_one_person": slips.by_one_person(wall.book.db, one.ballot),
        "unwritten": slips.unwritten(wall.book.db, one.ballot), "notice": voting.told(wall, one),
        "staff": voting.staff(wall, one), "objection_days": rulings.count(wall.book.db, "objection.days", closed),
        "units": _units(tallies.by_unit(wall.book.db, found)),
    }  # fmt: skip


def _counted(wall: Wall, found: Tally, n: int, asked: list[Said]) -> dict[str, Any]:
    """A question with its counts and tests."""
    one, end = found.questions[n], found.ballot.end
    return {
        "question": asked[n], "took_part": inside.as_row(one.decides.took_part),
        "slips": {choice: inside.as_row(part) for choice, part in zip(rule.CHOICES, one.slips, strict=True)},
        "blank": one.blank, "invalid": one.invalid, "tests": voting.tests(wall, found, one),
        "enough": one.decides.passed, "passed": bool(end and end.passed[n]),
        "decision": (end.decisions[n] or None) if end else None,
        "without_silent": one.verdict.passed if one.followed else None,
    }  # fmt: skip


def _units(of: dict[str, tuple[int, int]]) -> list[dict[str, Any]]:
    """The share of each unit that took part, in whole percent; None where it would tell of a few people."""
    return [
        {"unit": unit, "rate": percent.whole(cast, voters) if voters >= voting.PUBLIC_FEW else None}
        for unit, (voters, cast) in sorted(of.items(), key=lambda one: order(one[0]))
    ]
