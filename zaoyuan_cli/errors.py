"""What the program says no with: one exception, and its few kinds.

Each has a `code` (the stable word in JSON) and an `exit_code`; app.py is the one place that turns them into words on
stderr and a number for the shell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar


class Refusal(Exception):
    """What was asked for is not done, and the book is as it was.

    message: one sentence in the user's words, already translated.
    field: the noun looked for (household, account …) or the long name of the option; value: what was typed.
    candidates: what could have been meant, each with at least "key" (what to type) and "label".
    hint: further lines, saying what to do instead, best a command to copy.
    code: given only where the class's own is too general ("fund_short", "period_closed").
    more: further keys of the JSON error (rule, limit).
    """

    code: str = "refused"
    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        value: object = None,
        candidates: Sequence[Mapping[str, Any]] = (),
        hint: str = "",
        code: str = "",
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.value = value
        self.candidates = [dict(candidate) for candidate in candidates]
        self.hint = hint
        self.code = code or type(self).code
        self.more = more


class NotFound(Refusal):
    """Nothing of that name or number."""

    code = "not_found"


class Ambiguous(Refusal):
    """Several things fit; the candidates say which."""

    code = "ambiguous"


class Unreadable(Refusal):
    """A word that is no amount, date, room … ."""

    code = "unreadable"
    exit_code = 2


class NeedsYes(Refusal):
    """A question nobody can answer: no terminal, and no flag that says yes. The hint names the flag."""

    code = "needs_yes"
    exit_code = 2


class WrongUsage(Refusal):
    """An option, command or argument that does not exist, is missing, or is one too many."""

    code = "usage"
    exit_code = 2


class ProblemsFound(Refusal):
    """The report was shown and lists problems; no further message (it may be empty)."""

    code = "problems"
    exit_code = 3


class BookUnreadable(Refusal):
    """The book is missing, locked, damaged, or newer than this program."""

    code = "book"
    exit_code = 4


class FileUnreadable(Refusal):
    """A file that cannot be read or written."""

    code = "file"
    exit_code = 5


class Cancelled(Refusal):
    """A person said no: Ctrl-C, an answer, an empty editor."""

    code = "cancelled"
    exit_code = 130
