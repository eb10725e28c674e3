"""The command `minutes`, and the paper of a meeting taken into the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.options import Body, File
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _, joined
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.meetings import Meeting
    from zaoyuan_cli.book.minutes import Kept, Paper
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.exchange.minutes import Form

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
    到 (present), 走 (left), 题 (item), 动 (motion), 决 4 0 1 (vote), 办 王桂兰 6月10日 联系施工队 (task), 休 (break),
    复 (resume), 改 (change the last line), 撤 (undo it), 看 (show), 完 (end). Anything else is what was said:
    王桂兰：台阶太高. A title no meeting has begins one. Lines may come through a pipe.

    The paper is a text: a head between two lines +++, then “## item” and what was said. The head says title, date,
    place, chair, recorder, present; under [[decisions]] a text, under [[tasks]] by, due and text. Chinese names of
    these do as well: --edit opens a form. All of it is kept in one step, or nothing.

    Example: zaoyuan minutes

    Example: zaoyuan minutes -f minutes.md
    """
    desk: Desk = ctx.obj
    if file and edit:
        raise WrongUsage(_("Minutes come from a file or from your editor; say which."), field="file")
    if file:
        desk.show(from_file(desk, file, "minutes", _of_file(desk, title) if title else ""))
    elif edit:
        desk.show(_in_editor(desk, title))
    else:
        from zaoyuan_cli.commands.sitting import sit

        sit(desk, title, body)


def from_file(desk: Desk, name: str, verb: str, of: str = "") -> Done:
    """Keep the paper in a file. Faulty, FileUnreadable, NotFound, Ambiguous, NeedsYes, Refusal."""
    from zaoyuan_cli.exchange import front_matter

    return keep(desk, front_matter.read_file(name), verb, of)


def _of_file(desk: Desk, title: str) -> str:
    """The meeting whose minutes a file is a new paper of, by its number. WrongUsage, NotFound, Ambiguous."""
    from zaoyuan_cli.book import meetings
    from zaoyuan_cli.rules import numbers

    if numbers.series_of(title) != "meeting":
        raise WrongUsage(_("With -f the title stands in the file."), field="title", value=title)
    return meetings.pick(desk.book, title)


def keep(desk: Desk, text: str, verb: str, of: str = "") -> Done:
    """Keep the paper of a meeting in one step, after asking about what is odd; `of` is the number of the one it is
    of, whose minutes it stands for."""
    from zaoyuan_cli.book import meetings, minuting
    from zaoyuan_cli.book import minutes as written
    from zaoyuan_cli.commands.resolving import Resolving
    from zaoyuan_cli.exchange import minutes as papers

    names = Resolving(desk, papers.read(text))
    paper = names.paper()
    if of:
        one = meetings.one(desk.book, of)
        minuting.refuse_unready(desk.book, one)
        if (paper.title, paper.on) != (one.title, one.date):
            said = _("{number} stays “{title}” of {day}.")
            names.doubts.append(said.format(number=one.meeting, title=one.title, day=one.date))
        paper = paper._replace(title=one.title, on=one.date, body=one.body)
    else:
        if paper.on > desk.today:
            desk.confirm(_("{day} is still to come. Go on?").format(day=paper.on))
        if number := meetings.same(desk.book.db, paper.body, paper.on, paper.title):
            desk.confirm(joined((written.already(paper, number).message, _("Keep it as another one?"))))
        planned = meetings.awaited(desk.book.db, paper.body, paper.on, paper.title)
        if planned and planned.title != paper.title:
            said = _("{number} “{title}” was planned for that day: these are kept as its minutes.")
            names.doubts.append(said.format(number=planned.meeting, title=planned.title))
    kept = written.keep(desk.book, paper, verb, again=not of and bool(number), of=of)
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
    from zaoyuan_cli.book import bodies, people, roles
    from zaoyuan_cli.commands import drafting
    from zaoyuan_cli.exchange import minutes as papers

    names = {id: person.name for id, person in people.everyone(desk.book.db).items()}
    meeting = _meant(desk, title)
    if meeting:
        form = _form(desk, meeting, names)
    else:
        body = bodies.pick(desk.book)
        chairs = [one.person for one in roles.held(desk.book.db, desk.today, body=body, role="chair")]
        form = papers.Form(
            title, desk.today, body, chair=names[chairs[0]] if chairs else "", recorder=names.get(desk.book.who, ""),
            present=tuple(names[person] for person in roles.members(desk.book.db, body, desk.today)),
        )  # fmt: skip
    path = drafting.draft_file(desk, title or str(desk.today))
    of = meeting.meeting if meeting else ""
    command = f"zaoyuan minutes {of}".rstrip()
    return drafting.write(desk, path, papers.template(form), lambda text: keep(desk, text, "minutes", of), command)


def _meant(desk: Desk, title: str) -> Meeting | None:
    """The meeting of a number, or the one of that title that is planned for today or whose minutes are being typed;
    None where there is none. Raises Refusal where its minutes take no change."""
    from zaoyuan_cli.book import cuts, meetings, minuting, sittings
    from zaoyuan_cli.facts.sittings import SittingBegun
    from zaoyuan_cli.rules import numbers

    db = desk.book.db
    if title and numbers.series_of(title) == "meeting":
        one = meetings.one(desk.book, title)
    else:
        going = sittings.live(db)
        near = [
            one
            for one in meetings.listing(db)
            if one.title == title and (one.meeting in going or (one.date == desk.today and one.made and not one.kept))
        ]
        if len(near) != 1:
            return None
        one = near[0]
    minuting.refuse_unready(desk.book, one)
    cuts.refuse_frozen(db, SittingBegun(meeting=one.meeting, on=one.date))
    return one


def _form(desk: Desk, one: Meeting, names: dict[str, str]) -> Form:
    """The paper of a meeting as it is so far: who is expected before anybody is noted, else who was there."""
    from zaoyuan_cli.book import attending, minutes, minuting, sittings
    from zaoyuan_cli.exchange.minutes import Form

    db = desk.book.db
    there = attending.attendance(db, one)
    chair = one.chair or minuting.chair_of(desk.book, one.body, one.date)
    items = tuple(minutes.of(db, one.meeting)) or tuple(minutes.Item(title, "") for title in one.agenda)
    return Form(
        one.title, one.date, one.body, place=one.place,
        chair=names.get(chair, one.chair_name), recorder=names.get(one.recorder or desk.book.who, one.recorder_name),
        present=tuple(names[person] for person in (there.times or there.members)),
        guests=tuple(dict.fromkeys((*one.guests, *sittings.guests(db, one.meeting)))),
        absent=one.absent, items=items, kept=one.state == "held",
    )  # fmt: skip
