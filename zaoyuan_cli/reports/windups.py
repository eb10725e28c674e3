"""The closing of a project: what it would say, the shares of a surplus, and the receipt each payer signs (R-66)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing, Page, accounts
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.returns import Share
    from zaoyuan_cli.book.windups import Draft

SHARES = (
    Column("room", N_("Room"), "room"),
    Column("owner", N_("Name"), "text", 1),
    Column("paid", N_("Paid"), "money", 2),
    Column("share", N_("Share"), "money"),
    Column("state", N_("State"), "state"),
    Column("date", N_("Date"), "date", 3),
    Column("return", N_("Return"), "number_text", 4),
)
SIGNED = (
    Column("return", N_("Return"), "number_text"),
    Column("room", N_("Room"), "room"),
    Column("owner", N_("Name")),
    Column("returned", N_("Amount"), "money"),
    Column("sign", N_("Received (signature)")),
)
LINE = "________________"


def names(book: Book, payers: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Of (donor's id, ids of owners): the donor's name, or the owners'."""
    from zaoyuan_cli.book import donors, people

    givers = {id: one.name for id, one in donors.everyone(book.db).items()} if any(of for of, _ids in payers) else {}
    known = people.everyone(book.db, only=[id for _donor, ids in payers for id in ids])
    return [
        givers.get(donor, donor) if donor else "、".join(known[id].name for id in ids if id in known)
        for donor, ids in payers
    ]


def share_rows(book: Book, found: Sequence[Share]) -> list[dict[str, Any]]:
    """One row a payer; `owner` are the owners of then, or the donor."""
    who = names(book, [(one.donor, one.owners) for one in found])
    called, held = _called(book), accounts.named(book)
    return [
        {
            "room": one.room or None, "owner": name or None, "donor": name if one.donor else None,
            "project": called[one.project], "paid": one.paid, "share": one.share, "returned": one.returned,
            "open": one.open, "state": "paid_out" if one.returned else "waiting", "return": one.number or None,
            "date": one.date, "account": held[one.account] or None,
        }
        for one, name in zip(found, who, strict=True)
    ]  # fmt: skip


def _called(book: Book) -> dict[str, str]:
    from zaoyuan_cli.book import projects

    return projects.names(book.db)


def shares(shown: Sequence[dict[str, Any]], every: Sequence[Share], as_of: date | None) -> Listing:
    """Who gets what back, and who has it."""
    totals = {
        "payers": len(every),
        "paid": Fen(sum(one.paid for one in every)),
        "share": Fen(sum(one.share for one in every)),
        "returned": Fen(sum(one.returned for one in every)),
        "open": Fen(sum(one.open for one in every)),
    }
    empty = _("There are no shares. They are fixed when a project is closed: {command}").format(
        command="zaoyuan project close 车棚改造 --return"
    )
    return Listing(shown, SHARES, totals, empty=empty, as_of=as_of)


def preview(book: Book, draft: Draft, way: str) -> Page:
    """What closing a project would say, with the shares if its surplus goes back."""
    stands = draft.stands
    who = names(book, [(one.donor, one.owners.split()) for one in draft.payers])
    rows: list[dict[str, Any]] = [
        {
            "room": one.room or None, "owner": name or None, "donor": name if one.donor else None, "paid": one.paid,
            "share": one.share,
        }
        for one, name in zip(draft.payers, who, strict=True)
        if way != "keep"
    ]  # fmt: skip
    data = {"project": stands.name, "state": stands.state, **figures(draft), "back": draft.back, "shares": rows}
    pairs: tuple[tuple[str, object], ...] = (
        (_("Fund"), stands.fund), (_("Promised"), stands.promised or None), (_("Due"), stands.due),
        (_("Paid"), stands.paid), (_("Waived"), stands.waived), (_("Owed"), stands.owed),
        (_("Credit"), stands.credit or None), (_("Income"), stands.income or None), (_("Spent"), stands.spent),
        (_("Left"), stands.left), (_("In the fund"), draft.fund), (_("Goes back"), draft.back or None),
    )  # fmt: skip
    parts: list[Part] = [
        Heading(_("{project}: what closing would say").format(project=stands.name)),
        Pairs(tuple((label, value) for label, value in pairs if value is not None)),
        *(Text(line, "warn") for line in cautions(draft, way)),
    ]
    if draft.back and rows:
        parts.append(Table(SHARES[:4], rows, {"paid": Fen(sum(row["paid"] for row in rows)), "share": draft.back}))
    return Page(data, parts)


def figures(draft: Draft) -> dict[str, Fen]:
    """The totals of a closing, as its event has them."""
    from zaoyuan_cli.book.windups import TOTALS

    return {name: getattr(draft.stands, name) for name in TOTALS}


def cautions(draft: Draft, way: str) -> list[str]:
    """What has to be known before a project is closed: open dues, a deficit, credit, a fund that lacks the surplus."""
    stands, said = draft.stands, []
    if stands.owed:
        said.append(
            _("Still owed: {owed} yuan, households: {households}. It stays owed and comes to the fund when paid.")
            .format(households=stands.households - stands.settled, owed=stands.owed)
        )  # fmt: skip
    if stands.left < 0:
        said.append(_("{more} yuan more were spent than came in; the fund {fund} bears them.").format(
            more=Fen(-stands.left), fund=stands.fund))  # fmt: skip
    if stands.credit and stands.due and way:
        said.append(_("{credit} yuan of what was paid are credit, which can pay other dues only until the closing.")
            .format(credit=stands.credit))  # fmt: skip
    if way == "return" and draft.fund < draft.back:
        said.append(_("The fund {fund} has only {balance} yuan, not enough to give {back} back.").format(
            fund=stands.fund, balance=draft.fund, back=draft.back))  # fmt: skip
    if way == "return" and 0 < draft.back < stands.left:
        said.append(_("{rest} yuan that no payer brought in stay in the fund {fund}.").format(
            rest=Fen(stands.left - draft.back), fund=stands.fund))  # fmt: skip
    return said


def question(draft: Draft, way: str, decision: str) -> str:
    """What is asked before a project is closed."""
    stands = draft.stands
    sums = _("Close {project}: due {due}, paid {paid}, waived {waived}, spent {spent}, left {left} yuan.").format(
        project=stands.name, due=stands.due, paid=stands.paid, waived=stands.waived, spent=stands.spent,
        left=stands.left,
    )  # fmt: skip
    lines = [sums, *cautions(draft, way)]
    if way == "return":
        payers = sum(bool(one.share) for one in draft.payers)
        lines.append(_("{back} yuan go back, shared by what each paid; payers: {payers}.").format(
            back=draft.back, payers=payers))  # fmt: skip
        if decision:
            lines.append(_("By decision {decision}.").format(decision=decision))
    elif way:
        lines.append(_("{left} yuan stay in the fund {fund}, by decision {decision}.").format(
            left=stands.left, fund=stands.fund, decision=decision))  # fmt: skip
    return "\n".join((*lines, _("After that nothing is spent on it or changed in it. Go on?")))


def closed(book: Book, draft: Draft, way: str, decision: str) -> Done:
    """The answer to a closing."""
    stands, back = draft.stands, way == "return"
    payers = sum(bool(one.share) for one in draft.payers) if back else 0
    data = {
        "project": stands.name, "state": "closed", "date": book.today, "plan": way or None,
        "decision": decision or None, **figures(draft),
        "shares": {"payers": payers, "amount": draft.back if back else Fen(0)},
    }  # fmt: skip
    lines = [
        _("√ Closed: {project}   paid {paid}, spent {spent}, left {left} yuan").format(
            project=stands.name, paid=stands.paid, spent=stands.spent, left=stands.left
        )
    ]
    hint = _("How it ended: {command}").format(command=f"zaoyuan project show {quoted(stands.name)}")
    if back:
        lines.append(_("  {back} yuan go back; payers: {payers}.").format(back=draft.back, payers=payers))
        if decision:
            lines.append("  " + _("By decision {decision}.").format(decision=decision))
        hint = _("Give them back: {command}").format(command=f"zaoyuan project return --all -p {quoted(stands.name)}")
    elif way:
        lines.append(_("  {left} yuan stay in the fund {fund}, by decision {decision}.").format(
            left=stands.left, fund=stands.fund, decision=decision))  # fmt: skip
    if stands.owed:
        lines.append(_("  Still owed: {owed} yuan.").format(owed=stands.owed))
    return Done(data, lines, hint)


def slips(book: Book, given: Sequence[Share], account: str, on: date, has: Fen) -> Page:
    """Shares just paid out: a line for each payer to sign."""
    rows = share_rows(book, given)
    whole = Fen(sum(one.returned for one in given))
    called = _called(book)[given[0].project]
    data = {"project": called, "account": account, "date": on, "returned": whole, "rows": rows}
    first = _("√ Given back of {project}: {amount} yuan · payers: {payers} · {account} · {day}").format(
        project=called, amount=whole, payers=len(given), account=account, day=on
    )
    table = Table(SIGNED, [{**row, "sign": LINE} for row in rows], {"returned": whole} if len(rows) > 1 else None)
    left = _("In {account}: {balance} yuan.").format(account=account, balance=has)
    return Page(data, [Text(first, "good"), table, Text(left)])


def rehearsal(book: Book, meant: Sequence[Share], account: str, short: str) -> Page:
    """What would be paid out, and whether the account has it."""
    rows = share_rows(book, meant)
    whole = Fen(sum(one.open for one in meant))
    data = {"project": rows[0]["project"], "account": account, "open": whole, "short": short or None, "rows": rows}
    first = _("Would be given back: {amount} yuan · payers: {payers} · {account}").format(
        amount=whole, payers=sum(bool(one.open) for one in meant), account=account
    )
    parts: list[Part] = [Text(first), Table(SHARES[:5], rows, {"share": Fen(sum(one.share for one in meant))})]
    return Page(data, [*parts, *([Text(short, "warn")] if short else [])])
