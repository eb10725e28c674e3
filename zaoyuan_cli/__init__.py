"""The book of a Chinese homeowners' committee, kept on the command line."""

from __future__ import annotations

from pathlib import Path

__version__ = "0.1.0"


def data_folder() -> Path:
    """The folder of the demo estate: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).parent
    shipped = package / "_data"
    return shipped if shipped.is_dir() else package.parent / "data"
