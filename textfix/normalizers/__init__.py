"""The catalogue of normalizers, in the order in which they run.

The order is data, with a reason for each place: bytes before characters; characters before layout, because the layout
measures widths; columns apart before anything looks at whole lines (overlay, furniture), and those before lines
disappear; joining before spacing and punctuation, because they look across the join; variants last, because they need
whole words.

A normalizer is imported when it is first asked for, by its class (`normalizers.Overlay`) or by its name in `CATALOGUE`:
a program that uses one of them does not pay for the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from textfix.normalizers.base import Editor, Normalizer

if TYPE_CHECKING:
    from textfix.normalizers.columns import Columns
    from textfix.normalizers.compatibility import Compatibility
    from textfix.normalizers.confusables import Confusables
    from textfix.normalizers.furniture import Furniture
    from textfix.normalizers.invisible import Invisible
    from textfix.normalizers.letterspacing import Letterspacing
    from textfix.normalizers.mojibake import Mojibake
    from textfix.normalizers.newlines import Newlines
    from textfix.normalizers.overlay import Overlay
    from textfix.normalizers.punctuation import Punctuation
    from textfix.normalizers.spacing import Spacing
    from textfix.normalizers.unwrap import Unwrap
    from textfix.normalizers.variants import Variants

__all__ = [
    "CATALOGUE",
    "Columns",
    "Compatibility",
    "Confusables",
    "Editor",
    "Furniture",
    "Invisible",
    "Letterspacing",
    "Mojibake",
    "Newlines",
    "Normalizer",
    "Overlay",
    "Punctuation",
    "Spacing",
    "Unwrap",
    "Variants",
]

# Each in the module of its name.
_ORDER = {
    "mojibake": "Mojibake",
    "newlines": "Newlines",
    "invisible": "Invisible",
    "compatibility": "Compatibility",
    "columns": "Columns",
    "overlay": "Overlay",
    "furniture": "Furniture",
    "letterspacing": "Letterspacing",
    "unwrap": "Unwrap",
    "spacing": "Spacing",
    "punctuation": "Punctuation",
    "confusables": "Confusables",
    "variants": "Variants",
}
_NAMES = {kind: name for name, kind in _ORDER.items()}


class _Catalogue(Mapping[str, type[Normalizer]]):
    """The normalizers by name, imported when asked for."""

    def __getitem__(self, name: str) -> type[Normalizer]:
        kind = _ORDER[name]
        return cast("type[Normalizer]", getattr(import_module(f"{__name__}.{name}"), kind))

    def __contains__(self, name: object) -> bool:
        return name in _ORDER

    def __iter__(self) -> Iterator[str]:
        return iter(_ORDER)

    def __len__(self) -> int:
        return len(_ORDER)


CATALOGUE: Mapping[str, type[Normalizer]] = _Catalogue()
"""Every normalizer by its name, in order."""


def __getattr__(name: str) -> type[Normalizer]:
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    kind = globals()[name] = CATALOGUE[_NAMES[name]]
    return kind
