"""Decisions: what a body decided, and what rests on it."""

import sqlite3
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal, Unreadable
from zaoyuan_cli.facts.decisions import DecisionMade
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, naming, numbered, people, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE decision (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
    " body TEXT NOT NULL REFERENCES body (body), day TEXT NOT NULL, meeting TEXT REFERENCES meeting (number),"
    " motion TEXT REFERENCES motion (number), ballot TEXT NOT NULL, paper TEXT NOT NULL, text TEXT NOT NULL) STRICT",
)
_CLOSED = (  # the vote whose closing gave out the number; nothing, and so no row, where that closing does not stand
    "CASE ?1 WHEN '' THEN '' ELSE (SELECT ballot FROM ballot_close WHERE ballot = ?1"
    " AND instr(' ' || decisions || ' ', ' ' || ?2 || ' ')) END"
)


@derives(DecisionMade)
def made(db: sqlite3.Connection, origin: Origin, fact: DecisionMade) -> None:
    db.execute(
        f"INSERT INTO decision VALUES (?3, ?2, ?4, ?5, ?6, ?7, {_CLOSED}, ?8, ?9)",
        (
            fact.ballot, fact.number, origin.event, fact.body, fact.on.isoformat(), fact.meeting or None,
            fact.motion or None, fact.paper, fact.text,
        ),
    )  # fmt: skip
    searching.put(db, origin, "decision", fact.number, fact.text, fact.paper, fact.body)


class Decision(NamedTuple):
    """What a body decided on a day. `meeting` is "" where it was made outside the book, `motion` what was voted on,
    `ballot` the owners' vote ("" for none), `paper` the number on paper."""

    decision: str
    date: date
    body: str
    meeting: str
    motion: str
    ballot: str
    paper: str
    text: str


class Resting(NamedTuple):
    """What cites a decision: its kind (role, transfer, project, waiver, expense), what it is, its day, its fen."""

    kind: str
    ref: str
    date: date
    text: str
    amount: Fen | None


_RESTING = (
    "SELECT 'role', person, since, role || CASE scope WHEN '' THEN '' ELSE ' ' || scope END, NULL FROM role"
    " WHERE decision = :number",
    "SELECT 'body', body.body, ifnull(since, day), '', NULL FROM body JOIN decision ON number = decision"
    " WHERE decision = :number",
    "SELECT 'transfer', far.fund, near.day, near.fund, far.fen FROM fund_transfer JOIN entry near USING (event)"
    " JOIN entry far USING (event) WHERE decision = :number AND near.leg = 1 AND far.leg = 2",
    "SELECT 'project', project, day, fund, budget FROM project WHERE decision = :number",
    "SELECT 'project', project.project, changed.since, fund, NULL FROM project_edit JOIN project USING (project)"
    " JOIN change AS changed ON changed.event = project_edit.event AND field = 'decision'"
    " WHERE project_edit.decision = :number",
    "SELECT 'project', closure.project, closure.day, fund, totals ->> 'left' FROM closure JOIN project USING (project)"
    " WHERE closure.decision = :number",
    "SELECT 'bylaw', bylaw || '/' || version, since, '', NULL FROM adoption WHERE decision = :number",
    "SELECT 'repealed', bylaw || '/' || version, day, '', NULL FROM repeal WHERE decision = :number",
    "SELECT 'waiver', room, day, project, fen FROM waiver WHERE decision = :number",
    "SELECT 'waiver', d.room, d.day, d.project, sum(waiver.fen) FROM waiver_decision AS d"
    " JOIN waiver ON (waiver.project, waiver.room) = (d.project, d.room) AND waiver.decision IS NULL"
    " AND waiver.day <= d.day WHERE d.decision = :number GROUP BY d.event",
    "SELECT 'expense', number, day, what, fen FROM expense WHERE decision = :number"
    " AND number NOT IN (SELECT number FROM void)",
)


def everyone(
    db: sqlite3.Connection, as_of: date | None = None, body: str = "", year: int | None = None
) -> dict[str, Decision]:
    """Decisions by number in the order of days: all, those of a body, those of a year."""
    rows = db.execute(
        "SELECT number, day, body, ifnull(meeting, ''), ifnull(motion, ''), ballot, paper, text FROM decision"
        " WHERE day <= :until AND (:body = '' OR body = :body) AND (:year = '' OR day LIKE :year || '-%')",
        {"until": (as_of or date.max).isoformat(), "body": body, "year": f"{year:04d}" if year is not None else ""},
    ).fetchall()
    found = [Decision(number, date.fromisoformat(day), *rest) for number, day, *rest in rows]
    return {one.decision: one for one in sorted(found, key=lambda one: (one.date, numbers.split(one.decision)))}


def pick(book: Book, text: str) -> str:
    """The decision of a number (in full, or D1 where one fits), a number on paper, or a unique part of its text.
    Raises NotFound, Ambiguous."""
    known = everyone(book.db)
    asked = searching.fold(text).strip()
    found = [number for number, one in known.items() if asked and asked == searching.fold(one.paper)]
    if not found:
        with suppress(Unreadable):
            found = [number for number, stands in numbered.fitting(book.db, "decision", text).items() if stands]
    found = found or [number for number, one in known.items() if asked and asked in searching.fold(one.text)]
    if len(found) == 1:
        return found[0]
    if found:
        raise naming.several(text, "decision", [_candidate(known[number]) for number in found])
    raise NotFound(
        _("There is no decision {name}.").format(name=text),
        field="decision",
        value=text,
        hint=_("All decisions: {list}\nOne made outside this book: {add}").format(
            list="zaoyuan decision list", add=sample("zaoyuan decision add TEXT --body NAME --date DATE")
        ),
    )


def _candidate(one: Decision) -> dict[str, str]:
    return {"key": one.decision, "label": " ".join(filter(None, (f"{one.date}", one.paper, one.text[:40])))}


def show(book: Book, number: str) -> Decision:
    """One decision by its number in full."""
    return everyone(book.db)[number]


def add(book: Book, text: str, body: str, on: date, paper: str = "") -> Decision:
    """Record a decision made outside the book. Raises Unreadable, Refusal as `make`."""
    with book.writing("decision add"):
        return make(book, text, body, on, paper)


def make(book: Book, text: str, body: str, on: date, paper: str = "", meeting: str = "", motion: str = "") -> Decision:
    """Record a decision inside a step being written. Raises Unreadable for no text, Refusal if its number on paper is
    another's already."""
    text, paper = clean(text, field="text", lines=True).strip(), clean(paper, field="paper").strip()
    if not text:
        raise Unreadable(_("The text is empty."), field="text", value=text)
    for one in everyone(book.db).values():
        if paper and searching.fold(one.paper) == searching.fold(paper):
            raise Refusal(
                _("Number {paper} is that of decision {decision} already.").format(paper=paper, decision=one.decision),
                field="paper",
                value=paper,
                candidates=[_candidate(one)],
            )
    number = book.number("decision")
    book.record(DecisionMade(number=number, body=body, on=on, meeting=meeting, motion=motion, paper=paper, text=text))
    return Decision(number, on, body, meeting, motion, "", paper, text)


def of_ballot(book: Book, number: str, text: str, body: str, ballot: str) -> None:
    """Record what a vote of the owners decided, inside the step that closes it and after its closing."""
    book.record(DecisionMade(number=number, body=body, on=book.today, ballot=ballot, text=text))


def resting(db: sqlite3.Connection, number: str, as_of: date | None = None) -> list[Resting]:
    """All that cites a decision and stands at the end of a day (now without one), in the order of days."""
    rows = [row for query in _RESTING for row in db.execute(query, {"number": number}).fetchall()]
    found = [
        Resting(kind, ref, date.fromisoformat(day), text, None if fen is None else Fen(fen))
        for kind, ref, day, text, fen in rows
        if day <= (as_of or date.max).isoformat()
    ]
    names = people.everyone(db) if any(one.kind == "role" for one in found) else {}
    found = [one._replace(text=f"{names[one.ref].name} {one.text}") if one.kind == "role" else one for one in found]
    return sorted(found, key=lambda one: (one.date, one.kind, one.ref))
