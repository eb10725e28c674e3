"""Conflicts: what a merge left open. Computed from the ledger; a person's settling takes it off the list."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.conflicts import ConflictSettled
from zaoyuan_cli.i18n import N_, _, series

from . import Book, changes, ledger
from .ledger import Origin, derives

TABLES = ("CREATE TABLE settled (event INTEGER PRIMARY KEY, conflict TEXT NOT NULL) STRICT",)


_NOUNS = {  # of what cannot stand: the prefix of its kind, and the word for one of them
    "households": N_("household"), "people": N_("person"), "spaces": N_("space"), "bodies": N_("body"),
    "donors": N_("donor"),
    "contributions": N_("receipt"), "expenses": N_("expense"), "projects": N_("project"), "funds": N_("fund"),
    "accounts": N_("account"), "roles": N_("role"), "meetings": N_("meeting"), "minutes": N_("minutes"),
    "decisions": N_("decision"), "attendances": N_("attendance"), "motions": N_("motion"),
    "tasks": N_("task"), "bylaws": N_("bylaw"), "devices": N_("computer"),
    "periods": N_("period"), "units": N_("unit"), "grids": N_("grid"), "incomes": N_("income"),
    "credits": N_("use of credit"), "receipts": N_("print of a receipt"),
    "handins": N_("hand-in"), "pledges": N_("pledge"),
    "closures": N_("closing"), "returns": N_("return"), "approvals": N_("approval"), "advances": N_("repayment"),
    "visits": N_("visit"), "correspondence": N_("letter"), "seals": N_("seal"), "ballots": N_("ballot"),
    "slips": N_("slip"), "canvasses": N_("canvass"), "reminders": N_("reminder"),
    "notices": N_("notice"), "deliberations": N_("deliberation"), "inspections": N_("inspection"),
    "handovers": N_("hand-over"),
}  # fmt: skip
_FIELDS = (  # that can be edited on two computers
    N_("owners"), N_("state"), N_("area"), N_("area_source"), N_("ebike"), N_("grid"), N_("name"), N_("initials"),
    N_("phone"), N_("seats"), N_("since"), N_("until"), N_("shown"), N_("kind"), N_("relation"), N_("room"),
    N_("after"), N_("ended"), N_("goal"), N_("budget"), N_("due"), N_("decision"), N_("title"), N_("day"),
    N_("time"), N_("place"), N_("agenda"), N_("emergency"), N_("sort"),
)  # fmt: skip


_CURES = {  # of each breach: the commands that make it good
    "repay_above_owed": ("zaoyuan expense void",),
    "fund_short": ("zaoyuan fund transfer", "zaoyuan expense void"),
    "overpaid": ("zaoyuan contribution refund", "zaoyuan contribution void", "zaoyuan contribution apply"),
    "refund_above_paid": ("zaoyuan contribution void",),
    "returned_above_share": ("zaoyuan project void",),
    "goal_open": ("zaoyuan expense void", "zaoyuan project edit"),
    "voted_twice": ("zaoyuan undo",),
    "both_ways": ("zaoyuan undo",),
    "credit_short": ("zaoyuan contribution void", "zaoyuan pay"),
}
_LACKS_A_YES = ("overpaid",)  # breaches that are none once somebody agrees, and says why: the credit stays
BREACH = "breach"


class Conflict(NamedTuple):
    """Its key (the same on every laptop), its kind (unsettled, idle, edits, late, breach), and a sentence."""

    key: str
    kind: str
    message: str


@derives(ConflictSettled)
def settled(db: sqlite3.Connection, origin: Origin, fact: ConflictSettled) -> None:
    db.execute("INSERT INTO settled VALUES (?, ?)", (origin.event, fact.conflict))


def listing(book: Book) -> list[Conflict]:
    """Every conflict that is open: a broken rule until it is cured, the others until somebody settles them."""
    done = {key for (key,) in book.db.execute("SELECT conflict FROM settled").fetchall()}
    return [one for one in found(book.db) if one.key not in done or (one.kind == BREACH and not _lacks_a_yes(one.key))]


def _lacks_a_yes(key: str) -> bool:
    return key.partition("/")[0] in _LACKS_A_YES


def found(db: sqlite3.Connection) -> Iterator[Conflict]:
    """Every conflict of the ledger, in an order that is the same on every laptop."""
    yield from _unsettled(db)
    yield from _idle(db)
    yield from _edits(db)
    yield from _late(db)
    for code, where, message, _size in ledger.breaches(db):
        yield Conflict(f"{code}/{where}", BREACH, message)


def _unsettled(db: sqlite3.Connection) -> Iterator[Conflict]:
    """What has no rows: named by its step and its place in it."""
    for step, place, kind in db.execute(
        "SELECT step, event - (SELECT min(id) FROM event WHERE command = mine.command) + 1, kind"
        " FROM unsettled JOIN event AS mine ON mine.id = unsettled.event JOIN command ON command.id = mine.command"
        " ORDER BY lamport, device, event"
    ).fetchall():
        yield Conflict(
            f"{step}.{place}",
            "unsettled",
            _(
                "{what} of step {step} cannot stand beside what the other book holds; it is kept and does not count."
            ).format(what=_word(kind), step=step),
        )


def _idle(db: sqlite3.Connection) -> Iterator[Conflict]:
    """Undoings that do nothing, because something rests on what they took back."""
    for step, keeper in db.execute("SELECT step, keeper FROM idle ORDER BY step").fetchall():
        yield Conflict(
            step,
            "idle",
            _("The undoing of step {step} lies idle: {keeper} rests on it.").format(step=step, keeper=keeper),
        )


def _edits(db: sqlite3.Connection) -> Iterator[Conflict]:
    """Fields edited twice from the same value."""
    for noun, key, field, steps in changes.clashes(db):
        yield Conflict(
            "/".join((noun, key, field, *steps)),
            "edits",
            _("{field} of {noun} {key} was edited on two computers ({steps}); the last one counts.").format(
                field=_(field), noun=_(noun), key=key, steps=", ".join(steps)
            ),
        )


def _late(db: sqlite3.Connection) -> Iterator[Conflict]:
    """Movements dated in a closed period that its closing did not know: each is to be looked at by a person."""
    from . import sheets

    for one in sheets.late(db):
        said = _("{number} of {day}, {amount} yuan, came after its period was closed; it stands in the next sheet.")
        if one.voided:
            said = _("{number} was made void on {day} ({amount} yuan), unknown to the closing; the next sheet has it.")
        yield Conflict(one.key, "late", said.format(number=one.number or one.step, day=one.date, amount=one.amount))
    yield from _closed(db)


def _closed(db: sqlite3.Connection) -> Iterator[Conflict]:
    """What came for a project that its closing did not know, late payments apart."""
    from . import closures

    for one in closures.late(db):
        said = _("{what} {number} of {day}, {amount} yuan, came after {project} was closed; its shares do not have it.")
        said = said.format(what=_(one.what), number=one.number, day=one.date, amount=one.amount, project=one.name)
        yield Conflict(one.key, "late", said)


def _word(kind: str) -> str:
    """What an event is of: the household of households.added.v1."""
    noun = kind.partition(".")[0]
    return _(_NOUNS.get(noun, noun))


def settle(book: Book, key: str, note: str = "") -> Conflict:
    """Take a conflict off the list after a person looked at it. Raises NotFound; Refusal for a breach, which goes only
    when it is cured; one that lacks no more than a yes is settled by it and a note that says why."""
    with book.writing("conflict settle"):
        conflict = next((one for one in listing(book) if one.key == key), None)
        if conflict is None:
            raise NotFound(
                _("There is no open conflict {key}.").format(key=key),
                field="conflict",
                value=key,
                hint=_("Open ones: {command}").format(command="zaoyuan conflict list"),
            )
        if conflict.kind == BREACH and not (note and _lacks_a_yes(key)):
            raise Refusal(
                _("A broken rule is not settled by saying so: {message}").format(message=conflict.message),
                field="conflict",
                value=key,
                hint=_cured_by(key),
            )
        book.record(ConflictSettled(conflict=key, note=note))
    return conflict


def _cured_by(key: str) -> str:
    cures = _CURES.get(key.partition("/")[0], ())
    hints = [_("An entry cures it: {cures}").format(cures=series(cures))] if cures else []
    if _lacks_a_yes(key):
        agreed = f"zaoyuan conflict settle '{key}' -n …"
        hints.append(_("If it is to stay as it is, say who agreed to it: {command}").format(command=agreed))
    return "\n".join(hints)
