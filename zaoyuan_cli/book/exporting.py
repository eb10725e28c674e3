"""The journal as a text file, one command a line: what one book sends to another, and what the demo is kept as."""

import base64
import json
import sqlite3
from collections.abc import Iterator

from . import Book

FORMAT = 1


def lines(book: Book) -> Iterator[str]:
    """The lines of an `.events` file: a head naming the book, then each command with its events, then each
    attachment."""
    db = book.db
    yield _json({"zaoyuan": FORMAT, "book": book.id})
    for id, *header, link in db.execute(
        "SELECT id, lamport, device, at, who, verb, hash FROM command ORDER BY lamport, device"
    ).fetchall():
        names = ("lamport", "device", "at", "who", "verb")
        yield _json(dict(zip(names, header, strict=True)) | {"hash": link.hex(), "events": events(db, id)})
    for digest, kind, data in db.execute("SELECT hash, kind, bytes FROM attachment ORDER BY hash"):
        yield _json({"attachment": digest.hex(), "kind": kind, "bytes": base64.b64encode(data).decode()})


def events(db: sqlite3.Connection, command: int) -> list[dict[str, object]]:
    """The events of a command, texts as stored; private values and salt only where they still exist."""
    rows = db.execute(
        "SELECT kind, event.body, private, person, salt, private.body"
        " FROM event LEFT JOIN private ON commitment = private WHERE command = ? ORDER BY event.id",
        [command],
    ).fetchall()
    found: list[dict[str, object]] = []
    for kind, body, commitment, person, salt, secret in rows:
        one: dict[str, object] = {"kind": kind, "body": body}
        if commitment:
            one["commitment"] = commitment.hex()
        if secret is not None:
            one["private"] = {"person": person, "salt": salt.hex(), "body": secret}
        found.append(one)
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def attachments(book: Book) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every file kept: named by the number of what it belongs to, EA2022-3-1.jpeg, or by its SHA-256
    where that was undone."""
    tables = ("expense", "voucher", "correspondence", "notice")
    query = " UNION ALL ".join(f"SELECT number, attachments FROM {table} WHERE attachments != ''" for table in tables)
    named: dict[str, str] = {}
    for number, files in book.db.execute(query).fetchall():
        named |= {digest: f"{number}-{n}" for n, digest in enumerate(files.split(), 1) if digest not in named}
    for digest, kind, data in book.db.execute("SELECT hash, kind, bytes FROM attachment ORDER BY hash"):
        yield f"{named.get(digest.hex(), digest.hex()[:16])}.{kind or 'bin'}", data
