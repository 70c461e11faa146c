"""Values with named fields that are made and read many times for every figure.

They are fixed once made, as type checkers see; at run time nothing is spent on holding them to it. A field of a slot is
read faster than one of a named tuple.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self, TypeVar, dataclass_transform

_Made = TypeVar("_Made")


@dataclass_transform(frozen_default=True)
def record(made: type[_Made]) -> type[_Made]:
    """Make a class that tells its fields, as one tells those of a dataclass, a class of such values."""
    return dataclass(slots=True, unsafe_hash=True)(made)


class Record:
    """What such a class begins with."""

    __slots__: tuple[str, ...] = ()

    def _replace(self, **changes: Any) -> Self:
        """The same value with other fields. Raises TypeError for one that it does not have."""
        return type(self)(**{**{name: getattr(self, name) for name in self.__slots__}, **changes})
