"""Text as people type it and as a screen may show it.

Two foldings: `normal` for words that are rooms, amounts, dates, numbers and option names (input methods leave
full-width digits and long dashes in them); `clean` for names, notes and reasons, which stay as typed.
"""

from __future__ import annotations

import re  # patterns here and in the rules are compiled by re when first used: start-up is short
import unicodedata

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _

_DASHES = "‐‑‒–—―−⁃➖﹘﹣－ー─"
_TO_DASH = str.maketrans(dict.fromkeys(_DASHES, "-"))
_BETWEEN = f"(?<=[0-9A-Za-z])[{_DASHES}]+|[{_DASHES}]+(?=[0-9A-Za-z])"
_LEADING = f"^[-{_DASHES}]+"

_HIDDEN = (
    "\x00-\x1f\x7f-\x9f"  # C0 with ESC, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi marks, embeddings, overrides, isolates
    "\u2028\u2029"  # line and paragraph separator
    "\ufeff\ud800-\udfff"  # byte order mark; halves of a pair, which no file can hold
)
_FORBIDDEN = f"[{_HIDDEN}]"
_FORBIDDEN_IN_LINES = f"(?![\n\t])[{_HIDDEN}]"


def nfc(text: str) -> str:
    """The text in the one composed form in which the book stores it."""
    return unicodedata.normalize("NFC", text)


def normal(text: str) -> str:
    """A room, amount, date, number or option name as a keyboard without an input method would type it.

    NFKC (１００ → 100, ： → :); every dash beside a letter or digit, and every leading one, becomes "-"; ends stripped.
    """
    text = re.sub(_LEADING, _ascii_dashes, text.strip())
    text = re.sub(_BETWEEN, _ascii_dashes, unicodedata.normalize("NFKC", text))
    return text.strip()


def _ascii_dashes(match: re.Match[str]) -> str:
    return match.group().translate(_TO_DASH)


def clean(text: str, *, field: str | None = None, lines: bool = False) -> str:
    """Text to be stored: NFC, and free of what could move a cursor, ring a bell or turn a line round.

    lines: newline and tab are allowed (minutes, bylaws, letters), and CR LF becomes newline.
    Raises Unreadable, naming the first character refused, and for the number of an identity card.
    """
    text = nfc(text)
    if lines:
        text = text.replace("\r\n", "\n")
    found = re.search(_FORBIDDEN_IN_LINES if lines else _FORBIDDEN, text)
    if found:
        code = f"U+{ord(found.group()):04X}"
        raise Unreadable(
            _("The text holds the invisible character {code}").format(code=code),
            field=field,
            value=safe(text),
            hint=_("Type the text again by hand; characters that steer a screen are not stored."),
        )
    refuse_identity(text, field)
    return text


# region, birthday, three figures, a check: with blanks or dashes between as people write it
_IDENTITY = (
    r"(?<![0-9A-Za-z])[1-9]\d{5}[\s-]?(?:19|20)\d\d[\s-]?(?:0[1-9]|1[0-2])[\s-]?(?:0[1-9]|[12]\d|3[01])[\s-]?\d{3}[\dXx]"
    r"(?![0-9A-Za-z])"
)


def refuse_identity(text: str, field: str | None = None) -> None:
    """Raise Unreadable for a text that holds the number of an identity card: no committee needs it (PIPL 6; R-83)."""
    if re.search(_IDENTITY, unicodedata.normalize("NFKC", text)):
        raise Unreadable(
            _("The text holds the number of an identity card, and such numbers are never kept."),
            field=field,
            hint=_("Leave it out; a name and a room are enough."),
        )


def safe(text: str, *, lines: bool = False) -> str:
    """Text to be shown: control, escape and direction characters become U+FFFD; lines: newline and tab stay."""
    return re.sub(_FORBIDDEN_IN_LINES if lines else _FORBIDDEN, "\ufffd", text)


_BARE = r"[\w@%+=:,./〔〕（）【】·-]+"


def quoted(text: str) -> str:
    """A text as one word of a command line that people copy: in quotation marks where it has blanks or signs."""
    return text if re.fullmatch(_BARE, text) else "'" + text.replace("'", "'\\''") + "'"
