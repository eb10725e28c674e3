"""The sums that must tie, whatever happened: over random days of the treasurer, the sum over accounts is the sum over
funds, on the screen as in CSV and JSON, and as Beancount reckons the same movements.

The test keeps its own list of what it did and reckons from that; nothing of it is read from the book."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from beancount import loader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.treasurer import balances, done
from zaoyuan_cli.book import entries, open_book
from zaoyuan_cli.rules.money import Fen

ACCOUNTS = ("现金", "微信", "支付宝", "银行")
FUNDS = ("众筹专项", "惠民资金", "工作经费")
DAYS = ("2022-05-01", "2022-05-15", "2022-05-31")


class Move(NamedTuple):
    """One line that was typed: what, on which day, its number if it got one, and its legs (where, what for, fen)."""

    what: str
    day: str
    number: str
    legs: tuple[tuple[str | None, str | None, int], ...]


class Ledger:
    """What the test did, in order; a void and an undo are steps too."""

    def __init__(self) -> None:
        self.steps: list[Move] = []

    def standing(self) -> list[Move]:
        void = {step.number for step in self.steps if step.what == "void"}
        return [step for step in self.steps if step.legs and step.number not in void]

    def sums(self, by: int, until: str = "9") -> dict[str, int]:
        found = dict.fromkeys((ACCOUNTS, FUNDS)[by], 0)
        for step in self.standing():
            for leg in step.legs:
                if leg[by] and step.day <= until:
                    found[str(leg[by])] += leg[2]
        return found

    def allows(self, step: Move) -> bool:
        """R-51: would every fund stay at or above zero?"""
        then = Ledger()
        then.steps = [*self.steps, step]
        return min(then.sums(1).values()) >= 0

    def allows_undo(self) -> bool:
        then = Ledger()
        then.steps = self.steps[:-1]
        return min(then.sums(1).values()) >= 0


amounts = st.integers(1, 30_000)
accounts, funds, days = st.sampled_from(ACCOUNTS), st.sampled_from(FUNDS), st.sampled_from(DAYS)
steps = st.one_of(
    st.tuples(st.just("opening"), amounts, accounts, funds, days),
    st.tuples(st.just("gift"), amounts, accounts, funds, days),
    st.tuples(st.just("spend"), amounts, accounts, funds, days),
    st.tuples(st.just("spend"), amounts, accounts, funds, days),
    st.tuples(st.just("move"), amounts, st.permutations(ACCOUNTS), funds, days, st.sampled_from((0, 0, 20, 5000))),
    st.tuples(st.just("transfer"), amounts, st.permutations(FUNDS), days),
    st.tuples(st.just("void"), st.integers(0, 3)),
    st.tuples(st.just("undo")),
)


def live(zaoyuan: Runner, ledger: Ledger, step: tuple[Any, ...]) -> None:
    """Type one line; it is refused exactly where a fund would go below zero."""
    what, *rest = step
    if what == "undo":
        if ledger.steps:
            allowed = ledger.allows_undo()
            result = zaoyuan("undo --yes --json")
            assert (result.code == 0) == allowed, result
            if allowed:
                ledger.steps.pop()
            else:
                assert result.error["code"] == "fund_short"
        return
    if what == "void":
        spent = [one.number for one in ledger.standing() if one.what == "spend"]
        if spent:
            number = spent[rest[0] % len(spent)]
            done(zaoyuan, f"expense void {number} --reason 记错 --yes")
            ledger.steps.append(Move("void", "", number, ()))
        return
    line, move = typed(what, *rest)
    allowed = ledger.allows(move)
    result = zaoyuan(f"{line} --json")
    assert (result.code == 0) == allowed, result
    if allowed:
        ledger.steps.append(move._replace(number=result.json.get("expense", "")))
    else:
        assert result.error["code"] == "fund_short"


def typed(what: str, fen: int, *rest: Any) -> tuple[str, Move]:
    """The line, and what it is in the test's own ledger."""
    yuan = Fen(fen).plain()
    if what == "move":
        (source, target, *_others), fund, day, fee = rest
        line = f"account transfer {yuan} {source} {target} -d {day}"
        line += f" --fee {Fen(fee).plain()} --fund {fund}" if fee else ""
        legs = ((source, None, -fen), (target, None, fen), *(((source, fund, -fee),) if fee else ()))
        return line, Move(what, day, "", legs)
    if what == "transfer":
        (source, target, *_others), day = rest
        legs = ((None, source, -fen), (None, target, fen))
        return f"fund transfer {yuan} {source} {target} --decision D1 -d {day}", Move(what, day, "", legs)
    account, fund, day = rest
    line = {
        "opening": f"account opening {account} {yuan} --fund {fund} -d {day}",
        "gift": f"pay 社区 {yuan} --fund {fund} -m {account} -d {day}",
        "spend": f"spend {yuan} 试 --fund {fund} -m {account} -d {day}",
    }[what]
    return f"{line} --yes", Move(what, day, "", ((account, fund, -fen if what == "spend" else fen),))


def yuan(sums: dict[str, int]) -> dict[str, str]:
    return {name: Fen(fen).plain() for name, fen in sums.items()}


def gross(ledger: Ledger, by: int | None, name: str, since: str, until: str) -> tuple[int, int, int, int]:
    """(opening, in, out, closing) of an account, a fund, or (by None) of all money, where transfers are in neither."""
    opening = into = out = 0
    for step in ledger.standing():
        for account, fund, fen in step.legs:
            of_this = (account, fund)[by] == name if by is not None else account is not None and fund is not None
            if not of_this or step.day > until:
                continue
            if step.day < since or step.what == "opening":
                opening += fen
            else:
                into, out = into + max(fen, 0), out + max(-fen, 0)
    return opening, into, out, opening + into - out


def reckons(zaoyuan: Runner, ledger: Ledger) -> None:
    """R-59: what went in and out between two days, gross."""
    book = open_book(zaoyuan.book, zaoyuan.home)
    try:
        for since, until in ((DAYS[0], DAYS[2]), (DAYS[1], DAYS[1]), (DAYS[1], DAYS[2]), (DAYS[0], DAYS[1])):
            days = date.fromisoformat(since), date.fromisoformat(until)
            for by, noun in enumerate(("account", "fund")):
                found = {one.name: one for one in entries.turnover(book.db, noun, *days)}
                for name in ledger.sums(by):
                    assert found[name][1:] == gross(ledger, by, name, since, until)
            assert entries.totals(book.db, *days)[1:] == gross(ledger, None, "", since, until)
    finally:
        book.close()


def ties(zaoyuan: Runner, ledger: Ledger) -> None:
    """Accounts, funds and totals, in JSON, CSV and on the screen."""
    total = sum(ledger.sums(0).values())
    assert total == sum(ledger.sums(1).values())
    for noun, by in (("account", 0), ("fund", 1)):
        answer = zaoyuan(f"{noun} list --json").ok.json
        has = {row[noun]: row["balance"] for row in answer["rows"]}
        assert {name: has[name] for name in ledger.sums(by)} == yuan(ledger.sums(by))
        assert answer["totals"]["balance"] == Fen(total).plain()
        rows = list(csv.reader(io.StringIO(zaoyuan(f"{noun} list --format csv").ok.out)))
        assert {row[0]: row[-1] for row in rows[1 : len(has) + 1]} == has
        assert zaoyuan(f"{noun} list").ok.out.splitlines()[-1].split()[-1] == Fen(total).yuan()
        early = balances(zaoyuan, f"{noun} list --as-of 2022-05-15")
        assert {name: early[name] for name in ledger.sums(by)} == yuan(ledger.sums(by, "2022-05-15"))
        for name in ledger.sums(by):
            sums = zaoyuan(f"{noun} ledger {name} --since 2022-05-15 --json").ok.json
            figures = {key: int(value.replace(".", "")) for key, value in sums["totals"].items()}
            assert figures["opening"] + figures["in"] - figures["out"] == figures["closing"] == ledger.sums(by)[name]
            if sums["rows"]:
                assert sums["rows"][-1]["balance"] == sums["totals"]["closing"]
    assert zaoyuan("check").code == 0


def beancount(ledger: Ledger, accounts: dict[str, str], funds: dict[str, str]) -> list[Any]:
    """What Beancount objects to: the movements are the test's, the balances asserted are the book's."""
    lines = [f"2022-01-01 open Assets:A{ACCOUNTS.index(name)} CNY" for name in ACCOUNTS]
    lines += [f"2022-01-01 open Equity:F{FUNDS.index(name)} CNY" for name in FUNDS]
    for step in ledger.standing():
        lines.append(f'{step.day} * "{step.what}"')
        for account, fund, fen in step.legs:
            if account:
                lines.append(f"  Assets:A{ACCOUNTS.index(account)}  {Fen(fen).plain()} CNY")
            if fund:
                lines.append(f"  Equity:F{FUNDS.index(fund)}  {Fen(-fen).plain()} CNY")
    for name in ACCOUNTS:
        lines.append(f"2022-06-01 balance Assets:A{ACCOUNTS.index(name)}  {accounts[name]} ~ 0 CNY")
    for name in FUNDS:
        negated = Fen(-int(funds[name].replace(".", ""))).plain()
        lines.append(f"2022-06-01 balance Equity:F{FUNDS.index(name)}  {negated} ~ 0 CNY")
    return list(loader.load_string("\n".join(lines))[1])


@given(st.lists(steps, min_size=3, max_size=14))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_accounts_and_funds_tie_over_any_days(history: list[tuple[Any, ...]]) -> None:
    """R-51, R-52, R-59."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        zaoyuan = Runner(Path(folder), patch)
        done(
            zaoyuan,
            "init --name 枣园小区 --who 韩梅 --yes",
            "donor add 社区",
            "decision add 调用 --body 业主大会 -d 2022-05-01",
        )
        ledger = Ledger()
        for step in history:
            live(zaoyuan, ledger, step)
        ties(zaoyuan, ledger)
        reckons(zaoyuan, ledger)
        assert not beancount(ledger, balances(zaoyuan, "account list"), balances(zaoyuan))
        before = balances(zaoyuan)
        done(zaoyuan, "rebuild")
        assert balances(zaoyuan) == before


def test_beancount_objects_to_a_balance_that_is_one_fen_off() -> None:
    """The oracle can say no."""
    ledger = Ledger()
    ledger.steps.append(Move("opening", DAYS[0], "", (("现金", "工作经费", 100),)))
    accounts, funds = yuan(ledger.sums(0)), yuan(ledger.sums(1))
    assert not beancount(ledger, accounts, funds)
    assert len(beancount(ledger, accounts | {"现金": "1.01"}, funds)) == 1


@pytest.mark.altered
def test_check_names_a_leg_that_was_written_past_the_program(zaoyuan: Runner) -> None:
    """A leg that lost its fund is found twice: by the totals that are kept, and by the ledger against the journal."""
    import sqlite3

    done(zaoyuan, "init --name 枣园小区 --who 韩梅 --yes", "account opening 现金 1 --fund 工作经费")
    db = sqlite3.connect(zaoyuan.book)
    db.execute("UPDATE entry SET fund = NULL")
    db.commit()
    db.close()
    found = zaoyuan("check --json")
    assert found.code == 3
    assert {problem["code"] for problem in found.json["problems"]} == {"ledger", "sums"}
    done(zaoyuan, "rebuild", "check")


def test_undo_and_redo_bring_every_balance_back(zaoyuan: Runner) -> None:
    done(
        zaoyuan, "init --name 枣园小区 --who 韩梅 --yes", "account opening 现金 100 --fund 工作经费",
        "spend 30 打印纸 --fund 工作经费",
    )  # fmt: skip
    states = [balances(zaoyuan)]
    done(zaoyuan, "expense void E1 --reason 记错 --yes")
    states.append(balances(zaoyuan))
    done(zaoyuan, "undo --yes")
    assert balances(zaoyuan) == states[0] != states[1]
    done(zaoyuan, "redo --yes")
    assert balances(zaoyuan) == states[1]
