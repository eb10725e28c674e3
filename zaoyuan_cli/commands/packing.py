"""The pack of a hand-over: a folder that can be read without this program. What is in it is what the program's own
lists and pages say, so that nothing of the book is told twice."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zaoyuan_cli import render
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Report, Slip, Table
from zaoyuan_cli.errors import FileUnreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _, speaking
from zaoyuan_cli.progress import working
from zaoyuan_cli.render import saving
from zaoyuan_cli.reports.handovers import Filed

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.handovers import Balances

PAPERS, MONEY, OTHER = 0, 1, 3
"""Groups of the list."""
_UNSAFE = re.compile(r'[/\\:*?"<>|\s]+')
"""What has no place in the name of a file."""


class Register(NamedTuple):
    """A list of the program that goes into the pack: its group, what it is (and how its file is called), the line that
    shows it."""

    group: int
    what: str
    line: str

    @property
    def key(self) -> str:
        """Its noun, and what of it where that is no list: meeting, project pledges."""
        noun, _space, verb = self.line.partition(" ")
        return noun if verb.startswith(("list", "-")) else self.line


REGISTERS = (
    Register(PAPERS, N_("meetings"), "meeting list"),
    Register(PAPERS, N_("motions"), "motion list"),
    Register(PAPERS, N_("decisions"), "decision list"),
    Register(PAPERS, N_("votes of all owners"), "ballot list"),
    Register(PAPERS, N_("bylaws"), "bylaw list"),
    Register(PAPERS, N_("rules"), "rule list"),
    Register(PAPERS, N_("bodies"), "body list"),
    Register(PAPERS, N_("offices"), "role list"),
    Register(PAPERS, N_("deliberations"), "deliberation list"),
    Register(PAPERS, N_("notices"), "notice list"),
    Register(PAPERS, N_("canvasses"), "canvass list"),
    Register(PAPERS, N_("seals used"), "seal list"),
    Register(PAPERS, N_("archive"), "disclosure archive"),
    Register(MONEY, N_("accounts"), "account list"),
    Register(MONEY, N_("funds"), "fund list"),
    Register(MONEY, N_("projects"), "project list"),
    Register(MONEY, N_("counts of accounts"), "account counts"),
    Register(MONEY, N_("pledges"), "project pledges"),
    Register(MONEY, N_("shares given back"), "project shares"),
    Register(MONEY, N_("what is owed"), "unpaid"),
    Register(MONEY, N_("reminders"), "reminder list"),
    Register(MONEY, N_("contributions"), "contribution list"),
    Register(MONEY, N_("receipts"), "receipt list"),
    Register(MONEY, N_("expenses"), "expense list"),
    Register(MONEY, N_("incomes"), "income list"),
    Register(MONEY, N_("hand-ins"), "handin list"),
    Register(MONEY, N_("donors"), "donor list"),
    Register(MONEY, N_("closed periods"), "period list"),
    Register(OTHER, N_("households"), "household list"),
    Register(OTHER, N_("special spaces"), "space list"),
    Register(OTHER, N_("people"), "person list"),
    Register(OTHER, N_("consents"), "person consent"),
    Register(OTHER, N_("opinions"), "opinion list"),
    Register(OTHER, N_("letters"), "letter list"),
    Register(OTHER, N_("tasks"), "task list"),
    Register(OTHER, N_("inspections"), "inspection list"),
    Register(OTHER, N_("steps of the book"), "log --limit 999999"),
)
Ask = Callable[[str], Report]


class _Listener(Desk):
    """A desk that hears every answer instead of showing it. It writes nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__({"yes": "1", "no-input": "1", "full": "1", "quiet": "1"})
        self.__dict__["book"], self.heard = desk.book, list[Report]()

    def show(self, report: Report, output: Path | str | None = None) -> None:
        self.heard.append(report)

    def warn(self, text: str) -> None:
        """What is unusual is for who typed the command."""


def asking(root: Any, desk: Desk) -> Ask:
    """How to ask the program, by a command line, for the answer it would show."""

    def ask(line: str) -> Report:
        listener = _Listener(desk)
        with root.make_context("zaoyuan", shlex.split(line), obj=listener) as ctx:
            root.invoke(ctx)
        return listener.heard[-1]

    return ask


class Pack:
    """The folder, and what was written into it so far: `files` for the list, `seals` the SHA-256 of each."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files, self.seals = folder, list[Filed](), dict[str, str]()

    def write(self, name: str, content: bytes) -> None:
        """Write a file, readable by its owner only. FileUnreadable."""
        target = self.folder / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        saving.save(content, target)
        self.seals[name] = sha256(content).hexdigest()

    def add(self, file: Filed, content: bytes) -> None:
        """Write a file and put it on the list."""
        self.write(file.file, content)
        self.files.append(file)

    def counts(self) -> dict[str, int]:
        """How much there is of each kind."""
        return {one.key: one.held for one in self.files}

    def seal(self) -> str:
        """The list of files with their SHA-256 written out; its own SHA-256."""
        text = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.seals.items()))
        saving.save(text.encode(), self.folder / "SHA256SUMS")
        return sha256(text.encode()).hexdigest()


def begin(folder: Path) -> Pack:
    """An empty folder for the pack, its owner's only. Raises WrongUsage where it holds something, FileUnreadable."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUsage(
            _("There is something in {folder} already.").format(folder=folder), field="output", value=str(folder),
            hint=_("Name a new folder: {flag}").format(flag="-o"),
        )  # fmt: skip
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chmod(folder, 0o700)
    except OSError as fault:
        said = _("The folder cannot be made: {folder}").format(folder=folder)
        raise FileUnreadable(said, field="output", value=str(folder)) from fault
    return Pack(folder)


def fill(pack: Pack, desk: Desk, ask: Ask) -> None:
    """Everything the book holds: lists, pages, texts, attachments, the journal; in the language of the book."""
    with working(_("Writing the registers"), len(REGISTERS)) as step, speaking(desk.book.lang):
        for one in REGISTERS:
            report = ask(one.line)
            text = render.render(report, "csv").replace("\n", "\r\n")
            file = Filed(one.key, one.group, _(one.what), f"{_(one.what)}.csv", _entries(report))
            pack.add(file, text.encode("utf-8-sig"))
            step()
        for key, what, pages in _texts(desk.book):
            for name, line in pages:
                pack.write(f"{what}/{name}.md", render.render(ask(line), "md").encode())
            pack.files.append(Filed(key, PAPERS, what, f"{what}/", len(pages)))
        _attachments(pack, desk.book)
        _journal(pack, desk.book)


def _entries(report: Report) -> int:
    """How many rows the tables of an answer have."""
    parts = [inner for part in report.document() for inner in (part.parts if isinstance(part, Slip) else (part,))]
    return sum(len(part.rows) for part in parts if isinstance(part, Table))


def _texts(book: Book) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """(key, what, pages) of what is read page by page; a page is the name of its file and the line that shows it."""
    from zaoyuan_cli.book import ballots, bylaws, canvasses, deliberations, meetings, notices

    held = sorted(one.meeting for one in meetings.listing(book.db))
    yield "minutes", _("minutes"), [(number, f"meeting show {number}") for number in held]
    texts = [(f"{one.bylaw}-{one.version}".replace("/", "-"), one) for one in bylaws.versions(book.db, book.today)]
    yield (
        "bylaw texts",
        _("texts of bylaws"),
        [(name, f"bylaw show {shlex.quote(one.bylaw)} --version {one.version}") for name, one in texts],
    )
    ways = [one.deliberation for one in deliberations.listing(book.db, book.today)]
    yield "deliberation texts", _("texts of deliberations"), [(way, f"deliberation show {way}") for way in ways]
    hung = [(one.notice, "print" if one.program else "show") for one in notices.listing(book.db, book.today)]
    yield "notice texts", _("texts of notices"), [(number, f"notice {verb} {number}") for number, verb in hung]
    votes = [one.ballot for one in ballots.everyone(book.db)]
    yield "ballot results", _("results of votes"), [(number, f"ballot tally {number}") for number in votes]
    topics = enumerate(canvasses.everyone(book.db), 1)
    yield (
        "canvass tallies",
        _("tallies of canvasses"),
        [(f"{n}-{_UNSAFE.sub('-', topic)}", f"canvass tally {shlex.quote(topic)}") for n, topic in topics],
    )


def _attachments(pack: Pack, book: Book) -> None:
    """Vouchers, scans and photos, named by the number they belong to."""
    from zaoyuan_cli.book import exporting

    found, what = list(exporting.attachments(book)), _("vouchers and scans")
    for name, data in found:
        pack.write(f"{what}/{name}", data)
    pack.files.append(Filed("attachments", MONEY, what, f"{what}/", len(found)))


def _journal(pack: Pack, book: Book) -> None:
    from zaoyuan_cli.book import exporting

    lines = list(exporting.lines(book))
    text = "".join(f"{line}\n" for line in lines)
    file = Filed("journal", OTHER, _("the whole journal, for zaoyuan merge"), "journal.events", len(lines))
    pack.add(file, text.encode())


def finish(pack: Pack, desk: Desk, number: str, body: str, held: Balances, problems: int, step: str) -> str:
    """The list both sides sign: to be printed (where that can be set here), as a page, as text; the SHA-256 of all
    files."""
    from zaoyuan_cli.render import html, pdf
    from zaoyuan_cli.reports.handovers import checklist

    with speaking(desk.book.lang):
        paper, edge = checklist(desk.book, number, body, pack.files, held, problems, step), desk.edge(desk.book.lang)
        drawn = {"html": html.render(paper, edge).encode(), "md": render.render(paper, "md").encode()}
        with suppress(FileUnreadable):  # what sets pages may not be installed: the web page prints as well
            drawn["pdf"] = pdf.render(paper, edge, boxes=True)
        for ending, content in drawn.items():
            pack.write(f"{_('hand-over list')}.{ending}", content)
    return pack.seal()
