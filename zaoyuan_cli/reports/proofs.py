"""What `verify` answers: whether a paper is as it was posted, what changed since, or which step was altered."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, Running, State, Table, Text
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import N_, _, speaking
from zaoyuan_cli.reports import Page, notices
from zaoyuan_cli.reports.public import Hanging, Wall
from zaoyuan_cli.reports.stored import lines, packed, unpacked
from zaoyuan_cli.rules import codes, dates, disclosure

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.proofs import Paper
    from zaoyuan_cli.book.receipts import Receipt
    from zaoyuan_cli.document import Document

SHOWN = 20  # lines of what reads otherwise today; JSON has all
SINCE = (
    Column("number", N_("Number"), "number_text"), Column("date", N_("Date"), "date"),
    Column("what", N_("Since then"), "state"), Column("amount", N_("Amount"), "money"),
)  # fmt: skip


class Proof(Page):
    """The answer; `holds` is whether the paper is what the book said and says it was."""

    __slots__ = ("holds",)

    def __init__(self, data: dict[str, Any], parts: list[Part], holds: bool) -> None:
        super().__init__(data, parts)
        self.holds = holds


def title(paper: Paper) -> str:
    """What a posted paper is, in the language of the run."""
    if paper.edition:
        return _("minutes of {meeting}, edition {edition}").format(meeting=paper.number, edition=paper.edition)
    return _(disclosure.name(paper.item))


def proof(book: Book, paper: Paper) -> Proof:
    """Whether a posted paper is as posted: the chains up to it are sound, the paper is what its posting committed to,
    and the same question asked of the book as it was then gives the same paper."""
    from zaoyuan_cli.book import proofs

    data: dict[str, Any] = {
        "paper": paper.number, "title": title(paper), "code": codes.grouped(paper.code), "about": paper.about or None,
        "date": paper.date, "until": paper.until, "place": paper.place or None, "step": paper.step,
        "moment": f"{paper.moment:%Y-%m-%d %H:%M}", "program": paper.program or None,
    }  # fmt: skip
    stored, kept = proofs.document(book, paper)
    step = proofs.altered(book.db, {**paper.heads, paper.step[:1]: int(paper.step[1:])})
    if step or not kept:
        data |= {"verdict": "altered", "altered": step or paper.step}
        return Proof(data, _altered(data), holds=False)
    then = book.at(paper.heads, paper.moment)
    try:
        again = _redrawn(then, paper)
        now = _redrawn(book, paper)
        moved = _moved(book, then, paper)
    finally:
        then.close()
    before = lines(_said(unpacked(stored)))
    verdict = "erased" if not stored else "as_posted" if again is None or lines(again) == before else "redrawn"
    data |= {
        "verdict": verdict, "altered": None,
        "since": [change._asdict() for change in moved],
        "now": _differences(before, now) if stored and now is not None else [],
    }  # fmt: skip
    return Proof(data, _sound(data), holds=True)


def _redrawn(book: Book, paper: Paper) -> Document | None:
    """The same question asked of a book, in the language of the paper; None where it cannot be asked any more."""
    from zaoyuan_cli.book import meetings
    from zaoyuan_cli.reports.notices.minutes import summary

    with speaking(book.lang):
        try:
            if paper.edition:
                return _said(unpacked(packed(summary(book, meetings.one(book, paper.about), paper.date).document())))
            assert paper.until
            wall = Wall(book, paper.date, Hanging(paper.number, paper.date, paper.until, paper.place))
            return _said(unpacked(packed(notices.draw(wall, paper.item, paper.about).document())))
        except (Refusal, LookupError):
            return None


def _said(paper: Document) -> Document:
    return [part for part in paper if not isinstance(part, Running)]


def _moved(book: Book, then: Book, paper: Paper) -> list[Any]:
    """What became of the money a sheet is of."""
    from zaoyuan_cli.book import proofs

    if paper.item != "money":
        return []
    first, last = dates.period(paper.about)
    return proofs.changes(then.db, book.db, first, min(last, paper.date))


def _differences(before: list[str], now: Document) -> list[str]:
    """Lines of the paper that read otherwise today: "- " as posted, "+ " as the same paper would be now."""
    found = list(unified_diff(before, lines(now), lineterm="", n=0))[2:]
    return [f"{line[0]} {line[1:]}" for line in found if line[:1] in "+-"]


def _altered(data: dict[str, Any]) -> list[Part]:
    said = _("The book was altered at step {step}, which was there when this paper was posted, or before it.")
    return [*_head(data), Text(said.format(step=data["altered"]), "bad"),
            Text(_("Every problem: {command}").format(command="zaoyuan check"))]  # fmt: skip


def _head(data: dict[str, Any]) -> list[Part]:
    rows = (
        (_("Title"), data["title"]), (_("About"), data["about"]), (_("Posted"), data["date"]),
        (_("Until"), data["until"]), (_("Place"), data["place"]), (_("Drawn"), data["moment"]),
        (_("Program"), data["program"]), (_("Check code"), data["code"]), (_("Verdict"), State(data["verdict"])),
    )  # fmt: skip
    return [Heading(data["paper"]), Pairs(tuple(row for row in rows if row[1]))]


_SOUND = {
    "as_posted": N_("√ As posted on {date}: the book up to {step} is as it was, and gives the same paper."),
    "redrawn": N_("√ As posted on {date}: the book up to {step} is as it was. This program would set the paper "
                  "otherwise; the one kept is the one that hung."),
    "erased": N_("√ The book up to {step} is as it was when this was posted. The words of the paper were erased."),
}  # fmt: skip


def _sound(data: dict[str, Any]) -> list[Part]:
    parts = [*_head(data), Text(_(_SOUND[data["verdict"]]).format(**data), "good")]
    if data["since"]:
        parts += [Heading(_("Changed since"), 2), Table(SINCE, data["since"])]
    if now := data["now"]:
        shown = "\n".join([*now[:SHOWN], *(["…"] if len(now) > SHOWN else [])])
        parts += [Heading(_("The same paper would say today"), 2), Text(shown)]
    if not (data["since"] or data["now"]) and data["verdict"] != "erased":
        parts.append(Text(_("Nothing on it has changed since.")))
    return parts


def receipt(book: Book, one: Receipt) -> Proof:
    """A receipt whose code is right: what it was issued for, and what became of it since."""
    from zaoyuan_cli.book import proofs
    from zaoyuan_cli.reports.receipt import record

    step, moment = proofs.issuing(book.db, one)
    found = record(book, one)
    broken = proofs.altered(book.db, {step[:1]: int(step[1:])})
    keys = ("receipt", "date", "room", "amount", "project", "fund", "stands", "refunded", "paid")
    data: dict[str, Any] = {key: found[key] for key in keys} | {
        "code": codes.grouped(proofs.receipt_code(book.db, one)), "step": step, "moment": f"{moment:%Y-%m-%d %H:%M}",
        "verdict": "altered" if broken else "as_issued", "altered": broken or None,
    }  # fmt: skip
    rows = (
        (_("Date"), one.date), (_("Received from"), one.room or found["donor"]), (_("Amount"), one.amount),
        (_("For"), found["called"] or found["fund"]), (_("State"), State(one.stands)),
        (_("Refunded"), one.refunded or None), (_("Check code"), data["code"]),
        (_("Verdict"), State(data["verdict"])),
    )  # fmt: skip
    said = _("√ The book issued this receipt on {moment} (step {step}), and has not been altered up to then.")
    if broken:
        said = _("The book was altered at step {altered}, at or before this receipt.")
    parts: list[Part] = [
        Heading(one.receipt), Pairs(tuple(row for row in rows if row[1] is not None)),
        Text(said.format(**data), "bad" if broken else "good"),
    ]  # fmt: skip
    return Proof(data, parts, holds=not broken)
