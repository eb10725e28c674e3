"""Writing a paper in one's own editor: a draft beside the book, opened again with what is wrong above the line, until
it is kept or given up. A draft given up stays where it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from zaoyuan_cli.commands.editor import edit as in_editor
from zaoyuan_cli.errors import BookUnreadable, Cancelled, FileUnreadable, NeedsSomebody, NeedsYes, Refusal
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

T = TypeVar("T")
_MARK = re.compile(r"// (?:error|错误) .*")
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f.\s]+')


def draft_file(desk: Desk, name: str) -> Path:
    """Where a draft of that name lies: in the folder drafts beside the book."""
    return desk.path.absolute().parent / "drafts" / f"{_NOT_IN_FILE_NAMES.sub('-', name).strip('-')[:60]}.md"


def write(desk: Desk, path: Path, template: str, keep: Callable[[str], T], command: str = "zaoyuan minutes") -> T:
    """Let the person write from a template, or go on with the draft there is, until `keep` takes the text; `command`
    takes it from a file.

    Cancelled: nothing was written, or what was wrong was not mended; the draft stays. NeedsYes: nobody is there.
    """
    resumed = _begin(desk, path, template)
    wrong = False
    while True:
        changed = in_editor(desk, path)
        text = _read(path)
        if _said(text) in ("", _said(template)) or (wrong and not changed):
            raise _given_up(path, command)
        try:
            if resumed and not changed:
                desk.confirm(_("Keep the draft as it is?"), enter=True)
            kept = keep(text)
        except Cancelled:
            raise _given_up(path, command) from None
        except (BookUnreadable, FileUnreadable, NeedsYes) as refusal:
            refusal.hint = "\n".join(filter(None, (refusal.hint, _stays(path, command))))
            raise
        except Refusal as refusal:
            path.write_text(_marked(text, refusal), encoding="utf-8")
            wrong = True
        else:
            _tidy(path)
            return kept


def _begin(desk: Desk, path: Path, template: str) -> bool:
    """Make the draft unless there is one; was there one?"""
    if not desk.can_ask:
        raise NeedsSomebody(
            _("An editor needs somebody at the keyboard."),
            field="edit",
            hint=_("From a file: {flag}").format(flag=sample("-f FILE")),
        )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return True
    path.touch(mode=0o600)
    path.write_text(template, encoding="utf-8")
    return False


def _read(path: Path) -> str:
    """The draft without what was said about it before."""
    from zaoyuan_cli.exchange.front_matter import decode

    lines = decode(path.read_bytes(), str(path)).split("\n")
    return "\n".join(line for line in lines if not _MARK.fullmatch(line))


def _said(text: str) -> str:
    """What of a text is the person's own: no lines of help, no blank ones."""
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip() and not line.startswith("//"))


def _marked(text: str, refusal: Refusal) -> str:
    """The text with each fault above its line; the numbers are those of the text as it will be seen."""
    found = refusal.more.get("problems") or [{"line": 1, "message": refusal.message}]
    lines = text.split("\n")
    for before, fault in enumerate(found):
        at = min(fault["line"], len(lines) - before) + before
        said = _("error line {line}: {message}").format(line=at + 1, message=fault["message"])
        lines.insert(at - 1, f"// {' '.join(said.split())}")
    return "\n".join(lines)


def _given_up(path: Path, command: str) -> Cancelled:
    return Cancelled(_("Nothing was kept."), hint=_stays(path, command))


def _stays(path: Path, command: str) -> str:
    kept = _("The draft stays in {path}").format(path=path)
    return kept + "\n" + _("To keep it: {command}").format(command=f"{command} -f {quoted(str(path))}")


def _tidy(path: Path) -> None:
    path.unlink(missing_ok=True)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
