"""The noun `export`: the data in open formats."""

from __future__ import annotations

import sys

from typer import Context, Typer

from zaoyuan_cli.commands.options import Output
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import _
from zaoyuan_cli.progress import working
from zaoyuan_cli.reports import Done

app = Typer()


@app.command()
def events(ctx: Context, output: Output = "") -> None:
    """Write the whole journal as text, one step a line: what another computer's `zaoyuan merge` takes in.

    It holds everything, names and phones too; the file is readable by its owner only.

    Example: zaoyuan export events -o zaoyuan.events
    """
    from zaoyuan_cli.book import exporting
    from zaoyuan_cli.render.saving import save

    desk: Desk = ctx.obj
    book = desk.book
    with working(_("Writing out the journal")):
        lines = list(exporting.lines(book))
    text = "".join(line + "\n" for line in lines)
    if not output or output == "-":
        sys.stdout.write(text)
        return
    save(text.encode(), output)
    said = _("√ The journal in {file}: {count} lines.").format(file=output, count=len(lines))
    hint = _("On the other computer: {command}").format(command=f"zaoyuan merge {output}")
    desk.show(Done({"file": output, "lines": len(lines), "bytes": len(text.encode())}, [said], hint))
