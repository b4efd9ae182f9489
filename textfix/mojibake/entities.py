"""Character references of HTML that were left in plain text."""

from __future__ import annotations

from collections.abc import Iterator
from html.entities import name2codepoint

from textfix.patterns import pattern

__all__ = ["references", "resolved"]

_NAMES = {name: chr(code) for name, code in name2codepoint.items() if name not in ("lt", "gt", "shy", "zwj", "zwnj")}
_REFERENCE = pattern(rf"&(?:amp;)*(?:#(\d{{2,7}})|#[xX]([0-9A-Fa-f]{{2,6}})|({'|'.join(_NAMES)}));")
_RUN = pattern(r"(?:&[#0-9A-Za-z;]{2,40};)+")
# Markup, or a text about it.
_MARKUP = pattern(r"(?i)</?[a-z!]|html|xml|entit|escap|实体|實體|转义|轉義|标签|標籤|字符引用")
_QUOTES = "\"'`“”‘’「」『』"


def references(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and character of every reference that can only be a leftover.

    A reference stands inside a word or at its edge; the one that a text talks about stands alone or in quotes. `&lt;`
    and `&gt;` stay, because what they give could be taken for markup, and a text with markup or about it stays.

    >>> list(references("他说&ldquo;好&rdquo; AT&amp;T &nbsp; a&lt;b"))
    [(2, 9, '“'), (10, 17, '”'), (20, 25, '&')]
    """
    if "&" not in text or not _REFERENCE.search(text) or _MARKUP.search(text):
        return
    for run in _RUN.finditer(text):
        start, end = run.span()
        left, right = text[start - 1 : start], text[end : end + 1]
        token = text[max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1 : start]
        shown = left and right and left in _QUOTES and right in _QUOTES
        if shown or "://" in token:
            continue
        if not (_is_letter(left) or _is_letter(right)):
            continue
        for match in _REFERENCE.finditer(run[0]):
            character = resolved(match[0])
            inside = _is_letter(left) and _is_letter(right)
            if character and (inside or character != "&"):
                yield start + match.start(), start + match.end(), character


def resolved(reference: str) -> str:
    """Return the character of a reference, however often its ampersand was escaped; nothing if it is no plain one."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return ""
    if match[3]:
        return _NAMES[match[3]]
    code = int(match[1]) if match[1] else int(match[2], 16)
    # HTML reads the C1 codes as Windows-1252, and so do browsers.
    character = (
        bytes((code,)).decode("cp1252", "ignore") if 0x80 <= code < 0xA0 else chr(code) if code < 0x110000 else ""
    )
    return character if character.isprintable() and character not in "<>" else ""


def _is_letter(character: str) -> bool:
    return character.isalnum() or "\u3001" <= character <= "\u301f" or "\uff01" <= character <= "\uff5e"
