"""The anchor: what this machine last knew of a book, kept in its settings folder, outside the file that can be copied.

It holds the device's id, a hash of the machine's own id, the heads of all chains and the settings of this device and
book. So an old copy, a stick used elsewhere or a shortened journal is seen at the next open."""

import json
import os
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

from zaoyuan_cli.i18n import _, joined, sample

from . import journal


class Anchor:
    """The settings of one book on this machine; `device` is "" where the machine has no letter yet."""

    def __init__(self, home: Path, book: str) -> None:
        self.path = home / "books" / f"{book}.json"
        self.kept = self._read()

    def _read(self) -> dict[str, Any]:
        try:
            kept: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept

    @property
    def device(self) -> str:
        return str(self.kept.get("device", ""))

    @property
    def project(self) -> str:
        """The project in use on this machine (`project use`)."""
        return str(self.kept.get("project", ""))

    def heads(self) -> dict[str, journal.Head]:
        return {
            device: journal.Head(lamport, bytes.fromhex(hash))
            for device, (lamport, hash) in self.kept.get("heads", {}).items()
        }

    def keep(self, db: sqlite3.Connection) -> None:
        """Remember how far every chain has been seen; never less than was known before, or an old copy would pass."""
        self.kept = self._read()  # another command may have written meanwhile
        heads = {device: list(one) for device, one in self.kept.get("heads", {}).items()}
        for device, head in journal.heads(db).items():
            if head.lamport > heads.get(device, [0])[0]:
                heads[device] = [head.lamport, head.hash.hex()]
        count = max(_events(db), int(self.kept.get("events", 0)))
        self.write({"heads": heads, "events": count})

    def begin(self, db: sqlite3.Connection, device: str) -> None:
        """This machine goes on from this file as it is, under a letter of its own."""
        self.write({"device": device, "machine": machine(), "heads": {}, "events": 0})
        self.keep(db)

    def write(self, values: dict[str, Any]) -> None:
        self.kept = {**self._read(), **values}
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self.path.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(self.kept, ensure_ascii=False), encoding="utf-8")
        os.replace(beside, self.path)

    def objection(self, db: sqlite3.Connection) -> str:
        """Why this machine may only read this book; "" when it may write. Under 1 ms at 200,000 events."""
        add = _("Take a letter for this computer: {command}").format(command="zaoyuan device add")
        if not self.device:
            return joined((_("This computer has no letter in this book yet."), add))
        if self.kept.get("machine") != machine():
            return joined((_("The settings of this book come from another computer."), add))
        now = journal.heads(db)
        for device, known in self.heads().items():
            if now.get(device, journal.Head()).lamport < known.lamport:
                older = _(
                    "{letter} had {known} steps, this copy ends at {now}: it is older than what this computer last saw."
                ).format(letter=device[:1], known=known.lamport, now=now.get(device, journal.Head()).lamport)
                way_on = _("Merge the newer file ({merge}), or go on under a new letter ({add}).").format(
                    merge=sample("zaoyuan merge FILE"), add="zaoyuan device add"
                )
                return joined((older, way_on))
            row = db.execute(
                "SELECT hash FROM command WHERE device = ? AND lamport = ?", [device, known.lamport]
            ).fetchone()
            if row is None or row[0] != known.hash:
                other = _("Step {step} is not the one this computer last saw.")
                return joined((other.format(step=f"{device[:1]}{known.lamport}"), add))
        if _events(db) < int(self.kept.get("events", 0)):
            missing = _("Entries are missing that this computer has seen.")
            return joined((missing, _("See {command}.").format(command="zaoyuan check")))
        return ""


def _events(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM event").fetchone()[0])


def machine() -> str:
    """A hash of the machine's own id: enough to know another machine, not to name this one."""
    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            text = Path(place).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
        if text:
            return sha256(b"zaoyuan" + text.encode()).hexdigest()[:16]
    import platform

    return sha256(b"zaoyuan" + platform.node().encode()).hexdigest()[:16]
