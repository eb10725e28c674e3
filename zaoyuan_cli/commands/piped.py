"""A list on standard input instead of a person: its lines, and what is said of those that are wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

from typer import Option

from zaoyuan_cli.errors import ProblemsFound, Refusal, WrongUsage
from zaoyuan_cli.i18n import N_, _

SkipBad = Annotated[bool, Option("--skip-bad", help=N_("Of a list, take the good lines and name the others."))]


def lines(form: str) -> list[tuple[int, list[str]]]:
    """The lines of standard input that are not empty, with their numbers, in cells. WrongUsage: a person sits there;
    `form` says what a line is."""
    if sys.stdin is None or sys.stdin.isatty():
        raise WrongUsage(_("There is nobody to ask, and no list on standard input."), field="input", hint=form)
    from zaoyuan_cli.exchange import delimited

    raw = getattr(sys.stdin, "buffer", None)
    text = delimited.decoded(raw.read(), _("the list")) if raw else sys.stdin.read()
    found = enumerate(text.lstrip("\ufeff").splitlines(), 1)
    return [(n, _cells(line)) for n, line in found if line.strip()]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in (line.split("\t") if "\t" in line else line.split())]


def problem(line: int, cells: Sequence[str], refusal: Refusal) -> dict[str, Any]:
    """What is wrong with a line."""
    return {"line": line, "value": "\t".join(cells), "message": refusal.message}


def none_taken(problems: Sequence[object], taken: Sequence[object]) -> None:
    """After a list was shown of which no line could be taken. ProblemsFound, with nothing more to say."""
    if problems and not taken:
        raise ProblemsFound("")


def refused(problems: Sequence[dict[str, Any]], count: int) -> Refusal:
    """The refusal of a list, every bad line named."""
    listed = [_("line {line}: {message}").format(**problem) for problem in problems]
    return ProblemsFound(
        _("{wrong} of {count} lines cannot be taken in, so nothing was.").format(wrong=len(problems), count=count),
        field="input",
        hint="\n".join((*listed, _("Mend them, or take in the others with {flag}.").format(flag="--skip-bad"))),
        problems=list(problems),
    )
