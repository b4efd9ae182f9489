"""Footnotes: short paragraphs become notes to the paragraph before them, with a running number as the mark."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Sequence

from ..model import Block


def with_notes(
    blocks: Sequence[Block], rng: random.Random, share: float, mark: str = "{} "
) -> tuple[list[Block], dict[int, int]]:
    """Blocks with footnotes, and for the number of each block that has a note, the offset of the mark in its text.

    ``mark`` is how the engine prints the number in front of the note itself.
    """
    out: list[Block] = []
    marks: dict[int, int] = {}
    number = 0
    for block in blocks:
        above = out[-1] if out else None
        fits = (
            block.kind == "paragraph" and 20 < len(block.text) < 120 and above is not None and above.kind == "paragraph"
        )
        if fits and above is not None and len(above.text) > 60 and len(out) - 1 not in marks and rng.random() < share:
            number += 1
            stops = [m.start() for m in re.finditer(r"[，。；、](?=\D)|[,;.](?=\s)", above.text)][:-1] or [
                len(above.text)
            ]
            at = rng.choice(stops)
            marks[len(out) - 1] = at
            out[-1] = dataclasses.replace(above, text=f"{above.text[:at]}{number}{above.text[at:]}")
            out.append(Block("footnote", mark.format(number) + block.text))
        else:
            out.append(block)
    return out, marks


def around_mark(blocks: Sequence[Block], i: int, at: int, gap: str) -> tuple[str, str, str]:
    """The text of a block before the mark of its note, the note, and the text behind the mark, which stands *at*.

    *gap* is what parts the number from the note where that is printed.
    """
    text = blocks[i].text
    number, _, note = blocks[i + 1].text.partition(gap)
    return text[:at], note, text[at + len(number) :]
