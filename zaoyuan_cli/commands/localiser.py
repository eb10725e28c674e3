"""Help pages in the language of the run, laid out by cells.

Typer's help page is drawn by rich, cuts Chinese off with "…", and keeps a dozen words English. This one is plain text:
whole at any width, and none of its words is Typer's.

A command's docstring is its help: paragraphs, each a sentence of the catalogue, and lines `Example: zaoyuan …`, which
are shown as typed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from typing import Any, NamedTuple

from zaoyuan_cli.commands import Group, argument_name, usage
from zaoyuan_cli.commands.words import GLOBALS, Global
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.render.cells import width
from zaoyuan_cli.render.fit import fold

EXAMPLE = "Example:"
WIDEST = 100


class Doc(NamedTuple):
    """A docstring taken apart: its paragraphs (English, one line each) and its examples."""

    paragraphs: list[str]
    examples: list[str]


def docstring(text: str) -> Doc:
    """Take a help text apart."""
    lines = [line.strip() for line in (text or "").splitlines()]
    examples = [line.removeprefix(EXAMPLE).strip() for line in lines if line.startswith(EXAMPLE)]
    told = "\n".join(line for line in lines if not line.startswith(EXAMPLE))
    return Doc([" ".join(part.split()) for part in re.split(r"\n{2,}", told) if part.strip()], examples)


def help_page(command: Any, ctx: Any) -> str:
    """The whole help of a command or group."""
    parent: Any = ctx.parent and ctx.parent.command
    told = docstring(command.help or (parent.entries[command.name].help if isinstance(parent, Group) else ""))
    page = [usage(command, ctx)]
    page += ["\n".join(fold(_(part), screen())) for part in told.paragraphs]
    if isinstance(command, Group):
        page += _commands(command, is_root=parent is None)
    page += _parameters(command, ctx)
    if told.examples:
        page.append(_("Examples:") + "".join(f"\n  {line}" for line in told.examples))
    if parent is None:
        page.append(_section(_("Everywhere on the line:"), [(_spelled(g), _(g.help)) for g in GLOBALS]))
        topics = "rooms dates amounts ballots bylaw-file scripting exit-codes environment privacy keys"
        said = _("Help on one command: zaoyuan help COMMAND. Topics: {topics}.").format(topics=topics)
        page.append("\n".join(fold(said, screen())))
    else:
        page.append(
            "\n".join(fold(_("--json, --book, --yes and others work with every command: zaoyuan help"), screen()))
        )
    return "\n\n".join(page)


def _commands(group: Group, is_root: bool) -> Iterable[str]:
    panels: dict[str, list[tuple[str, str]]] = {}
    for name, entry in group.entries.items():
        if not entry.hidden:
            panels.setdefault(entry.panel or N_("Commands"), []).append((name, _(entry.help)))
    column = max((len(name) for rows in panels.values() for name, _help in rows), default=0)
    return [_section(_(panel) + ("" if is_root else _(":")), rows, column) for panel, rows in panels.items()]


def _parameters(command: Any, ctx: Any) -> Iterable[str]:
    shown = [param for param in command.get_params(ctx) if not param.hidden]
    arguments = [(argument_name(p), _(p.help or "")) for p in shown if p.param_type_name == "argument" and p.help]
    options = [(_option(p), _option_help(p)) for p in shown if p.param_type_name == "option"]
    if arguments:
        yield _section(_("Arguments:"), arguments)
    if options:
        yield _section(_("Options:"), options)


def _option(param: Any) -> str:
    short = [name for name in param.opts if not name.startswith("--")]
    long = [name for name in (*param.opts, *param.secondary_opts) if name.startswith("--")]
    metavar: str = (
        "" if param.is_flag else " " + (_(param.metavar) if param.metavar else param.name.rstrip("_").upper())
    )
    return ("    " if not short else "") + ", ".join([*short, " / ".join(long)]) + metavar


def _spelled(option: Global) -> str:
    return (f"{option.short}, " if option.short else "    ") + option.name + (" " + _(option.metavar)).rstrip()


def _option_help(param: Any) -> str:
    if "--help" in param.opts:
        return _("Show this help.")
    told = _(param.help or "")
    if param.required:
        told += " " + _("(needed)")
    elif param.default not in (None, "", False, (), []) and param.show_default and not param.is_flag:
        told += _default(told, str(param.default))
    if param.multiple:
        told += " " + _("(may be repeated)")
    return told.strip()


def _default(told: str, default: str) -> str:
    """What counts where nothing is said, in the words of the help before it: a code it names, else a word."""
    word = default if default in told else _(default)
    return " " + _("(else {default})").format(default=word)


def _section(title: str, rows: list[tuple[str, str]], column: int = 0) -> str:
    """Two columns; on a narrow screen, or beside a long name, the text goes under the name."""
    column = min(max([column, *(width(name) for name, _text in rows)]), max(12, min(34, screen() // 3)))
    lines = [title]
    for name, text in rows:
        wrapped = fold(text, screen() - column - 4)
        gap = column - width(name)
        if gap >= 0:
            lines.append(f"  {name}{' ' * gap}  {wrapped[0] if wrapped else ''}".rstrip())
            wrapped = wrapped[1:]
        else:
            lines.append(f"  {name}")
        lines += [" " * (column + 4) + line for line in wrapped]
    return "\n".join(lines)


def screen() -> int:
    """Cells of the screen, at most what reads well."""
    return max(20, min(WIDEST, shutil.get_terminal_size().columns))
