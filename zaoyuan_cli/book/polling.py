"""Polling: a vote is opened with the roll of the day, papers go out and come back, slips are entered, it is closed."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal, Unreadable
from zaoyuan_cli.facts.ballots import (
    BallotClosed,
    BallotOpened,
    BallotVoided,
    PaperIssued,
    PaperReturned,
    SlipCast,
    SlipVoided,
)  # fmt: skip
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import ballots as rule
from zaoyuan_cli.rules.ballots import Choice
from zaoyuan_cli.rules.rooms import order
from zaoyuan_cli.rules.text import clean

from . import Book, ballots, decisions, households, rulings, tallies
from .ballots import Ballot, Voter

TOOK_PART, SILENT, NOTICE = "vote.took_part", "vote.silent_follow", "assembly.notice_days"


def roll_now(book: Book) -> list[tuple[str, str, int]]:
    """The roll as it would be frozen now: each person of the law with their rooms and area, in the order of rooms. A
    door without an owner is a voter of its own, whom nobody can be. Refusal: the area of a door is not known."""
    doors = households.everyone(book.db)
    lacking = [one.room for one in doors.values() if one.area is None]
    if lacking:
        raise Refusal(
            _("{count} households have no area, and a vote is by area too: {rooms}.").format(
                count=len(lacking), rooms=" ".join(lacking[:6]) + (" …" if len(lacking) > 6 else "")
            ),
            field="household",
            value=lacking[0],
            candidates=[{"key": room, "label": doors[room].owner} for room in lacking],
            hint=f"zaoyuan household edit {lacking[0]} --area 88.5",
        )
    found: dict[str, tuple[list[str], int]] = {}
    for one in doors.values():
        rooms, area = found.get(one.voter or one.room, ([], 0))
        found[one.voter or one.room] = ([*rooms, one.room], area + int(one.area or 0))
    return [(voter, " ".join(rooms), area) for voter, (rooms, area) in found.items()]


def open_vote(
    book: Book, text: str, matter: int, until: date, posted: date, *, asked: Sequence[str] = (),
    single_reason: str = "", seats: int = 0,
) -> Ballot:  # fmt: skip
    """Open a vote with the roll of now. Raises Unreadable, Refusal."""
    text = _said(text, "text")
    questions = tuple(_said(one, "question") for one in asked)
    reason = clean(single_reason, field="single-entry").strip()
    if until < book.today:
        raise Unreadable(_("{until} is past.").format(until=until), field="until", value=until)
    with book.writing("ballot open"):
        roll = roll_now(book)
        if not roll:
            raise Refusal(_("There is no household to vote."), field="household", hint="zaoyuan import households FILE")
        took_part = rulings.in_force(book.db, TOOK_PART, book.today)
        consent = rulings.in_force(book.db, rule.rule_of(matter), book.today)
        silent = rulings.in_force(book.db, SILENT, book.today)
        number = book.number("ballot")
        book.record(
            BallotOpened(
                number=number, on=book.today, matter=matter, until=until, posted=posted, took_part=str(took_part.value),
                consent=str(consent.value), roll=tuple(roll), questions=max(1, len(questions)),
                silent=bool(silent.value), single=bool(reason), seats=seats,
                judged_by={one.rule: one.key for one in (took_part, consent, silent)}, text=text, asked=questions,
                single_reason=reason,
            )
        )  # fmt: skip
    return ballots.pick(book, number)


def issue(book: Book, ballot: Ballot, voters: Sequence[Voter], via: str, on: date, note: str = "") -> list[int]:
    """Papers go out, one a voter; a further one for whoever spoiled theirs. The serial numbers. Refusal."""
    _running(ballot)
    with book.writing("ballot issue"):
        papers = _papers_of(book, ballot)
        free = max(
            [*(paper for of in papers.values() for paper, _bad in of), len(ballots.roll(book.db, ballot.ballot))]
        )
        given = []
        for one in voters:
            before = papers.get(one.voter, [])
            if any(not spoiled for _paper, spoiled in before):
                raise Refusal(
                    _("{rooms} have their paper, number {paper}.").format(
                        rooms=" ".join(one.rooms), paper=before[-1][0]
                    ),
                    field="household", value=one.rooms[0],
                )  # fmt: skip
            free += bool(before)
            given.append(free if before else one.paper)
            book.record(PaperIssued(ballot=ballot.ballot, voter=one.voter, paper=given[-1], via=via, on=on, note=note))
    return given


def take_back(
    book: Book, ballot: Ballot, voter: Voter, on: date, spoiled: bool = False, note: str = ""
) -> int:  # fmt: skip
    """A paper came back, its slip not yet entered, or spoiled; its serial number. Refusal."""
    _running(ballot)
    with book.writing("ballot return"):
        paper = _paper(book, ballot, voter)
        book.record(
            PaperReturned(ballot=ballot.ballot, voter=voter.voter, paper=paper, on=on, spoiled=spoiled, note=note)
        )
    return paper


class Cast(NamedTuple):
    """A slip entered: which paper, in which pass, whether it came in time, and whether it differs from the first."""

    voter: Voter
    paper: int
    entry: int
    choices: tuple[str, ...]
    late: bool
    differs: bool


def cast(
    book: Book, ballot: Ballot, voter: Voter, choices: Sequence[Choice | str], received: date, *, second: bool = False,
    paper: int = 0, proxy: str = "", note: str = "",
) -> Cast:  # fmt: skip
    """Enter a slip; without a paper named it is the voter's own. Refusal already_cast: it was entered (R-23); it has as
    many choices as there are questions."""
    _running(ballot)
    if len(choices) != len(ballot.asked):
        raise Unreadable(
            _("{count} questions are asked: say them all, for,against,abstain.").format(count=len(ballot.asked)),
            field="choice",
            value=",".join(choices),
        )
    entry = 2 if second else 1
    with book.writing("ballot cast"):
        turn, known = _entered(book, ballot, voter)
        if entry in known or (second and 1 not in known):
            raise _not_so(ballot, voter, second, known)
        own = paper or _paper(book, ballot, voter)
        book.record(
            SlipCast(
                ballot=ballot.ballot, voter=voter.voter, paper=own, entry=entry, choices=tuple(choices),
                received=received, on=book.today, turn=turn, proxy=clean(proxy, field="proxy").strip(),
                note=clean(note, field="note").strip(),
            )
        )  # fmt: skip
    return Cast(
        voter, own, entry, tuple(choices), received > ballot.until, second and known[1] != tuple(choices)
    )  # fmt: skip


def void_slip(book: Book, ballot: Ballot, voter: Voter, reason: str) -> None:
    """The slip of a voter, both passes, was entered wrongly: it counts no more and can be entered anew. Refusal."""
    _running(ballot)
    with book.writing("ballot void"):
        turn, known = _entered(book, ballot, voter)
        if not known:
            raise Refusal(
                _("No slip of {rooms} was entered.").format(rooms=" ".join(voter.rooms)), field="household",
                value=voter.rooms[0],
            )  # fmt: skip
        book.record(
            SlipVoided(
                ballot=ballot.ballot, voter=voter.voter, turn=turn, on=book.today, reason=_said(reason, "reason")
            )
        )


def void(book: Book, ballot: Ballot, reason: str) -> None:
    """A vote was opened wrongly, or is stopped: its number stays. Refusal: it is closed."""
    _running(ballot)
    with book.writing("ballot void"):
        book.record(BallotVoided(ballot=ballot.ballot, on=book.today, reason=_said(reason, "reason")))


def close(book: Book, ballot: Ballot, witnesses: Sequence[str] = ()) -> Ballot:
    """Close a vote: its counts are kept, and each question that passed makes a decision of the assembly.
    Refusal: before_deadline while it runs and somebody can still turn it; slips not entered twice, or differing."""
    _running(ballot)
    with book.writing("ballot close"):
        found = tallies.tally(book.db, ballot)
        if book.today <= ballot.until and not all(one.settled for one in found.questions):
            raise Refusal(
                _("It runs until {until}, and those who have not cast can still turn it.").format(until=ballot.until),
                code="before_deadline",
                field="ballot",
                value=ballot.ballot,
                hint=_("How it stands: {command}").format(command=f"zaoyuan ballot tally {ballot.ballot}"),
            )
        _refuse_unchecked(ballot, found)
        passed = tuple(one.decides.passed for one in found.questions)
        chosen = _chosen(ballot, found) if ballot.seats else ()
        made = []
        for one, so in zip(found.questions, passed, strict=True):
            text = one.text if one.text == ballot.text else f"{ballot.text}：{one.text}"
            made.append(decisions.make(book, text, _assembly(book), book.today).decision if so else "")
        book.record(
            BallotClosed(
                ballot=ballot.ballot, on=book.today, counts=tuple(_six(one) for one in found.questions), passed=passed,
                decisions=tuple(made), elected=chosen, witnesses=tuple(witnesses),
            )
        )  # fmt: skip
    return ballots.pick(book, ballot.ballot)


def _six(one: tallies.Question) -> tuple[int, ...]:
    return tuple(number for part in one.slips for number in part)


def _chosen(ballot: Ballot, found: tallies.Tally) -> tuple[int, ...]:
    """The places of those elected among the candidates; those level across the last seat are not."""
    field = [rule.Candidate(str(n), one.slips) for n, one in enumerate(found.questions)]
    names, _level = rule.elected(found.roll, field, ballot.law, ballot.seats)
    return tuple(int(name) for name in names)


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
            hint=f"zaoyuan ballot void {ballot.ballot} {found.differences[0].voter.rooms[0]} --reason …",
        )
    if found.unchecked:
        raise Refusal(
            _("{count} slips were entered once only; each is entered twice, by two people.").format(
                count=len(found.unchecked)
            ),
            code="entered_once",
            field="ballot",
            value=ballot.ballot,
            hint=f"zaoyuan ballot run {ballot.ballot} --second",
        )


def voter_of(book: Book, ballot: Ballot, room: str) -> Voter:
    """Whose a door is in the roll of a vote. Raises NotFound for a door the roll does not have."""
    found = ballots.voter_of(ballots.roll(book.db, ballot.ballot), room)
    if found is None:
        raise NotFound(
            _("{room} is not in the roll of {ballot}, which was frozen on {day}.").format(
                room=room, ballot=ballot.ballot, day=ballot.date
            ),
            field="household",
            value=room,
        )
    return found


def _running(ballot: Ballot) -> None:
    if ballot.state != "running":
        raise Refusal(
            _("{ballot} is over: {state}.").format(ballot=ballot.ballot, state=_(ballot.state)), field="ballot",
            value=ballot.ballot,
        )  # fmt: skip


def _entered(book: Book, ballot: Ballot, voter: Voter) -> tuple[int, dict[int, tuple[str, ...]]]:
    """(how many slips of the voter were made void, the choices of each pass that stands)."""
    turn = book.db.execute(
        "SELECT ifnull(max(turn) + 1, 0) FROM slip_void WHERE ballot = ? AND voter = ?", [ballot.ballot, voter.voter]
    ).fetchone()[0]
    rows = book.db.execute(
        "SELECT entry, choices FROM counted_slip WHERE ballot = ? AND voter = ?", [ballot.ballot, voter.voter]
    ).fetchall()
    return turn, {entry: tuple(choices.split(",")) for entry, choices in rows}


def _not_so(ballot: Ballot, voter: Voter, second: bool, known: dict[int, tuple[str, ...]]) -> Refusal:
    rooms = " ".join(voter.rooms)
    if second and 1 not in known:
        return Refusal(
            _("No slip of {rooms} was entered.").format(rooms=rooms), field="household", value=voter.rooms[0]
        )
    return Refusal(
        _("The slip of {rooms} was entered: {choices}.").format(
            rooms=rooms, choices=",".join(_(one) for one in known[2 if second else 1])
        ),
        code="already_cast",
        field="household",
        value=voter.rooms[0],
        hint=_("Entered wrongly: {command}").format(
            command=f"zaoyuan ballot void {ballot.ballot} {voter.rooms[0]} --reason …"
        ),
    )


def _papers_of(book: Book, ballot: Ballot) -> dict[str, list[tuple[int, bool]]]:
    """The papers of each voter that has any: (serial number, whether it is spoiled), in their order."""
    spoiled = {
        paper
        for (paper,) in book.db.execute(
            "SELECT paper FROM ballot_return WHERE ballot = ? AND spoiled", [ballot.ballot]
        ).fetchall()
    }
    found: dict[str, list[tuple[int, bool]]] = {}
    for voter, paper in book.db.execute(
        "SELECT voter, paper FROM ballot_paper WHERE ballot = ? ORDER BY paper", [ballot.ballot]
    ).fetchall():
        found.setdefault(voter, []).append((paper, paper in spoiled))
    return found


def _paper(book: Book, ballot: Ballot, voter: Voter) -> int:
    """The serial number of the paper a voter has, or would have been given."""
    mine = [paper for paper, spoiled in _papers_of(book, ballot).get(voter.voter, []) if not spoiled]
    return mine[-1] if mine else voter.paper


def _said(text: str, field: str) -> str:
    text = clean(text, field=field).strip()
    if not text:
        raise Unreadable(_("The text is empty."), field=field, value=text)
    return text


def by_leader(voters: Sequence[Voter]) -> list[Voter]:
    """Voters in the order of their first doors."""
    return sorted(voters, key=lambda one: order(one.rooms[0]))
