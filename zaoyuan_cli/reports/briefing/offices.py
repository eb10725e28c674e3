"""Offices and terms: who holds what, a line a body, and which of them need looking at. Why is among what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Heading, Part, Text
from zaoyuan_cli.i18n import _, series
from zaoyuan_cli.reports import bodies as body_reports
from zaoyuan_cli.reports import roster
from zaoyuan_cli.reports.briefing import Section, Span

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def section(book: Book, span: Span) -> Section:
    """The bodies in office at the end of the span, and how many units and grids have their people."""
    from zaoyuan_cli.book import bodies, people, roles

    day = span.until
    held = roles.held(book.db, day)
    names = people.everyone(book.db, day, [one.person for one in held])
    offices = [
        {"role": one.role, "name": names[one.person].name, "body": one.body or None, "scope": one.scope or None,
         "from": one.since}
        for one in held
    ]  # fmt: skip
    rows: list[dict[str, Any]] = []
    parts: list[Part] = [Heading(_("Offices and terms"), 2)]
    for one in bodies.everyone(book.db, day).values():
        of = [row for row in offices if row["body"] == one.body]
        if one.kind == "assembly" or one.state(day) != "active":
            continue
        row = body_reports.record(book, one, day)
        rows.append(row)
        parts.append(_line(row, of))
    units = [row for row in roster.by_unit(book, day) if row["households"]]
    grids = [row for row in roster.by_grid(book, day) if row["households"] and row["grid"]]
    led, cared = sum(bool(row["leader"]) for row in units), sum(bool(row["party_households"]) for row in grids)
    said = _("Units with a leader: {led} of {units}. Grids with a party household: {cared} of {grids}.")
    text = said.format(led=led, units=len(units), cared=cared, grids=len(grids))
    parts.append(Text(text, "warn" if led < len(units) or cared < len(grids) else ""))
    return Section({"bodies": rows, "offices": offices}, parts)


def _line(row: dict[str, Any], of: list[dict[str, Any]]) -> Part:
    """业委会：主任 赵卫平、出纳 李秀英 · 5 of 5 seats · until 2024-05-24."""
    who = series(f"{_(one['role'])} {one['name']}" for one in of) or _("nobody")
    more = []
    if row["seats"]:
        more.append(_("{members} of {seats} seats").format(**row))
    if row["until"]:
        more.append(_("term until {day}").format(day=row["until"]))
    if row["term"] in ("ending", "over"):
        more.append(_("term over") if row["term"] == "over" else _("term ends soon"))
    text = " · ".join((_("{body}: {who}").format(body=row["body"], who=who), *more))
    return Text(text, "warn" if row["vacant"] or row["term"] in ("ending", "over") else "")
