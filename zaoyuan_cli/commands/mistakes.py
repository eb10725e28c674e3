"""What was wrong with the words of a command line, said in our way.

Typer's own sentences are English literals. Its errors are told apart by the name of their class, for the classes
themselves are private.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from zaoyuan_cli.commands import argument_name, usage
from zaoyuan_cli.commands.words import GLOBALS
from zaoyuan_cli.errors import Refusal, Unreadable, WrongUsage
from zaoyuan_cli.i18n import _, joined


def mistake(error: Any, argv: Sequence[str]) -> Refusal:
    """The refusal that says what Typer's error means."""
    ctx = getattr(error, "ctx", None)
    hint = usage(ctx.command, ctx) if ctx else ""
    match type(error).__name__:
        case "MissingParameter":
            return _missing(error.param, hint)
        case "NoSuchOption":
            return _no_such_option(error.option_name, ctx, argv, hint)
        case "BadOptionUsage":
            return _no_value(error.option_name, hint)
        case _:
            param = getattr(error, "param", None)
            return WrongUsage(error.message, field=param and _field(param), hint=hint)


def _missing(param: Any, hint: str) -> Refusal:
    if param.param_type_name == "argument":
        what, told = argument_name(param), _(param.help or "")
    else:
        what, told = param.opts[-1], _(param.help or "")
    hint = "\n".join(filter(None, (told and f"{what}  {told}", hint)))
    return WrongUsage(_("{what} is missing.").format(what=what), field=_field(param), hint=hint)


def _no_such_option(name: str, ctx: Any, argv: Sequence[str], hint: str) -> Refusal:
    if re.fullmatch(r"-\d", name):
        amount = next((word for word in argv if re.match(rf"[-－—–−]{name[1]}", word)), name)
        return Unreadable(
            _("An amount is not negative: “{amount}”.").format(amount=amount),
            field="amount",
            value=amount,
            hint=_("To give money back: {command}").format(
                command="zaoyuan contribution refund A2022-0084 50 --reason ..."
            ),
        )
    known = [
        long
        for param in (ctx.command.get_params(ctx) if ctx else ())
        if param.param_type_name == "option" and not param.hidden
        for long in (*param.opts, *param.secondary_opts)
    ]
    close = get_close_matches(name, [*known, *(option.name for option in GLOBALS)], cutoff=0.7)
    nearest = next((place for place, option in enumerate(close) if option in known), len(close))
    close = close[:nearest] + [option for option in close[nearest:] if option in known]
    if close:
        hint = joined((_("Did you mean:"), "  ".join(close))) + "\n" + hint
    return WrongUsage(
        _("There is no option {option} here.").format(option=name),
        field="option",
        value=name,
        candidates=[{"key": option, "label": option} for option in close],
        hint=hint,
    )


def _no_value(name: str, hint: str) -> Refusal:
    return WrongUsage(_("{option} wants a value after it.").format(option=name), field=name.lstrip("-"), hint=hint)


def _field(param: Any) -> str:
    """The parameter as JSON names it: an option's long name, an argument's name."""
    long = [name for name in param.opts if name.startswith("--")]
    return str(long[0][2:] if long else param.name.rstrip("_"))
