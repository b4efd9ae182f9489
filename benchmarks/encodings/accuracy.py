"""How often ``textfix.io.decode`` reads an encoding right, beside charset-normalizer; by length, from 4 characters up.

    python -m benchmarks.encodings.accuracy

Texts are those of ``benchmarks.quality.corpus`` (its setup unpacks them); lines are cut to a length, encoded, decoded.
`asked` are the cases where textfix refuses to guess (an error that names the candidates); what counts is `wrong`. The
peer is charset-normalizer.
"""

from __future__ import annotations

import random
from collections import Counter

import opencc
from charset_normalizer import from_bytes

from benchmarks.quality.corpus import articles
from textfix.io import DecodeError, decode

_CASES = (
    ("zh-Hans", ("gb18030", "utf-16-le")),
    ("zh-Hant", ("cp950", "gb18030")),
    ("ja", ("cp932", "euc_jp")),
    ("ko", ("cp949",)),
)
_LENGTHS = (4, 8, 16, 40, 400)
_SAMPLES = 500


def main() -> None:
    print(f"{'language':9} {'encoding':10} {'length':>6} {'right':>7} {'asked':>7} {'wrong':>7} {'peer right':>11}")
    for language, encodings in _CASES:
        lines = _lines(language)
        for encoding in encodings:
            for length in _LENGTHS:
                print(f"{language:9} {encoding:10} {length:6} " + _row(lines, encoding, length), flush=True)


def _row(lines: list[str], encoding: str, length: int) -> str:
    counts: Counter[str] = Counter()
    for line in lines[:_SAMPLES]:
        text = line[:length]
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if data.isascii():
            continue
        counts["all"] += 1
        try:
            counts["right" if decode(data).text == text else "wrong"] += 1
        except DecodeError:
            counts["asked"] += 1
        best = from_bytes(data).best()
        counts["peer"] += best is not None and str(best) == text
    total = max(counts["all"], 1)
    shares = " ".join(f"{counts[name] / total:7.1%}" for name in ("right", "asked", "wrong"))
    return f"{shares} {counts['peer'] / total:11.1%}"


def _lines(language: str) -> list[str]:
    lines = [block.text.replace("\n", " ") for article in articles([language]) for block in article.blocks]
    if language == "zh-Hant":
        # The news of the Simplified corpus, beside manuals that are half English.
        lines += map(opencc.OpenCC("s2t").convert, random.Random(2).sample(_lines("zh-Hans"), 2000))
    lines = [line for line in lines if sum(character > "\u2e7f" for character in line[:16]) >= 4]
    random.Random(1).shuffle(lines)
    return lines


if __name__ == "__main__":
    main()
