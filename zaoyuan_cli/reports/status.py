"""How the book stands, on one screen, and what to do next; with no book, the ways to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Heading, Pairs, Part, Text
from zaoyuan_cli.i18n import _, weekday
from zaoyuan_cli.reports import Page, todo

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book

SHOWN = 6


def status(book: Book, as_of: date) -> Page:
    """Counts, money, projects still running, and the pressing things to do."""
    from zaoyuan_cli.book import counts, entries, households, projects, units
    from zaoyuan_cli.book.accounts import shown

    doors = households.everyone(book.db, as_of).values()
    accounts = entries.balances(book.db, "account", as_of)
    total = entries.totals(book.db, until=as_of).closing
    running = [
        one for one in projects.standing(book.db, as_of) if one.owed or (one.state == "open" and not one.reached)
    ]
    waiting, last = todo.items(book, as_of), counts.last(book.db, as_of)
    data: dict[str, Any] = {
        "name": book.name, "book": str(book.path), "date": as_of, "device": book.letter,
        "readonly": book.readonly or None,
        "households": len(doors), "vacant": sum(door.state == "vacant" for door in doors),
        "units": len(units.everyone(book.db)), "grids": len({door.grid for door in doors if door.grid}),
        "balance": total, "accounts": [{"account": name, "balance": fen} for name, fen in accounts.items()],
        "projects": [{"project": one.name, "due": one.due, "paid": one.paid, "owed": one.owed, "state": one.state}
                     for one in running],
        "counts": [{"account": one.account, "date": one.date, "counted": one.counted, "difference": one.difference}
                   for one in last.values()],
        "todo": [item._asdict() for item in waiting],
    }  # fmt: skip
    called = shown(book.db)
    places = " · ".join(f"{called[name]} {fen.yuan()}" for name, fen in accounts.items() if fen) or "0.00"
    roll = _("Households {households} (vacant {vacant}) · units {units} · grids {grids}").format(**data)
    counted = " · ".join(f"{called[one.account]} {one.date} {one.counted.yuan()}" for one in last.values())
    parts: list[Part] = [
        Heading(f"{book.name} · {as_of} {weekday(as_of)}"),
        Pairs(
            (
                (_("Roll"), roll),
                (_("Money"), f"{total.yuan()}   {places}"),
                *(((_("Last counted"), counted),) if counted else ()),
                *((one.name, _progress(one)) for one in running),
            )
        ),
    ]
    if book.readonly:
        parts.append(Text(f"! {book.readonly}", "warn"))
    parts.append(Heading(_("To do"), 2))
    parts += todo.lines(waiting[:SHOWN])
    if (more := len(waiting) - SHOWN) > 0:
        parts.append(Text(_("{count} more: {command}").format(count=more, command="zaoyuan report"), "dim"))
    parts.append(Text(_("Everyday: pay · unpaid · spend · minutes · find · report   All: zaoyuan help"), "dim"))
    return Page(data, parts)


def _progress(one: Any) -> str:
    if one.due:
        owing = one.households - one.settled
        said = _("{paid} of {due} in, {owed} owed by {owing}")
        text = said.format(paid=one.paid.yuan(), due=one.due.yuan(), owing=owing, owed=one.owed.yuan())
    else:
        text = _("{paid} of {goal} in").format(paid=one.there.yuan(), goal=one.goal.yuan())
    if one.state == "closed":
        text += " · " + _("closed")
    return text + (" · " + _("due {day}").format(day=one.due_date) if one.due_date else "")


def beginnings(path: str) -> Page:
    """What to do where there is no book."""
    ways = (
        ("zaoyuan --demo", _("look at an example first: 150 invented households, no real data is touched")),
        ("zaoyuan init", _("begin your own book: five questions, about three minutes")),
        ("zaoyuan --book zaoyuan.db", _("open a book that exists")),
    )
    width = max(len(command) for command, _said in ways)
    lines = [Text(f"  {command.ljust(width)}   {said}") for command, said in ways]
    data = {"book": None, "looked_at": path, "ways": [{"command": command, "for": said} for command, said in ways]}
    return Page(data, [Text(_("There is no book here yet. Choose one:")), *lines])
