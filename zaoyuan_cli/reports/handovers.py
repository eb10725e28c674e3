"""Hand-overs: what is due; and the list of what is handed over (交接清单), with the balances and the lines to sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from zaoyuan_cli.document import BLANK, Column, Document, Heading, Pairs, Part, Signatures, Table, Text
from zaoyuan_cli.i18n import N_, _, joined
from zaoyuan_cli.reports import Page
from zaoyuan_cli.reports.todo import Item

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.handovers import Balances, Due, Handover

GROUPS = (
    N_("1. Papers of meetings, archives, seals"), N_("2. Everything of money and accounts"),
    N_("3. Common property that is kept"), N_("4. Other things"),
)  # fmt: skip
"""The four groups of a hand-over list."""
DUE = (
    Column("body", N_("Body")),
    Column("why", N_("Why"), "state"),
    Column("who", N_("Who")),
    Column("since", N_("Since"), "date", 1),
    Column("due", N_("Due day"), "date"),
    Column("handover", N_("No."), "number_text", 2),
    Column("state", N_("State"), "state"),
)
FILES = (
    Column("n", N_("No."), "number"),
    Column("what", N_("What")),
    Column("file", N_("File"), flex=True),
    Column("count", N_("Entries"), "number"),
    Column("pages", N_("Pages"), "number"),
    Column("copy", N_("Original or copy")),
    Column("note", N_("Note"), priority=1),
)
MONEY = (Column("name", N_("Where it is, what it is for")), Column("balance", N_("Balance"), "money"))
MADE = (
    Column("handover", N_("No."), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("body", N_("Body"), priority=2),
    Column("total", N_("Total"), "money"),
    Column("giver", N_("Given by")),
    Column("taker", N_("Taken by")),
    Column("witness", N_("Watched by"), priority=1),
    Column("state", N_("State"), "state"),
)


class Filed(NamedTuple):
    """A file of the pack: its key (meetings), its group (0 to 3), what it is, its name, how many entries it holds."""

    key: str
    group: int
    what: str
    file: str
    held: int


def items(book: Book, as_of: date) -> Iterator[Item]:
    """Hand-overs that nobody signed yet (R-43)."""
    from zaoyuan_cli.book import handovers

    for one in handovers.due(book, as_of):
        if one.state != "signed":
            yield Item("handover", joined((_sentence(book, one), one.rule.cited)), one.due, "zaoyuan handover list")


def _sentence(book: Book, one: Due) -> str:
    from zaoyuan_cli.book import bodies

    said = {
        "term": _("{body}: its term ended on {day}; everything is handed over by {due}."),
        "member": _("{body}: {who} left on {day}; what they keep is handed over by {due}."),
        "cashier": _("{body}: the cashier changed on {day} ({who}); the accounts are handed over by {due}."),
    }[one.why]
    return said.format(body=bodies.one(book, one.body).name, who=one.who or "-", day=one.since, due=one.due)


def page(book: Book, as_of: date) -> Page:
    """What is due, and what was made so far."""
    from zaoyuan_cli.book import bodies, handovers

    names = {key: body.name for key, body in bodies.everyone(book.db).items()}
    due = [
        {"body": names[one.body], "why": one.why, "who": one.who or None, "since": one.since, "due": one.due,
         "handover": one.handover or None, "state": one.state, "source": one.rule.cited or None}
        for one in handovers.due(book, as_of)
    ]  # fmt: skip
    made = [record(one, names) for one in handovers.listing(book.db, as_of)]
    data = {"rows": due, "totals": {"due": sum(row["state"] in ("open", "overdue") for row in due)}, "made": made}
    parts: list[Part] = [Heading(_("To be handed over"), 2), Table(DUE, due, empty=_("Nothing is to be handed over."))]
    parts += [Heading(_("Handed over"), 2), Table(MADE, made)] if made else []
    return Page(data, parts)


def record(one: Handover, names: Mapping[str, str]) -> dict[str, Any]:
    """A hand-over as JSON has it."""
    return {
        "handover": one.handover, "date": one.date, "body": names[one.body], "total": one.total,
        "accounts": [{"account": name, "balance": fen} for name, fen in one.accounts.items()],
        "funds": [{"fund": name, "balance": fen} for name, fen in one.funds.items()], "counts": one.counts,
        "seal": one.seal, "state": one.state, "signed": one.signed, "giver": one.giver or None,
        "taker": one.taker or None, "witness": one.witness or None,
    }  # fmt: skip


class Checklist(Page):
    """The list of what is handed over, in the language of the book."""

    __slots__ = ("lang",)

    def __init__(self, data: Mapping[str, Any], parts: Document, lang: str) -> None:
        super().__init__(data, parts)
        self.lang = lang


def checklist(
    book: Book, number: str, body: str, files: Sequence[Filed], held: Balances, problems: int, step: str
) -> Checklist:
    """The paper both sides sign: the four groups, the balances, the lines for the names; made in the language of the
    book."""
    from zaoyuan_cli.book import accounts

    title = _("{estate}: hand-over list {number}").format(estate=book.name, number=number)
    parts: list[Part] = [
        Heading(title),
        Pairs(((_("Body"), body), (_("Day"), book.today), (_("The book up to step"), step),
               (_("Problems of the book"), problems or _("none")))),
    ]  # fmt: skip
    for group, name in enumerate(GROUPS):
        rows = [
            {"n": n, "what": one.what, "file": one.file, "count": one.held, "copy": _("a file"), "note": BLANK}
            for n, one in enumerate((one for one in files if one.group == group), 1)
        ]
        parts += [Heading(_(name), 2), Table(FILES, [*rows, *_by_hand(group, len(rows))])]
    parts += [Heading(_("Balances"), 2), *_money(held, accounts.shown(book.db))]
    parts += [Heading(_("Signatures"), 2), Text(_(
        "What is listed here was counted and handed over; the sums agree with the books."
    )), Signatures((_("Given by"), _("Taken by"), _("Watched by")), dated=True)]  # fmt: skip
    data = {"handover": number, "files": [one._asdict() for one in files], "total": held.total}
    return Checklist(data, parts, book.lang)


def _by_hand(group: int, after: int) -> list[dict[str, Any]]:
    """Lines for what is no file and is filled in by hand: seals, vouchers, things."""
    words = (
        (_("seals, in pieces"), _("papers, in folders")), (_("vouchers, in books"), _("passbooks and bank keys")),
        (_("things, by a list"),), (_("passwords and keys"),),
    )[group]  # fmt: skip
    blank = dict.fromkeys(("file", "count", "pages", "copy", "note"), BLANK)
    return [{"n": after + n, "what": what, **blank} for n, what in enumerate(words, 1)]


def _money(held: Balances, called: Mapping[str, str]) -> list[Part]:
    """The balances by account and by fund, and that they agree."""
    parts: list[Part] = []
    for title, of in ((_("By account"), held.accounts), (_("By fund"), held.funds)):
        rows = [{"name": called.get(name, name), "balance": fen} for name, fen in of.items()]
        parts.append(Table(MONEY, rows, {"name": _("Total"), "balance": held.total}, title))
    agree = _("Accounts {total} = funds {total} = ledger {total} yuan.").format(total=held.total.yuan())
    return [*parts, Text(agree, "good")]
