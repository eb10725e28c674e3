"""Projects: what was raised, what was spent, how far along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Part, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports.briefing import Section, Span
from zaoyuan_cli.reports.projects import row
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

COLUMNS = (
    Column("project", N_("Project")),
    Column("due", N_("Due"), "money", 2),
    Column("paid", N_("Paid"), "money"),
    Column("waived", N_("Waived"), "money", 3),
    Column("owed", N_("Owed"), "money", 1),
    Column("budget", N_("Budget"), "money", 5),
    Column("spent", N_("Spent"), "money", 1),
    Column("left", N_("Left"), "money"),
    Column("homes", N_("Households settled"), "number_text", 3),
    Column("progress", N_("Of the goal"), "number_text", 3),
    Column("state", N_("State"), "state", 4),
)
RARE = ("waived", "budget", "homes", "progress")
"""Columns that are left out where they hold nothing."""
SUMS = ("due", "paid", "waived", "owed", "spent", "left")


def section(book: Book, span: Span) -> Section:
    """Every project as it stands at the end of the span; due before waivers, paid net of refunds and voids. On the page
    those that were closed before it are only counted."""
    from zaoyuan_cli.book import projects

    standing = projects.standing(book.db, span.until)
    rows = [row(one) for one in standing]
    past = [bool(one.closed and one.closed < span.since) for one in standing]
    shown = [{**one, "homes": _homes(one)} for one, gone in zip(rows, past, strict=True) if not gone]
    totals: dict[str, Any] = {"project": _("Total"), **{key: Fen(sum(one[key] for one in shown)) for key in SUMS}}
    empty = _("No projects yet. Begin one: {command}").format(command="zaoyuan project add")
    parts: list[Part] = [Heading(_("Projects"), 2)]
    if shown or not rows:
        columns = tuple(one for one in COLUMNS if one.key not in RARE or any(row[one.key] for row in shown))
        parts.append(Table(columns, shown, totals if shown else None, empty=empty))
        parts += [Text(_beyond(one), "dim") for one in shown if one["beyond"]]
    if any(past):
        text = _("Closed before: {count}: {command}").format(count=sum(past), command="zaoyuan project list")
        parts.append(Text(text, "dim"))
    return Section({"projects": rows}, parts)


def _beyond(row: dict[str, Any]) -> str:
    """Why what a project asked for is less than what was paid, waived and is owed."""
    return _("{project}: of what was paid, {amount} yuan were given or paid beyond what was asked.").format(
        project=row["project"], amount=row["beyond"].yuan()
    )


def _homes(row: dict[str, Any]) -> str | None:
    """How many of the households asked owe nothing any more: 54/62."""
    return f"{row['settled']}/{row['households']}" if row["households"] else None
