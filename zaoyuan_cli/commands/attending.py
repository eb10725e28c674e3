"""Who was at a meeting: `meeting attend`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Context, Option

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.commands.options import Meeting, Whos
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book import meetings
    from zaoyuan_cli.book.people import Person
    from zaoyuan_cli.desk import Desk

Late = Annotated[str, Option("--late", metavar=N_("TIME"), help=N_("They came late, at: 19:30."))]
Left = Annotated[str, Option("--left", metavar=N_("TIME"), help=N_("They went before the end, at: 20:40."))]
For = Annotated[
    str,
    Option(
        "--for", metavar=N_("WHO"), help=N_("The owner they stand for, at an assembly."), autocompletion=completing.who
    ),
]
Scope = Annotated[
    str, Option("--scope", metavar=N_("TEXT"), help=N_("What the proxy is for: an item, a meeting, everything."))
]
Signed = Annotated[str, Option("--signed", metavar=N_("DATE"), help=N_("The day the proxy was signed."))]
Until = Annotated[str, Option("--until", metavar=N_("DATE"), help=N_("The last day the proxy is good for."))]


def attend(
    ctx: Context, meeting: Meeting, who: Whos, late: Late = "", left: Left = "", stands_for: For = "",
    scope: Scope = "", signed: Signed = "", until: Until = "",
) -> None:  # fmt: skip
    """Note who came to a meeting, and whether they are enough to decide.

    Members of a committee come themselves. At an assembly an owner may send somebody with a written proxy: --for,
    --scope, --signed. Somebody noted again with --late or --left has those times.

    Example: zaoyuan meeting attend MA2022-1 韩梅 --left 20:40
    """
    from zaoyuan_cli.book import attending, meetings
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.rules import clock

    desk: Desk = ctx.obj
    number = meetings.pick(desk.book, meeting)
    if not stands_for and (scope or signed or until):
        raise WrongUsage(_("Whose proxy is it?"), field="for", hint=_("Say it: {flag}").format(
            flag=f"--for {_('WHO')}"))  # fmt: skip
    came = asking.people(desk, who, field="who")
    if stands_for:
        _refuse_half_a_proxy(came, scope, signed)
        owner = asking.person(desk, stands_for, field="for")
        day, last = options.day(desk, signed, "signed"), options.day_or_none(desk, until, "until")
        made = attending.represent(desk.book, number, came[0].person, owner.person, day, scope.strip(), last)
    else:
        times = (clock.read(text, field) if text else "" for text, field in ((late, "late"), (left, "left")))
        made = attending.note(desk.book, number, [one.person for one in came], *times)
    if made.date > desk.today:
        desk.warn(_("The meeting of {day} is still to come.").format(day=made.date))
    _answer(desk, made, came)


def _refuse_half_a_proxy(came: list[Person], scope: str, signed: str) -> None:
    """A proxy is one person's, in writing: it has a scope and a date (R-22)."""
    if len(came) != 1:
        raise WrongUsage(_("A proxy is held by one person."), field="who", value=" ".join(one.name for one in came))
    for field, text in (("scope", scope), ("signed", signed)):
        if not text.strip():
            said = _("A written proxy says what it is for and when it was signed.")
            raise WrongUsage(said, field=field, hint=_("Say it: {flag}").format(
                flag=f"--scope {_('TEXT')} --signed {_('DATE')}"))  # fmt: skip


def _answer(desk: Desk, made: meetings.Meeting, came: list[Person]) -> None:
    from zaoyuan_cli.book import attending, bodies

    there = attending.attendance(desk.book.db, made)
    rule = attending.quorum_rule(desk.book.db, made)
    assembly = bodies.one(desk.book, made.body).kind == "assembly"
    if guests := [one.name for one in came if one.person in there.others and there.members]:
        said = _("no owner: {names}") if assembly else _("no member, noted as a guest: {names}")
        desk.warn(said.format(names="、".join(guests)))
    data: dict[str, Any] = {
        "meeting": made.meeting, "present": len(there.present), "members": len(there.members), "quorum": there.quorum,
        "rule": rule.rule if rule else None, "judged_by": rule.key or None if rule else None,
    }  # fmt: skip
    line = _("√ {meeting}: present {present} of {members}").format(**data)
    if there.quorum is None:
        word = _("no members on record, so no quorum")
    elif there.quorum:
        word = _("quorum")
    elif assembly:
        word = _("no quorum")
    else:
        word = _("no quorum: may talk and record, cannot decide")
    desk.show(Done(data, [f"{line} · {word}"]))
