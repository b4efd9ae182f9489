"""UTF-8 that was read in a single-byte encoding: found and repaired by ftfy, which is asked to do nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from textfix.mojibake.codecs import may_be_east_asian
from textfix.patterns import pattern
from textfix.signs import Sign

__all__ = ["aligned", "repair", "signs"]

# The encodings that ftfy tries.
_ENCODINGS: Final = (
    "latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257", "iso8859-2", "mac-roman", "cp437",
)  # fmt: skip
_LONGEST = 2000
# A C1 code among Latin-1 letters is no quote or dash of Windows-1252: those stand beside blanks and plain letters.
_C1_RUN = pattern("[\xa1-\xff]{2}[\x80-\x9f]|[\x80-\x9f][\xa1-\xff]{2}|[\x80-\x9f]{2}")
_HIGH = pattern("[\u00a1-\u00ff]")
_HIGH_RUN = pattern("[\u00a1-\u00ff]{4}")
_EAST_ASIAN = pattern("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
#: What is typed at the prompt of an interpreter is shown as it was typed.
_PROMPT = pattern(r"[ \t]*(?:>>>|In \[\d+\]:) ")
_QUOTES: Final = "\"'`“”‘’«»「」"


@cache
def signs() -> tuple[Sign, ...]:
    """Every line that ftfy can repair has one of these: a C1 code, or a lead byte and what may stand for those behind.

    All of them in one encoding: `——` is a lead byte in Mac Roman and a trail byte in Windows-1252.
    """
    return Sign(pattern("[\x80-\x9f]")), *map(_begun, (_ENCODINGS[:-2], _ENCODINGS[-2:]))


def _begun(encodings: tuple[str, ...]) -> Sign:
    """What UTF-8 begins with in some encodings: those that have dashes and quotes as lead bytes, or the others."""
    leads = _class(range(0xC2, 0xF5), encodings)
    space_after = _class((0xC2, 0xC3, 0xC5, 0xCE, 0xD0, 0xD9), encodings)
    behind = [f"(?<=[{space_after}])[ ?\x1a]"]
    trails = " ?\x1a"
    for encoding in encodings:
        two, three, trail = (_class(codes, (encoding,)) for codes in _RANGES)
        behind += [f"(?<=[{two}])[{trail}]", f"(?<=[{three}])[{trail} ?\x1a]{{2}}"]
        trails += trail
    return Sign(pattern(f"[{leads}](?:{'|'.join(behind)})"), right=f"[{trails}]")


# Lead bytes of two, and of three and four, and trail bytes of UTF-8.
_RANGES: Final = (range(0xC2, 0xE0), range(0xE0, 0xF5), range(0x80, 0xC0))


def _class(codes: range | tuple[int, ...], encodings: tuple[str, ...]) -> str:
    data = bytes(codes)
    found = {c for encoding in encodings for c in data.decode(encoding, "ignore")}
    return re.escape("".join(sorted(found)))


@cache
def _ftfy() -> Callable[[str], str] | None:
    try:
        import ftfy
    except ImportError:
        return None
    config = ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    return lambda line: ftfy.fix_encoding(line, config)


def repair(line: str) -> list[tuple[int, int, str]]:
    """Return replacements that make a line what its bytes say in UTF-8; none where that is not certain.

    A line that would have garbage in it afterwards, beside East Asian text or in a run of its own, stays as it is: only
    part of it happened to look like UTF-8; not so where all of it is UTF-8 in one encoding. Without ftfy nothing is
    repaired.
    """
    fix = _ftfy()
    if fix is None or _PROMPT.match(line) or not _is_bad()(line) or (fixed := fix(line)) == line:
        return []
    high = len(_HIGH.findall(fixed))
    if not _is_wholly_utf8(line, fixed) and (
        _HIGH_RUN.search(fixed)
        or (high > 3 and 10 * high > 3 * len(fixed))
        or (_is_bad()(fixed) if _EAST_ASIAN.search(fixed) else may_be_east_asian(line))
    ):
        return []
    changes = aligned(line, fixed)
    if (_EAST_ASIAN.search(line) or _C1_RUN.search(line)) and any(_is_odd_c1(line, *change) for change in changes):
        return []
    return [] if all(_is_quoted(line, *change) for change in changes) else changes


def _is_wholly_utf8(line: str, fixed: str) -> bool:
    """Say whether one encoding explains the whole line, by more characters than could be an accident."""
    data = fixed.encode("utf-8", "replace")
    return len(_NON_ASCII.findall(fixed)) >= _ENOUGH and any(
        _encoded(line, encoding) == data for encoding in _ENCODINGS
    )


_NON_ASCII = pattern("[^\x00-\x7f]")
#: Two characters may be an accident, as `联通` in GBK is; four are none.
_ENOUGH = 4


def _encoded(line: str, encoding: str) -> bytes | None:
    try:
        return line.encode(encoding)
    except UnicodeEncodeError:
        return None


@cache
def _is_bad() -> Callable[[str], bool]:
    from ftfy.badness import is_bad

    return is_bad


def _is_odd_c1(line: str, start: int, end: int, after: str) -> bool:
    """Say whether a C1 code becomes a sign that does not stand there: it was part of a double-byte character."""
    return end - start == 1 and "\x80" <= line[start] <= "\x9f" and after not in "“”‘’–—…"


def _is_quoted(line: str, start: int, end: int, after: str) -> bool:
    """Say whether a garbled letter is shown, not used: it stands alone, and in quotes."""
    left, right = line[start - 1 : start] if start else "", line[end : end + 1]
    alone = not (left.isalnum() or right.isalnum())
    return after.isalpha() and len(after) == 1 and alone and any(c and c in _QUOTES for c in (left, right))


def aligned(before: str, after: str) -> list[tuple[int, int, str]]:
    """Return the replacements that lead from one line to the other, as small as they can be told.

    >>> aligned("vu Ã  la cafÃ©", "vu à la café")
    [(3, 5, 'à'), (12, 14, 'é')]
    """
    first, last = _shared(before, after)
    inner_before, inner_after = before[first : len(before) - last], after[first : len(after) - last]
    if max(len(inner_before), len(inner_after)) > _LONGEST:
        return [(first, first + len(inner_before), inner_after)]
    for anchors in (_OUTSIDE, _ASCII, _ALNUM):
        changes = _between(anchors, inner_before, inner_after)
        if changes:
            return [(first + start, first + end, after) for start, end, after in changes]
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, inner_before, inner_after, autojunk=False)
    changes = [(first + a, first + b, inner_after[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    # Characters that happen to be equal must not tear a garbled one apart.
    if any(not after or start == end for start, end, after in changes):
        return [(first, first + len(inner_before), inner_after)]
    return changes


#: What a single-byte encoding garbles holds nothing of East Asia, next to no ASCII, and no letter or digit of it: those
#: that were there stay. Where one that was not there comes out, the next set of them is tried.
_OUTSIDE, _ASCII, _ALNUM = pattern("([!-~\u2e80-\uffef]+)"), pattern("([!-~]+)"), pattern("([0-9A-Za-z]+)")


def _between(anchors: re.Pattern[str], before: str, after: str) -> list[tuple[int, int, str]]:
    """Return the replacements between the anchors of two texts; none where the anchors are not the same."""
    old, new = anchors.split(before), anchors.split(after)
    if old[1::2] != new[1::2]:
        return []
    changes = []
    at = 0
    for one, other in zip(old, new):
        if one != other:
            left, right = _shared(one, other)
            if one[left : len(one) - right].isascii() or left + right == len(other):
                return []
            changes.append((at + left, at + len(one) - right, other[left : len(other) - right]))
        at += len(one)
    return changes


def _shared(one: str, other: str) -> tuple[int, int]:
    """How many characters two texts share at their start, and behind that at their end."""
    shortest = min(len(one), len(other))
    left = next((i for i in range(shortest) if one[i] != other[i]), shortest)
    right = next((i for i in range(shortest - left) if one[-1 - i] != other[-1 - i]), shortest - left)
    return left, right
