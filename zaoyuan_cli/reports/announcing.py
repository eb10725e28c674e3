"""Announcements (公告) as an office sets them: a title, numbered sections, a closing line, who signs and the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from zaoyuan_cli.document import Heading, Pairs, Part, Running, Text
from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.i18n import N_, _, joined, speaking
from zaoyuan_cli.reports.notices import issuer
from zaoyuan_cli.reports.public import Said
from zaoyuan_cli.rules import laws, numerals, values

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.reports.public import Wall
    from zaoyuan_cli.rules.shares import Share

CHALLENGE = "objection.challenge_years"


def opening(wall: Wall, title: Said, under: Said | None = None, pages: int = 1) -> list[Part]:
    """The title, whose paper it is in front, on so many pages; a line under it."""
    whole = wall.say(N_("{estate}: {title}"), estate=wall.book.name, title=title)
    return [Running(pages=pages), Heading(whole), *([Text(under, "dim")] if under else [])]


def closing(wall: Wall, words: Said | None = None, by: Said | None = None) -> list[Part]:
    """How every paper for the wall ends: words, who signs it and the day; of one that hangs its number, where and until
    when; how to object (R-73)."""
    parts: list[Part] = [Text(words, "prose")] if words else []
    return [*parts, signed(wall, by or issuer(wall)), *_posting(wall), _objecting(wall)]


def signed(wall: Wall, by: Said) -> Text:
    """Who signs and sets the seal, and the day."""
    who = wall.say(N_("{estate} {body}"), estate=wall.book.name, body=by) if by != wall.book.name else by
    who = wall.say(N_("{who} (seal)"), who=who)
    return Text(Said(f"{who}\n{wall.day_of(wall.day)}"), "right")


def _posting(wall: Wall) -> list[Part]:
    hangs = wall.hangs
    if not hangs:
        return []
    days = wall.say(N_("{since} to {until}"), since=hangs.since, until=hangs.until)
    rows: list[tuple[str, object]] = [
        (wall.say(N_("No.")), hangs.number), (wall.say(N_("Posted")), days),
        (wall.say(N_("Place")), wall.text(hangs.place)),
    ]  # fmt: skip
    if hangs.replaces:
        rows.append((wall.say(N_("Replaces")), _replaced(wall, hangs.replaces)))
    return [Pairs(tuple(rows))]


def _replaced(wall: Wall, number: str) -> Said:
    """The paper that was taken down, when and why."""
    from zaoyuan_cli.book import notices

    before = notices.one(wall.book, number, wall.day)
    said = N_("{number} of {day}, taken down on {down}: {reason}")
    return wall.say(said, number=number, day=before.date, down=before.withdrawn, reason=before.reason)


def _objecting(wall: Wall) -> Text:
    """Whom to tell of a mistake; and within how many days it is answered, where a bylaw says so."""
    from zaoyuan_cli.book import rulings

    number = wall.hangs.number if wall.hangs else ""
    days = rulings.count(wall.book.db, "objection.days", wall.day)
    said = N_("Something is wrong here? Tell {body}.")
    if days is not None:
        said = N_("Something is wrong here? Tell {body}; it is answered within {days} days.")
    elif number:
        said = N_("Something is wrong here? Tell {body}, naming {number}.")
    return Text(wall.say(said, body=issuer(wall), number=number, days=days), "dim")


def sections(wall: Wall, of: Iterable[tuple[Said, Sequence[Part]]]) -> list[Part]:
    """一、… 二、…: each with its parts; one without parts is left out."""
    kept = [(title, parts) for title, parts in of if parts]
    return [
        part
        for n, (title, parts) in enumerate(kept, 1)
        for part in (Heading(Said(f"{ordinal(wall, n)}{title}"), 2), *parts)
    ]


def ordinal(wall: Wall, n: int) -> str:
    """What stands before the n-th item: 十二、 or 12. and a blank."""
    return f"{numerals.written(n)}、" if wall.lang == "zh" and n < 100 else f"{n}. "


def listed(wall: Wall, items: Iterable[Said], inner: bool = False) -> Text:
    """Items under one another, each with its number; of those inside a section （一）."""
    lines = []
    for n, item in enumerate(items, 1):
        number = f"（{numerals.written(n)}）" if inner and wall.lang == "zh" and n < 100 else ordinal(wall, n)
        lines.append(f"{number}{item}")
    return Text(Said("\n".join(lines)), "prose")


def paragraph(wall: Wall, *sentences: Said | None, style: Literal["prose", "warn"] = "prose") -> Text:
    """Sentences as a paragraph."""
    with speaking(wall.lang):
        return Text(Said(joined(one for one in sentences if one)), style)


def sentence(wall: Wall, words: Said) -> Said:
    """Words typed by somebody, with a full stop at their end where they have no mark there."""
    if not words or words.rstrip("”’\"'")[-1:] in "。！？；…：.!?;:":
        return words
    return Said(words + ("。" if wall.lang == "zh" else "."))


def share(wall: Wall, of: Share) -> Said:
    """A share in words: 三分之二以上, 过半数; at least 2/3, more than half."""
    if of.strict and of * 2 == 1:
        return wall.say(N_("more than half"))
    written = f"{of.numerator}/{of.denominator}"
    if wall.lang == "zh" and max(of.numerator, of.denominator) < 100:
        written = f"{numerals.written(of.denominator)}分之{numerals.written(of.numerator)}"
    return wall.say(N_("over {share}") if of.strict else N_("at least {share}"), share=written)


def where(wall: Wall, rule: str, key: str) -> Said:
    """Where a rule stands by which something was judged, without its words."""
    from zaoyuan_cli.book import rulings

    with speaking(wall.lang):
        if key.startswith(rulings.BYLAW):
            return Said(rulings.source(wall.book.db, rule, key))
        law = laws.law(rule)
        return Said(laws.cited(law.source, law.article))


def challenge(wall: Wall, made: date) -> Text:
    """That who is harmed may ask a court to undo a decision, and the first day on which that may be over (R-28)."""
    from zaoyuan_cli.book import rulings
    from zaoyuan_cli.rules.dates import years_later

    years = rulings.count(wall.book.db, CHALLENGE, made)
    said = N_("An owner whose rights it infringes may ask the people's court to revoke it (Civil Code, article 280).")
    if not years:
        return paragraph(wall, wall.say(said))
    until = N_("That has to be done within {years} of knowing of it, a time that ends on {day} at the earliest.")
    with speaking(wall.lang):
        counted = Said(f"{numerals.written(years)}年" if wall.lang == "zh" else values.in_words(years, "years"))
    return paragraph(wall, wall.say(said), wall.say(until, years=counted, day=wall.day_of(years_later(made, years))))


def made_known(wall: Wall, paper: str, about: str) -> date | None:
    """The day on which a paper of something went up first and was not taken down; None where none did by the wall's
    day."""
    from zaoyuan_cli.book import notices

    hung = [one for one in notices.of_same(wall.book.db, paper, about, wall.day) if one.state != "withdrawn"]
    return min((one.date for one in hung), default=None)


def made_by(wall: Wall, what: str, day: date) -> None:
    """Raise NotFound for a paper of a day on which what it is about was not there."""
    if wall.day < day:
        said = _("{what} is of {day}; there was nothing to be put up on {paper}.")
        raise NotFound(said.format(what=what, day=day, paper=wall.day), field="as_of", value=str(wall.day))
