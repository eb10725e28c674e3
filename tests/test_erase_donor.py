"""A donor who is a natural person is erased as any person is; what they gave stays (design: Erase)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_erase import chain, holds, second

from tests.conftest import Runner
from tests.prepared import once
from tests.shed import begin

GONE = ("赵先生", "13999990000", '"initials":"z x s"')
ERASE = "donor erase 赵先生 --confirm 赵先生 --redact all --json"


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    """赵先生 promised, gave twice and once in vain, got something back, and is named in texts."""
    return begin(
        zaoyuan,
        "donor add 赵先生 --kind person",
        "donor add 社区",
        "project pledge 赵先生 300 -p 车棚 -n 赵先生电话13999990000",
        "pay 赵先生 200 -p 车棚 --payer 赵先生的司机 -n 谢赵先生",
        "pay 赵先生 80 -p 车棚 --payer 赵先生",
        "contribution void A2022-0002 --reason 赵先生说重了 --yes",
        "contribution refund A2022-0001 50 --reason 赵先生多付",
        "income add 30 赵先生租金 --fund 公共收益 -m 现金 --from 赵先生",
    )


def test_nothing_of_a_donor_is_left_in_any_file(book: Runner) -> None:
    """Every file the tool writes: the book, what it gives out, a backup made afterwards."""
    assert holds(book.book, "赵先生", "13999990000") == ["赵先生", "13999990000"]
    before, sums = (
        chain(book.book),
        [book(f"{line} --json").ok.json["totals"] for line in ("fund list", "receipt list")],
    )
    told = book("donor erase 赵 --dry-run --json").ok.json
    assert (told["what"], told["values"], len(told["mentions"])) == ("everything", 1, 6)
    answer = book(ERASE).ok.json
    assert (answer["what"], answer["person"]) == ("everything", told["person"])
    for number, line in enumerate((
        "backup copies", "export events -o all.events", "receipt list -o r.csv", "donor list -o d.json",
        "find 赵 -o f.csv", "log -o log.csv", "project show 车棚 -o p.md",
    )):  # fmt: skip
        assert book(line).code == 0, (number, line)
    files = [path for path in book.folder.rglob("*") if path.is_file()]
    assert len(files) >= 8
    for path in files:
        assert holds(path, *GONE) == [], path
    assert [row for row in before if row not in chain(book.book)] == []
    assert [book(f"{line} --json").ok.json["totals"] for line in ("fund list", "receipt list")] == sums
    assert (book("check").code, book("check").out) == (0, "")


def test_what_they_gave_stays_under_their_id(book: Runner) -> None:
    gave = book("donor show 赵先生 --json").ok.json
    id = book(ERASE).ok.json["person"]
    shown = book(f"donor show {id} --json").ok.json
    assert (shown["donor"], shown["kind"]) == ("〔已删除〕", "person")
    assert (shown["amount"], [one["receipt"] for one in shown["gifts"]]) == (
        gave["amount"], [one["receipt"] for one in gave["gifts"]],
    )  # fmt: skip
    assert book("donor list --json").ok.json["totals"]["donors"] == 2
    assert "〔已删除〕" in book("donor list").ok.out


@pytest.mark.parametrize("typed", ["赵先生", "赵", "zxs"])
def test_they_are_found_by_nothing_any_more(book: Runner, typed: str) -> None:
    book(ERASE).ok  # noqa: B018
    assert book(f"donor show {typed} --json").error["code"] == "not_found"
    assert book(f"find {typed} --json").ok.json["rows"] == []


def test_an_erased_donor_takes_nothing_new_and_it_cannot_be_undone(book: Runner) -> None:
    id = book(ERASE).ok.json["person"]
    for line in (f"donor edit {id} --name 赵先生", f"donor erase {id} --confirm x"):
        refused = book(f"{line} --json")
        assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "erased", "donor"), line
        assert "zaoyuan donor add" in refused.error["hint"]
    step = book("log --limit 1 --json").ok.json["rows"][0]
    assert step["verb"] == "donor erase"
    assert book(f"undo {step['step']} --yes --json").error["code"] == "refused"
    assert book("donor add 赵先生 --kind person --json").ok.json["id"] != id


def test_authorities_and_firms_keep_their_names(book: Runner) -> None:
    refused = book("donor erase 社区 --confirm 社区 --json")
    assert (refused.code, refused.error["field"]) == (1, "donor")
    assert "--kind person" in refused.error["hint"]
    book("donor edit 社区 --kind person").ok  # noqa: B018
    id = book("donor erase 社区 --confirm 社区 --json").ok.json["person"]
    assert book(f"donor show {id} --json").ok.json["kind"] == "person", "what it was called before is gone as well"


def test_a_share_not_given_back_yet_keeps_the_name(book: Runner) -> None:
    book("project close 车棚 --return --yes").ok  # noqa: B018
    refused = book(f"{ERASE}")
    assert refused.code == 1
    assert "车棚改造" in refused.error["hint"]
    book("project return 赵先生 -m 微信 --yes").ok  # noqa: B018
    assert book(ERASE).ok.json["what"] == "everything"
    assert book("project shares 车棚 --json").ok.json["rows"][0]["returned"] == "150.00"


def test_one_of_the_same_name_is_told(book: Runner) -> None:
    """A person of the roll and a donor may be one: each is erased by itself."""
    id = book("person add 赵先生 --json").ok.json["person"]
    assert book("donor erase 赵先生 --dry-run --json").ok.json["alike"] == [id]
    assert id in book(ERASE).ok.json["warnings"][0]
    assert holds(book.book, "赵先生") == ["赵先生"]
    assert book("person erase 赵先生 --confirm 赵先生 --redact all --json").ok.json["alike"] == []
    assert holds(book.book, "赵先生") == []


def test_an_erasure_wins_over_an_edit_made_elsewhere_and_an_old_copy(book: Runner) -> None:
    """When things meet, 6."""
    other = second(book)
    old = Path(book.folder / "old.db")
    shutil.copyfile(book.book, old)
    assert book("donor edit 赵先生 --name 赵大先生", **other).ok
    book(ERASE).ok  # noqa: B018
    said = book(f"merge {other['book']} --json").ok.json
    assert len(said["erased"]) == 1
    book(f"merge {old}").ok  # noqa: B018
    assert book(f"merge {book.book}", **other).ok
    for path in (book.book, other["book"]):
        assert holds(path, *GONE, "赵大先生") == []
    assert book("donor list --json").ok.json == book("donor list --json", **other).ok.json
    assert book("check").code == 0
