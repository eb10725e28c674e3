"""What the tool writes, and what of people stands in it: nothing of who was erased, no telephone, no ID number."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Runner
from hypothesis import given
from hypothesis import strategies as st
from roll import HOUSES, begin

from tests.prepared import once
from zaoyuan_cli.book import people as register
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.rules.glyphs import undrawn
from zaoyuan_cli.rules.text import clean

ERASED = ("王桂兰", "13812341234", "晋A12345", "wy g l", "补缴车棚")
PHONES = ("13900001111", "13900002222", "13900003333", "13700005678", "13600001111", "13600002222", "13500009999")
ID_NUMBERS = (
    "14010219800307123X",
    "140102198003071234",
    "140102 19800307 1234",
    "１４０１０２１９８００３０７１２３４",
)
LISTS = (
    "household list", "person list", "unit list", "body list", "role list", "donor list", "contribution list",
    "receipt list", "project list", "account list", "fund list", "unpaid", "expense list", "meeting list", "book",
    "decision list", "bylaw list", "task list", "person consent", "log", "device list", "conflict list",
    "household show 3-2-501", "household show 3-2-502", "person show 张建国", "receipt show 1", "find 3-2", "report",
    "report roster", "notice", "notice roster", "",
)  # fmt: skip
FORMATS = ("table", "json", "csv", "tsv", "md", "html")


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    """A book with something of everything, from which 王桂兰 was then erased."""
    begin(zaoyuan)
    for line in (
        "household vehicle 3-2-501 晋A12345", "person add 何秀英 --room 3-2-601 --relation tenant --phone 13600001111",
        "body add 业委会 --from 2022-01-01", "role set 张建国 主任",
        "role set 王桂兰 委员 --from 2022-01-01 --until 2022-03-01",
        "project add 车棚 --fund 众筹专项 --levy 100 --where ebike --yes", "pay 3-2-501 -p 车棚 -n 王桂兰补缴车棚",
        "pay 3-2-502 20 -p 车棚", "spend 10 门锁 -p 车棚 --to 王桂兰", "task add 给王桂兰送收据 --by 张建国 --due 6-10",
        "person consent 王桂兰 --what 姓名",
    ):  # fmt: skip
        assert zaoyuan(line).ok
    answer = zaoyuan("person erase 王桂兰 --confirm 王桂兰 --redact all --json").ok.json
    assert (answer["what"], len(answer["redacted"])) == ("everything", 3)
    return zaoyuan


def test_no_answer_in_any_format_tells_of_the_erased_or_a_telephone(book: Runner) -> None:
    for line in LISTS:
        for format in FORMATS:
            answer = book(f"{line} --format {format}")
            told = answer.out + answer.err
            assert answer.code == 0, f"{line} --format {format}: {told}"
            assert [word for word in (*ERASED, *PHONES) if word in told] == [], f"{line} --format {format}"


def test_no_file_it_writes_tells_of_the_erased(book: Runner) -> None:
    out = book.folder / "out"
    out.mkdir()
    for ending in ("md", "html", "csv", "json", "tsv", "txt"):
        assert book(f"report -o {out / f'report.{ending}'}").ok
    assert book(f"export events -o {out / 'all.events'}").ok
    assert book(f"backup {out}").ok
    assert book("check").ok
    files = [path for path in book.folder.rglob("*") if path.is_file() and path.name != "houses.csv"]
    assert {path.suffix for path in files} >= {".db", ".events", ".md", ".html", ".csv", ".json", ".tsv", ".txt"}
    assert {path: held for path in files if (held := holding(path, ERASED))} == {}
    papers = [path for path in files if path.suffix not in (".db", ".events")]
    assert {path: held for path in papers if (held := holding(path, PHONES))} == {}


def holding(path: Path, words: tuple[str, ...]) -> list[str]:
    data = path.read_bytes()
    return [word for word in words if word.encode() in data]


def test_the_log_of_a_fault_names_nobody(book: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError(told)

    told = "张建国 13700005678"
    monkeypatch.setattr(register, "everyone", broken)
    answer = book("person show 张建国")
    assert answer.code == 1
    logs = list(book.home.rglob("error-*.log"))
    assert len(logs) == 1
    assert holding(logs[0], ("张建国", *PHONES)) == []
    assert "13700005678" not in answer.out + answer.err


def test_whole_telephones_are_shown_only_when_asked_for(book: Runner) -> None:
    for line in ("person show 张建国", "person list", "household show 3-2-502"):
        assert "137****5678" in book(line).ok.out
        refused = book(f"{line} --full --json")
        assert (refused.code, refused.error["code"], refused.error["field"]) == (2, "needs_yes", "full")
        assert "13700005678" in book(f"{line} --full --yes").ok.out
        assert "13700005678" in book(f"{line} --full", screen=100).ok.out


# ---- ID numbers


@pytest.mark.parametrize("number", ID_NUMBERS)
@pytest.mark.parametrize(
    ("line", "field"),
    [
        (["person", "add", "张三 {}"], "name"),
        (["person", "edit", "张建国", "--name", "{}"], "name"),
        (["person", "edit", "张建国", "--phone", "{}"], "phone"),
        (["household", "add", "9-9-901", "--owner", "张三{}"], "owner"),
        (["pay", "3-2-502", "10", "-p", "车棚", "-n", "身份证{}"], "note"),
        (["pay", "3-2-502", "10", "-p", "车棚", "--payer", "{}"], "payer"),
        (["spend", "1", "复印", "-p", "车棚", "-n", "{}"], "note"),
        (["task", "add", "核对 {}", "--by", "张建国"], "text"),
        (["household", "close", "5-2-101", "--reason", "{}"], "reason"),
        (["decision", "add", "{}", "--body", "业委会"], "text"),
    ],
)
def test_no_id_number_is_taken(book: Runner, line: list[str], field: str, number: str) -> None:
    """R-83, PIPL 6: nobody needs it, so it is not kept, and that is said."""
    steps = book("log --json").ok.json["totals"]
    refused = book([*(word.format(number) for word in line), "--json"])
    assert (refused.code, refused.error["code"], refused.error["field"]) == (2, "unreadable", field)
    assert "identity card" in refused.error["message"]
    assert book("log --json").ok.json["totals"] == steps


def test_no_id_number_comes_in_with_a_paper_or_a_roster(book: Runner) -> None:
    minutes = book.folder / "m.md"
    minutes.write_text(f"+++\ndate = 2022-05-20\n+++\n# 事项\n{ID_NUMBERS[0]} 到会\n", encoding="utf-8")
    assert book(f"meeting add -f {minutes} --yes --json").code != 0
    roster = book.folder / "r.csv"
    roster.write_text(HOUSES.replace("李强", f"李强{ID_NUMBERS[1]}"), encoding="utf-8")
    refused = book(f"import households {roster} --json")
    assert refused.code != 0
    assert ID_NUMBERS[1].encode() not in book.book.read_bytes()


@pytest.mark.parametrize(
    "text",
    ["91140100MA0K1X2Y3Z", "微信单号 4200001234202205311234567890", "6222021234567890123", "140102198013071234",
     "1401021980030712345", "13812341234", "2022053112345678"],
)  # fmt: skip
def test_other_long_numbers_are_no_id_numbers(text: str) -> None:
    """A credit code, a payment's number, a bank card, a thirteenth month."""
    assert clean(text) == text


@given(st.dates(), st.integers(100000, 999999), st.integers(0, 999), st.sampled_from("0123456789Xx"))
def test_any_number_with_a_birthday_in_it_is_one(day, region, order, check) -> None:
    number = f"{region}{day:%Y%m%d}{order:03d}{check}"
    if day.year not in range(1900, 2100):
        assert clean(number) == number
        return
    with pytest.raises(Unreadable):
        clean(f"证{number}。")


# ---- names on paper


def test_characters_the_fonts_of_the_papers_lack() -> None:
    assert undrawn("王𠮷𡋾𠮷") == "𠮷𡋾"
    assert undrawn("㛃䶮𬭎王桂兰·Zoe（甲）") == ""


@pytest.mark.parametrize(
    "line",
    ["person add 王𠮷", "person edit 张建国 --name 张𠮷", "household add 9-9-901 --owner 王𠮷",
     "household transfer 3-2-502 --to 王𠮷"],
)  # fmt: skip
def test_a_name_no_font_has_is_kept_and_told(book: Runner, line: str) -> None:
    answer = book(f"{line} --json").ok.json
    assert any("𠮷" in warning for warning in answer["warnings"])
    assert "𠮷" in book("person list").ok.out
    assert "fonts" not in book("person add 张䶮").ok.err
