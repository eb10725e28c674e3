"""Minutes in the meeting: a line is typed, and kept at once as a step of its own. A word at its start makes a record of
it; it may be Chinese, so that the input method never has to be switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.commands.loops import Over
from zaoyuan_cli.commands.speakers import Room
from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.i18n import _, series

if TYPE_CHECKING:
    from zaoyuan_cli.rules.sittings import Typed


class Minutes(Room):
    """The minutes of one meeting; `asks` where a person types them. `problems` are the lines that were not kept."""

    def greet(self) -> None:
        meeting = self.meeting
        if not self.asks:
            return
        head = _("Minutes · {meeting} {title} · {day}")
        self.desk.tell(head.format(meeting=meeting.meeting, title=meeting.title, day=meeting.date))
        for n, item in enumerate(meeting.agenda, 1):
            self.say(f"{n} {item}")
        self.say(self.quorum())
        self.say(
            _("present  left  item  motion  vote 4 0 1  task WHO DATE TEXT  break  resume  change  undo  show  end")
        )
        self.say(_("Anything else is what was said: name: words. Every line is kept as soon as it is typed."))

    def turn(self) -> None:
        from zaoyuan_cli.rules import sittings

        self.typed = self.read("")
        if not self.typed:
            self.say(self.quorum())
            return
        self.tick()
        self.enter(sittings.read(self.typed))

    def read(self, prompt: str) -> str:
        line: str | None
        if self.asks:
            self.tick()
            line = self.desk.line(prompt or f"{self.book.now:%H:%M}> ")
        else:
            self.at, line = next(self.lines, (self.at, None))
        if line is None:
            raise Over
        return " ".join(line.split())

    def refused(self, refusal: Refusal) -> None:
        if self.asks:
            super().refused(refusal)
            return
        self.problems.append({"line": self.at, "value": self.typed, "message": refusal.message})
        self.desk.warn(_("line {line}: {message}").format(line=self.at, message=refusal.message))

    # ---- a line

    def enter(self, typed: Typed) -> None:
        """Make the record of a line. Over, Refusal."""
        {
            "present": self.came, "left": self.went, "item": self.item, "motion": self.motion, "vote": self.vote,
            "task": self.task, "break": self.pause, "resume": self.pause, "change": self.change, "undo": self.undo,
            "show": self.show, "end": self.end, "speech": self.speech,
        }[typed.what](typed)  # fmt: skip

    def came(self, typed: Typed, left: bool = False) -> None:
        """到 王桂兰 张建国, 到 李秀英 19:30, 走 张建国: members, and others as guests."""
        import re

        from zaoyuan_cli.book import attending, minuting
        from zaoyuan_cli.rules import clock

        words = [word for word in re.split("[,，、;；\\s]+", typed.rest) if word]
        time = ""
        if words and re.match("[0-9０-９]", words[-1]):
            time = clock.read(words.pop(), "present")
        if not words:
            raise Unreadable(_("Who?"), field="present", value=typed.rest)
        found = [self.person(word) for word in words]
        if left:
            time = time or minuting.at(self.book, self.meeting)
        if ids := [person for person, _name in found if person]:
            attending.note(self.book, self.number, ids, *(("", time) if left else (time, "")))
        for name in [name for person, name in found if not person]:
            minuting.welcome(self.book, self.meeting, name)
        self.say("√ " + self.quorum())

    def went(self, typed: Typed) -> None:
        self.came(typed, left=True)

    def item(self, typed: Typed) -> None:
        """题 台阶高度, or 题 1 for the first of the agenda."""
        agenda, text = self.meeting.agenda, typed.rest
        if text.isdecimal() and 1 <= int(text) <= len(agenda):
            text = agenda[int(text) - 1]
        self.note("item", text=text)
        self.say(f"√ {text}")

    def speech(self, typed: Typed) -> None:
        person, name = self.person(typed.who) if typed.who else ("", "")
        if self.note("speech", person, name, typed.rest):
            self.say("√ " + _("noted as present") + " · " + self.quorum())

    def pause(self, typed: Typed) -> None:
        self.note(typed.what)
        self.say(f"√ {self.book.now:%H:%M}")

    def note(self, what: str, speaker: str = "", name: str = "", text: str = "") -> bool:
        from zaoyuan_cli.book import minuting

        return minuting.note(self.book, self.meeting, minuting.Words(what, speaker, name, text))

    def motion(self, typed: Typed) -> None:
        """动 充电桩按表计费, or 动 韩梅：充电桩按表计费."""
        from zaoyuan_cli.book import voting
        from zaoyuan_cli.rules import sittings

        said = sittings.read(typed.rest)
        mover, _name = self.person(said.who) if said.what == "speech" and said.who else ("", "")
        text = said.rest if mover else typed.rest
        one = voting.add(self.book, self.number, text, mover)
        self.say(f"√ {one.motion}  {one.text}")
        if not one.announced:
            self.say(_("It is not on the notice of {meeting}.").format(meeting=self.number))

    def vote(self, typed: Typed, number: str = "") -> None:
        """决 4 0 1, 决 王桂兰=赞成,…, 决 一致: on the last motion nobody voted on."""
        from zaoyuan_cli.book import attending, motions, people, voting
        from zaoyuan_cli.commands.motions import votes
        from zaoyuan_cli.reports.motions import vote
        from zaoyuan_cli.rules import sittings
        from zaoyuan_cli.rules.motions import Tally

        open_ = [one.motion for one in motions.listing(self.book.db, self.number) if one.vote is None]
        if not (number or open_):
            raise Refusal(
                _("There is no motion to vote on."),
                field="vote",
                value=typed.rest,
                hint=_("First: {line}").format(line=_("motion TEXT")),
            )
        number = number or open_[-1]
        tally, there = sittings.counts(typed.rest), attending.attendance(self.book.db, self.meeting)
        if sittings.shared(typed.rest):
            tally = (sum(not there.times[person].left for person in there.present), 0, 0, 0)
        names = {id: person.name for id, person in people.everyone(self.book.db).items()}
        by = {} if tally else votes(self.desk, typed.rest)
        if gone := [person for person in by if person in there.times and there.times[person].left]:
            raise Refusal(
                _("{names} left before this vote.").format(names=series([names[person] for person in gone])),
                field="by",
                value=names[gone[0]],
            )
        done = voting.vote(self.book, number, tally=Tally(*tally)) if tally else voting.vote(self.book, number, by)
        data = vote(done.motion, names)
        mark = "√" if data["passed"] else "!"
        self.say("  ".join(filter(None, (f"{mark} {number}", data["result"], data["decision"]))))

    def task(self, typed: Typed) -> None:
        """办 王桂兰 6月10日 联系施工队."""
        from zaoyuan_cli.book import tasks

        person, name, due, text = self.doer(typed.rest)
        if not text:
            raise Unreadable(_("The text is empty."), field="task", value=typed.rest)
        number = tasks.give(self.book, text, person, due, self.number, who=name, on=self.meeting.date)
        words = (f"√ {number}", text, self.name(person) or name, _("until {day}").format(day=due) if due else "")
        self.say("  ".join(filter(None, words)))

    def quorum(self) -> str:
        """Who is there so far, and whether they may decide."""
        from zaoyuan_cli.book import attending

        there = attending.attendance(self.book.db, self.meeting)
        said = _("present {present} of {members}").format(present=len(there.present), members=len(there.members))
        if there.quorum is None:
            return said
        return f"{said} · " + (_("quorum") if there.quorum else _("no quorum: may talk and record, cannot decide"))

    # ---- taking back, seeing, ending

    def undo(self, typed: Typed) -> None:
        from zaoyuan_cli.book import steps
        from zaoyuan_cli.commands import mending

        last = mending.last(self.book, self.number)
        steps.undo(self.book, last.target)
        self.say("√ " + _("taken back: {text}").format(text=last.text))

    def change(self, typed: Typed) -> None:
        """改 …: the last line says something else; what it said stays in the journal."""
        from zaoyuan_cli.commands import mending

        mending.change(self, typed.rest)

    def show(self, typed: Typed) -> None:
        from zaoyuan_cli import render
        from zaoyuan_cli.reports.meetings import page

        self.say(render.render(page(self.book, self.meeting)).replace("\n", "\n  "))

    def end(self, typed: Typed) -> None:
        from zaoyuan_cli.commands import finishing

        finishing.end(self)
        self.ended = True
        raise Over
