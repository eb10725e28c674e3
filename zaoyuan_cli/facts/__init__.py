"""Facts: what happened, as the journal keeps it. These classes are the file format and are never edited after a
release.

A kind is `plural file name . what happened . version`; its prefix names the file here and in `book/`, loaded on first
use. Private fields (free text, anything that names a natural person) have defaults, so an erased fact still loads.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Self, TypeVar, dataclass_transform, get_args

T = TypeVar("T")
PRIVATE = "private"
ERASED = "〔已删除〕"  # stands where a value was that was erased
Private = Annotated[T, PRIVATE]
KINDS: dict[str, type["Fact"]] = {}


_STORED_AS_IS = frozenset((int, bool, type(None)))
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Fact:
    """One thing that happened: a frozen value with named fields, written like a dataclass and not one, because each
    dataclass costs half a millisecond of start-up and the journal has dozens. `numbered` is the series of the number
    it gives out and `key` the field that holds it; a `lasting` fact cannot be undone; `shown` is the private field in
    whose place ERASED stands once it is erased."""

    kind: ClassVar[str]
    fields: ClassVar[frozenset[str]]
    defaults: ClassVar[Mapping[str, Any]]
    private: ClassVar[frozenset[str]]
    dates: ClassVar[tuple[str, ...]]
    numbered: ClassVar[str]
    key: ClassVar[str]
    lasting: ClassVar[bool]
    shown: ClassVar[str]

    def __init_subclass__(
        cls, *, kind: str, numbered: str = "", key: str = "number", lasting: bool = False, shown: str = ""
    ) -> None:
        cls.kind, cls.numbered, cls.key, cls.lasting, cls.shown = kind, numbered, key, lasting, shown
        KINDS[kind] = cls
        own = cls.__annotations__
        cls.fields, cls.defaults = frozenset(own), {name: cls.__dict__[name] for name in own if name in cls.__dict__}
        cls.private = frozenset(name for name, of in own.items() if PRIVATE in getattr(of, "__metadata__", ()))
        cls.dates = tuple(name for name, of in own.items() if of is date or date in get_args(of))

    def __init__(self, **values: Any) -> None:
        said = {**self.defaults, **values}
        if said.keys() != self.fields:
            unknown, missing = said.keys() - self.fields, self.fields - said.keys()
            raise TypeError(f"{self.kind}: unknown {sorted(unknown)}, missing {sorted(missing)}")
        self.__dict__.update(said)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{self.kind} is a fact: {name} cannot be changed")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    @classmethod
    def load(cls, values: dict[str, Any]) -> Self:
        """The fact of a stored body and its private values, if they still exist."""
        for name in cls.dates:
            if values.get(name) is not None:
                values[name] = date.fromisoformat(values[name])
        for name, value in values.items():
            if type(value) is list:
                values[name] = _frozen(value)
        return cls(**values)

    def values(self) -> dict[str, Any]:
        """The fields as the journal stores them: text in NFC, dates ISO, integers only."""
        return {
            name: value if type(value) in _STORED_AS_IS else _stored(value) for name, value in self.__dict__.items()
        }


def known(kind: str) -> type[Fact] | None:
    """The class of a kind, loading its file on first use; None for a kind of some later release."""
    if kind not in KINDS:
        prefix = kind.partition(".")[0]
        if not prefix.isidentifier():
            return None
        try:
            import_module(f"{__name__}.{prefix}")
        except ModuleNotFoundError:
            return None
    return KINDS.get(kind)


def _frozen(value: list[Any]) -> tuple[Any, ...]:
    return tuple(_frozen(one) if type(one) is list else one for one in value)


def _stored(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_stored(name): _stored(one) for name, one in value.items()}
    return [_stored(one) for one in value]
