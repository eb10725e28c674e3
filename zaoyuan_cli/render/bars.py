"""Long work on a terminal: a bar that is gone when the work ends; in lines, for a screen reader.

Nothing is shown, and nothing loaded, of what is done at once. A clock in a thread of its own tells when it lasts, since
some work (a PDF being set) is one long call.
"""

from __future__ import annotations

from threading import Timer
from typing import TYPE_CHECKING, TextIO

from zaoyuan_cli.i18n import _

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress

PATIENCE = 1.0
"""For so many seconds nothing is shown."""


class Bar:
    """One piece of work; see progress.working. lines: no bar but a line for each tenth."""

    def __init__(self, said: str, of: int, stream: TextIO, lines: bool, colour: bool) -> None:
        self.said, self.of, self.stream, self.lines, self.colour = said, of, stream, lines, colour
        self.done = self.tenth = 0
        self.lasts = False
        self.drawn: Progress | None = None
        self.clock = Timer(PATIENCE, self._begin)
        self.clock.daemon = True

    def __enter__(self) -> Bar:
        self.clock.start()
        return self

    def __call__(self, parts: int = 1, /) -> None:
        self.done += parts
        if self.drawn:
            self.drawn.update(self.drawn.task_ids[0], completed=self.done)
        elif self.lasts and self.of and (tenth := 10 * self.done // self.of) > self.tenth:
            self.tenth = tenth
            self._say(_("{work}: {percent} %").format(work=self.said, percent=10 * tenth))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.clock.cancel()
        try:
            self.clock.join()  # it may be about to draw
        finally:
            if self.drawn:
                self.drawn.stop()

    def _begin(self) -> None:
        if self.lines:
            self.tenth = 10 * self.done // self.of if self.of else 0
            self.lasts = True
            self._say(_("{work} …").format(work=self.said))
            return
        drawn = _drawn(self.stream, self.colour)
        drawn.add_task(self.said, total=self.of or None, completed=self.done)
        drawn.start()
        self.drawn = drawn

    def _say(self, text: str) -> None:
        print(text, file=self.stream, flush=True)


def _drawn(stream: TextIO, colour: bool) -> Progress:
    """What was done, a bar, per cent; it draws itself ten times a second. What goes to standard output is let alone."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(file=stream, no_color=not colour, markup=False, highlight=False)
    said = TextColumn("{task.description}", markup=False, style="")
    percent = TaskProgressColumn("{task.percentage:>3.0f}%", style="", markup=False)
    return Progress(said, BarColumn(bar_width=None), percent, console=console, expand=True, transient=True,
                    redirect_stdout=False)  # fmt: skip
