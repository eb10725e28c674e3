"""`household close`: a door leaves the roll."""

from __future__ import annotations

from typer import Context

from zaoyuan_cli.commands import asking, options
from zaoyuan_cli.commands.options import Day, Reason, Who
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import Cancelled, NeedsYes, WrongUsage
from zaoyuan_cli.i18n import _, series
from zaoyuan_cli.reports import Done


def close(ctx: Context, who: Who, reason: Reason = "", date: Day = "") -> None:
    """Take a household off the roll from a day on: two flats became one, a house was pulled down.

    Nothing is deleted: what it owes and paid stays with it. Of people who then have no door and no office, telephone
    and plate can go; that is asked, and a plain --yes means yes.

    A room that was mistyped is no such household: take back the step that entered it (zaoyuan log, zaoyuan undo STEP)
    and enter it anew.

    Example: zaoyuan household close 5-2-402 --reason 与401打通 -d 5-20
    """
    from zaoyuan_cli.book import erasing, households, occupants, people, registering
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    room, day = asking.household(desk, who), options.day(desk, date)
    if not reason.strip():
        raise WrongUsage(_("Why does it leave the roll? Say it with {flag}.").format(flag="--reason"), field="reason")
    belong = [*households.one(desk.book, room).owners, *(one.person for one in occupants.everyone(desk.book.db, room))]
    with desk.book.writing("household close") as book:
        registering.close(book, room, clean(reason.strip(), field="reason"), day)
    gone = occupants.untied(desk.book, list(dict.fromkeys(belong)))
    names = series([one.name for one in people.everyone(desk.book.db, only=gone).values()])
    erased = list[str]()
    if gone and _agreed(
        desk, _("Erase telephone and plate of {names}, who have no door any more?").format(names=names)
    ):
        for id in gone:
            erasing.erase(desk.book, erasing.plan(desk.book, id, contact=True))
        erased = gone
    lines = [_("√ {room} leaves the roll from {day} on: {reason}").format(room=room, day=day, reason=reason.strip())]
    if erased:
        lines.append(_("Telephone and plate erased: {names}.").format(names=names))
    hint = ""
    if gone and not erased:
        hint = _("Their telephone can go: {command}").format(command=f"zaoyuan person erase {gone[0]} --contact")
    data = {"room": room, "closed": day, "reason": reason.strip(), "untied": gone, "erased": erased}
    desk.show(Done(data, lines, hint))


def _agreed(desk: Desk, question: str) -> bool:
    """Did somebody say yes? Where nobody can, nothing is erased."""
    try:
        desk.confirm(question)
    except (NeedsYes, Cancelled):
        return False
    return True
