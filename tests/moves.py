"""What a treasurer may type in a random year: a new kind of movement is a line of MOVES."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

ROOMS = ("1-1-101", "1-1-102", "1-1-201", "1-1-202")
ACCOUNTS = ("现金", "微信", "银行", "在手")
FUNDS = ("众筹专项", "惠民资金", "工作经费")
UNCLAIMED = "待认领"
FIRST = date(2022, 1, 1)
SETUP = (
    "init --name 枣园小区 --who 韩梅 --yes",
    *(f"household add {room} --owner 住户{at}" for at, room in enumerate(ROOMS)),
    "donor add 社区",
    "decision add 调用 --body 业主大会 -d 2022-01-01",
    "account add 在手 --kind hand --holder 韩梅",
    "project add 道路 --fund 众筹专项 --budget 500 --levy 80 --yes",
)
REFUSED = {
    "fund_short", "conflict", "period_closed", "refund_above_paid", "has_dependents", "overpaid", "decision_required",
    "refused", "not_found", "needs_yes", "before_deadline", "repay_above_owed", "project_closed", "already_returned",
    "goal_open",
}  # fmt: skip


class Move(NamedTuple):
    """A line that may be typed. `weight`: how often; `line`: its words, the fields in braces drawn at random; `legs`:
    what it moves, "what sign account fund project room" each, "." for none; `number`: the key of its answer that
    names it; `void`: the field that holds the number it takes out of the sums."""

    weight: int
    line: str
    legs: str = ""
    number: str = ""
    void: str = ""


RECEIVED = "contribution + account"
MOVED = "transfer - account . . ., transfer + account2 . . ."
OPENING = Move(2, "account opening {account} {yuan} --fund {fund} -d {day}", "opening + account fund . .")
MOVES = (
    Move(8, "pay {room} {yuan} -p {project} -m {account} -d {day} --yes", RECEIVED + " p_fund project room", "receipt"),
    Move(2, "pay {room} {yuan} --fund {fund} -m {account} -d {day} --gift --yes", RECEIVED + " fund . room", "receipt"),
    Move(2, "pay {room} {yuan} --fund {crowd} -m {account} -d {day} --ahead --yes", RECEIVED + " crowd . room",
         "receipt"),
    Move(3, "pay 社区 {yuan} --fund {fund} -m {account} -d {day} --yes", RECEIVED + " fund . .", "receipt"),
    Move(1, "pay 待认领 {yuan} -m {account} -d {day} --yes", RECEIVED + " unclaimed . .", "receipt"),
    Move(3, "contribution refund {receipt} {yuan} --reason 多收 -m {account} -d {day}",
         "refund - account r_fund r_project r_room", "refund"),
    Move(3, "contribution void {receipt} --reason 记错 --yes", void="receipt"),
    Move(1, "contribution void {refund} --reason 记错 --yes", void="refund"),
    Move(2, "contribution apply {room} {yuan}"),
    Move(2, "contribution claim {receipt} {room} -p {project}"),
    Move(6, "spend {yuan} 料 -p {project} -m {account} -d {day} --yes", "expense - account p_fund project .",
         "expense"),
    Move(3, "spend {yuan} 电 --fund {fund} -m {account} -d {day} --yes", "expense - account fund . .", "expense"),
    Move(2, "spend {yuan} 锁 --fund {fund} --advanced-by 韩梅 -d {day} --yes", "expense - advance fund . .", "expense"),
    Move(2, "expense void {expense} --reason 记错 --yes", void="expense"),
    Move(2, "expense repay 韩梅 {yuan} -m {account} -d {day}", "transfer - account . . ., transfer + advance . . .",
         "repayment"),
    Move(3, "income add {yuan} 废品 --fund {fund} -m {account} -d {day} --yes", "income + account fund . .", "income"),
    Move(1, "income add {yuan} 场地 --fund {fund} -m {account} --cost {expense} --yes", "income + account fund . .",
         "income"),
    Move(1, "income void {income} --reason 记错 --yes", void="income"),
    OPENING,
    Move(3, "account transfer {yuan} {account} {account2} -d {day}", MOVED),
    Move(2, "account transfer {yuan} {account} {account2} --fee 0.37 --fund {fund} -d {day}",
         MOVED + ", fee 37 account fund . ."),
    Move(2, "fund transfer {yuan} {fund} {fund2} --decision D1 -d {day}",
         "transfer - . fund . ., transfer + . fund2 . ."),
    Move(2, "handin add 韩梅 {yuan} --counted {counted} -d {day} --yes",
         "transfer ~ hand . . ., transfer ^ cash . . .", "handin"),
    Move(1, "handin void {handin} --reason 记错 --yes", void="handin"),
    Move(1, "account count {account} {yuan} --by 韩梅,住户0 --yes"),
    Move(1, "project add {new} --fund {fund} --levy {yuan} --yes"),
    Move(1, "project exempt {room} -p {project} --reason 困难"),
    Move(1, "project pledge {room} {yuan} -p {project}"),
    Move(1, "project close {project} --return --yes"),
    Move(1, "project close {project} --keep --decision D1 --yes"),
    Move(2, "project return {room} -p {closed} -m {account}", "return = account p_fund closed room", "return"),
    Move(1, "project void {return} --reason 记错 --yes", void="return"),
    Move(3, "period close {month} --yes"),
    Move(3, "undo --yes"),
    Move(2, "redo --yes"),
)  # fmt: skip
