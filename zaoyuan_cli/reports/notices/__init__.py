"""Papers for the wall (公示): one file a paper, each with `draw(wall, about)`, and a head and a foot that all share."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Heading, Pairs, Part, Text
from zaoyuan_cli.i18n import N_

if TYPE_CHECKING:
    from zaoyuan_cli.reports.public import Public, Said, Wall

PAPERS = ("money", "project", "decision", "ballot", "result", "meeting", "bylaw", "roster")
"""What can be drawn; the files here."""


def draw(wall: Wall, paper: str, about: str) -> Public:
    """One of PAPERS on a wall. `about` is the key of what it is about: a period, a project, the number of a decision, a
    vote or a meeting, a bylaw and its version (存车棚管理办法/2), a unit; "" where a paper needs none."""
    made: Public = import_module(f"{__name__}.{paper}").draw(wall, about)
    return made


def kept_paper(wall: Wall, data: dict[str, Any], document: str, more: Sequence[Part] = ()) -> Public:
    """A paper that hung, as it was stored, and more below it; what is private on it and has no ground any more is
    masked now (R-82)."""
    from zaoyuan_cli.reports.public import Public
    from zaoyuan_cli.reports.stored import changed, unpacked

    wall.admit()
    return Public(wall, data, [*changed(unpacked(document), wall.masked), *more])


def head(wall: Wall, title: Said) -> list[Part]:
    """Whose paper it is, and of what."""
    return [Heading(wall.say(N_("{estate}: public notice"), estate=wall.book.name)), Heading(title, 2)]


def foot(wall: Wall) -> list[Part]:
    """Who put it up, of which day, where and until when it hangs, how to object (R-73)."""
    who, hangs = issuer(wall), wall.hangs
    rows: list[tuple[str, object]] = [(wall.say(N_("Issued by")), who), (wall.say(N_("Day")), wall.day)]
    if hangs:
        shown = wall.say(N_("{since} to {until}"), since=hangs.since, until=hangs.until)
        rows += [
            (wall.say(N_("No.")), hangs.number), (wall.say(N_("Posted")), shown),
            (wall.say(N_("Place")), wall.text(hangs.place)),
        ]  # fmt: skip
        if hangs.replaces:
            rows.append((wall.say(N_("Replaces")), _replaced(wall, hangs.replaces)))
    return [Pairs(tuple(rows)), Text(_objecting(wall, who), "dim")]


def _replaced(wall: Wall, number: str) -> Said:
    """The paper that was taken down, when and why."""
    from zaoyuan_cli.book import notices

    before = notices.one(wall.book, number, wall.day)
    said = N_("{number} of {day}, taken down on {down}: {reason}")
    return wall.say(said, number=number, day=before.date, down=before.withdrawn, reason=before.reason)


def _objecting(wall: Wall, who: Said) -> Said:
    """Whom to tell of a mistake; and within how many days it is answered, where a bylaw says so."""
    from zaoyuan_cli.book import rulings

    number = wall.hangs.number if wall.hangs else ""
    days = rulings.count(wall.book.db, "objection.days", wall.day)
    if days is None:
        said = N_("Something is wrong here? Tell {body}, naming {number}.") if number else N_(
            "Something is wrong here? Tell {body}.")  # fmt: skip
        return wall.say(said, body=who, number=number)
    said = N_("Something is wrong here? Tell {body}; it is answered within {days} days.")
    return wall.say(said, body=who, days=days)


def issuer(wall: Wall) -> Said:
    """The body that acts for the owners on the paper's day: the committee, else the provisional one, else what the
    estate is called."""
    from zaoyuan_cli.book import bodies

    acting = [one for one in bodies.everyone(wall.book.db, wall.day).values() if one.state(wall.day) == "active"]
    for kind in ("committee", "provisional"):
        if of_kind := [one for one in acting if one.kind == kind]:
            return wall.text(of_kind[-1].name)
    return wall.text(wall.book.name)
