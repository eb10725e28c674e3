"""Opening a book's file: what is not a book gets its own words, nothing is overwritten, reading works where it can."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from zaoyuan_cli.errors import BookUnreadable, why
from zaoyuan_cli.i18n import _, sample

from .journal import APPLICATION_ID

BUSY_MS = 30_000


def connect(path: Path | None, readonly: bool = False) -> sqlite3.Connection:
    """A connection with the pragmas every book needs; path None is a book in memory."""
    target = ":memory:" if path is None else f"file:{quote(str(path.absolute()))}?mode={'ro' if readonly else 'rw'}"
    db = sqlite3.connect(target, uri=True, isolation_level=None, check_same_thread=False)
    db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA cache_size = -65536")  # 64 MB, taken only when needed: a rebuild need not spill
    if not readonly:
        db.execute("PRAGMA synchronous = EXTRA")
        db.execute("PRAGMA secure_delete = ON")
    return db


def create(path: Path) -> sqlite3.Connection:
    """A new, empty file readable by its owner only. Raises BookUnreadable if something is there already."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise BookUnreadable(
            _("No book can be made at {path}: {reason}.").format(path=path, reason=why(error)), value=str(path)
        ) from None
    db = connect(path)
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return db


def refuse_taken(path: Path) -> None:
    """Raise BookUnreadable if anything is at the path already: no book is begun over something else."""
    if os.path.lexists(path):
        raise _taken(path)


def _taken(path: Path) -> BookUnreadable:
    return BookUnreadable(
        _("There is a file at {path} already; it was not touched.").format(path=path),
        value=str(path),
        hint=_("Choose another name: {command}").format(command=sample("zaoyuan init --book NAME.db")),
    )


def put_new(beside: Path, path: Path) -> None:
    """Give a finished file its name, which must be free. Raises BookUnreadable if it was taken meanwhile."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:  # a stick without hard links
        refuse_taken(path)
        os.rename(beside, path)


def open_file(path: Path) -> tuple[sqlite3.Connection, str]:
    """A connection to the book at a path, and why it can only be read ("" when it can be written).
    Raises BookUnreadable, saying which: missing, a directory, no file, empty, no database, cut short, another
    program's."""
    _refuse_strange(path)
    reason = ""
    if not os.access(path, os.W_OK) or not os.access(path.absolute().parent, os.W_OK):
        reason = _("The file {path} or its folder is write-protected.").format(path=path)
    with in_words(path), ExitStack() as refused:
        db = refused.enter_context(closing(connect(path, readonly=bool(reason))))
        _is_book(db, path)
        refused.pop_all()  # it is a book, and stays open
    return db, reason


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """What SQLite has against a book's file inside is said as BookUnreadable. Of a damaged schema it complains in bytes
    that need not be UTF-8, which Python then cannot even raise."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise unreadable(error, path) from None
    except UnicodeDecodeError:
        raise cut_short(path) from None


def _refuse_strange(path: Path) -> None:
    try:
        found = path.stat()
    except FileNotFoundError:
        raise BookUnreadable(
            _("There is no book at {path}.").format(path=path),
            value=str(path),
            hint=_("Begin one: {init}   See an example: {demo}").format(init="zaoyuan init", demo="zaoyuan --demo"),
        ) from None
    except OSError as error:
        raise BookUnreadable(
            _("{path} cannot be opened: {reason}.").format(path=path, reason=why(error)), value=str(path)
        ) from None
    if stat.S_ISDIR(found.st_mode):
        raise BookUnreadable(_("{path} is a folder, not a book.").format(path=path), value=str(path))
    if not stat.S_ISREG(found.st_mode):
        raise BookUnreadable(_("{path} is not an ordinary file.").format(path=path), value=str(path))
    if not found.st_size:
        raise BookUnreadable(
            _("{path} is empty, not a book; it was not touched.").format(path=path),
            value=str(path),
            hint=_("Take the newest copy back: {command}").format(command=sample("zaoyuan restore FILE")),
        )
    if not os.access(path, os.R_OK):
        raise BookUnreadable(_("You may not read {path}.").format(path=path), value=str(path))


def _is_book(db: sqlite3.Connection, path: Path) -> None:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    if application != APPLICATION_ID or not {"book", "command", "event"} <= tables:
        raise BookUnreadable(
            _("{path} is the database of another program, not a book.").format(path=path), value=str(path)
        )
    db.execute("BEGIN")  # held while the size is measured, or a writer could make the file longer in between
    pages = db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]
    size = path.stat().st_size
    db.execute("COMMIT")
    if size < pages:
        raise cut_short(path)


def cut_short(path: Path) -> BookUnreadable:
    """The book's file is damaged or not whole."""
    return BookUnreadable(
        _("{path} is damaged or was cut short.").format(path=path),
        value=str(path),
        hint=_("Keep this file, and take the newest copy back: {command}").format(
            command=sample("zaoyuan restore FILE")
        ),
    )


def unreadable(error: sqlite3.Error, path: Path) -> BookUnreadable:
    """The words for what SQLite says of a book's file."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_NOTADB"):
        return BookUnreadable(_("{path} is not a database, so it is no book.").format(path=path), value=str(path))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BookUnreadable(
            _("{path} is in use by another program.").format(path=path),
            value=str(path),
            hint=_("Close the other program or wait, then try again."),
        )
    if not name or name.startswith("SQLITE_CORRUPT"):
        return cut_short(path)
    if name.startswith("SQLITE_READONLY"):
        return BookUnreadable(_("{path} can only be read.").format(path=path), value=str(path))
    if name.startswith("SQLITE_FULL"):
        return BookUnreadable(
            _("The disk of {path} is full; the book was not changed.").format(path=path), value=str(path)
        )
    return BookUnreadable(_("{path} cannot be used: {reason}.").format(path=path, reason=name), value=str(path))
