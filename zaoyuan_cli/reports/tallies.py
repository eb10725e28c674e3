"""A tally as a page: each test with its numbers and threshold, what decides, what is still missing and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table, Text
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.reports import Page, ballots, turnout
from zaoyuan_cli.rules import ballots as rule
from zaoyuan_cli.rules.rooms import Area
from zaoyuan_cli.rules.shares import Share

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.ballots import Ballot
    from zaoyuan_cli.book.tallies import Question, Tally

TESTS = (
    Column("test", N_("Test")),
    Column("is", N_("Is"), "number_text"),
    Column("of", N_("Of"), "number_text"),
    Column("share", N_("Threshold"), "number_text", 1),
    Column("needed", N_("At least"), "number_text"),
    Column("enough", N_("Enough"), "flag"),
)
SLIPS = (
    Column("choice", N_("Choice"), "state"),
    Column("voters", N_("Voters"), "number"),
    Column("area", N_("Area m²"), "area"),
)
UNITS = (
    Column("unit", N_("Unit"), "number_text"),
    Column("leader", N_("Unit leader")),
    Column("voters", N_("Voters"), "number"),
    Column("area", N_("Area m²"), "area", 1),
    Column("doors", N_("Voters by rooms"), flex=True),
)
CANDIDATES = (
    Column("name", N_("Candidate")),
    Column("voters", N_("Yes, voters"), "number"),
    Column("area", N_("Yes, area m²"), "area"),
    Column("outcome", N_("Outcome"), "state"),
)
PROXIES = (
    Column("doors", N_("Rooms"), "number_text"),
    Column("holder", N_("Signs for them")),
    Column("date", N_("Since"), "date"),
    Column("until", N_("Until"), "date"),
)
DOORS_ON_A_SCREEN = 12  # of a unit; a pipe and JSON have all


def page(book: Book, found: Tally, only: int = 0, screen: bool = False) -> Page:
    """A tally with its verdict, of all questions or one (`only`, from 1); on a screen long lists of doors are cut."""
    data = ballots.tallied(book, found, only)
    most = DOORS_ON_A_SCREEN if screen else 0
    parts: list[Part] = [Heading(f"{found.ballot.ballot}  {found.ballot.text}"), _head(found, data)]
    if said := ballots.late(data["notice"]):
        parts.append(Text(said, "warn"))
    asked = found.questions[only - 1 : only] if only else found.questions
    for one, row in zip(asked, data.get("questions") or [data], strict=True):
        if len(found.questions) > 1:
            parts.append(Heading(one.text, 2))
        parts += [Table(SLIPS, _slips(one)), Table(TESTS, _tests(found, one)), *_outcome(found, one, row)]
        if not one.decides.passed:
            parts += _missing(row, most)
    if ballots.is_long(found) and not only:
        command = f"zaoyuan ballot tally {found.ballot.ballot} --question 1"
        parts.append(Text(_("Whose they are, question by question: {command}").format(command=command)))
    if found.ballot.seats:
        parts += _election(found, data)
    data["units"] = turnout.by_unit(book, found)
    parts += turnout.chart(data["units"])
    return Page(data, [*parts, *_papers(found, data), *_after(data)])


def _head(found: Tally, data: dict[str, Any]) -> Pairs:
    ballot = found.ballot
    matter = _("{n}, {name} (Civil Code, article 278)").format(n=ballot.matter, name=data["matter_name"])
    roll = _("{voters} voters, {area} m²").format(voters=found.roll.voters, area=Area(found.roll.area))
    special = ballots.special_in_words(data["special_spaces"])
    return Pairs((
        (_("Matter"), matter), (_("Opened"), ballot.date), (_("Runs until"), ballot.until),
        *(((_("Closed"), data["closed"]),) if data["closed"] else ()),
        (_("Frozen roll"), roll),
        *(((_("Special spaces"), special),) if special else ()), (_("State"), State(ballot.state)),
    ))  # fmt: skip


def _slips(one: Question) -> list[dict[str, Any]]:
    """The choices; of the blank, which are among those who abstain, and the invalid only how many."""
    rows: list[dict[str, Any]] = [
        {"choice": choice, "voters": part.voters, "area": Area(part.area)}
        for choice, part in zip(rule.CHOICES, one.slips, strict=True)
    ]
    if one.blank:
        rows.append({"choice": "of these blank", "voters": one.blank, "area": None})
    if one.invalid:
        rows.append({"choice": "invalid", "voters": one.invalid, "area": None})
    return rows


Figure: TypeAlias = tuple[str, int, int, Share, bool, bool]


def figures(found: Tally, one: Question) -> tuple[Figure, ...]:
    """The four tests of a verdict: what it is called (English), how much there is, of how much, the share that is
    enough, whether it holds, whether it is of area in 0.01 m2."""
    law, verdict, cast = found.ballot.law, one.decides, one.decides.took_part
    yes = one.slips.yes
    if one.followed and found.silent:
        yes = rule.following(one.slips, found.silent).yes
    return (
        (N_("Took part, voters"), cast.voters, found.roll.voters, law.took_part, verdict.voters_took_part, False),
        (N_("Took part, area"), cast.area, found.roll.area, law.took_part, verdict.area_took_part, True),
        (N_("Agree, voters"), yes.voters, cast.voters, law.consent, verdict.voters_agree, False),
        (N_("Agree, area"), yes.area, cast.area, law.consent, verdict.area_agree, True),
    )  # fmt: skip


def _tests(found: Tally, one: Question) -> list[dict[str, Any]]:
    return [
        {
            "test": _(test), "is": _number(part, area), "of": _number(whole, area), "share": str(share),
            "needed": _number(share.least(whole), area), "enough": enough,
        }
        for test, part, whole, share, enough, area in figures(found, one)
    ]  # fmt: skip


def _number(value: int, area: bool) -> str:
    return str(Area(value)) if area else str(value)


def _outcome(found: Tally, one: Question, said: dict[str, Any]) -> list[Part]:
    """What decides, in a sentence; and the other result where the silent were counted with the majority (R-18)."""
    parts: list[Part] = [_verdict(found.ballot, one, said, len(found.unchecked) + len(found.differences))]
    if one.followed and found.silent:
        text = _("{voters} who got their paper and returned none are counted with the majority, as a bylaw says;")
        text += " " + (_("without them it passes too.") if one.verdict.passed else _("without them it fails."))
        parts.append(Text(text.format(voters=found.silent.voters), "warn"))
    return parts


def _verdict(ballot: Ballot, one: Question, said: dict[str, Any], pending: int) -> Text:
    if ballot.state == "void":
        return Text(_("Void: {reason}").format(reason=ballot.reason), "bad")
    if ballot.state != "running":
        if said["decision"]:
            return Text(_("Passed: decision {decision}.").format(decision=said["decision"]), "good")
        if one.decides.passed:
            return Text(_("Enough votes, and no seat."), "warn")
        return Text(_("Failed: {tests}.").format(tests=lacking(one)), "bad")
    if one.settled:
        text = _("Passed whatever the rest do.") if one.settled == "passed" else _("Failed whatever the rest do.")
        return Text(text, "good" if one.settled == "passed" else "bad")
    if one.decides.passed and pending:
        said_so = _("It would pass; but slips not entered twice, or not the same twice: {count}.")
        return Text(said_so.format(count=pending), "warn")
    if one.decides.passed:
        return Text(_("It would pass if it were closed now."), "good")
    return Text(_("It would fail if it were closed now: {tests}.").format(tests=lacking(one)), "warn")


def lacking(one: Question) -> str:
    """The tests that do not hold."""
    verdict = one.decides
    tests = (
        (verdict.voters_took_part, _("too few voters took part")),
        (verdict.area_took_part, _("too little area took part")),
        (verdict.voters_agree, _("too few voters agree")), (verdict.area_agree, _("too little area agrees")),
    )  # fmt: skip
    return _(", ").join(words for holds, words in tests if not holds)


def _missing(said: dict[str, Any], most: int) -> list[Part]:
    """Whose yes would make it pass, unit by unit; where that is hopeless, whose paper would settle the turnout."""
    parts: list[Part] = []
    fewest, returns = said["forecast"], said["turnout"]
    if fewest["voters"]:
        text = _("The yes of these {voters} would make it pass; no fewer can:").format(voters=fewest["voters"])
        parts += [Text(text), *_units(fewest["rows"], most)]
    if returns["voters"] and returns["voters"] != fewest["voters"]:
        text = _("Papers of these {voters}, whatever they say, would settle the turnout:")
        parts += [Text(text.format(voters=returns["voters"])), *_units(returns["rows"], most)]
    elif returns["voters"]:
        parts.append(Text(_("Their papers, whatever they say, would settle the turnout.")))
    return parts


def _units(rows: list[dict[str, Any]], most: int) -> list[Part]:
    return [Table(UNITS, ballots.by_unit(rows, most))] if rows else []


def _election(found: Tally, data: dict[str, Any]) -> list[Part]:
    rows = [
        {"name": one.text, "voters": one.slips.yes.voters, "area": Area(one.slips.yes.area),
         "outcome": "elected" if one.text in data["elected"] else "level" if one.text in data["level"]
         else "not elected"}
        for one in sorted(found.questions, key=lambda one: (-one.slips.yes.voters, -one.slips.yes.area))
    ]  # fmt: skip
    title = _("{seats} seats").format(seats=found.ballot.seats)
    parts: list[Part] = [Heading(title, 2), Table(CANDIDATES, rows)]
    if data["level"]:
        said = _("Level across the last seat, left open: {names}.").format(names=series(data["level"]))
        parts.append(Text(said, "warn"))
    return parts


def _papers(found: Tally, data: dict[str, Any]) -> list[Part]:
    """The papers, which add up (R-26), and what stands against closing."""
    papers = found.papers
    said = _("Papers: issued {issued} = returned {returned} + spoiled {spoiled} + outstanding {outstanding}.")
    of = _(
        "Returned {returned} = valid {valid}, blank {blank}, invalid {invalid}, late {late}, not entered {unentered}."
    )
    parts: list[Part] = [Text(said.format(**papers._asdict())), Text(of.format(**papers._asdict()))]
    if papers.late:
        parts.append(Text(_("Slips that came too late and do not count: {count}.").format(count=papers.late), "warn"))
    if found.ballot.single_reason:
        reason = found.ballot.single_reason
        parts.append(Text(_("Slips were entered once only: {reason}").format(reason=reason), "warn"))
    if alone := data["by_one_person"]:
        parts.append(Text(_("Entered in both passes by the same person: {count}.").format(count=alone), "warn"))
    if unwritten := data["unwritten"]:
        parts.append(Text(_("Signed by proxy without a letter on file: {count}.").format(count=unwritten), "warn"))
    if rows := [{**one, "doors": " ".join(one["doors"])} for one in data["proxies"]]:
        parts += [Text(_("Written proxies on file: {count}.").format(count=len(rows))), Table(PROXIES, rows)]
    if found.unchecked:
        parts.append(Text(_("Entered once so far: {count}.").format(count=len(found.unchecked)), "warn"))
    for one in found.differences:
        text = _("{rooms}: first {first}, then {second}.").format(
            rooms=" ".join(one.voter.rooms), first=_words(one.first, one.proxies[0]),
            second=_words(one.second, one.proxies[1]),
        )  # fmt: skip
        parts.append(Text(text, "bad"))
    return parts


def _words(choices: tuple[str, ...], proxy: str) -> str:
    said = ",".join(_(one) if one else _("blank") for one in choices)
    return said + (_(" (proxy {name})").format(name=proxy) if proxy else "")


def _after(data: dict[str, Any]) -> list[Part]:
    """What begins with the closing."""
    parts: list[Part] = []
    if data["objection_days"]:
        parts.append(Text(_("An objection is answered within {days} days.").format(days=data["objection_days"])))
    if data["challenge_until"]:
        said = _("An owner can go to court until {day} at the earliest; keep the papers until then.")
        parts.append(Text(said.format(day=data["challenge_until"])))
    duties = ((_("Witnesses"), "witnesses"), (_("Callers"), "callers"), (_("Tellers"), "tellers"))
    if data["unnamed"]:
        names = {"witness": _("Witnesses"), "teller": _("Tellers")}
        said = _("Nobody is named for: {duties}.").format(duties=series(names[duty] for duty in data["unnamed"]))
        parts.append(Text(said, "warn"))
    if there := tuple((label, series(data[key])) for label, key in duties if data[key]):
        parts.append(Pairs(there))
    return parts
