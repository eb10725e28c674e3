"""Changes: fields that were edited, of any noun. The latest by day counts; each names the step that set the value it
saw, so that two laptops which edited one field without knowing of each other are found."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import _

from .ledger import Origin

TABLES = (
    "CREATE TABLE change (event INTEGER NOT NULL, noun TEXT NOT NULL, key TEXT NOT NULL, field TEXT NOT NULL,"
    " value TEXT NOT NULL, since TEXT NOT NULL, lamport INTEGER NOT NULL, device TEXT NOT NULL, step TEXT NOT NULL,"
    " saw TEXT NOT NULL, PRIMARY KEY (event, field)) STRICT",
    "CREATE INDEX change_of ON change (noun, key, field, since)",
)
FOREVER = "9999-12-31"


def put(
    db: sqlite3.Connection,
    origin: Origin,
    noun: str,
    key: str,
    since: date,
    changes: Mapping[str, Any],
    saw: Mapping[str, str],
) -> None:
    """Write the rows of an edit."""
    db.executemany(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                origin.event,
                noun,
                key,
                field,
                json.dumps(changes[field]) if field in changes else "",  # erased: it says nothing any more
                since.isoformat(),
                *origin[1:],
                origin.step,
                seen,
            )
            for field, seen in saw.items()
        ],
    )


def latest(
    db: sqlite3.Connection, noun: str, as_of: date | None = None, key: str | None = None
) -> dict[str, dict[str, Any]]:
    """For each record of a noun, the fields that were ever edited, as they are on a day (now without one)."""
    rows = db.execute(
        "SELECT key, field, value FROM change WHERE noun = ? AND value != '' AND since <= ?"
        f"{'' if key is None else ' AND key = ?'} ORDER BY since, lamport, device",
        [noun, as_of.isoformat() if as_of else FOREVER, *([] if key is None else [key])],
    ).fetchall()
    found: dict[str, dict[str, Any]] = {}
    for of, field, value in rows:
        found.setdefault(of, {})[field] = json.loads(value)
    return found


def since(db: sqlite3.Connection, noun: str, key: str, heads: Mapping[str, int], as_of: date) -> list[str]:
    """The fields of a record that were edited up to a day by steps which some heads had not seen."""
    rows = db.execute(
        "SELECT DISTINCT field FROM change WHERE noun = ? AND key = ? AND value != '' AND since <= ?"
        " AND lamport > ifnull(? ->> substr(device, 1, 1), 0) ORDER BY lamport, device, field",
        [noun, key, as_of.isoformat(), json.dumps(dict(heads))],
    ).fetchall()
    return [field for (field,) in rows]


def seen(db: sqlite3.Connection, noun: str, key: str, fields: Mapping[str, Any]) -> dict[str, str]:
    """For each field about to be edited, the step that set the value it has now ("" for the value it began with)."""
    found = {}
    for field in fields:
        row = db.execute(
            "SELECT step FROM change WHERE noun = ? AND key = ? AND field = ?"
            " ORDER BY since DESC, lamport DESC, device DESC LIMIT 1",
            [noun, key, field],
        ).fetchone()
        found[field] = row[0] if row else ""
    return found


def refuse_earlier(db: sqlite3.Connection, noun: str, key: str, fields: Collection[str], on: date) -> None:
    """A change before the last one of the same field would change nothing today: Refusal, naming that day."""
    marks = ", ".join("?" for _field in fields)
    last = db.execute(
        f"SELECT max(since) FROM change WHERE noun = ? AND key = ? AND field IN ({marks})", [noun, key, *fields]
    ).fetchone()[0]
    if last and on.isoformat() < last:
        raise Refusal(
            _("{room} was changed from {day} on; an earlier day would change nothing.").format(room=key, day=last),
            field="date",
            value=on,
            hint=_("Give that day or a later one: {flag}").format(flag=f"-d {last}"),
        )


def clashes(db: sqlite3.Connection) -> Iterator[tuple[str, str, str, list[str]]]:
    """(noun, key, field, steps) of every field that was edited from one value to two."""
    for noun, key, field, steps in db.execute(
        "SELECT noun, key, field, group_concat(step, ' ')"
        " FROM (SELECT * FROM change WHERE value != '' ORDER BY lamport, device)"
        " GROUP BY noun, key, field, saw HAVING count(DISTINCT value) > 1 ORDER BY noun, key, field, saw"
    ).fetchall():
        yield noun, key, field, steps.split()
