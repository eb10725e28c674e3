"""A report as a file: the format of its name, whole or not at all, and never over something that is not ours."""

from __future__ import annotations

import csv
import errno
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from render_samples import ROWS, listing

from zaoyuan_cli.errors import FileUnreadable, WrongUsage
from zaoyuan_cli.i18n import set_language
from zaoyuan_cli.render import write

REPORT = listing(ROWS)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language()


def test_the_name_chooses_the_format(tmp_path: Path) -> None:
    for name, start in (
        ("a.txt", "Room "),
        ("a.md", "| Room |"),
        ("a.HTML", "<!DOCTYPE html>"),
        ("a.json", '{"rows":['),
        ("a.tsv", "room\towner"),
        ("会前.md", "| Room |"),
        ("会前.pdf", "%PDF-1."),
        ("a.XLSX", "PK"),
    ):
        write(REPORT, tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(start.encode())
    assert len(list(tmp_path.iterdir())) == 8


def test_csv_is_for_a_spreadsheet(tmp_path: Path) -> None:
    """A byte order mark, or Excel reads Chinese as GBK; CR LF."""
    write(REPORT, tmp_path / "a.csv")
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfRoom,")
    assert raw.count(b"\r\n") == 4
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Room"] for row in csv.DictReader(file)] == [row["room"] for row in ROWS]


@pytest.mark.parametrize("name", ["report", "report.doc", "report.", ".csv", ".md"])
def test_an_unknown_ending_is_refused_with_those_there_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage) as refusal:
        write(REPORT, tmp_path / name)
    assert ".html" in refusal.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "con.pdf",
        "lpt1.xlsx",
        "con.csv",
        "AUX.md",
        "COM1.html",
        "nul.tar.csv",
        "a?.csv",
        "a:b.csv",
        "a|b.md",
        "a\x1b.md",
    ],
)
def test_a_name_that_windows_reserves_is_refused_everywhere(name: str, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        write(REPORT, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_link_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "link.csv").symlink_to(victim)
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("link.csv", "dangling.csv", "folder.csv", "pipe.csv"):
        with pytest.raises(FileUnreadable) as refusal:
            write(REPORT, tmp_path / name)
        assert name in refusal.value.message
    assert victim.read_text() == "mine"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="no such folder"):
        write(REPORT, tmp_path / "nowhere" / "a.csv")


@pytest.mark.parametrize(("name", "code"), [("fsync", errno.ENOSPC), ("fsync", errno.EIO), ("replace", errno.EACCES)])
def test_when_the_disk_fails_the_old_file_stands(
    name: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")

    def fail(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as broken:
        broken.setattr(os, name, fail)
        with pytest.raises(FileUnreadable) as refusal:
            write(REPORT, target)
    assert str(target) in refusal.value.message
    assert ("full" in refusal.value.message) == (code == errno.ENOSPC)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
    write(REPORT, target)
    assert "王桂兰" in target.read_text("utf-8-sig")


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.html", "a.csv"])
def test_when_the_room_runs_out_half_way_the_old_file_stands(name: str, tmp_path: Path) -> None:
    """A real one: the system takes the first bytes and no more."""
    (tmp_path / name).write_text("old")
    script = (
        "import resource, sys; sys.path.insert(0, sys.argv[2])\n"
        "from render_samples import ROWS, listing\n"
        "from zaoyuan_cli.errors import FileUnreadable; from zaoyuan_cli.render import write\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write(listing(ROWS * 20), sys.argv[1])\n"
        "except FileUnreadable as refusal: print(refusal.message)"
    )
    here = Path(__file__).parent
    said = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / name), str(here)],
        capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONPATH": str(here.parent)},
    ).stdout  # fmt: skip
    assert said == f"The file is too large for this disk: {tmp_path / name}\n"
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(name, "old")]


def test_a_new_file_is_private_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    write(REPORT, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.chmod(0o644)
    write(REPORT, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert json.loads(target.read_text("utf-8"))["rows"]
