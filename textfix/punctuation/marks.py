"""Marks: which shapes are one and the same mark, and what may be done to it.

The classes follow GB/T 15834-2011 (use of punctuation marks), CLREQ section 3 and the decompositions of UnicodeData.txt
for the small and half-width forms.
"""

from __future__ import annotations

from typing import Final

from textfix.contracts import PairContract
from textfix.patterns import pattern
from textfix.unicode.scripts import BLANK, BOPOMOFO, HAN, KANA

#: Each string holds the shapes of one mark.
_SHAPES: Final = (
    ",，﹐︐、､﹑︑",  # one comma: which of the two full-width ones it is depends on the language
    ".。．｡﹒︒",
    ";；﹔︔",
    ":：﹕︓",
    "!！﹗︕",
    "?？﹖︖",
    "(（﹙︵",
    ")）﹚︶",
    "[［",
    "]］",
    "\"“”「」『』＂〝〞｢｣'‘’＇",
    "-－—―–─",
    "…⋯",
)
_CLASS: Final = {shape: shapes[0] for shapes in _SHAPES for shape in shapes}

#: Half-width and small marks, to full width.
FULL: Final = str.maketrans(",;:!?.﹐﹑﹒﹔﹕﹖﹗｡､．()﹙﹚", "，；：！？。，、。；：？！。、。（）（）")
#: Full-width marks, to half width, for text that is plainly Latin.
HALVES: Final = dict(zip("，。；：！？（）", ",.;:!?()"))

#: Blanks inside a line; the same as `scripts.BLANK`, one by one.
BLANKS: Final = frozenset(" \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f")
LETTERS: Final = HAN + KANA + BOPOMOFO
#: Small and half-width compatibility forms, and the full-width full stop that OCR takes for `。`.
SMALL: Final = "﹐﹑﹒﹔﹕﹖﹗｡､．"
#: Small brackets: no marks of a sentence, but as Chinese as what they will become.
SMALL_BRACKETS: Final = "﹙﹚"
FULL_MARKS: Final = "，。、；：！？（）《》〈〉【】〔〕「」『』…—·"
#: What stands around a mark that is itself the subject: `“,”`.
QUOTED: Final = frozenset(('""', "''", "“”", "‘’", "「」", "『』", "``", "()", "（）"))
#: What counts as Chinese or Japanese beside a mark.
CJK: Final = LETTERS + FULL_MARKS + SMALL + SMALL_BRACKETS
OPENERS: Final = "（《〈【〔「『"
CLOSERS: Final = "）》〉】〕」』"

_BLANKS = pattern(f"[{BLANK}]")
_RUNS = pattern(r"([,.;:\-…])\1+")


def _skeleton(marks: str) -> str:
    """A string of marks without width, blanks and doubling."""
    classes = "".join(_CLASS.get(mark, mark) for mark in _BLANKS.sub("", marks))
    return _RUNS.sub(r"\1", classes)


def _allowed(before: str, after: str) -> bool:
    old, new = _skeleton(before), _skeleton(after)
    if not old or any(mark.isalnum() for mark in old):
        return False
    return old == new or (new == "…" and old == "." and len(_BLANKS.sub("", before)) > 2)


SAME_MARK: Final = PairContract("turn a mark into another shape of the same mark, with the blanks beside it", _allowed)
