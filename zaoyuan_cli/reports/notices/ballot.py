"""The call to a vote of the owners for the wall (业主大会表决公告): what is asked, in which form, until when, how
papers go out and come back, how they are counted and what is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Part, Text
from zaoyuan_cli.i18n import N_
from zaoyuan_cli.reports import ballots as inside
from zaoyuan_cli.reports import voting
from zaoyuan_cli.reports.announcing import closing, listed, opening, paragraph, sections, share, where
from zaoyuan_cli.reports.notices import issuer
from zaoyuan_cli.reports.public import Public, Said, Wall
from zaoyuan_cli.rules import ballots as rule
from zaoyuan_cli.rules.rooms import Area

if TYPE_CHECKING:
    from zaoyuan_cli.book.ballots import Ballot
    from zaoyuan_cli.rules.ballots import Sum


def draw(wall: Wall, number: str) -> Public:
    """The paper of a vote, of the day it was posted. Raises NotFound for a day before the vote was opened."""
    from zaoyuan_cli.book import rolls

    one = voting.ballot(wall, number)
    if one.state != "void":
        wall = wall.of(one.posted)
        one = voting.then(wall, one)
    roll, asked = rolls.roll_sum(wall.book.db, number), voting.asked(wall, one)
    data: dict[str, Any] = {
        "paper": "ballot", "ballot": one.ballot, "text": wall.text(one.text), "matter": one.matter,
        "matter_name": wall.say(rule.MATTERS[one.matter]), "asked": asked, "seats": one.seats or None,
        "masked": voting.masked(one, asked), "date": one.date, "posted": one.posted, "until": one.until,
        "state": one.state, "reason": wall.text(one.reason) if one.reason else None,
        "roll": inside.as_row(roll), "thresholds": voting.thresholds(one, roll), "silent_follow": one.silent,
        "notice": voting.told(wall, one), "staff": voting.staff(wall, one),
    }  # fmt: skip
    said = N_("The owners are called to a vote on the following, in writing, from {since} to {until}.")
    call = wall.say(said, since=wall.day_of(one.date), until=wall.day_of(one.until))
    parts = [
        *opening(wall, wall.say(N_("call to a vote of the owners")), Said(one.ballot)), *voting.stopped(wall, one),
        paragraph(wall, call),
        *sections(wall, (
            (wall.say(N_("What is asked")), _asked(wall, one, data)),
            (wall.say(N_("Form and time")), _when(wall, one, data)),
            (wall.say(N_("Papers")), _papers(wall)),
            (wall.say(N_("How it is counted")), [_roll(wall, one, roll), listed(wall, _rules(wall, one, roll), True)]),
            (wall.say(N_("Who counts")), voting.counted_by(data["staff"], wall)),
        )),
        *closing(wall, wall.say(N_("This is made known; all owners are asked to take part."))),
    ]  # fmt: skip
    return Public(wall, data, parts)


def _asked(wall: Wall, one: Ballot, data: dict[str, Any]) -> list[Part]:
    """The questions, or who stands for how many seats; the matter of the law."""
    matter = Text(voting.matter(wall, one.matter), "prose")
    if one.seats:
        said = N_("{text}. Seats: {seats}. Each candidate is voted on; these stand:")
        parts: list[Part] = [paragraph(wall, wall.say(said, text=data["text"], seats=one.seats))]
        parts.append(listed(wall, data["asked"], True))
        if data["masked"]:
            parts.append(Text(wall.say(N_("Who has not agreed to be named here is shown by surname.")), "dim"))
        return [*parts, matter]
    if len(one.asked) == 1:
        return [Text(data["asked"][0], "prose"), matter]
    return [Text(data["text"], "prose"), listed(wall, data["asked"], True), matter]


def _when(wall: Wall, one: Ballot, data: dict[str, Any]) -> list[Part]:
    """In writing, from when to when; whether the notice came in time (R-20)."""
    said = N_("The opinions of the owners are asked in writing. The last day on which a paper counts is {until}.")
    told = data["notice"]
    up = N_("This was posted on {posted}, {days} days before that day.")
    parts: list[Part] = [paragraph(
        wall, wall.say(said, until=wall.day_of(one.until)),
        wall.say(up, posted=wall.day_of(one.posted), days=told["days"]),
    )]  # fmt: skip
    return parts + ([Text(told["late"], "warn")] if told["late"] else [])


def _papers(wall: Wall) -> list[Part]:
    """How they go out and come back; who may sign for whom (R-21, R-22)."""
    sentences = (
        wall.say(N_("Each owner gets one paper, with all their rooms and the area together; joint owners have one.")),
        wall.say(N_("It is handed over, mailed or sent; whom none of this reaches is told by this posting.")),
        wall.say(N_("Tick one answer to each question, sign it, and give it back to {body}."), body=issuer(wall)),
        wall.say(N_("Who cannot vote in person gives a written proxy, which says for which vote and until when.")),
    )
    return [paragraph(wall, *sentences)]


def _roll(wall: Wall, one: Ballot, roll: Sum) -> Text:
    said = N_("The roll of {day} counts: {voters} owners, {area} square metres. A sale after that day changes nothing.")
    return paragraph(
        wall, wall.say(said, day=wall.day_of(one.date), voters=roll.voters, area=Area(roll.area)),
        voting.special(wall, one),
    )  # fmt: skip


def _rules(wall: Wall, one: Ballot, roll: Sum) -> list[Said]:
    """What is enough, in persons and m², and what every kind of slip counts as (R-10 to R-13, R-17, R-18, R-24)."""
    law = one.law
    most = voting.least(law.consent, roll)
    found = [
        wall.say(
            N_("Enough take part where {share} of the owners and {share} of the area do, that is at least {voters}"
               " owners and {area} square metres ({article})."),
            share=share(wall, law.took_part), article=where(wall, *voting.judged(one, "vote.took_part")),
            **voting.least(law.took_part, roll),
        ),
        wall.say(
            N_("It passes where {share} of the owners who take part and {share} of their area agree ({article}); if all"
               " take part, at least {voters} owners and {area} square metres."),
            share=share(wall, law.consent), article=where(wall, *voting.judged(one, rule.rule_of(one.matter))), **most,
        ),
        wall.say(N_("A question left blank is an abstention: it takes part, and is no consent.")),
        wall.say(N_("An answer that cannot be read, or is more than one, is invalid and takes no part; the other"
                    " questions of the paper count.")),
        wall.say(N_("A paper that comes after the last day does not count.")),
    ]  # fmt: skip
    if one.silent:
        said = N_("Who was handed, mailed or sent their paper and returns none is counted with the majority"
                  " ({article}); whom it did not reach is not.")  # fmt: skip
        found.append(wall.say(said, article=where(wall, *voting.judged(one, "vote.silent_follow"))))
    else:
        found.append(wall.say(N_("Who returns no paper does not take part.")))
    if one.seats:
        found.append(wall.say(N_("Of those who pass, as many are elected as there are seats, most votes first.")))
    return found
