"""Charts: texts that list characters, one a line, and are about the characters themselves."""

from __future__ import annotations

from textfix.document import Document

__all__ = ["is_chart"]

_LEAST = 50


def is_chart(document: Document) -> bool:
    """Say whether a text lists characters, one a line and hardly one twice: a view.

    The keys of a recognizer, a vocabulary, a table of glyphs are such texts; a column of vertical writing, in which
    characters return, is none.

    >>> is_chart(Document("\\n".join(map(chr, range(0x4E00, 0x4F00)))))
    True
    >>> is_chart(Document("\\n".join("城西区工作会议" * 20)))
    False
    """
    text = document.text
    count = text.count("\n") + 1
    if count < _LEAST or len(text) > 4 * count:
        return False
    lines = text.split()
    single = [line for line in lines if len(line) == 1]
    return 10 * len(single) > 9 * len(lines) and 10 * len(set(single)) > 9 * len(single) >= 9 * _LEAST
