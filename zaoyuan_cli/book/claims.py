"""Claims: whose the money of an unknown payer turned out to be. One receipt can be claimed in parts, by several."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from . import credits
from .credits import Applied

if TYPE_CHECKING:
    from .receipts import Receipt

Claims = dict[str, list[Applied]]


def standing(db: sqlite3.Connection, receipt: str = "") -> Claims:
    """The claims that count of each receipt claimed at all, or of one."""
    found: Claims = {}
    for one in credits.everyone(db, receipt=receipt):
        if one.receipt and one.state != "void":
            found.setdefault(one.receipt, []).append(one)
    return found


def named(one: Receipt, claims: Claims) -> Receipt:
    """The receipt with the household, fund and project it turned out to be of, where one claimed all that stands."""
    parts = claims.get(one.receipt, ())
    if not parts or sum(part.amount for part in parts) < one.standing:
        return one
    rooms, projects = {part.room for part in parts}, {part.project for part in parts}
    if len(rooms) > 1:
        return one
    if len(projects) > 1:
        return one._replace(room=rooms.pop())
    return one._replace(room=rooms.pop(), project=projects.pop(), fund=parts[0].fund)


def rooms(one: Receipt, claims: Claims) -> set[str]:
    """The doors whose money a receipt is."""
    return {one.room} - {""} | {part.room for part in claims.get(one.receipt, ())}


def projects(one: Receipt, claims: Claims) -> set[str]:
    """The projects its money is for."""
    return {one.project} - {""} | {part.project for part in claims.get(one.receipt, ())}
