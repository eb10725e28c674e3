"""Money by place and by purpose, and that both sums are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Part, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports.briefing import Section, Span
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def _columns(key: str, heading: str) -> tuple[Column, ...]:
    return (
        Column(key, heading),
        Column("opening", N_("Opening"), "money", 2),
        Column("in", N_("In"), "money", 1),
        Column("out", N_("Out"), "money", 1),
        Column("closing", N_("Closing"), "money"),
    )


def _used(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """On the page only what has or moved money; the JSON has them all."""
    return [row for row in rows if any(row[key] for key in ("opening", "in", "out", "closing"))]


def between(funds: Fen, accounts: Fen) -> list[Part]:
    """Why the rows add up to more than the totals: what was moved from fund to fund and from account to account."""
    if not funds and not accounts:
        return []
    said = _("Moved from fund to fund {funds}, from account to account {accounts}: in their rows, in no total.")
    return [Text(said.format(funds=funds.yuan(), accounts=accounts.yuan()), "dim")]


def _outside(book: Book) -> dict[str, str]:
    """What an account is called where nobody is named: that of a member who advanced money, 垫付."""
    from zaoyuan_cli.book import accounts as places

    return {one.account: _("advance") for one in places.everyone(book.db) if one.kind == "advance"}


def section(book: Book, span: Span, inside: bool = True) -> Section:
    """Opening, in, out and closing of every account and every fund; gross, transfers outside the totals. `inside`: the
    page names who holds an account."""
    from zaoyuan_cli.book import accounts as places
    from zaoyuan_cli.book import entries

    shown = places.shown(book.db) if inside else _outside(book)
    accounts = [row.row("account") for row in entries.turnover(book.db, "account", span.since, span.until)]
    funds = [row.row("fund") for row in entries.turnover(book.db, "fund", span.since, span.until)]
    totals = entries.totals(book.db, span.since, span.until).row()
    called = [row | {"account": shown.get(row["account"], row["account"])} for row in _used(accounts)]
    tie = _("In all funds {amount} = in all accounts {amount}").format(amount=totals["closing"].yuan())
    return Section(
        {"accounts": accounts, "funds": funds, "totals": totals},
        [
            Heading(_("Money in and out"), 2),
            Table(_columns("fund", N_("Fund")), _used(funds), {"fund": _("Total"), **totals}),
            Table(_columns("account", N_("Account")), called, {"account": _("Total"), **totals}),
            Text(tie, "good"),
        ],
    )
