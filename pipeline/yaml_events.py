"""What YAML texts hold, made from the events of libyaml's parser: a quarter of the time that PyYAML composes and constructs in.

That is for plain texts alone. Whatever else YAML can say, and every error, is for PyYAML's own loaders, which callers ask then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import yaml

_PARSER: Any = getattr(yaml, "CBaseLoader", None)
# Collections in each other: PyYAML itself bears some hundreds.
_DEEPEST = 50
# What a scalar without quotation marks begins with that may be something else than text.
_NO_TEXT: Any = yaml.SafeLoader.yaml_implicit_resolvers


class NotPlainError(Exception):
    """The text has something that is not read here."""


def as_text(event: Any) -> str:
    """A scalar as it stands there."""
    text: str = event.value
    return text


def typed(event: Any) -> object:
    """A scalar as PyYAML's safe loader gives it. Raises YAMLError."""
    text: str = event.value
    return _typed(text) if event.implicit[0] and text[:1] in _NO_TEXT else text


@cache
def _typed(text: str) -> object:
    loader: Any = yaml.SafeLoader("")
    return loader.construct_object(yaml.ScalarNode(loader.resolve(yaml.ScalarNode, text, (True, False)), text))


def plain_content(text: str, scalar: Callable[[Any], object]) -> Any:
    """What a text holds: lists, dicts with different texts as keys, and what `scalar` makes of scalars.

    Raises NotPlainError for whatever else it has: an alias, a tag, a key that stands twice, no or several documents, an error.
    """
    if _PARSER is None:
        raise NotPlainError
    held: list[list[Any]] = [[]]
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            if getattr(event, "tag", None) is not None or type(event) is yaml.AliasEvent or len(held) > _DEEPEST:
                raise NotPlainError
            if type(event) is yaml.ScalarEvent:
                held[-1].append(scalar(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                held.append([])
            elif type(event) is yaml.SequenceEndEvent:
                held[-2].append(held.pop())
            elif type(event) is yaml.MappingEndEvent:
                held[-2].append(_mapping(held.pop()))
    except yaml.YAMLError as error:
        raise NotPlainError from error
    if len(held[0]) != 1:
        raise NotPlainError
    return held[0][0]


def _mapping(members: list[Any]) -> dict[Any, Any]:
    """Keys and values, by turns."""
    keys = members[::2]
    if not all(type(key) in _KEYS for key in keys) or len(found := dict(zip(keys, members[1::2], strict=True))) < len(
        keys
    ):
        raise NotPlainError
    return found


_KEYS = (str, int)
