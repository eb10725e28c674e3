"""Papers for the wall (公示): one file a paper, each a `Public`, with a head and a foot that all have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.document import Heading, Pairs, Part, Text
from zaoyuan_cli.i18n import N_

if TYPE_CHECKING:
    from zaoyuan_cli.reports.public import Said, Wall


def head(wall: Wall, title: Said) -> list[Part]:
    """Whose paper it is, and of what."""
    return [Heading(wall.say(N_("{estate}: public notice"), estate=wall.book.name)), Heading(title, 2)]


def foot(wall: Wall) -> list[Part]:
    """Who put it up, of which day, where to object."""
    who = issuer(wall)
    asked = wall.say(N_("Something is wrong here? Tell {body}."), body=who)
    return [Pairs(((wall.say(N_("Issued by")), who), (wall.say(N_("Day")), wall.day))), Text(asked, "dim")]


def issuer(wall: Wall) -> Said:
    """The body that acts for the owners on the paper's day: the committee, else the provisional one, else what the
    estate is called."""
    from zaoyuan_cli.book import bodies

    acting = [one for one in bodies.everyone(wall.book.db, wall.day).values() if one.state(wall.day) == "active"]
    for kind in ("committee", "provisional"):
        if of_kind := [one for one in acting if one.kind == kind]:
            return wall.text(of_kind[-1].name)
    return wall.text(wall.book.name)
