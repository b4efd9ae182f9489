"""Compatibility: laws over all of Unicode, and what must stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textfix.document import Document
from textfix.normalizers import Compatibility
from textfix.unicode import compatibility as data

alphabet = (
    "⼀⼁⼂⼈⺠０９Ａｚ．－／：＆　，％ｶﾊﾞﾟ｡･｢ｯｰ︵︑︱﹐﹒ﬁ\uf9dd\ufa19"
    "\ufeed\ufedf\ufee0\ufe8e\ufef5\u0301\u0323\u3099\u1112\u1161\u11ab"
    "aeが中か12. -Å\u212b\n\uffa1\uffe9"
)


@given(st.text(st.sampled_from(alphabet), max_size=30))
def test_one_pass_gives_nfc(text: str) -> None:
    result = Compatibility().explain(text)
    assert not result.refusals
    assert Compatibility()(result.text) is result.text
    assert unicodedata.is_normalized("NFC", result.text)
    assert result.edits.invert().apply() == text


@given(st.text())
def test_nfkc_equivalent(text: str) -> None:
    """Everything done is one of the steps of NFKC, but for the marks that stay full-width."""
    folded = Compatibility()(text)
    radicals = str.maketrans(dict(zip(data.RADICALS[::2], data.RADICALS[1::2])))
    assert unicodedata.normalize("NFKC", folded) == unicodedata.normalize("NFKC", text.translate(radicals))


def test_alone_a_character_changes_only_by_table_or_nfc() -> None:
    table = data.RADICALS + data.IDEOGRAPHS + data.WIDE + data.NARROW + data.HANGUL + data.VERTICAL + data.SMALL
    known = {*table[::2], *data.LIGATURES}
    normalizer = Compatibility()
    for point in range(0x110000):
        character = chr(point)
        if character not in known and unicodedata.is_normalized("NFC", character):
            assert not normalizer.gate(Document(character)) or normalizer(character) is character, hex(point)


def test_every_radical_and_ideograph_becomes_an_ordinary_one() -> None:
    for pairs in (data.RADICALS, data.IDEOGRAPHS):
        for before, after in zip(pairs[::2], pairs[1::2]):
            assert Compatibility()(f"人{before}人") == f"人{after}人"
            assert "\u3400" <= after <= "\u9fff" or after >= "\U00020000"


@pytest.mark.parametrize(
    "text",
    [
        "Ⅲ㎡①™½²㈱㍿…",
        "，。：；！？（）％＋＝＠",
        "“‘’”",
        "︱標題︱",
        "(･∀･) (ﾟдﾟ)",
        "一　二",
        "　　城西区",
        "﹒",
        "Å",
        "한국어",
        "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29",
    ],
)
def test_kept(text: str) -> None:
    assert Compatibility()(text) is text


@pytest.mark.parametrize("unit", [*"⼀｡ｶﾞＡ\u0301\u0344\uf900", "\ufedf\ufe8e", "Ａ　", "\u1112\u1161\u11ab"])
def test_time_is_linear(unit: str) -> None:
    Compatibility()(unit * 100_000)
