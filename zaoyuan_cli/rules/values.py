"""Values of rules: read as a paper writes them, shown as people and programs read them."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import N_, _, _n
from zaoyuan_cli.rules import money
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.shares import Share
from zaoyuan_cli.rules.text import normal

Value: TypeAlias = Fen | int | Share | bool | str | None
UNITS = (
    N_("yuan"), N_("days"), N_("months"), N_("years"), N_("persons"), N_("seats"), N_("share"), N_("switch"),
    N_("office"),
)  # fmt: skip
_ON, _OFF = ("on", "true", "yes", "开", "是"), ("off", "false", "no", "关", "否")


def read(unit: str, text: str) -> Value:
    """A value of a unit as a paper writes it: 300.00 for yuan, 7 for days, 2/3 or >1/2 for a share, on or off.
    Raises Unreadable."""
    match unit:
        case "yuan":
            return money.parse(text, "value")
        case "share":
            return Share(text)
        case "office":
            return text
        case "switch":
            bare = normal(text).lower()
            if bare in (*_ON, *_OFF):
                return bare in _ON
            raise Unreadable(_("Write on or off: {value}").format(value=text), field="value", value=text)
    bare = normal(text)
    if bare.isascii() and bare.isdigit() and len(bare) <= 4:
        return int(bare)
    raise Unreadable(
        _("Here stands a whole number of {unit}: {value}").format(unit=_(unit), value=text), field="value", value=text
    )


def written(value: Value | float) -> str:
    """A value as a bylaw writes it and the book keeps it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return value.yuan().replace(",", "") if isinstance(value, Fen) else str(value)


def shown(value: Value) -> str | int | bool | None:
    """A value as answers have it: "300.00" (Fen, as every format writes it), 7, ">1/2", true, null."""
    return str(value) if isinstance(value, Share) else value


def in_words(value: Value, unit: str) -> str:
    """A value and its unit for people: 300.00 yuan, 7 days, more than 1/2, off, unset."""
    if value is None:
        return _("unset")
    if isinstance(value, bool):
        return _("on") if value else _("off")
    if isinstance(value, Share):
        return _("more than {share}").format(share=Fraction(value)) if value.strict else str(value)
    if isinstance(value, Fen):
        return _("{amount} yuan").format(amount=value.yuan())
    return _counted(value, unit) if isinstance(value, int) else _(str(value))


def _counted(count: int, unit: str) -> str:
    match unit:
        case "days":
            said = _n("{count} day", "{count} days", count)
        case "months":
            said = _n("{count} month", "{count} months", count)
        case "years":
            said = _n("{count} year", "{count} years", count)
        case "seats":
            said = _n("{count} seat", "{count} seats", count)
        case _:
            said = _n("{count} person", "{count} persons", count)
    return said.format(count=count)
