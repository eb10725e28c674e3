"""The command `expense approve`: what a member says of an expense."""

from __future__ import annotations

from typing import Annotated

from typer import Context, Option

from zaoyuan_cli.commands import asking, completing, options
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done
from zaoyuan_cli.rules.approvals import ABSTAIN, AGAINST, APPROVED, FOR, OPEN, REJECTED

By = Annotated[str, Option("--by", metavar=N_("WHO"), help=N_("The member."), autocompletion=completing.who)]
Against = Annotated[bool, Option("--against", help=N_("They are against it."))]
Abstain = Annotated[bool, Option("--abstain", help=N_("They abstain: that is no approval."))]
Override = Annotated[bool, Option("--override", help=N_("Count it although a rule speaks against it; say why."))]
Why = Annotated[str, Option("--reason", metavar=N_("TEXT"), help=N_("Why."))]
STATES = {
    OPEN: N_("  Members still to approve: {missing}."),
    APPROVED: N_("  It is approved."),
    REJECTED: N_("  It is rejected: make it void, or have the money paid back."),
}


def approve(
    ctx: Context, number: options.Number, by: By, against: Against = False, abstain: Abstain = False,
    override: Override = False, reason: Why = "", date: options.Day = "",
) -> None:  # fmt: skip
    """Record that a member approves an expense.

    Nobody approves what they handled, advanced or were paid, unless --override and --reason say why; the book keeps and
    shows it. How many different members have to approve is the rule expense.approvers of the day of the expense; where
    it is unset nobody has to, and one is enough. An expense with as many against as needed, and not fewer than for, is
    rejected.

    Example: zaoyuan expense approve EA2022-1 --by 韩梅
    """
    from zaoyuan_cli.book import approvals, expenses, people
    from zaoyuan_cli.reports.expenses import record

    desk: Desk = ctx.obj
    if against and abstain:
        raise WrongUsage(_("--against and --abstain are two different answers; give one."), field="against")
    if override and not reason.strip():
        raise WrongUsage(_("--override needs a reason: --reason …"), field="reason")
    choice = AGAINST if against else ABSTAIN if abstain else FOR
    one = expenses.pick(desk.book, number)
    person = asking.person(desk, by, field="by").person
    on = options.day(desk, date)
    found = approvals.approve(desk.book, one.expense, person, choice, on, override, reason)
    word = next(said for said in found.approvals if said.person == person)
    name = people.name_of(desk.book.db, person)
    data = record(desk.book, one, standing=found) | {
        "person": name, "choice": choice, "override": word.override, "why": word.reason or None, "approved_on": on,
    }  # fmt: skip
    said = _("√ {expense}  {name}: {choice} · {amount} yuan for {what}")
    lines = [said.format(expense=one.expense, name=name, choice=_(choice), amount=one.amount, what=one.what)]
    if word.override:
        lines.append(_("  Against the rule, because: {reason}").format(reason=word.reason))
    lines.append(_(STATES[found.state]).format(missing=found.missing))
    desk.show(Done(data, lines, _("If that was wrong: {command}").format(command="zaoyuan undo")))
