"""Which project, account or decision is meant by what was typed, or by nothing having been typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.errors import Ambiguous

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk


def project(desk: Desk, text: str, room: str = "") -> str:
    """The project of a name or its unique part; without a text the one in use, the one this household still owes, or
    the only one. NotFound, Ambiguous; on a terminal a person picks from several."""
    from zaoyuan_cli.book import projects

    try:
        return projects.pick(desk.book, text) if text else projects.current(desk.book, room)
    except Ambiguous as several:
        if not desk.can_ask:
            raise
        return str(desk.choose(several.message, several.candidates, "project", text)["key"])


def account(desk: Desk, text: str) -> str:
    """The account of a name or a kind; without a text that of the setting default_method, else cash.
    NotFound, Ambiguous."""
    from zaoyuan_cli.book import accounts

    return accounts.pick(desk.book, text or str(desk.settings.get("default_method") or "cash"))


def decision(desk: Desk, text: str) -> str:
    """The number of a decision; "" for no text. NotFound, Ambiguous."""
    if not text:
        return ""
    from zaoyuan_cli.book import decisions

    return decisions.pick(desk.book, text)
