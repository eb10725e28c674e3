"""The minutes of a meeting as the paper that is signed (会议记录, 指导规则 39): who was there and who was not, item by
item what was said, moved and decided, who does what until when, who signed it, and a line to sign on for everybody else
who was there. It is in the language of the book, and names people: it is no paper for the wall."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Document, Heading, Pairs, Part, Signatures, Text
from zaoyuan_cli.facts import ERASED
from zaoyuan_cli.i18n import _, series, speaking
from zaoyuan_cli.reports import Page
from zaoyuan_cli.reports.meetings import bare, item_of
from zaoyuan_cli.reports.stored import unpacked

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.meetings import Meeting
    from zaoyuan_cli.book.motions import Motion
    from zaoyuan_cli.book.signings import Addendum
    from zaoyuan_cli.book.sittings import Line, Section
    from zaoyuan_cli.book.tasks import Task

_NUMBERED = re.compile("[一二三四五六七八九十]+、|\\d+[.、]")
"""An item whose title brings its number along."""


class Record(Page):
    """A paper in the language of the book."""

    __slots__ = ("lang",)

    def __init__(self, data: Mapping[str, Any], parts: Document, lang: str) -> None:
        super().__init__(data, parts)
        self.lang = lang


def record(book: Book, meeting: Meeting, edition: int = 0) -> Record:
    """The minutes as they are, or those of an edition as it was posted. Raises KeyError for an edition there is not."""
    from zaoyuan_cli.book import signings

    with speaking(book.lang):
        if edition:
            kept = {one.edition: one for one in signings.editions(book.db, meeting.meeting)}[edition]
            if kept.record:
                parts: list[Part] = unpacked(kept.record)
                return Record(_key(meeting, edition), parts, book.lang)
        paper = _Paper(book, meeting)
        parts = [*paper.head(), *paper.items(), *paper.tasks(), *paper.end()]
        return Record(_key(meeting, edition) | paper.data, parts, book.lang)


def _key(meeting: Meeting, edition: int) -> dict[str, Any]:
    return {"meeting": meeting.meeting, "title": meeting.title, "date": meeting.date, "edition": edition or None}


class _Paper:
    """What the parts of the paper have in common."""

    def __init__(self, book: Book, meeting: Meeting) -> None:
        from zaoyuan_cli.book import attending, decisions, motions, people, roles, signing, tasks

        self.book, self.meeting, db = book, meeting, book.db
        self.there = attending.attendance(db, meeting)
        self.names = {id: person.name for id, person in people.everyone(db).items()}
        self.offices = {one.person: one.role for one in roles.held(db, meeting.date, body=meeting.body)}
        self.motions = {one.motion: one for one in motions.listing(db, meeting.meeting)}
        self.given = {one.task: one for one in tasks.listing(db, book.today, meeting.meeting)}
        self.decided = [one for one in decisions.everyone(db).values() if one.meeting == meeting.meeting]
        self.now = signing.standing(db, meeting)
        self.data: dict[str, Any] = {
            "state": self.now.stage,
            "signed": [{"name": self.name(one), "date": day} for one, day in self.now.signed.items()],
            "unsigned": [self.name(one) for one in self.now.unsigned],
        }

    def name(self, person: str, otherwise: str = "") -> str:
        """Who somebody is; of a person erased the office held then, which was public."""
        name = self.names.get(person, otherwise)
        return _(self.offices[person]) if name == ERASED and person in self.offices else name

    def called(self, ids: Sequence[str]) -> str:
        return series(self.name(one) for one in ids)

    def head(self) -> list[Part]:
        from zaoyuan_cli.book import sittings

        one, there = self.meeting, self.there
        begun, ended = sittings.span(self.book.db, one.meeting)
        hours = f"{begun}–{ended}" if begun and ended else begun or one.time
        counts = _("{members} expected, {present} present").format(
            members=len(there.members) or "-", present=len(there.present)
        )
        if there.quorum is not None:
            counts = (_("{counts} (quorum)") if there.quorum else _("{counts} (no quorum)")).format(counts=counts)
        absent = series(one.absent) if one.absent is not None else self.called(there.absent)
        rows = (
            (_("Meeting"), f"{one.title}  {one.meeting}"),
            (_("Date"), f"{one.date}  {hours}".strip()),
            (_("Place"), one.place),
            (_("Chair"), self.name(one.chair, one.chair_name)),
            (_("Recorder"), self.name(one.recorder, one.recorder_name)),
            (_("Expected and present"), counts),
            (_("Present"), self.called(there.present)),
            (_("Late or gone early"), series(self._times())),
            (_("Proxies"), series(self.name(owner) for owner in there.proxies)),
            (_("Absent, and why"), absent or _("nobody") * (len(there.present) >= len(there.members))),
            (_("Guests"), series(list(dict.fromkeys((*map(self.name, there.others), *one.guests))))),
        )
        pairs = tuple((label, value) for label, value in rows if value)
        title = _("{estate} {body}: minutes").format(estate=self.book.name, body=one.body)
        return [Heading(title), Pairs(pairs), *self._agenda()]

    def _times(self) -> list[str]:
        said = []
        for one in self.there.times.values():
            words = [_("from {time}").format(time=one.late)] if one.late else []
            words += [_("until {time}").format(time=one.left)] if one.left else []
            if words:
                said.append(" ".join([self.name(one.person), *words]))
        return said

    def _agenda(self) -> list[Part]:
        items = [f"{n}. {item}" for n, item in enumerate(self.meeting.agenda, 1)]
        return [Heading(_("Agenda"), 2), Text("\n".join(items))] if items else []

    def items(self) -> list[Part]:
        """Item by item: what was said; motions, votes and decisions where they came up."""
        from zaoyuan_cli.book import minutes, sittings

        parts: list[Part] = []
        papers = minutes.of_paper(self.book.db, self.meeting.meeting)
        sections = sittings.sections(self.book.db, self.meeting.meeting)
        under = _under(sections, [bare(item.title) for item in papers])
        moved = {line.ref for lines in under.values() for line in lines}
        for n, item in enumerate(papers, 1):
            title = item.title if _NUMBERED.match(item.title) else f"{n}. {item.title}".rstrip()
            said = [line for line in item.text.splitlines() if line.strip()]
            parts += [Heading(title, 2), *([Text("\n".join(said))] if said else [])]
            parts += [part for line in under.pop(bare(item.title), ()) for part in self._line(line)]
        for n, one in enumerate(sections, 1 + len(papers)):
            heading = f"{n}. {one.title}" if one.title else _("Opening") if one.lines else ""
            lines = [line for line in one.lines if line.ref not in moved]
            if not one.title and all(line.what in ("motion", "task") for line in lines):
                heading = _("Motions") if any(line.what == "motion" for line in lines) else ""
            parts += [Heading(heading, 2)] if heading else []
            parts += [part for line in lines for part in self._line(line)]
        loose = [one for one in self.decided if not one.motion]
        if loose:
            words = (" ".join(filter(None, (one.decision, one.paper, one.text))) for one in loose)
            parts += [Heading(_("Decisions"), 2), Text("\n".join(words))]
        return parts

    def _line(self, line: Line) -> list[Part]:
        from zaoyuan_cli.book import sittings

        if line.what == "motion":
            return self._motion(self.motions[line.ref]) if line.ref in self.motions else []
        if line.what == "task":
            return []
        if line.what in (sittings.BREAK, sittings.RESUME):
            said = _("Break.") if line.what == sittings.BREAK else _("The meeting goes on.")
            return [Text(f"{line.at} {said}".strip(), "dim")]
        who = self.name(line.speaker, line.name)
        return [Text(_("{name}: {text}").format(name=who, text=line.text) if who else line.text)]

    def _motion(self, one: Motion) -> list[Part]:
        from zaoyuan_cli.rules import motions as rules

        mover = _("moved by {name}").format(name=self.name(one.mover)) if one.mover else ""
        lines = ["  ".join(filter(None, (_("Motion {motion}").format(motion=one.motion), one.text, mover)))]
        if one.vote is None:
            return [Text("\n".join([*lines, _("Not voted on.")]))]
        tally = one.vote.outcome.tally
        counts = _(
            "Vote: {ayes} for, {noes} against, {abstain} abstained, {aside} stepped aside, {cast} in all"
        ).format(ayes=tally.ayes, noes=tally.noes, abstain=tally.abstain, aside=tally.aside, cast=tally.cast)
        by: dict[str, list[str]] = {}
        for person, choice in one.vote.by.items():
            by.setdefault(choice, []).append(self.name(person))
        names = (_("{choice}: {names}").format(choice=_(choice), names=series(who)) for choice, who in by.items())
        lines += [counts, *names, rules.words(one.vote.outcome)]
        if one.vote.decision:
            lines.append(_("Decision {decision}: {text}").format(decision=one.vote.decision, text=one.text))
        return [Text("\n".join(lines))]

    def tasks(self) -> list[Part]:
        lines = [self._task(one) for one in sorted(self.given.values(), key=lambda one: one.task)]
        return [Heading(_("Tasks"), 2), Text("\n".join(lines))] if lines else []

    def _task(self, one: Task) -> str:
        until = _("until {day}").format(day=one.due) if one.due else _("no day named")
        said = _("{task} {text} ({who}, {until})")
        return said.format(task=one.task, text=one.text, who=one.by or _("nobody named"), until=until)

    def end(self) -> list[Part]:
        """What was added; who has signed, and lines to sign on for the others: the members who were there, who chaired,
        who took the minutes."""
        who = self._signers()
        signed = {name: self.now.signed[one] for name, one in who.items() if one in self.now.signed}
        lines = [_("{name} (signed {day})").format(name=name, day=day) for name, day in signed.items()]
        parts = added(self.now.addenda)
        parts += [Heading(_("Signatures on the minutes"), 2)] if who else []
        parts += [Text("\n".join(lines))] if lines else []
        left = tuple(name for name in who if name not in signed)
        return [*parts, Signatures(left, dated=True)] if left else parts

    def _signers(self) -> dict[str, str]:
        """Who signs, as named on the paper with what they did, and their ids ("" where the roll does not know them);
        who was erased cannot, and of who signed nobody is left out."""
        from zaoyuan_cli.book import signing

        one, who = self.meeting, {}
        did = ((one.chair, one.chair_name, _("Chair")), (one.recorder, one.recorder_name, _("Recorder")))
        asked = [*signing.signers(self.book.db, one), *self.now.signed, *(person for person, _name, _did in did)]
        for person in dict.fromkeys(filter(None, asked)):
            if person in self.now.signed or self.names.get(person) != ERASED:
                who[_acting(self.name(person), [words for by, _name, words in did if by == person])] = person
        for person, name, words in did:
            if name and not person:
                who[_acting(name, [words])] = ""
        return who


def _acting(name: str, did: Sequence[str]) -> str:
    """主持 韩梅."""
    return f"{series(did)} {name}" if did else name


def _under(sections: Sequence[Section], titles: Sequence[str]) -> dict[str, list[Line]]:
    """The motions that came up under no item of their own, by the item of the paper whose words they have."""
    found: dict[str, list[Line]] = {}
    for section in sections:
        for line in () if section.title else section.lines:
            if line.what == "motion" and (title := item_of(line.text, titles)):
                found.setdefault(title, []).append(line)
    return found


def added(addenda: Sequence[Addendum]) -> list[Part]:
    """What was added after the minutes took no change, by its day."""
    lines = [f"{one.date}  {one.text}" for one in addenda]
    return [Heading(_("Addenda"), 2), Text("\n".join(lines))] if lines else []
