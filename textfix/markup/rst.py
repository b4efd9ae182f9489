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
_INLINE = pattern(
    r"``.+?``|(?::[\w.+:-]+:)?`[^`\n]+`(?::[\w.+:-]+:|__?)?|\|[^|\s][^|\n]*\|_{0,2}|\[[\w#*.-]+\]_|[\w.-]+__?(?![\w])|_`[^`\n]+`|\\.",
    re.DOTALL,
)


def untouchable(document: Document) -> list[tuple[int, int]]:
    """Return the lines and the inline constructs that are no running text.

    >>> text = "标题,一\\n=======\\n\\n你好,``a,b``。\\n\\n.. note:: x,y\\n   甲,乙\\n"
    >>> [text[start:end] for start, end in untouchable(Document(text, markup="rst"))]
    ['标题,一', '=======', '.. note:: x,y', '   甲,乙', '``a,b``']
    """
    text = document.text
    return [*_lines(text), *(match.span() for match in _INLINE.finditer(text))]


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
