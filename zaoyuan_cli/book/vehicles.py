"""Vehicles: what a household keeps in the yard, by its plate, from a day to a day."""

import sqlite3
from datetime import date, timedelta
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.vehicles import VehicleGone, VehicleKept
from zaoyuan_cli.i18n import _

from . import Book, bodies, households, people, registering
from .ledger import Origin, derives

SORTS = {
    "car": "car", "汽车": "car", "小汽车": "car", "ebike": "ebike", "电动车": "ebike", "电瓶车": "ebike",
    "other": "other", "其他": "other",
}  # fmt: skip
"""What may be typed for a sort of vehicle, and its code."""

TABLES = (
    "CREATE TABLE vehicle (event INTEGER PRIMARY KEY, step TEXT NOT NULL UNIQUE,"
    " room TEXT NOT NULL REFERENCES household (room), person TEXT NOT NULL REFERENCES person (person),"
    " sort TEXT NOT NULL, plate TEXT NOT NULL, since TEXT NOT NULL) STRICT",
    "CREATE TABLE vehicle_end (event INTEGER PRIMARY KEY, step TEXT NOT NULL REFERENCES vehicle (step),"
    " day TEXT NOT NULL) STRICT",
)


class Vehicle(NamedTuple):
    """A vehicle: the step that entered it, the door, whose it is (an id), sort car/ebike/other, its plate ("" for none,
    or erased), first and last day."""

    step: str
    room: str
    person: str
    sort: str
    plate: str
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        """Is it kept that day?"""
        return self.since <= day and not (self.until and self.until < day)


@derives(VehicleKept)
def kept(db: sqlite3.Connection, origin: Origin, fact: VehicleKept) -> None:
    db.execute(
        "INSERT INTO vehicle VALUES (?, ?, ?, ?, ?, ?, ?)",
        (origin.event, origin.step, fact.room, fact.person, fact.sort, fact.plate, fact.on.isoformat()),
    )


@derives(VehicleGone)
def gone(db: sqlite3.Connection, origin: Origin, fact: VehicleGone) -> None:
    db.execute("INSERT INTO vehicle_end VALUES (?, ?, ?)", (origin.event, fact.step, fact.on.isoformat()))


def everyone(db: sqlite3.Connection, room: str = "") -> list[Vehicle]:
    """Every vehicle there ever was, of a door, first to last."""
    rows = db.execute(
        "SELECT vehicle.step, room, person, sort, plate, since, min(day) FROM vehicle"
        " LEFT JOIN vehicle_end ON vehicle_end.step = vehicle.step WHERE ? = '' OR room = ?"
        " GROUP BY vehicle.step ORDER BY since, vehicle.step",
        [room, room],
    ).fetchall()
    known_as = people.kept(db)
    return [
        Vehicle(
            step, door, known_as.get(person, person), sort, plate, date.fromisoformat(since),
            date.fromisoformat(until) - timedelta(1) if until else None,
        )
        for step, door, person, sort, plate, since, until in rows
    ]  # fmt: skip


def keep(book: Book, room: str, person: str, sort: str, plate: str, on: date | None = None) -> None:
    """Record inside a step being written a vehicle; an e-bike also marks the household, for the levies that ask.
    Raises Refusal for a plate that is there already."""
    for other in everyone(book.db):
        if plate and other.plate == plate and not other.until:
            raise Refusal(
                _("{plate} is entered for {room} already.").format(plate=plate, room=other.room),
                field="plate",
                value=plate,
            )
    book.record(VehicleKept(room=room, person=person, on=on or book.today, sort=sort, plate=plate))
    if sort == "ebike" and not households.one(book, room).ebike:
        registering.edit(book, room, {"ebike": True}, on)


def drop(book: Book, room: str, named: str, on: date | None = None) -> Vehicle:
    """Record inside a step being written that a vehicle, named by its plate or step, is kept no more, from a
    day on. Raises NotFound, Refusal."""
    for vehicle in everyone(book.db, room):
        if named and named in (vehicle.plate, vehicle.step) and not vehicle.until:
            bodies.in_order(vehicle.since, on)
            book.record(VehicleGone(room=room, step=vehicle.step, on=on or book.today))
            return vehicle._replace(until=(on or book.today) - timedelta(1))
    raise NotFound(
        _("{room} keeps no vehicle {plate}.").format(room=room, plate=named),
        field="plate",
        value=named,
        hint=_("See which: {command}").format(command=f"zaoyuan household show {room}"),
    )
