"""What a scanner types from the square on a ballot paper: BA2022-1/12."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zaoyuan_cli.errors import NotFound, Refusal, Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import normal

if TYPE_CHECKING:
    from zaoyuan_cli.book.ballots import Ballot
    from zaoyuan_cli.book.rolls import Voter
    from zaoyuan_cli.desk import Desk

_SQUARE = re.compile(r"(B[A-Z]?(?:[0-9]{4}-)?[0-9]+)[/、]#?([0-9]+)", re.IGNORECASE)  # an input method makes 、 of /


def paper(desk: Desk, vote: Ballot, text: str) -> int:
    """The serial number of the paper of a vote whose square was scanned, 0 for what is no square. Refusal: it is a
    paper of another vote."""
    from zaoyuan_cli.book import ballots

    found = _SQUARE.fullmatch(normal(text.strip()))
    if not found:
        return 0
    of = ballots.pick(desk.book, found[1])
    if of.ballot != vote.ballot:
        raise Refusal(
            _("This is paper {n} of {other}, {text}; slips of {ballot} are being taken.").format(
                n=found[2], other=of.ballot, text=of.text, ballot=vote.ballot
            ),
            code="other_ballot", field="paper", value=text,
            hint=_("Put it aside; it is entered with: {command}").format(command=f"zaoyuan ballot run {of.ballot}"),
        )  # fmt: skip
    return int(found[2])


def serial(desk: Desk, vote: Ballot, text: str) -> int:
    """The serial number of a paper, as scanned or as typed (12, #12). Unreadable, Refusal."""
    if number := paper(desk, vote, text):
        return number
    plain = normal(text.strip()).removeprefix("#")
    if not (plain.isascii() and plain.isdecimal()):
        raise Unreadable(_("A paper has a number: {value}").format(value=text), field="paper", value=text)
    return int(plain)


def holder(desk: Desk, vote: Ballot, number: int, text: str) -> Voter:
    """Whose a paper of a vote is. NotFound."""
    from zaoyuan_cli.book import rolls, slips

    id = slips.holder(desk.book.db, vote.ballot, number)
    if not id or (found := rolls.voter(desk.book.db, vote.ballot, id)) is None:
        raise NotFound(
            _("There is no paper {n} of {ballot}.").format(n=number, ballot=vote.ballot), field="paper", value=text
        )
    return found
