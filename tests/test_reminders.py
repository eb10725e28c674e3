"""Asking those who owe: each reminder noted with its way (R-68), a text for each door that knows no other and threatens
with nothing, and the three years in which what is owed can be demanded (民法典 188, 192, 195)."""

from __future__ import annotations

import ast
import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.laptops import DAY, do, merge, pair, picture
from tests.shed import begin
from zaoyuan_cli.book import Book, open_book, reminders, steps
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.projects import ProjectAdded
from zaoyuan_cli.reports.notices import PAPERS

THREATS = (
    "停水", "断水", "停电", "断电", "停气", "断气", "停暖", "停热", "停供", "限电", "限水",
    "锁卡", "锁门", "禁用", "门禁", "禁止",
    "公示", "公布", "公开", "张贴", "曝光", "通报",
    "黑名单", "起诉", "法院", "律师", "滞纳金", "后果", "否则", "必须", "强制",
    "water", "power", "gas", "cut off", "lock", "post", "publish", "court", "sue", "must", "penalty", "otherwise",
)  # fmt: skip
"""None of this is ever in a text (CC 944; R-68)."""


# ---- noting that somebody was asked


def test_a_reminder_is_noted_with_its_way(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-502 40")
    noted = zaoyuan("reminder add 3-2-502 --via 电话 -n 晚上再来 --json").ok.json
    assert noted["rows"] == [
        {"room": "3-2-502", "project": "车棚改造", "owed": "60.00", "reminders": 1, "limit": "2025-06-15"}
    ]
    assert (noted["channel"], noted["by"], noted["date"], noted["owed"]) == ("phone", "韩梅", "2022-05-31", "60.00")
    assert zaoyuan("催缴 add 3-2-501 --via visit -d 昨天 --by 张济 --agreed").code == 1  # the levy was made today
    zaoyuan.now = "2022-07-01T09:00:00+08:00"
    assert zaoyuan("催缴 add 3-2-501 --via visit -d 昨天 --by 张济 --agreed").ok
    answer = zaoyuan("reminder list --json").ok.json
    assert [(row["room"], row["channel"], row["by"], row["agreed"], row["note"]) for row in answer["rows"]] == [
        ("3-2-502", "phone", "韩梅", False, "晚上再来"),
        ("3-2-501", "visit", "张济", True, None),
    ]
    assert answer["totals"] == {"reminders": 2, "households": 2}
    assert [row["room"] for row in zaoyuan("reminder list --since 6-1 --json").ok.json["rows"]] == ["3-2-501"]
    assert zaoyuan("reminder list --unit 1-1 --json").ok.json["rows"] == []
    assert zaoyuan("reminder list --grid 2 -p 车棚 --json --as-of 2022-06-01").ok.json["totals"]["reminders"] == 1


def test_who_owes_nothing_is_not_reminded(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "project exempt 3-2-502 --reason 困难")
    for who in ("3-2-501", "3-2-502", "3-2-602", "1-1"):
        refused = zaoyuan(f"reminder add {who} --via phone --yes --json")
        assert refused.code == 1
        assert "nothing" in refused.error["message"]
    assert zaoyuan("reminder list --json").ok.json["rows"] == []
    texts = zaoyuan("reminder text --json").ok.json
    assert [row["room"] for row in texts["rows"]] == ["3-2-601"]
    assert "没有欠缴" in zaoyuan("reminder text --to 3-2-501", lang="zh").err


def test_many_at_once_are_asked_about(zaoyuan: Runner) -> None:
    """A unit is those in it who owe; three and more households ask first."""
    begin(zaoyuan)
    assert zaoyuan("reminder add 3-2 --via letter --json").error["code"] == "needs_yes"
    assert zaoyuan("reminder add 3-2-501 3-2-502 3-2-601 --via letter --json").error["code"] == "needs_yes"
    assert zaoyuan("reminder add 3-2 --via letter --yes --json").ok.json["households"] == 3
    assert zaoyuan("log --json").ok.json["rows"][0]["verb"] == "reminder add"
    assert zaoyuan("undo --yes").ok
    assert zaoyuan("pay 3-2-601").ok
    assert zaoyuan("reminder add 3-2 --via letter --json").ok.json["households"] == 2
    assert zaoyuan("reminder add 3-2-501,602 --via letter --yes --json").error["value"] == "3-2-602"


def test_the_same_reminder_twice_is_asked_about(zaoyuan: Runner) -> None:
    begin(zaoyuan, "reminder add 3-2-501 --via phone")
    assert zaoyuan("reminder add 3-2-501 --via phone --json").error["code"] == "needs_yes"
    assert zaoyuan("reminder add 3-2-501 --via wechat").ok
    assert zaoyuan("reminder add 3-2-501 --via phone --yes --json").ok.json["rows"][0]["reminders"] == 2  # one call
    assert zaoyuan("reminder add 3-2-501 --via brieftaube --json").error["field"] == "via"


def test_it_shows_where_it_is_useful(zaoyuan: Runner) -> None:
    begin(zaoyuan, "reminder add 3-2-501 --via phone")
    shown = zaoyuan("collect 车棚", input="s 501\n501\n<\n.\n", tty=True).err
    assert "not at home: 1" in shown
    assert "reminded: 1, last 2022-05-31" in shown
    door = next(row for row in zaoyuan("report unit 3-2 --json").ok.json["rooms"] if row["room"] == "3-2-501")
    assert (door["reminders"], door["reminded"], door["missed"]) == (1, "2022-05-31", 1)
    page = zaoyuan("household show 3-2-501 --json").ok.json
    assert [(row["date"], row["channel"], row["owed"]) for row in page["reminders"]] == [
        ("2022-05-31", "phone", "100.00")
    ]
    assert page["missed"] == ["2022-05-31"]
    assert "催缴" in zaoyuan("household show 3-2-501", lang="zh").ok.out
    row = zaoyuan("unpaid --json").ok.json["rows"][0]
    assert (row["room"], row["reminders"], row["reminded"]) == ("3-2-501", 1, "2022-05-31")
    assert zaoyuan("unpaid --json --as-of 2022-05-30").ok.json["rows"] == []


# ---- the texts


def test_a_text_is_ready_to_be_pasted(zaoyuan: Runner) -> None:
    """What is owed, for what, by which decision, until when, where to pay, whom to ask by office; nobody is named."""
    begin(zaoyuan, "body add 业委会",
          "decision add 每户一百元改造车棚 --body 业委会 -d 2022-05-20 --paper 业决〔2022〕3号",
          "project add 门禁系统 --fund 众筹专项 --levy 30 --due 2022-05-31 --decision D1 --where ebike --yes",
          "role set 韩梅 出纳 --body 业委会 --from 2022-01-01", "pay 3-2-502 40 -p 车棚改造")  # fmt: skip
    answer = zaoyuan("reminder text --unit 3-2 --json", lang="en").ok.json
    (first, second, _third) = answer["rows"]
    assert answer["totals"] == {"households": 3, "owed": "350.00"}
    assert first["text"].splitlines() == [
        "【枣园小区业委会】温馨提示",
        "3-2-501 业主，您好：",
        "感谢您一直以来对小区工作的支持。",
        "据账本记载，截至 2022-05-31，您家尚有以下款项未缴：",
        "· 车棚改造：100.00 元（应缴 100.00）",
        "  请于 2022-06-15 前缴纳。",
        "· 门禁系统：30.00 元（应缴 30.00）",
        "  依据：业委会 2022-05-20 决议 DA2022-1（业决〔2022〕3号）",
        "  请于 2022-05-31 前缴纳。",
        "合计 130.00 元。",
        "缴款方式：现金、微信、支付宝、银行。请注明房号，并索要收据。",
        "如已缴纳，请忽略本提示。",
        "对金额有疑问或有困难，请联系出纳，一起想办法。",
        "枣园小区业委会 2022-05-31",
    ]
    assert "60.00 元（应缴 100.00、已缴 40.00）" in second["text"]
    assert (first["notice"], first["owed"]) == (1, "130.00")
    letter = zaoyuan("reminder text 车棚 --to 3-2-501 --via 书面 --json").ok.json["rows"][0]["text"]
    assert "大写：壹佰元整" in letter
    assert "签收：" in letter


def test_the_third_notice_lists_the_dates_of_the_former(zaoyuan: Runner) -> None:
    """R-68"""
    begin(zaoyuan)
    titles = []
    for month, way in ((6, "visit"), (7, "phone"), (8, "wechat")):
        zaoyuan.now = f"2022-{month:02d}-20T09:00:00+08:00"
        text = zaoyuan("reminder text --to 3-2-501 --json").ok.json["rows"][0]["text"]
        titles.append(text.splitlines()[0])
        assert ("2022-06-20" in text.replace("截至 2022-06-20", "").splitlines()[-2]) is (month == 8)
        assert zaoyuan(f"reminder add 3-2-501 --via {way}").ok
    assert titles == ["【枣园小区】温馨提示", "【枣园小区】再次提示", "【枣园小区】第 3 次提示"]
    assert "此前已提示：2022-06-20（上门）、2022-07-20（电话）。" in text
    earlier = zaoyuan("reminder text --to 3-2-501 --json --as-of 2022-07-01").ok.json["rows"][0]
    assert (earlier["notice"], earlier["text"].splitlines()[0]) == (2, "【枣园小区】再次提示")


def test_texts_are_written_shown_and_noted_in_one_step(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    shown = zaoyuan("reminder text --log").ok
    assert [line for line in shown.out.splitlines() if line in ("3-2-501", "3-2-502", "3-2-601")] == [
        "3-2-501", "3-2-502", "3-2-601",
    ]  # fmt: skip
    assert "3 households" in shown.err
    assert len(zaoyuan("reminder list --json").ok.json["rows"]) == 3
    assert zaoyuan("undo --yes").ok
    assert zaoyuan("reminder list --json").ok.json["rows"] == []
    assert zaoyuan(f"reminder text -o {zaoyuan.folder / 'texts'} --via letter --log").ok
    files = sorted((zaoyuan.folder / "texts").iterdir())
    assert [file.name for file in files] == ["3-2-501.txt", "3-2-502.txt", "3-2-601.txt"]
    assert "3-2-502" not in files[0].read_text(encoding="utf-8")
    assert {row["channel"] for row in zaoyuan("reminder list --json").ok.json["rows"]} == {"letter"}
    assert zaoyuan(f"reminder text -o {zaoyuan.folder / 'all.md'}").ok
    assert "3-2-601 业主" in (zaoyuan.folder / "all.md").read_text(encoding="utf-8")
    assert zaoyuan(f"reminder text -o {zaoyuan.folder / 'all.csv'}").ok
    with (zaoyuan.folder / "all.csv").open(encoding="utf-8-sig", newline="") as sheet:
        assert [row[0] for row in csv.reader(sheet)] == ["Room", "3-2-501", "3-2-502", "3-2-601"]
    assert zaoyuan("reminder text --log --as-of 2022-05-31 --json").error["field"] == "log"
    assert zaoyuan("reminder text --json").ok.json["logged"] is False
    assert zaoyuan("reminder text --log --yes --json").ok.json["logged"] is True


def test_at_the_keyboard_it_is_asked_whether_they_were_sent(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    assert zaoyuan("reminder text --to 3-2-501", input="n\n", tty=True).ok
    assert zaoyuan("reminder list --json").ok.json["rows"] == []
    assert zaoyuan("reminder text --to 3-2-501", input="y\n", tty=True).ok
    assert [row["channel"] for row in zaoyuan("reminder list --json").ok.json["rows"]] == ["wechat"]


def test_what_a_former_owner_owes_is_not_told_to_the_new_one(zaoyuan: Runner) -> None:
    begin(zaoyuan, "household transfer 3-2-501 --to 新业主 -d 2022-05-31 --yes")
    answer = zaoyuan("reminder text --json").ok.json
    assert "3-2-501" not in [row["room"] for row in answer["rows"]]
    assert "3-2-501" in answer["warnings"][0]


NAMES = ("王桂兰", "张建国", "欧阳夏丹", "张济", "韩梅")
ROOMS = ("1-1-101", "3-2-501", "3-2-502", "3-2-601", "3-2-602")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    projects=st.lists(
        st.tuples(st.sampled_from(["围墙", "大门", "王桂兰家门前路面", "路灯"]), st.integers(1, 900), st.booleans()),
        min_size=1, max_size=3, unique_by=lambda one: one[0],
    ),
    asked=st.lists(st.tuples(st.sampled_from(ROOMS), st.sampled_from(list(reminders.WORDS))), max_size=5),
    later=st.sampled_from([0, 40, 500, 1500]),
    way=st.sampled_from(["wechat", "letter"]),
)  # fmt: skip
def test_a_text_knows_its_own_door_and_threatens_with_nothing(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, projects: list[tuple[str, int, bool]],
    asked: list[tuple[str, str]], later: int, way: str,
) -> None:  # fmt: skip
    """R-68, R-80: over random books no text has a threat, another door or anybody's name in it, in either language."""
    zaoyuan = Runner(tmp_path_factory.mktemp("book"), monkeypatch)
    for lang in ("zh", "en"):
        zaoyuan.home, zaoyuan.book = zaoyuan.folder / lang, zaoyuan.folder / f"{lang}.db"
        begin_in(zaoyuan, lang, projects, asked)
        zaoyuan.now = f"{DAY + timedelta(days=later)}T09:00:00+08:00"
        rows = zaoyuan(f"reminder text --via {way} --json").ok.json["rows"]
        assert rows
        for row in rows:
            assert not [word for word in THREATS if word in row["text"].lower()]
            assert not [name for name in NAMES if name in row["text"]]
            assert [room for room in ROOMS if room in row["text"]] == [row["room"]]


def begin_in(
    zaoyuan: Runner, lang: str, projects: list[tuple[str, int, bool]], asked: list[tuple[str, str]]
) -> None:  # fmt: skip
    """A book in a language, with levies and reminders."""
    from tests.shed import ROLL

    zaoyuan.now = f"{DAY}T09:00:00+08:00"
    zaoyuan.folder.joinpath("roll.csv").write_text(ROLL, encoding="utf-8")
    fund = "众筹专项"
    for line in (
        f"init --name 枣园小区 --who 韩梅 --book-lang {lang} --yes",
        f"import households {zaoyuan.folder / 'roll.csv'} --yes",
    ):
        assert zaoyuan(line).ok
    if lang == "en":
        fund = zaoyuan("fund list --json").ok.json["rows"][0]["fund"]
    for name, yuan, due in projects:
        more = "--due 2022-06-30" if due else ""
        assert zaoyuan(["project", "add", name, "--fund", fund, "--levy", str(yuan), *more.split(), "--yes"]).ok
    for room, channel in asked:
        assert zaoyuan(f"reminder add {room} --via {channel} --yes").ok


def test_a_project_is_called_by_its_name_of_now(zaoyuan: Runner) -> None:
    begin(zaoyuan, "reminder add 3-2-501 --via phone", "project edit 车棚改造 --name 存车棚")
    assert zaoyuan("reminder list --json").ok.json["rows"][0]["project"] == "存车棚"
    assert zaoyuan("unpaid --by project --json").ok.json["rows"][0]["project"] == "存车棚"
    text = zaoyuan("reminder text 存车棚 --to 3-2-501 --json").ok.json["rows"][0]
    assert (text["notice"], text["dues"][0]["project"]) == (2, "存车棚")
    assert "· 存车棚：" in text["text"]
    assert zaoyuan("reminder add 3-2-502 --via phone --json").ok.json["rows"][0]["project"] == "存车棚"


# ---- nothing about arrears hangs on a wall


@pytest.mark.parametrize("paper", PAPERS)
def test_no_paper_for_the_wall_knows_arrears(zaoyuan: Runner, paper: str) -> None:
    """R-68, rules §8: arrears are never public; a text of reminder is no paper that can be hung."""
    begin(zaoyuan, "reminder add 3-2 --via letter --yes", "pay 3-2-502 40")
    drawn = zaoyuan(f"notice {paper} --json")
    if drawn.code == 0:
        for word in ("3-2-501", "3-2-502", "3-2-601", '"reminders"', '"limit"', "催缴"):
            assert word not in drawn.out


def test_no_paper_for_the_wall_asks_who_owes() -> None:
    """Where papers for the wall are made, arrears and reminders are not even imported."""
    import zaoyuan_cli.reports.notices

    for file in Path(zaoyuan_cli.reports.notices.__file__).parent.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        imported = {
            f"{node.module}.{name.name}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
            for name in node.names
        }  # fmt: skip
        assert not [one for one in imported if one.endswith((".reminders", ".arrears", "dues.owed"))], file.name


def test_how_often_before_anything_is_posted(zaoyuan: Runner) -> None:
    """R-68: whoever wanted to post would have to ask this first; two channels of a day are two, one call is one."""
    begin(zaoyuan, "reminder add 3-2-501 --via phone", "reminder add 3-2-501 --via wechat")
    book = open_book(zaoyuan.book, zaoyuan.home)
    assert reminders.count(book.db, "3-2-501", "车棚改造") == 2
    assert reminders.count(book.db, "3-2-501", "车棚改造", date(2022, 5, 30)) == 0
    assert reminders.count(book.db, "3-2-502", "车棚改造") == 0
    book.close()


# ---- undo, merge, erase


def levy(book: Book, room: str = "1-1-101") -> None:
    with book.writing("project add"):
        book.record(ProjectAdded(project="车棚", fund="众筹专项", on=DAY, levy="household", rate=10_000,
                                 dues=((room, "pA1", 10_000),)))  # fmt: skip


def remind(book: Book, channel: str = "visit", by: str = "") -> None:
    reminders.add(book, [("1-1-101", "车棚")], reminders.Asking(channel, DAY, by))


def test_two_leaders_remind_the_same_door(tmp_path: Path) -> None:
    """Both stand on both laptops; what one person noted twice of one day and way counts once."""
    first, second = pair(tmp_path)
    do(first, levy)
    merge(second, first)
    do(first, remind)
    do(second, remind)
    do(second, remind, "phone")
    merge(first, second)
    merge(second, first)
    assert picture(first) == picture(second)
    assert do(first, lambda book: len(reminders.everyone(book.db))) == 3
    assert do(first, lambda book: reminders.count(book.db, "1-1-101", "车棚")) == 2


def test_a_levy_somebody_was_reminded_of_is_not_undone(tmp_path: Path) -> None:
    """Nor by merge: the reminder wins, the undo lies idle."""
    first, second = pair(tmp_path)
    do(first, levy)
    merge(second, first)
    do(second, remind)
    with pytest.raises(Refusal, match="rest on it"):
        do(second, undo_levy)
    do(first, undo_levy)
    merge(first, second)
    merge(second, first)
    assert picture(first) == picture(second)
    assert do(first, lambda book: reminders.count(book.db, "1-1-101", "车棚")) == 1


def undo_levy(book: Book) -> None:
    levied = "SELECT lamport, device FROM command WHERE verb = 'project add'"
    (step,) = (reminders.Origin(0, *row).step for row in book.db.execute(levied).fetchall())
    steps.undo(book, steps.find(book, step))


def test_a_note_is_private_and_goes_with_whom_it_names(zaoyuan: Runner) -> None:
    """No event's body holds it; what else the reminder says stays, also who reminded, once they are erased."""
    begin(zaoyuan, "person add 李小明", "reminder add 3-2-501 --via phone -n 李小明接的电话 --by 李小明")
    assert "李小明" not in "".join(bodies(zaoyuan.book, zaoyuan.home))
    assert zaoyuan("person erase 李小明 --confirm 李小明 --redact all").ok
    (row,) = zaoyuan("reminder list --json").ok.json["rows"]
    assert (row["room"], row["owed"], row["channel"], row["note"]) == ("3-2-501", "100.00", "phone", None)
    assert row["by"] == "〔已删除〕"
    assert "李小明".encode() not in zaoyuan.book.read_bytes()


def bodies(path: Path, home: Path) -> list[str]:
    book = open_book(path, home)
    found = [body for (body,) in book.db.execute("SELECT body FROM event").fetchall()]
    book.close()
    return found


def test_known_on_and_closed_periods(zaoyuan: Runner) -> None:
    """A reminder is no money: a closed month takes one; what was known before it does not know it."""
    begin(zaoyuan)
    zaoyuan.now = "2022-06-20T09:00:00+08:00"
    assert zaoyuan("period close 2022-05 --yes").ok
    assert zaoyuan("reminder add 3-2-501 --via phone -d 2022-05-31").ok
    assert zaoyuan("reminder list --json --known-on 2022-06-19").ok.json["rows"] == []
    assert zaoyuan("reminder text --to 3-2-501 --json --known-on 2022-06-19").ok.json["rows"][0]["notice"] == 1
    assert zaoyuan("reminder text --to 3-2-501 --json").ok.json["rows"][0]["notice"] == 2
