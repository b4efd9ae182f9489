"""Straight quotes in Chinese."""

from __future__ import annotations

from textfix.engine import Editor
from textfix.patterns import pattern
from textfix.punctuation import pairs
from textfix.punctuation.marks import LETTERS
from textfix.punctuation.page import Page

__all__ = ["repair"]

_ONE_LETTER = pattern(f"[{LETTERS}]")
#: Signs of what is typed into a machine, in quotes that it may need: an option, a path, an assignment, a name of code.
_COMMAND = pattern(r"[\\/_=<>{}\[\]|$#@*~^;]|[-+](?<=[\"＂“ -].)[A-Za-z]")
_WORDLIKE = pattern(r"[^\W_]")
_HABIT = 5  # so many pairs, and a third as many others at most, are how a writer writes
_SHAPES = {"curly": ("“", "”", "‘", "’"), "corner": ("「", "」", "『", "』")}


def repair(page: Page, editor: Editor, shape: str) -> dict[int, str]:
    """Pair straight quotes and give them the shape asked for, with `auto` the document's; report the odd ones.

    Returns what each one that is repaired becomes, by its offset.

    A manual that sets straight quotes throughout, with full-width commas beside them, does so on purpose: with `auto`
    they stay.
    """
    made: dict[int, str] = {}
    text, follows = page.text, shape == "auto"
    if '"' not in text and "'" not in text and "＂" not in text:
        return made
    if follows:
        curly, corner = text.count("“"), text.count("「")
        if page.language == "ja":
            return made  # they stand for several Japanese ones, and are at home in technical Japanese
        shape = "corner" if corner > curly else "curly"
    opener, closer, inner_opener, inner_closer = _SHAPES[shape]
    reading = pairs.read(text, page.protected, lambda offset: not page.is_prose(page.line(offset)))
    chinese, latin = [], []
    literals = 0
    for pair in reading.pairs:
        if pair.end == pair.start + 1:
            continue  # an empty string, which is no quotation
        if text[pair.start] in "\"＂'" or text[pair.end] in "\"＂'":
            line = page.line(pair.start)
            sides = page.left(pair.start, line), page.right(pair.end + 1, line)
            around = [side.kind for side in sides]
            if _ONE_LETTER.search(text, pair.start, pair.end):
                # Around a Chinese word in a Latin sentence, the quotes are the sentence's. A mark does not tell: it may
                # be of either width.
                if "L" not in around or any(side.kind == "C" and _ONE_LETTER.match(text, side.at) for side in sides):
                    chinese.append(pair)
            elif "C" in around:
                if _COMMAND.search(text, pair.start + 1, pair.end) or not _WORDLIKE.search(text, pair.start, pair.end):
                    literals += 1  # or a sign that is the subject
                else:
                    latin.append(pair)
    if follows and _is_house_style(text, len(chinese) + len(latin) + literals):
        chinese = latin = []
    # A Latin word in straight quotes may be a literal to type; among quotations it is one of them.
    for pair in chinese + latin if len(chinese) >= len(latin) else chinese:
        shapes = (inner_opener, inner_closer) if _is_inner(text, pair, shape) else (opener, closer)
        # Half of a pair that is curly already says what the other half is.
        if text[pair.start] == "“" or text[pair.end] == "”":
            shapes = ("“", "”")
        with editor.together():
            for at, after in zip(pair[:2], shapes):
                if text[at] in "\"＂'":
                    editor.replace(at, at + 1, after, "quote")
                    made[at] = after
    for at in reading.odd:
        line = page.line(at)
        if "C" in (page.left(at, line).kind, page.right(at + 1, line).kind):
            editor.doubt(at, at + 1, "quote", "a straight quote without a partner in its paragraph")
    return made


def _is_house_style(text: str, straight: int) -> bool:
    """Say whether so many straight pairs are the rule of a document whose other marks kept their width."""
    if straight < _HABIT or not ("，" in text or "。" in text):
        return False
    return 3 * (text.count("“") + text.count("「") + text.count("『")) <= straight


def _is_inner(text: str, pair: pairs.Pair, shape: str) -> bool:
    if shape == "curly":
        return text[pair.start] == "'"
    return pair.depth > 0
