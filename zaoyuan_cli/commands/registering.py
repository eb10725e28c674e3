"""`household add`, `edit` and `transfer`: what is entered into the roll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Context, Option

from zaoyuan_cli.commands import asking, glyphs, options
from zaoyuan_cli.commands.options import Day, RoomWord, Who
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.households import Household

Owners = Annotated[
    list[str],
    Option(
        "--owner",
        show_default=False,
        metavar=N_("NAME"),
        help=N_("Who owns it; once for each. An id (pA3) is a person in the book."),
    ),
]
Phones = Annotated[
    list[str],
    Option(
        "--phone",
        show_default=False,
        metavar=N_("PHONE"),
        help=N_("The owner's telephone; in the order of the owners."),
    ),
]
AreaWord = Annotated[str, Option("--area", metavar=N_("AREA"), help=N_("Square metres: 88.5."))]
Source = Annotated[
    str, Option("--area-source", metavar=N_("SOURCE"), help=N_("Where the area is from: 登记, 实测 or 合同."))
]
OfUnit = Annotated[str, Option("--unit", metavar=N_("UNIT"), help=N_("The unit, if not the room's own: 3-2."))]
OfGrid = Annotated[str, Option("--grid", metavar=N_("GRID"), help=N_("The grid: 1."))]
StateWord = Annotated[
    str, Option("--state", metavar=N_("STATE"), help=N_("How it is lived in: owner, let or vacant (自住 出租 空置)."))
]
Ebike = Annotated[bool, Option("--ebike", help=N_("An electric bicycle is kept."))]
Unsold = Annotated[
    bool, Option("--unsold", help=N_("Not sold yet: it is the developer's, who is one voter for all such doors."))
]
NoEbike = Annotated[bool, Option("--no-ebike", help=N_("No electric bicycle is kept."))]


def add(
    ctx: Context, room: RoomWord, owner: Owners = [], phone: Phones = [], area: AreaWord = "",  # noqa: B006
    area_source: Source = "", unit: OfUnit = "", grid: OfGrid = "", ebike: Ebike = False, state: StateWord = "",
    unsold: Unsold = False,
) -> None:  # fmt: skip
    """Enter a household.

    The same name with the same telephone is the same person, however many doors they own.

    Example: zaoyuan household add 6-1-101 --owner 宋雨桐 --area 88.5 --area-source 登记 --grid 1
    """
    from zaoyuan_cli.book import households, registering
    from zaoyuan_cli.reports import household

    desk: Desk = ctx.obj
    key = _new_room(desk, room)
    fields = _fields(area, area_source, unit, grid, ebike, False, state)
    if unsold:
        fields.setdefault("state", "vacant")
    with desk.book.writing("household add") as book:
        owners = _developer(book, owner, unsold) or _owners(book, owner, phone)
        registering.add(book, key, owners=owners, **fields)
    one = households.one(desk.book, key)
    _name_doubles(desk, one)
    count = len(households.all_rooms(desk.book.db))
    lines = (_("√ Household {what}").format(what=_line(one)), _("Households in the roll: {count}.").format(count=count))
    wrong = _("If that was wrong: {command}").format(command="zaoyuan undo")
    desk.show(Done(household.record(one), lines, f"zaoyuan household show {key}\n{wrong}"))


def edit(
    ctx: Context, who: Who, owner: Owners = [], phone: Phones = [], area: AreaWord = "",  # noqa: B006
    area_source: Source = "", unit: OfUnit = "", grid: OfGrid = "", ebike: Ebike = False, no_ebike: NoEbike = False,
    state: StateWord = "", unsold: Unsold = False, date: Day = "",
) -> None:  # fmt: skip
    """Change a household from a day on.

    --owner names all owners from that day; what was due before stays with the owners of its day. --phone alone is the
    telephone of the present owner.

    Example: zaoyuan household edit 3-2-501 --ebike --grid 2
    """
    from zaoyuan_cli.book import people, registering
    from zaoyuan_cli.rules.phones import parse_phone

    desk: Desk = ctx.obj
    room, day = asking.household(desk, who), options.day(desk, date)
    fields = _fields(area, area_source, unit, grid, ebike, no_ebike, state)
    with desk.book.writing("household edit") as book:
        changed = list(registering.edit(book, room, fields, day))
        owners = _developer(book, owner, unsold) or (_owners(book, owner, phone, room) if owner else [])
        if owners and registering.transfer(book, room, owners, day):
            changed.append("owner")
        elif phone and not owner:
            for person, number in zip(_called_by(book, room, phone), phone, strict=True):
                changed += people.edit(book, person, {"phone": parse_phone(number)})
    _tell(desk, room, changed)


def transfer(
    ctx: Context, who: Who,
    to: Annotated[
        list[str], Option("--to", metavar=N_("NAME"), help=N_("The new owner; once for each."))
    ],
    phone: Phones = [], date: Day = "",  # noqa: B006
) -> None:  # fmt: skip
    """Give a household to other owners from a day on; what was due before stays with the owners of its day.

    Example: zaoyuan household transfer 3-2-501 --to 李思源 -d 5-20
    """
    from zaoyuan_cli.book import households, occupants, registering, spaces

    desk: Desk = ctx.obj
    room, day = asking.household(desk, who), options.day(desk, date)
    with desk.book.writing("household transfer") as book:
        before = households.one(book, room).owners
        moved = registering.transfer(book, room, _owners(book, to, phone, room), day)
    gone = occupants.untied(desk.book, before) if moved else []
    hint = _("Nothing ties them to the estate any more; their telephone can go: {command}").format(
        command=f"zaoyuan person erase {gone[0]} --contact"
    ) if gone else ""  # fmt: skip
    left = set(before) - set(households.one(desk.book, room).owners)
    if kept := spaces.of(desk.book.db, left):
        hint = _("{spaces} stays with the owner before; sold too? {command}").format(
            spaces=" ".join(one.space for one in kept), command=f"zaoyuan space transfer {kept[0].space} --to {room}"
        )
    _tell(desk, room, ["owner"] if moved else [], hint)


def _new_room(desk: Desk, text: str) -> str:
    """A room to be entered. One with fewer parts than all others is asked about: 501 beside 3-2-501."""
    from zaoyuan_cli.book import households

    key = options.room(text).text
    known = households.all_rooms(desk.book.db)
    if known and key not in known and all(room.count("-") > key.count("-") for room in known):
        desk.confirm(_("All rooms so far are like {example}. Is {room} whole?").format(example=known[0], room=key))
    return key


def _fields(
    area: str, area_source: str, unit: str, grid: str, ebike: bool, no_ebike: bool, state: str
) -> dict[str, Any]:
    """The fields that were said, as values. Unreadable, WrongUsage."""
    from zaoyuan_cli.book import households
    from zaoyuan_cli.errors import WrongUsage
    from zaoyuan_cli.rules import rooms
    from zaoyuan_cli.rules.text import clean, normal

    if ebike and no_ebike:
        raise WrongUsage(_("Either --ebike or --no-ebike."), field="ebike")
    found: dict[str, Any] = {"ebike": ebike} if ebike or no_ebike else {}
    if area:
        found["area"] = options.area(area)
    if area_source:
        found["area_source"] = options.one_of(area_source, households.SOURCES, "area-source")
    if unit:
        found["unit"] = rooms.parse_unit(unit)
    if grid:
        found["grid"] = clean(normal(grid), field="grid")
    if state:
        found["state"] = options.one_of(state, households.STATES, "state")
    return found


def _owners(book: Book, names: list[str], phones: list[str], room: str = "") -> list[str]:
    """The ids of the owners named, in their order; new people are recorded. A name without a telephone that is a
    present owner's of the room is that owner."""
    from zaoyuan_cli.book import enrolling, households, people

    _refuse_more(phones, names)
    ids = households.one(book, room).owners if room else ()
    present = {one.name: id for id, one in people.everyone(book.db, only=ids).items()}
    numbers = [*phones, *[""] * (len(names) - len(phones))]
    return [
        present[name] if name in present and not number else enrolling.meant(book, name, number)
        for name, number in zip(names, numbers, strict=True)
    ]


def _developer(book: Book, names: list[str], unsold: bool) -> list[str]:
    """The id of the developer, named or not, of a flat not sold yet; [] where it is no such flat."""
    from zaoyuan_cli.book import registering

    return [registering.developer(book, names[0] if names else "")] if unsold else []


def _called_by(book: Book, room: str, phones: list[str]) -> tuple[str, ...]:
    """The present owners, as many as there are numbers."""
    from zaoyuan_cli.book import households

    owners = households.one(book, room).owners
    _refuse_more(phones, owners)
    return owners[: len(phones)]


def _refuse_more(phones: Sequence[str], owners: Sequence[str]) -> None:
    from zaoyuan_cli.errors import WrongUsage

    if len(phones) > len(owners):
        raise WrongUsage(_("There are more telephone numbers than owners."), field="phone", value=phones[-1])


def _line(one: Household) -> str:
    """A household in a few words."""
    area = _("{area} m²").format(area=one.area) if one.area else ""
    return " · ".join(filter(None, (f"{one.room} {one.owner}".strip(), area, _(one.state))))


def _name_doubles(desk: Desk, one: Household) -> None:
    """Warn of an owner whose name somebody else in the book has, perhaps the same; or whose name no font can draw."""
    from zaoyuan_cli.book import enrolling, people

    owners = people.everyone(desk.book.db, only=one.owners).values()
    glyphs.warn(desk, [person.name for person in owners])
    for person in owners:
        if others := enrolling.namesakes(desk.book.db, person.name, person.person):
            desk.warn(
                _("{name} is in the book more than once ({others}); if it is the same person, say so: {flag}").format(
                    name=person.name, others=" ".join((person.person, *others)), flag=f"--owner {others[0]}"
                )
            )


def _tell(desk: Desk, room: str, changed: list[str], hint: str = "") -> None:
    from zaoyuan_cli.book import households
    from zaoyuan_cli.reports import household

    one = households.one(desk.book, room)
    if changed:
        _name_doubles(desk, one)
    said = _("√ Changed: {what}") if changed else _("√ It is so already: {what}")
    desk.show(Done({**household.record(one), "changed": changed}, [said.format(what=_line(one))], hint))
