"""Steps taken back and brought back. An undo is an event that names a step; the step's ledger rows go, its numbers
stay. SQLite itself refuses to remove a row that something rests on."""

import sqlite3
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.steps import StepUndone
from zaoyuan_cli.i18n import N_, _, series

from . import Book, clock, cuts, journal, ledger, replaying
from .journal import Event, Step
from .ledger import Origin, derives

BACK = ("undo", "redo")


class Target(NamedTuple):
    """A step that may be undone or redone: its place, verb, moment, what it recorded, the numbers it gave out, and the
    id of its command in this file."""

    place: Step
    verb: str
    at: str
    events: tuple[Event, ...]
    numbers: tuple[str, ...]
    command: int

    @property
    def step(self) -> str:
        """Its name: A128."""
        return self.place.name

    @property
    def lasts(self) -> bool:
        """Is it of those that cannot be undone: what began the book, a computer, an erasure; and what this program does
        not understand?"""
        return any(event.fact is None or event.fact.lasting for event in self.events)


@derives(StepUndone)
def undone(db: sqlite3.Connection, origin: Origin, fact: StepUndone) -> None:
    """An undoing makes no rows of its own: it takes away those of its step."""


def find(book: Book, name: str = "") -> Target:
    """The step to take back: as named, else this device's last that still stands and is no undo.
    Raises NotFound where there is none, Refusal if it is undone already, BookUnreadable where nothing can be
    written."""
    if book.readonly:
        raise book.refusal()
    gone = journal.undone(book.db)
    if not name:
        for step in _own(book, "verb NOT IN ('undo', 'redo')"):
            if step.name not in gone and not (target := describe(book, step)).lasts:
                return target
        raise NotFound(_("There is nothing to undo."), field="step", hint=_see_log())
    found = journal.command_of(book.db, name.upper())
    if found is None:
        raise NotFound(_("There is no step {step}.").format(step=name), field="step", value=name, hint=_see_log())
    if found[1].name in gone:
        text = _("Step {step} is undone already.").format(step=found[1].name)
        raise Refusal(text, field="step", value=name, hint=_see_log())
    return describe(book, found[1])


LASTING = {
    "books": N_("it began the book"),
    "devices": N_("a computer stays known"),
    "people": N_("what is erased is gone"),
    "periods": N_("what is closed stays closed"),
    "receipts": N_("what is printed may be in somebody's hands"),
    "notices": N_("what is posted was read"),
    "signings": N_("what is posted was read"),
}
"""Why a step is one of those that cannot be undone, by the noun of its fact."""


def passed_over(book: Book, target: Target) -> list[tuple[Target, str]]:
    """This device's steps after one that stand and cannot be undone, the latest first, each with the reason."""
    gone, found = journal.undone(book.db), []
    for step in _own(book, "verb NOT IN ('undo', 'redo')"):
        if step == target.place:
            break
        if step.name not in gone and (later := describe(book, step)).lasts:
            kinds = [event.kind.partition(".")[0] for event in later.events if event.fact and event.fact.lasting]
            why = _(LASTING[kinds[0]]) if kinds and kinds[0] in LASTING else _("this program does not understand it")
            found.append((later, why))
    return found


def find_undone(book: Book) -> Target:
    """The step this device undid last and that is still undone. Raises NotFound where there is none, BookUnreadable
    where nothing can be written."""
    if book.readonly:
        raise book.refusal()
    gone = journal.undone(book.db)
    for step in _own(book, "verb = 'undo'"):
        if step.name not in gone:
            named = book.db.execute(
                "SELECT body ->> 'step' FROM event JOIN command ON command = command.id"
                " WHERE device = ? AND lamport = ?",
                [step.device, step.lamport],
            ).fetchone()[0]
            found = journal.command_of(book.db, named)
            if found is not None:
                return describe(book, found[1])
    raise NotFound(_("There is nothing to redo."), field="step", hint=_see_log())


def _own(book: Book, where: str) -> list[Step]:
    """The steps of this device that are so, the latest first."""
    rows = book.db.execute(
        f"SELECT lamport, device FROM command WHERE device = ? AND {where} ORDER BY lamport DESC", [book.device]
    ).fetchall()
    return [Step(*row) for row in rows]


def _see_log() -> str:
    return _("All steps: {command}").format(command="zaoyuan log")


def describe(book: Book, step: Step) -> Target:
    """What a step was."""
    command, verb, at = book.db.execute(
        "SELECT id, verb, at FROM command WHERE device = ? AND lamport = ?", [step.device, step.lamport]
    ).fetchone()
    events = tuple(journal.events(book.db, command))
    facts = [event.fact for event in events]
    numbers = tuple(str(getattr(f, f.key)) for f in facts if f is not None and f.numbered and f.numbered != "person")
    return Target(step, verb, f"{clock.local(at):%Y-%m-%d %H:%M}", events, numbers, command)


def undo(book: Book, target: Target, rehearse: bool = False) -> None:
    """Take a step back. Raises Refusal if something rests on it, a rule would then be broken, a cut froze it, or it is
    of those that last; the refusal lists what and names the verb to use instead. Rehearsed, nothing is kept."""
    if target.lasts:
        text = _("Step {step} ({verb}) cannot be undone.").format(step=target.step, verb=_(target.verb))
        raise Refusal(text, field="step", value=target.step)
    for event in target.events:
        if event.fact is not None:
            cuts.refuse_frozen(book.db, event.fact, target.place)
    try:
        with book.writing("undo", rehearse):
            before = _broken(book.db)
            _record(book, [target.step])
            if target.verb in BACK or ledger.open_ends(book.db):
                replaying.rebuild(book.db)
                if book.db.execute("SELECT 1 FROM idle WHERE step = ?", [target.step]).fetchone():
                    raise sqlite3.IntegrityError
            else:
                ledger.forget(book.db, target.command)
            _refuse_broken(book, target, before)
    except sqlite3.IntegrityError:
        raise _resting(book, target) from None


def redo(book: Book, target: Target, rehearse: bool = False) -> None:
    """Bring back a step that was undone, whoever undid it: every undoing of it is itself undone.
    Raises Refusal if it cannot stand any more, a rule would then be broken, or a cut froze what it changes."""
    gone = journal.undone(book.db)
    steps = [Step(*row) for row in book.db.execute(
        "SELECT lamport, device FROM command JOIN event ON command = command.id"
        " WHERE kind = 'steps.undone.v1' AND body ->> 'step' = ?", [target.step]
    )]  # fmt: skip
    undoings = [step for step in steps if step.name not in gone]
    for event in target.events:
        for step in undoings:
            if event.fact is not None:
                cuts.refuse_frozen(book.db, event.fact, step)
    with book.writing("redo", rehearse):
        before, unsettled, late = _broken(book.db), _unsettled(book.db), _late(book)
        _record(book, [step.name for step in undoings])
        replaying.rebuild(book.db)
        if clashing := (_unsettled(book.db) - unsettled) | (_late(book) - late):
            raise Refusal(
                _("Step {step} ({verb}) cannot stand any more: something was entered since that excludes it.").format(
                    step=target.step, verb=_(target.verb)
                ),
                code="conflict",
                field="step",
                value=target.step,
                candidates=[{"key": step, "label": step} for step in sorted(clashing)],
            )
        _refuse_broken(book, target, before)


def _unsettled(db: sqlite3.Connection) -> set[str]:
    return {step for (step,) in db.execute("SELECT step FROM unsettled").fetchall()}


def _late(book: Book) -> set[str]:
    """What a closing does not have that it should: a closing is not brought back over what came since."""
    from . import conflicts

    return {one.key for one in conflicts.listing(book) if one.kind == "late"}


def _record(book: Book, steps: list[str]) -> None:
    for step in steps:
        book.record(StepUndone(step=step))
    assert book.pending is not None
    book.pending.seal()  # what is derived anew must see this very command


def _broken(db: sqlite3.Connection) -> dict[tuple[str, str], ledger.Problem]:
    return {(problem.code, problem.where): problem for problem in ledger.breaches(db)}


def _refuse_broken(book: Book, target: Target, before: dict[tuple[str, str], ledger.Problem]) -> None:
    """What was broken before may stay so, or less so; nothing may break anew or worse."""
    now = _broken(book.db)
    broken = [now[key] for key in now if key not in before or now[key].size > before[key].size]
    if broken:
        raise Refusal(
            _("Step {step} cannot be taken back or brought back: {reason}").format(
                step=target.step, reason=broken[0].message
            ),
            code=broken[0].code,
            field="step",
            value=target.step,
        )


INSTEAD = {  # of undoing what something rests on, by the verb of the step or its noun
    "bylaw adopt": ("bylaw edit", "bylaw repeal"),
    "household": ("household edit", "household transfer", "household close"),
    "person": ("person edit", "person merge"),
    "space": ("space edit", "space transfer"),
    "project include": ("project exempt",),
    "project": ("project edit", "project exempt", "project close"),
    "fund": ("fund transfer",),
    "account": ("account transfer",),
    "pay": ("contribution void", "contribution refund"),
    "collect": ("contribution void", "contribution refund"),
    "contribution": ("contribution void",),
    "spend": ("expense void",),
    "expense": ("expense void",),
    "income": ("income void",),
    "handin": ("handin void",),
    "donor": ("donor edit",),
    "body": ("body edit", "body end"),
    "role": ("role end",),
    "meeting plan": ("meeting edit", "meeting cancel"),
    "meeting": ("meeting addendum",),
    "minutes": ("meeting addendum",),
    "ballot": ("ballot void",),
    "canvass": ("canvass close",),
    "task": ("task edit",),
    "opinion": ("opinion close",),
    "letter": ("letter close",),
    "unit": ("unit edit",),
    "grid": ("grid edit",),
}


def _resting(book: Book, target: Target) -> Refusal:
    names = dependents(book, target.command)
    instead = INSTEAD.get(target.verb) or INSTEAD.get(target.verb.partition(" ")[0], ())
    hint = _("Undo those first.")
    if instead:
        commands = series(f"zaoyuan {command}" for command in instead)
        hint = _("Undo those first, or correct it by a new entry: {commands}").format(commands=commands)
    return Refusal(
        _("Step {step} ({verb}) cannot be undone: later steps rest on it.").format(
            step=target.step, verb=_(target.verb)
        ),
        code="has_dependents",
        field="step",
        value=target.step,
        candidates=[{"key": one.step, "label": " ".join((_(one.verb), *one.numbers))} for one in names],
        hint=hint,
    )


def dependents(book: Book, command: int) -> list[Target]:
    """The standing steps whose rows rest on those of a command: its rows are taken away, SQLite is asked, all is put
    back."""
    db = book.db
    first, last = db.execute("SELECT min(id), max(id) FROM event WHERE command = ?", [command]).fetchone()
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute("PRAGMA defer_foreign_keys = ON")
        for table in ledger.of_events(db):
            db.execute(f"DELETE FROM {table} WHERE event BETWEEN ? AND ?", [first, last])
        resting: set[int] = set()
        for table, rowid, _parent, _key in db.execute("PRAGMA foreign_key_check").fetchall():
            row = db.execute(f"SELECT event FROM {table} WHERE rowid = ?", [rowid]).fetchone()
            resting |= {row[0]} if row else set()
    finally:
        db.execute("ROLLBACK")
    query = "SELECT lamport, device FROM command JOIN event ON command = command.id WHERE event.id = ?"
    steps = {Step(*db.execute(query, [one]).fetchone()) for one in resting}
    return [describe(book, step) for step in sorted(steps)]


def said(event: Event) -> str:
    """What an event recorded, in a few words: its number, room, amount, name."""
    from zaoyuan_cli.rules.money import Fen

    fact = event.fact
    if fact is None:
        return event.kind
    values = {name: getattr(fact, name, "") for name in ("number", "room", "fen", "name", "project", "account", "fund")}
    words = [str(Fen(int(value))) if name == "fen" else str(value) for name, value in values.items() if value]
    return " ".join(words)
