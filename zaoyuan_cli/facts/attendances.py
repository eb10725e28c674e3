"""Attendances: who came to a meeting, and whom they stood for."""

from datetime import date

from . import Fact, Private


class AttendanceNoted(Fact, kind="attendances.noted.v1"):
    """A person came to a meeting; `late` and `left` are HH:MM, "" for there from the beginning, to the end. Noted
    again, the later note counts."""

    number: str
    person: str
    late: str = ""
    left: str = ""


class ProxyGiven(Fact, kind="attendances.proxied.v1"):
    """An owner (`person`) who does not come to an assembly gave a written proxy to `holder`, signed on a day, good
    until one (None: for this meeting only), for what `scope` says (R-22)."""

    number: str
    person: str
    holder: str
    signed: date
    until: date | None = None
    scope: Private[str] = ""
