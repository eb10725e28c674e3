"""Votes and canvasses that run: how far each is, what is missing, what is to be done. Nobody's choice is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.i18n import _, joined
from zaoyuan_cli.rules.rooms import Area, unit_of
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.tallies import Question, Tally
    from zaoyuan_cli.reports.todo import Item

UNITS = 5  # named in a sentence
NEAR = timedelta(days=7)  # a canvass that ends so soon is to be done


def running(book: Book, as_of: date) -> list[Tally]:
    """The votes that ran on a day, counted."""
    from zaoyuan_cli.book import ballots, tallies

    every = ballots.everyone(book.db, as_of)
    return [tallies.tally(book.db, one, as_of) for one in every if one.state == "running"]


def row(found: Tally, as_of: date) -> dict[str, Any]:
    """A running vote in a line: how many days are left, what is missing; of several questions each."""
    ballot = found.ballot
    each = [
        {
            "question": one.text, "would_pass": one.decides.passed, "settled": one.settled or None,
            "missing": {"voters": one.decides.missing.voters, "area": Area(one.decides.missing.area)},
            "forecast": None if one.forecast is None else len(one.forecast),
        }
        for one in found.questions
    ]  # fmt: skip
    cast = found.questions[0].decides.took_part
    return {
        "ballot": ballot.ballot, "text": ballot.text, "matter": ballot.matter, "until": ballot.until,
        "days": (ballot.until - as_of).days, "voters": found.roll.voters, "took_part": cast.voters,
        "area": Area(found.roll.area), "took_part_area": Area(cast.area), "outstanding": found.papers.outstanding,
        "unchecked": len(found.unchecked), "differences": len(found.differences), "questions": each,
        "still": still(found.questions[0]),
    }  # fmt: skip


def still(one: Question) -> str:
    """What is missing of a question, in a sentence."""
    if one.settled:
        return _("Passed whatever the rest do.") if one.settled == "passed" else _("Failed whatever the rest do.")
    if one.decides.passed:
        return _("It would pass if it were closed now.")
    voters, area = one.decides.missing
    if voters and area:
        said = _("{voters} voters and {area} m² short of the turnout.")
    elif voters:
        said = _("{voters} voters short of the turnout.")
    else:
        said = _("{area} m² short of the turnout.") if area else _("Enough take part, too few agree.")
    said = said.format(voters=voters, area=Area(area))
    if one.forecast:
        said = joined((said, _("The yes of {voters} would settle it.").format(voters=len(one.forecast))))
    return said


def items(book: Book, as_of: date) -> Iterator[Item]:
    """What is to be done about votes and canvasses."""
    from zaoyuan_cli.reports.todo import Item

    for found in running(book, as_of):
        yield from _of_vote(found, as_of)
        yield from _of_notice(book, found)
    from zaoyuan_cli.book import canvasses

    for one in canvasses.everyone(book.db, as_of).values():
        if one.until and one.until < as_of and one.left and not one.closed:
            message = _("{topic}: {left} of {count} households were not met; it was due {day}.")
            shown = message.format(topic=one.topic, left=one.left, count=one.households, day=one.until)
            yield Item("canvass", shown, one.until, f"zaoyuan canvass left {quoted(one.topic)}")
        elif one.left and not one.closed and (not one.met or (one.until and one.until - as_of <= NEAR)):
            message = _("{topic}: {left} of {count} households are still to be met.")
            if one.until:
                message = _("{topic}: {left} of {count} households are still to be met, by {day}.")
            shown = message.format(topic=one.topic, left=one.left, count=one.households, day=one.until)
            yield Item("canvass", shown, one.until, f"zaoyuan canvass left {quoted(one.topic)}")


def _of_notice(book: Book, found: Tally) -> Iterator[Item]:
    """A notice that went up too late, while the vote runs (R-20)."""
    from zaoyuan_cli.reports import ballots
    from zaoyuan_cli.reports.todo import Item

    ballot = found.ballot
    if late := ballots.late(ballots.notice(book, ballot)):
        message = _("{ballot}: {said}").format(ballot=f"{ballot.ballot} {ballot.text}", said=late)
        yield Item("notice", message, ballot.until, f"zaoyuan ballot show {ballot.ballot}")


def _of_vote(found: Tally, as_of: date) -> Iterator[Item]:
    from zaoyuan_cli.reports.todo import Item

    ballot = found.ballot
    name = f"{ballot.ballot} {ballot.text}"
    if found.differences or (ballot.until < as_of and found.unchecked):
        message = _("{ballot}: {count} slips to be entered a second time, {differing} differ from the first.")
        said = message.format(ballot=name, count=len(found.unchecked), differing=len(found.differences))
        command = f"zaoyuan ballot {'tally' if found.differences else 'run'} {ballot.ballot}"
        yield Item("ballot", said, ballot.until, command + ("" if found.differences else " --second"))
    if ballot.until < as_of:
        message = _("{ballot}: the last day was {day}, and it is not closed.").format(ballot=name, day=ballot.until)
        yield Item("ballot", message, ballot.until, f"zaoyuan ballot close {ballot.ballot}")
        return
    open_ = [one for one in found.questions if not one.settled and not one.decides.passed]
    if open_:
        message = _("{ballot}: {days} days left. {still}")
        said = message.format(ballot=name, days=(ballot.until - as_of).days, still=still(open_[0]))
        yield Item("ballot", said, ballot.until, f"zaoyuan ballot tally {ballot.ballot}")
    if found.papers.outstanding:
        message = _("{ballot}: {count} papers are out: {units}.")
        said = message.format(ballot=name, count=found.papers.outstanding, units=_units(found))
        yield Item("papers", said, ballot.until, f"zaoyuan ballot papers {ballot.ballot} --outstanding")


def _units(found: Tally) -> str:
    """How many voters of each unit have not cast, the most first."""
    counts = Counter(unit_of(one.rooms[0]) for one in found.left)
    shown = " · ".join(f"{unit} {count}" for unit, count in counts.most_common(UNITS))
    return shown + (" …" if len(counts) > UNITS else "")
