"""Papers on money for the wall: every figure is that of the books, whatever was done; nobody who paid, owes or was let
off stands on them (R-66, R-67, R-70, R-73, R-80)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.moves import FIRST, OPENING
from tests.paper_reading import facts, poppler, squeezed, words
from tests.shed import begin
from tests.test_ties import fen, template
from tests.ties import Year
from zaoyuan_cli.book.dues import Claim
from zaoyuan_cli.reports import public_project, wording
from zaoyuan_cli.reports.public import Leak
from zaoyuan_cli.rules import dates
from zaoyuan_cli.rules.money import Fen

KEYS = ("opening", "in", "out", "closing")


def amount(text: str | None) -> int:
    return fen(text) if text else 0


def figures(row: dict[str, Any]) -> tuple[int, ...]:
    return tuple(fen(row[key]) for key in KEYS)


def ties(paper: dict[str, Any]) -> None:
    """What a reader can add up on it."""
    opening, into, out, closing = figures(paper)
    assert opening + into - out == closing
    balance, days = opening, [line["date"] for line in paper["lines"]]
    assert days == sorted(days)
    assert all(one["since"] >= before["date"] for before, one in pairwise(paper["lines"])), "no line overlaps another"
    paid = sum(amount(line["in"]) for line in paper["lines"] if line["what"] == "contribution")
    assert paid == sum(fen(row["amount"]) for row in paper["contributions"])
    for line in paper["lines"]:
        balance += amount(line["in"]) - amount(line["out"])
        assert fen(line["balance"]) == balance
    assert balance == closing
    for key, total in (("in", into), ("out", out)):
        assert sum(amount(line[key]) for line in paper["lines"]) == total
        assert sum(fen(month[key]) for month in paper["months"]) == total
        for side in ("funds", "accounts"):
            assert sum(fen(row[key]) for row in paper[side]) == total
    for side in ("funds", "accounts"):
        assert [sum(fen(row[key]) for row in paper[side]) for key in ("opening", "closing", "moved")] == [
            opening, closing, 0
        ]  # fmt: skip
        for row in paper[side]:
            assert fen(row["opening"]) + fen(row["in"]) - fen(row["out"]) + fen(row["moved"]) == fen(row["closing"])
    for row in paper["dues"]:
        assert fen(row["due"]) == sum(fen(row[key]) for key in ("paid", "owed", "waived")) - fen(row["credit"])


def project_ties(zaoyuan: Runner, name: str, flag: str = "") -> dict[str, Any]:
    """The paper of a project, after comparing it with the project's record."""
    paper = zaoyuan(f"{flag} notice project {name} --json").ok.json
    record = zaoyuan(f"{flag} project show {name} --json").ok.json
    for key in ("due", "paid", "waived", "owed", "credit", "spent", "income", "returned", "left", "promised", "budget"):
        assert paper[key] == record[key], key
    for rows, key in (("expenses", "spent"), ("incomes", "income"), ("raised", "paid")):
        assert sum(fen(row["amount"]) for row in paper[rows]) == fen(paper[key]), (rows, name)
    if record["closing"]:
        assert {key: paper["closing"][key] for key in ("share", "returned", "open", "left")} == {
            key: record["closing"][key] for key in ("share", "returned", "open", "left")
        }
    return dict(paper)


# ---- the demo


def test_the_papers_of_the_demo_say_what_the_books_say(zaoyuan: Runner) -> None:
    """Every closed period, the quarter over months, the month that runs; every project."""
    zaoyuan("--demo --fresh status").ok  # noqa: B018
    sheets = zaoyuan("--demo period list --json").ok.json["rows"]
    for period in (*(row["period"] for row in sheets[-5:]), "2019-Q1", "2021", "2022-Q1", "2022-05"):
        since, until = dates.period(period)
        paper = zaoyuan(f"--demo notice money {period} --json").ok.json
        report = zaoyuan(f"--demo report money --since {since} --until {until} --json").ok.json
        ties(paper)
        assert figures(paper) == figures(report["totals"]), period
        for side, key in (("funds", "fund"), ("accounts", "account")):
            for place in ("opening", "closing"):
                here = {row[key]: row[place] for row in paper[side] if row[key]}
                assert here == {row[key]: row[place] for row in report[side] if row[key] in here}
        assert [row["month"] for row in paper["months"]] == [row["month"] for row in report["months"]]
        if sheet := next((row for row in sheets if row["period"] == period), None):
            assert (paper["state"], paper["closed"], figures(paper)) == ("closed", sheet["closed"], figures(sheet))
            asked = zaoyuan(f"--demo period show {period} --json").ok.json["dues"]
            owing = [row for row in asked if fen(row["owed"])]
            shown = [row for row in paper["dues"] if fen(row["owed"])]
            more = ("households_waived", "from_credit", "claimed")
            assert shown == [{**row, **{key: one[key] for key in more}} for row, one in zip(owing, shown, strict=True)]
    for row in zaoyuan("--demo project list --json").ok.json["rows"]:
        project_ties(zaoyuan, row["project"], "--demo")
    may = zaoyuan("--demo notice money --month 5 --json").ok.json
    assert (may["state"], may["counts"][0]["difference"]) == ("open", "-10.00")
    assert next(row for row in may["accounts"] if row["kind"] == "advance")["account"] is None
    assert next(row for row in may["dues"] if row["households_waived"])["waived"] == "200.00"  # 2 户 200.00
    assert "减免 2 户，合计 200.00 元" in zaoyuan("--demo notice money 2022-05").ok.out
    asked = zaoyuan("--demo report money 五月 --json").ok.json  # a period is read alike everywhere
    assert asked == zaoyuan("--demo report money --since 2022-05-01 --until 2022-05-31 --json").ok.json
    assert zaoyuan("--demo notice post money --month 4 --place 北门 --json").ok.json["period"] == "2022-04"
    assert zaoyuan("--demo notice post roster --month 4 --place 北门 --json").error["field"] == "month"


@poppler
def test_a_quarter_is_one_page_that_can_be_pinned_up(zaoyuan: Runner) -> None:
    """rules.md §5: head, figures, check line, signatures, seal, whom to tell; R-70, R-73."""
    file = zaoyuan.folder / "收支.pdf"
    zaoyuan(f"--demo --fresh notice money 2022-Q1 -o {file}").ok  # noqa: B018
    text = words(file)
    assert facts(file)["Pages"] == "1"
    for said in ("枣园小区公示", "收支公示（2022年第1季度）", "单位：元", "本期已于2022-04-08结账",
                 "上期结余6,830.00＋收入3,120.00", "各项资金合计9,950.00＝各账户合计9,950.00", "A2022-0001",
                 "车棚改造：住户缴款31户", "其中住户缴款（按项目和方式）", "1,300.00",
                 "制表人", "审核人", "主任", "（盖章）", "如有异议"):  # fmt: skip
        assert said in text, said


# ---- any year


@pytest.fixture(scope="module")
def began(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with pytest.MonkeyPatch.context() as patch:
        yield template(Runner(tmp_path_factory.mktemp("began"), patch))


@pytest.mark.parametrize("seed", range(600, 606))
def test_the_papers_of_any_year_tie(zaoyuan: Runner, began: Runner, seed: int) -> None:
    """A random year of a treasurer, closed here and there: a closed month is its sheet as it was reckoned without the
    book, the months add up to the year, the year ends with what there is; so do the projects, and nobody is named."""
    shutil.copytree(began.home, zaoyuan.home)
    shutil.copyfile(began.book, zaoyuan.book)
    rng = Random(seed)
    year = Year(lambda line, day: zaoyuan(line, now=f"{day}T12:00:00+08:00"), zaoyuan.book, rng)
    for at in range(24):
        year.live(OPENING if at < 3 else None)
    year.journal.close()
    zaoyuan.now = f"{year.today}T12:00:00+08:00"
    papers = {}
    for month in range(1, year.today.month + 1 if year.today.year == 2022 else 13):
        papers[f"2022-{month:02}"] = zaoyuan(f"notice money 2022-{month:02} --json").ok.json
    whole = papers["2022"] = zaoyuan("notice money 2022 --json").ok.json
    for name, paper in papers.items():
        ties(paper)
        text = json.dumps(paper, ensure_ascii=False) + zaoyuan(f"notice money {name}").ok.out
        assert not [one for one in ("韩梅", "住户0", "住户1", "住户2", "住户3", "1-1-") if one in text], year.typed
    months = [paper for name, paper in papers.items() if name != "2022"]
    for key in ("in", "out"):
        assert sum(fen(one[key]) for one in months) == fen(whole[key]), year.typed
    for one, next_ in pairwise(months):
        new = sum(leg.fen for leg in year.legs() if leg.what == "opening" and str(leg.day)[:7] == next_["period"])
        assert fen(next_["opening"]) == fen(one["closing"]) + new, year.typed
    for sheet in year.sheets:
        assert figures(papers[sheet.period]) == sheet.figures["", ""], year.typed
        for row in papers[sheet.period]["funds"]:
            assert (fen(row["opening"]), fen(row["closing"])) == sheet.figures["fund", row["fund"]][::3]
    if year.today.year == 2022:
        assert fen(whole["closing"]) == year.turnover(FIRST, date.max)["", ""][3]
    for row in zaoyuan("project list --json").ok.json["rows"]:
        assert "韩梅" not in json.dumps(project_ties(zaoyuan, row["project"]), ensure_ascii=False)


# ---- what is on them


def test_a_void_in_a_closed_period_is_a_line_without_a_name_in_the_next(zaoyuan: Runner) -> None:
    """design.md, when things meet, 2 and 8: the sheet of April stays, that of May corrects it by the number alone."""
    begin(zaoyuan, "pay 3-2-501 100 -d 2022-04-10", "pay 3-2-502 100 -m 微信 -d 2022-04-11")
    april = zaoyuan("notice money 2022-04 --json").ok.json
    zaoyuan("period close 2022-04 --yes").ok  # noqa: B018
    zaoyuan("contribution void A2022-0001 --reason 王桂兰记错 --yes").ok  # noqa: B018
    after = zaoyuan("notice money 2022-04 --json").ok.json
    assert (april["state"], after["state"], after["closed"]) == ("open", "closed", "2022-05-31")
    assert figures(april) == figures(after) == (0, 20000, 0, 20000)
    assert april["corrections"] == []
    assert after["corrections"] == [
        {"number": "A2022-0001", "what": "void", "date": "2022-05-31", "amount": "100.00", "booked": "2022-05"}
    ]
    assert "A2022-0001 作废 100.00 元（2022-05-31，记入 2022 年 5 月）" in zaoyuan("notice money 2022-04").ok.out
    may = zaoyuan("notice money 2022-05 --json").ok.json
    [line] = may["lines"]
    expected = ("A2022-0001", "更正上期：A2022-0001 作废，冲回收入", "100.00")
    assert (line["number"], line["text"], line["out"]) == expected
    assert not [one for one in ("王桂兰", "3-2-501") if one in json.dumps(may, ensure_ascii=False)]


def test_a_sheet_names_what_is_void_refunded_not_approved_and_who_signs(zaoyuan: Runner) -> None:
    """R-57, R-63, R-80: no hole in the receipts, nothing passed off as approved; a signer is named for an office."""
    signed = "--prepared 李秀英 --checked 刘志强 --chair 陈玉芬"
    posted = zaoyuan(f"--demo notice post money 2022-Q2 --place 公告栏 {signed} --json").ok.json
    assert "EA2022-2, EA2022-5, 720.00" in posted["warnings"][0]
    said = zaoyuan(f"--demo notice print {posted['notice']}").ok.out
    for line in ("作废收据：A2022-0056\n", "其中尚在审批：EA2022-2、EA2022-5，共 720.00 元\n", "  A2022-0057-1 ",
                 "已缴中含预缴款抵缴 50.00 元、查明缴款人的款 100.00 元。", "制表人 李秀英 ____"):  # fmt: skip
        assert line in said, line
    voided = zaoyuan("--demo contribution void A2022-0050 --reason 记错 --yes").ok.out
    assert f"notice withdraw {posted['notice']} " in voided
    assert "notice post money 2022-Q2 --place 公告栏" in voided


def test_what_another_computer_brings_late_counts_in_the_next_period(zaoyuan: Runner) -> None:
    """design.md, when things meet, 4: with its own day, in the first period open, its receipt in no closed one."""
    begin(zaoyuan, "pay 3-2-501 100 -d 2022-04-10")
    other = {"book": zaoyuan.folder / "b.db", "home": zaoyuan.folder / "home-b"}
    shutil.copyfile(zaoyuan.book, other["book"])
    for line in ("device add --who 韩梅 --yes", "pay 3-2-502 100 -d 2022-04-12"):
        zaoyuan(line, **other).ok  # noqa: B018
    for line in ("period close 2022-04 --yes", f"merge {other['book']}"):
        zaoyuan(line).ok  # noqa: B018
    april, may = (zaoyuan(f"notice money 2022-{month} --json").ok.json for month in ("04", "05"))
    assert (figures(april), figures(may)) == ((0, 10000, 0, 10000), (10000, 10000, 0, 20000))
    [line] = may["lines"]
    assert (line["date"], line["number"], line["late"]) == ("2022-04-12", "B2022-0001", True)
    assert line["text"] == "车棚改造：住户缴款 1 户（现金）（补记上期）"
    ties(may)


def test_gifts_payees_and_what_is_held_are_named_only_where_no_person_is(zaoyuan: Runner) -> None:
    """A firm that gave or was paid stands by its name; a person who did, and who keeps the money, does not (R-80)."""
    begin(
        zaoyuan, "donor add 便民超市 --kind firm", "donor add 何秀英 --kind person", "person add 李守成",
        "account add 门口王桂兰 --kind hand --holder 王桂兰", "pay 便民超市 300 -p 车棚改造 -m 银行 --yes",
        "pay 何秀英 50 -p 车棚改造 --yes", "pay 3-2-501 100 -m 门口王桂兰 --payer 李守成 --yes",
        "spend 120 李守成修棚 --to 李守成 -p 车棚改造 -m 银行 --yes",
        "spend 80 护栏 --to 便民超市 -p 车棚改造 -m 银行 --yes",
        "spend 30 灯 --fund 众筹专项 --advanced-by 张建国 --yes",
        "project exempt 3-2-502 -p 车棚改造 --reason 困难 --yes",
        "income add 40 张建国处废品 --fund 公共收益 -m 银行 --yes",
    )  # fmt: skip
    for line in ("notice money 2022-05", "notice project 车棚改造"):
        for more in ("", "--json", "--format html", "--format md"):
            text = zaoyuan(f"{line} {more}").ok.out
            private = ("何秀英", "王桂兰", "李守成", "张建国", "欧阳夏丹", "3-2-50", "困难", "pA")
            assert [one for one in private if one in text] == [], (line, more)
            assert "便民超市" in text
            assert "李**修棚" in text.replace("\\", "")
    page = zaoyuan("notice money 2022-05").ok.out
    for said in ("车棚改造：便民超市捐助（银行）", "车棚改造：个人捐助 1 位（现金）",
                 "车棚改造：住户缴款 1 户（交收款人）", "收款人手中", "委员垫付未归还",
                 "护栏（车棚改造、付便民超市）", "减免 1 户，合计 100.00 元"):  # fmt: skip
        assert said in page, said
    raised = zaoyuan("notice project 车棚改造 --json").ok.json["raised"]
    assert [(row["kind"], row["donor"], row["count"], row["amount"]) for row in raised] == [
        ("household", None, 1, "100.00"), ("donor", "便民超市", None, "300.00"), ("person", None, 1, "50.00"),
    ]  # fmt: skip


def test_a_paper_that_forgets_the_wall_is_no_paper(zaoyuan: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The type holds it (R-80): planted, an expense that tells whom it was paid to."""
    begin(zaoyuan, "account opening 银行 500 --fund 众筹专项", "spend 120 棚顶 --to 李守成 -p 车棚改造 -m 银行 --yes")
    monkeypatch.setattr(wording.Wording, "spent", lambda _self, one, _more=(): f"{one.what} {one.payee}")
    from zaoyuan_cli.book import open_book
    from zaoyuan_cli.reports import notices
    from zaoyuan_cli.reports.public import Wall

    book = open_book(zaoyuan.book, zaoyuan.home)
    try:
        for paper, about in (("money", "2022-05"), ("project", "车棚改造")):
            with pytest.raises(Leak) as fault:
                notices.draw(Wall(book), paper, about)
            assert "李守成" not in str(fault.value)
    finally:
        book.close()


def test_a_period_that_runs_says_so(zaoyuan: Runner) -> None:
    """Not the figures of days to come; of an English book, in English."""
    begin(zaoyuan, "pay 3-2-501 100 -d 2022-05-10 --yes", "pay 3-2-502 100 -d 2022-05-20 --yes")
    paper = zaoyuan("--as-of 2022-05-15 notice money 2022-05 --json").ok.json
    assert (paper["state"], paper["until"], paper["closing"]) == ("running", "2022-05-15", "100.00")
    assert "截至 2022-05-15" in zaoyuan("--as-of 2022-05-15 notice money 2022-05").ok.out
    assert zaoyuan("notice money 2022-Q3 --json").error["code"] == "not_found"
    quarter = zaoyuan("notice money 2022-Q2 --json").ok.json
    assert (quarter["state"], quarter["until"], quarter["since"]) == ("running", "2022-05-31", "2022-04-01")


def test_the_surplus_of_a_closed_project_as_everybody_gets_it(zaoyuan: Runner) -> None:
    """R-66: 300.00 in, 285.00 out → 15.00/3 = 5.00 each."""
    begin(zaoyuan, *(f"pay {room} 100 --yes" for room in ("3-2-501", "3-2-502", "3-2-601")),
          "spend 285 棚 --yes", "project close 车棚改造 --return --yes",
          "project return 3-2-501 -p 车棚改造 -m 现金")  # fmt: skip
    paper = project_ties(zaoyuan, "车棚改造")
    closing = paper["closing"]
    assert (closing["shares"], closing["each"], closing["share"], closing["returned"], closing["open"]) == (
        3, "5.00", "15.00", "5.00", "10.00",
    )  # fmt: skip
    page = squeezed(zaoyuan("notice project 车棚改造").ok.out)
    assert "3份，每份5.00元，合计15.00元" in page
    assert "已收300.00－支出285.00－退还5.00" in page.replace("＋其他收入0.00", "")


def test_a_levy_on_one_household_is_nobodys_debt_on_the_wall(zaoyuan: Runner) -> None:
    """Who is asked is known at the door: what came in of it would be somebody's arrears (R-67, R-80)."""
    begin(zaoyuan, "project add 一单元门禁 --fund 众筹专项 --levy 80 --where 'unit 1-1' --yes",
          "pay 1-1-101 30 -p 一单元门禁 --yes")  # fmt: skip
    row = next(one for one in zaoyuan("notice money 2022-05 --json").ok.json["dues"] if one["project"] == "一单元门禁")
    assert (row["households"], row["due"]) == (1, "80.00")
    assert {row[key] for key in ("settled", "paid", "waived", "owed", "credit", "households_waived")} == {None}
    paper = zaoyuan("notice project 一单元门禁 --json").ok.json
    assert (paper["owed"], paper["waived"], paper["levy"]["settled"], paper["units"]) == (None, None, None, [])
    for line in ("notice money 2022-05", "notice project 一单元门禁"):
        page = zaoyuan(line).ok.out
        assert "50.00" not in page
        assert "应缴住户不足三户的，不公示欠缴与减免。" in page


CLAIMS = st.lists(
    st.builds(
        lambda unit, n, due, paid: (f"1-{unit}-{n}01", Claim(Fen(due), Fen(0), Fen(min(paid, due)), True)),
        st.integers(1, 4), st.integers(1, 6), st.integers(1, 20000), st.integers(0, 20000),
    ),
    max_size=14, unique_by=lambda one: one[0],
)  # fmt: skip


@given(CLAIMS)
def test_no_unit_tells_of_fewer_than_three_households(claims: list[tuple[str, Claim]]) -> None:
    """Neither by its own rate, nor by what the rates shown leave of the sums."""
    rates, left_out = public_project.units(claims)
    homes = {
        unit: [one for room, one in claims if room.startswith(f"{unit}-")] for unit in ("1-1", "1-2", "1-3", "1-4")
    }
    shown = [unit for unit, _rate in rates]
    assert left_out == sum(bool(some) for some in homes.values()) - len(shown)
    for unit, rate in rates:
        assert len(homes[unit]) >= 3
        due, owed = (sum(int(getattr(one, key)) for one in homes[unit]) for key in ("due", "owed"))
        assert abs(rate - (due - owed) * 100 / due) <= 0.5 or (rate == 99 and owed)
    hidden = sum(len(some) for unit, some in homes.items() if unit not in shown)
    assert hidden == 0 or hidden >= 3 or not shown


def test_an_english_book_has_english_papers(zaoyuan: Runner, tmp_path: Path) -> None:
    for line in ("init --name Elm --who Ann --book-lang en --yes", "household add 1-1-101 --owner Bob",
                 "project add Shed --fund Crowdfunding --levy 100 --yes", "pay 1-1-101 100 -p Shed -m Bank --yes",
                 "spend 20 wire --to Bank -p Shed -m Bank --yes"):  # fmt: skip
        zaoyuan(line, lang="zh").ok  # noqa: B018
    page = zaoyuan("notice money 2022-05", lang="zh").ok.out
    for said in ("Income and expense, month 5 of 2022", "Shed: households (1, bank)", "Carried forward", "Bank"):
        assert said in page
    assert "Paid 100.00 - spent 20.00 = left 80.00" in zaoyuan("notice project Shed", lang="zh").ok.out
    assert "Bob" not in page
