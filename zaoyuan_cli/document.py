"""Paper without a format: what a report says, before anyone knows whether it is a screen, a file or a web page.

A Document is a sequence of parts; each file of render/ has one function a part and walks over them with `each`.
Words in a part are already in the language of the run, except two: a Column's heading (an English source string) and a
State (an English code), which are translated when drawn. Values keep their type: Fen, Area, date, bool, int, str, None.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias, TypeVar

Kind: TypeAlias = Literal["room", "text", "money", "area", "date", "state", "number", "flag", "number_text"]
"""What a column holds. number_text is a number people read out: A2022-0084, 86%, 83/96. Only text is ever folded."""

Style: TypeAlias = Literal["", "good", "warn", "bad", "dim"]


class State(str):
    """A code such as "paid" standing alone in Pairs: shown as a word of the language, written as the code."""

    __slots__ = ()


class Column(NamedTuple):
    """One column of a Table.

    priority: 0 is never dropped on a narrow screen; of the others the highest goes first.
    flex: long free text (a note): folds before names do.
    """

    key: str
    heading: str
    kind: Kind = "text"
    priority: int = 0
    flex: bool = False


class Table(NamedTuple):
    """Rows under columns. A row may hold more keys than columns; a missing key and None are both "nothing"."""

    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, object]]
    totals: Mapping[str, object] | None = None
    title: str = ""
    empty: str = ""


class Heading(NamedTuple):
    """A line over what follows; level 1 is the name of the paper."""

    text: str
    level: int = 1


class Text(NamedTuple):
    """A paragraph; line breaks in it are kept."""

    text: str
    style: Style = ""


class Pairs(NamedTuple):
    """A record: label and value, one a line."""

    rows: tuple[tuple[str, object], ...]


class Slip(NamedTuple):
    """A small paper on a page with others, to be cut out: kept together, in a frame. `stamp` is what lies across it."""

    parts: "tuple[Heading | Text | Table | Pairs, ...]"
    stamp: str = ""


Part: TypeAlias = Heading | Text | Table | Pairs | Slip
Document: TypeAlias = Sequence[Part]


class Report(Protocol):
    """An answer: its JSON and its page. reports/ makes them, render/ draws them."""

    def data(self) -> dict[str, Any]:
        """What JSON shows, values typed."""
        ...

    def document(self) -> Document:
        """What everybody else shows."""
        ...


T = TypeVar("T")


def each(document: Document, painters: Mapping[type, Callable[[Any], T]]) -> Iterator[T]:
    """The one walk over a document: every part handed to the painter of its type."""
    return (painters[type(part)](part) for part in document)
