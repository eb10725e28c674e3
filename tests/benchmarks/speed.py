"""How fast the program is, against a bare floor and its peers, as whole processes run in turn on one machine.

    python tests/benchmarks/speed.py            # about six minutes; -n 3 for a quick look, --million for row 6 as well

It makes its own folder with a virtualenv for the peers (click, beanquery; hledger and ledger from the system, or they
are left out)
and prints medians and the median of the ratios taken round by round. Only ratios of one run mean anything."""

import argparse
import os
import pty
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOW = "2022-05-31T12:00:00+08:00"
Command = list[str]


def quiet(command: Command, env: dict[str, str]) -> float:
    """Seconds of one whole process."""
    start = time.perf_counter()
    subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return time.perf_counter() - start


def on_terminal(command: Command, env: dict[str, str]) -> float:
    """The same on a pseudo-terminal, so that the table is drawn."""
    start = time.perf_counter()
    master, slave = pty.openpty()
    child = subprocess.Popen(command, env=env, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    try:
        while os.read(master, 65536):
            pass
    except OSError:
        pass
    os.close(master)
    if child.wait():
        raise subprocess.CalledProcessError(child.returncode, command)
    return time.perf_counter() - start


class Row:
    """A thing to time: its name, how to run it once, what it may cost at most, as (peer, ratio)."""

    def __init__(self, name: str, run: Callable[[], float], *limits: tuple[str, float]) -> None:
        self.name, self.run, self.limits = name, run, limits
        self.times: list[float] = []


def measure(rows: list[Row], rounds: int) -> bool:
    """Run the rows in turn, print medians and ratios; true if every limit is kept."""
    for row in rows:
        row.run()
    for _ in range(rounds):
        for row in rows:
            row.times.append(row.run())
    by_name, kept = {row.name: row for row in rows}, True
    for row in rows:
        middle, least, most = (of(row.times) * 1000 for of in (statistics.median, min, max))
        print(f"{row.name:<44}{middle:9.1f} ms  [{least:.0f}..{most:.0f}]")
        for peer, limit in row.limits:
            if peer not in by_name:
                print(f"    x {peer}: not installed, left out")
                continue
            ratio = statistics.median(a / b for a, b in zip(row.times, by_name[peer].times, strict=True))
            kept &= ratio <= limit
            print(f"    x {peer:<34}{ratio:7.2f}   at most {limit}   {'kept' if ratio <= limit else 'MISSED'}")
    return kept


class House:
    """A folder with books, peers and their inputs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = sys.executable
        self.zaoyuan = [sys.executable, "-m", "zaoyuan_cli.app"]
        self.env = {
            **{name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE",)},
            "ZAOYUAN_HOME": str(folder / "home"), "ZAOYUAN_NOW": NOW, "ZAOYUAN_LANG": "zh",
            "PYTHONPATH": str(ROOT), "TERM": "xterm",
        }  # fmt: skip
        self.env.pop("NO_COLOR", None)

    def run(self, *words: str, book: str = "book.db") -> None:
        done = subprocess.run(
            [*self.zaoyuan, "--book", str(self.folder / book), *words, "--yes"],
            env=self.env,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(f"zaoyuan {' '.join(words)}: {done.stderr}")

    def timed(self, *words: str, book: str = "book.db", screen: bool = False) -> Callable[[], float]:
        command = [*self.zaoyuan, "--book", str(self.folder / book), *words]
        return lambda: (on_terminal if screen else quiet)(command, self.env)

    def other(self, *command: str) -> Callable[[], float]:
        return lambda: quiet(list(command), self.env)

    def peers(self) -> Path:
        """A virtualenv with the peers in it."""
        place = self.folder / "peers"
        venv.create(place, with_pip=True)
        subprocess.run([place / "bin" / "pip", "install", "-q", "click", "beancount", "beanquery"], check=True)
        return place / "bin"


def roster(path: Path, doors: int = 150) -> None:
    lines = ["房号,业主,建筑面积,微网格,状态,电动车"]
    for n in range(doors):
        b, u, f, d = n // 30 % 5 + 1, n // 15 % 2 + 1, n // 3 % 5 + 1, n % 3 + 1
        lines.append(f"{b}-{u}-{f}{d:02},住户{n},88.50,1,自住,是")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def ledgers(folder: Path, entries: int = 150) -> None:
    """The same payments for hledger and beancount."""
    hledger, bean = (
        [],
        ['option "operating_currency" "CNY"', "2019-01-01 open Assets:Cash", "2019-01-01 open Income:Shed"],
    )
    for n in range(entries):
        day = f"2022-0{n % 5 + 1}-{n % 28 + 1:02}"
        hledger.append(f"{day} room {n}\n  assets:cash  100.00\n  income:shed:{n}\n")
        bean.append(f'{day} * "room {n}"\n  Assets:Cash  100.00 CNY\n  Income:Shed\n')
    (folder / "book.journal").write_text("\n".join(hledger), encoding="utf-8")
    (folder / "book.bean").write_text("\n".join(bean), encoding="utf-8")


def prepare(house: House) -> None:
    roster(house.folder / "roster.csv")
    house.run("init", "--name", "枣园小区", "--who", "李秀英")
    house.run("import", "households", str(house.folder / "roster.csv"))
    house.run("project", "add", "车棚", "--fund", "众筹专项", "--levy", "1000000", "--where", "ebike")
    house.run("project", "use", "车棚")
    ledgers(house.folder)
    (house.folder / "row.json").write_text('{"room": "1-1-101", "fen": 10000}', encoding="utf-8")
    verbs = "".join(f"@cli.command()\ndef {name}(): 'One verb.'\n" for name in "ab")
    mini = f"import click\n@click.group()\ndef cli(): pass\n{verbs}cli()\n"
    (house.folder / "mini.py").write_text(mini, encoding="utf-8")


def everyday(house: House) -> Iterator[Row]:
    """Rows 1 to 3 of the goals: a payment, a list, the help."""
    peers = house.peers()
    yield Row("python -c pass", house.other(house.python, "-c", "pass"))
    sqlite_utils = str(Path(house.python).parent / "sqlite-utils")
    yield Row(
        "sqlite-utils insert, one row",
        house.other(sqlite_utils, "insert", str(house.folder / "peer.db"), "t", str(house.folder / "row.json")),
    )
    if shutil.which("hledger"):
        yield Row("hledger bal", house.other("hledger", "-f", str(house.folder / "book.journal"), "bal"))
    query = "SELECT account, sum(position) GROUP BY account"
    yield Row("bean-query", house.other(str(peers / "bean-query"), str(house.folder / "book.bean"), query))
    yield Row("click --help", house.other(str(peers / "python"), str(house.folder / "mini.py"), "--help"))
    yield Row(
        "zaoyuan pay",
        house.timed("pay", "3-2-501", "1", "--yes"),
        ("python -c pass", 10),
        ("sqlite-utils insert, one row", 0.9),
    )
    yield Row("zaoyuan unpaid, piped", house.timed("unpaid"), ("python -c pass", 9), ("hledger bal", 3))
    yield Row("zaoyuan unpaid, terminal", house.timed("unpaid", screen=True), ("bean-query", 1))
    yield Row("zaoyuan --help", house.timed("--help"), ("click --help", 2))


def modules(house: House) -> bool:
    """Row 4: what a quick command must not load."""
    heavy = "{'pydantic', 'rich', 'sqlite_utils', 'typst', 'jinja2', 'pypinyin', 'click'}"
    kept = True
    for words in (["--version"], ["pay", "3-2-502", "1", "--yes"], ["unpaid"], ["household", "list"]):
        line = ["--book", str(house.folder / "book.db"), *words]
        code = f"import sys; from zaoyuan_cli.app import run; run({line!r})"
        code += f"; print(sorted({heavy} & set(sys.modules)), file=sys.stderr)"
        done = subprocess.run([house.python, "-c", code], env=house.env, capture_output=True, text=True, check=True)
        loaded = done.stderr.strip().splitlines()[-1]
        kept &= loaded == "[]"
        print(f"zaoyuan {' '.join(words):<36} loads {loaded}")
    return kept


def writers(house: House, processes: int = 8, each: int = 5) -> bool:
    """Row 8: many processes writing at once lose nothing."""
    pay = f"{' '.join(house.zaoyuan)} --book {house.folder}/book.db pay $0 1 --yes"
    loop = f"for i in $(seq {each}); do {pay} >/dev/null || echo failed; done"
    before = house_count(house)
    start = time.perf_counter()
    running = [
        subprocess.Popen(
            ["sh", "-c", loop, f"1-1-{n % 5 + 1}0{n % 3 + 1}"], env=house.env, stdout=subprocess.PIPE, text=True
        )
        for n in range(processes)
    ]
    failed = sum(child.communicate()[0].count("failed") for child in running)
    lost = processes * each - (house_count(house) - before)
    print(
        f"{processes} processes x {each} payments in {time.perf_counter() - start:.1f} s: {failed} failed, {lost} lost"
    )
    return not failed and not lost


def house_count(house: House) -> int:
    import sqlite3

    db = sqlite3.connect(house.folder / "book.db")
    count = db.execute("SELECT count(*) FROM contribution").fetchone()[0]
    db.close()
    return int(count)


def large(house: House, events: int = 20_000) -> None:
    """A book with many payments, 43 a step, written through the one door for writing."""
    code = f"""
from datetime import date; from pathlib import Path
from zaoyuan_cli.book import open_book; from zaoyuan_cli.facts.contributions import ContributionReceived
book = open_book(Path({str(house.folder / "large.db")!r}), Path({str(house.folder / "home")!r}))
for step in range({events} // 43):
    with book.writing("pay"):
        for n in range(43):
            book.record(ContributionReceived(
                number=book.number("receipt"), fen=100, account="现金", fund="众筹专项", on=date(2022, 5, 1),
                room="1-1-101", project="车棚", agreed=True))
"""
    shutil.copy(house.folder / "book.db", house.folder / "large.db")
    subprocess.run([house.python, "-c", code], env=house.env, check=True)


def scaled(house: House, sizes: tuple[int, ...]) -> Iterator[Row]:
    """Rows 5 and 6: the report of the money and the projects in sums, on books of so many contributions, the first of
    them that the others are measured by."""
    script = str(Path(__file__).with_name("scale.py"))
    for size in sizes:
        place = [str(house.folder / f"{size}.db"), str(house.folder / "home"), str(size)]
        subprocess.run([house.python, script, *place, "--peers", str(house.folder)], env=house.env, check=True)
    tens = str(house.folder / "10000.journal")
    for peer in filter(shutil.which, ("hledger", "ledger")):
        yield Row(f"{peer} bal (10,000)", house.other(peer, "-f", tens, "bal"))
    for words in (["report", "money"], ["project", "list"]):
        first = f"zaoyuan {' '.join(words)} ({sizes[0]:,})"
        limits = {10_000: (("hledger bal (10,000)", 0.3), ("ledger bal (10,000)", 0.9)), 1_000_000: ((first, 1.5),)}
        for size in sizes:
            name = f"zaoyuan {' '.join(words)} ({size:,})"
            yield Row(name, house.timed(*words, book=f"{size}.db"), *limits.get(size, ()))


def printed(house: House, rounds: int) -> bool:
    """Row 10: the report as a PDF and the demo's 147 ballot papers, over Python and the setter with its fonts."""
    setter = (
        "import pathlib, typst, pylopdf_fonts_zh_cn as fonts; folder = pathlib.Path(fonts.sans_path()).parent\n"
        "fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])\n"
        "typst.compile(b'#set text(font: \"Noto Serif SC\")\\n.', format='pdf', font_paths=fonts)"
    )
    floor, paper = Row("python + typst, one page", house.other(house.python, "-c", setter)), str(house.folder / "a.pdf")
    report = Row("zaoyuan report -o a.pdf", house.timed("report", "-o", paper))
    demo = (*house.zaoyuan, "--demo", "ballot", "print", "BA2022-1", "-o", paper)
    ballots = Row("zaoyuan --demo ballot print -o a.pdf", house.other(*demo))
    measure([floor, report, ballots], rounds)
    kept = True
    for row, limit in ((report, 1), (ballots, 3)):
        over = statistics.median(a - b for a, b in zip(row.times, floor.times, strict=True))
        kept &= over <= limit
        print(f"{row.name} over the setter: {over:.2f} s   at most {limit} s   {'kept' if over <= limit else 'MISSED'}")
    return kept


def inside(house: House) -> bool:
    """Row 9, within one process: appending, verifying, rebuilding, opening."""
    done = subprocess.run(
        [
            house.python,
            str(Path(__file__).with_name("inside.py")),
            str(house.folder / "large.db"),
            str(house.folder / "home"),
        ],
        env=house.env,
    )
    return not done.returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=11, help="rounds")
    parser.add_argument("--million", action="store_true", help="row 6 too: the book alone takes some minutes to make")
    said = parser.parse_args()
    rounds, sizes = said.n, (150, 10_000, 1_000_000) if said.million else (150, 10_000)
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        prepare(house)
        kept = measure(list(everyday(house)), rounds)
        kept &= modules(house)
        kept &= writers(house)
        kept &= printed(house, min(rounds, 7))
        large(house)
        print("\nMany contributions:")
        kept &= measure(list(scaled(house, sizes)), rounds)
        print("\n20,000 events:")
        floor = Row("zaoyuan --version", house.timed("--version"))
        pay = Row("zaoyuan pay (20,000 events)", house.timed("pay", "3-2-501", "1", "--yes", book="large.db"))
        undo = Row("zaoyuan undo (20,000 events)", house.timed("undo", "--yes", book="large.db"), (pay.name, 1.2))
        check = Row("zaoyuan check (20,000 events)", house.timed("check", book="large.db"))
        kept &= measure([floor, pay, undo, check], min(rounds, 7))
        over = statistics.median(a - b for a, b in zip(check.times, floor.times, strict=True))
        kept &= over <= 1
        print(f"check over start-up: {over:.2f} s   at most 1 s   {'kept' if over <= 1 else 'MISSED'}")
        kept &= inside(house)
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
