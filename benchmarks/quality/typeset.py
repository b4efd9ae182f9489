"""Compose documents from real prose and typeset them; the PDFs are kept in the cache."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import importlib
import pathlib
import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from . import corpus
from .layouts import LAYOUTS, MANUAL, Layout
from .model import LINED, Article, Block, Document, cache, seeded, split_of

#: Sources, or one language of them, that only one split ever sees; of the others every article has its own split.
#: What is tested as a real PDF or wrapped text (real.py) does not appear in training as synthetic pages either.
_RESERVED = {
    "installation-guide": "test",
    "maint-guide": "test",
    "song100": "test",
    "debian-reference/zh-Hans": "test",
    "debian-faq": "dev",
    "debian-edu": "dev",
}


def documents(split: str, each: int, layouts: Sequence[str] | None = None) -> Iterator[Document]:
    """``each`` documents of every layout of the split, languages in turn."""
    for layout in LAYOUTS:
        if layout.split == split and (layouts is None or layout.name in layouts):
            for number in range(each):
                yield document(layout, number)


def document(layout: Layout, number: int) -> Document:
    """Compose and typeset one document; the same call always gives the same document."""
    folder = cache() / "documents" / _version() / layout.name
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{number:03d}.json"
    if kept.exists():
        return Document.load(kept)
    rng = seeded("document", layout.name, number)
    lang = layout.langs[number % len(layout.langs)]
    source, blocks = _compose(layout, lang, rng)
    options = layout.options(rng, lang)
    engine = importlib.import_module(f".engines.{layout.engine}", __package__)
    path = folder / f"{number:03d}.{'txt' if layout.engine == 'wrap' else 'pdf'}"
    if hasattr(engine, "prepare"):
        blocks = engine.prepare(blocks, options, rng)
    furniture = engine.build(blocks, options, rng, path)
    doc = Document(f"{layout.name}-{number:03d}", lang, source, layout.name, layout.split, blocks, furniture, str(path))
    doc.save(kept)
    return doc


@functools.cache
def _version() -> str:
    """A document depends on the code that makes it."""
    here = pathlib.Path(__file__).parent
    names = (
        "typeset.py",
        "layouts.py",
        "corpus.py",
        "fonts.py",
        *sorted(f"engines/{p.name}" for p in (here / "engines").glob("*.py")),
    )
    return hashlib.sha256(b"".join((here / n).read_bytes() for n in names)).hexdigest()[:12]


@functools.cache
def _pool(lang: str, prose: tuple[str, ...], split: str) -> tuple[Article, ...]:
    """Articles of a language and kind of prose that belong to a split."""
    plain = {"rmrb1998", "sanguo", "tang300", "song100", "wudaishici"}
    chinese = "zh-Hans" if lang == "zh-Hant" else lang
    found = []
    for a in corpus.articles():
        manual = a.source not in plain
        if a.lang != (lang if manual else chinese) or not (a.source in prose or (manual and MANUAL[0] in prose)):
            continue
        reserved = _RESERVED.get(f"{a.source}/{a.lang}") or _RESERVED.get(a.source)
        if (reserved or split_of(a.source, a.number)) == split:
            found.append(a)
    return tuple(found)


def _compose(layout: Layout, lang: str, rng: random.Random) -> tuple[str, list[Block]]:
    pool = _pool(lang, layout.prose, layout.split)
    if not pool:
        raise RuntimeError(f"no {lang} prose for {layout.name}: run benchmarks/quality/setup.sh")
    sources = sorted({a.source for a in pool})
    source = rng.choice(sources)
    mine = [a for a in pool if a.source == source]
    at = rng.randrange(len(mine))
    blocks: list[Block] = []
    for article in mine[at:] + mine[:at]:
        blocks += _fit(article.blocks, layout)
        if sum(len(b.text) for b in blocks) >= layout.chars:
            break
    blocks = _cut(blocks, int(layout.chars * 1.3))
    if lang == "zh-Hant" and source in ("rmrb1998", "sanguo", "tang300", "song100", "wudaishici"):
        blocks = [dataclasses.replace(b, text=_traditional(b.text)) for b in blocks]
    blocks = _marked(blocks, lang, rng)
    if source == "rmrb1998" and rng.random() < 0.4:
        blocks = _with_contents(blocks, mine, lang, rng)
    return source, _overlaid(blocks, layout, rng)


def _fit(blocks: Sequence[Block], layout: Layout) -> list[Block]:
    """The blocks a layout can take: its kinds, and no preformatted line wider than its measure."""
    out = []
    for b in blocks:
        if b.kind not in layout.keep:
            continue
        if b.kind in LINED:
            lines = b.text.split("\n")
            if len(lines) > 24 or max(_cells(line) for line in lines) > layout.cells:
                continue
            cells = [len(line.split("\t")) for line in lines]
            if b.kind == "table" and (not 2 <= max(cells) <= 5 or len(lines) < 2 or min(cells) != max(cells)):
                continue
        text = re.sub(r"[\x00-\x08\x0b-\x1f\u200b-\u200f\ufeff\ue000-\uf8ff]", "", b.text)
        if text.strip():
            out.append(dataclasses.replace(b, text=text))
    return out


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(blocks: list[Block], chars: int) -> list[Block]:
    size = 0
    for i, b in enumerate(blocks):
        size += len(b.text)
        if size > chars and i:
            return blocks[:i]
    return blocks


_MARKS = (
    lambda n: "• ",
    lambda n: f"{n}. ",
    lambda n: f"（{n}）",
    lambda n: f"{n}、",
    lambda n: "●",
    lambda n: "- ",
    lambda n: chr(0x2460 + (n - 1) % 20),
)


def _marked(blocks: list[Block], lang: str, rng: random.Random) -> list[Block]:
    """Items get the list marks that HTML draws by itself."""
    mark = rng.choice(_MARKS if lang.startswith("zh") else _MARKS[:2] + _MARKS[5:6])
    out, n = [], 0
    for b in blocks:
        n = n + 1 if b.kind == "item" else 0
        out.append(dataclasses.replace(b, text=mark(n) + b.text) if b.kind == "item" else b)
    return out


def _with_contents(blocks: list[Block], pool: Sequence[Article], lang: str, rng: random.Random) -> list[Block]:
    """A list of short heads among the articles, as front pages and supplements have it."""
    heads = [
        b
        for a in rng.sample(list(pool), min(40, len(pool)))
        for b in a.blocks
        if b.kind == "heading" and 4 <= len(b.text) <= 14
    ]
    heads = heads[: rng.randint(3, 7)]
    if lang == "zh-Hant":
        heads = [dataclasses.replace(b, text=_traditional(b.text)) for b in heads]
    at = rng.randrange(1, len(blocks) + 1)
    return blocks[:at] + heads + blocks[at:]


def _overlaid(blocks: list[Block], layout: Layout, rng: random.Random) -> list[Block]:
    """Faux bold: the heads of a document are drawn 2 to 4 times, all in one way; at times the lead-ins as well."""
    if rng.random() >= layout.overlay:
        return blocks
    copies = rng.choice((2, 2, 2, 3, 4))
    mode = rng.choice(("run", "run", "char", "line", "phrase", "block"))
    share = rng.choice((1.0, 1.0, 0.5))
    leads = 0.2 if layout.engine == "rl" and rng.random() < 0.3 else 0.0
    out = []
    for b in blocks:
        bold = b.kind == "heading" and rng.random() < share
        lead = b.kind == "paragraph" and rng.random() < leads and re.match(r".{2,24}?[，。：；、]", b.text)
        out.append(dataclasses.replace(b, copies=copies, mode=mode if bold else "lead") if bold or lead else b)
    return out


@functools.cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("s2tw")


def _traditional(text: str) -> str:
    """Simplified newspaper and novel as a Traditional edition would print them."""
    return str(_converter().convert(text)).translate({0x201C: "「", 0x201D: "」", 0x2018: "『", 0x2019: "』"})
