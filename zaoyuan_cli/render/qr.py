"""The square that a telephone or a scanner reads: one SVG for the web page and the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

from zaoyuan_cli.i18n import _

_QUIET = 2
"""White around the square, in modules; the paper around it is white as well."""


@lru_cache(8)  # a stub has the square of its ballot
def svg(text: str) -> str:
    """A square that says the text: black on white whatever is around it, and in words to who hears the page."""
    import segno

    file = BytesIO()
    segno.make(text, error="m", micro=False).save(
        file, kind="svg", xmldecl=False, nl=False, border=_QUIET, dark="#000", light="#fff", omitsize=True,
        title=alt(text), svgclass="qr", lineclass=None,
    )  # fmt: skip
    return file.getvalue().decode().replace("<svg ", '<svg role="img" ', 1)


def in_corners(drawn: Sequence[dict[str, Any]]) -> None:
    """Which codes of a slip stand in a corner: what it begins with, above and below where it is cut."""
    for at, one in enumerate(drawn):
        one["corner"] = one["part"] == "code" and (at == 0 or drawn[at - 1].get("style") == "cut")


def alt(text: str) -> str:
    """The square in words."""
    return _("QR code: {text}").format(text=text)
