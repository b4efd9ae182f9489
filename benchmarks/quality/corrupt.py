"""Synthetic corruption, one class at a time, on clean prose whose truth is therefore known to the character.

Each class takes paragraphs and heads, damages them the way typesetting, extraction or decoding does, and names the
blocks it damaged. A cleaner repairs a block when the block stands in its output as one whole line, exact to the
character.
"""

from __future__ import annotations

import dataclasses
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from . import corpus
from .engines.breaking import Style, break_lines
from .engines.pieces import RUNS
from .model import Article, seeded, split_of

_HAN = "\u4e00-\u9fff"


@dataclasses.dataclass(frozen=True)
class Case:
    """A damaged text and the blocks that were damaged, as they should be."""

    kind: str
    text: str
    truth: tuple[str, ...]
    #: Blocks that were left alone and must stay so.
    other: tuple[str, ...] = ()


Damage = Callable[[Sequence[str], Sequence[str], random.Random], "Case | None"]


def cases(split: str, count: int) -> Iterator[Case]:
    """``count`` texts of every class."""
    pool = [a for a in corpus.articles(["zh-Hans"]) if a.source == "rmrb1998" and split_of(a.source, a.number) == split]

    for kind, damage in _CLASSES_OF_DAMAGE.items():
        rng = seeded("corrupt", kind, split)
        source = pool
        done = tries = 0
        while done < count and tries < 20 * count:
            tries += 1
            heads, paragraphs = _sample(source, rng)
            case = damage(heads, paragraphs, rng) if len(paragraphs) > 3 else None
            if case is not None and case.truth:
                done += 1
                yield dataclasses.replace(case, kind=kind)


def _sample(pool: Sequence[Article], rng: random.Random) -> tuple[list[str], list[str]]:
    at = rng.randrange(max(1, len(pool) - 4))
    blocks = [b for a in pool[at : at + 4] for b in a.blocks]
    heads = [
        b.text
        for b in blocks
        if b.kind == "heading" and 6 <= len(b.text) <= 24 and re.search(r"[\u4e00-\u9fff]", b.text)
    ]
    paragraphs = [b.text for b in blocks if b.kind == "paragraph" and len(b.text) > 60 and b.text[-1] in "。！？.”"]
    return heads, paragraphs[:12]


def _mixed(heads: Sequence[str], paragraphs: Sequence[str], shown: Callable[[str], str]) -> Case | None:
    """Damaged heads among untouched paragraphs."""
    if len(heads) < 2:
        return None
    lines: list[str] = []
    for i, paragraph in enumerate(paragraphs):
        if i < len(heads):
            lines.append(shown(heads[i]))
        lines.append(paragraph)
    return Case("", "\n".join(lines), tuple(heads[: len(paragraphs)]), tuple(paragraphs))


def _each(paragraphs: Sequence[str], damage: Callable[[str], str]) -> Case:
    """Every paragraph damaged in place."""
    shown = [damage(p) for p in paragraphs]
    return Case(
        "",
        "\n".join(shown),
        tuple(p for p, s in zip(paragraphs, shown) if p != s),
        tuple(p for p, s in zip(paragraphs, shown) if p == s),
    )


def _overlay(mode: str) -> Damage:
    def damage(heads: Sequence[str], paragraphs: Sequence[str], rng: random.Random) -> Case | None:
        k = rng.choice((2, 2, 3, 4))
        splits: dict[str, Callable[[str], list[str]]] = {
            "run": RUNS.findall,
            "char": list,
            "line": lambda s: [s],
            "phrase": lambda s: re.split(r"(?<=[，。、： ])", s),
        }
        split = splits[mode]
        space = " " if mode == "line" and rng.random() < 0.5 else ""
        return _mixed(heads, paragraphs, lambda s: "".join(space.join([p] * k) for p in split(s)))

    return damage


def _inverse(ranges: Sequence[tuple[int, int]]) -> dict[str, str]:
    """Ordinary characters to compatibility ones, by the compatibility mappings of the Unicode database."""
    table: dict[str, str] = {}
    for a, b in ranges:
        for code in range(a, b + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table.setdefault(plain, chr(code))
    return table


def _swap(ranges: Sequence[tuple[int, int]], share: float) -> Damage:
    table = _inverse(ranges)

    def damage(heads: Sequence[str], paragraphs: Sequence[str], rng: random.Random) -> Case:
        return _each(paragraphs, lambda p: "".join(table[c] if c in table and rng.random() < share else c for c in p))

    return damage


def _insert(marks: Sequence[str], pattern: str, share: float) -> Damage:
    place = re.compile(pattern)

    def damage(heads: Sequence[str], paragraphs: Sequence[str], rng: random.Random) -> Case:
        return _each(paragraphs, lambda p: place.sub(lambda m: rng.choice(marks) if rng.random() < share else "", p))

    return damage


def _halfwidth(heads: Sequence[str], paragraphs: Sequence[str], rng: random.Random) -> Case:
    half = dict(zip("，。；：！？（）", ",.;:!?()"))
    return _each(
        paragraphs,
        lambda p: re.sub(
            f"(?<=[{_HAN}])[，；：！？](?=[{_HAN}])", lambda m: half[m.group()] if rng.random() < 0.4 else m.group(), p
        ),
    )


def _letterspaced(heads: Sequence[str], paragraphs: Sequence[str], rng: random.Random) -> Case | None:
    gap = rng.choice((" ", "  ", "\u3000"))
    short = [h for h in heads if len(h) <= 12 and re.fullmatch(f"[{_HAN}]+", h)]
    return _mixed(short, paragraphs, lambda s: gap.join(s))


def _decoded(write: str, read: str) -> Damage:
    def damage(heads: Sequence[str], paragraphs: Sequence[str], rng: random.Random) -> Case | None:
        good: list[str] = []
        bad: list[str] = []
        for p in paragraphs:
            try:
                shown = p.encode(write).decode(read)
            except (UnicodeDecodeError, UnicodeEncodeError):
                continue
            good.append(p)
            bad.append(shown)
        return Case("", "\n".join(bad), tuple(good)) if good else None

    return damage


def _wrapped(cells: Sequence[int], indent: bool, blank_every: int = 0, page: int = 0) -> Damage:
    def damage(heads: Sequence[str], paragraphs: Sequence[str], rng: random.Random) -> Case:
        width = rng.choice(cells)
        cell = lambda c: 2.0 if ord(c) > 0x2E80 or c in "“”‘’—…" else 1.0  # noqa: E731
        lines: list[str] = []
        wrapped = []
        for p in paragraphs:
            first = width - (4 if indent else 0)
            pieces = break_lines(p, first, width, Style(), cell, 2)
            wrapped += [p] if len(pieces) > 1 or page else []
            lines += ["\u3000\u3000" + pieces[0] if indent and rng.random() < 2 else pieces[0], *pieces[1:]]
        if blank_every:
            lines = [x for i, line in enumerate(lines, 1) for x in ([line, ""] if i % blank_every == 0 else [line])]
        if page:
            title = "城市日报　1998年1月5日"
            pages = [lines[i : i + page] for i in range(0, len(lines), page)]
            if len(pages) < 3:
                return Case("", "", ())
            lines = []
            for n, body in enumerate(pages, 1):
                lines += [title, *body, f"第{n}版" + ("\f" if n < len(pages) else "")]
            text = "\n".join(lines).replace("\f\n", "\n\f")
        else:
            text = "\n".join(lines)
        return Case("", text, tuple(wrapped))

    return damage


_CLASSES_OF_DAMAGE: dict[str, Damage] = {
    "overlay by run": _overlay("run"),
    "overlay by character": _overlay("char"),
    "overlay by phrase": _overlay("phrase"),
    "overlay by line": _overlay("line"),
    "Kangxi radicals": _swap(((0x2E80, 0x2FDF),), 0.8),
    "compatibility ideographs": _swap(((0xF900, 0xFAFF),), 0.8),
    "full-width letters and digits": _swap(((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)), 1.0),
    "zero-width characters": _insert(("\u200b", "\ufeff", "\u2060", "\xad"), f"(?<=[{_HAN}])(?=[{_HAN}])", 0.05),
    "spaces between Han and digits": _insert((" ", "  "), rf"(?<=[{_HAN}])(?=\d)|(?<=\d)(?=[{_HAN}])", 0.35),
    "spaces between Han": _insert((" ",), f"(?<=[{_HAN}])(?=[{_HAN}])", 0.03),
    "spaces at full-width marks": _insert((" ",), r"(?<=[，。；：、])(?=.)|(?<=.)(?=[，。；：、])", 0.3),
    "half-width punctuation": _halfwidth,
    "letter-spaced heads": _letterspaced,
    "mojibake UTF-8 as Latin-1": _decoded("utf-8", "latin-1"),
    "mojibake UTF-8 as GB18030": _decoded("utf-8", "gb18030"),
    "mojibake GB18030 as Latin-1": _decoded("gb18030", "latin-1"),
    "mojibake GB18030 as Big5": _decoded("gb18030", "big5"),
    "hard wrap with indents": _wrapped((30, 34, 40, 60, 72), True),
    "hard wrap, indents lost": _wrapped((30, 34, 40, 60, 72), False),
    "blank lines inside paragraphs": _wrapped((30, 34, 40), True, blank_every=9),
    "furniture between pages": _wrapped((40, 60), True, page=12),
}


def repaired(case: Case, output: str) -> tuple[int, int]:
    """How many damaged blocks are whole lines of the output again, and how many untouched ones no longer are."""
    lines: dict[str, int] = {}
    for line in re.split(r"[\n\f\r]+", output):
        line = line.strip(" \u3000\t")
        lines[line] = lines.get(line, 0) + 1
    good = sum(lines.get(t, 0) > 0 for t in case.truth)
    broken = sum(lines.get(t, 0) == 0 for t in case.other)
    return good, broken
