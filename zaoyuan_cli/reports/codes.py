"""The code on a paper as a part of it."""

from __future__ import annotations

from zaoyuan_cli.document import Code
from zaoyuan_cli.i18n import _, speaking


def code(kind: str, number: str, grouped: str, lang: str) -> Code:
    """The code of a paper or receipt, in its groups; its square says the command that proves it."""
    with speaking(lang):
        return Code(_("Check code"), grouped, f"zaoyuan verify {kind} {number} {grouped}")
