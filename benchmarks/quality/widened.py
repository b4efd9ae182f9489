"""Training pages of every look: what one layout fixes is drawn from all that the engine can set.

A model that has seen seven layouts knows seven leadings. Extractors cut pages into boxes by the leading, the gutter and
the size of the heads, so these must vary as they do in the world, not only the measure and the fonts.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from typing import Any

from .engines.breaking import Style

Draw = Callable[[random.Random, str], Any]


def printed(draw: Draw) -> Draw:
    """Pages set line by line: from narrow newspaper columns to wide books, on any leading."""

    def wider(rng: random.Random, lang: str) -> Any:
        page = draw(rng, lang)
        measure = rng.randint(8, 19) if rng.random() < 0.5 else rng.randint(18, 44)
        return dataclasses.replace(
            page,
            measure=measure,
            columns=rng.randint(1, max(1, min(6, 90 // (measure + 2)))),
            lines=rng.randint(18, 70),
            leading=rng.uniform(1.1, 2.4),
            gutter=rng.uniform(1.0, 3.0),
            style=Style(
                rng.choice(("full", "full", "half", "kaiming")),
                rng.choice(("push", "pull", "hang", "none")),
                break_words=rng.random() < 0.3,
            ),
            indent=rng.choice(("glyph", "geometry", "geometry", "none")) if lang != "ko" else "geometry",
            justify=rng.random() < 0.75,
            skip=rng.choice((0, 0, 0, 0.3, 0.6, 1.0)),
            centred=rng.random() < 0.6,
            grow=rng.uniform(1.0, 1.8),
            order=rng.choice(("read", "read", "shuffled", "heads-last")),
            letterspace=rng.choice(("", "", "glyph", "space")),
        )

    return wider


def composed(draw: Draw) -> Draw:
    """Typst pages of one to three columns, on any leading."""

    def wider(rng: random.Random, lang: str) -> Any:
        sheet = draw(rng, lang)
        columns = rng.choice((1, 1, 2, 2, 3))
        ems = rng.randint(*((22, 46), (14, 26), (11, 18))[columns - 1])
        gutter = rng.uniform(1.2, 3.2) * sheet.size
        leading = rng.uniform(0.45, 1.6)
        return dataclasses.replace(
            sheet,
            columns=columns,
            gutter=gutter,
            width=columns * ems * sheet.size + (columns - 1) * gutter,
            height=rng.randint(26, 56) * sheet.size * (1 + leading),
            leading=leading,
            spacing=leading * rng.uniform(1.0, 2.2),
            indent=rng.choice((2, 2, 1, 0)) if lang != "en" else rng.choice((0, 0, 1.2, 2)),
            justify=rng.random() < 0.75,
            grow=rng.uniform(1.0, 1.8),
        )

    return wider


def printed_from_web(draw: Draw) -> Draw:
    """Web print of one to three columns, on any leading, with any room between paragraphs."""

    def wider(rng: random.Random, lang: str) -> Any:
        sheet = draw(rng, lang)
        columns = rng.choice((1, 1, 1, 2, 2, 3))
        ems = rng.randint(*((20, 48), (14, 26), (11, 17))[columns - 1])
        return dataclasses.replace(
            sheet,
            columns=columns,
            width=columns * ems * sheet.size,
            height=rng.randint(28, 56) * sheet.size * 1.5,
            leading=rng.uniform(1.1, 2.3),
            skip=rng.choice((0, 0, 0.3, 0.6, 1.0, 1.5)),
            indent=rng.choice((2, 2, 1, 0)) if lang not in ("en", "ko") else rng.choice((0, 0, 1.5)),
            justify=rng.random() < 0.6,
            grow=rng.uniform(1.0, 2.0),
        )

    return wider
