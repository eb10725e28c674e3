"""Who pays: one household or donor, several doors, nobody known; and options that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.errors import Ambiguous, Unreadable, WrongUsage
from zaoyuan_cli.i18n import _

if TYPE_CHECKING:
    from zaoyuan_cli.book.finding import Match
    from zaoyuan_cli.desk import Desk

SEVERAL = ",\uff0c、;\uff1b"  # what stands between the doors of one payment
UNCLAIMED = "unclaimed"  # the kind of a payer nobody knows


def in_order(who: str, amount: str) -> None:
    """`pay 100 3-2-501` is told in which order the words stand."""
    from zaoyuan_cli.rules import money, rooms

    if not amount:
        return
    try:
        money.parse(amount)
    except Unreadable:
        if rooms.looks_like_room(amount) and "-" in amount:
            raise WrongUsage(
                _("The household comes first, then the amount."),
                field="amount",
                value=amount,
                hint=f"zaoyuan pay {amount} {who}",
            ) from None
        raise


def one_way(gift: bool, ahead: bool, all_: bool, project: str) -> None:
    """Options that say two different things."""
    given = [flag for flag, on in (("--all", all_), ("--ahead", ahead), ("--gift", gift)) if on]
    if project and (all_ or ahead):
        given.append("-p")
    if len(given) > 1:
        raise WrongUsage(
            _("{one} and {other} do not go together: give one of them.").format(one=given[0], other=given[1]),
            field=given[0].lstrip("-"),
        )


def unknown(desk: Desk, who: str) -> Match | None:
    """The payer nobody knows, where WHO is the fund of unclaimed money (in either language)."""
    if any(character.isdecimal() for character in who):
        return None
    from zaoyuan_cli.book import finding, funds

    name = funds.unclaimed(desk.book)
    if not name or who.strip().lower() not in (name.lower(), "待认领", UNCLAIMED):
        return None
    return finding.Match(UNCLAIMED, name, name, finding.EXACT)


def several(desk: Desk, who: str) -> bool:
    """Are these several doors? A donor may have a comma in the name."""
    if not any(mark in who for mark in SEVERAL):
        return False
    from zaoyuan_cli.book import finding

    return not any(one.exact for one in finding.payers(desk.book, who))


def naming_doors(several: Ambiguous) -> Ambiguous:
    """Where an owner has several doors: how to pay for all of them at once."""
    doors = [str(one["key"]) for one in several.candidates if one.get("kind") == "household"]
    if len(doors) == len(several.candidates):
        several.hint = _("One door, or several at once: {command}").format(command=f"zaoyuan pay {','.join(doors)}")
    return several


def unclear_purpose(match: Match, project: str, fund: str, ahead: bool) -> None:
    if match.kind == UNCLAIMED and (project or fund or ahead):
        raise WrongUsage(
            _("Nobody knows yet what this money is for: leave out {flag}.").format(flag="-p, --fund, --ahead"),
            field="fund",
        )
    if match.kind == "donor" and not project and not fund:
        raise WrongUsage(
            _("What is the money of {donor} for? Name a project or a fund.").format(donor=match.label),
            field="fund",
            hint=f"zaoyuan pay {match.label} 500 --fund 惠民资金",
        )
    if ahead and (match.kind == "donor" or not fund):
        said = _("Money paid ahead is of a household, and in a fund: name it with {flag}.")
        whom = match.label if match.kind == "donor" else match.key
        hint = f"zaoyuan pay {whom} 100 --fund 众筹专项 --ahead"
        raise WrongUsage(said.format(flag="--fund"), field="fund", hint=hint)
