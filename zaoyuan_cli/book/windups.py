"""Winding up a project: what its closing would say, and the closing itself (R-66)."""

from typing import NamedTuple

from zaoyuan_cli.errors import Refusal, WrongUsage
from zaoyuan_cli.facts.closures import ProjectClosed
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import surplus
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.rooms import order
from zaoyuan_cli.rules.text import quoted

from . import Book, closures, cuts, donors, dues, funds, households, projects
from .standings import ProjectStanding

TOTALS = ("promised", "due", "paid", "waived", "owed", "income", "spent", "left")
RETURN, KEEP = "return", "keep"


class Payer(NamedTuple):
    """A household (`room`) or donor (its id) that paid, and what of the surplus would go back to it, in fen; `owners`
    are the ids of those whose due it was, else of those who own the door at the closing, joined by space."""

    room: str
    donor: str
    owners: str
    paid: Fen
    share: Fen


class Draft(NamedTuple):
    """What closing a project would say today: how it stands, what its fund has, the shares if a surplus goes back."""

    stands: ProjectStanding
    fund: Fen
    payers: tuple[Payer, ...]

    @property
    def back(self) -> Fen:
        """What would go back in all."""
        return Fen(sum(one.share for one in self.payers))


def draft(book: Book, project: str) -> Draft:
    """What closing a project would say today. Refusal: it is closed already."""
    (stands,) = projects.standing(book.db, project=project)
    if closed := closures.of(book.db, project):
        raise Refusal(
            _("{project} was closed on {day}.").format(project=stands.name, day=closed.date),
            code="project_closed",
            field="project",
            value=stands.name,
            hint=_("How it ended: {command}").format(command=f"zaoyuan project show {quoted(stands.name)}"),
        )
    return Draft(stands, funds.balance(book.db, stands.fund), _payers(book, project, stands.left))


def _payers(book: Book, project: str, left: Fen) -> tuple[Payer, ...]:
    """Everybody who paid, the households in the order of rooms, then the donors: the order in which a tie is broken."""
    db = book.db
    rooms = dict(
        db.execute(
            f"SELECT room, sum(fen) FROM movement WHERE project = ? AND room IS NOT NULL AND {dues.PAYS}"
            " GROUP BY room HAVING sum(fen) > 0",
            [project],
        ).fetchall()
    )
    owing = dict(db.execute("SELECT room, owners FROM due WHERE project = ?", [project]).fetchall())
    doors = households.everyone(db)
    gave = {id: fen for id, fen in donors.given(db, project).items() if fen > 0}
    known = [
        *((room, "", owing.get(room) or " ".join(doors[room].owners) if room in doors else "", rooms[room])
          for room in sorted(rooms, key=order)),
        *(("", id, "", fen) for id, fen in gave.items()),
    ]  # fmt: skip
    shares = surplus.shares(left, [fen for *_who, fen in known])
    return tuple(
        Payer(room, donor, owners, Fen(fen), share)
        for (room, donor, owners, fen), share in zip(known, shares, strict=True)
    )


def refuse_plan(plan: Draft, way: str, decision: str) -> None:
    """A surplus goes back or stays, by a decision; where nothing is left there is nothing to say.
    WrongUsage, Refusal: decision_required, goal_open."""
    stands = plan.stands
    if stands.left <= 0 and way:
        raise WrongUsage(_("Nothing is left of {project}: leave out {flag}.").format(
            project=stands.name, flag=f"--{way}"), field=way)  # fmt: skip
    if stands.left > 0 and not way:
        raise WrongUsage(
            _("{left} yuan are left of {project}: do they go back, or stay in the fund?").format(
                left=stands.left, project=stands.name
            ),
            field=RETURN,
            hint=_("To those who paid: {back}\nKept by a decision: {keep}").format(
                back=f"zaoyuan project close {quoted(stands.name)} --return",
                keep=f"zaoyuan project close {quoted(stands.name)} --keep --decision D1",
            ),
        )
    if way == KEEP and stands.all_or_nothing and not stands.reached:
        raise Refusal(
            _("The goal of {project} was not reached: the money goes back.").format(project=stands.name),
            code="goal_open",
            field=KEEP,
            value=stands.name,
            goal=stands.goal,
            there=stands.there,
            hint=f"zaoyuan project close {quoted(stands.name)} --return",
        )
    if way == KEEP and not decision:
        raise funds.needs_decision(
            _("What is left of {project} stays in the fund {fund} only by a decision.").format(
                project=stands.name, fund=stands.fund
            ),
            _("Name it with --decision, or give it back with --return."),
        )
    if way == RETURN and not plan.back:
        raise Refusal(
            _("Nobody in the book paid for {project}: there is nobody to give {left} yuan back to.").format(
                project=stands.name, left=stands.left
            ),
            field=RETURN,
            value=stands.name,
            hint=_("Keep it by a decision: {command}").format(
                command=f"zaoyuan project close {quoted(stands.name)} --keep --decision D1"
            ),
        )


def close(book: Book, agreed: Draft, way: str, decision: str = "") -> None:
    """Close a project as it was shown. Refusal: see refuse_plan; it was changed in the meantime."""
    refuse_plan(agreed, way, decision)
    project = agreed.stands.project
    with book.writing("project close"):
        if draft(book, project) != agreed:
            raise Refusal(
                _("{project} was changed in the meantime; nothing was written. Try again.").format(
                    project=agreed.stands.name
                ),
                field="project",
                value=agreed.stands.name,
            )
        shares = [(*one[:3], int(one.paid), int(one.share)) for one in agreed.payers] if way == RETURN else []
        book.record(
            ProjectClosed(
                project=project, on=book.today, plan=way, decision=decision, heads=cuts.heads(book.db),
                totals={name: int(getattr(agreed.stands, name)) for name in TOTALS}, shares=tuple(shares),
            )
        )  # fmt: skip
