"""Walk lists: paper to take from door to door, a page a unit, so that each leader is given the doors of their own only.

Who opens the door sees the sheet: it says of a neighbour no name where a topic is asked about, and never an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import BLANK, Column, Document, Heading, Pairs, Part, Signatures, Table, Text
from zaoyuan_cli.i18n import N_, _, series, speaking
from zaoyuan_cli.reports import Page
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.rooms import order, unit_of

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.canvasses import Canvass, Door
    from zaoyuan_cli.book.dues import Owed

ROOM = Column("room", N_("Room"), "room")
SIGNATURE = Column("signature", N_("Signature"))
ASKED = (
    Column("calls", N_("Calls"), "number"), Column("words", N_("In their own words"), flex=True), SIGNATURE,
    Column("day", N_("Date")),
)  # fmt: skip
OWED = (ROOM, Column("owner", N_("Owner")), Column("project", N_("Project")), Column("owed", N_("Owed"), "money"))
PAID = (
    Column("got", N_("Received"), "money"), Column("cash", N_("cash"), "box"), Column("wechat", N_("wechat"), "box"),
    Column("alipay", N_("alipay"), "box"), Column("bank", N_("bank"), "box"), Column("receipt", N_("Receipt")),
    SIGNATURE,
)  # fmt: skip


class Sheets(Page):
    """Walk lists, in the language of the book."""

    __slots__ = ("lang",)

    def __init__(self, book: Book, data: Mapping[str, Any], parts: Document) -> None:
        super().__init__(data, parts)
        self.lang = book.lang


def canvass(book: Book, of: Canvass, unit: str = "", every: bool = False, as_of: date | None = None) -> Sheets:
    """The doors of a topic that were not met yet, or every one, with a square for each answer (R-92)."""
    from zaoyuan_cli.book import canvasses, households

    roll = households.everyone(book.db, as_of)
    units: dict[str, list[Door]] = {}
    for room, door in canvasses.doors(book.db, of.topic, as_of).items():
        units.setdefault((roll[room].unit if room in roll else "") or unit_of(room), []).append(door)
    leaders = _leaders(book, as_of)
    with speaking(book.lang):
        found = [
            _asked(name, leaders.get(name), doors, every)
            for name, doors in units.items()
            if unit in ("", name) and (every or any(not door.answer for door in doors))
        ]
        asker = _asker(book, as_of)
        parts = [part for one in found for part in _canvass_page(of, one, asker)]
        parts = parts or [Heading(of.topic), Text(_("No household is missed."), "good")]
    sums = {key: sum(one[key] for one in found) for key in ("households", "met", "left")}
    return Sheets(book, {"topic": of.topic, "options": list(of.options), "units": found, "totals": sums}, parts)


def _asked(unit: str, leader: str | None, doors: Sequence[Door], every: bool) -> dict[str, Any]:
    met = sum(bool(door.answer) for door in doors)
    return {
        "unit": unit, "leader": leader, "households": len(doors), "met": met, "left": len(doors) - met,
        "doors": [
            {"room": door.room, "calls": door.misses or None, "met": door.date if door.answer else None}
            for door in doors
            if every or not door.answer
        ],
    }  # fmt: skip


def _canvass_page(of: Canvass, one: Mapping[str, Any], asker: str) -> list[Part]:
    answers = tuple(Column(f"answer {n}", option, "box") for n, option in enumerate(of.options))
    rows = [
        {"room": door["room"], "calls": door["calls"] or BLANK, "signature": BLANK, "day": door["met"] or BLANK,
         "words": _("Met already.") if door["met"] else BLANK}
        for door in one["doors"]
    ]  # fmt: skip
    counts = _("{households} households, {met} met, {left} left").format_map(one)
    pairs: list[tuple[str, object]] = [(_("Asked"), of.text or BLANK), (_("Asked by"), asker)]
    pairs += [(_("Until"), of.until)] if of.until else []
    pairs += [*_whose(one), (_("Households"), counts), (_("At the doors"), BLANK)]
    how = _("One tick a household, by the hand of who signs. Nobody at home: add a stroke under calls.")
    title = _("{topic}: what households say, unit {unit}").format(topic=of.topic, unit=one["unit"])
    return [
        Heading(title), Pairs(tuple(pairs)), Table((ROOM, *answers, *ASKED), rows), Text(how, "dim"),
        Signatures((_("At the doors"), _("Entered in the book by")), dated=True),
    ]  # fmt: skip


def collecting(book: Book, owed: Iterable[Owed], as_of: date | None = None) -> Sheets:
    """Who owes, unit by unit, for who goes round to collect. What former owners owe is not asked for at the door of who
    lives there now: it is only counted."""
    units: dict[str, list[Owed]] = {}
    for one in sorted(owed, key=lambda one: order(one.room)):
        if one.owed:
            units.setdefault(one.unit, []).append(one)
    leaders = _leaders(book, as_of)
    with speaking(book.lang):
        found = [_collected(name, leaders.get(name), dues) for name, dues in units.items()]
        parts = [part for one in found for part in _collecting_page(book.name, one, as_of or book.today)]
        parts = parts or [Text(_("Nobody owes anything."), "good")]
    sums = {
        "households": sum(one["households"] for one in found),
        **{key: Fen(sum(one[key] for one in found)) for key in ("owed", "former")},
    }
    return Sheets(book, {"date": as_of or book.today, "units": found, "totals": sums}, parts)


def _collected(unit: str, leader: str | None, dues: Sequence[Owed]) -> dict[str, Any]:
    here = [one for one in dues if not one.former]
    return {
        "unit": unit, "leader": leader, "households": len({one.room for one in here}),
        "owed": Fen(sum(one.owed for one in here)), "former": Fen(sum(one.owed for one in dues if one.former)),
        "rows": [{"room": one.room, "owner": one.owner, "project": one.name, "owed": one.owed} for one in here],
    }  # fmt: skip


def _collecting_page(estate: str, one: Mapping[str, Any], day: date) -> list[Part]:
    blank = dict.fromkeys(("got", "receipt", "signature"), BLANK)
    projects = series(dict.fromkeys(row["project"] for row in one["rows"]))
    counts = _("{households} households owe {owed} yuan on {day}").format(
        households=one["households"], owed=one["owed"].yuan(), day=day
    )
    pairs = [(_("Project"), projects), *_whose(one), (_("To collect"), counts), (_("Collector"), BLANK)]
    rows = [{**row, **blank} for row in one["rows"]]
    parts: list[Part] = [
        Heading(_("{estate}, unit {unit}: collecting list").format(estate=estate, unit=one["unit"])),
        Pairs(tuple(pairs)),
        Table((*OWED, *PAID), rows, {"room": _("Total"), "owed": one["owed"]}),
    ]  # fmt: skip
    if one["former"]:
        said = _("Besides, former owners owe {amount} yuan: that is not asked for at these doors.")
        parts.append(Text(said.format(amount=one["former"].yuan())))
    return [
        *parts,
        Text(_("For the collector only: not to be handed round or left anywhere. A receipt for every payment."), "dim"),
        Pairs(((_("Collected in all"), BLANK), (_("Of it in cash"), BLANK), (_("Receipts from, to"), BLANK))),
        Signatures((_("Collector"), _("Cashier")), dated=True),
    ]


def _whose(one: Mapping[str, Any]) -> list[tuple[str, object]]:
    return [(_("Unit leader"), one["leader"])] if one["leader"] else []


def _asker(book: Book, as_of: date | None) -> str:
    """The estate, and the body that acts for its owners."""
    from zaoyuan_cli.reports.notices import issuer
    from zaoyuan_cli.reports.public import Wall

    body = issuer(Wall(book, as_of))
    return body if book.name in body else _("{estate} {body}").format(estate=book.name, body=body)


def _leaders(book: Book, as_of: date | None) -> dict[str, str]:
    """The leaders by unit."""
    from zaoyuan_cli.book import people, roles

    found: dict[str, list[str]] = {}
    for one in roles.held(book.db, as_of or book.today, role="unit-leader"):
        found.setdefault(one.scope, []).append(people.name_of(book.db, one.person))
    return {unit: series(names) for unit, names in found.items()}
