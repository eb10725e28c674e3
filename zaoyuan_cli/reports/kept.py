"""A paper that was posted, drawn once more from what was kept of it, with the code that proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Part, Text
from zaoyuan_cli.i18n import N_
from zaoyuan_cli.reports.codes import code
from zaoyuan_cli.reports.notices import issuer, kept_paper
from zaoyuan_cli.reports.public import Public, Wall
from zaoyuan_cli.rules import codes

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.proofs import Paper


def paper(book: Book, one: Paper) -> Public:
    """The paper as it hung. What was private then is not on it; what has no ground any more is masked (R-82)."""
    from zaoyuan_cli.book import proofs

    document, _sound = proofs.document(book, one)
    data: dict[str, Any] = {
        "paper": one.item, "notice": one.number, "about": one.about or None, "date": one.date, "until": one.until,
        "code": codes.grouped(one.code), "program": one.program or None,
    }  # fmt: skip
    wall = Wall(book, one.date)
    said = N_("Whoever holds this paper can have the book prove it: bring it to {body}.")
    below = [
        code("notice", one.number, data["code"], book.lang), Text(wall.say(said, body=issuer(wall)), "dim"),
        *_down(wall, one),
    ]  # fmt: skip
    return kept_paper(wall, data, document, below)


def _down(wall: Wall, paper: Paper) -> list[Part]:
    """What is said below a paper that was taken down."""
    from zaoyuan_cli.book import notices

    one = notices.one(wall.book, paper.number)
    if not one.withdrawn:
        return []
    said = N_("Taken down on {day}: {reason}")
    return [Text(wall.say(said, day=one.withdrawn, reason=one.reason), "bad")]
