"""The papers of a vote on paper: `ballot print`."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from typer import Context, Option

from zaoyuan_cli import render
from zaoyuan_cli.commands.options import Output, Unit
from zaoyuan_cli.commands.polling import Ballot
from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.ballots import Ballot as Vote
    from zaoyuan_cli.book.papers import Paper
    from zaoyuan_cli.desk import Desk

MOST = 2_000
"""Papers in one PDF: setting it takes about 2 MB of memory and 10 ms for each."""
_SPAN = re.compile(r"([0-9]+)[-–~]([0-9]+)")

Papers = Annotated[
    list[str],
    Option(
        "--paper",
        metavar=N_("NO"),
        help=N_("Only the paper of this serial number, or those of 1-500."),
        show_default=False,
    ),
]
Place = Annotated[str, Option("--place", metavar=N_("TEXT"), help=N_("Where papers are handed in; else a blank line."))]
Proxy = Annotated[
    bool, Option("--proxy", help=N_("The form of a written proxy: blank, or for the papers named, with their doors."))
]


def print_(
    ctx: Context, ballot: Ballot, unit: Unit = "", paper: Papers = [], place: Place = "",  # noqa: B006
    proxy: Proxy = False, output: Output = "",
) -> None:  # fmt: skip
    """Print ballot papers with their stubs, one for each voter of the frozen roll: .pdf or .html to print.

    Two on a page of A4, or one where many questions are asked. A paper says doors, areas and questions, and no name.
    Its square is the number that a scanner types into ballot run. In the language of the book.

    Example: zaoyuan ballot print BA2022-1 --unit 3-2 -o ballots.pdf

    Example: zaoyuan ballot print BA2022-1 --proxy -o proxy.html
    """
    from zaoyuan_cli.book import ballots, polling
    from zaoyuan_cli.reports import voting_papers

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot, running=True)
    polling.running(desk.book, vote)
    wanted = _wanted(desk, vote, unit, paper)
    if vote.until < desk.today:
        desk.warn(_("The last day was {day}: a slip that comes in now does not count.").format(day=vote.until))
    if sys.stdout.isatty() and desk.format == "table" and not output:
        desk.show(_listed(vote, wanted, proxy and not (unit or paper)))
        return
    if proxy:
        desk.show(voting_papers.ProxyForms(desk.book, vote, wanted if unit or paper else ()), output)
        return
    file = output if output != "-" else ""
    if (render.format_of(file) if file else desk.format) in ("csv", "tsv", "xlsx"):
        desk.show(voting_papers.listing(desk.book, vote, wanted), output)
        return
    if file and render.format_of(file) == "pdf":
        _refuse_many(vote, wanted)
    desk.show(voting_papers.BallotPapers(desk.book, vote, wanted, place), output)
    if file:
        desk.hint(_("Note that they went out: {command}").format(command=f"zaoyuan ballot issue {vote.ballot}"))


def _refuse_many(vote: Vote, wanted: Sequence[Paper]) -> None:
    """Refuse more papers than one file can be set of in the memory of an office computer."""
    if len(wanted) <= MOST:
        return
    first, last = wanted[0].paper, wanted[MOST - 1].paper
    raise Refusal(
        _("{count} papers are too many for one PDF; {most} go into one.").format(count=len(wanted), most=MOST),
        code="too_many", field="paper", value=len(wanted), limit=MOST,
        hint=_("Part by part: {command}").format(
            command=f"zaoyuan ballot print {vote.ballot} --paper {first}-{last} -o {vote.ballot}-{first}.pdf"
        ),
    )  # fmt: skip


def _listed(vote: Vote, wanted: Sequence[Paper], blank: bool) -> Done:
    """What would be printed, in place of all of it on a screen."""
    file, numbers = f"zaoyuan ballot print {vote.ballot} -o {vote.ballot}.pdf", [one.paper for one in wanted]
    said = _("Papers of {ballot} to print: {count}, No. {first} to {last}. Into a file: {command}")
    if blank:
        said = _("The blank form of a proxy for {ballot}. Into a file: {command}")
        file = f"zaoyuan ballot print {vote.ballot} --proxy -o proxy.pdf"
    line = said.format(
        ballot=vote.ballot, count=len(numbers), first=min(numbers), last=max(numbers), command=file
    )  # fmt: skip
    return Done({"ballot": vote.ballot, "papers": numbers}, [line])


def _wanted(desk: Desk, vote: Vote, unit: str, numbers: list[str]) -> list[Paper]:
    """The papers by number or unit, else all; a spoiled one is none any more. NotFound, Unreadable, Refusal."""
    from zaoyuan_cli.book import papers
    from zaoyuan_cli.rules.rooms import parse_unit, unit_of

    every = {one.paper: one for one in papers.register(desk.book.db, vote.ballot)}
    good = [one for one in every.values() if one.state != papers.SPOILED]
    if unit:
        within = parse_unit(unit)
        good = [one for one in good if any(unit_of(room) == within for room in one.voter.rooms)]
    if numbers:
        named = dict.fromkeys(number for text in numbers for number in _numbers(desk, vote, text, good))
        for number in named:
            if number not in every:
                raise NotFound(
                    _("There is no paper {n} of {ballot}.").format(n=number, ballot=vote.ballot), field="paper",
                    value=number,
                )  # fmt: skip
            if every[number].state == papers.SPOILED:
                room = every[number].voter.rooms[0]
                raise Refusal(
                    _("Paper {n} of {ballot} is spoiled.").format(n=number, ballot=vote.ballot), field="paper",
                    value=number,
                    hint=_("Another one: {command}").format(command=f"zaoyuan ballot issue {vote.ballot} {room}"),
                )  # fmt: skip
        good = [one for one in good if one.paper in named]
    if not good:
        raise NotFound(_("No voter of {ballot} is there.").format(ballot=vote.ballot), field="unit", value=unit)
    return good


def _numbers(desk: Desk, vote: Vote, text: str, good: Sequence[Paper]) -> Sequence[int]:
    """The serial numbers of papers as typed: one, or those of the good ones from a first to a last. Unreadable,
    Refusal."""
    from zaoyuan_cli.commands import scanning

    if span := _SPAN.fullmatch(text.strip()):
        return [one.paper for one in good if int(span[1]) <= one.paper <= int(span[2])]
    return [scanning.serial(desk, vote, text)]
