"""Income and outgo: month by month, and by kind. Parts of the reports on money and on a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Bar, Chart, Column, Heading, Part, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports.briefing import Section, Span
from zaoyuan_cli.rules import dates
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.turnovers import Flow

_MOVED = (Column("in", N_("In"), "money"), Column("out", N_("Out"), "money"))
MONTHS = (
    Column("month", N_("Month"), "number_text"),
    Column("opening", N_("Opening"), "money", 1),
    *_MOVED,
    Column("closing", N_("Closing"), "money"),
)
YEARS = (MONTHS[0]._replace(heading=N_("Year")), *MONTHS[1:])
MANY = 12  # months that are shown one by one, unless every one is asked for
KINDS = (Column("kind", N_("Kind"), "state"), *_MOVED)
CALLED = {
    "contribution": N_("paid by households"),
    "income": N_("rents, advertising and other income"),
    "expense": N_("works, purchases and services"),
}
"""Kinds that would be called what a column is."""
BOTH = (Column("month", N_("Month"), "number_text"), *KINDS)


def section(book: Book, span: Span, totals: dict[str, Any], detailed: bool = False) -> Section:
    """The months that moved money and the kinds of movement, under the totals of the same days; `detailed`: each month
    by kind as well."""
    from zaoyuan_cli.book import turnovers

    flows = turnovers.flows(book, span.since, span.until)
    rows = months(flows, Fen(totals["opening"] - sum(one.opening for one in flows)))
    sums = {"in": totals["in"], "out": totals["out"]}
    by_kind = kinds(flows)
    both = [{"month": row["month"], **kind} for row in rows for kind in row["kinds"]]
    empty = _("No movement in these days.")
    parts: list[Part] = [
        *_over_time(_shown(rows, detailed), totals, empty),
        Heading(_("By kind"), 2),
        Table(KINDS, _called(by_kind), {"kind": _("Total"), **sums} if rows else None, empty=empty),
    ]
    if detailed and len(rows) > 1:
        parts += [Heading(_("By month and kind"), 2), Table(BOTH, _called(both), {"month": _("Total"), **sums})]
    return Section({"months": rows, "kinds": by_kind}, parts)


def _shown(rows: Sequence[dict[str, Any]], detailed: bool) -> Sequence[dict[str, Any]]:
    """Months one by one, or years where the months would fill a page."""
    every = _gapless(rows)
    return every if detailed or len(every) <= MANY else years(rows)


def _called(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "kind": _(CALLED[row["kind"]]) if row["kind"] in CALLED else row["kind"]} for row in rows]


def _gapless(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The months with those between that moved nothing."""
    found = {row["month"]: row for row in rows}
    every: list[dict[str, Any]] = []
    for month in dates.months(rows[0]["month"], rows[-1]["month"]) if rows else ():
        kept = every[-1]["closing"] if every else Fen()
        nothing = {"month": month, "opening": kept, "in": Fen(), "out": Fen(), "closing": kept}
        every.append(found.get(month, nothing))
    return every


def _over_time(rows: Sequence[dict[str, Any]], totals: dict[str, Any], empty: str) -> list[Part]:
    """In and out month by month, or year by year where the months would fill a page; with a picture of two or more."""
    columns, heading, axis, title = MONTHS, _("By month"), _("Month"), _("Income and outgo by month")
    if rows and "-" not in rows[0]["month"]:
        columns, heading, axis, title = YEARS, _("By year"), _("Year"), _("Income and outgo by year")
    bars = tuple(Bar(row["month"], (row["in"], row["out"])) for row in rows)
    parts: list[Part] = [Heading(heading, 2)]
    parts.append(Table(columns, rows, {"month": _("Total"), **totals} if rows else None, empty=empty))
    if len(bars) > 1:
        parts.append(Chart(title, (_("In"), _("Out")), bars, axis=axis, tabled=True))
    return parts


def years(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The months put together by year, each under `month`; an opening balance is in the opening of its year."""
    found = []
    for year in dict.fromkeys(row["month"][:4] for row in rows):
        of = [row for row in rows if row["month"][:4] == year]
        into, out, closing = Fen(sum(row["in"] for row in of)), Fen(sum(row["out"] for row in of)), of[-1]["closing"]
        opening = Fen(closing - into + out)
        found.append({"month": year, "opening": opening, "in": into, "out": out, "closing": closing})
    return found


def months(flows: Sequence[Flow], opening: Fen) -> list[dict[str, Any]]:
    """One row a month: opening + in - out = closing, and its kinds. An opening balance is in the opening of its
    month."""
    found: list[dict[str, Any]] = []
    for month in dict.fromkeys(one.month for one in flows):
        of = [one for one in flows if one.month == month]
        opening = Fen(opening + sum(one.opening for one in of))
        into, out = Fen(sum(one.into for one in of)), Fen(sum(one.out for one in of))
        closing = Fen(opening + into - out)
        figures = {"opening": opening, "in": into, "out": out, "closing": closing}
        found.append({"month": month, **figures, "kinds": kinds(of)})
        opening = closing
    return found


def kinds(flows: Sequence[Flow]) -> list[dict[str, Any]]:
    """One row a kind of movement."""
    sums = {
        kind: (
            Fen(sum(one.into for one in flows if one.kind == kind)),
            Fen(sum(one.out for one in flows if one.kind == kind)),
        )
        for kind in dict.fromkeys(one.kind for one in flows)
    }
    return [{"kind": kind, "in": into, "out": out} for kind, (into, out) in sums.items() if into or out]
