"""Projects: a levy fixed to the fen, who is in it, who is let off, where it stands."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.shed import begin, rows, spent
from tests.treasurer import done


def due(zaoyuan: Runner, project: str) -> dict[str, str]:
    """Room to due, of a project."""
    return {row["room"]: row["due"] for row in zaoyuan(f"unpaid {project} --all --json").ok.json["rows"]}


def test_a_levy_asks_those_who_meet_its_condition(zaoyuan: Runner) -> None:
    """R-53: the e-bike households, 100 yuan each, and nobody else."""
    begin(zaoyuan)
    line = "project add 充电桩 --fund 众筹专项 --levy 100 --where ebike --decision D1 --yes --json"
    assert zaoyuan('decision add "每户一百元" --body 业主大会 -d 2022-05-20').ok
    assert zaoyuan(line).ok.json == {
        "project": "充电桩",
        "fund": "众筹专项",
        "levy": {"households": 3, "due": "300.00"},
    }
    assert due(zaoyuan, "充电桩") == {"3-2-501": "100.00", "3-2-502": "100.00", "3-2-601": "100.00"}


def test_a_total_is_shared_by_area_to_the_fen(zaoyuan: Runner) -> None:
    """R-55: 1,000.00 over five areas, the largest remainders first."""
    begin(zaoyuan, "project add 围墙 --fund 众筹专项 --levy-total 1000 --by area --yes")
    assert due(zaoyuan, "围墙") == {
        "1-1-101": "162.14", "3-2-501": "195.33", "3-2-502": "231.46", "3-2-601": "266.59", "3-2-602": "144.48",
    }  # fmt: skip


def test_a_total_shared_by_heads_leaves_no_fen_over(zaoyuan: Runner) -> None:
    """R-55: 100.00 over three is 33.34, 33.33, 33.33."""
    begin(zaoyuan, "project add 台阶 --fund 众筹专项 --levy-total 100 --by household --where ebike --yes")
    assert list(due(zaoyuan, "台阶").values()) == ["33.34", "33.33", "33.33"]


def test_a_rate_for_a_square_metre(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    found = zaoyuan('project add 粉刷 --fund 众筹专项 --levy-per-m2 1.50 --where "unit 3-2" --yes --json').ok.json
    assert found["levy"] == {"households": 4, "due": "483.21"}  # 322.14 m2
    assert sum(int(one.replace(".", "")) for one in due(zaoyuan, "粉刷").values()) == 48321


def test_equal_shares_without_an_agreement_are_warned_of(zaoyuan: Runner) -> None:
    """R-54: the law's default is by area (Civil Code 283); another needs a decision to name."""
    begin(zaoyuan)
    assert "283" in zaoyuan("project add 甲 --fund 众筹专项 --levy 10 --yes").ok.err
    assert "283" in zaoyuan("project add 乙 --fund 众筹专项 --levy-total 10 --by household --yes").ok.err
    assert "283" not in zaoyuan("project add 丙 --fund 众筹专项 --levy-total 10 --by area --yes").ok.err


def test_a_levy_on_three_households_asks_first(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    line = "project add 充电桩 --fund 众筹专项 --levy 100 --where ebike"
    refused = zaoyuan(line + " --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (2, "needs_yes", "yes")
    assert zaoyuan(line, input="n\n", tty=True).code == 130
    assert zaoyuan(line + " --dry-run --json").ok.json["totals"] == {"households": 3, "due": "300.00"}
    assert [row["project"] for row in zaoyuan("project list --json").ok.json["rows"]] == ["车棚改造"]
    assert zaoyuan(line, input="y\n", tty=True).ok
    assert len(zaoyuan("project list --json").ok.json["rows"]) == 2


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ("--fund 众筹专项 --levy 100 --levy-total 300", "levy"),
        ("--fund 众筹专项 --levy 100 --by area", "by"),
        ("--fund 众筹专项 --where ebike", "where"),
        ("--fund 众筹专项 --levy 100 --where 电瓶", "where"),
        ("--fund 众筹专项 --levy 0", "levy"),
        ("--fund 不存在 --levy 100", "fund"),
        ("--fund 众筹专项 --levy 100 --decision D9", "decision"),
    ],
)
def test_what_is_no_levy_is_refused_by_name(zaoyuan: Runner, options: str, field: str) -> None:
    begin(zaoyuan)
    refused = zaoyuan(f"project add 新 {options} --yes --json")
    assert refused.code in (1, 2)
    assert refused.error["field"] == field
    assert len(zaoyuan("project list --json").ok.json["rows"]) == 1


def test_a_name_is_given_once(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    assert zaoyuan("project add 车棚改造 --fund 众筹专项 --json").error["field"] == "project"


def test_a_household_included_later_owes_the_rate(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    assert zaoyuan("project include 1-1-101 -p 车棚 --json").ok.json["due"] == "100.00"
    assert zaoyuan("pay 1-1-101 --json").ok.json["amount"] == "100.00"
    again = zaoyuan("project include 1-1-101 -p 车棚 --json")
    assert (again.code, again.error["field"]) == (1, "household")


def test_an_inclusion_that_was_paid_cannot_be_undone(zaoyuan: Runner) -> None:
    """The household would have paid what nobody asked of it."""
    begin(zaoyuan, "project include 1-1-101 -p 车棚", "pay 1-1-101")
    step = next(row["step"] for row in zaoyuan("log --json").ok.json["rows"] if row["verb"] == "project include")
    refused = zaoyuan(f"undo {step} --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "overpaid")


def test_what_is_still_owed_is_waived(zaoyuan: Runner) -> None:
    """R-67: a class of reason, the amount, and without a decision it waits in the report."""
    begin(zaoyuan, "pay 3-2-502 40")
    found = zaoyuan("project exempt 3-2-502 -p 车棚 --reason 困难 --json").ok.json
    assert (found["room"], found["waived"], found["reason"]) == ("3-2-502", "60.00", "hardship")
    (row,) = [one for one in zaoyuan("unpaid --all --json").ok.json["rows"] if one["room"] == "3-2-502"]
    assert (row["due"], row["paid"], row["waived"], row["owed"], row["state"]) == (
        "100.00", "40.00", "60.00", "0.00", "paid",
    )  # fmt: skip
    assert zaoyuan("project exempt 3-2-502 -p 车棚 --reason 困难 --json").error["field"] == "household"
    assert "waiver" in [item["kind"] for item in zaoyuan("report --json").ok.json["todo"]]


def test_the_decision_on_a_waiver_comes_later(zaoyuan: Runner) -> None:
    """R-67: it is named once more with its decision, and nothing is to do any more."""
    begin(zaoyuan, "body add 业委会 --seats 5", "project exempt 3-2-502 --reason 困难")
    (item,) = [item for item in zaoyuan("report --json").ok.json["todo"] if item["kind"] == "waiver"]
    assert item["command"].startswith("zaoyuan project exempt ")
    assert "车棚改造" in item["command"]
    assert "3-2-502" not in item["command"], "no room is named where it may be printed"
    assert zaoyuan("decision add 减免困难户 --body 业委会 -d 2022-05-31").ok
    done = zaoyuan("project exempt 3-2-502 -p 车棚 --decision D1 --json").ok.json
    assert (done["room"], done["waived"], done["decision"]) == ("3-2-502", "100.00", "DA2022-1")
    assert "waiver" not in [item["kind"] for item in zaoyuan("report --json").ok.json["todo"]]
    (rest,) = zaoyuan("decision show D1 --json").ok.json["rests"]
    assert (rest["kind"], rest["ref"], rest["amount"]) == ("waiver", "3-2-502", "100.00")
    assert zaoyuan("project exempt 3-2-502 -p 车棚 --decision D1 --json").error["field"] == "household"
    assert zaoyuan("project exempt 3-2-501 -p 车棚 --decision D1 --json").error["field"] == "reason"
    assert zaoyuan("undo --yes").ok
    assert "waiver" in [item["kind"] for item in zaoyuan("report --json").ok.json["todo"]]


def test_all_waived_is_exempt(zaoyuan: Runner) -> None:
    begin(zaoyuan, "project exempt 3-2-601 --reason unused")
    rows = zaoyuan("unpaid --all --json").ok.json["rows"]
    assert {row["room"]: row["state"] for row in rows}["3-2-601"] == "exempt"


def test_another_reason_is_said_in_words(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    assert zaoyuan("project exempt 3-2-601 --reason 其他 --json").error["field"] == "note"
    assert zaoyuan("project exempt 3-2-601 --reason 穷 --json").error["field"] == "reason"
    assert zaoyuan("project exempt 3-2-601 --reason 其他 -n 已搬走 --json").ok.json["reason"] == "other"


def test_where_a_project_stands(zaoyuan: Runner) -> None:
    """due = paid + owed + waived - credit; left = paid - spent. Gifts of others are credit."""
    begin(
        zaoyuan,
        "pay 3-2-501 120 --yes",
        "project exempt 3-2-601 --reason 困难",
        "donor add 社区 --kind public",
        "pay 社区 500 -p 车棚",
        "spend 250 立柱 -p 车棚",
    )
    (row,) = zaoyuan("project list --json").ok.json["rows"]
    numbers = {key: row[key] for key in ("due", "paid", "waived", "owed", "credit", "spent", "left")}
    assert numbers == {
        "due": "300.00", "paid": "620.00", "waived": "100.00", "owed": "100.00", "credit": "520.00",
        "spent": "250.00", "left": "370.00",
    }  # fmt: skip
    shown = zaoyuan("project show 车棚 --json").ok.json
    assert (shown["left"], shown["levy"]["households"], shown["levy"]["settled"]) == ("370.00", 3, 2)
    assert "370.00" in zaoyuan("project show 车棚").ok.out


def test_a_sold_flat_keeps_the_debt_with_the_owner_of_the_day(zaoyuan: Runner) -> None:
    begin(zaoyuan, "household transfer 3-2-502 --to 李雷")
    (row,) = zaoyuan("unpaid --unit 3-2 --json --lang zh").ok.json["rows"][1:2]
    assert (row["room"], row["owner"], row["former"], row["note"]) == ("3-2-502", "张建国", True, "原业主")
    assert "原业主" in zaoyuan("unpaid", lang="zh").ok.out


def test_the_project_in_use_is_this_computers(zaoyuan: Runner) -> None:
    begin(zaoyuan, "project add 围墙 --fund 众筹专项 --levy-total 1000 --by area --yes", "project use 围墙")
    steps = len(zaoyuan("log --json").ok.json["rows"])
    assert zaoyuan("project use 车棚 --json").ok.json == {"project": "车棚改造"}
    assert zaoyuan("pay 3-2-501 --json").ok.json["project"] == "车棚改造"
    assert len(zaoyuan("log --json").ok.json["rows"]) == steps + 1, "using a project is no entry"
    assert zaoyuan("project use --none --json").ok.json == {"project": None}
    assert zaoyuan("pay 3-2-502 --json").error["code"] == "ambiguous"


def test_a_project_as_of_a_day(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501")
    zaoyuan.now = "2022-06-20T09:00:00+08:00"
    assert zaoyuan("pay 3-2-502").ok
    assert zaoyuan("project list --json --as-of 2022-05-31").ok.json["totals"]["paid"] == "100.00"
    assert zaoyuan("project list --json").ok.json["totals"]["paid"] == "200.00"
    assert zaoyuan("project list --json --as-of 2022-05-30").ok.json["rows"] == []


def test_a_day_to_pay_without_a_year_is_still_to_come(zaoyuan: Runner) -> None:
    """On the last day of May, 8-1 is this summer and 3-1 the next spring."""
    begin(
        zaoyuan,
        "project add 雨棚 --fund 众筹专项 --levy 100 --due 8-1 --yes",
        "project add 花坛 --fund 众筹专项 --levy 100 --due 3月1日 --yes",
    )
    rows = zaoyuan("project list --json").ok.json["rows"]
    assert {row["project"]: row["due_date"] for row in rows if row["project"] != "车棚改造"} == {
        "雨棚": "2022-08-01",
        "花坛": "2023-03-01",
    }


# ---- a new name


def test_a_new_name_is_shown_and_both_are_understood(zaoyuan: Runner) -> None:
    shed = spent(zaoyuan)
    done(shed, "project edit 车棚 --name 电动车棚 --budget 400 --goal 300 --due 8-1")
    now = shed("project show 车棚改造 --json").ok.json
    assert (now["project"], now["budget"], now["goal"], now["due_date"]) == (
        "电动车棚",
        "400.00",
        "300.00",
        "2022-08-01",
    )
    assert rows(shed, "project list")[0]["project"] == "电动车棚"
    assert shed("pay 1-1-101 5 -p 电动 --gift --json").ok.json["project"] == "电动车棚"
    assert "电动车棚" in shed("spend 1 钉子 -p 车棚改造 --voucher 4").ok.out
    for line in ("contribution list", "expense list", "unpaid --all"):
        assert {row["project"] for row in rows(shed, line)} == {"电动车棚"}, line
    assert shed("project add 车棚改造 --fund 众筹专项 --json").error["field"] == "project"
    assert shed("project add 电动车棚 --fund 众筹专项 --json").error["field"] == "project"
    assert rows(shed, "unpaid 电动车棚 --all")[0]["due_date"] == "2022-08-01"
    assert rows(shed, "project list --as-of 2022-05-31")[0]["project"] == "电动车棚"
    done(shed, "undo --yes", "undo --yes", "undo --yes")
    assert rows(shed, "project list")[0]["project"] == "车棚改造"


def test_an_edit_that_changes_nothing_is_no_step(zaoyuan: Runner) -> None:
    shed = spent(zaoyuan)
    steps = rows(shed, "log")
    assert shed("project edit 车棚 --name 车棚改造 --json").ok.json["changed"] is False
    assert rows(shed, "log") == steps
    assert shed("project edit 车棚").code == 2
    done(shed, "project add 围墙 --fund 众筹专项")
    assert shed("project edit 围墙 --name 车棚改造 --json").code == 1


def test_an_edited_budget_is_the_one_that_counts(zaoyuan: Runner) -> None:
    shed = spent(zaoyuan)
    done(shed, "project edit 车棚 --budget 295")
    done(shed, "spend 10 油漆 -p 车棚 --voucher 2 --yes")
    assert "budget" in [item["kind"] for item in shed("report --json").ok.json["todo"]]
