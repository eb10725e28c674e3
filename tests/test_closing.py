"""The closing of a project: what is left goes back or stays, to the fen; what comes later changes no share (R-66)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.shed import CLOSE, back, begin, rows, spent
from tests.treasurer import done
from zaoyuan_cli.rules import surplus


@pytest.fixture
def shed(zaoyuan: Runner) -> Runner:
    return spent(zaoyuan)


def shown(zaoyuan: Runner) -> dict[str, Any]:
    return zaoyuan("project show 车棚 --json").ok.json


# ---- the shares


def test_six_thousand_two_hundred_in_and_three_hundred_and_ten_left_are_five_each() -> None:
    """R-66: 6,200.00 in, 5,890.00 out: 310.00 over 62 households."""
    assert surplus.shares(31_000, [10_000] * 62) == (500,) * 62


def test_sixty_two_households_get_five_each(zaoyuan: Runner) -> None:
    """R-66, typed as the treasurer does."""
    roll = "房号,业主,建筑面积,面积来源,微网格,状态,电动车\n" + "".join(
        f"{building}-1-{floor}0{door},业主{building}{floor}{door},80,登记,1,自住,是\n"
        for building in range(1, 5) for floor in range(1, 9) for door in (1, 2)
    )  # fmt: skip
    zaoyuan.folder.joinpath("roll.csv").write_text("".join(roll.splitlines(keepends=True)[:63]), encoding="utf-8")
    done(
        zaoyuan,
        "init --name 枣园小区 --who 韩梅 --yes",
        f"import households {zaoyuan.folder / 'roll.csv'} --yes",
        "project add 车棚改造 --fund 众筹专项 --levy 100 --where ebike --yes",
    )
    lines = "".join(f"{row['room']}\t100\n" for row in rows(zaoyuan, "unpaid"))
    assert zaoyuan("collect", input=lines).ok
    done(zaoyuan, "spend 5890 车棚 -p 车棚 --voucher 1")
    closed = zaoyuan(CLOSE + " --json").ok.json
    assert (closed["paid"], closed["spent"], closed["left"]) == ("6200.00", "5890.00", "310.00")
    assert closed["shares"] == {"payers": 62, "amount": "310.00"}
    assert set(back(zaoyuan).values()) == {"5.00"}


@given(
    left=st.integers(-10_000, 10_000_000),
    paid=st.lists(st.integers(1, 1_000_000), max_size=80),
)
def test_shares_add_up_and_nobody_gets_more_than_it_paid(left: int, paid: list[int]) -> None:
    """R-55, R-66."""
    shares = surplus.shares(left, paid)
    assert len(shares) == len(paid)
    assert sum(shares) == max(0, min(left, sum(paid)))
    assert all(0 <= share <= one for share, one in zip(shares, paid, strict=True))


def test_shares_are_by_what_each_paid_net_and_a_tie_goes_to_the_first_room(zaoyuan: Runner) -> None:
    """R-55, R-66: of 0.10, 100.00 and 100.00 paid: 0.05 each; of 0.05 the odd fen goes to the first room."""
    begin(zaoyuan)
    done(zaoyuan, "pay 3-2-502", "pay 3-2-501", "spend 199.95 立柱 -p 车棚 --voucher 1", CLOSE)
    assert back(zaoyuan) == {"3-2-501": "0.03", "3-2-502": "0.02"}


def test_a_refund_and_a_waiver_count(zaoyuan: Runner) -> None:
    """R-65, R-67: who was given 40 back paid 60; who paid nothing gets nothing."""
    begin(zaoyuan)
    done(zaoyuan, "pay 3-2-501", "pay 3-2-502", "contribution refund A2022-0002 40 --reason 多收")
    done(zaoyuan, "project exempt 3-2-601 --reason 困难", "spend 152 立柱 -p 车棚 --voucher 1", CLOSE)
    assert back(zaoyuan) == {"3-2-501": "5.00", "3-2-502": "3.00"}


def test_donors_and_givers_get_their_share_too(shed: Runner) -> None:
    done(shed, "donor add 社区", "pay 社区 300 -p 车棚", "pay 1-1-101 400 -p 车棚 --gift", CLOSE)
    assert back(shed) == {"1-1-101": "284.00", "3-2-501": "71.00", "3-2-502": "71.00", "3-2-601": "71.00",
                          "社区": "213.00"}  # fmt: skip
    assert shed("project return 社区 --json").ok.json["rows"][0]["donor"] == "社区"


def test_more_left_than_was_paid_stays_in_the_fund(shed: Runner) -> None:
    """Income made it more: nobody gets back more than it paid."""
    done(shed, "income add 500 废旧处理 -p 车棚")
    said = shed("project close 车棚 --return", input="n\n", tty=True)
    assert "210.00" in said.err
    done(shed, CLOSE, "project return --all --yes")
    assert back(shed) == {"3-2-501": "100.00", "3-2-502": "100.00", "3-2-601": "100.00"}
    assert shown(shed)["left"] == "210.00"


# ---- closing


def test_before_it_is_closed_everything_is_shown(shed: Runner) -> None:
    done(shed, "project pledge 1-1-101 50 -p 车棚", "undo --yes", "project pledge 1-1-101 20 -p 车棚")
    steps = len(rows(shed, "log"))
    seen = shed("project close 车棚 --return --dry-run --json").ok.json
    assert {key: seen[key] for key in ("promised", "due", "paid", "waived", "owed", "spent", "left", "back")} == {
        "promised": "20.00", "due": "300.00", "paid": "300.00", "waived": "0.00", "owed": "0.00", "spent": "290.00",
        "left": "10.00", "back": "10.00",
    }  # fmt: skip
    assert [row["share"] for row in seen["shares"]] == ["3.34", "3.33", "3.33"]
    assert "3.34" in shed("project close 车棚 --return --dry-run").ok.out
    asked = shed("project close 车棚 --return --json")
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    assert shed("project close 车棚 --return", input="n\n", tty=True).code == 130
    assert len(rows(shed, "log")) == steps


@pytest.mark.parametrize(
    ("options", "code", "field"),
    [
        ("", "usage", "return"),
        ("--return --keep", "usage", "return"),
        ("--keep", "decision_required", "decision"),
        ("--decision D1", "usage", "decision"),
    ],
)
def test_what_is_left_goes_back_or_stays_by_a_decision(shed: Runner, options: str, code: str, field: str) -> None:
    """R-66, R-50."""
    done(shed, 'decision add "余款留存" --body 业主大会 -d 2022-05-30')
    refused = shed(f"project close 车棚 {options} --yes --json")
    assert (refused.code in (1, 2), refused.error["code"], refused.error["field"]) == (True, code, field)
    assert shown(shed)["state"] == "open"


def test_what_is_kept_stays_in_the_fund_and_rests_on_its_decision(shed: Runner) -> None:
    """R-66: kept by a decision, whose undoing is then refused."""
    done(shed, 'decision add "余款留作维护" --body 业主大会 -d 2022-05-30')
    closed = shed("project close 车棚 --keep --decision D1 --yes --json").ok.json
    assert (closed["plan"], closed["decision"], closed["left"]) == ("keep", "DA2022-1", "10.00")
    assert shown(shed)["left"] == "10.00"
    assert rows(shed, "project shares 车棚") == []
    assert shed("project return 3-2-501 -p 车棚 --json").code == 1
    assert shed("fund list --json").ok.json["totals"]["balance"] == "10.00"
    assert "车棚改造" in [one["ref"] for one in shed("decision show D1 --json").ok.json["rests"]]
    step = next(row["step"] for row in rows(shed, "log") if row["verb"] == "decision add")
    assert shed(f"undo {step} --yes --json").error["code"] == "has_dependents"


def test_where_nothing_is_left_there_is_nothing_to_say(shed: Runner) -> None:
    done(shed, "spend 10 油漆 -p 车棚 --voucher 2")
    assert shed("project close 车棚 --return --yes --json").error["field"] == "return"
    assert shed("project close 车棚 --yes --json").ok.json["plan"] is None
    assert shed("project return --all --yes --json").error["code"] == "not_found"


def test_a_deficit_and_open_dues_are_said_and_stay(zaoyuan: Runner) -> None:
    begin(
        zaoyuan, "account opening 微信 1000 --fund 众筹专项 -d 5-1", "pay 3-2-501", "spend 150 立柱 -p 车棚 --voucher 1"
    )
    asked = zaoyuan("project close 车棚", input="n\n", tty=True).err
    assert "200.00" in asked
    assert "50.00" in asked
    closed = zaoyuan("project close 车棚 --yes --json").ok.json
    assert (closed["owed"], closed["left"]) == ("200.00", "-50.00")
    assert zaoyuan("unpaid --json").ok.json["totals"]["owed"] == "200.00"
    zaoyuan.now = "2022-06-20T09:00:00+08:00"
    assert "arrears" in [item["kind"] for item in zaoyuan("report --json").ok.json["todo"]]


def test_it_is_closed_once(shed: Runner) -> None:
    done(shed, CLOSE)
    again = shed(CLOSE + " --json")
    assert (again.code, again.error["code"]) == (1, "project_closed")


def test_the_closing_stands_in_lists_reports_and_the_first_screen(shed: Runner) -> None:
    done(shed, "undo --yes", "spend 190 立柱 -p 车棚 --voucher 1")
    done(shed, CLOSE)
    (row,) = rows(shed, "project list")
    assert (row["state"], row["closed"], row["left"]) == ("closed", "2022-05-31", "110.00")
    told = shed("report --json").ok.json
    assert told["projects"][0]["state"] == "closed"
    assert [item["message"] for item in told["todo"] if item["kind"] == "share"] == [
        "车棚改造: 110.00 yuan are still to be given back; payers: 3."
    ]
    assert shed("status --json").ok.json["projects"] == []
    for lang, word in (("en", "closed"), ("zh", "已关闭")):
        assert word in shed("project list", lang=lang).ok.out
    done(shed, "project return --all --yes")
    assert "share" not in [item["kind"] for item in shed("report --json").ok.json["todo"]]


# ---- frozen


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("spend 1 钉子 -p 车棚 --voucher 9", "zaoyuan spend … --fund 众筹专项"),
        ("income add 5 废料 -p 车棚", "zaoyuan income add … --fund 众筹专项"),
        ("project include 1-1-101 -p 车棚", "zaoyuan undo A8"),
        ("project pledge 1-1-101 5 -p 车棚", "zaoyuan undo A8"),
        ("project edit 车棚 --name 新车棚", "zaoyuan undo A8"),
        ("contribution void A2022-0001 --reason 记错 --yes", "zaoyuan undo A8"),
        ("contribution refund A2022-0001 1 --reason 多收", "zaoyuan undo A8"),
        ("expense void EA2022-1 --reason 记错 --yes", "zaoyuan undo A8"),
        ("undo A4 --yes", "zaoyuan undo A8"),
        ("undo A7 --yes", "zaoyuan undo A8"),
    ],
)
def test_a_closed_project_takes_no_change_and_names_what_to_do(shed: Runner, line: str, instead: str) -> None:
    """R-66: the verb to use instead is said."""
    done(shed, CLOSE)
    before = shown(shed)
    refused = shed(line + " --json")
    assert (refused.code, refused.error["code"], refused.error["value"]) == (1, "project_closed", "车棚改造")
    assert instead in refused.error["hint"]
    assert shown(shed) == before


def test_an_open_due_of_a_closed_project_is_not_waived_any_more(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", CLOSE)
    assert zaoyuan("project exempt 3-2-601 -p 车棚 --reason 困难 --json").error["code"] == "project_closed"


def test_other_money_of_the_fund_goes_on(shed: Runner) -> None:
    done(shed, "project add 围墙 --fund 众筹专项", CLOSE, "pay 1-1-101 50 -p 围墙 --gift")
    done(shed, "spend 20 砖 --voucher 3", "undo --yes", "check")  # the one open project
    assert rows(shed, "expense list")[-1]["project"] in ("围墙", None)


def test_the_closing_is_undone_until_a_share_is_paid_out(shed: Runner) -> None:
    done(shed, CLOSE, "undo --yes")
    assert shown(shed)["state"] == "open"
    done(shed, "spend 4 钉子 -p 车棚 --voucher 2", CLOSE)
    assert shown(shed)["closing"]["left"] == "6.00"
    done(shed, "project return 3-2-501")
    step = next(row["step"] for row in rows(shed, "log") if row["verb"] == "project close" and not row["undone"])
    refused = shed(f"undo {step} --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "has_dependents")
    assert "KA2022-1" in refused.error["candidates"][0]["label"]
    done(shed, "undo --yes", f"undo {step} --yes", "redo --yes", "check")
    assert shown(shed)["state"] == "closed"


def test_a_closing_is_not_brought_back_over_what_was_spent_since(shed: Runner) -> None:
    done(shed, CLOSE, "undo --yes", "spend 4 钉子 -p 车棚 --voucher 2")
    refused = shed("redo --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "conflict")
    assert refused.error["candidates"][0]["key"] == "closed/车棚改造/EA2022-2/expense"
    done(shed, "check", CLOSE)


# ---- late money


def test_a_late_payment_settles_the_due_and_changes_no_share(zaoyuan: Runner) -> None:
    """When things meet, 14."""
    begin(zaoyuan, "pay 3-2-501", "pay 3-2-502", "spend 190 立柱 -p 车棚 --voucher 1", CLOSE)
    before = back(zaoyuan)
    zaoyuan.now = "2022-06-05T09:00:00+08:00"
    paid = zaoyuan("pay 3-2-601")  # the only project, closed, which it still owes
    assert "closed" in paid.ok.out
    assert back(zaoyuan) == before == {"3-2-501": "5.00", "3-2-502": "5.00"}
    now = shown(zaoyuan)
    assert (now["late"], now["closing"]["late"], now["owed"], now["left"]) == ("100.00", "100.00", "0.00", "110.00")
    assert zaoyuan("fund list --json").ok.json["totals"]["balance"] == "110.00"
    assert "100.00" in zaoyuan("project show 车棚").ok.out
    assert rows(zaoyuan, "conflict list") == []
    assert zaoyuan("project show 车棚 --as-of 2022-05-31 --json").ok.json["late"] == "0.00"
    done(zaoyuan, "contribution void A2022-0003 --reason 记错 --yes", "check")  # late money is not frozen
    assert shown(zaoyuan)["owed"] == "100.00"


def test_a_late_payment_is_undone_and_done_again(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", CLOSE, "pay 3-2-601", "undo --yes", "redo --yes", "check")
    assert shown(zaoyuan)["late"] == "100.00"
