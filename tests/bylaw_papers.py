"""Bylaws that set rules, and a book with a committee that adopts them."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Result, Runner
from tests.prepared import once
from tests.secretary import committee, paper

NAME = "存车棚管理办法"
LIMIT = "expense.decision_above"
HEAD = '+++\ntitle = "存车棚管理办法"\nby = "{by}"\n{rules}+++\n'
RULE = '[[rule]]\nname = "{name}"\nvalue = {value}\narticle = "{article}"\n'
TEXT = """\
# 存车棚管理办法
第一条 为了充电安全，制定本办法。
第二条 单笔支出超过三百元的，由业主委员会决定。
第三条 不得私拉电线。
"""


def bylaw(folder: Path, *rules: tuple[str, str], by: str = "committee", text: str = TEXT) -> Path:
    """A paper that sets rules by its second article."""
    written = ((name, value if value.isdigit() or value == "true" else f'"{value}"') for name, value in rules)
    said = "".join(RULE.format(name=name, value=value, article="第二条") for name, value in written)
    return paper(folder, HEAD.format(by=by, rules=said) + text, name="办法.md")


@once
def begin(zaoyuan: Runner) -> Runner:
    """A committee, money to spend, decisions D1 and D2 of the committee and D3 of the owners' assembly."""
    committee(zaoyuan)
    for line in (
        "account opening 现金 5000 --fund 工作经费 -d 2022-01-01",
        "decision add 通过办法 --body 业委会 -d 2022-01-10",
        "decision add 修订办法 --body 业委会 -d 2022-05-10",
        "decision add 通过规约 --body 业主大会 -d 2022-05-12",
    ):
        zaoyuan(line).ok  # noqa: B018
    return zaoyuan


def amend(book: Runner) -> Runner:
    """Version 1 sets the limit at 300.00 from February, version 2 at 500.00 from 20 May."""
    book(f"bylaw add {NAME} -f {bylaw(book.folder, (LIMIT, '300.00'))}").ok  # noqa: B018
    book("bylaw adopt 存车棚 --decision D1 --effective 2022-02-01").ok  # noqa: B018
    text = TEXT.replace("三百", "五百").replace("第三条", "第三条 车辆登记后进棚。\n第四条")
    book(f"bylaw edit 存车棚 -f {bylaw(book.folder, (LIMIT, '500'), text=text)}").ok  # noqa: B018
    book("bylaw adopt 存车棚 --decision D2 --effective 2022-05-20").ok  # noqa: B018
    return book


def limit(book: Runner, on: str) -> tuple[str | None, str | None]:
    """The limit of a day and the version that sets it."""
    said = book(f"rule show {LIMIT} --as-of {on} --json").ok.json
    return said["value"], said["key"]


def states(book: Runner, more: str = "") -> list[tuple[int, str]]:
    return [(one["version"], one["state"]) for one in book(f"bylaw list --json {more}").ok.json["rows"]]


def refused(book: Runner, line: str) -> Result:
    answer = book(f"{line} --json")
    assert answer.code == 1, answer
    return answer
