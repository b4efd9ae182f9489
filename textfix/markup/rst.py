"""reStructuredText: refuse what is not running text, by the shape of lines.

Without a parser of its own, this errs on the side of refusing: directives, comments, targets and substitutions with
all that is indented below them, literal and doctest blocks, field lists, tables, titles (an underline must be as long
as its title), and inside a paragraph literals, roles, references and substitutions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textfix.document import Document
from textfix.patterns import pattern

__all__ = ["untouchable"]

_EXPLICIT = pattern(r"[ \t]*\.\.(?:[ \t]|$)")
_LITERAL_NEXT = pattern(r"::[ \t]*$")
_ADORNMENT = pattern(r"[ \t]*([!-/:-@\[-`{-~])\1{2,}[ \t]*$")
_REFUSED = pattern(r"[ \t]*(?:>>> |\.\.\. |:[^:\n]+:(?:\s|$)|\+[-=+]+\+|\||=+(?:[ \t]+=+)+[ \t]*$|__[ \t])")
# Every repetition is bounded or stops at its own sign, so that a sign which nothing closes costs no more than that.
_INLINE = pattern(
    r"``.{1,2000}?``|(?::[\w.+:-]{1,60}:)?`[^`\n]+`(?::[\w.+:-]{1,60}:|__?)?|\|[^|\s][^|\n]*\|_{0,2}"
    r"|\[[\w#*.-]{1,60}\]_|_`[^`\n]+`|\\.",
    re.DOTALL,
)
_REFERENCE = pattern(r"_(?<=[\w.-].)_?(?!\w)")
_LONGEST_NAME = 60


def untouchable(document: Document) -> list[tuple[int, int]]:
    """Return the lines and the inline constructs that are no running text.

    >>> text = "标题,一\\n=======\\n\\n你好,``a,b``。\\n\\n.. note:: x,y\\n   甲,乙\\n"
    >>> [text[start:end] for start, end in untouchable(Document(text, markup="rst"))]
    ['标题,一', '=======', '.. note:: x,y', '   甲,乙', '``a,b``']
    """
    text = document.text
    return [*_lines(text), *(match.span() for match in _INLINE.finditer(text)), *_references(text)]


def _references(text: str) -> Iterator[tuple[int, int]]:
    """Names with a low line behind, found from the low line: a name may be as long as a paragraph of Chinese."""
    for sign in _REFERENCE.finditer(text):
        start = sign.start()
        lowest = max(0, start - _LONGEST_NAME)
        while start > lowest and (text[start - 1].isalnum() or text[start - 1] in "_.-"):
            start -= 1
        yield start, sign.end()


def _lines(text: str) -> Iterator[tuple[int, int]]:
    inside = -1  # the indent of the line that opened a refused block; all that is indented deeper belongs to it
    previous: tuple[int, int] | None = None
    position = 0
    for line in text.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        if not line.strip():
            previous = None
            continue
        indent = len(line) - len(line.lstrip())
        if inside >= 0 and indent > inside:
            yield start, end
            continue
        inside = -1
        if _EXPLICIT.match(line):
            yield start, end
            inside = indent
        elif _ADORNMENT.match(line):
            if previous:
                yield previous
            yield start, end
        elif _REFUSED.match(line):
            yield start, end
        if _LITERAL_NEXT.search(line):
            inside = indent
        previous = (start, end)
