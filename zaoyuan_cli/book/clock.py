"""The clock: moments are UTC, days are the book's, fixed +08:00. `ZAOYUAN_NOW` sets it for tests, and the log says
so."""

import os
from datetime import UTC, date, datetime, timedelta, timezone

from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import _

ZONE = timezone(timedelta(hours=8))


def now() -> datetime:
    """This moment, in the book's zone. Raises WrongUsage if ZAOYUAN_NOW is no ISO moment."""
    text = os.environ.get("ZAOYUAN_NOW")
    if not text:
        return datetime.now(ZONE)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUsage(
            _("ZAOYUAN_NOW is not a moment: {value}. Write it like 2022-05-31T12:00:00+08:00.").format(value=text),
            value=text,
        ) from None
    return moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)


def stamp(moment: datetime) -> str:
    """A moment as the journal keeps it: UTC, ending in Z, or in F where the clock was set by hand."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") + ("F" if os.environ.get("ZAOYUAN_NOW") else "Z")


def local(stamp: str) -> datetime:
    """A moment as the journal keeps it, in the book's zone; its `.date()` is the business day."""
    return datetime.fromisoformat(stamp[:19]).replace(tzinfo=UTC).astimezone(ZONE)


def end_of(day: date) -> str:
    """The first moment, in UTC as the journal keeps it, that is after a day of the book's zone."""
    after = datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(days=1)
    return after.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
