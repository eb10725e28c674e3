"""Expenses: the list with every number, and one expense as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Document, Heading, Pairs, State, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page, accounts
from zaoyuan_cli.rules.approvals import OPEN

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.approvals import Standing
    from zaoyuan_cli.book.expenses import Expense

COLUMNS = (
    Column("expense", N_("Expense"), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("what", N_("For what"), flex=True),
    Column("payee", N_("Paid to"), priority=4),
    Column("amount", N_("Amount"), "money"),
    Column("fund", N_("Fund"), priority=2),
    Column("account", N_("Account"), priority=5),
    Column("project", N_("Project"), priority=3),
    Column("voucher", N_("Voucher"), "number_text", 6),
    Column("decision", N_("Decision"), "number_text", 7),
    Column("state", N_("State"), "state", 1),
)
APPROVAL = Column("approval", N_("Approval"), "state", 1)  # where a rule asks for it
WAITING = (
    *COLUMNS[:5],
    Column("handler", N_("Handled by"), priority=2),
    Column("approvers_missing", N_("Still to approve"), "number"),
)
APPROVALS = (
    Column("person", N_("Name")),
    Column("choice", N_("Choice"), "state"),
    Column("date", N_("Date"), "date"),
    Column("override", N_("Overridden"), "flag", 1),
    Column("reason", N_("Reason"), flex=True),
)
JUDGED = (Column("rule", N_("Rule")), Column("limit", N_("Value")), Column("version", N_("Version")))
FILES = (Column("kind", N_("Kind")), Column("size", N_("Bytes"), "number"), Column("sha256", N_("SHA-256"), flex=True))
FILE = Column("file", N_("File"), flex=True)


def record(
    book: Book, one: Expense, names: Mapping[str, str] | None = None, standing: Standing | None = None,
    called: accounts.Accounts | None = None,
) -> dict[str, Any]:  # fmt: skip
    """An expense as JSON has it: absent is null, the method is the kind of the account, people by their names.
    `names` of ids, `standing` and what accounts are `called`, where many are asked for."""
    from zaoyuan_cli.book import accounts as places
    from zaoyuan_cli.book import approvals, people, projects

    names = {id: people.name_of(book.db, id) for id in (one.handler, one.advanced_by)} if names is None else names
    standing = standing or approvals.one(book.db, one.expense)
    data: dict[str, Any] = {key: None if value == "" else value for key, value in one._asdict().items()}
    called = accounts.named(book) if called is None else called
    return data | {
        "account": called[one.account], "project": projects.called(book.db, one.project) or None,
        "handler": names.get(one.handler) or None, "advanced_by": names.get(one.advanced_by) or None,
        "method": places.kind_of(book.db, one.account), "approval": standing.state or None,
        "approvers_needed": standing.needed, "approvers_missing": standing.missing if waits(one, standing) else 0,
        "judged_by": standing.judged_by or None,
    }  # fmt: skip


def waits(one: Expense, standing: Standing) -> bool:
    """Does an expense wait for approval?"""
    return standing.state == OPEN and one.state != "void"


def records(book: Book, found: Sequence[Expense], as_of: date | None = None) -> list[dict[str, Any]]:
    """Many expenses as JSON has them."""
    from zaoyuan_cli.book import approvals, people

    names = {id: person.name for id, person in people.everyone(book.db).items()}
    standing, called = approvals.standing(book.db, as_of), accounts.named(book)
    return [record(book, one, names, standing.get(one.expense, approvals.NONE), called) for one in found]


def page(book: Book, one: Expense, kept: Sequence[dict[str, Any]]) -> Page:
    """One expense, with who approved it, by which rules it was judged, and what is known of the files kept with it."""
    from zaoyuan_cli.book import approvals, people

    standing = approvals.one(book.db, one.expense)
    said = [
        {"person": people.name_of(book.db, word.person), "choice": word.choice, "date": word.date,
         "counts": word.counts, "override": word.override, "reason": word.reason or None}
        for word in standing.approvals
    ]  # fmt: skip
    rules = [{"rule": rule.rule, "limit": rule.limit, "version": rule.version} for rule in standing.judged]
    more = {"approvals": said, "judged": rules, "attachments": list(kept)}
    data = record(book, one, standing=standing) | more
    return Page(data, _parts(one, data))


def _parts(one: Expense, data: dict[str, Any]) -> Document:
    pairs: list[tuple[str, object]] = [
        (_("For what"), one.what), (_("Amount"), one.amount), (_("Date"), one.date), (_("Paid to"), one.payee or None),
        (_("Fund"), one.fund), (_("Account"), data["account"]), (_("Project"), data["project"]),
        (_("Handled by"), data["handler"]), (_("Advanced by"), data["advanced_by"]),
        (_("Voucher"), one.voucher or None), (_("Decision"), one.decision or None), (_("Notice"), one.notice or None),
        (_("Cost of"), one.income or None), (_("Note"), one.note or None),
        (_("State"), State(one.state)),
    ]  # fmt: skip
    if one.void_date:
        pairs += [(_("Void since"), one.void_date), (_("Reason"), one.reason)]
    if data["approval"]:
        pairs.append((_("Approval"), State(data["approval"])))
    if data["approvers_missing"]:
        pairs.append((_("Members still to approve"), data["approvers_missing"]))
    parts: list[Any] = [Heading(_("Expense {expense}").format(expense=one.expense)), Pairs(tuple(pairs))]
    if data["approvals"]:
        parts.append(Table(APPROVALS, data["approvals"], title=_("Approvals")))
    if data["judged"]:
        rows = [rule | {"limit": str(rule["limit"]), "version": _version(rule["version"])} for rule in data["judged"]]
        parts.append(Table(JUDGED, rows, title=_("Judged by the rules in force that day")))
    if kept := data["attachments"]:
        parts.append(Table((*FILES, FILE) if "file" in kept[0] else FILES, kept, title=_("Files")))
    return parts


def _version(key: str) -> str:
    """The version of a rule (bylaw:财务制度/2) for people."""
    kind, _colon, of = key.partition(":")
    bylaw, _slash, number = of.rpartition("/")
    return _("《{bylaw}》, version {version}").format(bylaw=bylaw, version=number) if kind == "bylaw" else key
