"""Projects: what was raised, what was spent, how far along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Table
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
    Column("owed", N_("Owed"), "money", 1),
    Column("spent", N_("Spent"), "money", 1),
    Column("left", N_("Left"), "money"),
    Column("progress", N_("Progress"), "number_text", 3),
    Column("state", N_("State"), "state", 4),
)
SUMS = ("due", "paid", "waived", "owed", "spent", "left")


def section(book: Book, span: Span) -> Section:
    """Every project as it stands at the end of the span; due before waivers, paid net of refunds and voids."""
    from zaoyuan_cli.book import projects

    rows = [row(standing) for standing in projects.standing(book.db, span.until)]
    shown = [{**one, "progress": _progress(one)} for one in rows]
    totals: dict[str, Any] = {"project": _("Total"), **{key: Fen(sum(row[key] for row in rows)) for key in SUMS}}
    empty = _("No projects yet. Begin one: {command}").format(command="zaoyuan project add")
    return Section(
        {"projects": rows}, [Heading(_("Projects"), 2), Table(COLUMNS, shown, totals if rows else None, empty=empty)]
    )


def _progress(row: dict[str, Any]) -> str:
    target = row["due"] - row["waived"] if row["due"] else row.get("goal") or 0
    return f"{row['paid'] * 100 // target}%" if target > 0 else "-"
