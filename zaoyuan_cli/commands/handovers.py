"""The noun `handover` (交接): what is due, the pack that is handed over, who signed for it (R-43)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.options import Body, Day, Note, day
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.handovers import Handover
    from zaoyuan_cli.desk import Desk

app = Typer()
No = Annotated[
    str,
    Argument(metavar=N_("NO"), help=N_("Its number: JA2022-1, or J1; the last one, if not given."), show_default=False),
]
Folder = Annotated[
    str,
    Option("--output", "-o", metavar=N_("DIR"), help=N_("The folder; a new one beside the book, if not given.")),
]
From = Annotated[str, Option("--from", metavar=N_("WHO"), help=N_("Who handed over."), autocompletion=completing.who)]
To = Annotated[str, Option("--to", metavar=N_("WHO"), help=N_("Who took over."), autocompletion=completing.who)]
Witness = Annotated[
    str, Option("--witness", metavar=N_("WHO"), help=N_("Who watched it."), autocompletion=completing.who)
]


@app.command("list")
def list_(ctx: Context) -> None:
    """What is to be handed over, by when, and what was.

    At the end of a committee's term, when a member leaves, when the cashier changes.

    Example: zaoyuan handover list
    """
    from zaoyuan_cli.reports.handovers import page

    desk: Desk = ctx.obj
    desk.show(page(desk.book, desk.as_of or desk.today))


@app.command()
def make(ctx: Context, output: Folder = "", body: Body = "") -> None:
    """Write everything into a folder that can be read without this program, with the list both sides sign.

    All registers as tables; minutes, bylaws, deliberations, posted papers and results as texts; vouchers and scans, the
    whole journal, the balances by account and by fund. It holds names and phones: the folder is readable by its owner
    only.

    Example: zaoyuan handover make -o 交接
    """
    from zaoyuan_cli.book import bodies, checking, handovers, journal
    from zaoyuan_cli.commands import packing

    desk: Desk = ctx.obj
    book = desk.book
    if book.readonly:
        raise book.refusal()
    of = bodies.pick(book, body)
    problems = len(checking.problems(book))
    if problems:
        desk.warn(_("The book has {count} problems: {command}").format(count=problems, command="zaoyuan check"))
    with book.writing("handover make"):
        number, held = book.number("handover"), handovers.balances(book.db)
        folder = Path(output).expanduser() if output else book.path.absolute().parent / f"handover-{number}"
        pack = packing.begin(folder)
        packing.fill(pack, desk, packing.asking(ctx.find_root().command, desk))
        heads = journal.heads(book.db).items()
        step = " ".join(f"{device[:1]}{head.lamport}" for device, head in sorted(heads))
        seal = packing.finish(pack, desk, number, bodies.one(book, of).name, held, problems, step)
        handovers.record(book, number, of, held, pack.counts(), seal)
    made = handovers.pick(book, number)
    lines = [
        _("√ {number}: everything is in {folder} ({files} files).").format(
            number=number, folder=folder, files=len(pack.seals)
        ),
        _("  Accounts {total} = funds {total} yuan.").format(total=held.total.yuan()),
    ]
    hint = _("When both sides signed: {command}").format(
        command=f"zaoyuan handover sign --from {_('WHO')} --to {_('WHO')} --witness {_('WHO')}"
    )
    desk.show(Done(_data(desk, made) | {"folder": str(folder), "files": len(pack.seals)}, lines, hint))


@app.command()
def sign(
    ctx: Context, number: No = "", from_: From = "", to: To = "", witness: Witness = "", note: Note = "",
    date: Day = "",
) -> None:  # fmt: skip
    """Enter who signed the list: who handed over, who took over, who watched.

    Example: zaoyuan handover sign --from 韩梅 --to 王桂兰 --witness 张建国
    """
    from zaoyuan_cli.book import handovers
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    if not (from_ and to):
        raise WrongUsage(_("Who handed over, and who took over? --from WHO --to WHO"), field="from" if to else "to")
    of = handovers.pick(desk.book, number).handover
    giver, taker, third = (
        asking.person(desk, who, field=field).person if who else ""
        for who, field in ((from_, "from"), (to, "to"), (witness, "witness"))
    )
    if not third:
        desk.warn(_("Nobody is named who watched it: {flag}").format(flag="--witness"))
    one = handovers.sign(desk.book, of, day(desk, date), giver, taker, third, clean(note, field="note").strip())
    line = _("√ {number} is signed: {giver} → {taker}").format(number=of, giver=one.giver, taker=one.taker)
    desk.show(Done(_data(desk, one), [line + (f" ({one.witness})" if one.witness else "")]))


def _data(desk: Desk, one: Handover) -> dict[str, object]:
    from zaoyuan_cli.book import bodies
    from zaoyuan_cli.reports.handovers import record

    return record(one, {key: body.name for key, body in bodies.everyone(desk.book.db).items()})
