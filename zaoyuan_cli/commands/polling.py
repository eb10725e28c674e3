"""Papers and slips of a vote: `ballot issue`, `return`, `proxy`, `cast`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands import asking, completing, scanning
from zaoyuan_cli.commands.options import Day, Note, Unit, Until, Who, day, last_day, one_of
from zaoyuan_cli.errors import NotFound, Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.ballots import Ballot as Vote
    from zaoyuan_cli.book.ballots import Voter
    from zaoyuan_cli.book.casting import Cast
    from zaoyuan_cli.desk import Desk

Ballot = Annotated[str, Argument(metavar=N_("NO"), help=N_("The vote's number: BA2022-1, or B1 where one fits."))]
Whom = Annotated[
    str,
    Argument(
        metavar=N_("WHO"), help=N_("Rooms or a name; all, if neither this nor a unit is given."), show_default=False,
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
Choices = Annotated[
    str, Argument(metavar=N_("CHOICE"), help=N_("for, against, abstain, blank, invalid; of several questions all."))
]
Holder = Annotated[str, Argument(metavar=N_("NAME"), help=N_("Who may sign for them."))]
Question = Annotated[int, Option("--question", metavar=N_("N"), help=N_("Only this question; the others are blank."))]
PaperNo = Annotated[int, Option("--paper", metavar=N_("NO"), help=N_("The serial number, if not the voter's own."))]
Proxy = Annotated[str, Option("--proxy", metavar=N_("NAME"), help=N_("Who signed for the voter, by a written proxy."))]
Received = Annotated[str, Option("--received", metavar=N_("DATE"), help=N_("The day it came in; today if not given."))]
Second = Annotated[bool, Option("--second", help=N_("The second pass, by somebody else: it is compared."))]
WORDS = {
    "for": "for", "yes": "for", "y": "for", "1": "for", "赞成": "for", "同意": "for",
    "against": "against", "no": "against", "n": "against", "2": "against", "反对": "against", "不同意": "against",
    "abstain": "abstain", "3": "abstain", "弃权": "abstain", "blank": "", "空白": "", "-": "", "0": "",
    "invalid": "invalid", "x": "invalid", "无效": "invalid", "废票": "invalid",
}  # fmt: skip
VIA = {
    "hand": "hand", "mail": "mail", "wechat": "wechat", "posted": "posted",
    "当面": "hand", "面交": "hand", "邮寄": "mail", "信箱": "mail", "微信": "wechat", "公告": "posted",
    "张贴": "posted",
}  # fmt: skip


def voter(desk: Desk, vote: Vote, who: str) -> Voter:
    """The voter of the frozen roll that is meant, by any of their doors, by name or by the square on their paper.
    NotFound, Ambiguous, Refusal."""
    from zaoyuan_cli.book import ballots, casting, finding, people

    if number := scanning.paper(desk, vote, who):
        return scanning.holder(desk, vote, number, who)
    if not finding.reads_as_room(who) and finding.people(desk.book, who) and not finding.doors(desk.book, who):
        person = asking.person(desk, who)
        for id in people.same(desk.book.db, person.person):
            if found := ballots.voter(desk.book.db, vote.ballot, id):
                return found
        if len(rooms := _doors(desk, vote, person.person)) != 1:
            raise NotFound(
                _("{name} is no voter of {ballot}; name a door.").format(name=person.name, ballot=vote.ballot),
                field="person",
                value=who,
                candidates=[{"key": room, "label": room} for room in rooms],
            )
        who = rooms[0]  # owns it with others: the door has one voter
    return casting.voter_of(desk.book, vote, asking.household(desk, who))


def _doors(desk: Desk, vote: Vote, person: str) -> list[str]:
    """The doors of the roll that a person owns now."""
    from zaoyuan_cli.book import ballots, households

    doors = households.doors_of(desk.book.db, person)
    return [room for room in doors if ballots.voter_at(desk.book.db, vote.ballot, room)]


def issue(
    ctx: Context, ballot: Ballot, who: Whom = "", unit: Unit = "", via: Via = "hand", date: Day = "", note: Note = ""
) -> None:
    """Note that papers went out: to some, to a unit, or to all; posted ones reach nobody.

    Example: zaoyuan ballot issue BA2022-1 --unit 3-2 --via 当面
    """
    from zaoyuan_cli.book import ballots, casting
    from zaoyuan_cli.rules.rooms import unit_of

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot)
    roll = ballots.roll(desk.book.db, vote.ballot)
    if who:
        rooms = asking.households(desk, who)
        chosen = list(dict.fromkeys(casting.voter_of(desk.book, vote, room) for room in rooms))
    else:
        chosen = [one for one in roll if not unit or unit_of(one.rooms[0]) == unit]
        desk.confirm(_("Issue {count} papers of {ballot}?").format(count=len(chosen), ballot=vote.ballot))
    if not chosen:
        raise NotFound(_("No voter of {ballot} is there.").format(ballot=vote.ballot), field="unit", value=unit)
    papers = casting.issue(desk.book, vote, chosen, one_of(via, VIA, "via"), day(desk, date), note)
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
    from zaoyuan_cli.book import ballots, casting

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot)
    one = voter(desk, vote, who)
    paper = casting.take_back(desk.book, vote, one, day(desk, received, "received"), spoiled, note)
    state = "spoiled" if spoiled else "returned"
    data = {"ballot": vote.ballot, "paper": paper, "doors": list(one.rooms), "state": state}
    desk.show(Done(data, [f"√ {vote.ballot} {paper} · {' '.join(one.rooms)} · {_(state)}"]))


def cast(
    ctx: Context, ballot: Ballot, who: Who, choice: Choices, question: Question = 0, paper: PaperNo = 0,
    proxy: Proxy = "", received: Received = "", second: Second = False, note: Note = "",
) -> None:  # fmt: skip
    """Enter a slip, by any door of the voter. Each is entered twice, by two people (--second).

    Example: zaoyuan ballot cast BA2022-1 5-2-501 for

    Example: zaoyuan ballot cast BA2022-1 王桂兰 for,against --second
    """
    from zaoyuan_cli.book import ballots, casting

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot)
    one = voter(desk, vote, who)
    came = day(desk, received, "received") if received else None
    slip = casting.Slip(
        one, tuple(read(vote, choice, question)), came, paper or scanning.paper(desk, vote, who), proxy, note
    )
    done = casting.cast(desk.book, vote, slip, second)
    warn(desk, vote, done)
    lines = [f"√ {vote.ballot}  {shown(done)}"]
    hint = _("The tally: {command}").format(command=f"zaoyuan ballot tally {vote.ballot}")
    desk.show(Done(row(vote, done), lines, hint))


def warn(desk: Desk, vote: Vote, done: Cast) -> None:
    """What is to be looked at of a slip just entered."""
    if done.late:
        desk.warn(_("It came after {until} and does not count.").format(until=vote.until))
    if done.differs:
        desk.warn(_("The first pass says otherwise: {command}").format(command=f"zaoyuan ballot tally {vote.ballot}"))
    for doubt in done.doubts:
        desk.warn(doubt)


def row(vote: Vote, done: Cast) -> dict[str, Any]:
    """A slip as `ballot cast` answers; the choice of several questions is a list, blank is null."""
    from zaoyuan_cli.rules.rooms import Area

    said = [one or None for one in done.choices]
    return {
        "ballot": vote.ballot, "voter": done.voter.voter, "doors": list(done.voter.rooms),
        "area": Area(done.voter.area), "choice": said[0] if len(said) == 1 else said, "paper": done.paper,
        "entry": done.entry, "late": done.late, "differs": done.differs,
    }  # fmt: skip


def shown(done: Cast) -> str:
    """A slip in one line."""
    from zaoyuan_cli.rules.rooms import Area

    return f"{' '.join(done.voter.rooms)} · {Area(done.voter.area)} m² · {in_words(done.choices)}"


def in_words(choices: Sequence[str]) -> str:
    """Choices for eyes."""
    return "、".join(_(one) if one else _("blank") for one in choices)


def proxy(
    ctx: Context, ballot: Ballot, who: Who, holder: Holder, until: Until = "", date: Day = "", note: Note = ""
) -> None:  # fmt: skip
    """Put a written proxy on file: who may sign for a voter, until when.

    Example: zaoyuan ballot proxy BA2022-1 3-2-501 李强 --until 2022-06-20
    """
    from zaoyuan_cli.book import ballots, casting

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot)
    one = voter(desk, vote, who)
    last = last_day(desk, until, "until")
    on = day(desk, date)
    casting.file_proxy(desk.book, vote, one, holder, on, last, note)
    data = {
        "ballot": vote.ballot, "doors": list(one.rooms), "holder": holder, "date": on, "until": last or vote.until,
    }  # fmt: skip
    said = _("{holder} may sign for {rooms} until {day}.").format(
        holder=holder, rooms=" ".join(one.rooms), day=last or vote.until
    )
    desk.show(Done(data, ["√ " + said]))


def read(vote: Vote, text: str, question: int = 0) -> list[str]:
    """The choices of a slip as typed: one a question. Unreadable, WrongUsage."""
    import re

    words = [word for word in re.split("[,\uff0c、/ ]+", text.strip()) if word]
    choices = [one_of(word, WORDS, "choice") for word in words]
    count = len(vote.asked)
    if question:
        refuse_question(vote, question)
        if len(choices) != 1:
            raise WrongUsage(_("One choice for one question."), field="choice", value=text)
        return [choices[0] if n == question else "" for n in range(1, count + 1)]
    if not choices:
        raise Unreadable(_("For, against, or abstain?"), field="choice", value=text)
    return choices


def refuse_question(vote: Vote, question: int) -> None:
    """Refuse the number of a question that is not asked; 0 is none. WrongUsage."""
    count = len(vote.asked)
    if question and not 1 <= question <= count:
        raise WrongUsage(
            _("There is no question {n}; {count} are asked.").format(n=question, count=count), field="question",
            value=question,
        )  # fmt: skip
