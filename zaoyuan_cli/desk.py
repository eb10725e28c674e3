"""What a command is handed as ctx.obj: the book, the way to answer, and the person to ask."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from zaoyuan_cli import render, settings
from zaoyuan_cli.asking import Asking
from zaoyuan_cli.document import Running
from zaoyuan_cli.errors import NeedsYes, WrongUsage
from zaoyuan_cli.i18n import _, speaking
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.document import Document, Report
    from zaoyuan_cli.progress import Step

DEMO_NOW = "2022-05-31T12:00:00+08:00"


class Desk(Asking):
    """One run of the program.

    given: the global options as they were typed, by name without dashes ("as-of": "5-31"; a flag is "1").
    """

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self.given = dict(given or {})
        self.warnings: list[str] = []
        self.yes = "yes" in self.given
        self.no_input = "no-input" in self.given or bool(os.environ.get("ZAOYUAN_NO_INPUT"))
        self.quiet = "quiet" in self.given
        self.demo = "demo" in self.given
        self.who = self.given.get("who") or os.environ.get("ZAOYUAN_WHO", "")
        self.format = "json" if "json" in self.given else self.given.get("format", "table").lower()
        self.title: Callable[[], str] = str
        """What the answer is called where it has no name itself, in the language of the run."""
        self._opened: list[Book] = []

    def check(self) -> None:
        """Refuse global options that cannot be. WrongUsage, Unreadable."""
        if self.format not in render.FORMATS:
            raise WrongUsage(
                _("There is no format “{format}”.").format(format=self.given["format"]),
                field="format",
                value=self.given["format"],
                candidates=[{"key": name, "label": name} for name in render.FORMATS],
                hint=_("There are: {choices}").format(choices=", ".join(render.FORMATS)),
            )
        if (file := self.given.get("output", "-")) != "-":
            render.check(file)
        if (lang := self.given.get("lang", "en")) and not lang.lower().startswith(("zh", "en")):
            raise WrongUsage(
                _("There is no language “{language}”; there are zh and en.").format(language=lang),
                field="lang",
                value=lang,
            )
        if self.demo and "book" in self.given:
            raise WrongUsage(_("--demo and --book are two different books; give one of them."), field="demo")
        if "fresh" in self.given and not self.demo:
            raise WrongUsage(_("--fresh is for the demo: {command}").format(command="--demo --fresh"), field="fresh")
        if self.demo:
            os.environ.setdefault("ZAOYUAN_NOW", DEMO_NOW)
        _days = self.as_of, self.known_on  # read now, so that a day nobody can read is refused by every command

    # ---- the book

    @cached_property
    def home(self) -> Path:
        """The settings folder; the demo has its own."""
        return settings.cache_home() / "demo" if self.demo else settings.home()

    @cached_property
    def settings(self) -> dict[str, Any]:
        """config.toml; what is wrong in it is said once."""
        found = settings.read()
        for doubt in settings.doubts(found):
            self.warn(doubt)
        return found

    @cached_property
    def path(self) -> Path:
        """The file of the book; the demo's is made where it is missing."""
        if self.demo:
            from zaoyuan_cli.book import demo

            return demo.path(self.home, fresh="fresh" in self.given)
        return settings.places(self.given.get("book", ""))[0].path

    @cached_property
    def book(self) -> Book:
        """The book, opened when first asked for; as it was known on a day with --known-on. BookUnreadable."""
        from zaoyuan_cli.book import open_book

        book = open_book(self.path, home=self.home, who=self.who)
        self._opened.append(book)
        if self.known_on:
            book = book.known_on(self.known_on)
            self._opened.append(book)
        return book

    @cached_property
    def today(self) -> date:
        """The day in the book's zone, also before a book is open."""
        from zaoyuan_cli.book.clock import now

        return now().date()

    @cached_property
    def as_of(self) -> date | None:
        """The day of --as-of. Unreadable."""
        return self._day("as-of")

    @cached_property
    def known_on(self) -> date | None:
        """The day of --known-on. Unreadable."""
        return self._day("known-on")

    def _day(self, name: str) -> date | None:
        if not (text := self.given.get(name)):
            return None
        from zaoyuan_cli.rules import dates

        return dates.parse(text, self.today, field=name)

    def close(self) -> None:
        """Close what was opened."""
        for book in self._opened:
            book.close()

    # ---- answering

    @property
    def full(self) -> bool:
        """May phones be shown whole? NeedsYes: asked for, but what is written is no screen."""
        if "full" not in self.given:
            return False
        if not (sys.stdout.isatty() or self.yes):
            raise NeedsYes(
                _("Whole phone numbers would be written to a file or another program."),
                field="full",
                hint=_("If that is meant, add {flag}.").format(flag="--yes"),
            )
        return True

    def show(self, report: Report, output: Path | str | None = None) -> None:
        """Give the answer: on the screen, to a pipe ("-" as well), or into a file, whose ending names the format."""
        output = output or self.given.get("output")
        if self.warnings and self.format == "json":
            report = _Warned(report, self.warnings)
        if output and str(output) != "-":
            self.write(report, output)
            if self.format != "json":
                print(_("√ Written: {file}").format(file=output))
            return
        render.show(report, self.format, sys.stdout, colour=self.colours(sys.stdout))
        if hint := getattr(report, "hint", ""):
            self.hint(hint)
        if isinstance(report, Done) and self.format == "table":
            self._name_the_book()

    def write(self, report: Report, file: Path | str) -> None:
        """The answer as a file, with the estate, the moment and, in the demo, that word at the edge of its pages."""
        printed = render.format_of(file) in render.PRINTED
        edge = self.edge(getattr(report, "lang", "")) if printed else None
        render.write(report, file, edge, boxes=self.yes)

    def edge(self, lang: str) -> Running:
        """What stands at the edge of a printed page."""
        from zaoyuan_cli import __version__

        with speaking(lang):
            whose = " · ".join(filter(None, (self.book.name, _("demo") if self.demo else "")))
            made = _("Made {moment} by zaoyuan {version}.")
            foot = made.format(moment=f"{self.book.now:%Y-%m-%d %H:%M}", version=__version__)
            return Running(whose, foot, self.book.now, title=self.title())

    def _name_the_book(self) -> None:
        """Two half-filled books are the worst mistake: where ./zaoyuan.db hides another, say which one was written."""
        if self.demo or self.given.get("book"):
            return
        first, *others = settings.places()
        shadowed = [place.path for place in others if place.exists and place.path.resolve() != first.path.resolve()]
        if first.named_by == settings.HERE and shadowed:
            said = _("Written in {path}; there is another book: {other}")
            self._say(said.format(path=first.path, other=shadowed[0]))

    def colours(self, stream: TextIO) -> bool:
        """May what goes there be coloured?"""
        plain = "no-color" in self.given or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return _is_screen(stream) and not plain

    def warn(self, text: str) -> None:
        """Something to look at: on stderr, or in the "warnings" of a JSON answer."""
        self.warnings.append(text)
        if self.format != "json":
            self._say(_("warning: {text}").format(text=text))

    def hint(self, text: str) -> None:
        """The next useful command: for a person at a screen only."""
        if not self.quiet and self.format == "table" and _is_screen(sys.stderr):
            self._say("  " + text.replace("\n", "\n  "))

    def draw_work(self, said: str, of: int) -> AbstractContextManager[Step]:
        """Draw a piece of work once it lasts (progress.working): for a person at a screen only."""
        if self.quiet or not _is_screen(sys.stderr):
            return nullcontext(lambda parts=1, /: None)
        from zaoyuan_cli.render.bars import Bar

        lines = bool(self.settings.get("accessible")) or os.environ.get("TERM") == "dumb"
        return Bar(render.to_fit(said, sys.stderr), of, sys.stderr, lines, self.colours(sys.stderr))

    def _say(self, text: str) -> None:
        sys.stdout.flush()
        print(render.to_fit(text, sys.stderr), file=sys.stderr)


class _Warned:
    """A report with the run's warnings in its data."""

    def __init__(self, report: Report, warnings: Sequence[str]) -> None:
        self.report, self.warnings = report, warnings
        self.lang = getattr(report, "lang", "")

    def data(self) -> dict[str, Any]:
        data = self.report.data()
        return {**data, "warnings": [*data.get("warnings", ()), *self.warnings]}

    def document(self) -> Document:
        return self.report.document()


def _is_screen(stream: TextIO) -> bool:
    return stream is not None and stream.isatty()
