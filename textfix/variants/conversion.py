"""What becomes of a document: OpenCC's conversion, held back where the text has already arrived.

OpenCC takes for granted that its input is written in the source script. In text that is in the target script already,
it still converts what merely looks like a source form: `显著` → `显着`, `萧乾` → `萧干`, `一出來` → `一齣來`; and
`厄瓜多尔` grows by one `尔` with each run. Over its own output, it changes 2 % (s2t) to 14 % (tw2sp) of the lines. So:

* In a line with characters of the target script alone, a character stays if OpenCC itself would bring it back: if it
  is what comes out when the line is led back to the source script and converted from there. Where the line shows the
  source script too, by a character that would not be brought back, that holds beside such characters only. A line that
  shows neither script goes by the document.
* In a document that shows the target script often and the source script never, regional words stay.
* A word that stands in the text in its converted form already (`史他汀` around `他汀`) is not converted again.

All else is exactly what OpenCC makes of the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import accumulate, islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textfix.document import Document
from textfix.markup.plain import protected
from textfix.patterns import pattern
from textfix.variants.alignment import Stretch, codes, fold, stretches, text_of
from textfix.variants.configs import IDEOGRAPH, Config, config, converter
from textfix.variants.scripts import source_only, target_only

__all__ = ["Conversion", "conversion_by"]

Offsets = NDArray[np.intp]
Flags = NDArray[np.bool_]

# So many characters of one script and none of the other are no accident: a name, a heading, a quoted word.
_EVIDENCE = 20

# OpenCC stops at NUL, and a lone surrogate has no UTF-8.
_UNREADABLE = pattern("[\0\ud800-\udfff]")


class Conversion(NamedTuple):
    """Edits as columns, in order, and the text they lead to.

    `source` is the document with a newline for every character that must stay, `result` what stands there in the end.
    `words` tells the edits that change more than the form of characters.
    """

    source: str
    result: str
    starts: Offsets
    ends: Offsets
    afters: list[str]
    words: Flags


@cache
def conversion_by(name: str) -> Callable[[Document], Conversion | None]:
    """Return the view that converts a document by that configuration; None where nothing changes."""
    by = config(name)

    def conversion(document: Document) -> Conversion | None:
        source = _UNREADABLE.sub("\n", document.text) if _UNREADABLE.search(document.text) else document.text
        convert = converter(by.name)
        target = convert(source)
        if target == source:
            return None
        masked = _masked(source, document)
        if masked is not source:
            source, target = masked, convert(masked)
        kind = by
        if by.words and _has_arrived(source, by):
            kind = config(by.forms)
            target = converter(kind.name)(source)
        return _edited(source, target, kind, _arrived(source, target, kind))

    return conversion


def _masked(source: str, document: Document) -> str:
    """Put newlines, which OpenCC leaves and does not look across, in place of what is protected."""
    pieces: list[str] = []
    position = 0
    for start, end in document.view(protected):
        if IDEOGRAPH.search(source, start, end):
            pieces += (source[position:start], "\n" * (end - start))
            position = end
    return "".join([*pieces, source[position:]]) if pieces else source


def _has_arrived(source: str, by: Config) -> bool:
    """Say whether the whole text is in the target script, for sure."""
    if not _leads_back(by) or source_only(by).search(source):
        return False
    return sum(1 for _ in islice(target_only(by).finditer(source), _EVIDENCE)) == _EVIDENCE


def _leads_back(by: Config) -> bool:
    """Say whether a conversion leads from one script to the other, so that either can be told, and has a way back."""
    return by.crosses and bool(by.back) and bool(config(by.forms).back)


def _arrived(source: str, target: str, by: Config) -> Flags | None:
    """Flag the characters that stay because they are in the target script; None where there are none."""
    if not _leads_back(by):
        return None
    ours, theirs = target_only(by), source_only(by)
    if not ours.search(source):
        return None
    lines, results = source.split("\n"), target.split("\n")
    through = not theirs.search(source)
    touched = [
        index
        for index, (line, result) in enumerate(zip(lines, results))
        if line != result and (through or ours.search(line))
    ]
    before = "\n".join(map(lines.__getitem__, touched))
    stays = ~_moved(before, _there_and_back(by), by.words)
    forms = config(by.forms)
    if by.words and forms.back:  # a change of form only must stand the test of forms only, too
        after = "\n".join(
            results[index] if len(results[index]) == len(lines[index]) else lines[index] for index in touched
        )
        form = (codes(before) != codes(after)) & (codes(after) == codes(converter(forms.name)(before)))
        stays |= form & ~_moved(before, _there_and_back(forms), False)
    beside = _beside(before, ours)
    flags = np.zeros(len(source), bool)
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    position = 0
    for index in touched:
        size = len(lines[index])
        found = stays[position : position + size]
        # What would be brought back (`吴育昇`, a name) shows no source script.
        if not all(found[match.start()] for match in theirs.finditer(lines[index])):
            found &= beside[position : position + size]
        flags[starts[index] : starts[index] + size] = found
        position += size + 1
    return flags


def _there_and_back(by: Config) -> Callable[[str], str]:
    back, forth = converter(by.back), converter(by.name)
    return lambda text: forth(back(text))


def _moved(text: str, convert: Callable[[str], str], words: bool) -> Flags:
    """Flag the characters that a conversion changes."""
    result = convert(text)
    laid = _Laid(text, result, stretches(text, result, convert, words))
    flags = np.zeros(len(text), bool)
    flags[laid.at] = laid.changed
    for word in laid.uneven:
        flags[max(word.start - (word.start == word.end), 0) : word.end + (word.start == word.end)] = True
    return flags


def _beside(text: str, pattern: re.Pattern[str]) -> Flags:
    """Flag the characters next to one that the pattern finds."""
    flags = np.zeros(len(text) + 2, bool)
    for match in pattern.finditer(text):
        flags[match.start()] = flags[match.end() + 1] = True
    return flags[1:-1]


class _Laid:
    """A text and what was made of it, side by side.

    Outside the stretches of uneven length, `before[at]` became `after[after_at]`, character by character.
    """

    def __init__(self, source: str, target: str, uneven: list[Stretch]) -> None:
        self.uneven = uneven
        self.before, self.after = codes(source), codes(target)
        self.at = _outside(self.before.size, [(word.start, word.end) for word in uneven])
        self.after_at = _outside(self.after.size, [(word.after_start, word.after_end) for word in uneven])
        self.changed: Flags = self.before[self.at] != self.after[self.after_at]


def _edited(source: str, target: str, by: Config, stays: Flags | None) -> Conversion | None:
    """Lay the target beside the source and read the edits off."""
    uneven = stretches(source, target, converter(by.name), by.words)
    laid = _Laid(source, target, uneven)
    fresh = [word for word in uneven if not _stands(source, target, word)]
    result = target
    if stays is not None:
        kept = laid.changed & stays[laid.at]
        laid.changed &= ~kept
        after = laid.after.copy()
        after[laid.after_at[kept]] = laid.before[laid.at[kept]]
        result = text_of(after)
        fresh = [word for word in fresh if not stays[word.start : word.end].all()]
    if len(fresh) < len(uneven):
        result = _without(source, result, [word for word in uneven if word not in fresh])
    places = np.flatnonzero(laid.changed)
    here, there = laid.at[places], laid.after_at[places]
    # One edit for a run of characters; a word of another length in between parts two runs.
    first = np.ones(places.size, bool)
    first[1:] = (np.diff(here) != 1) | (np.diff(there) != 1)
    opens = np.flatnonzero(first)
    closes = np.append(opens, places.size)[1:] - 1
    words = np.zeros(opens.size, bool)
    if by.words and opens.size:
        words = np.logical_or.reduceat(fold(laid.before[here]) != fold(laid.after[there]), opens)
    rows = np.array(fresh, np.intp).reshape(-1, 4)
    columns = np.concatenate((np.stack((here[opens], here[closes] + 1, there[opens], there[closes] + 1), axis=1), rows))
    words = np.concatenate((words, np.ones(len(fresh), bool)))
    if not len(columns):
        return None
    if fresh:
        order = np.lexsort((columns[:, 1], columns[:, 0]))
        columns, words = columns[order], words[order]
    afters = list(map(target.__getitem__, map(slice, columns[:, 2].tolist(), columns[:, 3].tolist())))
    return Conversion(source, result, columns[:, 0], columns[:, 1], afters, words)


def _outside(size: int, spans: list[tuple[int, int]]) -> Offsets:
    """The offsets of a text that lie in none of the spans."""
    kept = np.ones(size, bool)
    for start, end in spans:
        kept[start:end] = False
    return np.flatnonzero(kept)


def _stands(source: str, target: str, word: Stretch) -> bool:
    """Say whether the longer word that would take this place is there already."""
    after = target[word.after_start : word.after_end]
    size = word.after_end - word.after_start
    return size > word.end - word.start > 0 and (
        source.startswith(after, word.start) or source[max(word.end - size, 0) : word.end] == after
    )


def _without(source: str, result: str, stale: list[Stretch]) -> str:
    """The result with the source's text at these places."""
    pieces: list[str] = []
    position = 0
    for word in stale:
        pieces += (result[position : word.after_start], source[word.start : word.end])
        position = word.after_end
    return "".join([*pieces, result[position:]])
