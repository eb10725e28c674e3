"""The paper of a bylaw: its text, and before it, if wanted, a head that says who adopts it and which rules it sets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.exchange import front_matter
from zaoyuan_cli.exchange.front_matter import HELP, Fault, Faulty, Lines
from zaoyuan_cli.i18n import _, joined
from zaoyuan_cli.rules import laws

KEYS = {
    "标题": "title",
    "名称": "title",
    "通过": "by",
    "规则": "rule",
    "规则名": "name",
    "数值": "value",
    "条款": "article",
}


@dataclass
class Rule:
    """A rule that the bylaw sets, and its article."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012
    name: str
    value: str
    article: str = ""


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
    """The paper of a text. Raises Faulty: a head that cannot be read, a rule nobody knows or whose value is none, or no
    text."""
    taken = front_matter.take_apart(text, KEYS, head_needed=False)
    for rule in taken.head.get("rule", ()) if isinstance(taken.head.get("rule"), list) else ():
        if isinstance(rule, dict) and isinstance(rule.get("value"), bool | int | float):
            rule["value"] = laws.written(rule["value"])
    head = front_matter.guard(Head, taken, KEYS)
    faults = [fault for n, rule in enumerate(head.rule) for fault in _faults(rule, taken.lines, n)]
    if not taken.body.strip():
        faults.append(Fault(len(text.rstrip("\n").split("\n")), _("The bylaw has no text.")))
    if faults:
        raise Faulty(faults)
    return Sheet(head, taken.body)


def _faults(rule: Rule, lines: Lines, n: int) -> Iterator[Fault]:
    """What is wrong with a rule; one that can be read has its value as the book writes it."""
    try:
        law = laws.settable(rule.name.strip())
    except Refusal as refusal:
        yield _fault(refusal, lines.of("rule", n, "name"), "rule")
        return
    rule.name = law.name
    try:
        rule.value = laws.written(laws.value(law.unit, rule.value))
    except Refusal as refusal:
        yield _fault(refusal, lines.of("rule", n, "value"), "value")
    if not rule.article.strip():
        yield Fault(lines.of("rule", n), _("The article that sets {rule} is missing.").format(rule=law.name), "article")


def _fault(refusal: Refusal, line: int, field: str) -> Fault:
    near = " ".join(str(one["key"]) for one in refusal.candidates)
    said = joined((refusal.message, _("Did you mean {key}?").format(key=near))) if near else refusal.message
    return Fault(line, said, field, str(refusal.value))


def written(title: str, by: str, rules: Sequence[tuple[str, str, str]], text: str) -> str:
    """The paper of a bylaw, as `read` takes it, in the language of the run."""

    def said(key: str, value: str) -> str:
        return f"{front_matter.word(key, KEYS)} = {json.dumps(value, ensure_ascii=False)}"

    head = [said("title", title), said("by", by)]
    for name, value, article in rules:
        head += [f"[[{front_matter.word('rule', KEYS)}]]", said("name", name), said("value", value),
                 said("article", article)]  # fmt: skip
    above = _("Lines that begin with // are not read. Close the editor to keep this as the next version, a draft.")
    return "\n".join(["+++", f"{HELP} {above}", *head, "+++", "", text, ""])
