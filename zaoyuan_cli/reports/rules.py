"""Rules: what each says on a day, and where that comes from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing, Page
from zaoyuan_cli.rules import laws, values
from zaoyuan_cli.rules.meanings import MEANINGS

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.rulings import Ruling

COLUMNS = (
    Column("rule", N_("Rule"), "number_text"),
    Column("words", N_("Value"), "number_text"),
    Column("about", N_("What it is"), flex=True),
    Column("status", N_("Status"), "state"),
    Column("from", N_("Holds from"), "date", 1),
    Column("where", N_("Source"), "number_text", 2),
)
HISTORY = (
    Column("from", N_("Holds from"), "date"),
    Column("words", N_("Value")),
    Column("where", N_("Source"), flex=True),
    Column("status", N_("Status"), "state"),
)


def row(one: Ruling) -> dict[str, Any]:
    """A rule as answers have it; `words` is its value for people, `where` its source for people."""
    return {
        "rule": one.rule, "value": values.shown(one.value), "unit": one.unit, "source": one.source or None,
        "article": one.article or None, "status": one.status, "from": one.since, "bylaw": one.bylaw or None,
        "version": one.version or None, "limit": values.shown(one.law.limit), "key": one.key or None,
        "words": one.words, "where": one.where or None,
    }  # fmt: skip


def listing(book: Book, day: date, as_of: date | None) -> Listing:
    """Every rule as it holds on a day."""
    from zaoyuan_cli.book import rulings

    rows = [
        row(rulings.in_force(book.db, name, day)) | {"about": _(MEANINGS[name])} for name in sorted(laws.everything())
    ]  # fmt: skip
    totals = {"rules": len(rows), "unset": sum(one["value"] is None for one in rows)}
    return Listing(rows, COLUMNS, totals, as_of=as_of)


def page(book: Book, name: str, day: date) -> Page:
    """A rule as it holds on a day: what the law says beside it, what it was before and will be."""
    from zaoyuan_cli.book import rulings

    one = rulings.in_force(book.db, name, day)
    history = [row(other) for other in rulings.history(book.db, one.rule)]
    law = one.law
    record: list[tuple[str, object]] = [
        (_("What it is"), _(MEANINGS[one.rule])),
        (_("Value"), one.words),
        (_("Source"), one.where or None),
        (_("Status"), State(one.status)),
        (_("Holds from"), one.since),
    ]
    if one.bylaw and law.value is not None:
        record.append((_("By law"), " · ".join(filter(None, (values.in_words(law.value, law.unit), law.cited)))))
    if law.limit is not None and law.limit != law.value:
        record.append((_("Limit of the law"), values.in_words(law.limit, law.unit)))
    parts: list[Part] = [Heading(one.rule), Pairs(tuple(record))]
    if law.words and law.status != "unverified":
        parts.append(Text(_("《{source}》{article}: “{words}”").format(**law._asdict())))
    parts += [Text(line, "dim") for line in _may(one)]
    if len(history) > 1:
        parts.append(Table(HISTORY, history, title=_("What it was and will be")))
    meaning = {"about": _(MEANINGS[one.rule]), "words_of_law": law.words or None}
    return Page(row(one) | meaning | {"history": history}, parts)


def _may(one: Ruling) -> list[str]:
    """Who may set it otherwise, and how."""
    law = one.law
    if law.by == "law":
        return []
    who = _("a bylaw of the owners' assembly") if law.by == "assembly" else _("a bylaw")
    how = {
        "more": _("Only {who} sets it otherwise, never below the limit of the law."),
        "less": _("Only {who} sets it otherwise, never above the limit of the law."),
        "": _("Only {who} sets it otherwise."),
    }
    written = _("How its file sets a rule: {command}").format(command="zaoyuan help bylaw-file")
    return [how[law.stricter].format(who=who), written]
