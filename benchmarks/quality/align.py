"""Where each character of a dump, or of a cleaned text, stands in the truth.

Both sides are reduced to a skeleton: compatibility forms folded, marks of one kind made alike, white space taken out
but remembered as the gap before the next character. The aligner then walks the text along the truth. Where they part it
looks for the next place by short character sequences, so a text whose columns, boxes or notes come in another order
aligns as well, piece by piece; what has no place in the truth (furniture, further copies of an overlaid head) stays
unmapped.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .model import LINED, Block

NONE, SPACE, BREAK, CELL = 0, 1, 2, 3
_NEWLINES = frozenset("\n\r\f\v\x85\u2028\u2029")
_ALIKE = {
    **dict.fromkeys("“”„‟″＂「」『』〝〞‘’‚‛′´`", '"'),
    "'": '"',
    **dict.fromkeys("—–―‐‑‒−─ー－\ufffe", "-"),
    **dict.fromkeys("、﹑", ","),
    **dict.fromkeys("。．｡", "."),
    **dict.fromkeys("·・‧∙⋅", "."),
    **dict.fromkeys("⋯…", "..."),
    "〜": "~",
    "∶": ":",
}
_K = 5
_NEAR = 60
#: So many characters are no accident, in the middle of a line, nor where two blocks begin alike.
_SURE = 12


@functools.cache
def _fold(ch: str) -> tuple[str, int]:
    """The skeleton of one character, and what gap it leaves."""
    if ch in _NEWLINES:
        return "", BREAK
    if ch.isspace():
        return "", SPACE
    if unicodedata.category(ch) in ("Cf", "Cc", "Mn"):
        return "", NONE
    plain = "".join(c for c in unicodedata.normalize("NFKD", ch) if unicodedata.category(c) != "Mn")
    plain = unicodedata.normalize("NFC", plain).replace(" ", "")
    return "".join(_ALIKE.get(c, c) for c in plain), NONE


@dataclasses.dataclass(frozen=True)
class Skeleton:
    """Comparable characters; for each the gap before it and its offset in the text."""

    chars: str
    gaps: npt.NDArray[np.int8]
    offsets: npt.NDArray[np.int32]


def skeleton(text: str) -> Skeleton:
    """Fold a text.

    >>> s = skeleton("中 国\\n（一）")
    >>> s.chars, s.gaps.tolist(), s.offsets.tolist()
    ('中国(一)', [2, 1, 2, 0, 0], [0, 2, 4, 5, 6])
    """
    if not text:
        return Skeleton("", np.zeros(0, np.int8), np.zeros(0, np.int32))
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    kinds, which = np.unique(codes, return_inverse=True)
    folded = [_fold(chr(c)) for c in kinds.tolist()]
    gap = np.array([g for _, g in folded], np.int8)[which]
    count = np.array([len(s) for s, _ in folded], np.int32)[which]
    chars = text.translate({int(c): s for c, (s, _) in zip(kinds.tolist(), folded)})
    offsets = np.repeat(np.arange(len(text), dtype=np.int32), count)
    # the widest gap since the last kept character, from running counts of breaks and of spaces
    breaks, spaces = np.cumsum(gap == BREAK), np.cumsum(gap == SPACE)
    first = np.ones(len(offsets), bool)
    first[1:] = offsets[1:] != offsets[:-1]
    before = np.concatenate(([-1], offsets[:-1])) if len(offsets) else offsets
    broke, spaced = (run[offsets] - np.where(before >= 0, run[np.maximum(before, 0)], 0) for run in (breaks, spaces))
    gaps = np.where(broke > 0, BREAK, np.where(spaced > 0, SPACE, NONE))
    gaps[~first] = NONE
    if len(gaps):
        gaps[0] = BREAK
    return Skeleton(chars, gaps.astype(np.int8), offsets)


class Truth:
    """The blocks of a document as one skeleton, with the gap before each character and its block."""

    def __init__(self, blocks: Sequence[Block], furniture: Sequence[Sequence[str]] = ()) -> None:
        self.blocks = [b for b in blocks if b.kind != "furniture"]
        #: Page by page the words of the furniture: an extractor may part them, or put several strings on a line.
        self.furniture = [[skeleton(w).chars for s in page for w in s.split()] for page in furniture]
        pieces, gaps, ids = [], [], []
        self.start: list[int] = []
        at = 0
        for number, block in enumerate(self.blocks):
            s = _block_skeleton(block)
            self.start.append(at)
            pieces.append(s.chars)
            gaps.append(s.gaps)
            ids.append(np.full(len(s.chars), number, np.int32))
            at += len(s.chars)
        self.start.append(at)
        self.chars = "".join(pieces)
        self.gaps = np.concatenate(gaps) if gaps else np.zeros(0, np.int8)
        self.block_of = np.concatenate(ids) if ids else np.zeros(0, np.int32)
        self.index: dict[str, list[int]] = {}
        chars = self.chars
        for i in range(len(chars) - _K + 1):
            self.index.setdefault(chars[i : i + _K], []).append(i)
        #: Pieces that may stand alone though they are short: whole blocks, lines, cells.
        self.whole: dict[str, list[int]] = {}
        marks = [*np.flatnonzero(self.gaps >= BREAK).tolist(), len(chars)]
        for a, b in itertools.pairwise(marks):
            if b - a < _K:
                self.whole.setdefault(chars[a:b], []).append(a)

    def overlaid(self) -> list[int]:
        """Numbers of the blocks drawn more than once."""
        return [i for i, b in enumerate(self.blocks) if b.copies > 1]


def _block_skeleton(block: Block) -> Skeleton:
    if block.kind not in LINED:
        s = skeleton(block.text)
        gaps = s.gaps.copy()
        gaps[1:] = np.minimum(gaps[1:], SPACE)
        return Skeleton(s.chars, gaps, s.offsets)
    if block.kind != "table":
        return skeleton(block.text)
    s = skeleton(block.text.replace("\t", "\n"))
    gaps = s.gaps.copy()
    # of the breaks just put in, those that were tabs part cells
    for i in np.flatnonzero(gaps == BREAK)[1:].tolist():
        between = block.text[s.offsets[i - 1] + 1 : s.offsets[i]]
        if "\n" not in between:
            gaps[i] = CELL
    return Skeleton(s.chars, gaps, s.offsets)


def common(a: str, i: int, b: str, j: int) -> int:
    """Length of the common prefix of ``a[i:]`` and ``b[j:]``."""
    start, step = i, 64
    while i + step <= len(a) and a[i : i + step] == b[j : j + step]:
        i, j = i + step, j + step
    stop = min(len(a) - i, len(b) - j, step)
    k = 0
    while k < stop and a[i + k] == b[j + k]:
        k += 1
    return i - start + k


def align(text: Skeleton, truth: Truth, skip: npt.NDArray[np.bool_] | None = None) -> npt.NDArray[np.int32]:
    """For every skeleton character its position in the truth, or -1. ``skip`` marks characters known to have none."""
    chars, target, n = text.chars, truth.chars, len(text.chars)
    out = np.full(n, -1, np.int32)
    used = np.zeros(len(target) + 1, bool)
    ends = np.append(np.flatnonzero(text.gaps == BREAK)[1:], n)
    limits = ends if skip is None else np.union1d(ends, np.flatnonzero(np.diff(skip.astype(np.int8))) + 1)
    p = t = 0
    line = 0
    while p < n:
        if skip is not None and skip[p]:
            p += 1
            continue
        while line < len(limits) and limits[line] <= p:
            line += 1
        end = int(limits[line])
        here = common(chars, p, target, t) if t < len(target) and not used[t] else 0
        if here < _K or (here < _SURE and p + here < end and text.gaps[p] == truth.gaps[t] == BREAK):
            place, length = _jump(chars, p, end, bool(text.gaps[p]), truth, t, used, here)
        else:
            place, length = t, here
        if skip is not None and length:
            ahead = np.flatnonzero(skip[p : p + length])
            length = int(ahead[0]) if len(ahead) else length
        length = _trim(place, length, p, limits, truth)
        if not length:
            p += 1
            continue
        fresh = ~used[place : place + length]
        if not fresh.all():  # a copy of something already placed, in whole or in part
            length = int(np.argmin(fresh)) if fresh[0] else int(np.argmax(fresh)) if fresh.any() else length
            if not fresh[0]:
                p += length
                continue
        out[p : p + length] = np.arange(place, place + length)
        used[place : place + length] = True
        p, t = p + length, place + length
    return out


def _trim(place: int, length: int, p: int, limits: npt.NDArray[np.int64], truth: Truth) -> int:
    """Cut off what ran a few characters into the next block by chance: the walk decides afresh there.

    The next heading but one has the number of the next one (`14.7.` and `14.7.1.`): an extractor may give that first.
    """
    end = place + length
    if not length or end >= len(truth.chars) or truth.gaps[end] >= BREAK:
        return length
    at = int(np.searchsorted(limits, p + length))
    if at < len(limits) and limits[at] == p + length:
        return length
    first = max(place + 1, end - _SURE + 1)
    for start in reversed((np.flatnonzero(truth.gaps[first:end] >= BREAK) + first).tolist()):
        cut = start - place
        if end - start < _K or (limits[int(np.searchsorted(limits, p + cut))] == p + cut):
            return cut
    return length


def _jump(
    chars: str, p: int, end: int, opens: bool, truth: Truth, t: int, used: npt.NDArray[np.bool_], here: int
) -> tuple[int, int]:
    """The best place for ``chars[p:]`` when it does not simply go on at ``t``: (place, length), length 0 for none.

    ``opens`` says that white space stands before ``p``: another column may begin here.
    """
    target = truth.chars
    if here and p + here >= end:  # a short rest of a line, just where it is expected
        return t, here
    if chars[p] == "-" and p + 1 == end and not here and common(chars, end, target, t) >= 3:
        return 0, 0  # a hyphen that the typesetter put in
    best, score = (0, 0), -1.0
    places = truth.index.get(chars[p : p + _K], ())
    if len(places) > 200:
        near = [c for c in places if abs(c - t) < 2000]
        places = near or places[:50]
    least = _K if len(target) < 30_000 else 9
    for c in places:
        length = common(chars, p, target, c)
        if not t <= c < t + _NEAR and length < (least if opens else _SURE) and p + length < end:
            continue  # in the middle of a line a few characters are no evidence for a far place
        worth = min(length, 80) - (40 if used[c] else 0) - (0 if t <= c < t + _NEAR else 2 if c >= t else 4)
        if worth > score:
            best, score = (c, length), worth
    if best[1]:
        return best
    piece = chars[p:end]
    if len(piece) < _K and (p == 0 or here == 0):
        free = [c for c in truth.whole.get(piece, ()) if not used[c]]
        if free:
            return min(free, key=lambda c: (abs(c - t), c)), len(piece)
    if here >= 2 or (here and common(chars, p + here + 1, target, t + here + 1) >= 2):
        return t, here
    # a character added, dropped or changed
    for step in range(1, 4):
        if t + step < len(target) and not used[t + step] and common(chars, p, target, t + step) >= 3:
            return t + step, common(chars, p, target, t + step)
    if here and any(common(chars, p + here + k, target, t + here) >= 3 for k in range(1, 8)):
        return t, here
    if not here and t + 1 < len(target) and common(chars, p + 1, target, t + 1) >= 3:
        return 0, 0
    if here == 1 and p + 1 < len(chars) and common(chars, p + 1, target, t + 1) >= 1:
        return t, here
    return 0, 0


def furniture_lines(lines: Sequence[tuple[int, str]], truth: Truth) -> list[bool]:
    """Which dump lines (page, skeleton) are furniture: at most as many as were drawn, nearest to the page's edge."""
    flags = [False] * len(lines)
    by_page: dict[int, list[int]] = {}
    for i, (page, _) in enumerate(lines):
        by_page.setdefault(page, []).append(i)
    for page, numbers in by_page.items():
        if page >= len(truth.furniture):
            continue
        atoms = truth.furniture[page]
        left = Counter(atoms)
        whole = {"".join(order): order for order in _orders(sorted(left.elements()))}
        edge = sorted(numbers, key=lambda i: min(i - numbers[0], numbers[-1] - i))
        for i in edge:
            parts = whole.get(lines[i][1])
            if parts and not Counter(parts) - left:
                left.subtract(parts)
                flags[i] = True
    return flags


def _orders(atoms: Sequence[str]) -> list[tuple[str, ...]]:
    """The pieces of a page's furniture in every order in which an extractor may put some of them on one line."""
    return [o for n in range(min(len(atoms), 4), 0, -1) for o in itertools.permutations(atoms[:6], n)]
