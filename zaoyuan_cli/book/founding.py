"""Founding a book: the file, its first step A1, its first device, person, accounts and funds, the owners' assembly."""

import os
import secrets
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from zaoyuan_cli.facts.accounts import AccountAdded, AccountOpened
from zaoyuan_cli.facts.bodies import BodyAdded
from zaoyuan_cli.facts.books import BookBegun
from zaoyuan_cli.facts.devices import DeviceAdded
from zaoyuan_cli.facts.funds import FundAdded
from zaoyuan_cli.facts.households import HouseholdAdded
from zaoyuan_cli.facts.units import UnitAdded
from zaoyuan_cli.rules.money import Fen

from . import Book, devices, enrolling, journal, ledger, open_book, opening, units

# Names are data, written as they stand in every interface: (account, its kind), (fund, restricted), the assembly.
NAMES = {
    "zh": (
        (("现金", "cash"), ("微信", "wechat"), ("支付宝", "alipay"), ("银行", "bank")),
        (
            ("众筹专项", True), ("惠民资金", True), ("公共收益", True), ("维修资金", True),
            ("工作经费", False), ("待认领", False),
        ),
        "业主大会",
    ),
    "en": (
        (("Cash", "cash"), ("WeChat", "wechat"), ("Alipay", "alipay"), ("Bank", "bank")),
        (
            ("Crowdfunding", True), ("Community grant", True), ("Common income", True), ("Maintenance fund", True),
            ("Working budget", False), ("Unclaimed", False),
        ),
        "Owners' assembly",
    ),
}  # fmt: skip


def empty(path: Path, id: str) -> sqlite3.Connection:
    """A new file holding a journal and a ledger with nothing in them. Raises BookUnreadable if something is there."""
    db = opening.create(path)
    db.execute("BEGIN IMMEDIATE")
    for statement in journal.SCHEMA:
        db.execute(statement)
    ledger.create(db)
    ledger.finish(db)
    db.execute("INSERT INTO book VALUES (?)", [id])
    db.execute("COMMIT")
    return db


class Opening(NamedTuple):
    """Money that is there already: in an account, for a fund."""

    account: str
    fen: Fen
    fund: str


def found(path: Path, home: Path, name: str, who: str, lang: str = "zh", estate: Sequence[str] = ()) -> Book:
    """Make a book at a path, whole or not at all, and return it open; `estate`
    lists its units. Raises BookUnreadable if something is there; then
    nothing is touched."""
    opening.refuse_taken(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        book = Book(empty(beside, secrets.token_hex(8)), beside, home)
        try:
            book.device, book.who = devices.new_id("A"), "pA1"
            _first_step(book, name, who, lang, estate)
            book.anchor.begin(book.db, book.device)
        finally:
            book.close()
        opening.put_new(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return open_book(path, home)


def furnish(book: Book, doors: tuple[int, int], openings: Sequence[Opening]) -> None:
    """What the first questions told of a new book: floors and doors on a floor of every unit, money there already."""
    floors, across = doors
    numbers = [f"{floor}{door:02d}" for floor in range(1, floors + 1) for door in range(1, across + 1)]
    with book.writing("household add"):
        for unit in units.everyone(book.db):
            for number in numbers:
                book.record(HouseholdAdded(room=f"{unit}-{number}", unit=unit, on=book.today))
    for one in openings:
        with book.writing("account opening"):
            book.record(AccountOpened(account=one.account, fund=one.fund, fen=one.fen, on=book.today))


def _first_step(book: Book, name: str, who: str, lang: str, estate: Sequence[str]) -> None:
    accounts, funds, assembly = NAMES[lang]
    with book.writing("init"):
        book.record(BookBegun(book=book.id, name=name, lang=lang))
        book.record(DeviceAdded(device=book.device, person="pA1"))
        enrolling.add(book, who)
        for account, kind in accounts:
            book.record(AccountAdded(account=account, account_kind=kind, on=book.today))
        for fund, restricted in funds:
            book.record(FundAdded(fund=fund, restricted=restricted, on=book.today))
        book.record(BodyAdded(body=assembly, body_kind="assembly"))
        for unit in estate:
            book.record(UnitAdded(unit=unit, on=book.today))
