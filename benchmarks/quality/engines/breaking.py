"""Breaking text into lines of a fixed measure, as compositors do it: clusters, kinsoku, squeezed marks."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

NO_START = frozenset("，。、；：！？）》〉」』】〕”’…—·％,.;:!?)]}%‰℃々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ")
NO_END = frozenset("（《〈「『【〔“‘([{")
#: Marks that newspapers set on half an em.
SQUEEZED = frozenset("，、；：）》〉」』】〕”’（《〈「『【〔“‘。！？")
#: 开明式: stops stay full, everything else is squeezed.
_STOPS = frozenset("。！？")
OPENING = NO_END

_TOKEN = re.compile(r"[!-~\u00a1-\u024f]+|[\uac00-\ud7a3\u1100-\u11ff][\uac00-\ud7a3!-~]*|\s|.", re.S)


@dataclasses.dataclass(frozen=True)
class Style:
    """How lines are broken.

    ``squeeze``: ``full``, ``half`` (every mark on half an em) or ``kaiming``; ``kinsoku``: ``push`` (carry characters
    down), ``pull`` (squeeze to take a mark in), ``hang`` (let it stand in the margin) or ``none`` (a character grid).
    """

    squeeze: str = "full"
    kinsoku: str = "push"
    break_words: bool = False

    def width(self, ch: str, natural: float) -> float:
        if ch in SQUEEZED and (self.squeeze == "half" or (self.squeeze == "kaiming" and ch not in _STOPS)):
            return natural / 2
        return natural


def break_lines(
    text: str, first: float, rest: float, style: Style, natural: Callable[[str], float], em: float
) -> list[str]:
    """Lines of ``text`` for a first line and further lines of the given widths."""
    units = _units(text, style, natural, max(rest, em))
    lines: list[str] = []
    line, room = "", first
    for unit in units:
        wide = sum(style.width(c, natural(c)) for c in unit)
        if unit.isspace():
            if line:
                line, room = line + " ", room - wide
            continue
        if line.strip() and wide > room + 0.01 and not _fits(unit, wide, room, line, style, em):
            lines.append(line.rstrip())
            line, room = "", rest
        line, room = line + unit, room - wide
    if line.strip():
        lines.append(line.rstrip())
    return lines


def _fits(unit: str, wide: float, room: float, line: str, style: Style, em: float) -> bool:
    """Whether an overfull unit is taken in all the same, by squeezing marks or letting the last one hang."""
    if style.kinsoku == "pull" and style.squeeze == "full":
        return wide - room <= 0.5 * em * min(2, sum(c in SQUEEZED for c in line + unit))
    if style.kinsoku == "hang" and len(unit) > 1 and unit[-1] in "，。、":
        return wide - em <= room + 0.01
    return False


def _units(text: str, style: Style, natural: Callable[[str], float], measure: float) -> list[str]:
    tokens: list[str] = []
    for m in _TOKEN.finditer(text):
        token = m.group()
        if len(token) > 1 and (style.break_words or sum(map(natural, token)) > 0.9 * measure):
            tokens.extend(token)
        else:
            tokens.append(token)
    if style.kinsoku == "none":
        return tokens
    units: list[str] = []
    for token in tokens:
        joined = (
            units
            and not units[-1].isspace()
            and (token[0] in NO_START or units[-1][-1] in NO_END)
            and not token.isspace()
        )
        if joined and sum(map(natural, units[-1] + token)) < 0.9 * measure:
            units[-1] += token
        else:
            units.append(token)
    return units
