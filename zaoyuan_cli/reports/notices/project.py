"""A project for the wall (项目公示): who decided it, what was asked for and came in, from whom in sums, each expense
with its number, what is left and what becomes of it. No household is on it; a unit only as a rate, and only where at
least three of its households are in the levy (R-66, R-67, R-80)."""

from __future__ import annotations

from typing import Any

from zaoyuan_cli.document import Bar, Chart, Column, Heading, Pairs, Part, Running, Table, Text
from zaoyuan_cli.i18n import N_
from zaoyuan_cli.reports import public_project
from zaoyuan_cli.reports.announcing import closing
from zaoyuan_cli.reports.notices import head, issuer
from zaoyuan_cli.reports.notices.money import dues, pending, signatures
from zaoyuan_cli.reports.public import Public, Said, Wall

RAISED = (
    Column("who", N_("Source of money")), Column("count", N_("Number of givers"), "number"),
    Column("amount", N_("Amount"), "money"),
)  # fmt: skip
SPENT = (
    Column("no", N_("Row"), "number", 3), Column("date", N_("Date"), "date"),
    Column("number", N_("Voucher no."), "number_text", 1), Column("what", N_("For what"), flex=True),
    Column("voucher", N_("Voucher"), "number_text", 4), Column("decision", N_("Decision"), "text", 2),
    Column("amount", N_("Amount"), "money"),
)  # fmt: skip
RECEIVED = tuple(one for one in SPENT if one.key not in ("voucher", "decision"))
"""Columns that hold nothing are left out."""


def draw(wall: Wall, project: str) -> Public:
    """A project as it stands on the wall's day, or on the day it was begun if that is later."""
    data = public_project.data(wall, project) | {"issued_by": issuer(wall)}
    title = wall.say(N_("Project: {project}"), project=data["project"])
    parts: list[Part] = [Running(pages=1), *head(wall, title), Pairs(_about(wall, data))]
    parts += [*_asked(wall, data), *_raised(wall, data), *_progress(wall, data)]
    for key, columns, heading in (
        ("expenses", SPENT, N_("Each expense")), ("incomes", RECEIVED, N_("Other income"))
    ):  # fmt: skip
        if rows := data[key]:
            total = {"amount": data["spent" if key == "expenses" else "income"]}
            numbered = [{"no": n, **row} for n, row in enumerate(rows, 1)]
            parts += [Heading(wall.say(heading), 2), Table(_used(columns, rows), numbered, total)]
            parts += pending(wall, data["pending"]) if key == "expenses" else []
    parts += [*_left(wall, data), *_closed(wall, data), signatures(wall), *closing(wall)]
    return Public(wall, data, parts)


def _about(wall: Wall, data: dict[str, Any]) -> tuple[tuple[str, object], ...]:
    """What it is for, who decided it, what it asks of whom."""
    say, decision, goal = wall.say, data["decision"], data["goal"]
    rows: list[tuple[str, object]] = [(say(N_("Project")), data["project"]), (say(N_("Fund")), data["fund"])]
    if decision:
        said = N_("{number} of {day}, {body}: {text}")
        number = decision["paper"] or decision["decision"]
        rows.append((say(N_("Decided by")), say(said, number=number, day=decision["date"], body=decision["body"],
                                               text=decision["text"])))  # fmt: skip
    if data["levy"]:
        rows.append((say(N_("Levy")), data["levy"]["words"]))
    if data["due_date"]:
        rows.append((say(N_("Due day")), data["due_date"]))
    if goal is not None:
        said = N_("{there} of {goal} yuan, {progress}")
        rows.append((say(N_("Goal")), say(said, there=data["there"].yuan(), goal=goal.yuan(),
                                         progress=data["progress"] or "-")))  # fmt: skip
    if data["promised"]:
        rows.append((say(N_("Promised")), data["promised"]))
    rows += [(say(N_("As of")), data["date"]), (say(N_("Unit of amounts")), say(N_("yuan")))]
    return tuple(rows)


def _used(columns: tuple[Column, ...], rows: list[dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(one for one in columns if one.key == "no" or any(row.get(one.key) for row in rows))


def _asked(wall: Wall, data: dict[str, Any]) -> list[Part]:
    return dues(wall, wall.say(N_("Asked for and received")), [{**data, **data["levy"]}] if data["levy"] else [])


def _raised(wall: Wall, data: dict[str, Any]) -> list[Part]:
    """Where the money came from, unless it all came from the levied households."""
    rows = data["raised"]
    if not rows or (data["levy"] and len(rows) == 1 and rows[0]["kind"] == "household"):
        return []
    names = {"household": N_("households"), "person": N_("single persons"), "unknown": N_("payer not known yet")}
    shown = [{**row, "who": row["donor"] or wall.say(names[row["kind"]])} for row in rows]
    return [Heading(wall.say(N_("Where it came from")), 2), Table(RAISED, shown, {"amount": data["paid"]})]


def _progress(wall: Wall, data: dict[str, Any]) -> list[Part]:
    """Rates by unit, as long as anybody owes."""
    bars = tuple(Bar(row["unit"], (row["progress"],)) for row in data["units"])
    if not bars or not data["owed"]:
        return []
    say = wall.say
    parts: list[Part] = [
        Chart(say(N_("Progress by unit")), (say(N_("Progress")),), bars, "percent", axis=say(N_("Unit")))
    ]
    if data["units_left_out"]:
        parts.append(Text(say(N_("Units with fewer than three households in the levy are left out.")), "dim"))
    return parts


def _left(wall: Wall, data: dict[str, Any]) -> list[Part]:
    """What came in, what was spent, what is left; the budget."""
    sums = {key: data[key].yuan() for key in ("paid", "income", "spent", "returned", "left")}
    said = N_("Paid {paid} - spent {spent} = left {left}")
    if data["income"] or data["returned"]:
        said = N_("Paid {paid} + other income {income} - spent {spent} - given back {returned} = left {left}")
    lines = [wall.say(said, **sums)]
    if data["budget"] is not None:
        said = N_("Budget {budget}, spent {spent}, {rest} under it")
        if data["remaining"] < 0:
            said = N_("Budget {budget}, spent {spent}, {rest} over it")
        rest = abs(data["remaining"])
        lines.append(wall.say(said, budget=data["budget"].yuan(), spent=sums["spent"], rest=type(data["budget"])(
            rest).yuan()))  # fmt: skip
    return [Heading(wall.say(N_("What is left")), 2), Text(Said("\n".join(lines)), "good")]


def _closed(wall: Wall, data: dict[str, Any]) -> list[Part]:
    """How it was closed, and what each payer gets back (R-66)."""
    closing = data["closing"]
    if not closing:
        return []
    say = wall.say
    plan = {"return": N_("given back to those who paid"), "keep": N_("kept in the fund")}
    rows: list[tuple[str, object]] = [
        (say(N_("Day of closing")), closing["date"]), (say(N_("Left at the closing")), closing["left"]),
        (say(N_("What is left is")), say(plan.get(closing["plan"] or "", N_("nothing was left")))),
    ]  # fmt: skip
    if closing["decision"]:
        rows.append((say(N_("Decision")), closing["decision"]))
    if closing["shares"]:
        said = N_("{share} yuan in all, {count} shares by what each paid")
        if closing["each"]:
            said = N_("{count} x {each} = {share} yuan")
        rows.append((say(N_("Shares")), say(said, count=closing["shares"], share=closing["share"].yuan(),
                                           each=closing["each"] and closing["each"].yuan())))  # fmt: skip
        rows += [(say(N_("Given back so far")), closing["returned"]), (say(N_("Not given back yet")), closing["open"])]
    if closing["late"]:
        rows.append((say(N_("Came in late")), closing["late"]))
    return [Heading(say(N_("How it was closed")), 2), Pairs(tuple(rows))]
