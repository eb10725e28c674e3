"""The codes of states and of other closed lists, as words. A code is its own English word, "_" for a blank."""

from __future__ import annotations

from zaoyuan_cli.document import Style
from zaoyuan_cli.i18n import N_

WORDS: frozenset[str] = frozenset(
    (
        # a due, a receipt
        N_("paid"), N_("part"), N_("unpaid"), N_("exempt"), N_("void"), N_("refunded"), N_("part refunded"),
        # a count
        N_("agrees"), N_("unexplained"), N_("explained"), N_("valid"), N_("credit"),
        # how long overdue, in days; how somebody was asked for it
        N_("not due"), N_("1-30"), N_("31-90"), N_("91-365"), N_("over 365"), N_("visit"), N_("letter"),
        # a household, who lives there
        N_("owner"), N_("let"), N_("vacant"), N_("tenant"), N_("family"), N_("temporary"), N_("merged"),
        # a special space
        N_("parking"), N_("stall"), N_("storage"),
        # where an area is from
        N_("registered"), N_("measured"), N_("contract"),
        # things that begin and end
        N_("open"), N_("done"), N_("dropped"), N_("overdue"), N_("running"), N_("ending"), N_("over"),
        N_("passed"), N_("failed"), N_("closed"), N_("ended"), N_("active"), N_("retired"), N_("pending"),
        N_("planned"), N_("posted"), N_("live"), N_("held"), N_("cancelled"), N_("blank"), N_("invalid"),
        N_("elected"), N_("level"), N_("not elected"), N_("not issued"), N_("entered"), N_("spoiled"),
        N_("came too late"), N_("of these blank"),
        N_("by hand"), N_("by mail"), N_("outstanding"), N_("signed"), N_("locked"), N_("withdrawn"),
        N_("draft"), N_("adopted"), N_("in force"), N_("superseded"), N_("repealed"), N_("approved"),
        N_("rejected"), N_("repaid"), N_("answered"), N_("undone"), N_("applied"), N_("settled"),
        N_("unsettled"), N_("breach"), N_("conflict"),
        # votes
        N_("for"), N_("against"), N_("abstain"), N_("aside"), N_("issued"), N_("cast"), N_("returned"),
        # accounts, bodies, donors
        N_("cash"), N_("wechat"), N_("alipay"), N_("bank"), N_("hand"), N_("advance"), N_("committee"),
        N_("branch"), N_("provisional"), N_("assembly"), N_("public"), N_("firm"), N_("person"),
        # movements of money, what rests on a decision
        N_("opening"), N_("contribution"), N_("refund"), N_("return"), N_("paid out"), N_("waiting"),
        N_("levy"), N_("expense"), N_("income"), N_("received"), N_("short"), N_("handin"), N_("spent"),
        N_("transfer"), N_("claim"), N_("fee"), N_("correction"), N_("role"), N_("project"), N_("waiver"),
        N_("donation"), N_("unclaimed"), N_("brought forward"), N_("carried forward"),
        # steps of the log: the verb of each command that writes
        N_("init"), N_("undo"), N_("redo"), N_("device add"), N_("device retire"), N_("conflict settle"),
        N_("household add"), N_("household edit"), N_("household transfer"), N_("household close"),
        N_("import households"), N_("import spaces"), N_("person add"), N_("person edit"),
        N_("person merge"), N_("person end"),
        N_("person consent"), N_("person erase"), N_("donor erase"), N_("household vehicle"), N_("space add"),
        N_("space edit"), N_("space transfer"), N_("space close"), N_("unit add"), N_("unit edit"),
        N_("grid add"), N_("grid edit"), N_("body add"), N_("body edit"), N_("body end"), N_("body filed"),
        N_("body audited"), N_("role set"), N_("role end"), N_("ballot proxy"), N_("ballot run"),
        N_("canvass open"), N_("canvass run"), N_("canvass answer"), N_("canvass close"), N_("donor add"),
        N_("donor edit"), N_("account add"), N_("account opening"), N_("account transfer"),
        N_("account count"), N_("period close"), N_("fund add"), N_("fund transfer"), N_("project add"),
        N_("project edit"), N_("project include"), N_("project exempt"), N_("project close"),
        N_("project pledge"), N_("project return"), N_("project void"), N_("pay"), N_("contribution void"),
        N_("contribution refund"), N_("contribution apply"), N_("contribution claim"), N_("receipt print"),
        N_("spend"), N_("expense void"), N_("expense approve"), N_("expense voucher"), N_("expense repay"),
        N_("income add"),
        N_("income void"), N_("collect"), N_("reminder add"), N_("handin add"), N_("handin void"),
        N_("meeting add"), N_("meeting plan"), N_("meeting post"), N_("meeting edit"), N_("meeting cancel"),
        N_("meeting attend"), N_("meeting sign"), N_("meeting withdraw"), N_("meeting lock"),
        N_("meeting addendum"), N_("motion add"), N_("motion vote"), N_("minutes"), N_("decision add"),
        N_("task add"), N_("task edit"), N_("task done"), N_("ballot open"), N_("ballot issue"),
        N_("ballot return"), N_("ballot cast"), N_("ballot void"), N_("ballot close"), N_("opinion add"),
        N_("opinion answer"), N_("opinion close"), N_("letter add"), N_("letter answer"), N_("letter close"),
        N_("seal add"), N_("seal approve"), N_("deliberation propose"), N_("deliberation accept"),
        N_("deliberation reject"), N_("deliberation consult"), N_("deliberation deliberate"),
        N_("deliberation vote"), N_("deliberation publish"), N_("deliberation carry"),
        N_("deliberation review"), N_("notice post"), N_("notice withdraw"), N_("inspection add"),
        N_("handover make"), N_("handover sign"), N_("bylaw add"), N_("bylaw edit"), N_("bylaw adopt"),
        N_("bylaw repeal"),
        # records that are found
        N_("household"), N_("donor"), N_("body"), N_("meeting"), N_("motion"), N_("decision"), N_("task"),
        N_("bylaw"),
        # the way of a proposal; what hangs on a wall; hand-overs
        N_("proposed"), N_("accepted"), N_("consulted"), N_("deliberated"), N_("voted"), N_("published"),
        N_("carried"), N_("reviewed"), N_("accept"), N_("consult"), N_("deliberate"), N_("vote"),
        N_("publish"), N_("carry"), N_("review"), N_("deliberation"), N_("missing"), N_("made"), N_("term"),
        # correspondence: which way, how it came; papers under a seal
        N_("in"), N_("out"), N_("opinion"), N_("seal"), N_("space"), N_("notice"), N_("finance"),
        N_("ballot"), N_("canvass"),
        # offices
        N_("chair"), N_("vice-chair"), N_("member"), N_("secretary"), N_("unit-leader"), N_("grid-worker"),
        N_("party-household"), N_("cashier"), N_("bookkeeper"), N_("clerk"),
        # what may be published
        N_("name"), N_("phone"), N_("room"), N_("payment"), N_("photo"),
        # what `check` and `conflict list` find
        N_("chain"), N_("file"), N_("anchor"), N_("private"), N_("attachment"), N_("erased"),
        # what a code on paper proves, what became of money since
        N_("as posted"), N_("as issued"), N_("redrawn"), N_("altered"), N_("added"), N_("changed"),
        N_("ledger"), N_("numbers"), N_("idle"), N_("edits"), N_("late"), N_("period"),
        # how sure a rule is
        N_("verified"), N_("unverified"), N_("local"),
        # why somebody is exempt
        N_("hardship"), N_("unused"), N_("labour"), N_("other"),
    )
)  # fmt: skip

TONES: dict[str, Style] = {
    **dict.fromkeys(("overdue", "failed", "unsettled", "breach", "conflict", "rejected"), "bad"),
    **dict.fromkeys(("unpaid", "part", "pending", "short", "unexplained"), "warn"),
    **dict.fromkeys(("void", "exempt", "undone", "dropped", "withdrawn", "repealed", "superseded"), "dim"),
}
"""bad: an error or overdue. warn: somebody has to act. dim: no longer counts."""
