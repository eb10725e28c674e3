"""Money: whole fen, read as people write it, written as a receipt wants it."""

from __future__ import annotations

import re
import unicodedata

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numerals
from zaoyuan_cli.rules.hundredths import Hundredths
from zaoyuan_cli.rules.text import normal

LIMIT_YUAN = 10**12
"""No amount of an estate reaches this; a number that does is a slip of the keyboard."""


class Fen(Hundredths):
    """An amount in fen (0.01 yuan). R-52: integers only."""

    __slots__ = ()

    def yuan(self) -> str:
        """For people: "1,000.50"."""
        return self.grouped()


# ---- reading -------------------------------------------------------------------------------------------------------

_CURRENCY = r"(?i)^(?:¥|rmb|cny|人民币)\s*|\s*(?:rmb|cny)$"
_LOOSE_SPACE = r"(?<![0-9.,])\s+|\s+(?![0-9.,])"  # 100 元, but not 10 50
_FIGURES = r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?([十百千万亿]?)"
_SCALE = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}  # powers of ten
_DIGIT = f"[0-9{numerals.ALPHABET}]"
_SPOKEN = (
    rf"(?:(?P<yuan>[^元圆圓块角毛分]+)(?:元|圆|圓|块(?P<last>{_DIGIT})?))?"
    rf"(?:零?(?P<jiao>{_DIGIT})[角毛])?(?:零?(?P<fen>{_DIGIT})分)?(?:[整正]|钱)?"
)


def parse(text: str, field: str = "amount") -> Fen:
    """The amount of a text: 100, 100元, 1,000.50, ￥100, １００, 1.5万, 3元5角, 壹佰元整, 一千二百元.

    Zero is an amount here; `positive` refuses it. Raises Unreadable, its hint saying how the amount is written.
    """
    if any(unicodedata.category(char) == "No" for char in text):  # NFKC would read 10² as 102
        raise _unreadable(text, field)
    bare = re.sub(_CURRENCY, "", re.sub(_LOOSE_SPACE, "", normal(text)))
    if bare.startswith(("-", "负", "(-")):
        raise Unreadable(
            _("An amount has no minus sign: {value}").format(value=text),
            field=field,
            value=text,
            hint=_("Money given back is a refund: zaoyuan contribution refund A2022-0084 50 --reason …"),
        )
    fen = _figures(bare, text, field)
    if fen is None:
        fen = _spoken(bare, text, field)
    if fen is None:
        raise _unreadable(text, field)
    if fen >= LIMIT_YUAN * 100:
        raise Unreadable(_("The amount is too large: {value}").format(value=text), field=field, value=text)
    return Fen(fen)


def positive(text: str, field: str = "amount") -> Fen:
    """As parse, and not zero: what is paid, spent, levied. Raises Unreadable."""
    amount = parse(text, field)
    if not amount:
        raise Unreadable(
            _("The amount is zero: {value}").format(value=text),
            field=field,
            value=text,
            hint=_("Write an amount above zero, for example 100 or 0.50."),
        )
    return amount


def _figures(bare: str, text: str, field: str) -> int | None:
    """Fen of an amount in figures with at most one large unit: 1,000.50 or 1.5万; None if it is something else."""
    match = re.fullmatch(_FIGURES, bare)
    if not match:
        if re.fullmatch(r"[0-9]+(?:,[0-9]*)+(?:\.[0-9]*)?", bare):
            raise Unreadable(
                _("The commas of the amount do not stand before groups of three: {value}").format(value=text),
                field=field,
                value=text,
                hint=_("Write 1,000.50 or 1000.50."),
            )
        return None
    whole, part, unit = match.group(1).replace(",", ""), match.group(2) or "", match.group(3)
    places = _SCALE[unit] + 2
    if len(whole) > 15:  # above the limit, and above what int() reads
        return None
    if len(part.rstrip("0")) > places or (not unit and len(part) > 2):
        raise Unreadable(
            _("The amount is finer than a fen: {value}").format(value=text),
            field=field,
            value=text,
            hint=_("An amount has at most two digits after the point: 100.55"),
        )
    return int(whole + part[:places].ljust(places, "0"))


def _spoken(bare: str, text: str, field: str) -> int | None:
    """Fen of an amount with its units: 100元, 3元5角, 三块五, 壹佰元零伍分整, or a bare numeral 一千二百."""
    match = re.fullmatch(_SPOKEN, bare)
    if not match or not any(match.group("yuan", "jiao", "fen")):
        number = numerals.value(bare)
        return None if number is None else number * 100
    yuan, last, jiao, fen = match.group("yuan", "last", "jiao", "fen")
    if last and (jiao or fen):
        return None
    total = 0
    if yuan:
        whole = _figures(yuan, text, field)
        if whole is None:
            number = numerals.value(yuan)
            whole = None if number is None else number * 100
        if whole is None or (whole % 100 and (last or jiao or fen)):  # 3.50元5角
            return None
        total = whole
    return _with_digits(total, jiao or last, fen)


def _with_digits(total: int, jiao: str | None, fen: str | None) -> int | None:
    for digit, worth in ((jiao, 10), (fen, 1)):
        if digit:
            number = int(digit) if digit.isdecimal() else numerals.value(digit)
            if number is None or number > 9:
                return None
            total += number * worth
    return total


def _unreadable(text: str, field: str) -> Unreadable:
    return Unreadable(
        _("This is no amount: {value}").format(value=text),
        field=field,
        value=text,
        hint=_("Write for example 100, 1,000.50, 100元, 1.5万, 3元5角 or 壹佰元整."),
    )


# ---- capitals ------------------------------------------------------------------------------------------------------

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")


def capitals(amount: int) -> str:
    """The amount (fen) in capitals, as a receipt must carry it (R-58; 《正确填写票据和结算凭证的基本规定》).

    整 after yuan and after jiao; one 零 for any run of zeros inside, and 零 before jiao where the yuan end in 0.
    """
    if abs(amount) >= LIMIT_YUAN * 100:
        raise ValueError(f"no capitals from {LIMIT_YUAN} yuan up")
    yuan, rest = divmod(abs(int(amount)), 100)
    jiao, fen = divmod(rest, 10)
    text = "负" if amount < 0 else ""
    if yuan or not rest:
        text += _whole(yuan) + "元"
    if yuan and rest and (yuan % 10 == 0 or not jiao):
        text += "零"
    if jiao:
        text += _CAPITALS[jiao] + "角"
    return text + (_CAPITALS[fen] + "分" if fen else "整")


def _whole(number: int) -> str:
    """A whole number in capitals, in sections of four digits."""
    if not number:
        return "零"
    text, gap = "", False
    for size, sign in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // size % 10**4
        if section:
            text += ("零" if text and (gap or section < 1000) else "") + _section(section) + sign
        gap = not section
    return text


def _section(number: int) -> str:
    """1 to 9999 in capitals: 1001 is 壹仟零壹, 10 is 壹拾."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _CAPITALS[digit] + _PLACES[place]
        gap = not digit
    return text
