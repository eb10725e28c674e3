"""Check: the book judged whole. Chain, commitments, replay, numbers, sums, rules, open conflicts: every problem, or
none."""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from zaoyuan_cli.errors import BookUnreadable
from zaoyuan_cli.i18n import _, sample

from . import Book, conflicts, erasing, journal, kept, ledger, replaying
from .ledger import Problem

_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_ERROR", "SQLITE_CONSTRAINT")  # the last: two rows of one key


def problems(book: Book, names: Collection[str] = ()) -> list[Problem]:
    """Everything that is wrong with the book itself, or what only the named checks find; what people still have to do
    is the report's."""
    chosen = [check for name, check in CHECKS.items() if not names or name in names]
    with _one_moment(book.db):
        return [problem for check in chosen for problem in _whole(book, check)]


@contextmanager
def _one_moment(db: sqlite3.Connection) -> Iterator[None]:
    """All that is read inside is of one moment: who writes meanwhile waits."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _whole(book: Book, check: Callable[[Book], Iterator[Problem]]) -> Iterator[Problem]:
    """What a check finds, and that it stumbled where the damage is such that it cannot go on."""
    try:
        yield from check(book)
    except (ValueError, LookupError, TypeError, AttributeError, BookUnreadable) as damage:
        text = damage.message if isinstance(damage, BookUnreadable) else _("Something was altered that cannot be read.")
        yield Problem("file", check.__name__, text)
    except sqlite3.DatabaseError as damage:
        name = getattr(damage, "sqlite_errorname", "")  # none where Python could not read a text
        if name and not name.startswith(_DAMAGE):
            raise
        yield Problem("file", check.__name__, _("The file is damaged: {reason}.").format(reason=damage))


def chains(book: Book) -> Iterator[Problem]:
    """Every chain recomputed from its start; the file's own structure."""
    for device in journal.heads(book.db):
        try:
            journal.verify(book.db, device)
        except BookUnreadable as broken:
            yield Problem("chain", str(broken.value), broken.message)
    for (text,) in book.db.execute("PRAGMA quick_check").fetchall():
        if text != "ok":
            yield Problem("file", str(book.path), _("The file is damaged: {reason}.").format(reason=text))
    if book.device and not book.in_memory and (text := book.anchor.objection(book.db)):
        yield Problem("anchor", book.letter, text)


def commitments(book: Book) -> Iterator[Problem]:
    """Every private value and attachment still is what its event committed to."""
    erased = erasing.forbidden(book.db)
    rows = book.db.execute(
        "SELECT commitment, salt, private.body, lamport, device"
        " FROM private LEFT JOIN event ON event.private = commitment LEFT JOIN command ON command.id = command"
    )
    for commitment, salt, body, lamport, device in rows:
        if commitment in erased:
            where = journal.Step(lamport or 0, device or "-").name
            yield Problem("erased", where, _("Values of step {step} that were erased are back.").format(step=where))
        if lamport is None or journal.commit(salt, body) != commitment:
            where = journal.Step(lamport or 0, device or "-").name
            yield Problem("private", where, _("The private values of step {step} were altered.").format(step=where))
    missing = book.db.execute(
        "SELECT lamport, device, private FROM event JOIN command ON command = command.id WHERE private IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM private WHERE commitment = event.private) ORDER BY lamport, device"
    )
    for where in (journal.Step(*step).name for *step, commitment in missing if commitment not in erased):
        yield Problem("private", where, _("Private values of step {step} are missing.").format(step=where))
    from hashlib import sha256

    for digest, data in book.db.execute("SELECT hash, bytes FROM attachment"):
        if sha256(data).digest() != digest:
            yield Problem(
                "attachment", digest.hex()[:12], _("Attachment {name} was altered.").format(name=digest.hex()[:12])
            )


def replayed(book: Book) -> Iterator[Problem]:
    """The ledger is what the journal says. Of an altered journal it is not to be derived anew: the ledger may still
    hold what was true."""
    if book.in_memory or not (wrong := replaying.differences(book.path)):
        return
    said, command = _("Table {table} is not what the journal says; cure: {command}"), "zaoyuan rebuild"
    if any(problem.code == "chain" for problem in chains(book)):
        said = _("Table {table} is not what the journal, which was altered, says; put back a backup: {command}")
        command = sample("zaoyuan restore FILE")
    guard = _("{table}, which guards the file, is missing or was altered; cure: {command}")
    for name in wrong:
        text = guard if name in journal.GUARDS else said
        yield Problem("ledger", name, text.format(table=name, command=command))


def numbers(book: Book) -> Iterator[Problem]:
    """Numbers are gapless within letter and year."""
    from zaoyuan_cli.rules.numbers import kind_name

    rows = book.db.execute(
        "SELECT series, device, year, max(n), count(DISTINCT n) FROM number WHERE sub = 0"
        " GROUP BY series, device, year HAVING max(n) != count(DISTINCT n)"
    ).fetchall()
    for series, device, year, last, count in rows:
        yield Problem(
            "numbers",
            f"{series} {device}{year}",
            _("Of {series} numbers {device}{year} up to {last}, {missing} are missing.").format(
                series=_("person") if series == "person" else kind_name(series),
                device=device,
                year=year,
                last=last,
                missing=last - count,
            ),
        )


def sums(book: Book) -> Iterator[Problem]:
    """Kept totals are the sums of their entries."""
    yield from kept.differences(book.db)


def open_conflicts(book: Book) -> Iterator[Problem]:
    """What no person has settled yet, and every rule that is broken."""
    ledger.load_all()
    for conflict in conflicts.listing(book):
        yield Problem(conflict.kind, conflict.key, conflict.message)


def periods(book: Book) -> Iterator[Problem]:
    """Every closed sheet, recomputed, is what was closed."""
    from . import sheets

    yield from sheets.moved(book.db)


def ballots(book: Book) -> Iterator[Problem]:
    """Every closed vote, recounted from its slips, is what was closed (R-26)."""
    from . import tallies

    yield from tallies.moved(book.db)


CHECKS: dict[str, Callable[[Book], Iterator[Problem]]] = {
    "chains": chains,
    "commitments": commitments,
    "ledger": replayed,
    "numbers": numbers,
    "sums": sums,
    "conflicts": open_conflicts,
    "periods": periods,
    "ballots": ballots,
}
