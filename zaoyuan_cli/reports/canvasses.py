"""A canvass counted: by answer, by unit and by grid, none missed (R-92). Who said what is in `listed` only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.canvasses import Canvass, Door
    from zaoyuan_cli.book.households import Household

ANSWERS = (
    Column("answer", N_("Answer")), Column("households", N_("Households"), "number"),
    Column("share", N_("Of those met"), "number_text", 1),
)  # fmt: skip
PLACES = (
    Column("place", N_("Where"), "number_text"), Column("households", N_("Households"), "number"),
    Column("met", N_("Met"), "number"), Column("missed", N_("Nobody at home"), "number"),
    Column("unvisited", N_("Not visited"), "number", 1), Column("rooms", N_("Still to meet"), flex=True),
)  # fmt: skip
DOORS = (
    Column("room", N_("Room"), "room"), Column("owner", N_("Owner")),
    Column("also", N_("Owns too"), "number_text", 2), Column("answer", N_("Answer")),
    Column("words", N_("Words"), flex=True), Column("date", N_("Date"), "date", 1),
    Column("misses", N_("Not at home"), "number", 2), Column("missed", N_("Last tried"), "date", 3),
    Column("unit", N_("Unit"), "number_text", 4), Column("grid", N_("Grid"), "number_text", 5),
)  # fmt: skip
_MANY = 3  # other doors of an owner that are named


def row(of: Canvass) -> dict[str, Any]:
    """A canvass as lists and answers have it."""
    return {
        "topic": of.topic, "date": of.date, "until": of.until, "where": of.where or None, "options": list(of.options),
        "text": of.text or None, "households": of.households, "met": of.met, "missed": of.missed, "left": of.left,
        "closed": of.closed, "state": "closed" if of.closed else "open",
    }  # fmt: skip


def listed(book: Book, of: Iterable[Door], as_of: date | None = None) -> list[dict[str, Any]]:
    """Households with what each answered, and the other doors of their owners."""
    from zaoyuan_cli.book import households

    roll = households.everyone(book.db, as_of)
    doors: dict[str, list[str]] = {}
    for home in roll.values():
        doors.setdefault(home.voter, []).append(home.room)
    return [_door(one, roll.get(one.room), doors) for one in of]


def _door(one: Door, home: Household | None, doors: Mapping[str, list[str]]) -> dict[str, Any]:
    also = [room for room in doors[home.voter] if room != one.room] if home and home.voter else []
    others = " ".join(also[:_MANY] + ["…"] * (len(also) > _MANY))
    return {
        "room": one.room, "owner": (home.owner if home else "") or None, "also": others or None,
        "unit": _unit(one.room, home), "grid": (home.grid if home else "") or None,
        "answer": one.answer or None, "words": one.words or None,
        "date": one.date, "misses": one.misses or None, "missed": one.missed,
    }  # fmt: skip


def _unit(room: str, home: Household | None) -> str:
    from zaoyuan_cli.rules.rooms import unit_of

    return (home.unit if home else "") or unit_of(room)


def tally(book: Book, of: Canvass, as_of: date | None = None) -> Page:
    """A canvass counted on a day."""
    from zaoyuan_cli.book import canvasses

    rows = listed(book, canvasses.doors(book.db, of.topic, as_of).values(), as_of)
    counts = {option: sum(one["answer"] == option for one in rows) for option in of.options}
    answers = [
        {"answer": option, "households": count, "share": _share(count, of.met)} for option, count in counts.items()
    ]
    data = row(of) | {
        "answers": [{key: one[key] for key in ("answer", "households")} for one in answers],
        "units": _places(rows, lambda one: str(one["unit"])),
        "grids": _places(rows, lambda one: one["grid"] or ""),
        "said": sum(bool(one["words"]) for one in rows),
    }
    return Page(data, _parts(of, data, answers))


def _share(part: int, whole: int) -> str | None:
    return f"{part * 100 / whole:.1f}%" if whole else None


def _places(rows: Iterable[dict[str, Any]], place: Callable[[dict[str, Any]], str]) -> list[dict[str, Any]]:
    """How far it got in each unit or grid, and the doors still to be met."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in rows:
        found.setdefault(place(one), []).append(one)
    return [
        {
            "place": name or None, "households": len(of), "met": sum(one["answer"] is not None for one in of),
            "missed": sum(one["answer"] is None and bool(one["misses"]) for one in of),
            "unvisited": sum(one["answer"] is None and not one["misses"] for one in of),
            "rooms": [one["room"] for one in of if one["answer"] is None],
        }
        for name, of in found.items()
    ]  # fmt: skip


def _parts(of: Canvass, data: dict[str, Any], answers: list[dict[str, Any]]) -> list[Part]:
    from zaoyuan_cli.rules import levies

    who = levies.in_words(of.where) if of.where else _("all households")
    parts: list[Part] = [
        Heading(of.topic),
        Pairs((
            *(((_("Asked"), of.text),) if of.text else ()), (_("Begun"), of.date), (_("Until"), of.until),
            (_("Households asked"), f"{of.households}  {who}"), (_("Met"), of.met),
            (_("Nobody at home so far"), of.missed), (_("Not visited"), of.left - of.missed),
        )),
        Table(ANSWERS, answers, {"answer": _("Total"), "households": of.met}),
    ]  # fmt: skip
    for title, key in ((_("By unit"), "units"), (_("By grid"), "grids")):
        rows = [{**one, "rooms": " ".join(one["rooms"]) or None} for one in data[key]]
        if len(rows) > 1:
            parts += [Heading(title, 2), Table(PLACES, rows)]
    if not of.left:
        parts.append(Text(_("No household is missed."), "good"))
    return parts
