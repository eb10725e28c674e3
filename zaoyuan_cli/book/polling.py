"""Polling: a vote is opened with the roll of the day, and closed with a verdict."""

from collections.abc import Sequence
from datetime import date

from zaoyuan_cli.errors import Refusal, Unreadable, WrongUsage
from zaoyuan_cli.facts.ballots import BallotClosed, BallotOpened, BallotVoided
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.rules import ballots as rule
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.text import clean

from . import Book, ballots, cuts, decisions, electorate, rulings, tallies
from .ballots import Ballot

TOOK_PART, SILENT, NOTICE = "vote.took_part", "vote.silent_follow", "assembly.notice_days"


def open_vote(
    book: Book, text: str, matter: int, until: date, posted: date, *, asked: Sequence[str] = (),
    single_reason: str = "", seats: int = 0,
) -> Ballot:  # fmt: skip
    """Open a vote with the roll of now. Raises Unreadable, Refusal."""
    text = said(text, "text")
    questions = tuple(said(one, "question") for one in asked)
    reason = clean(single_reason, field="single-entry").strip()
    if until < book.today:
        raise Unreadable(_("{until} is past.").format(until=until), field="until", value=until)
    if posted > until:
        late = _("The notice would go up on {posted}, after the last day, {until}.")
        raise Unreadable(late.format(posted=posted, until=until), field="posted", value=str(posted))
    with book.writing("ballot open"):
        roll, special = electorate.roll_now(book)
        if not roll:
            raise Refusal(
                _("There is no household to vote."), field="household", hint=sample("zaoyuan import households FILE")
            )
        took_part = rulings.in_force(book.db, TOOK_PART, book.today)
        consent = rulings.in_force(book.db, rule.rule_of(matter), book.today)
        silent = rulings.in_force(book.db, SILENT, book.today)
        number = book.number("ballot")
        book.record(
            BallotOpened(
                number=number, on=book.today, matter=matter, until=until, posted=posted, took_part=str(took_part.value),
                consent=str(consent.value), roll=roll, questions=max(1, len(questions)),
                silent=bool(silent.value), single=bool(reason), seats=seats,
                special=bool(special.ruling.value), spaces=special.counted, apart=special.apart,
                judged_by={one.rule: one.key for one in (took_part, consent, silent, special.ruling)}, text=text,
                asked=questions, single_reason=reason,
            )
        )  # fmt: skip
    return ballots.pick(book, number)


def void(book: Book, ballot: Ballot, reason: str) -> None:
    """A vote was opened wrongly, or is stopped: its number stays. Refusal: it is closed."""
    with book.writing("ballot void"):
        running(book, ballot)
        book.record(BallotVoided(ballot=ballot.ballot, on=book.today, reason=said(reason, "reason")))


def close(book: Book, ballot: Ballot, staff: Sequence[tuple[str, str]] = ()) -> Ballot:
    """Close a vote: its counts are kept, and each question that passed makes a decision of the assembly.
    Refusal: before_deadline while it runs and somebody can still turn it; slips not entered twice, or differing."""
    with book.writing("ballot close"):
        running(book, ballot)
        found = tallies.count(book.db, ballot)
        _refuse_early(book, ballot, found)
        _refuse_unchecked(ballot, found)
        passed, chosen, level = _outcome(ballot, found)
        numbers_ = _decisions(book, passed)
        book.record(
            BallotClosed(
                ballot=ballot.ballot, on=book.today, counts=tuple(map(tallies.eight, found.questions)), passed=passed,
                decisions=numbers_, heads=cuts.heads(book.db), silent=tuple(found.silent or ()),
                papers=tuple(found.papers), elected=chosen, level=level, staff=tuple(staff),
            )
        )  # fmt: skip
        for one, number in zip(found.questions, numbers_, strict=True):
            if number:
                text = one.text if one.text == ballot.text else f"{ballot.text}：{one.text}"
                decisions.of_ballot(book, number, text, _assembly(book), ballot.ballot)
    return ballots.pick(book, ballot.ballot)


def _refuse_early(book: Book, ballot: Ballot, found: tallies.Tally) -> None:
    sure = all(one.settled for one in found.questions) and not (ballot.seats and found.left)  # a rank can still change
    if book.today <= ballot.until and not sure:
        raise Refusal(
            _("It runs until {until}, and those who have not cast can still turn it.").format(until=ballot.until),
            code="before_deadline",
            field="ballot",
            value=ballot.ballot,
            hint=_("The tally: {command}").format(command=f"zaoyuan ballot tally {ballot.ballot}"),
        )


def _outcome(ballot: Ballot, found: tallies.Tally) -> tuple[tuple[bool, ...], tuple[int, ...], tuple[int, ...]]:
    """(whether each question passed; in an election the places of those elected, and of those level across the last
    seat). In an election only the elected have passed."""
    passed = tuple(one.decides.passed for one in found.questions)
    if not ballot.seats:
        return passed, (), ()
    chosen, level = elected(ballot, found)
    return tuple(n in chosen for n in range(len(passed))), chosen, level


def elected(ballot: Ballot, found: tallies.Tally) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The places of the candidates who are elected by the slips so far, and of those level across the last seat."""
    field = [rule.Candidate(str(n), one.slips) for n, one in enumerate(found.questions)]
    names, level = rule.elected(found.roll, field, ballot.law, ballot.seats)
    return tuple(map(int, names)), tuple(map(int, level))


def _decisions(book: Book, passed: Sequence[bool]) -> tuple[str, ...]:
    """The number of the decision of each question that passed, "" for the others; the closing names them, and each
    decision rests on the closing."""
    device, year, n, _sub = numbers.split(book.number("decision"))
    found = []
    for one in passed:
        found.append(numbers.format("decision", device, year, n) if one else "")
        n += bool(one)
    return tuple(found)


def _assembly(book: Book) -> str:
    return str(book.db.execute("SELECT body FROM body WHERE kind = 'assembly' ORDER BY event LIMIT 1").fetchone()[0])


def _refuse_unchecked(ballot: Ballot, found: tallies.Tally) -> None:
    if found.differences:
        doors = " ".join(one.voter.rooms[0] for one in found.differences)
        raise Refusal(
            _("{count} slips were not entered the same twice: {rooms}.").format(
                count=len(found.differences), rooms=doors
            ),
            code="entries_differ",
            field="ballot",
            value=ballot.ballot,
            hint=_("Make it void and enter it anew: {command}").format(
                command=f"zaoyuan ballot void {ballot.ballot} {found.differences[0].voter.rooms[0]} --reason …"
            ),
        )
    if found.unchecked:
        raise Refusal(
            _("{count} slips were entered once only; each is entered twice, by two people.").format(
                count=len(found.unchecked)
            ),
            code="entered_once",
            field="ballot",
            value=ballot.ballot,
            hint=_("The second pass: {command}").format(command=f"zaoyuan ballot run {ballot.ballot} --second"),
        )


def running(book: Book, ballot: Ballot) -> None:
    """Refuse what can only be done while a vote runs."""
    ended = "SELECT EXISTS (SELECT 1 FROM ballot_end WHERE ballot = ?)"
    if book.db.execute(ended, [ballot.ballot]).fetchone()[0]:
        state = ballots.pick(book, ballot.ballot).state
        raise Refusal(
            _("{ballot} is over: {state}.").format(ballot=ballot.ballot, state=_(state)),
            field="ballot",
            value=ballot.ballot,
            hint=_("How it ended: {command}").format(command=f"zaoyuan ballot show {ballot.ballot}"),
        )


def said(text: str, field: str) -> str:
    """A text that may not be empty. Unreadable."""
    text = clean(text, field=field).strip()
    if not text:
        if field == "reason":
            raise WrongUsage(_("Say why, with {option}.").format(option=f"--reason {_('TEXT')}"), field=field)
        raise Unreadable(_("The text is empty."), field=field, value=text)
    return text
