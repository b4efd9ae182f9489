"""Tells a line between paragraphs, as headings stand, from one among lines of its like."""

from __future__ import annotations

from textfix.patterns import pattern

__all__ = ["begins_with", "is_below_heading", "is_between_paragraphs"]

_ABOVE = pattern(r"[。！？…!?.][”’」』）)\"]*\s*$")
_BELOW = pattern(r"[^\n]{0,80}[，。；、：！？,;!?]")
_MARGIN = 128  # characters
_RUNNING = 2  # lines
_SENTENCE = pattern(r"[，。；！？,;!?]")
_LEAST = 16  # characters of a line that goes on below


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
    return _BELOW.match(below) is not None and len(below.partition("\n")[0]) >= _LEAST


def _is_on_top(text: str, start: int) -> bool:
    """Say whether nothing stands above a line on its page but the running head and a page number."""
    top = text.rfind("\f", max(0, start - _MARGIN), start) + 1
    lines = [line for line in text[top:start].split("\n") if line.strip()]
    return (top > 0 or start <= _MARGIN) and len(lines) <= _RUNNING and not any(map(_SENTENCE.search, lines))


def is_below_heading(text: str, start: int) -> bool:
    """Say whether the line that starts there ends a heading: a line without a mark stands above it, between paragraphs.

    >>> text = "工程完工。\\n中央统战部举行台胞迎春招\\n待会 待会\\n统战部今天在京举行部分在京定居台胞迎春招待会。\\n"
    >>> is_below_heading(text, 19), is_below_heading(text, 6)
    (True, False)
    """
    above = text.rfind("\n", 0, max(start - 1, 0)) + 1
    line = text[above : max(start - 1, 0)].strip()
    return bool(line) and line[-1].isalnum() and is_between_paragraphs(text, above, start)
