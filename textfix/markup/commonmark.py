"""CommonMark: one stretch of Markdown read by a real parser, or without it where it is nothing but words.

The parser is markdown-it-py, with tables and strikethrough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from textfix.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = ["Piece", "References", "Row", "parser"]

#: What a renderer would print but for the words, and the lines of the piece that it stands on.
Row = tuple[object, "tuple[int, int] | None"]
#: What links by reference lead to, by label.
References = Mapping[str, "tuple[str, str]"]

#: Without any of these the parser finds nothing but text in a block; two blanks before a line break are one.
_INLINE = pattern(r"[\\`*_\[\]<>&~!]| \n")
# Blocks that need no parser: paragraphs, headings and items of one line, all whose lines begin with nothing that could
# begin another block. Behind a paragraph, a number may be part of it; behind an item, any line that is none.
_BULLET = r" {0,3}[-+*] {1,4}"
_NUMBER = r"[0-9]{1,9}[.)] {1,4}"
_HEADING = r"#{1,6} +"
_START = (
    r"(?:[^\x00-\x20#*+\-0-9:<=>_`|~\x7f\s]|[0-9](?![0-9]{0,8}[.)](?:[ \t\n]|\Z))"
    r"|`(?!``)|\*{1,2}(?=[^\s*])|_{1,2}(?=[^\s_])|~{1,2}(?=[^\s~]))"
)
_BLOCK = pattern(
    rf"(?P<mark>(?P<item>{_BULLET}|{_NUMBER}(?![0-9]))|(?P<heading>{_HEADING}(?![^\n]*\#))|)"
    rf"(?P<content>{_START}(?(item)|(?(heading)|(?:[^\n\x00]*\n{_START})*))(?:[^\n\x00]*[^\s\x00])?)[ \t]*"
    rf"(?:\Z|\n(?(heading)|(?=[ \t]*\n|\Z|{_BULLET}|{_HEADING}|(?(item){_NUMBER}|(?!))))(?P<gap>(?:[ \t]*\n)*))"
)
_BLANK_LINES = pattern(r"(?:[ \t]*\n)*")
#: Code behind a fence that begins at once, up to what closes it, with the blank lines behind.
_FENCE = pattern(
    r"(?P<fence>`{3,})(?!`)[^`\n]*(?:\Z|\n(?:(?! {0,3}(?P=fence)`*[ \t]*(?:\n|\Z))(?:[^\n]*\n|[^\n]+\Z))*"
    r"(?P<closed> {0,3}(?P=fence)`*[ \t]*(?:\n[ \t\n]*|\Z))?)"
)
_NEST = 100


class Piece:
    """A stretch of Markdown that means alone what it means in its document, but for links by reference.

    >>> piece = Piece("见[你好](a.md)。")
    >>> [piece.text[start:end] for start, end in piece.literal({})]
    ['见', '你好', '。']
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._literal: tuple[References, list[tuple[int, int]]] | None = None

    @cached_property
    def references(self) -> References:
        """What links by reference lead to, as far as this piece defines it."""
        return self._read()[1] if "]:" in self.text else {}

    @cached_property
    def is_closed(self) -> bool:
        """Say whether whatever follows behind a blank line begins a block of its own.

        Code and HTML that nothing closes goes on, and so does what is nested too deep: parsers give up all the rest.
        """
        fence = _FENCE.match(self.text)
        if fence and not fence["closed"]:
            return False
        if fence and fence.end() == len(self.text):
            return True
        blocks = self._read()[0]
        if not blocks:
            return True
        last = blocks[-1]
        if last.type in ("fence", "html_block") and last.map and last.map[1] >= self.text.count("\n"):
            return False
        return all(token.level < _NEST // 2 for token in blocks)

    def literal(self, references: References) -> list[tuple[int, int]]:
        """Return the stretches that are literal text, in order, in a document with these references."""
        references = references if "[" in self.text else {}
        if self._literal is None or self._literal[0] != references:
            self._literal = references, self._find_literal(references)
        return self._literal[1]

    def _find_literal(self, references: References) -> list[tuple[int, int]]:
        fence = _FENCE.match(self.text)
        if fence and fence["closed"] and fence.end() == len(self.text):
            return []
        targets = _targets(references)
        if (simple := self._simple) is not None:
            return _merged(
                (at + start, at + end)
                for at, content in ((block.start("content"), block["content"]) for block in simple)
                for start, end in _inline(content, targets)[0]
            )
        read = [(token, _inline(token.content, targets)[0]) for token in self._read()[0] if token.type == "inline"]
        return _merged(_placed(self.text, read))

    @property
    def _simple(self) -> list[re.Match[str]] | None:
        """Its blocks, if all of them can be told without the parser."""
        text = self.text
        if "]:" in text:
            return None
        at = _BLANK_LINES.match(text).end()  # type: ignore[union-attr]  # it matches nothing
        found = []
        while at < len(text):
            block = _BLOCK.match(text, at)
            if block is None:
                return None
            found.append(block)
            at = block.end()
        return found

    def outline(self, references: References) -> object:
        """Return something that is the same only for pieces with the same rows; None where it is not so easily told."""
        simple = self._simple
        if simple is None:
            return None
        targets = _targets(references if "[" in self.text else {})
        marks = [(block["mark"], bool(block["gap"]) and block is not simple[-1]) for block in simple]
        return marks, [
            [row for child in _inline(block["content"], targets)[1] for row in _rows(child)] for block in simple
        ]

    def rows(self, references: References) -> list[Row]:
        """Return what a renderer would print but for the words, in a document with these references.

        What spans no lines of its own stands on those of what is before it.
        """
        targets = _targets(references)
        found: list[Row] = []
        lines: tuple[int, int] | None = None
        for token in self._read()[0]:
            if token.map:
                lines = (token.map[0], token.map[1])
            found.append((_row(token), lines))
            if token.type in ("fence", "code_block", "html_block"):
                found.append((token.content, lines))
            for child in _inline(token.content, targets)[1] if token.type == "inline" else ():
                found += [(row, lines) for row in _rows(child)]
        return found

    def _read(self) -> tuple[list[Token], dict[str, tuple[str, str]]]:
        """Return its blocks, as the parser reads them, and its references. Tokens are too large to be kept."""
        reader = parser()
        env: dict[str, Any] = {}
        blocks: list[Token] = []
        reader.block.parse(self.text, reader, env, blocks)
        references = env.get("references", {})
        return blocks, {label: (row["href"], row["title"]) for label, row in references.items()}


def _targets(references: References) -> dict[str, dict[str, str]]:
    return {label: {"href": href, "title": title} for label, (href, title) in references.items()}


def _inline(content: str, references: Mapping[str, Any]) -> tuple[list[tuple[int, int]], list[Token]]:
    """Return the literal stretches of the content of a block, in order, and its tokens."""
    found: list[tuple[int, int]] = []
    if not _INLINE.search(content):
        position = 0
        for line in content.split("\n"):
            found.append((position + len(line) - len(line.lstrip(" \t")), position + len(line)))
            position += len(line) + 1
        return found, []
    env = {"references": references, "read": found, "source": content}
    reader = parser()
    children: list[Token] = []
    reader.inline.parse(content, reader, env, children)
    return sorted(found), children


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif start < end:
            found.append((start, end))
    return found


def _placed(text: str, blocks: list[tuple[Token, list[tuple[int, int]]]]) -> Iterator[tuple[int, int]]:
    """Yield where the literal stretches of blocks stand in their text."""
    pieces = text.split("\n")
    starts = [0]
    for line in pieces:
        starts.append(starts[-1] + len(line) + 1)
    reached: dict[int, int] = {}  # how far each line has been read: the cells of a table row come one after the other
    for token, found in blocks:
        if not token.map:
            continue
        lines = token.content.split("\n")
        offset = passed = 0
        # Both rise, so that a paragraph of thousands of lines is gone through once.
        for number, line in enumerate(lines, token.map[0]):
            if number >= len(pieces):
                break
            start, end = starts[number], starts[number + 1] - 1
            at = _place(text, line, reached.get(number, start), end, alone=len(lines) > 1)
            if at >= 0:
                reached[number] = at + len(line)
                shift = at - offset
                while passed < len(found) and found[passed][1] <= offset:
                    passed += 1
                for index in range(passed, len(found)):
                    low, high = found[index]
                    if low >= offset + len(line):
                        break
                    yield max(low, offset) + shift, min(high, offset + len(line)) + shift
            offset += len(line) + 1


def _place(text: str, piece: str, start: int, end: int, alone: bool) -> int:
    """Find where a line of a block's content stands in its line of the source, behind markers and blanks."""
    if not piece:
        return -1
    if alone:  # a line of a paragraph is the tail of the source line
        tail = text[start:end].rstrip()
        at = start + len(tail) - len(piece.rstrip())
        return at if at >= start and text.startswith(piece.rstrip(), at) else -1
    return text.find(piece, start, end)


def _row(token: Token) -> tuple[object, ...]:
    return token.type, token.tag, token.info, token.markup, token.hidden, sorted(token.attrs.items())


def _rows(child: Token) -> Iterator[object]:
    """What is not words of the tokens of a block's content."""
    if child.type not in ("text", "text_special", "softbreak"):
        yield child.type, child.tag, child.markup, sorted(child.attrs.items())
        if child.type in ("code_inline", "html_inline", "image"):
            yield child.content


@cache
def parser() -> MarkdownIt:
    """Return the parser, or say which package is missing."""
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

    made = MarkdownIt("commonmark", {"maxNesting": _NEST}).enable(["table", "strikethrough"])
    made.block.ruler.at("reference", definition)
    made.inline.ruler.at("text", plain)
    made.inline.ruler.push("sign", sign)
    return made
