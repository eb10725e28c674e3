"""The noun `device`: the computers that write this book."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done, Listing

app = Typer()
Letter = Annotated[
    str, Option("--letter", metavar=N_("LETTER"), help=N_("This letter; the next free one if not given."))
]
LetterWord = Annotated[str, Argument(metavar=N_("LETTER"), help=N_("The letter of a computer."))]


@app.command("list")
def list_(ctx: Context) -> None:
    """List the computers that write this book, by their letters.

    Example: zaoyuan device list
    """
    from zaoyuan_cli.book import devices

    desk: Desk = ctx.obj
    rows = [one._asdict() for one in devices.listing(desk.book)]
    columns = (
        Column("letter", N_("Letter"), "number_text"),
        Column("person", N_("Who")),
        Column("steps", N_("Steps"), "number"),
        Column("last", N_("Last step"), "number_text", priority=1),
        Column("here", N_("This computer"), "flag"),
        Column("retired", N_("Retired"), "flag"),
    )
    desk.show(Listing(rows, columns, {"steps": sum(one["steps"] for one in rows)}))


@app.command()
def add(ctx: Context, letter: Letter = "") -> None:
    """Give this computer a letter of its own in this book, so that it may write.

    The letter stands in every number it gives out, so two computers never give one number twice. --who names who keeps
    this computer; a name that is new is entered.

    Example: zaoyuan device add --who 李敏
    """
    from zaoyuan_cli.book import devices

    desk: Desk = ctx.obj
    book = desk.book
    if not book.readonly and book.letter:
        desk.confirm(_("This computer writes as {letter} already. Take another letter?").format(letter=book.letter))
    who = desk.who or desk.ask(_("Who keeps this computer"), "")
    book.said_who = ""  # a name may be new, so it is the verb that looks it up
    given = devices.add(book, letter, who)
    person = next((one.person for one in devices.listing(book) if one.here), "")
    lines = [
        _("√ This computer is {letter} in the book of {name}.").format(letter=given, name=book.name),
        _("Its receipts are numbered from {number} on.").format(number=f"{given}{book.today.year}-0001"),
    ]
    hint = _("Bring the books together: {command}").format(command=sample("zaoyuan merge FILE"))
    desk.show(Done({"device": given, "person": person}, lines, hint))


@app.command()
def retire(ctx: Context, letter: LetterWord) -> None:
    """End the chain of a computer that will write no more. Its letter is never given again.

    Example: zaoyuan device retire B
    """
    from zaoyuan_cli.book import devices

    desk: Desk = ctx.obj
    desk.confirm(_("Retire the computer {letter}? This cannot be undone.").format(letter=letter.upper()))
    devices.retire(desk.book, letter)
    desk.show(
        Done({"device": letter.upper(), "retired": True}, [_("√ {letter} is retired.").format(letter=letter.upper())])
    )
