"""Streams into records, lines of JSON edited in place, compressed streams."""

from __future__ import annotations

import gzip
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textfix.io.jsonl import edited, parsed
from textfix.io.records import boundaries, splitter
from textfix.io.streams import Sink, TruncatedError, decompressed

streams = st.text(alphabet="ab \t\r\n\n\n\f", max_size=60).map(str.encode)
ways = st.sampled_from(["line", "form-feed", "blank-lines", "blank-lines:2", "blank-lines:3"])


def chopped(data: bytes, step: int) -> list[bytes]:
    return [data[start : start + step] for start in range(0, len(data), step)]


@given(streams, ways, st.integers(1, 9))
def test_records_are_the_stream_however_it_comes(data: bytes, way: str, step: int) -> None:
    records = list(splitter(way)(chopped(data, step), 0))
    assert b"".join(record for _, record in records) == data
    assert all(data[offset:].startswith(record) and record for offset, record in records)
    assert records == list(splitter(way)([data] if data else [], 0))


@given(streams, ways, st.integers(1, 40))
def test_boundaries_are_where_records_begin(data: bytes, way: str, step: int) -> None:
    split = splitter(way)
    cuts = boundaries(io.BytesIO(data), len(data), step, split)
    assert cuts == sorted(set(cuts))
    assert cuts[0] == 0
    assert cuts[-1] == len(data)
    starts = {offset for offset, _ in split([data], 0)} if data else set()
    assert set(cuts[1:-1]) <= starts


def test_lines_are_cut_at_the_first_line_after_each_step() -> None:
    data = b"".join(b"%02d\n" % number for number in range(10))
    assert boundaries(io.BytesIO(data), 30, 6, splitter("line")) == [0, 6, 12, 18, 24, 30]
    assert boundaries(io.BytesIO(data), 30, 7, splitter("line")) == [0, 9, 15, 21, 30]
    assert boundaries(io.BytesIO(b"x" * 30), 30, 7, splitter("line")) == [0, 30]


def test_unknown_ways_are_told() -> None:
    with pytest.raises(ValueError, match="known: line"):
        splitter("pages")
    with pytest.raises(ValueError, match="known: line"):
        splitter("blank-lines:0")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.text(max_size=4), values, max_size=5), st.booleans(), st.integers(0, 3), st.text())
def test_a_line_keeps_everything_but_the_value(row: dict[str, Any], escaped: bool, style: int, text: str) -> None:
    separators = [(",", ":"), (", ", ": "), (" , ", " : "), (",\t", ":  ")][style]
    source = json.dumps(row, ensure_ascii=escaped, separators=separators).encode(errors="surrogatepass")
    try:
        source.decode()
    except UnicodeDecodeError:
        return  # half of a surrogate pair, unescaped: no UTF-8
    line = parsed(source + b" \r\n")
    assert [*line.members] == [*row]
    for name in row:
        new = edited(line, {name: text})
        assert repr(json.loads(new)) == repr({**row, name: text})
        _, start, end = line.members[name]
        assert new.startswith(line.text[:start].encode())
        assert new.endswith(line.text[end:].encode())
    assert repr(json.loads(edited(line, {"a new one": text}))) == repr({**row, "a new one": text})
    assert edited(line, {}) == source + b" \r\n"


def test_a_new_value_is_written_as_the_line_is() -> None:
    escaped = parsed(rb'{"text":"\u4f60"}')
    assert edited(escaped, {"text": "好"}) == rb'{"text":"\u597d"}'
    assert edited(parsed('{"text": "你"}'.encode()), {"text": "好", "by": 1}) == '{"text": "好", "by": 1}'.encode()
    assert edited(parsed(b"{ }"), {"a": 1, "b": 2}) == b'{"a": 1, "b": 2 }'
    assert edited(parsed(rb'{"text":"\ud800,"}'), {"text": "\ud800，"}) == rb'{"text":"\ud800\uff0c"}'
    assert edited(parsed(b'{"a":1,"a":2}'), {"a": 3}) == b'{"a":1,"a":3}'  # the last one is what readers see
    assert edited(parsed(b'\xef\xbb\xbf{"a":1}'), {"a": 2}) == b'\xef\xbb\xbf{"a":2}'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"", "an object was expected at byte 0"),
        (b"[1]", "an object was expected at byte 0"),
        (b"{bad", "a name in double quotes was expected at byte 1"),
        (b'{"a"', "':' was expected at byte 4"),
        (b'{"a": ', "a value was expected at byte 6"),
        ('{"你": x}'.encode(), "a value was expected at byte 8"),
        (b'{"a": 1', "',' or '}' was expected at byte 7"),
        (b'{"a": 1,}', "a name in double quotes was expected at byte 8"),
        (b'{"a": 1} {', "something follows the object at byte 9"),
        (b'{"a": "\t"}', "Invalid control character at byte 7"),
        (b'{"a": "\xff"}', "not UTF-8: byte 0xff at byte 7"),
        (b'{"a": ' + b"[" * 200_000, "nested too deeply at byte 0"),
    ],
)
def test_what_is_no_object_is_told_with_its_place(line: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parsed(line)


def compressed(data: bytes, kind: str) -> bytes:
    if kind == "gzip":
        return gzip.compress(data)
    return bytes(pytest.importorskip("zstandard").ZstdCompressor().compress(data))


@pytest.mark.parametrize("kind", ["gzip", "zstd"])
def test_members_one_behind_the_other_are_one_stream(kind: str) -> None:
    data = compressed(b"one\n", kind) + compressed(b"", kind) + compressed(b"two\n", kind)
    assert b"".join(decompressed(io.BytesIO(data), kind)) == b"one\ntwo\n"
    assert b"".join(decompressed(io.BytesIO(b""), kind)) == b""


def test_gzip_may_be_padded() -> None:
    assert b"".join(decompressed(io.BytesIO(gzip.compress(b"one") + b"\0" * 512), "gzip")) == b"one"


@pytest.mark.parametrize("kind", ["gzip", "zstd"])
def test_all_that_can_be_read_is_read_before_the_damage_is_told(kind: str) -> None:
    whole = b"".join(b"line %d\n" % number for number in range(100_000))
    data = compressed(whole, kind)
    found: list[bytes] = []
    with pytest.raises(TruncatedError) as caught:
        found.extend(decompressed(io.BytesIO(data[: len(data) // 2]), kind))
    saved = b"".join(found)
    assert whole.startswith(saved)
    assert caught.value.offset == len(saved)
    if kind == "gzip":
        assert len(saved) > len(whole) // 3
    with pytest.raises(TruncatedError, match="damaged"):
        list(decompressed(io.BytesIO(b"no such data"), kind))


@pytest.mark.parametrize("kind", [None, "gzip", "zstd"])
def test_what_is_written_does_not_depend_on_the_pieces(tmp_path: Any, kind: str | None) -> None:
    if kind == "zstd":
        pytest.importorskip("zstandard")
    data = json.dumps([number * number for number in range(200_000)]).encode()
    hashes = set()
    for step in (1 << 30, 99_991, 1 << 17, 5_000):
        sink = Sink(str(tmp_path / f"{step}"), kind)
        for piece in chopped(data, step):
            sink.add(piece)
        sink.sync()
        hashes.add(sink.sha256)
        written = (tmp_path / f"{step}").read_bytes()
        assert sink.bytes == len(written)
        assert b"".join(decompressed(io.BytesIO(written), kind)) == data
    assert len(hashes) == 1
