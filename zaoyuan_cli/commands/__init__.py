"""Typer made lean, and lazy: what every file of this folder is built with.

A file of commands holds a plain `app = typer.Typer()` with its verbs, or functions. The table in app.py names them, and
a file is imported, and a verb's options are built, only when it is called.

Typer 0.29 asks pydantic even to learn that a str is a str, and rich to draw help: here neither is imported for commands
whose parameters are str, int, bool, Path or a list of str. This leans on `get_runtime_param` and `type_descriptor`,
which are not documented: pyproject.toml pins Typer, and tests/test_shell.py looks at sys.modules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, get_args

import typer
from typer.core import TyperCommand, TyperGroup
from typer.models import CommandInfo

from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _, series

VERBS = {
    "ls": "list",
    "列表": "list",
    "查看": "show",
    "添加": "add",
    "新增": "add",
    "修改": "edit",
    "作废": "void",
    "期初": "opening",
    "划转": "transfer",
    "台账": "ledger",
    "退款": "refund",
    "名册": "roster",
    "认捐": "pledge",
    "认捐表": "pledges",
    "结项": "close",
    "返还": "return",
    "返还表": "shares",
    "提议": "propose",
    "受理": "accept",
    "不予受理": "reject",
    "征求意见": "consult",
    "协商": "deliberate",
    "表决": "vote",
    "公示": "publish",
    "实施": "carry",
    "评议": "review",
    "张贴": "post",
    "撤下": "withdraw",
    "档案": "archive",
    "签字": "sign",
    "打印": "print",
    "盘点表": "sheet",
    "征求意见表": "sheet",
}
"""Other names of verbs, the same for every noun; a group takes those whose verb it has."""


GROUP = N_("COMMAND ...")
"""What stands after a noun."""


_CLAUSE = re.compile("[:：,，;；.。(（]")
_SHOWS = re.compile(r"(?:List|Show) (?:the |an? )?|(?:逐步)?(?:列出|显示|查看)")


class _AsTyped:
    """A word is taken as it was typed. field: the parameter's long name, for the refusal."""

    def __init__(self, kind: Callable[[Any], Any], many: bool) -> None:
        self.kind, self.many = kind, many

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        if self.many:
            return tuple(map(self.kind, value or ()))
        if value is None:
            return None
        try:
            return self.kind(value)
        except ValueError:
            raise WrongUsage(
                _("“{word}” is no whole number.").format(word=value), field=param.name, value=value, code="unreadable"
            ) from None


class _Lean:
    """Parameters without pydantic, help without rich; mixed into Typer's command and group."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "rich_markup_mode": None})
        for param in self.params:  # type: ignore[attr-defined]
            kind = param.type_descriptor.annotation
            many = get_args(kind) == (str,)
            if many or kind in (str, int, bool, Path):
                param.get_runtime_param = partial(_AsTyped, str if many else kind, many)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.default = False  # None would be asked of pydantic
        return option

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        offered = super().shell_complete(ctx, incomplete)  # type: ignore[misc]
        if incomplete.startswith("-"):
            from typer.core import CompletionItem  # type: ignore[attr-defined]

            from zaoyuan_cli.commands.words import GLOBALS

            names = [(option.name, _(option.help)) for option in GLOBALS if option.name.startswith(incomplete)]
            offered += [CompletionItem(name, help=help) for name, help in names]
        return offered

    def get_help(self, ctx: Any) -> str:
        from zaoyuan_cli.commands.localiser import help_page

        return help_page(self, ctx)


class Command(_Lean, TyperCommand):
    """A verb."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        if (rest := super().parse_args(ctx, args)) and not ctx.resilient_parsing:
            raise WrongUsage(
                _("“{word}” is one word too many.").format(word=" ".join(rest)),
                value=rest[0],
                hint=_("Words that belong together go in quotation marks.") + "\n" + usage(self, ctx),
            )
        return rest


class Entry(NamedTuple):
    """A command before it is built: its one line of help (English), where help lists it, and how to build it."""

    help: str
    build: Callable[[], Command | Group]
    panel: str = ""
    hidden: bool = False


class Group(_Lean, TyperGroup):
    """Commands that are built when called: the root over the table of app.py, a noun over its verbs."""

    def __init__(self, name: str, entries: Mapping[str, Entry], aliases: Mapping[str, str], **settings: Any) -> None:
        super().__init__(name=name, subcommand_metavar=GROUP, **settings)
        self.entries, self.aliases = entries, aliases
        self.alone: CommandInfo | None = None  # what a noun does without a verb
        self._built: dict[str, Command | Group] = {}

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and self.alone:
            args = [""]
        if not args and not ctx.resilient_parsing:
            raise WrongUsage(
                _("“{command}” wants one more word.").format(command=ctx.command_path),
                field="command",
                hint=_("There are: {choices}").format(choices=series(self.list_commands(ctx))),
            )
        return super().parse_args(ctx, args)

    def called(self, name: str) -> str | None:
        """The proper name of a command, from its name or an alias; None for no such command."""
        name = self.aliases.get(name, name)
        return name if name in self.entries else None

    def load(self, name: str) -> Command | Group:
        """The command itself, its file imported."""
        if name not in self._built:
            self._built[name] = self.entries[name].build()
        return self._built[name]

    def title(self, words: Sequence[str]) -> str:
        """What the answer of a line is called on paper: a noun's list as the noun, else the verb, as help has them."""
        name = self.called(words[0]) or ""
        entry, noun = self.entries.get(name), self.load(name) if name in self.entries else None
        if isinstance(noun, Group) and len(words) > 1 and (verb := noun.called(words[1])) not in (None, "list"):
            entry = noun.entries[str(verb)]
        said = _CLAUSE.split(_(entry.help))[0] if entry else ""
        thing = said.removeprefix(shows[0]) if (shows := _SHOWS.match(said)) else said
        return thing[:1].upper() + thing[1:]

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name, entry in self.entries.items() if not entry.hidden]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A stand-in with name and help: what completion lists."""
        if (name := self.called(cmd_name)) is None:
            return None
        return Command(name=name, help=_(self.entries[name].help), hidden=self.entries[name].hidden)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if self.alone and not args[0]:
            return "", _verb("", self.alone), args[1:]
        if (name := self.called(args[0])) is not None:
            return name, self.load(name), args[1:]
        if ctx.resilient_parsing:
            return None, None, args[1:]
        names = [*self.list_commands(ctx), *self.aliases]
        close = [self.called(match) for match in get_close_matches(args[0], names)]
        path = ctx.command_path
        options = list(dict.fromkeys(close)) or self.list_commands(ctx)
        if close:
            hint = _("Did you mean:") + "".join(f"\n  {path} {name}" for name in options)
        elif ctx.parent:
            hint = _("There are: {choices}").format(choices=series(map(str, options)))
        else:
            hint = _("All commands: {command}").format(command=f"{path} help")
        raise WrongUsage(
            _("There is no command “{command}”.").format(command=" ".join([*path.split()[1:], args[0]])),
            field="command",
            value=args[0],
            candidates=[{"key": name, "label": _(self.entries[str(name)].help)} for name in options if close],
            hint=hint,
        )


def usage(command: Any, ctx: Any) -> str:
    """One line: how a command is called."""
    pieces = []
    for param in command.params:
        if param.param_type_name == "argument" and not param.hidden:
            word = argument_name(param)
            pieces.append((word if param.required else f"[{word}]") + (" ..." if param.nargs != 1 else ""))
    pieces.append(_(GROUP) if isinstance(command, Group) else _("[options]"))
    return _("Usage: {line}").format(line=" ".join([ctx.command_path, *pieces]))


def argument_name(param: Any) -> str:
    """An argument as help writes it: WHO, AMOUNT, in the language of the run."""
    return _(param.metavar) if param.metavar else param.name.rstrip("_").replace("_", "-").upper()


def in_file(name: str, target: str) -> Callable[[], Command | Group]:
    """How to build a command from "file:attribute" of this folder: a Typer app (a noun) or a function (a verb)."""

    def build() -> Command | Group:
        file, _colon, attribute = target.partition(":")
        thing = getattr(import_module(f"{__name__}.{file}"), attribute)
        return _noun(name, thing) if isinstance(thing, typer.Typer) else _verb(name, CommandInfo(callback=thing))

    return build


def _noun(name: str, app: typer.Typer) -> Group:
    entries = {}
    for info in app.registered_commands:
        function: Any = info.callback
        verb = info.name or function.__name__.strip("_").replace("_", "-")
        first = (info.help or function.__doc__ or "").strip().partition("\n\n")[0]
        entries[verb] = Entry(" ".join(first.split()), partial(_verb, verb, info), hidden=info.hidden)
    group = Group(name, entries, {alias: verb for alias, verb in VERBS.items() if verb in entries})
    if app.registered_callback and app.info.invoke_without_command is True:
        group.alone = CommandInfo(callback=app.registered_callback.callback)
    return group


def _verb(name: str, info: CommandInfo) -> Command:
    info.name, info.cls = name, Command
    one: Any = typer.Typer(add_completion=False, rich_markup_mode=None)
    one.registered_commands.append(info)
    built: Any = typer.main.get_command(one)
    return built  # type: ignore[no-any-return]
