"""Papers for the wall (公示): one file a paper, each with `draw(wall, about)`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Heading, Part
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


def issuer(wall: Wall) -> Said:
    """The body that acts for the owners on the paper's day: the committee, else the provisional one, else what the
    estate is called."""
    from zaoyuan_cli.book import bodies

    acting = [one for one in bodies.everyone(wall.book.db, wall.day).values() if one.state(wall.day) == "active"]
    for kind in ("committee", "provisional"):
        if of_kind := [one for one in acting if one.kind == kind]:
            return wall.text(of_kind[-1].name)
    return wall.text(wall.book.name)
