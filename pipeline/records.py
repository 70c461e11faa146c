"""Values with named fields that are made and read many times for every figure.

Each is a `dataclass(slots=True, unsafe_hash=True)`: fixed once made, though at run time nothing is spent on holding it to that.
A field of a slot is read faster than one of a named tuple, and that of a compiled class much faster still.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self


class Record:
    """What such a class begins with; one that is frozen and goes to another process does too, for its way there."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def _replace(self, **changes: Any) -> Self:
        """The same value with other fields. Raises TypeError for one that it does not have."""
        kept: dict[str, Any] = {name: getattr(self, name) for name in type(self).__match_args__}
        return type(self)(**{**kept, **changes})

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        # A compiled class would be filled field by field, which a frozen one refuses.
        return type(self), tuple(getattr(self, name) for name in type(self).__match_args__)
