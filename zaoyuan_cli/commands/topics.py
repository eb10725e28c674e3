"""The topics of `zaoyuan help`: what is the same for every command."""

from __future__ import annotations

from collections.abc import Callable

from zaoyuan_cli.i18n import N_
from zaoyuan_cli.rules.ballots import MATTERS

TOPICS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "rooms": (
        N_("A room is written building-unit-door. These all mean the same household:"),
        (
            ("3-2-501", N_("as the book prints it")),
            ("3栋2单元501室  3号楼二单元501  3幢2门501  3#2-501  3/2/501", N_("as people write it")),
            ("3—2—５０１", N_("as an input method leaves it")),
            ("A座501  2单元501  501", N_("where only one household fits")),
            ("3-2-501,502,601", N_("several; the first one's building and unit hold for all")),
            ("3-2", N_("a whole unit, where several are meant")),
            ("wgl  王桂兰  1234", N_("who lives there: initials, a name or part of it, the end of the phone")),
        ),
    ),
    "dates": (
        N_("A date is always shown as 2022-05-31. It may be typed:"),
        (
            ("2022-05-31  2022.5.31  20220531  2022年5月31日", N_("in full")),
            ("5-31  5/31  5月31日  31日", N_("without the year: the latest that is not more than 31 days ahead")),
            ("--due 8-1  --until 12-31", N_("where something is due or ends: the next one to come")),
            ("今天 昨天 前天 3天前 上周三 周一  today yesterday", N_("from today")),
            ("ZAOYUAN_NOW", N_("sets the clock, for tests; days are those of China, whatever the computer says")),
        ),
    ),
    "amounts": (
        N_("Amounts are yuan. Inside they are whole fen, so nothing is ever lost in rounding. They may be typed:"),
        (
            ("100  100.5  1,000.50  1.5万", N_("in figures")),
            ("100元  ￥100  3元5角  １００", N_("with a sign or as an input method leaves it")),
            ("壹佰元整  一千二百元", N_("in words")),
            ("-50", N_("never: money given back is a refund (contribution refund)")),
        ),
    ),
    "scripting": (
        N_("A pipe gets plain text: no colours, nothing cut, one record a line. For programs:"),
        (
            ("--json", N_("one object; a list is rows and totals. Keys are English in every language, and stay")),
            ("--format tsv  --format csv", N_("the rows alone; of a page all its tables, with titles (take --json)")),
            ("\"100.00\"  \"2022-05-31\"  null", N_("money and areas are strings, dates ISO, nothing is null")),
            ('{"error": {"code": ...}}', N_("a refusal, one line on standard error; see exit-codes")),
            ("--yes  --no-input", N_("answer the questions beforehand; without a terminal nothing ever waits")),
            ("--dry-run", N_("show what would be done, write nothing")),
        ),
    ),
    "ballots": (
        N_("A vote of all owners is on a matter of the Civil Code, article 278 (--matter):"),
        (
            *((str(n), name) for n, name in MATTERS.items()),
            ("2/3 + 2/3", N_("must take part: by persons and by area")),
            (">1/2 + >1/2", N_("of those must agree; for 6, 7 and 8: 3/4 and 3/4")),
            ("vote.special_spaces", N_("whether parking places and stalls count: by a bylaw of the owners only")),
            ("ballot open … issue … cast … cast --second … tally … close", N_("the way of a vote, step by step")),
        ),
    ),
    "bylaw-file": (
        N_("The text of a bylaw sets no limit by itself. The head between two lines +++ says who adopts it and which"
           " rules it sets; without a head it is text only. A whole file:"),
        (
            (N_('by = "committee"  by = "assembly"'), N_("whose decision adopts it")),
            (N_("[[rule]]"), N_("before each rule, on a line of its own")),
            (N_('name = "…"'), N_("the rule: its name or what it is, see zaoyuan rule list")),
            (N_("value = …"), N_('1000 or "1000.50" for yuan, 7 for days or persons, "2/3" or ">1/2", "on" or "off"')),
            (N_('article = "…"'), N_("the article of the text that says so")),
            ("zaoyuan bylaw add", N_("enters it as a draft and says which rules it sets")),
            ("zaoyuan bylaw adopt", N_("puts it in force: the rules hold from that day")),
        ),
    ),
    "exit-codes": (
        N_("What a command says to the shell:"),
        (
            ("0", N_("done; also when there was nothing to show")),
            ("1", N_("refused: not found, ambiguous, or against a rule")),
            ("2", N_("wrong usage: an option, an unreadable amount, date or room; or a yes was needed")),
            ("3", N_("a check, or a list to be taken in, has problems")),
            ("4", N_("the book is missing, locked, damaged or newer than the program")),
            ("5", N_("a file could not be read or written")),
            ("130", N_("stopped: Ctrl-C, an answer of no, an empty text")),
        ),
    ),
    "environment": (
        N_("Variables of the environment; an option on the line wins over them:"),
        (
            ("ZAOYUAN_BOOK", N_("the book to use")),
            ("ZAOYUAN_HOME", N_("the folder of the settings and of this computer's letter")),
            ("ZAOYUAN_WHO", N_("who is at the keyboard: a name, or the id of a person")),
            ("ZAOYUAN_LANG", N_("the language: zh or en")),
            ("ZAOYUAN_EDITOR  VISUAL  EDITOR", N_("the program for longer texts")),
            ("ZAOYUAN_PAGER  PAGER", N_("the program for long answers")),
            ("ZAOYUAN_NO_INPUT", N_("ask nothing")),
            ("ZAOYUAN_NOW", N_("the clock, for tests: 2022-05-31T12:00:00+08:00")),
            ("NO_COLOR  TERM=dumb", N_("no colours")),
            ("COLUMNS", N_("the width of the screen")),
        ),
    ),
    "privacy": (
        N_("The book names neighbours. What protects them:"),
        (
            ("138****1234", N_("phones are masked; --full shows them, and needs --yes when not on a screen")),
            (N_("papers for the wall"), N_("carry neither names nor phones of residents; offices are named by office")),
            ("person erase", N_("removes a person's data; counts and codes stay provable")),
            (N_("the shell's history"), N_("keeps what you type: a phone is asked for, never an option")),
            ("0600", N_("the book and its backups are readable by you alone")),
            (N_("error logs"), N_("hold no words of yours and none of the book")),
        ),
    ),
    "keys": (
        N_("Keys while the program asks:"),
        (
            ("Enter", N_("the answer in brackets")),
            ("y  n  是  否", N_("yes and no")),
            ("Ctrl-C", N_("stop; what was confirmed before stays written")),
            ("Tab", N_("completes commands, rooms and names in the shell: zaoyuan completion")),
        ),
    ),
}  # fmt: skip
"""Name → what it is about, and rows of (what is typed, what it means); all English, marked for the catalogue."""


def _bylaw() -> str:
    from zaoyuan_cli.exchange import bylaws

    return bylaws.example()


TEXTS: dict[str, Callable[[], str]] = {"bylaw-file": _bylaw}
"""What stands whole on a topic, below the line that says what it is about, in the language of the run."""
