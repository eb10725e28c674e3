"""What a committee publishes and what it keeps: the lists of the guiding rules (指导规则, articles 36 and 40), and the
calendar of the accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zaoyuan_cli.i18n import N_
from zaoyuan_cli.rules import periods
from zaoyuan_cli.rules.periods import Span

ITEMS = {
    "bylaws": N_("owners' agreement and rules of procedure"),
    "decisions": N_("decisions of the assembly and the committee"),
    "contract": N_("contract with the property service"),
    "maintenance": N_("maintenance fund: raised and used"),
    "common-income": N_("common parts: use and income"),
    "parking": N_("parking on shared ground: how it was given out"),
    "work-fund": N_("working fund: income and expense"),
    "other": N_("other things owners are to know"),
}
"""The eight things that are to be published (R-72)."""
ARCHIVE = {
    "minutes": N_("minutes of meetings"),
    "decisions": N_("decisions"),
    "bylaws": N_("bylaws and contracts"),
    "elections": N_("elections and filings"),
    "accounts": N_("accounts: closed periods"),
    "roster": N_("roster of owners"),
    "opinions": N_("opinions and letters"),
    "other": N_("other: seals, inspections, deliberations, hand-overs"),
}
"""The eight things that are to be kept (R-72)."""
PAPERS = {
    "money": N_("income and expense"), "project": N_("a project"), "decision": N_("a decision"),
    "ballot": N_("the call to a vote of the owners"), "result": N_("the result of a vote of the owners"),
    "meeting": N_("the notice of a meeting"), "bylaw": N_("a bylaw"), "roster": N_("roster"),
    "deliberation": N_("deliberation"),
}  # fmt: skip
"""Papers that show something of the list, by the name of what they are."""
_COVERS = {
    "money": ("maintenance", "common-income", "work-fund"), "decision": ("decisions",), "result": ("decisions",),
}  # fmt: skip
_CONSTITUTION = ("管理规约", "业主公约", "议事规则")  # what the first item of the list asks for, by its title
_SUBJECTS = {
    "parking": ("停车", "停放", "车位"), "maintenance": ("维修资金",), "common-income": ("公共收益", "共有部分"),
    "work-fund": ("工作经费",), "contract": ("服务合同",),
}  # fmt: skip
WORDS = {
    "收支": "money", "账目": "money", "项目": "project", "决议": "decision", "决定": "decision", "表决": "ballot",
    "表决公告": "ballot", "表决结果": "result", "会议": "meeting", "制度": "bylaw", "名单": "roster", "名册": "roster",
    "管理规约": "bylaws", "议事规则": "bylaws", "合同": "contract", "维修资金": "maintenance",
    "公共收益": "common-income", "车位": "parking", "工作经费": "work-fund", "协商": "deliberation", "其他": "other",
}  # fmt: skip
"""The Chinese words for what a paper shows."""
TYPED = {code: code for code in (*PAPERS, *ITEMS)} | WORDS


def name(item: str) -> str:
    """What a paper shows, in English."""
    return PAPERS.get(item) or ITEMS[item]


def shows(item: str, about: str = "") -> tuple[str, ...]:
    """The things of the list that a paper publishes: a sheet of money three of them; a bylaw the one that its title
    names (`about` is 存车棚管理办法/2)."""
    if item == "bylaw":
        title = about.rpartition("/")[0] or about
        if any(word in title for word in _CONSTITUTION):
            return ("bylaws",)
        return tuple(of for of, words in _SUBJECTS.items() if any(word in title for word in words)) or ("other",)
    return _COVERS.get(item) or ((item,) if item in ITEMS else ("other",))


def due(quarter: Span, days: int) -> date:
    """The day by which the accounts of a quarter hang (R-71): of 2026-Q3 with 15 days, 2026-10-15."""
    return quarter.last + timedelta(days=days)


def last_shown(posted: date, days: int) -> date:
    """The last day of a posting of so many days; the day it goes up does not count (民法典 201)."""
    return posted + timedelta(days=days)


def quarter(day: date) -> Span:
    """The quarter a day is in."""
    return periods.parse(f"{day.year}-Q{(day.month + 2) // 3}")


def quarter_before(day: date) -> Span:
    """The quarter that was over last on a day."""
    return quarter(quarter(day).first - timedelta(days=1))


def quarters(first: date, today: date) -> Iterator[Span]:
    """The quarters that are over, from the one of a day on."""
    span = quarter(first)
    while span.last < today:
        yield span
        span = quarter(span.last + timedelta(days=1))


def months(span: Span) -> tuple[str, ...]:
    """The names of the months of a span: 2022-01, 2022-02, 2022-03."""
    first = span.first.month
    return tuple(f"{span.first.year}-{month:02d}" for month in range(first, span.last.month + 1))
