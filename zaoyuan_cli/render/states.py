"""The codes of states and of other closed lists, as words. A code is its own English word, "_" for a blank."""

from __future__ import annotations

from zaoyuan_cli.document import Style
from zaoyuan_cli.i18n import N_

WORDS: frozenset[str] = frozenset(
    (
        # a due, a receipt
        N_("paid"),
        N_("part"),
        N_("unpaid"),
        N_("exempt"),
        N_("void"),
        N_("refunded"),
        N_("credit"),
        # a household, who lives there
        N_("owner"),
        N_("let"),
        N_("vacant"),
        N_("tenant"),
        N_("family"),
        N_("merged"),
        # things that begin and end
        N_("open"),
        N_("done"),
        N_("dropped"),
        N_("overdue"),
        N_("running"),
        N_("passed"),
        N_("failed"),
        N_("closed"),
        N_("ended"),
        N_("active"),
        N_("retired"),
        N_("pending"),
        N_("planned"),
        N_("posted"),
        N_("held"),
        N_("cancelled"),
        N_("signed"),
        N_("locked"),
        N_("withdrawn"),
        N_("draft"),
        N_("adopted"),
        N_("in force"),
        N_("superseded"),
        N_("repealed"),
        N_("approved"),
        N_("repaid"),
        N_("answered"),
        N_("undone"),
        N_("settled"),
        N_("unsettled"),
        N_("breach"),
        N_("conflict"),
        # votes
        N_("for"),
        N_("against"),
        N_("abstain"),
        N_("aside"),
        N_("issued"),
        N_("cast"),
        N_("returned"),
        # accounts, bodies, donors
        N_("cash"),
        N_("wechat"),
        N_("alipay"),
        N_("bank"),
        N_("hand"),
        N_("advance"),
        N_("committee"),
        N_("branch"),
        N_("provisional"),
        N_("assembly"),
        N_("public"),
        N_("firm"),
        N_("person"),
        # movements of money, what rests on a decision
        N_("opening"),
        N_("contribution"),
        N_("refund"),
        N_("expense"),
        N_("spent"),
        N_("transfer"),
        N_("fee"),
        N_("role"),
        N_("project"),
        N_("waiver"),
        # records that are found
        N_("household"),
        N_("donor"),
        N_("body"),
        N_("meeting"),
        N_("decision"),
        N_("task"),
        N_("bylaw"),
        # offices
        N_("chair"),
        N_("vice-chair"),
        N_("member"),
        N_("secretary"),
        N_("unit-leader"),
        N_("grid-worker"),
        N_("party-household"),
        N_("cashier"),
        N_("bookkeeper"),
        N_("clerk"),
        # why somebody is exempt
        N_("hardship"),
        N_("unused"),
        N_("labour"),
        N_("other"),
    )
)

TONES: dict[str, Style] = {
    **dict.fromkeys(("overdue", "failed", "unsettled", "breach", "conflict"), "bad"),
    **dict.fromkeys(("unpaid", "part", "pending"), "warn"),
    **dict.fromkeys(("void", "exempt", "undone", "dropped", "withdrawn", "repealed", "superseded"), "dim"),
}
"""bad: an error or overdue. warn: somebody has to act. dim: no longer counts."""
