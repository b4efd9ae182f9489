"""The conversions that the installed OpenCC ships, by name, and their converters.

A name says from what to what: `s` Simplified, `t` Traditional as OpenCC writes it, `tw` Taiwan, `hk` Hong Kong, `jp`
the new Japanese forms; a `p` at the end converts regional words too (OpenCC, README, "Configurations").
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from textfix.patterns import pattern

__all__ = ["IDEOGRAPH", "Config", "config", "configs", "converter", "version"]

IDEOGRAPH = pattern("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Everything that OpenCC converts holds one of these."""


class Config(NamedTuple):
    """A conversion: its name, the scripts it leads from and to, and its relatives (empty where OpenCC has none)."""

    name: str
    source: str
    target: str
    words: bool  # whether regional words are converted beside the forms of characters
    back: str  # the way back; empty where OpenCC has none
    forms: str  # the same without regional words

    @property
    def crosses(self) -> bool:
        """Whether this leads from Simplified to Traditional or the other way, not between Traditional forms."""
        return (self.source == "s") != (self.target == "s")


@cache
def configs() -> tuple[str, ...]:
    """Return the names of all conversions of the installed package."""
    import opencc

    return tuple(sorted(file.removesuffix(".json") for file in opencc.CONFIGS))


@cache
def config(name: str) -> Config:
    """Return the conversion of that name; ValueError with the nearest name where there is none."""
    known = configs()
    if name not in known:
        near = get_close_matches(str(name), known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
        raise ValueError(f"unknown OpenCC conversion: {name!r}; {hint}")
    words = name.endswith("p") and name[:-1] in known
    forms = name[:-1] if words else name
    source, _, target = forms.partition("2")
    back = f"{target}2{source}{'p' * words}"
    return Config(name, source, target, words, back if back in known else "", forms)


@cache
def converter(name: str) -> Callable[[str], str]:
    """Return OpenCC's conversion; one per process, made on first use, because it loads its dictionaries then.

    It holds no state between calls, so threads may share it; it cannot be pickled, so normalizers hold the name only.
    It must not see NUL (it stops there) nor lone surrogates (they have no UTF-8).
    """
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC(name).convert
    return convert


def version() -> str:
    """Return the version of OpenCC, whose dictionaries decide the outcome."""
    import opencc

    return str(opencc.__version__)
