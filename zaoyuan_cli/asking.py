"""Asking the person at the keyboard, who may not be there.

Questions go to stderr, so that an answer piped into a file stays clean. Where nobody can answer, nothing waits: the
question becomes a refusal that names the flag.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from zaoyuan_cli import render
from zaoyuan_cli.document import Report
from zaoyuan_cli.errors import Ambiguous, Cancelled, NeedsYes
from zaoyuan_cli.i18n import _, joined

YES = {"y", "yes", "是", "是的", "好", "确定", "对", "ｙ"}
NO = {"n", "no", "否", "不", "不是", "取消", "ｎ"}


class Asking:
    """The questions of a Desk."""

    yes: bool
    no_input: bool

    @property
    def can_ask(self) -> bool:
        """Is somebody there to answer?"""
        return not self.no_input and sys.stdin is not None and sys.stdin.isatty()

    def confirm(self, question: str, flag: str = "--yes", enter: bool = False) -> None:
        """Ask before going on; enter: the Enter key means yes. NeedsYes: nobody is there; Cancelled: they said no."""
        if self.yes:
            return
        if not self.can_ask:
            raise NeedsYes(question, field=flag.lstrip("-"), hint=_("To say yes, add {flag}.").format(flag=flag))
        while True:
            answer = self._read(question + (_(" [Enter to go on, n to stop] ") if enter else " [y/N] ")).lower()
            if answer in YES or (enter and not answer):
                return
            if answer in NO or not answer:
                raise Cancelled(_("Nothing was done."))
            question = _("Answer y or n.")

    def confirm_name(self, question: str, name: str, given: str = "", flag: str = "--confirm") -> None:
        """Ask for a name to be typed before something grave; `given` is what the flag said. NeedsYes, Cancelled."""
        if given == name:
            return
        if given or not self.can_ask:
            raise NeedsYes(question, field=flag.lstrip("-"), hint=_("To say yes, add {flag}.").format(
                flag=f"{flag} {name}"))  # fmt: skip
        if self._read(joined((question, _("Type “{name}” to go on: ").format(name=name)))) != name:
            raise Cancelled(_("Nothing was done."))

    def choose(self, question: str, candidates: Sequence[Mapping[str, Any]], field: str | None = None,
               value: object = None) -> Mapping[str, Any]:  # fmt: skip
        """Let a person pick by number. Ambiguous with the candidates: nobody is there; Cancelled: Enter."""
        if not self.can_ask:
            raise Ambiguous(question, field=field, value=value, candidates=candidates)
        lines = [question, *(f"  {n}  {one['label']}" for n, one in enumerate(candidates, 1))]
        while True:
            prompt = _("Which one [1-{n}, Enter to stop]: ").format(n=len(candidates))
            answer = self._read("\n".join([*lines, prompt]))
            if not answer:
                raise Cancelled(_("Nothing was done."))
            if answer.isdecimal() and 1 <= int(answer) <= len(candidates):
                return candidates[int(answer) - 1]
            lines = []

    def ask(self, question: str, default: str = "", secret: bool = False) -> str:
        """A line of text; the default where nobody is there, or on Enter. secret: it is not shown while typed."""
        if not self.can_ask:
            return default
        prompt = _("{question}: ").format(question=question + (f" [{default}]" if default else ""))
        if secret:
            from getpass import getpass

            return getpass(prompt).strip() or default
        return self._read(prompt) or default

    def line(self, prompt: str) -> str | None:
        """What is typed after a prompt that stands as it is; None where nothing more will come."""
        try:
            return self._read(prompt)
        except Cancelled:
            return None

    def tell(self, text: str) -> None:
        """A line to the person at the keyboard, which is no part of the answer."""
        sys.stdout.flush()
        print(render.to_fit(text, sys.stderr), file=sys.stderr, flush=True)

    def preview(self, report: Report) -> None:
        """Show the person at the keyboard what they are about to be asked about; nothing where nobody is asked."""
        if self.can_ask and not self.yes:
            sys.stdout.flush()
            render.show(report, "table", sys.stderr, colour=False)

    def ring(self, text: str) -> None:
        """The same with a bell: something differs, and the eyes are on the paper."""
        if sys.stderr.isatty():
            print("\a", end="", file=sys.stderr)
        self.tell(text)

    def _read(self, prompt: str) -> str:
        sys.stdout.flush()
        asked = render.to_fit(prompt, sys.stderr)
        blank = " " if prompt.endswith(" ") and not asked.endswith(" ") else ""
        print(asked, end=blank, file=sys.stderr, flush=True)
        if not (line := sys.stdin.readline()):
            print(file=sys.stderr)
            raise Cancelled(_("Nothing was done."))
        return line.strip()
