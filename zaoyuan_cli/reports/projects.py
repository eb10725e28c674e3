"""Projects: a list in sums, and one project as a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from zaoyuan_cli.book import Book, projects
from zaoyuan_cli.book.projects import Project, ProjectStanding
from zaoyuan_cli.document import Column, Document, Heading, Pairs
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing, Page
from zaoyuan_cli.rules import levies
from zaoyuan_cli.rules.money import Fen

COLUMNS = (
    Column("project", N_("Project")),
    Column("fund", N_("Fund"), "text", 5),
    Column("households", N_("Households"), "number", 6),
    Column("due", N_("Due"), "money", 3),
    Column("paid", N_("Paid"), "money"),
    Column("waived", N_("Waived"), "money", 7),
    Column("owed", N_("Owed"), "money"),
    Column("spent", N_("Spent"), "money", 2),
    Column("left", N_("Left"), "money", 1),
    Column("due_date", N_("Due day"), "date", 4),
    Column("in_use", N_("In use"), "flag", 8),
)
SUMS = ("due", "paid", "waived", "owed", "credit", "spent", "left")


def rows(book: Book, as_of: date | None) -> list[dict[str, Any]]:
    """One row a project, the oldest first."""
    here = projects.in_use(book)
    return [{**one._asdict(), "in_use": one.project == here} for one in projects.standing(book.db, as_of)]


def listing(shown: Sequence[dict[str, Any]], every: Sequence[dict[str, Any]], as_of: date | None) -> Listing:
    """The list, with the sums of every project."""
    totals = {"projects": len(every), **{name: Fen(sum(row[name] for row in every)) for name in SUMS}}
    empty = _("There is no project yet.") + "\n" + _("Add one: {command}").format(
        command="zaoyuan project add 车棚改造 --fund 众筹专项 --levy 100 --where ebike"
    )  # fmt: skip
    return Listing(shown, COLUMNS, totals, empty=empty, as_of=as_of)


def page(of: Project, stands: ProjectStanding) -> Page:
    """The record of one project: how it was made, and where it stands."""
    levy = None
    if of.levy or stands.households:
        levy = {
            "kind": of.levy or None, "rate": of.rate if of.levy else None, "by": of.by or None,
            "where": of.where or None, "households": stands.households, "settled": stands.settled, "due": stands.due,
        }  # fmt: skip
    data = {**stands._asdict(), "decision": of.decision or None, "levy": levy}
    return Page(data, _parts(of, stands))


def levy_words(of: Project) -> str:
    """The levy in words: 100.00 yuan a household, ebike."""
    said = {
        "household": _("{rate} yuan a household"),
        "area": _("{rate} yuan a square metre"),
        "total": _("{rate} yuan in all, by area")
        if of.by == "area"
        else _("{rate} yuan in all, the same for everyone"),
    }.get(of.levy, "")
    return said.format(rate=of.rate) + (f" ({levies.in_words(of.where)})" if of.where else "")


def _parts(of: Project, stands: ProjectStanding) -> Document:
    pairs: tuple[tuple[str, object], ...] = (
        (_("Fund"), of.fund),
        (_("Since"), of.day),
        (_("Due day"), of.due),
        (_("Decision"), of.decision or None),
        (_("Levy"), levy_words(of) or None),
        (_("Households"), f"{stands.settled}/{stands.households}" if stands.households else None),
        (_("Goal"), of.goal),
        (_("Budget"), of.budget),
        (_("Due"), stands.due),
        (_("Paid"), stands.paid),
        (_("Waived"), stands.waived),
        (_("Owed"), stands.owed),
        (_("Credit"), stands.credit),
        (_("Income"), stands.income or None),
        (_("Spent"), stands.spent),
        (_("Left"), stands.left),
    )
    return [Heading(of.project), Pairs(tuple((label, value) for label, value in pairs if value is not None))]
