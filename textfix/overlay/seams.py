"""What is left of copies where the extractor itself drops most of them, but not where two runs of a line meet.

poppler leaves out a character that was drawn on top of its like. Where a run of one character follows (a mark, of
another font), it begins a new line with the run before it, and the mark comes twice: `女冠子 / 女冠子··云罗雾縠`,
`5.14 / 14..2.1. Out`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textfix.overlay.numbers import NUMBERED
from textfix.overlay.strings import overlap
from textfix.patterns import pattern

__all__ = ["LONGEST_RUN", "MARKS", "WIDEST_INDENT", "Seam", "seams"]

MARKS = '-.．·/,:?？!！：。，、；“”‘’《》「」『』（）()"'
LONGEST_RUN = 32
WIDEST_INDENT = 96  # of an extractor that keeps the page's columns
_RUN = pattern(r"[\"“（(《「『]?\w[\w・·]*\w")
#: A seam that stands alone is one where so many letters of a script without blanks, or a word of a heading, come again.
_LONG = 4
_WORD = 2
_MOST_TIES = 3  # lines
_LONGEST_LINE = 256
_UNSPACED = pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# What follows the first number of a heading and its doubled dot: `11..4. NFS`.
_HEADING = pattern(r"(?:[ ]?[0-9]{1,3}[ ]?[.．])+[ ]?[0-9]*[ ]{0,3}[^\W\d_]")
_LEAST = 2


#: Of names of scopes: `std / std::vector`.
_WORD_BEHIND = pattern(r"\w")


class Seam(NamedTuple):
    """A run that comes again on the next line with its mark doubled; offsets in the text."""

    start: int
    """Where the first line ends."""
    mark: int
    """Where the mark stands for the first time."""
    ties: tuple[tuple[int, int], ...] = ()
    """What else comes again on the lines above, each from where a line ends to the end of its copy on the next."""

    def cuts(self) -> list[tuple[int, int]]:
        """Return what is to go: the copies, with the line ends before them, and the mark that is double."""
        return [*self.ties, (self.start, self.mark), (self.mark + 1, self.mark + 2)]


def seams(text: str, marks: Iterable[int]) -> list[Seam]:
    """Return the seams of a text, if there are two different ones that can be nothing else; or such as stand alone.

    `marks` are the places of a mark that stands twice, in order; others than the first of a line are no seam.

    A line that is only a word, and the next with the word and a doubled mark, may be a list (`card / card--large`,
    `10 / 10..20`): it takes letters other than Latin, something before the word, or the rest of a heading, to tell.

    >>> text = "女冠子\\n女冠子··云\\n柳枝\\n柳枝··吴\\n"
    >>> [text[seam.start : seam.mark] for seam in seams(text, [7, 16])]
    ['\\n女冠子', '\\n柳枝']
    >>> seams("card\\ncard--large\\nmenu\\nmenu--open\\n", [9, 25])
    []
    """
    found = [Seam(text.rfind("\n", 0, mark), mark) for mark in marks]
    found = [seam for seam in found if _is_seam(text, seam)]
    certain = {_line_below(text, seam) for seam in found if _is_certain(text, seam)}
    found = [seam._replace(ties=_ties(text, seam)) for seam in found]
    if len(certain) >= _LEAST:
        return found
    return [seam for seam in found if seam.ties or _stands_alone(text, seam)]


def _is_seam(text: str, seam: Seam) -> bool:
    run = text[seam.start + 1 : seam.mark].lstrip(" ")
    return (
        seam.start >= 0
        and len(run) <= LONGEST_RUN
        and _RUN.fullmatch(run) is not None
        and text.endswith(run, 0, seam.start)
        and not text.startswith(text[seam.mark], seam.mark + 2)
        and any(map(str.isalnum, run))
        and not (text[seam.mark] == ":" and run.isascii() and _WORD_BEHIND.match(text, seam.mark + 2))
        and not (text[seam.mark] == "。" and NUMBERED.match(_line_above(text, seam)) is None)  # `好 / 好。。`
    )


def _is_certain(text: str, seam: Seam) -> bool:
    run = text[seam.start + 1 : seam.mark].lstrip(" ")
    return (
        len(_line_above(text, seam)) > len(run)
        or not (run.isascii() or run.isdigit())
        or (run.isdigit() and text[seam.mark] in ".．" and _HEADING.match(text, seam.mark + 2) is not None)
    )


def _stands_alone(text: str, seam: Seam) -> bool:
    run = text[seam.start + 1 : seam.mark].lstrip(" ")
    above = _line_above(text, seam)
    number = NUMBERED.match(above)
    heading = number is not None and any(map(str.isalpha, above[number.end() :])) and len(run) >= _WORD
    return (heading and run.isalpha() and len(above) > len(run)) or len(_UNSPACED.findall(run)) >= _LONG


def _ties(text: str, seam: Seam) -> tuple[tuple[int, int], ...]:
    """Return the copies of which the lines above the one that ends at a seam begin, up to the number of a heading.

    An extractor that drops the copies of whole words leaves those between marks: `6.5. 저자의 말( / 말(Roland`.
    """
    ties: list[tuple[int, int]] = []
    end = seam.start
    for _ in range(_MOST_TIES):
        start = text.rfind("\n", max(end - _LONGEST_LINE, 0), end)
        top = text.rfind("\n", max(start - _LONGEST_LINE, 0), max(start, 0))
        if start < 0:
            break
        above, below = text[top + 1 : start].strip(), text[start + 1 : end].lstrip(" ")
        size = overlap(above, below) if above and below else 0
        if size < _WORD:
            break
        ties.insert(0, (start, end - len(below) + size))
        if NUMBERED.match("".join(above.split())) and below != above:
            return tuple(ties)
        end = start
    return ()


def _line_above(text: str, seam: Seam) -> str:
    return text[text.rfind("\n", 0, seam.start) + 1 : seam.start].strip()


def _line_below(text: str, seam: Seam) -> str:
    end = text.find("\n", seam.mark)
    return text[seam.start + 1 : end if end >= 0 else len(text)].strip()
