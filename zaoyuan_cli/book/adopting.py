"""Adopting and repealing bylaws: who decides, from when, and that no rule becomes laxer than the law."""

from datetime import date, timedelta

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.bylaws import BylawAdopted, BylawRepealed
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import laws, values
from zaoyuan_cli.rules.text import quoted

from . import Book, bodies, bylaws, decisions
from .bylaws import Version
from .decisions import Decision

DECIDES = {"committee": ("committee", "provisional"), "assembly": ("assembly",)}
"""Who adopts what: the kinds of body whose decision it takes."""
OF_THE_OWNERS = ("管理规约", "业主公约", "业主大会议事规则")
"""What the owners themselves make (民法典 278), whatever its head says."""


KINDS = ("办法", "公约", "规约", "制度", "规则", "规定", "细则", "章程", "守则", "rules", "bylaw")
ANY = ("制度", "bylaw")
"""How decisions name a bylaw without its title: by its kind, or as one of several."""


def adopt(book: Book, text: str, decision: str, effective: date, version: int = 0) -> Version:
    """Adopt a version of a bylaw (its last without a number) by a decision, in force from a day on. Raises NotFound,
    Ambiguous; Refusal where it is adopted already, the decision is of another body or of a later day, another
    version begins that day, or a rule it sets would be laxer than the law (rule, limit)."""
    with book.writing("bylaw adopt"):
        name = bylaws.pick(book, text)
        every = bylaws.versions(book.db, date.max, name)
        one = bylaws.one(book, name, version or every[-1].version, date.max)
        if one.effective:
            raise Refusal(
                _("Version {version} of {bylaw} is adopted already, in force from {day}.").format(
                    version=one.version, bylaw=name, day=one.effective
                ),
                field="version",
                value=str(one.version),
                hint=_("To enter a new text: {command}").format(command=f"zaoyuan bylaw edit {name}"),
            )
        made = _decision(book, one, decision, effective)
        same = next((other for other in every if other.effective == effective), None)
        if same:
            raise Refusal(
                _("Version {version} of {bylaw} is in force from {day} already; two cannot begin on one day.").format(
                    version=same.version, bylaw=name, day=effective
                ),
                field="effective",
                value=str(effective),
                hint=_next_day(every, one, made, effective),
            )
        _refuse_laxer(book, one, effective)
        book.record(
            BylawAdopted(
                bylaw=name, version=one.version, drafted=one.step, decision=made.decision, on=made.date,
                effective=effective,
            )
        )  # fmt: skip
        return bylaws.one(book, name, one.version, max(book.today, made.date))


def _next_day(every: list[Version], one: Version, made: Decision, day: date) -> str:
    """The way out where another version begins on a day: the next on which none does."""
    while any(other.effective == day for other in every):
        day += timedelta(days=1)
    line = (
        f"zaoyuan bylaw adopt {quoted(one.bylaw)} --decision {made.decision} --effective {day} --version {one.version}"
    )
    return _("Let it begin on {day}, in the place of the other: {command}").format(day=day, command=line)


def is_named(bylaw: str, text: str) -> bool:
    """Does a decision's text name a bylaw: its title, what the title is about, or what kind of paper it is?"""
    kind = next((word for word in KINDS if bylaw.endswith(word)), "")
    about = bylaw.removesuffix(kind).removesuffix("管理")
    return any(word and word.casefold() in text.casefold() for word in (bylaw, kind, about, *ANY))


def repeal(book: Book, text: str, decision: str, on: date) -> Version:
    """Put a bylaw out of force from a day on, by a decision. Raises NotFound, Ambiguous, Refusal where none is in
    force on the day before, or the decision is of another body or of a later day."""
    with book.writing("bylaw repeal"):
        name = bylaws.pick(book, text)
        every = bylaws.versions(book.db, on, name)
        held = next((one for one in every if one.state == "in_force" and one.effective and one.effective < on), None)
        if held is None:
            raise Refusal(
                _("{bylaw} is not in force on the day before {day}.").format(bylaw=name, day=on),
                field="bylaw",
                value=text,
                hint=_("Its versions: {command}").format(command="zaoyuan bylaw list --all"),
            )
        made = _decision(book, held, decision, on)
        book.record(BylawRepealed(bylaw=name, version=held.version, decision=made.decision, on=on))
        return bylaws.one(book, name, held.version, on)


def _decision(book: Book, one: Version, number: str, day: date) -> Decision:
    """The decision, if it is of the body that decides on this bylaw, and no later than the day."""
    made = decisions.show(book, decisions.pick(book, number))
    by = "assembly" if any(word in one.bylaw for word in OF_THE_OWNERS) else one.by
    body = bodies.everyone(book.db)[made.body]
    if body.kind not in DECIDES[by]:
        said = (
            _("{bylaw} takes a decision of the owners' assembly; {decision} is of {body}.")
            if by == "assembly"
            else _("{bylaw} takes a decision of the committee; {decision} is of {body}.")
        )
        raise Refusal(
            said.format(bylaw=one.bylaw, decision=made.decision, body=body.name),
            field="decision",
            value=number,
            hint=_("Who adopts it stands in its head: {command}\nDecisions: {decisions}").format(
                command="zaoyuan help bylaw-file", decisions="zaoyuan decision list"
            ),
        )
    if made.date > day:
        raise Refusal(
            _("{decision} is of {date}: nothing is in force by it on {day}.").format(
                decision=made.decision, date=made.date, day=day
            ),
            field="effective",
            value=str(day),
        )
    return made


def _refuse_laxer(book: Book, one: Version, day: date) -> None:
    """Refuse a version that sets a rule only the owners set, or laxer than the law of that day."""
    for rule in bylaws.rules(book.db, one):
        law = laws.law(rule.name, day)
        if law.by == "assembly" and one.by != "assembly":
            raise Refusal(
                _("Only a bylaw of the owners' assembly sets {rule}; {bylaw} is of the committee.").format(
                    rule=rule.name, bylaw=one.bylaw
                ),
                field="rule",
                value=rule.name,
                hint=law.cited,
                rule=rule.name,
                limit=values.shown(law.limit),
            )
        value = values.read(law.unit, rule.value)
        if law.laxer(value):
            limits = {
                "more": _("{rule} is at least {limit} by law; {bylaw} {article} says {value}."),
                "less": _("{rule} is at most {limit} by law; {bylaw} {article} says {value}."),
            }
            raise Refusal(
                limits[law.stricter].format(
                    rule=rule.name, limit=values.in_words(law.limit, law.unit), bylaw=one.bylaw, article=rule.article,
                    value=values.in_words(value, law.unit),
                ),
                field="rule",
                value=rule.value,
                hint=law.cited,
                rule=rule.name,
                limit=values.shown(law.limit),
            )  # fmt: skip
