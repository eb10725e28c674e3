"""The paper of a bylaw: its text, and before it, if wanted, a head that says who adopts it and which rules it sets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.exchange import front_matter
from zaoyuan_cli.exchange.front_matter import HELP, Fault, Faulty, Lines
from zaoyuan_cli.i18n import N_, _, joined
from zaoyuan_cli.rules import laws, values
from zaoyuan_cli.rules.meanings import MEANINGS
from zaoyuan_cli.rules.text import normal

KEYS = {
    "标题": "title",
    "名称": "title",
    "通过": "by",
    "规则": "rule",
    "规则名": "name",
    "数值": "value",
    "条款": "article",
}
BODIES = {"committee": N_("committee"), "assembly": N_("assembly")}
"""Who adopts a bylaw, as its head says it."""
_BODIES = {"业委会": "committee", "业主委员会": "committee", "业主大会": "assembly"}


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
    text; it names the topic of help with an example."""
    try:
        return _read(text)
    except Faulty as faulty:
        faulty.hint = "\n".join(filter(None, (faulty.hint, how())))
        raise


def how() -> str:
    """Where to read how such a paper is written."""
    return _("How the file of a bylaw is written: {command}").format(command="zaoyuan help bylaw-file")


def _read(text: str) -> Sheet:
    taken = front_matter.take_apart(text, KEYS, head_needed=False)
    _ease(taken)
    head = front_matter.guard(Head, taken, KEYS)
    faults = [fault for n, rule in enumerate(head.rule) for fault in _faults(rule, taken.lines, n)]
    if not taken.body.strip():
        faults.append(Fault(len(text.rstrip("\n").split("\n")), _("The bylaw has no text.")))
    if faults:
        raise Faulty(faults)
    return Sheet(head, taken.body)


def _ease(taken: front_matter.Sheet) -> None:
    """The head's words as the book keeps them: the body in English, values as texts. Raises Faulty: no body that
    adopts, or rules that do not stand each in a place of its own."""
    given, faults = taken.head, []
    if isinstance(by := given.get("by", ""), str) and (body := normal(by).lower()) not in ("", *BODIES):
        given["by"] = _BODIES.get(body, by)
        if body not in _BODIES:
            said = _("“{body}” adopts no bylaw: write {committee} or {assembly}.").format(
                body=by, **{english: f'"{_(one)}"' for english, one in BODIES.items()}
            )
            faults.append(Fault(taken.lines.of("by"), said, "by", by))
    rules = given.get("rule", [])
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        said = _("Each rule stands below a line {mark} of its own.").format(
            mark=f"[[{front_matter.word('rule', KEYS)}]]"
        )
        faults.append(Fault(taken.lines.of("rule"), said, "rule"))
    if faults:
        raise Faulty(faults)
    for rule in rules:
        if isinstance(rule.get("value"), bool | int | float):
            rule["value"] = values.written(rule["value"])


def _faults(rule: Rule, lines: Lines, n: int) -> Iterator[Fault]:
    """What is wrong with a rule; one that can be read has its value as the book writes it."""
    try:
        law = laws.settable(laws.named(rule.name))
    except Refusal as refusal:
        yield _fault(refusal, lines.of("rule", n, "name"), "rule")
        return
    rule.name = law.name
    try:
        rule.value = values.written(values.read(law.unit, rule.value))
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

    head = [said("title", title), said("by", _(BODIES[by]) if by in BODIES else by)]
    for name, value, article in rules:
        head += [f"[[{front_matter.word('rule', KEYS)}]]", said("name", name), said("value", value),
                 said("article", article)]  # fmt: skip
    above = _("Lines that begin with // are not read. Close the editor to keep this as the next version, a draft.")
    return "\n".join(["+++", f"{HELP} {above}", f"{HELP} {how()}", *head, "+++", "", text, ""])


def example() -> str:
    """A whole paper that sets two rules, in the language of the run."""
    text = _(
        "# Money of the estate\nArticle 1 These rules are for the money of the estate.\nArticle 2 An expense above"
        " 1,000 yuan needs a decision of the committee.\nArticle 3 Two members approve every expense."
    )
    rules = (
        (_(MEANINGS["expense.decision_above"]), "1000", _("Article 2")),
        ("expense.approvers", "2", _("Article 3")),
    )
    paper = written(_("Money of the estate"), "committee", rules, text)
    lines = [line for line in paper.split("\n") if not line.startswith(HELP)]
    return "\n".join(re.sub(r'"(\d+)"$', r"\1", line) for line in lines).strip()
