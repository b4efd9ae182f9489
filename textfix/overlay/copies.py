"""Copies on lines of their own: the extractor began a new line for every drawing.

Where whole lines were drawn several times, equal lines follow each other. Where pieces of a line were, the last copy
of a piece shares its line with the first copy of the next one: `谒金门 / 谒金门· / ·春满院 / 春满院`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate, compress, islice
from operator import eq
from types import MappingProxyType
from typing import NamedTuple

from textfix.document import Document
from textfix.overlay.numbers import NUMBERED
from textfix.overlay.scan import MAX_LINE
from textfix.overlay.strings import overlap
from textfix.patterns import pattern

__all__ = ["Cluster", "clusters", "is_chapter", "lines_of", "split_lines", "weigh", "words_of"]

_LETTER = pattern(r"[^\W\d_]")
_VISIBLE = pattern(r"\S")
_LABEL = pattern(r"[:：]$|\d[^\W\d_]|[^\W\d_]\d|^[（(《【]|^第?[一二三四五六七八九十百\d]+[、.章节條条]")
# The heading of a chapter or a section, with its number: nobody says that twice, but scrapers of novels may.
_CHAPTER = pattern(
    r"第[一二三四五六七八九十百千零〇两0-9]{1,7}[章节節回卷编編篇部讲講课課集幕].{6,}|(?:[0-9]{1,2}[.．]){1,4}[^\W\d_].{5,}"
)
_FIGURES = pattern("[0-9]+")
_LEVEL = 1.0  # what a number of more than two levels is worth, for each
_PAGED = 2.5
_BETWEEN = 1.0
_ON_PAGES = 0.5
_LONG = 20  # letters
_COUPLET = 12  # letters of the heading of a chapter that are more than a few words
_MOST_LINES = 4  # a printed heading has no more
_LEAST = 2  # characters of a copy at the start of the next line
_STOP = pattern(r"[。！？!?；;…，,][”’」』\"')）]*$")


class Cluster(NamedTuple):
    """Lines that say the same, or of which each begins with what the one above ends with; offsets in the text."""

    start: int
    head: int
    """Where the first of the equal lines (or pairs of lines) ends."""
    whole: int
    """Where the last of the equal lines ends that says nothing else."""
    end: int
    """Where the last copy ends: a text may go on behind it."""
    stop: int
    """Where the chain of overlapping lines ends that begins with them; `end` if there is none."""
    text: str
    """What the equal lines say, without blanks."""
    copies: int
    """How many times they say it; 1 where only the chain repeats."""
    size: int
    """How many lines one copy has."""


def clusters(document: Document) -> Iterator[Cluster]:
    """Yield the clusters of a document, one after the other.

    >>> [(cluster.text, cluster.copies) for cluster in clusters(Document("目录\\n目录\\n正文\\n"))]
    [('目录', 2)]
    >>> text = "谒金门\\n谒金门·\\n·春满院\\n春满院\\n"
    >>> [(cluster.copies, text[cluster.start : cluster.stop].count("\\n")) for cluster in clusters(Document(text))]
    [(1, 3)]
    """
    text = document.text
    spans, words = document.view(lines_of)
    count = len(words)
    done = 0
    for i in _starts(words):
        if i < done:
            continue
        size = _size(words, i)
        if size == 1 and not _follows(words[i], words[i + 1]):
            continue
        same = i + size
        while same < count and words[same] == words[same - size] and _is_close(text, spans, same):
            same += 1
        copies = (same - i) // size
        same = i + copies * size
        last = same
        if size == 1:
            while last < count and _overlaps(words[last - 1], words[last]) and _is_close(text, spans, last):
                last += 1
                if spans[last - 1][1] - spans[i][0] > MAX_LINE:
                    break
            if copies == 1:
                # The first line may go on from the one above as well: `9.6.15 / 15. 仮想 / 仮想`.
                while i > done and overlap(words[i - 1], words[i]) >= _LEAST and _is_close(text, spans, i):
                    if last - i > _MOST_LINES or spans[last - 1][1] - spans[i - 1][0] > MAX_LINE:
                        break
                    i -= 1
                same = i + 1
            # A single overlap is a heading and a text that begins with its words.
            last = last if last - i > 2 else same
        if copies == 1 and last == same:
            continue
        head, whole, stop = (_trimmed(text, *spans[index - 1]) for index in (i + size, same, last))
        end = whole
        if size == 1 and copies > 1 and last == same + 1 and words[same].startswith(words[i]):
            # The text goes on behind the last copy: `目前 / 目前 / 目前，全省`.
            end = stop = _end_of(text, spans[same][0], len(words[i]))
            copies += 1
        yield Cluster(spans[i][0], head, whole, end, stop, "".join(words[i : i + size]), copies, size)
        done = last


def lines_of(document: Document) -> tuple[list[tuple[int, int]], list[str]]:
    """What `split_lines` says of a document: a view, computed once."""
    return split_lines(document.text)


def words_of(text: str) -> list[str]:
    """Return what the lines of a text say that say something, without blanks.

    >>> words_of("本 报 讯\\n\\n\\u3000城西区\\n")
    ['本报讯', '城西区']
    """
    inked = text.replace(" ", "").replace("\u3000", "").replace("\t", "").replace("\f", "\n")
    words = list(filter(None, inked.split("\n")))
    return words if "".join(words).isprintable() else split_lines(text)[1]  # there may be blanks of other kinds


def split_lines(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    """Return where the lines of a text stand that say something, and what they say, without blanks."""
    lines = text.replace("\f", "\n").split("\n")
    words = list(map("".join, map(str.split, lines)))
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    spans = [(start, start + len(line)) for start, line in compress(zip(starts, lines), words)]
    return spans, list(filter(None, words))


def _starts(words: list[str]) -> list[int]:
    """Return the lines that the next one begins or continues with, or that come again a few lines below."""
    found = set(compress(range(len(words)), map(str.startswith, words[1:], words)))
    found.update(compress(range(len(words)), map(str.endswith, words, words[1:])))
    for size in range(2, _MOST_LINES + 1):
        found.update(compress(range(len(words)), map(eq, words, words[size:])))
    return sorted(found)


def _size(words: list[str], i: int) -> int:
    """Return of how many lines a block consists that comes again right below; 1 if there is none."""
    for size in range(1, _MOST_LINES + 1):
        if words[i : i + 1] == words[i + size : i + size + 1] and words[i : i + size] == words[i + size : i + 2 * size]:
            return size
    return 1


def _end_of(text: str, start: int, count: int) -> int:
    """Return where so many visible characters end."""
    for match in islice(_VISIBLE.finditer(text, start), count - 1, None):
        return match.end()
    return start


def _follows(above: str, below: str) -> bool:
    """Say whether one of two lines may be a copy, with something before the first or behind the last."""
    return below.startswith(above) or (len(below) > 1 and above.endswith(below))


def _overlaps(above: str, below: str) -> bool:
    """Say whether a line begins with what the one above ends with."""
    hit = below.find(above[-1])
    while hit >= 0:
        # `3584 / 84·6` are two numbers.
        torn = below[: hit + 1].isdigit() and above[-hit - 2 : -hit - 1].isdigit()
        if not torn and above.endswith(below[: hit + 1]):
            return True
        hit = below.find(above[-1], hit + 1)
    return False


def _is_close(text: str, spans: list[tuple[int, int]], index: int) -> bool:
    """Say whether at most one blank line, and no page break, stands above a line."""
    between = text[spans[index - 1][1] : spans[index][0]]
    return between.count("\n") < 3 and "\f" not in between


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def is_chapter(said: str) -> bool:
    """Say whether what is said, without blanks, is the numbered heading of a chapter or a section."""
    return _CHAPTER.match(said) is not None


def weigh(
    found: Iterable[tuple[str, int, int]],
    words: list[str],
    votes: dict[int, float],
    listed: Collection[str] = (),
    wrapped: Collection[str] = (),
    between: Collection[str] = (),
    below: Mapping[str, str] = MappingProxyType({}),
    parts: Collection[str] = (),
    *,
    paged: bool = False,
) -> dict[int, float]:
    """Return, for each number of copies, what speaks for lines drawn as often in this document, in nats.

    `found` holds what is said, how often, and on how many lines; `words` what all lines say. Songs repeat lines, tables
    values, code brackets: but each now twice, now once, now five times. A page that was drawn twice repeats a heading
    as often as it was drawn, every time. What is `listed` stands in programs and the like, and can only speak against.
    What is `wrapped` is one heading, by its lines and what stands around them. What stands `between` paragraphs is no
    dialogue and no verse, and what stands right `below` the number of a section is told with that. What are `parts` of
    lines beside them may have copies there. On pages, chapters and sections have their headings once: those who list
    them or copy novels from the web write elsewhere.
    """
    by_text: dict[str, list[int]] = {}
    longer = set()
    for said, copies, size in found:
        by_text.setdefault(said, []).append(copies)
        if size > 1:
            longer.add(said)
    once = dict.fromkeys(by_text, 0)
    for word in filter(once.__contains__, words):
        once[word] += 1
    weights: dict[int, float] = {}
    for copies in (2, 3, 4):
        weight = min(2.0 * votes.get(copies, 0.0), 8.0)
        for said, sizes in by_text.items():
            letters = len(_LETTER.findall(said))
            numbered = NUMBERED.match(below.get(said, said))
            if letters < 2 or (_STOP.search(said) and not (numbered or said in between or is_chapter(said))):
                continue  # a sentence: dialogue and verse repeat those
            odd = sum(size != copies for size in sizes)
            single = 0 if said in longer else max(0, once[said] - sum(sizes))
            if odd and said in parts:
                continue
            if odd or single:
                weight -= 4.0 * odd + 2.0 * single
                continue
            if said in listed:
                continue
            label = _LABEL.search(said)
            if is_chapter(said) or numbered:
                levels = len(_FIGURES.findall(numbered[0])) if numbered else 1
                worth = 5.5 + _LEVEL * max(levels - 1, 0) + (_PAGED + (letters > _COUPLET) if paged else 0.0)
                worth += _BETWEEN if said in between and said[0].isdigit() else 0.0
            elif label and said in longer:
                worth = 5.0
            else:
                if label or said in longer or letters > 12:
                    worth = 3.0
                else:
                    worth = 2.0 if letters > 5 else 1.5 if letters > 2 else 0.5
                if said in between and letters > 2:
                    worth += _BETWEEN + (_ON_PAGES if paged else 0.0)
            if said in wrapped:
                worth += 4.0 if label or is_chapter(said) or letters > _LONG else 1.0
                worth += 2.5 if letters > _LONG else 0.0
            weight += worth * (1.0, 1.7, 2.5)[copies - 2]
        weights[copies] = weight
    return weights
