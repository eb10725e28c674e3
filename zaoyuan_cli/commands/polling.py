"""Papers and slips of a vote: `ballot issue`, `return`, `cast`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import asking, completing
from zaoyuan_cli.commands.options import Day, Note, Unit, Who, day, one_of
from zaoyuan_cli.errors import NotFound, Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.ballots import Ballot as Vote
    from zaoyuan_cli.book.ballots import Voter
    from zaoyuan_cli.desk import Desk

Ballot = Annotated[str, Argument(metavar=N_("NO"), help=N_("The vote's number: BA2022-1, or B1 where one fits."))]
Whom = Annotated[
    str,
    Argument(
        metavar=N_("WHO"), help=N_("Rooms or a name; all, if neither this nor a unit is given."), show_default=False,
        autocompletion=completing.who,
    ),
]  # fmt: skip
Via = Annotated[str, Option("--via", metavar=N_("HOW"), help=N_("How it went out: hand, mail, wechat, posted."))]
Spoiled = Annotated[bool, Option("--spoiled", help=N_("The paper is spoiled; another may be issued."))]
Choices = Annotated[str, Argument(metavar=N_("CHOICE"), help=N_("for, against or abstain; of several questions all."))]
Question = Annotated[int, Option("--question", metavar=N_("N"), help=N_("Only this question; the others are blank."))]
PaperNo = Annotated[int, Option("--paper", metavar=N_("NO"), help=N_("The serial number, if not the voter's own."))]
Proxy = Annotated[str, Option("--proxy", metavar=N_("NAME"), help=N_("Who signed for the voter, by a written proxy."))]
Received = Annotated[str, Option("--received", metavar=N_("DATE"), help=N_("The day it came in; today if not given."))]
Second = Annotated[bool, Option("--second", help=N_("The second pass, by somebody else: it is compared."))]
WORDS = {
    "for": "for", "yes": "for", "y": "for", "1": "for", "赞成": "for", "同意": "for",
    "against": "against", "no": "against", "n": "against", "2": "against", "反对": "against", "不同意": "against",
    "abstain": "abstain", "3": "abstain", "弃权": "abstain", "blank": "", "空白": "", "-": "",
}  # fmt: skip
VIA = {
    "hand": "hand", "mail": "mail", "wechat": "wechat", "posted": "posted",
    "当面": "hand", "面交": "hand", "邮寄": "mail", "信箱": "mail", "微信": "wechat", "公告": "posted",
    "张贴": "posted",
}  # fmt: skip


def voter(desk: Desk, vote: Vote, who: str) -> Voter:
    """The voter of the frozen roll that is meant, by any of their doors or by name. NotFound, Ambiguous."""
    from zaoyuan_cli.book import ballots, finding, people, polling

    if not finding.reads_as_room(who):
        person = asking.person(desk, who)
        ids = people.same(desk.book.db, person.person)
        found = [one for one in ballots.roll(desk.book.db, vote.ballot) if one.voter in ids]
        if found:
            return found[0]
        if not finding.households(desk.book, who):
            raise NotFound(
                _("{name} is no voter of {ballot}.").format(name=person.name, ballot=vote.ballot), field="person",
                value=who,
            )  # fmt: skip
    return polling.voter_of(desk.book, vote, asking.household(desk, who))


def issue(
    ctx: Context, ballot: Ballot, who: Whom = "", unit: Unit = "", via: Via = "hand", date: Day = "", note: Note = ""
) -> None:
    """Note that papers went out: to some, to a unit, or to all; posted ones reach nobody.

    Example: zaoyuan ballot issue BA2022-1 --unit 3-2 --via 当面
    """
    from zaoyuan_cli.book import ballots, polling
    from zaoyuan_cli.rules.rooms import unit_of

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot)
    roll = ballots.roll(desk.book.db, vote.ballot)
    if who:
        rooms = asking.households(desk, who)
        chosen = list(dict.fromkeys(polling.voter_of(desk.book, vote, room) for room in rooms))
    else:
        chosen = [one for one in roll if not unit or unit_of(one.rooms[0]) == unit]
        desk.confirm(_("Issue {count} papers of {ballot}?").format(count=len(chosen), ballot=vote.ballot))
    if not chosen:
        raise NotFound(_("No voter of {ballot} is there.").format(ballot=vote.ballot), field="unit", value=unit)
    papers = polling.issue(desk.book, vote, chosen, one_of(via, VIA, "via"), day(desk, date), note)
    data = {"ballot": vote.ballot, "issued": len(papers), "papers": papers}
    said = _("{count} papers of {ballot} issued: {first} to {last}")
    lines = [
        "√ " + said.format(count=len(papers), ballot=vote.ballot, first=min(papers), last=max(papers))
    ]  # fmt: skip
    desk.show(Done(data, lines))


def return_(
    ctx: Context, ballot: Ballot, who: Who, spoiled: Spoiled = False, received: Received = "", note: Note = ""
) -> None:
    """Note that a paper came back, its slip to be entered later; or that it is spoiled.

    Example: zaoyuan ballot return BA2022-1 3-2-501
    """
    from zaoyuan_cli.book import ballots, polling

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot)
    one = voter(desk, vote, who)
    paper = polling.take_back(desk.book, vote, one, day(desk, received, "received"), spoiled, note)
    state = "spoiled" if spoiled else "returned"
    data = {"ballot": vote.ballot, "paper": paper, "doors": list(one.rooms), "state": state}
    desk.show(Done(data, [f"√ {vote.ballot} {paper} · {' '.join(one.rooms)} · {_(state)}"]))


def cast(
    ctx: Context, ballot: Ballot, who: Who, choice: Choices, question: Question = 0, paper: PaperNo = 0,
    proxy: Proxy = "", received: Received = "", second: Second = False, note: Note = "",
) -> None:  # fmt: skip
    """Enter a slip, by any door of the voter. Each is entered twice, by two people (--second).

    Example: zaoyuan ballot cast BA2022-1 3-2-501 for

    Example: zaoyuan ballot cast BA2022-1 王桂兰 for,against --second
    """
    from zaoyuan_cli.book import ballots, polling
    from zaoyuan_cli.rules.rooms import Area

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot)
    one = voter(desk, vote, who)
    choices = read(vote, choice, question)
    done = polling.cast(
        desk.book, vote, one, choices, day(desk, received, "received"), second=second, paper=paper, proxy=proxy,
        note=note,
    )  # fmt: skip
    if done.late:
        desk.warn(_("It came after {until} and does not count.").format(until=vote.until))
    if done.differs:
        desk.warn(_("The first pass says otherwise: {command}").format(command=f"zaoyuan ballot tally {vote.ballot}"))
    said = [one or None for one in choices]
    data = {
        "ballot": vote.ballot, "voter": one.voter, "doors": list(one.rooms), "area": Area(one.area),
        "choice": said[0] if len(said) == 1 else said, "paper": done.paper, "entry": done.entry, "late": done.late,
        "differs": done.differs,
    }  # fmt: skip
    shown = "、".join(_(one) if one else _("blank") for one in choices)
    lines = [f"√ {vote.ballot}  {' '.join(one.rooms)} · {Area(one.area)} m² · {shown}"]
    desk.show(Done(data, lines, _("How it stands: {command}").format(command=f"zaoyuan ballot tally {vote.ballot}")))


def read(vote: Vote, text: str, question: int = 0) -> list[str]:
    """The choices of a slip as typed: one a question. Unreadable, WrongUsage."""
    import re

    words = [word for word in re.split("[,\uff0c、/ ]+", text.strip()) if word]
    choices = [one_of(word, WORDS, "choice") for word in words]
    count = len(vote.asked)
    if question:
        if not 1 <= question <= count or len(choices) != 1:
            raise WrongUsage(
                _("There is no question {n}; {count} are asked.").format(n=question, count=count), field="question",
                value=question,
            )  # fmt: skip
        return [choices[0] if n == question else "" for n in range(1, count + 1)]
    if not choices:
        raise Unreadable(_("For, against, or abstain?"), field="choice", value=text)
    return choices
