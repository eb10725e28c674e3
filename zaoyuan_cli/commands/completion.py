"""The command `completion`."""

from __future__ import annotations

from typing import Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands.options import one_of
from zaoyuan_cli.document import Text
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Page

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
PROGRAMS = ("zaoyuan", "zy")


def completion(
    ctx: Context,
    shell: Annotated[str, Argument(metavar=N_("SHELL"), help=N_("bash, zsh, fish, powershell or pwsh."))] = "",
    install: Annotated[bool, Option("--install", help=N_("Write it into the settings of the shell."))] = False,
) -> None:
    """Print what a shell needs to complete commands, rooms and names by the Tab key.

    Example: zaoyuan completion bash
    """
    import typer.completion

    made_by_typer: Any = typer.completion

    shell = one_of(shell, {name: name for name in SHELLS}, "shell") if shell else _this_shell()
    if not install:
        scripts = [
            made_by_typer.get_completion_script(prog_name=name, complete_var=f"_{name.upper()}_COMPLETE", shell=shell)
            for name in PROGRAMS
        ]
        ctx.obj.show(Page({"shell": shell, "script": "\n".join(scripts)}, [Text("\n".join(scripts))]))
        return
    written = [
        str(made_by_typer.install(shell=shell, prog_name=name, complete_var=f"_{name.upper()}_COMPLETE")[1])
        for name in PROGRAMS
    ]
    ctx.obj.show(
        Done({"shell": shell, "files": written}, [_("√ Completion for {shell} is installed.").format(shell=shell)],
             hint=_("It works in the next terminal you open.")))  # fmt: skip


def _this_shell() -> str:
    import shellingham

    detect: Any = shellingham
    try:
        return one_of(str(detect.detect_shell()[0]), {name: name for name in SHELLS}, "shell")
    except detect.ShellDetectionFailure:
        raise Refusal(
            _("Which shell this is cannot be told."),
            field="shell",
            hint=_("Name it: {command}").format(command="zaoyuan completion bash"),
        ) from None
