"""The journal: append-only, chained, private values beside it; whatever is altered is named by its step."""

from __future__ import annotations

import json
import os
import sqlite3
import unicodedata
from datetime import date
from hashlib import sha256

import pytest
from laptops import DAY, Laptop, paid, pay

from zaoyuan_cli.book import checking, journal
from zaoyuan_cli.errors import BookUnreadable
from zaoyuan_cli.facts.contributions import ContributionReceived
from zaoyuan_cli.facts.funds import FundAdded
from zaoyuan_cli.facts.people import PersonAdded

altered = pytest.mark.altered  # the book of such a test is damaged on purpose: see the finaliser in conftest.py


# ---- the format, frozen: these never change, or old books and printed codes are worth nothing

FACT = ContributionReceived(
    number="A2022-0084",
    fen=10_000,
    account="现金",
    fund="众筹专项",
    on=date(2022, 5, 31),
    room="3-2-501",
    project="车棚",
)
BODY = (
    '{"account":"现金","agreed":false,"donor":"","fen":10000,"fund":"众筹专项","number":"A2022-0084",'
    '"on":"2022-05-31","paper":"","project":"车棚","room":"3-2-501"}'
)


def test_a_body_is_canonical_json():
    values = FACT.values()
    for name in FACT.private:
        values.pop(name)
    now = BODY.replace('"donor"', '"ahead":false,"donor"').replace('"number"', '"gift":false,"number"')
    assert journal.canonical(values) == now
    assert FACT.kind == "contributions.received.v1"
    assert FACT.private == {"payer", "note", "ref"}


def test_a_body_from_before_a_field_still_loads():
    assert '"ahead"' not in BODY
    assert vars(journal.load(FACT.kind, BODY, None)) == vars(FACT)


def test_the_commitment_to_private_values_is_frozen():
    salt, body = bytes(range(16)), '{"note":"","payer":"王桂兰"}'
    assert journal.commit(salt, body) == sha256(salt + body.encode()).digest()
    assert journal.commit(salt, body).hex() == "776997fa31fe86275877a4829edb34b4fad961e1d039f1a9b402d48dc84e4b73"


def test_the_hash_of_a_command_is_frozen():
    """SHA-256 over the previous link, the command's fields, and every event's kind, body and commitment."""
    header = (128, "A00112233aa", "2022-05-31T04:00:00Z", "pA1", "pay")
    commitment = journal.commit(bytes(range(16)), '{"note":"","payer":"王桂兰"}')
    digest = journal.opened(b"", *header)
    digest.update(journal.line(FACT.kind, BODY, commitment))
    digest.update(journal.line("steps.undone.v1", '{"step":"A127"}', None))
    said = "128\nA00112233aa\n2022-05-31T04:00:00Z\npA1\npay\n"
    said += f"contributions.received.v1\n{BODY}\n{commitment.hex()}\nsteps.undone.v1\n" + '{"step":"A127"}\n'
    assert digest.hexdigest() == sha256(said.encode()).hexdigest()
    assert digest.hexdigest() == "e438710761d33a81a9cbc83d6c102f62f74f30f7341fe181f546d1fe8a40b5f5"
    after = journal.opened(digest.digest(), 129, *header[1:])
    after.update(journal.line("steps.undone.v1", '{"step":"A128"}', None))
    assert after.hexdigest() == "772ec53b62be22730d0430c48c37f1e44ef981640f007b88e2a34c6b49043d96"


@pytest.mark.parametrize("place", range(4))
def test_no_field_of_a_command_may_hold_a_line_break(place):
    fields = ["A1", "2022-05-31T04:00:00Z", "pA1", "pay"]
    fields[place] += "\n"
    with pytest.raises(ValueError, match="line break"):
        journal.opened(b"", 1, *fields)


# ---- one book with a few steps


@pytest.fixture
def laptop(tmp_path) -> Laptop:
    return paid(tmp_path)


@pytest.fixture
def book(laptop):
    book = laptop.open()
    yield book
    book.close()


@pytest.mark.parametrize("table", ["command", "event"])
def test_journal_rows_are_neither_changed_nor_deleted(book, table):
    for statement in (f"UPDATE {table} SET id = id + 100", f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            book.db.execute(statement)


def test_a_command_is_one_step_one_tick_one_link(book):
    rows = book.db.execute("SELECT lamport, device, verb FROM command ORDER BY id").fetchall()
    assert [(lamport, verb) for lamport, _device, verb in rows] == [
        (1, "init"), (2, "household add"), (3, "pay"), (4, "pay"), (5, "pay")
    ]  # fmt: skip
    assert {device for _lamport, device, _verb in rows} == {book.device}
    assert journal.verify(book.db, book.device) == journal.head(book.db, book.device)


def test_what_records_nothing_writes_no_row(book):
    before = book.db.execute("SELECT count(*) FROM command").fetchone()
    with book.writing("pay"):
        pass
    assert book.db.execute("SELECT count(*) FROM command").fetchone() == before


def test_a_refusal_inside_leaves_nothing(book):
    before = list(book.db.iterdump())

    def twice() -> None:
        with book.writing("fund add"):
            book.record(FundAdded(fund="大修", restricted=True, on=DAY))
            book.record(FundAdded(fund="大修", restricted=True, on=DAY))

    with pytest.raises(sqlite3.IntegrityError):
        twice()
    assert list(book.db.iterdump()) == before
    assert pay(book, room="1-1-101") == "A2022-0004"


def test_texts_are_stored_in_nfc(book):
    """The same word typed on two systems is one word: Å, Å and Å."""
    typed = unicodedata.normalize("NFD", "Ångström 基金")
    assert typed != unicodedata.normalize("NFC", typed)
    with book.writing("fund add"):
        book.record(FundAdded(fund=typed, restricted=False, on=DAY))
        book.record(PersonAdded(person=book.person_id(), on=DAY, name=typed))
    (body,) = book.db.execute(
        "SELECT body FROM event WHERE kind = 'funds.added.v1' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert json.loads(body)["fund"] == unicodedata.normalize("NFC", typed)
    assert book.db.execute("SELECT name FROM person ORDER BY event DESC").fetchone()[0] == json.loads(body)["fund"]


# ---- private values


def test_no_name_stands_in_a_body(book):
    bodies = "".join(body for (body,) in book.db.execute("SELECT body FROM event").fetchall())
    assert "王桂兰" not in bodies
    assert "韩梅" not in bodies
    assert "王桂兰" in "".join(body for (body,) in book.db.execute("SELECT body FROM private").fetchall())


def test_the_same_value_has_another_commitment_each_time(book):
    """A phone or a room is soon guessed: the salt keeps the commitment from telling."""
    rows = book.db.execute("SELECT commitment, salt, body FROM private WHERE body LIKE '%王桂兰%'").fetchall()
    assert len(rows) == 3
    assert len({body for _commitment, _salt, body in rows}) == 1
    assert (
        len({commitment for commitment, _salt, _body in rows}) == len({salt for _commitment, salt, _body in rows}) == 3
    )
    assert all(len(salt) == 16 for _commitment, salt, _body in rows)


@altered
def test_an_altered_private_value_is_named(laptop):
    spoil(laptop, "UPDATE private SET body = replace(body, '王桂兰', '李桂兰') WHERE commitment ="
                  " (SELECT private FROM event JOIN command ON command = command.id WHERE lamport = 4)")  # fmt: skip
    assert ("private", "A4") in found_by_check(laptop)


@altered
def test_a_missing_private_value_is_named(laptop):
    spoil(laptop, "DELETE FROM private WHERE commitment ="
                  " (SELECT private FROM event JOIN command ON command = command.id WHERE lamport = 4)")  # fmt: skip
    assert ("private", "A4") in found_by_check(laptop)


# ---- tampering: the chain names the step


def spoil(laptop: Laptop, *statements: str) -> None:
    """Somebody with the file and any SQLite tool."""
    db = sqlite3.connect(laptop.path)
    for table in ("command", "event"):
        for verb in ("UPDATE", "DELETE"):
            db.execute(f"DROP TRIGGER {table}_{verb}")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def found_by_check(laptop: Laptop) -> set[tuple[str, str]]:
    book = laptop.open()
    problems = checking.problems(book)
    book.close()
    return {(one.code, one.where) for one in problems}


AT_4 = "(SELECT id FROM command WHERE lamport = 4)"
AT_5 = "(SELECT id FROM command WHERE lamport = 5)"
ALTERED = {
    "an amount": (f"UPDATE event SET body = replace(body, '20000', '10000') WHERE command = {AT_4}", "A4"),
    "a kind": (f"UPDATE event SET kind = 'contributions.voided.v1' WHERE command = {AT_4}", "A4"),
    "a commitment": (f"UPDATE event SET private = NULL WHERE command = {AT_4}", "A4"),
    "the moment": ("UPDATE command SET at = '2022-05-30T04:00:00Z' WHERE lamport = 4", "A4"),
    "who": ("UPDATE command SET who = 'pA9' WHERE lamport = 4", "A4"),
    "the verb": ("UPDATE command SET verb = 'spend' WHERE lamport = 4", "A4"),
    "an event put in": (f"INSERT INTO event (command, kind, body) VALUES ({AT_4}, 'funds.added.v1', '{{}}')", "A4"),
    "an event taken out of a step of several": (
        "DELETE FROM event WHERE id = (SELECT max(id) FROM event WHERE command = 1)", "A1",
    ),
    "two events changing places": (
        "UPDATE event SET body = (SELECT other.body FROM event AS other WHERE other.id = 9 - event.id)"
        " WHERE id IN (4, 5)", "A1",
    ),
    "all events of a step taken out": (f"DELETE FROM event WHERE command = {AT_4}", "A5"),
    "a step taken out": (
        f"DELETE FROM event WHERE command = {AT_4}; DELETE FROM command WHERE lamport = 4", "A5",
    ),
    "two steps changing places": (
        "UPDATE command SET lamport = -lamport WHERE lamport IN (3, 4); UPDATE command SET lamport = 7 + lamport"
        " WHERE lamport < 0", "A3",
    ),
    "a step put in": (
        "INSERT INTO command VALUES (99, 6, (SELECT device FROM command LIMIT 1), '2022-05-31T04:00:00Z', 'pA1', 'pay',"
        " x'00'); INSERT INTO event (command, kind, body) VALUES (99, 'funds.added.v1', '{}')", "A6",
    ),
    "the link itself": ("UPDATE command SET hash = zeroblob(32) WHERE lamport = 4", "A4"),
}  # fmt: skip


@altered
@pytest.mark.parametrize("what", ALTERED)
def test_what_is_altered_is_named_by_its_step(laptop, what):
    statements, step = ALTERED[what]
    spoil(laptop, *statements.split("; "))
    db = sqlite3.connect(laptop.path)
    (device,) = db.execute("SELECT device FROM command LIMIT 1").fetchone()
    with pytest.raises(BookUnreadable, match=rf"altered at step {step}\b"):
        journal.verify(db, device)
    db.close()


@altered
def test_check_lists_the_altered_step_beside_everything_else(laptop, zaoyuan):
    spoil(laptop, ALTERED["an amount"][0])
    answer = zaoyuan("check --json", home=laptop.home, book=laptop.path)
    assert answer.code == 3
    assert {(one["code"], one["where"]) for one in answer.json["problems"]} >= {("chain", "A4"), ("ledger", "entry")}
    assert zaoyuan("check numbers conflicts", home=laptop.home, book=laptop.path).ok.out == ""


def rehash(laptop: Laptop) -> None:
    """The forger knows the format, and makes the whole chain anew."""
    db = sqlite3.connect(laptop.path)
    link = b""
    rows = db.execute("SELECT id, lamport, device, at, who, verb FROM command ORDER BY lamport").fetchall()
    for id, *header in rows:
        digest = journal.opened(link, *header)
        for event in db.execute("SELECT kind, body, private FROM event WHERE command = ? ORDER BY id", [id]).fetchall():
            digest.update(journal.line(*event))
        link = digest.digest()
        db.execute("UPDATE command SET hash = ? WHERE id = ?", [link, id])
    db.commit()
    db.close()


@altered
@pytest.mark.parametrize("step", [2, 4, 5])
def test_a_chain_made_anew_is_seen_by_the_machine_that_knew_it(laptop, step):
    """Also when the last step is the altered one: the anchor keeps the last link outside the file."""
    body = (
        "UPDATE event SET body = replace(body, '0000', '0001') WHERE command = (SELECT id FROM command WHERE lamport ="
    )
    spoil(laptop, f"{body} {step})" if step > 2 else "UPDATE event SET body = replace(body, '1-1', '2-2')"
                  " WHERE command = (SELECT id FROM command WHERE lamport = 2)")  # fmt: skip
    rehash(laptop)
    book = laptop.open()
    journal.verify(book.db, book.device)  # the chain itself is sound
    assert "A5 is not the one this computer last saw" in book.readonly
    assert ("anchor", "A") in {(one.code, one.where) for one in checking.problems(book)}
    book.close()


@altered
def test_a_last_step_cut_off_is_seen_by_the_machine_that_knew_it(laptop):
    spoil(laptop, f"DELETE FROM event WHERE command = {AT_5}", "DELETE FROM command WHERE lamport = 5")
    book = laptop.open()
    assert "A had 5 steps, this copy ends at 4" in book.readonly
    with pytest.raises(BookUnreadable):
        pay(book, room="1-1-101")
    book.close()


@altered
def test_an_altered_ledger_is_found_and_rebuilt(laptop, zaoyuan):
    """A total changed by hand in the ledger: the journal knows better."""
    db = sqlite3.connect(laptop.path)
    db.execute("UPDATE entry SET fen = 1 WHERE fen = 20000")
    db.commit()
    db.close()
    answer = zaoyuan("check --json", home=laptop.home, book=laptop.path)
    assert [(one["code"], one["where"]) for one in answer.json["problems"]] == [
        ("ledger", "entry"),
        ("sums", "众筹专项 现金 contribution 2022-05"),
        ("sums", "1-1-101 contribution"),
    ]
    zaoyuan("rebuild", home=laptop.home, book=laptop.path).ok  # noqa: B018
    assert zaoyuan("check", home=laptop.home, book=laptop.path).ok.out == ""


@altered
def test_triggers_taken_away_are_named_and_put_back(laptop, zaoyuan):
    spoil(laptop)
    here = {"home": laptop.home, "book": laptop.path}
    wrong = {one["where"] for one in zaoyuan("check --json", **here).json["problems"]}
    assert wrong == {"command_UPDATE", "command_DELETE", "event_UPDATE", "event_DELETE"}
    zaoyuan("rebuild", **here).ok  # noqa: B018
    assert zaoyuan("check", **here).ok.out == ""


def test_a_book_is_readable_by_its_owner_only(laptop):
    assert os.stat(laptop.path).st_mode & 0o777 == 0o600
