"""Printed lines that a dump cut behind their marks, put together again.

A piece that ends without a mark ends its printed line; one that ends in a mark may end anywhere. From one certain end
to the next there is one printed line, or a few: what fills the measure together stood on one line, so that nothing
begins inside it, whatever sentence ends there. The measure of such a page shows in these runs alone, for its pieces are
of any width.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import classes as c
from .groups import Groups, Places
from .lines import Bools, Ints, Lines, Shorts

#: A width no line has.
_FAR = 480
#: So many ends of lines are marks, and so many lines there are, where lines were cut at their marks; of printed lines
#: one end in seven is.
_SHARE, _LEAST = 0.25, 20
#: Most pieces of a run that are put together.
_MOST = 12
#: By how much, in quarter cells, a printed line exceeds its measure at most.
_OVER = 6
#: The widest run.
_WIDEST = 8000

_ENDING = c.members(c.COMMA, c.ENUM_COMMA, c.SEMICOLON, c.COLON, c.STOP, c.CLOSER)
_CUT = _ENDING | c.members(c.OPENER)
_NAMES = ("run_fill", "run_up", "run_room", "run_down", "run_pieces", "run_measure")


@dataclass(frozen=True)
class Runs:
    """Runs of pieces between certain ends of printed lines, in the documents that were cut at their marks.

    ``pieces`` are the lines of these documents, ``width`` how wide each is, ``groups`` the pieces of each run;
    ``totals`` are the widths of runs, ``docs`` the runs of each document.
    """

    count: int
    pieces: Places
    width: Ints
    groups: Groups
    totals: Shorts
    docs: Groups

    @classmethod
    def of(cls, lines: Lines, docs: Groups, width: Shorts, halved: npt.NDArray[np.intp]) -> Runs | None:
        """The runs, or nothing where no document was cut at its marks.

        Which marks of a document the widths take for half a cell narrower *halved* says: none, those that end a line,
        pauses, all.
        """
        marked = _CUT.take(lines.tail[0], mode="clip")
        cut = docs.sums(marked.view(np.int8)) >= _SHARE * docs.sizes
        cut &= docs.sizes >= _LEAST
        if not cut.any():
            return None
        pieces = np.flatnonzero(docs.spread(cut))
        begins: Bools = np.zeros(len(lines), bool)
        begins[1:] = ~(marked[:-1] | _CUT.take(lines.head[0][1:], mode="clip"))
        begins[docs.heads] = True
        # The mark that a line was cut behind was squeezed to half its width.
        squeezed = _ENDING.take(lines.tail[0], mode="clip") & (halved == 0)
        squeezed |= (lines.tail[0] == c.STOP) & (halved == 2)
        narrow = (width - squeezed * np.int16(c.CELL))[pieces].astype(np.int32)
        groups = Groups(begins[pieces])
        totals = np.minimum(groups.sums(narrow), _WIDEST).astype(np.int16)
        heads = np.zeros(len(lines), bool)
        heads[docs.heads] = True
        return cls(len(lines), pieces, narrow, groups, totals, Groups(heads[pieces[groups.heads]]))

    def rows(self, measure: npt.NDArray[np.int32]) -> dict[str, Shorts]:
        """How far, in quarter cells, the run, what stands of the printed line up to its break, and what stands of the
        next from it on, are from filling the *measure* of each run; what room the next piece would leave; how many
        pieces the run has, where the break is inside it; and the measure.
        """
        groups, width = self.groups, self.width
        size = groups.spread(measure)
        up, down = width.copy(), width.copy()
        place = np.arange(len(width)) - groups.begin
        left = groups.end - np.arange(len(width))
        for k in range(1, _MOST):
            for total, some, step in ((up, place == k, -1), (down, left == k, 1)):
                at = np.flatnonzero(some)
                more = total[at + step] + width[at]
                total[at] = np.where(more <= size[at] + _OVER, more, width[at])
        below = np.minimum(np.arange(len(width)) + 1, len(width) - 1)
        columns = (
            groups.spread(self.totals.astype(np.int32)) - size,
            up - size,
            size - up - width[below],
            down[below] - size[below],
            np.where(left > 0, groups.spread(groups.sizes), 0),
            size,
        )
        known = np.array(columns).clip(-_FAR, _FAR).astype(np.int16)
        rows = silent(self.count)
        for row, column in zip(rows.values(), known):
            row[self.pieces] = column
        return rows


def silent(count: int) -> dict[str, Shorts]:
    """The rows of so many lines that were not cut."""
    rows = {name: np.full(count, -_FAR, np.int16) for name in _NAMES}
    rows["run_pieces"][:] = 0
    return rows
