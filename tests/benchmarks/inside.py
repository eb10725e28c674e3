"""Within one process, on a book of 20,000 events: the price of the journal. Called by speed.py."""

import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from zaoyuan_cli.book import journal, ledger, open_book, replaying


def best(run: Callable[[], object], rounds: int = 7) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def judged(name: str, value: float, limit: float, unit: str) -> bool:
    kept = value <= limit
    print(f"{name:<44}{value:9.2f} {unit}   at most {limit}   {'kept' if kept else 'MISSED'}")
    return kept


def main() -> None:
    path, home = Path(sys.argv[1]), Path(sys.argv[2])
    book = open_book(path, home)
    db, events = book.db, book.db.execute("SELECT count(*) FROM event").fetchone()[0]

    def plain() -> None:
        rows = db.execute(
            "SELECT lamport, device, at, who, verb, kind, body, private FROM command JOIN event ON command = command.id"
            " ORDER BY lamport"
        )
        for _ in rows:
            pass

    verify = best(lambda: journal.verify(db, book.device)) / best(plain)
    kept = judged("verify / reading the rows", verify, 2, "x")

    start = time.perf_counter()
    db.execute("BEGIN IMMEDIATE")
    replaying.rebuild(db)
    kept &= judged("rebuild, an event", (time.perf_counter() - start) / events * 1e6, 30, "us")
    db.execute("ROLLBACK")
    kept &= judged("heads and counts at open", best(lambda: book.anchor.objection(db)) * 1000, 1, "ms")
    kept &= judged("append / the same rows unjournalled", append(book), 2, "x")
    sys.exit(0 if kept else 1)


def append(book: object) -> float:
    """Payments recorded through the journal, against the same ledger rows inserted bare; nothing is kept."""
    from datetime import date

    from zaoyuan_cli.facts.contributions import ContributionReceived

    db: sqlite3.Connection = book.db  # type: ignore[attr-defined]

    def fact(n: int) -> ContributionReceived:
        return ContributionReceived(
            number=f"Z2022-{n:04}",
            fen=100,
            account="现金",
            fund="众筹专项",
            on=date(2022, 5, 1),
            room="1-1-101",
            project="车棚",
        )

    def journalled() -> None:
        db.execute("BEGIN IMMEDIATE")
        pending = journal.Pending(db, "Z0", "2022-05-31T00:00:00Z", "", "pay")
        for n in range(2000):
            ledger.derive(db, pending.append(fact(n)))
        pending.seal()
        db.execute("ROLLBACK")

    def bare() -> None:
        db.execute("BEGIN IMMEDIATE")
        for n in range(2000):
            ledger.derive(db, journal.Event(10_000_000 + n, journal.Step(1, "Z0"), ContributionReceived.kind, fact(n)))
        db.execute("ROLLBACK")

    return best(journalled) / best(bare)


if __name__ == "__main__":
    main()
