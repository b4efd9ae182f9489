"""Scores of a cleaned dump against the truth.

Everything is judged at pairs of characters that stand next to each other both in the truth and in the dump. Where an
extractor read columns or boxes in another order than the truth has them, the pairs at the seams are not the truth's;
there a break is all a cleaner can leave, and all that is asked.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from . import align as al
from .dumps import Dump, place, spans_of
from .model import LINED

#: Above this share of seams and glued columns the extractor has lost the reading order; scored apart.
SCRAMBLED = 0.15

_LEADER = re.compile(r"[.\-_]{4,}")

_Ints = npt.NDArray[Any]
_Longs = npt.NDArray[Any]


@dataclasses.dataclass
class Tally:
    """Counts that add up over dumps; the figures of the report are properties."""

    dumps: int = 0
    tp: int = 0
    fp: int = 0
    fn: int = 0
    #: Line ends of the dump that are judged, and how many went wrong.
    ends: int = 0
    wrong: int = 0
    blocks: int = 0
    exact: int = 0
    heads: int = 0
    heads_exact: int = 0
    chars: int = 0
    edits: int = 0
    space_edits: int = 0
    gaps: int = 0
    stray: int = 0
    lost_spaces: int = 0
    false_copies: int = 0
    furniture: int = 0
    furniture_removed: int = 0
    body_removed: int = 0
    unjudged: int = 0
    unstable: int = 0
    failed: int = 0
    seconds: float = 0.0
    bytes: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in dataclasses.fields(self)))

    @property
    def precision(self) -> float:
        return _ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float:
        return _ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float:
        return _ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    @property
    def per_1000(self) -> float:
        return 1000 * self.wrong / max(self.ends, 1)

    @property
    def blocks_exact(self) -> float:
        return _ratio(self.exact, self.blocks)

    @property
    def overlay_exact(self) -> float:
        return _ratio(self.heads_exact, self.heads)

    @property
    def false_copies_per_million(self) -> float:
        return 1e6 * self.false_copies / max(self.chars, 1)

    @property
    def cer(self) -> float:
        return self.edits / max(self.chars, 1)

    @property
    def cer_space(self) -> float:
        return (self.edits + self.space_edits) / max(self.chars + self.gaps, 1)

    @property
    def stray_per_1000(self) -> float:
        return 1000 * self.stray / max(self.chars, 1)

    @property
    def lost_spaces_per_1000(self) -> float:
        return 1000 * self.lost_spaces / max(self.chars, 1)

    @property
    def furniture_precision(self) -> float:
        return _ratio(self.furniture_removed, self.furniture_removed + self.body_removed)

    @property
    def furniture_recall(self) -> float:
        return _ratio(self.furniture_removed, self.furniture)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


class Judge:
    """Everything about a dump that does not depend on the cleaner."""

    def __init__(self, dump: Dump) -> None:
        self.dump, self.truth = dump, dump.truth
        self.pairs()
        self.blocks()
        self.strings = Counter(al.skeleton(n.text).chars for n in dump.lines if n.label == "F")
        spans = spans_of(dump.skeleton)
        runs = _unplaced(dump.skeleton, dump.places, spans, [n.label == "F" for n in dump.lines])
        #: What looks like furniture and is none, in the dump itself.
        self.hidden = _hidden(runs, self.strings)
        share = sum(n.label in "JX" for n in dump.lines) / max(1, len(dump.lines))
        self.scrambled = share > SCRAMBLED

    def pairs(self) -> None:
        """Pairs of truth positions to judge, with what is expected between them."""
        d, t = self.dump, self.truth
        at = np.flatnonzero(d.places >= 0)
        left, right = d.places[at[:-1]], d.places[at[1:]]
        line = np.cumsum(d.skeleton.gaps == al.BREAK) - 1
        ends = line[at[1:]] > line[at[:-1]]
        # white space between two placed characters, unplaced ones (furniture, copies) being passed over
        gaps_since = np.cumsum(d.skeleton.gaps > 0)
        self.dump_gap = np.where(ends, al.BREAK, np.where(gaps_since[at[1:]] > gaps_since[at[:-1]], al.SPACE, al.NONE))
        step = right - left
        near = (step >= 1) & (step <= 3)
        gap = np.zeros(len(left), np.int8)
        for k in (1, 2, 3):  # the widest gap on the way, should the extractor have dropped a character
            sure = near & (step >= k)
            gap[sure] = np.maximum(gap[sure], t.gaps[left[sure] + k])
        labels = np.array([n.label for n in d.lines] or ["?"])
        bad = np.isin(labels, ("X", "?"))
        doubtful = np.concatenate(([0], np.cumsum(bad)))
        # a line that could not be aligned, at either end or in between
        unsure = (doubtful[line[at[1:]] + 1] - doubtful[line[at[:-1]]]) > 0
        kinds = np.array([b.kind in LINED for b in t.blocks] or [False])
        many = np.array([b.copies > 1 for b in t.blocks] or [False])
        same = t.block_of[left] == t.block_of[right]
        expected = np.where(near, gap >= al.BREAK, True)
        judged = np.where(near, ends | (gap <= al.SPACE), ends & ~unsure)
        judged &= ~(ends & unsure)
        judged &= ~(ends & same & kinds[t.block_of[left]] & (gap <= al.SPACE) & near)  # wrapped code, cells
        judged &= ~(same & many[t.block_of[left]])
        self.left, self.right = left[judged], right[judged]
        self.expected, self.ends, self.gap = expected[judged], ends[judged], gap[judged]
        self.near = near[judged]
        self.merged = int((near & ~ends & (gap == al.BREAK)).sum())

    def blocks(self) -> None:
        """Blocks that came out of the extractor in one piece, and overlaid heads that came out more than once."""
        d, t = self.dump, self.truth
        covered = np.zeros(len(t.chars) + 1, bool)
        covered[d.places[d.places >= 0]] = True
        self.covered = covered
        at = np.full(len(t.chars), -1, np.int64)
        placed = np.flatnonzero(d.places >= 0)
        at[d.places[placed]] = np.arange(len(placed))  # rank among the placed characters
        line = np.cumsum(d.skeleton.gaps == al.BREAK) - 1
        labels = [n.label for n in d.lines]
        _, copies, owner = place(d.skeleton, spans_of(d.skeleton), [x == "F" for x in labels], t)
        repeated = set(owner[(copies == -1) & (owner >= 0)].tolist())
        self.seams = self._seams(owner)
        #: For each truth character, whether the dump begins a line there.
        self.opens = np.zeros(len(t.chars) + 1, bool)
        self.opens[d.places[placed[1:]][line[placed[1:]] > line[placed[:-1]]]] = True
        self.whole: list[int] = []
        self.heads: list[int] = []
        for i, block in enumerate(t.blocks):
            a, b = t.start[i], t.start[i + 1]
            if a == b or not covered[a:b].all():
                continue
            if block.copies > 1 and i in repeated:
                self.heads.append(i)
            if (np.diff(at[a:b]) != 1).any():
                continue
            first, last = placed[at[a]], placed[at[b - 1]]
            if block.copies == 1 and any(labels[n] in "X?" for n in range(int(line[first]), int(line[last]) + 1)):
                continue
            # the extractor may have put two blocks on one line: nobody can tell them apart again
            alone = d.skeleton.gaps[first] == al.BREAK and (
                last + 1 == len(d.skeleton.chars) or d.skeleton.gaps[last + 1] == al.BREAK
            )
            if alone:
                self.whole.append(i)

    def _seams(self, owner: _Ints) -> npt.NDArray[Any]:
        """For each truth character of an overlaid head, whether the extractor put another block right before it.

        A head whose lines came out on both sides of another text cannot be put together again: each part is judged.
        """
        d, t = self.dump, self.truth
        seams = np.zeros(len(t.chars) + 1, bool)
        block = np.where(d.places >= 0, t.block_of[np.maximum(d.places, 0)], owner)
        for i in set(owner[owner >= 0].tolist()):
            at = np.flatnonzero((d.places >= t.start[i]) & (d.places < t.start[i + 1]))
            for a, b in zip(at[:-1].tolist(), at[1:].tolist()):
                between = block[min(a, b) + 1 : max(a, b)]
                if ((between >= 0) & (between != i)).any():
                    seams[d.places[b]] = True
        return seams

    def score(self, output: str) -> Tally:
        """Judge one output of a cleaner."""
        t = self.truth
        skel = al.skeleton(output)
        spans = spans_of(skel)
        left = self.strings.copy()
        flags = []
        for a, b in spans:
            string = skel.chars[a:b]
            flags.append(left[string] > 0)
            left[string] -= flags[-1]
        places, copies, owner = place(skel, spans, flags, t)
        self._recover(skel, places, copies)
        tally = Tally(dumps=1, chars=int(self.covered.sum()))
        where = np.full(len(t.chars) + 1, -1, np.int64)
        placed = np.flatnonzero(places >= 0)
        where[places[placed]] = placed
        self._breaks(tally, skel, where)
        lead = self._leaders(skel, places)
        self._blocks(tally, skel, where, lead, copies, owner)
        self._characters(tally, skel, places, placed, where, lead)
        self._furniture(tally, skel, spans, flags, places, where)
        return tally

    def _recover(self, skel: al.Skeleton, places: _Ints, copies: _Ints) -> None:
        """Place short stretches that the aligner could not tell from chance by what they follow in the dump."""
        t = self.truth
        seen = np.zeros(len(t.chars) + 1, bool)
        seen[places[places >= 0]] = True
        missing = self.covered & ~seen
        if not missing.any():
            return
        where = np.full(len(t.chars) + 1, -1, np.int64)
        where[places[places >= 0]] = np.flatnonzero(places >= 0)
        order = self.dump.places[self.dump.places >= 0]  # the truth in the order of the dump
        rank = np.full(len(t.chars) + 1, -1, np.int64)
        rank[order] = np.arange(len(order))
        edges = np.flatnonzero(np.diff(np.concatenate(([0], missing[order].astype(np.int8), [0]))))
        for a, b in zip(edges[::2].tolist(), edges[1::2].tolist()):
            wanted = order[a:b]
            string = "".join(t.chars[i] for i in wanted)
            start = int(where[order[a - 1]]) + 1 if a else 0
            if a and start == 0:
                continue
            for at in range(start, min(start + 40, len(skel.chars))):
                span = slice(at, at + len(string))
                if places[at] >= 0:
                    break
                if skel.chars.startswith(string, at) and (places[span] < 0).all():
                    places[span] = wanted
                    where[wanted] = np.arange(at, at + len(string))
                    break

    @staticmethod
    def _leaders(skel: al.Skeleton, places: _Ints) -> _Longs:
        """Running count of leader dots: the truth does not say how many of them a contents line has."""
        leader = np.zeros(len(skel.chars) + 1, np.int64)
        for m in _LEADER.finditer(skel.chars):
            leader[m.start() + 1 : m.end() + 1] = places[m.start() : m.end()] < 0
        return np.cumsum(leader)

    def _breaks(self, tally: Tally, skel: al.Skeleton, where: _Longs) -> None:
        a, b = where[self.left], where[self.right]
        known = (a >= 0) & (b >= 0)
        tally.unjudged = int((~known).sum()) + self.merged
        lines = np.cumsum(skel.gaps == al.BREAK) if len(skel.gaps) else np.zeros(1, np.int64)
        broke = np.where(known & (b > a), lines[np.maximum(b, 0)] > lines[np.maximum(a, 0)], True)
        expected = self.expected
        tally.tp = int((known & expected & broke).sum())
        tally.fp = int((known & ~expected & broke).sum())
        tally.fn = int((known & expected & ~broke).sum())
        tally.ends = int((known & self.ends).sum())
        tally.wrong = int((known & self.ends & (expected != broke)).sum())
        # white space where the characters stand next to each other in truth and output
        spaces = np.cumsum(skel.gaps > 0) if len(skel.gaps) else np.zeros(1, np.int64)
        close = known & self.near & (self.gap != al.CELL) & (b > a) & (b - a <= 3)
        blank = spaces[np.maximum(b, 0)] > spaces[np.maximum(a, 0)]
        got = np.where(broke & close, al.BREAK, np.where(blank, al.SPACE, al.NONE))
        want = np.minimum(self.gap, al.BREAK)
        tally.space_edits = int((close & (got != want)).sum())
        tally.gaps = int((close & (want > 0)).sum())
        tally.stray = int((close & (want == al.NONE) & (got == al.SPACE)).sum())
        tally.lost_spaces = int((close & (want == al.SPACE) & (got == al.NONE)).sum())

    def _blocks(
        self, tally: Tally, skel: al.Skeleton, where: _Longs, lead: _Longs, copies: _Ints, owner: _Ints
    ) -> None:
        t = self.truth
        tally.blocks = len(self.whole)
        tally.exact = sum(self._exact(skel, where, lead, i) for i in self.whole)
        left_over = set(owner[(copies == -1) & (owner >= 0)].tolist())
        tally.heads = len(self.heads)
        for i in self.heads:
            at = where[t.start[i] : t.start[i + 1]]
            seams = self.seams[t.start[i] + 1 : t.start[i + 1]]
            if i in left_over or (at < 0).any() or ((np.diff(at) != 1) & ~seams).any():
                continue
            # a head over several lines may stay so, but no break may be new
            new = (skel.gaps[at[1:]] == al.BREAK) & ~self.opens[t.start[i] + 1 : t.start[i + 1]] & ~seams
            tally.heads_exact += not new.any() and self._parted(skel, at, where)

    def _parted(self, skel: al.Skeleton, at: _Longs, where: _Longs) -> bool:
        """Whether nothing that has no place in the truth sticks to either end of a head, but leaders of contents."""
        known = set(where[where >= 0].tolist())
        before, after = int(at[0]) - 1, int(at[-1]) + 1
        clean_before = skel.gaps[at[0]] == al.BREAK or before in known
        clean_after = after >= len(skel.chars) or skel.gaps[after] == al.BREAK or after in known
        return bool(clean_before and (clean_after or _LEADER.match(skel.chars, after)))

    def _exact(self, skel: al.Skeleton, where: _Longs, lead: _Longs, i: int) -> bool:
        t = self.truth
        a, b = t.start[i], t.start[i + 1]
        at = where[a:b]
        if (at < 0).any() or (np.diff(at) != 1 + lead[at[1:]] - lead[at[:-1] + 1]).any():
            return False
        inner, want = skel.gaps[at[1:]] == al.BREAK, t.gaps[a + 1 : b]
        if ((inner != (want == al.BREAK)) & (want != al.CELL)).any():
            return False
        end = int(at[-1]) + 1
        return bool(skel.gaps[at[0]] == al.BREAK and (end == len(skel.chars) or skel.gaps[end] == al.BREAK))

    def _characters(
        self, tally: Tally, skel: al.Skeleton, places: _Ints, placed: _Ints, where: _Longs, lead: _Longs
    ) -> None:
        t = self.truth
        gone = self.covered[:-1] & (where[:-1] < 0)
        if not len(placed):
            tally.edits = max(len(skel.chars), int(self.covered.sum()))
            return
        extra = np.diff(placed) - 1 - (lead[placed[1:]] - lead[placed[:-1] + 1])
        missing = np.diff(places[placed]) - 1
        lost = np.concatenate(([0], np.cumsum(gone)))
        local = (missing > 0) & (missing <= 40)
        dropped = np.where(local, lost[places[placed[1:]]] - lost[places[placed[:-1]] + 1], 0)
        tally.edits = int(np.maximum(extra, dropped).sum()) + int(placed[0]) + len(skel.chars) - 1 - int(placed[-1])
        tally.edits += max(0, int(gone.sum()) - int(dropped.sum()))
        # A dropped stretch that repeats what stands beside it was taken for a copy. One of two equal marks (`，，`), a
        # slip of the prose itself, is no running text.
        edges = np.flatnonzero(np.diff(np.concatenate(([0], gone.astype(np.int8), [0]))))
        for a, b in zip(edges[::2].tolist(), edges[1::2].tolist()):
            if t.blocks[int(t.block_of[a])].copies > 1:
                continue
            run = t.chars[a:b]
            if len(run) == 1 and unicodedata.category(run).startswith("P"):
                continue
            if t.chars[b : b + len(run)] == run or t.chars[max(0, a - len(run)) : a] == run:
                tally.false_copies += 1

    def _furniture(
        self,
        tally: Tally,
        skel: al.Skeleton,
        spans: list[tuple[int, int]],
        flags: list[bool],
        places: _Ints,
        where: _Longs,
    ) -> None:
        d = self.dump
        kept = Counter(skel.chars[a:b] for (a, b), flag in zip(spans, flags) if flag)
        # furniture swallowed by a line: long strings are counted in the whole text, short ones (page numbers) only
        # where a stretch without a place in the truth is nothing else
        runs = _unplaced(skel, places, spans, flags)
        hidden = _hidden(runs, self.strings) - self.hidden
        for string, count in self.strings.items():
            if len(string) > 4:
                kept[string] = skel.chars.count(string) - (d.skeleton.chars.count(string) - count)
            else:
                kept[string] += hidden[string]
            kept[string] = max(0, min(count, kept[string]))
        tally.furniture = sum(self.strings.values())
        tally.furniture_removed = tally.furniture - sum(kept[s] for s in self.strings)
        for line in d.lines:
            if line.label in "PCJ" and line.first >= 0 and line.last >= line.first:
                span = slice(line.first, line.last + 1)
                seen = self.covered[:-1][span]
                tally.body_removed += bool(seen.any() and (where[:-1][span][seen] < 0).mean() > 0.8)


def _hidden(runs: list[str], strings: Counter[str]) -> Counter[str]:
    """Furniture inside stretches that have no place in the truth, the long strings first."""
    found: Counter[str] = Counter()
    for run in runs:
        for string in sorted(strings, key=len, reverse=True):
            while string and (string == run or (len(string) > 3 and string in run)):
                run = run.replace(string, "", 1)
                found[string] += 1
    return found


def _unplaced(skel: al.Skeleton, places: _Ints, spans: list[tuple[int, int]], flags: list[bool]) -> list[str]:
    free = places < 0
    for (a, b), flag in zip(spans, flags):
        if flag:
            free[a:b] = False
    edges = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
    return [skel.chars[a:b] for a, b in zip(edges[::2].tolist(), edges[1::2].tolist())]


def harm(clean: Callable[[str], str], text: str) -> int:
    """How many separate stretches of a clean text a cleaner changes."""
    out = clean(text)
    if out == text:
        return 0
    old, new = text.split("\n"), out.split("\n")
    count = 0
    # line by line first: the matcher is quadratic
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if b - a == d - c:
            count += sum(_stretches(one, two) for one, two in zip(old[a:b], new[c:d]))
        else:
            count += max(abs((b - a) - (d - c)), _stretches("\n".join(old[a:b]), "\n".join(new[c:d])))
    return count


def _stretches(one: str, two: str) -> int:
    if one == two:
        return 0
    if len(one) + len(two) > 4000:
        return max(1, abs(len(one) - len(two)))
    return sum(tag != "equal" for tag, *_ in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes())
