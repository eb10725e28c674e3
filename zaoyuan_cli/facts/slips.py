"""Papers and slips of the owners' vote: what goes out, comes back, and is entered."""

from datetime import date

from . import Fact, Private


class PaperIssued(Fact, kind="slips.issued.v1"):
    """A voter's paper went out; `via` is hand, mail, wechat or posted (which is no delivery). `paper` is its serial
    number: the voter's place in the roll, or beyond it one that replaces a spoiled paper."""

    ballot: str
    voter: str
    paper: int
    via: str
    on: date
    note: Private[str] = ""


class PaperReturned(Fact, kind="slips.returned.v1"):
    """A paper came back, with its slip still to be entered; or `spoiled`, to be replaced."""

    ballot: str
    voter: str
    paper: int
    on: date
    spoiled: bool = False
    note: Private[str] = ""


class SlipCast(Fact, kind="slips.cast.v1"):
    """A slip was entered: for each question for, against, abstain, invalid or "" (left blank). `entry` is 1, or 2 for
    the second pass; `received` the day it came in; `turn` counts the slips of this voter made void before."""

    ballot: str
    voter: str
    paper: int
    entry: int
    choices: tuple[str, ...]
    received: date
    on: date
    turn: int = 0
    proxy: Private[str] = ""
    note: Private[str] = ""


class SlipVoided(Fact, kind="slips.voided.v1"):
    """The slips of a voter, both passes, were entered wrongly or replaced: they count no more."""

    ballot: str
    voter: str
    turn: int
    on: date
    reason: Private[str] = ""


class ProxyFiled(Fact, kind="slips.proxy.v1"):
    """A written proxy of a voter is on file: `holder` may sign for them until a day, the last of the vote if none is
    said."""

    ballot: str
    voter: str
    on: date
    until: date | None = None
    holder: Private[str] = ""
    note: Private[str] = ""
