"""Pages from the templates in `templates/`: values are escaped, words come from the locale of the reader's language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from pipeline.site.html_body import MARK
from pipeline.site.html_text import front_matter
from pipeline.site.shown_values import period_text, size_text
from pipeline.site.tongue import Tongue, locale

_HERE = Path(__file__).parent


def words(say: Tongue, key: str, /, **values: object) -> Markup:
    """The words for a key, with values put in, which are escaped. Raises KeyError for what the locale does not have.

    A number `n` of 1 takes the words of `KEY_one`, where there are any.
    """
    known = locale(say.code)
    one = f"{key}_one"
    text = known[one] if values.get("n") == 1 and one in known else known[key]
    shown = {name: f"{value:,}" if type(value) is int else value for name, value in values.items()}
    return Markup(text).format(**shown) if values else Markup(text)


@cache
def _environment(say: Tongue) -> jinja2.Environment:
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        t=lambda key, **values: words(say, key, **values),
        name=say.name,
        word=say.word,
        number=say.number,
        language=say.code,
        other_language=say("zh", "en"),
        period=lambda one: period_text(say, one),
        size=size_text,
        comma=say(", ", "、"),
    )
    return found


def filled(say: Tongue, template: str, /, **values: Any) -> Markup:
    """A template of this language with its values, as HTML."""
    return Markup(_environment(say).get_template(template).render(values))


def page(say: Tongue, template: str, head: str, /, *, meta: dict[str, Any] | None = None, **values: Any) -> str:
    """A page whose body is a filled template; `head` is its title, and `meta` what else its head says: description, dataset, hide."""
    return f"{front_matter(head, **(meta or {}))}{MARK}\n{filled(say, template, **values)}"


def block(say: Tongue, template: str, /, **values: Any) -> str:
    """A filled template as a block of a page that is written in Markdown, where an empty line would end it."""
    return "\n".join(line for line in filled(say, template, **values).splitlines() if line.strip())
