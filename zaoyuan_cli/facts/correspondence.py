"""Correspondence: what residents say, and letters in and out, each with its answer (R-96)."""

from datetime import date

from . import Fact, Private


class OpinionGiven(Fact, kind="correspondence.opinion.v1", numbered="opinion", shown="text"):
    """A resident said something: a household (`room`) or a person (id), or nobody named. `via` is visit, phone,
    wechat, letter, meeting or other."""

    number: str
    on: date
    room: str = ""
    person: str = ""
    via: str = ""
    topic: Private[str] = ""
    text: Private[str] = ""


class LetterLogged(Fact, kind="correspondence.letter.v1", numbered="letter", shown="text"):
    """A letter came in or went out (`way` in/out); `due` is the day an answer is due, `paper` the number on the letter,
    `attachments` SHA-256; `party` is who wrote it or whom it was for."""

    number: str
    way: str
    on: date
    due: date | None = None
    paper: str = ""
    attachments: tuple[str, ...] = ()
    party: Private[str] = ""
    text: Private[str] = ""


class Answered(Fact, kind="correspondence.answered.v1"):
    """An opinion or a letter was answered, by a person (id)."""

    number: str
    on: date
    by: str = ""
    text: Private[str] = ""


class Closed(Fact, kind="correspondence.closed.v1"):
    """Nothing more is to be done about an opinion or a letter, and why."""

    number: str
    on: date
    reason: Private[str] = ""
