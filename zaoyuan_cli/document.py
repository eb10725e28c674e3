"""Paper without a format: what a report says, before anyone knows whether it is a screen, a file or a web page.

A Document is a sequence of parts; each file of render/ has one function a part and walks over them with `each`.
Words in a part are already in the language of the run, except two: a Column's heading (an English source string) and a
State (an English code), which are translated when drawn. Values keep their type: Fen, Area, date, bool, int, str, None.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias, TypeVar

Kind: TypeAlias = Literal["room", "text", "money", "area", "date", "state", "number", "flag", "number_text", "box"]
"""What a column holds. number_text is a number people read out: A2022-0084, 86%, 83/96. Only text is ever folded. box
holds nothing: an empty square to tick by hand, whatever the row says."""

Style: TypeAlias = Literal["", "good", "warn", "bad", "dim", "prose", "right", "cut"]
"""How urgent a line is; or how it is set on paper: prose is a paragraph of a letter, right is what closes one, cut
names what is below the dashes where a paper is cut apart."""


class State(str):
    """A code such as "paid" standing alone in Pairs: shown as a word of the language, written as the code."""

    __slots__ = ()


class Alias(str):
    """A name of the book that people read otherwise: `said` (垫付·王桂兰) is what they see, the name itself
    (垫付pA87) is what programs are given."""

    said: str

    def __new__(cls, name: str, said: str) -> "Alias":
        made = super().__new__(cls, name)
        made.said = said
        return made


class Loud(str):
    """What is looked for first in a record on paper, such as a sum: set larger, on a line of its own."""

    __slots__ = ()


class Blank:
    """A value that is to be written by hand: in Pairs a line to write on, in a table an empty cell, high enough."""

    __slots__ = ()


BLANK = Blank()


class Column(NamedTuple):
    """One column of a Table.

    priority: 0 is never dropped on a narrow screen; of the others the highest goes first.
    flex: long free text (a note): folds before names do.
    screen: what is typed, such as a command: paper leaves it out, a telephone folds it.
    """

    key: str
    heading: str
    kind: Kind = "text"
    priority: int = 0
    flex: bool = False
    screen: bool = False


class Table(NamedTuple):
    """Rows under columns. A row may hold more keys than columns; a missing key and None are both "nothing"."""

    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, object]]
    totals: Mapping[str, object] | None = None
    title: str = ""
    empty: str = ""


class Heading(NamedTuple):
    """A line over what follows; level 1 is the name of the paper. A second one begins another paper, on a new page."""

    text: str
    level: int = 1


class Text(NamedTuple):
    """A paragraph; line breaks in it are kept."""

    text: str
    style: Style = ""


class Pairs(NamedTuple):
    """A record: label and value, one a line; abreast: two a line on paper, as a form has them."""

    rows: tuple[tuple[str, object], ...]
    abreast: bool = False


class Code(NamedTuple):
    """What proves a paper: a code, grouped for reading aloud, and beside it the square that says `qr` to a telephone or
    a scanner, where there are pictures. `qr` empty: no square."""

    label: str
    text: str
    qr: str = ""


class Slip(NamedTuple):
    """A small paper on a page with others, to be cut out: kept together, in a frame. `stamp` is what lies across it;
    `share`, how many have a page of A4 between them. A Code that is its first part, or comes right after a cut, stands
    in the corner."""

    parts: "tuple[Heading | Text | Table | Pairs | Signatures | Code, ...]"
    stamp: str = ""
    share: int = 2


class Bar(NamedTuple):
    """One line of a Chart: a value for each of its series, in their order; None where there is none."""

    label: str
    values: tuple[int | None, ...]


class Chart(NamedTuple):
    """Bars under one another. `series` names the values of each bar (three at most), `axis` what the bars are: months,
    units. A value is not negative.

    kind: money, area, number or percent (86 is 86%, and a full bar is 100).
    tabled: a Table beside it says the same, so formats without pictures leave the Chart
    out; else they have it as a table.
    """

    title: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    kind: Literal["money", "area", "number", "percent"] = "money"
    axis: str = ""
    tabled: bool = False


class Signatures(NamedTuple):
    """Who signs, each with a line to sign on; dated: with a line for the day as well. `names`: who they are, in the
    same order, where that is known ("" where not)."""

    who: tuple[str, ...]
    dated: bool = False
    names: tuple[str, ...] = ()

    @property
    def pairs(self) -> "tuple[tuple[str, str], ...]":
        """What each signs as, and their name."""
        return tuple((who, self.names[at] if at < len(self.names) else "") for at, who in enumerate(self.who))


class Running(NamedTuple):
    """What stands at the edge of every page of paper: whose it is and the paper's number above, when it was made below,
    beside the number of the page. A screen shows none of it. `moment` is the date inside the file, never the clock's.

    title: the name of a paper that has none itself.

    pages: how many pages it should take; it is set smaller, within reason, until it fits. 0: as many as it takes.
    """

    head: str = ""
    foot: str = ""
    moment: datetime | None = None
    pages: int = 0
    number: str = ""
    title: str = ""


Part: TypeAlias = Heading | Text | Table | Pairs | Slip | Chart | Signatures | Code | Running
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


def inside(document: Document) -> Iterator[Part]:
    """Every part, a slip as what is on it."""
    for part in document:
        yield from part.parts if isinstance(part, Slip) else (part,)


def running(document: Document) -> Running:
    """What stands at the edge of its pages."""
    return next((part for part in document if isinstance(part, Running)), Running())


def merged(own: Running, edge: Running | None) -> Running:
    """What a document says of its edges, the rest from who has it drawn."""
    if edge is None:
        return own
    return own._replace(
        head=own.head or edge.head, foot=own.foot or edge.foot, moment=own.moment or edge.moment,
        title=own.title or edge.title,
    )  # fmt: skip


def named(parts: "Sequence[Part]", title: str) -> "list[Part]":
    """The parts of a paper under its name: a heading of its own, else the title of its one table, else this one."""
    tables = [part for part in parts if isinstance(part, Table)]
    if not tables or any(isinstance(part, Heading) and part.level == 1 for part in parts):
        return list(parts)
    if len(parts) == 1 and tables[0].title:
        return [Heading(tables[0].title), tables[0]._replace(title="")]
    return [Heading(title), *parts] if title else list(parts)


def on_screen(document: Document) -> "list[Part]":
    """The document without what only paper has."""
    return [part for part in document if not isinstance(part, Running)]


def each(document: Document, painters: Mapping[type, Callable[[Any], T]]) -> Iterator[T]:
    """The one walk over a document: every part handed to the painter of its type."""
    return (painters[type(part)](part) for part in document)
