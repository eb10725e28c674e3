"""The sums tie in every output, whatever was done (R-51, R-52, R-59, R-70): random days of a treasurer, typed as lines,
keep opening + in - out = closing for each fund and account to the fen, on the screen, in CSV, JSON, Markdown and HTML,
as the oracle of ties.py has it, and hledger.

Here some dozens; 10,000 and more: python tests/benchmarks/ties.py 10000
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from tests.commands_there import there
from tests.conftest import Runner
from tests.moves import FIRST, MOVES, OPENING, SETUP
from tests.ties import Year

FORMATS = ("csv", "tsv", "md", "html", "table")
UTF_8 = {**os.environ, "LC_ALL": "C.UTF-8"}  # or hledger reads no Chinese
TOTALLED = ("md", "html", "table")  # the formats that have a line of totals
KEYS = ("opening", "in", "out", "closing")
MONEY = re.compile(r"-?[\d,]+\.\d\d")
Rows = list[tuple[str, tuple[int, ...]]]


def template(zaoyuan: Runner) -> Runner:
    """The book that every sequence begins with."""
    for line in SETUP:
        assert zaoyuan(line, now=f"{FIRST}T12:00:00+08:00").ok
    return zaoyuan


def sequence(zaoyuan: Runner, began: Runner, seed: int, formats: int = len(FORMATS)) -> Year:
    """One random year on a copy of the book, and every output of it afterwards; `formats`: how many besides JSON."""
    shutil.copytree(began.home, zaoyuan.home)
    shutil.copyfile(began.book, zaoyuan.book)
    rng = Random(seed)
    year = Year(lambda line, day: zaoyuan(line, now=f"{day}T12:00:00+08:00"), zaoyuan.book, rng)
    for at in range(rng.randrange(6, 24)):
        year.live(OPENING if at < 3 else None)
    year.journal.close()
    zaoyuan.now = f"{year.today}T12:00:00+08:00"
    try:
        outputs(zaoyuan, year, rng, formats)
    except AssertionError as error:
        raise AssertionError("\n".join((f"seed {seed}", *year.typed, str(error)))) from error
    return year


def outputs(zaoyuan: Runner, year: Year, rng: Random, formats: int) -> None:
    """Everything that shows money, against the oracle and against itself."""

    def asked(line: str) -> tuple[Any, dict[str, Rows]]:
        chosen = rng.sample(FORMATS, formats if formats != 1 else rng.randrange(5) // 4)
        texts = {one: list(read(one, zaoyuan(f"{line} --format {one}").ok.out)) for one in chosen}
        return zaoyuan(f"{line} --json").ok.json, texts

    now = year.turnover(FIRST, date.max)
    for noun in ("fund", "account"):
        answer, texts = asked(f"{noun} list")
        has = {row[noun]: fen(row["balance"]) for row in answer["rows"]}
        assert has == {name: now.get((noun, name), (0,) * 4)[3] for name in has}
        assert {name for by, name in now if by == noun} <= has.keys()
        assert fen(answer["totals"]["balance"]) == sum(has.values()) == now["", ""][3]
        shown(texts, [(name, (fen,)) for name, fen in has.items()], (now["", ""][3],), first=True)
    since = FIRST + timedelta(days=rng.randrange((year.today - FIRST).days + 1))
    until = since + timedelta(days=rng.randrange((year.today - since).days + 1))
    for what in (" money", "") if formats != 1 or rng.randrange(4) == 3 else (" money",):
        answer, texts = asked(f"report{what} --since {since} --until {until}")
        moved(answer, texts, year.turnover(since, until))
        if what:
            assert len(answer["checks"]) > 10
            assert all(one["ok"] for one in answer["checks"])
            by_months(answer, texts)
        else:
            assert answer["books"] == {"ok": True, "problems": []}  # the ledger is the journal replayed
    for sheet in year.sheets:
        answer, texts = asked(f"period show {sheet.period}")
        assert tuple(fen(answer[key]) for key in KEYS) == sheet.figures["", ""]
        moved(answer | {"totals": answer}, texts, sheet.figures)
    for by, name in rng.sample(sorted(one for one in now if one[0]), min(3, len(now) - 1)):
        ledger(asked, by, name, since, until, year.turnover(since, until).get((by, name), (0,) * 4))
    for row in zaoyuan("project list --json").ok.json["rows"]:
        assert fen(row["left"]) == now.get(("project", row["project"]), (0,) * 4)[3]


def moved(answer: Any, texts: dict[str, Rows], expected: dict[tuple[str, str], tuple[int, ...]]) -> None:
    """The turnover of funds and accounts."""
    total = figures(answer["totals"])
    assert total == expected["", ""]
    for noun in ("fund", "account"):
        rows = [(row[noun], figures(row)) for row in answer[f"{noun}s"]]
        assert dict(rows) == {name: expected.get((noun, name), (0,) * 4) for name, _figures in rows}
        assert {name for by, name in expected if by == noun and any(expected[by, name])} <= dict(rows).keys()
        for place in (0, 3):
            assert sum(row[1][place] for row in rows) == total[place]
        used = [row for row in rows if any(row[1])]
        shown({one: netted(found) for one, found in texts.items()}, netted(used), net(total))
        adds_up(texts, [name for name, _figures in used])


def net(figures: tuple[int, ...]) -> tuple[int, ...]:
    """Opening, change, closing: of a row with what was moved apart, of one with it in what came in and went out."""
    opening, into, out, *far, closing = figures
    return opening, into - out + sum(far), closing


def netted(rows: Rows) -> Rows:
    return [(name, net(figures)) for name, figures in rows if len(figures) in (4, 5)]


def adds_up(texts: dict[str, Rows], names: list[str]) -> None:
    """Every column of the rows of these names, one after another, comes to the total under it."""
    for format in set(TOTALLED) & texts.keys() if names else ():
        found = texts[format]
        at = next(at for at in range(len(found)) if [name for name, _row in found[at : at + len(names)]] == names)
        rows = [row for _name, row in found[at : at + len(names) + 1]]
        assert tuple(map(sum, zip(*rows[:-1], strict=True))) == rows[-1], (format, found)


def by_months(answer: Any, texts: dict[str, Rows]) -> None:
    """Month by month, and by kind: the same totals."""
    rows = [(row["month"], figures(row)) for row in answer["months"]]
    for _month, (opening, into, out, closing) in rows:
        assert opening + into - out == closing
    moved = {month for month, _figures in rows}
    texts = {  # a month between that moved nothing is on the page only
        format: [row for row in found if row[0] in moved or not re.fullmatch(r"\d{4}-\d\d", row[0]) or any(row[1][1:3])]
        for format, found in texts.items()
    }
    shown(texts, rows, figures(answer["totals"]) if rows else ())
    for place, key in enumerate(KEYS[1:3], 1):
        assert sum(row[1][place] for row in rows) == fen(answer["totals"][key])
        assert sum(fen(row[key]) for row in answer["kinds"]) == fen(answer["totals"][key])


def ledger(asked: Any, by: str, name: str, since: date, until: date, expected: tuple[int, ...]) -> None:
    """A ledger: its totals, its running balance, the sums of its columns."""
    noun = {"room": "household"}.get(by, by)
    answer, texts = asked(f"{noun} ledger {name} --since {since} --until {until}")
    opening, into, out, closing = figures(answer["totals"])
    assert (opening, into, out, closing) == expected, (by, name)
    balance = closing if not answer["rows"] else None
    for row in answer["rows"]:
        balance = fen(row["balance"])
    assert balance == closing
    for key, sum_ in (("in", into), ("out", out)):
        assert sum(fen(row[key] or "0.00") for row in answer["rows"]) == sum_
    for rows in texts.values():
        lines = [row for row in rows if re.match(r"\d{4}-", row[0])]
        assert len(lines) == len(answer["rows"])
        assert not lines or closing in lines[-1][1]
    if by == "account":
        page, texts = asked(f"report cash {name} --since {since} --until {until}")
        assert figures(page) == expected
        assert [row | {"voucher": 0} for row in page["rows"]] == [row | {"voucher": 0} for row in answer["rows"]]
        for at, key in ((1, "in"), (2, "out")):
            assert sum(fen(day[key]) for day in page["days"]) == expected[at]
        for rows in texts.values():
            assert (str(until), (closing,)) in rows


def shown(texts: dict[str, Rows], rows: Rows, total: tuple[int, ...], first: bool = False) -> None:
    """Every text has the rows, one after another, and under them, where it has totals, the totals. `first`: only the
    first amount of a row is compared."""
    for format, found in texts.items():
        if first:
            found = [(name, amounts[:1]) for name, amounts in found]
        if rows:
            at = next((at for at, one in enumerate(found) if found[at : at + len(rows)] == rows), None)
            assert at is not None, (format, rows, found)
            assert format not in TOTALLED or found[at + len(rows)] == ("Total", total), (format, found)


SHOWN = {"在手·韩梅": "在手", "垫付·韩梅": "垫付pA1"}
"""Accounts that pages show with the name of whose they are."""


def read(format: str, text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The rows of all tables of a text that have amounts: (first cell, amounts)."""
    if format == "html":
        lines = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S) for row in re.findall(r"<tr.*?</tr>", text, re.S)]
    else:
        parts = {"csv": ",", "tsv": "\t", "md": r" *\| *", "table": r" {2,}"}[format]
        plain = [re.sub(r"\\(.)", r"\1", one.strip(" |").replace("**", "")) for one in text.splitlines()]
        lines = [re.split(parts, one) for one in plain]
    for cells in lines:
        amounts = tuple(fen(cell) for cell in cells[1:] if MONEY.fullmatch(cell))
        if amounts:
            yield SHOWN.get(cells[0], cells[0]), amounts


def fen(text: str) -> int:
    return int(text.replace(",", "").replace(".", ""))


def figures(row: Any) -> tuple[int, ...]:
    found = tuple(fen(row[key]) for key in KEYS)
    assert found[0] + found[1] - found[2] == found[3], row
    return found


# ---- the tests


@pytest.fixture(scope="module")
def began(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with pytest.MonkeyPatch.context() as patch:
        yield template(Runner(tmp_path_factory.mktemp("began"), patch))


@pytest.mark.parametrize("seed", range(24))
def test_every_output_ties(zaoyuan: Runner, began: Runner, seed: int) -> None:
    """R-52, R-59, R-70: a third of the formats each, so that together they have seen all."""
    sequence(zaoyuan, began, seed, formats=2)


@pytest.mark.parametrize("seed", range(24, 28))
def test_every_output_ties_in_every_format_and_hledger_agrees(zaoyuan: Runner, began: Runner, seed: int) -> None:
    year = sequence(zaoyuan, began, seed)
    if not shutil.which("hledger"):
        pytest.skip("hledger is not installed")
    agrees(zaoyuan, year)


def agrees(zaoyuan: Runner, year: Year) -> None:
    """hledger, asked of the oracle's movements, says what the lists say."""
    rows = {noun: zaoyuan(f"{noun} list --json").ok.json["rows"] for noun in ("fund", "account")}
    listed = {f"{noun}:{row[noun]}": fen(row["balance"]) for noun, found in rows.items() for row in found}
    assert hledger(year) == {name: amount for name, amount in listed.items() if amount}


def hledger(year: Year) -> dict[str, int]:
    """Each fund and account with what hledger reckons it has, of a journal written here."""
    steps: dict[str, list[str]] = {}
    for leg in year.legs():
        lines = steps.setdefault(f"{leg.of} {leg.day}", [f"{leg.day} {leg.of}"])
        lines += [f"    account:{leg.account}  {leg.fen / 100:.2f}"] if leg.account else []
        lines += [f"    fund:{leg.fund}  {-leg.fen / 100:.2f}"] if leg.fund else []
    text = "\n\n".join("\n".join(lines) for lines in steps.values() if len(lines) > 1)
    command = ["hledger", "-f", "-", "bal", "-N", "--flat", "-O", "json"]
    done = subprocess.run(command, input=text + "\n", capture_output=True, text=True, encoding="utf-8", env=UTF_8)
    assert done.returncode == 0, done.stderr
    signs = {"account": 1, "fund": -1}
    found = {}
    for name, _full, _indent, amounts in json.loads(done.stdout)[0]:
        amount = sum(round(one["aquantity"]["floatingPoint"] * 100) for one in amounts)
        found[name] = amount * signs[name.partition(":")[0]]
    return {name: amount for name, amount in found.items() if amount}


def test_the_oracle_can_say_no(zaoyuan: Runner, began: Runner) -> None:
    year = sequence(zaoyuan, began, 0, formats=0)
    name, step = next((name, one) for name, one in year.steps.items() if one.legs and name not in year.undone)
    year.steps[name] = step._replace(legs=(step.legs[0]._replace(fen=step.legs[0].fen + 1), *step.legs[1:]))
    with pytest.raises(AssertionError):
        outputs(zaoyuan, year, Random(0), 0)


def test_every_move_is_a_command_there_is() -> None:
    known = {path for path, _command in there()}
    for move in MOVES:
        words = re.sub(r"[{].*", "", move.line).split()
        assert (words[0] if words[0] in ("pay", "spend", "undo", "redo") else " ".join(words[:2])) in known
