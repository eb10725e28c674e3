"""A unit leader's worklist: the doors of one unit, what each owes, what is missing in the book, what is to be done.
Nothing of any other unit is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table, Text
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.reports import Page, roster
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.names import mask_phone

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.dues import Owed
    from zaoyuan_cli.book.households import Household

DOORS = (
    Column("room", N_("Room"), "room"), Column("owner", N_("Owner")), Column("phone", N_("Phone"), "number_text", 2),
    Column("state", N_("State"), "state", 3), Column("ebike", N_("E-bike"), "flag", 4),
    Column("owed", N_("Owed"), "money"), Column("for", N_("For"), "text", 1),
    Column("ask", N_("To vote, to answer"), "text", 1),
    Column("missing", N_("Missing"), "text", 5), Column("reminders", N_("Reminders"), "number", 6),
    Column("reminded", N_("Last reminder"), "date", 7), Column("missed", N_("Not at home"), "number", 8),
)  # fmt: skip
TASKS = (
    Column("task", N_("No."), "number_text"), Column("text", N_("Task"), flex=True),
    Column("due", N_("Due day"), "date", 1), Column("state", N_("State"), "state"),
)  # fmt: skip
GAPS = {"owner": N_("owner"), "phone": N_("phone"), "area": N_("area"), "grid": N_("grid")}
SUMS = ("due", "paid", "waived", "owed")


def worklist(book: Book, unit: str, *, full: bool = False, as_of: date | None = None) -> Page:
    """The unit on a day (now without one); phones are masked unless `full`."""
    from zaoyuan_cli.book import dues, grids, households, people, reminders, roles, visits

    day = as_of or book.today
    homes = [one for one in households.everyone(book.db, as_of).values() if one.unit == unit]
    owing: dict[str, list[Owed]] = defaultdict(list)
    for one in dues.owed(book.db, as_of=as_of):
        if one.unit == unit:
            owing[one.room].append(one)
    known = people.everyone(book.db, as_of, [id for home in homes for id in home.owners])
    leaders = roles.held(book.db, day, role="unit-leader", scope=unit)
    names = people.everyone(book.db, as_of, [one.person for one in leaders])
    asked, missed = reminders.by_room(book.db, as_of), visits.missed_at(book.db, until=as_of)
    to_vote, to_answer = _to_ask(book, as_of)
    in_grids = bool(grids.everyone(book.db, as_of))
    rooms = [
        _door(home, owing[home.room], [known[id].phone for id in home.owners], full, in_grids)
        | _asked(asked.get(home.room, ()), missed.get(home.room, ()))
        | {"to_vote": to_vote.get(home.room, []), "to_answer": to_answer.get(home.room, [])}
        for home in homes
    ]
    all_dues = [one for of in owing.values() for one in of]
    data: dict[str, Any] = {
        "unit": unit, "date": day, "leader": roster.JOIN.join(names[one.person].name for one in leaders) or None,
        "leader_from": leaders[0].since if leaders else None, **roster.counts(homes),
        **{key: Fen(sum(getattr(one, key) for one in all_dues)) for key in SUMS},
        "owing": sum(row["owed"] > 0 for row in rooms), "rooms": rooms,
        "tasks": _tasks(book, {one.person for one in leaders}, as_of),
    }  # fmt: skip
    return Page(data, _parts(data))


def _door(home: Household, of: Sequence[Owed], phones: Sequence[str], full: bool, in_grids: bool) -> dict[str, Any]:
    """A door: who, what it owes and for what, what the book does not know of it; its grid only where there are any."""
    owes = [
        {"project": one.name, "owner": one.owner or None, "former": one.former, "due": one.due, "paid": one.paid,
         "waived": one.waived, "owed": one.owed, "state": one.state, "due_date": one.due_date}
        for one in of
    ]  # fmt: skip
    lacking = {
        "owner": not home.owners, "phone": bool(home.owners) and not any(phones), "area": home.area is None,
        "grid": in_grids and not home.grid,
    }  # fmt: skip
    return {
        "room": home.room, "owner": home.owner or None,
        "phone": roster.JOIN.join(phone if full else mask_phone(phone) for phone in phones if phone) or None,
        "state": home.state, "ebike": home.ebike, "owed": Fen(sum(one.owed for one in of)), "dues": owes,
        "missing": [name for name, is_so in lacking.items() if is_so],
    }  # fmt: skip


def _asked(times: Sequence[tuple[date, str]], missed: Sequence[date]) -> dict[str, Any]:
    """How often and when last a door was reminded, how often nobody was at home."""
    return {"reminders": len(times), "reminded": times[-1][0] if times else None, "missed": len(missed)}


def _to_ask(book: Book, as_of: date | None) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """(the running votes whose voter has not cast, the canvasses not answered), by room; never what anybody chose."""
    from zaoyuan_cli.book import ballots, canvasses, slips

    votes: dict[str, list[str]] = defaultdict(list)
    topics: dict[str, list[str]] = defaultdict(list)
    for vote in ballots.everyone(book.db, as_of):
        for room in slips.uncast(book.db, vote.ballot, as_of) if vote.state == "running" else ():
            votes[room].append(vote.ballot)
    for topic, of in canvasses.everyone(book.db, as_of).items():
        for room, one in canvasses.doors(book.db, topic, as_of).items() if not of.closed else ():
            if not one.answer:
                topics[room].append(topic)
    return votes, topics


def _tasks(book: Book, leaders: set[str], as_of: date | None) -> list[dict[str, Any]]:
    """What the leader has promised and not done yet."""
    from zaoyuan_cli.book import enrolling, people, tasks

    known = people.everyone(book.db, as_of, leaders).values()
    names = {one.name for one in known if not enrolling.namesakes(book.db, one.name, one.person)}
    return [
        {"task": one.task, "text": one.text, "due": one.due, "state": one.state}
        for one in tasks.listing(book.db, as_of or book.today)
        if one.state != "done" and one.by in names
    ]


def _parts(data: dict[str, Any]) -> list[Part]:
    rows = [
        {**row, "for": series(_owes(one) for one in row["dues"] if one["owed"]) or None,
         "missing": series(_(GAPS[name]) for name in row["missing"]) or None, "owed": row["owed"] or None,
         "ask": series([*row["to_vote"], *row["to_answer"]]) or None,
         "reminders": row["reminders"] or None, "missed": row["missed"] or None}
        for row in data["rooms"]
    ]  # fmt: skip
    since = _("since {day}").format(day=data["leader_from"]) if data["leader_from"] else ""
    parts: list[Part] = [
        Heading(_("Unit {unit}: worklist of the unit leader").format(unit=data["unit"])),
        Pairs((
            (_("Unit leader"), f"{data['leader']}   {since}" if data["leader"] else None), (_("Day"), data["date"]),
            (_("Households"), data["households"]), (_("Vacant"), data["vacant"]), (_("Let"), data["let"]),
            (_("E-bikes"), data["ebikes"]), (_("Households that owe"), data["owing"]), (_("Owed"), data["owed"]),
        )),
        Table(DOORS, rows, {"room": _("Total"), "owed": data["owed"]}, empty=_("No household is in this unit yet.")),
    ]  # fmt: skip
    if data["tasks"]:
        parts += [Heading(_("Open tasks"), 2), Table(TASKS, data["tasks"])]
    if not data["owed"]:
        parts.append(Text(_("Nobody owes anything."), "good"))
    return parts


def _owes(one: dict[str, Any]) -> str:
    """车棚改造 100.00; a debt of the owner before is said to be theirs."""
    said = f"{one['project']} {one['owed'].yuan()}"
    return said + (f" ({_('owner before')} {one['owner']})" if one["former"] and one["owner"] else "")
