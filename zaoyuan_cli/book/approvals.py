"""Approvals of expenses: by which rules an expense was judged when it was written (R-63), which members said yes, and
that nobody says it of what they handled, advanced or were paid (R-62). A rule changed later changes nothing."""

import sqlite3
from datetime import date
from typing import NamedTuple, TypeAlias

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts.approvals import ExpenseApproved
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.rules import approvals as rule
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, people, roles, rulings
from .ledger import Origin, derives

Day: TypeAlias = date  # a field of Approval is called date
DECISION, NOTICE, APPROVERS = "expense.decision_above", "expense.notice_above", "expense.approvers"
APART = "expense.approver_apart"

TABLES = (
    "CREATE TABLE expense_rule (event INTEGER NOT NULL, expense TEXT NOT NULL REFERENCES expense (number),"
    " rule TEXT NOT NULL, version TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (expense, rule)) STRICT",
    "CREATE INDEX expense_rule_event ON expense_rule (event)",
    "CREATE TABLE approval (event INTEGER PRIMARY KEY, expense TEXT NOT NULL REFERENCES expense (number),"
    " person TEXT NOT NULL REFERENCES person (person), choice TEXT NOT NULL, day TEXT NOT NULL,"
    " override INTEGER NOT NULL, reason TEXT NOT NULL) STRICT",
    "CREATE INDEX approval_expense ON approval (expense)",
)


def judged(db: sqlite3.Connection, origin: Origin, expense: str, by: tuple[tuple[str, str, int], ...]) -> None:
    """The rows of the rules an expense was judged by; to be called when it is derived."""
    for name, version, value in by:
        db.execute("INSERT INTO expense_rule VALUES (?, ?, ?, ?, ?)", (origin.event, expense, name, version, value))
        rulings.judged(db, origin, name, version)


@derives(ExpenseApproved)
def given(db: sqlite3.Connection, origin: Origin, fact: ExpenseApproved) -> None:
    db.execute(
        "INSERT INTO approval VALUES (?, ?, ?, ?, ?, ?, ?)",
        (origin.event, fact.number, fact.person, fact.choice, fact.on.isoformat(), fact.override, fact.reason),
    )


class Judged(NamedTuple):
    """A rule an expense was judged by: its name, the version in force that day, its limit: fen, or how many approve."""

    rule: str
    version: str
    value: int

    @property
    def limit(self) -> Fen | int:
        """The limit as what it is."""
        return self.value if self.rule == APPROVERS else Fen(self.value)


class Approval(NamedTuple):
    """What a person (an id) said of an expense: for, against, abstain; `counts`: it is no word on a claim of their own;
    `override` that it counts all the same, and the reason."""

    person: str
    choice: str
    date: Day
    override: bool
    reason: str
    counts: bool


class Standing(NamedTuple):
    """How the approval of an expense stands: "" where no rule asks for one and nobody spoke, else open, approved,
    rejected; how many have to approve, how many are missing; who said what; the rules it was judged by."""

    state: str
    needed: int
    missing: int
    approvals: tuple[Approval, ...]
    judged: tuple[Judged, ...]

    @property
    def judged_by(self) -> str:
        """The versions of the rules, each once."""
        return ", ".join(dict.fromkeys(one.version for one in self.judged))

    def limit(self, name: str) -> int | None:
        """The limit of one of the rules; None where it was unset."""
        return next((one.value for one in self.judged if one.rule == name), None)


NONE = Standing("", 0, 0, (), ())


def standing(db: sqlite3.Connection, as_of: date | None = None, expense: str = "") -> dict[str, Standing]:
    """Of every expense that a rule judged or somebody spoke of, or of one: how it stands on a day (now without one)."""
    one = {"one": expense, "day": (as_of or date.max).isoformat()}
    rules: dict[str, list[Judged]] = {}
    for number, *row in db.execute(
        "SELECT expense, rule, version, value FROM expense_rule WHERE :one IN ('', expense) ORDER BY rule", one
    ).fetchall():
        rules.setdefault(number, []).append(Judged(*row))
    known, parties = people.kept(db), _parties(db, expense)
    said: dict[str, dict[str, Approval]] = {}
    for number, person, choice, day, override, reason in db.execute(
        "SELECT expense, person, choice, day, override, reason FROM approval"
        " JOIN event ON event.id = approval.event JOIN command ON command.id = command"
        " WHERE :one IN ('', expense) AND day <= :day ORDER BY lamport, device, event.id", one
    ).fetchall():  # fmt: skip
        who = known.get(person, person)
        own = who in {known.get(one, one) for one in parties.get(number, ())}
        counts = bool(override) or choice != rule.FOR or not own
        found = Approval(who, choice, date.fromisoformat(day), bool(override), reason, counts)
        said.setdefault(number, {})[who] = found  # of two laptops' words by one person the later one
    return {number: _stand(rules.get(number, []), said.get(number, {})) for number in (*rules, *(said.keys() - rules))}


def one(db: sqlite3.Connection, expense: str) -> Standing:
    """How the approval of one expense stands now."""
    return standing(db, expense=expense).get(expense, NONE)


def _stand(rules: list[Judged], said: dict[str, Approval]) -> Standing:
    needed = next((one.value for one in rules if one.rule == APPROVERS), 0)
    approvals = tuple(said.values())
    if not needed and not approvals:
        return Standing("", 0, 0, (), tuple(rules))
    needed = max(1, needed)  # where no rule says how many, one who speaks is enough
    choices = [one.choice for one in approvals if one.counts]
    yes, no = choices.count(rule.FOR), choices.count(rule.AGAINST)
    return Standing(rule.state(needed, yes, no), needed, rule.missing(needed, yes, no), approvals, tuple(rules))


def _parties(db: sqlite3.Connection, expense: str) -> dict[str, set[str]]:
    """Of each expense: who handled it and who advanced it, as ids."""
    found: dict[str, set[str]] = {}
    for number, *ids in db.execute(
        "SELECT number, handler, holder FROM expense JOIN account USING (account) WHERE ? IN ('', number)", [expense]
    ).fetchall():
        found[number] = {id for id in ids if id}
    return found


# ---- judging


def judge(db: sqlite3.Connection, fen: Fen, on: date, decision: str) -> tuple[Judged, ...]:
    """The rules in force on a day for an expense; a rule that is unset judges nothing.
    Raises Refusal decision_required: it is above what is spent without a decision (R-63)."""
    found = []
    for name in (DECISION, NOTICE, APPROVERS):
        ruling = rulings.in_force(db, name, on)
        if ruling.value is not None:
            assert isinstance(ruling.value, int)
            found.append(Judged(name, ruling.key, int(ruling.value)))
            if name == DECISION and fen > ruling.value and not decision:
                raise _undecided(fen, ruling)
    return tuple(found)


def _undecided(fen: Fen, ruling: rulings.Ruling) -> Refusal:
    said = _("Above {limit} yuan an expense needs a decision, and this is {amount} yuan. {rule}: {source}.")
    return Refusal(
        said.format(limit=ruling.value, amount=fen, rule=DECISION, source=ruling.cited),
        code="decision_required", field="decision", rule=DECISION, limit=ruling.value,
        hint=_("Name it with --decision. Decisions: {list}").format(list="zaoyuan decision list"),
    )  # fmt: skip


def objection(db: sqlite3.Connection, expense: str, person: str, choice: str, on: date) -> Refusal | None:
    """What speaks against the word of a person (an id) on an expense: it is their own (R-62), or they are no member of
    any body on that day, in a book that knows members."""
    name, broken = people.name_of(db, person), APART
    said = _own(db, expense, person, name) if choice == rule.FOR else ""
    seated = {one.person for one in roles.held(db, on) if one.role in (*roles.SEATED, "secretary")}
    if not said and seated and person not in seated:
        said, broken = _("{name} is no member of the committee or another body on {day}; members approve."), APPROVERS
    if not said:
        return None
    hint = _("Where it cannot be helped: {flags}; the reason is kept and shown.")
    return Refusal(
        said.format(name=name, expense=expense, day=on), field="by", value=name, rule=broken, limit=None,
        hint=hint.format(flags="--override --reason …"),
    )  # fmt: skip


def _own(db: sqlite3.Connection, expense: str, person: str, name: str) -> str:
    """Why an expense is a person's own, as a sentence to be filled; "" where it is not."""
    handler, holder, kind, payee = db.execute(
        "SELECT ifnull(handler, ''), ifnull(holder, ''), account.kind, payee FROM expense JOIN account USING (account)"
        " WHERE number = ?",
        [expense],
    ).fetchone()
    ids = people.same(db, people.kept(db).get(person, person))
    if holder in ids and kind == "advance":
        return _("{name} advanced {expense}, and does not approve it.")
    if handler in ids or holder in ids:
        return _("{name} handled {expense}, and does not approve it.")
    return _("{expense} is paid to {name}, who does not approve it.") if rule.names(payee, name) else ""


def approve(
    book: Book, expense: str, person: str, choice: str, on: date, override: bool = False, reason: str = ""
) -> Standing:
    """Record what a person (an id) says of an expense; how it stands then. Raises Refusal: it is void, they spoke
    already, it is their own (R-62) or they are no member, unless that is overridden with a reason; Unreadable."""
    reason = clean(reason, field="reason").strip()
    if override and not reason:
        raise Unreadable(_("The reason is empty."), field="reason", value=reason)
    with book.writing("expense approve"):
        if book.db.execute("SELECT 1 FROM void WHERE number = ?", [expense]).fetchone():
            said = _("Expense {expense} is void already.").format(expense=expense)
            raise Refusal(said, field="expense", value=expense)
        before = one(book.db, expense)
        if any(said.person == person for said in before.approvals):
            raise _twice(book.db, before, person, expense)
        if (against := objection(book.db, expense, person, choice, on)) and not override:
            raise against
        book.record(
            ExpenseApproved(
                number=expense, person=person, choice=choice, on=on, override=against is not None, reason=reason
            )
        )
    return one(book.db, expense)  # only now is the step itself there, whose place orders what was said


def _twice(db: sqlite3.Connection, standing: Standing, person: str, expense: str) -> Refusal:
    before = next(said for said in standing.approvals if said.person == person)
    said = _("{name} spoke on {expense} already, on {day}: {choice}.")
    return Refusal(
        said.format(name=people.name_of(db, person), expense=expense, day=before.date, choice=_(before.choice)),
        code="already_cast", field="by", value=person,
        hint=_("If that was wrong, take its step back: {command}").format(command=f"zaoyuan log --object {expense}"),
    )  # fmt: skip


_CHOICES = (N_("for"), N_("against"), N_("abstain"))
