"""Whether the books can be trusted: what `check` says, first of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.document import Part, Text
from zaoyuan_cli.i18n import _
from zaoyuan_cli.reports.briefing import Section, Span

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

SHOWN = 8
"""Problems on the page, which has other things to tell; the JSON has all of them."""


def section(book: Book, span: Span) -> Section:
    """`check` in one line, or the problems it names, the chain's first."""
    from zaoyuan_cli.book import checking, journal

    problems = [problem.row() for problem in checking.problems(book)]
    if not problems:
        sound = _("√ The books are sound: {steps} steps, chain and sums checked.").format(steps=journal.count(book.db))
        said: list[Part] = [Text(sound, "good")]
    else:
        wrong = _("× Something is wrong with the books ({count}), so trust no figure below: {command}")
        said = [Text(wrong.format(count=len(problems), command="zaoyuan check"), "bad")]
        said += [Text(f"  {problem['where']}  {problem['message']}", "bad") for problem in problems[:SHOWN]]
        if more := problems[SHOWN:]:
            said.append(Text(_("{count} more: {command}").format(count=len(more), command="zaoyuan check"), "bad"))
    return Section({"books": {"ok": not problems, "problems": problems}}, said)
