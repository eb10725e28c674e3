"""Finding a thing by its name or the part of it that fits no other: funds, accounts, projects, bodies, donors."""

from collections.abc import Callable, Iterable, Mapping

from zaoyuan_cli.errors import Ambiguous, NotFound, Refusal, Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import clean

from .searching import fold


def pick(known: Mapping[str, str], text: str, field: str, missing: Callable[[str], NotFound]) -> str:
    """The key of what is called that: the key itself, else the exact name, else the only name that holds the text.
    `known` maps keys to names. Raises what `missing` makes, with all candidates; Ambiguous."""
    if text in known:
        return text
    asked = fold(text).strip()
    found = [key for key, name in known.items() if fold(name) == asked]
    found = found or [key for key, name in known.items() if asked and asked in fold(name)]
    if not found:
        refusal = missing(text)
        refusal.candidates = refusal.candidates or candidates(known, known)
        raise refusal
    if len(found) > 1:
        raise several(text, field, candidates(known, found))
    return found[0]


def candidates(known: Mapping[str, str], keys: Iterable[str]) -> list[dict[str, str]]:
    """What could have been meant, as a refusal lists it."""
    return [{"key": key, "label": known[key] if known[key] == key else f"{key} {known[key]}"} for key in keys]


def several(text: str, field: str, candidates: list[dict[str, str]]) -> Ambiguous:
    """The refusal of a text that fits several things."""
    return Ambiguous(_("“{text}” fits several.").format(text=text), field=field, value=text, candidates=candidates)


def new(text: str, known: Iterable[str], field: str, taken: Callable[[str], str]) -> str:
    """A name to be stored: clean, not empty, not known yet (width and case do not tell two names apart).
    Raises Unreadable, Refusal with the sentence `taken` makes."""
    name = clean(text, field=field).strip()
    if not name:
        raise Unreadable(_("The name is empty."), field=field, value=text)
    for one in known:
        if fold(one) == fold(name):
            raise Refusal(taken(one), field=field, value=name, candidates=[{"key": one, "label": one}])
    return name
