"""Projects: a list in sums, and one project as a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from zaoyuan_cli.book import Book, closures, projects, returns
from zaoyuan_cli.book.projects import Project, ProjectStanding
from zaoyuan_cli.document import Column, Document, Heading, Pairs, Part, State
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing, Page
from zaoyuan_cli.rules import levies, percent
from zaoyuan_cli.rules.money import Fen

COLUMNS = (
    Column("project", N_("Project")),
    Column("fund", N_("Fund"), "text", 5),
    Column("households", N_("Households"), "number", 6),
    Column("due", N_("Due"), "money", 3),
    Column("paid", N_("Paid"), "money"),
    Column("waived", N_("Waived"), "money", 7),
    Column("owed", N_("Owed"), "money"),
    Column("beyond", N_("Beyond what was asked"), "money", 4),
    Column("spent", N_("Spent"), "money", 2),
    Column("left", N_("Left"), "money", 1),
    Column("state", N_("State"), "state", 2),
    Column("progress", N_("Goal"), "number_text", 3),
    Column("due_date", N_("Due day"), "date", 4),
    Column("in_use", N_("In use"), "flag", 8),
)
SUMS = ("due", "paid", "waived", "owed", "beyond", "spent", "left")


def rows(book: Book, as_of: date | None) -> list[dict[str, Any]]:
    """One row a project, the oldest first."""
    here = projects.in_use(book)
    return [{**row(one), "in_use": one.project == here} for one in projects.standing(book.db, as_of)]


def row(one: ProjectStanding) -> dict[str, Any]:
    """A project in sums, under the name it has now; `beyond`: its credit, None where nothing was asked for."""
    sums = one._asdict()
    name = sums.pop("name")
    return {**sums, "project": name, "progress": progress(one), "beyond": one.credit if one.due else None}


def progress(one: ProjectStanding) -> str | None:
    """How much of the goal came in, in whole percent: 69%."""
    return percent.written(int(one.there), int(one.goal)) if one.goal else None


def listing(every: Sequence[dict[str, Any]], as_of: date | None) -> Listing:
    """The list, with the sums of every project."""
    totals = {"projects": len(every), **{name: Fen(sum(row[name] or 0 for row in every)) for name in SUMS}}
    empty = _("There is no project yet.") + "\n" + _("Add one: {command}").format(
        command="zaoyuan project add 车棚改造 --fund 众筹专项 --levy 100 --where ebike"
    )  # fmt: skip
    shown = tuple(one for one in COLUMNS if one.key != "beyond" or totals["beyond"])
    return Listing(every, shown, totals, empty=empty, as_of=as_of)


def page(book: Book, of: Project, stands: ProjectStanding, as_of: date | None) -> Page:
    """The record of one project: how it was made, where it stands, how it ended."""
    levy = None
    if of.levy or stands.households:
        levy = {
            "kind": of.levy or None, "rate": of.rate if of.levy else None, "by": of.by or None,
            "where": of.where or None, "households": stands.households, "settled": stands.settled, "due": stands.due,
        }  # fmt: skip
    closing = _closing(book, stands, as_of)
    data = {**row(stands), "decision": of.decision or None, "levy": levy, "closing": closing}
    return Page(data, _parts(of, stands, closing))


def _closing(book: Book, stands: ProjectStanding, as_of: date | None) -> dict[str, Any] | None:
    """How a project was closed, and what became of its shares; None while it is open."""
    closed = closures.of(book.db, stands.project, as_of)
    if closed is None:
        return None
    shares = returns.shares(book.db, stands.project, as_of)
    return {
        "date": closed.date, "plan": closed.plan or None, "decision": closed.decision or None, **closed.totals,
        "shares": sum(bool(one.share) for one in shares), "share": Fen(sum(one.share for one in shares)),
        "returned": Fen(sum(one.returned for one in shares)), "open": Fen(sum(one.open for one in shares)),
        "late": stands.late,
    }  # fmt: skip


def levy_words(of: Project) -> str:
    """The levy in words: 100.00 yuan a household, ebike."""
    said = {
        "household": _("{rate} yuan a household"),
        "area": _("{rate} yuan a square metre"),
        "total": _("{rate} yuan in all, by area")
        if of.by == "area"
        else _("{rate} yuan in all, the same for everyone"),
    }.get(of.levy, "")
    said = said.format(rate=of.rate)
    return _("{text} ({more})").format(text=said, more=levies.in_words(of.where)) if of.where else said


def _parts(of: Project, stands: ProjectStanding, closing: dict[str, Any] | None) -> Document:
    pairs: tuple[tuple[str, object], ...] = (
        (_("State"), State(stands.state)),
        (_("Fund"), of.fund),
        (_("Since"), of.day),
        (_("Due day"), of.due),
        (_("Decision"), of.decision or None),
        (_("Levy"), levy_words(of) or None),
        (_("Households"), f"{stands.settled}/{stands.households}" if stands.households else None),
        (_("Goal"), _goal(stands)),
        (_("Goal to be reached by"), of.until),
        (_("Budget"), of.budget),
        (_("Promised"), stands.promised or None),
        (_("Due"), stands.due or None),
        (_("Paid"), stands.paid),
        (_("Waived"), stands.waived if stands.due else None),
        (_("Owed"), stands.owed if stands.due else None),
        (_("Beyond what was asked"), stands.credit if stands.due else None),
        (_("Income"), stands.income or None),
        (_("Spent"), stands.spent),
        (_("Returned"), stands.returned or None),
        (_("Left"), stands.left),
    )
    parts: list[Part] = [Heading(of.name), Pairs(tuple((name, value) for name, value in pairs if value is not None))]
    if closing:
        parts += [Heading(_("How it was closed"), 2), Pairs(_ended(closing))]
    return parts


def _goal(stands: ProjectStanding) -> str | None:
    if stands.goal is None:
        return None
    said = _("{there} of {goal}, {progress}").format(
        there=stands.there.yuan(), goal=stands.goal.yuan(), progress=progress(stands)
    )
    return said + (f" · {_('all or nothing')}" if stands.all_or_nothing else "")


def _ended(closing: dict[str, Any]) -> tuple[tuple[str, object], ...]:
    back = closing["plan"] == "return"
    plan = {"return": _("given back"), "keep": _("kept in the fund")}.get(closing["plan"] or "", _("nothing was left"))
    pairs: tuple[tuple[str, object], ...] = (
        (_("Day of closing"), closing["date"]),
        (_("Left at the closing"), closing["left"]),
        (_("What is left is"), plan),
        (_("Decision"), closing["decision"]),
        (_("Shares"), f"{closing['shares']} · {closing['share'].yuan()}" if back else None),
        (_("Not given back yet"), closing["open"] if back else None),
        (_("Came in late"), closing["late"] or None),
    )
    return tuple((label, value) for label, value in pairs if value is not None)
