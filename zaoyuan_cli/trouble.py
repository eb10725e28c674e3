"""What went wrong, in words and as an exit code. Imported only when something did."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import typer

from zaoyuan_cli import __version__, render, settings
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import Cancelled, FileUnreadable, NeedsSomebody, NeedsYes, ProblemsFound, Refusal, why
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import safe

FEW = 5  # of what rests on a step: the others are counted
_UNUSABLE = ("BUSY", "LOCKED", "CORRUPT", "NOTADB", "CANTOPEN", "READONLY", "FULL", "IOERR", "PERM", "AUTH", "PROTOCOL")


def tell(error: BaseException, desk: Desk, argv: Sequence[str]) -> int:
    """Say it on stderr, as one line of JSON where JSON is wanted; the exit code."""
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains while it ends
        return 0
    if isinstance(error, typer.Exit):
        return error.exit_code
    refusal = _refusal(error, desk, argv)
    if not isinstance(refusal, ProblemsFound) or refusal.message:
        sys.stdout.flush()
        print(_as_json(refusal) if desk.format == "json" else _as_text(refusal, desk), file=sys.stderr)
    return refusal.exit_code


def _refusal(error: BaseException, desk: Desk, argv: Sequence[str]) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, KeyboardInterrupt | EOFError | typer.Abort):
        return Cancelled(_("Stopped; what was confirmed before stays written."))
    if isinstance(error, typer.TyperException):
        from zaoyuan_cli.commands.mistakes import mistake

        return mistake(error, argv)
    if isinstance(error, sqlite3.Error) and _is_about_the_file(error):
        from zaoyuan_cli.book.opening import unreadable

        return unreadable(error, desk.path)
    if isinstance(error, OSError):
        return _file_trouble(error)
    return _fault(error)


def _is_about_the_file(error: sqlite3.Error) -> bool:
    name = getattr(error, "sqlite_errorname", "") or ""
    unreadable_text = isinstance(error, sqlite3.OperationalError) and not name  # it is Python that cannot decode it
    return unreadable_text or name.removeprefix("SQLITE_").startswith(_UNUSABLE)


def _file_trouble(error: OSError) -> Refusal:
    name = os.fspath(error.filename) if isinstance(error.filename, str | os.PathLike) else ""
    match error:
        case FileNotFoundError():
            said = _("There is no file {name}.")
        case PermissionError():
            said = _("{name} may not be read or written by you.")
        case IsADirectoryError():
            said = _("{name} is a folder, not a file.")
        case _:
            said = _("{name} cannot be read or written: {reason}.")
    return FileUnreadable(said.format(name=name or _("The file"), reason=why(error)), field="file", value=name)


def _fault(error: BaseException) -> Refusal:
    """A fault of the program: what is needed to mend it goes into a log, without the words of the line or the book."""
    log = settings.state_home() / f"error-{datetime.now():%Y%m%d-%H%M%S}.log"
    told = _("Details, without names or phones, are in {log}").format(log=log)
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(anonymous(error), encoding="utf-8")
    except OSError:
        told = anonymous(error)
    refusal = Refusal(
        _("The program failed; the book was not changed."),
        code="fault",
        hint=told,
    )
    refusal.__cause__ = error
    return refusal


def anonymous(error: BaseException) -> str:
    """Where an error arose and what kind it is; not its message, which may hold a name."""
    lines = [f"zaoyuan {__version__}, Python {platform.python_version()}, {platform.platform()}"]
    cause: BaseException | None = error
    while cause is not None:
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"{frame.filename}:{frame.lineno} {frame.name}\n    {frame.line}" for frame in frames]
        lines.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def _as_json(refusal: Refusal) -> str:
    from zaoyuan_cli.render.json import typed

    told: dict[str, Any] = {
        "code": refusal.code,
        "message": refusal.message,
        "field": refusal.field,
        "value": refusal.value,
        "candidates": refusal.candidates,
        **({"hint": refusal.hint} if refusal.hint else {}),
        **refusal.more,
    }
    return json.dumps({"error": typed(told)}, ensure_ascii=False)


def _as_text(refusal: Refusal, desk: Desk) -> str:
    """One red line (yellow where only a yes is missing), then the candidates, then what to do."""
    lines = []
    if not isinstance(refusal, Cancelled) and refusal.code in ("ambiguous", "not_found", "has_dependents"):
        shown = refusal.candidates[:FEW] if refusal.code == "has_dependents" else refusal.candidates
        for one in shown:
            lines.append("  " + "  ".join(dict.fromkeys(filter(None, (str(one.get("key", "")), one.get("label", ""))))))
        if more := len(refusal.candidates) - len(shown):
            lines.append("  " + _("and {count} more").format(count=more))
    lines += refusal.hint.splitlines()
    asks = isinstance(refusal, NeedsYes) and not isinstance(refusal, NeedsSomebody)
    said = _("a yes is needed: {message}") if asks else _("error: {message}")
    first = render.to_fit(safe(said.format(message=refusal.message), lines=True), sys.stderr)
    if desk.colours(sys.stderr):
        first = f"\033[{33 if asks else 31}m{first}\033[0m"
    return "\n".join([first, *(render.to_fit("  " + safe(line), sys.stderr) for line in lines)])
