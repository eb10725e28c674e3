"""The command tree, walked: every command that has a file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import typer

from zaoyuan_cli import app
from zaoyuan_cli.commands import Group


def there() -> Iterator[tuple[str, Any]]:
    """(the words that call it, the command), groups included; the files of the table that are missing are left out."""
    root = app.tree()
    targets = {leaf.name: leaf.target for leaves in app.TREE.values() for leaf in leaves}
    for name in root.entries:
        if find_spec(f"zaoyuan_cli.commands.{targets[name].partition(':')[0]}"):
            yield from _below(name, root.load(name))


def _below(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield path, command
    if isinstance(command, Group):
        for name in command.entries:
            yield from _below(f"{path} {name}", command.load(name))


def context(path: str, command: Any) -> typer.Context:
    """A context in which a command can be asked for its help."""
    parent = typer.Context(app.tree(), info_name="zaoyuan", help_option_names=["-h", "--help"])
    *above, name = path.split()
    for word in above:
        parent = typer.Context(parent.command.load(word), info_name=word, parent=parent)  # type: ignore[attr-defined]
    return typer.Context(command, info_name=name, parent=parent)
