"""A file is written whole or not at all: beside its target, to the disk, then renamed over it."""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from zaoyuan_cli.errors import FileUnreadable
from zaoyuan_cli.i18n import N_, _

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')

_WORDS: dict[int, str] = {
    errno.ENOSPC: N_("The disk is full: {path}"),
    errno.EDQUOT: N_("The disk is full: {path}"),
    errno.EFBIG: N_("The file is too large for this disk: {path}"),
    errno.EACCES: N_("No permission to write {path}"),
    errno.EPERM: N_("No permission to write {path}"),
    errno.EROFS: N_("The disk is read-only: {path}"),
    errno.ENOENT: N_("There is no such folder: {path}"),
    errno.ENOTDIR: N_("There is no such folder: {path}"),
    errno.ENAMETOOLONG: N_("The file name is too long: {path}"),
}


def check(path: str | os.PathLike[str]) -> None:
    """Raise FileUnreadable unless the path can name a file of ours on every system: no folder, link or device."""
    name = os.path.basename(path)
    if _FORBIDDEN.search(name) or _RESERVED.fullmatch(name):
        raise _refusal(_("This file name does not work on every computer: {path}"), path)
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    except (OSError, ValueError) as fault:
        raise _fault(fault, path) from fault
    if stat.S_ISLNK(mode):
        raise _refusal(_("This is a link to another file, which would be overwritten: {path}"), path)
    if stat.S_ISDIR(mode):
        raise _refusal(_("This is a folder, not a file: {path}"), path)
    if not stat.S_ISREG(mode):
        raise _refusal(_("This is not an ordinary file: {path}"), path)


def save(content: bytes, path: str | os.PathLike[str]) -> None:
    """Write the file, over an old one. A new one is readable by its owner only (it may hold names), an old one keeps
    its mode. Raises FileUnreadable; then an old file is as it was and nothing lies about."""
    check(path)
    target = Path(path)
    try:
        handle, beside = tempfile.mkstemp(prefix=".zaoyuan-", dir=target.parent)
    except OSError as fault:
        raise _fault(fault, path) from fault
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            os.chmod(beside, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(beside, target)
        _settle(target.parent)
    except OSError as fault:
        raise _fault(fault, path) from fault
    finally:
        with suppress(OSError):  # it has the file's name by now, unless something went wrong
            os.unlink(beside)


def _settle(folder: Path) -> None:
    """The new name to the disk as well, where a system can be asked for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _fault(fault: OSError | ValueError, path: str | os.PathLike[str]) -> FileUnreadable:
    words = _WORDS.get(fault.errno or 0) if isinstance(fault, OSError) else None
    return _refusal(_(words or N_("The file cannot be written: {path}")), path)


def _refusal(words: str, path: str | os.PathLike[str]) -> FileUnreadable:
    return FileUnreadable(words.format(path=os.fspath(path)), field="output", value=os.fspath(path))
