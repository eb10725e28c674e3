"""A treasurer's random year, typed line by line, and an account of it kept here in plain Python, of which nothing but
numbers given out is read from the book. What may be typed is the table in moves.py."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple, Protocol

from tests.moves import ACCOUNTS, FIRST, FUNDS, MOVES, REFUSED, ROOMS, UNCLAIMED, Move
from zaoyuan_cli.book import entries


class Answer(Protocol):
    """What a line left behind."""

    code: int

    @property
    def json(self) -> Any: ...
    @property
    def error(self) -> Any: ...


class Leg(NamedTuple):
    """Fen into, or out of, an account and a fund; `of` is the step that moved them."""

    of: str
    day: date
    what: str
    fen: int
    account: str = ""
    fund: str = ""
    project: str = ""
    room: str = ""


class Step(NamedTuple):
    """A line that went well: its legs, the number it gave out, the number it made void; `reversed`: that number stood
    in a closed sheet, so that it is turned round on `day`."""

    day: date
    legs: tuple[Leg, ...]
    number: str = ""
    series: str = ""
    void: str = ""
    reversed: bool = False


class Sheet(NamedTuple):
    """A closed period: by "" (all), "fund", "account" and name its opening, in, out, closing."""

    period: str
    first: date
    last: date
    figures: dict[tuple[str, str], tuple[int, int, int, int]]


class Year:
    """What was typed, in order. `type` runs a line on the day of the year it is."""

    def __init__(self, type_: Callable[[str, date], Answer], path: Any, rng: Random) -> None:
        self.type, self.rng, self.today = type_, rng, FIRST + timedelta(days=rng.randrange(20, 80))
        self.journal = sqlite3.connect(path)
        self.projects = {"道路": "众筹专项"}
        self.steps: dict[str, Step] = {}
        self.undone: set[str] = set()
        self.frozen: set[str] = set()
        self.closed: set[str] = set()
        self.sheets: list[Sheet] = []
        self.typed: list[str] = []
        self.wrote = 0

    def live(self, move: Move | None = None) -> None:
        """Type one line; what it did is what the table says, and nothing if it is refused."""
        self.today += timedelta(days=self.rng.choice((0, 0, 1, 3, 12)))
        move = move or self.rng.choices(MOVES, [one.weight for one in MOVES])[0]
        drawn = self._drawn(move.line)
        if drawn is None:
            return
        line = move.line.format(**drawn)
        before = self._lamport()
        self.typed.append(f"{self.today} {line}")
        answer = self.type(f"{line} --json", self.today)
        if answer.code:
            code = answer.error["code"]
            assert code in REFUSED or answer.error["field"] in ("return", "keep"), (line, answer)
            if code == "fund_short" and move.legs:
                assert self._lowest(self._legs("", move, drawn | {"advance": ""})) < 0, (line, answer)
        elif self._lamport() > before:
            self.wrote += 1
            self._did(move, drawn, answer.json)
            self._ties()

    def _ties(self) -> None:
        """After every line that wrote: what the book reckons of each fund and account is what is reckoned here."""
        assert self._lowest() >= 0, self.typed
        since = self.today - timedelta(days=10)
        here = self.turnover(since, date.max)
        assert tuple(entries.totals(self.journal, since)[1:]) == here["", ""], self.typed
        for by in ("fund", "account"):
            found = {one.name: tuple(one[1:]) for one in entries.turnover(self.journal, by, since)}
            assert found == {name: here.get((by, name), (0, 0, 0, 0)) for name in found}, self.typed
            assert {name for of, name in here if of == by} <= found.keys()

    # ---- drawing

    def _drawn(self, line: str) -> dict[str, Any] | None:
        rng = self.rng
        comes = line.startswith(("pay", "income", "account opening"))
        fen, (account, account2) = rng.randrange(1, 30_000 if comes else 9_000), rng.sample(ACCOUNTS, 2)
        fund, fund2 = rng.sample(FUNDS, 2)
        project = rng.choice(list(self.projects))
        found: dict[str, Any] = {
            "room": rng.choice(ROOMS), "fen": fen, "yuan": f"{fen / 100:.2f}", "account": account,
            "account2": account2, "fund": fund, "fund2": fund2, "project": project, "p_fund": self.projects[project],
            "crowd": "众筹专项", "unclaimed": UNCLAIMED, "hand": "在手", "cash": "现金",
            "new": f"项目{len(self.typed)}",
            "day": self.today - timedelta(days=rng.choice((0, 0, 0, 1, 9, 40))), "month": self._month(),
        }  # fmt: skip
        found["less"] = rng.choice((fen, fen, fen // 2))
        found["counted"] = f"{found['less'] / 100:.2f}"
        if "{closed}" in line:
            if not self.closed:
                return None
            found["closed"] = rng.choice(sorted(self.closed))
            found["p_fund"] = self.projects[found["closed"]]
        for series in ("receipt", "refund", "expense", "income", "handin", "return"):
            if f"{{{series}}}" in line:
                known = [one for one in self.steps.values() if one.series == series]
                if not known:
                    return None
                of = rng.choice(known)
                leg = of.legs[0]
                found |= {series: of.number, "r_fund": leg.fund, "r_project": leg.project, "r_room": leg.room}
        return found

    def _month(self) -> str:
        """The month after the last closed one, or now and then one too many."""
        next_ = self.sheets[-1].last + timedelta(days=1) if self.sheets else FIRST
        return f"{next_ + timedelta(days=self.rng.choice((0, 0, 0, 32))):%Y-%m}"

    def _lamport(self) -> int:
        return int(self.journal.execute("SELECT max(lamport) FROM command").fetchone()[0])

    # ---- the account kept of it

    def _did(self, move: Move, drawn: dict[str, Any], answer: dict[str, Any]) -> None:
        step = f"A{self._lamport()}"
        if move.line.startswith("undo"):
            self.undone.add(answer["undone"]["step"])
        elif move.line.startswith("redo"):
            self.undone.discard(answer["undone"]["step"])
        elif move.line.startswith("period"):
            self._close(answer["period"])
        elif move.line.startswith(("contribution apply", "contribution claim")):
            self.steps[step] = Step(self.today, tuple(self._paid(step, answer)))
        elif move.line.startswith("project close"):
            self.closed.add(drawn["project"])
        elif move.void:
            number = drawn[move.void]
            was = next(name for name, one in self.steps.items() if one.number == number)
            self.steps[step] = Step(self.today, (), void=number, reversed=was in self.frozen)
        else:
            if move.line.startswith("project add"):
                self.projects[drawn["new"]] = drawn["fund"]
            drawn["advance"] = answer.get("to") or answer.get("account")
            if move.number == "return":
                (row,) = answer["rows"]
                drawn["given"], answer = int(row["returned"].replace(".", "")), row
            self.steps[step] = Step(
                self.today, self._legs(step, move, drawn), str(answer[move.number]) if move.number else "", move.number
            )

    def _legs(self, step: str, move: Move, drawn: dict[str, Any]) -> tuple[Leg, ...]:
        return tuple(
            self._leg(step, words.split(), drawn, "{day}" in move.line) for words in move.legs.split(", ") if words
        )

    def _lowest(self, more: tuple[Leg, ...] = ()) -> int:
        """What the poorest fund would have (R-51)."""
        has: dict[str, int] = {}
        for leg in (*self.legs(), *more):
            has[leg.fund] = has.get(leg.fund, 0) + leg.fen * bool(leg.fund)
        return min(has.values(), default=0)

    def _leg(self, step: str, words: list[str], drawn: dict[str, Any], dated: bool) -> Leg:
        what, sign, *names = words
        fen, less = drawn["fen"], drawn["less"]
        signs = {"+": fen, "-": -fen, "^": less, "~": -less, "=": -drawn.get("given", 0)}
        amount = signs[sign] if sign in signs else -int(sign)
        day = drawn["day"] if dated else self.today
        return Leg(step, day, what, amount, *("" if name == "." else drawn[name] for name in names))

    def _paid(self, step: str, answer: dict[str, Any]) -> Iterator[Leg]:
        """Credit moves neither account nor fund; a claim takes money out of 待认领."""
        for row in answer["rows"]:
            fen = int(row["amount"].replace(".", ""))
            out_of, into = (UNCLAIMED, row["fund"]) if row["receipt"] else ("", "")
            yield Leg(step, self.today, "transfer", -fen, "", out_of, row["from"] or "", "" if out_of else row["room"])
            yield Leg(step, self.today, "transfer", fen, "", into, row["project"], row["room"])

    def legs(self) -> list[Leg]:
        """Every leg that counts: void ones left out, or turned round where a closed sheet has them."""
        standing = {name: one for name, one in self.steps.items() if name not in self.undone}
        gone = {one.void for one in standing.values() if one.void and not one.reversed}
        found = [leg for one in standing.values() if one.number not in gone or not one.number for leg in one.legs]
        for name, one in standing.items():
            if one.reversed:
                of = next(kept for kept in standing.values() if kept.number == one.void)
                found += [leg._replace(of=name, day=one.day, fen=-leg.fen) for leg in of.legs]
        return found

    def _close(self, period: str) -> None:
        year, month = map(int, period.split("-"))
        first, last = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        before = self.sheets[-1] if self.sheets else None
        fresh = [leg for leg in self.legs() if leg.day <= last and leg.of not in self.frozen]
        had = before.figures if before else {}
        figures = {}
        for by, name in keys(self.legs()) | set(had):
            opening, into, out, _closing = gross(
                fresh, by, name, lambda leg: leg.day < first and (before is None or leg.day > before.last)
            )
            opening += had.get((by, name), (0, 0, 0, 0))[3]
            figures[by, name] = (opening, into, out, opening + into - out)
        self.frozen |= {leg.of for leg in fresh}
        self.sheets.append(Sheet(period, first, last, figures))

    def turnover(self, since: date, until: date) -> dict[tuple[str, str], tuple[int, int, int, int]]:
        """By "" (all), "fund", "account", "project", "room" and name: opening, in, out, closing of some days."""
        legs = [leg for leg in self.legs() if leg.day <= until]
        return {(by, name): gross(legs, by, name, lambda leg: leg.day < since) for by, name in keys(legs)}


def keys(legs: list[Leg]) -> set[tuple[str, str]]:
    return {("", "")} | {(by, getattr(leg, by)) for by in ("fund", "account", "project", "room") for leg in legs
                         if getattr(leg, by)}  # fmt: skip


def gross(legs: list[Leg], by: str, name: str, early: Callable[[Leg], bool]) -> tuple[int, int, int, int]:
    """Opening, in, out, closing: a refund is out, an opening balance is opening, transfers are in no total."""
    opening = into = out = 0
    for leg in legs:
        if getattr(leg, by) != name if by else leg.what == "transfer":
            continue
        if leg.what == "opening" or early(leg):
            opening += leg.fen
        else:
            into, out = into + max(leg.fen, 0), out + max(-leg.fen, 0)
    return opening, into, out, opening + into - out
