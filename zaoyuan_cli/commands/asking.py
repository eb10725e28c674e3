"""From what was typed to the one thing that is meant: what is exact acts, what is guessed asks, what fits several is
listed.

Without a person at the keyboard a guess is refused (NeedsYes) unless --yes was given, and several things are always
refused (Ambiguous) with what could be meant. `look` is for commands that only show something: on a terminal they show
the guess instead of asking about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zaoyuan_cli.errors import Ambiguous, NotFound, Refusal
from zaoyuan_cli.i18n import _

if TYPE_CHECKING:
    from zaoyuan_cli.book.finding import Match
    from zaoyuan_cli.book.people import Person
    from zaoyuan_cli.desk import Desk

MANY = 3  # so many households at once always ask


def household(desk: Desk, text: str, *, unit: str = "", look: bool = False) -> str:
    """The room of the one household meant. NotFound with the nearest rooms, Ambiguous, NeedsYes, Cancelled."""
    from zaoyuan_cli.book import finding

    matches = finding.households(desk.book, text, unit)
    return _one(desk, text, matches or _no_household(desk, text), "household", look).key


def payer(desk: Desk, text: str) -> Match:
    """The household or donor meant; refused as `household`."""
    from zaoyuan_cli.book import finding

    return _one(desk, text, finding.payers(desk.book, text) or _no_household(desk, text), "household", look=False)


def person(desk: Desk, text: str, *, look: bool = False, field: str = "person") -> Person:
    """The person meant: a name means the person, however many doors they own; a room its only owner.
    NotFound, Ambiguous, NeedsYes, Cancelled."""
    from zaoyuan_cli.book import finding, people

    matches = finding.people(desk.book, text)
    if not matches and finding.reads_as_room(text) and finding.doors(desk.book, text):
        raise NotFound(_("{room} has no owner in the book.").format(room=text), field=field, value=text)
    found = _one(desk, text, matches or _no_person(desk, text, field), field, look)
    return people.everyone(desk.book.db, only=(found.key,))[found.key]


def people(desk: Desk, texts: Sequence[str], field: str = "person") -> list[Person]:
    """The people meant by several words, or by one word with commas; each once."""
    words = [word for text in texts for word in _pieces(text)]
    return list(dict.fromkeys(person(desk, word, field=field) for word in words))


def households(desk: Desk, text: str, *, look: bool = False) -> list[str]:
    """The rooms meant by 3-2-501,502,601, by a unit (3-2), or by names with commas; three and more ask first, but for
    a look."""
    from zaoyuan_cli.book import finding
    from zaoyuan_cli.rules import rooms

    pieces = _pieces(text)
    found = list(finding.in_unit(desk.book, text)) if len(pieces) == 1 and not finding.doors(desk.book, text) else []
    if not found and len(pieces) > 1 and all(map(rooms.looks_like_room, pieces)):
        pieces = [room.text for room in rooms.expand(text)]
    found = found or list(dict.fromkeys(household(desk, piece, look=look) for piece in pieces))
    if len(found) >= MANY and not look:
        listed = " ".join(found[:6]) + (" …" if len(found) > 6 else "")
        desk.confirm(_("That is {count} households: {rooms}. Go on?").format(count=len(found), rooms=listed))
    return found


def _pieces(text: str) -> list[str]:
    import re

    return [piece.strip() for piece in re.split("[,\uff0c、;\uff1b]", text) if piece.strip()] or [text]


def _one(desk: Desk, text: str, matches: Sequence[Match] | Refusal, field: str, look: bool) -> Match:
    """The one match there is, agreed to if it was guessed; or picked from several."""
    if isinstance(matches, Refusal):
        raise matches
    if len(matches) > 1:
        return _pick(desk, text, matches, field)
    found = matches[0]
    if not found.exact and not (look and desk.can_ask):
        desk.confirm(_("“{text}” is {what}?").format(text=text, what=_shown(found)), enter=True)
    return found


def _pick(desk: Desk, text: str, matches: Sequence[Match], field: str) -> Match:
    question = _("“{text}” fits {count}:").format(text=text, count=len(matches))
    if not desk.can_ask:
        raise Ambiguous(
            _("“{text}” fits {count}; say which one.").format(text=text, count=len(matches)),
            field=field,
            value=text,
            candidates=[{"key": one.typed, "label": one.label, "kind": one.kind} for one in matches],
        )
    labels = _told_apart(desk, matches)
    chosen = desk.choose(question, [{"key": n, "label": label} for n, label in enumerate(labels)], field, text)
    return matches[int(chosen["key"])]


def _told_apart(desk: Desk, matches: Sequence[Match]) -> list[str]:
    """Several things that were meant, people with their doors."""
    from zaoyuan_cli.book import households

    doors: dict[str, list[str]] = {}
    if any(match.kind == "person" for match in matches):
        for room, home in households.everyone(desk.book.db).items():
            for owner in home.owners:
                doors.setdefault(owner, []).append(room)
    return [" ".join((_shown(match), *doors.get(match.key, ()))) for match in matches]


def _shown(match: Match) -> str:
    return match.label if match.kind == "donor" else f"{match.key} {match.label}".strip()


def _no_household(desk: Desk, text: str) -> Refusal:
    from zaoyuan_cli.book import households
    from zaoyuan_cli.rules import rooms

    if rooms.looks_like_room(text) or any(map(str.isdecimal, text)):
        return households.unknown(desk.book.db, text)
    return NotFound(
        _("No household or donor fits “{text}”.").format(text=text),
        field="household",
        value=text,
        hint=_("All households: {command}").format(command="zaoyuan household list"),
    )


def _no_person(desk: Desk, text: str, field: str) -> Refusal:
    from zaoyuan_cli.book import finding

    if finding.reads_as_room(text):
        refusal = _no_household(desk, text)
        refusal.field = field
        return refusal
    return NotFound(
        _("There is no person {name} in this book.").format(name=text),
        field=field,
        value=text,
        hint=_("A new one is entered first: {command}").format(command=f"zaoyuan person add {text}"),
    )
