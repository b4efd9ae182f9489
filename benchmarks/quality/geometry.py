"""Real PDFs that carry their own truth: where lines stand on a page tells wraps from ends; a dump has lost it.

A line that reaches the right edge of its column and is followed, at the usual distance and in the same size, by a line
at the left edge, was wrapped. A line that stops short, a first-line indent, a wider gap or another size end a block.
What is neither is left unsaid: its block has the kind ``unsure``, and nobody is judged by the boundary above it.
"""

from __future__ import annotations

import dataclasses
import itertools
import pathlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from .model import Block, Document, cache, split_of

#: Pages taken of a document; more would let a few thick manuals speak for all.
_PAGES = 30
_STOPS = "。！？!?.：:；;…”』」）)"
_SKIP = 2  # title pages, mostly
#: Lines of a table of contents reach the right edge and are not wrapped.
_LEADER = re.compile(r"(?:[.．·…] ?){4,}")


#: Fonts of one width, where the file does not say so.
_FIXED = re.compile(r"mono|courier|typewriter|consol|tt\d|tt$|txtt|inconsolata", re.I)


@dataclasses.dataclass
class _Row:
    """One printed line: its box in points, the size of most of its characters, and whether all are of one width."""

    page: int
    x0: float
    x1: float
    base: float
    size: float
    fixed: bool
    text: str


def documents(split: str) -> Iterator[Document]:
    """The manuals of TeX Live and KiCad in Chinese, Japanese and Korean, each in one split for good."""
    root = cache() / "root" / "usr" / "share" / "doc"
    folder = cache() / "real"
    folder.mkdir(exist_ok=True)
    for path in sorted([*root.glob("texlive-doc/**/*.pdf"), *root.glob("kicad*/**/*.pdf")]):
        name = re.sub(r"\W+", "_", path.stem)
        if split_of("geometry", name) != split or path.stat().st_size < 60_000:
            continue
        found = _document(f"geo-{name}", path, split, folder)
        if found is not None:
            yield found


def _document(name: str, path: pathlib.Path, split: str, folder: pathlib.Path) -> Document | None:
    import pymupdf

    part = folder / f"{name}.pdf"
    with pymupdf.open(path) as book:
        if len(book) < 4:
            return None
        last = min(len(book), _SKIP + _PAGES)
        rows = [_rows(book[number], number) for number in range(_SKIP, last)]
        lang = _language("".join(row.text for page in rows for row in page))
        if lang is None:
            return None
        if not part.exists():
            book.select(list(range(_SKIP, last)))
            book.save(str(part), garbage=3)
    furniture = _furniture(rows)
    body = [[row for row in page if id(row) not in furniture] for page in rows]
    blocks = _blocks(body)
    known = sum(b.kind != "unsure" for b in blocks)
    if len(blocks) < 15 or known < 0.5 * len(blocks):
        return None
    strings = [[row.text for row in page if id(row) in furniture] for page in rows]
    return Document(name, lang, name, "real-geometry", split, blocks, strings, str(part))


def _language(text: str) -> str | None:
    """None for a text that is not mostly Chinese, Japanese or Korean prose."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 3000:
        return None
    kinds = Counter(unicodedata.name(c, "").split(" ")[0] for c in letters)
    cjk = kinds["CJK"] + kinds["HIRAGANA"] + kinds["KATAKANA"] + kinds["HANGUL"]
    if cjk < 0.35 * len(letters):
        return None
    if kinds["HANGUL"] > 0.3 * cjk:
        return "ko"
    return "ja" if kinds["HIRAGANA"] > 0.1 * cjk else "zh-Hans"


def _rows(page: object, number: int) -> list[_Row]:
    """The printed lines of a page in the order they were drawn; pieces on one base line are put together."""
    rows: list[_Row] = []
    for block in page.get_text("dict")["blocks"]:  # type: ignore[attr-defined]
        for line in block.get("lines", ()):
            spans = [s for s in line["spans"] if s["text"].strip()]
            if not spans or abs(line["dir"][1]) > 0.01:
                continue
            sizes: Counter[float] = Counter()
            for s in spans:
                sizes[round(s["size"], 1)] += len(s["text"])
            row = _Row(
                number,
                spans[0]["bbox"][0],
                spans[-1]["bbox"][2],
                spans[0]["origin"][1],
                sizes.most_common(1)[0][0],
                all(s["flags"] & 8 or _FIXED.search(s["font"]) for s in spans),
                "".join(s["text"] for s in line["spans"]).strip(),
            )
            above = rows[-1] if rows else None
            if (
                above is not None
                and abs(above.base - row.base) < 0.35 * above.size
                and -2 < row.x0 - above.x1 < 3 * above.size
            ):
                if len(row.text) > len(above.text):
                    above.size, above.base = row.size, row.base
                gap = " " if row.x0 - above.x1 > 0.15 * row.size else ""
                above.text, above.x1, above.fixed = above.text + gap + row.text, row.x1, above.fixed and row.fixed
            else:
                rows.append(row)
    return rows


def _furniture(pages: Sequence[Sequence[_Row]]) -> set[int]:
    """Rows at the head or foot that recur, digits aside, at one height, and bare numbers there."""
    places: Counter[tuple[int, str]] = Counter()
    edge: list[tuple[_Row, tuple[int, str]]] = []
    for page in pages:
        heights = sorted(row.base for row in page)
        if len(heights) < 3:
            continue
        for row in page:
            if row.base <= heights[1] or row.base >= heights[-2]:
                key = (round(row.base / 3), re.sub(r"\d+", "0", row.text))
                edge.append((row, key))
        places.update({key for row, key in edge if row.page == page[0].page})
    heights_of: Counter[int] = Counter(height for height, _ in places.elements())
    often = max(3, len(pages) // 5)
    return {
        id(row)
        for row, key in edge
        if places[key] >= 3
        or (re.fullmatch(r"[\W\d]*\d[\W\d]*|[ivxlc]+", row.text) and heights_of[key[0]] >= often)
        or (heights_of[key[0]] >= max(often, 0.7 * len(pages)) and len(row.text) < 40 and _alone(row, pages))
    }


def _alone(row: _Row, pages: Sequence[Sequence[_Row]]) -> bool:
    """Whether a row at the edge stands off the next row: a running head whose words change with the chapter."""
    near = [abs(r.base - row.base) for page in pages for r in page if r.page == row.page and r is not row]
    return min((d for d in near if d > 1), default=99.0) > 1.9 * row.size


def _blocks(pages: Sequence[Sequence[_Row]]) -> list[Block]:
    rows = [row for page in pages for row in page]
    steps = _steps(rows)
    blocks: list[Block] = []
    text, kind = "", "paragraph"
    for i, row in enumerate(rows):
        above = rows[i - 1] if i else None
        answer = "break" if above is None else _boundary(rows, i, steps)
        if answer == "wrap":
            assert above is not None
            latin = above.text[-1].isascii() and row.text[0].isascii() and above.text[-1] not in "-/"
            hangul = "\uac00" <= above.text[-1] <= "\ud7a3" and row.text[0].isalnum()
            text += (" " if latin or hangul else "") + row.text
            continue
        if text:
            blocks.append(Block(kind, text))
        text, kind = row.text, "paragraph" if answer == "break" else "unsure"
    if text:
        blocks.append(Block(kind, text))
    return blocks


def _steps(rows: Sequence[_Row]) -> dict[float, float]:
    """The usual distance of base lines, for each size of type."""
    found: dict[float, Counter[float]] = {}
    for a, b in itertools.pairwise(rows):
        step = b.base - a.base
        if a.page == b.page and a.size == b.size and 0.9 * a.size < step < 3 * a.size:
            found.setdefault(a.size, Counter())[round(2 * step) / 2] += 1
    return {size: steps.most_common(1)[0][0] for size, steps in found.items()}


def _column(rows: Sequence[_Row], i: int) -> tuple[float, float]:
    """Left and right edge of the column a row stands in, as the rows of its size around it show them."""
    row = rows[i]
    near = [
        r
        for r in rows[max(0, i - 25) : i + 26]
        if abs(r.size - row.size) < 0.06 * row.size and min(r.x1, row.x1) - max(r.x0, row.x0) > 0
    ]
    long = [r for r in near if r.x1 - r.x0 > 10 * r.size] or near
    right = Counter(round(r.x1) for r in long)
    best, count = max(right.items(), key=lambda item: (item[1], item[0]))
    # a column is justified where its right edge is shared; the furthest edge otherwise
    edge = float(best) if count >= 3 else sorted(r.x1 for r in long)[int(0.9 * (len(long) - 1))]
    lefts = Counter(round(r.x0) for r in near)
    left = min(x for x, n in lefts.items() if n >= 0.5 * max(lefts.values()))
    return float(left), max(edge, max((r.x1 for r in long if r.x1 < edge + row.size), default=edge))


def _boundary(rows: Sequence[_Row], i: int, steps: dict[float, float]) -> str:
    """``wrap``, ``break`` or ``unsure`` between row i - 1 and row i."""
    a, b = rows[i - 1], rows[i]
    em = a.size
    if _LEADER.search(a.text) or _LEADER.search(b.text):
        return "break" if _LEADER.search(a.text) else "unsure"
    if a.fixed or b.fixed:
        return "break" if a.fixed and b.fixed else "unsure"
    if abs(a.size - b.size) > 0.06 * em:
        return "break" if abs(a.size - b.size) > 0.12 * em and min(len(a.text), len(b.text)) > 3 else "unsure"
    left, right = _column(rows, i - 1)
    first_word = re.match(r"[!-~]+", b.text)
    wide = len(first_word.group()) * 0.5 * em if first_word else em
    gap = right - a.x1
    full = gap <= max(1.3 * em, wide)
    # a line that the compositor could not fill is short as well: only a stop, or much room, makes it an end
    short = gap > wide + (1.2 * em if a.text[-1] in _STOPS else 4 * em)
    step = steps.get(a.size)
    down = b.base - a.base
    if a.page != b.page or down <= 0:  # another column or page
        left_b, _ = _column(rows, i)
        if short or b.x0 - left_b > 0.8 * em:
            return "break" if short else "unsure"
        return "wrap" if full and a.text[-1] not in _STOPS and b.x0 - left_b < 0.3 * em else "unsure"
    if step is None or down < 0.7 * step or min(a.x1, b.x1) - max(a.x0, b.x0) <= 0:
        return "unsure"
    if down > 1.4 * step:
        return "break"
    below = rows[i + 1] if i + 1 < len(rows) and rows[i + 1].page == b.page else None
    shift = b.x0 - a.x0
    if short:
        return "break"
    if down > 1.15 * step:
        return "unsure"
    if shift > 0.7 * em:  # indented against the line above: a new first line, or the body of a hanging item
        hanging = below is not None and abs(below.x0 - b.x0) < 0.3 * em
        return "break" if not hanging and a.text[-1] in _STOPS else "unsure"
    if abs(shift) <= 0.3 * em:
        starts = b.x0 - left > 0.7 * em and below is not None and b.x0 - below.x0 > 0.7 * em
        if starts:  # two first lines, or the body of a hanging item and its last line
            return "break" if a.text[-1] in _STOPS else "unsure"
        if full and (a.text[-1] not in _STOPS or _indents(rows, i, left)):
            return "wrap"
        return "unsure"
    if -5 * em < shift < -0.7 * em and full:  # the second line of a paragraph with a first-line indent
        return "wrap" if abs(b.x0 - left) < 0.4 * em or a.text[-1] not in _STOPS else "unsure"
    return "unsure"


def _indents(rows: Sequence[_Row], i: int, left: float) -> bool:
    """Whether paragraphs around begin with an indent, so that a line without one does not begin any."""
    em = rows[i].size
    near = rows[max(0, i - 30) : i + 31]
    first = sum(
        0.7 * em < a.x0 - left < 4 * em and abs(b.x0 - left) < 0.4 * em and abs(a.size - em) < 0.06 * em
        for a, b in itertools.pairwise(near)
        if a.page == b.page
    )
    return first >= 3
