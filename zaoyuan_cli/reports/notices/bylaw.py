"""A bylaw in print for the wall: all its articles, who adopted it by which decision, since when it is in force; what is
no law yet, or no more, says so under its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table, Text
from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.i18n import N_, _, speaking
from zaoyuan_cli.reports.announcing import closing, opening
from zaoyuan_cli.reports.public import Public, Said, Wall
from zaoyuan_cli.rules import articles, laws, values

if TYPE_CHECKING:
    from zaoyuan_cli.book.bylaws import Version
    from zaoyuan_cli.book.decisions import Decision

RULES = (
    Column("about", N_("Rule")), Column("words", N_("Value")), Column("article", N_("Article")),
)  # fmt: skip
_TITLE = re.compile(r"\s*(#+)\s*(.*?)[\s#]*")
_MARKS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")


def draw(wall: Wall, about: str) -> Public:
    """The paper of a bylaw's version (存车棚管理办法/2). Raises NotFound for a day on which there was none."""
    from zaoyuan_cli.book import bodies, bylaws, decisions

    name, _slash, version = about.rpartition("/")
    known = bylaws.versions(wall.book.db, wall.day, name)
    one = next((each for each in known if str(each.version) == version), None)
    if one is None:
        said = _("There was no version {version} of {bylaw} on {day}.")
        raise NotFound(said.format(version=version, bylaw=name, day=wall.day), field="version", value=version)
    made = decisions.show(wall.book, one.decision) if one.decision else None
    if made and one.state in ("adopted", "in_force"):
        wall = wall.of(made.date)  # 党政机关公文处理工作条例: what a meeting adopts is of the day it adopts it
    kind = one.by
    body = wall.text(bodies.one(wall.book, made.body).name) if made else None
    data: dict[str, Any] = {
        "paper": "bylaw", "bylaw": wall.text(one.bylaw), "version": one.version, "state": one.state, "by": kind,
        "body": body, "decision": one.decision or None, "adopted": made.date if made else None,
        "number_on_paper": wall.text(made.paper) if made and made.paper else None, "effective": one.effective,
        "until": one.until, "repealed_by": one.repealed_by or None,
        "rules": [_rule(wall, each.name, each.value, each.article) for each in bylaws.rules(wall.book.db, one)],
        "articles": articles.count(one.text), "text": wall.text(one.text),
    }  # fmt: skip
    title = data["bylaw"] if one.state != "draft" else wall.say(N_("{bylaw} (draft, for comment)"), bylaw=data["bylaw"])
    parts: list[Part] = [
        *opening(wall, title, _standing(wall, one, made, body), pages=0), *_text(wall, one),
        *_setting(wall, data),
        *_record(wall, one, data), *closing(wall, by=body if body and kind == "committee" else None),
    ]  # fmt: skip
    return Public(wall, data, parts)


def _standing(wall: Wall, one: Version, made: Decision | None, body: Said | None) -> Said:
    """What stands in brackets under the title: adopted when and by whom, in force since when; or that it is not."""
    if made is None or one.effective is None:
        return wall.say(N_("Version {version}: a draft of {day}, not adopted; owners are asked for their opinions."),
                        version=one.version, day=wall.day_of(one.date))  # fmt: skip
    said = [N_("Version {version}. Adopted by {body} on {adopted}, in force from {effective}.")]
    if one.state == "superseded":
        said = [N_("Version {version}. Adopted by {body} on {adopted}, in force from {effective}; no longer in force"
                   " since {until}: another version took its place.")]  # fmt: skip
    if one.state == "repealed":
        said = [N_("Version {version}. Adopted by {body} on {adopted}, in force from {effective}; repealed, no longer"
                   " in force since {until}.")]  # fmt: skip
    return wall.say(
        said[0], version=one.version, body=body, adopted=wall.day_of(made.date), effective=wall.day_of(one.effective),
        until=wall.day_of(one.until) if one.until else "",
    )  # fmt: skip


def _text(wall: Wall, one: Version) -> list[Part]:
    """Its chapters as headings, its articles as paragraphs; marks of Markdown are not printed, nor the title again."""
    parts: list[Part] = []
    for line in one.text.splitlines():
        if not line.strip():
            continue
        if match := _TITLE.fullmatch(line):
            if match.group(2).strip("《》 ") != one.bylaw:
                parts.append(Heading(wall.text(match.group(2)), min(6, max(2, len(match.group(1))))))
        else:
            plain = _MARKS.sub(lambda found: found.group(1) or found.group(2), line.strip().lstrip(">").strip())
            parts.append(Text(wall.text(plain), "prose"))
    return parts


def _rule(wall: Wall, name: str, value: str, article: str) -> dict[str, Any]:
    """A rule that it sets: what it is about, in words."""
    from zaoyuan_cli.rules.meanings import MEANINGS

    unit = laws.law(name).unit
    with speaking(wall.lang):
        words = Said(values.in_words(values.read(unit, value), unit))
    return {"name": name, "about": wall.say(MEANINGS[name]), "words": words, "article": wall.text(article)}


def _setting(wall: Wall, data: dict[str, Any]) -> list[Part]:
    if not data["rules"]:
        return []
    return [Heading(wall.say(N_("Rules it sets")), 2), Table(RULES, data["rules"])]


def _record(wall: Wall, one: Version, data: dict[str, Any]) -> list[Part]:
    """The decision it rests on."""
    if not one.decision:
        return []
    numbers = Said(" · ".join(filter(None, (data["number_on_paper"], one.decision))))
    rows: list[tuple[str, object]] = [(wall.say(N_("Decision")), numbers)]
    if one.repealed_by:
        rows.append((wall.say(N_("Repealed by")), one.repealed_by))
    return [Pairs(tuple(rows))]
