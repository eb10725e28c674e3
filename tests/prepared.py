"""Books that many tests begin with: each worker makes one once, every later test gets a copy of its files."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

from tests.conftest import Runner

_FOLDERS: dict[Hashable, Path] = {}
_SETTINGS: dict[Hashable, tuple[str, str]] = {}


def once(begin: Callable[..., Any]) -> Callable[..., Any]:
    """What `begin(zaoyuan, *more)` puts into an empty folder is kept and copied the next time, with the language and
    the day it left; it may answer nothing but the runner. In a folder that holds something already it runs as ever.

    Its copies are one and the same book: two estates that must be strangers are not both begun by it."""

    @functools.wraps(begin)
    def begun(zaoyuan: Runner, *more: Hashable) -> Runner:
        key = (begin, more, zaoyuan.lang, zaoyuan.now)
        if filled(zaoyuan.folder, key, lambda: begin(zaoyuan, *more)):
            zaoyuan.lang, zaoyuan.now = _SETTINGS.setdefault(key, (zaoyuan.lang, zaoyuan.now))
        return zaoyuan

    return begun


def filled(folder: Path, key: Hashable, fill: Callable[[], object]) -> bool:
    """Let an empty folder hold what `fill` puts there: done once for each key, then copied; whether it was empty."""
    if any(folder.iterdir()):
        fill()
        return False
    if key in _FOLDERS:
        shutil.copytree(_FOLDERS[key], folder, dirs_exist_ok=True)
    else:
        fill()
        kept = Path(tempfile.mkdtemp(prefix="prepared-"))
        atexit.register(shutil.rmtree, kept, ignore_errors=True)
        shutil.copytree(folder, kept, dirs_exist_ok=True)
        _FOLDERS[key] = kept
    return True
