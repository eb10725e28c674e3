"""From door to door with a topic: `canvass run`, at the doors or from a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from typer import Argument, Context

from zaoyuan_cli.commands import piped
from zaoyuan_cli.commands.loops import Back, Loop, next_door
from zaoyuan_cli.commands.options import Unit
from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.canvasses import Canvass, Door
    from zaoyuan_cli.desk import Desk

Topic = Annotated[str, Argument(metavar=N_("TOPIC"), help=N_("The topic, or a part that fits only one."))]


def run(ctx: Context, topic: Topic, unit: Unit = "", skip_bad: piped.SkipBad = False) -> None:
    """Take a topic from door to door: a room, the answer, Enter; every answer is kept at once.

    Enter alone goes to the next household that was not met. After the answer come its words, if it says more. u takes
    the last one back, s notes that nobody is at home, < goes back, . ends. A door can be one line: 502 1 楼道灯不亮.

    Without a person at the keyboard a list is read from standard input: room, answer, words, a tab between them. It is
    one step, all or nothing.

    Example: zaoyuan canvass run 加装电梯 --unit 3-2
    """
    from zaoyuan_cli.book import canvasses
    from zaoyuan_cli.rules.rooms import parse_unit

    desk: Desk = ctx.obj
    of = canvasses.everyone(desk.book.db)[canvasses.pick(desk.book, topic)]
    within = parse_unit(unit) if unit else ""
    if not desk.can_ask:
        _take_in(desk, of, within, skip_bad)
        return
    if desk.book.readonly:
        raise desk.book.refusal()
    walk = Walk(desk, of, within)
    try:
        walk.run()
    finally:  # also after Ctrl-C: what was typed is kept, and said
        desk.show(_summary(desk, of, [one for one in walk.done if one.answer], walk.missed))


class Met(NamedTuple):
    """A door of this round: what it answered, "" where nobody was at home; the step that wrote it."""

    room: str
    answer: str
    step: str


class Walk(Loop[Met]):
    """The doors of a canvass, or those of one unit."""

    def __init__(self, desk: Desk, of: Canvass, unit: str) -> None:
        from zaoyuan_cli.book import households

        super().__init__(desk)
        self.of, self.unit = of, unit
        self.roll = households.everyone(self.book.db)
        self.here, self.trail, self.typed_ahead = "", list[str](), ""

    @property
    def missed(self) -> list[str]:
        """The doors where nobody was at home."""
        return list(dict.fromkeys(one.room for one in self.done if not one.answer))

    def doors(self) -> dict[str, Door]:
        """The households of the round as they stand."""
        from zaoyuan_cli.book import canvasses
        from zaoyuan_cli.rules.rooms import unit_of

        every = canvasses.doors(self.book.db, self.of.topic)
        if not self.unit:
            return every
        return {
            room: one
            for room, one in every.items()
            if self.unit in (unit_of(room), self.roll[room].unit if room in self.roll else "")
        }

    def greet(self) -> None:
        """How far it is, and the keys."""
        doors = self.doors().values()
        said = _("{topic} · {met}/{count} households met").format(
            topic=self.of.topic, met=sum(bool(one.answer) for one in doors), count=len(doors)
        )
        self.desk.tell(said)
        if self.of.text:
            self.desk.tell("  " + self.of.text)
        self.desk.tell(
            _("A room or a name; Enter = next not met  u = undo the last  s = not at home  < = back  . = end")
        )

    def turn(self) -> None:
        """One line at the prompt. Over, Refusal."""
        text, self.typed_ahead = self.typed_ahead, ""
        text = text or self.read(f"{self.unit}> ")
        key, _blank, rest = text.partition(" ")
        if key == "u" and not rest:
            last = self.take_back()
            said = last.answer or _("not at home")
            self.desk.tell("  " + _("√ Undone: {room} {said}").format(room=last.room, said=said))
        elif key == "<":
            self.typed_ahead = self.trail.pop() if self.trail else ""
        elif key == "s":
            if not rest and not self.here:
                raise Unreadable(_("Who is not at home? s 601"), field="household")
            self.miss(self.room(rest) if rest else self.here)
        elif text:
            who, more = (key, rest) if self.is_door(key) or any(map(str.isdecimal, key)) else (text, "")
            self.visit(self.room(who), more)
        elif room := self.next():
            self.visit(room, "")
        else:
            self.desk.tell("  " + _("Everybody here was met; . ends the round."))

    def is_door(self, text: str) -> bool:
        """Does a word name a household?"""
        from zaoyuan_cli.book import finding
        from zaoyuan_cli.commands.rounds import within

        return bool(finding.households(self.book, text, within(self.unit, text)))

    def room(self, text: str) -> str:
        """The room of what was typed. Refusal."""
        from zaoyuan_cli.commands import asking
        from zaoyuan_cli.commands.rounds import within

        return asking.household(self.desk, text, unit=within(self.unit, text))

    def next(self) -> str:
        """The next household not met, in the order of doors; "" for none."""
        doors = self.doors()
        return next_door(list(doors), self.here, [room for room, one in doors.items() if not one.answer])

    def visit(self, room: str, more: str) -> None:
        """At one door: show it, ask, record. Over, Refusal."""
        before, self.here = self.here, room
        self.desk.tell(self.shown(room))
        try:
            asked = self.asked(more)
        except Back:
            self.here = before
            return
        if asked is None:
            self.miss(room)
        else:
            self.take(room, *asked)
        if room not in self.trail[-1:]:
            self.trail.append(room)

    def shown(self, room: str) -> str:
        """A door in one line: who, what was answered before, how often nobody was at home."""
        from zaoyuan_cli.book import canvasses

        one = canvasses.doors(self.book.db, self.of.topic).get(room)
        pieces = [f"  {room} {self.roll[room].owner if room in self.roll else ''}".rstrip()]
        if one and one.answer:
            pieces.append(_("answered {answer}").format(answer=" ".join(filter(None, (one.answer, one.words)))))
        if one and one.misses:
            pieces.append(_("not at home: {count}").format(count=one.misses))
        return "   ".join(pieces)

    def asked(self, typed: str) -> tuple[str, str] | None:
        """(the answer, its words); None: not at home. Over, Back."""
        from zaoyuan_cli.book import canvasses

        choices = " ".join(f"{n} {one}" for n, one in enumerate(self.of.options, 1))
        while True:
            text = typed or self.read(f"  {choices}> ")
            if text == "<":
                raise Back
            if text == "s":
                return None
            said, _blank, words = text.partition(" ")
            try:
                answer = canvasses.option(self.of, said)
            except Refusal as refusal:
                self.desk.tell("  ! " + refusal.message)
                typed = ""
                continue
            if not (words or typed):
                words = self.read("  " + _("Words, or Enter:") + " ")
                if words == "<":
                    continue
            return answer, words

    def take(self, room: str, answer: str, words: str) -> None:
        """Record an answer, at once and for itself. Refusal."""
        from zaoyuan_cli.book import canvasses

        self.tick()
        canvasses.answer(self.book, self.of, room, answer, words)
        self.done.append(Met(room, answer, self.last_step()))
        doors = self.doors().values()
        self.desk.tell(f"  √ {room} {answer}   {sum(bool(one.answer) for one in doors)}/{len(doors)}")

    def miss(self, room: str) -> None:
        """Note that nobody is at home. Refusal."""
        from zaoyuan_cli.book import canvasses

        self.tick()
        count = canvasses.miss(self.book, self.of, room)
        self.done.append(Met(room, "", self.last_step()))
        self.here = room
        self.desk.tell("  " + _("noted: {room} not at home ({count})").format(room=room, count=count))


def _summary(
    desk: Desk, of: Canvass, met: Sequence[Met], missed: Sequence[str], problems: Sequence[dict[str, Any]] = ()
) -> Done:  # fmt: skip
    from zaoyuan_cli.book import canvasses

    now = canvasses.everyone(desk.book.db)[of.topic]
    data = {
        "topic": of.topic, "answers": [{"room": one.room, "answer": one.answer} for one in met], "missed": list(missed),
        "met": now.met, "households": now.households, "left": now.left, "skipped": list(problems),
    }  # fmt: skip
    said = _("This round: {count} households; {met} of {households} met.")
    lines = [("√ " if met else "") + said.format(count=len(met), met=now.met, households=now.households)]
    if missed:
        lines.append("  " + _("Not at home: {rooms}").format(rooms=" ".join(missed)))
    return Done(data, lines, _("Who is left: {command}").format(command=f"zaoyuan canvass left {of.topic}"))


def _take_in(desk: Desk, of: Canvass, unit: str, skip_bad: bool) -> None:
    """Take in a list from standard input: one step, all or nothing but for what --skip-bad leaves out."""
    from zaoyuan_cli.book import canvasses
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.commands.rounds import within

    lines = piped.lines(_("A line is: room, answer, words, a tab between them."))
    met: list[Met] = []
    problems: list[dict[str, Any]] = []
    with desk.book.writing("canvass run"):
        for n, cells in lines:
            who, said, *words = [*cells, "", ""]
            try:
                room = asking.household(desk, who, unit=within(unit, who))
                door = canvasses.note(desk.book, of, room, canvasses.option(of, said), " ".join(words).strip())
                met.append(Met(door.room, door.answer, ""))
            except Refusal as refusal:
                problems.append(piped.problem(n, cells, refusal))
        if problems and not skip_bad:
            raise piped.refused(problems, len(lines))
    for problem in problems:
        desk.warn(_("line {line} left out: {message}").format(**problem))
    desk.show(_summary(desk, of, met, (), problems))
    piped.none_taken(problems, met)
