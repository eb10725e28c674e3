"""The tail of a fork written anew: its steps, its numbers and the people it entered get new names, and what rests on
them inside the tail follows."""

import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts import Fact, known
from zaoyuan_cli.facts.devices import DeviceAdded
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers

from . import journal
from .door import Carried, Command
from .journal import Step

_NAME = re.compile(  # a person's id may end the name of an account
    r"(?<![A-Z0-9-])(?:p[A-Z]\d+|(?<![a-z])[A-Z]{1,2}(?:19|20|21)\d\d-\d+(?:-[A-Z]?\d+)?)(?![A-Za-z0-9-])"
)
_STEP = re.compile(r"(?<![\w-])[A-Z]\d+(?![\w-])")
_OF_STEPS = ("step", "saw", "drafted", "after", "line", "replaces", "conflict")  # the fields that name steps


class Fork(NamedTuple):
    """A device, the lamport and link of the last step both copies have, our first link after it ("" where it is not
    forked here), the steps the other copy has. Links are in hex."""

    device: str
    shared: int
    before: str
    ours: str
    tail: tuple[Command, ...]

    @property
    def mark(self) -> str:
        """What the id of its new device is made of: the fork is known by it ever after."""
        return self.tail[0].hash[:32]


def link(before: str, command: Command) -> str:
    """The link of a command after another, both as hex."""
    digest = journal.opened(bytes.fromhex(before), *command.step, command.at, command.who, command.verb)
    for event in command.events:
        digest.update(journal.line(event.kind, event.body, bytes.fromhex(event.commitment) or None))
    return str(digest.hexdigest())


class Renaming:
    """What each name that the tails gave out is from now on: of steps, of records and people; how far each letter was
    shared, and the letter from there on; the commitments of private values that named one of them; the numbers of
    records and the (new device, keeper) by the device that forked."""

    def __init__(self) -> None:
        self.steps: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.shared: dict[str, tuple[int, str]] = {}
        self.commitments: dict[str, str] = {}
        self.given: dict[str, list[tuple[str, str]]] = {}
        self.devices: dict[str, tuple[str, str]] = {}

    def name(self, fork: Fork, device: str, keeper: str) -> None:
        """Give every step and number of a fork's tail its new name, under the letter of its new device, which is kept
        by a person (an id)."""
        letter, counts = device[:1], Counter[tuple[str, str]]()
        self.devices[fork.device] = (device, keeper)
        self.shared[fork.device[:1]] = (fork.shared, letter)
        before = dict(self.names)
        for command in fork.tail:
            self.steps[command.step.name] = Step(command.lamport, device).name
            for event in command.events:
                of = _known(event, command)
                if of.numbered:
                    old = str(json.loads(event.body)[of.key])
                    self.names[old] = self._number(of.numbered, old, letter, counts)
        self.given[fork.device] = [
            (old, new) for old, new in self.names.items() if old not in before and old != new and old[0] != "p"
        ]

    def _number(self, series: str, old: str, letter: str, counts: Counter[tuple[str, str]]) -> str:
        """The next number of a series under a letter. What hangs on a number of both copies' stays there: a motion is
        told apart by the letter, a refund is not, for two refunds of one receipt are to be looked at."""
        year = numbers.split(old)[1]
        parent = old.rpartition("-")[0] if series in numbers.UNDER else ""
        under = self.names.get(parent, parent)
        if series == "refund" and under == parent:
            return old
        counts[series, under or str(year)] += 1
        n = counts[series, under or str(year)]
        if series == "person":
            return f"p{letter}{n}"
        if not under:
            return numbers.format(series, letter, year, n)
        device, year, place, _sub = numbers.split(under)
        return numbers.format(series, device, year, place, n, letter if series == "motion" and device != letter else "")

    def chain(self, fork: Fork) -> list[Command]:
        """The tail under its new device, which begins with its own step."""
        (device, keeper), first = self.devices[fork.device], fork.tail[0]
        begun = DeviceAdded(device=device, person=keeper)
        opening = Carried(begun.kind, journal.canonical(begun.values()))
        steps = [replace(first, lamport=first.lamport - 1, verb="device add", events=[opening])]
        steps += [
            replace(command, events=[self.event(event, True) for event in command.events]) for command in fork.tail
        ]
        chain, last = list[Command](), ""
        for step in steps:
            step = replace(step, device=device, who=self.names.get(step.who, step.who))
            last = link(last, step)
            chain.append(replace(step, hash=last))
        return chain

    def event(self, event: Carried, own: bool = False) -> Carried:
        """An event with the names as they are now. A receipt of the tail's own was handed out under its old number:
        that is its number on paper."""
        body, of = json.loads(event.body), known(event.kind)
        new = {field: self._value(field, value) for field, value in body.items()}
        if own and of and of.numbered and of.defaults.get("paper") == "" and not new.get("paper"):
            old = str(body[of.key])
            new["paper"] = old if self.names.get(old, old) != old else ""
        secret, commitment = event.private, event.commitment
        if secret and commitment:
            said = json.loads(secret.body)
            text = journal.canonical({field: self._secret(value) for field, value in said.items()})
            if text != journal.canonical(said):
                commitment = journal.commit(bytes.fromhex(secret.salt), text).hex()
                self.commitments[event.commitment] = commitment
                secret = replace(secret, body=text)
            secret = replace(secret, person=self.names.get(secret.person, secret.person))
        text = event.body if new == body else journal.canonical(new)
        return Carried(event.kind, text, commitment, secret)

    def _value(self, field: str, value: Any) -> Any:
        if field == "paper":
            return value
        if isinstance(value, str):
            text = _NAME.sub(lambda match: self.names.get(match[0], match[0]), value)
            if field in _OF_STEPS:
                text = _STEP.sub(lambda match: self.steps.get(match[0], match[0]), text)
            return self.commitments.get(text, text)
        if isinstance(value, list):
            return [self._value(field, one) for one in value]
        if not isinstance(value, dict):
            return value
        found = {name: self._value(field, one) for name, one in value.items()}
        if field == "heads":
            for letter, (shared, new) in self.shared.items():
                if found.get(letter, 0) > shared:
                    found |= {letter: shared, new: found[letter]}
        return found

    def _secret(self, value: Any) -> Any:
        """Of private values only what is nothing but names: what people wrote stays as they wrote it."""
        if isinstance(value, str):
            return self._value("", value) if value and not _NAME.sub("", value).strip() else value
        if isinstance(value, list):
            return [self._secret(one) for one in value]
        return {name: self._secret(one) for name, one in value.items()} if isinstance(value, dict) else value


def _known(event: Carried, command: Command) -> type[Fact]:
    of = known(event.kind)
    if of is None:
        said = _("Step {step} is of a newer version of the program; upgrade to adopt it.")
        raise Refusal(said.format(step=command.step.name), field="file", value=command.step.name)
    return of
