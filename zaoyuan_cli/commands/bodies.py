"""The noun `body`: the committee, the assembly and others that meet and decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from typer import Context, Option, Typer

from zaoyuan_cli.commands import options
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Day, Limit, Name, NewName, Sort
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done, Listing, Page

if TYPE_CHECKING:
    from zaoyuan_cli.book.bodies import Body

app = Typer()
COLUMNS = (
    Column("body", N_("Body")), Column("kind", N_("Kind"), "state"), Column("members", N_("Members"), "number"),
    Column("seats", N_("Seats"), "number", 2), Column("from", N_("Since"), "date", 1),
    Column("until", N_("Until"), "date"), Column("state", N_("State"), "state"),
)  # fmt: skip

Seats = Annotated[int, Option("--seats", metavar=N_("N"), help=N_("How many seats it has."))]
From = Annotated[str, Option("--from", metavar=N_("DATE"), help=N_("The first day of its term."))]
Until = Annotated[str, Option("--until", metavar=N_("DATE"), help=N_("The last day of its term."))]


@app.command()
def add(
    ctx: Context, name: NewName,
    kind: Annotated[
        str, Option("--kind", metavar=N_("KIND"), help=N_("committee (if not said), branch, provisional or other."))
    ] = "committee",
    seats: Seats = 0, from_: From = "", until: Until = "",
    after: Annotated[str, Option("--after", metavar=N_("NAME"), help=N_("The body it follows."))] = "",
) -> None:  # fmt: skip
    """Enter a body. The owners' assembly is in every book.

    Example: zaoyuan body add 物业服务监督组 --kind other --seats 3
    """
    from zaoyuan_cli.book import bodies

    desk: Desk = ctx.obj
    kinds = {word: code for word, code in bodies.KINDS.items() if code != "assembly"}
    of = options.one_of(kind, kinds, "kind")
    since, last = options.day_or_none(desk, from_, "from"), options.last_day(desk, until, "until")
    before = bodies.pick(desk.book, after, field="after") if after else ""
    with desk.book.writing("body add") as book:
        key = bodies.add(book, name, of, _seats(seats), since, last, before)
    one = bodies.one(desk.book, key)
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
    desk.show(Listing(arranged(rows, sort, limit), COLUMNS, {"bodies": len(rows)}, as_of=desk.as_of))


@app.command()
def show(ctx: Context, name: Name) -> None:
    """Show a body and who sits in it.

    Example: zaoyuan body show 业委会
    """
    from zaoyuan_cli.book import bodies, people, roles

    desk: Desk = ctx.obj
    one = bodies.one(desk.book, bodies.pick(desk.book, name), desk.as_of)
    held = roles.held(desk.book.db, desk.as_of or desk.book.today, body=one.body)
    known = people.everyone(desk.book.db, only=[each.person for each in held])
    offices = [
        {"role": each.role, "person": each.person, "name": known[each.person].name, "from": each.since,
         "until": each.until}
        for each in held
    ]  # fmt: skip
    data = _record(desk, one)
    parts: list[Part] = [
        Heading(one.name),
        Pairs((
            (_("Kind"), State(one.kind)), (_("State"), State(data["state"])), (_("Members"), data["members"]),
            (_("Seats"), one.seats), (_("Since"), one.since), (_("Until"), one.until), (_("After"), one.after or None),
        )),
    ]  # fmt: skip
    if offices:
        parts.append(Table(_OFFICES, [{**row, "role": _(str(row["role"]))} for row in offices]))
    desk.show(Page({**data, "offices": offices}, parts))


@app.command()
def edit(
    ctx: Context, name: Name, to: Annotated[str, Option("--name", metavar=N_("NAME"), help=N_("Its new name."))] = "",
    seats: Seats = 0, from_: From = "", until: Until = "",
) -> None:  # fmt: skip
    """Change a body's name, seats or term.

    Example: zaoyuan body edit 业委会 --seats 7
    """
    desk: Desk = ctx.obj
    since, last = options.day_or_none(desk, from_, "from"), options.last_day(desk, until, "until")
    said = {"shown": to.strip(), "seats": _seats(seats), "since": since, "until": last}
    _change(desk, name, {field: value for field, value in said.items() if value}, "body edit")


@app.command()
def end(ctx: Context, name: Name, date: Day = "") -> None:
    """End a body: its last day, today if none is said.

    Example: zaoyuan body end 业委会 -d 2022-05-31
    """
    desk: Desk = ctx.obj
    _change(desk, name, {"until": options.day(desk, date)}, "body end")


def _change(desk: Desk, name: str, wanted: Mapping[str, Any], verb: str) -> None:
    from zaoyuan_cli.book import bodies

    key = bodies.pick(desk.book, name)
    with desk.book.writing(verb) as book:
        changed = bodies.edit(book, key, wanted)
    one = bodies.one(desk.book, key)
    said = _("√ Changed: {name}") if changed else _("√ It is so already: {name}")
    until = f" · {_('Until')} {one.until}" if one.until else ""
    desk.show(Done(_record(desk, one) | {"changed": list(changed)}, [said.format(name=one.name) + until]))


def _seats(seats: int) -> int | None:
    from zaoyuan_cli.errors import Unreadable

    if seats < 0:
        raise Unreadable(_("Seats are not below zero: {n}").format(n=seats), field="seats", value=seats)
    return seats or None


def _record(desk: Desk, one: Body) -> dict[str, Any]:
    from zaoyuan_cli.book import households, roles

    db, day = desk.book.db, desk.as_of or desk.book.today
    if one.kind == "assembly":
        members = len({home.voter for home in households.everyone(db, desk.as_of).values() if home.voter})
    else:
        members = len(roles.members(db, one.body, day))
    return {
        "body": one.name, "kind": one.kind, "members": members, "seats": one.seats, "from": one.since,
        "until": one.until, "after": one.after or None, "state": one.state(day),
    }  # fmt: skip


_OFFICES = (
    Column("role", N_("Office")), Column("name", N_("Name")), Column("from", N_("Since"), "date"),
    Column("until", N_("Until"), "date", 1),
)  # fmt: skip
