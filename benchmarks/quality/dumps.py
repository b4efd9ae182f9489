"""Line-level truth: every dump of every document, with what each of its lines is.

    python -m benchmarks.quality dumps --split train -o DIR

writes ``NAME.txt`` (the dump, byte for byte), ``NAME.lines.tsv`` and one ``index.tsv`` for the folder. The rows of a
``.lines.tsv`` are the non-blank lines of the dump in order: page, label, line, kind, confidence. Labels:

====  ==================================================================================================================
P     starts a block (or a line of verse, of code, a table row or cell that the extractor put on its own line)
C     continues the block of the last line above that is not F: the newline between them is to go
J     goes on with a block, but not with the line above: another column, box or note came between; a break stays
F     furniture: running head, page number
O     a further copy, or the tangled copies, of a head that was drawn several times
X     two columns on one line: the line above and the line below say nothing about it
?     not found in the truth; say nothing about this line, nor about the boundary below it
====  ==================================================================================================================
"""

from __future__ import annotations

import dataclasses
import difflib
import itertools
import pathlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from . import align as al
from . import recognize
from .extract import EXTRACTORS, extract
from .model import Document, seeded

_Ints = npt.NDArray[Any]
_Spans = list[tuple[int, int]]

_LATIN = re.compile(r"[A-Za-z]{3,}")
#: The dots of a table of contents have no place in the truth.
_LEADER = re.compile(r"[.\-_]{4,}")
#: How many lines apart the copies of a line may come out.
_CLOSE = 12


@dataclasses.dataclass(frozen=True)
class Line:
    """One non-blank line of a dump. ``first`` and ``last`` are truth positions of its ends, -1 where not aligned."""

    page: int
    label: str
    text: str
    kind: str
    first: int
    last: int


@dataclasses.dataclass
class Dump:
    """A dump of a document by an extractor, aligned with its truth."""

    document: Document
    extractor: str
    text: str
    truth: al.Truth
    skeleton: al.Skeleton
    places: _Ints
    furniture: _Ints
    lines: list[Line]

    @property
    def name(self) -> str:
        return f"{self.document.name}.{self.extractor}"


def extractors(document: Document) -> Sequence[str]:
    return tuple(EXTRACTORS) if document.path.endswith(".pdf") else ("text",)


def read(document: Document, extractor: str) -> str:
    """The dump itself."""
    if extractor == "text":
        return pathlib.Path(document.path).read_bytes().decode("utf-8")
    if extractor == recognize.NAME:
        return recognize.recognize(document.path, document.lang)
    return extract(document.path, extractor)


def dump(document: Document, extractor: str, truth: al.Truth | None = None) -> Dump:
    """Extract and align."""
    text = read(document, extractor)
    truth = truth or al.Truth(document.blocks, document.furniture)
    skel = al.skeleton(text)
    spans = spans_of(skel)
    breaks = np.array([i for i, ch in enumerate(text) if ch == "\f"], np.int64)
    pages = np.searchsorted(breaks, [int(skel.offsets[a]) for a, _ in spans])
    found = [(int(p), skel.chars[a:b]) for p, (a, b) in zip(pages, spans)]
    flags = al.furniture_lines(found, truth) if document.layout != "real-pdf" else _in_margins(found, document)
    skip = np.zeros(len(skel.chars), bool)
    for (a, b), flag in zip(spans, flags):
        skip[a:b] = flag
    places, copies, _ = place(skel, spans, flags, truth)
    lines = _label(text, skel, spans, [int(p) for p in pages], flags, copies, places, truth)
    return Dump(document, extractor, text, truth, skel, places, skip, lines)


def spans_of(skel: al.Skeleton) -> list[tuple[int, int]]:
    """The non-blank lines of a text, as spans of its skeleton."""
    starts = np.flatnonzero(skel.gaps == al.BREAK).tolist()
    return list(zip(starts, [*starts[1:], len(skel.chars)]))


def place(skel: al.Skeleton, spans: _Spans, flags: list[bool], truth: al.Truth) -> tuple[_Ints, _Ints, _Ints]:
    """Align a text whose furniture is known.

    Returns, for each skeleton character: its place in the truth or -1; its place in an overlaid head, -1 for a further
    copy, -2 where it belongs to none; and the number of the head's block, -1 for none.
    """
    skip = np.zeros(len(skel.chars), bool)
    for (a, b), flag in zip(spans, flags):
        skip[a:b] = flag
    owner = np.full(len(skel.chars), -1, np.int32)
    copies = _untangle(skel, spans, flags, truth, owner)
    places = al.align(skel, truth, skip | (copies != -2))
    copies = np.where(copies >= 0, _first_only(copies, places), copies)
    return np.where(copies >= 0, copies, places), copies, owner


def _untangle(skel: al.Skeleton, spans: _Spans, flags: list[bool], truth: al.Truth, owner: _Ints) -> _Ints:
    """Places of lines that are overlaid heads: -2 elsewhere, -1 for the further copies of each character."""
    out = np.full(len(skel.chars), -2, np.int32)
    # of a lead-in in faux bold, the first characters of its paragraph; of a head, all of it
    ends = {
        i: min(truth.start[i + 1], truth.start[i] + (200 if truth.blocks[i].mode == "lead" else 10_000))
        for i in truth.overlaid()
    }
    heads = [(truth.chars[truth.start[i] : end], truth.start[i], i) for i, end in ends.items()]
    if not heads:
        return out
    letters = [set(h) for h, _, _ in heads]
    said = ["" if flag else skel.chars[a:b] for (a, b), flag in zip(spans, flags)]
    for n, ((a, b), flag) in enumerate(zip(spans, flags)):
        line = skel.chars[a:b]
        if flag or b - a < 1:
            continue
        own = set(line)
        if not any(map(str.isalnum, line)):
            continue  # rules and dots are nobody's copy
        for at, ((head, start, number), have) in enumerate(zip(heads, letters)):
            block = truth.blocks[number]
            if (
                not own <= have
                or (block.mode == "lead" and line in head)
                or len(line) > (block.copies + 0.5) * len(head)
            ):
                continue
            others = [other for other, _, _ in heads[max(0, at - _CLOSE) : at] + heads[at + 1 : at + 1 + _CLOSE]]
            elsewhere = sum(line in other for other in others)
            if (
                line in head
                and _times(said, n) > 1 + elsewhere
                and (len(line) >= 4 or (len(line) > 1 and head.endswith(line)))
            ):
                out[a:b] = start + head.index(line) + np.arange(b - a)
                owner[a:b] = number
                break
            if line in head or elsewhere:
                continue  # once is not many
            found = _copies(line, head, block.copies)
            if found is not None:
                out[a:b] = [start + j if j >= 0 else -1 for j in found]
                owner[a:b] = number
                break
            if block.mode == "lead":
                continue
            latin = _LATIN.findall(line)
            if any(word not in head + head for word in latin) or len("".join(latin)) > 0.7 * len(line):
                continue
            if len(line) > 3 and sum(line.count(c) > head.count(c) for c in own) > 0.5 * len(own):
                out[a:b] = -1
                owner[a:b] = number
                break
    _drop_strays(out, owner, spans)
    _shattered(out, skel, spans, flags, [h for h in heads if truth.blocks[h[2]].kind == "heading"])
    return out


def _drop_strays(out: _Ints, owner: _Ints, spans: _Spans) -> None:
    """A line of two or three characters is a copy only near other pieces of its head."""
    numbers = [int(owner[a]) for a, _ in spans]
    for n, (a, b) in enumerate(spans):
        near = numbers[max(0, n - _CLOSE) : n] + numbers[n + 1 : n + 1 + _CLOSE]
        if numbers[n] >= 0 and b - a < 4 and numbers[n] not in near:
            out[a:b], owner[a:b] = -2, -1


def _times(lines: Sequence[str], n: int) -> int:
    """How often a line is there nearby; an equal head pages away, or a running head, is no copy of it."""
    return lines[max(0, n - _CLOSE) : n + 1 + _CLOSE].count(lines[n])


def _shattered(
    out: _Ints, skel: al.Skeleton, spans: _Spans, flags: list[bool], heads: list[tuple[str, int, int]]
) -> None:
    """Heads drawn character by character may come out as a run of tiny lines (美 / 美声 / 声称): none is placed."""
    run: list[tuple[int, int]] = []
    for (a, b), flag in zip([*spans, (0, 0)], [*flags, True]):
        line = skel.chars[a:b]
        if not flag and b - a <= 3 and any(set(line) <= set(h) for h, _, _ in heads):
            run.append((a, b))
            continue
        if len(run) >= 4:
            for c, d in run:
                out[c:d] = -1
        run = []


def _copies(line: str, head: str, copies: int) -> list[int] | None:
    """Places in ``head`` of a line that has the pieces of a stretch of it up to ``copies`` times, -1 for copies."""
    for start in range(len(head)):
        i, j, out = 0, start, [-1] * len(line)
        repeated = False
        while i < len(line) and j < len(head):
            size = 0
            for n in range(min(len(head) - j, len(line) - i), 0, -1):
                if line.startswith(head[j : j + n], i) and line.startswith(head[j : j + n], i + n):
                    size = n
                    break
            if size:
                times = 1
                while times < copies and line.startswith(head[j : j + size], i + times * size):
                    times += 1
                out[i : i + size] = range(j, j + size)
                i, j, repeated = i + times * size, j + size, True
            elif line[i] == head[j]:
                out[i] = j
                i, j = i + 1, j + 1
            else:
                break
        if i == len(line) and repeated:
            return out
    return None


def _first_only(copies: _Ints, places: _Ints) -> _Ints:
    """Each truth character is placed once: later placements of the same one are copies."""
    taken = set(places[places >= 0].tolist())
    out = copies.copy()
    for i in np.flatnonzero(copies >= 0).tolist():
        if int(copies[i]) in taken:
            out[i] = -1
        taken.add(int(copies[i]))
    return out


def _label(
    text: str,
    skel: al.Skeleton,
    spans: _Spans,
    pages: list[int],
    flags: list[bool],
    copies: _Ints,
    places: _Ints,
    truth: al.Truth,
) -> list[Line]:
    lines: list[Line] = []
    previous = -1  # truth position of the last character of the line above that is not furniture; -2 if unknown
    for n, (a, b) in enumerate(spans):
        left = text.rfind("\n", 0, int(skel.offsets[a])) + 1
        left = max(left, *(text.rfind(c, 0, int(skel.offsets[a])) + 1 for c in "\r\f\v\u2028\u2029\x85"))
        right = int(skel.offsets[b - 1]) + 1
        line = text[left:right].replace("\t", " ")
        if flags[n]:
            lines.append(Line(pages[n], "F", line, "furniture", -1, -1))
            continue
        here = places[a:b]
        found = here[here >= 0]
        size = len(_LEADER.sub("", skel.chars[a:b]))
        if (len(found) < 0.6 * size and (copies[a:b] == -2).any()) or not len(found):
            tangled = bool((copies[a:b] != -2).all())
            lines.append(Line(pages[n], "O" if tangled else "?", line, "heading" if tangled else "?", -1, -1))
            if not tangled:
                previous = -2
            continue
        spaced = np.flatnonzero(here >= 0)
        steps = np.diff(found)
        parts = np.split(np.arange(len(found)), np.flatnonzero((steps < 0) | (steps > 8)) + 1)
        large = [part for part in parts if len(part) >= min(6, 0.25 * len(found))]
        glued = len(large) > 1
        if not glued:  # a few characters that went astray do not count
            main = max(parts, key=len)
            found, spaced = found[main], spaced[main]
        first, last = int(found[0]), int(found[-1])
        kind = truth.blocks[int(truth.block_of[first])].kind
        if glued:
            label = "X"
        elif truth.gaps[first] >= al.BREAK or _nearly(first, int(spaced[0]), truth):
            label = "P"
        elif previous >= 0 and 0 < first - previous <= 3:
            label = "C"
        else:
            label = "?" if previous == -2 else "J"
        lines.append(Line(pages[n], label, line, kind, first, last))
        previous = -2 if glued else last
    return lines


def _in_margins(lines: Sequence[tuple[int, str]], document: Document) -> list[bool]:
    """Furniture of a real PDF: the lines that say, near enough, what stands in the margins of their page.

    Extractors read fonts as well as they can, and put the two ends of a running head on one line or on two.
    """
    flags = [False] * len(lines)
    by_page: dict[int, list[int]] = {}
    for i, (page, _) in enumerate(lines):
        by_page.setdefault(page, []).append(i)
    for page, numbers in by_page.items():
        left = [al.skeleton(string).chars for string in document.furniture[page]]
        edge = sorted(numbers, key=lambda i: min(i - numbers[0], numbers[-1] - i))
        for least in (1.0, 0.7):  # a heading may be all but equal to the head that repeats it
            for i in edge:
                orders = [o for n in range(1, len(left) + 1) for o in itertools.permutations(left, n)]
                best = max(orders, key=lambda order: _alike("".join(order), lines[i][1]), default=())
                if best and not flags[i] and _alike("".join(best), lines[i][1]) >= least:
                    flags[i] = True
                    for string in best:
                        left.remove(string)
    return flags


def _alike(one: str, two: str) -> float:
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.7 else 0.0


def _nearly(first: int, lead: int, truth: al.Truth) -> bool:
    """Whether a line starts a block but for a character or two that were changed on the way."""
    start = truth.start[int(truth.block_of[first])]
    return lead > 0 and 0 < first - start <= 2


def dumps(documents: Iterator[Document], many: int | None = None) -> Iterator[Dump]:
    """Every dump of every document, or ``many`` of each document."""
    for document in documents:
        truth = al.Truth(document.blocks, document.furniture)
        chosen = extractors(document)
        if many is not None and many < len(chosen):
            chosen = seeded("extractors", document.name).sample(list(chosen), many)
        for extractor in chosen:
            yield dump(document, extractor, truth)


def write(found: Iterator[Dump], folder: pathlib.Path) -> int:
    """Write dumps with their lines; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    index = ["\t".join(("file", "extractor", "layout", "lang", "source", "lines", "share_J_X", "unaligned"))]
    for d in found:
        (folder / f"{d.name}.txt").write_bytes(d.text.encode("utf-8"))
        rows = ["\t".join((str(n.page), n.label, n.text, n.kind)) for n in d.lines]
        (folder / f"{d.name}.lines.tsv").write_bytes(("\n".join(rows) + "\n").encode("utf-8"))
        doubt = sum(n.label == "?" for n in d.lines)
        stray = sum(n.label in "JX" for n in d.lines) / max(1, len(d.lines))
        index.append(
            "\t".join(
                map(
                    str,
                    (
                        d.name,
                        d.extractor,
                        d.document.layout,
                        d.document.lang,
                        d.document.source,
                        len(d.lines),
                        f"{stray:.3f}",
                        doubt,
                    ),
                )
            )
        )
        count += 1
    (folder / "index.tsv").write_text("\n".join(index) + "\n", encoding="utf-8")
    return count
