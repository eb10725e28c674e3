"""How far long work is. Who works says so here, in one line, and knows nobody; the desk listens where there is a
terminal to draw it on. Where nobody listens it costs a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Step(Protocol):
    """So many more parts are done."""

    def __call__(self, parts: int = 1, /) -> None: ...


Listener = Callable[[str, int], AbstractContextManager[Step]]

_listeners: list[Listener] = []


@contextmanager
def working(said: str, of: int = 0) -> Iterator[Step]:
    """A piece of work: what is done, in the language of the run, and of how many parts (0: nobody knows), each told by
    calling what it gives. Work inside of it is a part of it, and nobody is told."""
    if not _listeners:
        yield _unheard
        return
    listener = _listeners.pop()
    try:
        with listener(said, of) as step:
            yield step
    finally:
        _listeners.append(listener)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Whoever works inside is heard."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.clear()


def _unheard(parts: int = 1, /) -> None:
    pass
