"""Finding the configuration of a file: the closest one, upward."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from textfix.config.errors import ConfigError
from textfix.config.reading import configuration
from textfix.config.settings import Configuration

__all__ = ["closest", "forget", "load"]

# In one directory, the first of these that has settings.
_NAMES = ("textfix.toml", "pyproject.toml")


def closest(directory: Path) -> Configuration:
    """Return the closest configuration of a directory, upward from itself; an empty one if there is none.

    Raises ConfigError.
    """
    return _closest(Path(os.path.abspath(directory)))


@cache
def _closest(directory: Path) -> Configuration:
    for name in _NAMES:
        path = directory / name
        if os.path.isfile(path):  # and not where nobody may look
            found = configuration(path)
            if found is not None:
                return found
    return Configuration() if directory.parent == directory else _closest(directory.parent)


@cache
def load(path: Path) -> Configuration:
    """Return the configuration of a file that was named; raises ConfigError, also where it has none."""
    found = configuration(Path(os.path.abspath(path)))
    if found is None:
        raise ConfigError(path, "has no [tool.textfix]")
    return found


def forget() -> None:
    """Forget what was read, for whoever changes files while a process runs."""
    _closest.cache_clear()
    load.cache_clear()
