"""Ranges for character classes in patterns: the scripts that decide how a mark beside them is set.

Ranges follow Scripts.txt and Blocks.txt of the Unicode Character Database, cut down to letters: what is punctuation
inside a block (`・`, `〜`, `〈`) belongs to no script here. Write them inside brackets: `f"[{HAN}{KANA}]"`.
"""

from __future__ import annotations

from typing import Final

#: Han: ideographs, radicals, compatibility ideographs, iteration marks and ideographic numerals.
HAN: Final = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"

#: Hiragana and Katakana letters with the prolonged sound mark, full and half width.
KANA: Final = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"

#: Zhuyin letters.
BOPOMOFO: Final = "\u3105-\u312f\u31a0-\u31bf"

#: Hangul syllables and letters.
HANGUL: Final = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb"

#: Blanks that stand inside a line, other than the ideographic space and the tabulator, which set things apart.
BLANK: Final = " \u00a0\u2000-\u200a\u202f\u205f"
