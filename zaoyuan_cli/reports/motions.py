"""Motions as answers and pages have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Document, Heading, Pairs, Part, State, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.motions import Motion

COLUMNS = (
    Column("motion", N_("No."), "number_text"),
    Column("text", N_("Motion"), flex=True),
    Column("for", N_("In favour"), "number", 3),
    Column("against", N_("Against"), "number", 3),
    Column("abstain", N_("Abstain"), "number", 3),
    Column("state", N_("State"), "state"),
    Column("decision", N_("Decision"), "number_text", 1),
)


def rows(book: Book, meeting: str = "", as_of: date | None = None) -> list[dict[str, Any]]:
    """The motions of a meeting, or all."""
    from zaoyuan_cli.book import motions, people

    names = {id: person.name for id, person in people.everyone(book.db).items()}
    return [_row(one, names) for one in motions.listing(book.db, meeting, as_of)]


def page(book: Book, motion: Motion) -> Page:
    """A motion on a page, with who voted how."""
    from zaoyuan_cli.book import meetings, people

    names = {id: person.name for id, person in people.everyone(book.db).items()}
    data, meeting = _row(motion, names), meetings.one(book, motion.meeting)
    pairs = (
        (_("Meeting"), f"{meeting.meeting}  {meeting.date}  {meeting.body}  {meeting.title}"),
        (_("Mover"), data["mover"]),
        (_("State"), State(data["state"])),
        (_("Decision"), data["decision"]),
        *((_(choice), "、".join(data["by"][choice])) for choice in ("for", "against", "abstain", "aside")
          if data["by"] and data["by"][choice]),
        (_("Judged by"), data["judged"]),
    )  # fmt: skip
    parts: list[Part] = [
        Heading(_("Motion {motion}").format(motion=motion.motion)),
        Text(motion.text),
        Pairs(tuple((label, value) for label, value in pairs if value)),
    ]
    if not motion.announced:
        parts.append(Text(_("It was not on the notice of the meeting."), "warn"))
    return Page(data, [*parts, *lines([data])])


def lines(found: Sequence[Mapping[str, Any]]) -> Document:
    """What each vote came to, in set words."""
    several = len(found) > 1
    said = [(f"{one['motion']}  " if several else "") + str(one["result"]) for one in found if one["result"]]
    return [Text(line) for line in said]


def _row(one: Motion, names: Mapping[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "motion": one.motion, "meeting": one.meeting, "date": one.date, "text": one.text,
        "mover": names.get(one.mover), "announced": one.announced, "state": one.state,
    }  # fmt: skip
    return row | vote(one, names)


def vote(one: Motion, names: Mapping[str, str]) -> dict[str, Any]:
    """The vote on a motion; every key null while there is none."""
    from zaoyuan_cli.book.voting import counts
    from zaoyuan_cli.rules import motions as rules

    if one.vote is None:
        keys = (*rules.CHOICES, "members", "present", "needed", "quorum", "passed", "decision", "result", "share",
                "judged_by", "judged", "by")  # fmt: skip
        return dict.fromkeys(keys)
    cast, outcome = one.vote, one.vote.outcome
    by = {choice: [names[who] for who, said in cast.by.items() if said == choice] for choice in rules.CHOICES}
    return {
        **counts(outcome), "members": outcome.members, "present": outcome.present, "needed": outcome.needed,
        "quorum": outcome.quorum, "passed": outcome.passed, "decision": cast.decision or None,
        "result": rules.words(outcome), "share": cast.share, "judged_by": cast.judged_by or None,
        "judged": judged(cast.share, cast.judged_by), "by": by if cast.by else None,
    }  # fmt: skip


def judged(share: str, key: str) -> str:
    """The majority a vote was judged by: more than 1/2 of all members, and the version of the rule."""
    from zaoyuan_cli.rules import values
    from zaoyuan_cli.rules.shares import Share

    said = _("needed: {share} of all members").format(share=values.in_words(Share(share), "share"))
    return f"{said} ({key})" if key else said
