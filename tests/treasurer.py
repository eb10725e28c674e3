"""The treasurer's book: 6,200.00 in 微信 for 众筹专项, 1,000.00 in 现金 for 工作经费."""

from __future__ import annotations

import shutil
from typing import Any

from tests.conftest import Result, Runner
from tests.prepared import once


def done(zaoyuan: Runner, *lines: str, now: str = "") -> None:
    """Lines that go well."""
    for line in lines:
        result = zaoyuan(line, now=now)
        assert result.code == 0, f"$ {line}\nexit {result.code}\n{result.out}{result.err}"


@once
def begun(zaoyuan: Runner) -> Runner:
    """The book, on the last day of May."""
    done(
        zaoyuan,
        "init --name 枣园小区 --who 韩梅 --yes",
        "account opening 微信 6200 --fund 众筹专项 -d 2022-05-01",
        "account opening 现金 1000 --fund 工作经费 -d 2022-05-01",
    )
    return zaoyuan


def balances(zaoyuan: Runner, line: str = "fund list") -> dict[str, str]:
    """Each fund, or each account, with what it has."""
    rows = zaoyuan(f"{line} --json").ok.json["rows"]
    return {row.get("fund") or row["account"]: row["balance"] for row in rows}


class Two:
    """韩梅's laptop and another one that took a copy; after each meeting both tell the same of what is asked."""

    def __init__(self, zaoyuan: Runner, asked: tuple[str, ...] = ()) -> None:
        self.a, self.asked = zaoyuan, asked
        self.where: dict[str, Any] = {"book": zaoyuan.folder / "b.db", "home": zaoyuan.folder / "home-b"}
        shutil.copyfile(zaoyuan.book, self.where["book"])
        assert self.b("device add --who 韩梅 --yes").code == 0
        self.meet()

    def b(self, line: str, **how: Any) -> Result:
        return self.a(line, **self.where, **how)

    def meet(self) -> None:
        assert self.a(f"merge {self.where['book']}").code == 0
        assert self.b(f"merge {self.a.book}").code == 0
        for line in self.asked:
            assert self.a(f"{line} --json").json == self.b(f"{line} --json").json, line
