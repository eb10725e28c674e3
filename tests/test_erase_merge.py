"""Two laptops that enter, edit, undo and erase people as they like: when each has taken in the other, they hold the
same, and nothing of who was erased."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laptops import Laptop, act, assert_replayed, chosen, conflicts_of, do, merge, pair, picture

from zaoyuan_cli.book import Book, checking, erasing
from zaoyuan_cli.errors import Refusal

DAYS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["person", "rename", "rename", "door", "pay", "undo", "redo", "erase", "contact", "merge"]),
        st.integers(0, 20),
    ),
    min_size=3,
    max_size=12,
)


def erase(book: Book, contact: bool, pick: int) -> None:
    with suppress(Refusal):
        person = chosen(book, "SELECT person FROM person ORDER BY person", pick)
        plan = erasing.plan(book, person, contact)
        erasing.erase(book, plan, [mention.commitment for mention in plan.mentions])


def erased(book: Book) -> set[str]:
    rows = book.db.execute("SELECT body FROM event WHERE kind = 'people.erased.v1'").fetchall()
    return {fact["person"] for (body,) in rows if (fact := json.loads(body))["what"] == "everything"}


def kept(book: Book) -> dict[bytes, str]:
    """The commitments of the private values that are there, and whose they are."""
    return dict(book.db.execute("SELECT commitment, person FROM private").fetchall())


@settings(max_examples=7, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DAYS)
def test_whatever_they_did_nobody_erased_comes_back(days: list[tuple[int, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        both = pair(Path(folder))
        for number, what, pick in days:
            laptop: Laptop = both[number]
            if what == "merge":
                merge(laptop, both[1 - number])
            elif what in ("erase", "contact"):
                do(laptop, erase, what == "contact", pick)
            else:
                do(laptop, act, what, pick)
        merge(both[0], both[1])
        merge(both[1], both[0])
        assert picture(both[0]) == picture(both[1])
        assert conflicts_of(both[0]) == conflicts_of(both[1])
        assert do(both[0], kept) == do(both[1], kept)
        for laptop in both:
            assert_replayed(laptop)
            assert do(laptop, erased) & {*do(laptop, kept).values()} == set()
            assert do(laptop, checking.problems, ["chains", "commitments"]) == []
