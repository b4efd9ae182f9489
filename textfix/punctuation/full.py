"""Full-width marks: doubled ones, dots for an ellipsis, and those in lines that are Latin throughout."""

from __future__ import annotations

from textfix.engine import Editor
from textfix.patterns import pattern
from textfix.punctuation.marks import FULL, HALVES, LETTERS
from textfix.punctuation.page import Page
from textfix.signs import Sign
from textfix.unicode.scripts import HANGUL

__all__ = ["SUSPECT", "TWINS", "repair"]

TWINS = ("，，", "。。", "、、")
# Latin characters are fewer than marks in Chinese.
SUSPECT = Sign.of("[0-9A-Za-z)]", right="[，。；：！？（]")

_FULL_MARK = pattern(r"[，。、；：！？（）](?:(?<=，)，+|(?<=。)。+|(?<=、)、+|(?<=[0-9A-Za-z)（）.”’].))")
_LATIN_LINE = pattern(r"\s*[A-Za-z][\t -~’“”‘，。；：！？（）]*\s*")
_LOWER_WORD = pattern(r"\b[a-z]{2,}\b")
_WORD = pattern(r"\b[A-Za-z]{2,}\b")
_CODE_SIGN = pattern(r"[\[\]{}<>=/\\|]")
_NOT_LATIN = pattern(rf"[{LETTERS}{HANGUL}]")


def repair(page: Page, editor: Editor) -> None:
    """Make doubled marks one and dots an ellipsis, and narrow the marks of English lines."""
    text = page.text
    if not any(twin in text for twin in TWINS) and not SUSPECT.within(page.document):  # in which no quote has a part
        return
    reached, is_latin = -1, False
    for run in _FULL_MARK.finditer(text):
        start, end = run.span()
        if end - start == 1:
            if start > reached:
                low, reached = page.bounds(start)
                is_latin = _is_latin_line(page, low, reached)
            if is_latin and text[start] in HALVES and start not in page.protected:
                following = text[end : end + 1]
                apart = following and (following.isalnum() or following in "“‘(\"'")
                if text[start] in "（）" and page.language is not None:
                    continue  # beside Chinese, full-width parentheses may be set around Latin words on purpose
                opens = text[start] == "（" and following != "）"
                before, behind = " " if opens else "", " " if apart and text[start] != "（" else ""
                editor.replace(start, end, before + HALVES[text[start]] + behind, "latin")
        elif end - start == 2 or text[start] == "。":
            line = page.line(start)
            if line.language != "zh" or not page.is_prose(line) or page.protected.meets(start, end):
                continue
            if text[start] in (text[start - 1 : start] + text[end : end + 1]).translate(FULL):
                continue  # three, one of them half width: two are a slip, more are not
            if not page.claim(*range(start, end)):
                continue
            if end - start == 2:
                editor.replace(start, end, text[start], "doubled")
            else:
                editor.replace(start, end, "……", "ellipsis")


def _is_latin_line(page: Page, start: int, end: int) -> bool:
    """Say whether a line is an English sentence throughout, and no wrapped part of a Chinese one.

    A line of Latin names may be such a part. So there must be words that are no names, and the line before must be too
    short to have been wrapped. Where the whole document is without Chinese, two words, one of
    which is no name, are enough.
    """
    text, span = page.text, (start, end)
    if not _LATIN_LINE.fullmatch(text, *span) or _CODE_SIGN.search(text, *span):
        return False
    if page.language is None:
        return len(_WORD.findall(text, *span)) > 1 and _LOWER_WORD.search(text, *span) is not None
    if len(_LOWER_WORD.findall(text, *span)) < 2:
        return False
    above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
    return not _NOT_LATIN.search(above) or 2 * len(above) < end - start
