"""The summary of a meeting for the wall (会议纪要), one page in set words: when and where, how many came, what was on
the agenda, what came of each item. Who said what is not on it, and people are their offices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Heading, Part, Text
from zaoyuan_cli.i18n import N_, _, speaking
from zaoyuan_cli.reports.announcing import listed, opening, ordinal, paragraph, sentence, signed
from zaoyuan_cli.reports.meetings import bare, item_of
from zaoyuan_cli.reports.notices import kept_paper
from zaoyuan_cli.reports.public import Public, Said, Wall

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.decisions import Decision
    from zaoyuan_cli.book.meetings import Meeting
    from zaoyuan_cli.book.motions import Motion


def summary(book: Book, meeting: Meeting, day: date | None = None, edition: int = 0) -> Public:
    """The paper as it is on a day (today without one), or an edition as it was posted. Raises KeyError for an edition
    there is not."""
    from zaoyuan_cli.book import signings

    wall = Wall(book, day)
    data: dict[str, Any] = {
        "paper": "minutes", "meeting": meeting.meeting, "date": meeting.date, "title": wall.text(meeting.title),
        "edition": edition or None,
    }  # fmt: skip
    if edition:
        kept = {one.edition: one for one in signings.editions(book.db, meeting.meeting)}[edition]
        wall = Wall(book, day or kept.date)
        if kept.summary:
            return kept_paper(wall, data, kept.summary, _below(wall, meeting, edition))
    items = _items(book, meeting)
    outcomes = _outcomes(wall, meeting, items)
    data["items"] = [{"item": item, "outcome": outcome} for item, outcome in outcomes]
    title = wall.say(N_("{body}: summary of a meeting"), body=meeting.body)
    parts = [*opening(wall, title, Said(meeting.meeting)), _first(wall, meeting, bool(items))]
    if items:
        parts.append(listed(wall, map(wall.text, items)))
    if outcomes:
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
    said = N_("Added on {day}: {text}")
    return [
        Text(wall.say(said, day=wall.day_of(one.date), text=sentence(wall, wall.text(one.text))), "prose")
        for one in added
    ]


def _below(wall: Wall, meeting: Meeting, edition: int) -> list[Part]:
    """What proves an edition that hung; of the one that hangs, what was added since."""
    from zaoyuan_cli.book import proofs, signings
    from zaoyuan_cli.reports.codes import code
    from zaoyuan_cli.rules.codes import grouped

    found = [one for one in proofs.posted(wall.book) if (one.number, one.edition) == (meeting.meeting, edition)]
    hangs = signings.hanging(wall.book.db, meeting.meeting)
    added = _added(wall, meeting) if hangs and hangs.edition == edition else []
    return [*(code("notice", one.number, grouped(one.code), wall.lang) for one in found), *added]


def _first(wall: Wall, meeting: Meeting, items: bool) -> Text:
    """When, who, where, how many came, who chaired."""
    from zaoyuan_cli.book import attending, people

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
    if guests := {people.name_of(wall.book.db, one) for one in there.others} | {*meeting.guests}:
        said.append(wall.say(N_("Guests: {count}."), count=len(guests)))
    return paragraph(wall, *said, wall.say(N_("The items were:")) if items else None)


def _office(wall: Wall, meeting: Meeting, person: str) -> str:
    """What somebody is in the body, in the language of the paper; "" for nothing."""
    from zaoyuan_cli.book import roles

    held = roles.held(wall.book.db, meeting.date, body=meeting.body, person=person) if person else []
    with speaking(wall.lang):
        return _(held[0].role) if held else ""


def _items(book: Book, meeting: Meeting) -> list[str]:
    """What was on the agenda: the items of the minutes, or where they have none those that were announced."""
    from zaoyuan_cli.book import minutes, sittings

    papers = [bare(item.title) for item in minutes.of_paper(book.db, meeting.meeting)]
    typed = [section.title for section in sittings.sections(book.db, meeting.meeting)]
    return list(dict.fromkeys(filter(None, papers + typed))) or list(meeting.agenda)


def _outcomes(wall: Wall, meeting: Meeting, items: list[str]) -> list[tuple[Said, Said]]:
    """Each item and what came of it, then the motions and decisions whose words name none, in their words; where they
    all name none, they are what came of the items together."""
    of: dict[str, list[Said]] = {item: [] for item in items}
    loose: list[tuple[Said, Said]] = []
    for under, one in _motions(wall.book, meeting):
        if (item := under or item_of(one.text, items)) in of:
            of[item].append(_vote(wall, one, item))
        else:
            loose.append((wall.text(one.text), _vote(wall, one, one.text)))
    for made in _decisions(wall.book, meeting):
        title = wall.say(N_("Decision {decision}"), decision=made.paper or made.decision)
        words = sentence(wall, wall.text(made.text))
        if item := item_of(made.text, items):
            of[item].append(wall.say(N_("{name}: {text}"), name=title, text=words))
        else:
            loose.append((title, words))
    if loose and not any(of.values()):
        return loose
    rest = wall.say(N_("Discussed.") if loose else N_("Discussed; no decision was made."))
    return [(wall.text(item), Said("\n".join(said)) if said else rest) for item, said in of.items()] + loose


def _motions(book: Book, meeting: Meeting) -> list[tuple[str, Motion]]:
    """The motions of a meeting, each with the item it came up under ("" for none)."""
    from zaoyuan_cli.book import motions, sittings

    moved = {one.motion: one for one in motions.listing(book.db, meeting.meeting)}
    return [
        (section.title, moved[line.ref])
        for section in sittings.sections(book.db, meeting.meeting)
        for line in section.lines
        if line.what == "motion" and line.ref in moved
    ]


def _decisions(book: Book, meeting: Meeting) -> list[Decision]:
    """The decisions of a meeting that no motion made."""
    from zaoyuan_cli.book import decisions

    return [one for one in decisions.everyone(book.db).values() if one.meeting == meeting.meeting and not one.motion]


def _vote(wall: Wall, one: Motion, title: str) -> Said:
    """What a motion came to, in set words."""
    from zaoyuan_cli.rules import motions as rules

    with speaking(wall.lang):
        result = wall.text(_("Not voted on.") if one.vote is None else rules.words(one.vote.outcome))
    if one.text != title:
        result = wall.say(N_('The motion "{name}": {text}'), name=one.text, text=result)
    if one.vote is None or not one.vote.decision:
        return result
    return wall.say(N_("{text} It is decision {number}."), text=result, number=one.vote.decision)


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
        words += [wall.say(N_("by {day}"), day=wall.day_of(one.due))] if one.due else []
        more = wall.series(filter(None, words))
        text = wall.say(N_("{text} ({more})"), text=one.text, more=more) if more else wall.text(one.text)
        lines.append(sentence(wall, text))
    return [Heading(wall.say(N_("To be done")), 2), listed(wall, lines)] if lines else []
