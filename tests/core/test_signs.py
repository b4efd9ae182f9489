"""Signs: what is found with them is what the patterns alone find."""

from __future__ import annotations

import re
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import documents
from textfix import Pipeline
from textfix.document import Document
from textfix.normalizers import compatibility
from textfix.signs import Sign, _note_together, absent, lacking, starts

_PATTERNS = ("[,;.](?=[一-鿿])", "[一-鿿]{2}", r"[\]\\x](?<=.)", "[\U00020000-\U0003ffff]a?", "[ab][ab]|(?!)")
_OWN = tuple(sign for normalizer in Pipeline.preset("dump").normalizers for sign in normalizer.signs())
_CLASSES = (
    Sign.of("[ab]", beside="[一-鿿]"),
    Sign.of("[ab]", left="[^\n,]", right="[ab,]"),
    Sign.of("[,.]", left="[ab][^\n]", right=r"[^\]\n][一二\]]"),
)
_SIGNS = (*(Sign(re.compile(source)) for source in _PATTERNS), *_CLASSES, *_OWN)


@given(st.lists(documents | st.text("ab,.]\\x一二𠀀\n", max_size=40), min_size=1, max_size=5))
def test_signs_find_what_their_patterns_find(texts: list[str]) -> None:
    noted = [Document(text) for text in texts]
    _note_together(noted, _SIGNS)
    for text, document in zip(texts, noted):
        for sign in _SIGNS:
            found = [match.start() for match in sign.pattern.finditer(text)]
            for each in (document, Document(text)):
                assert sign.starts(each) == starts(each, [sign])[0] == found
                assert sign.count(each) == len(found)
                assert sign.within(each) == bool(found)
            assert not (absent(document, [sign]) and found)
    for sign in _SIGNS:
        assert list(lacking([*noted, Document("")], [sign])) == [absent(document, [sign]) for document in noted] + [
            False
        ]


_ODD = "甲一二第页。，、—-－ \u3000\u00a0\t\n\fwW.com2 7%aBx|&~{\x1b$(cid:)锟斤拷烫屯\"'!?矛涓ÃﾞⅢ⼈\u0301\u200b\r"


@given(st.lists(documents | st.text(_ODD, max_size=60), min_size=1, max_size=4))
def test_without_its_signs_no_normalizer_has_anything_to_do(texts: list[str]) -> None:
    noted = [Document(text) for text in texts]
    _note_together(noted, _OWN)
    for normalizer in Pipeline.preset("dump").normalizers:
        signs = [sign for sign in normalizer.signs() if not sign.aside]
        for text, document in zip(texts, noted):
            if signs and absent(document, signs):
                assert not normalizer.gate(Document(text))
            assert normalizer.gate(document) == normalizer.gate(Document(text))


def test_first_classes_are_read_from_the_pattern() -> None:
    firsts = [Sign(re.compile(source)).first for source in (r"[\]a]b", "[]a]", "[^]a]c", r"[a\\]")]
    assert firsts == [r"[\]a]", "[]a]", "[^]a]", r"[a\\]"]


def test_what_counts_as_normalized_is() -> None:
    settled = re.compile(f"[{compatibility._SETTLED}]+").findall("".join(map(chr, range(sys.maxunicode + 1))))
    seconds = set()
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            seconds.add(chr(int(parts[1], 16)))
    seconds.update(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))
    for character in "".join(settled):
        assert unicodedata.is_normalized("NFC", character)
        assert unicodedata.combining(character) == 0
        assert character not in seconds
