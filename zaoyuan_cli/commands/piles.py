"""A pile of slips entered at once: `ballot run` at the keyboard or from a list, `ballot import` from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from typer import Argument, Context

from zaoyuan_cli.commands import piped, polling
from zaoyuan_cli.commands.options import DryRun, Unit, day
from zaoyuan_cli.commands.polling import Ballot, Received, Second
from zaoyuan_cli.errors import ProblemsFound, Refusal
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.progress import working
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.ballots import Ballot as Vote
    from zaoyuan_cli.book.casting import Cast, Slip
    from zaoyuan_cli.book.rolls import Voter
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.exchange.filled import Filled, Line

Typed = TypeVar("Typed")
Source = Annotated[str, Argument(metavar=N_("FILE"), help=N_("A CSV, XLSX, XLS or ODS file, filled in."))]


def run(
    ctx: Context, ballot: Ballot, second: Second = False, unit: Unit = "", received: Received = "",
    skip_bad: piped.SkipBad = False,
) -> None:  # fmt: skip
    """Enter a pile of slips: a paper's number or a room, a blank, the choice, Enter; every slip is kept at once.

    1 is for, 2 against, 3 abstain, 0 blank, x invalid; of several questions all, as 1 2 1 or 121. Who signed by proxy
    stands after it: 12 1 代李强. u takes the last one back, . ends. In the second pass whatever differs from the first
    is said at once; it is entered by somebody else (--who).

    Without a person at the keyboard a list is read from standard input: paper or room, choice, a tab between them. It
    is one step, all or nothing.

    Example: zaoyuan ballot run BA2022-1 --second --unit 3-2
    """
    from zaoyuan_cli.book import ballots
    from zaoyuan_cli.commands.slips import Pile, Where
    from zaoyuan_cli.rules.rooms import parse_unit

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot, running=True)
    where = Where(desk, vote, parse_unit(unit) if unit else "")
    came = day(desk, received, "received") if received else None
    if not desk.can_ask:
        lines = piped.lines(_form())
        done, problems = _enter(desk, vote, lines, lambda line: where.slip(line[1], came), _cells, second, skip_bad)
        desk.show(_summary(vote, done, second, problems))
        piped.none_taken(problems, done)
        return
    if desk.book.readonly:
        raise desk.book.refusal()
    pile = Pile(desk, vote, where, second, came)
    try:
        pile.run()
    finally:  # also after Ctrl-C: what was typed is kept, and said
        desk.show(_summary(vote, [one.cast for one in pile.done], second))


def _form() -> str:
    return _("A line is: paper number or room, choice, a tab between them.")


def _cells(line: tuple[int, list[str]]) -> tuple[int, Sequence[str]]:
    return line


def import_(
    ctx: Context, ballot: Ballot, file: Source, second: Second = False, dry_run: DryRun = False,
    skip_bad: piped.SkipBad = False,
) -> None:  # fmt: skip
    """Take in slips from a spreadsheet that was filled in: all of it or nothing.

    A line is a voter: 编号 or 房号, 意见 (of several questions a column each, named as the question), and perhaps
    代理人, 收回日期, 备注; or columns 同意 反对 弃权 with a mark in one. Lines without a choice are papers still out.

    Example: zaoyuan ballot import BA2022-1 票.xlsx --dry-run
    """
    from zaoyuan_cli.book import ballots
    from zaoyuan_cli.commands.slips import Where
    from zaoyuan_cli.exchange import filled, spreadsheets

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot, running=True)
    sheet = filled.read(spreadsheets.read(spreadsheets.load(file), file), vote.asked)
    where = Where(desk, vote, "")

    def slip(line: Line) -> Slip:
        came = day(desk, line.received, "received") if line.received else None
        made = where.slip([line.room or f"#{line.paper}", *(choice or "-" for choice in line.choices)], came)
        return made._replace(proxy=line.proxy, note=line.note)

    def cells(line: Line) -> tuple[int, Sequence[str]]:
        return line.line, (line.paper, line.room, *line.choices)

    if not (dry_run or desk.yes):
        good, wrong = _enter(desk, vote, sheet.lines, slip, cells, second, skip_bad=True, rehearse=True)
        if wrong and not skip_bad:
            raise piped.refused(wrong, len(sheet.lines))
        desk.confirm(f"{_said(sheet)}\n{_question(vote, good, wrong)}")
        desk.yes = True
    done, problems = _enter(desk, vote, sheet.lines, slip, cells, second, skip_bad, dry_run)
    answer = _summary(vote, done, second, problems, nothing=dry_run)
    read = {"columns": sheet.columns, "without_choice": len(sheet.empty)}
    desk.show(Done(answer.data() | read, [*([_said(sheet)] if dry_run else ()), *answer.lines], answer.hint))
    if dry_run and problems:
        raise ProblemsFound("")
    piped.none_taken(problems, done)


def _question(vote: Vote, good: Sequence[Cast], wrong: Sequence[dict[str, Any]]) -> str:
    """What is asked before a sheet is taken in."""
    said = [_("Enter {count} slips of {ballot}?").format(count=len(good), ballot=vote.ballot)]
    if unwritten := sum(one.unwritten for one in good):
        said.insert(0, _("Signed by proxy without a letter on file: {count}.").format(count=unwritten))
    if wrong:
        said.insert(0, _("Lines left out: {count}.").format(count=len(wrong)))
    return "\n".join(said)


def _said(sheet: Filled) -> str:
    """What was understood of a sheet."""
    names = {
        "paper": _("Paper No."), "room": _("Room"), "proxy": _("Proxy"), "received": _("Came back"), "note": _("Note"),
    }  # fmt: skip
    taken = series(
        f"{names.get(field) or _('question {n}').format(n=field.removeprefix('question'))} = {heading}"
        for field, heading in sheet.columns.items()
    )
    said = _("Columns: {columns}. Slips: {count}, lines without a choice: {empty}.")
    return said.format(columns=taken, count=len(sheet.lines), empty=len(sheet.empty))


def _enter(
    desk: Desk, vote: Vote, lines: Sequence[Typed], slip: Callable[[Typed], Slip],
    cells: Callable[[Typed], tuple[int, Sequence[str]]], second: bool, skip_bad: bool, rehearse: bool = False,
) -> tuple[list[Cast], list[dict[str, Any]]]:  # fmt: skip
    """Enter the slips of a list as one step: what was entered, and what of which line is wrong. Refusal: something is,
    and --skip-bad was not said; then nothing was."""
    from zaoyuan_cli.book import casting

    done: list[Cast] = []
    problems: list[dict[str, Any]] = []
    of_line: dict[str, int] = {}  # the line that has the slip of a voter
    with desk.book.writing("ballot run", rehearse), working(_("Entering the slips"), len(lines)) as step:
        for line in lines:
            step()
            made = None
            try:
                made = slip(line)._replace(unwritten=desk.yes or rehearse)
                done.append(casting.enter(desk.book, vote, made, second))
                of_line[made.voter.voter] = cells(line)[0]
            except Refusal as refusal:
                problems.append(_problem(desk, *cells(line), refusal, made and made.voter, of_line))
        if problems and not (skip_bad or rehearse):
            raise piped.refused(problems, len(lines))
    if rehearse and skip_bad:  # before the question: all is said when it is done
        return done, problems
    if same := sum(one.alone for one in done):
        desk.warn(polling.alone(desk, same))
    if unwritten := sum(one.unwritten for one in done):
        desk.warn(_("Signed by proxy without a letter on file: {count}.").format(count=unwritten))
    for problem in problems:
        desk.warn(_("line {line} left out: {message}").format(**problem))
    if differing := sum(one.differs for one in done):
        desk.warn(_("Slips that differ from the first pass: {count}.").format(count=differing))
    return done, problems


def _problem(
    desk: Desk, line: int, cells: Sequence[str], refusal: Refusal, voter: Voter | None, of_line: Mapping[str, int]
) -> dict[str, Any]:  # fmt: skip
    """What is wrong with a line; where it is a second door of a voter whom another line has, which line."""
    found = piped.problem(line, cells, refusal)
    if voter is None or voter.voter not in of_line:
        return found
    from zaoyuan_cli.book import people

    said = _("the same voter as line {line}: {rooms} {name}, paper {paper}")
    same, name = of_line[voter.voter], people.name_of(desk.book.db, voter.voter)
    text = said.format(line=same, rooms=" ".join(voter.rooms), name=name, paper=voter.paper)
    return found | {"message": text, "same_as": same}


def _summary(
    vote: Vote, done: Sequence[Cast], second: bool, problems: Sequence[dict[str, Any]] = (), nothing: bool = False
) -> Done:
    """How many slips were entered; before that, which differ from the first pass, and what to do about each."""
    differing = [one for one in done if one.first is not None]
    data = {
        "ballot": vote.ballot, "entry": 2 if second else 1, "entered": 0 if nothing else len(done), "good": len(done),
        "late": sum(one.late for one in done), "unwritten": sum(one.unwritten for one in done),
        "same_person": sum(one.alone for one in done),
        "differences": [
            {"doors": list(one.voter.rooms), "first": list(one.first.choices), "second": list(one.choices),
             "first_proxy": one.first.proxy or None, "second_proxy": one.proxy or None}
            for one in done if one.first
        ],
        "skipped": list(problems),
    }  # fmt: skip
    said = _("{count} slips would be entered; nothing was written.") if nothing else _("{count} slips entered.")
    lines = [*_differences(vote, differing), ("√ " if done and not nothing else "") + said.format(count=len(done))]
    hint = _("The tally: {command}").format(command=f"zaoyuan ballot tally {vote.ballot}")
    return Done(data, lines, hint)


def _differences(vote: Vote, differing: Sequence[Cast]) -> list[str]:
    """What the two passes say otherwise, each with the command that lets it be entered anew after a look at the
    paper."""
    if not differing:
        return []
    said = _("! Slips that differ from the first pass: {count}. Look at each paper, make it void, enter it twice anew:")
    each = _("{rooms}, paper {paper}: first {first}, then {second}.")
    lines = [said.format(count=len(differing))]
    for one in differing:
        rooms, first = " ".join(one.voter.rooms), _first(one)
        second = polling.in_words(one.choices, one.proxy)
        lines.append("  " + each.format(rooms=rooms, paper=one.paper, first=first, second=second))
        lines.append(f"    zaoyuan ballot void {vote.ballot} {one.voter.rooms[0]} --reason …")
    return lines


def _first(one: Cast) -> str:
    """What the first pass says."""
    return polling.in_words(one.first.choices, one.first.proxy) if one.first else ""
