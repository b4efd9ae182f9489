"""Newlines: line ends of every kind become one kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from textfix.contracts import PairContract
from textfix.document import Document
from textfix.normalizers.base import Editor, Normalizer
from textfix.patterns import pattern
from textfix.signs import Sign

__all__ = ["Newlines"]

# What Quartz writes for one blank in the PDFs that it makes of Word documents: the font's ToUnicode table gives all the
# characters that share the glyph of the space, and extractors pass them on.
_QUARTZ_SPACE = "\t\r \u00a0"

_SEPARATORS = pattern(r"[\v\x85\u2028\u2029]")
_BREAKS = pattern(r"\t\r \u00a0|\r+\n?|[\v\x85\u2028\u2029]")
# C1 controls beside NEL say that bytes of Windows-1252 were read as Latin-1, where 0x85 is an ellipsis.
_OTHER_C1 = pattern(r"[\x80-\x84\x86-\x9f]")

_SIGN = Sign(pattern(r"[\r\v\x85\u2028\u2029]"))


def _allows(before: str, after: str) -> bool:
    if not after:
        return before.strip("\r") == ""
    if after == "\n":
        return before in ("\r", "\v", "\x85", "\u2028", "\u2029")
    return after == " " and before == _QUARTZ_SPACE


@dataclass(frozen=True)
class Newlines(Normalizer):
    """Newlines: line ends of every kind become one kind, the line feed.

    CR LF, CR CR LF (a CR LF file written through a text mode once more), CR (classic Mac OS), LF CR (where a file ends
    its lines so throughout), NEL (U+0085, from EBCDIC), the line and paragraph separators (U+2028, U+2029) and the
    vertical tab (a line break inside a paragraph of Word) all become LF. The form feed stays: it marks pages, and the
    layout reads it. `\\\\t\\\\r \\\\xa0`, what PDFs by Quartz give for one blank, becomes one blank.

    >>> Newlines()("城西区\\r\\n工作\\r回顾")
    '城西区\\n工作\\n回顾'
    >>> Newlines().explain("城西区\\r\\n工作").edits[0]
    Edit(start=3, end=4, before='\\r', after='', reason='newlines/crlf')

    Commands that write files put CR LF back where the file had it. In Markdown and reStructuredText the separators and
    the vertical tab stay: they end no line there, and a line feed would; LF CR and CR CR LF are two line ends there.

    When not to use it: on data in which a lone CR or U+2028 is not a line end, such as a log of a terminal.

    Sources: The Unicode Standard, section 5.8, "Newline Guidelines".
    """

    name = "newlines"
    reasons = ("crlf", "cr", "lfcr", "separator", "space")
    contract = PairContract("turn a line end of another kind into a line feed", _allows)
    probe = _SIGN.pattern

    def gate(self, document: Document) -> bool:
        return _SIGN.within(document)

    def signs(self) -> Sequence[Sign]:
        return (_SIGN,)

    def propose(self, document: Document, editor: Editor) -> None:
        text = document.text
        returns = text.count("\r")
        # Nearly every file that has a CR has it before each LF; the lengths of the lines then say where.
        uniform = returns == text.count("\r\n")
        if uniform and returns:
            lengths = accumulate(map(len, islice(text.split("\r\n"), returns)))
            starts = [length + 2 * index for index, length in enumerate(lengths)]
            editor.extend(starts, [start + 1 for start in starts], "", "crlf")
        breaks = list((_SEPARATORS if uniform else _BREAKS).finditer(text))
        # CommonMark knows no line ends but LF and CR, and docutils takes a VT for a blank: there, none becomes a break.
        separates = document.markup == "plain"
        backwards = separates and returns == text.count("\n\r")
        mistaken = "\x85" in text and _OTHER_C1.search(text) is not None
        for match in breaks:
            start, end = match.span()
            found = match[0]
            if found == _QUARTZ_SPACE:
                editor.replace(start, end, " ", "space")
            elif backwards and found[0] == "\r":
                editor.delete(start, start + 1, "lfcr")
            elif found[-1] == "\n":
                if not separates:  # each CR is a line end of its own
                    editor.extend(range(start, end - 2), range(start + 1, end - 1), "\n", "cr")
                    start = end - 2
                editor.delete(start, end - 1, "crlf")
            elif found[0] == "\r":
                editor.extend(range(start, end), range(start + 1, end + 1), "\n", "cr")
            elif separates and (found != "\x85" or not mistaken):
                editor.replace(start, end, "\n", "separator")
