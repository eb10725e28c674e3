"""A quick look into a book for the shell's completion: read-only, never waits long, never complains."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from zaoyuan_cli.rules import names

NAMED = {  # what is completed by its own name: (table, column)
    "project": ("project", "project"),
    "fund": ("fund", "fund"),
    "account": ("account", "account"),
    "body": ("body", "body"),
    "bylaw": ("bylaw", "bylaw"),
    "task": ("task", "number"),
    "meeting": ("meeting", "number"),
    "receipt": ("contribution", "number"),
    "decision": ("decision", "number"),
    "motion": ("motion", "number"),
    "deliberation": ("deliberation", "number"),
    "notice": ("notice", "number"),
    "unit": ("household", "unit"),
    "grid": ("household", "grid"),
}
OWNED = {  # what is completed by its owner's name too: (table, column, the table of owners)
    "who": ("household", "room", "ownership"),
    "space": ("space", "space", "space_ownership"),
}


def peek(path: Path, kind: str, typed: str, limit: int = 60) -> list[tuple[str, str]]:
    """(word, what it is) for what was typed so far: rooms and special spaces by number, owner's name or initials;
    others by their name's start. Empty where there is no book, or it is busy."""
    try:
        db = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=0.2)
        try:
            return _owned(db, kind, typed, limit) if kind in OWNED else _named(db, kind, typed, limit)
        finally:
            db.close()
    except sqlite3.Error:
        return []


def _named(db: sqlite3.Connection, kind: str, typed: str, limit: int) -> list[tuple[str, str]]:
    table, column = NAMED[kind]
    rows = db.execute(
        f"SELECT DISTINCT {column} FROM {table} WHERE {column} LIKE ? || '%' ORDER BY event DESC LIMIT ?",
        [typed, limit],
    ).fetchall()
    return [(name, "") for (name,) in rows]


def _owned(db: sqlite3.Connection, kind: str, typed: str, limit: int) -> list[tuple[str, str]]:
    table, key, owners = OWNED[kind]
    rows = db.execute(
        f"SELECT {key}, ifnull(name, ''), ifnull(initials, '')"
        f" FROM {table} LEFT JOIN {owners} USING ({key}) LEFT JOIN person USING (person) ORDER BY {table}.event"
    ).fetchall()
    found = [
        (number, name)
        for number, name, readings in rows
        if number.startswith(typed.upper()) or (typed and names.rank(typed, name, readings, ""))
    ]
    return list(dict(found).items())[:limit]
