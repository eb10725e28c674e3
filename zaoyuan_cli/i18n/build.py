"""Compile the catalogues zh/*.po, one a slice, into one zh.mo.

Three callers: `python -m zaoyuan_cli.i18n.build`, the tests, and hatch, which takes this file as its build hook.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # outside a build

    class BuildHookInterface:  # type: ignore[no-redef]
        pass


HERE = Path(__file__).parent


def compile_catalogue(language: str = "zh") -> Path:
    """Write the .mo of a language if it would differ from the one there; its path."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale="zh_Hans_CN", charset="utf-8")
    for part in sorted((HERE / language).glob("*.po")):
        with part.open("rb") as file:
            for message in read_po(file, locale="zh_Hans_CN"):
                if message.id and message.string:
                    whole.add(message.id, message.string)
    compiled = BytesIO()
    write_mo(compiled, whole)
    target = HERE / f"{language}.mo"
    if not target.is_file() or target.read_bytes() != compiled.getvalue():
        beside = target.with_suffix(f".{os.getpid()}")
        beside.write_bytes(compiled.getvalue())
        beside.replace(target)
    return target


class CompileCatalogue(BuildHookInterface):  # type: ignore[type-arg]
    """The build hook: the .mo is not in git, so hatch is told to take it along."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build_data["artifacts"].append(compile_catalogue().relative_to(self.root).as_posix())


if __name__ == "__main__":
    print(compile_catalogue())
