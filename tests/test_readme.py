"""The README and the transcripts say what the program does: every console block is run.

ZAOYUAN_RETELL=1 pytest tests/test_readme.py      writes what is shown now into them (not where `...` stands)
"""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

import pytest

from tests.conftest import Runner
from tests.transcript import Exchange, exchanges, files, fits
from zaoyuan_cli import data_folder

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "tests" / "transcripts").glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_shows_is_what_happens(document: Path, zaoyuan: Runner) -> None:
    """Run from a folder that holds the shipped data, as a newcomer in a checkout has it."""
    os.symlink(data_folder(), zaoyuan.folder / "data")
    for name, text in files(document):
        (zaoyuan.folder / name).write_text(text, encoding="utf-8")
    retold = document.read_text(encoding="utf-8")
    for exchange in exchanges(document):
        if exchange.line.startswith(("zaoyuan ", "zy ")) or exchange.line == "zaoyuan":
            shown = typed(zaoyuan, exchange)
            if "ZAOYUAN_RETELL" in os.environ and not fits(exchange.expected, shown):
                retold = retell(retold, exchange, shown)
                document.write_text(retold, encoding="utf-8")
                continue
            assert fits(exchange.expected, shown), f"{document.name}:{exchange.place}\n$ {exchange.line}\n" + "\n".join(
                shown
            )


def retell(text: str, exchange: Exchange, shown: list[str]) -> str:
    """The document with what a line shows now; what is left out in it has to be chosen by hand."""
    before = "\n".join(["$ " + exchange.line, *exchange.expected, ""])
    if any("..." in line for line in exchange.expected) or before not in text:
        print(f"by hand: {exchange.place} $ {exchange.line}", *shown, sep="\n")
        return text
    return text.replace(before, "\n".join(["$ " + exchange.line, *map(str.rstrip, shown), ""]), 1)


def typed(zaoyuan: Runner, exchange: Exchange) -> list[str]:
    """What the screen shows after a line, answer first; the demo keeps its own book."""
    words = shlex.split(exchange.line)[1:]
    env = {"XDG_CACHE_HOME": str(zaoyuan.folder / "cache")} | ({"ZAOYUAN_BOOK": ""} if "--demo" in words else {})
    home, book = zaoyuan.home, zaoyuan.book
    if exchange.laptop:
        home, book = (zaoyuan.folder / f"{name}-{exchange.laptop}" for name in ("home", "book.db"))
        if not book.exists():
            shutil.copy(zaoyuan.book, book)
    result = zaoyuan(words, lang=exchange.lang, home=home, book=book, env=env)
    return (result.out + result.err).splitlines()


def test_every_command_stands_in_the_readme_or_in_help() -> None:
    """A feature exists when a newcomer can read about it."""
    text = DOCUMENTS[0].read_text(encoding="utf-8")
    for word in ("pay", "unpaid", "spend", "minutes", "find", "report", "undo", "check", "merge", "backup", "import"):
        assert f"zaoyuan {word}" in text or f"zaoyuan --demo {word}" in text, word
