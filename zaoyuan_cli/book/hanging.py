"""Papers put up and taken down: the verbs of the register of notices (R-71, R-73).

A paper that this program draws is kept as it was, with the heads of all chains it was drawn from: what `verify` proves.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts import NOTHING
from zaoyuan_cli.facts.notices import NoticePosted, NoticeWithdrawn
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.rules import disclosure
from zaoyuan_cli.rules.text import clean

from . import Book, cuts, meetings, planning, rulings
from .notices import SHOWN, Notice, Signers, one


class Posting(NamedTuple):
    """A paper to be put up: what it shows, its title, where and from when to when it hangs (until None: as long as the
    rule asks), the period or the number of what it is about; who put it up and saw it hang (ids); photos as (bytes,
    kind). `replaces` is the number of one taken down, that it stands for."""

    item: str
    title: str
    place: str
    on: date
    until: date | None = None
    period: str = ""
    about: str = ""
    by: str = ""
    witness: str = ""
    signers: Signers = Signers()
    photos: Sequence[tuple[bytes, str]] = ()
    replaces: str = ""


class Drawing(NamedTuple):
    """What draws a paper: the version of the program, and a function of the paper's number, its first and last day and
    its place, answering with the paper as it is to be kept."""

    program: str
    draw: Callable[[str, date, date, str], str]


Heads: TypeAlias = Mapping[str, int]


def post(
    book: Book, posting: Posting, drawing: Drawing | None = None, then: Callable[[str], None] | None = None
) -> str:
    """Record as one step that a paper was put up; of a meeting to come, that its notice is, which hangs until it is
    held. `then` is done with its number before the step is kept, and what it raises leaves nothing behind: a paper that
    cannot be printed does not hang. As `put`."""
    with book.writing("notice post"):
        if posting.item == "meeting" and not posting.until:
            posting = posting._replace(until=max(posting.on, meetings.one(book, posting.about).date))
        number = put(book, posting, drawing)
        if posting.item == "meeting":
            planning.announce(book, posting.about, posting.on, posting.place)
        if then:
            assert book.pending is not None
            book.pending.seal()  # the code of the paper is over this step
            then(number)
        return number


def put(book: Book, posting: Posting, drawing: Drawing | None = None) -> str:
    """Record inside a step being written that a paper was put up; its number. Raises Unreadable for no place; Refusal
    where it comes down before it goes up."""
    place, title = clean(posting.place, field="place").strip(), clean(posting.title, field="title").strip()
    if not place:
        raise Unreadable(
            _("Where does it hang?"), field="place", value=place,
            hint=_("Say it: {option}").format(option=sample("--place TEXT")),
        )  # fmt: skip
    on, ruling = posting.on, rulings.in_force(book.db, SHOWN, posting.on)
    last = posting.until or disclosure.last_shown(on, ruling.value if isinstance(ruling.value, int) else 0)
    if last < on:
        raise Refusal(
            _("{until} is before {day}, when it goes up.").format(until=last, day=on), field="until", value=last
        )
    number = book.number("notice")
    document = drawing.draw(number, on, last, place) if drawing else ""
    heads: Heads = cuts.heads(book.db) if drawing else NOTHING
    book.record(
        NoticePosted(
            number=number, item=posting.item, on=on, until=last, period=posting.period, about=posting.about,
            by=posting.by, witness=posting.witness, **posting.signers._asdict(), judged_by=ruling.key, place=place,
            title=title, attachments=tuple(book.attach(*photo) for photo in posting.photos), heads=heads,
            replaces=posting.replaces, program=drawing.program if drawing else "", document=document,
        )
    )  # fmt: skip
    return number


def withdraw(book: Book, number: str, on: date, reason: str) -> Notice:
    """Record that a paper was taken down, and why. Raises Unreadable without a reason; Refusal where it is down."""
    reason = clean(reason, field="reason").strip()
    if not reason:
        raise Unreadable(_("Why was it taken down? --reason"), field="reason", value=reason)
    with book.writing("notice withdraw"):
        before = one(book, number, on)
        if before.state == "withdrawn":
            raise Refusal(_("{number} was taken down already.").format(number=number), field="notice", value=number)
        if on < before.date:
            said = _("{number} was put up on {day}, which is later than {on}.")
            raise Refusal(said.format(number=number, day=before.date, on=on), field="date", value=on)
        book.record(NoticeWithdrawn(number=number, on=on, reason=reason))
        return one(book, number, on)
