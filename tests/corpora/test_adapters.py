"""textfix inside pandas, polars, DuckDB, datasets, datatrove and data-juicer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.corpora.corpus import PIPELINE, Failing, text_of

pa = pytest.importorskip("pyarrow")

TEXTS = ["你好,世界", None, "ok", *map(text_of, range(5))]
CLEAN = [text and PIPELINE(text) for text in TEXTS]


@pytest.mark.parametrize("dtype", ["object", "str", "string", "string[pyarrow]", "string[python]", "arrow", "large"])
def test_pandas(dtype: str) -> None:
    pd = pytest.importorskip("pandas")
    from textfix.adapters.pandas import clean_series

    kind = {"arrow": pd.ArrowDtype(pa.string()), "large": pd.ArrowDtype(pa.large_string())}.get(dtype, dtype)
    index = [f"r{number}" for number in range(len(TEXTS))]
    series = pd.Series(TEXTS, dtype=kind, index=index, name="text")
    cleaned = clean_series(series, PIPELINE)
    assert cleaned.dtype == series.dtype
    assert list(cleaned.index) == index
    assert cleaned.name == "text"
    assert [None if pd.isna(value) else value for value in cleaned] == CLEAN
    assert list(series.dropna()) == [text for text in TEXTS if text is not None]  # the source is untouched
    assert clean_series(series[:0], PIPELINE).dtype == series.dtype


def test_pandas_objects_that_are_no_text() -> None:
    pd = pytest.importorskip("pandas")
    from textfix.adapters.pandas import clean_series
    from textfix.arrow import RowError

    series = pd.Series(["你,好", 3, float("nan"), "☠"], dtype="object")
    pipeline = PIPELINE | Failing()
    with pytest.raises(RowError, match="row 1: TypeError: no text but int"):
        clean_series(series, pipeline)
    assert clean_series(series, pipeline, on_error="keep").tolist()[:2] == ["你，好", 3]
    assert clean_series(series, pipeline, on_error="null").tolist()[::3] == ["你，好", None]
    categories = pd.Series(["ﬁ", "fi", None], dtype="category")
    assert [value for value in clean_series(categories, PIPELINE) if not pd.isna(value)] == ["fi", "fi"]


def test_polars() -> None:
    pl = pytest.importorskip("polars")
    from textfix.adapters.polars import clean_expr

    frame = pl.DataFrame({"text": TEXTS, "id": range(len(TEXTS))})
    assert frame.with_columns(clean_expr("text", PIPELINE))["text"].to_list() == CLEAN
    lazy = frame.lazy().with_columns(clean=clean_expr(pl.col("text"), PIPELINE)).filter(pl.col("id") > 1)
    assert lazy.collect()["clean"].to_list() == CLEAN[2:]
    assert lazy.collect_schema()["clean"] == pl.String
    categorical = frame.select(clean_expr(pl.col("text").cast(pl.Categorical), PIPELINE))
    assert categorical["text"].dtype == pl.Categorical
    assert categorical["text"].to_list() == CLEAN


def test_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb")
    from textfix.adapters.duckdb import register

    connection = duckdb.connect()
    register(connection, "clean", PIPELINE)
    table = pa.table({"id": range(len(TEXTS)), "text": TEXTS})
    connection.register("source", table)
    found = connection.sql("select id, clean(text) from source order by id").fetchall()
    assert [text for _, text in found] == CLEAN
    assert connection.sql("select count(*) from source where clean(text) <> text").fetchall()[0][0] == 6
    many = connection.sql("select clean(text) as t from source, range(3000)").fetchall()
    assert len(many) == 3000 * len(TEXTS)


@pytest.mark.parametrize("form", [None, "arrow"])
def test_datasets(form: str | None) -> None:
    datasets = pytest.importorskip("datasets")
    from textfix.adapters.batches import CleanBatch

    dataset = datasets.Dataset.from_dict({"text": TEXTS, "id": [[number] for number in range(len(TEXTS))]})
    step = CleanBatch("text", PIPELINE, into="clean", edits="edits")
    cleaned = dataset.with_format(form).map(step, batched=True, batch_size=3).with_format(None)
    assert cleaned["clean"][:] == CLEAN
    assert cleaned["text"][:] == TEXTS
    assert cleaned["edits"][0] == [{"start": 2, "end": 3, "before": ",", "after": "，", "reason": "punctuation/width"}]
    # The same step gives the same fingerprint, so that the cache of datasets finds what was done before.
    hasher = datasets.fingerprint.Hasher
    assert hasher.hash(step) == hasher.hash(CleanBatch("text", PIPELINE, into="clean", edits="edits"))


def test_one_row_is_no_batch() -> None:
    """Without `batched=True` a text would be taken for a list of its characters."""
    from textfix.adapters.batches import CleanBatch

    with pytest.raises(TypeError, match=r"'text' is one text.*batched=True"):
        CleanBatch("text", PIPELINE)({"text": "你好,世界"})


def test_unknown_presets_are_told_at_once() -> None:
    duckdb, _ = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    from textfix.adapters.duckdb import register
    from textfix.adapters.polars import clean_expr

    for call in (lambda: register(duckdb.connect(), "clean", "dmup"), lambda: clean_expr("text", "dmup")):
        with pytest.raises(ValueError, match="did you mean 'dump'"):
            call()


def test_datatrove() -> None:
    data = pytest.importorskip("datatrove.data")
    from textfix.adapters.datatrove import TextfixFormatter

    step = TextfixFormatter(PIPELINE | Failing(), provenance="edits", batch=2)
    documents = [data.Document(text=text, id=str(i)) for i, text in enumerate(filter(None, [*TEXTS, "☠"]))]
    found = list(step.run(iter(documents)))
    assert [document.id for document in found] == [str(number) for number in range(8)]
    assert [document.text for document in found] == [*filter(None, CLEAN), "☠"]
    assert found[0].metadata["edits"][0]["reason"] == "punctuation/width"
    assert found[-1].metadata == {"textfix_error": "RuntimeError: a skull; in the normalizer 'failing'"}
    assert list(step.run(None)) == []


@pytest.mark.slow
def test_data_juicer() -> None:
    pytest.importorskip("data_juicer.ops.base_op")
    datasets = pytest.importorskip("datasets")
    from textfix.adapters.datajuicer import TextfixMapper

    texts = [text for text in TEXTS if text]
    step: Any = TextfixMapper(toml=PIPELINE.to_toml(), num_proc=1)
    assert step.process_batched({"text": texts, "id": [1]})["text"] == [text for text in CLEAN if text]
    dataset = datasets.Dataset.from_dict({"text": texts})
    assert step.run(dataset)["text"][:] == [text for text in CLEAN if text]
