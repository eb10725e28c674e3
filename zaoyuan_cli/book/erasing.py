"""Erasing: what the book knows of a person, or of a donor who is one, goes, and what it did with them stays.

The private rows go from the file; the events keep their commitments, so every chain and every printed code still
verifies. The fact that says so lasts, and it says so to every copy it is merged into.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from zaoyuan_cli.errors import BookUnreadable, Refusal
from zaoyuan_cli.facts.people import PersonErased
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import quoted

from . import Book, advances, changes, donors, dues, journal, opening, people, replaying, returns, roles, searching
from .journal import Step

EVERYTHING, CONTACT = "everything", "contact"
_KIND = PersonErased.kind


class Mention(NamedTuple):
    """A free text that names the person: its step, verb, number ("" for none), field, the words around the place."""

    step: str
    verb: str
    number: str
    field: str
    text: str
    commitment: bytes


class Plan(NamedTuple):
    """What an erasure would do: the ids that are this person, whether everything goes or the contact only, and why not
    more; the commitments of their own values, the texts that name them, what names them in the chain itself and
    stays, and the other ids of people and donors who are called the same."""

    ids: tuple[str, ...]
    what: str
    why: tuple[str, ...]
    own: tuple[bytes, ...]
    mentions: tuple[Mention, ...]
    stays: tuple[str, ...]
    alike: tuple[str, ...] = ()


def plan(book: Book, person: str, contact: bool = False) -> Plan:
    """What erasing a person or a donor (an id) would do; writes nothing. Raises Refusal where nothing is left to erase,
    and for a donor who is no natural person."""
    db = book.db
    ids = people.same(db, person)
    _refuse_no_person(db, person)
    people.refuse_erased(db, person)
    why = () if contact else tuple(_held(book, ids))
    what = CONTACT if contact or why else EVERYTHING
    values = _values(db, ids)
    own = [commitment for commitment, kind, body, _secret in values if what == EVERYTHING or _is_contact(kind, body)]
    words = _words(secret for _commitment, _kind, _body, secret in values)
    known = [word for word in words if what == EVERYTHING or word.isdecimal()]
    if not own and what == CONTACT:
        text = _("There is no telephone or plate of theirs in the book.")
        raise Refusal(text, field="person", value=person, hint="\n".join(why))
    alike = _alike(db, known, ids) if what == EVERYTHING else ()
    return Plan(ids, what, why, tuple(own), tuple(_mentions(db, known)), tuple(_public(db, known)), tuple(alike))


def _refuse_no_person(db: sqlite3.Connection, id: str) -> None:
    donor = donors.everyone(db).get(id)
    if donor and donor.kind != "person":
        raise Refusal(
            _("{name} is an authority or a firm, whose name stays.").format(name=donor.name),
            field="donor",
            value=donor.name,
            hint=_("If it is a person: {command}").format(
                command=f"zaoyuan donor edit {quoted(donor.name)} --kind person"
            ),
        )


def _alike(db: sqlite3.Connection, names: Collection[str], ids: Collection[str]) -> Iterable[str]:
    """The others who are called by one of the names: perhaps the same, and not erased with them."""
    others = [(id, one.name) for id, one in people.everyone(db).items()]
    others += [(id, one.name) for id, one in donors.everyone(db).items()]
    return [id for id, name in others if name in names and id not in ids]


def contact(db: sqlite3.Connection, person: str) -> bool:
    """Is there a telephone or a plate of a person (an id)?"""
    return any(_is_contact(kind, body) for _commitment, kind, body, _secret in _values(db, people.same(db, person)))


def erase(book: Book, plan: Plan, redact: Collection[bytes] = ()) -> None:
    """Erase what was planned, and the texts whose commitments are named. It cannot be undone."""
    noun = "donor" if plan.ids[0] in donors.everyone(book.db) else "person"
    with book.writing(f"{noun} erase"):
        for number, id in enumerate(plan.ids):
            of = {commitment for commitment, *_rest in _values(book.db, (id,))} & set(plan.own)
            gone = sorted(one.hex() for one in of | (set(redact) if number == 0 else set()))
            saw = changes.seen(book.db, "person", id, {"phone": ""}) if plan.what == CONTACT else {}
            fact = PersonErased(person=id, on=book.today, what=plan.what, commitments=tuple(gone), saw=saw)
            book.record(fact)
        assert book.pending is not None
        book.pending.seal()  # what is derived anew must see this very step
        purge(book.db)
        replaying.rebuild(book.db)
    sweep(book.db)


def purge(db: sqlite3.Connection) -> list[str]:
    """Take out every private value that some erasure is about; the steps that said something of an erased person
    without knowing of the erasure."""
    forbidden, unknowing = _forbidden(db)
    there = [one for one in forbidden if db.execute("SELECT 1 FROM private WHERE commitment = ?", [one]).fetchone()]
    db.executemany("DELETE FROM private WHERE commitment = ?", [(one,) for one in there])
    return list(dict.fromkeys(unknowing[one] for one in there if one in unknowing))


def sweep(db: sqlite3.Connection) -> None:
    """Write the file anew, so that no page keeps a shred of what was there; outside any transaction. Where another
    program reads meanwhile it stays as it is: what went was overwritten with zeros (secure_delete)."""
    with suppress(sqlite3.OperationalError):
        db.execute("VACUUM")


def forbidden(db: sqlite3.Connection) -> frozenset[bytes]:
    """The commitments whose values must not be there: those an erasure names, all of a person erased, and edits of a
    phone made without knowing that it was erased."""
    return frozenset(_forbidden(db)[0])


def _forbidden(db: sqlite3.Connection) -> tuple[list[bytes], dict[bytes, str]]:
    """The same, and of those that no erasure names, the step."""
    facts = [json.loads(body) for (body,) in db.execute("SELECT body FROM event WHERE kind = ?", [_KIND]).fetchall()]
    named = {bytes.fromhex(text): None for fact in facts for text in fact["commitments"]}
    if not facts:
        return [], {}
    whole = {fact["person"] for fact in facts if fact["what"] == EVERYTHING}
    seen = {fact["person"]: {""} for fact in facts}  # the steps whose phone is erased
    rows = db.execute(
        "SELECT private, body ->> 'person', body -> 'saw' ->> 'phone', lamport, device, kind"
        " FROM event JOIN command ON command.id = command WHERE private IS NOT NULL AND body ->> 'person' IS NOT NULL"
        " ORDER BY lamport, device, event.id"
    )
    unknowing = {}
    for commitment, person, saw, lamport, device, kind in rows.fetchall():
        step = Step(lamport, device).name
        is_phone = person in seen and kind.startswith("people.edited.") and saw is not None
        if is_phone and (commitment in named or saw in seen[person]):
            seen[person].add(step)
        elif person not in whole:
            continue
        if commitment not in named:
            unknowing[commitment] = step
    return [*named, *unknowing], unknowing


def holding(book: Book, folders: Iterable[Path], planned: Iterable[bytes] = ()) -> list[Path]:
    """The other copies of this book in some folders that still hold values which were erased here, or will be."""
    gone = forbidden(book.db) | set(planned)
    found = []
    for path in sorted({path.resolve() for folder in folders for path in folder.glob("*.db")} - {book.path.resolve()}):
        try:
            db, _reason = opening.open_file(path)
        except (BookUnreadable, OSError):
            continue
        try:
            if db.execute("SELECT id FROM book").fetchone() == (book.id,):
                rows = db.execute("SELECT commitment FROM private").fetchall()
                found += [path] if any(commitment in gone for (commitment,) in rows) else []
        except sqlite3.DatabaseError:
            continue
        finally:
            db.close()
    return found


def _held(book: Book, ids: Collection[str]) -> Iterable[str]:
    """Why more than the contact has to stay for now."""
    for due in dues.owed(book.db):
        if due.owed and set(due.owners) & set(ids):
            yield _("{room} owes {owed} for {project}.").format(room=due.room, owed=due.owed, project=due.project)
    for line in advances.owed(book.db):
        if line.person in ids:
            yield _("They are owed {owed} that they advanced.").format(owed=line.owed)
    for project, shares in returns.waiting(book.db).items():
        if any(share.donor in ids for share in shares):
            yield _("Their share of {project} is not given back yet.").format(project=project)
    for office in roles.everyone(book.db):
        over = (office.ended and office.ended <= book.today) or (office.until and office.until < book.today)
        if office.given_to in ids and not over:
            place = office.body or office.scope
            yield _("They hold the office of {role} ({place}).").format(role=_(office.role), place=place)


def _values(db: sqlite3.Connection, ids: Collection[str]) -> list[tuple[bytes, str, str, str]]:
    """(commitment, kind, body, private text) of what is kept of people, undone steps included."""
    marks = ", ".join("?" for _id in ids)
    return db.execute(
        "SELECT commitment, kind, event.body, private.body FROM event JOIN private ON commitment = event.private"
        f" WHERE event.body ->> 'person' IN ({marks}) ORDER BY event.id",
        [*ids],
    ).fetchall()


def _is_contact(kind: str, body: str) -> bool:
    return kind.startswith("vehicles.kept.") or (
        kind.startswith("people.edited.") and list(json.loads(body)["saw"]) == ["phone"]
    )


def _words(secrets: Iterable[str]) -> list[str]:
    """The names and telephones a person ever had."""
    found: dict[str, None] = {}
    for secret in secrets:
        values = json.loads(secret)
        values |= values.get("changes", {})
        found |= {values[field]: None for field in ("name", "phone") if len(values.get(field) or "") > 1}
    return list(found)


def _mentions(db: sqlite3.Connection, words: Collection[str]) -> Iterable[Mention]:
    """The free texts that hold one of the words, whoever wrote them; undone ones too."""
    rows = db.execute(
        "SELECT commitment, event.body, private.body, lamport, device, verb FROM private"
        " JOIN event ON event.private = commitment JOIN command ON command.id = command"
        " WHERE event.body ->> 'person' IS NULL ORDER BY lamport, device, event.id"
    )
    for commitment, body, secret, lamport, device, verb in rows.fetchall():
        values = {field: _text(value) for field, value in json.loads(secret).items()}
        hits = [(field, text, word) for field, text in values.items() for word in words if word in text]
        if hits:
            field, text, word = hits[0]
            about = json.loads(body)
            number = next((str(about[name]) for name in ("number", "meeting", "bylaw", "room") if about.get(name)), "")
            yield Mention(Step(lamport, device).name, verb, number, field, searching.around(text, word), commitment)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _public(db: sqlite3.Connection, words: Collection[str]) -> Iterable[str]:
    """The steps whose chained text holds one of the words: an account or a project was called after the person."""
    for word in words:
        rows = db.execute(
            "SELECT DISTINCT lamport, device FROM event JOIN command ON command.id = command WHERE instr(body, ?)"
            " ORDER BY lamport, device",
            [journal.canonical(word)[1:-1]],
        )
        yield from (Step(*row).name for row in rows.fetchall())
