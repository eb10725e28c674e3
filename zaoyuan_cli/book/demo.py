"""The demo book: an invented estate's journal, shipped with the program, loaded by the same code that merges two
books."""

import os
from hashlib import sha256
from pathlib import Path

from zaoyuan_cli import data_folder

from . import Book, door, founding, merging, replaying


def path(folder: Path, fresh: bool = False) -> Path:
    """The demo book in a cache folder, made where it is missing, older than the program's, or wanted fresh."""
    events = data_folder() / "demo.events"
    book = folder / f"demo-{sha256(events.read_bytes()).hexdigest()[:8]}.db"
    if fresh or not book.exists():
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f"demo-{os.getpid()}.tmp"
        try:
            load(events, beside, folder)
            os.replace(beside, book)
        finally:
            beside.unlink(missing_ok=True)
    return book


def load(events: Path, path: Path, home: Path) -> None:
    """A book made of an events file alone; its own device A goes on writing into it on this machine."""
    brought = door.read(events)
    path.unlink(missing_ok=True)
    db = founding.empty(path, brought.book)
    try:
        db.execute("BEGIN IMMEDIATE")
        merging.take_in(db, brought, day=None)
        replaying.rebuild(db)
        db.execute("COMMIT")
        book = Book(db, path, home)
        book.anchor.begin(db, next(one.device for one in brought.commands if one.device.startswith("A")))
    finally:
        db.close()
