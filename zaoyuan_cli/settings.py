"""Where things live on this machine: the settings folder, the book, and the file config.toml."""

import os
import re
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from zaoyuan_cli.errors import FileUnreadable
from zaoyuan_cli.i18n import N_, _, joined

BOOK = "zaoyuan.db"
HERE = "./"
KEYS: dict[str, tuple[type, str]] = {
    "lang": (str, N_("language of the interface: zh or en")),
    "book": (str, N_("the book to use when no other is named")),
    "editor": (str, N_("program for longer texts; it must wait until the file is closed")),
    "pager": (str, N_("program for long answers on a screen")),
    "accessible": (bool, N_("plain questions and progress in lines, for screen readers")),
    "backup_dir": (str, N_("folder for backups")),
    "mask": (bool, N_("mask phone numbers (yes unless said otherwise)")),
    "default_method": (str, N_("how money is paid when nothing is said: cash, wechat, alipay, bank")),
    "currency_symbol": (str, N_("sign before amounts on papers")),
}
"""What config.toml may say. Facts about the estate are in the book, not here."""


class Place(NamedTuple):
    """Where a book may be: what named the place, and the file."""

    named_by: str
    path: Path

    @property
    def exists(self) -> bool:
        return self.path.exists()


def home() -> Path:
    """The settings folder: ZAOYUAN_HOME, else the platform's."""
    if moved := os.environ.get("ZAOYUAN_HOME"):
        return Path(moved).expanduser()
    return _platform("APPDATA", "Library/Application Support", "XDG_CONFIG_HOME", ".config")


def data_home() -> Path:
    """The folder of the book that no other place names."""
    if os.environ.get("ZAOYUAN_HOME"):
        return home()
    return _platform("LOCALAPPDATA", "Library/Application Support", "XDG_DATA_HOME", ".local/share")


def state_home() -> Path:
    """The folder of the error logs."""
    if os.environ.get("ZAOYUAN_HOME"):
        return home() / "state"
    return _platform("LOCALAPPDATA", "Library/Logs", "XDG_STATE_HOME", ".local/state")


def cache_home() -> Path:
    """The folder of what can be made again: the demo book."""
    if os.environ.get("ZAOYUAN_HOME"):
        return home() / "cache"
    return _platform("LOCALAPPDATA", "Library/Caches", "XDG_CACHE_HOME", ".cache")


def _platform(windows: str, mac: str, variable: str, linux: str) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get(windows) or Path.home()) / "zaoyuan"
    if sys.platform == "darwin":
        return Path.home() / mac / "zaoyuan"
    return Path(os.environ.get(variable) or Path.home() / linux) / "zaoyuan"


def places(option: str = "") -> list[Place]:
    """Where a book may be, the first to be named winning: the option, ZAOYUAN_BOOK, ./zaoyuan.db, the settings, the
    platform's folder. The current folder counts only where a book is in it."""
    found = []
    if option:
        found.append(Place("--book", Path(option).expanduser()))
    if named := os.environ.get("ZAOYUAN_BOOK"):
        found.append(Place("ZAOYUAN_BOOK", Path(named).expanduser()))
    if Path(BOOK).exists():
        found.append(Place(HERE, Path(BOOK).absolute()))
    if named := str(read().get("book", "")):
        found.append(Place("config.toml", Path(named).expanduser()))
    return [*found, Place(str(data_home()), data_home() / BOOK)]


def config_file() -> Path:
    """The file of the settings."""
    return home() / "config.toml"


def read() -> dict[str, Any]:
    """The settings as they stand in config.toml, unknown keys included. FileUnreadable: it is no TOML."""
    path = config_file()
    if not path.is_file():
        return {}
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        at = re.search(r"at line (\d+)", str(error))
        said = _("The settings cannot be read, line {line}.") if at else _("The settings cannot be read.")
        raise FileUnreadable(
            said.format(line=at and at[1]),
            field="config",
            value=str(path),
            hint=_("Mend or remove {path}.").format(path=path),
        ) from None


def doubts(settings: Mapping[str, Any]) -> list[str]:
    """What is wrong with the settings, one sentence each: unknown keys with what may have been meant, wrong types."""
    said = []
    for key, value in settings.items():
        if key not in KEYS:
            close = get_close_matches(key, KEYS, 1)
            meant = [_("Did you mean {key}?").format(key=close[0])] if close else []
            said.append(joined((_("config.toml: there is no setting {key}.").format(key=key), *meant)))
        elif not isinstance(value, KEYS[key][0]):
            said.append(_("config.toml: {key} cannot be {value}.").format(key=key, value=value))
    return said
