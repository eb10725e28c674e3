"""Notices: papers that hung on a wall, and until when."""

from collections.abc import Mapping
from datetime import date

from . import NOTHING, Fact, Private


class NoticePosted(Fact, kind="notices.posted.v1", numbered="notice", lasting=True, shown="title"):
    """A paper was put up, to hang to a last day. `item` is what of the list of things to be published it shows (money,
    bylaws, decisions …), `period` the month or quarter it is of, `about` the number of what it is about. Ids: `by` who
    put it up, `witness` who saw it hang, and of a sheet of money who drew it up, checked it, signed it (R-73);
    `replaces` is the number of the paper, taken down, that it stands for.
    `judged_by` is the version of the rule on how long it hangs; `attachments` SHA-256 of photos.

    Of a paper that this program drew, `heads` is the last step of each device when it was drawn, `program` its version,
    and `document` the paper itself; its code is over those heads with this step in the place of its own device's."""

    number: str
    item: str
    on: date
    until: date
    period: str = ""
    about: str = ""
    by: str = ""
    witness: str = ""
    prepared: str = ""
    checked: str = ""
    signed: str = ""
    judged_by: str = ""
    replaces: str = ""
    attachments: tuple[str, ...] = ()
    heads: Mapping[str, int] = NOTHING
    program: str = ""
    document: Private[str] = ""
    place: Private[str] = ""
    title: Private[str] = ""


class NoticeWithdrawn(Fact, kind="notices.withdrawn.v1"):
    """A paper was taken down before its time, or was wrong, and why."""

    number: str
    on: date
    reason: Private[str] = ""
