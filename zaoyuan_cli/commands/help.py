"""The command `help`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any

from typer import Argument, Context

from zaoyuan_cli.commands import Group
from zaoyuan_cli.commands.topics import TEXTS, TOPICS
from zaoyuan_cli.document import Pairs, Text
from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page


def help(
    ctx: Context,
    words: Annotated[list[str] | None, Argument(metavar=N_("COMMAND"), help=N_("A command, or a topic."))] = None,
) -> None:
    """Show this help, that of a command, or a topic.

    Topics: rooms dates amounts ballots bylaw-file scripting exit-codes environment privacy keys

    Example: zaoyuan help pay
    Example: zaoyuan help exit-codes
    """
    words = words or []
    if words and words[0] in TOPICS:
        about, rows = TOPICS[words[0]]
        said = tuple((_(typed), _(meaning)) for typed, meaning in rows)
        example = TEXTS[words[0]]() if words[0] in TEXTS else ""
        data = {"topic": words[0], "about": _(about), "rows": dict(said)} | ({"example": example} if example else {})
        page = Page(data, [Text(_(about)), *([Text(example)] if example else ()), Pairs(said)])
    else:
        shown = _of_command(ctx, words)
        page = Page({"command": " ".join(words), "help": shown}, [Text(shown)])
    ctx.obj.show(page)


def _of_command(ctx: Any, words: list[str]) -> str:
    here = ctx.find_root()
    for word in words:
        name = here.command.called(word) if isinstance(here.command, Group) else None
        if name is None:
            names = [*here.command.entries, *TOPICS] if isinstance(here.command, Group) else []
            close = get_close_matches(word, names)
            raise NotFound(
                _("There is no help on “{word}”.").format(word=" ".join(words)),
                field="command",
                value=word,
                candidates=[{"key": name, "label": name} for name in close],
                hint=_("All commands: {command}").format(command="zaoyuan help"),
            )
        command = here.command.load(name)
        here = type(ctx)(command, info_name=name, parent=here)
    return str(here.command.get_help(here))
