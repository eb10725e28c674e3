"""Steps: what each command did, taken back and brought back. An undo is an event that names a step; the step's ledger
rows go, its numbers stay. SQLite itself refuses to remove a row that something rests on."""

import sqlite3
from typing import Any, NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.steps import StepUndone
from zaoyuan_cli.i18n import _

from . import Book, clock, cuts, journal, ledger
from .journal import Event, Step
from .ledger import Origin, derives

BACK = ("undo", "redo")


class Target(NamedTuple):
    """A step that may be undone or redone: its name, verb, moment, number of facts and the numbers it gave out."""

    step: str
    verb: str
    at: str
    facts: int
    numbers: tuple[str, ...]


class Entry(NamedTuple):
    """A line of the log; `undone` tells whether it counts, `set_clock` whether its moment was set by hand."""

    step: str
    at: str
    who: str
    verb: str
    facts: int
    numbers: tuple[str, ...]
    undone: bool
    set_clock: bool


@derives(StepUndone)
def undone(db: sqlite3.Connection, origin: Origin, fact: StepUndone) -> None:
    """An undoing makes no rows of its own: it takes away those of its step."""


def find(book: Book, name: str = "", redo: bool = False) -> Target:
    """The step to take back (or, for a redo, the undoing): as named, else this device's last that still stands.
    Raises NotFound where there is none."""
    gone = journal.undone(book.db)
    if name:
        found = journal.command_of(book.db, name.upper())
        if found is None:
            raise NotFound(_("There is no step {step}.").format(step=name), field="step", value=name, hint=_see_log())
        step = found[1]
        if step.name in gone:
            raise Refusal(
                _("Step {step} is undone already.").format(step=step.name), field="step", value=name, hint=_see_log()
            )
    else:
        verbs = f"verb {'IN' if redo else 'NOT IN'} ('undo', 'redo')"
        rows = book.db.execute(
            f"SELECT lamport, device FROM command WHERE device = ? AND {verbs} ORDER BY lamport DESC", [book.device]
        )
        step = next((s for s in map(Step._make, rows) if s.name not in gone), Step(0, ""))
        rows.close()
        if not step.lamport:
            raise NotFound(
                _("There is nothing to redo.") if redo else _("There is nothing to undo."),
                field="step",
                hint=_see_log(),
            )
    return describe(book, step)


def _see_log() -> str:
    return _("All steps: {command}").format(command="zaoyuan log")


def describe(book: Book, step: Step) -> Target:
    """What a step was."""
    command, verb, at = book.db.execute(
        "SELECT id, verb, at FROM command WHERE device = ? AND lamport = ?", [step.device, step.lamport]
    ).fetchone()
    facts = [event.fact for event in list(journal.events(book.db, command))]
    numbers = tuple(str(getattr(f, f.key)) for f in facts if f is not None and f.numbered and f.numbered != "person")
    return Target(step.name, verb, f"{clock.local(at):%Y-%m-%d %H:%M}", len(facts), numbers)


def take_back(book: Book, target: Target, verb: str) -> None:
    """Undo a step (`verb` undo), or undo an undoing (`verb` redo). Raises Refusal if something rests on it, a rule
    would then
    be broken, a cut froze it, or it is of those that last; the refusal lists what and names the verb to use instead."""
    found = journal.command_of(book.db, target.step)
    assert found is not None
    command, step, was = found
    events = list(journal.events(book.db, command))
    _refuse_lasting(book.db, target, step, events)
    try:
        with book.writing(verb):
            before = set(ledger.breaches(book.db))
            book.record(StepUndone(step=target.step))
            assert book.pending is not None
            book.pending.seal()
            if was in BACK or ledger.open_ends(book.db):
                ledger.rebuild(book.db)
                if book.db.execute("SELECT 1 FROM idle WHERE step = ?", [target.step]).fetchone():
                    raise sqlite3.IntegrityError
            else:
                ledger.forget(book.db, command)
            broken = [p for p in ledger.breaches(book.db) if p not in before]
            if broken:
                raise Refusal(
                    _("Step {step} cannot be undone: {reason}").format(step=target.step, reason=broken[0].message),
                    code=broken[0].code,
                    field="step",
                    value=target.step,
                )
    except sqlite3.IntegrityError:
        raise _resting(book, target, command) from None


def _refuse_lasting(db: sqlite3.Connection, target: Target, step: Step, events: list[Event]) -> None:
    for event in events:
        if event.fact is None or event.fact.lasting:
            raise Refusal(
                _("Step {step} ({verb}) cannot be undone.").format(step=target.step, verb=target.verb),
                field="step",
                value=target.step,
            )
        cuts.refuse_frozen(db, event.fact, step)


def _resting(book: Book, target: Target, command: int) -> Refusal:
    names = dependents(book, command)
    return Refusal(
        _("Step {step} ({verb}) cannot be undone: later steps rest on it.").format(step=target.step, verb=target.verb),
        code="has_dependents",
        field="step",
        value=target.step,
        candidates=[{"key": t.step, "label": " ".join((t.verb, *t.numbers))} for t in names],
        hint=_("Undo those first, or correct it by a new entry: {void}, {edit}.").format(
            void="zaoyuan contribution void", edit="zaoyuan household edit"
        ),
    )


def dependents(book: Book, command: int) -> list[Target]:
    """The standing steps whose rows rest on those of a command: its rows are taken away, SQLite is asked, all is
    put back."""
    db = book.db
    first, last = db.execute("SELECT min(id), max(id) FROM event WHERE command = ?", [command]).fetchone()
    db.execute("BEGIN IMMEDIATE")
    db.execute("PRAGMA defer_foreign_keys = ON")
    for table in reversed(ledger.tables(db)):
        db.execute(f"DELETE FROM {table} WHERE event BETWEEN ? AND ?", [first, last])
    resting: set[int] = set()
    for table, rowid, _parent, _key in db.execute("PRAGMA foreign_key_check").fetchall():
        row = (
            db.execute(f"SELECT event FROM {table} WHERE rowid = ?", [rowid]).fetchone() if rowid is not None else None
        )
        resting |= {row[0]} if row else set()
    db.execute("ROLLBACK")
    steps = {
        Step(
            *db.execute(
                "SELECT lamport, device FROM command JOIN event ON command = command.id WHERE event.id = ?", [one]
            ).fetchone()
        )
        for one in resting
    }
    return [describe(book, step) for step in sorted(steps)]


def log(book: Book, limit: int = 0, who: str = "", text: str = "") -> list[Entry]:
    """The steps, latest first: all, those of a person (id), those that gave out or name a number, room or name in
    their bodies."""
    gone = journal.undone(book.db)
    rows = book.db.execute(
        "SELECT command.id, lamport, device, at, ifnull(name, who), verb FROM command LEFT JOIN person ON person = who"
        " WHERE (? = '' OR who = ?) AND (? = '' OR EXISTS (SELECT 1 FROM event WHERE command = command.id AND"
        " instr(body, ?)))"
        " ORDER BY lamport DESC, device DESC LIMIT ?",
        [who, who, text, text, limit or -1],
    ).fetchall()
    return [_entry(book, row, gone) for row in rows]


def _entry(book: Book, row: tuple[Any, ...], gone: set[str]) -> Entry:
    command, lamport, device, at, who, verb = row
    numbers = book.db.execute(
        "SELECT text FROM number JOIN event ON event.id = number.event WHERE event.command = ? AND series !="
        " 'person' ORDER BY event.id",
        [command],
    ).fetchall()
    facts = book.db.execute("SELECT count(*) FROM event WHERE command = ?", [command]).fetchone()[0]
    name = Step(lamport, device).name
    moment = f"{clock.local(at):%Y-%m-%d %H:%M}"
    return Entry(name, moment, who, verb, facts, tuple(n for (n,) in numbers), name in gone, at.endswith("F"))
