"""What a reading of a line as copies is worth: how rarely natural text repeats itself like that.

All figures are nats: roughly the natural logarithm of how rarely the same comes about by itself. In 14 million
characters of Chinese newspaper, novel, verse, reviews and quotations, for instance, three pairs of Han characters in a
row stand 25 times, four pairs 3 times, five never. The figures were then set so that 70 million characters of clean
text stay as they are (`python -m benchmarks.overlay.harm`).
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import cache
from itertools import compress, pairwise
from typing import NamedTuple

from textfix.overlay.chains import Chain
from textfix.overlay.listing import is_listing
from textfix.overlay.natural import reduplicated
from textfix.overlay.numbers import LEVELS, SECTION
from textfix.overlay.parse import Parse, Run, could_cover, letter_counts, most_copies, parse, spare_letters
from textfix.patterns import pattern

__all__ = ["PARTED", "Reading", "Shape", "best_reading", "could_be_whole", "read", "read_chain", "weigh_unit"]


class Shape(IntEnum):
    """How much of a line is drawn several times."""

    PART = 0
    WHOLE = 1


class Reading(NamedTuple):
    """A way to read a line as copies.

    `weight` is what speaks against chance, `natural` what speaks for a writer who repeats himself (a chant, a refrain,
    the cells of a table).
    """

    copies: int
    mode: str
    """`char`, `run`, `phrase` or `line`"""
    shape: Shape
    runs: tuple[Run, ...]
    weight: float
    natural: float
    blanks: bool
    """Whether the blanks between the units were drawn as often as the units."""

    @property
    def alone(self) -> float:
        """What the line is worth without any other."""
        return self.weight - self.natural


_NUMBER_AT_END = pattern(
    r"(?P<gap>[\s\u3000]+|[…‥]{2,}|[.·_-]{6,})(?P<number>[-—–·/(（\[]?[ ]?(?P<digits>[0-9]{1,4})[ ]?[-—–·)）\]]?)\s*$"
)
_NUMBERED = pattern(
    r"(?:[0-9]+[.．])+[^\W\d]|[第（(]?[一二三四五六七八九十百0-9]+[、章节節条條部编編篇卷)）]|附[录錄]|[A-Z]\.[0-9]"
)
_LEVELS = pattern(r"\s*(?:[0-9]+\s*[.．]\s*)+[0-9]*")
_HEADED = pattern(r"(?:[0-9]{1,3}[.．]){2,5}[^\W\d_]")
_MARKS = frozenset("，：；、")
_PAUSES = frozenset("，。、；：！？,;!?…—～~")
_ENDS = frozenset("，。；！？,.;!?…～~”’」』\"'")
_OPENS = ("“", "‘", "「", "『", '"', "（", "(")
_GROUPS = {
    2: pattern(r"(\w)\1\s*(\w)\2"),
    **{n: pattern(rf"(\w)(?:\s*\1){{{n - 1}}}\s*(\w)(?:\s*\2){{{n - 1}}}") for n in (3, 4)},
}
_CLOSERS = " \u3000\t\n-—–·)）]"
PARTED = 6.0  # what speaks for a writer where blanks stand between the copies
_GLUED = 12
_LETTERSPACED = 6
_OPENERS, _CLOSERS_OF_TITLES = frozenset("《「『【〈〔“（"), frozenset("》」』】〉〕”）")
_CELLS = pattern(r"[|│┃¦┆┊]")
_DOTS = (".", "．")
_DOT = pattern("[.．]")
_LINKED = 2.5  # what each line more is worth that begins with the end of another
_LONG_MARKS = frozenset("—…─")
_STOP = pattern(r"[。！？!?；;](?=.)")
_LETTER = pattern(r"[^\W\d_]")
_OF_WIDE = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u309a\u309d-\u30fa\u30fc-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_WIDE = pattern(f"[{_OF_WIDE}]")
_NARROW = pattern(f"[^{_OF_WIDE}]")
#: What is written without blanks between words.
_UNSPACED = pattern(
    r"[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u309a\u309d-\u30fa\u30fc-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_FIRST_NUMBER = pattern(r"[0-9]+[.．]")
_LATIN = pattern(r"[A-Za-z]")
_AGAIN = pattern(r"([A-Za-z])(?=\1)")
_OUTER_WORD = pattern(r"(?:\b[A-Z][.．])?(?:[0-9]+[.．])+[0-9]*|\w+")
_CHAPTER = pattern(r"第[0-9一二三四五六七八九十百]{1,4}[章節节回部篇]$")
_MOST_DOUBLED = 4  # neighbouring pairs of Han in a text
_MOST_OUTSIDE = 14  # letters: two words of up to eight characters, with a digit in each
_LATIN_EDGE = pattern(r"[A-Za-z0-9\u00c0-\u024f]")


def best_reading(line: str) -> Reading | None:
    """Return the most economical reading of a line, whatever the number of copies; None where nothing repeats."""
    if _is_litany(line):
        return None
    counts = _counts(line)
    found: list[tuple[Reading, float]] = []
    best = 0.0
    for copies in range(2, min(most_copies(counts), 4) + 1):
        # A letter that is left over costs one, but where all is told by character.
        if found and spare_letters(counts, copies) > max(_MOST_OUTSIDE, best):
            continue
        found = _readings(line, copies) + found  # of two as cheap, the one of more copies
        best = min([cost for _, cost in found], default=0.0)
    if len(found) < 2:
        return found[0][0] if found else None
    return min(found, key=lambda pair: pair[1])[0]


def read_chain(lines: str, chain: Chain) -> Reading | None:
    """Return what lines are worth as a chain that holds all of them.

    Nobody sets the first number of a heading on the line above it: `14 / 14.4. 原理 / 原理`.
    """
    reading = _by_run(Parse(chain.copies, lines, chain.runs, 0.0), numbered=False, whole=True)
    if reading is None:
        return None
    first, more = chain.runs[0], sum(len(run.unit) > 1 for run in chain.runs) - 1
    if first.unit.isdigit() and lines[first.end : first.end + 1] in _DOTS:
        return reading._replace(weight=reading.weight + _LINKED * max(more, 1), natural=0.0)
    # That copies have lines of their own says little for a writer, where something else stands before the first one.
    natural = reading.natural - (PARTED if lines[: first.start].strip() and reading.natural > PARTED else 0.0)
    return reading._replace(weight=reading.weight + _LINKED * max(more, 0), natural=natural)


def could_be_whole(line: str) -> bool:
    """Say whether a reading may hold all that a line says, for all that the numbers of its letters tell."""
    counts = _counts(line)
    least = min(
        [spare_letters(counts, copies) for copies in range(2, min(most_copies(counts), 4) + 1)], default=len(line)
    )
    return not least or (least <= _MOST_OUTSIDE and least <= _letters_of_numbers(line))


def _counts(line: str) -> list[int]:
    """Return how often each letter of a line stands there, and the number of a section that it begins with twice."""
    counts = letter_counts(line)
    said = line.lstrip()
    if not said[:1].isdigit():
        return counts
    number = LEVELS.match(said)
    times = line.count(number[0]) if number is not None else max(line.count("."), line.count("．"))
    return sorted([*counts, times]) if times > 1 else counts


def _letters_of_numbers(line: str) -> int:
    """Return how many letters stand in words with a digit: no others may lie outside the copies of a whole line."""
    words = [word for word in _OUTER_WORD.findall(line) if any(map(str.isdigit, word))]
    return sum(map(str.isalpha, "".join(words)))


def _is_litany(line: str) -> bool:
    """Say whether a line is nothing but one thing five times or more: that was written, not drawn."""
    said = "".join(line.split())
    period = (said + said).find(said, 1)
    return period * 4 < len(said)


def read(line: str, copies: int) -> Reading | None:
    """Return the most economical reading of a line for a known number of copies; for two, only if it may be whole.

    (Part of a line that was drawn twice is seen at once or not at all: `best_reading`.)
    """
    fits = most_copies(_counts(line)) >= copies if copies > 2 else could_cover(line, copies)
    if not fits or _is_litany(line):
        return None
    return min(_readings(line, copies), key=lambda pair: pair[1], default=(None, 0.0))[0]


def _readings(line: str, copies: int) -> list[tuple[Reading, float]]:
    numbered = _page_number(line, copies)
    body = line[:numbered]
    readings: list[tuple[Reading, float]] = []
    if _GROUPS[copies].search(body):
        by_character = parse(body, copies, single=True)
        reading = _by_character(by_character) if by_character.runs else None
        if reading is not None:
            if reading.shape is Shape.WHOLE and len({run.unit for run in reading.runs}) > 4:
                # Nothing but pairs (triples, fours) is no accident, whatever else the line repeats.
                return [(reading, -copies)]
            readings.append((reading, by_character.cost))
    by_run = parse(body, copies)
    if by_run.runs and (not readings or any(len(run.unit) > 1 for run in by_run.runs)):
        reading = _by_run(by_run, numbered is not None)
        if reading is not None:
            readings.append((reading, by_run.cost))
    return readings


def _may_be_numbered(line: str) -> bool:
    return line.rstrip(_CLOSERS)[-1:].isdigit()


def _page_number(line: str, copies: int) -> int | None:
    """Where a number at the end of the line begins that stands apart and was drawn once; None if there is none.

    `22` may be page 22 as well as a 2 drawn twice. It is the latter where it stands no farther off than the words do.
    """
    found = _NUMBER_AT_END.search(line) if _may_be_numbered(line) else None
    if found is None:
        return None
    digits, gap = found["digits"], found["gap"]
    if line[: found.start()].endswith((" " + digits, digits + digits)):
        return None  # itself a copy
    unit, rest = divmod(len(digits), copies)
    by_digit = all(digits[i] * copies == digits[i : i + copies] for i in range(0, len(digits), copies))
    if not rest and (digits == digits[:unit] * copies or by_digit):
        others = {len(blanks) for blanks in re.findall(r"\s+", line[: found.start()].strip())}
        if gap.isspace() and (len(gap) == 1 or (others and len(gap) in others)):
            return None
    return found.start("number")


# By character: every character drawn k times before the next.

_PAIR = {"han": 2.5, "kana": 2.0, "latin": 1.6, "digit": 1.0, "mark": 0.4}
_MORE = {"han": 2.5, "kana": 2.5, "latin": 2.5, "digit": 1.0, "mark": 0.4}


def _by_character(found: Parse) -> Reading | None:
    copies, line = found.copies, found.line
    stretches = [stretch for stretch in found.stretches() if len(stretch) > 1 or not _is_part(found, stretch)]
    stretches = [stretch for stretch in stretches if not _says_nothing(stretch)]
    if not stretches:
        return None
    runs, shape = tuple(run for stretch in stretches for run in stretch), Shape.WHOLE
    if not _covers(line, runs):
        # Part of a name is part of a name, and so is part of a number; Han next to either is text.
        stretches = [s for s in stretches if _stands_free(line, s) or any(_WIDE.match(run.unit) for run in s)]
        if not stretches:
            return None
        runs, shape = max(stretches, key=lambda stretch: _pairs_weight(stretch, copies)), Shape.PART
    if _stutters(runs):
        return None
    weight = _pairs_weight(runs, copies)
    if shape is Shape.WHOLE and weight:
        weight += 3.0
    blanks = [gap for gap in _gaps(line, runs) if gap]
    drawn = bool(blanks) and all(gap.isspace() and len(gap) % copies == 0 and len(set(gap)) == 1 for gap in blanks)
    titled = runs[0].unit in _OPENERS and runs[-1].unit in _CLOSERS_OF_TITLES
    natural = weight if (_reduplicate(runs) and not titled) or (shape is Shape.PART and is_listing(line)) else 0.0
    return Reading(copies, "char", shape, _without_dashes(line, runs, copies), weight, natural, drawn)


def _reduplicate(runs: tuple[Run, ...]) -> bool:
    """Say whether all that doubles here doubles by itself: 高高兴兴, 谢谢谢谢, 人人."""
    natural = reduplicated()
    units = ["", *(run.unit for run in runs), ""]
    han = [triple for triple in zip(units, units[1:], units[2:]) if _kind(triple[1]) == "han"]
    return bool(han) and all(
        unit in natural.characters or {before + unit, unit + after} & natural.aabb for before, unit, after in han
    )


def _stutters(runs: tuple[Run, ...]) -> bool:
    """Say whether what is left once the copies are gone still says more than every third Latin letter again: `lll kk`.

    Nothing that is written does: fields of bits, and identifiers, are made like that.
    """
    said = "".join([run.unit for run in runs])
    if not _LATIN.search(said):
        return False
    latin = _LATIN.findall(said)
    if len(set(latin)) == 1 and sum(map(str.isalpha, said)) > len(latin) + 1:
        return False  # a name with other words: `PPP 链接`
    again = len(_AGAIN.findall(said))
    return again > 1 and 3 * again > len(latin)


def _pairs_weight(runs: tuple[Run, ...], copies: int) -> float:
    total = 0.0
    natural = reduplicated()
    previous = ""
    seen: set[str] = set()
    for index, run in enumerate(runs):
        kind = _kind(run.unit)
        weight = _PAIR[kind] + (_MORE[kind] * (copies - 2))
        if kind == "han" and (previous + run.unit in natural.aabb or run.unit + _unit(runs, index + 1) in natural.aabb):
            weight = 0.5
        elif run.unit in natural.characters:
            weight = 1.5 if copies == 2 else 0.5
        elif run.unit == previous or run.unit in seen:
            weight *= 0.4  # the same again says little more
        seen.add(run.unit)
        previous = run.unit
        total += weight
    # Dates and colours in computer manuals: YYMMDDhhmm, rrggbb.
    latin = [run.unit for run in runs if _kind(run.unit) == "latin"]
    if len(latin) == len(runs) and copies == 2 and (len(latin) < 7 or not set("aeiouAEIOU") & set(latin)):
        total = min(total, 3.0)
    return total


def _unit(runs: tuple[Run, ...], index: int) -> str:
    return runs[index].unit if index < len(runs) else ""


# By run: pieces of a line, as the typesetter's program drew them.


def _by_run(found: Parse, numbered: bool, *, whole: bool = False) -> Reading | None:
    copies, line = found.copies, found.line
    runs = found.runs
    if _goes_on(line, runs) or _says_nothing(runs) or (_stutters(runs) and not whole):
        return None
    shape = Shape.WHOLE if whole or _covers(line, runs) else Shape.PART
    if shape is Shape.PART:
        stretches = [stretch for stretch in found.stretches() if _stands_free(line, stretch)]
        if not stretches:
            return None
        best = max(stretches, key=lambda stretch: sum(_run_weight(run, copies, line) for run in stretch))
        # What else is drawn as often in the line of a heading, of which the number is, was drawn with that.
        first = stretches[0][0]
        headed = not line[: first.start].strip() and LEVELS.match(first.unit) is not None
        runs = tuple(run for stretch in stretches for run in stretch) if headed else best
    weights = [_run_weight(run, copies, line) for run in runs]
    single = [len(run.unit) == 1 for run in runs]
    # So many of them are no words.
    if 1 < sum(single) <= _MOST_DOUBLED or _reduplicate(tuple(compress(runs, single))):
        for index, (run, following) in enumerate(pairwise(runs)):
            # One font draws neighbouring Han in one go: pairs of single ones (高高兴兴) among longer runs are words.
            # So they are not where each copy has a line of its own.
            alone = single[index] and single[index + 1] and run.end == following.start
            alone = alone and "\n" not in line[run.start : run.end]
            if alone and _WIDE.match(run.unit) and _WIDE.match(following.unit):
                weights[index] = weights[index + 1] = 0.5
    dots = _dots_of_number(runs) if "." in line else []
    dotted = sum(dots) > 1
    if shape is Shape.WHOLE and (dotted or (_DOT.search(line) and any(map(_is_number, runs)))):
        # Behind the number of a heading that was drawn as often, a word that doubles by itself does not.
        weights = [max(weight, 2.5) if len(run.unit) == 2 else weight for run, weight in zip(runs, weights)]
    if dotted:
        # Nobody doubles every dot of a number: `1515..44..22..`.
        weights = [max(weight, 2.5) if dot else weight for dot, weight in zip(dots, weights)]
    weight = sum(weights) + (3.0 if shape is Shape.WHOLE else 0.0)
    content = [run for run, value in zip(runs, weights) if value > 1.0]
    natural = 0.0
    if len(content) <= 1:
        natural = _one_run(content[0], copies, line, numbered) if content else weight
        if content and any(run.start == content[0].end and len(run.unit) > 1 for run in runs):
            # What is drawn as often right behind a quotation or a sentence is no part of it.
            natural = min(natural, 5.5)
        if content and _is_bracketed(content[0], runs):
            natural = 0.0
    elif not dotted and all(run.unit[-1] in _ENDS for run in content):
        natural = 6.0
    if shape is Shape.PART:
        # In the middle of a line, characters double by themselves (顒顒昂昂), and so do phrases.
        if copies == 2:
            natural += sum(value for run, value in zip(runs, weights) if len(run.unit) == 1)
        elif len(content) == 1 and len(content[0].unit) <= 30:
            natural += 2.0
        if is_listing(line):
            natural = max(natural, weight)
    parted = [run for run in content if run.parted]
    drawn = False
    if len(content) > 1 and 2 * len(parted) > len(content):
        gaps = [gap for gap in _gaps(line, runs) if gap]
        drawn = all(gap.isspace() and len(gap) in (1, copies) and len(set(gap)) == 1 for gap in gaps)
    mode = "run"
    if len(runs) == 1:
        mode = "line" if shape is Shape.WHOLE else "phrase"
    elif runs[0].unit[-1] in _ENDS and all(run.unit[-1] in _ENDS for run in runs[:-1]):
        mode = "phrase"
    return Reading(copies, mode, shape, _without_dashes(line, tuple(runs), copies), weight, natural, drawn)


def _dots_of_number(runs: tuple[Run, ...]) -> list[bool]:
    """Say which runs are dots right behind digits that were drawn as often."""
    before = (None, *runs)
    return [
        run.unit == "." and above is not None and above.unit.isdigit() and above.end == run.start
        for above, run in zip(before, runs)
    ]


def _run_weight(run: Run, copies: int, line: str) -> float:
    unit, more = run.unit, copies - 2
    if unit in _MARKS:
        return 1.0 + more
    wide, letters, digits = len(unit), float(len(unit)), 0
    if _NARROW.search(unit):
        wide = len(_WIDE.findall(unit))
        letters = wide + (len(_LETTER.findall(unit)) - wide) / 2
        digits = sum(map(str.isdigit, unit))
        if not letters:
            if not digits:
                return 0.3 if len(unit) == 1 else 1.0
            if digits < len(unit):
                return 3.0 + more * _is_levels(unit) if digits > 1 else 1.0  # the number of a heading
            return 0.5 if digits < 4 else 2.5
    if len(unit) == 1:
        return (0.3 if unit in reduplicated().characters else 2.5 if wide else 1.0) + 0.5 * more
    if wide == len(unit) == 2:
        natural = reduplicated()
        if copies == 2 and (unit in natural.abab or set(unit) & natural.sounds):
            return 0.5
        return 4.5 + (0.0, 1.5, 5.0)[more]
    if letters < 2:
        return (3.2 if letters > 1 else 2.5) + more + (4.0 if _HEADED.match(unit) else 0.0)
    base = _said_twice(letters)
    if _NUMBERED.match(unit):
        base += 4.0
    elif (digits and wide) or unit[0] + unit[-1] in ("《》", "【】"):
        base += 2.0
    return base + (0.0, 2.0, 6.0)[more] + (3.0 if len(unit) >= _LETTERSPACED and _is_glued(run, line) else 0.0)


def _said_twice(letters: float) -> float:
    """What it is worth that so many letters come again at once."""
    return 3.0 + 1.2 * letters if letters < 4 else 8.0 + 0.8 * (letters - 4) if letters < 14 else 16.0


def weigh_unit(said: str, copies: int) -> float:
    """What speaks against chance where all that lines say is said so often, in nats."""
    wide = len(_WIDE.findall(said))
    letters = wide + (len(_LETTER.findall(said)) - wide) / 2
    if letters < 1:
        return 0.0
    base = _said_twice(letters)
    number = _LEVELS.match(said)
    levels = len(re.findall("[0-9]+", number[0])) if number else 0
    return base + 3.0 + 3.0 * (copies - 2) + 2.5 * levels


def _is_levels(unit: str) -> bool:
    return LEVELS.match(unit) is not None


def _is_number(run: Run) -> bool:
    """Say whether a unit is the number of a heading below a chapter: `16.2.`"""
    return SECTION.match(run.unit) is not None


def _one_run(run: Run, copies: int, line: str, numbered: bool) -> float:
    """What speaks for a writer where all there is, is one unit again and again."""
    unit = run.unit
    if _is_glued(run, line):
        return 0.0
    natural = 5.5 if copies == 2 else 3.0
    # Headings are neither sentences nor quotations; a line of print in bold ends anywhere.
    if unit[-1] in _ENDS or unit[0] in _ENDS or unit[0] in _OPENS:
        natural += 7.0
    natural += 3.0 * len(_STOP.findall(unit)) + 1.0 * sum(character in _PAUSES for character in unit[:-1])
    if _WIDE.search(unit):
        natural += len(line[run.start : run.head].split()) - 1.0
    if run.parted:
        natural += PARTED
    if _CELLS.search(unit):
        natural += 12.0
    if line[: run.start].strip()[-1:] in _OPENS:
        natural += 8.0  # what somebody shouts
    if numbered:
        natural -= 4.0  # a line of a printed page
    return natural / 2 if copies > 2 and len(unit) > 30 else natural


def _is_bracketed(content: Run, runs: tuple[Run, ...]) -> bool:
    """Say whether a bracket beside a unit was drawn as often: who repeats a title does so with both its brackets."""
    at = runs.index(content)
    beside = runs[max(at - 1, 0) : at], runs[at + 1 : at + 2]
    return any(run and run[0].unit in marks for run, marks in zip(beside, (_OPENERS, _CLOSERS_OF_TITLES)))


def _is_glued(run: Run, line: str) -> bool:
    """Say whether words stand twice with no blank where the copies meet: nobody writes `Higher SchoolHigher School`.

    Nor does anybody set letters apart, all but two: `总 则 和 附 则 表总 则 和 附 则 表`.
    """
    if run.parted:
        return False
    head = line[run.start : run.head]
    if len(run.unit) >= _LETTERSPACED and len(head.split()) == len(run.unit):
        return True
    if len(run.unit) < _GLUED or " " not in head or _UNSPACED.search(head):
        return False
    return (head[0].isalpha() or _FIRST_NUMBER.match(head) is not None) and (head[-1].isalpha() or head[-1] in "?)")


def _says_nothing(runs: tuple[Run, ...]) -> bool:
    """Say whether there are no two different letters in all the units: rules, leaders, columns of zeros.

    The number of a section says as much as a letter.
    """
    letters = {""} if LEVELS.match("".join([run.unit for run in runs])) else set()
    for run in runs:
        letters.update(filter(str.isalpha, run.unit))
        if len(letters) > 1:
            return False
    return True


def _goes_on(line: str, runs: tuple[Run, ...]) -> bool:
    """Say whether a unit of two or more characters stands once more than the reading has copies of it."""
    for start, _, end, unit, _ in runs:
        if len(unit) > 1:
            after, before = line[end : end + 1], line[max(start - 1, 0) : start]
            if (after == unit[0] or after.isspace()) and "".join(line[end:].split()).startswith(unit):
                return True
            if (before == unit[-1] or before.isspace()) and "".join(line[:start].split()).endswith(unit):
                return True
    return False


def _stands_free(line: str, stretch: tuple[Run, ...]) -> bool:
    """Say whether a stretch does not begin or end inside a Latin word or a number."""
    start, end = stretch[0].start, stretch[-1].end
    return not (
        (start and _LATIN_EDGE.match(line[start]) and _LATIN_EDGE.match(line[start - 1]))
        or (end < len(line) and _LATIN_EDGE.match(line[end - 1]) and _LATIN_EDGE.match(line[end]))
    )


# What both share.


def _without_dashes(line: str, runs: tuple[Run, ...], copies: int) -> tuple[Run, ...]:
    """Leave out a dash or an ellipsis of two characters: that is how long they are, drawn once.

    A dash between blanks is that of languages with blanks between words, which has one.
    """
    units = ["", *[run.unit for run in runs], ""]
    if copies > 2 or _LONG_MARKS.isdisjoint(units):
        return runs
    return tuple(
        run
        for before, run, after in zip(units, runs, units[2:])
        if run.unit not in _LONG_MARKS or run.unit in (before, after) or _is_between_blanks(line, run)
    )


def _is_between_blanks(line: str, run: Run) -> bool:
    return line[max(run.start - 1, 0)].isspace() and line[run.end : run.end + 1].isspace()


def _covers(line: str, runs: tuple[Run, ...] | list[Run]) -> bool:
    """Say whether the runs hold all that is said: outside them only marks, and a number or a sign at one end."""
    if sum([run.end - run.start for run in runs]) == len(line):
        return True
    pieces = []
    position = 0
    for run in runs:
        pieces.append(line[position : run.start])
        position = run.end
    pieces.append(line[position:])
    if not any(map(str.strip, pieces)):
        return True
    inner, before, after = "".join(pieces[1:-1]), _CHAPTER.sub("", pieces[0].strip()), pieces[-1].strip()
    # Where copies stand on lines of their own, a mark or a digit between two of them may have been drawn once.
    if any(map(str.isalpha, inner) if "\n" in line else inner.strip()) or _WIDE.search(before + after):
        return False
    outer = before + " " + after
    marks = [character for character in outer if not character.isalnum() and not character.isspace()]
    if any(unicodedata.category(mark) not in ("Ps", "Pe", "Pi", "Pf", "Pd", "So", "Po") for mark in marks) or (
        after and after[-1] in _ENDS and after[-1] not in "”’」』\"'"
    ):
        return False
    words = _OUTER_WORD.findall(outer)
    if not words:
        return True
    # A page number, a mark of the series: parted from the copies by a blank.
    return (
        len(words) <= 2
        and all(len(word) <= 8 and any(map(str.isdigit, word)) for word in words)
        and not (pieces[0].strip() and not pieces[0][-1:].isspace() and not ("\n" in line and pieces[0][-1] in ".．"))
        and not (pieces[-1].strip() and pieces[-1][:1].isalnum())
    )


def _is_part(found: Parse, stretch: tuple[Run, ...]) -> bool:
    return bool(found.line[: stretch[0].start].strip() or found.line[stretch[-1].end :].strip())


def _gaps(line: str, runs: tuple[Run, ...]) -> list[str]:
    return [line[before.end : after.start] for before, after in pairwise(runs)]


@cache
def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    if not character.isalpha():
        return "mark"
    if "\u3040" <= character <= "\u30ff":
        return "kana"
    return "han" if unicodedata.east_asian_width(character) in "WF" else "latin"
