"""A vote of a city: 100,000 households, 20 questions, three fifths of the slips entered twice. Makes the book once and
tells how long a tally takes over start-up, and one slip beside one payment:

    python tests/benchmarks/ballots.py FOLDER [DOORS] [QUESTIONS]
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from scale import rooms

from zaoyuan_cli.book import founding, open_book, rolls, slips
from zaoyuan_cli.facts.ballots import BallotOpened
from zaoyuan_cli.facts.households import HouseholdAdded
from zaoyuan_cli.facts.people import PersonAdded
from zaoyuan_cli.facts.projects import ProjectAdded
from zaoyuan_cli.facts.slips import SlipCast
from zaoyuan_cli.rules.ballots import CHOICES

DAY, UNTIL = date(2022, 5, 31), date(2022, 6, 20)
NOW = "2022-06-10T09:00:00+08:00"
STEP = 10_000


def make(path: Path, home: Path, doors: list[str], questions: int) -> None:
    """The book: every door its own owner, areas of 50 to 150 m2."""
    book, chance = founding.found(path, home, "大城", "李秀英"), random.Random(278)
    areas = [chance.randrange(50_00, 150_00) for _door in doors]
    ids = []
    with book.writing("import households"):
        for n, (room, area) in enumerate(zip(doors, areas, strict=True)):
            ids.append(f"pA{n + 10}")
            book.record(PersonAdded(person=ids[-1], on=DAY, name=f"业主{n}", initials="yz"))
            book.record(HouseholdAdded(room=room, unit=room.rpartition("-")[0], on=DAY, owners=(ids[-1],), area=area))
    with book.writing("project add"):
        dues = tuple((room, "", 100_00) for room in doors)
        book.record(ProjectAdded(project="车棚", fund="众筹专项", on=DAY, levy="household", rate=100_00, dues=dues))
    roll = tuple((id, room, area) for id, room, area in zip(ids, doors, areas, strict=True))
    with book.writing("ballot open"):
        book.record(
            BallotOpened(
                number="BA2022-1", on=DAY, matter=7, until=UNTIL, posted=DAY, took_part="2/3", consent="3/4", roll=roll,
                questions=questions, text="改造", asked=tuple(f"第{n}项" for n in range(1, questions + 1)),
            )
        )  # fmt: skip
    cast = [id for id in ids if chance.random() < 0.6]
    for start in range(0, len(cast), STEP):
        with book.writing("ballot run"):
            for n, id in enumerate(cast[start : start + STEP], start):
                choices = tuple(chance.choices(CHOICES, (7, 2, 1), k=questions))
                for entry in (1, 2):
                    book.record(SlipCast(ballot="BA2022-1", voter=id, paper=n + 1, entry=entry, choices=choices,
                                         received=DAY, on=DAY))  # fmt: skip
    assert rolls.roll_sum(book.db, "BA2022-1").voters == len(doors)
    book.close()


def seconds(path: Path, home: Path, *argv: str) -> float:
    env = {**os.environ, "ZAOYUAN_HOME": str(home), "ZAOYUAN_BOOK": str(path), "ZAOYUAN_NOW": NOW}
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "zaoyuan_cli.app", *argv], env=env, capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode())
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("doors", type=int, nargs="?", default=100_000)
    parser.add_argument("questions", type=int, nargs="?", default=20)
    said = parser.parse_args()
    path, home, doors = said.folder / "city.db", said.folder / "home", rooms(said.doors)
    if not path.exists():
        start = time.perf_counter()
        make(path, home, doors, said.questions)
        print(f"made in {time.perf_counter() - start:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
    bare = statistics.median(seconds(path, home, "book", "--json") for _n in range(3))
    for argv in (("--json",), ()):
        tally = statistics.median(seconds(path, home, "ballot", "tally", "B1", *argv) for _n in range(3))
        print(f"tally {' '.join(argv):<8} {tally - bare:6.2f} s over start-up   at most 2")
    out = slips.uncast(open_book(path, home).db, "BA2022-1")  # fewer by a few each time on a folder used before
    free = [room for room in reversed(doors) if room in out][:15]
    pay = statistics.median(seconds(path, home, "pay", room, "1", "-p", "车棚", "--yes") for room in free[:5])
    choices = ",".join("1" * said.questions)
    cast = statistics.median(seconds(path, home, "ballot", "cast", "B1", room, choices) for room in free)
    print(f"one slip {cast:.2f} s, one payment {pay:.2f} s")


if __name__ == "__main__":
    main()
