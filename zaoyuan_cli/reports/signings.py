"""How far the minutes of a meeting are, as answers and pages have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Document, Heading, Pairs, Part, Text
from zaoyuan_cli.i18n import _, series

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.meetings import Meeting
    from zaoyuan_cli.book.signing import Standing


def data(book: Book, meeting: Meeting, now: Standing) -> dict[str, Any]:
    """The keys of a meeting that are about its paper."""
    from zaoyuan_cli.book import people, sittings

    names = {id: person.name for id, person in people.everyone(book.db).items()}
    late = [line for section in sittings.late(book.db, meeting.meeting) for line in section.lines]
    return {
        "signed": [{"name": names[one], "date": day} for one, day in now.signed.items()],
        "unsigned": [names[one] for one in now.unsigned],
        "editions": [
            {
                "edition": one.edition, "posted": one.date, "place": one.place or None,
                "unsigned": [names[who] for who in one.unsigned], "override": one.override or None,
                "withdrawn": one.withdrawn, "reason": one.reason or None, "judged_by": one.judged_by or None,
            }
            for one in now.editions
        ],
        "locked": now.lock.date if now.lock else None,
        "override": (now.lock.override or None) if now.lock else None,
        "addenda": [{"date": one.date, "text": one.text} for one in now.addenda],
        "late_lines": [
            {"name": names.get(line.speaker, line.name) or None, "text": line.text} for line in late
        ],
    }  # fmt: skip


def parts(found: Mapping[str, Any]) -> Document:
    """The paper on the page of its meeting: who signed, what hung when, what was added, what came too late to be on
    it."""
    signed = series(f"{one['name']} {one['date']}" for one in found["signed"])
    paper = found["signed"] or found["editions"] or found["locked"]
    rows = (
        (_("Signed"), signed),
        (_("Not signed"), series(found["unsigned"]) if paper else ""),
        *((_("Posted"), _edition(one)) for one in found["editions"]),
        (_("Locked"), " ".join(filter(None, (str(found["locked"] or ""), found["override"])))),
    )
    shown: list[Part] = []
    if paper:
        shown = [Heading(_("The paper"), 2), Pairs(tuple((label, value) for label, value in rows if value))]
    if found["addenda"]:
        shown.append(Heading(_("Addenda"), 2))
        shown += [Text(f"{one['date']}  {one['text']}") for one in found["addenda"]]
    if found["late_lines"]:
        shown.append(Heading(_("Arrived after the minutes were closed, and not on them"), 2))
        shown += [Text("  ".join(filter(None, (one["name"], one["text"]))), "warn") for one in found["late_lines"]]
    return shown


def _edition(one: Mapping[str, Any]) -> str:
    said = [_("edition {edition}: {day}").format(edition=one["edition"], day=one["posted"]), one["place"] or ""]
    if one["override"]:
        said.append(_("without {names}: {reason}").format(names=series(one["unsigned"]), reason=one["override"]))
    if one["withdrawn"]:
        said.append(_("taken down {day}: {reason}").format(day=one["withdrawn"], reason=one["reason"] or ""))
    return "  ".join(filter(None, said))
