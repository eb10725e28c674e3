"""The noun `body`: the committee, the assembly and others that meet and decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from typer import Context, Option, Typer

from zaoyuan_cli.commands import options
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Day, Decision, Limit, Name, NewName, Note, Paper, Sort
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book.bodies import Body

app = Typer()
COLUMNS = (
    Column("body", N_("Body")), Column("kind", N_("Kind"), "state"), Column("members", N_("Members"), "number"),
    Column("seats", N_("Seats"), "number", 2), Column("vacant", N_("Vacant seats"), "number", 3),
    Column("from", N_("Since"), "date", 1), Column("until", N_("Until"), "date"),
    Column("state", N_("State"), "state"), Column("term", N_("Term"), "state", 1),
)  # fmt: skip

Seats = Annotated[int, Option("--seats", metavar=N_("N"), help=N_("How many seats it has."))]
From = Annotated[str, Option("--from", metavar=N_("DATE"), help=N_("The first day of its term."))]
Until = Annotated[str, Option("--until", metavar=N_("DATE"), help=N_("The last day of its term."))]
After = Annotated[str, Option("--after", metavar=N_("NAME"), help=N_("The body it follows."))]


@app.command()
def add(
    ctx: Context, name: NewName,
    kind: Annotated[
        str, Option("--kind", metavar=N_("KIND"), help=N_("committee (if not said), branch, provisional or other."))
    ] = "committee",
    seats: Seats = 0, from_: From = "", until: Until = "",
    after: After = "",
    decision: Decision = "",
) -> None:  # fmt: skip
    """Enter a body. The owners' assembly is in every book.

    The first day of a committee's term is the day of its election; --decision is what elected it.

    Example: zaoyuan body add 物业服务监督组 --kind other --seats 3

    Example: zaoyuan body add 第二届业委会 --seats 5 --from 2022-05-31 --after 业委会 --decision DA2019-2
    """
    from zaoyuan_cli.book import bodies, decisions

    desk: Desk = ctx.obj
    kinds = {word: code for word, code in bodies.KINDS.items() if code != "assembly"}
    of = options.one_of(kind, kinds, "kind")
    since, last = options.day_or_none(desk, from_, "from"), options.last_day(desk, until, "until")
    before = _before(desk, after)
    by = decisions.pick(desk.book, decision) if decision else ""
    with desk.book.writing("body add") as book:
        key = bodies.add(book, name, of, _seats(seats), since, last, before, by)
    one = bodies.one(desk.book, key)
    _doubts(desk, one)
    hint = sample("zaoyuan role set WHO ") + ("书记" if of == "branch" else "主任") + f" --body {key}"
    said = _("√ Body {name}").format(name=one.name) + (f" · {_(one.kind)}" if one.name != _(one.kind) else "")
    desk.show(Done(_record(desk, one), [said], hint))


@app.command("list")
def list_(ctx: Context, limit: Limit = 0, sort: Sort = "") -> None:
    """List the bodies.

    Example: zaoyuan body list
    """
    from zaoyuan_cli.book import bodies

    desk: Desk = ctx.obj
    rows = [_record(desk, one) for one in bodies.everyone(desk.book.db, desk.as_of).values()]
    desk.show(arranged(Listing(rows, COLUMNS, {"bodies": len(rows)}, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, name: Name) -> None:
    """Show a body: who sits in it, its seats and term, what came before and after, the decisions it rests on.

    Example: zaoyuan body show 业委会
    """
    from zaoyuan_cli.book import bodies
    from zaoyuan_cli.reports.bodies import page

    desk: Desk = ctx.obj
    desk.show(page(desk.book, bodies.pick(desk.book, name), desk.as_of))


@app.command()
def edit(
    ctx: Context, name: Name, to: Annotated[str, Option("--name", metavar=N_("NAME"), help=N_("Its new name."))] = "",
    seats: Seats = 0, from_: From = "", until: Until = "", after: After = "",
) -> None:  # fmt: skip
    """Change a body's name, seats, term or the body it follows.

    Example: zaoyuan body edit 业委会 --seats 7
    """
    desk: Desk = ctx.obj
    since, last = options.day_or_none(desk, from_, "from"), options.last_day(desk, until, "until")
    said = {"shown": to.strip(), "seats": _seats(seats), "since": since, "until": last, "after": _before(desk, after)}
    _change(desk, name, {field: value for field, value in said.items() if value}, "body edit")


@app.command()
def end(ctx: Context, name: Name, date: Day = "") -> None:
    """End a body: its last day, today if none is said.

    Example: zaoyuan body end 业委会 -d 2022-05-31
    """
    desk: Desk = ctx.obj
    _change(desk, name, {"until": options.day(desk, date), "ended": True}, "body end")


@app.command()
def filed(ctx: Context, name: Name, date: Day = "", paper: Paper = "", note: Note = "") -> None:
    """Note that the election, or a change of members, was reported to the authority.

    Example: zaoyuan body filed 业委会 -d 2022-05-30
    """
    _note(ctx.obj, name, "filed", date, _("√ {name}: filed with the authority on {day}"), paper=paper, note=note)


@app.command()
def audited(ctx: Context, name: Name, date: Day = "", note: Note = "") -> None:
    """Note that the books of a body were audited.

    Example: zaoyuan body audited 业委会 -d 2022-05-30 -n 张会计
    """
    _note(ctx.obj, name, "audited", date, _("√ {name}: books audited on {day}"), note=note)


def _note(desk: Desk, name: str, what: str, date: str, said: str, **more: str) -> None:
    from zaoyuan_cli.book import bodies
    from zaoyuan_cli.rules.text import clean

    key, day = bodies.pick(desk.book, name), options.day(desk, date)
    texts = {field: clean(text, field=field).strip() for field, text in more.items()}
    with desk.book.writing(f"body {what}") as book:
        bodies.note(book, key, what, day, **texts)
    one = bodies.one(desk.book, key)
    data = _record(desk, one) | {"what": what, "date": day} | {field: text or None for field, text in texts.items()}
    desk.show(Done(data, [said.format(name=one.name, day=day)], f"zaoyuan body show {one.name}"))


def _change(desk: Desk, name: str, wanted: Mapping[str, Any], verb: str) -> None:
    from zaoyuan_cli.book import bodies

    key = bodies.pick(desk.book, name)
    with desk.book.writing(verb) as book:
        changed = bodies.edit(book, key, wanted)
    one = bodies.one(desk.book, key)
    said = _("√ Changed: {name}") if changed else _("√ It is so already: {name}")
    until = f" · {_('Until')} {one.until}" if one.until else ""
    _doubts(desk, one)
    desk.show(Done(_record(desk, one) | {"changed": list(changed)}, [said.format(name=one.name) + until]))


def _before(desk: Desk, after: str) -> str:
    from zaoyuan_cli.book import bodies

    return bodies.pick(desk.book, after, field="after") if after else ""


def _seats(seats: int) -> int | None:
    from zaoyuan_cli.errors import Unreadable

    if seats < 0:
        raise Unreadable(_("Seats are not below zero: {n}").format(n=seats), field="seats", value=seats)
    return seats or None


def _doubts(desk: Desk, one: Body) -> None:
    """What the law has against a committee's seats and term: said, and written all the same (R-30)."""
    from zaoyuan_cli.reports.offices import seats_and_term

    for item in seats_and_term(desk.book, one):
        desk.warn(item.message)


def _record(desk: Desk, one: Body) -> dict[str, Any]:
    from zaoyuan_cli.reports.bodies import record

    return record(desk.book, one, desk.as_of)
