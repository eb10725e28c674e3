"""What is to be published and when, what was published last (R-71, R-72), objections to it (R-73); what is kept, and
who saw it (R-85)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table, Text
from zaoyuan_cli.i18n import N_, _, joined, sample, series
from zaoyuan_cli.reports import Page
from zaoyuan_cli.reports.todo import Item
from zaoyuan_cli.rules import dates, disclosure

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.disclosures import Quarter
    from zaoyuan_cli.book.notices import Notice

SOON = 15  # days before a day that is due
QUARTERS = 4  # that the page shows: the year past
CALENDAR = (
    Column("period", N_("Period"), "number_text"),
    Column("due", N_("Due day"), "date"),
    Column("posted", N_("Posted"), "date"),
    Column("notice", N_("Notice"), "number_text", 1),
    Column("state", N_("State"), "state"),
)
SHOWN = (
    Column("n", N_("No."), "number"),
    Column("what", N_("To be published"), flex=True),
    Column("last", N_("Last posted"), "date"),
    Column("until", N_("Until"), "date", 2),
    Column("notice", N_("Notice"), "number_text", 1),
    Column("state", N_("State"), "state"),
)
KEPT = (
    Column("n", N_("No."), "number"),
    Column("what", N_("To be kept"), flex=True),
    Column("count", N_("Entries"), "number"),
    Column("last", N_("Last of"), "date", 1),
    Column("state", N_("State"), "state"),
)
INSPECTIONS = (
    Column("date", N_("Date"), "date"),
    Column("who", N_("Name")),
    Column("what", N_("What they saw"), flex=True),
    Column("reason", N_("Why"), priority=2, flex=True),
    Column("by", N_("Allowed by"), priority=1),
)
OBJECTIONS = (
    Column("opinion", N_("No."), "number_text", 1),
    Column("date", N_("Date"), "date"),
    Column("who", N_("Said by")),
    Column("text", N_("Objection"), flex=True),
    Column("state", N_("State"), "state"),
    Column("answer", N_("Answer"), flex=True),
)


def items(book: Book, as_of: date) -> Iterator[Item]:
    """Accounts of a quarter that are to hang by now, or soon; objections to a paper that nobody answered, until they
    stand among the opinions that wait too long."""
    from zaoyuan_cli.book import correspondence, disclosures, notices

    year = disclosures.calendar(book.db, as_of)[-QUARTERS:]
    open_ = [one for one in year if one.state in ("open", "overdue")]
    if open_:
        last = open_[-1]
        late = [one.period for one in open_ if one.state == "overdue"]
        said = (
            _("The accounts of {periods} were not posted; due {day}.")
            if late
            else _("The accounts of {periods} are to be posted by {day}.")
        )
        message = joined((said.format(periods=series(late or [last.period]), day=last.due), last.rule.cited))
        if late or (last.due - as_of).days <= SOON:
            yield Item("disclosure", message, last.due, "zaoyuan disclosure list")
    for paper in notices.listing(book.db, as_of):
        yield from _outdated(book, paper, as_of)
        for one in notices.objections(book.db, paper.notice, as_of):
            if one.state in ("open", "overdue") and (as_of - one.date).days <= correspondence.ANSWER_DAYS:
                message = _("{number}: an objection to {notice} has no answer.").format(
                    number=one.number, notice=paper.notice
                )
                yield Item("objection", message, one.due, f"zaoyuan opinion show {one.number}")


def _outdated(book: Book, paper: Notice, as_of: date) -> Iterator[Item]:
    """A sheet of money, or the notice of a meeting, that hangs and does not say what the book says by now."""
    if paper.state != "posted" or not paper.heads:
        return
    said = _of_money(book, paper) if paper.item == "money" else ""
    if paper.item == "meeting":
        said = _of_meeting(book, paper, as_of)
    if said:
        command = sample(f"zaoyuan notice withdraw {paper.notice} --reason TEXT")
        yield Item("outdated", said, paper.until, command)


def untrue(book: Book, number: str, as_of: date) -> list[Notice]:
    """The sheets of money that hang and are not true any more because of what became of a number."""
    from zaoyuan_cli.book import notices

    hang = [one for one in notices.listing(book.db, as_of) if one.item == "money" and one.state == "posted"]
    return [one for one in hang if one.heads and number in _changed(book, one)]


def _changed(book: Book, paper: Notice) -> list[str]:
    """The numbers of the money of a sheet's days that are not any more what it says."""
    from zaoyuan_cli.book import proofs

    first, last = dates.period(paper.period)
    return proofs.outdated(book.db, paper.heads, first, min(last, paper.date))


def _of_money(book: Book, paper: Notice) -> str:
    found = _changed(book, paper)
    message = _("{notice} of {period} hangs, and what it shows has changed since: {numbers}.")
    return message.format(notice=paper.notice, period=paper.period, numbers=series(found)) if found else ""


def _of_meeting(book: Book, paper: Notice, as_of: date) -> str:
    from zaoyuan_cli.book import changes, meetings

    one = meetings.one(book, paper.about, as_of)
    if one.state == meetings.HELD:
        return ""
    fields = changes.since(book.db, "meeting", one.meeting, paper.heads, as_of)
    message = _("{notice} hangs, and {meeting} has changed since: {fields}.")
    return message.format(notice=paper.notice, meeting=one.meeting, fields=series(map(_, fields))) if fields else ""


def page(book: Book, as_of: date) -> Page:
    """The calendar of the accounts and the list of the law, as they stand on a day."""
    from zaoyuan_cli.book import disclosures

    quarters = [_quarter(one) for one in disclosures.calendar(book.db, as_of)]
    shown = [
        {"n": n, "item": one.item, "what": _(disclosure.ITEMS[one.item]), "last": one.last, "until": one.until,
         "notice": one.notice or None, "state": one.state}
        for n, one in enumerate(disclosures.shown(book.db, as_of), 1)
    ]  # fmt: skip
    missing = [row["item"] for row in shown if row["state"] == "missing"]
    data = {
        "as_of": as_of,
        "quarters": quarters,
        "rows": shown,
        "totals": {"items": len(shown), "missing": len(missing)},
    }
    parts: list[Part] = [
        Heading(_("To be published: the accounts of each quarter"), 2),
        Table(CALENDAR, quarters[-QUARTERS:], empty=_("No money moved in a quarter that is over.")),
        Heading(_("To be published: the list of the guiding rules, article 36"), 2), Table(SHOWN, shown),
    ]  # fmt: skip
    if missing:
        parts.append(Text(_("Never posted: {count}.").format(count=len(missing)), "warn"))
    return Page(data, parts)


def _quarter(one: Quarter) -> dict[str, Any]:
    return {
        "period": one.period, "due": one.due, "posted": one.posted, "notice": one.notice or None, "state": one.state,
        "source": one.rule.cited or None,
    }  # fmt: skip


def archive(book: Book, as_of: date) -> Page:
    """What is kept, and who saw what of it, as it stands on a day."""
    from zaoyuan_cli.book import disclosures, inspections

    kept = [
        {"n": n, "item": one.item, "what": _(disclosure.ARCHIVE[one.item]), "count": one.held, "last": one.last,
         "state": "done" if one.held else "missing"}
        for n, one in enumerate(disclosures.kept(book.db, as_of), 1)
    ]  # fmt: skip
    seen = [inspection(one) for one in inspections.listing(book.db, until=as_of)]
    missing = sum(row["state"] == "missing" for row in kept)
    data = {"as_of": as_of, "rows": kept, "totals": {"items": len(kept), "missing": missing}, "inspections": seen}
    parts: list[Part] = [
        Heading(_("To be kept: the list of the guiding rules, article 40"), 2), Table(KEPT, kept),
        Heading(_("Who saw what"), 2), Table(INSPECTIONS, seen, empty=_("Nobody saw a record.")),
    ]  # fmt: skip
    return Page(data, parts)


def inspection(one: Any) -> dict[str, Any]:
    """An inspection as JSON has it."""
    return {key: value or None for key, value in one._asdict().items()}


# ---- one paper


def row(book: Book, one: Notice, as_of: date) -> dict[str, Any]:
    """A paper as a list has it."""
    from zaoyuan_cli.book import notices

    said = notices.objections(book.db, one.notice, as_of)
    values = {key: value or None for key, value in one._asdict().items()}
    return values | {
        "title": one.title or " ".join(filter(None, (_(disclosure.name(one.item)), one.about))), "days": one.days,
        "heads": None, "attachments": len(one.attachments),
        "objections": len(said), "unanswered": sum(each.state in ("open", "overdue") for each in said),
    }  # fmt: skip


def notice(book: Book, one: Notice, as_of: date) -> Page:
    """A paper whole, with the objections to it and their answers."""
    from zaoyuan_cli.book import notices

    said = [
        {"opinion": each.number, "date": each.date, "who": " ".join(filter(None, (each.room, each.who))) or None,
         "text": each.text, "state": each.state, "answer": each.answers[-1].text if each.answers else None}
        for each in notices.objections(book.db, one.notice, as_of)
    ]  # fmt: skip
    head = row(book, one, as_of)
    pairs = (
        (_("No."), one.notice), (_("Title"), head["title"]), (_("Shows"), series(
            _(disclosure.ITEMS[item]) for item in disclosure.shows(one.item, one.about))),
        (_("Period"), one.period), (_("About"), one.about), (_("Posted"), one.date), (_("Until"), one.until),
        (_("Place"), one.place), (_("Put up by"), one.by), (_("Witness"), one.witness),
        (_("Drawn up by"), one.prepared), (_("Checked by"), one.checked), (_("Signed by"), one.signed),
        (_("State"), State(one.state)), (_("Why taken down"), one.reason),
    )  # fmt: skip
    parts: list[Part] = [Pairs(tuple(pair for pair in pairs if pair[1]))]
    if said:
        parts += [Heading(_("Objections"), 2), Table(OBJECTIONS, said)]
    hint = _("An objection is entered with its number: {command}")
    line = f"zaoyuan opinion add {_('WHO')} {_('TEXT')} --topic {one.notice}"
    parts.append(Text(hint.format(command=line), "dim"))
    return Page({**head, "objections": said}, parts)
