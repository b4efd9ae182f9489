"""Mojibake: what can be undone is undone exactly, what cannot is left or reported, clean text is not touched."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textfix import Pipeline
from textfix.mojibake import single_byte
from textfix.mojibake.common import HAN
from textfix.normalizers import Mojibake

HAS_FTFY = single_byte.repair("cafÃ© Ã©tÃ©") != []
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
LINES = [line for path in SEEDS for line in path.read_text(encoding="utf-8").split("\n") if len(line) > 8]

sentences = st.lists(st.sampled_from(HAN[:400]), min_size=6, max_size=30).map("".join)


@given(sentences)
def test_utf8_read_as_gb18030_comes_back(sentence: str) -> None:
    data = sentence.encode("utf-8")
    try:
        garbled = data.decode("gb18030")
    except UnicodeDecodeError:
        return
    assert Mojibake()(garbled) == sentence


@given(sentences)
def test_gbk_read_as_latin1_comes_back_or_stays(sentence: str) -> None:
    sentence = sentence.encode("gb2312", "ignore").decode("gb2312")
    garbled = sentence.encode("gb2312").decode("latin-1")
    assert Mojibake()(garbled) in (sentence, garbled)


@pytest.mark.skipif(not HAS_FTFY, reason="needs ftfy")
@pytest.mark.parametrize("wrong", ["latin-1", "mac-roman", "cp437"])
def test_utf8_read_in_a_single_byte_encoding_comes_back_or_stays(wrong: str) -> None:
    back = 0
    for line in LINES[:150]:
        garbled = line.encode("utf-8").decode(wrong)
        repaired = Mojibake()(garbled)
        assert repaired in (line, garbled)
        back += repaired == line
    assert back > 145


def test_lossy_utf8_as_gbk_keeps_what_is_left() -> None:
    """Every character that comes out is one that was there, in order."""
    for line in LINES[:150]:
        garbled = line.encode("utf-8").decode("gbk", "replace")
        result = Mojibake().explain(garbled)
        assert not result.refusals
        if result.changed:
            saved = iter(line)
            repaired = [edit.after for edit in result.edits]
            assert all(character in saved for after in repaired for character in after if character not in "\ufffd?")


def test_a_document_of_mixed_lines() -> None:
    mixed = "\n".join(
        line.encode("gbk", "replace").decode("latin-1") if number % 2 else line
        for number, line in enumerate(LINES[:60])
    )
    expected = "\n".join(
        line.encode("gbk", "replace").decode("gbk") if number % 2 else line for number, line in enumerate(LINES[:60])
    )
    assert Mojibake()(mixed) == expected


@pytest.mark.parametrize(("han", "full", "punctuation"), [(0x4A2C, 0xFC44, 0x2E3E), (0x4B13, 0xFC40, 0x2E10)])
def test_glyph_numbers_of_any_font_in_unicode_order(han: int, full: int, punctuation: int) -> None:
    blocks = (("\u4e00", "\u9fa5", han), ("\uff01", "\uff5e", full), ("\u3000", "\u301f", punctuation))
    text = "\n".join(LINES)
    numbers = "".join(
        next((chr(ord(c) - offset) for first, last, offset in blocks if first <= c <= last), c) for c in text
    )
    repaired = Mojibake()(numbers)
    assert sum(a == b for a, b in zip(repaired, text)) > 0.99 * len(text)


@given(st.text(st.sampled_from("浣犲ソ锛鈥檚茅ÄãºÃÂ©â€™&amp;#39;nbsp~{<:}\ufffd?锟斤拷䙷ˈ好a é\n縺\x93"), max_size=25))
def test_one_pass_is_enough(text: str) -> None:
    result = Mojibake().explain(text)
    assert not result.refusals
    assert Mojibake()(result.text) is result.text
    assert result.edits.invert().apply() == text


def test_what_is_lost_is_a_doubt_at_its_place() -> None:
    result = Mojibake().explain("甲锟斤拷锟斤拷乙\ufffd\ufffd丙烫烫烫烫")
    assert [(doubt.start, doubt.end, doubt.reason) for doubt in result.doubts] == [
        (1, 7, "mojibake/replacement-gbk"),
        (8, 10, "mojibake/replacement"),
        (11, 15, "mojibake/fill"),
    ]
    assert not result.changed


def test_surrogate_pairs_become_characters() -> None:
    assert Mojibake()("a\ud83d\ude00b") == "a😀b"
    assert Mojibake()("a\ud83db") == "a\ud83db"


def test_references_stay_in_markdown() -> None:
    from textfix import Pipeline

    assert Pipeline([Mojibake()]).explain("中&nbsp;文", markup="markdown").text == "中&nbsp;文"


@pytest.mark.parametrize("unit", ["浣", "浣犲", "Ã", "Ä", "&amp;", "\ufffd", "锛?", "~{", "䙷", "鈥"])
def test_time_is_linear(unit: str) -> None:
    Mojibake().explain(unit * 20_000)


def test_every_codec_named_is_one() -> None:
    from textfix.mojibake import codecs as readings

    for name in (*readings._WRONG_UTF8, *readings._CODECS, *single_byte._ENCODINGS):
        codecs.lookup(name)


def test_what_was_lost_does_not_shift_what_is_repaired() -> None:
    """Bytes that were replaced before tear the alignment of what is left; figures and letters hold it together."""
    broken = "å¤·æŠ¥ã€‚ç”±ä¸\xadå›½é“¶"
    broken += "è€œäºšæ´²å€ºåŠ¡çºµè§ˆã€‹æ\ufffd‚å¿—è¯„ä¸ºè¯¥å\xad£åº¦æœ€ä½³å€ºåˆ¸ä¹‹å\ufffdŽRâ€œå¤Žçˆ½ï¼‰"
    result = Pipeline([Mojibake()]).explain(broken)
    assert not result.refusals
    assert "评为该季度最佳债券" in result.text
