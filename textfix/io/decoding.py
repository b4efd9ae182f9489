"""Bytes to text: a strict cascade, and a plausibility check over everything that was decoded.

The order: a byte order mark; UTF-16 and UTF-32 where there are NUL bytes; the seven-bit encodings with escapes; UTF-8;
and last every encoding that East Asian text is found in, of which the reading that costs least wins (`plausibility`).
Bytes are never replaced or dropped: what cannot be decoded as a whole is an error that says where.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from textfix.io.plausibility import Plausibility, plausibility
from textfix.patterns import pattern

__all__ = ["BinaryError", "DecodeError", "Decoded", "EncodeError", "decode", "encode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like the one of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_BOM_OF = {encoding: bom for bom, encoding in _BOMS}

_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# Supersets are named rather than the standards they grew from, because files that call themselves GB2312, GBK, Big5,
# Shift-JIS or EUC-KR hold characters of the supersets. Of readings that cost the same the first wins. Western and
# Cyrillic encodings are there as rivals, so that such text is not taken for Chinese.
_CANDIDATES = (
    "utf-8", "gb18030", "cp950", "big5hkscs", "cp932", "euc_jp", "cp949", "utf-16-le", "utf-16-be", "cp1252", "cp1251",
    "koi8_r",
)  # fmt: skip
# What is against a reading from the start, in bits: how much rarer its encoding is among files than the first ones, and
# for each character how much rarer a script is in it than elsewhere (kana outside Japan, Han in Korea, Latin and
# Cyrillic in one word).
_RARENESS = {
    "big5hkscs": 1.0, "cp932": 1.0, "cp949": 1.0, "euc_jp": 2.0, "utf-16-le": 8.0, "utf-16-be": 10.0, "cp1252": 1.0,
    "cp1251": 2.0, "koi8_r": 6.0,
}  # fmt: skip
_KANA, _HAN = pattern("[\u3041-\u30ff]+"), pattern("[\u4e00-\u9fff]+")
_LATIN_IN_CYRILLIC = pattern("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_STRANGE = {
    "gb18030": (_KANA, 3.0), "cp950": (_KANA, 3.0), "big5hkscs": (_KANA, 3.0), "cp949": (_HAN, 3.0),
    "cp1251": (_LATIN_IN_CYRILLIC, 5.0), "koi8_r": (_LATIN_IN_CYRILLIC, 5.0),
}  # fmt: skip
_SINGLE_BYTE = ("cp1252", "cp1251", "koi8_r")
_SEVEN_BIT = ((b"\x1b$", ("iso2022_jp", "iso2022_jp_2", "iso2022_kr")), (b"~{", ("hz",)))

# Readings are ranked on the beginning; the winner is then decoded as a whole, strictly.
_SAMPLE = 1 << 16
# The whole is judged in stretches of so many characters; one that costs so much more than usual is read anew.
_STRETCH = 1 << 15
_UNUSUAL = 1.0
_CERTAIN = 40.0
# A single-byte encoding decodes anything, so its readings must look better: words, not symbols between letters.
_SINGLE_BYTE_LIMIT = 12.0
# Two readings of one short text that are nearer than this (16 times as likely) are not told apart.
_MARGIN = 4.0

_MAGIC = (
    (b"%PDF-", "a PDF; extract its text first (pdftotext, pdfminer.six, PyMuPDF)"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image; run OCR on it first"),
    (b"\xff\xd8\xff", "a JPEG image; run OCR on it first"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image; run OCR on it first"),
    (b"MM\x00*", "a TIFF image; run OCR on it first"),
    (b"AT&TFORM", "a DjVu file; extract its text first (djvutxt)"),
    (b"PK\x03\x04", "a ZIP archive (.docx, .xlsx, .epub and .odt are such too); extract its text first"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls, .ppt); extract its text first"),
    (b"{\\rtf", "an RTF document; extract its text first"),
    (b"\x1f\x8b", "compressed with gzip; decompress it first"),
    (b"BZh", "compressed with bzip2; decompress it first"),
    (b"\xfd7zXZ\x00", "compressed with xz; decompress it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; decompress it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
)
_CUT_OFF = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")
_NUL_RUN = b"\x00" * 4


class DecodeError(ValueError):
    """Bytes that cannot be read as text: where, what was tried, what to do.

    `offset` is the byte offset of the first byte that does not fit (None where no single byte is to blame), `tried` are
    the names of the encodings.
    """

    def __init__(self, message: str, offset: int | None = None, tried: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.tried = tuple(tried)

    def __reduce__(self) -> tuple[type[DecodeError], tuple[str, int | None, tuple[str, ...]]]:
        return type(self), (self.message, self.offset, self.tried)


class BinaryError(DecodeError):
    """Bytes that are no text at all."""


class EncodeError(ValueError):
    """Text that its file's encoding cannot hold."""


@dataclass(frozen=True)
class Decoded:
    """The text of some bytes and how it was written.

    `text` has "\\n" for "\\r\\n" where every line end is "\\r\\n"; mixed line ends stay as they are, for the `newlines`
    normalizer to see. `newline` is what to write: the line end of the majority. `bom` tells whether a byte order mark
    stood in front; it is not part of the text.

    >>> decode("你好\\r\\n".encode("gb18030"))
    Decoded(text='你好\\n', encoding='gb18030', bom=False, newline='\\r\\n')
    """

    text: str
    encoding: str
    bom: bool = False
    newline: str = "\n"


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the text of bytes; raises DecodeError, or its kind BinaryError, where it cannot be told.

    `encoding` forces one and switches all guessing off. Otherwise the encoding is found, by strict decoding and
    plausibility, among UTF-8, UTF-16, GB18030, Big5 (with the ETEN and HKSCS extensions), Shift-JIS, EUC-JP, EUC-KR,
    ISO-2022 and HZ, Windows-1252 and Cyrillic; charset-normalizer is asked about the rest.

    >>> decode("城西区推进".encode("big5hkscs", "ignore") + "區".encode("big5")).encoding
    'cp950'
    """
    if encoding is not None:
        return _forced(data, encoding)
    if not data:
        return Decoded("", "utf-8")
    for bom, name in _BOMS:
        if data.startswith(bom):
            why = f"begins with the byte order mark of {_label(name)}"
            return _decoded(_strict(data, name, len(bom), why), name, True)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise BinaryError(f"this is {what}")
    if b"\x00" in data:
        return _with_nuls(data)
    if data.isascii():
        return _seven_bit(data)
    try:
        return _decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _best(data)


def encode(text: str, source: Decoded, data: bytes = b"", *, encoding: str | None = None) -> bytes:
    """Return the bytes of a text that came from `source`: with its line ends, its byte order mark and its encoding.

    `encoding` asks for another one; a byte order mark is then kept only from UTF-8 to UTF-8. Raises EncodeError, with
    the character and its line, where the encoding cannot hold the text.
    """
    name = encoding or source.encoding
    if source.newline == "\r\n" and "\r" not in text:
        text = text.replace("\n", "\r\n")
    try:
        written = text.encode(name)
    except UnicodeEncodeError as error:
        character, line = text[error.start], text.count("\n", 0, error.start) + 1
        raise EncodeError(
            f"{_label(name)} cannot hold {character!r} (U+{ord(character):04X}), which the clean text has on line "
            f"{line}; write UTF-8 with -o instead"
        ) from None
    bom = _BOM_OF.get(name, b"") if source.bom and name == source.encoding else b""
    return bom + written


def _forced(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise DecodeError(f"unknown encoding {encoding!r}") from None
    name = {"utf-8-sig": "utf-8"}.get(name, name)
    if name in ("utf-16", "utf-32"):
        order = next((found for bom, found in _BOMS if found.startswith(name) and data.startswith(bom)), f"{name}-le")
        name = order
    bom = _BOM_OF.get(name, b"")
    marked = bool(bom) and data.startswith(bom)
    try:
        text = _strict(data, name, len(bom) if marked else 0, f"was to be read as {_label(name)}")
    except LookupError:  # base64 and its like
        raise DecodeError(f"{encoding!r} is not an encoding of text") from None
    return _decoded(text, name, marked)


def _decoded(text: str, encoding: str, bom: bool = False) -> Decoded:
    """Make uniform CRLF line ends "\\n"; leave mixed ones, and say which is the majority."""
    pairs = text.count("\r\n")
    if not pairs:
        return Decoded(text, encoding, bom)
    lines = text.count("\n")
    if pairs == lines == text.count("\r"):
        return Decoded(text.replace("\r\n", "\n"), encoding, bom, "\r\n")
    return Decoded(text, encoding, bom, "\r\n" if 2 * pairs > lines else "\n")


def _strict(data: bytes, encoding: str, skip: int, why: str) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        offset = error.start + skip
        raise DecodeError(f"{why}, but {_fault(data, offset, error)}", offset, [encoding]) from None


def _with_nuls(data: bytes) -> Decoded:
    if data.startswith(b"ustar", 257):
        raise BinaryError("this is a tar archive; unpack it first")
    readings = []
    for name in _WIDE:
        if len(data) % (4 if name.startswith("utf-32") else 2) == 0:
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            readings.append((plausibility(text), name, text))
    if readings:
        found, name, text = min(readings, key=lambda reading: reading[0].bits)
        if found.acceptable:
            return _decoded(text, name)
    offset = data.index(0)
    # Extractors write NUL for a glyph that they could not map: a few of them do not make a text a binary.
    if data.count(0) * 200 <= len(data) and _NUL_RUN not in data:
        try:
            return _decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    raise BinaryError(
        f"this is not text: NUL bytes, the first at byte offset {offset}, and it is not UTF-16 or UTF-32 either",
        offset,
        _WIDE,
    )


def _seven_bit(data: bytes) -> Decoded:
    for escape, names in _SEVEN_BIT:
        if escape not in data:
            continue
        for name in names:
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            if not text.isascii() and plausibility(text).acceptable:
                return _decoded(text, name)
    return _decoded(data.decode("ascii"), "utf-8")


def _best(data: bytes) -> Decoded:
    """Read bytes that are not UTF-8: the reading that costs least, if it can be text and nothing comes close to it."""
    sample = data[:_SAMPLE]
    if len(sample) < len(data):
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    readings = _ranked(sample)
    tried = [reading.encoding for reading in readings]
    best = readings[0]
    name = best.encoding
    if not best.acceptable:
        return _guessed(data, tried)
    rival = next((other for other in readings[1:] if other.text != best.text and other.acceptable), None)
    if rival is not None and rival.bits - best.bits < _MARGIN:
        raise DecodeError(
            f"cannot tell {_label(name)} ({_excerpt(best.text)}) from {_label(rival.encoding)} "
            f"({_excerpt(rival.text)}); say which it is with --encoding",
            tried=tried,
        )
    try:
        whole = data.decode(name)
    except UnicodeDecodeError as error:
        offset = error.start
        raise DecodeError(
            f"looks like {_label(name)}, but {_fault(data, offset, error)}; tried {_list(tried)}; "
            "repair the bytes, or force an encoding with --encoding",
            offset,
            tried,
        ) from None
    stranger = _stranger(whole, name, best.each)
    if stranger is not None:
        offset = len(whole[: stranger[0]].encode(name))
        raise DecodeError(
            f"looks like {_label(name)}, but from about offset {offset} like {_label(stranger[1])}: several encodings "
            "in one file? split it, or force an encoding with --encoding",
            offset,
            tried,
        )
    return _decoded(whole, name)


def _ranked(data: bytes) -> list[_Reading]:
    """Read bytes in every candidate encoding, the likeliest first."""
    names = [name for name in _CANDIDATES if len(data) % 2 == 0 or not name.startswith("utf-16")]
    return sorted((_read(data, name) for name in names), key=lambda reading: reading.bits)


def _stranger(text: str, encoding: str, usual: float) -> tuple[int, str] | None:
    """Look at all of a text for a stretch that is plainer in another encoding; return its offset and that encoding."""
    for start in range(0, len(text), _STRETCH):
        stretch = text[start : start + _STRETCH]
        found, strange = plausibility(stretch), _strangeness(stretch, encoding)
        if found.each + strange / len(stretch) < usual + _UNUSUAL:
            continue
        other = _ranked(stretch.encode(encoding))[0]
        if other.encoding != encoding and other.acceptable and other.bits < 0.95 * (found.bits + strange) - _CERTAIN:
            return start, other.encoding
    return None


class _Reading(NamedTuple):
    """The beginning of some bytes in one encoding, and what it costs."""

    bits: float
    each: float
    acceptable: bool
    encoding: str
    text: str


def _read(sample: bytes, encoding: str) -> _Reading:
    text = sample.decode(encoding, "replace")
    found = plausibility(text)
    bits = found.bits + _RARENESS.get(encoding, 0.0) + _strangeness(text, encoding)
    return _Reading(bits, found.each, _acceptable(found, encoding), encoding, text)


def _strangeness(text: str, encoding: str) -> float:
    if encoding not in _STRANGE:
        return 0.0
    script, each = _STRANGE[encoding]
    return each * sum(map(len, script.findall(text)))


def _acceptable(found: Plausibility, encoding: str) -> bool:
    return found.each <= _SINGLE_BYTE_LIMIT if encoding in _SINGLE_BYTE else found.acceptable


def _guessed(data: bytes, tried: list[str]) -> Decoded:
    """Ask charset-normalizer about what none of the candidates explains."""
    # Imported here, because it is needed for one file in thousands and takes 50 ms to load.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    name = best.encoding if best is not None else None
    if name is not None and name not in tried:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            pass
        else:
            letters = sum(map(len, re.findall("[A-Za-z]+", text)))
            latin = sum(map(len, re.findall("[\u00c0-\u024f]+", text)))
            if plausibility(text).each <= _SINGLE_BYTE_LIMIT and latin <= letters:
                return _decoded(text, name)
        tried = [*tried, name]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        offset, fault = error.start, _fault(data, error.start, error)
    raise DecodeError(
        f"is not UTF-8 ({fault}), nor plausible text in any other encoding; tried {_list(tried)}; "
        "force one with --encoding",
        offset,
        tried,
    )


def _fault(data: bytes, offset: int, error: UnicodeDecodeError) -> str:
    cut_off = error.end == len(error.object) and error.reason in _CUT_OFF
    return f"byte 0x{data[offset]:02X} at offset {offset} {'is cut off' if cut_off else 'does not fit'}"


def _excerpt(text: str) -> str:
    shown = " ".join(text.split())
    return repr(shown if len(shown) <= 12 else shown[:12] + "…")


_LABELS = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16 (little-endian)", "utf-16-be": "UTF-16 (big-endian)",
    "utf-32-le": "UTF-32 (little-endian)", "utf-32-be": "UTF-32 (big-endian)", "gb18030": "GB18030", "cp950": "Big5",
    "big5hkscs": "Big5-HKSCS", "cp932": "Shift-JIS", "euc_jp": "EUC-JP", "cp949": "EUC-KR",
    "cp1252": "Windows-1252", "cp1251": "Windows-1251", "koi8_r": "KOI8-R", "iso2022_jp": "ISO-2022-JP", "hz": "HZ",
}  # fmt: skip


def _label(encoding: str) -> str:
    return _LABELS.get(encoding, encoding)


def _list(encodings: Iterable[str]) -> str:
    return ", ".join(map(_label, encodings))
