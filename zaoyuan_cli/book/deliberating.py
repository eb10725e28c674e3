"""Deliberating: a proposal is made, and taken a step further. Every step is one step of the book."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts.deliberations import DeliberationMoved, DeliberationProposed
from zaoyuan_cli.facts.tasks import TaskGiven
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.rules import deliberations as rules
from zaoyuan_cli.rules.text import clean

from . import Book, ballots, deliberations, hanging, households, motions
from .deliberations import Deliberation
from .hanging import Posting

ORDER = "deliberation_order"
_FIRST = {
    "accepted": N_("{number} was not accepted yet."), "deliberated": N_("{number} was not deliberated yet."),
    "voted": N_("{number}: it was not said yet what the vote came to, or why none is asked for."),
    "published": N_("{number} was not published yet."),
}  # fmt: skip


def propose(book: Book, text: str, on: date, by: str = "", room: str = "", topic: str = "") -> Deliberation:
    """Record a proposal of a person (an id) or a household. Raises Unreadable for no text."""
    text, topic = clean(text, field="text", lines=True).strip(), clean(topic, field="topic").strip()
    if not text:
        raise Unreadable(_("The text is empty."), field="text", value=text)
    with book.writing("deliberation propose"):
        if room:
            households.one(book, room)
        number = book.number("deliberation")
        book.record(DeliberationProposed(number=number, on=on, by=by, room=room, topic=topic, text=text))
    return deliberations.one(book, number)


def move(book: Book, number: str, step: str, on: date, by: str, **said: Any) -> Deliberation:
    """Take a proposal a step further. Raises Refusal for a step back, one too early, a day before the last step."""
    with book.writing(f"deliberation {rules.VERBS[step]}"):
        _record(book, check(book, number, step, on), step, on, by, said)
    return deliberations.one(book, number)


def _record(book: Book, one: Deliberation, step: str, on: date, by: str, said: dict[str, Any]) -> None:
    words = {
        field: clean(said.get(field, ""), field=field, lines=True).strip() for field in ("note", "minority", "topic")
    }
    several = {field: _lines(said.get(field, ()), field) for field in ("views", "trials")}
    after = one.moves[-1].name if one.moves else ""
    fixed = {"number": one.deliberation, "step": step, "on": on, "after": after, "by": by}
    book.record(DeliberationMoved(**{**said, **words, **several, **fixed}))


def _lines(texts: Sequence[str], field: str) -> tuple[str, ...]:
    return tuple(filter(None, (clean(text, field=field, lines=True).strip() for text in texts)))


def check(book: Book, number: str, step: str, on: date) -> Deliberation:
    """The proposal, where the step may be taken on that day. Raises Refusal."""
    one = deliberations.one(book, number)
    taken = [made.step for made in one.moves]
    if not one.running:
        said = _("{number} was rejected.") if one.state == rules.REJECTED else _("{number} is closed already.")
        raise _refused(said.format(number=number), number, f"zaoyuan deliberation show {number}")
    if missing := rules.lacking(taken, step):
        command = f"zaoyuan deliberation {rules.VERBS[missing]} {number}"
        raise _refused(_(_FIRST[missing]).format(number=number), number, command)
    if rules.backwards(taken, step):
        said = _("{number} is further already ({state}): it only goes forward.")
        after = rules.following(one.state, one.passed)
        command = f"zaoyuan deliberation {rules.VERBS[after]} {number}"
        raise _refused(said.format(number=number, state=_(one.state)), number, command)
    if on < one.last:
        said = _("{day} is before its last step, of {last}.").format(day=on, last=one.last)
        raise Refusal(said, code=ORDER, field="date", value=on.isoformat())
    return one


def _refused(said: str, number: str, command: str) -> Refusal:
    hint = _("First: {command}").format(command=command)
    return Refusal(said, code=ORDER, field="deliberation", value=number, hint=hint)


def vote(
    book: Book, number: str, on: date, by: str, motion: str = "", ballot: str = "", reason: str = ""
) -> Deliberation:
    """Say what the vote on it came to: of a motion or a ballot (numbers), or why none is asked for. Raises Refusal
    while nobody voted, Unreadable for no reason."""
    if not (motion or ballot) and not reason.strip():
        raise Unreadable(_("Why does no law ask for a vote? --reason"), field="reason", value=reason)
    passed, decision = _motion(book, motion) if motion else _ballot(book, ballot) if ballot else (None, "")
    return move(
        book, number, "voted", on, by, motion=motion, ballot=ballot, passed=passed, decision=decision, note=reason
    )  # fmt: skip


def _motion(book: Book, number: str) -> tuple[bool, str]:
    """Whether a motion passed, and the decision it made."""
    found = motions.one(book, number)
    if found.vote is None:
        command = f"zaoyuan motion vote {number} …"
        raise Refusal(
            _("There was no vote on {motion} yet.").format(motion=number), field="motion", value=number,
            hint=_("Enter it: {command}").format(command=command),
        )  # fmt: skip
    return found.vote.outcome.passed, found.vote.decision


def _ballot(book: Book, number: str) -> tuple[bool, str]:
    """Whether every question of a ballot passed, and its first decision."""
    (found,) = ballots.everyone(book.db, number=number)
    if found.end is None:
        raise Refusal(
            _("The vote {ballot} is not closed yet.").format(ballot=number), field="ballot", value=number,
            hint=_("Close it: {command}").format(command=f"zaoyuan ballot close {number}"),
        )  # fmt: skip
    return all(found.end.passed), next(filter(None, found.end.decisions), "")


def publish(book: Book, number: str, on: date, by: str, place: str, until: date | None = None, note: str = "") -> str:
    """Record that what came of it was put up; the number of the notice."""
    with book.writing("deliberation publish"):
        one = check(book, number, "published", on)
        notice = hanging.put(book, Posting("deliberation", one.text, place, on, until, about=number, by=by))
        _record(book, one, "published", on, by, {"notice": notice, "note": note})
    return notice


def carry(
    book: Book, number: str, on: date, by: str = "", due: date | None = None, *, note: str = "", project: str = "",
    decision: str = "", expenses: Sequence[str] = (), trials: Sequence[str] = (),
) -> Deliberation:  # fmt: skip
    """Record that it is carried out: by somebody (an id), who is given a task until a day; by a project, expenses.
    Raises Refusal where it was voted down."""
    with book.writing("deliberation carry"):
        one = check(book, number, "carried", on)
        if one.passed is False:
            said = _("{number} was voted down: it is published and reviewed, not carried out.")
            raise _refused(said.format(number=number), number, f"zaoyuan deliberation review {number} …")
        task = _task(book, one, on, by, due, note) if by else ""
        _record(book, one, "carried", on, by or book.who, {
            "task": task, "project": project, "decision": decision, "expenses": tuple(expenses), "note": note,
            "trials": trials,
        })  # fmt: skip
    return deliberations.one(book, number)


def _task(book: Book, one: Deliberation, on: date, by: str, due: date | None, note: str) -> str:
    task = book.number("task")
    text = note or one.text
    book.record(TaskGiven(number=task, on=on, by=by, due=due, text=f"{text} ({one.deliberation})"))
    return task
