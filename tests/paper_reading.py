"""Files read back by programs that are not ours: poppler for a PDF, chromium for a page. Without them a test skips."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from zaoyuan_cli.document import Running
from zaoyuan_cli.render import pdf
from zaoyuan_cli.reports import Report

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext here: apt-get install poppler-utils")
chromium = pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium here: apt-get install chromium")


def made(report: Report, folder: Path, edge: Running | None = None, boxes: bool = False) -> Path:
    """The report as a PDF in a file."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf.render(report, edge, boxes))
    return file


def pages(file: Path, *options: str) -> list[str]:
    """The text of each page, as it can be found and copied."""
    return _said("pdftotext", *options, str(file), "-").split("\f")[:-1]


def words(file: Path) -> str:
    """All of it without blanks: where lines were folded does not matter."""
    return squeezed("".join(pages(file)))


def squeezed(text: str) -> str:
    """A text without its blanks, nor what is not seen."""
    return re.sub("[\\s\u200b]+", "", text)


def facts(file: Path) -> dict[str, str]:
    """What pdfinfo says of it."""
    lines = _said("pdfinfo", "-isodates", str(file)).splitlines()
    return {name: value.strip() for name, _colon, value in (line.partition(":") for line in lines)}


def fonts(file: Path) -> list[list[str]]:
    """A font a row: name, …, embedded, subset, unicode, …"""
    return [line.split() for line in _said("pdffonts", str(file)).splitlines()[2:]]


def browse(page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The page opened in a browser of its own, with no network."""
    profile = page.parent / "profile"
    return subprocess.run(
        ["chromium", *QUIET, f"--user-data-dir={profile}", "--host-resolver-rules=MAP * ~NOTFOUND",
         "--enable-logging=stderr", *options, page.as_uri()],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
