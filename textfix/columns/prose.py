"""Is it prose that stands side by side, or a table, a list of terms, program text?

Columns of prose are filled to their measure, run on from line to line and not from side to side, and do not begin and
end together. All of it must be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from textfix.patterns import pattern

__all__ = ["Verdict", "judge"]

_WIDE = pattern("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")
_HAN = pattern("[\u3400-\u9fff\u3040-\u30ff]")
_LETTER = pattern(r"[^\W\d_]")
_LOWER = pattern("[a-zß-öø-ÿ]")
_ENDED = pattern("[。！？!?：:；;”」』”)）》】…—.][”」』)）]*$")
_CELLS = pattern(r"\S {3,}(?=\S)")
_CODE = pattern(r"[{};|\\]\s*$|^\s*(?:[#$>|*]|//|--?[A-Za-z])|[=<>]{2}|\|")
# Cells of display, nats, shares.
_NARROWEST = 14
_FILLED = 0.8
# Words of a line, where words are parted by blanks.
_FEWEST = 4


class Verdict:
    """What two columns are: prose for certain, nothing of the kind, or who knows (and why not)."""

    NONE, DOUBT, PROSE = range(3)


def judge(left: Sequence[str], right: Sequence[str], together: Sequence[bool]) -> tuple[int, str]:
    """Judge two columns by their lines, which stand in pairs, and by where both are followed by a blank line."""
    from statistics import median  # which takes longer to load than most texts to clean

    columns = [[line.strip() for line in lines if line.strip()] for lines in (left, right)]
    if any(len(lines) < 4 for lines in columns):
        return Verdict.NONE, ""
    widths = [[_cells(line) for line in lines] for lines in columns]
    if any(median(column) < _NARROWEST for column in widths):
        return Verdict.NONE, ""
    letters = [sum(len(_LETTER.findall(line)) for line in lines) for lines in columns]
    visible = [sum(len("".join(line.split())) for line in lines) for lines in columns]
    if any(some < 0.7 * seen for some, seen in zip(letters, visible)):
        return Verdict.NONE, ""
    if any(sum(bool(_CODE.search(line)) for line in lines) > 0.15 * len(lines) for lines in columns):
        return Verdict.NONE, ""
    for column, lines in zip(widths, columns):
        measure = sorted(column)[9 * len(column) // 10]
        full = [line for width, line in zip(column, lines) if width >= _FILLED * measure]
        if len(full) < 0.5 * len(lines):
            return Verdict.DOUBT, "the lines of a column are not filled to one measure"
        if sum(len(_CELLS.findall(line)) > 0 for line in lines) > 0.3 * len(lines) and not _is_justified(lines):
            return Verdict.NONE, ""
        if _runs_on(full) < 0.6:
            return Verdict.DOUBT, "the lines of a column end with their sentences"
    if sum(together) >= 3 and _ends_together(left, right, together):
        return Verdict.DOUBT, "both sides begin and end together, as the cells of a table do"
    return _continuity(columns, left, right)


def _cells(line: str) -> int:
    return len(line) + (0 if line.isascii() else len(_WIDE.findall(line)))


def _is_justified(lines: Sequence[str]) -> bool:
    """Say whether wide gaps are those of justified words: no two lines have them in one place."""
    gaps = [match.end() for line in lines for match in _CELLS.finditer(line)]
    return not gaps or max(gaps.count(gap) for gap in set(gaps)) <= max(2, len(lines) // 5)


def _runs_on(lines: Sequence[str]) -> float:
    """The share of lines that end no sentence."""
    return sum(not _ENDED.search(line) for line in lines) / len(lines)


def _ends_together(left: Sequence[str], right: Sequence[str], together: Sequence[bool]) -> bool:
    both = [at for at, flag in enumerate(together) if flag]
    ended = sum(_closes(left, at) and _closes(right, at) for at in both)
    return 10 * ended >= 7 * len(both)


def _closes(lines: Sequence[str], at: int) -> bool:
    """Say whether the last line at or above a place ends a sentence, or is none."""
    while at >= 0 and not lines[at].strip():
        at -= 1
    return at < 0 or _ENDED.search(lines[at].strip()) is not None


def _continuity(columns: Sequence[Sequence[str]], left: Sequence[str], right: Sequence[str]) -> tuple[int, str]:
    """Judge by how text runs on: from line to line of the columns, and from the left to the right one."""
    from statistics import median

    down = [pair for lines in columns for pair in pairwise(lines)]
    across = [(a.strip(), b.strip()) for a, b in zip(left, right) if a.strip() and b.strip()]
    han = [pair for pair in down if _is_han(pair)]
    if 4 * len(han) >= len(down):
        ours, theirs = _words(han), _words([pair for pair in across if _is_han(pair)])
        if ours >= theirs + 0.5:
            return Verdict.PROSE, ""
        return Verdict.DOUBT, f"words run on downwards ({ours:.1f} nats) no better than sideways ({theirs:.1f})"
    # Small letters begin lines of both columns; what is left to tell is whether they may follow the line above.
    wrong = sum(bool(_ENDED.search(above)) == bool(_LOWER.match(below)) for above, below in down)
    words = min(median([len(line.split()) for line in lines]) for lines in columns)
    if 4 * wrong > len(down) or words < _FEWEST:
        return Verdict.DOUBT, f"{wrong} of {len(down)} lines do not run on downwards"
    return Verdict.PROSE, ""


def _is_han(pair: tuple[str, str]) -> bool:
    return bool(_HAN.match(pair[0][-1]) and _HAN.match(pair[1][0]))


def _words(pairs: Sequence[tuple[str, str]]) -> float:
    from textfix.layout.crossing import crossing

    return sum(min(value, 4.0) for value in crossing(pairs)) / len(pairs) if pairs else 0.0
