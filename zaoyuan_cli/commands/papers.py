"""The register of a vote's papers: `ballot papers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Context, Option

from zaoyuan_cli import render
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Limit, Output, Sort, Unit
from zaoyuan_cli.commands.polling import Ballot
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book.papers import Delivery, Paper
    from zaoyuan_cli.desk import Desk

Outstanding = Annotated[bool, Option("--outstanding", help=N_("Only papers that did not come back."))]
Undelivered = Annotated[bool, Option("--undelivered", help=N_("Only voters whom no paper reached."))]
HOW = {"hand": "by hand", "mail": "by mail", "wechat": "wechat", "posted": "posted"}
COLUMNS = (
    Column("paper", N_("Paper No."), "number"),
    Column("doors", N_("Rooms"), "number_text"),
    Column("name", N_("Voter")),
    Column("area", N_("Area m²"), "area", 2),
    Column("how", N_("How it went out"), "state", 3),
    Column("issued", N_("Issued"), "date", 1),
    Column("returned", N_("Came back"), "date"),
    Column("state", N_("State"), "state"),
    Column("passes", N_("Times entered"), "number", 4),
    Column("proxy", N_("Proxy"), priority=3),
    Column("note", N_("Note"), priority=4, flex=True),
    Column("signature", N_("Signature"), priority=5),
)


def papers(
    ctx: Context, ballot: Ballot, outstanding: Outstanding = False, undelivered: Undelivered = False, unit: Unit = "",
    sort: Sort = "", limit: Limit = 0, output: Output = "",
) -> None:  # fmt: skip
    """List the papers of a vote: to whom they went and how, which came back. As .pdf or .html it is the register to
    sign: for a paper, and on handing it in.

    Delivery is complete where each voter was given theirs, or it was posted for them.

    Example: zaoyuan ballot papers BA2022-1 --outstanding --unit 3-2
    """
    from zaoyuan_cli.book import ballots
    from zaoyuan_cli.book import papers as register
    from zaoyuan_cli.reports.paper_register import Register
    from zaoyuan_cli.rules.rooms import parse_unit, unit_of

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot)
    within = parse_unit(unit) if unit else ""
    every = [
        one for one in register.register(desk.book.db, vote.ballot)
        if not within or any(unit_of(room) == within for room in one.voter.rooms)
    ]  # fmt: skip
    shown = register.outstanding(every) if outstanding else every
    if undelivered:
        shown = [
            one for one in shown if one.state == register.NONE or (one.via == "posted" and one.state == register.OUT)
        ]
    totals = _totals(register.delivery(every), shown)
    empty = _("No paper is left here.")
    columns = COLUMNS if output or desk.format != "table" else COLUMNS[:-1]  # nobody signs on a screen
    listing = Listing(_rows(desk, shown), columns, totals, title=f"{vote.ballot}  {vote.text}", empty=empty)
    listing = arranged(listing, sort, limit)
    if output and output != "-" and render.format_of(output) in ("pdf", "html") and listing.rows:
        desk.show(Register(desk.book, vote, listing), output)
    else:
        desk.show(listing, output)


def _rows(desk: Desk, shown: list[Paper]) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import people
    from zaoyuan_cli.rules.rooms import Area

    names = people.everyone(desk.book.db, only=[one.voter.voter for one in shown])
    return [
        {
            "paper": one.paper, "doors": " ".join(one.voter.rooms),
            "name": names[one.voter.voter].name if one.voter.voter in names else None,
            "area": Area(one.voter.area), "via": one.via or None, "how": HOW.get(one.via),
            "issued": one.issued, "returned": one.returned,
            "state": one.state, "passes": one.passes or None, "proxy": one.proxy or None,
            "note": one.note or None, "signature": None, "voter": one.voter.voter,
        }
        for one in shown
    ]  # fmt: skip


def _totals(of: Delivery, shown: list[Paper]) -> dict[str, Any]:
    return {"papers": len(shown), **of._asdict(), "complete": of.complete}
