"""Forks: a computer's chain that went on in two copies of the book, as after a disk was put back or settings were
copied along. The one tail keeps the letter; the other is written anew under a letter of its own.

What the other tail becomes follows from that tail alone: adopting it again adds only what has come to it since, and two
computers that adopt it write the same steps."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import _, sample

from . import journal
from .devices import LETTERS
from .door import Command
from .journal import Step
from .renaming import Fork, Renaming, link


class Adopted(NamedTuple):
    """A fork taken in: its first step as the other copy named it, the device's letter and the new one, how many steps
    were new, and the numbers that were given anew (old, new)."""

    step: str
    device: str
    letter: str
    steps: int
    numbers: tuple[tuple[str, str], ...]


def found(db: sqlite3.Connection, commands: Iterable[Command]) -> list[Fork]:
    """Every fork between this book and what a file brings."""
    ours: dict[str, dict[int, str]] = {}
    for device, lamport, last in db.execute("SELECT device, lamport, hash FROM command ORDER BY lamport").fetchall():
        ours.setdefault(device, {})[lamport] = last.hex()
    theirs: dict[str, dict[int, Command]] = {}
    for command in sorted(commands, key=lambda one: one.lamport):
        theirs.setdefault(command.device, {})[command.lamport] = command
    return [fork for device in sorted(theirs) for fork in _fork(device, ours.get(device, {}), theirs[device])]


def _fork(device: str, ours: Mapping[int, str], theirs: Mapping[int, Command]) -> Iterator[Fork]:
    new = [command for lamport, command in theirs.items() if ours.get(lamport) != command.hash]
    both = [lamport for lamport in theirs if new and lamport < new[0].lamport]
    after = [last for lamport, last in ours.items() if both and lamport > both[-1]]
    if after and link(ours[both[-1]], new[0]) == new[0].hash:  # else a step was altered, or is missing
        yield Fork(device, both[-1], ours[both[-1]], after[0], tuple(new))


def refusal(fork: Fork, commands: Iterable[Command]) -> Refusal:
    """Why a file is not taken in as it is, and how it is. Where the file has adopted our own tail, it is the file that
    goes on."""
    step, letter = fork.tail[0].step.name, fork.device[:1]
    said = _(
        "The chain of device {letter} forks at {step}: both copies of the book went on from there, as one computer."
    )
    hint = _("Take the other copy's steps in under a new letter: {command}").format(
        command=sample("zaoyuan merge FILE --adopt-fork --dry-run")
    )
    if new := _device_of(fork.ours[:32], (command.device for command in commands)):
        said = _("What this copy wrote as {letter} is in the file already, as {new}.").format(
            letter=letter, new=new[:1]
        )
        hint = _(
            "Go on in the file: {restore}, then {add}. What this copy wrote since goes there first ({merge})."
        ).format(
            restore=sample("zaoyuan restore FILE"),
            add="zaoyuan device add",
            merge=sample("zaoyuan merge FILE --adopt-fork"),
        )
    return Refusal(said.format(letter=letter, step=step), code="conflict", field="device", value=step, hint=hint)


def _device_of(mark: str, devices: Iterable[str]) -> str:
    """The device under which a fork was adopted; "" where it was not."""
    return next((device for device in devices if device[1:] == mark), "")


def adopt(
    db: sqlite3.Connection, forks: Sequence[Fork], commands: Sequence[Command]
) -> tuple[list[Command], list[Adopted]]:
    """What a file brings, its tails written anew, and with them what rests on them; and what became of each.
    Raises Refusal where no letter is left or a tail is of a newer program, BookUnreadable for a broken one."""
    held = {Step(*row) for row in db.execute("SELECT lamport, device FROM command").fetchall()}
    keepers = dict(db.execute("SELECT device, person FROM device").fetchall())
    devices = {step.device for step in held} | {command.device for command in commands}
    anew, done, rest = Renaming(), list[Fork](), list(commands)
    waiting = list(forks)
    while waiting:
        fork = waiting.pop(0)
        if _device_of(fork.ours[:32], devices):
            raise refusal(fork, commands)
        _refuse_broken(fork)
        device = (
            _device_of(fork.mark, devices)
            or _free([*devices, *(one for one, _keeper in anew.devices.values())]) + fork.mark
        )
        anew.name(fork, device, keepers.get(fork.device, ""))
        done.append(fork)
        gone = {command.step for command in fork.tail}
        rest = [command for command in rest if command.step not in gone]
        if not waiting:
            waiting = list(_resting(anew, rest, held))
    written = [anew.chain(fork) for fork in done]
    adopted = [
        Adopted(
            fork.tail[0].step.name, fork.device[:1], chain[0].device[:1],
            sum(command.step not in held for command in chain[1:]), tuple(anew.given[fork.device]),
        )
        for fork, chain in zip(done, written, strict=True)
    ]  # fmt: skip
    return [*rest, *(command for chain in written for command in chain)], adopted


def _resting(anew: Renaming, commands: Iterable[Command], held: Collection[Step]) -> Iterator[Fork]:
    """Of other computers' steps, the first that is new and rests on a tail, with all that its computer wrote since: it
    meant what the other copy called so. That computer goes on in this book, as the one with the other copy does."""
    ordered = sorted(commands, key=lambda one: one.step)
    for first in ordered:
        if first.step not in held and any(anew.event(event) != event for event in first.events):
            chain = [one for one in ordered if one.device == first.device]
            place = chain.index(first)
            shared, before = (chain[place - 1].lamport, chain[place - 1].hash) if place else (0, "")
            yield Fork(first.device, shared, before, "", tuple(chain[place:]))
            return


def _free(devices: Iterable[str]) -> str:
    """The last letter that no device has: a new computer takes one from the other end, and so does not meet it."""
    taken = {device[0] for device in devices}
    for letter in reversed(LETTERS):
        if letter not in taken:
            return letter
    raise Refusal(_("The letter {letter} is taken or none is left.").format(letter="-"), field="letter", value="-")


def _refuse_broken(fork: Fork) -> None:
    """Raise BookUnreadable where a step of the tail was altered or is missing."""
    last = fork.before
    for command in fork.tail:
        if link(last, command) != command.hash:
            raise journal.altered(command.step)
        last = command.hash
