"""`household vehicle`: what a household keeps in the yard."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import asking, options
from zaoyuan_cli.commands.options import Day, Who
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

Plate = Annotated[
    str, Argument(metavar=N_("PLATE"), help=N_("The number plate; with --gone its step (A128) will do as well."))
]
Sort = Annotated[str, Option("--kind", metavar=N_("KIND"), help=N_("car, ebike or other (汽车 电动车 其他)."))]
Whose = Annotated[str, Option("--of", metavar=N_("WHO"), help=N_("Whose it is, where the door has several people."))]
Gone = Annotated[bool, Option("--gone", help=N_("It is kept no more, from that day on."))]


def vehicle(
    ctx: Context, who: Who, plate: Plate = "", kind: Sort = "", of: Whose = "", gone: Gone = False, date: Day = ""
) -> None:
    """Enter a car or e-bike of a household, or that it is gone.

    An e-bike may have no plate. The household then counts as one with an e-bike, for the levies that ask.

    Example: zaoyuan household vehicle 3-2-501 晋A12345
    """
    from zaoyuan_cli.book import vehicles
    from zaoyuan_cli.rules.text import clean, normal

    desk: Desk = ctx.obj
    room, day = asking.household(desk, who), options.day(desk, date)
    number = clean(normal(plate), field="plate").upper().replace(" ", "")
    sort = options.one_of(kind or "car", vehicles.SORTS, "kind")
    if gone:
        with desk.book.writing("household vehicle") as book:
            ended = vehicles.drop(book, room, number, day)
        data = {"room": room, "plate": ended.plate or None, "sort": ended.sort, "ended": day}
        desk.show(
            Done(data, [_("√ {room} keeps {plate} no more, from {day} on").format(room=room, plate=number, day=day)])
        )
        return
    person = _whose(desk, room, of)
    with desk.book.writing("household vehicle") as book:
        vehicles.keep(book, room, person, sort, number, day)
    data = {"room": room, "plate": number or None, "sort": sort, "person": person, "from": day}
    desk.show(Done(data, [_("√ {room} keeps {plate} · {day}").format(room=room, plate=number or _(sort), day=day)]))


def _whose(desk: Desk, room: str, of: str) -> str:
    """The id of the person named, else of the first owner. NotFound."""
    from zaoyuan_cli.book import households
    from zaoyuan_cli.errors import NotFound

    if of:
        return asking.person(desk, of, field="of").person
    if owners := households.one(desk.book, room).owners:
        return owners[0]
    raise NotFound(_("{room} has no owner in the book.").format(room=room), field="of", value=room)
