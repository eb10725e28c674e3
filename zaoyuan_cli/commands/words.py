"""The words of the command line before Typer sees them.

An input method leaves full-width letters, long dashes and ideographic spaces behind; and the global options may stand
anywhere. Both are settled here in one walk, which follows the commands as it goes: only the command knows whether the
word after an option is its value, and a value is left as it was typed.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from zaoyuan_cli.commands import Group
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.rules.text import normal

SPACE = "\u3000"


class Global(NamedTuple):
    """An option every command takes; without a metavar it is a flag."""

    name: str
    help: str
    short: str = ""
    metavar: str = ""


GLOBALS = (
    Global("--book", N_("The book to use."), "-b", N_("FILE")),
    Global("--demo", N_("Use the demo book: an invented estate of 150 households.")),
    Global("--fresh", N_("With --demo: begin the demo anew.")),
    Global("--json", N_("Answer in JSON; short for --format json.")),
    Global("--format", N_("How to answer: table, json, csv, tsv, md or html."), metavar=N_("FORMAT")),
    Global("--output", N_("Write the answer into this file; its ending names the format."), "-o", N_("FILE")),
    Global("--lang", N_("The language of the answer: zh or en."), metavar="zh|en"),
    Global("--as-of", N_("How things stood on that day."), metavar=N_("DATE")),
    Global("--known-on", N_("What this book knew at the end of that day."), metavar=N_("DATE")),
    Global("--who", N_("Who is at the keyboard: a name, or the id of a person."), metavar=N_("PERSON")),
    Global("--full", N_("Show whole phone numbers.")),
    Global("--yes", N_("Answer every question with yes."), "-y"),
    Global("--no-input", N_("Ask nothing; what would need an answer is refused.")),
    Global("--no-color", N_("No colours.")),
    Global("--quiet", N_("Only the answer: no hints."), "-q"),
    Global("--version", N_("Show the version.")),
)
_BY_NAME = {name: option for option in GLOBALS for name in (option.name, option.short) if name}


class Line(NamedTuple):
    """A command line read: the global options by name without dashes, and the words left for the command."""

    given: dict[str, str]
    words: list[str]
    spaced: bool = False
    """Was a full-width space read as a space?"""


def read(argv: Sequence[str], root: Group) -> Line:
    """Walk along the line. WrongUsage: a global option without its value, or a flag with one."""
    given: dict[str, str] = {}
    words: list[str] = []
    here: Any = root
    spaced = False
    rest = deque(argv)
    while rest:
        word = _option(rest.popleft())
        name, equals, value = word.partition("=")
        if word == "--":
            words += ["--", *rest]
            break
        if not word.startswith("-") or len(word) == 1:
            first, *others = _plain(word, isinstance(here, Group))
            rest.extendleft(reversed(others))
            spaced = spaced or bool(others)
            if isinstance(here, Group):
                first = here.called(first) or first
                here = here.load(first) if first in here.entries else None
            words.append(first)
        elif own := _own(here, name):
            words.append(word)
            if not own.is_flag and not equals and name in own.opts and rest:
                words.append(rest.popleft())
        elif name in _BY_NAME:
            given[_BY_NAME[name].name[2:]] = _value(_BY_NAME[name], value if equals else None, rest)
        elif word[:2] in _BY_NAME and _BY_NAME[word[:2]].metavar:  # -bFILE
            given[_BY_NAME[word[:2]].name[2:]] = word[2:]
        elif word in ("-yq", "-qy"):
            given |= {"yes": "1", "quiet": "1"}
        else:
            words.append(word)
    return Line(given, words, spaced)


def wants_json(argv: Sequence[str]) -> bool:
    """A guess at how a mistake in the line itself is to be told."""
    plain = [_option(word) for word in argv]
    return "--json" in plain or "--format=json" in plain or ("--format", "json") in pairwise(plain)


def _value(option: Global, attached: str | None, rest: deque[str]) -> str:
    if not option.metavar:
        if attached is not None:
            raise WrongUsage(_("{option} takes no value.").format(option=option.name), field=option.name[2:])
        return "1"
    if attached is None and not rest:
        raise WrongUsage(_("{option} wants a value after it.").format(option=option.name), field=option.name[2:])
    return attached if attached is not None else rest.popleft()


def _own(command: Any, name: str) -> Any:
    """The option of the command itself that goes by that name."""
    for param in command.params if command else ():
        if param.param_type_name == "option" and name in (*param.opts, *param.secondary_opts):
            return param
    return None


def _option(word: str) -> str:
    """——ｊｓｏｎ and —json as --json, －ｙ as -y; what is no option stays."""
    name, equals, value = re.fullmatch(r"([^=＝]*)([=＝]?)(.*)", word, re.DOTALL).groups()  # type: ignore[union-attr]
    plain = normal(name)
    if not re.fullmatch(r"--?([A-Za-z][A-Za-z0-9-]*)?", plain) or plain == "-":
        return word
    bare = plain.lstrip("-")
    if not name.startswith("-"):  # an input method makes one long dash of two short ones, and two of one
        plain = ("-" if len(bare) == 1 else "--") + bare
    return plain + ("=" if equals else "") + value


def _plain(word: str, command: bool) -> list[str]:
    """A word that is no option: a command's name, a number, a date or a room in plain letters; a text as typed.

    A full-width space parts words where it cannot be part of a text.
    """
    parts = [part for part in word.split(SPACE) if part]
    if command and parts:
        return [normal(parts[0]), *parts[1:]]
    plain = [_machine(part) for part in parts]
    if len(parts) > 1 and None not in plain:
        return [str(part) for part in plain]
    return [_machine(word) or word]


def _machine(word: str) -> str | None:
    """A room, number or date as plain letters, or None for a text: １００ is 100, 3—2—501 is 3-2-501."""
    plain = normal(word)
    return plain if plain.isascii() and any(map(str.isdigit, plain)) else None
