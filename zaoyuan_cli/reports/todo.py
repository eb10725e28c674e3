"""What people still have to do, noun by noun; never an exit code. A new kind of it is a function in SOURCES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zaoyuan_cli.document import Text
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book, households


class Item(NamedTuple):
    """Something to do: its kind (a code), a sentence, the day it is due, the command that shows or settles it."""

    kind: str
    message: str
    due: date | None
    command: str


def items(book: Book, as_of: date) -> list[Item]:
    """Everything to do as of a day, the pressing first."""
    return [item for source in SOURCES for item in source(book, as_of)]


def lines(found: list[Item]) -> list[Text]:
    """Them as lines of a page."""
    return [Text(f"! {item.message}   {item.command}", "warn") for item in found] or [Text(_("Nothing."))]


def conflicts(book: Book, as_of: date) -> Iterator[Item]:
    """What a merge left open."""
    from zaoyuan_cli.book import conflicts

    if count := len(conflicts.listing(book)):
        yield Item("conflicts", _("Conflicts still open: {count}.").format(count=count), None, "zaoyuan conflict list")


def overdue(book: Book, as_of: date) -> Iterator[Item]:
    """Projects whose due day has passed and that are owed money."""
    from zaoyuan_cli.book import projects

    for one in projects.standing(book.db, as_of):
        if one.due_date and one.due_date < as_of and one.owed:
            message = _("{project}: {amount} yuan still owed, due {day}; households: {count}.").format(
                project=one.name, count=one.households - one.settled, amount=one.owed.yuan(), day=one.due_date
            )
            yield Item("arrears", message, one.due_date, f"zaoyuan unpaid {one.name}")


def limits(book: Book, as_of: date) -> Iterator[Item]:
    """What can be demanded in court for half a year at most, and what can only be asked for by now (CC 188, 192)."""
    from zaoyuan_cli.book import dues, projects, reminders

    called = projects.names(book.db)
    near = reminders.running_out(book.db, dues.owed(book.db, as_of=as_of), as_of)
    source = reminders.years_to_demand(book.db, as_of).cited
    for of in dict.fromkeys(project for project, _room in near):
        days = [day for (project, _room), day in near.items() if project == of]
        if soon := [day for day in days if day >= as_of]:
            said = _(
                "{project}: what {count} households owe can be demanded in court until {day}; a reminder renews it."
                " {source}"
            )
            message = said.format(project=called[of], count=len(soon), day=min(soon), source=source)
            yield Item("limit", message, min(soon), f"zaoyuan reminder text {quoted(called[of])} --expiring --log")
        if over := [day for day in days if day < as_of]:
            said = _("{project}: what {count} households owe can by now be asked for, not demanded. {source}")
            message = said.format(project=called[of], count=len(over), source=source)
            yield Item("limit_over", message, None, f"zaoyuan unpaid {quoted(called[of])} --expiring")


def tasks_late(book: Book, as_of: date) -> Iterator[Item]:
    """Tasks past their day (R-39)."""
    from zaoyuan_cli.book import tasks

    for one in tasks.listing(book.db, as_of):
        if one.state == "overdue":
            message = _("{task} {text}: due {day}.").format(task=one.task, text=one.text, day=one.due)
            yield Item("task", message, one.due, "zaoyuan task list --overdue")


def over_budget(book: Book, as_of: date) -> Iterator[Item]:
    """Projects that cost more than their budget."""
    from zaoyuan_cli.book import projects

    for one in projects.standing(book.db, as_of):
        if one.budget is not None and one.spent > one.budget:
            message = _("{project} has spent {spent}, its budget is {budget}.").format(
                project=one.name, spent=one.spent.yuan(), budget=one.budget.yuan()
            )
            yield Item("budget", message, None, f"zaoyuan project show {one.name}")


def shares_open(book: Book, as_of: date) -> Iterator[Item]:
    """Shares of closed projects that nobody was paid yet (R-66)."""
    from zaoyuan_cli.book import projects, returns

    for project, found in returns.waiting(book.db, as_of).items():
        name, whole = projects.names(book.db)[project], sum(one.open for one in found)
        message = _("{project}: {amount} yuan are still to be given back; payers: {payers}.").format(
            project=name, amount=type(found[0].open)(whole).yuan(), payers=len(found)
        )
        yield Item("share", message, None, f"zaoyuan project shares {quoted(name)}")


def goals_missed(book: Book, as_of: date) -> Iterator[Item]:
    """Projects that are all or nothing and whose day for the goal has passed: the money goes back."""
    from zaoyuan_cli.book import projects

    for one in projects.standing(book.db, as_of):
        if one.all_or_nothing and one.until and one.until < as_of and not one.reached and one.state == "open":
            message = _("{project}: {there} of {goal} yuan by {day}, the goal was not reached; the money goes back.")
            message = message.format(
                project=one.name, there=one.there.yuan(), goal=(one.goal or one.there).yuan(), day=one.until
            )
            yield Item("goal", message, one.until, f"zaoyuan project close {quoted(one.name)} --return")


def no_voucher(book: Book, as_of: date) -> Iterator[Item]:
    """Expenses with neither a voucher's number nor a file."""
    from zaoyuan_cli.book import expenses

    everyone = expenses.everyone(book.db, until=as_of)
    bare = [one.expense for one in everyone if one.state != "void" and not one.voucher and not one.attachments]
    if bare:
        said = _("Expenses without a voucher: {count} ({numbers}).")
        message = said.format(count=len(bare), numbers=" ".join(bare[:5]))
        yield Item("voucher", message, None, f"zaoyuan expense show {bare[0]}")


def waived_without_decision(book: Book, as_of: date) -> Iterator[Item]:
    """Waivers nobody decided (R-67); no room is named."""
    from zaoyuan_cli.book import gaps

    found = gaps.undecided_waivers(book.db, as_of)
    for project in dict.fromkeys(found):
        message = _("Waivers without a decision ({project}): {count}.").format(
            project=project, count=found.count(project)
        )
        yield Item("waiver", message, None, sample(f"zaoyuan project exempt WHO -p {quoted(project)} --decision NO"))


def roll_gaps(book: Book, as_of: date) -> Iterator[Item]:
    """Doors with no area, no source of the area (R-03), no owner; no grid, where the estate has any."""
    from zaoyuan_cli.book import grids, households

    doors = households.everyone(book.db, as_of).values()
    in_grids = bool(grids.everyone(book.db, as_of))
    gaps: tuple[tuple[str, str, Callable[[households.Household], bool]], ...] = (
        ("area", _("Households without an area: {count} ({rooms})."), lambda door: door.area is None),
        (
            "area_source",
            _("Areas without a source: {count} ({rooms})."),
            lambda door: door.area is not None and not door.area_source,
        ),
        ("owner", _("Households without an owner: {count} ({rooms})."), lambda door: not door.owners),
        ("grid", _("Households in no grid: {count} ({rooms})."), lambda door: in_grids and not door.grid),
    )
    for kind, message, lacking in gaps:
        if rooms := [door.room for door in doors if lacking(door)]:
            shown = " ".join(rooms[:5]) + (" …" if len(rooms) > 5 else "")
            yield Item(kind, message.format(count=len(rooms), rooms=shown), None, f"zaoyuan household edit {rooms[0]}")


def below_zero(book: Book, as_of: date) -> Iterator[Item]:
    """Accounts that stood below zero on some day."""
    from zaoyuan_cli.book import gaps

    for account, day, balance in gaps.below_zero(book.db, as_of):
        message = _("Account {account} stood at {balance} on {day}.").format(
            account=account, balance=balance.yuan(), day=day
        )
        yield Item("below_zero", message, None, f"zaoyuan account ledger {account}")


def shortfalls(book: Book, as_of: date) -> Iterator[Item]:
    """What collectors handed in too little, until an entry explains it (R-69)."""
    from zaoyuan_cli.book import handins, people

    for account, person, fen in handins.shortfalls(book.db, as_of):
        message = _("{name} handed in {amount} yuan too little; it stands on them until an entry explains it.").format(
            name=people.name_of(book.db, person) or account, amount=fen.yuan()
        )
        yield Item("shortfall", message, None, f"zaoyuan account ledger {account}")


def offices(book: Book, as_of: date) -> Iterator[Item]:
    """Terms, seats, filings, audits, units and grids without their people (R-30, R-41, R-42, R-62, R-75, R-94)."""
    from zaoyuan_cli.reports import offices

    yield from offices.items(book, as_of)


def counted(book: Book, as_of: date) -> Iterator[Item]:
    """Counts that differ from the book (R-61), and cash nobody counted for a month."""
    from zaoyuan_cli.book import counts

    for one in counts.last(book.db, as_of).values():
        if one.open:
            said = _("{account}, counted on {day}: {counted}, the book says {book}, difference {difference}.")
            message = said.format(
                account=one.account, day=one.date, counted=one.counted.yuan(), book=one.now.yuan(),
                difference=(one.counted - one.now).yuan(),
            )  # fmt: skip
            yield Item("difference", message, None, f"zaoyuan account counts {one.account}")
    for account, has, day in counts.due(book.db, as_of):
        message = _("{account} has {balance}; it was last counted on {day}.")
        if day is None:
            message = _("{account} has {balance}; it was never counted.")
        shown = message.format(account=account, balance=has.yuan(), day=day)
        yield Item("count", shown, None, f"zaoyuan account ledger {account}")


def unanswered(book: Book, as_of: date) -> Iterator[Item]:
    """Opinions and letters without an answer past the day it was due (R-96)."""
    from zaoyuan_cli.book import correspondence

    for series, said in (
        ("opinion", _("{number} of {date} has no answer; it was due {due}.")),
        ("letter", _("Letter {number} of {date} has no answer; it was due {due}.")),
    ):
        for one in correspondence.listing(book.db, series, as_of):
            if one.state == "overdue":
                message = said.format(number=one.number, date=one.date, due=one.due)
                yield Item(series, message, one.due, f"zaoyuan {series} show {one.number}")


def sealed(book: Book, as_of: date) -> Iterator[Item]:
    """Seals put on a paper that nobody allowed (R-95)."""
    from zaoyuan_cli.book import seals

    for one in seals.listing(book.db, until=as_of):
        if one.state == "open":
            message = _("{number}: a seal was put on a paper and nobody allowed it.").format(number=one.number)
            yield Item("seal", message, None, f"zaoyuan seal show {one.number}")


def outgoing(book: Book, as_of: date) -> Iterator[Item]:
    """Expenses that wait for approval or a notice, a voucher twice, advances not paid back, cash above the float."""
    from zaoyuan_cli.reports import outgoing

    yield from outgoing.items(book, as_of)


def unclosed(book: Book, as_of: date) -> Iterator[Item]:
    """The month before last, if it is not closed (R-70)."""
    from zaoyuan_cli.book import sheets

    if span := sheets.unclosed(book.db, as_of):
        yield Item("period", _("{period} is not closed.").format(period=span.name), None, "zaoyuan period list")


def receipts(book: Book, as_of: date) -> Iterator[Item]:
    """Money nobody claimed; numbers of pre-printed receipts used twice or missing (R-57, R-60)."""
    from zaoyuan_cli.reports import credits

    for kind, message, command in credits.todo(book, as_of):
        yield Item(kind, message, None, command)


def meetings(book: Book, as_of: date) -> Iterator[Item]:
    """Meetings near and past, their notices, what they decided (R-20, R-34, R-35, R-37)."""
    from zaoyuan_cli.reports import agenda

    yield from agenda.items(book, as_of)


def disclosed(book: Book, as_of: date) -> Iterator[Item]:
    """Accounts to be posted, objections without an answer (R-71, R-73)."""
    from zaoyuan_cli.reports import disclosures

    yield from disclosures.items(book, as_of)


def handed_over(book: Book, as_of: date) -> Iterator[Item]:
    """What is to be handed over (R-43)."""
    from zaoyuan_cli.reports import handovers

    yield from handovers.items(book, as_of)


def polls(book: Book, as_of: date) -> Iterator[Item]:
    """Votes that run or are past their day, papers that are out, canvasses not finished (R-17, R-92)."""
    from zaoyuan_cli.reports import polls

    yield from polls.items(book, as_of)


SOURCES = (conflicts, overdue, limits, meetings, polls, tasks_late, over_budget, shares_open, goals_missed,
           no_voucher, outgoing, waived_without_decision,
           below_zero, receipts, shortfalls, counted, unclosed, unanswered, sealed,
           disclosed, handed_over, offices, roll_gaps)  # fmt: skip
