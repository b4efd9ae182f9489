"""The files that ship with the layout engine."""

from __future__ import annotations

import pkgutil

__all__ = ["shipped"]


def shipped(name: str) -> bytes:
    """Return what a file of this package holds, wherever that lies; `importlib.resources` takes long to load."""
    data = pkgutil.get_data(__package__, name)
    if data is None:
        raise FileNotFoundError(f"{name} is missing from {__package__}")
    return data
