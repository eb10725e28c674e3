"""Codes on paper: a resident who kept a notice or a receipt can have the book prove itself (trust, Codes; design, When
things meet 4, 8, 11)."""

from __future__ import annotations

import re
import shutil
import sqlite3
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import laptops
from tests.conftest import Runner
from tests.prepared import once
from tests.shed import begin
from zaoyuan_cli.book import journal, proofs, replaying
from zaoyuan_cli.document import BLANK, Bar, Chart, Code, Column, Heading, Pairs, Signatures, Slip, State, Table, Text
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.reports.stored import packed, unpacked
from zaoyuan_cli.rules import codes
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.rooms import Area

JUNE = "2022-06-02T09:00:00+08:00"


@pytest.fixture
@once
def shed(zaoyuan: Runner) -> Runner:
    """The shed's levy, two payments and an expense in May; on 2 June the sheet of May goes up."""
    begin(zaoyuan, "body add 业委会 --seats 5 --from 2022-01-01", "pay 3-2-501", "pay 3-2-502 40",
          "spend 60 车棚油漆 -p 车棚改造 --voucher 7 --yes")  # fmt: skip
    return zaoyuan


def post(shed: Runner, what: str = "money 2022-05") -> tuple[str, str]:
    """Put a paper up on 2 June; its number and its code."""
    posted = shed(f"notice post {what} --place 各单元门口 --json", now=JUNE).ok.json
    return posted["notice"], posted["code"]


def verdict(shed: Runner, *words: str) -> dict[str, object]:
    return dict(shed(["verify", *words, "--json"], now=JUNE).json)


# ---- posted papers


def test_a_paper_is_as_posted_however_its_code_is_typed(shed: Runner) -> None:
    number, code = post(shed)
    assert re.fullmatch("([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{6}", code)
    for words in ([code], [code.lower().replace("-", " ")], ["notice", number, code], code.split("-"),
                  ["公示", "N1", code.replace("0", "O")]):  # fmt: skip
        found = shed(["verify", *words, "--json"], now=JUNE).ok.json
        assert (found["verdict"], found["paper"], found["since"], found["now"]) == ("as_posted", number, [], [])
    shed("pay 3-2-502 60", now=JUNE).ok  # noqa: B018  what is of June changes nothing on the sheet of May
    assert verdict(shed, code)["now"] == []
    assert code in shed(f"notice print {number}", now=JUNE).ok.out


def test_what_became_of_the_money_on_it_since_is_listed(shed: Runner) -> None:
    """Design 8 and 4: the notice stays true as posted; a receipt made void, one entered late are named."""
    number, code = post(shed)
    shed("contribution void A2022-0002 --reason 记错了 --yes", now=JUNE).ok  # noqa: B018
    shed("pay 3-2-601 100 -d 2022-05-30", now=JUNE).ok  # noqa: B018
    found = shed(["verify", code, "--json"], now=JUNE).ok.json
    assert found["verdict"] == "as_posted"
    assert [(one["number"], one["what"], one["amount"]) for one in found["since"]] == [
        ("A2022-0003", "added", "100.00"), ("A2022-0002", "void", "40.00")]  # fmt: skip
    assert all(line["was"] != line["now"] for line in found["now"])
    assert any("40.00" in str(line["was"]) and "40.00" not in str(line["now"]) for line in found["now"])
    page = shed(["verify", code], now=JUNE, lang="zh").ok.out
    assert "A2022-0002" in page
    assert "作废" in page
    reprint = shed(f"notice print {number} --json", now=JUNE).ok.json
    assert reprint["code"] == code


def test_a_sheet_taken_down_says_so_and_the_next_one_says_what_it_replaces(shed: Runner) -> None:
    """What hangs and is not true any more stands in what is to be done; the corrected sheet names the wrong one."""
    number, code = post(shed)
    step = next(one["step"] for one in shed("log --json").ok.json["rows"] if "A2022-0002" in one["numbers"])
    shed(f"undo {step} --yes", now=JUNE).ok  # noqa: B018
    (undone,) = [one for one in shed("report --json", now=JUNE).ok.json["todo"] if one["kind"] == "outdated"]
    assert "A2022-0002" in undone["message"]
    shed("redo --yes", now=JUNE).ok  # noqa: B018
    assert not [one for one in shed("report --json", now=JUNE).ok.json["todo"] if one["kind"] == "outdated"]
    shed("contribution void A2022-0002 --reason 记错了 --yes", now=JUNE).ok  # noqa: B018
    (todo,) = [one for one in shed("report --json", now=JUNE).ok.json["todo"] if one["kind"] == "outdated"]
    assert number in todo["message"]
    assert "A2022-0002" in todo["message"]
    again = shed("notice post money 2022-05 --place 北门 --json", now=JUNE)
    assert (again.code, again.error["code"]) == (2, "needs_yes")  # one of the same still hangs
    shed(f"notice withdraw {number} --reason 多记一笔 --yes", now=JUNE).ok  # noqa: B018
    assert [one for one in shed("report --json", now=JUNE).ok.json["todo"] if one["kind"] == "outdated"] == []
    corrected, _code = post(shed)
    page = shed(f"notice print {corrected}", now=JUNE).ok.out
    assert f"{number}（2022-06-02 张贴，2022-06-02 撤下：多记一笔）" in page
    found = shed(["verify", code, "--json"], now=JUNE).ok.json
    assert (found["state"], found["reason"], found["replaced_by"]) == ("withdrawn", "多记一笔", corrected)
    assert "多记一笔" in shed(f"notice print {number}", now=JUNE).ok.out


def test_a_paper_that_cannot_be_printed_does_not_hang(shed: Runner) -> None:
    missing = shed("notice post money 2022-05 --place 北门 -o nowhere/a.pdf --json", now=JUNE)
    assert (missing.code, missing.error["code"]) == (5, "file")
    assert shed("notice list --json", now=JUNE).ok.json["rows"] == []


def test_what_is_typed_in_another_order_is_understood_or_told(shed: Runner) -> None:
    number, code = post(shed)
    other, other_code = post(shed, "roster")
    receipt = shed("receipt show A2022-0001 --json").ok.json["code"]
    assert shed(["verify", "notice", code, number], now=JUNE).ok
    assert shed(["verify", "receipt", receipt, "A2022-0001"], now=JUNE).ok
    mixed = shed(["verify", "notice", number, other_code, "--json"], now=JUNE)
    assert (mixed.code, other in mixed.error["message"]) == (3, True)
    for words, hint in (([receipt], "verify receipt"), ([number], f"verify notice {number}"),
                        (["A2022-0001", receipt], "verify receipt A2022-0001")):  # fmt: skip
        refused = shed(["verify", *words, "--json"], now=JUNE)
        assert (refused.code, hint in refused.error["message"]) == (2, True)


def test_what_a_paper_is_about_may_be_gone(shed: Runner) -> None:
    """A vote was undone after its call hung: the paper is as posted, and cannot be drawn today."""
    shed("ballot open 重建车棚 --matter 7 --until 2022-07-01 --posted 2022-06-02 --yes", now=JUNE).ok  # noqa: B018
    step = shed("log --json --limit 1", now=JUNE).ok.json["rows"][0]["step"]
    _number, code = post(shed, "ballot B1")
    shed(f"undo {step} --yes", now=JUNE).ok  # noqa: B018
    found = shed(["verify", code, "--json"], now=JUNE).ok.json
    assert (found["verdict"], found["drawn_today"]) == ("as_posted", False)


def test_what_was_altered_is_told_and_a_chain_rewritten_whole_gives_another_code(shed: Runner) -> None:
    """An amount altered breaks the chain; rehashed to its end the book agrees with itself, and not with the paper."""
    number, code = post(shed)
    receipt = shed("receipt show A2022-0001 --json").ok.json["code"]
    spent = alter(shed)
    found = shed(["verify", code, "--json"], now=JUNE)
    assert (found.code, found.json["verdict"], found.json["altered"]) == (3, "altered", spent)
    assert shed(["verify", "receipt", "A2022-0001", receipt], now=JUNE).ok  # it was issued before
    rehash(shed)
    assert "A8" in shed("check", now=JUNE).out  # this computer remembers another last step
    elsewhere = shed.folder / "another computer"
    assert shed("check", now=JUNE, home=elsewhere).ok.out == ""
    plain = shed(["verify", code, "--json"], now=JUNE, home=elsewhere)
    assert (plain.code, plain.error["code"]) == (3, "problems")
    named = shed(["verify", "notice", number, code, "--json"], now=JUNE, home=elsewhere)
    assert (named.code, named.error["field"]) == (3, "code")
    assert shed(["verify", "receipt", "A2022-0001", receipt], now=JUNE, home=elsewhere).ok


def alter(shed: Runner) -> str:
    """Make the expense one yuan cheaper, with a tool that knows nothing of the journal; the step."""
    step = next(row["step"] for row in shed("log --json").ok.json["rows"] if row["verb"] == "spend")
    db = sqlite3.connect(shed.book)
    db.execute("DROP TRIGGER event_UPDATE")
    db.execute("UPDATE event SET body = replace(body, '6000', '5900') WHERE kind LIKE 'expenses.%'")
    db.commit()
    db.close()
    return str(step)


def rehash(shed: Runner) -> None:
    """The chain computed anew, and the ledger, by somebody who knows how; what this computer remembers is forgotten."""
    db = sqlite3.connect(shed.book, isolation_level=None)
    db.execute("DROP TRIGGER command_UPDATE")
    before = b""
    for id, lamport, device, at, who, verb in db.execute(
        "SELECT id, lamport, device, at, who, verb FROM command ORDER BY lamport"
    ).fetchall():
        digest = journal.opened(before, lamport, device, at, who, verb)
        for kind, body, private in db.execute(
            "SELECT kind, body, private FROM event WHERE command = ? ORDER BY id", [id]
        ).fetchall():
            digest.update(journal.line(kind, body, private))
        before = digest.digest()
        db.execute("UPDATE command SET hash = ? WHERE id = ?", [before, id])
    db.execute("BEGIN")
    replaying.rebuild(db)
    db.execute("COMMIT")
    db.close()


def test_a_kept_paper_that_was_altered_does_not_hold(shed: Runner) -> None:
    """The paper is private to the journal: its commitment is in the chain."""
    _number, code = post(shed)
    db = sqlite3.connect(shed.book)
    db.execute("UPDATE private SET body = replace(body, '60.00', '50.00'), salt = salt WHERE body LIKE '%document%'")
    changed = db.execute("UPDATE private SET body = replace(body, '6000', '5000') WHERE body LIKE '%=fen%'").rowcount
    db.commit()
    db.close()
    assert changed == 1
    found = shed(["verify", code, "--json"], now=JUNE)
    assert (found.code, found.json["verdict"]) == (3, "altered")


def test_codes_mistyped_unknown_or_of_a_paper_not_drawn_here(shed: Runner) -> None:
    number, code = post(shed)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    near = shed(["verify", wrong, "--json"], now=JUNE)
    assert (near.code, near.error["code"]) == (2, "unreadable")
    assert (number in near.error["message"], code in str(near.error)) == (True, False)  # never told
    named = shed(["verify", "notice", number, wrong, "--json"], now=JUNE)
    assert (named.code, code in str(named.error)) == (3, False)
    for words, field in ((["verify", "U" + code[1:]], "code"), (["verify", code[:9]], "code"), (["verify"], "code"),
                         (["verify", "receipt", "84"], "code")):  # fmt: skip
        refused = shed([*words, "--json"], now=JUNE)
        assert (refused.code, refused.error["field"]) == (2, field)
    shed("notice post other --title 停水 --place 北门", now=JUNE).ok  # noqa: B018
    shed("notice post roster --place 北门 -d 2022-06-01", now=JUNE).ok  # noqa: B018  it hangs since yesterday
    for number in ("N2", "N3"):
        assert shed(f"verify notice {number} {code} --json", now=JUNE).error["code"] == "not_found"
        assert shed(f"notice print {number} --json", now=JUNE).error["code"] == "not_found"
    assert shed("notice post roster --place 北门 -d 2022-06-01 -o r.md --json", now=JUNE).error["field"] == "output"


@pytest.mark.parametrize("ending", ["pdf", "html", "md", "json", "xlsx"])
def test_a_reprint_is_the_paper_to_the_byte(shed: Runner, ending: str) -> None:
    """Issued once, printed again a month later: same bytes under the same program, which the paper names."""
    first, again = shed.folder / f"a.{ending}", shed.folder / f"b.{ending}"
    shed(f"notice post roster 3-2 --place 单元门口 -o {first}", now=JUNE).ok  # noqa: B018
    shed("pay 3-2-502 60", now=JUNE).ok  # noqa: B018
    shed(f"notice print N1 -o {again}", now="2022-07-02T09:00:00+08:00", lang="zh").ok  # noqa: B018
    assert first.read_bytes() == again.read_bytes()


def test_the_words_that_were_erased_leave_the_code(shed: Runner) -> None:
    """Erasing takes words, never links: the code still proves the book up to then; a name it took is masked."""
    shed("role set 欧阳夏丹 党员中心户 --scope 3-2").ok  # noqa: B018
    shed("person consent 欧阳夏丹 --what name").ok  # noqa: B018
    number, code = post(shed, "roster 3-2")
    assert "欧阳夏丹" in shed(f"notice print {number}", now=JUNE).ok.out
    shed("person consent 欧阳夏丹 --what name --withdraw", now=JUNE).ok  # noqa: B018
    assert "欧阳夏丹" not in shed(f"notice print {number}", now=JUNE).ok.out
    found = shed(["verify", code, "--json"], now=JUNE).ok.json
    assert found["verdict"] == "as_posted"
    assert any("欧阳" in str(line) for line in found["now"])


def test_a_paper_posted_on_one_laptop_is_proved_on_another(tmp_path) -> None:
    """Each laptop's heads at the posting; what the other had written and not yet given is outside, and was added."""
    first, second = laptops.pair(tmp_path)
    laptops.do(first, laptops.pay)
    laptops.merge(second, first)
    late = laptops.do(second, laptops.pay, 1)
    runner_book = first.open()
    assert proofs.posted(runner_book) == []
    runner_book.close()
    from zaoyuan_cli.book import hanging
    from zaoyuan_cli.book.hanging import Drawing, Posting

    draw = Drawing("1", lambda *_paper: packed([Text("账")]))
    laptops.do(first, lambda book: hanging.post(book, Posting("roster", "", "北门", book.today), draw))
    laptops.merge(second, first)
    laptops.merge(first, second)
    codes_of = [laptops.do(one, lambda book: [paper.code for paper in proofs.posted(book)]) for one in (first, second)]
    assert codes_of[0] == codes_of[1]
    assert len(codes_of[0]) == 1

    def moved(book):
        (paper,) = proofs.posted(book)
        then = book.at(paper.heads, paper.moment)
        try:
            return [(one.number, one.what) for one in proofs.changes(then.db, book.db, *laptops_days(book))]
        finally:
            then.close()

    def laptops_days(book):
        return book.today.replace(month=1, day=1), book.today.replace(month=12, day=31)

    assert laptops.do(second, moved) == [(late, "added")]


# ---- receipts


def test_a_receipt_proves_itself_and_says_what_became_of_it(shed: Runner) -> None:
    code = shed("receipt show A2022-0002 --json").ok.json["code"]
    assert re.fullmatch("([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", code)
    found = verdict(shed, "receipt", "A2022-0002", code)
    assert (found["verdict"], found["amount"], found["stands"]) == ("as_issued", "40.00", "valid")
    shed("contribution refund A2022-0002 15 --reason 多收").ok  # noqa: B018
    assert verdict(shed, "收据", "2", code.lower())["stands"] == "part_refunded"
    shed("undo --yes").ok  # noqa: B018
    shed("contribution void A2022-0002 --reason 记错 --yes").ok  # noqa: B018
    assert verdict(shed, "receipt", "A2022-0002", code)["stands"] == "void"
    other = shed(f"verify receipt A2022-0001 {code} --json")
    assert (other.code, "A2022-0002" in other.error["message"], other.error.get("hint")) == (3, True, None)
    mine = shed("receipt show A2022-0001 --json").ok.json["code"]
    for made_up in ("0" * 12, mine[:-1] + ("0" if mine[-1] != "0" else "1")):  # and never is the right one told
        refused = shed(f"verify receipt A2022-0001 {made_up} --json")
        assert (refused.code, "altered" in refused.error["hint"], mine in refused.out + refused.err) == (3, True, False)
    assert code in shed("receipt print A2022-0002").ok.out


def test_an_older_copy_says_that_a_receipt_was_issued_after_it(shed: Runner) -> None:
    """Design 11."""
    shutil.copy(shed.book, shed.folder / "old.db")
    shed("pay 3-2-601").ok  # noqa: B018
    code = shed("receipt show A2022-0003 --json").ok.json["code"]
    said = shed(f"verify receipt A2022-0003 {code} --json", book=shed.folder / "old.db")
    assert (said.code, said.error["code"]) == (1, "not_found")
    assert "A2022-0002" in said.error["message"]


def test_every_receipt_of_one_step_has_a_code_of_its_own(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501,502 200")
    found = [zaoyuan(f"receipt show A2022-000{n} --json").ok.json["code"] for n in (1, 2)]
    assert len(set(found)) == 2


# ---- the code itself, and the document that is kept


def test_codes_are_frozen() -> None:
    """Vectors, computed here by hand: a printed code is for ever."""
    heads = [("B9", 7, b"\2" * 32), ("A1", 128, b"\1" * 32)]
    text = "\n".join(["paper", "book", f"A1 128 {'01' * 32}", f"B9 7 {'02' * 32}"])
    assert codes.of_paper("book", heads) == crockford(text, 26)
    assert codes.of_receipt("A2022-0084", b"\3" * 32) == crockford(f"receipt\nA2022-0084\n{'03' * 32}", 12)
    assert codes.of_receipt("A2022-0084", b"\3" * 32) == "0AKN51JAB2J0"


def crockford(text: str, length: int) -> str:
    bits = "".join(f"{byte:08b}" for byte in sha256(text.encode()).digest())[: 5 * length]
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[int(bits[at : at + 5], 2)] for at in range(0, len(bits), 5))


@given(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=26, max_size=26))
def test_a_code_reads_as_it_was_printed(code: str) -> None:
    assert codes.read(codes.grouped(code), 26) == code
    assert codes.read(codes.grouped(code).lower().replace("0", "o").replace("1", "l"), 26) == code
    with pytest.raises(Unreadable):
        codes.read(code + "0", 26)


def test_a_document_is_kept_with_the_types_of_its_values() -> None:
    columns = (Column("房号", "Room", "room"), Column("a", "Amount", "money", 2, True))
    paper = [
        Heading("甲", 2), Text("一\n二", "warn"), Pairs((("面积", Area(8850)), ("状态", State("paid")), ("写", BLANK))),
        Table(columns, ({"房号": "3-2-501", "a": Fen(10000)}, {"a": None}), {"a": Fen(0)}, "题"),
        Chart("图", ("一",), (Bar("x", (1, None)),), "number"), Signatures(("甲", "乙"), True), Code("码", "AB", "q"),
        Slip((Heading("收据"), Text("乙")), "作废"),
    ]  # fmt: skip
    found = unpacked(packed(paper))
    assert found == paper
    assert [type(value) for _label, value in found[2].rows] == [Area, State, type(BLANK)]
    assert type(found[3].rows[0]["a"]) is type(found[3].totals["a"]) is Fen
    assert unpacked("") == []
