"""What opinions and letters have in common: a row, a page, an answer, a closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.document import Column, Document, Pairs, State, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Page

if TYPE_CHECKING:
    from zaoyuan_cli.book.correspondence import Item
    from zaoyuan_cli.desk import Desk

OPEN = ("open", "overdue")
Opinion = Annotated[str, Argument(metavar=N_("NO"), help=N_("The opinion's number: OA2022-1, or O1 where one fits."))]
Letter = Annotated[str, Argument(metavar=N_("NO"), help=N_("The letter's number: LA2022-1, or L1 where one fits."))]
By = Annotated[str, Option("--by", metavar=N_("WHO"), help=N_("Who answered."), autocompletion=completing.who)]
ANSWERS = (
    Column("date", N_("Date"), "date"),
    Column("by", N_("By")),
    Column("text", N_("Answer"), flex=True),
)


def row(series: str, one: Item) -> dict[str, Any]:
    """An opinion or letter as an answer has it."""
    last = one.answers[-1] if one.answers else None
    return {
        series: one.number, "date": one.date, "way": one.way, "room": one.room or None, "who": one.who or None,
        "via": one.via or None, "topic": one.topic or None, "text": one.text, "paper": one.paper or None,
        "due": one.due, "state": one.state, "days": one.days, "answers": [said._asdict() for said in one.answers],
        "answer": last.text if last else None, "answered": last.date if last else None, "reason": one.reason or None,
    }  # fmt: skip


def totals(name: str, found: Sequence[Item]) -> dict[str, int]:
    """How many there are, how many are open, how many of those too long."""
    states = [one.state for one in found]
    return {name: len(states), "open": sum(state in OPEN for state in states), "overdue": states.count("overdue")}


def show(desk: Desk, series: str, number: str) -> None:
    """One of them whole."""
    from zaoyuan_cli.book import correspondence

    of = correspondence.pick(desk.book, series, number)
    one = correspondence.one(desk.book, series, of, desk.as_of or desk.today)
    whose = _("Said by") if series == "opinion" else _("From or to")
    pairs = (
        (_("No."), one.number), (_("Date"), one.date), (_("Room"), one.room), (whose, one.who),
        (_("How it came"), State(one.via) if series == "opinion" and one.via else ""), (_("Topic"), one.topic),
        (_("Text"), one.text), (_("Number on the paper"), one.paper), (_("Answer due"), one.due),
        (_("State"), State(one.state)), (_("Why closed"), one.reason),
    )  # fmt: skip
    parts: Document = [Pairs(tuple(pair for pair in pairs if pair[1]))]
    if one.answers:
        parts = [*parts, Table(ANSWERS, [said._asdict() for said in one.answers])]
    desk.show(Page(row(series, one), parts))


def answer(desk: Desk, series: str, number: str, text: str, by: str, date: str) -> None:
    """Record an answer."""
    from zaoyuan_cli.book import correspondence
    from zaoyuan_cli.commands import asking

    of = correspondence.pick(desk.book, series, number)
    who = asking.person(desk, by, field="by").person if by else ""
    one = correspondence.answer(desk.book, series, of, text, options.day(desk, date), who)
    lines = ["√ " + _("{number} is answered: {text}").format(number=of, text=text)]
    desk.show(Done(row(series, one), lines))


def close(desk: Desk, series: str, number: str, reason: str, date: str) -> None:
    """Record a closing."""
    from zaoyuan_cli.book import correspondence

    of = correspondence.pick(desk.book, series, number)
    one = correspondence.close(desk.book, series, of, options.day(desk, date), reason)
    desk.show(Done(row(series, one), ["√ " + _("{number} is closed.").format(number=of)]))
