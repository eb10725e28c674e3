"""What the Tab key offers: commands and options, and the rooms and names of the book.

A shell waits for this on every Tab: the book is only peeked at, and whatever goes wrong offers nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

import typer

from zaoyuan_cli.commands import Group
from zaoyuan_cli.commands.words import read
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import _

Offer = list[tuple[str, str]]


class _Meant(str):
    """A room offered for pinyin or a name: Typer drops what does not start with the letters typed."""

    __slots__ = ()

    def startswith(self, *_prefix: Any) -> bool:
        return True


def complete(root: Group, program: str) -> NoReturn:
    """Answer the shell, which has put the line into the environment."""
    from typer.completion import completion_init  # type: ignore[attr-defined]

    completion_init()
    rooted: Any = root
    make_context = rooted.make_context

    def with_desk(info_name: str, args: list[str], parent: Any = None, **extra: Any) -> Any:
        line = read(args, root)
        return make_context(info_name, line.words, parent, obj=Desk(line.given), **extra)

    rooted.make_context = with_desk
    with suppress(Exception):
        root.main([], prog_name=program, standalone_mode=False)
    raise SystemExit(0)


def _from_book(kind: str) -> Callable[[typer.Context, str], Offer]:
    def offer(ctx: typer.Context, incomplete: str) -> Offer:
        desk: Desk = ctx.find_root().obj
        from zaoyuan_cli.book.peek import peek

        return [(_Meant(word), label) for word, label in peek(desk.path, kind, incomplete)]

    return offer


who = _from_book("who")
spaces = _from_book("space")
projects = _from_book("project")
funds = _from_book("fund")
accounts = _from_book("account")
bodies = _from_book("body")
bylaws = _from_book("bylaw")
meetings = _from_book("meeting")
tasks = _from_book("task")
receipts = _from_book("receipt")
decisions = _from_book("decision")
motions = _from_book("motion")
deliberations = _from_book("deliberation")
notices = _from_book("notice")
units = _from_book("unit")
grids = _from_book("grid")


def rules(ctx: typer.Context, incomplete: str) -> Offer:
    """The rules, by any part of a name, each with what it is."""
    from zaoyuan_cli.rules.meanings import MEANINGS

    return [(_Meant(name), _(about)) for name, about in MEANINGS.items() if incomplete in name]


def methods(ctx: typer.Context, incomplete: str) -> Offer:
    """The ways to pay."""
    words = {"cash": "现金", "wechat": "微信", "alipay": "支付宝", "bank": "银行"}
    return [
        (_Meant(code if code.startswith(incomplete) else word), word)
        for code, word in words.items()
        if code.startswith(incomplete) or word.startswith(incomplete)
    ]
