"""Patterns that are compiled when they are first used.

Compiling the patterns of all normalizers takes a quarter of a second, searching a page with them a thousandth. A
program that imports textfix for one of them should not pay for the others.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

__all__ = ["pattern"]


class _Pattern:
    """Stands in for a compiled pattern, and becomes as fast as one at the first call."""

    def __init__(self, source: Any, flags: int) -> None:
        self.pattern = source
        self._arguments = (source, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(re.compile(*self._arguments), name)
        setattr(self, name, value)  # found before __getattr__ is asked the next time
        return value

    def __reduce__(self) -> tuple[Any, ...]:
        return pattern, self._arguments

    def __repr__(self) -> str:
        return f"pattern({self._arguments[0]!r})"


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, as far as methods and attributes go.

    >>> digits = pattern("[0-9]+")
    >>> digits.search("城西2022年").group()
    '2022'
    """
    return cast("re.Pattern[AnyStr]", _Pattern(source, int(flags)))
