"""Levies: who owes what to a project, and what a payment settles."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.rules.allotment import split
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.rooms import Area, order, parse_unit, unit_of
from zaoyuan_cli.rules.text import normal


class Household(NamedTuple):
    """What a levy asks of a household; area in 0.01 m², None if nobody has recorded it; state owner/let/vacant."""

    room: str
    owners: str = ""
    area: Area | None = None
    ebike: bool = False
    state: str = "owner"
    grid: str = ""
    unit: str = ""


class Due(NamedTuple):
    """What one household has to pay, and whose it is: `owners` of that day."""

    room: str
    owners: str
    amount: Fen


Condition = Callable[[Household], bool]

_WORDS = {
    "ebike": "ebike", "电动车": "ebike", "vacant": "vacant", "空置": "vacant", "let": "let", "出租": "let",
    "owner": "owner", "自住": "owner",
}  # fmt: skip
_PLACES = {"unit": N_("unit"), "单元": "unit", "grid": N_("grid"), "网格": "grid"}


def where(text: str, field: str = "where") -> Condition:
    """The condition of a text: ebike, vacant, let, owner, unit 3-2, grid 1; a comma means and; nothing means everyone.

    Raises Unreadable for a word that is none of these, listing them.
    """
    tests = [_test(word, value) for word, value in _read(text, field)]
    return lambda household: all(test(household) for test in tests)


def in_words(condition: str) -> str:
    """A condition for eyes, in the language of the run: e-bike, unit 3-2."""
    return series(f"{_(word)} {value}".strip() for word, value in _read(condition, "where"))


def _test(word: str, value: str) -> Condition:
    if word == "ebike":
        return lambda household: household.ebike
    if word == "grid":
        return lambda household: household.grid == value
    if word == "unit":
        return lambda household: (household.unit or unit_of(household.room)) == value
    return lambda household: household.state == word


def _read(text: str, field: str) -> list[tuple[str, str]]:
    """The words of a condition, each with the unit or grid it names. Unreadable."""
    pieces = (piece.strip() for piece in normal(text).replace("、", ",").split(","))
    return [_word(piece, text, field) for piece in pieces if piece]


def _word(piece: str, text: str, field: str) -> tuple[str, str]:
    if word := _WORDS.get(piece.lower()):
        return word, ""
    for name, place in _PLACES.items():
        value = piece[len(name) :].strip(" =:")
        if piece.lower().startswith(name) and value:
            return place, parse_unit(value, field) if place == "unit" else value
    raise Unreadable(
        _("This is no condition: {value}").format(value=piece),
        field=field,
        value=text,
        hint=_("Known are: ebike, vacant, let, owner, unit 3-2, grid 1; a comma between two means both."),
    )


def levy(
    households: Iterable[Household], kind: str, rate: int, by: str = "household", condition: str = ""
) -> tuple[Due, ...]:
    """The dues of a levy, in the order of rooms, which is also the order in which a tie is broken (R-53, R-54, R-55).

    kind "household": `rate` fen each. kind "area": `rate` fen per m²; the sum over all areas is rounded to the fen,
    half up, and shared by area. kind "total": `rate` fen in all, shared by area or equally per household.
    Raises Refusal if nobody meets the condition or an area that is needed is not recorded; Unreadable as `where`.
    """
    meets = where(condition)
    who = sorted(
        (household for household in households if meets(household)), key=lambda household: order(household.room)
    )
    if not who:
        raise Refusal(
            _("No household meets the condition: {condition}").format(condition=condition or "-"),
            field="where",
            value=condition,
            hint=_("zaoyuan household list shows what is recorded; zaoyuan household edit 3-2-501 --ebike records it."),
        )
    if kind == "household":
        shares: Sequence[int] = [rate] * len(who)
    elif kind == "area" or (kind == "total" and by == "area"):
        areas = _areas(who)
        shares = split(by_area(rate, sum(areas)) if kind == "area" else rate, areas)
    elif kind == "total" and by == "household":
        shares = split(rate, [1] * len(who))
    else:
        raise ValueError(f"no levy of {kind} by {by}")
    return tuple(Due(one.room, one.owners, Fen(share)) for one, share in zip(who, shares, strict=True))


def by_area(rate: int, area: int) -> Fen:
    """`rate` fen per m² for an area of 0.01 m², rounded to the fen, half up: also what one later household owes."""
    return Fen((rate * int(area) + 50) // 100)


def _areas(who: Sequence[Household]) -> list[int]:
    missing = [household.room for household in who if not household.area]
    if missing:
        raise Refusal(
            _("Households without a recorded area: {count} ({rooms})").format(
                count=len(missing), rooms=", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
            ),
            field="area",
            hint=_("Record it first: zaoyuan household edit {room} --area 88.5 --area-source 登记").format(
                room=missing[0]
            ),
        )
    return [int(household.area or 0) for household in who]


class Settled(NamedTuple):
    """What each due has received, in the order given, and what is left over as credit."""

    paid: tuple[Fen, ...]
    credit: Fen


def settle(dues: Sequence[tuple[date, int]], paid: int) -> Settled:
    """How a sum pays dues (their day, and fen after waivers): the oldest first, of one day the one that stands first.

    R-56: what is too much is credit. A sum below zero settles nothing and is all (negative) credit.
    """
    left, shares = int(paid), [0] * len(dues)
    for i in sorted(range(len(dues)), key=lambda i: dues[i][0]):
        shares[i] = max(0, min(left, int(dues[i][1])))
        left -= shares[i]
    return Settled(tuple(Fen(share) for share in shares), Fen(left))


def state(due: int, paid: int, waived: int = 0) -> str:
    """paid, part, unpaid, or exempt where a waiver took all there was (R-56, R-67)."""
    if waived and waived >= due:
        return "exempt"
    if paid >= due - waived:
        return "paid"
    return "part" if paid > 0 else "unpaid"
