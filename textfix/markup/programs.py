"""Plain text that programs read: source code with its comments, configuration, logs, records, pages of TeX or HTML.

A mark there is syntax, or stands beside syntax and was typed on the same keyboard: no typesetter and no extractor had a
hand in it. One line seldom shows what it belongs to, so its neighbours are asked.
"""

from __future__ import annotations

from textfix.document import Document
from textfix.patterns import pattern

__all__ = ["Programs", "programs"]

#: How a line of a program, a configuration, a log or a record begins.
_HEAD = pattern(
    r"[}\])]|#(?:!|include|define|ifn?def|endif|pragma)|</?[A-Za-z][^<>]*>|<[!?]|@[A-Za-z]\w*(?:\(|\Z)"
    r"|\\(?:begin|end|item|section|chapter|label|usepackage|newcommand)\b"
    r"|(?:import|package|using|from|def|class|func|fn|function|const|let|var|local|return|export|public|private"
    r"|protected|static|async|struct|enum|interface|namespace|echo|exit|printf?|SELECT|INSERT|UPDATE|DELETE|CREATE"
    r"|FROM|WHERE|JOIN|GROUP BY|ORDER BY|ALTER|DROP|sudo|apt-get|mkdir)\b(?=[ \t]*[(\"'{$*]|[ \t]+[A-Za-z_$*\"'{(/.-])"
    r"|(?:if|for|while|switch|elif|else|catch|try)\b[^,，。]*[{:(]"
    r"|[\w.$\[\]\"'-]+[ \t]*(?:[-+*/|:]?=|=>|->)[ \t]*\S"
    r"|(?:- )?[A-Za-z_][\w-]*:[ \t]*(?:\Z|[\[{&*|>\"'0-9])|\"[^\"]*\"[ \t]*:|\[[^\]]*\]\Z"
    r"|\[?(?:\d{4}-\d\d-\d\d[ T])?\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\]?[ \t]*[<\[A-Z]|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d"
    r"|(?:RUN|COPY|CMD|WORKDIR|ENV|EXPOSE|fun|val|data class|puts|raise|when|case)\b[ \t]+\S"
    r"|(?:end|fi|done|esac|do|then|begin|else)\Z|[A-Za-z_][\w.]*\([^，。；]*\)\Z|[A-Za-z_][\w.]* <- \S"
    r"|commit [0-9a-f]{7,40}\Z|(?:Author|Date|Merge): |Traceback \(|File \"|[A-Za-z.]*(?:Error|Exception|Warning): "
    r"|[^，。]{0,60}?[\w-]\[\d+\]: |\{\{|\|[ \t]*\w+[ \t]*="
    r"|[A-Z][A-Z0-9-]+(?:;[A-Z=-]+)*:\S|\$ |>>> |msg(?:id|str)\b|:[a-z]+(?: [\w.]+)*:(?:[ \t]|\Z)"
)
#: How one ends: `;` behind what is no Chinese, a bracket that opens or closes a block.
_TAIL = pattern(r"(?:[{}]|[!-~];|[(\[][\"']?|[\])}\"'][,;]|=>|\\)\Z")
#: A comment says nothing about the lines beside it.
_COMMENT = pattern(r"(?:#|//|/\*|\*|--|;|%)(?:[ \t*/!]|\Z)|\"\"\"|'''")
_TAIL_REACH = 8
#: A text that begins or goes on like this is one as a whole.
_WHOLE = pattern(r"\s*(?:<\?xml|<!DOCTYPE|<html\b|\\documentclass|diff --git |BEGIN:V)|@@ -\d+(?:,\d+)? \+\d+")
_HUNK = "\n@@ -"

#: There is nothing for a program to read that has none of these.
_SIGNS = "{};:=<\\$"

#: So many lines above and below are asked, and of those that are no comments so many must show it, a third at least.
_REACH = 10
_LEAST = 3


class Programs:
    """The lines of a document that programs read, each looked at when somebody asks."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._shows: dict[int, int] = {}
        is_plain = document.markup == "plain"
        self._is_whole = is_plain and self._reads_all()
        self._asks = is_plain and not self._is_whole and sum(map(self._text.count, _SIGNS)) >= _LEAST

    def _reads_all(self) -> bool:
        hunk = self._text.find(_HUNK)
        return _WHOLE.match(self._text) is not None or (hunk >= 0 and _WHOLE.match(self._text, hunk + 1) is not None)

    def read(self, offset: int) -> bool:
        """Say whether a program reads the line of this offset.

        >>> text = "x = f(1)\\nif x {\\n  # 甲,乙\\n  g(x);\\n}\\n"
        >>> programs(Document(text)).read(text.index("甲")), programs(Document("甲,乙\\nx = 1")).read(0)
        (True, False)
        """
        if not self._asks:
            return self._is_whole
        text = self._text
        start = text.rfind("\n", 0, offset) + 1
        shown = [self._line(start)]
        above, below = start, text.find("\n", start) + 1
        for _ in range(_REACH):
            if above:
                above = text.rfind("\n", 0, above - 1) + 1
                shown.append(self._line(above))
            if below:
                shown.append(self._line(below))
                below = text.find("\n", below) + 1
        signed = shown.count(1)
        return signed >= _LEAST and 3 * signed >= signed + shown.count(0)

    def _line(self, start: int) -> int:
        """What a line shows: 1 for syntax, 0 for none, -1 where it does not count."""
        known = self._shows.get(start)
        if known is None:
            end = self._text.find("\n", start)
            known = self._shows[start] = _shows(self._text[start : end if end >= 0 else None].strip())
        return known


def programs(document: Document) -> Programs:
    """Return what programs read of a document: a view."""
    return Programs(document)


def _shows(line: str) -> int:
    if _HEAD.match(line) or _TAIL.search(line, max(0, len(line) - _TAIL_REACH)):
        return 1
    return -1 if not line or _COMMENT.match(line) else 0
