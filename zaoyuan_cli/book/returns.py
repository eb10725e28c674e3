"""Returns: the shares of a closed project's surplus, and which of them were paid out (R-66). A return is no refund: the
due it was paid for stays paid."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.returns import ReturnVoided, ShareReturned
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, closures, entries, funds, projects, searching, voiding
from .ledger import Origin, Problem, derives, judges

TABLES = (
    "CREATE TABLE giveback (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
    " project TEXT NOT NULL REFERENCES closure (project), payer TEXT NOT NULL, fen INTEGER NOT NULL,"
    " account TEXT NOT NULL REFERENCES account (account), day TEXT NOT NULL, note TEXT NOT NULL) STRICT",
    "CREATE INDEX giveback_of ON giveback (project, payer)",
)


@derives(ShareReturned)
def made(db: sqlite3.Connection, origin: Origin, fact: ShareReturned) -> None:
    db.execute(
        "INSERT INTO giveback VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.project, fact.room or fact.donor, fact.fen, fact.account,
            fact.on.isoformat(), fact.note,
        ),
    )  # fmt: skip
    (fund,) = db.execute("SELECT fund FROM project WHERE project = ?", [fact.project]).fetchone()
    entries.leg(
        db, origin, 1, "return", fact.on, -fact.fen,
        account=fact.account, fund=fund, project=fact.project, room=fact.room, number=fact.number,
    )  # fmt: skip
    if fact.note:
        searching.put(db, origin, "project", fact.project, fact.number, fact.note)


@derives(ReturnVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: ReturnVoided) -> None:
    entries.void(db, origin, fact.number, fact.on, fact.reason)


class Share(NamedTuple):
    """What a household (`room`) or a donor (its id) gets back of a closed project, in fen: `owners` are the ids of the
    door's owners of then; `returned` what was paid out, by which number, on which day."""

    project: str
    room: str
    donor: str
    owners: tuple[str, ...]
    paid: Fen
    share: Fen
    returned: Fen
    number: str
    date: date | None
    account: str

    @property
    def payer(self) -> str:
        """The room or the donor's id."""
        return self.room or self.donor

    @property
    def open(self) -> Fen:
        """What is still to be paid out."""
        return Fen(max(0, self.share - self.returned))


def shares(db: sqlite3.Connection, project: str, as_of: date | None = None) -> list[Share]:
    """Every share of a closed project, in the order they were fixed in; none while it is open."""
    rows = db.execute(
        "SELECT share.project, ifnull(room, ''), ifnull(donor, ''), owners, paid, share.fen, ifnull(sum(g.fen), 0),"
        " ifnull(max(g.number), ''), max(g.day), ifnull(max(g.account), '') FROM share"
        " JOIN closure ON closure.project = share.project AND closure.day <= :until"
        " LEFT JOIN giveback AS g ON g.project = share.project AND g.payer = share.payer AND g.day <= :until"
        " AND g.number NOT IN (SELECT number FROM void)"
        " WHERE share.project = :project GROUP BY share.payer ORDER BY place",
        {"project": project, "until": (as_of or date.max).isoformat()},
    ).fetchall()
    return [
        Share(
            of, room, donor, tuple(owners.split()), Fen(paid), Fen(fen), Fen(back), number,
            date.fromisoformat(day) if day else None, account,
        )
        for of, room, donor, owners, paid, fen, back, number, day, account in rows
    ]  # fmt: skip


def waiting(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, list[Share]]:
    """Of each closed project the shares nobody was paid yet; projects without any are left out."""
    known = [name for (name,) in db.execute("SELECT project FROM closure ORDER BY day, project").fetchall()]
    found = {name: [one for one in shares(db, name, as_of) if one.open] for name in known}
    return {name: some for name, some in found.items() if some}


def give(book: Book, project: str, payers: Sequence[str], account: str, on: date, note: str = "") -> list[Share]:
    """Pay shares out, each with a number of its own; the shares as they stand then. `payers` are rooms and donors' ids.
    Refusal: a payer has no share, or has it already (already_returned); a day before the closing; fund_short."""
    note = clean(note, field="note").strip()
    with book.writing("project return"):
        closing = closures.of(book.db, project)
        known = {one.payer: one for one in shares(book.db, project)}
        refuse_unshared(book, project)
        assert closing is not None
        if on < closing.date:
            raise Refusal(
                _("The project was closed on {day}; a share is not given back before.").format(day=closing.date),
                field="date",
                value=on,
            )
        for payer in payers:
            share = known.get(payer)
            _refuse(share, payer, project)
            assert share is not None
            book.record(
                ShareReturned(
                    number=book.number("return"), project=project, fen=int(share.share), account=account, on=on,
                    room=share.room, donor=share.donor, note=note,
                )
            )  # fmt: skip
        funds.must_cover(book, projects.fund_of(book, project), Fen(sum(known[payer].share for payer in payers)))
        after = {one.payer: one for one in shares(book.db, project)}
    return [after[payer] for payer in payers]


def refuse_unshared(book: Book, project: str) -> None:
    """Refusal: the project is open, or nothing of it goes back."""
    closing, name = closures.of(book.db, project), projects.names(book.db)[project]
    if closing is not None and closing.plan == "return":
        return
    if closing is None:
        said, hint = _("{project} is open: its shares are fixed when it is closed."), f"zaoyuan project close {name}"
    else:
        said, hint = _("Nothing of {project} goes back."), f"zaoyuan project show {name}"
    raise Refusal(said.format(project=name), field="project", value=name, hint=hint)


def _refuse(share: Share | None, payer: str, project: str) -> None:
    """Refusal: there is no such share, or it was paid out."""
    hint = _("All shares: {command}").format(command=f"zaoyuan project shares {project}")
    if share is None or not share.share:
        raise Refusal(
            _("{who} has no share in {project}.").format(who=payer, project=project),
            field="household",
            value=payer,
            hint=hint,
        )
    if share.returned:
        raise Refusal(
            _("{who} has its share already: {amount} yuan on {day}, {number}.").format(
                who=payer, amount=share.returned, day=share.date, number=share.number
            ),
            code="already_returned",
            field="household",
            value=payer,
            hint=hint,
        )


def amount_of(db: sqlite3.Connection, number: str) -> Fen:
    """What a return that stands, or is void, paid out, in fen."""
    return Fen(db.execute("SELECT fen FROM giveback WHERE number = ?", [number]).fetchone()[0])


def void(book: Book, number: str, reason: str) -> None:
    """A return was wrong. Raises Refusal, Unreadable (see voiding)."""
    voiding.void(book, "project void", ReturnVoided, number, reason, "return")


@judges
def above_share(db: sqlite3.Connection) -> Iterator[Problem]:
    """Payers who were given back more than their share: two computers paid the same one out (R-66)."""
    rows = db.execute(
        "SELECT g.project, g.payer, sum(g.fen), ifnull(share.fen, 0), group_concat(g.number, ' ') FROM giveback AS g"
        " LEFT JOIN share ON share.project = g.project AND share.payer = g.payer"
        " WHERE g.number NOT IN (SELECT number FROM void)"
        " GROUP BY g.project, g.payer HAVING sum(g.fen) > ifnull(share.fen, 0) ORDER BY g.project, g.payer"
    ).fetchall()
    for project, payer, back, share, listed in rows:
        said = _("{who} was given back more of {project} than its share: {numbers}.")
        yield Problem(
            "returned_above_share",
            f"{project} {payer}",
            said.format(who=payer, project=project, numbers=" ".join(sorted(listed.split()))),
            back - share,
        )
