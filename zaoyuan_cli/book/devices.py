"""Devices: each machine that writes has a letter and a chain of its own."""

import secrets
import sqlite3
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.devices import DeviceAdded, DeviceRetired
from zaoyuan_cli.i18n import _

from . import Book, clock, enrolling, people
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE device (event INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE, person TEXT NOT NULL) STRICT",
    "CREATE TABLE device_end (event INTEGER PRIMARY KEY, device TEXT NOT NULL REFERENCES device (device)) STRICT",
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Device(NamedTuple):
    """A machine: its letter, whose it is, how many steps it wrote, the last of them, whether it is this one or
    retired."""

    letter: str
    person: str
    steps: int
    last: str
    here: bool
    retired: bool


@derives(DeviceAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: DeviceAdded) -> None:
    db.execute("INSERT INTO device VALUES (?, ?, ?)", (origin.event, fact.device, fact.person))


@derives(DeviceRetired)
def retired(db: sqlite3.Connection, origin: Origin, fact: DeviceRetired) -> None:
    db.execute("INSERT INTO device_end VALUES (?, ?)", (origin.event, fact.device))


def new_id(letter: str) -> str:
    """A letter and random digits: two machines that took one letter are told apart."""
    return f"{letter}{secrets.token_hex(5)}"


def listing(book: Book) -> list[Device]:
    """Every device, by letter."""
    rows = book.db.execute(
        "SELECT device.device, ifnull(name, ''), count(command.id), max(at),"
        " device.device IN (SELECT device FROM device_end)"
        " FROM device LEFT JOIN person USING (person) LEFT JOIN command USING (device)"
        " GROUP BY device.device ORDER BY device.device"
    ).fetchall()
    return [
        Device(id[0], name, steps, f"{clock.local(at):%Y-%m-%d %H:%M}" if at else "", id == book.device, bool(ended))
        for id, name, steps, at, ended in rows
    ]


def taken(book: Book) -> set[str]:
    """Letters given in this file, or seen by this machine in a newer one."""
    known = book.db.execute("SELECT device FROM device UNION SELECT device FROM command").fetchall()
    return {id[0] for (id,) in known} | {id[0] for id in book.anchor.heads()}


def add(book: Book, letter: str = "", who: str = "") -> str:
    """Give this machine a letter of its own, and a person who keeps it (an id or a name, which may be new); the letter.
    Raises Refusal if the letter is taken or none is left, BookUnreadable if not even that can be written."""
    used = taken(book)
    free = [one for one in LETTERS if one not in used]
    letter = letter.upper() or (free[0] if free else "")
    if letter not in free:
        raise Refusal(
            _("The letter {letter} is taken or none is left.").format(letter=letter or "-"),
            field="letter",
            value=letter,
            hint=_("Free letters: {letters}").format(letters=" ".join(free[:8])),
        )
    if book.readonly != book.anchor.objection(book.db):
        raise book.refusal()
    book.device, book.readonly = new_id(letter), ""
    known = _person(book, who) if who else book.who
    book.who = known or (book.person_id() if who else "")
    with book.writing("device add"):
        if who and not known:
            enrolling.add(book, who)
        book.record(DeviceAdded(device=book.device, person=book.who))
    book.anchor.begin(book.db, book.device)
    return letter


def _person(book: Book, text: str) -> str:
    """The id of a person known already; "" for a name that is new, since nobody can add it before there is a letter."""
    try:
        return people.find_one(book, text).person
    except NotFound:
        return ""


def retire(book: Book, letter: str) -> None:
    """End a device's chain. Raises NotFound for an unknown letter, Refusal for this device or one that ended
    already."""
    row = book.db.execute(
        "SELECT device, device IN (SELECT device FROM device_end) FROM device WHERE substr(device, 1, 1) = ?",
        [letter.upper()],
    ).fetchone()
    if row is None:
        raise NotFound(_("There is no device {letter}.").format(letter=letter), field="device", value=letter)
    if row[1] or row[0] == book.device:
        raise Refusal(
            _("Device {letter} has ended already or is this computer.").format(letter=letter),
            field="device",
            value=letter,
        )
    with book.writing("device retire"):
        book.record(DeviceRetired(device=row[0]))
