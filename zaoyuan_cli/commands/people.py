"""The noun `person`: people of the estate, whatever they have to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import asking, options
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Limit, NewName, Sort, Who
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing, Page

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.people import Person

app = Typer()
RELATIONS = {
    "owner": "owner", "业主": "owner", "产权人": "owner", "tenant": "tenant", "租户": "tenant", "租客": "tenant",
    "family": "family", "家属": "family", "家人": "family",
}  # fmt: skip
COLUMNS = (
    Column("name", N_("Name")), Column("phone", N_("Phone"), "number_text"), Column("rooms", N_("Rooms"), "room"),
    Column("roles", N_("Office"), "text", 1), Column("person", N_("Id"), "number_text"),
)  # fmt: skip

Phone = Annotated[
    str, Option("--phone", metavar=N_("PHONE"), help=N_("The telephone; asked for where nothing is said."))
]
Party = Annotated[bool, Option("--party", help=N_("A member of the party."))]


@app.command()
def add(
    ctx: Context, name: NewName, phone: Phone = "",
    room: Annotated[str, Option("--room", metavar=N_("ROOM"), help=N_("The household they belong to."))] = "",
    relation: Annotated[
        str, Option("--relation", metavar=N_("RELATION"), help=N_("With --room: owner, tenant or (unsaid) family."))
    ] = "",
    party: Party = False,
) -> None:  # fmt: skip
    """Enter a person. Somebody of the same name and telephone is the same person.

    Example: zaoyuan person add 何秀英 --room 3-2-501 --relation family
    """
    from zaoyuan_cli.book import households, people, registering
    from zaoyuan_cli.rules.phones import parse_phone

    desk: Desk = ctx.obj
    said = people.read_name(name, "name")
    tie = options.one_of(relation or "family", RELATIONS, "relation")
    home = asking.household(desk, room) if room else ""
    number = parse_phone(phone or desk.ask(_("Telephone (Enter for none)")))
    with desk.book.writing("person add") as book:
        id = people.add(book, said, number, party)
        if home and tie == "owner":
            registering.transfer(book, home, [*households.one(book, home).owners, id])
        elif home:
            registering.join(book, home, id, tie)
    one = people.everyone(desk.book.db, only=(id,))[id]
    if others := people.namesakes(desk.book.db, said, id):
        desk.warn(_("{name} is in the book more than once: {ids}").format(name=said, ids=" ".join((id, *others))))
    lines = [_("√ Person {name} · {id}").format(name=said, id=id) + (f" · {home}" if home else "")]
    desk.show(Done(_record(desk, desk.book, one), lines, f"zaoyuan person show {id}"))


@app.command("list")
def list_(ctx: Context, limit: Limit = 0, sort: Sort = "") -> None:
    """List the people, with the doors they own and the offices they hold.

    Example: zaoyuan person list --sort name
    """
    from zaoyuan_cli.book import households, people, roles

    desk: Desk = ctx.obj
    db, day = desk.book.db, desk.as_of or desk.book.today
    full, doors, offices = desk.full, dict[str, list[str]](), dict[str, list[str]]()
    for home in households.everyone(db, desk.as_of).values():
        for id in home.owners:
            doors.setdefault(id, []).append(home.room)
    for office in roles.held(db, day):
        offices.setdefault(office.person, []).append(office.role)
    everyone = [one for one in people.everyone(db, desk.as_of).values() if not one.merged]
    rows = [_row(one, full, doors.get(one.person, []), offices.get(one.person, [])) for one in everyone]
    desk.show(_People(arranged(rows, sort, limit), COLUMNS, {"people": len(rows)}, as_of=desk.as_of))


@app.command()
def show(ctx: Context, who: Who) -> None:
    """Show one person: telephone, doors, offices, present and past.

    Example: zaoyuan person show 3-2-501
    """
    from zaoyuan_cli.book import people, roles

    desk: Desk = ctx.obj
    found = asking.person(desk, who, look=True)
    one = people.everyone(desk.book.db, desk.as_of, (found.person,))[found.person]
    data = _record(desk, desk.book, one)
    day = desk.as_of or desk.book.today
    held = [
        {"role": each.role, "body": each.body or None, "scope": each.scope or None, "from": each.since,
         "until": each.ended or each.until, "state": "active" if each.on(day) else "ended"}
        for each in roles.everyone(desk.book.db)
        if each.person == one.person and each.since <= day
    ]  # fmt: skip
    known = ((_("Phone"), data["phone"]), (_("Rooms"), " ".join(data["rooms"]) or None), (_("Id"), one.person))
    parts: list[Part] = [Heading(one.name), Pairs(known)]
    if held:
        shown = [{**row, "role": _(str(row["role"]))} for row in held]
        parts += [Heading(_("Offices"), 2), Table(_OFFICES, shown)]
    desk.show(Page({**data, "offices": held}, parts))


@app.command()
def edit(
    ctx: Context, who: Who, name: Annotated[str, Option("--name", metavar=N_("NAME"), help=N_("The name."))] = "",
    phone: Annotated[str, Option("--phone", metavar=N_("PHONE"), help=N_('The telephone; "-" for none.'))] = "",
    py: Annotated[
        str, Option("--py", metavar=N_("LETTERS"), help=N_("The pinyin initials, where they were guessed wrong: zgl."))
    ] = "",
    party: Party = False,
) -> None:  # fmt: skip
    """Change a person's name or telephone.

    Example: zaoyuan person edit 3-2-501 --phone 13812341234
    """
    from zaoyuan_cli.book import people
    from zaoyuan_cli.rules.phones import parse_phone

    desk: Desk = ctx.obj
    id = asking.person(desk, who).person
    wanted: dict[str, str] = {"party": "yes"} if party else {}
    if name:
        wanted["name"] = people.read_name(name, "name")
    if phone:
        wanted["phone"] = "" if phone == "-" else parse_phone(phone)
    if py:
        wanted["initials"] = _letters(py)
    with desk.book.writing("person edit") as book:
        changed = people.edit(book, id, wanted)
    one = people.everyone(desk.book.db, only=(id,))[id]
    said = _("√ Changed: {name}") if changed else _("√ It is so already: {name}")
    data = _record(desk, desk.book, one) | {"changed": list(changed)}
    desk.show(Done(data, [said.format(name=f"{one.name} · {id}")]))


@app.command()
def merge(
    ctx: Context, who: Who,
    into: Annotated[str, Argument(metavar=N_("INTO"), help=N_("The entry that stays: an id (pA3), a room, a name."))],
) -> None:  # fmt: skip
    """Make two entries one person: doors, offices and votes of the first are the second's.

    Example: zaoyuan person merge pA88 pA87 --yes
    """
    from zaoyuan_cli.book import people

    desk: Desk = ctx.obj
    gone, stays = asking.person(desk, who), asking.person(desk, into)
    said = _("{one} and {other} are one person?").format(
        one=f"{gone.name} ({gone.person})", other=f"{stays.name} ({stays.person})"
    )
    if gone.name != stays.name:
        desk.confirm(said)
    with desk.book.writing("person merge") as book:
        people.merge(book, gone.person, stays.person)
    one = people.everyone(desk.book.db, only=(stays.person,))[stays.person]
    data = _record(desk, desk.book, one) | {"merged": gone.person}
    desk.show(Done(data, [_("√ {gone} is {name} · {id}").format(gone=gone.person, name=one.name, id=one.person)]))


def _letters(text: str) -> str:
    """zgl, or "z g l", as initials are stored: a blank between the characters. Unreadable."""
    from zaoyuan_cli.errors import Unreadable
    from zaoyuan_cli.rules.text import normal

    seen = normal(text).lower()
    parts = seen.split() if " " in seen else list(seen)
    if not all(part.isascii() and part.isalnum() for part in parts):
        raise Unreadable(_("These are no initials: {value}").format(value=text), field="py", value=text)
    return " ".join(parts)


class _People(Listing):
    """People, whose doors and offices are lists in JSON and words in a table."""

    def document(self) -> list[Part]:
        rows = [
            {**row, "rooms": " ".join(row["rooms"]) or None, "roles": " ".join(map(_, row["roles"])) or None}  # type: ignore[arg-type, call-overload]
            for row in self.rows
        ]
        return [Table(self.columns, rows, self.totals, self.title, self.empty)]


def _row(one: Person, full: bool, doors: list[str], offices: list[str]) -> dict[str, Any]:
    from zaoyuan_cli.rules.names import mask_phone

    phone = (one.phone if full else mask_phone(one.phone)) or None
    return {"person": one.person, "name": one.name, "phone": phone, "rooms": doors, "roles": offices}


def _record(desk: Desk, book: Book, one: Person) -> dict[str, Any]:
    from zaoyuan_cli.book import households, roles

    doors = list(households.doors_of(book.db, one.person, desk.as_of))
    offices = [office.role for office in roles.held(book.db, desk.as_of or book.today, person=one.person)]
    return _row(one, desk.full, doors, offices)


_OFFICES = (
    Column("role", N_("Office")), Column("body", N_("Body")), Column("scope", N_("Where"), "room", 1),
    Column("from", N_("Since"), "date"), Column("until", N_("Until"), "date"), Column("state", N_("State"), "state", 2),
)  # fmt: skip
