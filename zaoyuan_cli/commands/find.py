"""The command `find`."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from typer import Argument, Context

from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Limit
from zaoyuan_cli.document import Column, Document, Heading, Table, Text
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import N_, _

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

Words = Annotated[
    list[str], Argument(metavar=N_("TEXT"), help=N_("Any part of a word; one Chinese character will do."))
]
NOUNS = {
    "household": N_("Households"), "person": N_("People"), "donor": N_("Donors"), "body": N_("Bodies"),
    "meeting": N_("Meeting"), "decision": N_("Decisions"), "task": N_("Tasks"), "bylaw": N_("Bylaws"),
    "project": N_("Projects"), "contribution": N_("Payments"), "expense": N_("Expenses"),
}  # fmt: skip
COLUMNS = (
    Column("title", N_("Found")),
    Column("context", N_("Where it stands"), priority=1, flex=True),
    Column("show", N_("To see it")),
)


class Found(NamedTuple):
    """What was found, by noun; every row has the command that shows it."""

    rows: Sequence[dict[str, Any]]
    total: int
    text: str

    def data(self) -> dict[str, Any]:
        """The rows; the total counts those that a limit left out."""
        return {"rows": list(self.rows), "totals": {"hits": self.total}}

    def document(self) -> Document:
        """A table a noun."""
        if not self.rows:
            return [Text(_("Nothing holds “{text}”.").format(text=self.text))]
        parts: list[Heading | Table | Text] = []
        for noun, rows in groupby(self.rows, key=lambda row: row["noun"]):
            parts += [Heading(_(NOUNS.get(noun, noun)), 2), Table(COLUMNS, list(rows))]
        if self.total > len(self.rows):
            parts.append(Text(_("{count} more are not shown.").format(count=self.total - len(self.rows)), "dim"))
        return parts


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
    rows = [
        {**hit._asdict(), "show": f"zaoyuan {hit.noun} show {_quoted(hit.ref)}"}
        for hit in searching.find(desk.book, query)
    ]
    desk.show(Found(arranged(rows, limit=limit), len(rows), query))


def _quoted(word: str) -> str:
    return word if re.fullmatch(r"[\w./-]+", word) else shlex.quote(word)
