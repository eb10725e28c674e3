"""The paper after a meeting: `meeting sign`, `lock`, `addendum`, `withdraw`, `print`; and the posting of minutes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from typer import Context, Option

from zaoyuan_cli.commands import options
from zaoyuan_cli.commands.options import Day, Meeting, Output, Reason, TextWord, Whos
from zaoyuan_cli.errors import NotFound, WrongUsage
from zaoyuan_cli.i18n import N_, _, sample, series
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.meetings import Meeting as Held
    from zaoyuan_cli.book.signing import Papers
    from zaoyuan_cli.desk import Desk

Override = Annotated[
    str, Option("--override", metavar=N_("TEXT"), help=N_("Why it is done though somebody has not signed."))
]
Summary = Annotated[bool, Option("--summary", help=N_("The page for the wall: in set words, and without names."))]
Edition = Annotated[int, Option("--edition", metavar=N_("N"), help=N_("As it was posted: 1, 2."))]
DryRun = Annotated[bool, Option("--dry-run", help=N_("Say what would be done, and do nothing."))]


def sign(ctx: Context, meeting: Meeting, who: Whos, on: Day = "") -> None:
    """Note who signed the minutes: the members who were there. What is changed afterwards has to be signed again.

    Example: zaoyuan meeting sign MA2022-1 韩梅 王桂兰
    """
    from zaoyuan_cli.book import people, signing
    from zaoyuan_cli.commands import asking

    desk: Desk = ctx.obj
    signers = [one.person for one in asking.people(desk, who, field="who")]
    made, before = signing.sign(desk.book, meeting, signers, options.day(desk, on))
    if before:
        names = series(people.name_of(desk.book.db, one) for one in before)
        desk.warn(_("Signed already: {names}.").format(names=names))
    _answer(desk, made, _("√ {meeting}: signed {signed}"))


def post_minutes(desk: Desk, meeting: Held, day: date, place: str, override: str) -> None:
    """Record that the minutes of a meeting went up, and say whether that was in time (R-37)."""
    from zaoyuan_cli.book import planning, signing

    made = signing.post(desk.book, meeting.meeting, day, place, override, _papers(desk, day))
    until = planning.posting_deadline(desk.book, made)
    if until and day > until.last:
        said = _("Posted on {day}; the last day by law was {last}.")
        desk.warn(said.format(day=day, last=until.last))
    data: dict[str, Any] = {"posted": day, "place": place or None, "posting": until._asdict() if until else None}
    if until:
        data["late"] = day > until.last
    _answer(desk, made, _("√ {meeting}: minutes posted {day}").replace("{day}", str(day)), data)


def _papers(desk: Desk, day: date) -> Papers:
    from zaoyuan_cli.i18n import speaking
    from zaoyuan_cli.reports.notices.minutes import summary
    from zaoyuan_cli.reports.record import record
    from zaoyuan_cli.reports.stored import packed

    def papers(meeting: Held, _edition: int) -> tuple[str, str]:
        with speaking(desk.book.lang):
            drawn = record(desk.book, meeting), summary(desk.book, meeting, day)
            return packed(drawn[0].document()), packed(drawn[1].document())

    return papers


def withdraw(ctx: Context, meeting: Meeting, reason: Reason = "", on: Day = "") -> None:
    """Take the posted minutes down, with a reason: they stay in the book as they were, and can be written anew.

    Example: zaoyuan meeting withdraw MA2022-1 --reason 金额写错
    """
    from zaoyuan_cli.book import signing
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    why = clean(reason, field="reason").strip()
    if not why:
        raise WrongUsage(_("A reason is wanted."), field="reason", hint=_("Say it: {flag}").format(
            flag=f"--reason {_('TEXT')}"))  # fmt: skip
    made, edition = signing.withdraw(desk.book, meeting, why, options.day(desk, on))
    said = _("√ {meeting}: edition {edition} of {day} taken down: {reason}").format(
        meeting=made.meeting, edition=edition.edition, day=edition.date, reason=why
    )
    _answer(desk, made, said, {"reason": why}, _("To write them anew: {command}").format(
        command=f"zaoyuan minutes {made.meeting} --edit"))  # fmt: skip


def lock(ctx: Context, meeting: Meeting, override: Override = "", on: Day = "", dry_run: DryRun = False) -> None:
    """Lock the minutes: they take no change any more, nor do attendance, motions and votes; only addenda.

    Example: zaoyuan meeting lock MA2022-1
    """
    from zaoyuan_cli.book import meetings, signing

    desk: Desk = ctx.obj
    day = options.day(desk, on)
    signing.lock(desk.book, meeting, day, override.strip(), rehearse=True)
    if not dry_run:
        number = meetings.pick(desk.book, meeting)
        desk.confirm(_("The minutes of {meeting} will take no change any more. Go on?").format(meeting=number))
    made = signing.lock(desk.book, meeting, day, override.strip(), rehearse=dry_run)
    _answer(desk, made, _("√ {meeting}: minutes locked") if not dry_run else _("{meeting} would be locked"))


def addendum(ctx: Context, meeting: Meeting, text: TextWord, on: Day = "") -> None:
    """Add something to minutes that are posted or locked. It bears its day, and changes nothing of what stands.

    Example: zaoyuan meeting addendum MA2022-1 台阶坡度改为一比十二
    """
    from zaoyuan_cli.book import signing

    desk: Desk = ctx.obj
    made = signing.add(desk.book, meeting, text, options.day(desk, on))
    _answer(desk, made, _("√ {meeting}: addendum kept"))


def print_(ctx: Context, meeting: Meeting, output: Output = "", summary: Summary = False, edition: Edition = 0) -> None:
    """Draw the minutes as a paper to be signed, or with --summary the page for the wall, in the language of the book.

    The page of minutes that hang is the one that was posted, with the code that proves it (verify).

    Example: zaoyuan meeting print MA2022-1 -o minutes.html

    Example: zaoyuan meeting print MA2022-1 --summary
    """
    from zaoyuan_cli.book import meetings, signings
    from zaoyuan_cli.commands.notices import hang, ready
    from zaoyuan_cli.reports.notices.minutes import summary as on_the_wall
    from zaoyuan_cli.reports.record import record

    desk: Desk = ready(ctx) if summary else ctx.obj
    one = meetings.one(desk.book, meeting)
    try:
        if summary:
            hung = signings.hanging(desk.book.db, one.meeting)
            hang(desk, on_the_wall(desk.book, one, desk.as_of, edition or (hung.edition if hung else 0)), output)
        else:
            desk.show(record(desk.book, one, edition), output)
    except KeyError:
        said = _("{meeting} has no edition {edition}.")
        raise NotFound(said.format(meeting=one.meeting, edition=edition), field="edition", value=str(edition)) from None


def _answer(desk: Desk, meeting: Held, line: str, more: dict[str, Any] | None = None, hint: str = "") -> None:
    from zaoyuan_cli.book import people, signing

    now = signing.standing(desk.book.db, meeting)
    unsigned = [people.name_of(desk.book.db, one) for one in now.unsigned]
    data = {
        "meeting": meeting.meeting, "state": now.stage, "signed": len(now.signed), "unsigned": len(unsigned),
        "edition": now.edition.edition if now.edition else None, "addenda": len(now.addenda),
    }  # fmt: skip
    lines = [line.format(meeting=meeting.meeting, signed=len(now.signed)) if "{" in line else line]
    if unsigned:
        lines.append("  " + _("unsigned: {count} ({names})").format(count=len(unsigned), names=series(unsigned)))
    nexts = {
        "held": f"zaoyuan meeting sign {meeting.meeting} WHO", "signed": f"zaoyuan meeting post {meeting.meeting}",
        "posted": f"zaoyuan meeting lock {meeting.meeting}", "locked": f"zaoyuan meeting print {meeting.meeting}",
    }  # fmt: skip
    command = sample(nexts.get(now.stage, f"zaoyuan meeting show {meeting.meeting}"))
    desk.show(Done(data | (more or {}), lines, hint or _("Next: {command}").format(command=command)))
