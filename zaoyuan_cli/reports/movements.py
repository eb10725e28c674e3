"""What moved in a statement, as the public reads it: day by day, each line with the balance there was after it.
Expenses and incomes stand one by one with their numbers; what households paid in a month between two other movements is
one line, and in sums by project and way of payment once more; corrections by number alone (R-67, R-70, R-80)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from zaoyuan_cli.i18n import N_
from zaoyuan_cli.reports.public import Said, Wall
from zaoyuan_cli.reports.wording import Wording, way
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book.expenses import Expense
    from zaoyuan_cli.book.statements import Leg


class _Key(NamedTuple):
    """What stands in one line, in the order in which it stands in a day: what came in before what went out. `number`:
    of what stands alone; `donor`: the id of a firm or a public body."""

    out: bool
    what: str
    late: bool
    number: str = ""
    fund: str = ""
    project: str = ""
    donor: str = ""
    method: str = ""


class Movements:
    """The lines of a statement's legs, on a wall."""

    def __init__(self, wall: Wall, legs: Iterable[Leg]) -> None:
        from zaoyuan_cli.book import accounts, funds, statements

        self.wall, self.words, db = wall, Wording(wall), wall.book.db
        self.legs = [one for one in legs if one.what != "transfer"]
        self.unclaimed = funds.unclaimed(wall.book)
        self.methods = {one.account: one.kind for one in accounts.everyone(db)}
        self.givers = statements.givers(db, [one.number for one in self.legs])

    def lines(self, opening: Fen) -> list[dict[str, Any]]:
        """One row a line, by day, each with the balance after it. What follows one another in a month and is of one
        kind is one line, so that each balance is one that there was at the end of its day, or within it."""
        keyed = sorted(((self._key(one), one) for one in self.legs), key=lambda pair: (pair[1].day, pair[0]))
        found: list[dict[str, Any]] = []
        balance = opening
        for (key, _month), pairs in groupby(keyed, key=lambda pair: (pair[0], f"{pair[1].day:%Y-%m}")):
            row = self._row(key, [leg for _key, leg in pairs])
            balance = Fen(balance + (row["in"] or 0) - (row["out"] or 0))
            found.append({"no": len(found) + 1, **row, "balance": balance})
        return found

    def contributions(self) -> list[dict[str, Any]]:
        """What households paid, a project and a way of payment a row; without corrections of earlier periods."""
        sums: dict[tuple[str, str, str], list[Leg]] = {}
        for one in self.legs:
            if self._key(one).what == "contribution":
                sums.setdefault((one.project, one.fund, self.methods.get(one.account, "")), []).append(one)
        return [
            {
                "project": self.words.project(project) if project else None, "fund": self.wall.text(fund),
                "method": Said(method), "households": len({one.room for one in legs}),
                "receipts": len({one.number for one in legs}), "amount": Fen(sum(one.fen for one in legs)),
            }
            for (project, fund, method), legs in sums.items()
        ]  # fmt: skip

    def _key(self, leg: Leg) -> _Key:
        out = leg.fen < 0
        if leg.correction:
            return _Key(out, "correction", leg.late, leg.number)
        if leg.what in ("expense", "income"):
            return _Key(out, leg.what, leg.late, leg.number, leg.fund, leg.project)
        if leg.what in ("refund", "return", "fee"):
            return _Key(out, leg.what, leg.late, "", leg.fund, leg.project)
        giver, what = self.givers.get(leg.number, ""), "contribution"
        if giver:
            what = "donation"
        elif not leg.room or leg.fund == self.unclaimed:
            what = "unclaimed"
        if what == "contribution":
            return _Key(out, what, leg.late)
        donor = giver if giver in self.words.firms else ""
        return _Key(out, what, leg.late, "", leg.fund, leg.project, donor, self.methods.get(leg.account, ""))

    def _row(self, key: _Key, legs: list[Leg]) -> dict[str, Any]:
        days, given = [one.day for one in legs], sorted({one.number for one in legs if one.number}, key=numbers.split)
        came = Fen(sum(max(one.fen, 0) for one in legs))
        went = Fen(-sum(min(one.fen, 0) for one in legs))
        if key.what == "contribution":
            key = self._common(key, legs)
        text = self._text(key, legs, given)
        shown = key.what in ("contribution", "donation", "unclaimed", "expense", "income", "correction", "refund",
                             "return")  # fmt: skip
        return {
            "since": min(days), "date": max(days), "what": Said(key.what), "late": key.late,
            "number": self.words.numbers(given) if shown and given else None,
            "text": self.wall.say(N_("{text} (entered late)"), text=text) if key.late else text,
            "fund": self.wall.text(key.fund) if key.fund else None,
            "project": self.words.project(key.project) if key.project else None,
            "method": Said(key.method) if key.method else None, "count": len(legs),
            "households": len({one.room for one in legs if one.room}) if key.what in ("contribution", "refund")
            else None,
            **self._more(key), "in": came or None, "out": went or None,
        }  # fmt: skip

    def _common(self, key: _Key, legs: list[Leg]) -> _Key:
        """The key with the fund, the project and the way of payment that all of them share."""
        funds, projects = ({getattr(one, name) for one in legs} for name in ("fund", "project"))
        ways = {self.methods.get(one.account, "") for one in legs}
        fund, project, way = (some.pop() if len(some) == 1 else "" for some in (funds, projects, ways))
        return key._replace(fund=fund, project=project, method=way)

    def _more(self, key: _Key) -> dict[str, Any]:
        """What stands behind a single line: decision, voucher; of an income what it cost and left (R-74)."""
        say = self.wall.text
        if key.what == "expense":
            one = self.words.expenses[key.number]
            return {"decision": say(one.decision) if one.decision else None,
                    "voucher": say(one.voucher) if one.voucher else None}  # fmt: skip
        if key.what == "income":
            income = self.words.incomes[key.number]
            return {"cost": income.cost, "net": income.net} if income.cost else {}
        return {}

    # ---- the words

    def _purpose(self, key: _Key) -> Said:
        """The project, else the fund."""
        return self.words.project(key.project) if key.project else self.wall.text(key.fund)

    def _text(self, key: _Key, legs: list[Leg], given: list[str]) -> Said:
        say, of, count = self.wall.say, self._purpose(key), len(legs)
        if key.what == "correction":
            said = N_("Correction of an earlier period: {number} void, its income is taken back")
            if not key.out:
                said = N_("Correction of an earlier period: {number} void, its expense is taken back")
            return say(said, number=key.number)
        if key.what == "expense":
            return self._spent(self.words.expenses[key.number], of)
        if key.what == "income":
            return self.words.received(self.words.incomes[key.number])
        if key.what == "contribution":
            return self._paid(key, legs)
        if key.donor:
            return say(N_("{project}: given by {donor} ({way})"), project=of, donor=self.words.firms[key.donor],
                       way=self._way(key))  # fmt: skip
        if key.what == "donation":
            people = len({self.givers[one] for one in given})
            return say(N_("{project}: gifts of persons ({count}, {way})"), project=of, count=people,
                       way=self._way(key))  # fmt: skip
        if key.what == "unclaimed":
            return say(N_("Payer not known yet ({count}, {way})"), count=count, way=self._way(key))
        if key.what == "refund":
            return say(N_("{project}: refunds ({count})"), project=of, count=count)
        if key.what == "return":
            return say(N_("{project}: surplus given back ({count})"), project=of, count=count)
        return say(N_("Bank and payment fees ({count})"), count=count)

    def _paid(self, key: _Key, legs: list[Leg]) -> Said:
        """What households paid: for which project, in which way, where it is one; else how many for each."""
        say = self.wall.say
        by: dict[tuple[str, str], set[str]] = {}
        for one in legs:
            by.setdefault((one.project, "" if one.project else one.fund), set()).add(one.room)
        if len(by) > 1:
            each = [say(N_("{what} {count}"), what=self.words.project(project) if project else self.wall.text(fund),
                        count=len(homes)) for (project, fund), homes in by.items()]  # fmt: skip
            return say(N_("Households ({count}): {each}"), count=len({one.room for one in legs}),
                       each=self.wall.series(each))  # fmt: skip
        of, homes = self._purpose(key), len({one.room for one in legs})
        if not key.method:
            return say(N_("{project}: households ({count})"), project=of, count=homes)
        return say(N_("{project}: households ({count}, {way})"), project=of, count=homes, way=self._way(key))

    def _way(self, key: _Key) -> Said:
        return way(self.wall, key.method)

    def _spent(self, one: Expense, of: Said) -> Said:
        more = [of] if one.project else []
        if one.decision:
            more.append(self.wall.say(N_("by {decision}"), decision=self.words.decision(one.decision)))
        return self.words.spent(one, more)
