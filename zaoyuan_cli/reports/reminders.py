"""Reminders: a text for each household, to be pasted or printed, and the list of those that were sent.

A text says what this door owes, for what, by which decision, until when, where to pay and whom to ask. It knows no
other door, names nobody (what people typed goes through the Wall and is masked), and asks: it threatens with nothing,
neither with water, power, gas or a lock (CC 944; R-68) nor with a posting. A text is no paper for the public: it is no
`Public`, and what hangs papers takes nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from zaoyuan_cli.document import Column, Heading, Part, Text
from zaoyuan_cli.i18n import N_, _, series, speaking
from zaoyuan_cli.reports import Listing, Page
from zaoyuan_cli.reports.dunning import THIRD, Words
from zaoyuan_cli.reports.notices import issuer
from zaoyuan_cli.reports.public import Wall
from zaoyuan_cli.rules import money
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.dues import Owed
    from zaoyuan_cli.book.reminders import Reminder

COLUMNS = (
    Column("date", N_("Date"), "date"), Column("room", N_("Room"), "room"), Column("project", N_("Project"), "text", 1),
    Column("channel", N_("Asked how"), "state"), Column("owed", N_("Owed then"), "money", 2),
    Column("by", N_("Reminded by"), "text", 4), Column("agreed", N_("Will pay"), "flag", 3),
    Column("note", N_("Note"), "text", 5, flex=True),
)  # fmt: skip
SHEET = (
    Column("room", N_("Room"), "room"), Column("unit", N_("Unit"), "room"), Column("owed", N_("Owed"), "money"),
    Column("notice", N_("Reminder no."), "number"), Column("text", N_("Text"), "text", flex=True),
)  # fmt: skip


class Letters(Page):
    """Texts to be sent, one a household, in the language of the book. Never a paper for the public."""

    __slots__ = ("lang",)

    def __init__(self, lang: str, data: Mapping[str, Any], parts: Sequence[Part]) -> None:
        super().__init__(data, parts)
        self.lang = lang


class _Common(NamedTuple):
    """What all texts of a day have in common, masked already: who writes, the ways to pay, the offices, the projects'
    names and the decisions they rest on."""

    day: date
    via: str
    body: str
    accounts: str
    cashier: bool
    led: frozenset[str]
    projects: Mapping[str, str]
    decisions: Mapping[str, str]


def letters(
    book: Book, owed: Sequence[Owed], via: str, as_of: date | None = None, printed: bool = False
) -> Letters:  # fmt: skip
    """The texts for what is owed on a day (now without one), through a channel: wechat or letter; or, printed, as
    letters on paper, each with a slip for who brought it."""
    from zaoyuan_cli.book import reminders

    common = _common(book, owed, via, as_of)
    asked, limits = reminders.by_due(book.db, as_of), reminders.limits(book.db, owed, as_of)
    doors: dict[str, list[Owed]] = defaultdict(list)
    for one in owed:
        doors[one.room].append(one)
    rows: list[dict[str, Any]] = []
    drawn: list[Part] = []
    with speaking(book.lang):
        for room, dues in doors.items():
            before = reminders.times(each for one in dues for each in asked.get((one.project, one.room), ()))
            late = {one.project for one in dues if (last := limits.get((one.project, room))) and last < common.day}
            words = _words(common, room, dues, before, late)
            rows.append({
                "room": room, "unit": dues[0].unit, "owed": Fen(sum(one.owed for one in dues)),
                "notice": len(before) + 1, "reminders": [{"date": day, "channel": way} for day, way in before],
                "dues": [
                    {"project": one.name, "due": one.due, "paid": one.paid, "waived": one.waived, "owed": one.owed,
                     "due_date": one.due_date, "limit": limits.get((one.project, room))}
                    for one in dues
                ],
                "text": "\n".join(words.lines(via)),
            })  # fmt: skip
            drawn += [words.slip()] if printed else text(rows[-1])
    totals = {"households": len(rows), "owed": Fen(sum(one.owed for one in owed))}
    return Letters(book.lang, {"via": via, "date": common.day, "rows": rows, "totals": totals}, drawn)


def text(row: Mapping[str, Any]) -> list[Part]:
    """One text, under the room it is for."""
    return [Heading(row["room"], 2), Text(row["text"])]


def sheet(found: Letters) -> Listing:
    """The texts as rows, for a spreadsheet that merges them into letters."""
    data = found.data()
    return Listing(data["rows"], SHEET, data["totals"])


def _common(book: Book, owed: Sequence[Owed], via: str, as_of: date | None) -> _Common:
    from zaoyuan_cli.book import accounts, decisions, projects, roles

    wall, known, made = Wall(book, as_of), projects.everyone(book.db), decisions.everyone(book.db)
    held = roles.held(book.db, wall.day)
    cited = {}
    for name in {one.project for one in owed}:
        if decision := made.get(known[name].decision):
            said = N_("decision {number} of {body}, {day}")
            if decision.paper:
                said = N_("decision {number} ({paper}) of {body}, {day}")
            cited[name] = wall.say(
                said, number=decision.decision, paper=decision.paper, body=decision.body, day=decision.date
            )
    with speaking(book.lang):
        ways = [one.account for one in accounts.everyone(book.db, as_of) if one.kind not in ("hand", "advance")]
        return _Common(
            wall.day, via, _writer(wall), series(map(wall.text, ways)), any(one.role == "cashier" for one in held),
            frozenset(one.scope for one in held if one.role == "unit-leader"),
            {one.project: wall.text(one.name) for one in owed}, cited,
        )  # fmt: skip


def _writer(wall: Wall) -> str:
    """Who writes: the estate and the body that acts for the owners."""
    body, estate = issuer(wall), wall.text(wall.book.name)
    return body if estate in body else wall.say(N_("{estate} {body}"), estate=estate, body=body)


def _words(
    common: _Common, room: str, owed: Sequence[Owed], before: Sequence[tuple[date, str]], late: set[str]
) -> Words:  # fmt: skip
    """What is said to one household; `before` is when it was asked, `late` what can only be asked for by now."""
    from zaoyuan_cli.book.reminders import WORDS

    total, letter, earlier = Fen(sum(one.owed for one in owed)), common.via == "letter", ""
    together = _("Together {amount} yuan.").format(amount=total.yuan()) if len(owed) > 1 else ""
    if letter:
        said = _("Together {amount} yuan, in capitals {capitals}.")
        together = said.format(amount=total.yuan(), capitals=money.capitals(total))
    ways = _("Ways to pay: {ways}. Please name your room, and ask for a receipt.") if common.accounts else ""
    ask = _("If a figure seems wrong or it is difficult, speak to {who}.")
    if len(before) + 1 >= THIRD:
        dates = series(_("{day} ({way})").format(day=day, way=_(WORDS[way])) for day, way in before)
        earlier = _("We reminded you before: {dates}.").format(dates=dates)
    return Words(
        common.body, common.day, room, len(before) + 1, total, _("To the owners of {room}:").format(room=room),
        _("Thank you for what you do for our estate."),
        _("By our book your household still owes, as of {day}:").format(day=common.day),
        tuple(_due(common, one, one.project in late) for one in owed), together, ways.format(ways=common.accounts),
        _("If you have paid meanwhile, forget this note."), ask.format(who=_whom(common, owed[0].unit)), earlier,
    )  # fmt: skip


def _due(common: _Common, one: Owed, late: bool) -> tuple[str, ...]:
    """What is owed for one project, the decision it rests on, until when."""
    figures = [_("of {due}").format(due=one.due.yuan())]
    if one.paid:
        figures.append(_("paid {paid}").format(paid=one.paid.yuan()))
    if one.waived:
        figures.append(_("waived {waived}").format(waived=one.waived.yuan()))
    said = _("· {project}: {owed} yuan ({figures})")
    lines = [said.format(project=common.projects[one.project], owed=one.owed.yuan(), figures=series(figures))]
    if one.project in common.decisions:
        lines.append(_("  by {decision}").format(decision=common.decisions[one.project]))
    if late:
        lines.append(_("  We ask for it; whether you pay is up to you."))
    elif one.due_date and one.due_date >= common.day:
        lines.append(_("  Please pay until {day}.").format(day=one.due_date))
    elif one.due_date:
        lines.append(_("  It was due on {day}; please pay when you can.").format(day=one.due_date))
    return tuple(lines)


def _whom(common: _Common, unit: str) -> str:
    """Whom to ask, by office: the unit's leader, the cashier; where there is neither, the body that writes."""
    offices = [_("the leader of your unit")] if unit in common.led else []
    offices += [_("the cashier")] if common.cashier else []
    return _(" or ").join(offices) or common.body


# ---- those that were sent


def rows(book: Book, found: Sequence[Reminder]) -> list[dict[str, Any]]:
    """Reminders as JSON has them."""
    from zaoyuan_cli.book import people, projects

    names = {id: one.name for id, one in people.everyone(book.db, only={one.by for one in found if one.by}).items()}
    called = projects.names(book.db)
    return [row(one, names, called) for one in found]


def row(one: Reminder, names: Mapping[str, str], called: Mapping[str, str]) -> dict[str, Any]:
    """One of them; `owed` is what was owed that day."""
    return {
        "date": one.date, "room": one.room, "project": called[one.project], "owed": one.owed, "channel": one.channel,
        "by": names.get(one.by) or None, "agreed": one.agreed, "note": one.note or None, "step": one.step,
    }  # fmt: skip


def listing(rows: Sequence[dict[str, Any]], of: Sequence[Reminder], as_of: date | None) -> Listing:
    """The list, of rows already sorted; `of` are all of them."""
    empty = _("Nobody was reminded yet. Note it: {command}").format(
        command="zaoyuan reminder add 3-2-501 --via phone"
    )  # fmt: skip
    totals = {"reminders": len(of), "households": len({one.room for one in of})}
    return Listing(rows, COLUMNS, totals, empty=empty, as_of=as_of)
