"""What each rule is about, in a few words."""

from __future__ import annotations

from zaoyuan_cli.i18n import N_

MEANINGS = {
    "vote.took_part": N_("owners who must take part in a vote, by number and by area"),
    "vote.ordinary": N_("of those who took part, the consent to an ordinary matter"),
    "vote.special": N_("of those who took part, the consent to matters 6 to 8"),
    "vote.silent_follow": N_("owners who returned no ballot follow the majority"),
    "vote.special_spaces": N_("parking places, stalls and other special spaces count for their owner's area"),
    "assembly.notice_days": N_("notice before a meeting of the owners"),
    "assembly.petition": N_("owners who can call a meeting, by number and by area"),
    "committee.notice_days": N_("notice before a meeting of the committee"),
    "committee.quorum": N_("members who must be present"),
    "committee.majority": N_("of all members, the consent to a decision"),
    "committee.posting_days": N_("from a decision to its posting"),
    "committee.called_within_days": N_("from a third of the members asking for a meeting to the meeting"),
    "committee.seats_least": N_("seats of a committee, at least"),
    "committee.seats_most": N_("seats of a committee, at most"),
    "committee.term_years": N_("the term of a committee, at most"),
    "committee.renewal_months": N_("before the end of a term, to prepare the election"),
    "committee.first_meeting_days": N_("from the election to the first meeting"),
    "committee.filing_days": N_("from the election to the filing with the authority"),
    "committee.change_days": N_("from a change of members to its filing"),
    "committee.vacancy": N_("of the seats, below which the owners elect anew"),
    "role.cashier_apart": N_("the office a cashier never has"),
    "role.chair_apart": N_("the office a chair never has"),
    "role.cashier_audit": N_("at whose change the books are handed over"),
    "disclosure.days_after_quarter": N_("from the end of a quarter to its publication"),
    "disclosure.shown_days": N_("how long accounts hang on the wall"),
    "expense.decision_above": N_("an expense above it needs a decision"),
    "expense.notice_above": N_("an expense above it is posted before"),
    "expense.approvers": N_("people who approve an expense"),
    "expense.cash_float": N_("cash the cashier keeps, at most"),
    "arrears.limit_years": N_("the time to demand what is owed, counted from the last demand"),
    "objection.days": N_("from an objection to its answer"),
    "objection.challenge_years": N_("the time to challenge a decision in court, from when an owner knows of it"),
    "handover.days": N_("from the end of a term to the hand-over"),
    "handover.member_days": N_("from a member's leaving to the hand-over"),
    "audit.every_years": N_("between two audits of the books"),
}
