"""Rulings: what a rule says on a day. National law, and over it the bylaw version in force that day, where it sets the
rule and is not laxer.

Whoever judges by a rule asks `in_force` and keeps `Ruling.key` in its fact as `judged_by`, one key for each rule. When
the fact is derived it calls `judged(db, origin, rule, fact.judged_by)`: the row it writes rests by foreign key on the
adoption of that bylaw version, so SQLite refuses the undoing of an adoption by which something was judged, and a merge
lets such an undoing lie idle."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import laws, values
from zaoyuan_cli.rules.laws import Law
from zaoyuan_cli.rules.values import Value

from .ledger import Origin

TABLES = (
    "CREATE TABLE judged (event INTEGER NOT NULL, rule TEXT NOT NULL, bylaw TEXT NOT NULL, version INTEGER NOT NULL,"
    " PRIMARY KEY (event, rule), FOREIGN KEY (bylaw, version) REFERENCES adoption (bylaw, version)) STRICT",
)
BYLAW, LAW, LOCAL = "bylaw", "law", "local"


class Ruling(NamedTuple):
    """A rule as it holds on a day. `value` is Fen, int, Share (a Fraction that may have to be exceeded), bool, or None
    where it is unset; `since` the day it holds from (None: no day is said); `bylaw` and `version` are of the bylaw that
    sets it ("" and 0: national law, or practice where `status` is local). `law` is the national rule of that day."""

    rule: str
    value: Value
    unit: str
    source: str
    article: str
    status: str
    since: date | None
    bylaw: str
    version: int
    law: Law

    @property
    def key(self) -> str:
        """What a fact keeps as `judged_by`: law:2024-07-01, bylaw:存车棚管理办法/2; "" where the rule is unset."""
        if self.value is None:
            return ""
        if self.bylaw:
            return f"{BYLAW}:{self.bylaw}/{self.version}"
        return f"{LAW}:{self.since}" if self.since else LOCAL

    @property
    def where(self) -> str:
        """The source for people, without its words or its status: a bylaw's article and version, or the law's article;
        "" without one."""
        if self.bylaw:
            return _("《{bylaw}》{article} (version {version})").format(
                bylaw=self.bylaw, article=self.article, version=self.version
            )
        return laws.cited(self.source, self.article)

    @property
    def cited(self) -> str:
        """The source as a warning or a print ends with it: with the words of the law where they were read, marked
        where it is not verified."""
        return self.where if self.bylaw else self.law.cited or laws.mark(self.status)

    @property
    def words(self) -> str:
        """The value and its unit for people."""
        return values.in_words(self.value, self.unit)


def in_force(db: sqlite3.Connection, name: str, on: date) -> Ruling:
    """A rule as it holds on a day: of the bylaws in force that set it, the strictest that is not laxer than the law of
    that day; else the law. Raises NotFound for a rule that nobody knows."""
    law = laws.law(name, on)
    setting = [one for one in _set_by_bylaws(db, law, on) if not law.laxer(one.value)]
    if not setting:
        return of_law(law)
    return max(setting, key=lambda one: (*law.strictness(one.value), one.since, one.bylaw))


def source(db: sqlite3.Connection, name: str, key: str) -> str:
    """Where a rule stands by which something was judged, for people: its key as `Ruling.key` has it."""
    kind, _colon, of = key.partition(":")
    bylaw, _slash, version = of.rpartition("/")
    if kind != BYLAW:
        return of_law(laws.law(name)).cited
    row = db.execute(
        "SELECT article FROM bylaw_rule JOIN bylaw USING (event) WHERE rule = ? AND bylaw = ? AND version = ?",
        [name, bylaw, version],
    ).fetchone()
    said = _("《{bylaw}》{article} (version {version})")
    return said.format(bylaw=bylaw, article=row[0] if row else "", version=version)


def count(db: sqlite3.Connection, name: str, on: date) -> int | None:
    """The value of a rule that counts days, months, years, seats or persons; None where it is unset."""
    found = in_force(db, name, on).value
    return found if isinstance(found, int) else None


def of_law(law: Law) -> Ruling:
    """What the law alone says."""
    since = law.since if law.since > date.min else None
    return Ruling(law.name, law.value, law.unit, law.source, law.article, law.status, since, "", 0, law)


def history(db: sqlite3.Connection, name: str) -> list[Ruling]:
    """What a rule was from day to day, and will be, by all that is known now: the oldest first."""
    days = {law.since for law in laws.versions(name)}
    days |= {
        date.fromisoformat(day)
        for (day,) in db.execute("SELECT since FROM adoption UNION SELECT day FROM repeal").fetchall()
    }
    found: list[Ruling] = []
    for day in sorted(days):
        ruling = in_force(db, name, day)
        if not found or (found[-1].key, found[-1].value) != (ruling.key, ruling.value):
            back = any((ruling.key, ruling.value) == (one.key, one.value) for one in found)
            began = day if back or ruling.value is None else ruling.since
            found.append(ruling._replace(since=began if began != date.min else None))
    return found


def _set_by_bylaws(db: sqlite3.Connection, law: Law, on: date) -> list[Ruling]:
    """What each bylaw in force on a day makes of a rule."""
    rows = db.execute(
        "SELECT adoption.bylaw, adoption.version, since, value, article FROM bylaw_rule"
        " JOIN bylaw USING (event) JOIN adoption USING (bylaw, version)"
        " WHERE rule = :rule AND adoption.since <= :day"
        " AND NOT EXISTS (SELECT 1 FROM adoption AS later WHERE later.bylaw = adoption.bylaw AND later.since <= :day"
        " AND later.since > adoption.since)"
        " AND NOT EXISTS (SELECT 1 FROM repeal WHERE repeal.bylaw = adoption.bylaw AND repeal.day <= :day"
        " AND repeal.day > adoption.since)",
        {"rule": law.name, "day": on.isoformat()},
    ).fetchall()
    return [
        Ruling(
            law.name, values.read(law.unit, text), law.unit, bylaw, article, LOCAL, date.fromisoformat(since), bylaw,
            version, law,
        )
        for bylaw, version, since, text, article in rows
    ]  # fmt: skip


def judged(db: sqlite3.Connection, origin: Origin, rule: str, key: str) -> None:
    """Write that an event was judged by a rule, where a bylaw set it; to be called when its fact is derived. Where the
    adoption itself cannot stand beside another laptop's, the event rests on nothing and stands all the same."""
    kind, _colon, of = key.partition(":")
    bylaw, _slash, version = of.rpartition("/")
    if kind == BYLAW and version.isdigit() and not _unsettled(db, bylaw, int(version)):
        db.execute("INSERT INTO judged VALUES (?, ?, ?, ?)", (origin.event, rule, bylaw, int(version)))


def _unsettled(db: sqlite3.Connection, bylaw: str, version: int) -> bool:
    """Is the only adoption of a version one that cannot stand?"""
    return bool(
        db.execute(
            "SELECT EXISTS (SELECT 1 FROM unsettled JOIN event ON event.id = unsettled.event"
            " WHERE kind = 'bylaws.adopted.v1' AND body ->> 'bylaw' = :bylaw AND body ->> 'version' = :version)"
            " AND NOT EXISTS (SELECT 1 FROM adoption WHERE bylaw = :bylaw AND version = :version)",
            {"bylaw": bylaw, "version": version},
        ).fetchone()[0]
    )
