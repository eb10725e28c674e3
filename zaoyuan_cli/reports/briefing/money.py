"""Money by place and by purpose, and that both sums are one. What transfers moved has a column of its own, as on the
wall: the others add up to the totals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Table, Text
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
        Column("moved", N_("Moved"), "money", 1),
        Column("closing", N_("Closing"), "money"),
    )


def moved(
    key: str, heading: str, rows: list[dict[str, Any]], transfers: Mapping[str, tuple[Fen, Fen]], totals: dict[str, Any]
) -> Table:
    """What has or moved money, transfers apart; the JSON has all, and transfers in what came in and went out."""
    shown = []
    for row in rows:
        if any(row[name] for name in ("opening", "in", "out", "closing")):
            came, went = transfers.get(row[key], (Fen(), Fen()))
            figures = {"in": Fen(row["in"] - came), "out": Fen(row["out"] - went), "moved": Fen(came - went)}
            shown.append({**row, **figures})
    far = any(row["moved"] for row in shown)
    columns = tuple(one for one in _columns(key, heading) if far or one.key != "moved")
    return Table(columns, shown, {key: _("Total"), **totals, "moved": Fen()})


def _outside(book: Book) -> dict[str, str]:
    """What an account is called where nobody is named: that of a member who advanced money, 垫付."""
    from zaoyuan_cli.book import accounts as places

    return {one.account: _("advance") for one in places.everyone(book.db) if one.kind == "advance"}


def section(book: Book, span: Span, inside: bool = True) -> Section:
    """Opening, in, out and closing of every account and every fund; gross, transfers outside the totals. `inside`: the
    page names who holds an account."""
    from zaoyuan_cli.book import accounts as places
    from zaoyuan_cli.book import entries, turnovers
    from zaoyuan_cli.book.statements import BOTH

    shown = places.shown(book.db) if inside else _outside(book)
    accounts = [row.row("account") for row in entries.turnover(book.db, "account", span.since, span.until)]
    funds = [row.row("fund") for row in entries.turnover(book.db, "fund", span.since, span.until)]
    totals = entries.totals(book.db, span.since, span.until).row()
    far = {by: turnovers.transfers(book.db, by, span.since, span.until) for by in BOTH}
    by_account = moved("account", N_("Account"), accounts, far["account"], totals)
    called = [{**row, "account": shown.get(str(row["account"]), row["account"])} for row in by_account.rows]
    tie = _("In all funds {amount} = in all accounts {amount}").format(amount=totals["closing"].yuan())
    return Section(
        {"accounts": accounts, "funds": funds, "totals": totals},
        [
            Heading(_("Money in and out"), 2),
            moved("fund", N_("Fund"), funds, far["fund"], totals),
            by_account._replace(rows=called),
            Text(tie, "good"),
        ],
    )
