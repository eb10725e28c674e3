"""The noun `donor`: those who give and owe nothing."""

from __future__ import annotations

from typing import Annotated

from typer import Context, Option, Typer

from zaoyuan_cli.commands import erasing
from zaoyuan_cli.commands.options import DonorName, Limit, NewName, Sort, one_of
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done, Listing
from zaoyuan_cli.rules.text import quoted

app = Typer()
app.command("erase")(erasing.erase_donor)


@app.command()
def add(
    ctx: Context,
    name: NewName,
    kind: Annotated[str, Option("--kind", metavar=N_("KIND"), help=N_("public, firm or person."))] = "public",
) -> None:
    """Make a donor known: the district, a firm, a person from outside.

    Example: zaoyuan donor add 晋源区住建局 --kind public
    """
    from zaoyuan_cli.book import donors

    desk: Desk = ctx.obj
    one = donors.add(desk.book, name, one_of(kind, donors.KINDS, "kind"))
    hint = _("Record a donation: {command}").format(
        command=sample(f"zaoyuan pay {quoted(one.name)} AMOUNT --fund NAME")
    )
    desk.show(
        Done({"donor": one.name, "id": one.donor, "kind": one.kind}, [_("√ Donor {name}").format(name=one.name)], hint)
    )


@app.command("list")
def list_(ctx: Context, limit: Limit = 0, sort: Sort = "") -> None:
    """List all donors and what they gave.

    Example: zaoyuan donor list
    """
    from zaoyuan_cli.book import donors
    from zaoyuan_cli.commands.listing import arranged
    from zaoyuan_cli.rules.money import Fen

    desk: Desk = ctx.obj
    gifts = donors.gifts(desk.book.db, as_of=desk.as_of)
    rows = [
        {
            "donor": one.name,
            "kind": one.kind,
            "gifts": len(gifts.get(id, ())),
            "amount": sum((gift.amount for gift in gifts.get(id, ())), Fen()),
            "id": id,
        }
        for id, one in donors.everyone(desk.book.db, desk.as_of).items()
    ]
    columns = (
        Column("donor", N_("Donor")),
        Column("kind", N_("Kind"), "state", 2),
        Column("gifts", N_("Gifts"), "number", 1),
        Column("amount", N_("Amount"), "money"),
    )
    totals = {
        "donors": len(rows),
        "gifts": sum(map(len, gifts.values())),
        "amount": sum((gift.amount for given in gifts.values() for gift in given), Fen()),
    }
    empty = _("There is no donor yet. Add one: {command}").format(command=sample("zaoyuan donor add NAME"))
    desk.show(arranged(Listing(rows, columns, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, name: DonorName) -> None:
    """Show a donor: every donation, what it paid for common parts, what it promised.

    Example: zaoyuan donor show 社区
    """
    from zaoyuan_cli.book import donors
    from zaoyuan_cli.reports.donors import page

    desk: Desk = ctx.obj
    desk.show(page(desk.book, donors.pick(desk.book, name).donor, desk.as_of))


@app.command()
def edit(
    ctx: Context,
    name: DonorName,
    new: Annotated[str, Option("--name", metavar=N_("NAME"), help=N_("The new name."))] = "",
    kind: Annotated[str, Option("--kind", metavar=N_("KIND"), help=N_("public, firm or person."))] = "",
) -> None:
    """Change the name or kind of a donor.

    Example: zaoyuan donor edit 社区 --kind public
    """
    from zaoyuan_cli.book import donors

    desk: Desk = ctx.obj
    if not new and not kind:
        raise WrongUsage(_("What is to change? Say --name or --kind."), field="name")
    before = donors.pick(desk.book, name)
    after = donors.edit(desk.book, before, new, one_of(kind, donors.KINDS, "kind") if kind else "")
    said = _("Nothing to change: {name} is written so already.") if after == before else _("√ Donor {name}")
    data = {"donor": after.name, "id": after.donor, "kind": after.kind, "changed": after != before}
    desk.show(Done(data, [said.format(name=after.name)]))
