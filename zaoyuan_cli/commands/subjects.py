"""What a paper for the wall is about: from the words typed to the key that the book keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from typer import Option

from zaoyuan_cli.errors import NotFound, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.rules import dates, disclosure

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.desk import Desk

Month = Annotated[str, Option("--month", metavar=N_("N"), help=N_("A month of the year past: 5."))]
_WANTED = {
    "decision": N_("Which decision? All: {command}"), "ballot": N_("Which vote? All: {command}"),
    "result": N_("Which vote? All: {command}"), "meeting": N_("Which meeting? All: {command}"),
    "bylaw": N_("Which bylaw? All: {command}"),
}  # fmt: skip
_LISTS = {"result": "ballot list"}


def of_month(paper: str, about: str, month: str) -> str:
    """What a paper is about as typed, or the month that was said for it. Raises WrongUsage for both, and for a paper
    that is of no period."""
    if not month:
        return about
    if paper != "money":
        said = _("--month says the period of a sheet of money: {command}")
        raise WrongUsage(said.format(command="zaoyuan notice money --month 5"), field="month", value=month)
    if about:
        raise WrongUsage(_("A period, or --month; not both."), field="month", value=month)
    return f"{month.removesuffix('月')}月"


def key(desk: Desk, paper: str, text: str, on: date) -> str:
    """The key of what a paper is about, on a day. Raises WrongUsage where a paper needs one; NotFound, Ambiguous,
    Unreadable for words that fit nothing."""
    if not text and paper in _WANTED:
        command = "zaoyuan " + _LISTS.get(paper, f"{paper} list")
        raise WrongUsage(_(_WANTED[paper]).format(command=command), field=paper)
    return _KEYS[paper](desk, text, on)


def _period(_desk: Desk, text: str, on: date) -> str:
    """A period; without words the last quarter that is over."""
    if not text:
        return disclosure.quarter_before(on).name
    first, last = dates.period(text, on)
    if first > on:
        said = _("{period} has not begun.").format(period=dates.period_text(first, last))
        raise NotFound(said, field="period", value=text)
    return dates.period_text(first, last)


def _project(desk: Desk, text: str, _on: date) -> str:
    from zaoyuan_cli.book import projects

    return projects.pick(desk.book, text) if text else projects.current(desk.book)


def _decision(desk: Desk, text: str, _on: date) -> str:
    from zaoyuan_cli.book import decisions

    return decisions.pick(desk.book, text)


def _ballot(desk: Desk, text: str, _on: date) -> str:
    from zaoyuan_cli.book import ballots

    return ballots.pick(desk.book, text).ballot


def _meeting(desk: Desk, text: str, _on: date) -> str:
    from zaoyuan_cli.book import meetings

    return meetings.pick(desk.book, text)


def _bylaw(desk: Desk, text: str, on: date) -> str:
    """A bylaw and its version: 存车棚/1 is the first, 存车棚 the one in force on the day, or else the last."""
    from zaoyuan_cli.book import bylaws

    name, _slash, version = text.rpartition("/") if text[-1:].isdecimal() else (text, "", "")
    found = bylaws.one(desk.book, name or text, int(version or 0), on)
    return f"{found.bylaw}/{found.version}"


def _unit(desk: Desk, text: str, _on: date) -> str:
    from zaoyuan_cli.commands.units import find

    return find(desk, text) if text else ""


_KEYS: dict[str, Callable[[Desk, str, date], str]] = {
    "money": _period, "project": _project, "decision": _decision, "ballot": _ballot, "result": _ballot,
    "meeting": _meeting, "bylaw": _bylaw, "roster": _unit,
}  # fmt: skip
