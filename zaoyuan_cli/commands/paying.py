"""The command `pay`, also `contribution add`: the line typed most often, so nothing is loaded that it does not need.
Several doors or projects at once are in settling.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from typer import Argument, Context, Option

from zaoyuan_cli.commands import options, payers
from zaoyuan_cli.errors import Ambiguous, Refusal, WrongUsage
from zaoyuan_cli.i18n import N_, _, joined, sample

if TYPE_CHECKING:
    from zaoyuan_cli.book.contributions import Payment
    from zaoyuan_cli.book.dues import Claim
    from zaoyuan_cli.book.finding import Match
    from zaoyuan_cli.desk import Desk

Sum = Annotated[str, Argument(metavar=N_("AMOUNT"), help=N_("Yuan: 100, 1,000.50, 1.5万. What is owed, if not given."))]
All = Annotated[bool, Option("--all", help=N_("Everything the household owes, the oldest due first."))]
Ahead = Annotated[
    bool, Option("--ahead", help=N_("Paid ahead: nothing is due yet, it is the household's credit in the fund."))
]
Gift = Annotated[bool, Option("--gift", help=N_("A gift: the household owes nothing, and that is known."))]
Payer = Annotated[str, Option("--payer", metavar=N_("NAME"), help=N_("Who paid, if not the household itself."))]
Ref = Annotated[str, Option("--ref", metavar=N_("NO"), help=N_("The number the transfer has in WeChat or the bank."))]


class Said(NamedTuple):
    """What is said beside the money: who paid, a note, the numbers of the paper and of the transfer."""

    payer: str
    note: str
    paper: str
    ref: str

    @classmethod
    def typed(cls, payer: str, note: str, paper: str, ref: str) -> Said:
        """What was typed for them. Unreadable."""
        from zaoyuan_cli.rules.text import clean

        return cls(
            clean(payer, field="payer"), clean(note, field="note"), clean(paper, field="paper").strip(),
            clean(ref, field="ref").strip(),
        )  # fmt: skip

    def of(self, payment: Payment) -> Payment:
        """The payment, with that."""
        return payment._replace(payer=self.payer, note=self.note, paper=self.paper, ref=self.ref)


def pay(
    ctx: Context, who: options.Who, amount: Sum = "", project: options.Project = "", date: options.Day = "",
    method: options.Method = "", note: options.Note = "", fund: options.Fund = "", gift: Gift = False,
    ahead: Ahead = False, all_: All = False, payer: Payer = "", paper: options.Paper = "", ref: Ref = "",
) -> None:  # fmt: skip
    """Record money received from a household or a donor, and give it a receipt number.

    Without an amount it is what the household owes; without a project the one in use, else the one it still owes; --all
    is all it owes, the oldest due first. Several doors may pay at once. A donor owes nothing: name what the money is
    for with -p or --fund. More than is owed asks first (--yes, --gift). Money of an unknown payer: write 待认领 in
    place of the household; it waits in the fund of that name, until `contribution claim`.

    Example: zaoyuan pay 3-2-501

    Example: zaoyuan pay 3-2-502 20 -p 车棚改造 -m 微信 -d 昨天

    Example: zaoyuan pay 3-2-501,502 -p 车棚改造

    Example: zaoyuan pay 待认领 100 -m 微信

    Example: zaoyuan pay 1-1-101 50 --fund 众筹专项 --ahead

    Example: zaoyuan pay 1-1-101 50 --fund 众筹专项 --gift -n "多谢"
    """
    from zaoyuan_cli.commands import asking

    desk: Desk = ctx.obj
    payers.in_order(who, amount)
    said = Said.typed(payer, note, paper, ref)
    payers.one_way(gift, ahead, all_, project)
    match = None if all_ else payers.unknown(desk, who)
    if match is None and (all_ or payers.several(desk, who)):
        from zaoyuan_cli.commands import settling

        settling.settle(desk, who, amount, settling.Wanted(project, fund, method, date, all_, gift or ahead), said)
        return
    try:
        match = match or asking.payer(desk, who)
    except Ambiguous as several:
        raise payers.naming_doors(several) from None
    payers.unclear_purpose(match, project, fund, ahead)
    payment, owes = _payment(desk, match, amount, project, fund, method)
    payment = said.of(payment._replace(on=options.day(desk, date)))
    if ahead:
        _still_owing(desk, payment)
        payment = payment._replace(ahead=True, agreed=True)
    elif agreed(desk, payment, owes, gift):
        payment = payment._replace(agreed=True, gift=not owes.owed)
    seen_before(desk, payment)
    _record(desk, match, payment)


def _payment(desk: Desk, match: Match, amount: str, project: str, fund: str, method: str) -> tuple[Payment, Claim]:
    """What is about to be received, the day still open, and how the payer stands before it."""
    from zaoyuan_cli.book import contributions, funds, projects
    from zaoyuan_cli.commands import picking

    room, donor = (match.key, "") if match.kind == "household" else ("", match.key)
    if match.kind == payers.UNCLAIMED:
        donor, fund = "", match.key
    into = funds.pick(desk.book, fund) if fund else ""
    of = ""
    if project or not fund:
        try:
            of = picking.project(desk, project, room)
        except Ambiguous as several:
            several.hint += "\n" + _("All it owes, the oldest first: {flag}").format(flag="--all") if room else ""
            raise
        own = projects.fund_of(desk.book, of)
        if into and into != own:
            raise Refusal(
                _("{project} belongs to the fund {fund}.").format(project=of, fund=own), field="fund", value=fund,
                hint=_("Leave out {flag}.").format(flag="--fund"),
            )  # fmt: skip
        into = own
    claim = contributions.claim_of(desk.book, of, room)
    fen = options.amount(amount) if amount else claim.owed
    if not fen:
        raise _nothing_owed(match, of)
    payment = contributions.Payment(fen, picking.account(desk, method), into, desk.today, room, donor, of)
    return payment, claim


def _nothing_owed(match: Match, project: str) -> Refusal:
    if match.kind != "household" or not project:
        return WrongUsage(_("How much? Say the amount."), field="amount")
    return Refusal(
        _("{room} owes {project} nothing.").format(room=match.key, project=project),
        field="household",
        value=match.key,
        hint=_("A gift is recorded with its amount: {command}").format(
            command=f"zaoyuan pay {match.key} 100 -p {project} --gift"
        ),
    )


def agreed(desk: Desk, payment: Payment, owes: Claim, gift: bool) -> bool:
    """Is it more than the household owes, and has somebody agreed? NeedsYes, Cancelled (R-56)."""
    if not payment.room or payment.amount <= owes.owed:
        return False
    what = named(desk, payment) or payment.fund
    if not owes.owed:
        if not gift and payment.amount > _promised(desk, payment):
            said = _("{room} owes {what} nothing. Record {amount} yuan as a gift?")
            desk.confirm(said.format(room=payment.room, what=what, amount=payment.amount), flag="--gift")
        return True
    if payment.amount <= owes.owed + _promised(desk, payment):
        return True
    said = _("{room} owes {owed} yuan; {more} of {amount} are too much and stay as credit. Go on?")
    more = payment.amount - owes.owed
    desk.confirm(said.format(room=payment.room, owed=owes.owed, more=more, amount=payment.amount))
    return True


def _promised(desk: Desk, payment: Payment) -> int:
    """What the household promised the project and has not given yet, in fen: it agreed to that when it promised."""
    from zaoyuan_cli.book import pledges

    return int(pledges.open_of(desk.book.db, payment.project, payment.room)) if payment.project else 0


def _still_owing(desk: Desk, payment: Payment) -> None:
    """Money paid ahead while the household owes in that fund pays no due: that is asked. NeedsYes, Cancelled."""
    from zaoyuan_cli.book import dues, projects
    from zaoyuan_cli.rules.text import quoted

    db = desk.book.db
    for of, fen in dues.owing(db, payment.room) if payment.room else ():
        if projects.fund_of(desk.book, of) == payment.fund:
            said = _("{room} still owes {owed} yuan for {project}; paid ahead settles none of it: {command} does.")
            called = projects.called(db, of)
            command = f"zaoyuan pay {payment.room} {payment.amount.plain()} -p {quoted(called)}"
            said = said.format(room=payment.room, owed=fen, project=called, command=command)
            desk.confirm(joined((said, _("Record it as paid ahead all the same?"))))
            return


def seen_before(desk: Desk, *payments: Payment) -> None:
    """The same once more, or a number of paper twice: asked where somebody is there, else said. A number of a transfer
    twice in one account is money nobody has, and always asked (R-60). NeedsYes, Cancelled."""
    from zaoyuan_cli.book import contributions

    asked: list[str] = []
    if payments and (asked := contributions.same_transfer(desk.book, payments[0])):
        text = _("The transfer {ref} is booked in {account} already: receipt {receipts}.").format(
            ref=payments[0].ref, account=payments[0].account, receipts=", ".join(asked)
        )
        desk.confirm(joined((text, _("Record it all the same?"))))
        if desk.yes:  # nobody was asked
            desk.warn(text)
    for payment in payments:
        if twins := [one for one in contributions.twins(desk.book, payment) if one not in asked]:
            text = _(
                "This looks like receipt {number}: same payer, purpose, amount and day, or the same number."
            ).format(number=", ".join(twins))
            if desk.can_ask and not desk.yes:
                desk.confirm(joined((text, _("Record it all the same?"))))
            else:
                desk.warn(text)


def named(desk: Desk, payment: Payment) -> str:
    """What the project of a payment is called, "" for none."""
    from zaoyuan_cli.book import projects

    return projects.called(desk.book.db, payment.project)


def record(desk: Desk, label: str, payment: Payment, number: str, claim: Claim) -> dict[str, Any]:
    """A payment as JSON has it; `label` is the donor's name."""
    from zaoyuan_cli.book import accounts

    whose = {"donor": label} if payment.donor else {"room": payment.room or None}
    credit = claim.credit if payment.room and payment.project else type(claim.due)(0)
    return {
        "receipt": number, **whose, "amount": payment.amount, "method": accounts.kind_of(desk.book.db, payment.account),
        "account": payment.account, "fund": payment.fund, "project": named(desk, payment) or None, "date": payment.on,
        "due": claim.due, "paid": claim.paid, "owed": claim.owed, "credit": credit, "state": claim.state,
    }  # fmt: skip


def _record(desk: Desk, match: Match, payment: Payment) -> None:
    from zaoyuan_cli.book import contributions, credits
    from zaoyuan_cli.reports import Done

    number, claim = contributions.receive(desk.book, payment)
    data = record(desk, match.label, payment, number, claim)
    if payment.ahead:
        data["credit"] = type(payment.amount)(credits.ahead(desk.book.db, payment.room)[payment.fund])
    if usable := credits.usable(desk.book.db, payment.room) if payment.room else {}:
        data["usable"] = type(payment.amount)(sum(usable.values()))
    lines = () if desk.format == "json" else _lines(desk, match, payment, number, claim, data)
    desk.show(Done(data, lines, _("If that was wrong: {command}").format(command="zaoyuan undo")))


def _lines(
    desk: Desk, match: Match, payment: Payment, number: str, claim: Claim, data: dict[str, Any]
) -> tuple[str, ...]:
    """What was written, where household and project stand now, credit that could be used."""
    first = _("√ Received {who} {amount} yuan · {what} · {account} · {day}   receipt {number}").format(
        who=f"{payment.room} {match.label}".strip(), amount=payment.amount, what=data["project"] or payment.fund,
        account=payment.account, day=payment.on, number=number,
    )  # fmt: skip
    lines = [first]
    if payment.ahead:
        said = _("  Paid ahead: the household has {credit} yuan of credit in {fund}.")
        lines.append(said.format(credit=data["credit"], fund=payment.fund))
    elif match.kind == payers.UNCLAIMED:
        said = _("  When the payer is known: {command}")
        lines.append(said.format(command=f"zaoyuan contribution claim {number} 3-2-501"))
    elif payment.project:
        lines.append("  " + joined(_standing(desk, payment, claim)))
    if "usable" in data:
        from zaoyuan_cli.reports.credits import could_be_used

        lines.append("  " + could_be_used(payment.room, data["usable"]))
    return tuple(lines)


def _standing(desk: Desk, payment: Payment, claim: Claim) -> list[str]:
    from zaoyuan_cli.book import projects

    stands = []
    if claim.owed:
        stands.append(_("This household still owes {owed} yuan.").format(owed=claim.owed))
    elif claim.levied:
        stands.append(_("This household owes nothing more."))
    if payment.room and not claim.levied:
        stands.append(_("The household has no levy here: it is a gift."))
    elif payment.room and claim.credit:
        stands.append(_("It has {credit} yuan of credit.").format(credit=claim.credit))
    (of,) = projects.standing(desk.book.db, project=payment.project)
    if of.households:
        said = _("Project: {settled}/{households} households, {paid} yuan.")
    else:
        said = _("Project: {paid} yuan.")
    stands.append(said.format(settled=of.settled, households=of.households, paid=of.paid))
    if of.state == "closed":
        said = _("The project is closed: it comes to the fund {fund}, and no share changes.")
        stands.append(said.format(fund=of.fund))
        back = sample("zaoyuan contribution refund NO AMOUNT --reason TEXT")
        stands.append(_("If it was decided that it goes back: {command}").format(command=back))
    return stands
