"""The noun `notice`: papers for the wall. What is drawn here is a `Public`: no telephone, no owner's name (R-80)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer import Context, Typer

from zaoyuan_cli.commands import postings
from zaoyuan_cli.commands.options import Output, Unit
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing

if TYPE_CHECKING:
    from zaoyuan_cli.reports.public import Public

app = Typer(invoke_without_command=True)
COLUMNS = (Column("paper", N_("Notice")), Column("what", N_("What it shows"), flex=True))
DRAWN = ("roster",)
"""The verbs that draw a paper."""
for verb in (postings.post, postings.show, postings.withdraw):
    app.command()(verb)
app.command("list")(postings.list_)


@app.callback()
def papers(ctx: Context) -> None:
    """What can be drawn."""
    desk: Desk = ctx.obj
    group = ctx.parent.command if ctx.parent else None
    rows = [{"paper": name, "what": _(group.entries[name].help)} for name in DRAWN]  # type: ignore[union-attr]
    desk.show(Listing(rows, COLUMNS, title=_("Papers for the wall: zaoyuan notice PAPER -o FILE")))


@app.command()
def roster(ctx: Context, unit: Unit = "", output: Output = "") -> None:
    """Draw who holds which office, for the wall or the door of a unit.

    Only offices held in public are named, and of the party households those who agreed (person consent). It is in the
    language of the book.

    Example: zaoyuan notice roster

    Example: zaoyuan notice roster --unit 3-2 -o 3-2.html
    """
    from zaoyuan_cli.commands.units import find
    from zaoyuan_cli.reports.notices.roster import roster as draw

    desk = ready(ctx)
    hang(desk, draw(desk.book, find(desk, unit) if unit else "", desk.as_of), output)


def ready(ctx: Context) -> Desk:
    """The desk, for a paper. Raises WrongUsage for --known-on: who agreed to be named is asked of the book as it is."""
    desk: Desk = ctx.obj
    if desk.known_on:
        text = _("A paper for the wall is drawn from what is known now: leave out {flag}.").format(flag="--known-on")
        raise WrongUsage(text, field="known_on")
    return desk


def hang(desk: Desk, paper: Public, output: str) -> None:
    """Show or write a paper. Nothing but a Public goes this way."""
    desk.show(paper, output)
