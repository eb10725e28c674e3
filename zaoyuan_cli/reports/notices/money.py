"""Income and expense for the wall (收支公示): funds and accounts from opening to closing, every movement, transfers
between funds, what was asked for and came in, counts. No payer, no door, nobody's debt (R-67, R-70, R-73, R-80)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zaoyuan_cli.document import Bar, Chart, Column, Heading, Part, Running, Signatures, Table, Text
from zaoyuan_cli.i18n import N_
from zaoyuan_cli.reports import public_money
from zaoyuan_cli.reports.announcing import closing
from zaoyuan_cli.reports.notices import head, issuer
from zaoyuan_cli.reports.public import Public, Said, Wall
from zaoyuan_cli.reports.wording import way
from zaoyuan_cli.rules import dates
from zaoyuan_cli.rules.money import Fen

_FIGURES = (
    Column("opening", N_("Brought forward"), "money"), Column("in", N_("In"), "money"),
    Column("out", N_("Out"), "money"), Column("moved", N_("Moved"), "money", 1),
    Column("closing", N_("Carried forward"), "money"),
)  # fmt: skip
FUNDS = (Column("shown", N_("Fund")), *_FIGURES)
ACCOUNTS = (Column("shown", N_("Account")), *_FIGURES)
LINES = (
    Column("no", N_("Row"), "number", 3), Column("days", N_("Day"), "number_text"),
    Column("number", N_("Voucher no."), "text", 2), Column("text", N_("Summary"), flex=True),
    Column("in", N_("In"), "money"), Column("out", N_("Out"), "money"), Column("balance", N_("Balance"), "money", 1),
)  # fmt: skip
PAID = (
    Column("shown", N_("Project")), Column("way", N_("Way of payment"), "text", 1),
    Column("households", N_("Households"), "number"), Column("receipts", N_("Number of receipts"), "number"),
    Column("amount", N_("Amount"), "money"),
)  # fmt: skip
HANDED = (
    Column("date", N_("Date"), "date"), Column("source", N_("From fund")), Column("target", N_("To fund")),
    Column("amount", N_("Amount"), "money"), Column("decision", N_("Decision")),
)  # fmt: skip
DUES = (
    Column("project", N_("Project")), Column("households", N_("Households"), "number"),
    Column("settled", N_("Settled"), "number"), Column("due", N_("Due"), "money"), Column("paid", N_("Paid"), "money"),
    Column("waived", N_("Waived"), "money"), Column("owed", N_("Owed"), "money"),
    Column("credit", N_("Beyond what was asked"), "money", 1),
)  # fmt: skip
COUNTS = (
    Column("date", N_("Date"), "date"), Column("account", N_("Account")),
    Column("book", N_("In the book"), "money"), Column("counted", N_("Counted"), "money"),
    Column("difference", N_("Difference"), "money"), Column("state", N_("State"), "state"),
)  # fmt: skip
GROUPS: Mapping[object, str] = {
    "hand": N_("In collectors' hands"),
    "advance": N_("Owed to members who advanced money"),
}


def draw(wall: Wall, period: str) -> Public:
    """The sheet of a period; of one that is not over, up to the wall's day."""
    from zaoyuan_cli.book import statements

    first, last = dates.period(period)
    found = statements.of(wall.book.db, first, last, wall.day)
    data = public_money.data(wall, period, found, last) | {"issued_by": issuer(wall)}
    title = wall.say(N_("Income and expense, {period}"), period=_called(wall, period))
    parts: list[Part] = [Running(pages=1), *head(wall, title), Text(_what(wall, data)), Text(_state(wall, data))]
    parts += _corrected(wall, data)
    parts += [Table(_used(FUNDS, data["funds"]), _shown(wall, data["funds"], "fund"), _total(wall, data))]
    parts += [Table(_used(ACCOUNTS, data["accounts"]), _shown(wall, data["accounts"], "account"), _total(wall, data))]
    parts += [Text(_equal(wall, data), "good"), Heading(wall.say(N_("Each movement")), 2), _lines(wall, data)]
    parts += [*gone(wall, data), *pending(wall, data["pending"])]
    parts += [
        *_contributions(wall, data),
        *_chart(wall, data),
        *_transfers(wall, data),
        *dues(wall, wall.say(N_("Asked for and received, up to {day}"), day=data["until"]), data["dues"]),
        *_counts(wall, data),
    ]
    return Public(wall, data, [*parts, signatures(wall), *closing(wall)])


# ---- how it looks


def _called(wall: Wall, period: str) -> Said:
    """A period as it is read: the first quarter of 2022, May 2022."""
    year, _dash, part = period.partition("-")
    if not part:
        return wall.say(N_("the year {year}"), year=year)
    if part.startswith("Q"):
        return wall.say(N_("quarter {quarter} of {year}"), year=year, quarter=part[1:])
    return wall.say(N_("month {month} of {year}"), year=year, month=int(part))


def _what(wall: Wall, data: dict[str, Any]) -> Said:
    """Which days, which money, which unit."""
    days = wall.say(N_("{since} to {until}"), since=data["since"], until=data["until"])
    names = [row["fund"] for row in data["funds"]]
    kinds = wall.series(names) if names else wall.say(N_("none"))
    return wall.say(N_("Days: {days}   Unit: yuan   Funds: {funds}"), days=days, funds=kinds)


def _state(wall: Wall, data: dict[str, Any]) -> Said:
    if data["state"] == "closed":
        return wall.say(N_("The books of this period were closed on {day}."), day=data["closed"])
    if data["state"] == "running":
        return wall.say(N_("This period is not over: the figures are those up to {day}."), day=data["until"])
    return wall.say(N_("The books of this period are not closed yet; the figures may still change."))


def _corrected(wall: Wall, data: dict[str, Any]) -> list[Part]:
    """What became since of what the closed period has: the figures stay, and it is said where it is booked."""
    said = {"void": N_("{number} void, {amount} yuan ({day}, booked in {period})"),
            "refund": N_("{number} given back, {amount} yuan ({day}, booked in {period})")}  # fmt: skip
    each = [
        wall.say(said[one["what"]], number=one["number"], amount=one["amount"].yuan(), day=one["date"],
                 period=_called(wall, one["booked"]))
        for one in data["corrections"]
    ]  # fmt: skip
    if not each:
        return []
    return [Text(wall.say(N_("Corrected since it was closed: {each}"), each=wall.series(each)), "warn")]


def gone(wall: Wall, data: dict[str, Any]) -> list[Part]:
    """The void numbers of the period: no hole in a series is without its reason."""
    said = (("void_receipts", N_("Void receipts: {numbers}")), ("void_expenses", N_("Void expenses: {numbers}")))
    return [Text(wall.say(text, numbers=wall.series(data[key])), "dim") for key, text in said if data[key]]


def pending(wall: Wall, rows: list[dict[str, Any]]) -> list[Part]:
    """Which of the expenses members have not approved, or have rejected (R-63)."""
    said = {"open": N_("Of these not approved yet: {numbers}, {amount} yuan in all"),
            "rejected": N_("Of these rejected by members: {numbers}, {amount} yuan in all")}  # fmt: skip
    found: list[Part] = []
    for state, text in said.items():
        if some := [row for row in rows if row["state"] == state]:
            total = Fen(sum(row["amount"] for row in some)).yuan()
            found.append(Text(wall.say(text, numbers=wall.series(row["number"] for row in some), amount=total), "warn"))
    return found


def _used(columns: tuple[Column, ...], rows: list[dict[str, Any]]) -> tuple[Column, ...]:
    """Without the column of what was moved, where nothing was."""
    return tuple(one for one in columns if one.key != "moved" or any(row["moved"] for row in rows))


def _shown(wall: Wall, rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return [{**row, "shown": row[key] or wall.say(GROUPS[row["kind"]])} for row in rows]


def _total(wall: Wall, data: dict[str, Any]) -> dict[str, Any]:
    sums = {key: data[key] for key in ("opening", "in", "out", "closing")}
    return {"shown": wall.say(N_("Total")), **sums, "moved": Fen(0)}


def _equal(wall: Wall, data: dict[str, Any]) -> Said:
    """What has to agree, from the rows above."""
    sums = {key: Fen(sum(row["closing"] for row in data[key])).yuan() for key in ("funds", "accounts")}
    total = {"had": data["opening"], "into": data["in"], "out": data["out"], "has": data["closing"]}
    lines = (
        N_("Brought forward {had} + in {into} - out {out} = carried forward {has}"),
        N_("Sum of funds {funds} = sum of accounts {accounts}"),
    )
    values = {key: value.yuan() for key, value in total.items()} | sums
    return Said("\n".join(wall.say(line, **values) for line in lines))


def _lines(wall: Wall, data: dict[str, Any]) -> Table:
    year = data["since"].year
    rows = [{**row, "days": _days(wall, row, year)} for row in data["lines"]]
    total = {"in": data["in"], "out": data["out"], "balance": data["closing"]} if rows else None
    return Table(LINES, rows, total, empty=wall.say(N_("No money came in or went out in these days.")))


def _days(wall: Wall, row: dict[str, Any], year: int) -> Said:
    """The days of a line, short: 05-02 to 05-28; of another year in full."""
    first, last = (f"{one:%m-%d}" if one.year == year else f"{one}" for one in (row["since"], row["date"]))
    return wall.text(last) if first == last else wall.say(N_("{since} to {until}"), since=first, until=last)


def _contributions(wall: Wall, data: dict[str, Any]) -> list[Part]:
    """What households paid, by project and way of payment; left out where one line above says it all."""
    rows, lines = data["contributions"], [row for row in data["lines"] if row["what"] == "contribution"]
    if len(rows) < 2 and len(lines) < 2:
        return []
    shown = [{**row, "shown": row["project"] or row["fund"], "way": way(wall, row["method"])} for row in rows]
    total = {"shown": wall.say(N_("Total")), "receipts": sum(row["receipts"] for row in rows),
             "amount": Fen(sum(row["amount"] for row in rows))}  # fmt: skip
    return [Heading(wall.say(N_("Of the income: paid by households")), 2), Table(PAID, shown, total)]


def _chart(wall: Wall, data: dict[str, Any]) -> list[Part]:
    """Month by month, of three months or more; a month without movement is an empty line, and income or outgo is left
    out where there was none at all."""
    found = {row["month"]: (row["in"], row["out"]) for row in data["months"]}
    if not found or len(months := dates.months(min(found), max(found))) < 3:
        return []
    sides = [(at, said) for at, said in enumerate((N_("In"), N_("Out"))) if any(sums[at] for sums in found.values())]
    bars = tuple(
        Bar(wall.text(month), tuple(found.get(month, (Fen(), Fen()))[at] for at, _said in sides)) for month in months
    )
    series, say = tuple(wall.say(said) for _at, said in sides), wall.say
    title = say(N_("Income and outgo by month")) if len(series) > 1 else say(N_("{what} by month"), what=series[0])
    return [Chart(title, series, bars, axis=say(N_("Month")))]


def _transfers(wall: Wall, data: dict[str, Any]) -> list[Part]:
    if not data["transfers"]:
        return []
    rows = [
        row if row["decision"]
        else {**row, "decision": wall.say(N_("payer became known ({count})"), count=row["count"])}
        for row in data["transfers"]
    ]  # fmt: skip
    return [Heading(wall.say(N_("Between funds")), 2), Table(HANDED, rows)]


def dues(wall: Wall, title: Said, rows: list[dict[str, Any]]) -> list[Part]:
    """What was asked for and came in, a project a row, and how much of it was let off."""
    if not rows:
        return []
    columns = tuple(one for one in DUES if one.key not in ("waived", "credit") or any(row[one.key] for row in rows))
    parts: list[Part] = [Heading(title, 2), Table(columns, rows)]
    if any(row["settled"] is None for row in rows):
        said = N_("Of a levy on fewer than three households, debts and waivers are not told.")
        parts.append(Text(wall.say(said), "dim"))
    for row in rows:
        if row.get("from_credit") or row.get("claimed"):
            parts.append(Text(_credited(wall, row), "dim"))
        if row["waived"] and row["households_waived"]:
            said = N_("{project}: let off, {amount} yuan in all, households: {count}.")
            parts.append(Text(wall.say(said, project=row["project"], count=row["households_waived"],
                                       amount=row["waived"].yuan()), "dim"))  # fmt: skip
    return parts


def _credited(wall: Wall, row: dict[str, Any]) -> Said:
    """What of the sum paid is on no receipt for the project: credit that was used, money whose payer became known."""
    said = {"from_credit": N_("{amount} yuan paid ahead and used"),
            "claimed": N_("{amount} yuan whose payer became known")}  # fmt: skip
    each = [wall.say(text, amount=row[key].yuan()) for key, text in said.items() if row[key]]
    return wall.say(N_("{project}: of what is paid {each}."), project=row["project"], each=wall.series(each))


def signatures(wall: Wall) -> Signatures:
    """Who answers for the figures of a paper; of one that goes up, by name where they have a ground to be named."""
    who = (wall.say(N_("Drawn up by")), wall.say(N_("Checked by")), wall.say(N_("The chair")))
    return Signatures(who, names=tuple(wall.signers()))


def _counts(wall: Wall, data: dict[str, Any]) -> list[Part]:
    return [Heading(wall.say(N_("Counts")), 2), Table(COUNTS, data["counts"])] if data["counts"] else []
