"""`person erase`, `donor erase`: what the book knows of a person goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Context, Option

from zaoyuan_cli.asking import YES
from zaoyuan_cli.commands import asking
from zaoyuan_cli.commands.options import DonorName, DryRun, Who
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column, Heading, Part, Table, Text
from zaoyuan_cli.errors import NeedsYes, NotFound
from zaoyuan_cli.i18n import N_, _, _n
from zaoyuan_cli.reports import Done, Page

if TYPE_CHECKING:
    from zaoyuan_cli.book.erasing import Mention, Plan

MENTIONS = (
    Column("step", N_("Step"), "number_text"), Column("verb", N_("What"), "state"),
    Column("number", N_("Number"), "number_text"), Column("text", N_("Text")),
)  # fmt: skip

ContactOnly = Annotated[bool, Option("--contact", help=N_("Only telephone and plates; the name stays."))]
Redact = Annotated[
    str,
    Option(
        "--redact", metavar=N_("STEPS"),
        help=N_("Which texts that name the person go as well: all, none, or their steps (A12,A40)."),
    ),
]  # fmt: skip
Named = Annotated[
    str, Option("--confirm", metavar=N_("NAME"), help=N_("The person's name, in place of typing it when asked."))
]


def erase(
    ctx: Context, who: Who, contact: ContactOnly = False, redact: Redact = "", confirm: Named = "",
    dry_run: DryRun = False,
) -> None:  # fmt: skip
    """Erase what the book knows of a person: name, initials, telephone, plates, texts that name them. For ever.

    Money, votes, offices and dates stay, and show 〔已删除〕. While they owe something or hold an office, only
    telephone and plates go. A text goes as a whole. Old backups are listed: nobody but you can delete them.

    Example: zaoyuan person erase 3-2-501 --dry-run
    """
    from zaoyuan_cli.book import erasing, people

    desk: Desk = ctx.obj
    id = asking.person(desk, who).person
    plan = erasing.plan(desk.book, id, contact)
    _erase(desk, plan, people.name_of(desk.book.db, id), redact, confirm, dry_run)


def erase_donor(
    ctx: Context, name: DonorName, redact: Redact = "", confirm: Named = "", dry_run: DryRun = False
) -> None:
    """Erase what the book knows of a donor who is a natural person: name, initials, texts that name them. For ever.

    What they gave and promised stays, and shows 〔已删除〕. The names of authorities and firms stay.

    Example: zaoyuan donor erase 赵先生 --dry-run
    """
    from zaoyuan_cli.book import donors, erasing

    desk: Desk = ctx.obj
    one = donors.pick(desk.book, name)
    _erase(desk, erasing.plan(desk.book, one.donor), one.name, redact, confirm, dry_run)


def _erase(desk: Desk, plan: Plan, name: str, redact: str, confirm: str, dry_run: bool) -> None:
    from zaoyuan_cli.book import erasing

    id = plan.ids[0]
    if dry_run:
        desk.show(Page(_data(desk, plan, [], dry_run), _parts(name, plan)))
        return
    desk.confirm_name(_question(name, plan), name, confirm)
    chosen = _chosen(desk, plan, redact)
    erasing.erase(desk.book, plan, [mention.commitment for mention in chosen])
    left = [mention.step for mention in plan.mentions if mention not in chosen]
    if left:
        desk.warn(_("Texts that still name them: {steps}").format(steps=" ".join(left)))
    if plan.stays:
        desk.warn(_("Names of accounts, projects or bodies cannot be erased: {steps}").format(
            steps=" ".join(plan.stays)))  # fmt: skip
    if plan.alike:
        desk.warn(_("Others of that name, perhaps the same, stay: {ids}").format(ids=" ".join(plan.alike)))
    data = _data(desk, plan, chosen, dry_run)
    if data["backups"]:
        desk.warn(_("Copies that still hold them; delete or replace these files: {files}").format(
            files=" ".join(data["backups"])))  # fmt: skip
    what = _("everything") if plan.what == erasing.EVERYTHING else _("telephone and plates")
    lines = [_("√ Erased: {what} of {id}, for ever.").format(what=what, id=id), *plan.why]
    if chosen:
        lines.append(_n("{count} text went.", "{count} texts went.", len(chosen)).format(count=len(chosen)))
    desk.show(Done(data, lines))


def _question(name: str, plan: Plan) -> str:
    return "\n".join(
        (
            *plan.why,
            _("Erasing {name} ({id}) cannot be undone; {count} values go.").format(
                name=name, id=plan.ids[0], count=len(plan.own)
            ),
        )
    )


def _chosen(desk: Desk, plan: Plan, redact: str) -> list[Mention]:
    """The texts that go as well: as named, else each is asked about; --yes means all. NeedsYes, NotFound."""
    if redact in ("all", "none") or not plan.mentions:
        return list(plan.mentions) if redact == "all" else []
    if redact:
        steps = redact.upper().replace("\uff0c", ",").split(",")
        for step in steps:
            if step not in {mention.step for mention in plan.mentions}:
                raise NotFound(_("No text of step {step} names them.").format(step=step), field="redact", value=step)
        return [mention for mention in plan.mentions if mention.step in steps]
    if desk.yes:
        return list(plan.mentions)
    if not desk.can_ask:
        raise NeedsYes(
            _("Texts name the person: {steps}").format(steps=" ".join(mention.step for mention in plan.mentions)),
            field="redact",
            hint=_("Say which go as well: {flag}").format(flag="--redact all"),
        )
    question = _("{step} {what}: “{text}”. The whole text goes? [y/N]")
    return [
        mention
        for mention in plan.mentions
        if desk.ask(
            question.format(step=mention.step, what=f"{_(mention.verb)} {mention.number}".strip(), text=mention.text)
        ).lower()
        in YES
    ]


def _data(desk: Desk, plan: Plan, chosen: list[Mention], dry_run: bool) -> dict[str, Any]:
    from zaoyuan_cli.book import erasing

    book = desk.book
    told = str(desk.settings.get("backup_dir", ""))
    here = book.path.absolute().parent
    folders = [here, here / "backups", *([Path(told).expanduser()] if told else [])]
    planned = [*plan.own, *(mention.commitment for mention in plan.mentions)]
    return {
        "person": plan.ids[0],
        "what": plan.what,
        "why": list(plan.why),
        "values": len(plan.own),
        "mentions": [_row(mention) for mention in plan.mentions] if dry_run else [],
        "redacted": [mention.step for mention in chosen],
        "stays": list(plan.stays),
        "alike": list(plan.alike),
        "backups": [str(path) for path in erasing.holding(book, folders, planned)],
        "dry_run": dry_run,
    }


def _row(mention: Mention) -> dict[str, Any]:
    return {name: value or None for name, value in mention._asdict().items() if name != "commitment"}


def _parts(name: str, plan: Plan) -> list[Part]:
    from zaoyuan_cli.book import erasing

    what = _("everything") if plan.what == erasing.EVERYTHING else _("telephone and plates")
    parts: list[Part] = [
        Heading(f"{name} · {plan.ids[0]}"),
        Text(_("Would go: {what}, {count} values.").format(what=what, count=len(plan.own))),
        *(Text(reason, "warn") for reason in plan.why),
    ]
    if plan.mentions:
        parts += [Heading(_("Texts that name them"), 2), Table(MENTIONS, [_row(mention) for mention in plan.mentions])]
    if plan.stays:
        text = _("Names of accounts, projects or bodies cannot be erased: {steps}")
        parts.append(Text(text.format(steps=" ".join(plan.stays)), "warn"))
    if plan.alike:
        text = _("Others of that name, perhaps the same, stay: {ids}")
        parts.append(Text(text.format(ids=" ".join(plan.alike)), "warn"))
    return parts
