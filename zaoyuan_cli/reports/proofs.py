"""What `verify` answers: whether a paper is as it was posted, what changed since, or which step was altered."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
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

SHOWN = 20  # lines of what reads otherwise today, on a screen; elsewhere all
TODAY = (
    Column("was", N_("As posted"), flex=True), Column("now", N_("Today"), flex=True),
)  # fmt: skip
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


def proof(book: Book, paper: Paper, screen: bool = False) -> Proof:
    """Whether a posted paper is as posted: the chains up to it are sound, the paper is what its posting committed to,
    and the same question asked of the book as it was then gives the same paper. On a screen long lists are cut."""
    from zaoyuan_cli.book import proofs

    data: dict[str, Any] = {
        "paper": paper.number, "title": title(paper), "code": codes.grouped(paper.code), "about": paper.about or None,
        "date": paper.date, "until": paper.until, "place": paper.place or None, "step": paper.step,
        "moment": f"{paper.moment:%Y-%m-%d %H:%M}", "program": paper.program or None, **_standing(book, paper),
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
        "now": _differences(before, lines(now)) if stored and now is not None else [],
        "drawn_today": now is not None,
    }  # fmt: skip
    return Proof(data, _sound(data, SHOWN if screen else 0), holds=True)


def _standing(book: Book, paper: Paper) -> dict[str, Any]:
    """Whether it still hangs; when and why it was taken down, and what replaces it."""
    from zaoyuan_cli.book import notices as kept
    from zaoyuan_cli.book import signings

    if paper.edition:
        editions = {one.edition: one for one in signings.editions(book.db, paper.number)}
        one = editions[paper.edition]
        return {"state": "withdrawn" if one.withdrawn else "posted", "withdrawn": one.withdrawn,
                "reason": one.reason or None, "replaced_by": None}  # fmt: skip
    notice = kept.one(book, paper.number)
    after = [one.notice for one in kept.listing(book.db, book.today) if one.replaces == paper.number]
    return {"state": notice.state, "withdrawn": notice.withdrawn, "reason": notice.reason or None,
            "replaced_by": after[-1] if after else None}  # fmt: skip


def _redrawn(book: Book, paper: Paper) -> Document | None:
    """The same question asked of a book, in the language of the paper; None where it cannot be asked any more."""
    from zaoyuan_cli.book import meetings
    from zaoyuan_cli.reports.notices.minutes import summary

    with speaking(book.lang):
        try:
            if paper.edition:
                return _said(unpacked(packed(summary(book, meetings.one(book, paper.about), paper.date).document())))
            assert paper.until
            hangs = Hanging(paper.number, paper.date, paper.until, paper.place, paper.replaces)
            wall = Wall(book, paper.date, hangs)
            return _said(unpacked(packed(notices.draw(wall, paper.item, paper.about).document())))
        except (Refusal, LookupError, ValueError):  # what it is about was undone, or stands otherwise
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


def _differences(before: list[str], now: list[str]) -> list[dict[str, str | None]]:
    """Lines of the paper that read otherwise today, as posted and as the same paper would be now."""
    found = []
    for what, first, last, begin, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if what != "equal":
            found += list(zip_longest(before[first:last], now[begin:end]))
    return [{"was": was, "now": is_now} for was, is_now in found]


def _altered(data: dict[str, Any]) -> list[Part]:
    said = _("The book was altered at step {step}, which was there when this paper was posted, or before it.")
    return [*_head(data), Text(said.format(step=data["altered"]), "bad"),
            Text(_("Every problem: {command}").format(command="zaoyuan check"))]  # fmt: skip


def _head(data: dict[str, Any]) -> list[Part]:
    rows = (
        (_("Title"), data["title"]), (_("About"), data["about"]), (_("Posted"), data["date"]),
        (_("Until"), data["until"]), (_("Place"), data["place"]), (_("State"), State(data["state"])),
        (_("Taken down"), data["withdrawn"]), (_("Why taken down"), data["reason"]),
        (_("Replaced by"), data["replaced_by"]), (_("Drawn"), data["moment"]),
        (_("Program"), data["program"]), (_("Check code"), data["code"]), (_("Verdict"), State(data["verdict"])),
    )  # fmt: skip
    return [Heading(data["paper"]), Pairs(tuple(row for row in rows if row[1]))]


_SOUND = {
    "as_posted": N_("√ As posted on {date}: the book up to {step} is as it was, and gives the same paper."),
    "redrawn": N_("√ As posted on {date}: the book up to {step} is as it was. This program would set the paper "
                  "otherwise; the one kept is the one that hung."),
    "erased": N_("√ The book up to {step} is as it was when this was posted. The words of the paper were erased."),
}  # fmt: skip


def _sound(data: dict[str, Any], most: int) -> list[Part]:
    parts = [*_head(data), Text(_(_SOUND[data["verdict"]]).format(**data), "good")]
    if data["withdrawn"]:
        said = _("But it hangs no more: it was taken down on {withdrawn}.")
        parts.append(Text(said.format(**data), "warn"))
    if data["since"]:
        parts += [Heading(_("Changed since"), 2), Table(SINCE, data["since"])]
    if now := data["now"]:
        cut = 0 < most < len(now)
        parts += [Heading(_("The same paper would say today"), 2), Table(TODAY, now[:most] if cut else now)]
        if cut:
            parts.append(Text(_("{count} more lines: --json, or -o FILE.").format(count=len(now) - most)))
    if not data["drawn_today"]:
        parts.append(Text(_("It could not be drawn today: what it is about was undone, or stands otherwise."), "warn"))
    elif not (data["since"] or now) and data["verdict"] != "erased":
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
        "verdict": "altered" if broken else "as_issued", "altered": broken or None, "void": found["void"],
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
    if void := found["void"]:
        words = _("But it is void since {date}: {reason}") if void["date"] else _("But it is void: {reason}")
        parts.append(Text(words.format(**void), "warn"))
    return Proof(data, parts, holds=not broken)
