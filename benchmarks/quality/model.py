"""What the benchmark hands around: blocks of a text, and a document with its layout and truth."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import random
import zlib
from collections.abc import Sequence

SPLITS = ("train", "dev", "test")
#: Kinds of block. ``code`` is preformatted: as in verse and tables, its line breaks belong to the truth.
KINDS = ("heading", "byline", "paragraph", "item", "verse", "table", "code", "footnote", "furniture")
#: Kinds whose text holds newlines that must survive.
LINED = frozenset({"verse", "table", "code"})


@dataclasses.dataclass(frozen=True)
class Block:
    """One block of the truth.

    ``text`` is what a perfect cleaner returns. In a table, rows are parted by a newline and cells by a tab; where
    cells stand apart is the extractor's choice, so only the rows are judged. ``copies`` and ``mode`` say how often and
    in what pieces (``run``, ``char``, ``phrase``, ``line``, ``block``) a faux-bold block is drawn; ``lead``: its
    beginning only. The mode ``leader`` marks a line of a table of contents.
    """

    kind: str
    text: str
    copies: int = 1
    mode: str = ""


@dataclasses.dataclass(frozen=True)
class Article:
    """A piece of real prose with its blocks, before any typesetting."""

    source: str
    lang: str
    number: int
    blocks: tuple[Block, ...]

    @property
    def size(self) -> int:
        return sum(len(b.text) for b in self.blocks)


@dataclasses.dataclass
class Document:
    """A typeset (or real) document: where the dump comes from, and what is true about it."""

    name: str
    lang: str
    source: str
    layout: str
    split: str
    blocks: list[Block]
    #: For each page, the strings of its furniture (running heads, page numbers), as drawn.
    furniture: list[list[str]]
    #: The PDF, or the ready-made text dump.
    path: str = ""

    def save(self, path: pathlib.Path) -> None:
        path.write_text(json.dumps(dataclasses.asdict(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: pathlib.Path) -> Document:
        data = json.loads(path.read_text(encoding="utf-8"))
        data["blocks"] = [Block(**b) for b in data["blocks"]]
        return cls(**data)


def cache() -> pathlib.Path:
    """Where sources, fonts and built PDFs lie."""
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(base) / "textfix-bench"


def share(*parts: str) -> pathlib.Path:
    """A path below ``/usr/share`` of the unpacked Debian packages."""
    return cache().joinpath("root", "usr", "share", *parts)


def seeded(*parts: object) -> random.Random:
    """A generator that depends on the given words alone, in every process and Python version."""
    return random.Random(zlib.crc32("\x1f".join(map(str, parts)).encode()))


def split_of(*parts: object, shares: Sequence[float] = (0.6, 0.15, 0.25)) -> str:
    """Assign something to train, dev or test for good, by its name."""
    x = seeded("split", *parts).random()
    for name, share_ in zip(SPLITS, shares):
        if x < share_:
            return name
        x -= share_
    return SPLITS[-1]
