"""A book of many contributions, written through the one door for writing, as a day's work is: each step 10,000 of
them. Ten years, several projects, every household in every levy. Called by speed.py, or by itself:

    python tests/benchmarks/scale.py BOOK.db HOME CONTRIBUTIONS [DOORS]      # HOME: an empty settings folder

It prints contributions a second and bytes a contribution. With --peers FOLDER it writes the same money for hledger and
ledger beside it."""

import argparse
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from zaoyuan_cli.book import founding
from zaoyuan_cli.facts.contributions import ContributionReceived
from zaoyuan_cli.facts.households import HouseholdAdded
from zaoyuan_cli.facts.projects import ProjectAdded

FIRST = date(2012, 5, 31)
DAYS = 3_653  # ten years
PROJECTS = tuple(f"项目{n}" for n in range(1, 21))
STEP = 10_000
ACCOUNTS = ("现金", "微信", "支付宝", "银行")


def rooms(doors: int) -> list[str]:
    """So many doors: units of fifteen, buildings of two units."""
    return [f"{n // 30 + 1}-{n // 15 % 2 + 1}-{n // 3 % 5 + 1}{n % 3 + 1:02}" for n in range(doors)]


def contributions(count: int, doors: list[str]) -> Iterator[tuple[date, str, str, str]]:
    """(day, room, project, account) of each, in the order of days; every pair of household and project has its turn."""
    for n in range(count):
        day = FIRST + timedelta(days=n * DAYS // count)
        yield day, doors[n % len(doors)], PROJECTS[n // len(doors) % len(PROJECTS)], ACCOUNTS[n % len(ACCOUNTS)]


def make(path: Path, home: Path, count: int, doors: list[str]) -> None:
    book = founding.found(path, home, "枣园小区", "李秀英")
    with book.writing("import households"):
        for room in doors:
            book.record(HouseholdAdded(room=room, unit=room.rpartition("-")[0], on=FIRST))
    with book.writing("project add"):
        for project in PROJECTS:
            dues = tuple((room, "", 1000 * 100) for room in doors)
            book.record(
                ProjectAdded(project=project, fund="众筹专项", on=FIRST, levy="household", rate=100000, dues=dues)
            )
    size, start, paid = path.stat().st_size, time.perf_counter(), contributions(count, doors)
    for _ in range(0, count, STEP):
        with book.writing("pay"):
            for _one, (day, room, project, account) in zip(range(STEP), paid, strict=False):
                book.record(
                    ContributionReceived(
                        number=book.number("receipt"), fen=100, account=account, fund="众筹专项", on=day, room=room,
                        project=project, agreed=True,
                    )
                )  # fmt: skip
    book.close()
    took, grown = time.perf_counter() - start, path.stat().st_size - size
    print(f"{count} contributions: {count / took:.0f} a second, {grown / count:.0f} bytes each")


def peers(folder: Path, count: int, doors: list[str]) -> None:
    """The same money as text, which both hledger and ledger read."""
    with (folder / f"{count}.journal").open("w", encoding="utf-8") as file:
        for day, room, project, account in contributions(count, doors):
            file.write(f"{day} {room}\n  assets:{account}  CNY 1.00\n  income:{project}:{room}\n\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path)
    parser.add_argument("home", type=Path)
    parser.add_argument("contributions", type=int)
    parser.add_argument("doors", type=int, nargs="?", default=150)
    parser.add_argument("--peers", type=Path)
    said = parser.parse_args()
    make(said.book, said.home, said.contributions, rooms(said.doors))
    if said.peers:
        peers(said.peers, said.contributions, rooms(said.doors))


if __name__ == "__main__":
    main()
