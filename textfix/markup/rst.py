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
_DOCTEST = pattern(r"[ \t]*>>> ")
_SIMPLE_TABLE = pattern(r"[ \t]*=+(?:[ \t]+=+)+[ \t]*$")
# The option of an option list; what it does stands behind two blanks.
_OPTION = pattern(r"[ \t]*(?:--?|/)[0-9A-Za-z](?:(?! {2})[^\t])*")
_REFUSED = pattern(r"[ \t]*(?:>>> |\.\.\. |:[^:\n]+:(?:\s|$)|\+[-=+]+\+|\||__[ \t])")
# Every repetition is bounded or stops at its own sign, so that a sign which nothing closes costs no more than that.
_INLINE = pattern(
    r"``.{1,2000}?``|(?::[\w.+:-]{1,60}:)?`[^`\n]+`(?::[\w.+:-]{1,60}:|__?)?|\|[^|\s][^|\n]*\|_{0,2}"
    r"|\[[\w#*.-]{1,60}\]_|_`[^`\n]+`|\\.",
    re.DOTALL,
)
# A sign opens behind a full-width mark, but not behind these.
_BEFORE_SIGN = pattern(r"[,.;!?]+(?=[*`|_:\[])")
_REFERENCE = pattern(r"_(?<=[\w.-].)_?(?!\w)")
_LONGEST_NAME = 60
_LONGEST_TABLE = 200


def untouchable(document: Document) -> list[tuple[int, int]]:
    """Return the lines and the inline constructs that are no running text.

    >>> text = "标题,一\\n=======\\n\\n你好,``a,b``。\\n\\n.. note:: x,y\\n   甲,乙\\n"
    >>> [text[start:end] for start, end in untouchable(Document(text, markup="rst"))]
    ['标题,一', '=======', '.. note:: x,y', '   甲,乙', '``a,b``', ',']
    """
    text = document.text
    found = (match.span() for signs in (_INLINE, _BEFORE_SIGN) for match in signs.finditer(text))
    return [*_lines(text), *found, *_references(text)]


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
    doctest = False  # goes on to the next blank line
    position = table = 0  # where the table ends that began before this line
    lines = text.split("\n")
    for number, line in enumerate(lines):
        start, end = position, position + len(line)
        position = end + 1
        if not line.strip():
            previous, doctest = None, False
            continue
        indent = len(line) - len(line.lstrip())
        if doctest or number < table or (inside >= 0 and indent > inside):
            yield start, end
            continue
        inside = -1
        doctest = _DOCTEST.match(line) is not None
        if _EXPLICIT.match(line):
            yield start, end
            inside = indent
        elif _SIMPLE_TABLE.match(line):
            yield start, end
            table = _end_of_table(lines, number)
        elif _ADORNMENT.match(line):
            if previous:
                yield previous
            yield start, end
        elif _REFUSED.match(line):
            yield start, end
        elif option := _OPTION.match(line):
            yield start, start + option.end()
        if _LITERAL_NEXT.search(line):
            inside = indent
        previous = (start, end)


def _end_of_table(lines: list[str], first: int) -> int:
    """The line behind a simple table, which ends with a border before a blank line."""
    for number in range(first + 1, min(first + _LONGEST_TABLE, len(lines))):
        if _SIMPLE_TABLE.match(lines[number]) and not "".join(lines[number + 1 : number + 2]).strip():
            return number + 1
    return first + 1
