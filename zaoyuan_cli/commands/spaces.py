"""The noun `space`: parking places, stalls, storage rooms, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Day, Limit, Reason, Sort
from zaoyuan_cli.commands.registering import AreaWord, Source
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

app = Typer()
NewNumber = Annotated[str, Argument(metavar=N_("NO"), help=N_("The number people call it by: B1-012."))]
Number = Annotated[
    str,
    Argument(metavar=N_("NO"), help=N_("The number people call it by: B1-012."), autocompletion=completing.spaces),
]
Kind = Annotated[
    str, Option("--kind", metavar=N_("KIND"), help=N_("parking, stall, storage or other (车位 摊位 储藏室 其他)."))
]
Owners = Annotated[
    list[str],
    Option("--owner", metavar=N_("WHO"), show_default=False, autocompletion=completing.who,
           help=N_("Who owns it, once for each; a room is its owners.")),
]  # fmt: skip
Whose = Annotated[
    str,
    Option("--owner", metavar=N_("WHO"), autocompletion=completing.who, help=N_("Only those of a person or a room.")),
]
To = Annotated[
    list[str],
    Option("--to", metavar=N_("WHO"), autocompletion=completing.who, help=N_("The new owner; once for each.")),
]


@app.command()
def add(
    ctx: Context, space: NewNumber, owner: Owners = [], kind: Kind = "", area: AreaWord = "",  # noqa: B006
    area_source: Source = "",
) -> None:  # fmt: skip
    """Enter a special space: a parking place if nothing else is said.

    Without an owner it is everybody's, or nobody knows. Does it count in a vote? rule show vote.special_spaces

    Example: zaoyuan space add B1-013 --owner 3-2-501 --area 12.5 --area-source 登记
    """
    from zaoyuan_cli.book import spaces

    desk: Desk = ctx.obj
    fields = _fields(kind or "parking", area, area_source)
    with desk.book.writing("space add") as book:
        owners, new = _owners(book, owner)
        number = spaces.add(book, space, owners=owners, **fields)
    _tell(desk, number, _("√ Special space {what}"), new)


@app.command()
def edit(
    ctx: Context, space: Number, owner: Owners = [], kind: Kind = "", area: AreaWord = "",  # noqa: B006
    area_source: Source = "", date: Day = "",
) -> None:  # fmt: skip
    """Change a special space from a day on; --owner names all owners from that day.

    Example: zaoyuan space edit B1-012 --area 13.2 --area-source 实测
    """
    from zaoyuan_cli.book import spaces

    desk: Desk = ctx.obj
    number, day = spaces.pick(desk.book, space), options.day(desk, date)
    with desk.book.writing("space edit") as book:
        changed = list(spaces.edit(book, number, _fields(kind, area, area_source), day))
        owners, new = _owners(book, owner)
        if owners and spaces.transfer(book, number, owners, day):
            changed.append("owner")
    _changed(desk, number, changed, new)


@app.command()
def transfer(ctx: Context, space: Number, to: To, date: Day = "") -> None:
    """Give a special space to other owners from a day on.

    Example: zaoyuan space transfer B1-012 --to 李思源 -d 5-20
    """
    from zaoyuan_cli.book import spaces

    desk: Desk = ctx.obj
    number, day = spaces.pick(desk.book, space), options.day(desk, date)
    with desk.book.writing("space transfer") as book:
        owners, new = _owners(book, to)
        changed = ["owner"] if spaces.transfer(book, number, owners, day) else []
    _changed(desk, number, changed, new)


@app.command()
def close(ctx: Context, space: Number, reason: Reason = "", date: Day = "") -> None:
    """Take a special space off the register from a day on: two became one, it was built over.

    Example: zaoyuan space close B1-012 --reason 改作消防通道 -d 5-20
    """
    from zaoyuan_cli.book import spaces

    desk: Desk = ctx.obj
    number, day = spaces.pick(desk.book, space), options.day(desk, date)
    if not reason.strip():
        raise WrongUsage(_("Why is it none any more? Say it with {flag}.").format(flag="--reason"), field="reason")
    with desk.book.writing("space close") as book:
        spaces.close(book, number, reason, day)
    said = _("√ {number} is no special space from {day} on: {reason}")
    data = {"space": number, "closed": day, "reason": reason.strip()}
    desk.show(Done(data, [said.format(number=number, day=day, reason=reason.strip())]))


@app.command("list")
def list_(ctx: Context, kind: Kind = "", owner: Whose = "", limit: Limit = 0, sort: Sort = "") -> None:
    """List the special spaces, with whose they are.

    Example: zaoyuan space list --kind 车位
    """
    from zaoyuan_cli.book import spaces
    from zaoyuan_cli.reports import spaces as report
    from zaoyuan_cli.rules.rooms import Area

    desk: Desk = ctx.obj
    sort_of = options.one_of(kind, spaces.SORTS, "kind") if kind else ""
    every = spaces.everyone(desk.book.db, desk.as_of).values()
    whose = _whose(desk, owner) if owner else set[str]()
    found = [
        one for one in every if sort_of in ("", one.sort) and (not owner or whose & set(one.owners))
    ]  # fmt: skip
    totals = {
        "spaces": len(found), "owned": sum(bool(one.owners) for one in found),
        "area": Area(sum(one.area or 0 for one in found)),
    }  # fmt: skip
    empty = _("No special space here. Enter one: {command}").format(command="zaoyuan space add B1-012 --owner 3-2-501")
    rows = report.rows(desk.book, found, desk.as_of)
    desk.show(arranged(Listing(rows, report.COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, space: Number) -> None:
    """Show a special space: kind, area, whose it is and was.

    Example: zaoyuan space show B1-012
    """
    from zaoyuan_cli.book import spaces
    from zaoyuan_cli.reports import spaces as report

    desk: Desk = ctx.obj
    desk.show(report.page(desk.book, spaces.pick(desk.book, space), desk.as_of))


def _fields(kind: str, area: str, area_source: str) -> dict[str, Any]:
    """The fields that were said, as values. Unreadable."""
    from zaoyuan_cli.book import households, spaces

    found: dict[str, Any] = {"sort": options.one_of(kind, spaces.SORTS, "kind")} if kind else {}
    if area:
        found["area"] = options.area(area)
    if area_source:
        found["area_source"] = options.one_of(area_source, households.SOURCES, "area-source")
    return found


def _owners(book: Book, words: list[str]) -> tuple[list[str], list[str]]:
    """(the ids of the owners named, the names of those who were not in the book and are entered). A room is all its
    owners, a name the person of exactly that name. NotFound, Ambiguous."""
    from zaoyuan_cli.book import enrolling, finding, people
    from zaoyuan_cli.errors import NotFound

    ids, new = list[str](), list[str]()
    for word in words:
        if owners := finding.owners_behind(book, word):
            ids += owners
            continue
        try:
            ids.append(people.find_one(book, word).person)
        except NotFound:
            ids.append(enrolling.meant(book, word))
            new.append(people.read_name(word))
    return ids, new


def _whose(desk: Desk, text: str) -> set[str]:
    """The ids of a person, or of all who own a room."""
    from zaoyuan_cli.book import finding, households
    from zaoyuan_cli.commands import asking

    if finding.reads_as_room(text):
        return set(households.one(desk.book, asking.household(desk, text)).owners)
    return {asking.person(desk, text, look=True, field="owner").person}


def _changed(desk: Desk, number: str, changed: list[str], new: list[str]) -> None:
    said = _("√ Changed: {what}") if changed else _("√ It is so already: {what}")
    _tell(desk, number, said, new, changed=["kind" if field == "sort" else field for field in changed])


def _tell(desk: Desk, number: str, said: str, new: list[str], **more: Any) -> None:
    """The answer: the space in a few words; who is new in the book is warned of, it may be somebody misspelt."""
    from zaoyuan_cli.book import spaces
    from zaoyuan_cli.reports.spaces import record

    one = spaces.one(desk.book, number)
    for name in new:
        desk.warn(_("{name} was not in the book and is entered now.").format(name=name))
    area = _("{area} m²").format(area=one.area) if one.area else ""
    what = " · ".join(filter(None, (one.space, _(one.sort), one.owner, area)))
    desk.show(Done({**record(one), **more}, [said.format(what=what)], f"zaoyuan space show {number}"))
