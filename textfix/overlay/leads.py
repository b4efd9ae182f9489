"""Reads the beginnings of paragraphs that were drawn several times: lead-ins in faux bold.

A writer begins a sentence with the same words twice at times (`知否知否，应是绿肥红瘦`), so one says little. Where
many paragraphs of a text begin like that, each with other words and as often, they were drawn; and once lines are known
to be drawn twice, so were the words that stand alone above a paragraph which begins with them and a pause.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import compress

from textfix.overlay.evidence import Reading, Shape
from textfix.overlay.follow import led_in
from textfix.overlay.numbers import SECTION
from textfix.overlay.parse import Run
from textfix.overlay.scan import Lines
from textfix.patterns import pattern

__all__ = ["led_together", "set_apart"]

# Set by judgement, in the middle of what works: on 1,504 dumps of 188 documents that are rich in lead-ins, half and
# double of each repair the same, and on 8.6 million characters that have none nothing is found even with one lead-in.
_LETTERS = 4  # of a lead-in that speaks for others
_ENOUGH = {2: 3, 3: 2, 4: 2}  # different lead-ins that speak together, by how often they were drawn
_RATE = 8000  # characters of a text for each of them: reviews and songs say things twice more rarely
#: Different lead-ins that stand apart, drawn twice. Of 3,017 articles (news, novels, manuals), nine have a heading with
#: whose words, and a pause, the text below begins, and none has two; all but two of the nine have a number.
_SEVERAL = 2
_PAUSE = pattern(r"[，、,]")
_LONGEST = 40
_INNER = pattern(r"[，。、：；！？,;:!?]")


def led_together(text: str, lines: Lines, readings: dict[int, Reading]) -> dict[int, Reading]:
    """Read paragraphs that begin with copies, where enough of a text do, and as often.

    >>> lines = ["武士拥陶出武士拥陶出，方欲行刑", "百官呼拜百官呼拜，袁绍入宫", "封刘虞为州牧封刘虞为州牧，领兵往渔阳"]
    >>> starts = [0, 16, 30]
    >>> parts = Reading(2, "phrase", Shape.PART, (), 0.0, 0.0, blanks=False)
    >>> spans = Lines(starts, [start + len(line) for start, line in zip(starts, lines)])
    >>> found = led_together("\\n".join(lines), spans, dict.fromkeys(starts, parts))
    >>> [reading.runs[0].unit for reading in found.values()]
    ['武士拥陶出', '百官呼拜', '封刘虞为州牧']
    """
    found: dict[int, dict[int, Reading]] = {}
    said: dict[int, set[str]] = {}
    for start, end in zip(lines.starts, lines.ends):
        known = readings.get(start)
        if known is None or known.shape is not Shape.PART:
            continue
        reading = led_in(text[start:end], known.copies, _LETTERS)
        if reading is not None:
            found.setdefault(known.copies, {})[start] = reading
            said.setdefault(known.copies, set()).add("".join([run.unit for run in reading.runs]))
    kept: dict[int, Reading] = {}
    for copies, leads in found.items():
        count = len(said[copies])
        if count >= _ENOUGH[copies] and count * _RATE >= len(text):
            kept.update(leads)
    return kept


def set_apart(
    text: str, spans: list[tuple[int, int]], words: list[str], copies: int, known: Collection[int]
) -> Iterator[tuple[int, Reading]]:
    """Yield lead-ins that were drawn so often, of which all copies but one stand right above or below their paragraph.

    For texts of which much is known to be drawn as often. A heading may be what the text below begins with, so of two
    copies there must be several, and none below the number of a section or behind it; nor is one a whole sentence.

    >>> text = "昨天晚上\\n昨天晚上，俄罗斯名将夺得金牌。\\n迪尼表示\\n迪尼表示，意大利支持修改政策。\\n"
    >>> from textfix.overlay.copies import split_lines
    >>> [reading.runs[0].unit for _, reading in set_apart(text, *split_lines(text), 2, ())]
    ['昨天晚上', '迪尼表示']
    >>> list(set_apart(text[:20], *split_lines(text[:20]), 2, ()))
    []
    """
    found: dict[int, Reading] = {}
    numbers = range(len(words))
    longer = {*compress(numbers[1:], map(str.startswith, words[1:], words))}
    longer.update(compress(numbers, map(str.startswith, words, words[1:])))
    for index in sorted(longer):
        line = words[index]
        pause = _INNER.search(line, 0, _LONGEST)
        if pause is None or not (copies > 2 or _PAUSE.match(pause[0])) or spans[index][0] in known:
            continue
        word = line[: pause.start()]
        first, last = index, index
        while first and words[first - 1] == word:
            first -= 1
        while last + 1 < len(words) and words[last + 1] == word:
            last += 1
        start, stop = spans[first][0], spans[last][1]
        if (
            last - first == copies - 1
            and sum(map(str.isalpha, word)) > 1
            and not any(spans[number][0] in known for number in range(first, last + 1))
            and not (first and _is_beginning(words[first - 1], word))
            and "\f" not in text[start:stop]
        ):
            found[start] = _read(text, spans[first : last + 1], index - first, word)
    if copies > 2 or len({reading.runs[0].unit for reading in found.values()}) >= _SEVERAL:
        yield from found.items()


def _is_beginning(above: str, word: str) -> bool:
    """Say whether a line above is how a heading begins, or the whole of one, that a text begins with."""
    return above.endswith(word) or SECTION.match(above) is not None


def _read(text: str, spans: list[tuple[int, int]], index: int, word: str) -> Reading:
    """Read copies on lines of their own, given the lines and which of them is the paragraph."""
    start = spans[0][0]
    runs: list[Run] = []
    if index:
        # The first one stays, with what the paragraph says behind the last.
        line = text[start : spans[0][1]]
        stop = spans[index][0]
        for _ in word:
            while text[stop].isspace():
                stop += 1
            stop += 1
        runs.append(Run(len(line) - len(line.lstrip()), len(line.rstrip()), stop - start, word, parted=True))
    if index + 1 < len(spans):
        end = spans[index][1]
        runs.append(Run(end - start, end - start, spans[-1][1] - start, word, parted=True))
    return Reading(len(spans), "phrase", Shape.PART, tuple(runs), 0.0, 0.0, blanks=False)
