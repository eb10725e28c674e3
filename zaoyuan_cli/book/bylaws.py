"""Bylaws: the estate's own rules and their versions."""

import sqlite3
from datetime import date
from typing import NamedTuple, TypeAlias

from zaoyuan_cli.errors import Ambiguous, NotFound
from zaoyuan_cli.facts.bylaws import BylawAdopted, BylawDrafted, BylawRepealed
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import articles

from . import Book, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE bylaw (event INTEGER PRIMARY KEY, bylaw TEXT NOT NULL, version INTEGER NOT NULL, day TEXT NOT NULL,"
    " by TEXT NOT NULL, text TEXT NOT NULL, step TEXT NOT NULL, UNIQUE (bylaw, version),"
    " UNIQUE (bylaw, version, step)) STRICT",
    "CREATE TABLE bylaw_rule (event INTEGER NOT NULL REFERENCES bylaw (event), rule TEXT NOT NULL, value TEXT NOT NULL,"
    " article TEXT NOT NULL, PRIMARY KEY (event, rule)) STRICT",
    "CREATE TABLE adoption (event INTEGER PRIMARY KEY, bylaw TEXT NOT NULL, version INTEGER NOT NULL,"
    " step TEXT NOT NULL, decision TEXT NOT NULL REFERENCES decision (number), day TEXT NOT NULL, since TEXT NOT NULL,"
    " UNIQUE (bylaw, version), UNIQUE (bylaw, since),"
    " FOREIGN KEY (bylaw, version, step) REFERENCES bylaw (bylaw, version, step)) STRICT",
    "CREATE TABLE repeal (event INTEGER PRIMARY KEY, bylaw TEXT NOT NULL, version INTEGER NOT NULL,"
    " decision TEXT NOT NULL REFERENCES decision (number), day TEXT NOT NULL, UNIQUE (bylaw, version),"
    " FOREIGN KEY (bylaw, version) REFERENCES adoption (bylaw, version)) STRICT",
)
Day: TypeAlias = date
MARKS = "《》〈〉<> \t"


class Rule(NamedTuple):
    """A rule that a version would set, and the article that says so."""

    name: str
    value: str
    article: str


class Version(NamedTuple):
    """One version of a bylaw, entered on a day. `by` is who may adopt it: committee or assembly; `state` is draft,
    adopted (its day is still to come), in_force, superseded or repealed. `effective` is the first day it is in force,
    `until` the first on which it is not any more; `step` entered it."""

    bylaw: str
    version: int
    date: Day
    state: str
    by: str
    text: str
    step: str = ""
    decision: str = ""
    effective: Day | None = None
    until: Day | None = None
    repealed_by: str = ""


class Hit(NamedTuple):
    """A place in a bylaw: the version and its state, the article ("" before the first), the words around it."""

    bylaw: str
    version: int
    state: str
    article: str
    context: str


@derives(BylawDrafted)
def drafted(db: sqlite3.Connection, origin: Origin, fact: BylawDrafted) -> None:
    values = (origin.event, fact.bylaw, fact.version, fact.on.isoformat(), fact.by, fact.text, origin.step)
    db.execute("INSERT INTO bylaw VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    db.executemany("INSERT INTO bylaw_rule VALUES (?, ?, ?, ?)", [(origin.event, *rule) for rule in fact.rules])
    searching.put(db, origin, "bylaw", fact.bylaw, fact.bylaw, fact.text)


@derives(BylawAdopted)
def adopted(db: sqlite3.Connection, origin: Origin, fact: BylawAdopted) -> None:
    values = (fact.bylaw, fact.version, fact.drafted, fact.decision, fact.on.isoformat(), fact.effective.isoformat())
    db.execute("INSERT INTO adoption VALUES (?, ?, ?, ?, ?, ?, ?)", (origin.event, *values))


@derives(BylawRepealed)
def repealed(db: sqlite3.Connection, origin: Origin, fact: BylawRepealed) -> None:
    values = (origin.event, fact.bylaw, fact.version, fact.decision, fact.on.isoformat())
    db.execute("INSERT INTO repeal VALUES (?, ?, ?, ?, ?)", values)


def title(text: str) -> str:
    """A bylaw's name without the marks of a title: 《存车棚管理办法》 → 存车棚管理办法."""
    return text.strip(MARKS)


def versions(db: sqlite3.Connection, day: date, bylaw: str = "") -> list[Version]:
    """Every version of a bylaw (of all without one) that was entered, adopted or in force by a day, with the state it
    has that day; the bylaws in the order they came."""
    rows = db.execute(
        "SELECT bylaw, version, bylaw.day, by, text, bylaw.step, ifnull(decision, ''), adoption.day, since"
        " FROM bylaw LEFT JOIN adoption USING (bylaw, version) WHERE bylaw = ?1 OR ?1 = ''"
        " ORDER BY (SELECT min(day) FROM bylaw AS first WHERE first.bylaw = bylaw.bylaw), bylaw, version",
        [bylaw],
    ).fetchall()
    begun = {(row[0], row[-1]) for row in rows if row[-1]}
    repeals = db.execute("SELECT bylaw, day, decision FROM repeal").fetchall()
    ended = {(name, on): number for name, on, number in repeals}
    found, today = [], day.isoformat()
    for name, version, entered, by, text, step, decision, adopted, since in rows:
        if min(filter(None, (entered, adopted, since))) > today:
            continue
        known = bool(since) and min(adopted, since) <= today
        ends = [on for of, on in begun | ended.keys() if known and of == name and since < on <= today]
        until = min(ends, default="")
        state = _state(since if known else "", until, (name, until) in ended, today)
        found.append(Version(
            name, version, date.fromisoformat(entered), state, by, text, step, decision if known else "",
            date.fromisoformat(since) if known else None, date.fromisoformat(until) if until else None,
            ended.get((name, until), ""),
        ))  # fmt: skip
    return found


def _state(since: str, until: str, repealed: bool, today: str) -> str:
    if not since:
        return "draft"
    if until:
        return "repealed" if repealed else "superseded"
    return "in_force" if since <= today else "adopted"


def listing(db: sqlite3.Connection, day: date) -> list[Version]:
    """What matters of every bylaw on a day: the version in force (else the one that was last), those adopted for a
    later day, and the last draft where it is newer than all of these."""
    found, every = [], versions(db, day)
    for name in dict.fromkeys(one.bylaw for one in every):
        mine = [one for one in every if one.bylaw == name]
        past = [one for one in mine if one.state in ("superseded", "repealed")]
        stands = [one for one in mine if one.state == "in_force"] or sorted(past, key=lambda one: one.until or day)[-1:]
        stands += [one for one in mine if one.state == "adopted"]
        draft = mine[-1] if mine[-1].state == "draft" else None
        found += [*stands, *([draft] if draft else ())]
    return found


def rules(db: sqlite3.Connection, version: Version) -> list[Rule]:
    """The rules that a version would set."""
    rows = db.execute(
        "SELECT rule, value, article FROM bylaw_rule JOIN bylaw USING (event) WHERE bylaw = ? AND version = ?"
        " ORDER BY bylaw_rule.rowid",
        [version.bylaw, version.version],
    ).fetchall()
    return [Rule(*row) for row in rows]


def pick(book: Book, text: str) -> str:
    """A bylaw's title, from it or a part that fits one. Raises NotFound, Ambiguous."""
    asked = title(text)
    rows = book.db.execute("SELECT bylaw FROM bylaw GROUP BY bylaw ORDER BY min(day), bylaw").fetchall()
    titles = [str(name) for (name,) in rows]
    fitting = [one for one in titles if one == asked] or [one for one in titles if asked and asked in one]
    if len(fitting) == 1:
        return fitting[0]
    choices = [{"key": one, "label": one} for one in fitting or titles]
    if fitting:
        raise Ambiguous(
            _("“{name}” fits several bylaws.").format(name=text), field="bylaw", value=text, candidates=choices
        )
    raise NotFound(
        _("There is no bylaw “{name}”.").format(name=text),
        field="bylaw",
        value=text,
        candidates=choices,
        hint=_("To enter one: {command}").format(command=f"zaoyuan bylaw add {asked or _('TITLE')} -f {_('FILE')}"),
    )


def one(book: Book, text: str, version: int = 0, day: date | None = None) -> Version:
    """A version of a bylaw as it is on a day (today without one); without a number the one in force that day, else
    the one adopted last, else the last draft. Raises NotFound, Ambiguous."""
    name = pick(book, text)
    every = versions(book.db, day or book.today, name)
    found = {one.version: one for one in every}
    best = [one for one in every if one.state == "in_force"] or [one for one in every if one.effective] or every
    wanted = version or (best[-1].version if best else 0)
    if wanted in found:
        return found[wanted]
    said = _("{bylaw} has no version {version}.") if version else _("There was no {bylaw} on {day} yet.")
    raise NotFound(
        said.format(bylaw=name, version=wanted, day=day),
        field="version",
        value=str(version or day),
        candidates=[{"key": str(n), "label": str(one.date)} for n, one in found.items()],
    )


def draft(
    book: Book, name: str, text: str, by: str = "", rules: tuple[Rule, ...] = (), verb: str = "bylaw add"
) -> tuple[Version, bool]:
    """Enter a text as the next version of a bylaw, by its title; the version, and whether it is new.
    The same text with the same rules as the last version is nothing new."""
    with book.writing(verb):
        before = versions(book.db, date.max, name)
        last = before[-1] if before else None
        by = by or (last.by if last else "committee")
        if last and (last.text, last.by, _rules(book, last)) == (text, by, rules):
            return one(book, name, last.version), False
        version = Version(name, last.version + 1 if last else 1, book.today, "draft", by, text)
        book.record(
            BylawDrafted(
                bylaw=name,
                version=version.version,
                on=book.today,
                by=by,
                rules=tuple((rule.name, rule.value, rule.article) for rule in rules),
                text=text,
            )
        )
    return version, True


def _rules(book: Book, version: Version) -> tuple[Rule, ...]:
    return tuple(rules(book.db, version))


def search(db: sqlite3.Connection, query: str, day: date) -> list[Hit]:
    """The articles that hold every word of a query, as parts of words, in what matters of the bylaws on a day."""
    wanted = searching.fold(query).split()
    return [
        Hit(version.bylaw, version.version, version.state, article.label, searching.around(article.text, wanted[0]))
        for version in listing(db, day)
        for article in articles.split(version.text)
        if wanted and all(word in searching.fold(article.text) for word in wanted)
    ]
