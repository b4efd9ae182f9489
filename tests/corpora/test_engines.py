"""Ray and Spark, started for real on this machine: the same bytes as the local engine."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corpora.corpus import PIPELINE, json_lines, make, rows, text_of, tree
from textfix.corpus import Job, run

pytestmark = pytest.mark.slow

pa = pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    module = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    module.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield module
    module.shutdown()


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("no Java")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


@pytest.mark.parametrize("engine", ["ray", "spark"])
def test_engines_give_the_same_bytes(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(engine)
    source = make(tmp_path / "in")
    (source / "bad.jsonl").write_bytes(b"{bad\n" + json_lines(3))
    job = Job(PIPELINE, shard_bytes=20_000)
    local = run(str(source), str(tmp_path / "local"), job)
    report = run(str(source), str(tmp_path / "out"), job, engine=engine, jobs=2)
    assert tree(tmp_path / "out") == tree(tmp_path / "local")
    assert report.counts == local.counts
    assert report.failures == local.failures
    (tmp_path / "out/lines-00001.jsonl").unlink()
    again = run(str(source), str(tmp_path / "out"), job, engine=engine, jobs=2, resume=True)
    assert again.counts == local.counts
    assert tree(tmp_path / "out") == tree(tmp_path / "local")


@pytest.mark.parametrize("engine", ["ray", "spark"])
def test_what_cannot_be_done_is_reported(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(engine)
    (tmp_path / "a.jsonl").write_bytes(b"{bad\n" + json_lines(3))
    (tmp_path / "b.jsonl").write_bytes(json_lines(3))
    job = Job(PIPELINE, on_error="raise")
    report = run(str(tmp_path / "*.jsonl"), str(tmp_path / "out"), job, engine=engine, jobs=2)
    assert report.exit_code == 2
    assert "not valid JSON" in report.unfinished[0].error
    assert len(rows(tmp_path / "out", "b")) in (0, 3)


def test_ray_datasets(ray: Any) -> None:
    from textfix.adapters.batches import CleanBatch

    texts = [text_of(number) for number in range(50)]
    dataset = ray.data.from_arrow(pa.table({"text": texts, "id": range(50)}))
    cleaned = dataset.map_batches(CleanBatch("text", PIPELINE, edits="edits"), batch_format="pyarrow", batch_size=7)
    found = sorted(cleaned.take_all(), key=lambda row: row["id"])
    assert [row["text"] for row in found] == [PIPELINE(text) for text in texts]
    assert all(len(row["edits"]) for row in found)


def test_spark_frames(spark: Any) -> None:
    from textfix.adapters.batches import clean_frame

    texts = [text_of(number) if number % 5 else None for number in range(50)]
    frame = spark.createDataFrame(list(enumerate(texts)), "id long, text string").repartition(3)
    cleaned = clean_frame(frame, "text", PIPELINE, into="clean", edits="edits", blocks="blocks", error="error")
    found = sorted(cleaned.collect(), key=lambda row: row["id"])
    assert [row["text"] for row in found] == texts
    assert [row["clean"] for row in found] == [text and PIPELINE(text) for text in texts]
    assert [row["edits"][0]["reason"] if row["edits"] else None for row in found] == [
        PIPELINE.explain(text).edits[0].reason if text else None for text in texts
    ]
