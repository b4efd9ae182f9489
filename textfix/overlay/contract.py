"""What the overlay normalizer may do to a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from textfix.contracts import Violation
from textfix.document import Document
from textfix.edits import Edits
from textfix.overlay.scan import MAX_LINE

__all__ = ["NESTED", "DeletesCopies"]

NESTED = "nested"
"""The reason of edits of which an earlier repair is a part: copies that were made of copies."""


_REACH = 2 * MAX_LINE  # the copy that stays ends where those that go begin, but for blanks


@dataclass(frozen=True)
class DeletesCopies:
    """What goes was there twice to four times.

    A deleted stretch says, blanks aside, once to three times what stands right before it in the text that comes out,
    or, on lines of its own, what the line right before it begins with. A replaced one has every character two, three or
    four times as often as what stands for it. Where copies had copies, the one edit that takes them all may say nothing
    but what stays in its place, or near before it.
    """

    description: str = "delete copies of what stands before them, or put once what lines say two to four times"

    def violations(self, document: Document, edits: Edits) -> Iterator[Violation]:
        text, position = document.text, 0
        for index, (start, end, after, before) in enumerate(zip(edits.starts, edits.ends, edits.afters, edits.befores)):
            copy = start - (end - start)
            if copy >= position and not after and text.startswith(before, copy):
                position = end  # one copy right behind another, and neither was touched: that is the rule
                continue
            if after or not _follows(text, position, start, before):
                stays = _kept(edits, index, len(before) + _REACH)
                nested = edits.reasons[index].endswith("/" + NESTED)
                if not (_holds(stays, before, after) or (nested and _is_said(stays, before, after))):
                    yield Violation(index, f"may only {self.description}")
            position = end


def _follows(text: str, position: int, start: int, copies: str) -> bool:
    """Say whether copies stand right behind one of them that no edit touches."""
    for count in (1, 2, 3):
        size = len(copies) // count
        if start - size >= position and text.startswith(copies, start - size) and size * count == len(copies) > 0:
            return True
    return False


def _kept(edits: Edits, index: int, reach: int) -> str:
    """Return so much of what comes out before an edit."""
    text, stop, pieces = edits.source, edits.starts[index], [""]
    while index and reach > 0:
        index -= 1
        pieces += text[max(edits.ends[index], stop - reach) : stop], edits.afters[index]
        reach -= stop - edits.ends[index] + len(edits.afters[index])
        stop = edits.starts[index]
    if reach > 0:
        pieces.append(text[max(0, stop - reach) : stop])
    return "".join(reversed(pieces))


def _holds(stays: str, before: str, after: str) -> bool:
    return _is_multiple("".join(before.split()), "".join(after.split())) if after else _repeats(stays, before)


def _is_multiple(before: str, after: str) -> bool:
    every, once = Counter(before), Counter(after)
    copies, rest = divmod(len(before), max(len(after), 1))
    return bool(once) and 2 <= copies <= 4 and not rest and all(every[c] == copies * n for c, n in once.items())


def _repeats(stays: str, copies: str) -> bool:
    if stays.endswith(copies):
        return True
    said, visible = "".join(copies.split()), "".join(stays.split())
    if not said:
        said, visible = copies, stays  # blanks that were drawn with the characters: they must be the very same
    # Copies on lines of their own may be those of how the line above begins: `据了解，这项工 / 据了解 / 程已经完工。`
    line = "".join(stays[stays.rfind("\n") + 1 :].split()) if copies.startswith("\n") else ""
    for count in (1, 2, 3):
        unit, rest = divmod(len(said), count)
        word = said[:unit]
        if not rest and unit and word * count == said and (visible.endswith(word) or line.startswith(word)):
            return True
    return False


def _is_said(stays: str, before: str, after: str) -> bool:
    return set(before) <= {*stays, *after, *" \n\t\u3000"} and not Counter(after) - Counter(before)
