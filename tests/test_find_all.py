"""`find` looks in all that people wrote: every private text of every fact that is shown to people."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any, get_args

import pytest
from conftest import Runner
from treasurer import done

from zaoyuan_cli.book import journal, ledger, searching
from zaoyuan_cli.facts import KINDS, NOTHING, Fact

ELSEWHERE = {
    "notices.posted.v1 document": "a whole paper: its words are found where they were written",
    "signings.posted.v1 record": "the same",
    "signings.posted.v1 summary": "the same",
    "conflicts.settled.v1 note": "shown nowhere but in the journal",
    "people.added.v1 initials": "of a name: a person is found by them where a person is asked for",
    "donors.added.v1 initials": "the same",
    "slips.proxy.v1 holder": "found with the doors they sign for: searching._proxies",
}

ANSWERS = ("correspondence.answered.v1", "correspondence.closed.v1")


ledger.load_all()
TEXTS = [
    (fact, name)
    for kind, fact in sorted(KINDS.items())
    for name in sorted(fact.private)
    if isinstance(fact.defaults[name], str | tuple) or fact.defaults[name] is None
    if f"{kind} {name}" not in ELSEWHERE
]


def _value(fact: type[Fact], name: str) -> Any:
    of = fact.__annotations__[name]
    if name in fact.defaults:
        return fact.defaults[name]
    if of is date or date in get_args(of):
        return date(2022, 5, 1)
    plain = {"number": "A2022-0001", "receipt": "A2022-0009", "room": "1-1-101"}.get(name, "x")
    return {str: plain, int: 1, bool: False}.get(of, NOTHING if "Mapping" in str(of) else ())


def _fact(fact: type[Fact], **said: Any) -> Fact:
    values = {field: _value(fact, field) for field in fact.fields} | said
    if fact.kind in ANSWERS:
        values["number"] = "OA2022-1"
    if fact.numbered and fact.key not in said:
        values[fact.key] = {"person": "pA1", "refund": "A2022-0001-1"}.get(fact.numbered, "A2022-0002")
    return fact(**values)


@pytest.fixture(scope="module")
def empty() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    ledger.create(db)
    project, receipt = KINDS["projects.added.v1"], KINDS["contributions.received.v1"]
    opinion = KINDS["correspondence.opinion.v1"]
    ledger.derive(db, journal.Event(2, journal.Step(1, "A"), project.kind, _fact(project)))
    ledger.derive(db, journal.Event(3, journal.Step(1, "A"), receipt.kind, _fact(receipt, number="A2022-0009")))
    ledger.derive(db, journal.Event(4, journal.Step(1, "A"), receipt.kind, _fact(receipt, number="A2022-0001")))
    ledger.derive(db, journal.Event(5, journal.Step(1, "A"), opinion.kind, _fact(opinion, number="OA2022-1")))
    return db


@pytest.mark.parametrize(("fact", "name"), TEXTS, ids=lambda one: getattr(one, "kind", one))
def test_what_people_wrote_is_found(empty: sqlite3.Connection, fact: type[Fact], name: str) -> None:
    said = "低保" if isinstance(fact.defaults[name], str) else ("低保",)
    empty.execute("SAVEPOINT one")
    try:
        ledger.derive(empty, journal.Event(1, journal.Step(1, "A"), fact.kind, _fact(fact, **{name: said})))
        found = empty.execute("SELECT noun FROM words WHERE text LIKE '%低保%'").fetchall()
    finally:
        empty.execute("ROLLBACK TO one")
    assert found
    assert {noun for (noun,) in found} <= {*searching.ORDER}


def test_why_a_receipt_was_made_void_is_found_with_it(zaoyuan: Runner) -> None:
    done(
        zaoyuan,
        "init --name 枣园小区 --who 韩梅 --yes",
        "household add 3-2-501 --owner 王桂兰",
        "project add 车棚 --fund 众筹专项 --levy 100 --yes",
        "project exempt 3-2-501 -p 车棚 --reason hardship -n 低保户",
        "pay 3-2-501 20 --fund 众筹专项 --gift",
        "contribution void 1 --reason 记错户 --yes",
    )
    hits = [zaoyuan(f"find {text} --json").ok.json["rows"][0] for text in ("记错户", "低保")]
    assert [(hit["title"], hit["show"]) for hit in hits] == [
        ("A2022-0001", "zaoyuan contribution show A2022-0001"),
        ("3-2-501", "zaoyuan household show 3-2-501"),
    ]
    assert hits[1]["context"] == "王桂兰 · 低保户"
    for hit in hits:
        assert zaoyuan(hit["show"].removeprefix("zaoyuan ")).code == 0
