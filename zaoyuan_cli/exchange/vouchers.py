"""Vouchers: the photo or scan kept with an expense, free of the place where it was taken."""

from __future__ import annotations

from pathlib import Path

from zaoyuan_cli.errors import FileUnreadable, Refusal
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import photos

from . import streams


def read(name: str) -> tuple[bytes, str]:
    """(bytes, kind) of a voucher's file, of standard input for "-". FileUnreadable, OSError; Refusal: it may tell a
    place that cannot be taken out, or it is empty."""
    data = streams.piped() if name == "-" else Path(name).expanduser().read_bytes()
    kind = photos.kind(data)
    if kind == "place" or not data:
        said = _("{file} may tell where it was taken, and that cannot be taken out.") if data else _("{file} is empty.")
        raise Refusal(
            said.format(file=name), field="file", value=name,
            hint=_("Save it as JPEG or PNG, or make a PDF of it.") if data else "",
        )  # fmt: skip
    try:
        return photos.without_place(data), kind or Path(name).suffix.lstrip(".").lower()
    except ValueError:
        raise FileUnreadable(_("{file} is damaged.").format(file=name), field="file", value=name) from None
