"""The paper of a meeting: a head with who, when and what was decided, then `## item` and what was said."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from zaoyuan_cli.exchange import front_matter
from zaoyuan_cli.exchange.front_matter import HELP, Fault, Faulty, Lines
from zaoyuan_cli.i18n import _

KEYS = {
    "标题": "title", "会议名称": "title", "日期": "date", "时间": "date", "地点": "place", "组织": "body",
    "主持": "chair", "主持人": "chair", "记录": "recorder", "记录人": "recorder", "出席": "present", "列席": "guests",
    "缺席": "absent",
    "决议": "decisions", "待办": "tasks", "内容": "text", "编号": "paper", "文号": "paper", "负责人": "by",
    "期限": "due",
}  # fmt: skip
_ITEM = re.compile(r"[ ]{0,3}(?:##|＃＃)(?![#＃])\s*(.*?)\s*#*\s*$")


@dataclass
class Decision:
    """A decision and its number on paper."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012
    text: str
    paper: str = ""


@dataclass
class Task:
    """Who does what until when."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012
    by: str
    text: str
    due: str = ""


@dataclass
class Head:
    """The head of the paper; days are words yet to be read. `absent` may give reasons: 李秀英（出差）."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012
    title: str
    date: str
    place: str = ""
    body: str = ""
    chair: str = ""
    recorder: str = ""
    present: list[str] = field(default_factory=list)
    guests: list[str] = field(default_factory=list)
    absent: list[str] | None = None
    decisions: list[Decision] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)


class Sheet(NamedTuple):
    """A paper read: its head, where each value stands, and (title, text) of each item."""

    head: Head
    lines: Lines
    items: tuple[tuple[str, str], ...]


def read(text: str) -> Sheet:
    """The paper of a text. Raises Faulty with every fault and its line."""
    taken = front_matter.take_apart(text, KEYS)
    taken.head.update({key: _eased(key, value) for key, value in taken.head.items()})
    head = front_matter.guard(Head, taken, KEYS)
    items = split_items(taken.body)
    faults = [
        Fault(taken.lines.of(key), _("“{key}” is empty.").format(key=front_matter.word(key, KEYS)), key)
        for key in ("title", "date")
        if not getattr(head, key).strip()
    ]
    if not items and not head.decisions:
        last = len(text.rstrip("\n").split("\n"))
        faults.append(Fault(last, _("Nothing was written: begin with a line “## ” and the first item.")))
    if faults:
        raise Faulty(faults)
    return Sheet(head, taken.lines, items)


def _eased(key: str, value: Any) -> Any:
    """Days as text, names in one text as a list, a decision that is only a text; all but what was said on one line."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if key in ("present", "guests", "absent") and isinstance(value, str):
        return [name.strip() for name in re.split("[、，,;；]", value) if name.strip()]
    if isinstance(value, str):
        return value if key == "text" else " ".join(value.split())
    if key == "decisions" and isinstance(value, list):
        value = [{"text": one} if isinstance(one, str) else one for one in value]
    if isinstance(value, list):
        return [_eased("", one) for one in value]
    return {name: _eased(name, one) for name, one in value.items()} if isinstance(value, dict) else value


def split_items(body: str) -> tuple[tuple[str, str], ...]:
    """(title, text) of every item; what stands before the first `##` is an item without a title."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in body.split("\n"):
        if match := _ITEM.match(line):
            found.append((match.group(1), []))
        else:
            found[-1][1].append(line)
    items = ((title, "\n".join(lines).strip("\n")) for title, lines in found)
    return tuple((title, text) for title, text in items if title or text.strip())


class Form(NamedTuple):
    """A paper to be written: people by name; `items` (title, text) as far as they are known; `kept` where a part of it
    is in the book already."""

    title: str
    day: date
    body: str
    place: str = ""
    chair: str = ""
    recorder: str = ""
    present: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    absent: tuple[str, ...] | None = None
    items: Sequence[tuple[str, str]] = ()
    kept: bool = False


def template(form: Form) -> str:
    """A paper for the editor, in the language of the run."""

    def said(key: str) -> str:
        return front_matter.word(key, KEYS)

    keys = ("title", "day", "place", "body", "chair", "recorder", "present", "guests", "absent")
    values = [("date" if key == "day" else key, getattr(form, key)) for key in keys]
    help_above = _(
        "Lines that begin with // are not read. Take out who did not come. Close the editor to keep the paper."
    )
    help_below = _("Decisions and tasks, as many as there were; take away the // before them:")
    if form.kept:
        help_below = _("Motions, decisions and tasks that are in the book stay. New ones, without the // before them:")
    example = [f"[[{said('decisions')}]]", f'{said("text")} = ""', "", f"[[{said('tasks')}]]", f'{said("by")} = ""',
               f'{said("due")} = "6-10"', f'{said("text")} = ""']  # fmt: skip
    return "\n".join([
        "+++",
        f"{HELP} {help_above}",
        *(f"{said(key)} = {value if isinstance(value, date) else json.dumps(value, ensure_ascii=False)}"
          for key, value in values if value is not None),
        f"{HELP} {help_below}",
        *(f"{HELP} {line}".rstrip() for line in example),
        "+++",
        "",
        f"{HELP} " + _("One line “## item” for each item, what was said below it."),
        *(f"## {title}\n{text}\n" if text else f"## {title}\n" for title, text in form.items or [("", "")]),
    ])  # fmt: skip
