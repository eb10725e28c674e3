"""Votes of the owners and canvasses that run; nothing where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Part, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports.briefing import Section, Span

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

VOTES = (
    Column("ballot", N_("No."), "number_text"),
    Column("text", N_("Vote")),
    Column("until", N_("Until"), "date"),
    Column("days", N_("Days left"), "number", 2),
    Column("turnout", N_("Took part"), "number_text"),
    Column("still", N_("Still missing"), flex=True),
)
CANVASSES = (
    Column("topic", N_("Topic")),
    Column("until", N_("Until"), "date", 1),
    Column("households", N_("Households"), "number"),
    Column("met", N_("Met"), "number"),
    Column("left", N_("Households left"), "number"),
)


ENDED = (
    Column("ballot", N_("No."), "number_text"),
    Column("text", N_("Vote"), flex=True),
    Column("closed", N_("Closed"), "date"),
    Column("turnout", N_("Took part"), "number_text"),
    Column("state", N_("State"), "state"),
    Column("decisions", N_("Decision"), "number_text"),
)


def section(book: Book, span: Span) -> Section:
    """What ran at the end of the span, and which votes ended in its days with what decisions."""
    from zaoyuan_cli.book import canvasses
    from zaoyuan_cli.reports import canvasses as report
    from zaoyuan_cli.reports import polls

    votes = [polls.row(one, span.until) for one in polls.running(book, span.until)]
    doors: list[dict[str, Any]] = [
        report.row(one) for one in canvasses.everyone(book.db, span.until).values() if not one.closed
    ]
    ended, parts = _ended(book, span), list[Part]()
    if ended:
        rows = [{**one, "decisions": " ".join(one["decisions"]) or None} for one in ended]
        parts = [Heading(_("Votes of the owners that ended"), 2), Table(ENDED, rows)]
    if votes:
        rows = [{**one, "turnout": f"{one['took_part']}/{one['voters']}"} for one in votes]
        parts = [*parts, Heading(_("Votes of the owners"), 2), Table(VOTES, rows)]
    if doors:
        parts = [*parts, Heading(_("From door to door"), 2), Table(CANVASSES, doors)]
    return Section({"ballots": votes, "ballots_ended": ended, "canvasses": doors}, parts)


def _ended(book: Book, span: Span) -> list[dict[str, Any]]:
    """The votes closed in the days of the span, as they ended."""
    from zaoyuan_cli.book import ballots, tallies

    found = []
    for one in ballots.everyone(book.db, span.until):
        if one.end and one.end.date >= span.since:
            tally = tallies.tally(book.db, one)
            cast = tally.questions[0].decides.took_part.voters
            found.append({
                "ballot": one.ballot, "text": one.text, "closed": one.closed, "state": one.state,
                "turnout": f"{cast}/{tally.roll.voters}", "decisions": [made for made in one.end.decisions if made],
            })  # fmt: skip
    return found
