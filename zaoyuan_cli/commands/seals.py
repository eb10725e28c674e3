"""The noun `seal`: what a seal was put on, and who allowed it (R-95)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import asking, completing, picking
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.commands.options import Day, Decision, Limit, Note, Number, Since, Sort, Until, day, one_of
from zaoyuan_cli.document import Column, Pairs, State
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing, Page

if TYPE_CHECKING:
    from zaoyuan_cli.book.seals import Use
    from zaoyuan_cli.desk import Desk

app = Typer()
Title = Annotated[str, Argument(metavar=N_("TEXT"), help=N_("What it was put on: the paper's title."))]
Seal = Annotated[
    str, Option("--seal", metavar=N_("SEAL"), help=N_("Which seal: committee, assembly, finance, branch."))
]
Kind = Annotated[str, Option("--kind", metavar=N_("KIND"), help=N_("The paper: contract, notice, letter, other."))]
Copies = Annotated[int, Option("--copies", metavar=N_("N"), help=N_("How many copies."))]
By = Annotated[
    str,
    Option("--by", metavar=N_("WHO"), help=N_("Who put it there; you, if not given."), autocompletion=completing.who),
]
Approved = Annotated[str, Option("--approved", metavar=N_("WHO"), help=N_("Who allowed it, with commas: 韩梅,王桂兰."))]
COLUMNS = (
    Column("seal", N_("No."), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("which", N_("Seal"), "state"),
    Column("text", N_("Title of the paper"), flex=True),
    Column("kind", N_("Kind"), "state", 2),
    Column("copies", N_("Copies"), "number", 1),
    Column("by", N_("Handled by"), priority=3),
    Column("allowed", N_("Allowed by")),
    Column("state", N_("State"), "state"),
)


@app.command()
def add(
    ctx: Context, text: Title, seal: Seal = "committee", kind: Kind = "other", copies: Copies = 1, by: By = "",
    approved: Approved = "", decision: Decision = "", date: Day = "", note: Note = "",
) -> None:  # fmt: skip
    """Log that a seal was put on a paper. Without a decision or somebody who allowed it, it stands in what to do.

    Example: zaoyuan seal add 车棚施工合同 --kind 合同 --copies 2 --decision DA2022-1
    """
    from zaoyuan_cli.book import people, seals

    desk: Desk = ctx.obj
    which, paper = one_of(seal, seals.SEALS, "seal"), one_of(kind, seals.KINDS, "kind")
    who = asking.person(desk, by, field="by").person if by else desk.book.who
    allowed = tuple(one.person for one in asking.people(desk, [approved], field="approved")) if approved else ()
    cited, on = picking.decision(desk, decision), day(desk, date)
    number = seals.use(desk.book, text, which, paper, copies, who, on, cited, allowed, note)
    one = seals.pick(desk.book, number)
    if one.state == "open":
        desk.warn(_("Nobody allowed it: name the decision (--decision) or who did (--approved)."))
    name = people.name_of(desk.book.db, who)
    desk.show(Done(_row(one), [f"√ {number}  {one.title} · {copies} · {name} · {_allowed(one)}".rstrip(" ·")]))


@app.command("list")
def list_(ctx: Context, since: Since = "", until: Until = "", sort: Sort = "", limit: Limit = 0) -> None:
    """List what seals were put on; for half a year with --since and --until.

    Example: zaoyuan seal list --since 2022-01-01 --until 2022-06-30
    """
    from zaoyuan_cli.book import seals

    desk: Desk = ctx.obj
    found = seals.listing(desk.book.db, *days(desk, since, until))
    rows = [_row(one) for one in found]
    totals = {"seals": len(rows), "copies": sum(one.copies for one in found),
              "open": sum(one.state == "open" for one in found)}  # fmt: skip
    empty = _("No seal was used. Log one: {command}").format(
        command=f"zaoyuan seal add {_('TEXT')} --decision {_('NO')}"
    )
    desk.show(arranged(Listing(rows, COLUMNS, totals, _("Register of seals"), empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, number: Number) -> None:
    """Show what a seal was put on, and who allowed it.

    Example: zaoyuan seal show SA2022-1
    """
    from zaoyuan_cli.book import seals

    desk: Desk = ctx.obj
    one = seals.pick(desk.book, number)
    pairs = (
        (_("No."), one.number), (_("Date"), one.date), (_("Seal"), State(one.seal)),
        (_("Title of the paper"), one.title), (_("Kind"), State(one.kind)), (_("Copies"), one.copies),
        (_("Handled by"), one.by), (_("Allowed by"), _allowed(one)), (_("State"), State(one.state)),
        (_("Note"), one.note),
    )  # fmt: skip
    desk.show(Page(_row(one), [Pairs(tuple(pair for pair in pairs if pair[1]))]))


@app.command()
def approve(ctx: Context, number: Number, approved: Approved = "", decision: Decision = "", date: Day = "") -> None:
    """Say who allowed, afterwards, what a seal was put on.

    Example: zaoyuan seal approve SA2022-1 --approved 韩梅,王桂兰
    """
    from zaoyuan_cli.book import seals

    desk: Desk = ctx.obj
    one = seals.pick(desk.book, number)
    if not (approved or decision):
        raise WrongUsage(_("Who allowed it? --approved or --decision."), field="approved", value="")
    allowed = tuple(one.person for one in asking.people(desk, [approved], field="approved")) if approved else ()
    seals.allow(desk.book, one.number, day(desk, date), picking.decision(desk, decision), allowed)
    one = seals.pick(desk.book, one.number)
    desk.show(Done(_row(one), [f"√ {one.number}  {one.title} · {_allowed(one)}"]))


def _allowed(one: Use) -> str:
    return "、".join(filter(None, (one.decision, *one.approved_by)))


def _row(one: Use) -> dict[str, object]:
    return {
        "seal": one.number, "date": one.date, "which": one.seal, "text": one.title, "kind": one.kind,
        "copies": one.copies, "by": one.by or None, "decision": one.decision or None,
        "approved_by": list(one.approved_by), "allowed": _allowed(one) or None, "state": one.state,
        "note": one.note or None,
    }  # fmt: skip
