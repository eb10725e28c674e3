"""What the program says no with: one exception, and its few kinds.

Each has a `code` (the stable word in JSON) and an `exit_code`; app.py is the one place that turns them into words on
stderr and a number for the shell. Here are also the words for what the system says of a file.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from zaoyuan_cli.i18n import N_, _

_SYSTEM_SAYS = {
    errno.ENOENT: N_("it or its folder does not exist"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EACCES: N_("you may not do that there"),
    errno.EPERM: N_("you may not do that there"),
    errno.EROFS: N_("it can only be read"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EINVAL: N_("the name is not allowed there"),
    errno.EBUSY: N_("another program uses it"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EIO: N_("the disk or stick does not answer"),
}


def why(error: OSError) -> str:
    """Why the system refused a file, in the language of the run; for what is rare, the system's own short name."""
    code = error.errno or 0
    return _(_SYSTEM_SAYS[code]) if code in _SYSTEM_SAYS else errno.errorcode.get(code, type(error).__name__)


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


class NeedsSomebody(NeedsYes):
    """Somebody has to write or say something, and nobody is there: a yes would not do."""


class WrongUsage(Refusal):
    """An option, command or argument that does not exist, is missing, or is one too many."""

    code = "usage"
    exit_code = 2


class ProblemsFound(Refusal):
    """A check, or a list that was to be taken in, has problems: they were shown (then no message), or are in `more`."""

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
