"""The treasurer's book: 6,200.00 in 微信 for 众筹专项, 1,000.00 in 现金 for 工作经费."""

from __future__ import annotations

from tests.conftest import Runner
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
