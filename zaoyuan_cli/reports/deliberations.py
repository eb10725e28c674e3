"""A deliberation on one page: the whole way of a proposal, with the opinions on it, what was decided, what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table, Text
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.reports import Page
from zaoyuan_cli.rules import deliberations as rules

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.deliberations import Deliberation, Move

COLUMNS = (
    Column("deliberation", N_("No."), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("by", N_("Proposed by"), priority=2),
    Column("text", N_("Proposal"), flex=True),
    Column("state", N_("State"), "state"),
    Column("last", N_("Last step"), "date", 3),
    Column("next", N_("Next"), "state", 1),
)
WAY = (
    Column("step", N_("Step"), "state"),
    Column("date", N_("Date"), "date"),
    Column("by", N_("By")),
    Column("ref", N_("Which"), "number_text", 1),
    Column("note", N_("Note"), flex=True),
)
OPINIONS = (
    Column("opinion", N_("No."), "number_text", 2),
    Column("date", N_("Date"), "date", 1),
    Column("who", N_("Said by")),
    Column("text", N_("Opinion"), flex=True),
    Column("state", N_("State"), "state"),
    Column("answer", N_("Answer"), flex=True),
)
EXPENSES = (
    Column("expense", N_("No."), "number_text"),
    Column("date", N_("Date"), "date", 1),
    Column("what", N_("For what"), flex=True),
    Column("amount", N_("Amount"), "money"),
    Column("state", N_("State"), "state", 2),
)
_OUTCOMES = {
    "passed": {True: N_("passed"), False: N_("not passed")},
    "satisfied": {True: N_("satisfied"), False: N_("not satisfied")},
}


def row(one: Deliberation) -> dict[str, Any]:
    """A deliberation as a list has it; `next` is the command that comes next."""
    return {
        "deliberation": one.deliberation, "date": one.date, "by": one.by or one.room or None, "room": one.room or None,
        "topic": one.topic or None, "text": one.text, "state": one.state, "last": one.last,
        "next": rules.VERBS.get(rules.following(one.state, one.passed)),
    }  # fmt: skip


def page(book: Book, one: Deliberation, as_of: date | None = None) -> Page:
    """The page of a deliberation as it stands on a day."""
    from zaoyuan_cli.book import bodies

    day = as_of or book.today
    names = {key: body.name for key, body in bodies.everyone(book.db).items()}
    said, paid, decided = _opinions(book, one, day), _expenses(book, one, day), _decisions(book, one)
    asked = _canvasses(book, one, day)
    projects, tasks = _projects(book, one, day), _tasks(book, one, day)
    data = row(one) | {
        "passed": one.passed, "satisfied": one.satisfied,
        "path": [_move(move, names) for move in one.moves], "canvasses": asked, "opinions": said, "decisions": decided,
        "projects": projects, "tasks": tasks, "expenses": paid,
    }  # fmt: skip
    pairs = (
        (_("No."), one.deliberation), (_("Proposed by"), data["by"]), (_("Date"), one.date), (_("Topic"), one.topic),
        (_("State"), State(one.state)), (_("Next"), State(data["next"]) if data["next"] else None),
    )  # fmt: skip
    way = [{"step": "proposed", "date": one.date, "by": data["by"], "note": one.text}, *data["path"]]
    parts: list[Part] = [
        Heading(f"{one.text.splitlines()[0]}  {one.deliberation}"),
        Pairs(tuple(pair for pair in pairs if pair[1])),
        Heading(_("The way"), 2), Table(WAY, [_shown(step) for step in way]),
        *_details(one),
    ]  # fmt: skip
    parts += [Heading(_("Opinions"), 2)] if said or asked else []
    parts += [Text(_canvass(each)) for each in asked]
    parts += [Table(OPINIONS, said)] if said else []
    parts += [Heading(_("Decisions"), 2)] if decided else []
    parts += [Text(f"{each['decision']}  {each['date']}  {each['text']}") for each in decided]
    parts += [Text(_project(each)) for each in projects]
    parts += [Heading(_("Expenses"), 2), Table(EXPENSES, paid)] if paid else []
    return Page(data, parts)


def _move(move: Move, names: dict[str, str]) -> dict[str, Any]:
    """A step as JSON has it."""
    refs = ("meeting", "motion", "ballot", "decision", "notice", "task", "project")
    return {
        "step": move.step, "date": move.date, "by": move.by or None, "note": move.note or None,
        "bodies": [names.get(body, body) for body in move.bodies], **{ref: getattr(move, ref) or None for ref in refs},
        "passed": move.passed, "satisfied": move.satisfied, "topic": move.topic or None, "expenses": [*move.expenses],
        "views": [*move.views], "minority": move.minority or None, "trials": [*move.trials],
    }  # fmt: skip


def _shown(step: dict[str, Any]) -> dict[str, Any]:
    """A step as the table has it: what it rests on in one column, what came of it in one."""
    refs = [step.get(ref) for ref in ("meeting", "motion", "ballot", "decision", "notice", "task")]
    who = series(filter(None, [*step.get("bodies", ()), step.get("by")]))
    outcome = [_(_OUTCOMES[key][step[key]]) for key in _OUTCOMES if step.get(key) is not None]
    note = " · ".join(filter(None, [*outcome, step.get("topic"), step.get("project"), step.get("note")]))
    return {**step, "by": who, "ref": " ".join(filter(None, refs)), "note": note}


def _details(one: Deliberation) -> list[Part]:
    """What was said and tried at each step, in full."""
    parts: list[Part] = []
    for move in one.moves:
        lines = [
            *move.views,
            *((_("Consensus: {text}").format(text=move.note),) if move.step == "deliberated" and move.note else ()),
            *((_("Minority view: {text}").format(text=move.minority),) if move.minority else ()),
            *(_("Tried: {text}").format(text=text) for text in move.trials),
        ]
        if move.views or move.minority or move.trials:
            parts += [Heading(f"{_(move.step)} {move.date}", 3), *map(Text, lines)]
    if any(move.step == "deliberated" for move in one.moves) and not any(move.ballot for move in one.moves):
        parts.append(Text(_("What a deliberation comes to is no vote of the owners."), "dim"))
    return parts


def _opinions(book: Book, one: Deliberation, day: date) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import deliberations

    return [
        {"opinion": each.number, "date": each.date, "who": " ".join(filter(None, (each.room, each.who))),
         "text": each.text, "state": each.state, "answer": each.answers[-1].text if each.answers else None}
        for each in deliberations.opinions(book.db, one, day)
    ]  # fmt: skip


def _canvasses(book: Book, one: Deliberation, day: date) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import deliberations

    return [
        {"topic": topic, "households": each.households, "met": each.met, "left": each.left, "answers": dict(answers)}
        for topic, (each, answers) in deliberations.asked(book.db, one, day).items()
    ]


def _canvass(each: dict[str, Any]) -> str:
    answers = series(f"{answer} {count}" for answer, count in each["answers"].items())
    said = _("{topic}: {met} of {households} households answered ({answers}).")
    return said.format(topic=each["topic"], met=each["met"], households=each["households"], answers=answers or "-")


def _decisions(book: Book, one: Deliberation) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import decisions

    numbers = dict.fromkeys(move.decision for move in one.moves if move.decision)
    found = [decisions.show(book, number) for number in numbers]
    return [{"decision": each.decision, "date": each.date, "text": each.text} for each in found]


def _projects(book: Book, one: Deliberation, day: date) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import projects

    named = dict.fromkeys(move.project for move in one.moves if move.project)
    return [
        {
            "project": each.name,
            "due": each.due,
            "paid": each.paid,
            "owed": each.owed,
            "spent": each.spent,
            "left": each.left,
        }
        for project in named
        for each in projects.standing(book.db, day, project)
    ]


def _project(each: dict[str, Any]) -> str:
    said = _("{project}: {paid} yuan came in, {spent} were spent, {left} are left.")
    return said.format(project=each["project"], **{key: each[key].yuan() for key in ("paid", "spent", "left")})


def _tasks(book: Book, one: Deliberation, day: date) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import tasks

    given = {move.task for move in one.moves}
    return [
        {"task": each.task, "text": each.text, "by": each.by or None, "due": each.due, "state": each.state}
        for each in tasks.listing(book.db, day)
        if each.task in given
    ]


def _expenses(book: Book, one: Deliberation, day: date) -> list[dict[str, Any]]:
    """What is said to be spent on it, and what its projects spent."""
    from zaoyuan_cli.book import expenses

    numbers = {number for move in one.moves for number in move.expenses}
    projects = {move.project for move in one.moves if move.project}
    return [
        {"expense": each.expense, "date": each.date, "what": each.what, "amount": each.amount, "state": each.state}
        for each in expenses.everyone(book.db, until=day)
        if each.expense in numbers or each.project in projects
    ]
