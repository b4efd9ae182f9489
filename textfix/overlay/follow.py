"""Lines that only a document known to be overlaid lets read: rests of headings, numbers, lead-ins of paragraphs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise

from textfix.markup.spans import Spans
from textfix.overlay.chains import Chain, chained
from textfix.overlay.evidence import Reading, Shape
from textfix.overlay.natural import TWO_KANA, reduplicated
from textfix.overlay.numbers import LEVELS, SECTION
from textfix.overlay.parse import Run, parse
from textfix.overlay.scan import MAX_LINE
from textfix.patterns import pattern

__all__ = ["continued", "headed", "led_in", "lone"]

_NEXT_LINE = pattern(r"[^\S\n\f]*\n(?:[^\S\n\f]*\n)?([^\S\n\f]*\S[^\n\f]*)")
_HEADING = pattern(r"(?:[A-Z][.．])?(?!0)(?:[0-9]+[.．])+[0-9]*[A-Za-z]?$")
_APPENDIX = pattern(r"([A-Z])\1+[.．]")
_OPEN_END = pattern(r"[\w、，,：:“‘「『《（()）%—-]")
_PAUSE = pattern(r"[，、：；,:]")
_INNER = pattern(r"[，。、：；！？,;:!?]")
_LONGEST_LEAD = 32
#: A line of nothing but the number of a heading, or part of one.
_NUMBER = pattern(r"[^\S\n\f]*[0-9][0-9.．\s]{0,24}\n")
#: The number of a chapter, all that lines say.
_CHAPTER = pattern(r"[0-9]{1,3}[.．]$")
#: How a heading with a number begins.
_NUMBERED = pattern(r"(?:[0-9]{1,3}[.．]){1,6}[0-9]*[^\W\d_]|第?[0-9〇零一二三四五六七八九十百]{1,5}[章节節장절]")
_ENDED = pattern(r"[，。；！？,;!?]\s*$")
_MOST_LINES = 12
#: A heading of so many characters, with its copies, may leave a single one for the next line.
_FULL = 8
_LEAST_ON_LINES = 2  # letters
_MOST_PIECES = 4  # of a heading, above the one that is known
# A line is of the measure of another one where it has so many characters, and so many more or fewer at most. On the
# same dumps as in `leads`, 5 and 10 repair the same and 20 less, 1 and 3 the same and 6 two lines more.
_MEASURE = 10
_ALIKE = 3
#: A character as a title, its brackets drawn as often.
_TITLES = {
    copies: pattern(
        rf"([《〈「『【（])\1{{{copies - 1}}}([^\W\d_])\2{{{copies - 1}}}([》〉」』】）])\3{{{copies - 1}}}"
    )
    for copies in (2, 3, 4)
}
#: So many letters that a line begins with twice are a rest.
_LEAST_REST = 3
_HAN = pattern(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af\U00020000-\U0003ffff]")


def continued(
    text: str, ends: Iterable[tuple[int, int, bool]], known: Collection[int], taken: Spans
) -> dict[int, Reading]:
    """Read what a heading left over for its next line.

    It is given where headings end, how often each was drawn, and whether each character of it was.

    >>> found = continued("企业职工出资改\\n制制\\n本报讯", [(7, 2, False)], (), Spans())
    >>> [(start, reading.runs[0].unit) for start, reading in found.items()]
    [(8, '制')]
    """
    found: dict[int, Reading] = {}
    queue = list(ends)
    while queue:
        end, copies, single = queue.pop()
        match = _NEXT_LINE.match(text, end) if _OPEN_END.match(text, end - 1) or _is_number(text, end) else None
        if match is None:
            continue
        start = match.start(1)
        line = match[1][:MAX_LINE]
        if start in known or start in taken or start in found:
            continue
        size = end - text.rfind("\n", 0, end) - 1
        reading = _rest(line, copies, size, single=single) or _rest_on_lines(text, start, copies, size)
        if reading is not None and _is_free(text, start, reading, known, taken):
            found[start] = reading
            if reading.shape is Shape.WHOLE:
                queue.append((start + reading.runs[-1].end, copies, single))
    return found


def _is_number(text: str, end: int) -> bool:
    """Say whether the line that ends there is the number of a heading: of copies out of order it may be the last."""
    line = text[max(text.rfind("\n", 0, end) + 1, end - MAX_LINE) : end]
    return SECTION.match("".join(line.split())) is not None


def headed(
    text: str, beginnings: Iterable[tuple[int, int]], known: Collection[int], taken: Spans
) -> dict[int, Reading]:
    """Read what stands of a heading on the lines right above: its number, or how it begins behind one.

    It is given where headings begin and how often each was drawn.

    >>> found = headed("10.1.\\n10.1.\\n可移动存储装置\\n", [(12, 2)], (), Spans())
    >>> [(start, reading.runs[0].unit) for start, reading in found.items()]
    [(0, '10.1.')]
    >>> text = "3.2.4. 優雅に休暇\\n優雅に休暇\\nを取る\\nを取る\\n"
    >>> [reading.runs[0].unit for reading in headed(text, [(19, 2)], (), Spans()).values()]
    ['優雅に休暇']

    Words that were drawn as often may stand between, piece by piece, but not without a number above them.

    >>> text = "6.7.1.\\n6.7.1.\\ndebconf\\ndebconf の\\n翻訳を取り\\n翻訳を取り\\n"
    >>> [reading.runs[0].unit for reading in headed(text, [(32, 2)], (), Spans()).values()]
    ['debconf', '6.7.1.']
    >>> headed(text[14:], [(18, 2)], (), Spans())
    {}
    """
    found: dict[int, Reading] = {}
    for beginning, copies in beginnings:
        pieces: dict[int, Reading] = {}
        start = beginning
        for _ in range(_MOST_PIECES):
            piece = _piece_above(text, start, copies, known, taken)
            if piece is None:
                break
            start, reading, numbered = piece
            pieces[start] = reading
            if numbered:
                found.update(pieces)
                break
    return found


def _piece_above(
    text: str, beginning: int, copies: int, known: Collection[int], taken: Spans
) -> tuple[int, Reading, bool] | None:
    """Read the lines right above a place as one piece of a heading, and say whether that begins with its number."""
    start, numbers = beginning, True
    piece: tuple[int, Reading, bool] | None = None
    for count in range(1, copies + 2):
        above = _line_above(text, start)
        if above is None or above in known or above in taken or beginning - above > MAX_LINE:
            break
        numbers = numbers and _NUMBER.match(text, above) is not None
        if not numbers and (count > copies or _ENDED.search(text, above, start)):
            break
        start = above
        lines = text[start:beginning]
        if count == 1:
            drawn = lone(lines.rstrip(), copies) if numbers else None
            if drawn is not None and LEVELS.match("".join([run.unit for run in drawn.runs])):
                return start, drawn, True
        chain = chained(text, start, beginning) if count >= copies else None
        if chain is None or chain.copies != copies or not lines[chain.size :].isspace():
            continue
        reading = _reading(chain.runs, copies, Shape.WHOLE)
        if not _is_free(text, start, reading, known, taken):
            break
        if _is_beginning(chain, lines, copies):
            return start, reading, True
        if _has_word(chain) and not _doubles_by_itself(chain.runs, copies):
            piece = piece or (start, reading, False)
    return piece


def _is_beginning(chain: Chain, lines: str, copies: int) -> bool:
    """Say whether lines are the number of a heading, or begin with one and hold a word that was drawn as often."""
    said = chain.said(lines)
    if SECTION.match(said) or (_CHAPTER.match(said) and len(chain.runs) == 1):
        return True
    if _NUMBERED.match(said) is None or _doubles_by_itself(chain.runs, copies):
        return False
    # Of a number that goes on with a letter, a part of it that has lines of its own says enough: `5.14 / 14.2.5.詳`.
    return _has_word(chain) or (LEVELS.match(said) is not None and any(len(run.unit) > 1 for run in chain.runs))


def _has_word(chain: Chain) -> bool:
    return any(sum(map(str.isalpha, run.unit)) >= _LEAST_ON_LINES for run in chain.runs)


def _is_free(text: str, start: int, reading: Reading, known: Collection[int], taken: Spans) -> bool:
    """Say whether nothing else was read in the lines of a reading."""
    end = start + reading.runs[-1].end
    line = text.find("\n", start, end) + 1
    while line:
        if line in known:
            return False
        line = text.find("\n", line, end) + 1
    return not taken.meets(start, end)


def _line_above(text: str, start: int) -> int | None:
    """Return where the line above starts, with at most one blank one between; None where there is none."""
    for _ in range(2):
        end = start - 1
        start = text.rfind("\n", 0, max(end, 0)) + 1
        line = text[start : max(end, 0)]
        if end < 0 or text[end] != "\n" or "\f" in line:
            return None
        if line and not line.isspace():
            return start
    return None


def _rest_on_lines(text: str, start: int, copies: int, size: int) -> Reading | None:
    """Read what a heading, of so many characters, left over for its next lines, of which each has a copy."""
    stop = text.find("\n", start)
    below = _NEXT_LINE.match(text, stop) if stop >= 0 else None
    if below is None or text[start:stop].rstrip()[-1:] not in below[1]:
        return None
    for _ in range(_MOST_LINES):
        stop = text.find("\n", stop) + 1 or len(text)
    chain = chained(text, start, min(stop, start + MAX_LINE))
    if chain is None or chain.copies != copies:
        return None
    said = chain.said(text[start : start + chain.size])
    letters = sum(map(str.isalpha, said))
    # One letter is a rest where the heading is long or drawn often, and nothing else stands on its lines.
    least = 1 if len(said) == 1 and (size >= _FULL or copies > 2) else _LEAST_ON_LINES
    if letters < least or _doubles_by_itself(chain.runs, copies):
        return None
    return _reading(chain.runs, copies, Shape.WHOLE)


def _rest(line: str, copies: int, size: int, *, single: bool) -> Reading | None:
    """Read what a line of so many characters left over, copies and all."""
    full = size >= _FULL
    runs = _first_runs(line, copies)
    said = "".join(run.unit for run in runs)
    if not said:
        return None
    behind = line[runs[-1].end :].strip()
    if _doubles_by_itself(runs, copies) and (behind or not (single or full) or len(said) > 1):
        return None
    if copies == 2 and len(runs) == 1 and TWO_KANA.fullmatch(said):
        return None
    if not behind:
        # One digit, or one number, is a page number, or part of the number of a section (`1.1.`).
        return _reading(runs, copies, Shape.WHOLE) if not said.rstrip(".．").isdigit() else None
    letters = sum(map(str.isalpha, said))
    if not letters or (copies == 2 and not _INNER.match(behind)):
        return None
    # A sentence below a heading may begin with a word of two letters said twice (`知否知否，`); it does not with one,
    # but where a lead-in had no room for its last.
    if copies == 2 and len(runs) == 1 and letters < _LEAST_REST and not (full and letters == len(said) == 1):
        # Both are lines of a measure that the first one filled.
        rest = len(line.strip()) - len(said)
        if rest < _MEASURE or min(abs(rest - size), abs(rest - size // copies)) > _ALIKE:
            return None
    return _reading(runs, copies, Shape.PART)


def lone(line: str, copies: int) -> Reading | None:
    """Read a line that is nothing but one character, or the number of a heading with little behind it.

    Only the document says how often it was drawn.

    >>> [lone(line, 3) is not None for line in ("序序序", "222 ... 111 ...", "1.2. C1.2. C1.2. C", "哈哈哈", "333")]
    [True, True, True, False, False]
    >>> [run.unit for run in lone("《《草草》》", 2).runs]
    ['《', '草', '》']
    """
    visible = "".join(line.split())
    title = _TITLES[copies].fullmatch(visible)
    if title is not None:
        runs = parse(line, copies, single=True).runs
        return _reading(runs, copies, Shape.WHOLE) if len(runs) == len(title.groups()) else None
    if not (
        visible[:1].isdigit()
        or _APPENDIX.match(visible)
        or (len(visible) == copies and visible == visible[:1] * copies)
    ):
        return None
    if any(visible.count(character) % copies for character in set(visible)):
        return None
    for single in (True, False):
        runs = parse(line, copies, single=single).runs
        said = "".join(run.unit for run in runs)
        if len(said) * copies == len(visible):
            # `1.1.` is more often the number of a section than that of a chapter drawn twice.
            section = said.rstrip(".．").isdigit() and SECTION.match(visible) is not None
            heading = _HEADING.match(said) is not None and not section
            if heading or (len(said) == 1 and _HAN.match(said) and not _doubles_by_itself(runs, copies)):
                return _reading(runs, copies, Shape.WHOLE)
    return None


def led_in(line: str, copies: int, least: int, *, set_in: bool = False) -> Reading | None:
    """Read the copies a paragraph begins with, of so many letters, where the document says how often.

    By character, or more often than twice, fewer letters will do. What is `set_in` by an indent that was drawn as often
    may be a word that is said twice.

    >>> [run.unit for run in led_in("据了解据了解，这项工程已经完工。", 2, 3).runs]
    ['据了解']
    >>> led_in("研究研究，再作决定。", 2, 3)
    >>> led_in("/dev/md0 /dev/md0: active", 2, 3)
    """
    pause = _INNER.search(line, 0, _LONGEST_LEAD * copies)
    if pause is None or not _PAUSE.match(pause[0]) or line.count(line[: pause.start()].lstrip()[:1]) < copies:
        return None
    lead = line[: pause.start()].rstrip()
    runs = _first_runs(lead, copies)
    if not runs or runs[-1].end < len(lead) or _doubles_by_itself(runs, copies):
        return None
    said = "".join(run.unit for run in runs)
    if said.isascii() and not said.isalpha():
        return None  # a Latin lead-in has words; `/dev/md0 /dev/md0: active` is what a program says
    if copies == 2 and len(runs) == 1 and not set_in and (said in reduplicated().abab or TWO_KANA.fullmatch(said)):
        return None
    # Four digits are a year.
    letters = sum(map(str.isalpha, said)) + sum(map(str.isdigit, said)) // 2
    if letters < (least if copies == 2 and len(runs) == 1 else max(least - 1, 2)):
        return None
    return _reading(runs, copies, Shape.PART)


def _first_runs(line: str, copies: int) -> tuple[Run, ...]:
    """The copies a line begins with."""
    visible = "".join(line.split())
    if visible.count(visible[:2]) < copies and not visible.startswith(visible[:1] * copies):
        return ()  # neither the first two characters stand as often, nor does the first one in a row
    runs = parse(line, copies).runs
    position = 0
    for count, run in enumerate(runs):
        if line[position : run.start].strip():
            return runs[:count]
        position = run.end
    return runs


def _doubles_by_itself(runs: tuple[Run, ...], copies: int) -> bool:
    natural = reduplicated()
    units = [run.unit for run in runs]
    if copies > 2 and len(units) > 1:
        return False
    pairs = {before + after for before, after in pairwise(units)}
    return all(len(unit) == 1 and unit in natural.characters | natural.sounds for unit in units) or (
        bool(pairs) and len(units) == 2 and pairs <= natural.aabb
    )


def _reading(runs: tuple[Run, ...], copies: int, shape: Shape) -> Reading:
    return Reading(copies, "run", shape, runs, 0.0, 0.0, blanks=False)
