"""What is said of a record later, such as why it was made void: found with the record it is about."""

import sqlite3
from typing import TYPE_CHECKING

from zaoyuan_cli.facts import Fact

if TYPE_CHECKING:
    from .ledger import Origin

LATER = {
    "accounts.counted.v1": ("account", "account"),
    "advances.voided.v1": ("expense", "number"),
    "approvals.given.v1": ("expense", "number"),
    "attendances.proxied.v1": ("meeting", "number"),
    "ballots.voided.v1": ("ballot", "ballot"),
    "bodies.audited.v1": ("body", "body"),
    "bodies.filed.v1": ("body", "body"),
    "contributions.refunded.v1": ("contribution", "receipt"),
    "contributions.voided.v1": (
        "SELECT iif(series = 'credit', 'household', 'contribution') FROM number WHERE standing = ?",
        "SELECT ifnull((SELECT receipt FROM refund WHERE number = ?1), (SELECT room FROM applied WHERE number = ?1))",
    ),
    "correspondence.answered.v1": ("SELECT series FROM number WHERE standing = ?", "number"),
    "correspondence.closed.v1": ("SELECT series FROM number WHERE standing = ?", "number"),
    "expenses.voided.v1": ("expense", "number"),
    "handins.voided.v1": ("handin", "number"),
    "handovers.signed.v1": ("handover", "number"),
    "households.closed.v1": ("household", "room"),
    "incomes.voided.v1": ("income", "number"),
    "inspections.made.v1": ("inspection", "on"),
    "meetings.cancelled.v1": ("meeting", "number"),
    "meetings.posted.v1": ("meeting", "number"),
    "notices.withdrawn.v1": ("notice", "number"),
    "pledges.voided.v1": ("project", "SELECT project FROM pledge WHERE number = ?"),
    "projects.exempted.v1": ("household", "room"),
    "reminders.sent.v1": ("household", "room"),
    "returns.voided.v1": ("project", "SELECT project FROM giveback WHERE number = ?"),
    "roles.given.v1": ("person", "person"),
    "signings.locked.v1": ("meeting", "meeting"),
    "signings.posted.v1": ("meeting", "meeting"),
    "signings.withdrawn.v1": ("meeting", "meeting"),
    "slips.cast.v1": ("ballot", "ballot"),
    "slips.issued.v1": ("ballot", "ballot"),
    "slips.proxy.v1": ("ballot", "ballot"),
    "slips.returned.v1": ("ballot", "ballot"),
    "slips.voided.v1": ("ballot", "ballot"),
    "spaces.closed.v1": ("space", "space"),
    "tasks.done.v1": ("task", "number"),
    "vehicles.kept.v1": ("household", "room"),
}
"""Of each kind of fact the noun of the record and the field that names it, or how either is looked up by number."""
_QUERY = "SELECT"
PAPERS = {"record", "summary"}  # whole papers, whose words are found where they were written


def put(db: sqlite3.Connection, origin: "Origin", fact: Fact) -> None:
    """Make the private words of such a fact findable, if it has any."""
    words = [getattr(fact, name) for name in fact.defaults if name in fact.private and name not in PAPERS]
    texts = [text for one in words for text in ((one,) if isinstance(one, str) else one) if text]
    if texts:
        from . import searching

        noun, field = LATER[fact.kind]
        noun = _looked_up(db, noun, fact) if noun.startswith(_QUERY) else noun
        ref = _looked_up(db, field, fact) if field.startswith(_QUERY) else str(getattr(fact, field))
        if noun:
            searching.put(db, origin, noun, ref or fact.number, "", *texts)  # type: ignore[attr-defined]


def _looked_up(db: sqlite3.Connection, query: str, fact: Fact) -> str:
    """What a query finds by the fact's number; "" where that record does not stand."""
    row = db.execute(query, [fact.number]).fetchone()  # type: ignore[attr-defined]
    return str(row[0] or "") if row else ""
