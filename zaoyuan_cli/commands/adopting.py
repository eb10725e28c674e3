"""The life of a bylaw, under the noun `bylaw`: a new draft, what it changes, adopted, repealed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.options import Day, Decision, File, day_or_none
from zaoyuan_cli.errors import NotFound, WrongUsage
from zaoyuan_cli.i18n import N_, _, _n
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book.bylaws import Version
    from zaoyuan_cli.desk import Desk

Bylaw = Annotated[
    str,
    Argument(
        metavar=N_("NAME"), help=N_("The bylaw, or a part of its name that fits one."),
        autocompletion=completing.bylaws,
    ),
]  # fmt: skip
Draft = Annotated[int, Option("--version", metavar=N_("N"), help=N_("This version; else the last."))]
Effective = Annotated[str, Option("--effective", metavar=N_("DATE"), help=N_("The first day it is in force."))]
From = Annotated[int, Option("--from", metavar=N_("N"), help=N_("The older version; else the one in force."))]
To = Annotated[int, Option("--to", metavar=N_("N"), help=N_("The newer version; else the last."))]


def adopt(ctx: Context, bylaw: Bylaw, decision: Decision = "", effective: Effective = "", version: Draft = 0) -> None:
    """Adopt the last draft of a bylaw by a decision: it is in force from a day on, in the place of the version before.

    Its head says who decides, the committee or the assembly, and which rules it sets (zaoyuan help bylaw-file). A rule
    may be stricter than the law, never laxer. What was judged before is not judged anew.

    Example: zaoyuan bylaw adopt 公共区域 --decision 业决〔2022〕1号 --effective 2022-06-01
    """
    from zaoyuan_cli.book import adopting

    desk: Desk = ctx.obj
    _needs(decision, effective, f"zaoyuan bylaw adopt {bylaw}")
    since = day_or_none(desk, effective, "effective") or desk.today
    one = adopting.adopt(desk.book, bylaw, decision, since, version)
    said = _("√ 《{bylaw}》 version {version}: adopted by {decision}, in force from {day}").format(
        bylaw=one.bylaw, version=one.version, decision=one.decision, day=since
    )
    _look_at(desk, one)
    lines = [said, *_rules(desk, one, one.effective)]
    desk.show(Done(_data(one), lines, hint=f"zaoyuan bylaw show {one.bylaw} --version {one.version}"))


def repeal(ctx: Context, bylaw: Bylaw, decision: Decision = "", on: Day = "") -> None:
    """Put a bylaw out of force from a day on, by a decision; its text and what was judged by it stay.

    Example: zaoyuan bylaw repeal 公共区域 --decision DA2022-3 -d 2022-07-01
    """
    from zaoyuan_cli.book import adopting

    desk: Desk = ctx.obj
    _needs(decision, "-", f"zaoyuan bylaw repeal {bylaw}")
    one = adopting.repeal(desk.book, bylaw, decision, day_or_none(desk, on, "date") or desk.today)
    said = _("√ 《{bylaw}》 version {version}: repealed by {decision}, not in force from {day}").format(
        bylaw=one.bylaw, version=one.version, decision=one.repealed_by, day=one.until
    )
    desk.show(Done(_data(one), [said], hint="zaoyuan bylaw list --all"))


def edit(ctx: Context, bylaw: Bylaw, file: File = "") -> None:
    """Write the next version of a bylaw in your editor, or take it from a file: a draft, until it is adopted.

    Example: zaoyuan bylaw edit 存车棚 -f bylaws/存车棚管理办法.md
    """
    from zaoyuan_cli.book import bylaws
    from zaoyuan_cli.commands import drafting
    from zaoyuan_cli.exchange import bylaws as papers
    from zaoyuan_cli.exchange import front_matter

    desk: Desk = ctx.obj
    name = bylaws.pick(desk.book, bylaw)
    if file:
        desk.show(keep(desk, name, front_matter.read_file(file), "bylaw edit"))
        return
    last = _last(desk, name)
    template = papers.written(name, last.by, bylaws.rules(desk.book.db, last), last.text)
    path = drafting.draft_file(desk, name)
    command = f"zaoyuan bylaw edit {name}"
    desk.show(drafting.write(desk, path, template, lambda text: keep(desk, name, text, "bylaw edit"), command))


def diff(ctx: Context, bylaw: Bylaw, old: From = 0, new: To = 0) -> None:
    """Show what a version changes, article by article: what is out with -, what is new with +, the words in 【】.

    Without numbers: from the version in force to the last; where that is the one in force, from the one before.

    Example: zaoyuan bylaw diff 存车棚 --from 1 --to 2
    """
    from zaoyuan_cli.book import bylaws
    from zaoyuan_cli.reports.bylaws import compared

    desk: Desk = ctx.obj
    on = desk.as_of or desk.today
    name = bylaws.pick(desk.book, bylaw)
    every = {one.version: one for one in bylaws.versions(desk.book.db, on, name)}
    after = bylaws.one(desk.book, name, new or max(every, default=0), on)
    earlier = [one for one in every.values() if one.version < after.version]
    held = [one for one in earlier if one.state == "in_force"]
    if not old and not earlier:
        raise NotFound(
            _("{bylaw} has one version only.").format(bylaw=name),
            field="version",
            value=str(after.version),
            hint=_("To write the next one: {command}").format(command=f"zaoyuan bylaw edit {name}"),
        )
    before = bylaws.one(desk.book, name, old, on) if old else (held or earlier)[-1]
    desk.show(compared(desk.book, before, after))


COMMANDS: dict[str, Callable[..., None]] = {"adopt": adopt, "repeal": repeal, "edit": edit, "diff": diff}


def keep(desk: Desk, name: str, text: str, verb: str) -> Done:
    """Keep a paper as the next version of a bylaw."""
    from zaoyuan_cli.book import bylaws
    from zaoyuan_cli.exchange import bylaws as papers
    from zaoyuan_cli.rules import articles

    paper = papers.read(text)
    if paper.head.title and bylaws.title(paper.head.title) != name:
        desk.warn(_("The file calls it “{title}”.").format(title=paper.head.title))
    rules = tuple(bylaws.Rule(one.name, one.value, one.article) for one in paper.head.rule)
    labels = {article.label for article in articles.split(paper.text)}
    for rule in rules:
        if not any(label and rule.article.startswith(label) for label in labels):
            desk.warn(_("{rule} names {article}, which the text has not.").format(rule=rule.name, article=rule.article))
    version, new = bylaws.draft(desk.book, name, paper.text, paper.head.by, rules, verb)
    count = articles.count(version.text)
    data = {
        "bylaw": name, "state": version.state, "version": version.version, "date": version.date, "by": version.by,
        "articles": count, "rules": [rule._asdict() for rule in rules], "new": new,
    }  # fmt: skip
    said = _("draft, version {version}, {count} articles") if new else _("nothing new: version {version} has this text")
    lines = [f"√ 《{name}》 " + said.format(version=version.version, count=count), *_rules(desk, version)]
    compare = new and version.version > 1
    return Done(data, lines, hint=f"zaoyuan bylaw {'diff' if compare else 'show'} {name}")


def _last(desk: Desk, name: str) -> Version:
    """The version a new text begins from: the last there is."""
    from datetime import date

    from zaoyuan_cli.book import bylaws

    return bylaws.versions(desk.book.db, date.max, name)[-1]


def _look_at(desk: Desk, one: Version) -> None:
    """Warn where the decision does not speak of the bylaw, or adopted another version: it may be another one that was
    meant."""
    from datetime import date

    from zaoyuan_cli.book import adopting, bylaws, decisions

    text = decisions.show(desk.book, one.decision).text
    if not adopting.is_named(one.bylaw, text):
        said = _("{decision} does not name 《{bylaw}》: “{text}”. If it is another that was meant: {command}")
        desk.warn(said.format(decision=one.decision, bylaw=one.bylaw, text=text, command="zaoyuan undo"))
    for other in bylaws.versions(desk.book.db, date.max, one.bylaw):
        if other.decision == one.decision and other.version != one.version:
            said = _("{decision} adopted version {version} already. If it is another that was meant: {command}")
            desk.warn(said.format(decision=one.decision, version=other.version, command="zaoyuan undo"))


def _needs(decision: str, effective: str, command: str) -> None:
    if not decision or not effective:
        from_day = "" if effective == "-" else " --effective 2022-06-01"
        raise WrongUsage(
            _("A bylaw is adopted and repealed by a decision.") if not decision
            else _("From which day on is it in force?"),
            field="effective" if decision else "decision",
            hint=f"{command} --decision {decision or 'DA2022-1'}{from_day}",
        )  # fmt: skip


def _data(one: Version) -> dict[str, object]:
    return {
        "bylaw": one.bylaw, "state": one.state, "version": one.version, "effective": one.effective,
        "until": one.until, "decision": one.repealed_by or one.decision,
    }  # fmt: skip


def _rules(desk: Desk, one: Version, on: date | None = None) -> list[str]:
    """How many rules it sets, and a line for each, with what the law of that day says where that is something."""
    from zaoyuan_cli.book import bylaws
    from zaoyuan_cli.exchange import bylaws as papers
    from zaoyuan_cli.rules import laws, values

    rules = bylaws.rules(desk.book.db, one)
    if not rules:
        return [_("  It sets no rule: limits stay as they are."), f"  {papers.how()}"]
    lines = [_n("  It sets {count} rule:", "  It sets {count} rules:", len(rules)).format(count=len(rules))]
    for rule in rules:
        law = laws.law(rule.name, on)
        words = values.in_words(values.read(law.unit, rule.value), law.unit)
        said = _("  {rule}: {value} ({article})").format(rule=rule.name, value=words, article=rule.article)
        if law.value is not None:
            said += _(" · by law {value}").format(value=values.in_words(law.value, law.unit))
            said += f" ({laws.mark(law.status)})" if laws.mark(law.status) else ""
        lines.append(said)
    return lines
