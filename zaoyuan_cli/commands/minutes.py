"""The command `minutes`, and the paper of a meeting taken into the book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeVar

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.options import Body, File
from zaoyuan_cli.errors import NotFound, Refusal, WrongUsage
from zaoyuan_cli.i18n import N_, _, joined
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.meetings import Meeting
    from zaoyuan_cli.book.minutes import Given, Kept, Paper
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.exchange.front_matter import Fault
    from zaoyuan_cli.exchange.minutes import Sheet

T = TypeVar("T")
Title = Annotated[
    str,
    Argument(
        metavar=N_("TITLE"), help=N_("The meeting, by its title or number; the one of today if not given."),
        autocompletion=completing.meetings,
    ),
]  # fmt: skip
Edit = Annotated[bool, Option("--edit", help=N_("Write them in your editor, from a form with the members on it."))]


def minutes(ctx: Context, title: Title = "", body: Body = "", file: File = "", edit: Edit = False) -> None:
    """Keep the minutes in the meeting, line by line; or take a whole paper, from a file or from your editor.

    Every line is kept as it is typed, and after an interruption `minutes` goes on. A word at its start makes a record:
    到 (present), 走 (left), 题 (item), 动 (motion), 决 4 0 1 (vote), 办 王桂兰 6月10日 联系施工队 (task), 休 (break), 复
    (resume), 改 (change the last line), 撤 (undo it), 看 (show), 完 (end). Anything else is what was said: 王桂兰：台阶太高.
    A title no meeting has begins one. Lines may come through a pipe.

    The paper is a text: a head between two lines +++, then “## item” and what was said. The head says title, date,
    place, chair, recorder, present; under [[decisions]] a text, under [[tasks]] by, due and text. Chinese names of
    these do as well: --edit opens a form. All of it is kept in one step, or nothing.

    Example: zaoyuan minutes

    Example: zaoyuan minutes -f minutes.md
    """
    desk: Desk = ctx.obj
    if file and edit:
        raise WrongUsage(_("Minutes come from a file or from your editor; say which."), field="file")
    if file and title:
        raise WrongUsage(_("With -f the title stands in the file."), field="title", value=title)
    if file:
        desk.show(from_file(desk, file, "minutes"))
    elif edit:
        desk.show(_in_editor(desk, title))
    else:
        from zaoyuan_cli.commands.sitting import sit

        sit(desk, title, body)


def from_file(desk: Desk, name: str, verb: str) -> Done:
    """Keep the paper in a file. Faulty, FileUnreadable, NotFound, Ambiguous, NeedsYes, Refusal."""
    from zaoyuan_cli.exchange import front_matter

    return keep(desk, front_matter.read_file(name), verb)


def keep(desk: Desk, text: str, verb: str) -> Done:
    """Keep the paper of a meeting in one step, after asking about what is odd."""
    from zaoyuan_cli.book import meetings
    from zaoyuan_cli.book import minutes as written
    from zaoyuan_cli.exchange import minutes as papers

    names = _Resolving(desk, papers.read(text))
    paper = names.paper()
    if paper.on > desk.today:
        desk.confirm(_("{day} is still to come. Go on?").format(day=paper.on))
    number = meetings.same(desk.book.db, paper.body, paper.on, paper.title)
    if number:
        desk.confirm(joined((written.already(paper, number).message, _("Keep it as another one?"))))
    planned = meetings.awaited(desk.book.db, paper.body, paper.on, paper.title)
    if planned and planned.title != paper.title:
        said = _("{number} “{title}” was planned for that day: these are kept as its minutes.")
        names.doubts.append(said.format(number=planned.meeting, title=planned.title))
    kept = written.keep(desk.book, paper, verb, again=bool(number))
    for doubt in dict.fromkeys(names.doubts):
        desk.warn(doubt)
    return _answer(desk, paper, kept)


def _answer(desk: Desk, paper: Paper, kept: Kept) -> Done:
    from zaoyuan_cli.book import roles

    members = roles.members(desk.book.db, paper.body, paper.on)
    present = [person for person in paper.present if person in members or not members]
    data = {
        "meeting": kept.meeting, "body": paper.body, "date": paper.on, "title": paper.title, "present": len(present),
        "members": len(members) or None, "items": len(paper.items), "decisions": list(kept.decisions),
        "tasks": list(kept.tasks), "guests": list(paper.guests),
    }  # fmt: skip
    counts = _("Items {items} · decisions {decisions} · tasks {tasks}").format(
        items=len(paper.items), decisions=" ".join(kept.decisions) or "0", tasks=" ".join(kept.tasks) or "0"
    )
    there = _("present {present} of {members}") if members else _("present {present}")
    return Done(
        data,
        [
            f"√ {kept.meeting}  {paper.on}  {paper.body}  {paper.title}",
            f"  {counts} · {there.format(present=len(present), members=len(members))}",
        ],
        hint=f"zaoyuan meeting show {kept.meeting}",
    )


def _in_editor(desk: Desk, title: str) -> Done:
    planned = _planned(desk, title)
    from zaoyuan_cli.book import bodies, people, roles
    from zaoyuan_cli.commands import drafting
    from zaoyuan_cli.exchange import minutes as papers

    if planned:
        title, body, today = planned.title, planned.body, planned.date
    else:
        body, today = bodies.pick(desk.book), desk.today
    names = people.everyone(desk.book.db)
    chairs = [one.person for one in roles.held(desk.book.db, today, body=body, role="chair")]
    members = roles.members(desk.book.db, body, today)
    template = papers.template(
        title,
        today,
        body,
        names[chairs[0]].name if chairs else "",
        names[desk.book.who].name if desk.book.who in names else "",
        [names[person].name for person in members],
    )
    path = drafting.draft_file(desk, title or str(today))
    return drafting.write(desk, path, template, lambda text: keep(desk, text, "minutes"))


def _planned(desk: Desk, title: str) -> Meeting | None:
    """The meeting whose number stands for the title, None where none does. Raises Refusal if its minutes are kept
    already: they are not rewritten."""
    from zaoyuan_cli.book import meetings
    from zaoyuan_cli.rules import numbers

    if not title or numbers.series_of(title) != "meeting":
        return None
    one = meetings.one(desk.book, title)
    if not one.kept and one.state != meetings.CANCELLED:
        return one
    said = _("The minutes of {number} are kept already, and what is kept is not rewritten.")
    if not one.kept:
        said = _("Meeting {number} was cancelled.")
    raise Refusal(
        said.format(number=one.meeting),
        field="meeting",
        value=title,
        hint=_("To see them: {command}").format(command=f"zaoyuan meeting show {one.meeting}"),
    )


class _Resolving:
    """The words of a paper become days and people; what is odd is collected, what is wrong is said all at once.

    A name the roll does not know stays as a name, with a doubt; a name of two people is wrong.
    """

    def __init__(self, desk: Desk, sheet: Sheet) -> None:
        self.desk, self.head, self.lines, self.items = desk, sheet.head, sheet.lines, sheet.items
        self.doubts: list[str] = []
        self.faults: list[Fault] = []
        self.refusals: list[Refusal] = []

    def paper(self) -> Paper:
        """The paper as the book keeps it. Raises the one refusal there was, or Faulty with all."""
        from zaoyuan_cli.book import bodies
        from zaoyuan_cli.book.minutes import Decided, Item, Paper
        from zaoyuan_cli.rules import dates

        head, desk = self.head, self.desk
        on = self._try(lambda: dates.parse(head.date, desk.today), desk.today, "date")
        body = self._try(lambda: bodies.pick(desk.book, head.body), "", "body")
        chair, chair_name = self._person(head.chair, "chair")
        recorder, recorder_name = self._person(head.recorder, "recorder")
        came = [self._person(name, "present", n) for n, name in enumerate(head.present)]
        there = [person for person in (chair, *(person for person, _name in came), recorder) if person]
        guests = [name for _person, name in came if name]
        for name in filter(None, map(str.strip, head.guests)):
            if member := self._member(name, body, on):
                there.append(member)
            else:
                guests.append(name)
        tasks = tuple(self._task(n, on) for n in range(len(head.tasks)))
        self._say_what_is_wrong()
        return Paper(
            body, on, head.title.strip(), head.place.strip(), chair, recorder, chair_name, recorder_name,
            tuple(dict.fromkeys(there)), tuple(dict.fromkeys(guests)),
            None if head.absent is None else tuple(filter(None, map(str.strip, head.absent))),
            tuple(Item(*item) for item in self.items),
            tuple(Decided(one.text.strip(), one.paper.strip()) for one in head.decisions),
            tasks,
        )  # fmt: skip

    def _try(self, read: Callable[[], T], otherwise: T, *path: str | int) -> T:
        from zaoyuan_cli.exchange.front_matter import Fault

        try:
            return read()
        except Refusal as refusal:
            self.refusals.append(refusal)
            value = refusal.value if isinstance(refusal.value, str) else None
            self.faults.append(Fault(self.lines.of(*path), refusal.message, refusal.field or "", value))
            return otherwise

    def _person(self, name: str, *path: str | int) -> tuple[str, str]:
        """(id, "") of a person of the roll, ("", name) of another one, ("", "") of nobody."""
        from zaoyuan_cli.book import people

        name = name.strip()
        if not name:
            return "", ""

        def find() -> tuple[str, str]:
            try:
                return people.find_one(self.desk.book, name).person, ""
            except NotFound:
                self.doubts.append(_("{name} is not on the roll: kept by name.").format(name=name))
                return "", name

        return self._try(find, ("", ""), *path)

    def _member(self, name: str, body: str, on: date) -> str:
        """The id of a member of the body by that name, who is no guest; else ""."""
        from zaoyuan_cli.book import people, roles

        members = roles.members(self.desk.book.db, body, on)
        known = people.everyone(self.desk.book.db, only=members)
        found = next((id for id, person in known.items() if person.name == name), "")
        if found:
            self.doubts.append(_("{name} is a member, and counted as present.").format(name=name))
        return found

    def _task(self, n: int, on: date) -> Given:
        from zaoyuan_cli.book.minutes import Given
        from zaoyuan_cli.rules import dates

        task = self.head.tasks[n]
        by, who = self._person(task.by, "tasks", n, "by")
        due = self._try(lambda: dates.deadline(task.due, on), None, "tasks", n, "due") if task.due.strip() else None
        if due and due < on:
            self.doubts.append(_("“{text}” is due on {day}, before the meeting.").format(text=task.text, day=due))
        return Given(task.text.strip(), by, who, due)

    def _say_what_is_wrong(self) -> None:
        from zaoyuan_cli.exchange.front_matter import Faulty

        if len(self.faults) == 1:
            fault, refusal = self.faults[0], self.refusals[0]
            refusal.more |= {"line": fault.line, "problems": [fault._asdict()]}
            refusal.message = _("line {line}: {message}").format(line=fault.line, message=refusal.message)
            raise refusal
        if self.faults:
            raise Faulty(self.faults)
