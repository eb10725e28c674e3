"""A vote of the owners on paper: as it was opened, as it stands, as it ended. Individual choices are in none of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page
from zaoyuan_cli.rules import ballots as rule
from zaoyuan_cli.rules.ballots import Sum
from zaoyuan_cli.rules.rooms import Area

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.ballots import Ballot, Voter
    from zaoyuan_cli.book.tallies import Question, Tally

TESTS = (
    Column("test", N_("Test")),
    Column("is", N_("Is"), "number_text"),
    Column("of", N_("Of"), "number_text"),
    Column("share", N_("Threshold"), "number_text", 1),
    Column("needed", N_("At least"), "number_text"),
    Column("enough", N_("Enough"), "flag"),
)
SLIPS = (
    Column("choice", N_("Choice"), "state"),
    Column("voters", N_("Voters"), "number"),
    Column("area", N_("Area m²"), "area"),
)
DOORS = (
    Column("doors", N_("Rooms"), "number_text"),
    Column("name", N_("Voter")),
    Column("area", N_("Area m²"), "area"),
    Column("unit", N_("Unit"), "number_text", 1),
    Column("leader", N_("Unit leader"), priority=2),
)


def opened(ballot: Ballot, roll: Sum) -> dict[str, Any]:
    """A vote as `ballot open` answers: its roll, and the smallest turnout that suffices."""
    law = ballot.law
    return {
        "ballot": ballot.ballot, "text": ballot.text, "matter": ballot.matter,
        "matter_name": _(rule.MATTERS[ballot.matter]), "date": ballot.date,
        "posted": ballot.posted, "until": ballot.until, "state": ballot.state, "asked": list(ballot.asked),
        "roll": _sum(roll),
        "thresholds": {
            "took_part_voters": law.took_part.least(roll.voters),
            "took_part_area": Area(law.took_part.least(roll.area)),
            "took_part": str(law.took_part), "consent": str(law.consent),
        },
        "judged_by": ballot.judged_by, "single_entry": ballot.single_reason or None, "seats": ballot.seats or None,
        "decisions": [one for one in ballot.end.decisions if one] if ballot.end else [],
    }  # fmt: skip


def _sum(one: Sum) -> dict[str, Any]:
    return {"voters": one.voters, "area": Area(one.area)}


def tallied(book: Book, found: Tally) -> dict[str, Any]:
    """A tally as `ballot tally` and `close` answer; of several questions each under `questions`, the first also at the
    top."""
    each = [_question(book, found, one, n) for n, one in enumerate(found.questions)]
    data = opened(found.ballot, found.roll) | each[0] | {
        "papers": found.papers._asdict(), "unchecked": len(found.unchecked),
        "differences": [
            {"doors": list(one.voter.rooms), "first": list(one.first), "second": list(one.second)}
            for one in found.differences
        ],
        "left": len(found.left),
    }  # fmt: skip
    if len(each) > 1:
        data["questions"] = each
    if found.ballot.seats:
        data["elected"] = [found.ballot.asked[n] for n in (found.ballot.end.elected if found.ballot.end else ())]
    return data


def _question(book: Book, found: Tally, one: Question, n: int) -> dict[str, Any]:
    verdict, state = one.decides, found.ballot.state
    decision = found.ballot.end.decisions[n] if found.ballot.end else ""
    running = state == "running"
    return {
        "question": one.text,
        "took_part": _sum(verdict.took_part) | {"enough": verdict.voters_took_part and verdict.area_took_part},
        "consent": _sum(one.slips.yes)
        | {"voters_enough": verdict.voters_agree, "area_enough": verdict.area_agree},
        "slips": {choice: _sum(part) for choice, part in zip(rule.CHOICES, one.slips, strict=True)},
        "missing": _sum(verdict.missing),
        "would_pass": verdict.passed,
        "verdict": state if state in ("running", "void") else "passed" if decision else "failed",
        "decision": decision or None,
        "settled": one.settled or None,
        "forecast": _forecast(book, one.forecast) if running else {"voters": 0, "rows": []},
        "without_silent": one.verdict.passed if one.followed else None,
    }  # fmt: skip


def _forecast(book: Book, voters: tuple[Voter, ...] | None) -> dict[str, Any]:
    """A smallest set whose yes makes it pass, by unit; voters None where not even all would do."""
    return {"voters": None if voters is None else len(voters), "rows": rows(book, voters or ())}


def rows(book: Book, voters: Sequence[Voter]) -> list[dict[str, Any]]:
    """Voters as lists have them, with the leader of the unit of their first door."""
    from zaoyuan_cli.book import people, roles
    from zaoyuan_cli.rules.rooms import order, unit_of

    names = people.everyone(book.db, only=[one.voter for one in voters])
    leaders = {one.scope: one.person for one in roles.held(book.db, book.today, role="unit-leader")}
    known = people.everyone(book.db, only=list(leaders.values()))
    found = []
    for one in sorted(voters, key=lambda voter: order(voter.rooms[0])):
        unit = unit_of(one.rooms[0])
        leader = known.get(leaders.get(unit, ""))
        found.append({
            "voter": one.voter, "name": names[one.voter].name if one.voter in names else None,
            "doors": list(one.rooms), "area": Area(one.area), "unit": unit, "leader": leader.name if leader else None,
        })  # fmt: skip
    return found


def page(book: Book, found: Tally) -> Page:
    """A tally as a page: each test with its numbers and threshold, what decides, what is still missing."""
    data = tallied(book, found)
    ballot = found.ballot
    parts: list[Part] = [
        Heading(f"{ballot.ballot}  {ballot.text}"),
        Pairs((
            (_("Matter"), _("{n}, {name} (Civil Code, article 278)").format(
                n=ballot.matter, name=_(rule.MATTERS[ballot.matter]))), (_("Opened"), ballot.date),
            (_("Runs until"), ballot.until), (_("Frozen roll"), _("{voters} voters, {area} m²").format(
                voters=found.roll.voters, area=Area(found.roll.area))), (_("State"), State(ballot.state)),
        )),
    ]  # fmt: skip
    for one, said in zip(found.questions, data.get("questions") or [data], strict=True):
        if len(found.questions) > 1:
            parts.append(Heading(one.text, 2))
        parts += [Table(SLIPS, _slips(one)), Table(TESTS, _tests(found, one)), _outcome(ballot, one, said)]
        if said["forecast"]["rows"] and not one.decides.passed:
            shown = [{**row, "doors": " ".join(row["doors"])} for row in said["forecast"]["rows"]]
            parts += [Text(_("The yes of these would make it pass; no fewer can:")), Table(DOORS, shown)]
    return Page(data, [*parts, *_papers(found)])


def _slips(one: Question) -> list[dict[str, Any]]:
    return [
        {"choice": choice, "voters": part.voters, "area": Area(part.area)}
        for choice, part in zip(rule.CHOICES, one.slips, strict=True)
    ]


def _tests(found: Tally, one: Question) -> list[dict[str, Any]]:
    law, verdict, cast, yes = found.ballot.law, one.decides, one.decides.took_part, one.slips.yes
    figures = (
        (_("Took part, voters"), cast.voters, found.roll.voters, law.took_part, verdict.voters_took_part, False),
        (_("Took part, area"), cast.area, found.roll.area, law.took_part, verdict.area_took_part, True),
        (_("Agree, voters"), yes.voters, cast.voters, law.consent, verdict.voters_agree, False),
        (_("Agree, area"), yes.area, cast.area, law.consent, verdict.area_agree, True),
    )
    return [
        {
            "test": test, "is": _number(part, area), "of": _number(whole, area), "share": str(share),
            "needed": _number(share.least(whole), area), "enough": enough,
        }
        for test, part, whole, share, enough, area in figures
    ]  # fmt: skip


def _number(value: int, area: bool) -> str:
    return str(Area(value)) if area else str(value)


def _outcome(ballot: Ballot, one: Question, said: dict[str, Any]) -> Text:
    """What decides, in a sentence."""
    if ballot.state == "void":
        return Text(_("Void: {reason}").format(reason=ballot.reason), "bad")
    if ballot.state != "running":
        if said["decision"]:
            return Text(_("Passed: decision {decision}.").format(decision=said["decision"]), "good")
        return Text(_("Failed: {tests}.").format(tests=_lacking(one)), "bad")
    if one.settled:
        text = _("Passed whatever the rest do.") if one.settled == "passed" else _("Failed whatever the rest do.")
        return Text(text, "good" if one.settled == "passed" else "bad")
    if one.decides.passed:
        return Text(_("It would pass if it were closed now."), "good")
    return Text(_("It would fail if it were closed now: {tests}.").format(tests=_lacking(one)), "warn")


def _lacking(one: Question) -> str:
    """The tests that do not hold."""
    verdict = one.decides
    tests = (
        (verdict.voters_took_part, _("too few voters took part")),
        (verdict.area_took_part, _("too little area took part")),
        (verdict.voters_agree, _("too few voters agree")), (verdict.area_agree, _("too little area agrees")),
    )  # fmt: skip
    return _(", ").join(words for holds, words in tests if not holds)


def _papers(found: Tally) -> list[Part]:
    """The papers, which add up (R-26), and what stands against closing."""
    papers = found.papers
    said = _("Papers: issued {issued} = returned {returned} + spoiled {spoiled} + outstanding {outstanding}.").format(
        issued=papers.issued, returned=papers.returned, spoiled=papers.spoiled, outstanding=papers.outstanding
    )
    parts: list[Part] = [Text(said)]
    if papers.late:
        parts.append(Text(_("Slips that came too late and do not count: {count}.").format(count=papers.late), "warn"))
    if found.ballot.single_reason:
        reason = found.ballot.single_reason
        parts.append(Text(_("Slips were entered once only: {reason}").format(reason=reason), "warn"))
    if found.unchecked:
        parts.append(Text(_("Entered once so far: {count}.").format(count=len(found.unchecked)), "warn"))
    for one in found.differences:
        text = _("{rooms}: first {first}, then {second}.").format(
            rooms=" ".join(one.voter.rooms), first=",".join(map(_, one.first)), second=",".join(map(_, one.second))
        )
        parts.append(Text(text, "bad"))
    return parts
