"""The command `find`."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context

from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Limit
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

Words = Annotated[
    list[str], Argument(metavar=N_("TEXT"), help=N_("Any part of a word; one Chinese character will do."))
]
COLUMNS = (
    Column("noun", N_("Kind"), "state", 1),
    Column("title", N_("Found")),
    Column("context", N_("Where it stands"), priority=2, flex=True),
    Column("show", N_("To see it")),
)

SHOWN = {"account": "account counts {ref}", "handover": "handover list", "inspection": "inspection list --since {ref}"}
"""How to see what has no page of its own."""


def find(ctx: Context, text: Words, limit: Limit = 0) -> None:
    """Find words anywhere in the book: rooms, names, minutes, decisions, tasks, bylaws, payments, expenses.

    Several words must all stand in the record. A household is found by its owners' names as well.

    Example: zaoyuan find 车棚
    """
    from zaoyuan_cli.book import searching

    desk: Desk = ctx.obj
    query = " ".join(text).strip()
    if not query:
        raise Unreadable(_("What is to be found?"), field="text", value=query)
    rows = [{**hit._asdict(), "show": _shown(hit.noun, _quoted(hit.ref))} for hit in searching.find(desk.book, query)]
    empty = _("Nothing holds “{text}”.").format(text=query)
    desk.show(arranged(Listing(rows, COLUMNS, {"hits": len(rows)}, empty=empty), limit=limit))


def _shown(noun: str, ref: str) -> str:
    """The command that shows a record."""
    return "zaoyuan " + SHOWN.get(noun, noun + " show {ref}").format(ref=ref)


def _quoted(word: str) -> str:
    return word if re.fullmatch(r"[\w./-]+", word) else shlex.quote(word)
