"""The noun `bylaw`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import File, Limit, Sort, TextWord
from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table, Text
from zaoyuan_cli.errors import Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing, Page

if TYPE_CHECKING:
    from zaoyuan_cli.book.bylaws import Hit
    from zaoyuan_cli.desk import Desk

app = Typer()
Title = Annotated[str, Argument(metavar=N_("TITLE"), help=N_("What the bylaw is called; 《》 may be left out."))]
Bylaw = Annotated[
    str,
    Argument(
        metavar=N_("NAME"), help=N_("The bylaw, or a part of its name that fits one."),
        autocompletion=completing.bylaws,
    ),
]  # fmt: skip
Version = Annotated[int, Option("--version", metavar=N_("N"), help=N_("This version; else the last."))]
COLUMNS = (
    Column("bylaw", N_("Bylaw")),
    Column("version", N_("Version"), "number", 1),
    Column("date", N_("Date"), "date", 2),
    Column("articles", N_("Articles"), "number", 3),
    Column("by", N_("Adopted by"), "state", 3),
    Column("state", N_("State"), "state"),
)
FOUND = (
    Column("bylaw", N_("Bylaw")),
    Column("article", N_("Article")),
    Column("text", N_("Text"), flex=True),
)
RULES = (Column("name", N_("Rule")), Column("value", N_("Value")), Column("article", N_("Article")))


@app.command()
def add(ctx: Context, title: Title, file: File = "") -> None:
    """Enter the text of a bylaw as a draft; with the same title again, its next version.

    A text that has not changed is nothing new. Articles are found by their names: 第四条.

    Example: zaoyuan bylaw add 存车棚管理办法 -f bylaws/存车棚管理办法.md
    """
    from zaoyuan_cli.book import bylaws
    from zaoyuan_cli.exchange import bylaws as papers
    from zaoyuan_cli.exchange import front_matter
    from zaoyuan_cli.rules import articles
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    if not file:
        raise WrongUsage(
            _("The text of the bylaw is wanted."), field="file", hint=f"zaoyuan bylaw add {title} -f {_('FILE')}"
        )
    name = bylaws.title(clean(title, field="title"))
    if not name:
        raise Unreadable(_("The name is empty."), field="title", value=title)
    paper = papers.read(front_matter.read_file(file))
    if paper.head.title and bylaws.title(paper.head.title) != name:
        desk.warn(_("The file calls it “{title}”.").format(title=paper.head.title))
    rules = tuple(bylaws.Rule(one.name, one.value, one.article) for one in paper.head.rule)
    version, new = bylaws.draft(desk.book, name, paper.text, paper.head.by, rules)
    count = articles.count(version.text)
    data = {
        "bylaw": name, "state": version.state, "version": version.version, "date": version.date, "by": version.by,
        "articles": count, "new": new,
    }  # fmt: skip
    said = _("draft, version {version}, {count} articles") if new else _("nothing new: version {version} has this text")
    lines = [f"√ 《{name}》 " + said.format(version=version.version, count=count)]
    desk.show(Done(data, lines, hint=f"zaoyuan bylaw show {name}"))


@app.command("list")
def list_(ctx: Context, sort: Sort = "", limit: Limit = 0) -> None:
    """List the bylaws, each in its last version.

    Example: zaoyuan bylaw list
    """
    from zaoyuan_cli.book import bylaws
    from zaoyuan_cli.rules import articles

    desk: Desk = ctx.obj
    rows = [
        {
            "bylaw": one.bylaw, "version": one.version, "date": one.date, "articles": articles.count(one.text),
            "by": one.by, "state": one.state,
        }
        for one in bylaws.listing(desk.book.db, desk.as_of)
    ]  # fmt: skip
    empty = _("No bylaws yet. To enter one: {command}").format(command=f"zaoyuan bylaw add {_('TITLE')} -f {_('FILE')}")
    totals = {"bylaws": len(rows)}
    desk.show(Listing(arranged(rows, sort, limit), COLUMNS, totals, empty=empty, as_of=desk.as_of))


@app.command()
def show(ctx: Context, bylaw: Bylaw, version: Version = 0) -> None:
    """Show the text of a bylaw.

    Example: zaoyuan bylaw show 存车棚
    """
    from zaoyuan_cli.book import bylaws
    from zaoyuan_cli.rules import articles

    desk: Desk = ctx.obj
    one = bylaws.one(desk.book, bylaw, version, desk.as_of)
    rules = bylaws.rules(desk.book.db, one)
    every = [other.version for other in bylaws.versions(desk.book.db, one.bylaw, desk.as_of)]
    data = {
        "bylaw": one.bylaw, "version": one.version, "state": one.state, "date": one.date, "by": one.by,
        "versions": every, "rules": [rule._asdict() for rule in rules],
        "articles": [article._asdict() for article in articles.split(one.text)], "text": one.text,
    }  # fmt: skip
    record = (
        (_("Version"), _("{version} of {last}").format(version=one.version, last=every[-1])),
        (_("State"), State(one.state)),
        (_("Date"), one.date),
        (_("Adopted by"), State(one.by)),
    )
    parts: list[Part] = [Heading(one.bylaw), Pairs(record)]
    parts += [Table(RULES, [rule._asdict() for rule in rules], title=_("Rules it would set"))] if rules else []
    desk.show(Page(data, [*parts, Text(one.text)]))


@app.command()
def search(ctx: Context, text: TextWord, limit: Limit = 0) -> None:
    """Find words in the bylaws; each place is named by its article.

    Example: zaoyuan bylaw search 充电
    """
    from zaoyuan_cli.book import bylaws

    desk: Desk = ctx.obj
    rows = [
        {"bylaw": hit.bylaw, "version": hit.version, "article": hit.article or None, "text": _words(hit)}
        for hit in bylaws.search(desk.book.db, text, desk.as_of)
    ]
    empty = _("No bylaw says “{text}”.").format(text=text)
    totals = {"hits": len(rows)}
    desk.show(Listing(arranged(rows, limit=limit), FOUND, totals, empty=empty, as_of=desk.as_of))


def _words(hit: Hit) -> str:
    """The words around a place, without what the article's column says already, nor the marks of a heading."""
    return hit.context.removeprefix(hit.article).lstrip("# \u3000")
