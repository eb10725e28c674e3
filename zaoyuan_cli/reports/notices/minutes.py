"""The summary of a meeting for the wall (会议纪要), one page in set words: when and where, how many came, what was on
the agenda, what came of each item. Who said what is not on it, and people are their offices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Heading, Part, Running, Text
from zaoyuan_cli.i18n import N_, _, speaking
from zaoyuan_cli.reports.announcing import listed, ordinal, signed
from zaoyuan_cli.reports.meetings import NUMBERED
from zaoyuan_cli.reports.notices import kept_paper
from zaoyuan_cli.reports.public import Public, Said, Wall

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.meetings import Meeting


def summary(book: Book, meeting: Meeting, day: date | None = None, edition: int = 0) -> Public:
    """The paper as it is on a day (today), or an edition as it was posted. Raises KeyError for an edition there is
    not."""
    from zaoyuan_cli.book import signings

    wall = Wall(book, day)
    data: dict[str, Any] = {
        "paper": "minutes", "meeting": meeting.meeting, "date": meeting.date, "title": wall.text(meeting.title),
        "edition": edition or None,
    }  # fmt: skip
    if edition:
        kept = {one.edition: one for one in signings.editions(book.db, meeting.meeting)}[edition]
        if kept.summary:
            return kept_paper(wall, data, kept.summary, _below(wall, meeting, edition))
    items = _items(wall, meeting)
    data["items"] = [{"item": item, "outcome": outcome} for item, outcome in (*items, *_loose(wall, meeting))]
    title = wall.say(N_("{estate} {body}: summary of a meeting"), estate=book.name, body=meeting.body)
    decided = _loose(wall, meeting)
    parts: list[Part] = [Running(pages=1), Heading(title), Text(meeting.meeting, "dim")]
    parts.append(Text(_opening(wall, meeting, bool(items)), "prose"))
    if items:
        parts.append(listed(wall, [item for item, _outcome in items]))
    if outcomes := [*((item, outcome) for item, outcome in items if outcome), *decided]:
        parts.append(Heading(wall.say(N_("What came of it")), 2))
        parts += [
            Text(f"{ordinal(wall, n)}{item}\n{outcome}", "prose") for n, (item, outcome) in enumerate(outcomes, 1)
        ]
    parts += _tasks(wall, meeting)
    parts += _added(wall, meeting)
    return Public(wall, data, [*parts, signed(wall, wall.text(meeting.body))])


def _added(wall: Wall, meeting: Meeting) -> list[Part]:
    from zaoyuan_cli.book import signings

    added = signings.addenda(wall.book.db, meeting.meeting)
    return [Text(wall.say(N_("Added on {day}: {text}"), day=one.date, text=one.text)) for one in added]


def _below(wall: Wall, meeting: Meeting, edition: int) -> list[Part]:
    """What proves an edition that hung; of the one that hangs, what was added since."""
    from zaoyuan_cli.book import proofs, signings
    from zaoyuan_cli.reports.codes import code
    from zaoyuan_cli.rules.codes import grouped

    found = [one for one in proofs.posted(wall.book) if (one.number, one.edition) == (meeting.meeting, edition)]
    hangs = signings.hanging(wall.book.db, meeting.meeting)
    added = _added(wall, meeting) if hangs and hangs.edition == edition else []
    return [*(code("notice", one.number, grouped(one.code), wall.lang) for one in found), *added]


def _opening(wall: Wall, meeting: Meeting, items: bool) -> Said:
    """When, who, where, how many came, who chaired."""
    from zaoyuan_cli.book import attending

    there = attending.attendance(wall.book.db, meeting)
    held = N_("On {day} {body} held a meeting, {title}.")
    if meeting.place:
        held = N_("On {day} {body} held a meeting, {title}, at {place}.")
    said = [wall.say(held, day=wall.day_of(meeting.date), body=meeting.body, title=meeting.title, place=meeting.place)]
    if there.members:
        came = N_("{members} members are expected to attend, {present} did.")
        said.append(wall.say(came, members=len(there.members), present=len(there.present)))
    if office := _office(wall, meeting, meeting.chair):
        said.append(wall.say(N_("The {office} chaired."), office=office))
    if guests := len(there.others) + len(meeting.guests):
        said.append(wall.say(N_("Guests: {count}."), count=guests))
    return _sentences(wall, [*said, *([wall.say(N_("The items were:"))] if items else [])])


def _office(wall: Wall, meeting: Meeting, person: str) -> str:
    """What somebody is in the body, in the language of the paper; "" for nothing."""
    from zaoyuan_cli.book import roles

    held = roles.held(wall.book.db, meeting.date, body=meeting.body, person=person) if person else []
    with speaking(wall.lang):
        return _(held[0].role) if held else ""


def _sentences(wall: Wall, said: list[Said]) -> Said:
    from zaoyuan_cli.i18n import joined

    with speaking(wall.lang):
        return Said(joined(said))


def _items(wall: Wall, meeting: Meeting) -> list[tuple[Said, Said]]:
    """Each item and what came of it."""
    from zaoyuan_cli.book import decisions, minutes, motions, sittings

    db, number = wall.book.db, meeting.meeting
    moved = {one.motion: one for one in motions.listing(db, number)}
    loose = [one for one in decisions.everyone(db).values() if one.meeting == number and not one.motion]
    found: list[tuple[Said, Said]] = []
    nothing = wall.say(N_("Discussed; no decision was made."))
    papers = [item.title for item in minutes.of_paper(db, number) if item.title]
    for title in papers:
        bare = NUMBERED.sub("", title) or title
        found.append((wall.text(bare), nothing if not loose and not moved else Said("")))
    for section in sittings.sections(db, number):
        refs = [line.ref for line in section.lines if line.what == "motion" and line.ref in moved]
        if section.title:
            outcome = Said("\n".join(_vote(wall, moved[ref], section.title) for ref in refs)) if refs else nothing
            found.append((wall.text(section.title), outcome))
        else:
            found += [(wall.text(moved[ref].text), _vote(wall, moved[ref], moved[ref].text)) for ref in refs]
    return [(item, outcome) for item, outcome in found if item]


def _loose(wall: Wall, meeting: Meeting) -> list[tuple[Said, Said]]:
    """The decisions of a meeting that no motion made: their number and words."""
    from zaoyuan_cli.book import decisions

    of = [one for one in decisions.everyone(wall.book.db).values() if one.meeting == meeting.meeting]
    return [
        (wall.say(N_("Decision {decision}"), decision=one.paper or one.decision), wall.text(one.text))
        for one in of if not one.motion
    ]  # fmt: skip


def _vote(wall: Wall, one: Any, title: str) -> Said:
    """What a motion came to, in set words."""
    from zaoyuan_cli.rules import motions as rules

    with speaking(wall.lang):
        result = wall.text(_("Not voted on.") if one.vote is None else rules.words(one.vote.outcome))
    if one.text != title:
        result = wall.say(N_("{name}: {text}"), name=one.text, text=result)
    if one.vote is None or not one.vote.decision:
        return result
    return wall.say(N_("{text} (decision {number})"), text=result, number=one.vote.decision)


def _tasks(wall: Wall, meeting: Meeting) -> list[Part]:
    """What is to be done, by which office, until when."""
    from zaoyuan_cli.book import sittings, tasks

    doers = {
        line.ref: line.speaker
        for section in sittings.sections(wall.book.db, meeting.meeting)
        for line in section.lines
        if line.what == "task"
    }
    lines = []
    for one in sorted(tasks.listing(wall.book.db, wall.book.today, meeting.meeting), key=lambda one: one.task):
        words = [_office(wall, meeting, doers.get(one.task, ""))]
        words += [wall.say(N_("until {day}"), day=one.due)] if one.due else []
        more = wall.series(filter(None, words))
        lines.append(wall.say(N_("{text} ({more})"), text=one.text, more=more) if more else wall.text(one.text))
    return [Heading(wall.say(N_("To be done")), 2), Text("\n".join(lines), "prose")] if lines else []
