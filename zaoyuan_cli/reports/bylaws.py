"""Bylaws: the list, one with its text, and two versions compared article by article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page
from zaoyuan_cli.rules import articles, laws, values

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.bylaws import Rule, Version
    from zaoyuan_cli.book.decisions import Decision

COLUMNS = (
    Column("bylaw", N_("Bylaw")),
    Column("version", N_("Version"), "number", 1),
    Column("state", N_("State"), "state"),
    Column("effective", N_("In force from"), "date", 1),
    Column("decision", N_("Decision"), "number_text", 2),
    Column("by", N_("Adopted by"), "state", 3),
    Column("articles", N_("Articles"), "number", 4),
    Column("date", N_("Entered"), "date", 5),
)
RULES = (
    Column("name", N_("Rule")),
    Column("words", N_("Value")),
    Column("article", N_("Article")),
    Column("law", N_("By law"), priority=1),
)
SET = (
    Column("rule", N_("Rule")),
    Column("before", N_("Was")),
    Column("after", N_("Is now")),
    Column("article", N_("Article")),
)


def row(one: Version) -> dict[str, Any]:
    """A version as a list has it."""
    return {
        "bylaw": one.bylaw, "version": one.version, "date": one.date, "articles": articles.count(one.text),
        "by": one.by, "state": one.state, "effective": one.effective, "until": one.until,
        "decision": one.decision or None, "repealed_by": one.repealed_by or None,
    }  # fmt: skip


def page(book: Book, one: Version, day: date) -> Page:
    """A version with its text, who adopted it and by which decision, and the rules it sets beside the law's."""
    from zaoyuan_cli.book import bodies, bylaws, decisions

    rules, every = bylaws.rules(book.db, one), bylaws.versions(book.db, day, one.bylaw)
    made = decisions.show(book, one.decision) if one.decision else None
    body = bodies.everyone(book.db)[made.body].name if made else None
    data = {
        **row(one), "body": body, "adopted": made.date if made else None, "meeting": (made and made.meeting) or None,
        "paper": (made and made.paper) or None, "vote": _vote(book, made),
        "versions": [other.version for other in every],
        "rules": [rule._asdict() for rule in rules],
        "articles": [article._asdict() for article in articles.split(one.text)], "text": one.text,
    }  # fmt: skip
    record: list[tuple[str, object]] = [
        (_("Version"), _("{version} of {last}").format(version=one.version, last=every[-1].version)),
        (_("State"), State(one.state)),
        (_("Entered"), one.date),
        (_("Adopted by"), State(one.by)),
    ]
    if made:
        said = " · ".join(filter(None, (made.decision, body, str(made.date), made.meeting, made.paper)))
        record.append((_("Decision"), said))
        record += [(_("Vote"), " · ".join(data["vote"].values()))] if data["vote"] else []
        record.append((_("In force from"), one.effective))
    if one.until:
        record.append((_("Not in force from"), " · ".join(filter(None, (str(one.until), one.repealed_by)))))
    parts: list[Part] = [Heading(one.bylaw), Pairs(tuple(record))]
    parts += [Text(line, "dim") for line in _others(one, every)]
    parts += [Table(RULES, [_rule(rule) for rule in rules], title=_("Rules it sets"))] if rules else []
    return Page(data, [*parts, Text(one.text)])


def _vote(book: Book, made: Decision | None) -> dict[str, str] | None:
    """The motion that became the decision, and its result in words; None for a decision made outside the book."""
    from zaoyuan_cli.book import motions
    from zaoyuan_cli.rules.motions import words

    known = motions.listing(book.db, made.meeting) if made and made.motion else []
    one = next((each for each in known if made and each.motion == made.motion), None)
    return {"motion": one.motion, "result": words(one.vote.outcome)} if one and one.vote else None


def _others(one: Version, every: Sequence[Version]) -> list[str]:
    """What else there is to see: a newer draft, a version for a later day."""
    said = {
        "draft": _("Version {version} is a draft: {command}"),
        "adopted": _("Version {version} is adopted and in force from {day}: {command}"),
    }
    return [
        said[other.state].format(
            version=other.version, day=other.effective,
            command=f"zaoyuan bylaw diff {other.bylaw} --from {one.version} --to {other.version}",
        )
        for other in every if other.state in said and other.version > one.version
    ]  # fmt: skip


def _rule(rule: Rule) -> dict[str, Any]:
    law = laws.law(rule.name)
    value = values.read(law.unit, rule.value)
    return {
        "name": rule.name, "words": values.in_words(value, law.unit), "article": rule.article,
        "law": None if law.value is None else values.in_words(law.value, law.unit),
    }  # fmt: skip


def compared(book: Book, old: Version, new: Version) -> Page:
    """What changed from one version to another: each article before and after, then the rules it sets."""
    from zaoyuan_cli.book import bylaws

    changes = articles.compare(old.text, new.text)
    rules = _rules_changed(bylaws.rules(book.db, old), bylaws.rules(book.db, new))
    data = {
        "bylaw": new.bylaw, "from": old.version, "to": new.version,
        "changes": [{"article": one.label or None, "change": one.change, "before": one.before or None,
                     "after": one.after or None} for one in changes],
        "rules": rules,
    }  # fmt: skip
    title = _("{bylaw}: from version {old} to version {new}")
    parts: list[Part] = [Heading(title.format(bylaw=new.bylaw, old=old.version, new=new.version))]
    for one in changes:
        parts += _change(one)
    if rules:
        parts.append(Table(SET, rules, title=_("Rules it sets")))
    if not changes and not rules:
        parts.append(Text(_("The two versions are the same, word for word.")))
    return Page(data, parts)


def _change(one: articles.Change) -> list[Part]:
    """An article before and after, the words that differ in 【】."""
    said = {
        "changed": _("{article}: changed"), "added": _("{article}: new"), "removed": _("{article}: taken out"),
        "moved": _("{article}: was {before}"),
    }  # fmt: skip
    was = articles.split(one.before)[0].label if one.before else ""
    label = one.label or _("Before the first article")
    kind = said[one.change].format(article=label, before=was)
    if one.change == "changed" and was and was != one.label:
        kind = _("{article}: changed, was {before}").format(article=label, before=was)
    parts: list[Part] = [Heading(kind, 2)]
    if one.change == "moved":
        return parts
    before, after = articles.marked(one.before, one.after)
    parts += [Text(_led("- ", before), "bad")] if before else []
    parts += [Text(_led("+ ", after), "good")] if after else []
    return parts


def _led(sign: str, text: str) -> str:
    return "\n".join(sign + line for line in text.splitlines() if line.strip())


def _rules_changed(old: Sequence[Rule], new: Sequence[Rule]) -> list[dict[str, Any]]:
    """The rules set otherwise, with the article that sets them now (or did); None where they are not set."""
    before, after = ({rule.name: rule for rule in rules} for rules in (old, new))
    return [
        {"rule": name, "before": was and was.value, "after": now and now.value, "article": rule.article}
        for name in dict.fromkeys((*before, *after))
        if (was := before.get(name)) != (now := after.get(name)) and (rule := now or was)
    ]
