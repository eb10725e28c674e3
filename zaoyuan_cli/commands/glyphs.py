"""Names the papers cannot draw are told when they are saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from zaoyuan_cli.i18n import _, series

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk


def warn(desk: Desk, names: Iterable[str]) -> None:
    """Warn of characters that no font of the papers has; the name is kept as it is."""
    from zaoyuan_cli.rules.glyphs import undrawn

    for name in dict.fromkeys(names):
        if lacking := undrawn(name):
            text = _("The fonts of the papers lack {characters} of {name}; write it in by hand, or agree on another.")
            desk.warn(text.format(characters=series(lacking), name=name))
