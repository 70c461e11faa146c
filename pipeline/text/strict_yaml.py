"""The YAML files that users write: every value as the text that stands there, and nothing that could be meant otherwise."""

from __future__ import annotations

from typing import Any

import yaml

from pipeline.errors import InputError
from pipeline.text.decode import decode

# In bytes: far above what facts and corrections need.
_LARGEST = 1_000_000


class _Loader(yaml.BaseLoader):
    """Reads every scalar as text; refuses keys that stand twice, and aliases, of which a few lines can make gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="it refers to another place of the file", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        known: set[str] = set()
        for key, _ in node.value:
            if key.value in known:
                problem = f"`{key.value}` stands there twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            if isinstance(key.value, str):
                known.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read_yaml(data: bytes, name: str) -> object:
    """What the bytes of the YAML file `name` hold, every value as text. Raises InputError."""
    if len(data) > _LARGEST:
        raise InputError(name, "", f"the file has {len(data):,} bytes", "Such files have a few lines: check the name")
    text, _ = decode(data, name)
    try:
        return yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}, character {mark.column + 1}" if mark else ""
        problem = f"this is not YAML ({getattr(error, 'problem', None) or type(error).__name__})"
        raise InputError(name, place, problem, "Mend it, or remove the file") from error
