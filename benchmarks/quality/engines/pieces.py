"""The pieces of a text that is drawn several times, each of them by itself."""

from __future__ import annotations

import re

from ..model import Block

__all__ = ["RUNS", "pieces_of"]

#: What a program that changes fonts sets in one go.
RUNS = re.compile(r"[0-9]+|[A-Za-z]+|[，。、；：！？（）《》“”—…·]+|\s+|[^0-9A-Za-z，。、；：！？（）《》“”—…·\s]+")


def pieces_of(block: Block) -> list[str]:
    """The pieces of a heading that the engine itself breaks into lines: runs, characters, or all of it."""
    return {"run": RUNS.findall(block.text), "char": list(block.text)}.get(block.mode, [block.text])
