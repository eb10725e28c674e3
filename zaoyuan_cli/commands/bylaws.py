"""The noun `bylaw`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import adopting
from zaoyuan_cli.commands.adopting import Bylaw
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import File, Limit, Sort, TextWord
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book.bylaws import Hit
    from zaoyuan_cli.desk import Desk

app = Typer()
for name, command in adopting.COMMANDS.items():
    app.command(name)(command)
Title = Annotated[str, Argument(metavar=N_("TITLE"), help=N_("What the bylaw is called; 《》 may be left out."))]
Shown = Annotated[
    int, Option("--version", metavar=N_("N"), help=N_("This version; else the one in force that day, or the last."))
]
FOUND = (
    Column("bylaw", N_("Bylaw")),
    Column("article", N_("Article")),
    Column("state", N_("State"), "state", 1),
    Column("text", N_("Text"), flex=True),
)
Every = Annotated[bool, Option("--all", help=N_("Every version, also those that are in force no more."))]


@app.command()
def add(ctx: Context, title: Title, file: File = "") -> None:
    """Enter the text of a bylaw as a draft; with the same title again, its next version.

    A text that has not changed is nothing new. Articles are found by their names: 第四条. A limit in the text counts
    only where the head of the file sets it as a rule; zaoyuan help bylaw-file shows a whole file.

    Example: zaoyuan bylaw add 存车棚管理办法 -f bylaws/存车棚管理办法.md
    """
    from zaoyuan_cli.book import bylaws
    from zaoyuan_cli.exchange import front_matter
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    if not file:
        raise WrongUsage(
            _("The text of the bylaw is wanted."), field="file", hint=f"zaoyuan bylaw add {title} -f {_('FILE')}"
        )
    name = bylaws.title(clean(title, field="title"))
    if not name:
        raise Unreadable(_("The name is empty."), field="title", value=title)
    desk.show(adopting.keep(desk, name, front_matter.read_file(file), "bylaw add"))


@app.command("list")
def list_(ctx: Context, every: Every = False, sort: Sort = "", limit: Limit = 0) -> None:
    """List the bylaws: what is in force, what is adopted for a later day, and newer drafts.

    Example: zaoyuan bylaw list
    """
    from zaoyuan_cli.book import bylaws
    from zaoyuan_cli.reports.bylaws import COLUMNS, row

    desk: Desk = ctx.obj
    day = desk.as_of or desk.today
    rows = [row(one) for one in (bylaws.versions if every else bylaws.listing)(desk.book.db, day)]
    empty = _("No bylaws yet. To enter one: {command}").format(command=f"zaoyuan bylaw add {_('TITLE')} -f {_('FILE')}")
    totals = {"bylaws": len({one["bylaw"] for one in rows})}
    desk.show(arranged(Listing(rows, COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, bylaw: Bylaw, version: Shown = 0) -> None:
    """Show the text of a bylaw: as it is in force that day, with the decision that adopted it and the rules it sets.

    Example: zaoyuan bylaw show 存车棚
    """
    from zaoyuan_cli.book import bylaws
    from zaoyuan_cli.reports.bylaws import page

    desk: Desk = ctx.obj
    day = desk.as_of or desk.today
    desk.show(page(desk.book, bylaws.one(desk.book, bylaw, version, day), day))


@app.command()
def search(ctx: Context, text: TextWord, limit: Limit = 0) -> None:
    """Find words in the bylaws; each place is named by its article.

    Example: zaoyuan bylaw search 充电
    """
    from zaoyuan_cli.book import bylaws

    desk: Desk = ctx.obj
    rows = [
        {
            "bylaw": hit.bylaw,
            "version": hit.version,
            "state": hit.state,
            "article": hit.article or None,
            "text": _words(hit),
        }
        for hit in bylaws.search(desk.book.db, text, desk.as_of or desk.today)
    ]
    empty = _("No bylaw says “{text}”.").format(text=text)
    totals = {"hits": len(rows)}
    desk.show(arranged(Listing(rows, FOUND, totals, empty=empty, as_of=desk.as_of), limit=limit))


def _words(hit: Hit) -> str:
    """The words around a place, without what the article's column says already, nor the marks of a heading."""
    return hit.context.removeprefix(hit.article).lstrip("# \u3000")
