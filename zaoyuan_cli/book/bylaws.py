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
    """One version of a bylaw; `by` is who may adopt it: committee or assembly."""

    bylaw: str
    version: int
    date: Day
    state: str
    by: str
    text: str


class Hit(NamedTuple):
    """A place in a bylaw: the version, the article ("" before the first), the words around it."""

    bylaw: str
    version: int
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


def versions(db: sqlite3.Connection, bylaw: str = "", as_of: date | None = None) -> list[Version]:
    """Every version of a bylaw (of all without one) entered until a day, the bylaws in the order they came."""
    rows = db.execute(
        "SELECT bylaw, version, day, by, text FROM bylaw WHERE (bylaw = ?1 OR ?1 = '') AND day <= ?2"
        " ORDER BY (SELECT min(day) FROM bylaw AS first WHERE first.bylaw = bylaw.bylaw), bylaw, version",
        [bylaw, (as_of or date.max).isoformat()],
    ).fetchall()
    return [Version(row[0], row[1], date.fromisoformat(row[2]), "draft", *row[3:]) for row in rows]


def listing(db: sqlite3.Connection, as_of: date | None = None) -> list[Version]:
    """The last version of every bylaw, as of a day."""
    return list({version.bylaw: version for version in versions(db, as_of=as_of)}.values())


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
    titles = [version.bylaw for version in listing(book.db)]
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
        hint=_("To enter one: {command}").format(command=f"zaoyuan bylaw add {asked or 'TITLE'} -f FILE"),
    )


def one(book: Book, text: str, version: int = 0, as_of: date | None = None) -> Version:
    """A version of a bylaw, the last without a number. Raises NotFound, Ambiguous."""
    name = pick(book, text)
    found = {one.version: one for one in versions(book.db, name, as_of)}
    wanted = version or max(found, default=0)
    if wanted not in found:
        raise NotFound(
            _("{bylaw} has no version {version}.").format(bylaw=name, version=wanted),
            field="version",
            value=str(wanted),
            candidates=[{"key": str(n), "label": str(one.date)} for n, one in found.items()],
        )
    return found[wanted]


def draft(book: Book, name: str, text: str, by: str = "", rules: tuple[Rule, ...] = ()) -> tuple[Version, bool]:
    """Enter a text as the next version of a bylaw, by its title; the version, and whether it is new.
    The same text with the same rules as the last version is nothing new."""
    with book.writing("bylaw add"):
        before = versions(book.db, name)
        last = before[-1] if before else None
        by = by or (last.by if last else "committee")
        if last and (last.text, last.by, _rules(book, last)) == (text, by, rules):
            return last, False
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


def search(db: sqlite3.Connection, query: str, as_of: date | None = None) -> list[Hit]:
    """The articles of the last versions that hold every word of a query, as parts of words."""
    wanted = searching.fold(query).split()
    return [
        Hit(version.bylaw, version.version, article.label, searching.around(article.text, wanted[0]))
        for version in listing(db, as_of)
        for article in articles.split(version.text)
        if wanted and all(word in searching.fold(article.text) for word in wanted)
    ]
