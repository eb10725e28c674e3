"""The whole command tree on one screen, and the one place where an exception becomes an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple, NoReturn

from zaoyuan_cli import __version__, progress
from zaoyuan_cli.commands import Entry, Group, in_file
from zaoyuan_cli.commands.words import read, wants_json
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _, set_language


class Leaf(NamedTuple):
    """A command of the table: its name, where it is (file of commands/ : attribute), one line of help, other names."""

    name: str
    target: str
    help: str
    aliases: str = ""


TREE: dict[str, tuple[Leaf, ...]] = {
    N_("Everyday"): (
        Leaf("pay", "paying:pay", N_("Record a payment"), "收款"),
        Leaf("collect", "collecting:collect", N_("Collect from door to door"), "上门收款"),
        Leaf("unpaid", "unpaid:unpaid", N_("Who still owes what"), "欠缴"),
        Leaf("spend", "spending:spend", N_("Record an expense"), "支出"),
        Leaf("minutes", "minutes:minutes", N_("Keep the minutes in the meeting, or take in a paper"), "记录"),
        Leaf("find", "find:find", N_("Find a word anywhere in the book"), "查找"),
        Leaf("report", "briefing:report", N_("How things stand, before a meeting"), "报告"),
    ),
    N_("Registers"): (
        Leaf("household", "households:app", N_("Households: rooms and their owners"), "hh 住户"),
        Leaf("person", "people:app", N_("People: owners, tenants, family"), "人员"),
        Leaf("space", "spaces:app", N_("Special spaces: parking places, stalls, storage"), "特定空间 车位"),
        Leaf("unit", "units:app", N_("Units, the staircases of a building"), "单元"),
        Leaf("grid", "grids:app", N_("Grids, the parts of the estate"), "网格 微网格"),
        Leaf("body", "bodies:app", N_("Bodies: committee, branch, assembly"), "组织"),
        Leaf("role", "roles:app", N_("Who holds which office"), "职务"),
        Leaf("donor", "donors:app", N_("Donors from outside the estate"), "捐助方"),
    ),
    N_("Money"): (
        Leaf("contribution", "contributions:app", N_("Payments received: list, show, void, refund"), "缴款"),
        Leaf("receipt", "receipts:app", N_("Receipts: every number given out, void ones too"), "收据"),
        Leaf("reminder", "reminders:app", N_("Reminders: who was asked for what they owe, and texts to send"), "催缴"),
        Leaf("handin", "handins:app", N_("Hand-ins: money collectors give the cashier"), "交账"),
        Leaf("expense", "expenses:app", N_("Expenses: add, voucher, approve, repay, list, void")),
        Leaf("income", "incomes:app", N_("Incomes: money from common parts, and its cost"), "收入"),
        Leaf("project", "projects:app", N_("Projects and what each household owes them"), "pj 项目"),
        Leaf("account", "accounts:app", N_("Accounts: where money is"), "账户"),
        Leaf("fund", "funds:app", N_("Funds: what money is for"), "资金"),
        Leaf("period", "periods:app", N_("Periods: months and quarters that are closed"), "账期"),
    ),
    N_("Meetings"): (
        Leaf("meeting", "meetings:app", N_("Meetings: plan, notice, attendance, minutes"), "mt 会议"),
        Leaf("motion", "motions:app", N_("Motions and the votes on them"), "议案"),
        Leaf("decision", "decisions:app", N_("Decisions and what rests on them"), "决议"),
        Leaf("ballot", "ballots:app", N_("Votes of all owners: roll, papers, slips, verdict"), "表决"),
        Leaf("canvass", "canvasses:app", N_("Canvasses: topics taken from door to door"), "征求意见 走访"),
        Leaf("bylaw", "bylaws:app", N_("Bylaws and their versions"), "制度"),
        Leaf("rule", "rules:app", N_("Rules: thresholds and periods, and where they come from"), "规则"),
    ),
    N_("Affairs"): (
        Leaf("task", "tasks:app", N_("Tasks: who does what until when"), "待办"),
        Leaf("opinion", "opinions:app", N_("Opinions of residents, and their answers"), "意见"),
        Leaf("letter", "letters:app", N_("Letters in and out, and their answers"), "函件"),
        Leaf("deliberation", "deliberations:app", N_("Proposals, from being made to being judged"), "协商"),
        Leaf("seal", "seals:app", N_("What a seal was put on, and who allowed it"), "用章"),
        Leaf("disclosure", "disclosures:app", N_("What is to be published and kept, and what is missing"), "公开"),
        Leaf("inspection", "inspections:app", N_("Who saw which record"), "查阅"),
        Leaf("handover", "handovers:app", N_("Hand-overs: what is due, the pack, who signed"), "交接"),
    ),
    N_("Output"): (
        Leaf("notice", "notices:app", N_("Papers for the wall, without owners' names or phones"), "公示"),
        Leaf("export", "exports:app", N_("Give out the journal as text"), "导出"),
    ),
    N_("The book"): (
        Leaf("init", "init:init", N_("Begin a book")),
        Leaf("import", "imports:app", N_("Take in households or special spaces from a spreadsheet"), "导入"),
        Leaf("book", "book:book", N_("Which book is used, and which others there are"), "账本"),
        Leaf("backup", "backups:backup", N_("Copy the book, verified"), "备份"),
        Leaf("restore", "backups:restore", N_("Put a backup in the place of the book"), "恢复"),
        Leaf("check", "checks:check", N_("Judge the book: chain, sums, numbers"), "检查"),
        Leaf("verify", "proofs:verify", N_("Prove a paper by the code on it"), "验证"),
        Leaf("log", "steps:log", N_("What was done, step by step"), "日志"),
        Leaf("undo", "steps:undo", N_("Take a step back"), "撤销"),
        Leaf("redo", "steps:redo", N_("Do again what was undone"), "重做"),
        Leaf("rebuild", "checks:rebuild", N_("Derive the ledger anew from the journal"), "重建"),
        Leaf("device", "devices:app", N_("The computers that write this book"), "设备"),
        Leaf("merge", "merges:merge", N_("Take in what another computer wrote"), "合并"),
        Leaf("conflict", "conflicts:app", N_("What two computers wrote against each other"), "冲突"),
        Leaf("config", "config:app", N_("Settings of this computer"), "设置"),
        Leaf("completion", "completion:completion", N_("Completion by the Tab key, for your shell")),
        Leaf("help", "help:help", N_("This help, a command's, or a topic's"), "帮助"),
    ),
    "": (Leaf("status", "status:status", N_("How the book stands, on one screen"), "状态"),),
}  # fmt: skip
"""The commands by panel of the help page; the nameless panel is hidden. One line here is one command."""

NOT_ON_THE_DEMO = ("init", "restore", "merge", "device")


def tree() -> Group:
    """The root of all commands, none of them built yet."""
    entries = {
        leaf.name: Entry(leaf.help, in_file(leaf.name, leaf.target), panel, hidden=not panel)
        for panel, leaves in TREE.items()
        for leaf in leaves
    }
    aliases = {alias: leaf.name for leaves in TREE.values() for leaf in leaves for alias in leaf.aliases.split()}
    return Group(
        "zaoyuan",
        entries,
        aliases,
        help=N_("The book of a homeowners' committee: households, money, meetings, papers."),
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def main() -> NoReturn:
    """The console scripts zaoyuan and zy."""
    gc.set_threshold(100_000, 50, 100)  # a command makes hardly a cycle: not to be sought for among 400,000 dues
    called = Path(sys.argv[0]).stem
    program = called if called in ("zaoyuan", "zy") else "zaoyuan"
    if f"_{program.upper()}_COMPLETE" in os.environ:
        from zaoyuan_cli.commands.completing import complete

        complete(tree(), program)
    sys.exit(run(sys.argv[1:], program))


def run(argv: Sequence[str], program: str = "zaoyuan") -> int:
    """Run one command line; the exit code. What goes wrong is said on stderr, by trouble.py."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    desk = Desk({"json": "1"} if wants_json(argv) else {})  # until the line is read, for the mistakes in it
    try:
        set_language()
        root = tree()
        line = read(argv, root)
        desk = Desk(line.given)
        desk.check()
        set_language(line.given.get("lang", ""), str(desk.settings.get("lang", "")))
        if line.spaced:
            desk.hint(_("A full-width space was read as a space."))
        if "version" in line.given:
            print(f"zaoyuan {__version__}")
        else:
            _call(root, line.words or ["status"], desk, program)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        from zaoyuan_cli.trouble import tell

        return tell(error, desk, argv)
    finally:
        desk.close()
    return 0


def _call(root: Group, words: list[str], desk: Desk, program: str) -> None:
    if desk.demo and words[0] in NOT_ON_THE_DEMO:
        raise WrongUsage(
            _("“{command}” does not work on the demo book.").format(command=words[0]),
            field="demo",
            hint=_("Leave out {flag}.").format(flag="--demo"),
        )
    desk.title = partial(root.title, words)
    with progress.heard_by(desk.draw_work), root.make_context(program, words, obj=desk) as ctx:
        root.invoke(ctx)


if __name__ == "__main__":
    main()
