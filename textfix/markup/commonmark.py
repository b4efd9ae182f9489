"""CommonMark: one stretch of Markdown read by a real parser, or without it where it is nothing but words.

The parser is markdown-it-py, with tables and strikethrough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from textfix.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = ["Piece", "Reading", "References", "Row"]

#: What a renderer would print but for the words, and the lines of the piece that it stands on.
Row = tuple[object, "tuple[int, int] | None"]
#: What links by reference lead to, by label.
References = Mapping[str, "tuple[str, str]"]

#: Without any of these the parser finds nothing but text in a block; two blanks before a line break are one.
_INLINE = pattern(r"[\\`*_\[\]<>&~!]| \n")
#: Paragraphs of lines that begin with a letter, or a mark that is none of ASCII, and hold nothing of that.
_OF_WORDS = r"[^\x00-/0-9:-@\[-`{-\x7f\s](?:[^\n\x00\\`*_\[\]<>&~!]*[^\s\x00\\`*_\[\]<>&~!])?"
_WORDS = pattern(rf"{_OF_WORDS}(?:\n{_OF_WORDS})*(?:\n[ \t\n]*)?")
_NEST = 100


class Reading(NamedTuple):
    """What a piece of Markdown is made of."""

    #: The stretches that are literal text, in order, those that touch as one.
    literal: list[tuple[int, int]]
    rows: list[Row]


class Piece:
    """A stretch of Markdown that means alone what it means in its document, but for links by reference.

    >>> piece = Piece("见[你好](a.md)。\\n")
    >>> [piece.text[start:end] for start, end in piece.reading({}).literal]
    ['见', '你好', '。']
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._read: tuple[References, Reading] | None = None

    @cached_property
    def _blocks(self) -> tuple[list[Token], dict[str, tuple[str, str]]]:
        parser = _parser()
        env: dict[str, Any] = {}
        blocks: list[Token] = []
        parser.block.parse(self.text, parser, env, blocks)
        references = env.get("references", {})
        return blocks, {label: (row["href"], row["title"]) for label, row in references.items()}

    @cached_property
    def references(self) -> References:
        """What links by reference lead to, as far as this piece defines it."""
        return self._blocks[1] if "]:" in self.text else {}

    @cached_property
    def is_closed(self) -> bool:
        """Say whether whatever follows behind a blank line begins a block of its own.

        Code and HTML that nothing closes goes on, and so does what is nested too deep: parsers give up all the rest.
        """
        blocks = self._blocks[0]
        last = blocks[-1] if blocks else None
        goes_on = (
            last is not None
            and last.type in ("fence", "html_block")
            and (not last.map or last.map[1] >= self.text.count("\n"))
        )
        if goes_on or any(token.level >= _NEST // 2 for token in blocks):
            del self.__dict__["_blocks"]
            return False
        return True

    def reading(self, references: References) -> Reading:
        """Return what it is made of in a document with these references."""
        if "[" not in self.text:
            references = {}
        if self._read is None or self._read[0] != references:
            self._read = references, self._reading(references)
            self.__dict__.pop("_blocks", None)
        return self._read[1]

    def _reading(self, references: References) -> Reading:
        if _WORDS.fullmatch(self.text):
            return _words(self.text)
        blocks = self._blocks[0]
        targets = {label: {"href": href, "title": title} for label, (href, title) in references.items()}
        read = [_inline(token, targets) if token.type == "inline" else ([], []) for token in blocks]
        literal = _placed(self.text, [(token, found) for token, (found, _) in zip(blocks, read) if found])
        return Reading(_merged(literal), list(_rows(blocks, [children for _, children in read])))


def _words(text: str) -> Reading:
    literal = []
    position = 0
    for line in text.split("\n"):
        if not line.strip(" \t"):
            break
        literal.append((position, position + len(line)))
        position += len(line) + 1
    return Reading(literal, [(row, (0, len(literal))) for row in _PARAGRAPH])


def _inline(block: Token, references: Mapping[str, Any]) -> tuple[list[tuple[int, int]], list[Token]]:
    """Return the literal stretches of the content of a block, in order, and its tokens."""
    content = block.content
    found: list[tuple[int, int]] = []
    if not _INLINE.search(content):
        position = 0
        for line in content.split("\n"):
            found.append((position + len(line) - len(line.lstrip(" \t")), position + len(line)))
            position += len(line) + 1
        return found, []
    env = {"references": references, "read": found, "source": content}
    parser = _parser()
    children: list[Token] = []
    parser.inline.parse(content, parser, env, children)
    return sorted(found), children


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
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


def _rows(blocks: list[Token], read: list[list[Token]]) -> Iterator[Row]:
    """Yield what a renderer would print. What spans no lines of its own stands on those of what is before it."""
    lines: tuple[int, int] | None = None
    for token, children in zip(blocks, read):
        if token.map:
            lines = (token.map[0], token.map[1])
        yield _row(token), lines
        if token.type in ("fence", "code_block", "html_block"):
            yield token.content, lines
        for child in children:
            if child.type in ("text", "text_special", "softbreak"):
                continue
            yield (child.type, child.tag, child.markup, sorted(child.attrs.items())), lines
            if child.type in ("code_inline", "html_inline", "image"):
                yield child.content, lines


def _row(token: Token) -> tuple[object, ...]:
    return token.type, token.tag, token.info, token.markup, token.hidden, sorted(token.attrs.items())


#: The rows of a paragraph of words.
_PARAGRAPH = tuple(
    (kind, tag, "", "", False, list[Any]())
    for kind, tag in (("paragraph_open", "p"), ("inline", ""), ("paragraph_close", "p"))
)


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

    parser = MarkdownIt("commonmark", {"maxNesting": _NEST}).enable(["table", "strikethrough"])
    parser.block.ruler.at("reference", definition)
    parser.inline.ruler.at("text", plain)
    parser.inline.ruler.push("sign", sign)
    return parser
