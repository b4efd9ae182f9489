"""Vertical text that was dumped one character a line."""

from __future__ import annotations

from collections.abc import Iterator

from textfix.document import Document
from textfix.letterspacing.evidence import cohesion, is_enumeration, pairs
from textfix.letterspacing.han import Finding
from textfix.patterns import pattern
from textfix.signs import Sign, absent

__all__ = ["SIGNS", "findings", "may_be_vertical"]

_LETTER = "[\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3041-\u3096\u30a1-\u30fa\u30fc]"
_SIGN = "[，。、；：！？…—｜︱·“”‘’（）《》〈〉「」『』︵︶﹁﹂﹃﹄︽︾︿﹀【】〔〕0-9０-９]"
_BLANK = "[ \t\u3000]"

#: The end of a line of one letter, as far as its last two characters tell.
SIGNS = (
    Sign(pattern(f"[\n](?<=[\n \t\u3000]{_LETTER}\n)"), left=f"[\n \t\u3000]{_LETTER}"),
    Sign.of("[\n]", left=f"{_LETTER[:-1]} \t\u3000]{_BLANK}"),
)
_PROBE = pattern(f"\n{_BLANK}{{0,40}}{_LETTER}{_BLANK}{{0,8}}\n")
_RUN = pattern(
    f"(?m)^{_BLANK}{{0,40}}(?:{_LETTER}|{_SIGN}){_BLANK}{{0,8}}(?:\n{_BLANK}{{0,40}}(?:{_LETTER}|{_SIGN}){_BLANK}{{0,8}}){{3,}}$"
)
_BREAK = pattern(f"{_BLANK}*\n{_BLANK}*")
_LETTERS = pattern(_LETTER)
_KANA = pattern("[\u3041-\u3096\u30a1-\u30fa]")


def may_be_vertical(document: Document) -> bool:
    """Say whether a line holds one letter alone."""
    return not absent(document, SIGNS) and _PROBE.search(document.text) is not None


def findings(document: Document) -> Iterator[Finding]:
    """Yield runs of lines that hold one character each and read as one line, and a doubt for those that may not."""
    if not may_be_vertical(document):
        return
    text = document.text
    runs = list(_RUN.finditer(text))
    letters = ["".join(_LETTERS.findall(run[0])) for run in runs]
    for run, word, values in zip(runs, letters, pairs(letters)):
        if len(word) < 4 or is_enumeration(word):
            continue
        kana = len(_KANA.findall(word))
        marks = 2 * len(word) > len("".join(run[0].split())) > len(word)
        certain = cohesion(values) + 3 * marks >= 0.5 if 4 * kana < len(word) else len(word) >= 5
        start = run.start() + len(run[0]) - len(run[0].lstrip())
        end = run.start() + len(run[0].rstrip())
        if certain:
            gaps = [(gap.start(), gap.end()) for gap in _BREAK.finditer(text, start, end)]
            yield Finding(start, end, gaps, "")
        else:
            yield Finding(start, end, [], f"{len(word)} lines of one character each: a vertical line or a list")
