"""Donors: those who give and owe nothing."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts import ERASED
from zaoyuan_cli.facts.donors import DonorAdded, DonorEdited
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import quoted

from . import Book, changes, naming, people, searching
from .ledger import Origin, derives

KINDS = {
    "public": "public", "单位": "public", "社区": "public", "政府": "public",
    "firm": "firm", "企业": "firm", "公司": "firm", "商户": "firm",
    "person": "person", "个人": "person",
}  # fmt: skip
"""What may be typed for a kind of donor: a public body, a firm, a person."""

TABLES = (
    "CREATE TABLE donor (event INTEGER PRIMARY KEY, donor TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,"
    " initials TEXT NOT NULL) STRICT",
)


@derives(DonorAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: DonorAdded) -> None:
    db.execute(
        "INSERT INTO donor VALUES (?, ?, ?, ?, ?)",
        (origin.event, fact.person, fact.donor_kind, fact.name, fact.initials),
    )
    searching.put(db, origin, "donor", fact.person, fact.name)


@derives(DonorEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: DonorEdited) -> None:
    changes.put(db, origin, "donor", fact.person, fact.on, fact.changes, fact.saw)


class Donor(NamedTuple):
    """One who gives and owes nothing: id, name, kind (public, firm, person), readings of the name's characters."""

    donor: str
    name: str
    kind: str
    initials: str


class Gift(NamedTuple):
    """Money a donor gave: receipt, day, fen of it that still stand (refunds taken off), fund, project ("" for none)."""

    receipt: str
    date: date
    amount: Fen
    fund: str
    project: str


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, Donor]:
    """All donors by id, as edited, in the order of their ids. One who was erased was a person."""
    rows = db.execute("SELECT donor, name, kind, initials FROM donor").fetchall()
    found = {row[0]: Donor(*row) for row in sorted(rows, key=lambda row: numbers.split(row[0]))}
    for id, fields in changes.latest(db, "donor", as_of).items():
        if id in found:
            found[id] = found[id]._replace(
                **{name: value or "" for name, value in fields.items() if name in Donor._fields}
            )
    return {id: one._replace(kind="person") if one.name == ERASED else one for id, one in found.items()}


def pick(book: Book, text: str) -> Donor:
    """The donor of an id, a name or its unique part. Raises NotFound, Ambiguous."""
    known = everyone(book.db)
    return known[naming.pick({id: one.name for id, one in known.items()}, text, "donor", _no_donor)]


def _no_donor(text: str) -> NotFound:
    return NotFound(
        _("There is no donor {name}.").format(name=text),
        field="donor",
        value=text,
        hint=_("A new one first: {command}").format(command=f"zaoyuan donor add {quoted(text)}"),
    )


def _known(name: str, id: str) -> Refusal:
    return Refusal(
        _("A donor {name} is known already.").format(name=name),
        field="donor",
        value=name,
        candidates=[{"key": id, "label": name}],
        hint=_("See: {command}").format(command=f"zaoyuan donor show {quoted(name)}"),
    )


def _new_name(book: Book, name: str, own: str = "") -> str:
    """A clean name no other donor has."""
    name = naming.new(name, (), "donor", str)
    for one in everyone(book.db).values():
        if one.donor != own and searching.fold(one.name) == searching.fold(name):
            raise _known(one.name, one.donor)
    return name


def add(book: Book, name: str, kind: str) -> Donor:
    """Make a donor known. Raises Refusal if one of that name is."""
    with book.writing("donor add"):
        name = _new_name(book, name)
        one = Donor(book.person_id(), name, kind, people.readings(name))
        book.record(DonorAdded(person=one.donor, donor_kind=kind, on=book.today, name=one.name, initials=one.initials))
    return one


def edit(book: Book, donor: Donor, name: str = "", kind: str = "") -> Donor:
    """Change a donor's name or kind; what is empty stays. Raises Refusal if another has that name."""
    with book.writing("donor edit"):
        changed: dict[str, str] = {}
        if name and (name := _new_name(book, name, donor.donor)) != donor.name:
            changed |= {"name": name, "initials": people.readings(name)}
        if kind and kind != donor.kind:
            changed["kind"] = kind
        if changed:
            saw = changes.seen(book.db, "donor", donor.donor, changed)
            book.record(DonorEdited(person=donor.donor, on=book.today, saw=saw, changes=changed))
    return donor._replace(**changed)


def gifts(db: sqlite3.Connection, donor: str = "", as_of: date | None = None) -> dict[str, list[Gift]]:
    """What each donor gave, by id, in the order of days; void receipts are left out."""
    until = (as_of or date.max).isoformat()
    rows = db.execute(
        "SELECT donor, number, day, fen - ifnull((SELECT -sum(movement.fen) FROM refund JOIN movement USING (number)"
        " WHERE receipt = contribution.number AND movement.day <= :until), 0), fund, ifnull(project, '')"
        " FROM contribution WHERE donor IS NOT NULL AND (:donor = '' OR donor = :donor) AND day <= :until"
        " AND number NOT IN (SELECT number FROM void) ORDER BY day, number",
        {"donor": donor, "until": until},
    ).fetchall()
    found: dict[str, list[Gift]] = {}
    for id, number, day, fen, fund, project in rows:
        found.setdefault(id, []).append(Gift(number, date.fromisoformat(day), Fen(fen), fund, project))
    return found


def given(db: sqlite3.Connection, project: str, as_of: date | None = None) -> dict[str, Fen]:
    """What each donor, by id, gave to a project, net of voids and refunds."""
    rows = db.execute(
        "SELECT donor, sum(movement.fen) FROM movement LEFT JOIN refund USING (number)"
        " JOIN contribution AS c ON c.number = ifnull(refund.receipt, movement.number)"
        " WHERE movement.project = ? AND movement.day <= ? AND donor IS NOT NULL GROUP BY donor",
        [project, (as_of or date.max).isoformat()],
    ).fetchall()
    return {donor: Fen(fen) for donor, fen in sorted(rows, key=lambda row: numbers.split(row[0]))}
