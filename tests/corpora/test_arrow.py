"""The Arrow kernel: every kind of text column, nulls, slices, broken rows, columns beside the text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")

from tests.corpora.corpus import PIPELINE, Failing  # noqa: E402
from tests.strategies import mixed  # noqa: E402
from textfix import Pipeline  # noqa: E402
from textfix.arrow import BLOCK_TYPE, DOUBT_TYPE, EDIT_TYPE, RowError, clean_array, clean_table  # noqa: E402
from textfix.corpus import Job  # noqa: E402

TEXTS = [("string", pa.binary()), ("large_string", pa.large_binary()), ("string_view", pa.binary_view())]
TYPES = [pytest.param(getattr(pa, name)(), binary, id=name) for name, binary in TEXTS]
BROKEN = [b"ok", b"\xff\xfe", None, "你好,世界".encode()]


@given(st.lists(st.none() | mixed, max_size=8), st.data())
def test_each_row_is_cleaned_as_alone(texts: list[str | None], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([pa.string(), pa.large_string(), pa.string_view()]))
    cut = data.draw(st.integers(0, len(texts)))
    expected = [text if text is None else PIPELINE(text) for text in texts]
    array = pa.array(texts, kind)
    for given_, wanted in (
        (array, expected),
        (array.slice(cut), expected[cut:]),
        (pa.chunked_array([array[:cut], array[cut:]], kind), expected),
    ):
        cleaned = clean_array(given_, PIPELINE)
        assert cleaned.type == kind
        assert cleaned.to_pylist() == wanted
        cleaned.validate(full=True)


@pytest.mark.parametrize(("kind", "binary"), TYPES)
def test_clean_array_returns_clean_pieces_as_they_are(kind: Any, binary: Any) -> None:
    array = pa.array(["干净的", None, ""], kind)
    assert clean_array(array, PIPELINE).equals(array)
    assert clean_array(array[:0], PIPELINE).type == kind


@pytest.mark.parametrize(("kind", "binary"), TYPES)
def test_broken_rows_by_policy(kind: Any, binary: Any) -> None:
    array = pa.array(BROKEN, binary).view(kind)
    kept = clean_array(array, PIPELINE, on_error="keep")
    assert kept.view(binary).to_pylist() == [b"ok", b"\xff\xfe", None, "你好，世界".encode()]
    assert clean_array(array, PIPELINE, on_error="null").to_pylist() == ["ok", None, None, "你好，世界"]
    with pytest.raises(RowError, match="row 1: UnicodeDecodeError"):
        clean_array(array, PIPELINE)
    with pytest.raises(ValueError, match="on_error"):
        clean_array(array, PIPELINE, on_error="drop")  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "binary"), TYPES)
def test_dictionaries_stay_dictionaries(kind: Any, binary: Any) -> None:
    indices = pa.array([0, 1, None, 0, 2], pa.int8())
    array = pa.DictionaryArray.from_arrays(indices, pa.array(["ﬁ", "fi", "x"], kind))
    cleaned = clean_array(array, PIPELINE)
    assert cleaned.type == array.type
    assert cleaned.to_pylist() == ["fi", "fi", None, "fi", "x"]
    assert cleaned.dictionary.to_pylist() == ["fi", "x"]  # what has become equal is one value
    broken = pa.DictionaryArray.from_arrays(pa.array([0, 3, 1], pa.int8()), pa.array(BROKEN, binary).view(kind))
    with pytest.raises(RowError, match="row 2"):
        clean_array(broken, PIPELINE)


def test_rows_of_a_dictionary_are_told_one_by_one() -> None:
    table = pa.table({"text": pa.array(["你好,世界", "ok", None, "你好,世界"]).dictionary_encode()})
    cleaned = clean_table(table, "text", PIPELINE, edits="edits", error="error")
    assert cleaned["text"].type == table["text"].type
    assert [len(edits or ()) for edits in cleaned["edits"].to_pylist()] == [1, 0, 0, 1]


def test_only_text_is_taken() -> None:
    with pytest.raises(TypeError, match="int64"):
        clean_array(pa.array([1]), PIPELINE)
    with pytest.raises(KeyError, match="no column 'body' in the table; it has text"):
        clean_table(pa.table({"text": ["a"]}), "body", PIPELINE)


def test_a_column_of_nothing_but_nulls_comes_back() -> None:
    assert clean_array(pa.nulls(3), PIPELINE).equals(pa.nulls(3))
    table = clean_table(pa.table({"text": pa.nulls(2)}), "text", PIPELINE, edits="edits", error="error")
    assert table.to_pydict() == {"text": [None, None], "edits": [None, None], "error": [None, None]}


def test_what_cannot_be_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match="expected an Arrow array, got list"):
        clean_array(["城"], PIPELINE)
    with pytest.raises(ValueError, match="unknown preset: None"):
        clean_array(pa.array(["城"]), None)
    with pytest.raises(KeyError, match="it has none"):
        clean_table(pa.table({}), "text", PIPELINE)
    table = pa.table({"text": ["你,好"]})
    for options in ({"edits": "text"}, {"edits": "e", "doubts": "e"}, {"into": "e", "error": "e"}):
        with pytest.raises(ValueError, match="two columns of one name among text, "):
            clean_table(table, "text", PIPELINE, **options)
    assert clean_table(table, "text", PIPELINE, into="text").to_pydict() == {"text": ["你，好"]}
    with pytest.raises(TypeError, match="a job has a pipeline"):
        Job("docs")


def test_columns_beside_the_text() -> None:
    source = ["你好,世界", "ok", None, "☠"]
    pipeline = PIPELINE | Failing()
    names = {kind: kind for kind in ("edits", "blocks", "doubts", "fingerprint", "error")}
    table = pa.table({"text": source, "id": range(4)})
    cleaned = clean_table(table, "text", pipeline, into="clean", **names, on_error="null")  # type: ignore[arg-type]
    assert cleaned.column_names == ["text", "id", "clean", *names]
    assert cleaned["text"].to_pylist() == source
    assert cleaned["clean"].to_pylist() == ["你好，世界", "ok", None, None]
    edit = {"start": 2, "end": 3, "before": ",", "after": "，", "reason": "punctuation/width"}
    assert cleaned["edits"].to_pylist() == [[edit], [], None, None]
    assert cleaned["error"].to_pylist() == [None, None, None, "RuntimeError: a skull; in the normalizer 'failing'"]
    assert set(cleaned["fingerprint"].to_pylist()) == {pipeline.fingerprint}
    assert [cleaned[kind].type for kind in ("edits", "blocks", "doubts")] == [EDIT_TYPE, BLOCK_TYPE, DOUBT_TYPE]
    assert [block["text"] for block in cleaned["blocks"].to_pylist()[0]] == ["你好，世界"]
    cleaned.validate(full=True)


def test_metadata_and_place_of_the_column_stay() -> None:
    schema = pa.schema(
        [pa.field("text", pa.string(), nullable=False, metadata={"a": "b"}), pa.field("id", pa.int8())], {"x": "y"}
    )
    cleaned = clean_table(pa.table({"text": ["你,好"], "id": [1]}, schema), "text", PIPELINE)
    assert cleaned.schema.equals(schema, check_metadata=True)
    nulls = clean_table(schema.empty_table(), "text", PIPELINE, on_error="null")
    assert nulls.schema.field("text").nullable


@pytest.mark.parametrize("batch", [1, 7, 100, 1 << 20])
def test_the_size_of_batches_changes_nothing(batch: int) -> None:
    table = pa.table({"text": [f"第{i}条,测试" * (i % 5) for i in range(50)]})
    seen: dict[int, Any] = {}
    cleaned = clean_table(table, "text", PIPELINE, edits="edits", batch=batch, observe=seen.__setitem__)
    assert cleaned.combine_chunks().equals(clean_table(table, "text", PIPELINE, edits="edits").combine_chunks())
    assert sorted(seen) == list(range(50))


@pytest.mark.slow
def test_more_text_than_one_string_array_can_hold() -> None:
    # 2.2 GiB in one column of 32-bit offsets: only chunks can hold it, and no step may put them together.
    piece = pa.array(["字" * (1 << 18)] * 256, pa.string())
    column = pa.chunked_array([piece] * 12)
    assert column.nbytes > 2**31
    cleaned = clean_array(column, Pipeline([]))
    assert cleaned.type == pa.string()
    assert len(cleaned) == len(column)
    assert cleaned.nbytes == column.nbytes
