"""Vehicles: what a household keeps in the yard."""

from datetime import date

from . import Fact, Private


class VehicleKept(Fact, kind="vehicles.kept.v1"):
    """A household keeps a vehicle: sort car/ebike/other, `person` whose it is. It is known by the step of this fact."""

    room: str
    person: str
    on: date
    sort: str
    plate: Private[str] = ""


class VehicleGone(Fact, kind="vehicles.gone.v1"):
    """A vehicle, known by the step that entered it, is kept no more, from that day on."""

    room: str
    step: str
    on: date
