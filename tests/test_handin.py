"""Collectors and the cashier: cash in the hand, slips, and what is missing (R-69)."""

from __future__ import annotations

from pathlib import Path

import pytest
from laptops import Laptop, assert_replayed, conflicts_of, do, merge, pair, picture

from tests.conftest import Runner
from tests.prepared import once
from zaoyuan_cli.book import Book, accounts, contributions, handins, incomes, steps
from zaoyuan_cli.rules.money import Fen

ROOMS = [f"3-2-{floor}0{door}" for floor in range(1, 6) for door in range(1, 4)]


@pytest.fixture
@once
def leader(zaoyuan: Runner) -> Runner:
    """Fifteen households pay 100.00 each into the hand of 李强, who leads their unit."""
    roll = "房号,业主,电动车\n" + "".join(f"{room},住户{n},是\n" for n, room in enumerate(ROOMS))
    zaoyuan.folder.joinpath("roll.csv").write_text(roll, encoding="utf-8")
    for line in (
        "init --name 枣园小区 --who 韩梅 --yes",
        "import households roll.csv --yes",
        "person add 李强",
        "role set 李强 单元长 --scope 3-2",
        "project add 车棚改造 --fund 众筹专项 --levy 100 --where ebike --yes",
    ):
        assert zaoyuan(line).ok
    assert zaoyuan("collect --hand 李强", input="".join(f"{room}\t100\n" for room in ROOMS)).ok
    return zaoyuan


def balances(zaoyuan: Runner) -> dict[str, str]:
    return {row["account"]: row["balance"] for row in zaoyuan("account list --json").ok.json["rows"]}


def todo(zaoyuan: Runner) -> list[str]:
    return [item["message"] for item in zaoyuan("report --json").ok.json["todo"] if item["kind"] == "shortfall"]


def outstanding(zaoyuan: Runner) -> str:
    return str(zaoyuan("handin list --json").ok.json["totals"]["outstanding"])


def test_cash_is_in_the_hand_until_it_is_handed_in(leader: Runner) -> None:
    """The hand account is made when first needed, and bears the unit, not a name that would stand for ever."""
    assert balances(leader)["在手3-2"] == "1500.00"
    assert balances(leader)["现金"] == "0.00"
    answer = leader("handin add 李强 1500 --json").ok.json
    assert (answer["handin"], answer["shortfall"], answer["in_hand"]) == ("HA2022-1", "0.00", "0.00")
    assert (balances(leader)["在手3-2"], balances(leader)["现金"]) == ("0.00", "1500.00")
    assert todo(leader) == []
    assert leader("check").code == 0


def test_a_shortfall_stands_on_the_leader(leader: Runner) -> None:
    """R-69: the slip says 15 × 100 = 1,500, received are 1,400: 100 stand on the leader until explained."""
    answer = leader("handin add 李强 1500 --counted 1400 --json").ok.json
    assert (answer["amount"], answer["counted"], answer["shortfall"]) == ("1500.00", "1400.00", "100.00")
    assert (answer["leader"], answer["in_hand"], answer["balance"]) == ("李强", "100.00", "1400.00")
    (message,) = todo(leader)
    assert "李强" in message
    assert "100.00" in message
    assert leader("check").code == 0, "something to do, no fault of the book"


def test_the_rest_handed_in_explains_it(leader: Runner) -> None:
    leader("handin add 李强 1500 --counted 1400").ok  # noqa: B018
    leader("handin add 李强 60").ok  # noqa: B018
    assert outstanding(leader) == "40.00"
    leader("handin add 李强 40").ok  # noqa: B018
    assert (outstanding(leader), todo(leader)) == ("0.00", [])


def test_a_slip_that_was_made_good_is_settled(leader: Runner) -> None:
    """The oldest shortfall is made good first; the list says what is still short."""
    for line in ("handin add 李强 1000 --counted 980", "handin add 李强 500 --counted 490", "handin add 李强 20"):
        assert leader(line).ok
    answer = leader("handin list --json").ok.json
    assert [(row["handin"], row["state"], row["shortfall"], row["outstanding"]) for row in answer["rows"]] == [
        ("HA2022-1", "settled", "20.00", "0.00"),
        ("HA2022-2", "short", "10.00", "10.00"),
        ("HA2022-3", "settled", "0.00", "0.00"),
    ]
    assert answer["totals"]["outstanding"] == "10.00"
    assert leader("handin show 1 --json").ok.json["state"] == "settled"
    assert "还短缺" in leader("handin list", lang="zh").ok.out


def test_a_void_explains_it(leader: Runner) -> None:
    """One household had paid by 微信: its cash receipt was wrong."""
    leader("handin add 李强 1500 --counted 1400").ok  # noqa: B018
    leader("contribution void A2022-0007 --reason 已付微信 --yes").ok  # noqa: B018
    assert outstanding(leader) == "0.00"


def test_money_collected_later_is_no_explanation(leader: Runner) -> None:
    leader("handin add 李强 1500 --counted 1400").ok  # noqa: B018
    leader("collect --hand 李强 --yes", input="3-2-101\t80\n").ok  # noqa: B018
    assert outstanding(leader) == "100.00"
    leader("handin add 李强 80").ok  # noqa: B018
    assert outstanding(leader) == "100.00"
    leader("handin add 李强 100").ok  # noqa: B018
    leader("collect --hand 李强 --yes", input="3-2-101\t30\n").ok  # noqa: B018
    assert outstanding(leader) == "0.00", "made good once is made good"


def test_payments_entered_after_the_slip(zaoyuan: Runner, leader: Runner) -> None:
    """The slip first, the doors in the evening: the book asks, and the shortfall is there all the same."""
    leader("handin add 李强 1500").ok  # noqa: B018
    refused = leader("handin add 李强 300 --counted 250")
    assert refused.code == 2
    assert "0.00" in refused.err
    assert "250.00" in leader("handin add 李强 300 --counted 250 --yes", lang="zh").ok.out
    leader("collect --hand 李强 --yes", input="3-2-101\t300\n").ok  # noqa: B018
    assert outstanding(leader) == "50.00"
    assert balances(leader)["在手3-2"] == "50.00"


def test_void_and_undo_put_it_back(leader: Runner) -> None:
    leader("handin add 李强 1500 --counted 1400").ok  # noqa: B018
    assert leader("handin void 1 --reason 数错").code == 2, "it asks"
    assert leader("handin void 1 --reason 数错 --yes --json").ok.json["state"] == "void"
    assert (balances(leader)["在手3-2"], outstanding(leader)) == ("1500.00", "0.00")
    assert leader("handin void 1 --reason 数错 --yes").code == 1
    leader("handin add 李强 1500").ok  # noqa: B018
    leader("undo --yes").ok  # noqa: B018
    answer = leader("handin list --json").ok.json
    assert [(row["handin"], row["state"]) for row in answer["rows"]] == [("HA2022-1", "void"), ("HA2022-2", "void")]
    assert answer["totals"] == {
        "handins": 2, "void": 2, "amount": "0.00", "counted": "0.00", "shortfall": "0.00", "outstanding": "0.00",
    }  # fmt: skip


def test_more_than_the_slip_is_said(leader: Runner) -> None:
    assert "20.00" in leader("handin add 李强 1480 --counted 1500").ok.err


def test_cash_in_the_box_is_not_in_the_hand(leader: Runner) -> None:
    refused = leader("handin add 韩梅 100 --json")
    assert (refused.code, refused.error["field"]) == (1, "account")
    assert leader("handin add 没有 100").code == 1
    assert leader("handin add 李强 abc").code == 2
    assert leader("handin add 李强 100 -m 在手3-2").code == 2


def test_the_round_at_the_doors_names_the_next_step(leader: Runner) -> None:
    walked = leader("collect --hand 李强 --unit 3-2", input="101\n10\n\ny\n.\n", tty=True, screen=100, lang="zh").ok
    assert "zaoyuan handin add 李强 10" in walked.err
    assert balances(leader)["在手3-2"] == "1510.00"


def test_a_refused_list_makes_no_account(leader: Runner) -> None:
    assert leader("collect --hand 韩梅", input="9-9-901\t100\n").code == 3
    assert len([name for name in balances(leader) if name.startswith("在手")]) == 1


def test_what_is_in_the_books(leader: Runner) -> None:
    leader("handin add 李强 1500 --counted 1400 -n 第一次").ok  # noqa: B018
    (line,) = [row for row in leader("account ledger 现金 --json").ok.json["rows"]]  # noqa: C416
    assert (line["number"], line["what"], line["in"], line["other"]) == ("HA2022-1", "transfer", "1400.00", "在手3-2")
    page = leader("交账 show 1", lang="zh").ok.out
    assert "李强" in page
    assert "短缺" in page
    assert "第一次" in page
    assert leader("find 第一次 --json").ok.json["rows"][0]["show"] == "zaoyuan handin show HA2022-1"
    assert "√ HA2022-2" in leader("交账 add 李强 100", lang="zh").ok.out


def test_two_laptops_that_both_made_the_hand_account(tmp_path: Path) -> None:
    """One holder, one kind, one account: nobody has anything to settle, and both books are the same."""

    def collected(book: Book, counted: int) -> str:
        hand = handins.hand(book, "pA1")
        paid = contributions.Payment(Fen(10_000), hand, "众筹专项", book.today, "1-1-101", agreed=True)
        contributions.receive(book, paid)
        incomes.add(book, Fen(300), "利息", "公共收益", "银行", book.today)
        return handins.add(book, "pA1", hand, "现金", Fen(10_000), Fen(counted), book.today)

    first, second = laptops = pair(tmp_path)
    numbers = [do(laptop, collected, counted) for laptop, counted in zip(laptops, (10_000, 9_000), strict=True)]
    merge(first, second)
    merge(second, first)
    assert numbers == ["HA2022-1", "HB2022-1"]
    assert picture(first) == picture(second)
    assert conflicts_of(first) == []

    def stands(book: Book) -> tuple[Fen, Fen, list[Fen]]:
        hand = handins.account_of(book.db, "pA1")
        return accounts.balance(book.db, hand), accounts.balance(book.db, "现金"), [
            fen for _account, _who, fen in handins.shortfalls(book.db)
        ]  # fmt: skip

    def laptop_stands(laptop: Laptop) -> tuple[Fen, Fen, list[Fen]]:
        return do(laptop, stands)

    assert laptop_stands(first) == laptop_stands(second) == (1_000, 19_000, [1_000])
    assert_replayed(first)
    do(
        first, lambda book: steps.undo(book, steps.find(book, "B6"))
    )  # where the other laptop made it, it is still there
    assert conflicts_of(first) == []
