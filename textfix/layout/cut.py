"""Words that a line break cut without a hyphen, as it does in columns that are set character by character.

What words there are the document tells: those inside its lines, which no break can have cut.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from . import classes as c
from .lines import Bools, Lines

__all__ = ["cut_words"]

_LETTER: Final = c.members(c.LOWER, c.UPPER)
_LETTERS: Final = re.compile(r"[\uac00-\ud7a3]+|[A-Za-z]+")
_LAST: Final = re.compile(rf"(?:{_LETTERS.pattern})$")
#: The last syllables of particles and endings, behind which a Korean word is complete.
_ENDINGS: Final = frozenset("은는이가을를에의로와과도만고며서면다한인할된될운던들지게")
#: So many breaks must cut a word for certain, and such a share of them, for a text to be set character by character.
_LEAST: Final = {"hangul": 3, "latin": 2}
_SHARE: Final = 0.1
_LONGEST: Final = 40


@dataclass
class _Words:
    """The words inside the lines of a document, and all that they begin with."""

    known: Counter[str]
    begun: set[str]

    @classmethod
    def of(cls, text: str) -> _Words:
        known: Counter[str] = Counter()
        for line in map(str.strip, text.lower().split("\n")):
            words = _LETTERS.findall(line)
            if words:
                known.update(words[line.startswith(words[0]) : len(words) - line.endswith(words[-1])])
        return cls(known, {word[:size] for word in known for size in range(2, len(word) + 1)})


def cut_words(lines: Lines, at: npt.NDArray[np.intp]) -> Bools:
    """Say which of the lines *at*, which a space would part from the next, end in the middle of a word.

    >>> from .lines import lines_of
    >>> page = "使用 Debian 的 system 文件，安装 Deb\\nian 的 sys\\ntem 组成部分。"
    >>> cut_words(lines_of([page]), np.array([0, 1])).tolist()
    [True, True]
    """
    a, b = lines.tail[0][at], lines.head[0][at + 1]
    hangul = (a == c.HANGUL) & (b == c.HANGUL)
    latin = _LETTER[a] & _LETTER[b]
    cut = np.zeros(len(at), bool)
    if not hangul.any() and not (latin.any() and (lines.han.any() or lines.hangul.any())):
        return cut
    docs = len(lines.base)
    wide = np.bincount(lines.doc, lines.han, docs) + np.bincount(lines.doc, lines.hangul, docs)
    latin &= (4 * wide >= np.bincount(lines.doc, lines.letters, docs))[lines.doc[at]]
    for script, which in (("hangul", hangul), ("latin", latin)):
        chosen = np.flatnonzero(which)
        owner = lines.doc[at[chosen]]
        for doc in np.flatnonzero(np.bincount(owner, minlength=docs) >= _LEAST[script]).tolist():
            own = chosen[owner.searchsorted(doc) : owner.searchsorted(doc, "right")].tolist()
            start = int(lines.base[doc])
            end = int(lines.base[doc + 1]) - 1 if doc + 1 < docs else len(lines.codes)
            words = _Words.of(lines.text(start, end))
            halves = [_halves(lines, int(at[k])) for k in own]
            certain = [_is_certain(words, *pair) for pair in halves]
            if sum(certain) >= max(_LEAST[script], _SHARE * len(own)):
                cut[own] = certain if script == "latin" else [s or _runs_on(words, *p) for s, p in zip(certain, halves)]
    return cut


def _halves(lines: Lines, i: int) -> tuple[str, str]:
    """The letters at the end of a line and at the beginning of the next."""
    first, last = int(lines.first[i]), int(lines.last[i])
    below, end = int(lines.first[i + 1]), int(lines.last[i + 1])
    before = _LAST.search(lines.text(max(first, last - _LONGEST), last))
    behind = _LETTERS.match(lines.text(below, min(end, below + _LONGEST)))
    return (before[0].lower() if before else "", behind[0].lower() if behind else "")


def _is_certain(words: _Words, head: str, tail: str) -> bool:
    """Say whether two halves are one word that the document has, and no two."""
    known, korean = words.known, not tail.isascii()
    if known[head + tail]:
        return not (known[head] and known[tail]) if korean else not known[head] and not known[tail]
    return korean and head + tail[:1] in words.begun and not known[head]


def _runs_on(words: _Words, head: str, tail: str) -> bool:
    """Say whether a word more likely runs on than not, in a text that cuts words: three breaks in four do."""
    return not words.known[head] and head[-1:] not in _ENDINGS and not words.known[tail]
