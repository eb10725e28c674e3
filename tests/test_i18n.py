"""Every sentence of the program has its Chinese."""

from __future__ import annotations

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from commands_there import there

import zaoyuan_cli
from zaoyuan_cli import i18n
from zaoyuan_cli.commands.localiser import docstring

PACKAGE = Path(zaoyuan_cli.__file__).parent
CATALOGUES = sorted((PACKAGE / "i18n" / "zh").glob("*.po"))


def said() -> Iterator[tuple[str, str]]:
    """(sentence, where) for every `_("…")`, `N_("…")` and `_n("…", "…")` of the source."""
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            words = {"_": node.args[:1], "N_": node.args[:1], "_n": node.args[:1]}.get(node.func.id, [])
            for word in words:
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    yield word.value, f"{file.relative_to(PACKAGE)}:{node.lineno}"


def helped() -> Iterator[tuple[str, str]]:
    """(paragraph, command) for every help text."""
    for path, command in there():
        for paragraph in docstring(command.help or "").paragraphs:
            yield paragraph, f"help of {path}"
        for param in command.params:
            if getattr(param, "help", None) and not param.hidden:
                yield param.help, f"help of {path} {param.opts[0]}"


def translated() -> dict[str, set[str]]:
    chinese: dict[str, set[str]] = defaultdict(set)
    for file in CATALOGUES:
        with file.open("rb") as stream:
            for message in read_po(stream, locale="zh_Hans_CN"):
                source = message.id if isinstance(message.id, str) else message.id[0]
                target = message.string if isinstance(message.string, str) else message.string[0]
                if source and target:
                    chinese[source].add(target)
    return chinese


def test_every_sentence_has_its_chinese() -> None:
    known = translated()
    missing = {sentence: where for sentence, where in (*said(), *helped()) if sentence and sentence not in known}
    assert not missing, "\n".join(f"{where}: {sentence}" for sentence, where in missing.items())


def test_the_log_names_every_command_in_chinese() -> None:
    verbs = {
        verb for file in PACKAGE.rglob("*.py")
        for verb in re.findall(r'(?:writing\(|verb(?:: str)? = |verb=)"([a-z -]+)"', file.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert {"pay", "ballot run"} <= verbs
    assert not verbs - translated().keys()


def test_no_sentence_names_a_row_of_the_list_of_rules() -> None:
    """R-61 is a mark of whoever builds the program; people are told the rule."""
    assert not [where for sentence, where in (*said(), *helped()) if re.search(r"\bR-\d", sentence)]
    assert not [target for targets in translated().values() for target in targets if re.search(r"R-\d", target)]


def test_no_sentence_has_two_translations() -> None:
    assert not {source: targets for source, targets in translated().items() if len(targets) > 1}


HAN = r"[\u3400-\u9fff“”《》]"
NARROW = re.compile(rf"{HAN}[,;:?!]|[,;?!]{HAN}|{HAN}\(|\){HAN}|[，；：。、？！] (?=\S)(?!\[)")


def test_chinese_sentences_have_chinese_punctuation() -> None:
    """，；：？！（） between Chinese words, and no blank after them: a screen breaks lines by them."""
    assert not [target for targets in translated().values() for target in targets if NARROW.search(target)]


SAMPLE = re.compile(r"^(?!SELECT)(?:.*\bzaoyuan |.*(?<![\w-])--?[a-z][a-z-]* )")


def unwrapped(tree: ast.AST) -> Iterator[ast.Constant]:
    """The texts of a source that are neither translated, nor a sample, nor a docstring."""
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id in ("_", "N_", "_n", "sample"):
        return
    if isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Constant):
        return
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield tree
    for node in ast.iter_child_nodes(tree):
        yield from unwrapped(node)


def test_a_command_to_be_filled_in_has_its_words_in_the_language_of_the_run() -> None:
    """`zaoyuan household add 3-2-501 --owner NAME` or `-f FILE` in a hint goes through `sample`."""
    words = {source for source in translated() if re.fullmatch(r"[A-Z]{2,}", source)}
    assert {"NAME", "FILE", "WHO", "AMOUNT"} <= words
    left = [
        f"{file.relative_to(PACKAGE)}:{text.lineno}: {text.value}"
        for file in PACKAGE.rglob("*.py")
        for text in unwrapped(ast.parse(file.read_text(encoding="utf-8")))
        if (SAMPLE.search(text.value) and words & set(re.findall(r"\b[A-Z]{2,}\b", text.value))) or text.value in words
    ]
    assert not left, "\n".join(left)


def test_translations_fill_in_the_same_values() -> None:
    def places(text: str) -> set[str]:
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}

    used = {sentence for sentence, _where in said()}
    wrong = {
        source: target
        for source, targets in translated().items()
        for target in targets
        if source in used and "{" in source and places(source) != places(target)
    }
    assert not wrong


def test_no_translation_is_left_of_a_sentence_that_is_gone() -> None:
    used = {sentence for sentence, _where in (*said(), *helped())}
    assert not [source for source in translated() if source not in used]


def test_nothing_is_formatted_before_it_is_translated() -> None:
    """`_(f"…")` and `_("…" + x)` never match the catalogue."""
    wrong = [
        f"{file.name}:{node.lineno}"
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "N_")
        and node.args
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN"}, "zh"),
        ({"LC_ALL": "zh_CN.UTF-8", "ZAOYUAN_LANG": "en"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "ZAOYUAN_LANG": "zh-Hans"}, "zh"),
    ],
)
def test_the_language_of_the_system(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str) -> None:
    monkeypatch.delenv("ZAOYUAN_LANG")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    i18n.set_language()
    assert i18n.language() == expected


def test_option_before_variable_before_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    i18n.set_language("zh", "en")
    assert i18n.language() == "zh"
    i18n.set_language("", "zh")
    assert i18n.language() == "en", "ZAOYUAN_LANG=en is set here"
    monkeypatch.delenv("ZAOYUAN_LANG")
    i18n.set_language("", "zh")
    assert i18n.language() == "zh"
