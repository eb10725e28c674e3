"""The noun `contribution`: money received, made void or given back. `pay` is in paying.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Context, Option, Typer

from zaoyuan_cli.commands import crediting, options, paying, receipts
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.i18n import N_, _, joined

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.rules.money import Fen

app = Typer()
app.command("add", help=str(paying.pay.__doc__).replace("zaoyuan pay", "zaoyuan contribution add"))(paying.pay)
app.command("show", help=str(receipts.show.__doc__).replace("zaoyuan receipt", "zaoyuan contribution"))(receipts.show)
app.command("apply")(crediting.apply)
app.command("claim")(crediting.claim)
app.command("uses")(crediting.uses)
Out = Annotated[
    str,
    Option(
        "--method",
        "-m",
        metavar=N_("HOW"),
        help=N_("The account it is paid from; the one it came into, if not given."),
    ),
]


@app.command("list")
def list_(
    ctx: Context, project: options.Project = "", unit: options.Unit = "", grid: options.Grid = "",
    since: options.Since = "", until: options.Until = "", limit: options.Limit = 0, sort: options.Sort = "",
) -> None:  # fmt: skip
    """List the contributions that count, by day.

    Example: zaoyuan contribution list -p 车棚改造 --sort -amount
    """
    from zaoyuan_cli.reports import register

    desk: Desk = ctx.obj
    found = [one for one in receipts.wanted(desk, project, unit, grid, since, until) if one.state != "void"]
    found.sort(key=lambda one: one.date)
    desk.show(arranged(register.contributions(register.rows(desk.book, found), found, desk.as_of), sort, limit))


@app.command()
def void(ctx: Context, number: options.Number, reason: options.Reason, dry_run: options.DryRun = False) -> None:
    """Make a receipt, a refund or a use of credit void: it was wrong. Its number stays, its money does not count.

    If the money was given back, that is a refund and nothing is void. Asks first; refused if the fund would go below
    zero, while a refund stands under the receipt, or while credit of it pays a due.

    Example: zaoyuan contribution void A2022-0024 --reason 记错户 --dry-run
    """
    from zaoyuan_cli.book import contributions
    from zaoyuan_cli.book import crediting as crediting_verbs
    from zaoyuan_cli.book import receipts as register
    from zaoyuan_cli.reports import Done

    desk: Desk = ctx.obj
    series, found = register.pick_any(desk.book, number)
    why = _reason(reason)
    what = _what(desk, series, found)
    make_void = crediting_verbs.void if series == "credit" else contributions.void
    if dry_run:
        make_void(desk.book, found, why, rehearse=True)
        answer = Done({"receipt": found, "state": "paid"}, [_("Would be made void: {what}").format(what=what)])
    else:
        desk.confirm(_("Make void: {what}. Its number stays, its money will not count. Go on?").format(what=what))
        make_void(desk.book, found, why)
        lines = [_("√ Void: {what}").format(what=what), *corrected(desk, found)]
        answer = Done({"receipt": found, "state": "void"}, lines)
    desk.show(answer)


@app.command()
def refund(
    ctx: Context, number: options.Number, amount: options.AmountWord, reason: options.Reason,
    date: options.Day = "", method: Out = "",
) -> None:  # fmt: skip
    """Give money of a receipt back: not more than still stands of it, out of the account it came into.

    Example: zaoyuan contribution refund A2022-0024 0.10 --reason 多收
    """
    from zaoyuan_cli.book import accounts, contributions
    from zaoyuan_cli.book import receipts as register
    from zaoyuan_cli.reports import Done

    desk: Desk = ctx.obj
    found = register.pick(desk.book, number)
    fen, why = options.amount(amount), _reason(reason)
    account = accounts.pick(desk.book, method) if method else ""
    _refunded_before(desk, found, fen)
    done = contributions.refund(desk.book, found, fen, options.day(desk, date), why, account)
    data: dict[str, Any] = {
        "receipt": found, "refund": done.refund, "refunded": fen, "paid": done.stands, "credit": done.claim.credit,
        "owed": done.claim.owed,
    }  # fmt: skip
    said = _("√ Refunded {amount} yuan of receipt {number}   refund {refund}").format(
        amount=fen, number=found, refund=done.refund
    )
    stands = _("  Of the receipt {paid} yuan still stand; the household owes {owed}.").format(
        paid=done.stands, owed=done.claim.owed
    )
    hint = _("If that was wrong: {command}").format(command=f"zaoyuan contribution void {done.refund} --reason …")
    desk.show(Done(data, [said, stands, *corrected(desk, done.refund)], hint))


def _refunded_before(desk: Desk, number: str, fen: Fen) -> None:
    """The same amount of the same receipt once more: asked where somebody is there, else said, as in `pay` (R-60)."""
    from zaoyuan_cli.book import receipts as register

    for one in register.refunds(desk.book.db, number):
        if one.amount == fen and one.state != "void":
            said = _("Receipt {receipt} was refunded {amount} yuan already: {number} on {day}.").format(
                receipt=number, amount=fen, number=one.refund, day=one.date
            )
            if desk.can_ask and not desk.yes:
                desk.confirm(joined((said, _("Refund it once more?"))))
            else:
                desk.warn(said)
            return


def corrected(desk: Desk, number: str) -> list[str]:
    """What is said of a posting that was made void: a closed period that has it, whose sheet does not move; a paper on
    the wall that is not true any more, and how it is put right."""
    from zaoyuan_cli.book import entries
    from zaoyuan_cli.i18n import sample
    from zaoyuan_cli.reports import disclosures
    from zaoyuan_cli.rules.text import quoted

    lines = []
    if entries.frozen(desk.book.db, number):
        said = _("  Its period is closed and stays as it is: a line of {day} takes it back, in the next sheet.")
        lines.append(said.format(day=desk.book.today))
    for paper in disclosures.untrue(desk.book, number, desk.book.today):
        said = _("  {notice} of {period} hangs and is not true any more. Take it down and put it up anew:")
        lines += [
            said.format(notice=paper.notice, period=paper.period),
            f"    {sample(f'zaoyuan notice withdraw {paper.notice} --reason TEXT')}",
            f"    zaoyuan notice post money {paper.period} --place {quoted(paper.place)}",
        ]
    return lines


def _reason(text: str) -> str:
    """A reason that says something. WrongUsage."""
    from zaoyuan_cli.errors import WrongUsage
    from zaoyuan_cli.rules.text import clean

    if not (why := clean(text, field="reason").strip()):
        raise WrongUsage(_("Say why, with {option}.").format(option="--reason"), field="reason", value=text)
    return why


def _what(desk: Desk, series: str, number: str) -> str:
    """A receipt, refund or use of credit in words: its number, whose it is, the amount."""
    from zaoyuan_cli.book import credits
    from zaoyuan_cli.book import receipts as register

    if series == "credit":
        used = credits.everyone(desk.book.db, number=number)
        return _("{number}: {amount} yuan of {room} for {project}").format(**used[0]._asdict()) if used else number
    if series == "refund":
        of = register.of_refund(desk.book, number)
        amount = next(one.amount for one in register.refunds(desk.book.db, of) if one.refund == number)
        return _("refund {number} of {amount} yuan").format(number=number, amount=amount)
    one = register.one(desk.book, number)
    return _("receipt {number} of {amount} yuan, {who}").format(
        number=number, amount=one.amount, who=one.room or one.payer or one.project or one.fund
    )
