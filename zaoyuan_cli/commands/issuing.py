"""Papers of a vote as they go out and come back, and written proxies: `ballot issue`, `return`, `proxy`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import asking, completing, polling, scanning
from zaoyuan_cli.commands.options import Day, Note, Unit, Until, Who, day, last_day, one_of
from zaoyuan_cli.commands.polling import Ballot, Received
from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.ballots import Ballot as Vote
    from zaoyuan_cli.book.rolls import Voter
    from zaoyuan_cli.desk import Desk

Whom = Annotated[
    list[str],
    Argument(
        metavar=N_("WHO"), help=N_("Rooms or names; if none, all who have no paper yet."), show_default=False,
        autocompletion=completing.who,
    ),
]  # fmt: skip
Via = Annotated[
    str,
    Option(
        "--via", metavar=N_("HOW"), show_default=False,
        help=N_("How it went out: hand (if not said), mail, wechat, posted."),
    ),
]  # fmt: skip
Spoiled = Annotated[bool, Option("--spoiled", help=N_("The paper is spoiled; another may be issued."))]
Holder = Annotated[str, Argument(metavar=N_("NAME"), help=N_("Who may sign for them."))]
VIA = {
    "hand": "hand", "mail": "mail", "wechat": "wechat", "posted": "posted",
    "当面": "hand", "面交": "hand", "邮寄": "mail", "信箱": "mail", "微信": "wechat", "公告": "posted",
    "张贴": "posted",
}  # fmt: skip


def issue(
    ctx: Context, ballot: Ballot, who: Whom = [], unit: Unit = "", via: Via = "hand", date: Day = "", note: Note = ""  # noqa: B006
) -> None:  # fmt: skip
    """Note that papers went out: to some, or to all who have none yet, of a unit or of all. Posted ones reach nobody.

    Whose mailed paper did not arrive gets it by notice: --via posted, with the room.

    Example: zaoyuan ballot issue BA2022-1 --unit 3-2 --via 当面
    """
    from zaoyuan_cli.book import ballots, issuing

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot, running=True)
    chosen, had = _named(desk, vote, who) if who else _without(desk, vote, unit)
    how = one_of(via, VIA, "via")
    papers, more = issuing.issue(desk.book, vote, chosen, how, day(desk, date), note, skip=len(chosen) > 1)
    had += len(more)
    data = {"ballot": vote.ballot, "issued": len(papers), "papers": papers, **({"had": had} if had else {})}
    said = _("{count} papers of {ballot} issued: {first} to {last}")
    line = "√ " + said.format(count=len(papers), ballot=vote.ballot, first=min(papers), last=max(papers))
    desk.show(Done(data, [line + (" · " + _had(had) if had else "")]))


def _had(count: int) -> str:
    return _("had theirs: {count}").format(count=count)


def _named(desk: Desk, vote: Vote, who: list[str]) -> tuple[list[Voter], int]:
    """(the voters meant by rooms and names, nobody left out)."""
    if len(who) == 1 and (polling.is_paper(who[0]) or scanning.paper(desk, vote, who[0])):
        return [polling.voter(desk, vote, who[0])], 0
    from zaoyuan_cli.book import casting

    rooms = asking.households(desk, ",".join(who))
    return list(dict.fromkeys(casting.voter_of(desk.book, vote, room) for room in rooms)), 0


def _without(desk: Desk, vote: Vote, unit: str) -> tuple[list[Voter], int]:
    """(the voters who have no paper yet, of a unit or all, after a yes; how many have theirs). Refusal: none is left,
    NotFound: there is no such voter, NeedsYes."""
    from zaoyuan_cli.book import papers, rolls
    from zaoyuan_cli.rules.rooms import parse_unit, unit_of

    within = parse_unit(unit) if unit else ""
    there = [
        one for one in rolls.roll(desk.book.db, vote.ballot) if not within or unit_of(one.rooms[0]) == within
    ]  # fmt: skip
    if not there:
        raise NotFound(_("No voter of {ballot} is there.").format(ballot=vote.ballot), field="unit", value=unit)
    has = papers.with_paper(desk.book.db, vote.ballot)
    chosen = [one for one in there if one.voter not in has]
    if lost := [one for one in there if has.get(one.voter)]:
        said = _("Spoiled, and no other issued: {rooms}. Another one: {command}")
        command = f"zaoyuan ballot issue {vote.ballot} {lost[0].rooms[0]}"
        desk.warn(said.format(rooms=" ".join(one.rooms[0] for one in lost), command=command))
    had = len(there) - len(chosen)
    if not chosen:
        raise Refusal(_("All {count} have their papers.").format(count=had), field="household")
    question = _("Issue {count} papers of {ballot}?").format(count=len(chosen), ballot=vote.ballot)
    desk.confirm(f"{_had(had)}\n{question}" if had else question)
    return chosen, had


def return_(
    ctx: Context, ballot: Ballot, who: Who, spoiled: Spoiled = False, received: Received = "", note: Note = ""
) -> None:
    """Note that a paper came back, its slip to be entered later; or that it is spoiled, and takes no slip any more.

    Example: zaoyuan ballot return BA2022-1 3-2-501
    """
    from zaoyuan_cli.book import ballots, issuing

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot, running=True)
    one, number = polling.of_paper(desk, vote, who)
    on = day(desk, received, "received")
    paper, issued = issuing.take_back(desk.book, vote, one, on, spoiled, note, number)
    state = "spoiled" if spoiled else "returned"
    data = {
        "ballot": vote.ballot, "paper": paper, "doors": list(one.rooms), "state": state, "issued_with_it": not issued,
    }  # fmt: skip
    line = f"√ {vote.ballot} {paper} · {' '.join(one.rooms)} · {_(state)}"
    line += "" if issued else f" · {polling.issued_with(paper)}"
    hint = _("Another one: {command}").format(command=f"zaoyuan ballot issue {vote.ballot} {one.rooms[0]}")
    desk.show(Done(data, [line], hint if spoiled else ""))


def proxy(
    ctx: Context, ballot: Ballot, who: Who, holder: Holder, until: Until = "", date: Day = "", note: Note = ""
) -> None:  # fmt: skip
    """Put a written proxy on file: who may sign for a voter, until when.

    Example: zaoyuan ballot proxy BA2022-1 3-2-501 李强 --until 2022-06-20
    """
    from zaoyuan_cli.book import ballots, issuing

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot, running=True)
    one = polling.voter(desk, vote, who)
    last = last_day(desk, until, "until")
    on = day(desk, date)
    issuing.file_proxy(desk.book, vote, one, holder, on, last, note)
    data = {
        "ballot": vote.ballot, "doors": list(one.rooms), "holder": holder, "date": on, "until": last or vote.until,
    }  # fmt: skip
    said = _("{holder} may sign for {rooms} until {day}.").format(
        holder=holder, rooms=" ".join(one.rooms), day=last or vote.until
    )
    desk.show(Done(data, ["√ " + said]))
