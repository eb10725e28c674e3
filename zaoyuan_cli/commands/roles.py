"""The noun `role`: who holds which office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import asking, options
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Body, Day, Decision, Limit, Sort, Who
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book.roles import Holding

app = Typer()
COLUMNS = (
    Column("role", N_("Office"), "state"), Column("name", N_("Name")), Column("body", N_("Body"), "text", 1),
    Column("scope", N_("Where"), "room"), Column("from", N_("Since"), "date"), Column("until", N_("Until"), "date", 2),
    Column("decision", N_("Decision"), "number_text", 3),
)  # fmt: skip

Role = Annotated[
    str,
    Argument(
        metavar=N_("ROLE"),
        help=N_("主任 副主任 委员 书记 单元长 网格员 党员中心户 出纳 会计 文书, or chair, cashier, unit-leader ..."),
    ),
]
Scope = Annotated[str, Option("--scope", metavar=N_("UNIT"), help=N_("The unit of a unit leader (3-2), the grid."))]


@app.command("set")
def set_(
    ctx: Context, who: Who, role: Role, body: Body = "", scope: Scope = "",
    from_: Annotated[str, Option("--from", metavar=N_("DATE"), help=N_("The first day; today if not said."))] = "",
    until: Annotated[str, Option("--until", metavar=N_("DATE"), help=N_("The last day, where one is agreed."))] = "",
    decision: Decision = "",
) -> None:  # fmt: skip
    """Give somebody an office: of the committee unless --body says which, a unit leader of a unit.

    Example: zaoyuan role set 3-2-502 文书
    """
    from zaoyuan_cli.book import decisions, roles

    desk: Desk = ctx.obj
    code = options.one_of(role, roles.WORDS, "role")
    person = asking.person(desk, who)
    of, where = _body(desk, code, body), _scope(desk, code, scope, person.person)
    since, last = options.day_or_none(desk, from_, "from"), options.last_day(desk, until, "until")
    by = decisions.pick(desk.book, decision) if decision else ""
    with desk.book.writing("role set") as book:
        doubts = roles.give(book, person.person, code, body=of, scope=where, since=since, until=last, decision=by)
    for doubt in doubts:
        desk.warn(doubt)
    held = roles.Holding(person.person, code, of, where, since or desk.today, last, None, by)
    desk.show(Done(_record(desk, held, person.name), [_line(held, person.name)], "zaoyuan role list"))


@app.command("list")
def list_(
    ctx: Context, body: Body = "",
    all: Annotated[bool, Option("--all", help=N_("Also the offices that ended."))] = False,
    limit: Limit = 0, sort: Sort = "",
) -> None:  # fmt: skip
    """List who holds which office, on the day of --as-of.

    Example: zaoyuan role list --as-of 2022-05-31
    """
    from zaoyuan_cli.book import bodies, people, roles

    desk: Desk = ctx.obj
    day = desk.as_of or desk.book.today
    of = bodies.pick(desk.book, body) if body else ""
    held = [one for one in roles.everyone(desk.book.db) if (all or one.on(day)) and of in ("", one.body)]
    known = people.everyone(desk.book.db, desk.as_of, [one.person for one in held])
    rows = [_record(desk, one, known[one.person].name) for one in held]
    empty = _("No office is held. Give one: {command}").format(command="zaoyuan role set 3-2-501 主任")
    listing = Listing(arranged(rows, sort, limit), COLUMNS, {"offices": len(rows)}, empty=empty, as_of=desk.as_of)
    desk.show(listing)


@app.command()
def end(ctx: Context, who: Who, role: Role, body: Body = "", scope: Scope = "", date: Day = "") -> None:
    """End an office from a day on.

    Example: zaoyuan role end 王桂兰 单元长 -d 2022-05-31
    """
    from zaoyuan_cli.book import bodies, roles

    desk: Desk = ctx.obj
    code = options.one_of(role, roles.WORDS, "role")
    person, day = asking.person(desk, who), options.day(desk, date)
    of = bodies.pick(desk.book, body) if body else ""
    with desk.book.writing("role end") as book:
        ended = roles.end(book, person.person, code, day, of, _scope(desk, code, scope, "") if scope else "")
    said = _("√ {name} is {role} no more from {day}").format(name=person.name, role=_(code), day=day)
    desk.show(Done(_record(desk, ended, person.name), [said], "zaoyuan role list"))


def _body(desk: Desk, role: str, body: str) -> str:
    """The body of an office: as said, else the only one it can be of; "" for offices of no body."""
    from zaoyuan_cli.book import bodies, roles

    if body or role not in roles.OUTSIDE:
        kinds = {one.kind for one in bodies.everyone(desk.book.db).values()} if not body else set()
        return bodies.pick(desk.book, body, "branch" if role == "secretary" and "branch" in kinds else "committee")
    return ""


def _scope(desk: Desk, role: str, scope: str, person: str) -> str:
    """A unit of the estate for a unit leader (their own, where they live in one), a grid for a grid worker."""
    from zaoyuan_cli.book import households, units
    from zaoyuan_cli.rules import rooms
    from zaoyuan_cli.rules.text import normal

    if role != "unit-leader":
        return normal(scope)
    known = units.everyone(desk.book.db)
    if scope:
        unit = rooms.parse_unit(scope, "scope")
        found = [one for one in known if one == unit or one.endswith(f"-{unit}")]
    else:
        found = sorted({households.one(desk.book, room).unit for room in households.doors_of(desk.book.db, person)})
    if len(found) == 1:
        return found[0]
    raise NotFound(
        _("There is no unit {unit}.").format(unit=scope) if scope else _("A unit leader is the leader of which unit?"),
        field="scope",
        value=scope,
        candidates=[{"key": one, "label": one} for one in found or known],
        hint=_("Say it: {flag}").format(flag="--scope 3-2"),
    )


def _record(desk: Desk, one: Holding, name: str) -> dict[str, Any]:
    day = desk.as_of or desk.today
    return {
        "role": one.role, "person": one.person, "name": name, "body": one.body or None, "scope": one.scope or None,
        "from": one.since, "until": one.ended or one.until, "decision": one.decision or None,
        "state": "active" if one.on(day) else "planned" if one.since > day else "ended",
    }  # fmt: skip


def _line(one: Holding, name: str) -> str:
    where = " ".join(filter(None, (one.body, one.scope)))
    said = _("√ {name} is {role} from {day}").format(name=name, role=_(one.role), day=one.since)
    return f"{said} · {where}" if where else said
