"""Markdown: what of a document is text, by a real parser; everything else is left alone.

The parser (markdown-it-py, CommonMark with tables and strikethrough) finds the blocks and reads the text inside them;
what it takes as literal text may be repaired, and nothing else: not code, not a link's target or title, not HTML, not a
definition, not the lines and bars that make a table, not front matter, which is set apart before it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from textfix.document import Document
from textfix.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

__all__ = ["first_difference", "same_structure", "untouchable"]

_FRONT_MATTER = pattern(
    r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?=[^\n]*[:=#])(?:.*\r?\n)*?(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_LINE = pattern(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LINE_BREAK = pattern(r"\r\n|\r|\n")

# What other flavours of Markdown mean by lines and braces that CommonMark takes for text: containers (`::: tip 提示`),
# modules of MDX, attributes of headings (`{#id}`) and expressions, callouts (`[!NOTE]`), the boxes of task lists,
# footnotes.
_FLAVOURS = pattern(
    r"^[ \t]*:{3,}.*$"
    r"|^(?:import\s[^\n]*\bfrom\b|import\s*['\"]|export\s+(?:const|let|default|function|async)\b).*(?:\n(?!\s*\n).+)*"
    r"|\{[^{}\n]{0,300}\}|^[ \t>*+0-9.)-]*\[[ xX!][^\]\n]{0,20}\]|\[\^[^\]\n]{1,60}\]:?|^\[TOC\]|==|\^\[",
    re.MULTILINE,
)


def untouchable(document: Document) -> list[tuple[int, int]]:
    """Return every stretch of the document that is not literal text.

    >>> text = "见[你好,世界](a,b.md),和`x,y`。"
    >>> [text[start:end] for start, end in untouchable(Document(text, markup="markdown"))]
    ['[', '](a,b.md)', '`x,y`']
    """
    text = document.text
    spans = []
    position = 0
    for start, end in sorted(_literal(text)):
        if start > position:
            spans.append((position, start))
        position = max(position, end)
    if position < len(text):
        spans.append((position, len(text)))
    spans += [match.span() for match in _FLAVOURS.finditer(text)]
    return spans


def same_structure(before: str, after: str) -> bool:
    """Say whether two Markdown documents are built alike: the same blocks, marks, code, links and HTML.

    Where a paragraph breaks its lines says nothing: a renderer sets it as one.

    >>> same_structure("**你好**,世界", "**你好**，世界")
    True
    >>> same_structure("**你好** 世界", "** 你好** 世界")
    False
    >>> same_structure("城西\\n区", "城西区"), same_structure("城西  \\n区", "城西区")
    (True, False)
    """
    return [row for row, _ in _skeleton(before)] == [row for row, _ in _skeleton(after)]


def first_difference(before: str, after: str) -> tuple[int, int] | None:
    """Return the stretch of the first block of a document that the other one has not, or builds in another way.

    >>> text = "甲\\n\\n１.　乙\\n\\n丙"
    >>> first_difference(text, text.replace("１.　", "1. ")), text[3:6]
    ((3, 7), '１.\\u3000')
    >>> first_difference(text, text) is None
    True
    """
    there, here = _skeleton(before), _skeleton(after)
    # Where no line came or went, a block that reaches further is another one, whatever it holds.
    by_lines = len(_LINE_BREAK.findall(before)) == len(_LINE_BREAK.findall(after))
    lines: tuple[int, int] | None = None
    for one, other in zip_longest(there, here, fillvalue=(None, None)):
        lines = one[1] or lines
        if one != other if by_lines else one[0] != other[0]:
            return _stretch(before, *lines) if lines else None
    return None


def _stretch(text: str, first: int, last: int) -> tuple[int, int]:
    """Where these lines of a document stand in it, without the last line break."""
    lines = [match.span() for match in _LINE.finditer(text)]
    start, end = lines[min(first, len(lines) - 1)][0], lines[min(last, len(lines)) - 1][1]
    return start, max(start, start + len(text[start:end].rstrip("\r\n")))


_Row = tuple[object, "tuple[int, int] | None"]


def _skeleton(text: str) -> list[_Row]:
    """The parsed document without its text: what a renderer would print but for the words; with the lines of each row.

    What spans no lines of its own stands on those of what is before it.
    """
    front = _FRONT_MATTER.match(text)
    above = len(_LINE_BREAK.findall(front[0])) if front else 0
    lines: tuple[int, int] | None = (0, above) if front else None
    rows: list[_Row] = [(_LINE_BREAK.sub("\n", front[0]) if front else "", lines)]
    env: dict[str, Any] = {}
    for token in _parser().parse(text[front.end() :] if front else text, env):
        if token.map:
            lines = (token.map[0] + above, token.map[1] + above)
        row = (token.type, token.tag, token.info, token.markup, token.hidden, sorted(token.attrs.items()))
        rows.append((row, lines))
        if token.type in ("fence", "code_block", "html_block"):
            rows.append((token.content, lines))
        for child in token.children or ():
            if child.type in ("text", "text_special", "softbreak"):
                continue
            rows.append(((child.type, child.tag, child.markup, sorted(child.attrs.items())), lines))
            if child.type in ("code_inline", "html_inline", "image"):
                rows.append((child.content, lines))
    references = env.get("references", {}).items()
    rows.append((sorted((label, row.get("href")) for label, row in references), None))
    return rows


def _literal(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that the parser takes as literal text."""
    front = _FRONT_MATTER.match(text)
    lines = [match.span() for match in _LINE.finditer(text, front.end() if front else 0)]
    body = "\n".join(text[start:end].rstrip("\r\n") for start, end in lines)
    parser = _parser()
    env: dict[str, Any] = {}
    reached: dict[int, int] = {}  # how far each line has been read: the cells of a table row come one after the other
    blocks: list[Any] = []
    parser.block.parse(body, parser, env, blocks)
    for token in blocks:
        if token.type != "inline" or not token.map:
            continue
        content = token.content
        reading = {"references": env.get("references", {}), "read": [], "source": content}
        parser.inline.parse(content, parser, reading, [])
        pieces = content.split("\n")
        # Both rise, so that a paragraph of thousands of lines is gone through once.
        found = sorted(reading["read"])
        offset = passed = 0
        for number, piece in enumerate(pieces, token.map[0]):
            if number >= len(lines):
                break
            start, end = lines[number]
            at = _place(text, piece, reached.get(number, start), end, alone=len(pieces) > 1)
            if at >= 0:
                reached[number] = at + len(piece)
                shift = at - offset
                while passed < len(found) and found[passed][1] <= offset:
                    passed += 1
                for index in range(passed, len(found)):
                    low, high = found[index]
                    if low >= offset + len(piece):
                        break
                    yield max(low, offset) + shift, min(high, offset + len(piece)) + shift
            offset += len(piece) + 1


def _place(text: str, piece: str, start: int, end: int, alone: bool) -> int:
    """Find where a line of a block's content stands in its line of the source, behind markers and blanks."""
    if not piece:
        return -1
    if alone:  # a line of a paragraph is the tail of the source line
        tail = text[start:end].rstrip()
        at = start + len(tail) - len(piece.rstrip())
        return at if at >= start and text.startswith(piece.rstrip(), at) else -1
    return text.find(piece, start, end)


@cache
def _parser() -> MarkdownIt:
    try:
        from markdown_it import MarkdownIt
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "reading Markdown needs the package markdown-it-py: pip install 'textfix[markdown]'", name=error.name
        ) from error
    from markdown_it.rules_block import reference
    from markdown_it.rules_inline import text as read_text

    def note(state: StateInline, start: int) -> None:
        # An image reads its label as a text of its own, which has another source.
        if state.env.get("source") is state.src:
            state.env["read"].append((start, state.pos))

    def plain(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not read_text(state, silent):
            return False
        if not silent:
            note(state, start)
        return True

    def sign(state: StateInline, silent: bool) -> bool:
        """Take a sign that begins no construct, as the parser itself does when no rule applies."""
        state.pos += 1
        if not silent:
            state.pending += state.src[state.pos - 1]
            note(state, state.pos - 1)
        return True

    def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """Read a definition of a link; one of a footnote is text."""
        first = state.bMarks[start] + state.tShift[start]
        return not state.src.startswith("[^", first) and reference(state, start, end, silent)

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    parser.block.ruler.at("reference", definition)
    parser.inline.ruler.at("text", plain)
    parser.inline.ruler.push("sign", sign)
    return parser
