"""Straight quotes in Chinese."""

from __future__ import annotations

from textfix.engine import Editor
from textfix.patterns import pattern
from textfix.punctuation import pairs
from textfix.punctuation.marks import LETTERS
from textfix.punctuation.page import Page

__all__ = ["repair"]

_ONE_LETTER = pattern(f"[{LETTERS}]")
_SHAPES = {"curly": ("“", "”", "‘", "’"), "corner": ("「", "」", "『", "』")}


def repair(page: Page, editor: Editor, shape: str) -> None:
    """Pair straight quotes and give them the shape asked for, with `auto` the document's; report the odd ones."""
    text = page.text
    if '"' not in text and "'" not in text and "＂" not in text:
        return
    if shape == "auto":
        curly, corner = text.count("“"), text.count("「")
        if page.language == "ja":
            return  # they stand for several Japanese ones, and are at home in technical Japanese
        shape = "corner" if corner > curly else "curly"
    opener, closer, inner_opener, inner_closer = _SHAPES[shape]
    reading = pairs.read(text, page.protected, lambda offset: not page.is_prose(page.line(offset)))
    chinese, latin = [], []
    for pair in reading.pairs:
        if text[pair.start] in "\"＂'" or text[pair.end] in "\"＂'":
            line = page.line(pair.start)
            around = (page.left(pair.start, line).kind, page.right(pair.end + 1, line).kind)
            if _ONE_LETTER.search(text, pair.start, pair.end):
                # Around a Chinese word in a Latin sentence, the quotes are the sentence's.
                if "C" in around or "L" not in around:
                    chinese.append(pair)
            elif "C" in around:
                latin.append(pair)
    # A Latin word in straight quotes may be a literal to type; among quotations it is one of them.
    for pair in chinese + latin if len(chinese) >= len(latin) else chinese:
        shapes = (inner_opener, inner_closer) if _is_inner(text, pair, shape) else (opener, closer)
        with editor.together():
            for at, after in zip(pair[:2], shapes):
                if text[at] in "\"＂'":
                    editor.replace(at, at + 1, after, "quote")
    for at in reading.odd:
        line = page.line(at)
        if "C" in (page.left(at, line).kind, page.right(at + 1, line).kind):
            editor.doubt(at, at + 1, "quote", "a straight quote without a partner in its paragraph")


def _is_inner(text: str, pair: pairs.Pair, shape: str) -> bool:
    if shape == "curly":
        return text[pair.start] == "'"
    return pair.depth > 0
