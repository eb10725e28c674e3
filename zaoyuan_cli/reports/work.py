"""What a committee did in some days, section by section: meetings and who came, votes, opinions and letters answered,
accounts posted, hand-overs. Parts of the reports on a year and on a term; no person is named in them, and attendance is
told of a body as a whole, since an office that one person holds is that person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Bar, Chart, Column, Document, Heading, Part, Table, Text
from zaoyuan_cli.i18n import N_, _, joined, series
from zaoyuan_cli.reports.briefing import Section, Span
from zaoyuan_cli.rules import percent
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.rooms import Area

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.tallies import Tally

OUTLAY = (
    Column("for", N_("For")),
    Column("count", N_("Entries"), "number", 2),
    Column("amount", N_("Amount"), "money"),
    Column("share", N_("Share"), "number_text", 1),
)
DECISIONS = (
    Column("decision", N_("Decision"), "number_text"),
    Column("date", N_("Date"), "date", 1),
    Column("body", N_("Body"), priority=3),
    Column("text", N_("Text"), flex=True),
    Column("paper", N_("Paper no."), "number_text", 4),
)
MEETINGS = (
    Column("meeting", N_("Meeting"), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("body", N_("Body"), priority=2),
    Column("title", N_("Title"), flex=True),
    Column("there", N_("Present"), "number_text", 1),
    Column("decisions", N_("Decisions"), "number", 3),
)
VOTES = (
    Column("ballot", N_("No."), "number_text"),
    Column("text", N_("Vote"), flex=True),
    Column("until", N_("Until"), "date", 2),
    Column("turnout", N_("Took part"), "number_text"),
    Column("yes", N_("Yes"), "number", 1),
    Column("no", N_("No"), "number", 1),
    Column("state", N_("State"), "state"),
)
ANSWERS = (
    Column("kind", N_("Kind"), "state"),
    Column("received", N_("Came in"), "number"),
    Column("answered", N_("Answered"), "number"),
    Column("in_time", N_("In time"), "number", 1),
    Column("open", N_("Without an answer"), "number"),
)


def outlay(book: Book, span: Span) -> Section:
    """Where the money of these days went: by project, or by fund where it was for none; the most first."""
    from zaoyuan_cli.book import expenses, projects

    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    called = projects.names(book.db)
    for one in expenses.everyone(book.db, span.since, span.until):
        if one.state != "void":
            of = called.get(one.project, one.project) or one.fund
            sums[of] += one.amount
            counts[of] += 1
    most = sums.most_common()
    rows: list[dict[str, Any]] = [
        {"for": of, "count": counts[of], "amount": Fen(fen), "share": share}
        for (of, fen), share in zip(most, percent.shares([fen for _of, fen in most]), strict=True)
    ]
    totals = {"for": _("Total"), "count": sum(counts.values()), "amount": Fen(sum(sums.values()))}
    title = _("Where the money went")
    bars = tuple(Bar(row["for"], (row["amount"],)) for row in rows)
    parts: Document = [Heading(title, 2), Table(OUTLAY, rows, totals), Chart("", (_("Out"),), bars, tabled=True)]
    return Section({"outlay": rows}, parts if rows else [])


def decided(book: Book, span: Span, of: Collection[str] = ()) -> Section:
    """The decisions of these days, of some bodies or of every one."""
    from zaoyuan_cli.book import decisions

    rows = [
        {"decision": one.decision, "date": one.date, "body": one.body, "text": one.text,
         "meeting": one.meeting or None, "paper": one.paper or None}
        for one in decisions.everyone(book.db, span.until).values()
        if one.date >= span.since and (not of or one.body in of)
    ]  # fmt: skip
    empty = _("No decision in these days.")
    return Section({"decisions": rows}, [Heading(_("Decisions"), 2), Table(DECISIONS, rows, empty=empty)])


def met(book: Book, span: Span, of: Collection[str] = ()) -> Section:
    """The meetings of these days, the first first, and how many of the members came to them."""
    from zaoyuan_cli.book import attending, decisions, meetings

    made = Counter(one.meeting for one in decisions.everyone(book.db, span.until).values())
    rows: list[dict[str, Any]] = []
    for one in sorted(meetings.listing(book.db, "", *span), key=lambda one: (one.date, one.meeting)):
        if one.state == meetings.HELD and (not of or one.body in of):
            there = attending.attendance(book.db, one)
            rows.append({
                **{key: getattr(one, key) for key in ("meeting", "date", "body", "title")},
                "present": len(there.present), "members": len(there.members) or None, "quorum": there.quorum,
                "decisions": made[one.meeting],
            })  # fmt: skip
    counted = [row for row in rows if row["members"]]
    seats, came = sum(row["members"] for row in counted), sum(row["present"] for row in counted)
    rate = percent.written(came, seats) if seats else None
    total = {"meetings": len(rows), "members": seats, "present": came, "rate": rate}
    shown = [row | {"there": f"{row['present']}/{row['members']}" if row["members"] else None} for row in rows]
    parts: list[Part] = [Heading(_("Meetings held"), 2)]
    parts.append(Table(MEETINGS, shown, empty=_("No meeting in these days.")))
    if seats:
        said = _("Of the members {rate} came: {present} of {members}, all meetings together.")
        parts.append(Text(said.format(**total)))
    return Section({"meetings": rows, "attendance": total}, parts)


def voted(book: Book, span: Span) -> Section:
    """The owners' votes that ran in these days, with how they ended or stand."""
    from zaoyuan_cli.book import ballots, tallies

    found = [
        tallies.tally(book.db, one, span.until)
        for one in ballots.everyone(book.db, span.until)
        if one.end or one.until >= span.since
        if not one.end or one.end.date >= span.since
    ]
    rows = [_vote(one) for one in found]
    parts: Document = [Heading(_("Votes of the owners"), 2), Table(VOTES, rows)] if rows else []
    return Section({"ballots": rows}, parts)


def _vote(found: Tally) -> dict[str, Any]:
    ballot, (first, *_more) = found.ballot, found.questions
    cast = first.slips.cast
    return {
        "ballot": ballot.ballot, "text": ballot.text, "matter": ballot.matter, "until": ballot.until,
        "closed": ballot.end.date if ballot.end else None, "voters": found.roll.voters, "took_part": cast.voters,
        "area": Area(found.roll.area), "took_part_area": Area(cast.area),
        "turnout": f"{cast.voters}/{found.roll.voters}",
        **({key: getattr(first.slips, key).voters for key in ("yes", "no", "abstain")} if ballot.end else {}),
        "state": ballot.state, "decisions": [one for one in ballot.end.decisions if one] if ballot.end else [],
    }  # fmt: skip


def answered(book: Book, span: Span) -> Section:
    """How many opinions and letters came in these days, and what became of them by their end."""
    from zaoyuan_cli.book import correspondence

    rows = []
    for kind in ("opinion", "letter"):
        came = [
            one for one in correspondence.listing(book.db, kind, span.until)
            if one.date >= span.since and one.way != "out"
        ]  # fmt: skip
        first = [(one, min(said.date for said in one.answers)) for one in came if one.answers]
        rows.append({
            "kind": kind, "received": len(came), "answered": len(first),
            "in_time": sum(one.due is None or day <= one.due for one, day in first),
            "open": sum(one.state in ("open", "overdue") for one in came),
        })  # fmt: skip
    shown = [row for row in rows if row["received"]]
    parts: Document = [Heading(_("Opinions and letters"), 2), Table(ANSWERS, shown)] if shown else []
    return Section({"answers": rows}, parts)


def disclosed(book: Book, span: Span) -> Section:
    """Whether the accounts whose day was in this time were posted in time (R-71), and how many papers went up."""
    from zaoyuan_cli.book import disclosures, notices

    of = [one for one in disclosures.calendar(book.db, span.until) if span.since <= one.due <= span.until]
    states = Counter(one.state for one in of)
    hung = sum(one.date >= span.since for one in notices.listing(book.db, span.until))
    totals = {
        "quarters": len(of), "in_time": states["posted"], "late": states["late"],
        "missing": states["open"] + states["overdue"], "notices": hung,
    }  # fmt: skip
    rows = [
        {"period": one.period, "due": one.due, "posted": one.posted, "notice": one.notice or None, "state": one.state}
        for one in of
    ]
    said = joined((
        _("Quarterly accounts due: {quarters}; posted in time {in_time}, late {late}, not posted {missing}."),
        _("Papers that went up: {notices}."),
    ))  # fmt: skip
    parts: list[Part] = [Heading(_("Published"), 2)]
    parts.append(Text(said.format(**totals), "warn" if totals["late"] or totals["missing"] else ""))
    for text, told in ((_("Posted late: {periods}."), ("late",)), (_("Not posted: {periods}."), ("open", "overdue"))):
        if periods := [one.period for one in of if one.state in told]:
            parts.append(Text(text.format(periods=series(periods))))
    return Section({"disclosed": {**totals, "rows": rows}}, parts)


def handed_over(book: Book, span: Span, body: str) -> Section:
    """The hand-overs a body owed in these days, and the one at the end of its term (R-43)."""
    from zaoyuan_cli.book import bodies, handovers, rulings
    from zaoyuan_cli.reports.bodies import ending
    from zaoyuan_cli.reports.handovers import DUE
    from zaoyuan_cli.rules import offices

    keys = ("why", "since", "due", "handover", "state")
    found = [one for one in handovers.due(book, span.until) if one.body == body and one.since >= span.since]
    rows = [{key: getattr(one, key) or None for key in keys} for one in found]
    ends = ending(book, bodies.one(book, body))
    days = rulings.count(book.db, handovers.DAYS, ends) if ends else None
    until = offices.due(ends, days) if ends and days is not None else None
    parts: list[Part] = [Heading(_("Hand-over"), 2)]
    if ends and until:
        said = _("The term ends on {day}; books, seals and money are to be handed over by {until}.")
        parts.append(Text(said.format(day=ends, until=until)))
    if rows:
        parts.append(Table(tuple(column for column in DUE if column.key in keys), rows))
    data = {"handovers": rows, "term_until": ends, "handover_by": until}
    return Section(data, parts if len(parts) > 1 else [])
