"""Who may import whom, and how long a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import zaoyuan_cli

PACKAGE = Path(zaoyuan_cli.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400

LAYERS = (
    {"app", "trouble"},
    {"commands"},
    {"desk", "asking", "settings"},
    {"reports", "render", "exchange"},
    {"document", "book"},
    {"facts"},
    {"rules"},
    {"errors"},
    {"i18n", "progress"},
)
"""From the top down: a file imports what is below it, and of its own layer only itself and its exceptions here."""
SIDEWAYS = {
    ("app", "trouble"),
    ("desk", "asking"),
    ("desk", "settings"),
}
LIBRARIES = {
    "typer": {"app", "trouble", "commands", "desk"},
    "shellingham": {"commands"},
    "rich": {"render", "commands"},
    "sqlite3": {"book", "trouble"},
    "sqlite_utils": {"book", "exchange"},
    "pydantic": {"exchange", "commands", "book"},
    "jinja2": {"render"},
    "pypinyin": {"book", "commands", "exchange", "rules"},
    "python_calamine": {"exchange"},
    "xlsxwriter": {"render"},
    "typst": {"render"},
    "segno": {"render"},
    "pylopdf_fonts_zh_cn": {"render"},
    "tomli_w": {"commands", "exchange"},
    "babel": {"i18n"},
    "hatchling": {"i18n"},
}
"""Which parts of the program know which library; one that is not here is not used."""
INSIDE_FUNCTIONS = {
    "pydantic",
    "sqlite_utils",
    "jinja2",
    "pypinyin",
    "python_calamine",
    "xlsxwriter",
    "typst",
    "segno",
    "pylopdf_fonts_zh_cn",
    "tomli_w",
    "babel",
}


def part(file: Path) -> str:
    """The part of the program a file belongs to: the folder below the package, or the file's own name."""
    first = file.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(file: Path) -> Iterator[tuple[str, bool, int]]:
    """(absolute module, is it at the top of the file, line) of every import that runs."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    asleep = {id(inner) for node in ast.walk(tree) if _only_for_types(node) for inner in ast.walk(node)}
    awake = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for inner in ast.walk(node)}
    package = ["zaoyuan_cli", *file.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(tree):
        if id(node) in asleep:
            continue
        top = id(node) not in awake
        if isinstance(node, ast.Import):
            yield from ((alias.name, top, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            yield from (
                (f"{module}.{alias.name}" if module == "zaoyuan_cli" else module, top, node.lineno)
                for alias in node.names
            )


def _only_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def layer(name: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if name in names)


def ours() -> Iterator[tuple[str, str, str]]:
    for file in FILES:
        for module, _top, line in imports(file):
            if module.startswith("zaoyuan_cli."):
                there = module.split(".")[1]
                if not there.startswith("__") and there != "data_folder":
                    yield part(file), there, f"{file.relative_to(PACKAGE)}:{line}"


def test_every_file_has_its_layer() -> None:
    parts = {part(file) for file in FILES} - {"__init__"}
    assert parts <= set().union(*LAYERS)


def test_imports_go_downwards_only() -> None:
    wrong = [
        f"{where}: {here} imports {there}"
        for here, there, where in ours()
        if here not in ("__init__", there) and layer(there) <= layer(here) and (here, there) not in SIDEWAYS
    ]
    assert not wrong, "\n".join(wrong)


def test_libraries_are_known_in_their_places_only() -> None:
    import sys

    wrong = []
    for file in FILES:
        for module, top, line in imports(file):
            library = module.split(".")[0]
            if library == "zaoyuan_cli" or (library in sys.stdlib_module_names and library != "sqlite3"):
                continue
            where = f"{file.relative_to(PACKAGE)}:{line}: {library}"
            if part(file) not in LIBRARIES.get(library, set()):
                wrong.append(where)
            elif library in INSIDE_FUNCTIONS and top:
                wrong.append(f"{where} at the top of the file")
    assert not wrong, "\n".join(wrong)


def test_nobody_imports_click() -> None:
    """Typer brings its own; the other one, which sqlite-utils brings, understands nothing of ours."""
    assert not [file for file in FILES for module, _top, _line in imports(file) if module.split(".")[0] == "click"]


def test_rich_draws_on_the_terminal_and_nowhere_else() -> None:
    users = {
        str(file.relative_to(PACKAGE)) for file in FILES for module, *_ in imports(file) if module.startswith("rich")
    }
    assert users <= {"render/terminal.py", "render/bars.py", "commands/localiser.py"}


def test_sql_is_in_the_book_only() -> None:
    wrong = []
    for file in FILES:
        if part(file) == "book":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("execute", "executemany", "executescript"):
                wrong.append(f"{file.relative_to(PACKAGE)}:{node.lineno}")
    assert not wrong


def test_commands_print_nothing() -> None:
    wrong = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in FILES
        if part(file) in ("commands", "reports", "book", "facts", "rules")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not wrong


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_can_be_read_in_one_sitting(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    assert not [file for file in FILES if file.stem in ("utils", "helpers", "common", "manager", "service")]
