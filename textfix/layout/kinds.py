"""What a block is: heading, byline, paragraph, item, verse, table or furniture, and how sure that is.

The rules follow from how pages are made: a heading is short and set without a final stop, a byline names its authors
by a fixed set of words, verse comes in runs of short lines of like length that end in marks, tables keep columns by
blanks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from textfix.patterns import pattern

from . import classes as c
from .decide import JOIN, Reading
from .lines import Bools, Bytes, Ints, Shorts

KINDS: Final = ("paragraph", "heading", "byline", "item", "verse", "table", "furniture")
_PARAGRAPH, _HEADING, _BYLINE, _ITEM, _VERSE, _TABLE, _FURNITURE = range(7)

# Credits as newspapers, magazines and gazettes print them; names are two to four Han, parted by blanks or 、.
_NAMES: Final = r"[\u3400-\u9fff·]{1,8}(?:[ \u3000、，,/／]{1,3}[\u3400-\u9fff·]{1,8}){0,7}"
_CREDIT: Final = pattern(
    r"[□■◎●○▲△☆★◇◆（(【\[—\-\s\u3000]*"
    r"(?:(?:本[报報刊台社网網]|新[华華]社|中新社|人民日[报報]|[据據])?[\u3400-\u9fff]{0,8}?"
    r"(?:[记記]者|通[讯訊][员員]|特[约約](?:[记記]者|撰稿人?)?|[实實][习習]生|[见見][习習][记記]者|[评評][论論][员員]|撰稿)"
    r"|作者|文[字]?|[图圖]片?|[摄攝]影(?:[报報][导導道])?|[编編][辑輯译譯]|[责責]任?[编編](?:[辑輯])?|校[对對]|[翻译譯]者?|供稿|插[图圖]|口述|整理|制[图圖])"
    r"[ \u3000]*[:：/／|]?[ \u3000]*(?:[/／][ \u3000]*[图圖文摄攝影片]{1,2}[ \u3000]*)?"
    + _NAMES
    + r"(?:[ \u3000]*(?:文|[图圖]|[摄攝]|[摄攝]影|文/[图圖]|[报報][导導道]|[编編][译譯]))?[ \u3000）)】\]]*"
)
_SIGNED: Final = pattern(
    r"[（(【]?(?:新[华華]社[记記]者|本[报報][记記]者)?[ \u3000]*[\u3400-\u9fff·]{2,4}"
    r"(?:[ \u3000、][\u3400-\u9fff·]{2,4}){0,3}[ \u3000]*(?:[摄攝]|[摄攝]影|文|[图圖])?[）)】]"
)
_ENGLISH_CREDIT: Final = pattern(r"(?:[Bb]y|BY) [A-Z][\w.'’-]+(?: (?:and |[A-Z])[\w.'’-]+){0,5},?")
_PAGE_MARK: Final = pattern(
    r"[-—–·•~～\s]*(?:[Pp]age\s*)?第?\s*[0-9０-９]{1,4}\s*(?:[/／]\s*[0-9]{1,4}|[页頁版])?[-—–·•~～\s]*"
    r"|第\s*[0-9]{1,4}\s*[页頁]\s*[,，/／]?\s*共\s*[0-9]{1,4}\s*[页頁]|Page \d+ of \d+"
)
_RULE_LINE: Final = pattern(r"(?:[-—–_=*~#＿－＊═─━]\s?){4,}")
_LEADER: Final = pattern(r"(?:[.…·．]\s?){4,}\s*[0-9ivxlcIVXLC]{1,5}\s*$")
_GAP: Final = pattern(r"\S(?:[ \u3000]{2,}|\t+)\S")
_FIGURE_CELL: Final = pattern(r"[-+±]?[¥$€]?[0-9][0-9,.]*(?:%|％|[亿万千百元])?|[-—–/]|[√×○]")
_STOPPED: Final = c.members(
    c.STOP, c.LATIN_STOP, c.ELLIPSIS, c.SEMICOLON, c.COLON, c.COMMA, c.ENUM_COMMA, c.LATIN_COMMA, c.LATIN_COLON
)


@dataclass(frozen=True)
class Kinds:
    """Kind (an index into ``KINDS``) and score of each block."""

    kind: npt.NDArray[np.int8]
    score: npt.NDArray[np.float32]


class Blocks(NamedTuple):
    """What the kinds of blocks are told from: columns with one element a block, small beside what was measured.

    Offsets are code points of the joined text. ``widest`` and ``measure`` are cells; ``tail`` and ``tail2`` are the
    classes of the last two characters, ``initial`` that of the first. ``han`` counts Hangul too; the columns named
    ``head_`` are of the first line alone.
    """

    doc: Ints
    first: Ints
    last: Ints
    lines: Ints
    widest: Ints
    measure: Ints
    shape: Shorts
    initial: Bytes
    tail: Bytes
    tail2: Bytes
    pauses: Ints
    stops: Ints
    letters: Ints
    han: Ints
    head_digits: Shorts
    head_signs: Shorts
    head_blanks: Shorts
    head_pauses: Shorts
    head_stops: Shorts
    head_han: Shorts

    def part(self, span: slice) -> Blocks:
        """Some of the blocks."""
        return Blocks._make(column[span] for column in self)


def blocks_of(reading: Reading) -> Blocks:
    """The blocks that the decisions leave."""
    lines = reading.lines
    ends = np.flatnonzero(reading.decision != JOIN)
    starts = np.append(0, ends[:-1] + 1) if len(ends) else ends

    def summed(column: npt.NDArray[Any]) -> Ints:
        return np.add.reduceat(column, starts, dtype=np.int32) if len(starts) else np.zeros(0, np.int32)

    widest = np.maximum.reduceat(reading.width, starts) if len(starts) else reading.width[:0]
    han = summed(lines.han) + summed(lines.hangul)
    return Blocks(
        doc=lines.doc[starts],
        first=lines.first[starts],
        last=lines.last[ends],
        lines=(ends - starts + 1).astype(np.int32),
        widest=widest.astype(np.int32),
        measure=np.maximum(reading.column[starts], 1).astype(np.int32),
        shape=reading.shape[starts],
        initial=lines.head[0][starts],
        tail=lines.tail[0][ends],
        tail2=lines.tail[1][ends],
        pauses=summed(lines.pauses) + summed(lines.stops),
        stops=summed(lines.stops),
        letters=han + summed(lines.letters) + summed(lines.digits),
        han=han,
        head_digits=lines.digits[starts],
        head_signs=lines.signs[starts],
        head_blanks=lines.blanks[starts],
        head_pauses=lines.pauses[starts],
        head_stops=lines.stops[starts],
        head_han=lines.han[starts],
    )


def kinds_of(of: Blocks, text: Callable[[int, int], str], some: npt.NDArray[np.intp] | None = None) -> Kinds:
    """Kinds of some blocks; where *some* are given, the others are not looked into.

    *text* gives what stands from one offset to another.
    """
    blocks = len(of.doc)
    kind = np.zeros(blocks, np.int8)
    score = np.full(blocks, 0.9, np.float32)
    if not blocks:
        return Kinds(kind, score)
    count, last, before_last, shape = of.lines, of.tail, of.tail2, of.shape
    chars = (of.last - of.first).astype(np.int64)
    single = count == 1
    wide, measure = of.widest, of.measure
    stopped = _STOPPED[last] | ((last == c.PERIOD) & (before_last != c.DIGIT))
    stopped |= ((last == c.CLOSER) | (last == c.LATIN_QUOTE)) & np.isin(
        before_last, (c.STOP, c.LATIN_STOP, c.PERIOD, c.ELLIPSIS)
    )
    pauses, seen_stops, letters, han = of.pauses, of.stops, of.letters, of.han

    # A heading: short, no final stop, and not much punctuated inside.
    limit = np.where(han > 0, 52, 90)
    heading = ~stopped & (chars <= limit) & (letters > 0) & (seen_stops == 0) & (pauses <= 3)
    heading &= (count <= 3) | (chars <= 30)
    kind[heading] = _HEADING
    score[heading] = np.where(single[heading] & (wide[heading] < 0.9 * measure[heading]), 0.9, 0.75)
    # Ends like a sentence but stands like a heading, or the other way round: less sure.
    tight = ~heading & single & (chars < 12)
    score[tight] = 0.7

    listed = (shape > 0) & (shape != 7) & (shape < 9)
    neighbour = np.zeros(blocks, bool)
    if blocks > 1:
        twin = listed[1:] & listed[:-1] & (shape[1:] == shape[:-1]) & (of.doc[1:] == of.doc[:-1])
        neighbour[1:] |= twin
        neighbour[:-1] |= twin
    numbered_head = heading & np.isin(shape, (4, 5, 6, 8, 3)) & ~neighbour
    item = listed & ~numbered_head & ((shape <= 2) | neighbour | stopped | (chars > 24))
    kind[item] = _ITEM
    score[item] = np.where(neighbour[item], 0.9, 0.7)

    _verse(of, kind, score, single, chars)
    _by_pattern(of, kind, score, single, chars, text, some)
    return Kinds(kind, score)


def _verse(
    of: Blocks,
    kind: npt.NDArray[np.int8],
    score: npt.NDArray[np.float32],
    single: Bools,
    chars: npt.NDArray[np.int64],
) -> None:
    """Runs of at least four single lines, short, of like length, each ending in a mark (or none of them)."""
    if len(chars) < 4:
        return
    doc, last = of.doc, of.tail
    marked = np.isin(last, (c.COMMA, c.STOP, c.SEMICOLON, c.ENUM_COMMA))
    han = of.head_han >= 0.7 * chars
    short = single & (chars <= 18) & (chars >= 4) & han & marked
    alike = short[1:] & short[:-1] & (doc[1:] == doc[:-1]) & (np.abs(chars[1:] - chars[:-1]) <= 2)
    run = np.concatenate(([False], alike, [False]))
    edges = np.flatnonzero(np.diff(run.astype(np.int8)))
    for begin, end in zip(edges[::2], edges[1::2]):
        lines_in = slice(begin, end + 1)
        pause = np.isin(last[lines_in], (c.COMMA, c.ENUM_COMMA)).sum()
        if end - begin + 1 >= 4 and pause:
            kind[lines_in] = _VERSE
            score[lines_in] = 0.85


def _by_pattern(
    of: Blocks,
    kind: npt.NDArray[np.int8],
    score: npt.NDArray[np.float32],
    single: Bools,
    chars: npt.NDArray[np.int64],
    text_of: Callable[[int, int], str],
    some: npt.NDArray[np.intp] | None,
) -> None:
    """Bylines, page marks, rules, leaders and table rows: short lines with a shape of their own."""
    initial = of.initial
    figure = of.head_digits * 2 >= chars
    odd = (of.head_signs * 2 >= chars) | np.isin(initial, (c.HYPHEN, c.DASH, c.RULE, c.CODE_SIGN, c.BULLET))
    gapped = single & (of.head_blanks >= 2)
    named = single & (chars <= 60) & (chars >= 3) & (of.head_pauses <= 6) & (of.head_stops == 0)
    named &= (of.head_han * 2 >= chars) | (initial == c.UPPER) | (initial == c.LOWER)
    wanted = single & (named | gapped | figure | odd | (chars <= 12) | (of.tail == c.DIGIT))
    candidates = np.flatnonzero(wanted) if some is None else some[wanted[some]]
    for k in candidates.tolist():
        text = text_of(int(of.first[k]), int(of.last[k]))
        if named[k] and (
            _CREDIT.fullmatch(text)
            or _ENGLISH_CREDIT.fullmatch(text)
            or (chars[k] <= 24 and _SIGNED.fullmatch(text) and text[-2:-1] in "摄攝影文图圖")
        ):
            kind[k], score[k] = _BYLINE, 0.9
        elif chars[k] <= 24 and _PAGE_MARK.fullmatch(text):
            kind[k], score[k] = (_FURNITURE, 0.8) if not _beside(figure, of.doc, k) else (_TABLE, 0.7)
        elif _RULE_LINE.fullmatch(text):
            kind[k], score[k] = _FURNITURE, 0.9
        elif _LEADER.search(text):
            kind[k], score[k] = _TABLE, 0.8
        elif gapped[k] and len(_GAP.findall(text)) >= 2:
            kind[k], score[k] = _TABLE, 0.85
        elif text.count("|") >= 2 or "\t" in text:
            kind[k], score[k] = _TABLE, 0.8
        elif chars[k] <= 16 and _FIGURE_CELL.fullmatch(text):
            kind[k], score[k] = _TABLE, 0.75
        elif gapped[k] and _GAP.search(text) and _beside(gapped, of.doc, k):
            kind[k], score[k] = _TABLE, 0.65


def _beside(flags: Bools, doc: Ints, k: int) -> bool:
    """Whether the block above or below, in the same document, has the flag: a number between numbers is a cell."""
    above = k > 0 and doc[k - 1] == doc[k] and flags[k - 1]
    below = k + 1 < len(flags) and doc[k + 1] == doc[k] and flags[k + 1]
    return bool(above or below)
