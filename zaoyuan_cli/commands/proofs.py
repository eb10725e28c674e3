"""`verify`: a code on paper, asked of the book."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NoReturn

from typer import Argument, Context

from zaoyuan_cli.errors import NotFound, ProblemsFound, Refusal, Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.rules import codes

if TYPE_CHECKING:
    from zaoyuan_cli.book.proofs import Paper
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.reports.proofs import Proof

Words = Annotated[
    list[str],
    Argument(
        metavar=N_("CODE"),
        help=N_("The code on a paper; or `notice NO CODE`, `receipt NO CODE`: the number and the code."),
        show_default=False,
    ),
]
KINDS = {"receipt": "receipt", "收据": "receipt", "notice": "notice", "公示": "notice"}
NEAR = 3  # codes that differ in so few places: somebody mistyped


def verify(ctx: Context, words: Words = []) -> None:  # noqa: B006
    """Prove a paper by the code on it: that it is as posted, what changed since, or what was altered.

    Whoever holds the paper may ask. The 26 characters of a posted paper are over all chains of the book as they were;
    the 12 of a receipt over the step that issued it. Small letters, blanks and hyphens do not matter. Exit code 3 where
    a paper does not hold.

    Example: zaoyuan verify notice NA2022-4 CODE

    Example: zaoyuan verify receipt A2022-0012 CODE
    """
    desk: Desk = ctx.obj
    if not words:
        raise WrongUsage(_("Which code? It stands at the foot of the paper."), field="code")
    kind = KINDS.get(words[0].lower(), "")
    if not kind:
        _alone(desk, words)
    elif len(words) < 3:
        said = _("Write the number and the code: {command}")
        raise WrongUsage(said.format(command=f"zaoyuan verify {kind} {_('NO')} {_('CODE')}"), field="code")
    else:
        number, code = _sorted(words[1:])
        (_paper if kind == "notice" else _receipt)(desk, number, code)


def _alone(desk: Desk, words: Sequence[str]) -> None:
    """A code without a word before it: that of a posted paper. Unreadable, WrongUsage."""
    from zaoyuan_cli.rules import numbers

    text = "".join(words)
    if series := numbers.series_of(words[0]):
        kind = "receipt" if series == "receipt" else "notice"
        code = "".join(words[1:]) or _("CODE")
        raise WrongUsage(
            _("Write first what it is: {command}").format(command=f"zaoyuan verify {kind} {words[0]} {code}"),
            field="code", value=text,
        )  # fmt: skip
    if codes.looks(text, codes.RECEIPT):
        command = f"zaoyuan verify receipt {_('NO')} {text}"
        said = _("That is the code of a receipt; its number belongs before it: {command}").format(command=command)
        raise WrongUsage(said, field="code", value=text)
    _paper(desk, "", text)


def _sorted(words: Sequence[str]) -> tuple[str, str]:
    """(the number, the code), in whichever order they were typed."""
    from zaoyuan_cli.rules import numbers

    if not numbers.series_of(words[0]) and numbers.series_of(words[-1]):
        return words[-1], "".join(words[:-1])
    return words[0], "".join(words[1:])


def _paper(desk: Desk, number: str, text: str) -> None:
    """A posted paper by its code, and by its number where that was given."""
    from zaoyuan_cli.book import proofs
    from zaoyuan_cli.reports.proofs import proof

    code = codes.read(text, codes.PAPER)
    every = proofs.posted(desk.book)
    found = [one for one in every if one.code == code]
    if number and found and (wanted := _numbered(desk, every, number)) and found[0] not in wanted:
        said = _("This is the code of {other}, not of {number}.")
        raise ProblemsFound(said.format(other=found[0].number, number=wanted[0].number), field="code", value=text)
    if not found:
        _unknown(desk, _numbered(desk, every, number) if number else every, code, bool(number))
    _answer(desk, proof(desk.book, found[0], sys.stdout.isatty()))


def _numbered(desk: Desk, every: Sequence[Paper], number: str) -> list[Paper]:
    """The papers of a number: a notice, or the editions of a meeting's minutes. NotFound, Unreadable."""
    from zaoyuan_cli.book import meetings, notices
    from zaoyuan_cli.rules import numbers

    of = meetings.pick if numbers.series_of(number) == "meeting" else notices.pick
    wanted = of(desk.book, number)
    found = [one for one in every if one.number == wanted]
    if not found:
        raise NotFound(
            _("{number} was put up without a code: it was not drawn by this program.").format(number=wanted),
            field="notice",
            value=number,
        )
    return found


def _unknown(desk: Desk, every: Sequence[Paper], code: str, numbered: bool) -> NoReturn:
    """Raise what is to be said of a code that no paper has. The right code is never told: it stands on the paper, and
    whoever made one up would have it from here."""
    from zaoyuan_cli.book import proofs

    near = [one for one in every if codes.apart(one.code, code) <= NEAR]
    if near and not numbered:
        said = _("No paper has this code; that of {number} of {day} is nearly the same.")
        raise Unreadable(
            said.format(number=near[0].number, day=near[0].date), field="code", value=codes.grouped(code), hint=_again()
        )
    if numbered:
        paper = every[-1]
        step = proofs.altered(desk.book.db, {**paper.heads, paper.step[:1]: int(paper.step[1:])})
        raise _other(paper.number, code, step)
    raise ProblemsFound(
        _("No paper that was posted from this book has this code."), field="code", value=codes.grouped(code),
        hint=_("With the number on the paper it can be told more: {command}").format(
            command=f"zaoyuan verify notice {_('NO')} {_('CODE')}"),
    )  # fmt: skip


def _receipt(desk: Desk, number: str, text: str) -> None:
    from zaoyuan_cli.book import proofs, receipts
    from zaoyuan_cli.reports.proofs import receipt

    code = codes.read(text, codes.RECEIPT)
    try:
        one = receipts.one(desk.book, receipts.pick(desk.book, number))
    except NotFound as missing:
        raise _later(desk, number) or missing from None
    if proofs.receipt_code(desk.book.db, one) != code:
        if other := proofs.receipt_with(desk.book.db, code):
            said = _("This is the code of {other}, not of {number}.").format(other=other, number=one.receipt)
            raise ProblemsFound(said, field="code", value=codes.grouped(code))
        step, _moment = proofs.issuing(desk.book.db, one)
        raise _other(one.receipt, code, proofs.altered(desk.book.db, {step[:1]: int(step[1:])}))
    _answer(desk, receipt(desk.book, one))


def _answer(desk: Desk, found: Proof) -> None:
    """Show what a code proves. Raises ProblemsFound, with nothing more to say, where the paper does not hold."""
    desk.show(found)
    if not found.holds:
        raise ProblemsFound("")


def _other(number: str, code: str, step: str) -> ProblemsFound:
    """That a code is not that of a paper's number, nor of another; `step` is the one at which the book was altered, ""
    where its chains are sound."""
    hint = _again()
    if step:
        hint += "\n" + _("The book was altered at or before step {step}.").format(step=step)
    said = _("This is not the code of {number} in this book.").format(number=number)
    return ProblemsFound(said, field="code", value=codes.grouped(code), hint=hint)


def _again() -> str:
    return _("Read it once more from the paper; if it was read rightly, the paper is not of this book, or the book was"
             " altered.")  # fmt: skip


def _later(desk: Desk, number: str) -> Refusal | None:
    """What is to be said of a number above the last one that this copy of the book holds."""
    from zaoyuan_cli.book import proofs
    from zaoyuan_cli.rules import numbers

    last = proofs.last_receipt(desk.book.db, number)
    if not last or numbers.parse(number, "receipt").n <= numbers.parse(last, "receipt").n:
        return None
    said = _("The last receipt in this book is {last}: {number} was issued after this copy was made, or not by it.")
    return NotFound(said.format(last=last, number=number), field="receipt", value=number)
