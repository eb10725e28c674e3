"""Seals: what a seal was put on."""

from datetime import date

from . import Fact, Private


class SealUsed(Fact, kind="seals.used.v1", numbered="seal", shown="title"):
    """A seal (assembly, committee, finance, branch) was put on `copies` of a paper (contract, notice, letter, other),
    by a person (id); allowed by a decision or by people (ids) who approved (R-95)."""

    number: str
    seal: str
    on: date
    copies: int
    paper_kind: str
    by: str
    decision: str = ""
    approved_by: tuple[str, ...] = ()
    title: Private[str] = ""
    note: Private[str] = ""


class SealAllowed(Fact, kind="seals.allowed.v1"):
    """Who allowed, afterwards, what a seal was put on: a decision, or people (ids)."""

    number: str
    on: date
    decision: str = ""
    approved_by: tuple[str, ...] = ()
