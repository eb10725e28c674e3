"""A vote of the owners as papers for the wall tell it: counts, thresholds and sources. No voter, no door, no choice of
anybody; who counted is named by office, and so is who stands for one, or by consent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Pairs, Part, Text
from zaoyuan_cli.i18n import N_, speaking
from zaoyuan_cli.reports.announcing import made_by, sentence, share, where
from zaoyuan_cli.reports.public import Said
from zaoyuan_cli.rules import ballots as rule
from zaoyuan_cli.rules import numerals
from zaoyuan_cli.rules.names import mask_name
from zaoyuan_cli.rules.rooms import Area

if TYPE_CHECKING:
    from zaoyuan_cli.book.ballots import Ballot
    from zaoyuan_cli.book.tallies import Question, Tally
    from zaoyuan_cli.reports.public import Wall
    from zaoyuan_cli.rules.ballots import Sum
    from zaoyuan_cli.rules.shares import Share

TESTS = (
    Column("test", N_("Test")), Column("is", N_("Is"), "number_text"), Column("of", N_("Of"), "number_text"),
    Column("percent", N_("Percentage"), "number_text"), Column("share", N_("Threshold")),
    Column("needed", N_("At least"), "number_text"), Column("enough", N_("Enough"), "flag"),
)  # fmt: skip
SLIPS = (
    Column("choice", N_("Choice"), "state"), Column("voters", N_("Voters"), "number"),
    Column("area", N_("Area m²"), "area"),
)  # fmt: skip
STAFF = {"witness": N_("Witnesses"), "caller": N_("Callers"), "teller": N_("Tellers")}
PUBLIC_FEW = 3  # voters of a unit: of fewer no rate is told


def matter(wall: Wall, n: int) -> Said:
    """The matter of 民法典 278 it is about."""
    number = numerals.written(n) if wall.lang == "zh" else str(n)
    said = N_("Matter {n} of article 278 of the Civil Code: {name}.")
    return wall.say(said, n=number, name=wall.say(rule.MATTERS[n]))


def slips(one: Question) -> list[dict[str, Any]]:
    """The choices in persons and area."""
    return [
        {"choice": choice, "voters": part.voters, "area": Area(part.area)}
        for choice, part in zip(rule.CHOICES, one.slips, strict=True)
    ]


def tests(wall: Wall, found: Tally, one: Question) -> list[dict[str, Any]]:
    """Each of the four tests of a verdict: how many there are, of how many, the threshold, whether it holds. The
    percentage is for reading; nothing is judged by it (R-14)."""
    from zaoyuan_cli.reports import tallies

    return [
        {
            "test": wall.say(test), "is": _number(part, area), "of": _number(whole, area),
            "percent": f"{part * 100 / whole:.2f}%" if whole else None, "share": share(wall, wanted),
            "needed": _number(wanted.least(whole), area), "enough": enough,
        }
        for test, part, whole, wanted, enough, area in tallies.figures(found, one)
    ]  # fmt: skip


def _number(value: int, area: bool) -> str:
    return str(Area(value)) if area else str(value)


def lacking(wall: Wall, one: Question) -> Said:
    """The tests that do not hold."""
    from zaoyuan_cli.reports import tallies

    with speaking(wall.lang):
        return Said(tallies.lacking(one))


def candidates(wall: Wall, ballot: Ballot) -> list[Said]:
    """Who stands in an election, each named where they agreed to it or hold a public office on the paper's day, and
    masked where not (R-81, R-82)."""
    from zaoyuan_cli.book import people, roles

    known: dict[str, list[str]] = {}
    for id, one in people.everyone(wall.book.db, wall.day).items():
        known.setdefault(one.name, []).append(id)
    held = {one.person: one for one in roles.held(wall.book.db, wall.day) if wall.is_public(one)}
    found = []
    for name in ballot.asked:
        [*ids] = known.get(name, ())
        named = None
        if len(ids) == 1:
            named = wall.agreed(ids[0]) or (wall.office(held[ids[0]]) if ids[0] in held else None)
        shown = named or wall.masked(name)
        found.append(shown if named or shown != name else Said(mask_name(name)))
    return found


def asked(wall: Wall, ballot: Ballot) -> list[Said]:
    """The questions, or of an election who stands."""
    return candidates(wall, ballot) if ballot.seats else [wall.text(one) for one in ballot.asked]


def masked(ballot: Ballot, shown: list[Said]) -> int:
    """How many who stand in an election are not named."""
    return sum(name != one for name, one in zip(shown, ballot.asked, strict=True)) if ballot.seats else 0


def staff(wall: Wall, ballot: Ballot) -> dict[str, list[Said]]:
    """Who watched, called and counted (R-25), by duty: an office held in public and the name, else the name masked."""
    from zaoyuan_cli.book import people, roles

    held: dict[str, Any] = {}
    for one in roles.held(wall.book.db, wall.day):
        if wall.is_public(one):
            held.setdefault(one.person, one)
    found: dict[str, list[Said]] = {duty: [] for duty in STAFF}
    for duty, person in ballot.end.staff if ballot.end else ():
        if person in held and (name := wall.office(held[person])):
            shown = wall.say(N_("{name} ({office})"), name=name, office=wall.say(held[person].role))
        else:
            shown = wall.agreed(person) or wall.text(people.name_of(wall.book.db, person))
        found[duty].append(shown)
    return found


def ballot(wall: Wall, number: str) -> Ballot:
    """A vote as it stands on the paper's day. Raises NotFound for a day before it was opened."""
    from zaoyuan_cli.book import ballots

    [one] = ballots.everyone(wall.book.db, wall.day, number) or ballots.everyone(wall.book.db, number=number)
    made_by(wall, number, one.date)
    return one


def then(wall: Wall, one: Ballot) -> Ballot:
    """A vote as it stood at the end of the paper's day; as it is for a day before it was opened."""
    from zaoyuan_cli.book import ballots

    return next(iter(ballots.everyone(wall.book.db, wall.day, one.ballot)), one)


def stopped(wall: Wall, one: Ballot) -> list[Part]:
    """Of a vote that is void, that it is, and why."""
    if one.state != "void":
        return []
    said = N_("This vote was stopped; what was cast in it does not count. Reason: {reason}")
    return [Text(wall.say(said, reason=sentence(wall, wall.text(one.reason))), "warn")]


def told(wall: Wall, one: Ballot) -> dict[str, Any]:
    """Whether the notice of a vote was in time, by the rule of the day it was opened (R-20); in words where not."""
    from zaoyuan_cli.reports import ballots as inside

    with speaking(wall.lang):
        of = inside.notice(wall.book, one)
        late = inside.late(of)
    of.pop("source", None)
    return of | {"late": Said(late) if late else None}


def judged(one: Ballot, rule_name: str) -> tuple[str, str]:
    """A rule and the version of it by which a vote is judged."""
    return rule_name, one.judged_by.get(rule_name, "")


def special(wall: Wall, one: Ballot) -> Said | None:
    """That special spaces are in the areas of the roll, and by which rule; None where they are not (指导规则, article
    25)."""
    from zaoyuan_cli.book import electorate, rolls

    if not one.special:
        return None
    count, area = rolls.special_sum(wall.book.db, one.ballot)
    said = N_("In it are {count} special spaces of these owners, {area} square metres ({article}).")
    article = where(wall, *judged(one, electorate.SPACES))
    return wall.say(said, count=count, area=Area(area), article=article)


def least(of: Share, whole: Sum) -> dict[str, Any]:
    """The fewest voters and the least area that are a share of a whole."""
    return {"voters": of.least(whole.voters), "area": Area(of.least(whole.area))}


def thresholds(one: Ballot, roll: Sum) -> dict[str, Any]:
    """What is enough, as `ballot tally` has it."""
    needed = least(one.law.took_part, roll)
    return {
        "took_part_voters": needed["voters"], "took_part_area": needed["area"],
        "took_part": str(one.law.took_part), "consent": str(one.law.consent),
    }  # fmt: skip


def counted_by(of: dict[str, list[Said]], wall: Wall) -> list[Part]:
    """Who watched, called and counted, where it is known."""
    rows = tuple((wall.say(STAFF[duty]), wall.series(names)) for duty, names in of.items() if names)
    return [Pairs(rows)] if rows else []
