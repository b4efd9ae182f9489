"""Tells a line between paragraphs, as headings stand, from one among lines of its like."""

from __future__ import annotations

import unicodedata

from textfix.overlay.numbers import LEVELS, NUMBERED
from textfix.patterns import pattern

__all__ = ["begins_with", "is_below_heading", "is_between_paragraphs", "lines_beside", "rest_of_heading"]

_ABOVE = pattern(r"(?:[。！？…!?.][”’」』）)\"]*|[）)])\s*$")  # or who says so
_BELOW = pattern(r"[^\n]{0,80}[，。；、：！？,;!?]")
_MARGIN = 128  # characters
_RUNNING = 2  # lines
_SENTENCE = pattern(r"[，。；！？,;!?]")
_LEAST = 16  # characters of a line that goes on below
_MOST_LINES = 3  # of a heading, above its last one
_LONGEST = 512  # characters of a line
_PROSE = pattern(r"[^\W\d_][”’」』）)\"]*(?:[，。；、：！？]|[,;:!?.](?:\s|$))")
_WORD = pattern(r"(?<![^\s(])[a-z]{2,}(?![^\s)])")
_WORDS = 3  # of a language with blanks between them, in small letters
_PAUSES = frozenset("，。；、：！？,;:!?…“”‘’「」『』\"'")
_SCALE = 2  # how much larger the letters of a heading are than those of the text, at most


def begins_with(text: str, indent: str) -> bool:
    """Say whether a line of the text is set in so far, and no farther.

    >>> text = "到此为止。\\n　　另外，还有人来。\\n"
    >>> begins_with(text, "　　"), begins_with(text, "　")
    (True, False)
    """
    found = text.find("\n" + indent)
    while found >= 0:
        after = text[found + 1 + len(indent) : found + 2 + len(indent)]
        if after and not after.isspace():
            return True
        found = text.find("\n" + indent, found + 1)
    return False


def is_between_paragraphs(text: str, start: int, last: int) -> bool:
    """Say whether a sentence ends above the line that starts there, and another one begins below a line.

    >>> text = "工程完工。\\n学会道歉 学会道歉\\n他说，谁都会犯错误，知错能改就好。\\n"
    >>> is_between_paragraphs(text, 6, 6), is_between_paragraphs("学会道歉 学会道歉\\n学会歌唱 学会歌唱\\n", 0, 0)
    (True, False)
    """
    end = text.find("\n", last)
    if end < 0 or not (_is_on_top(text, start) or _ABOVE.search(text, max(0, start - 80), start)):
        return False
    below = text[end : end + 120].lstrip()
    line = below.partition("\n")[0]
    return len(line) >= _LEAST and (_BELOW.match(below) is not None or len(_WORD.findall(line)) > _WORDS)


def _is_on_top(text: str, start: int) -> bool:
    """Say whether nothing stands above a line on its page but the running head and a page number."""
    top = text.rfind("\f", max(0, start - _MARGIN), start) + 1
    if not top and start > _MARGIN:
        return False
    lines = [line for line in text[top:start].split("\n") if line.strip()]
    return len(lines) <= _RUNNING and not any(map(_SENTENCE.search, lines))


def is_below_heading(text: str, start: int) -> bool:
    """Say whether the line that starts there ends a heading: a line without a mark stands above it, between paragraphs.

    >>> text = "工程完工。\\n中央统战部举行台胞迎春招\\n待会 待会\\n统战部今天举行在京定居台胞迎春招待会。\\n"
    >>> is_below_heading(text, 19), is_below_heading(text, 6)
    (True, False)
    """
    above = text.rfind("\n", 0, max(start - 1, 0)) + 1
    line = text[above : max(start - 1, 0)].strip()
    return bool(line) and line[-1].isalnum() and is_between_paragraphs(text, above, start)


def lines_beside(text: str, start: int) -> tuple[str, str]:
    """Return the lines above and below the one that starts there; nothing where there is none."""
    above = text[max(text.rfind("\n", 0, max(start - 1, 0)) + 1, start - _LONGEST) : max(start - 1, 0)]
    end = text.find("\n", start)
    if end < 0:
        return above, ""
    stop = text.find("\n", end + 1)
    return above, text[end + 1 : min(stop if stop >= 0 else len(text), end + _LONGEST)]


def rest_of_heading(text: str, start: int) -> str | None:
    """Say by what the lines above are a heading that the one that starts there can only go on from; None if it may not.

    They begin with a `number`, or their `words` stand below the end of a sentence. A heading goes on only from a line
    that is full, as wide as the lines of the text below, but for their size; and what goes on is no longer.

    >>> text = "完工。\\n1.4.10. 统战部举行台胞迎春招\\n待会 待会\\n统战部今天举行在京台胞迎春招待会。\\n"
    >>> rest_of_heading(text, 23), rest_of_heading(text.replace("1.4.10. ", ""), 15), rest_of_heading(text, 4)
    ('number', 'words', None)
    >>> rest_of_heading("1.2. 收入\\n金额 金额\\n我公司去年的收入大幅增长，其中销售收入占大部分。\\n", 8)
    """
    line, below = map(str.strip, lines_beside(text, start))
    more = _line_after_next(text, start)
    own = text[start : text.find("\n", start)].strip()
    if not line or line[-1] in _PAUSES or not (_PAUSES.isdisjoint(own) and _is_prose(below, more)):
        return None
    # A hyphen that an extractor left out joined two lines.
    width = min(map(_width, (below, more))) if len(more) >= _LEAST else _width(below)
    if _width(line) * _SCALE < max(width, _width(own)):
        return None
    top = start
    for _ in range(_MOST_LINES):
        top = text.rfind("\n", 0, max(top - 1, 0)) + 1
        said = text[top : min(text.find("\n", top), top + _LONGEST)].strip()
        if not said or said[-1] in _PAUSES:
            return None
        if NUMBERED.match(said) and not NUMBERED.match(lines_beside(text, top)[0].strip()):
            return "number"
        if is_between_paragraphs(text, top, start):
            return "words"
        if not top:
            return None
    return None


def _line_after_next(text: str, start: int) -> str:
    end = text.find("\n", text.find("\n", start) + 1)
    return text[end : end + _LONGEST].lstrip().partition("\n")[0].rstrip() if end >= 0 else ""


def _is_prose(below: str, more: str) -> bool:
    """Say whether the line below, with the one that follows, is one of a text: a word, and a mark, stand there."""
    if len(below) < _LEAST or LEVELS.match(below):
        return False
    words = [len(_WORD.findall(line)) for line in (below, more)]
    return _PROSE.search(below + " " + more) is not None or min(words) >= _WORDS


def _width(line: str) -> int:
    """Return how wide a line is, in halves of a square."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in line)
