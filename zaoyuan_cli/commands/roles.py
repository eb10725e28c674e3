"""The noun `role`: who holds which office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import asking, options
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Body, Day, Decision, Limit, Reason, Sort, Who
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import NotFound, Refusal
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
GRIDDED = ("grid-worker", "party-household")


@app.command("set")
def set_(
    ctx: Context, who: Who, role: Role, body: Body = "", scope: Scope = "",
    from_: Annotated[str, Option("--from", metavar=N_("DATE"), help=N_("The first day; today if not said."))] = "",
    until: Annotated[str, Option("--until", metavar=N_("DATE"), help=N_("The last day, where one is agreed."))] = "",
    decision: Decision = "", reason: Reason = "",
) -> None:  # fmt: skip
    """Give somebody an office: of the committee unless --body says which, a unit leader of a unit.

    A unit has one leader: a new one ends the office of the old one, after a yes. Cashier and bookkeeper, cashier and
    chair are never one person, unless --reason says why and --yes that it is meant.

    Example: zaoyuan role set 3-2-502 文书

    Example: zaoyuan role set 3-2-502 单元长 --from 2022-05-31
    """
    from zaoyuan_cli.book import appointing, decisions, people, roles

    desk: Desk = ctx.obj
    code = options.one_of(role, roles.WORDS, "role")
    person = asking.person(desk, who)
    of, where = _body(desk, code, body), _scope(desk, code, scope, person.person)
    since, last = options.day_or_none(desk, from_, "from"), options.last_day(desk, until, "until")
    by = decisions.pick(desk.book, decision) if decision else ""
    held = roles.Holding(person.person, code, of, where, since or desk.today, last, None, by)
    before = _before(desk, held) if code == "unit-leader" else []
    if reason.strip() and appointing.both(roles.everyone(desk.book.db), held):
        held = held._replace(reason=reason.strip())
        desk.confirm(_("Two offices that are to be kept apart, in one hand. Go on?"))
    with desk.book.writing("role set") as book:
        for one in before:
            appointing.end(book, one.person, code, held.since, scope=where)
        doubts = appointing.give(
            book, person.person, code, body=of, scope=where, since=since, until=last, decision=by, reason=held.reason
        )
    for doubt in doubts:
        desk.warn(doubt)
    lines = [_line(held, person.name)]
    for one in before:
        name = people.name_of(desk.book.db, one.person)
        lines.append(_("{name} is {role} no more from {day}").format(name=name, role=_(code), day=held.since))
    desk.show(Done(_record(desk, held, person.name), lines, "zaoyuan role list"))


def _before(desk: Desk, wanted: Holding) -> list[Holding]:
    """The leaders whose office ends when another begins, agreed to. Refusal: one begins later; NeedsYes, Cancelled."""
    from zaoyuan_cli.book import appointing, people

    before = appointing.leaders(desk.book.db, wanted)
    for one in before:
        name = people.name_of(desk.book.db, one.person)
        if one.since >= wanted.since:
            raise Refusal(
                _("{name} is the leader of unit {unit} from {day} on.").format(
                    name=name, unit=wanted.scope, day=one.since
                ),
                field="scope",
                value=wanted.scope,
                candidates=[{"key": one.person, "label": name}],
                hint=_("A leader before that needs a last day: {flag}").format(flag="--until"),
            )
    for one in before:
        said = _("{name} is the leader of unit {unit} since {since}; end that on {day}?")
        name = people.name_of(desk.book.db, one.person)
        desk.confirm(said.format(name=name, unit=wanted.scope, since=one.since, day=wanted.since))
    return before


@app.command("list")
def list_(
    ctx: Context, body: Body = "",
    role: Annotated[str, Option("--role", metavar=N_("ROLE"), help=N_("Only this office."))] = "",
    scope: Annotated[str, Option("--scope", metavar=N_("UNIT"), help=N_("Only of this unit (3-2) or grid."))] = "",
    person: Annotated[str, Option("--person", metavar=N_("WHO"), help=N_("Only what this person holds."))] = "",
    history: Annotated[bool, Option("--history", "--all", help=N_("Also the offices that ended or are to come."))]
    = False,
    limit: Limit = 0, sort: Sort = "",
) -> None:  # fmt: skip
    """List who holds which office, on the day of --as-of.

    Example: zaoyuan role list --as-of 2022-05-31

    Example: zaoyuan role list --role unit-leader --scope 3-2 --as-of 2022-03-15

    Example: zaoyuan role list --history --person 王桂兰
    """
    from zaoyuan_cli.book import bodies, people, roles

    desk: Desk = ctx.obj
    day = desk.as_of or desk.book.today
    of = bodies.pick(desk.book, body) if body else ""
    code = options.one_of(role, roles.WORDS, "role") if role else ""
    where = _known_scope(desk, code, scope) if scope else ""
    only = asking.person(desk, person, look=True).person if person else ""
    held = [
        one
        for one in roles.everyone(desk.book.db)
        if (history or one.on(day))
        and of in ("", one.body)
        and code in ("", one.role)
        and where in ("", one.scope)
        and only in ("", one.person)
    ]
    known = people.everyone(desk.book.db, desk.as_of, [one.person for one in held])
    rows = [_record(desk, one, known[one.person].name) for one in held]
    empty = _("No office is held. Give one: {command}").format(command="zaoyuan role set 3-2-501 主任")
    columns = (*COLUMNS, Column("state", N_("State"), "state", 1)) if history else COLUMNS
    listing = arranged(Listing(rows, columns, {"offices": len(rows)}, empty=empty, as_of=desk.as_of), sort, limit)
    desk.show(listing)


@app.command()
def end(ctx: Context, who: Who, role: Role, body: Body = "", scope: Scope = "", date: Day = "") -> None:
    """End an office from a day on.

    Example: zaoyuan role end 王桂兰 单元长 -d 2022-05-31
    """
    from zaoyuan_cli.book import appointing, bodies, roles

    desk: Desk = ctx.obj
    code = options.one_of(role, roles.WORDS, "role")
    person, day = asking.person(desk, who), options.day(desk, date)
    of = bodies.pick(desk.book, body) if body else ""
    with desk.book.writing("role end") as book:
        ended = appointing.end(book, person.person, code, day, of, _scope(desk, code, scope, "") if scope else "")
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
    """A unit of the estate for a unit leader, a grid for a grid worker and a 党员中心户: as said, else that of the
    doors they own. An office of a body has none."""
    from zaoyuan_cli.book import households

    if scope or role not in ("unit-leader", *GRIDDED):
        return _known_scope(desk, role, scope)
    doors = [households.one(desk.book, room) for room in households.doors_of(desk.book.db, person)]
    found = sorted({door.unit if role == "unit-leader" else door.grid for door in doors} - {""})
    if len(found) == 1 or (role in GRIDDED and not found):
        return found[0] if found else ""
    of_unit = role == "unit-leader"
    said = _("A unit leader is the leader of which unit?") if of_unit else _("Of which grid?")
    raise _no_scope(said, "", found, "--scope 3-2" if of_unit else "--scope 1")


def _known_scope(desk: Desk, role: str, scope: str) -> str:
    """The unit or grid that is meant: 3-2, 3栋2单元, a grid by its number or name. NotFound, Unreadable."""
    from zaoyuan_cli.book import grids, units
    from zaoyuan_cli.rules import rooms
    from zaoyuan_cli.rules.text import normal

    text = normal(scope)
    if not text or (role and role not in ("unit-leader", *GRIDDED)):
        return text
    drawn = grids.everyone(desk.book.db) if role != "unit-leader" else {}
    named = [grid for grid, name in drawn.items() if text in (grid, name)]
    if named:
        return named[0]
    if role == "grid-worker":
        raise _no_scope(_("There is no grid {grid}.").format(grid=scope), scope, list(drawn), "--scope 1")
    known, unit = units.everyone(desk.book.db), rooms.parse_unit(scope, "scope")
    found = [one for one in known if one == unit] or [one for one in known if one.endswith(f"-{unit}")]
    if len(found) == 1:
        return found[0]
    raise _no_scope(_("There is no unit {unit}.").format(unit=scope), scope, found or known, "--scope 3-2")


def _no_scope(said: str, scope: str, known: list[str], flag: str) -> NotFound:
    return NotFound(
        said,
        field="scope",
        value=scope,
        candidates=[{"key": one, "label": one} for one in known],
        hint=_("Say it: {flag}").format(flag=flag),
    )


def _record(desk: Desk, one: Holding, name: str) -> dict[str, Any]:
    day = desk.as_of or desk.today
    return {
        "role": one.role, "person": one.person, "name": name, "body": one.body or None, "scope": one.scope or None,
        "from": one.since, "until": one.ended or one.until, "decision": one.decision or None,
        "reason": one.reason or None,
        "state": "active" if one.on(day) else "planned" if one.since > day else "ended",
    }  # fmt: skip


def _line(one: Holding, name: str) -> str:
    where = " ".join(filter(None, (one.body, one.scope)))
    said = _("√ {name} is {role} from {day}").format(name=name, role=_(one.role), day=one.since)
    return f"{said} · {where}" if where else said
