"""A person's own editor, for longer texts."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from zaoyuan_cli.errors import FileUnreadable, NeedsSomebody
from zaoyuan_cli.i18n import _

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

AT_ONCE = 1.0
"""Seconds: an editor that ends sooner, with nothing changed, did not wait for its window."""


def edit(desk: Desk, path: Path) -> bool:
    """Let the person edit a file until they close it; was it changed? Raises NeedsSomebody, FileUnreadable."""
    if not desk.can_ask:
        raise NeedsSomebody(_("An editor needs somebody at the keyboard."), field="edit")
    before, began = path.read_bytes(), time.monotonic()
    line = [*_editor(desk), str(path)]
    try:
        subprocess.run(line, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise FileUnreadable(
            _("The editor {editor} did not work.").format(editor=line[0]),
            field="editor",
            value=line[0],
            hint=_("Choose another: {command}").format(command="zaoyuan config set editor nano"),
        ) from None
    if path.read_bytes() == before and time.monotonic() - began < AT_ONCE:
        desk.ask(_("The editor does not seem to have waited; press Enter when you are done"))
    return path.read_bytes() != before


def _editor(desk: Desk) -> list[str]:
    for named in (os.environ.get("ZAOYUAN_EDITOR"), desk.settings.get("editor"), os.environ.get("VISUAL"),
                  os.environ.get("EDITOR")):  # fmt: skip
        if named:
            return shlex.split(str(named), posix=sys.platform != "win32")
    if sys.platform == "win32":
        return ["notepad"]
    if sys.platform == "darwin":
        return ["open", "-W", "-t"]
    return ["nano" if shutil.which("nano") else "vi"]
