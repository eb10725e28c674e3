"""A decision for the wall (决议公告): its words, who made it and how, by how many votes and what rule, what rests on
it, who can have it undone. Nobody is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Part, Table, Text
from zaoyuan_cli.i18n import N_, speaking
from zaoyuan_cli.reports.announcing import (
    challenge,
    closing,
    made_by,
    made_known,
    opening,
    paragraph,
    sections,
    sentence,
    share,
    where,
)
from zaoyuan_cli.reports.public import Public, Said, Wall
from zaoyuan_cli.rules.rooms import Area

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.ballots import Ballot
    from zaoyuan_cli.book.decisions import Decision
    from zaoyuan_cli.book.motions import Vote
    from zaoyuan_cli.rules.meetings import Deadline

VOTES = (
    Column("members", N_("Members"), "number"), Column("present", N_("Present"), "number"),
    Column("for", N_("In favour"), "number"), Column("against", N_("Against"), "number"),
    Column("abstain", N_("Abstain"), "number"), Column("aside", N_("Stepped aside"), "number"),
    Column("needed", N_("Needed"), "number"),
)  # fmt: skip
RESTS = (
    Column("kind", N_("What rests on it"), "state"), Column("what", N_("Which"), flex=True),
    Column("amount", N_("Amount"), "money"),
)  # fmt: skip
DAYS = "committee.posting_days"
SHOWN = ("project", "bylaw", "repealed", "transfer")
"""What is told of all that cites a decision: no household's waiver, nobody's office."""


def draw(wall: Wall, number: str) -> Public:
    """The paper of a decision, of the day it was made known, by a paper of its own or with the minutes of its meeting;
    of one that was not yet, of today: the day it could go up. Raises NotFound for a day before it was made."""
    from zaoyuan_cli.book import bodies, decisions

    one = decisions.show(wall.book, number)
    made_by(wall, one.decision, one.date)
    known = _known(wall, one)
    wall = wall.of(known) if known else wall
    body = bodies.one(wall.book, one.body)
    name = wall.text(body.name)
    vote, ballot = _vote(wall, one), _ballot(wall, one)
    data: dict[str, Any] = {
        "paper": "decision", "decision": one.decision, "number_on_paper": wall.text(one.paper) if one.paper else None,
        "body": name, "date": one.date, "text": wall.text(one.text), "meeting": one.meeting or None,
        "motion": one.motion or None, "ballot": one.ballot or None, "vote": _counts(vote) if vote else None,
        "owners": _owners(wall, one, ballot) if ballot else None, "rests": _resting(wall, one),
        "to_be_posted": _deadline(wall, one, known),
    }  # fmt: skip
    under = Said(" · ".join(filter(None, (data["number_on_paper"], one.decision))))
    words: list[Part] = [
        paragraph(wall, _made(wall, one, name, ballot)), Text(sentence(wall, data["text"]), "prose"),
    ]  # fmt: skip
    how = _how(wall, vote) if vote else _how_owners(wall, data["owners"]) if ballot else []
    parts = [
        *opening(wall, wall.say(N_("{body}: decision"), body=name), under), *words,
        *sections(wall, (
            (wall.say(N_("The vote")), how),
            (wall.say(N_("What rests on it")), [Table(RESTS, data["rests"])] if data["rests"] else []),
            (wall.say(N_("Owners' rights")), [*_posted(wall, data["to_be_posted"]), challenge(wall, one.date)]),
        )),
        *closing(wall, wall.say(N_("This is made known.")), name if body.kind != "assembly" else None),
    ]  # fmt: skip
    return Public(wall, data, parts)


# ---- how it was made


def _made(wall: Wall, one: Decision, body: Said, ballot: Ballot | None) -> Said:
    """When, by whom and where."""
    from zaoyuan_cli.book import meetings

    day = wall.day_of(one.date)
    if ballot:
        said = N_("The owners voted from {since} to {until} ({number}); on {day} it was decided:")
        since, until = wall.day_of(ballot.date), wall.day_of(ballot.until)
        return wall.say(said, since=since, until=until, number=ballot.ballot, day=day)
    if one.meeting:
        said = N_("On {day} {body} decided at a meeting ({title}, {number}):")
        return wall.say(said, day=day, body=body, title=meetings.one(wall.book, one.meeting).title, number=one.meeting)
    return wall.say(N_("On {day} {body} decided:"), day=day, body=body)


def _vote(wall: Wall, one: Decision) -> Vote | None:
    """The vote on the motion that became it."""
    from zaoyuan_cli.book import motions

    moved = motions.one(wall.book, one.motion) if one.motion else None
    return moved.vote if moved and moved.vote and moved.vote.decision == one.decision else None


def _counts(vote: Vote) -> dict[str, Any]:
    of = vote.outcome
    return {
        "members": of.members, "present": of.present, "for": of.tally.ayes, "against": of.tally.noes,
        "abstain": of.tally.abstain, "aside": of.tally.aside, "needed": of.needed, "passed": of.passed,
        "share": vote.share, "judged_by": vote.judged_by or None,
    }  # fmt: skip


def _how(wall: Wall, vote: Vote) -> list[Part]:
    """The votes as counts, and by what rule they are enough."""
    from zaoyuan_cli.rules import motions as rules
    from zaoyuan_cli.rules.shares import Share

    with speaking(wall.lang):
        result = Said(rules.words(vote.outcome))
    said = N_("A decision takes {share} of all members, here {needed} ({article}).")
    article = where(wall, "committee.majority", vote.judged_by)
    asked = wall.say(said, share=share(wall, Share(vote.share)), needed=vote.outcome.needed, article=article)
    return [Table(VOTES, [_counts(vote)]), paragraph(wall, result, asked)]


def _ballot(wall: Wall, one: Decision) -> Ballot | None:
    """The owners' vote that made it."""
    from zaoyuan_cli.book import ballots

    return next(iter(ballots.everyone(wall.book.db, number=one.ballot)), None) if one.ballot else None


def _owners(wall: Wall, one: Decision, ballot: Ballot) -> dict[str, Any]:
    """The counts of the question that it answers."""
    from zaoyuan_cli.book import tallies
    from zaoyuan_cli.reports import voting

    found = tallies.tally(wall.book.db, ballot)
    n = ballot.end.decisions.index(one.decision) if ballot.end and one.decision in ballot.end.decisions else 0
    return {
        "matter": ballot.matter, "voters": found.roll.voters, "area": Area(found.roll.area),
        "slips": voting.slips(found.questions[n]), "tests": voting.tests(wall, found, found.questions[n]),
    }  # fmt: skip


def _how_owners(wall: Wall, owners: dict[str, Any]) -> list[Part]:
    from zaoyuan_cli.reports import voting

    return [
        Text(voting.matter(wall, owners["matter"]), "prose"), Table(voting.TESTS, owners["tests"]),
    ]  # fmt: skip


# ---- what comes of it


def _resting(wall: Wall, one: Decision) -> list[dict[str, Any]]:
    """What it allowed: projects, bylaws, money moved between funds."""
    from zaoyuan_cli.book import decisions, projects

    called = projects.names(wall.book.db, wall.day)
    found = []
    for rest in decisions.resting(wall.book.db, one.decision, wall.day):
        if rest.kind in SHOWN:
            what = rest.ref
            if rest.kind == "project":
                what = called.get(rest.ref, rest.ref)
            elif rest.kind == "transfer":
                what = f"{rest.text} → {rest.ref}"
            else:
                title, _slash, version = rest.ref.rpartition("/")
                what = wall.say(N_("{title}, version {version}"), title=title, version=version)
            found.append({"kind": rest.kind, "what": wall.text(what), "date": rest.date, "amount": rest.amount})
    return found


def due(book: Book, one: Decision) -> Deadline | None:
    """By when a decision of a committee goes up (R-37); None for another body's, and where no rule asks."""
    from zaoyuan_cli.book import bodies, rulings
    from zaoyuan_cli.rules import meetings as rules

    days = rulings.in_force(book.db, DAYS, one.date).value
    if bodies.one(book, one.body).kind not in rules.COMMITTEES or not isinstance(days, int):
        return None
    return rules.deadline(one.date, days)


def _known(wall: Wall, one: Decision) -> date | None:
    """The day it was made known, by the wall's day."""
    from zaoyuan_cli.book import signings

    days = [made_known(wall, "decision", one.decision)]
    if one.ballot:
        days.append(made_known(wall, "result", one.ballot))
    if one.meeting:
        kept = signings.editions(wall.book.db, one.meeting, wall.day)
        days += [edition.date for edition in kept if edition.withdrawn is None]
    return min(filter(None, days), default=None)


def _deadline(wall: Wall, one: Decision, known: date | None) -> dict[str, Any] | None:
    """The same, and whether it went up too late, or does now."""
    until = due(wall.book, one)
    day = wall.hangs.since if wall.hangs else known or wall.day
    late = bool(until and day > until.last)
    return {"days": (until.target - one.date).days, **until._asdict(), "late": late} if until else None


def _posted(wall: Wall, until: dict[str, Any] | None) -> list[Part]:
    if not until:
        return []
    rule = N_("It is to be posted within {days} days, by {day}.")
    if until["last"] > until["target"]:
        rule = N_(
            "It is to be posted within {days} days, by {target}; that is a day of rest, so by {day} at the latest."
        )
    said = [wall.say(rule, days=until["days"], target=wall.day_of(until["target"]), day=wall.day_of(until["last"]))]
    if until["late"]:
        said.append(wall.say(N_("It went up later than that.")))
    return [paragraph(wall, *said)]
