"""The report on money: by fund and account, by month and kind, budgets against what was spent, counts, and the sums
that have to agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Part, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page, flows, work
from zaoyuan_cli.reports.briefing import Section, Span, head
from zaoyuan_cli.reports.briefing import money as turnover
from zaoyuan_cli.rules import percent
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

BUDGETS = (
    Column("project", N_("Project")),
    Column("budget", N_("Budget"), "money"),
    Column("spent", N_("Spent"), "money"),
    Column("remaining", N_("Remaining"), "money"),
    Column("used", N_("Used"), "number_text", 1),
)
COUNTS = (
    Column("date", N_("Date"), "date"),
    Column("account", N_("Account")),
    Column("book", N_("In the book"), "money", 1),
    Column("counted", N_("Counted"), "money"),
    Column("difference", N_("Difference"), "money"),
    Column("open", N_("Unexplained"), "flag", 2),
    Column("explained", N_("Explained by"), "text", 3),
)


def money(book: Book, span: Span) -> Page:
    """The report over some days; budgets and counts as they stand at their end."""
    moved = turnover.section(book, span)
    by_month = flows.section(book, span, dict(moved.data["totals"]), detailed=True)
    data = {"name": book.name, "since": span.since, "until": span.until, **moved.data, **by_month.data}
    between, parts = _between(book, span), head(book, _("{name}: report on money").format(name=book.name), span)
    rest = [by_month, work.outlay(book, span), budgets(book, span), counted(book, span)]
    data |= {"between": between} | {key: value for one in rest for key, value in one.data.items()}
    checks = _checks(data)
    parts += [part for one in (moved, *rest) for part in one.document if not isinstance(part, Text)]
    return Page(data | {"checks": checks}, [*parts, Heading(_("What has to agree"), 2), *_said(data, checks)])


def budgets(book: Book, span: Span) -> Section:
    """What each project was to cost, and has cost."""
    from zaoyuan_cli.book import projects

    rows = [
        {
            "project": one.name, "budget": one.budget, "spent": one.spent,
            "remaining": None if one.budget is None else Fen(one.budget - one.spent),
            "used": percent.written(one.spent, one.budget) if one.budget else None,
        }
        for one in projects.standing(book.db, span.until) if one.budget is not None or one.spent
    ]  # fmt: skip
    empty = _("No project has a budget or has cost anything.")
    return Section({"budgets": rows}, [Heading(_("Budget against actual"), 2), Table(BUDGETS, rows, empty=empty)])


def counted(book: Book, span: Span) -> Section:
    """The counts made in these days (R-61)."""
    from zaoyuan_cli.book import accounts, counts

    called = accounts.shown(book.db)
    rows = [
        {"date": one.date, "account": one.account, "book": one.book, "counted": one.counted,
         "difference": one.difference, "open": one.open, "explained": " ".join(one.explained) or None}
        for one in counts.everyone(book.db, as_of=span.until) if one.date >= span.since
    ]  # fmt: skip
    empty = _("Nothing was counted in these days.")
    shown = [{**row, "account": called.get(str(row["account"]), row["account"])} for row in rows]
    return Section({"counts": rows}, [Heading(_("Counts"), 2), Table(COUNTS, shown, empty=empty)])


def _between(book: Book, span: Span) -> dict[str, Fen]:
    from zaoyuan_cli.book import turnovers

    return {
        "funds": turnovers.between(book.db, "fund", span.since, span.until),
        "accounts": turnovers.between(book.db, "account", span.since, span.until),
    }


def _checks(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Each pair of sums that must be one, from the rows of the page, and whether it is."""

    def summed(rows: str, key: str) -> Fen:
        return Fen(sum(row[key] for row in data[rows]))

    total = data["totals"]
    pairs = [("closing", Fen(total["opening"] + total["in"] - total["out"]), total["closing"])]
    for rows in ("funds", "accounts"):
        pairs += [(f"{rows}_{key}", summed(rows, key), total[key]) for key in ("opening", "closing")]
        pairs += [
            (f"{rows}_{key}", summed(rows, key), Fen(total[key] + data["between"][rows])) for key in ("in", "out")
        ]
    for rows in ("months", "kinds"):
        pairs += [(f"{rows}_{key}", summed(rows, key), total[key]) for key in ("in", "out")]
    return [{"check": name, "left": left, "right": right, "ok": left == right} for name, left, right in pairs]


def _said(data: dict[str, Any], checks: list[dict[str, Any]]) -> list[Part]:
    sums = {key: value.yuan() for key, value in data["totals"].items()}
    closings = {one["check"]: one["left"].yuan() for one in checks}
    lines = (
        (("closing",), _("Opening {opening} + in {into} - out {out} = closing {closing}").format(
            into=sums["in"], **sums)),
        (("funds", "accounts"), _("All funds {funds} = all accounts {accounts}").format(
            funds=closings["funds_closing"], accounts=closings["accounts_closing"])),
        (("months", "kinds"), _("By month and by kind: in {into}, out {out}").format(into=sums["in"], out=sums["out"])),
    )  # fmt: skip
    said: list[Part] = []
    for names, text in lines:
        well = all(one["ok"] for one in checks if one["check"].partition("_")[0] in names)
        said.append(Text(f"{'√' if well else '×'} {text}", "good" if well else "bad"))
    return said
