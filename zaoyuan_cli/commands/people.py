"""The noun `person`: people of the estate, whatever they have to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import asking, consents, erasing, glyphs, options
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Day, Limit, NewName, Sort, Who
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.people import Person

app = Typer()
app.command("consent")(consents.consent)
app.command("erase")(erasing.erase)
RELATIONS = {
    "owner": "owner", "业主": "owner", "产权人": "owner", "tenant": "tenant", "租户": "tenant", "租客": "tenant",
    "family": "family", "家属": "family", "家人": "family",
    "temporary": "temporary", "暂住": "temporary", "流动人口": "temporary", "流动人员": "temporary",
}  # fmt: skip
Phone = Annotated[
    str, Option("--phone", metavar=N_("PHONE"), help=N_("The telephone; asked for where nothing is said."))
]
Party = Annotated[bool, Option("--party", help=N_("A member of the party."))]


@app.command()
def add(
    ctx: Context, name: NewName, phone: Phone = "",
    room: Annotated[str, Option("--room", metavar=N_("ROOM"), help=N_("The household they belong to."))] = "",
    relation: Annotated[
        str,
        Option(
            "--relation",
            metavar=N_("RELATION"),
            help=N_("With --room: owner, tenant, temporary or (unsaid) family."),
        ),
    ] = "",
    from_: Annotated[str, Option("--from", metavar=N_("DATE"), help=N_("The first day; today if not said."))] = "",
    until: Annotated[str, Option("--until", metavar=N_("DATE"), help=N_("The last day, where one is agreed."))] = "",
    party: Party = False,
) -> None:  # fmt: skip
    """Enter a person. Somebody of the same name and telephone is the same person.

    Example: zaoyuan person add 何秀英 --room 3-2-501 --relation family
    """
    from zaoyuan_cli.book import enrolling, households, occupants, people, registering
    from zaoyuan_cli.rules.phones import parse_phone

    desk: Desk = ctx.obj
    said = people.read_name(name, "name")
    tie = options.one_of(relation or "family", RELATIONS, "relation")
    home = asking.household(desk, room) if room else ""
    since, last = options.day_or_none(desk, from_, "from"), options.last_day(desk, until, "until")
    if last and tie == "owner":
        raise WrongUsage(_("Who owns a door owns it until it is transferred."), field="until", value=until)
    number = parse_phone(phone or desk.ask(_("Telephone (Enter for none)")))
    with desk.book.writing("person add") as book:
        id = enrolling.add(book, said, number, party)
        if home and tie == "owner":
            registering.transfer(book, home, [*households.one(book, home).owners, id], since)
        elif home:
            occupants.join(book, home, id, tie, since, last)
    one = people.everyone(desk.book.db, only=(id,))[id]
    glyphs.warn(desk, [said])
    if others := enrolling.namesakes(desk.book.db, said, id):
        desk.warn(_("{name} is in the book more than once: {ids}").format(name=said, ids=" ".join((id, *others))))
    lines = [_("√ Person {name} · {id}").format(name=said, id=id) + (f" · {home}" if home else "")]
    desk.show(Done(_record(desk, one), lines, f"zaoyuan person show {id}"))


@app.command("list")
def list_(
    ctx: Context,
    relation: Annotated[
        str, Option("--relation", metavar=N_("RELATION"), help=N_("Only those: owner, tenant, family or temporary."))
    ] = "",
    limit: Limit = 0, sort: Sort = "",
) -> None:  # fmt: skip
    """List the people, with the doors they own, where they live as tenant or family, and the offices they hold.

    Example: zaoyuan person list --sort name
    """
    from zaoyuan_cli.reports import person

    desk: Desk = ctx.obj
    tie = options.one_of(relation, RELATIONS, "relation") if relation else ""
    rows = person.everyone(desk.book, full=desk.full, as_of=desk.as_of, relation=tie)
    desk.show(arranged(person.People(rows, person.COLUMNS, {"people": len(rows)}, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, who: Who) -> None:
    """Show one person: telephone, doors, offices, what they agreed to be published.

    Example: zaoyuan person show 3-2-501
    """
    from zaoyuan_cli.reports import person

    desk: Desk = ctx.obj
    id = asking.person(desk, who, look=True).person
    desk.show(person.page(desk.book, id, consents.rows(desk, id), full=desk.full, as_of=desk.as_of))


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
    if "name" in changed:
        glyphs.warn(desk, [one.name])
    said = _("√ Changed: {name}") if changed else _("√ It is so already: {name}")
    data = _record(desk, one) | {"changed": list(changed)}
    desk.show(Done(data, [said.format(name=f"{one.name} · {id}")]))


@app.command()
def end(
    ctx: Context, who: Who,
    room: Annotated[str, Option("--room", metavar=N_("ROOM"), help=N_("Only of this door."))] = "", date: Day = "",
) -> None:  # fmt: skip
    """End that somebody lives in a household as tenant, family or for a time, from a day on.

    Example: zaoyuan person end 沈秋月 -d 5-20
    """
    from zaoyuan_cli.book import occupants

    desk: Desk = ctx.obj
    one, day = asking.person(desk, who), options.day(desk, date)
    home = asking.household(desk, room) if room else ""
    with desk.book.writing("person end") as book:
        ended = occupants.leave(book, one.person, home, day)
    rooms = [spell.room for spell in ended]
    hint = ""
    if occupants.untied(desk.book, [one.person]):
        hint = _("Nothing ties them to the estate any more; their telephone can go: {command}").format(
            command=f"zaoyuan person erase {one.person} --contact"
        )
    line = _("√ {name} lives in {rooms} no more, from {day} on").format(name=one.name, rooms=" ".join(rooms), day=day)
    desk.show(Done({"person": one.person, "rooms": rooms, "ended": day}, [line], hint))


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
    data = _record(desk, one) | {"merged": gone.person}
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


def _record(desk: Desk, one: Person) -> dict[str, Any]:
    from zaoyuan_cli.reports import person

    return person.record(desk.book, one, full=desk.full, as_of=desk.as_of)
