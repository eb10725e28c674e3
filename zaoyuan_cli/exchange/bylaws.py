"""The paper of a bylaw: its text, and before it, if wanted, a head that says who adopts it and which rules it sets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from zaoyuan_cli.exchange import front_matter
from zaoyuan_cli.exchange.front_matter import Fault, Faulty
from zaoyuan_cli.i18n import _

KEYS = {"标题": "title", "名称": "title", "通过": "by", "规则": "rule", "数值": "value", "条款": "article"}


@dataclass
class Rule:
    """A rule that the bylaw sets, and its article."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012
    name: str
    value: str
    article: str


@dataclass
class Head:
    """The head of the paper."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012
    title: str = ""
    by: Literal["committee", "assembly", ""] = ""
    rule: list[Rule] = field(default_factory=list)


class Sheet(NamedTuple):
    """A paper read."""

    head: Head
    text: str


def read(text: str) -> Sheet:
    """The paper of a text. Raises Faulty: a head that cannot be read, or no text."""
    taken = front_matter.take_apart(text, KEYS, head_needed=False)
    head = front_matter.guard(Head, taken, KEYS)
    if not taken.body.strip():
        raise Faulty([Fault(len(text.rstrip("\n").split("\n")), _("The bylaw has no text."))])
    return Sheet(head, taken.body)
