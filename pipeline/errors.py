"""Errors that a user can act on: each names the file, the place in it and what to do."""

from __future__ import annotations

import errno


class BaogaoError(Exception):
    """Something went wrong that the user can mend. The message is written for the user, without a traceback."""


class InputError(BaogaoError):
    """A source or a file beside it cannot be used.

    `name` is the file, `place` where in it (may be empty), `problem` what is wrong, `remedy` what to do.
    """

    def __init__(self, name: str, place: str, problem: str, remedy: str) -> None:
        self.name = name
        self.place = place
        self.problem = problem
        self.remedy = remedy
        where = f"{name}, {place}" if place else name
        super().__init__(f"{where}: {problem}. {remedy}.")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str, str]]:
        """Errors cross from worker processes to the main one, so they must survive pickling."""
        return type(self), (self.name, self.place, self.problem, self.remedy)


def lacking(purpose: str, extra: str) -> BaogaoError:
    """The error of a job that needs packages which only an extra of pyproject.toml brings."""
    return BaogaoError(
        f"{purpose} needs packages that a plain install leaves out. "
        f"Install them in a clone of the repository: pip install '.[{extra}]'."
    )


SHORT_OF_MEMORY = "There is not enough memory. Give the job more (ulimit -v), or use --workers 1."


def is_short_of_memory(error: BaseException) -> bool:
    """Whether an error tells, in the words of Python, of the loader of libraries or of DuckDB, that memory has run out."""
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
        return True
    return any(words in str(error) for words in _NO_MEMORY)


_NO_MEMORY = ("failed to map segment", "annot allocate memory", "Out of Memory Error", "bad_alloc")
