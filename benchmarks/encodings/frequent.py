"""Count the commonest Han characters and Hangul syllables, and write ``textfix/io/_frequent.py``.

    python benchmarks/encodings/frequent.py JIEBA_DICT KOREAN_HTML...

JIEBA_DICT is ``jieba/dict.txt`` of the jieba 0.42.1 source distribution (MIT): words with counts, from which characters
are counted. KOREAN_HTML are pages of the Debian installation guide and of the GIMP manual in Korean. Both are read, not
kept: what is written is the bare order of the characters.
"""

from __future__ import annotations

import collections
import pathlib
import re
import sys
import textwrap

import opencc

HAN_TIERS = (256, 768)  # the commonest, and those that follow
HANGUL = 256
_OUT = pathlib.Path(__file__).resolve().parents[2] / "textfix" / "io" / "_frequent.py"
_HEAD = '''"""The commonest Han characters and Hangul syllables.

Written by ``benchmarks/encodings/frequent.py``, not by hand.

Han: counted over the words of jieba 0.42.1 (its dictionary gives a count for each), Simplified; their Traditional and
Japanese forms by OpenCC (s2t, t2jp). HAN_1 are the 256 commonest with their forms, HAN_2 the 768 that follow. HANGUL:
the 256 commonest syllables of the Debian installation guide and the GIMP manual in Korean.
"""
'''


def main(dictionary: pathlib.Path, korean: list[pathlib.Path]) -> None:
    han: collections.Counter[str] = collections.Counter()
    for line in dictionary.read_text("utf-8").splitlines():
        word, count, _ = line.split()
        for character in re.findall("[一-鿿]", word):
            han[character] += int(count)
    order = [character for character, _ in sorted(han.items(), key=lambda item: (-item[1], item[0]))]
    hangul: collections.Counter[str] = collections.Counter()
    for page in korean:
        hangul.update(re.findall("[가-힣]", page.read_text("utf-8")))
    syllables = [s for s, _ in sorted(hangul.items(), key=lambda item: (-item[1], item[0]))][:HANGUL]

    traditional, japanese = opencc.OpenCC("s2t"), opencc.OpenCC("t2jp")
    chunks, first, seen = [_HEAD], 0, set[str]()
    for number, size in enumerate(HAN_TIERS, 1):
        simplified = order[first : first + size]
        forms = [traditional.convert(c) for c in simplified]
        tier = dict.fromkeys(c for c in [*simplified, *forms, *map(japanese.convert, forms)] if len(c) == 1)
        chunks.append(_assignment(f"HAN_{number}", "".join(c for c in tier if c not in seen)))
        seen |= set(tier)
        first += size
    chunks.append(_assignment("HANGUL", "".join(syllables)))
    _OUT.write_text("\n".join(chunks), encoding="utf-8")


def _assignment(name: str, characters: str) -> str:
    rows = "\n".join(f'    "{row}"' for row in textwrap.wrap(characters, 56))
    return f"{name} = (\n{rows}\n)\n"


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), [pathlib.Path(name) for name in sys.argv[2:]])
