"""Backups: dated, verified copies of the book; and putting one back without ever leaving half a book behind."""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from zaoyuan_cli.errors import BookUnreadable, FileUnreadable, Refusal, why
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.progress import working

from . import Book, clock, journal, ledger, opening, replaying

KEPT = 30


class Backup(NamedTuple):
    """A verified copy: its file, size in bytes, number of steps, and the older copies that were removed for it."""

    path: Path
    size: int
    steps: int
    removed: tuple[Path, ...] = ()


class Copy(NamedTuple):
    """What a copy is: the book's id, the estate's name, its number of steps, the moment of the last one."""

    id: str
    name: str
    steps: int
    last: str


def make(book: Book, folder: Path, keep: int = KEPT) -> Backup:
    """Copy the book into a folder under today's name, verify the copy, and remove the oldest beyond `keep`.
    Raises FileUnreadable (no room, no permission), BookUnreadable if the copy does not verify; then no copy is left."""
    with _words_for(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_full(folder, book.path)
        stem = f"{_safe(book.name)}-{book.id[:6]}"
        target = _free(folder, f"{stem}-{book.now:%Y-%m-%d-%H%M%S}")
        beside = folder / f".{target.name}.{os.getpid()}"
        try:
            os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            _copy(book.db, beside)
            found = verify(beside)
            _to_disk(beside)
            os.replace(beside, target)
            _to_disk(folder)
        finally:
            beside.unlink(missing_ok=True)
    old = _beyond(folder, stem, keep)
    for path in old:
        path.unlink()
    return Backup(target, target.stat().st_size, found.steps, old)


def _beyond(folder: Path, stem: str, keep: int) -> tuple[Path, ...]:
    """The copies of a book in a folder that are older than the newest `keep`."""
    dated = re.compile(re.escape(stem) + r"-(\d{4}-\d\d-\d\d-\d{6})(?:-(\d+))?\.db")
    found = [(match[1], int(match[2] or 1), path) for path in folder.iterdir() if (match := dated.fullmatch(path.name))]
    return tuple(path for _moment, _n, path in sorted(found)[: max(0, len(found) - keep)])


def verify(path: Path) -> Copy:
    """Judge a copy whole: the file, every chain, every private value, the ledger against the journal.
    Raises BookUnreadable saying what is wrong with it."""
    db, _reason = opening.open_file(path)
    try:
        with working(_("Checking the file")):
            found = db.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)]:
            raise opening.cut_short(path)
        for device in journal.heads(db):
            journal.verify(db, device)
        for commitment, salt, body in db.execute("SELECT commitment, salt, body FROM private").fetchall():
            if journal.commit(salt, body) != commitment:
                raise opening.cut_short(path)
        id = db.execute("SELECT id FROM book").fetchone()[0]
        steps, last = db.execute("SELECT count(*), max(at) FROM command").fetchone()
        name = db.execute("SELECT body ->> 'name' FROM event WHERE kind = 'books.begun.v1'").fetchone()
        current = db.execute("PRAGMA user_version").fetchone()[0] == ledger.VERSION
        if not steps or name is None or (current and replaying.differences(path)):
            raise opening.cut_short(path)
        return Copy(id, name[0], steps, f"{clock.local(last):%Y-%m-%d %H:%M}")
    except sqlite3.DatabaseError as error:
        raise opening.unreadable(error, path) from None
    finally:
        db.close()


def put_back(copy: Path, path: Path, now: datetime) -> Path | None:
    """Put a verified copy in the place of the book; the file in which the present one was kept, if there was one.
    At every moment the path holds either the book as it was or the copy, whole. Raises FileUnreadable, Refusal."""
    with _words_for(path):
        _refuse_full(path.parent, copy)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with (
                open(copy, "rb") as source,
                open(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as to,
            ):
                shutil.copyfileobj(source, to)
            _to_disk(beside)
            verify(beside)  # the very bytes that will be the book
            with _locked(path):
                kept = _set_aside(path, now)
                os.replace(beside, path)
                _to_disk(path.parent)
        finally:
            beside.unlink(missing_ok=True)
    return kept


def estate_of(path: Path) -> str:
    """The id of the book at a path; "" where there is none that can be read."""
    try:
        db, _reason = opening.open_file(path)
    except BookUnreadable:
        return ""
    try:
        return str(db.execute("SELECT id FROM book").fetchone()[0])
    except (sqlite3.DatabaseError, TypeError):
        return ""
    finally:
        db.close()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Nobody else writes the present book meanwhile, and what a crash left half done is rolled back first. A file that
    is no book cannot be locked and need not be."""
    try:
        db, reason = opening.open_file(path)
    except BookUnreadable:
        yield
        return
    try:
        if not reason:
            db.execute("BEGIN EXCLUSIVE")
        yield
    except sqlite3.DatabaseError as error:
        raise opening.unreadable(error, path) from None
    finally:
        db.close()


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Keep the present file under a dated name beside it: a second name of the same bytes, or a copy on a disk that has
    no second names. A journal that belongs to it goes with it, or SQLite would play it into the restored book."""
    if not os.path.lexists(path):
        return None
    kept = _free(path.parent, f"{path.stem}-before-restore-{now:%Y-%m-%d-%H%M%S}")
    try:
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)
        _to_disk(kept)
    journal_file = path.with_name(path.name + "-journal")
    if journal_file.exists():
        os.replace(journal_file, kept.with_name(kept.name + "-journal"))
    return kept


def _copy(db: sqlite3.Connection, target: Path) -> None:
    to = sqlite3.connect(target, isolation_level=None)
    try:
        to.execute("PRAGMA synchronous = EXTRA")
        with working(_("Copying the book")):
            db.backup(to)
    finally:
        to.close()


def _free(folder: Path, stem: str) -> Path:
    """A name in the folder that nothing has yet, and that comes after those of the same second."""
    taken = re.compile(re.escape(stem) + r"(?:-(\d+))?\.db")
    found = [int(match[1] or 1) for path in folder.iterdir() if (match := taken.fullmatch(path.name))]
    return folder / (f"{stem}-{max(found) + 1}.db" if found else f"{stem}.db")


def _safe(name: str) -> str:
    """An estate's name as part of a file's name on any system."""
    return re.sub(r'[\s<>:"/\\|?*.\x00-\x1f]+', "_", name)[:40].strip("_") or "book"


def _refuse_full(folder: Path, source: Path) -> None:
    need, free = source.stat().st_size * 11 // 10, shutil.disk_usage(folder).free
    if free < need:
        raise _full(folder)


def _full(folder: Path) -> FileUnreadable:
    return FileUnreadable(
        _("There is no room on the disk of {path}; nothing was written.").format(path=folder),
        field="file",
        value=str(folder),
        hint=_("Make room, or name another folder: {command}").format(command=sample("zaoyuan backup DIR")),
    )


@contextmanager
def _words_for(place: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE")):
            raise _full(place) from None
        raise opening.unreadable(error, place) from None
    except OSError as error:
        if error.errno in (28, 27, 122):  # no space, file too large, quota
            raise _full(place) from None
        raise FileUnreadable(
            _("{path} cannot be written: {reason}.").format(path=error.filename or place, reason=why(error)),
            field="file",
            value=str(error.filename or place),
        ) from None


def _to_disk(path: Path) -> None:
    """What was written is on the disk and not only in memory; folders cannot be synced everywhere."""
    with suppress(PermissionError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def refuse_other_estate(found: Copy, path: Path) -> None:
    """Raise Refusal if the copy is another book than the one at the path."""
    present = estate_of(path)
    if present and present != found.id:
        raise Refusal(
            _("The copy is of another book ({name}) than {path}.").format(name=found.name, path=path),
            field="file",
            value=found.name,
            hint=_("Look into it without restoring: {command}").format(command=sample("zaoyuan --book FILE")),
        )
