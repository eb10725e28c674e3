"""Any estate and any vote through the real verbs, against a count done the plain way: owners of several flats, what the
developer has not sold, co-owners, areas alike, several questions, blank and invalid ones, the silent who follow,
special spaces that count or do not (GR25)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laptops import found
from zaoyuan_cli.book import Book, ballots, casting, electorate, issuing, polling, rolls, tallies
from zaoyuan_cli.facts.ballots import BallotOpened
from zaoyuan_cli.facts.households import HouseholdAdded
from zaoyuan_cli.facts.people import PersonAdded, PersonEdited
from zaoyuan_cli.facts.spaces import SpaceAdded
from zaoyuan_cli.render import render
from zaoyuan_cli.reports.notices import result
from zaoyuan_cli.reports.public import Wall
from zaoyuan_cli.rules.ballots import rule_of

DAY, UNTIL = date(2022, 5, 31), date(2022, 6, 20)
PEOPLE = 7  # the last of them is the developer


class Flat(NamedTuple):
    """Its area in 0.01 m2, and who owns it: people by number."""

    area: int
    owners: tuple[int, ...]


class Estate(NamedTuple):
    """The flats and special spaces, whether these count, and for each person what they do: None (nothing), or a choice
    a question; whether they got a paper."""

    flats: list[Flat]
    spaces: list[Flat]
    special: bool
    slips: list[tuple[str, ...] | None]
    reached: list[bool]
    matter: int
    silent: bool
    questions: int


@st.composite
def estates(draw: st.DrawFn) -> Estate:
    owners = st.one_of(
        st.integers(0, PEOPLE - 1).map(lambda one: (one,)),
        st.sampled_from(((0, 1), (2, 3))),  # co-owners, always the same together
    )
    area = st.sampled_from((50_00, 50_00, 80_00, 100_01))
    flats = draw(st.lists(st.builds(Flat, area, owners), min_size=1, max_size=12))
    spaces = draw(st.lists(st.builds(Flat, st.sampled_from((12_50, 30_00)), owners), max_size=4))
    questions = draw(st.integers(1, 3))
    choice = st.sampled_from(("for", "for", "against", "abstain", "", "invalid"))
    slip = st.one_of(st.none(), st.none(), st.tuples(*[choice] * questions), st.tuples(*[choice] * questions))
    each = [draw(slip) for _person in range(PEOPLE)]
    reached = draw(st.lists(st.booleans(), min_size=PEOPLE, max_size=PEOPLE))
    matter, silent, special = draw(st.sampled_from((4, 7))), draw(st.booleans()), draw(st.booleans())
    return Estate(flats, spaces, special, each, reached, matter, silent, questions)


# ---- the plain way


def persons(estate: Estate) -> dict[int, int]:
    """Each person of the law (the first of co-owners) with their area."""
    of: dict[int, int] = defaultdict(int)
    for flat in estate.flats:
        of[min(flat.owners)] += flat.area
    for space in estate.spaces if estate.special else ():
        voters = [who for who in space.owners if who in of]  # else they own a flat with somebody, or none
        voters += [min(flat.owners) for flat in estate.flats if set(flat.owners) & set(space.owners)]
        if voters:
            of[voters[0]] += space.area
    return of


def passes(estate: Estate, n: int, more: frozenset[int] = frozenset(), silent: bool = False) -> bool:
    """Does question n pass, with the yes of some more, and the silent ones with the majority?"""
    of = persons(estate)
    said: dict[int, str] = {}
    for who in of:
        slip = estate.slips[who]
        if slip is not None and slip[n] != "invalid":
            said[who] = slip[n] or "abstain"
        elif slip is None and who in more:
            said[who] = "for"
    if silent:
        leads = []
        for weight in (lambda who: 1, lambda who: of[who]):
            sums = {choice: sum(weight(who) for who in said if said[who] == choice)
                    for choice in ("for", "against", "abstain")}  # fmt: skip
            best = max(sums.values())
            leads.append({choice for choice, value in sums.items() if value == best})
        first = [sorted(lead, key=("for", "against", "abstain").index)[0] for lead in leads]
        if first[0] == first[1] and all(len(lead) < 3 for lead in leads):
            said |= {who: first[0] for who in of if estate.slips[who] is None and estate.reached[who]}
    part = sum(of[who] for who in said)
    yes = [who for who in said if said[who] == "for"]
    if not said:
        return False
    turnout = min(Fraction(len(said), len(of)), Fraction(part, sum(of.values())))
    consent = min(Fraction(len(yes), len(said)), Fraction(sum(of[who] for who in yes), part))
    agreed = consent >= Fraction(3, 4) if estate.matter == 7 else consent > Fraction(1, 2)
    return turnout >= Fraction(2, 3) and agreed


# ---- the real verbs


def voted(book: Book, estate: Estate) -> tallies.Tally:
    """The estate entered, the vote opened, papers issued, slips entered in two passes, and counted."""
    ids = []
    with book.writing("import households"):
        for n in range(PEOPLE):
            ids.append(book.person_id())
            book.record(PersonAdded(person=ids[n], on=DAY, name=f"业主{n}", initials="yz"))
        saw = {"developer": ""}
        book.record(PersonEdited(person=ids[-1], on=DAY, changes={"developer": "yes"}, saw=saw))
        for n, flat in enumerate(estate.flats):
            book.record(HouseholdAdded(room=f"1-{n // 6 + 1}-{n % 6 + 1}01", unit=f"1-{n // 6 + 1}", on=DAY,
                                       owners=tuple(ids[who] for who in flat.owners), area=flat.area))  # fmt: skip
        for n, space in enumerate(estate.spaces):
            owners = tuple(ids[who] for who in space.owners)
            book.record(SpaceAdded(space=f"B1-{n}", sort="parking", on=DAY, owners=owners, area=space.area))
    vote = _opened(book, estate)
    roll = {one.voter: one for one in rolls.roll(book.db, vote.ballot)}
    casts = [who for who in persons(estate) if estate.slips[who] is not None]
    if given := [roll[ids[who]] for who in persons(estate) if estate.reached[who]]:
        issuing.issue(book, vote, given, "hand", DAY)
    for second in (False, True):
        pile = [casting.Slip(roll[ids[who]], estate.slips[who] or (), DAY) for who in casts]
        if pile:
            casting.cast_all(book, vote, pile, second, "ballot run")
    return tallies.count(book.db, vote)


def _opened(book: Book, estate: Estate) -> ballots.Ballot:
    asked = [f"第{n}项" for n in range(estate.questions)] if estate.questions > 1 else []
    if not (estate.silent or estate.special):
        return polling.open_vote(book, "事项", estate.matter, UNTIL, DAY, asked=asked)
    roll, special = electorate.roll_now(book, estate.special)
    with book.writing("ballot open"):  # the rule of a bylaw, without the bylaw
        consent = {"vote.special": "3/4", "vote.ordinary": ">1/2"}[rule_of(estate.matter)]
        book.record(BallotOpened(number="BA2022-1", on=DAY, matter=estate.matter, until=UNTIL, posted=DAY,
                                 took_part="2/3", consent=consent, roll=roll, questions=estate.questions,
                                 silent=estate.silent, special=estate.special, spaces=special.counted,
                                 text="事项", asked=tuple(asked)))  # fmt: skip
    return ballots.pick(book, "BA2022-1")


@settings(max_examples=30, deadline=None)
@given(estates())
def test_the_verdict_the_forecast_and_the_closing_of_any_vote(estate: Estate) -> None:
    with TemporaryDirectory() as folder:
        book = found(Path(folder)).open()
        try:
            tally = voted(book, estate)
            _agrees(estate, tally)
            _closes(book, estate, tally)
        finally:
            book.close()


def _agrees(estate: Estate, tally: tallies.Tally) -> None:
    of = persons(estate)
    assert (tally.roll.voters, tally.roll.area) == (len(of), sum(of.values()))
    left = [who for who in of if estate.slips[who] is None]
    for n, one in enumerate(tally.questions):
        assert one.verdict.passed is passes(estate, n)
        if estate.silent:
            assert one.decides.passed is passes(estate, n, silent=True)
        smallest = next(
            (size for size in range(len(left) + 1)
             if any(passes(estate, n, frozenset(some)) for some in combinations(left, size))), None
        )  # fmt: skip
        assert (None if one.forecast is None else len(one.forecast)) == smallest


def _closes(book: Book, estate: Estate, tally: tallies.Tally) -> None:
    """What is closed says what was counted, and a recount says the same; the papers add up (R-26)."""
    book.now = datetime.fromisoformat("2022-06-21T09:00:00+08:00")
    done = polling.close(book, tally.ballot)
    stored = tallies.tally(book.db, done)
    assert [one.decides.passed for one in stored.questions] == [one.decides.passed for one in tally.questions]
    assert [one.slips for one in stored.questions] == [one.slips for one in tally.questions]
    assert list(tallies.moved(book.db)) == []
    papers = stored.papers
    assert papers.issued == papers.returned + papers.spoiled + papers.outstanding
    assert papers.returned == papers.valid + papers.blank + papers.invalid + papers.late + papers.unentered
    made = [one for one in (done.end.decisions if done.end else ()) if one]
    assert len(made) == sum(one.decides.passed for one in stored.questions)
    assert estate.questions == len(stored.questions)
    if estate.silent:  # half of them, for time
        _hangs(book, stored)


def _hangs(book: Book, stored: tallies.Tally) -> None:
    """What hangs adds up (R-26), says what was counted, and names no voter and no door."""
    paper = result.draw(Wall(book), stored.ballot.ballot)
    data, of = paper.data(), paper.data()["papers"]
    assert of["issued"] == of["returned"] + of["spoiled"] + of["outstanding"]
    assert of["returned"] == of["valid"] + of["blank"] + of["invalid"] + of["late"] + of["unentered"]
    for one, row in zip(stored.questions, data["questions"], strict=True):
        cast = sum(part["voters"] for part in row["slips"].values())
        assert (cast, row["blank"], row["enough"]) == (one.slips.cast.voters, one.blank, one.decides.passed)
        assert cast + row["invalid"] == of["valid"] + of["blank"] + of["invalid"]
    said = render(paper, "md")
    assert "业主0" not in said
    assert not [room for one in rolls.roll(book.db, stored.ballot.ballot) for room in one.rooms if room in said]
