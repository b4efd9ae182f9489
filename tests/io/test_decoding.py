"""Finding encodings: round trips, short files, look-alikes, damage, binaries."""

from __future__ import annotations

import codecs
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textfix.io import BinaryError, DecodeError, EncodeError, decode, encode

SIMPLIFIED = (
    "本报记者从区政府了解到，今年以来，全区各族干部群众同心协力，经济社会发展取得了新的成绩。\n图为工作现场。\n"
)
TRADITIONAL = (
    "本報記者從區政府瞭解到，今年以來，全區各族幹部群眾同心協力，經濟社會發展取得了新的成績。\n圖為工作現場。\n"
)
JAPANESE = "日本語の文章を正しく読み取れることを確かめるための例文です。カタカナとひらがなを含みます。\n"
KOREAN = "이 문장은 한국어로 되어 있으며 올바르게 읽을 수 있어야 합니다. 사용자는 설정을 바꿀 수 있다.\n"
RUSSIAN = "Этот текст написан по-русски и не должен стать китайским.\n"
FRENCH = "Le café était fermé, mais la fenêtre restait ouverte à côté.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED, "utf-32-le"),
        (SIMPLIFIED, "hz"),
        (TRADITIONAL, "cp950"),
        (TRADITIONAL, "gb18030"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (KOREAN, "cp949"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (FRENCH, "cp1252"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_finds_the_encoding(text: str, encoding: str, newline: str) -> None:
    data = text.replace("\n", newline).encode(encoding)
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.newline) == (text, encoding, newline)
    assert encode(decoded.text, decoded) == data


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("全市工作会议在北京召开", "gb18030"),
        ("这是第一章", "gb18030"),
        ("全市工作會議在臺北召開", "cp950"),
        ("這是第一章", "cp950"),
        ("このファイルは日本語です", "cp932"),
        ("이것은 한국어 문장입니다", "cp949"),
    ],
)
def test_one_short_line_is_enough(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_byte_order_mark_is_no_text_and_comes_back(bom: bytes, encoding: str) -> None:
    data = bom + SIMPLIFIED.encode(encoding)
    for forced in (None, encoding):
        decoded = decode(data, forced)
        assert (decoded.text, decoded.encoding, decoded.bom) == (SIMPLIFIED, encoding, True)
        assert encode(decoded.text, decoded) == data
    assert encode(decoded.text, decoded, encoding="utf-8").startswith(codecs.BOM_UTF8) == (encoding == "utf-8")


def test_rare_extensions() -> None:
    assert decode((TRADITIONAL + "邨鰂魚涌嘅嘢喺度㗎").encode("big5hkscs")).encoding == "big5hkscs"
    assert decode((SIMPLIFIED + "𠮷㐂").encode("gb18030")).text == SIMPLIFIED + "𠮷㐂"


def test_utf16_of_latin_text_is_found_by_its_nuls() -> None:
    assert decode("plain text\n".encode("utf-16-le")).encoding == "utf-16-le"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_utf8_comes_first(text: str) -> None:
    text = "中文" + text.replace("\x00", "").replace("\r", "")
    assert decode(text.encode()).text == text


@given(st.binary(max_size=200))
def test_any_bytes_decode_exactly_or_not_at_all(data: bytes) -> None:
    try:
        decoded = decode(data)
    except DecodeError:
        return
    if not decoded.encoding.startswith(("hz", "iso2022")):
        assert decode(encode(decoded.text, decoded), decoded.encoding).text == decoded.text


@given(st.lists(st.sampled_from(["城西\n", "城西\r\n", "城\r西\n", "\r\n"]), max_size=8))
def test_line_ends_come_back(lines: list[str]) -> None:
    data = "".join(lines).encode()
    decoded = decode(data)
    assert encode(decoded.text, decoded) == data


def test_mixed_line_ends_stay_and_the_majority_is_known() -> None:
    decoded = decode(b"a\r\nb\r\nc\n")
    assert (decoded.text, decoded.newline) == ("a\r\nb\r\nc\n", "\r\n")
    assert encode("a\nb\nc\n", decoded) == b"a\r\nb\r\nc\r\n"
    assert decode(b"a\r\nb\nc\n").newline == "\n"


def test_damaged_files_say_where() -> None:
    utf8 = SIMPLIFIED.encode()
    with pytest.raises(DecodeError, match=rf"looks like UTF-8, but byte 0xFF at offset {len(utf8)}") as caught:
        decode(utf8 + b"\xff" + utf8)
    assert caught.value.offset == len(utf8)
    assert {"utf-8", "gb18030", "cp950"} <= set(caught.value.tried)
    with pytest.raises(DecodeError, match=rf"offset {len(utf8) - 4} is cut off"):
        decode(utf8[:-2])
    gb = (SIMPLIFIED * 3).encode("gb18030")
    with pytest.raises(DecodeError, match="looks like GB18030, but byte 0xFF"):
        decode(gb + b"\xff\xff" + gb)
    with pytest.raises(DecodeError, match="byte order mark of UTF-8"):
        decode(codecs.BOM_UTF8 + "城西".encode("gb18030"))


def test_two_encodings_in_one_file_are_an_error() -> None:
    first = (SIMPLIFIED * 1000).encode("gb18030")
    for text, encoding in ((KOREAN, "cp949"), (JAPANESE, "euc_jp"), (TRADITIONAL, "cp950")):
        with pytest.raises(DecodeError, match=r"several encodings|does not fit") as caught:
            decode(first + (text * 1000).encode(encoding))
        assert caught.value.offset is not None
        assert abs(caught.value.offset - len(first)) < 1 << 16


def test_what_cannot_be_told_is_asked() -> None:
    with pytest.raises(DecodeError, match=r"cannot tell .* from .* --encoding"):
        decode("北約".encode("gb18030"))
    assert decode("北約".encode("gb18030"), "gbk").text == "北約"


@pytest.mark.parametrize("alien", ["Zażółć gęślą jaźń, proszę.\n" * 3, "Ελληνικό κείμενο για δοκιμή.\n" * 3])
def test_others_never_become_chinese(alien: str) -> None:
    for encoding in ("cp1250", "cp1253"):
        try:
            data = alien.encode(encoding)
        except UnicodeEncodeError:
            continue
        try:
            text = decode(data).text
        except DecodeError:
            continue
        assert not any("\u3000" <= character <= "\uffff" for character in text)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7\n\xe2\xe3", "this is a PDF; extract its text first"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x7fELF\x02\x01\x01\x00", "program"),
        (b"\x00\x01\x02\x03\x00\x00\x00\x00\x07", "not text: NUL bytes"),
        (bytes(range(256)) * 4, "not text: NUL bytes"),
    ],
)
def test_binaries_are_told_by_name(data: bytes, told: str) -> None:
    with pytest.raises(BinaryError, match=told):
        decode(data)


def test_a_stray_nul_in_a_dump_is_a_character() -> None:
    text = SIMPLIFIED * 10 + "\x00" + SIMPLIFIED
    assert decode(text.encode()).text == text


def test_forced_encodings() -> None:
    assert decode("é".encode("latin-1"), "latin-1").text == "é"
    assert decode(b"", "gbk").text == ""
    with pytest.raises(DecodeError, match=r"read as Big5, but byte 0xFF at offset 0"):
        decode(b"\xff", "cp950")
    with pytest.raises(DecodeError, match="unknown encoding"):
        decode(b"a", "no-such")
    with pytest.raises(DecodeError, match="not an encoding of text"):
        decode(b"YQ==", "base64")


def test_errors_cross_processes() -> None:
    error = pickle.loads(pickle.dumps(DecodeError("said", 3, ["utf-8"])))
    assert (str(error), error.offset, error.tried) == ("said", 3, ("utf-8",))


def test_what_an_encoding_cannot_hold_is_an_error() -> None:
    decoded = decode(TRADITIONAL.encode("cp950"))
    with pytest.raises(EncodeError, match=r"Big5 cannot hold '这' \(U\+8FD9\), which the clean text has on line 2"):
        encode("一\n这", decoded)
