"""A round from door to door: one household after the other, each payment kept before the next is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from zaoyuan_cli.commands.loops import Back, Loop, next_door
from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.i18n import N_, _, joined

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book.dues import Claim
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.rules.money import Fen

METHODS = (N_("cash"), N_("wechat"), N_("alipay"), N_("bank"))  # by number at the prompt


class Taken(NamedTuple):
    """A payment of this round: its receipt, room, amount in fen, account, and the step that wrote it."""

    receipt: str
    room: str
    amount: Fen
    account: str
    step: str


class Missed(NamedTuple):
    """A door where nobody was at home, and the step that notes it."""

    room: str
    step: str


class NotHome(Exception):
    """Nobody is at home at the door that is asked about."""


class Round(Loop[Taken | Missed]):
    """The doors of a project, or of one unit.

    accounts: where money goes by method (a kind, or what was typed); method: what Enter means, asked where `asks`.
    on: the day of the payments; None is the day each is made.
    """

    def __init__(
        self, desk: Desk, project: str, unit: str, method: str, asks: bool, account: Callable[[str], str],
        on: date | None,
    ) -> None:  # fmt: skip
        from zaoyuan_cli.book import households, projects

        super().__init__(desk)
        self.project, self.unit = project, unit
        self.fund = projects.fund_of(self.book, project)
        self.method, self.asks, self.account, self.on = method, asks, account, on
        self.roll = households.everyone(self.book.db)
        self.here, self.trail = "", list[str]()
        self.typed_ahead = ""

    @property
    def taken(self) -> list[Taken]:
        """The payments of this round that stand."""
        return [one for one in self.done if isinstance(one, Taken)]

    @property
    def missed(self) -> list[str]:
        """The doors where nobody was at home."""
        return list(dict.fromkeys(one.room for one in self.done if isinstance(one, Missed)))

    def greet(self) -> None:
        """Where the project stands, and the keys."""
        from zaoyuan_cli.book import people, projects

        (of,) = projects.standing(self.book.db, project=self.project)
        head = _("Door to door · {project} · {settled}/{households} households, {paid} yuan").format(
            project=self.project, settled=of.settled, households=of.households, paid=of.paid
        )
        if name := people.name_of(self.book.db, self.book.who):
            head += "   " + _("collector {name}").format(name=name)
        self.desk.tell(head)
        self.desk.tell(
            _("A room or a name; Enter = next who owes  u = undo the last  s = not at home  < = back  . = end")
        )

    def turn(self) -> None:
        """One line at the door's prompt. Over, Refusal."""
        text, self.typed_ahead = self.typed_ahead, ""
        text = text or self.read(f"{self.unit}> ")
        key, _blank, rest = text.partition(" ")
        if key == "u" and not rest:
            self.undo()
        elif key == "<":
            self.typed_ahead = self.trail.pop() if self.trail else ""
        elif key == "s":
            if not rest and not self.here:
                raise Unreadable(_("Who is not at home? s 601"), field="household")
            self.miss(self.door(rest)[0] if rest else self.here)
        else:
            room, more = self.door(text) if text else (self.next(), "")
            if room:
                self.visit(room, more)
            else:
                self.desk.tell("  " + _("Nobody here owes anything more; . ends the round."))

    def door(self, text: str) -> tuple[str, str]:
        """The room of what was typed, and what stands behind it (502 50 微信). Refusal."""
        from zaoyuan_cli.book import finding
        from zaoyuan_cli.commands import asking

        who, _blank, rest = text.partition(" ")
        unit = within(self.unit, who)
        if rest and finding.households(self.book, who, unit):
            return asking.household(self.desk, who, unit=unit), rest
        return asking.household(self.desk, text, unit=unit), ""

    def next(self) -> str:
        """The next household in the order of doors that owes; from the top again after the last, so that whoever was
        not at home is offered again. "" where nobody owes."""
        from zaoyuan_cli.book import dues
        from zaoyuan_cli.rules.rooms import unit_of

        owing = {room for _of, room, claim in dues.claims(self.book.db, self.project) if claim.owed}
        doors = [
            room for room, home in self.roll.items() if not self.unit or self.unit in (home.unit, unit_of(room))
        ]  # fmt: skip
        return next_door(list(self.roll), self.here, owing.intersection(doors))

    def visit(self, room: str, more: str = "") -> None:
        """At one door: show it, ask, record; leave it as it is where the person goes back. Over, Refusal."""
        from zaoyuan_cli.book import contributions

        before, self.here = self.here, room
        claim = contributions.claim_of(self.book, self.project, room)
        self.desk.tell(self.shown(room, claim))
        try:
            self.ask(room, claim, more)
        except NotHome:
            self.miss(room)
        except Back:
            self.here = before
            return
        if room not in self.trail[-1:]:
            self.trail.append(room)

    def ask(self, room: str, claim: Claim, typed: str) -> None:
        """Amount and account of a payment, which is recorded. Over, Back, NotHome, Refusal."""
        while True:
            amount, word = self.amount(claim, typed)
            typed = ""
            try:
                account = self.account(word) if word else self.asked_account()
            except Back:
                if self.typed_ahead:  # something was taken back: the door is shown anew
                    raise
                continue
            self.take(room, amount, account, claim)
            return

    def shown(self, room: str, claim: Claim) -> str:
        """A door in one line: who owes, what is paid and owed, how often nobody was at home, how often it was
        reminded."""
        from zaoyuan_cli.book import credits, dues, reminders, visits
        from zaoyuan_cli.rules.money import Fen

        pieces = [f"  {room} {self.roll[room].owner}".rstrip() if room in self.roll else f"  {room}"]
        for one in dues.owed(self.book.db, self.project, room):
            if one.former:
                pieces.append(_("owed by the former owner {owner}").format(owner=one.owner))
        if not claim.levied:
            pieces.append(_("no levy"))
        pieces.append(_("paid {paid}").format(paid=claim.paid))
        pieces.append(_("owes {owed}").format(owed=claim.owed))
        if usable := credits.usable(self.book.db, room) if claim.owed else {}:
            pieces.append(_("{credit} of credit: contribution apply").format(credit=Fen(sum(usable.values()))))
        if count := visits.misses(self.book.db, self.project, room):
            pieces.append(_("not at home: {count}").format(count=count))
        if asked := reminders.times(reminders.everyone(self.book.db, self.project, room)) if claim.owed else []:
            pieces.append(_("reminded: {count}, last {day}").format(count=len(asked), day=asked[-1][0]))
        return "   ".join(pieces)

    def amount(self, claim: Claim, typed: str) -> tuple[Fen, str]:
        """(fen, the word for how it is paid, "" to be asked). Over, Back, NotHome."""
        from zaoyuan_cli.commands import options

        default = f" [{claim.owed}]" if claim.owed else ""
        while True:
            text = typed or self.read("  " + _("Amount{default}>").format(default=default) + " ")
            typed = ""
            self.press(text)
            first, _blank, rest = text.partition(" ")
            try:
                if (not first or self.is_method(first)) and claim.owed:
                    return claim.owed, first
                fen = options.amount(first)
                if rest:
                    self.account(self.meant(rest))
                return fen, self.meant(rest) if rest else ""
            except Refusal as refusal:
                said = refusal.message
                if self.is_door(text):
                    said = _("This asks for the amount of {room}. Another door: < first, then {text}.").format(
                        room=self.here, text=text
                    )
                self.desk.tell("  ! " + said)

    def press(self, key: str) -> None:
        """The keys of the round, at a question about a door: u shows the door anew. Back, NotHome."""
        if key == "u":
            try:
                self.undo()
            except Refusal as refusal:
                self.refused(refusal)
            self.typed_ahead = self.here
            raise Back
        if key == "<":
            raise Back
        if key == "s":
            raise NotHome

    def is_method(self, word: str) -> bool:
        """Is it a word for how money is paid, and no number?"""
        from zaoyuan_cli.book import accounts

        return word.lower() in accounts.KINDS

    def meant(self, word: str) -> str:
        """How it is paid: by number, or the word itself."""
        return METHODS[int(word) - 1] if word in ("1", "2", "3", "4") else word

    def asked_account(self) -> str:
        """Where the money goes, asked unless it was said with -m. Over, Back."""
        if not self.asks:
            return self.account(self.method)
        listed = " ".join(f"{n}{_(word)}" for n, word in enumerate(METHODS, 1))
        prompt = "  " + _("How [{default}] {choices}>").format(default=_(self.method), choices=listed) + " "
        while True:
            text = self.read(prompt)
            self.press(text)
            try:
                return self.account(self.meant(text) if text else self.method)
            except Refusal as refusal:
                if self.is_door(text):  # the next door at once: this one was paid as usual
                    self.typed_ahead = text
                    return self.account(self.method)
                self.desk.tell("  ! " + refusal.message)

    def is_door(self, text: str) -> bool:
        """Does the text name a room of this round?"""
        from zaoyuan_cli.book import finding

        who = text.partition(" ")[0]
        return bool(finding.doors(self.book, who, within(self.unit, who)))

    def take(self, room: str, amount: Fen, account: str, claim: Claim) -> None:
        """Record a payment, at once and for itself. Refusal: nobody agreed."""
        from zaoyuan_cli.book import contributions
        from zaoyuan_cli.commands import paying

        self.tick()
        day = self.on or self.book.today
        payment = contributions.Payment(amount, account, self.fund, day, room, project=self.project)
        payment = payment._replace(agreed=paying.agreed(self.desk, payment, claim, gift=False))
        paying.seen_before(self.desk, payment)
        receipt, now = contributions.receive(self.book, payment)
        self.done.append(Taken(receipt, room, amount, account, self.last_step()))
        said = _("√ receipt {number}  {amount}").format(number=receipt, amount=amount)
        if now.owed:
            said += "   " + _("owes {owed}").format(owed=now.owed)
        self.desk.tell("  " + said)

    def miss(self, room: str) -> None:
        """Note that nobody is at home."""
        from zaoyuan_cli.book import visits

        self.tick()
        count = visits.miss(self.book, self.project, room)
        self.done.append(Missed(room, self.last_step()))
        self.here = room
        self.desk.tell("  " + _("noted: {room} not at home ({count})").format(room=room, count=count))

    def undo(self) -> None:
        """Take back the last thing this round wrote. Refusal."""
        last = self.take_back()
        if isinstance(last, Taken):
            said = _("√ Undone: {room} {amount}; receipt {number} is void.").format(
                room=last.room, amount=last.amount, number=last.receipt
            )
        else:
            said = _("√ Undone: {room} not at home.").format(room=last.room)
        self.desk.tell("  " + said)


def within(unit: str, who: str) -> str:
    """The unit a room is looked for in: none where it is named in full."""
    from zaoyuan_cli.book import finding

    return "" if finding.reads_as_room(who) else unit


def by_account(taken: list[Taken]) -> Mapping[str, Fen]:
    """What came into each account, in fen."""
    sums: dict[str, Any] = {}
    for one in taken:
        sums[one.account] = sums.get(one.account, type(one.amount)()) + one.amount
    return sums


def in_words(sums: Mapping[str, Fen], households: int) -> str:
    """The end of a round: households and yuan, by account."""
    total = sum(int(fen) for fen in sums.values())
    if not sums:
        return _("Nothing was received.")
    from zaoyuan_cli.rules.money import Fen

    said = _("This round: {households} households, {amount} yuan.").format(households=households, amount=Fen(total))
    return joined((said, " · ".join(f"{account} {fen}" for account, fen in sums.items())))
