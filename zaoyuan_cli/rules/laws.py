"""National law as data: every threshold and period by its name, with value, unit, source, article, words, status, and
the day from which it holds (R-97). The values stand in law/, the prefix of a name
names the file; a bylaw may set stricter ones."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

from zaoyuan_cli.errors import Ambiguous, NotFound, Refusal
from zaoyuan_cli.i18n import LANGUAGES, N_, _, speaking
from zaoyuan_cli.rules import values
from zaoyuan_cli.rules.meanings import MEANINGS
from zaoyuan_cli.rules.shares import Share
from zaoyuan_cli.rules.text import normal
from zaoyuan_cli.rules.values import Value

_FOLDER = Path(__file__).parent / "law"
_MARKS = {"unverified": N_("unverified"), "local": N_("local practice")}


class Law(NamedTuple):
    """A rule of the law or of practice. `value` is counted with (None: unset) in its `unit`; `status` is verified (the
    wording was read), unverified (restated by others) or local (a setting no national law has). A bylaw may go beyond
    `limit` in the direction that is `stricter` (more, less; "" where there is no limit), and not the other way;
    `by` is who may set it otherwise: assembly, law (nobody else), "" (either body)."""

    name: str
    unit: str
    status: str
    value: Value = None
    source: str = ""
    article: str = ""
    words: str = ""
    since: date = date.min
    limit: Value = None
    stricter: str = ""
    by: str = ""

    @property
    def number(self) -> int:
        """The value of a rule that counts seats, days, months or years."""
        assert isinstance(self.value, int)
        return self.value

    @property
    def cited(self) -> str:
        """The article and its words, as a warning ends with them; no words where nobody read them."""
        return cited(self.source, self.article, self.words, self.status)

    def laxer(self, value: Value) -> bool:
        """Would a value be laxer than the law's limit?"""
        return self.limit is not None and self.strictness(value) < self.strictness(self.limit)

    def strictness(self, value: Value) -> tuple[Fraction, bool]:
        """Greater for what is stricter; the same for all where there is no direction."""
        if not self.stricter or not isinstance(value, int | Share):
            return Fraction(0), False
        share, strict = value.rank if isinstance(value, Share) else (Fraction(value), False)
        return (share, strict) if self.stricter == "more" else (-share, not strict)


def cited(source: str, article: str, words: str = "", status: str = "verified") -> str:
    """A source as prints name it: 《民法典》第二百七十八条, its words where somebody read them, its mark where nobody
    did; "" without a source."""
    if not source:
        return ""
    if status != "verified":
        return _("《{source}》{article} ({mark})").format(source=source, article=article, mark=mark(status))
    if not words:
        return _("《{source}》{article}").format(source=source, article=article)
    return _("《{source}》{article}: “{words}”").format(source=source, article=article, words=words)


def mark(status: str) -> str:
    """What stands wherever a rule prints that is not verified law: unverified, local practice; "" where it is."""
    return _(_MARKS[status]) if status in _MARKS else ""


def everything() -> dict[str, tuple[Law, ...]]:
    """Every rule by its name, each in its versions by the day they hold from."""
    files = sorted(path.stem for path in _FOLDER.glob("*.toml"))
    return {name: laws for file in files for name, laws in _of_file(file).items()}


@cache
def _of_file(file: str) -> dict[str, tuple[Law, ...]]:
    """The rules of a file of law/; none where there is no such file."""
    path = _FOLDER / f"{file}.toml"
    found: dict[str, list[Law]] = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["rule"] if path.exists() else ():
        law = _law(entry)
        found.setdefault(law.name, []).append(law)
    return {name: tuple(sorted(laws, key=lambda law: law.since)) for name, laws in found.items()}


def versions(name: str) -> tuple[Law, ...]:
    """A rule in its versions, the oldest first. Raises NotFound with the names that are near."""
    file = name.partition(".")[0]
    if file.isalpha() and name in (of := _of_file(file)):
        return of[name]
    raise _unknown(name)


def _several(text: str, fitting: list[str]) -> Ambiguous:
    return Ambiguous(
        _("“{name}” fits several rules.").format(name=text), field="rule", value=text,
        candidates=[{"key": one, "label": one} for one in fitting],
    )  # fmt: skip


def _unknown(name: str) -> NotFound:
    """That there is no such rule, with the names that are near."""
    from difflib import get_close_matches

    asked, known = normal(name).lower(), everything()
    near = [one for one in known if asked and asked in one] or get_close_matches(asked, known, 3, 0.5)
    return NotFound(
        _("There is no rule {name}.").format(name=name),
        field="rule",
        value=name,
        candidates=[{"key": one, "label": one} for one in near],
        hint=_("All rules: {command}").format(command="zaoyuan rule list"),
    )


def pick(text: str) -> str:
    """The name of a rule, from it, a part of it that fits one, or a part of what it means. Raises NotFound,
    Ambiguous."""
    asked, known = normal(text).lower(), everything()
    fitting = [one for one in known if one == asked] or [one for one in known if asked in one]
    fitting = fitting or _meaning(asked)
    if len(fitting) == 1:
        return fitting[0]
    raise _several(text, fitting) if fitting and asked else _unknown(text)


def named(text: str) -> str:
    """The name of a rule as a bylaw's file gives it: the whole of it, or what it is about in either language (a part
    that fits one). Raises NotFound, Ambiguous."""
    asked = normal(text).lower()
    if asked in everything():
        return asked
    fitting = _meaning(asked)
    if len(fitting) == 1:
        return fitting[0]
    raise _several(text, fitting) if fitting and asked else _unknown(text)


def _meaning(asked: str) -> list[str]:
    """The rules that are about something, in either language; only one where that is all it is about."""
    said = {name: [normal(one).lower() for one in _meanings(name)] for name in everything()}
    whole = [name for name, of in said.items() if asked in of]
    return whole or [name for name, of in said.items() if any(asked in one for one in of)]


def _meanings(name: str) -> Iterator[str]:
    """What a rule is about, in every language."""
    for lang in LANGUAGES:
        with speaking(lang):
            yield _(MEANINGS[name])


def law(name: str, on: date | None = None) -> Law:
    """A rule as national law has it on a day (in its last version without one): unset before its first day.
    Raises NotFound."""
    known = versions(name)
    held = [one for one in known if on is None or one.since <= on]
    return held[-1] if held else Law(name, known[0].unit, "unverified", stricter=known[0].stricter, by=known[0].by)


def settable(name: str) -> Law:
    """A rule that a bylaw may set, in its last version. Raises NotFound; Refusal for one that no bylaw sets."""
    found = law(name)
    if found.by == "law":
        raise Refusal(
            _("No bylaw sets {rule}.").format(rule=found.name), field="rule", value=name, hint=found.cited,
            rule=found.name, limit=found.value,
        )  # fmt: skip
    return found


def _law(entry: dict[str, object]) -> Law:
    """A rule of a file, its value and limit read; a limit not named is the value, where there is a direction."""
    given = {"since" if key == "from" else key: of for key, of in entry.items()}
    unit = str(given["unit"])
    for key in ("value", "limit"):
        if key in given:
            read = given[key]
            given[key] = read if isinstance(read, int) else values.read(unit, str(read))
    if given.get("stricter"):
        given.setdefault("limit", given.get("value"))
    return Law(**given)  # type: ignore[arg-type]
