"""What the tests of rendering draw: arrears of invented doors, and what nobody should ever have typed as a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html.parser import HTMLParser

from hypothesis import strategies as st

from zaoyuan_cli.document import Column, Heading, Pairs, State, Table, Text
from zaoyuan_cli.reports import Listing, Page
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.rooms import Area

COLUMNS = (
    Column("room", "Room", "room"),
    Column("owner", "Owner"),
    Column("due", "Due", "money", 2),
    Column("area", "Area", "area", 5),
    Column("owed", "Owed", "money"),
    Column("state", "State", "state"),
    Column("date", "Last payment", "date", 3),
    Column("note", "Note", "text", 4, flex=True),
)

ROWS: list[dict[str, object]] = [
    {
        "room": "3-2-501",
        "owner": "王桂兰",
        "due": Fen(10000),
        "area": Area(8850),
        "owed": Fen(0),
        "state": "paid",
        "date": date(2022, 5, 31),
        "note": "现金",
        "person": "pA17",
    },
    {
        "room": "12-10-2401",
        "owner": "欧阳夏丹·阿卜杜拉",
        "due": Fen(123456789),
        "area": Area(1234567),
        "owed": Fen(123456789),
        "state": "unpaid",
        "date": None,
        "note": "他说等六月份发了工资以后再交剩下的钱，另外楼道灯坏了，请尽快联系物业来修。",
    },
    {"room": "3-2-602", "owner": None, "state": "exempt", "note": ""},
]

HOSTILE = [
    "\x1b]0;owned\x07",
    "\x1b[2J\x1b[31mred",
    "\x9b31mred",
    "\u202egnp.exe",
    "\u2066left\u2069",
    "\u200fright",
    "\ufeffmark",
    "\x00nul",
    "\x07bell",
    "back\x08space",
    "del\x7f",
    "half \ud800 pair",
    "two\nlines",
    "two\r\nlines",
    "carriage\rreturn",
    "tab\tbed",
    "next\x85line",
    "para\u2029graph",
    "[/x]",
    "[bold]fat[/bold]",
    "[/] 关闭",
    "[link=https://x.example]x[/link]",
    ":smile:",
    '=HYPERLINK("http://x.example","x")',
    "=1+1",
    " =1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\t=1",
    "\r=1",
    "a|b|c",
    "|---|",
    "<script>alert(1)</script>",
    "<b>&amp;</b>",
    "![x](https://x.example/x.png)",
    "[x](javascript:alert)",
    "<https://x.example>",
    "# heading",
    "- list",
    "1. list",
    "---",
    "> quote",
    "```code```",
    "*fat* _thin_ ~~gone~~",
    "back\\slash",
    "{{ 7 * 7 }}{% raw %}",
    "%s {x} {0}",
    '"quoted", comma',
    "'single",
    "👍🏽👨‍👩‍👧",
    "㛃𬭎𠮷",
    "e\u0301\u0301\u0301",
    "　宽　空格　",
    "x" * 300,
    "字" * 300,
]


def listing(rows: Sequence[Mapping[str, object]] = ROWS, totals: Mapping[str, object] | None = None) -> Listing:
    return Listing(rows, COLUMNS, totals)


def page(text: str) -> Page:
    """A report in which somebody's text stands in every place where text can stand."""
    return Page(
        {"text": text},
        [
            Heading(text),
            Text(text, "warn"),
            Pairs(((text, text), ("state", State("paid")), ("amount", Fen(5)), ("unlisted", State(text)))),
            Table((Column("a", "A"), Column("b", "B", "state")), [{"a": text, "b": text}], {"a": text}, title=text),
            Table((Column("a", "A"),), [], empty=text),
        ],
    )


rooms = st.builds("{}-{}-{}".format, st.integers(1, 99), st.integers(1, 99), st.integers(101, 9999))
amounts = st.integers(-(10**11), 10**11).map(Fen)
names = st.text("王张欧阳夏丹·阿卜杜拉abc 㛃𬭎", max_size=12)
notes = st.text(max_size=40)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "room": rooms,
            "owner": st.none() | names,
            "due": st.none() | amounts,
            "area": st.none() | st.integers(0, 10**7).map(Area),
            "owed": amounts,
            "state": st.sampled_from(("paid", "part", "unpaid", "exempt", "void")),
            "date": st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)),
            "note": st.none() | notes,
        }
    ),
    min_size=1,
    max_size=6,
)


class Seen(HTMLParser):
    """What a browser would find: the tags, and the text of every cell."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self.inside = False
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag in ("td", "th")
        if self.inside:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data
