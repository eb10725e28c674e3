"""What a vote of the owners came to, for the wall (表决结果公告): papers that add up (R-26), each question in persons
and area with every threshold, what decides, who counted (R-25), until when it can be challenged. No voter, no door,
nobody's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Bar, Chart, Column, Part, Table, Text
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import public_result, voting
from zaoyuan_cli.reports.announcing import challenge, closing, made_known, opening, paragraph, sections, sentence, where
from zaoyuan_cli.reports.public import Public, Said, Wall
from zaoyuan_cli.rules import ballots as rule
from zaoyuan_cli.rules.rooms import Area

if TYPE_CHECKING:
    from zaoyuan_cli.book.ballots import Ballot
    from zaoyuan_cli.book.tallies import Question, Tally

PAPERS = (
    Column("issued", N_("Papers out"), "number"), Column("returned", N_("Papers back"), "number"),
    Column("spoiled", N_("Spoiled"), "number"), Column("outstanding", N_("Outstanding"), "number"),
    Column("valid", N_("Valid"), "number"), Column("blank", N_("Blank"), "number"),
    Column("invalid", N_("Invalid"), "number"), Column("late", N_("Late"), "number"),
    Column("unentered", N_("Not entered"), "number"),
)  # fmt: skip
RANKED = (
    Column("place", N_("No."), "number"), Column("name", N_("Candidate")),
    Column("voters", N_("Yes, voters"), "number"), Column("area", N_("Yes, area m²"), "area"),
    Column("against", N_("Against"), "number"), Column("abstain", N_("Abstain"), "number"),
    Column("outcome", N_("Outcome"), "state"),
)  # fmt: skip


def draw(wall: Wall, number: str) -> Public:
    """The paper of a vote that was closed or stopped, of the day it was made known, else of today. Raises Refusal for
    one that runs, NotFound for a day before it was opened."""
    from zaoyuan_cli.book import tallies

    one = voting.ballot(wall, number)
    if one.state == "running":
        raise _running(wall, one)
    if known := made_known(wall, "result", one.ballot):
        wall = wall.of(known)
    title = wall.say(N_("result of a vote of the owners"))
    asked = voting.asked(wall, one)
    data: dict[str, Any] = {
        "paper": "result", "ballot": one.ballot, "text": wall.text(one.text), "matter": one.matter,
        "matter_name": wall.say(rule.MATTERS[one.matter]), "state": one.state, "date": one.date, "posted": one.posted,
        "until": one.until, "closed": one.closed, "reason": wall.text(one.reason) if one.reason else None,
        "masked": voting.masked(one, asked),
    }  # fmt: skip
    if one.end is None:
        parts = [*opening(wall, title, Said(one.ballot)), *voting.stopped(wall, one), *closing(wall)]
        return Public(wall, data, parts)
    found = tallies.tally(wall.book.db, one)
    data |= public_result.data(wall, found, asked)
    each = [_question(wall, found, n, data) for n in range(len(found.questions))]
    answers = [_election(wall, found, data)] if one.seats else each
    parts = [
        *opening(wall, title, Said(one.ballot)), _head(wall, found, data),
        *sections(wall, (
            (wall.say(N_("Papers")), _papers(wall, data)),
            *((_heading(wall, found, n), of) for n, of in enumerate(answers)),
            (wall.say(N_("Turnout by unit")), _chart(wall, data)),
            (wall.say(N_("Who counted")), voting.counted_by(data["staff"], wall)),
            (wall.say(N_("Owners' rights")), _after(wall, one, data)),
        )),
        *closing(wall, wall.say(N_("This is made known."))),
    ]  # fmt: skip
    return Public(wall, data, parts)


def _running(wall: Wall, one: Ballot) -> Refusal:
    """That there is no result yet, and what can be put up instead."""
    said, command = _("{ballot} still runs until {day}."), f"zaoyuan notice ballot {one.ballot}"
    hint = _("The call to it: {command}").format(command=command)
    if one.until < wall.day:
        said, command = _("{ballot} ran until {day} and is not closed."), f"zaoyuan ballot close {one.ballot}"
        hint = _("Close it: {command}").format(command=command)
    return Refusal(said.format(ballot=one.ballot, day=one.until), field="ballot", value=one.ballot, hint=hint)


# ---- how it looks


def _head(wall: Wall, found: Tally, data: dict[str, Any]) -> Text:
    """What was voted on, when, by how many."""
    one = found.ballot
    said = N_("The owners voted in writing from {since} to {until}: {text}. The votes were counted on {closed}.")
    roll = N_("The roll of {day} counts {voters} owners and {area} square metres.")
    words = (
        wall.say(said, since=wall.day_of(one.date), until=wall.day_of(one.until), text=data["text"],
                 closed=wall.day_of(one.closed or wall.day)),
        voting.matter(wall, one.matter),
        wall.say(roll, day=wall.day_of(one.date), voters=found.roll.voters, area=Area(found.roll.area)),
        voting.special(wall, one),
    )  # fmt: skip
    return paragraph(wall, *words)


def _papers(wall: Wall, data: dict[str, Any]) -> list[Part]:
    """Two sums that add up, and what is to be said of them."""
    of = data["papers"]
    parts: list[Part] = [Table(PAPERS, [of])]
    sums = N_("Issued {issued} = returned {returned} + spoiled {spoiled} + outstanding {outstanding}; returned"
              " {returned} = valid {valid} + blank {blank} + invalid {invalid} + late {late} + not entered"
              " {unentered}.")  # fmt: skip
    said = [wall.say(sums, **of)]
    if of["posted"]:
        said.append(wall.say(N_("Papers that reached nobody and were posted: {count}."), count=of["posted"]))
    parts.append(paragraph(wall, *said))
    if data["single_entry"]:
        text = wall.say(N_("Slips were entered once only: {reason}"), reason=sentence(wall, data["single_entry"]))
        parts.append(Text(text, "warn"))
    if data["by_one_person"]:
        both = N_("Entered in both passes by the same person: {count}.")
        parts.append(Text(wall.say(both, count=data["by_one_person"]), "warn"))
    if data["unwritten"]:
        alone = N_("Signed by proxy without a letter on file: {count}.")
        parts.append(Text(wall.say(alone, count=data["unwritten"]), "warn"))
    if data["notice"]["late"]:
        parts.append(Text(data["notice"]["late"], "warn"))
    return parts


def _heading(wall: Wall, found: Tally, n: int) -> Said:
    end = found.ballot.end
    outcome = wall.say(N_("passed") if end and end.passed[n] else N_("failed"))
    if found.ballot.seats:
        return wall.say(N_("The election: {seats} seats"), seats=found.ballot.seats)
    if len(found.questions) == 1:
        return wall.say(N_("The result: {outcome}"), outcome=outcome)
    return wall.say(N_("{question}: {outcome}"), question=found.questions[n].text, outcome=outcome)


def _question(wall: Wall, found: Tally, n: int, data: dict[str, Any]) -> list[Part]:
    one, row = found.questions[n], data["questions"][n]
    said = [
        wall.say(text, count=count)
        for text, count in (
            (N_("Of those who abstain {count} left it blank."), one.blank),
            (N_("Invalid and so not taking part: {count}."), one.invalid),
        )
        if count
    ]
    empty = [paragraph(wall, *said)] if said else []
    parts: list[Part] = [Table(voting.SLIPS, voting.slips(one)), *empty, Table(voting.TESTS, row["tests"])]
    return [*parts, _verdict(wall, found, one, row), *_silent(wall, found, one)]


def _verdict(wall: Wall, found: Tally, one: Question, row: dict[str, Any]) -> Text:
    """Passed or failed, and what decides."""
    rule_name = rule.rule_of(found.ballot.matter)
    article = where(wall, *voting.judged(found.ballot, rule_name))
    if row["passed"]:
        said = N_("All four tests hold ({article}): it passed, as decision {decision}.")
        return paragraph(wall, wall.say(said, article=article, decision=row["decision"] or "-"))
    said = N_("It did not pass ({article}): {tests}.")
    return paragraph(wall, wall.say(said, article=article, tests=voting.lacking(wall, one)))


def _silent(wall: Wall, found: Tally, one: Question) -> list[Part]:
    """Both results where the silent were counted with the majority (R-18)."""
    if not (one.followed and found.silent):
        return []
    said = N_("Counted with the majority, because they got their paper and returned none: {voters} owners, {area}"
              " square metres ({article}).")  # fmt: skip
    article = where(wall, *voting.judged(found.ballot, "vote.silent_follow"))
    first = wall.say(said, voters=found.silent.voters, area=Area(found.silent.area), article=article)
    other = N_("Without them it passes too.") if one.verdict.passed else N_("Without them it does not pass.")
    return [paragraph(wall, first, wall.say(other))]


def _election(wall: Wall, found: Tally, data: dict[str, Any]) -> list[Part]:
    """The candidates by their votes; who is elected, who is level across the last seat."""
    end = found.ballot.end
    assert end is not None
    rows = []
    for n, one in enumerate(found.questions):
        rows.append({
            "place": n + 1, "name": data["questions"][n]["question"], "voters": one.slips.yes.voters,
            "area": Area(one.slips.yes.area), "against": one.slips.no.voters, "abstain": one.slips.abstain.voters,
            "outcome": "elected" if n in end.elected else "level" if n in end.level else "not elected",
        })  # fmt: skip
    rows.sort(key=lambda row: (-row["voters"], -int(row["area"]), row["place"]))
    cast = found.questions[0].decides.took_part
    law = found.ballot.law
    said = N_("Each candidate takes {voters} of the owners who take part and {area} square metres of their area"
              " ({article}); the most votes are elected.")  # fmt: skip
    article = where(wall, *voting.judged(found.ballot, rule.rule_of(found.ballot.matter)))
    asked = wall.say(said, article=article, **voting.least(law.consent, cast))
    parts: list[Part] = [Table(RANKED, rows), Table(voting.TESTS, data["questions"][0]["tests"][:2]),
                         paragraph(wall, asked)]  # fmt: skip
    if data["elected"]:
        parts.append(Text(wall.say(N_("Elected: {names}."), names=wall.series(data["elected"])), "good"))
    if data["level"]:
        said = N_("Level across the last seat, left open: {names}.")
        parts.append(Text(wall.say(said, names=wall.series(data["level"])), "warn"))
    if data["masked"]:
        parts.append(Text(wall.say(N_("Who has not agreed to be named here is shown by surname.")), "dim"))
    return parts


def _chart(wall: Wall, data: dict[str, Any]) -> list[Part]:
    """The rate of each unit, of those that have one."""
    bars = tuple(Bar(row["unit"], (row["rate"],)) for row in data["units"] if row["rate"] is not None)
    if len(bars) < 2:
        return []
    few = len(bars) < len(data["units"])
    note = [Text(wall.say(N_("Units of fewer than three owners are not shown.")), "dim")] if few else []
    return [Chart("", (wall.say(N_("Took part")),), bars, "percent", wall.say(N_("Unit"))), *note]


def _after(wall: Wall, one: Ballot, data: dict[str, Any]) -> list[Part]:
    """Within how many days an objection is answered, until when a decision can be challenged."""
    parts: list[Part] = []
    if data["objection_days"]:
        said = N_("An objection is answered within {days} days.")
        parts.append(paragraph(wall, wall.say(said, days=data["objection_days"])))
    if data["decisions"] and one.closed:
        parts.append(challenge(wall, one.closed))
    return parts
