"""The ledger's version: tables or derivations that change without a new one would leave old books with old tables."""

import inspect
import sqlite3
from hashlib import sha256
from pathlib import Path

from zaoyuan_cli.book import ledger

LEDGERS = Path(__file__).parent / "ledgers.txt"


def test_a_changed_ledger_has_a_new_version_so_that_every_older_book_is_rebuilt_when_it_is_opened() -> None:
    ledger.load_all()
    tables = [*ledger.OWN, *(line for name in ledger.NOUNS for line in getattr(ledger._noun(name), "TABLES", ()))]
    derives = [ledger._DERIVES[kind] for kind in sorted(ledger._DERIVES)]
    derivations = [inspect.getsource(one) for one in derives if one.__module__.startswith("zaoyuan_cli.")]
    digest = sha256("\n".join([*tables, *derivations]).encode()).hexdigest()[:16]
    known = dict(line.split() for line in LEDGERS.read_text(encoding="utf-8").splitlines())
    assert known.get(str(ledger.VERSION)) == digest, (
        f"The ledger changed: raise VERSION in book/ledger.py and write its line in {LEDGERS.name}: N {digest}"
    )
    assert max(map(int, known)) == ledger.VERSION


def test_every_table_of_the_ledger_has_a_key_so_that_comparing_it_with_a_replay_finds_whatever_differs() -> None:
    db = sqlite3.connect(":memory:")
    ledger.create(db)
    for table in ledger.tables(db):
        columns = {row[1]: (row[3], row[5]) for row in db.execute(f"PRAGMA table_info({table})")}
        keys = [[name for name, (_stated, key) in columns.items() if key]]
        for index, unique in [(row[1], row[2]) for row in db.execute(f"PRAGMA index_list({table})")]:
            keys += [[row[2] for row in db.execute(f"PRAGMA index_info({index})")]] if unique else []
        assert any(key and all(columns[one][0] or columns[one][1] for one in key) for key in keys), table
