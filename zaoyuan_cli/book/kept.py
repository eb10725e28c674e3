"""Kept totals: what all movements come to, by month and by household, so that a report of a million payments reads as
few rows as one of a hundred. Triggers hold them equal to the sums of `movement` after every statement, in whatever
order rows come and go; a replay fills them once, at its end. Amounts are in fen, a name that is not there is ''."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

from zaoyuan_cli.i18n import _

from .ledger import Problem

_MONTH = (
    "ifnull({0}.fund, ''), ifnull({0}.account, ''), ifnull({0}.project, ''), {0}.what, {0}.room IS NOT NULL,"
    " substr({0}.day, 1, 7)"
)
_ROOM = "{0}.room, ifnull({0}.project, ''), {0}.what"
SUMS = {  # what a table must hold
    "kept_month": f"SELECT {_MONTH.format('movement')}, sum(max(fen, 0)), sum(max(-fen, 0)), count(*) FROM movement"
    " GROUP BY 1, 2, 3, 4, 5, 6",
    "kept_room": f"SELECT {_ROOM.format('movement')}, sum(fen), count(*) FROM movement WHERE room IS NOT NULL"
    " GROUP BY 1, 2, 3",
}


def _change(sign: str, leg: str, of: str) -> str:
    """The statements that add (+) or take away (-) legs of entries: a row named `leg`, of a source."""
    month, room = _MONTH.format(leg), _ROOM.format(leg)
    text = (
        f"INSERT INTO kept_month SELECT {month}, {sign}max({leg}.fen, 0), {sign}max(-{leg}.fen, 0), {sign}1 {of}"
        " ON CONFLICT DO UPDATE SET came = came + excluded.came, went = went + excluded.went,"
        " legs = legs + excluded.legs;"
        f" INSERT INTO kept_room SELECT {room}, {sign}{leg}.fen, {sign}1 {of} AND {leg}.room IS NOT NULL"
        " ON CONFLICT DO UPDATE SET fen = fen + excluded.fen, legs = legs + excluded.legs;"
    )
    if sign == "-":
        text += (
            f" DELETE FROM kept_month WHERE legs = 0"
            f" AND (fund, account, project, what, home, month) IN (SELECT {month} {of});"
            f" DELETE FROM kept_room WHERE legs = 0 AND (room, project, what) IN (SELECT {room} {of});"
        )
    return text


def _trigger(table: str, verb: str, when: str, sign: str) -> str:
    """A row of entry counts or not by itself; one of void or reversal changes whether all legs of its number do."""
    row = "new" if verb == "INSERT" else "old"
    leg, of = (row, "WHERE TRUE") if table == "entry" else ("entry", f"FROM entry WHERE number = {row}.number")
    return (
        f"CREATE TRIGGER kept_{table}_{verb.lower()} AFTER {verb} ON {table} WHEN {when.format(row)}"
        f" BEGIN {_change(sign, leg, of)} END"
    )


_REVERSED, _VOID = "{0}.number IN (SELECT number FROM reversal)", "{0}.number IN (SELECT number FROM void)"
_COUNTS = f"(NOT {_VOID} OR {_REVERSED})"
TABLES = (
    "CREATE TABLE kept_month (fund TEXT NOT NULL, account TEXT NOT NULL, project TEXT NOT NULL, what TEXT NOT NULL,"
    " home INTEGER NOT NULL, month TEXT NOT NULL, came INTEGER NOT NULL, went INTEGER NOT NULL, legs INTEGER NOT NULL,"
    " PRIMARY KEY (fund, account, project, what, home, month)) STRICT, WITHOUT ROWID",
    "CREATE TABLE kept_room (room TEXT NOT NULL, project TEXT NOT NULL, what TEXT NOT NULL, fen INTEGER NOT NULL,"
    " legs INTEGER NOT NULL, PRIMARY KEY (room, project, what)) STRICT, WITHOUT ROWID",
    *(f"INSERT INTO {table} {sums}" for table, sums in SUMS.items()),
    _trigger("entry", "INSERT", _COUNTS, "+"),
    _trigger("entry", "DELETE", _COUNTS, "-"),
    _trigger("void", "INSERT", f"NOT {_REVERSED}", "-"),
    _trigger("void", "DELETE", f"NOT {_REVERSED}", "+"),
    _trigger("reversal", "INSERT", _VOID, "+"),
    _trigger("reversal", "DELETE", _VOID, "-"),
)


def flows(since: date | None = None, until: date | None = None) -> tuple[str, dict[str, str]]:
    """A query of all that moved up to a day, and its values: (day, fund, account, project, what, home, came, went),
    `home` telling a household's. Whole months are as kept, their day being the first; a month that `since` or `until`
    cuts through is leg by leg."""
    first, last = since or date.min, until or date.max
    cut = [] if first.day == 1 else [first.isoformat()[:7]]
    if last < date.max and (last + timedelta(days=1)).day != 1:
        cut += [month for month in [last.isoformat()[:7]] if month not in cut]
    text = "SELECT month || '-01' AS day, fund, account, project, what, home, came, went FROM kept_month"
    text += " WHERE month <= :until"
    text += "".join(f" AND month != '{month}'" for month in cut)
    for month in cut:
        text += (
            " UNION ALL SELECT day, ifnull(fund, ''), ifnull(account, ''), ifnull(project, ''), what, room IS NOT NULL,"
            f" max(fen, 0), max(-fen, 0) FROM movement WHERE day BETWEEN '{month}-01' AND min('{month}-31', :until)"
        )
    return text, {"since": first.isoformat(), "until": last.isoformat()}


def differences(db: sqlite3.Connection) -> Iterator[Problem]:
    """Where a kept total is not the sum of its entries."""
    said = _("The kept total of {what} is not the sum of its entries; cure: {command}")
    for table, sums in SUMS.items():
        kept = f"SELECT * FROM {table}"
        rows = db.execute(
            f"SELECT * FROM ({kept} EXCEPT {sums}) UNION SELECT * FROM ({sums} EXCEPT {kept}) ORDER BY 1, 2, 3"
        ).fetchall()
        for what in dict.fromkeys(" ".join(one for one in row if one and isinstance(one, str)) for row in rows):
            yield Problem("sums", what, said.format(what=what, command="zaoyuan rebuild"))
