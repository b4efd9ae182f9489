"""Runs over corpora: what comes out, that it is the same however it was made, and what the report says."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corpora.corpus import PIPELINE, Failing, json_lines, make, rows, text_of, tree
from textfix.corpus import Job, JobError, run

pa = pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("corpus") / "in")


@pytest.fixture(scope="module")
def expected(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("expected") / "out"
    report = run(str(corpus), str(out), Job(PIPELINE, shard_bytes=20_000))
    assert report.exit_code == 0
    return tree(out)


def test_every_text_comes_out_clean_and_nothing_else_changes(corpus: Path, expected: dict[str, bytes]) -> None:
    for name, first, count in (("lines", 0, 300), ("sub/lines", 1000, 200)):
        parts = [name_ for name_ in expected if name_.startswith(f"{name}-")]
        assert len(parts) > 2
        data = b"".join(gzip.decompress(expected[p]) if p.endswith(".gz") else expected[p] for p in parts)
        source = json_lines(count, first=first).splitlines()
        for number, (line, before) in enumerate(zip(data.splitlines(), source), first):
            row = json.loads(before)
            assert json.loads(line) == {**row, "text": PIPELINE(text_of(number))}
            assert line.startswith(before[: before.index(b'"text"')])
            assert line.endswith(before[before.index(b'"meta"') :])
        assert len(data.splitlines()) == len(source) == count
    for number in range(20):
        assert expected[f"sub/{number:02}.txt"].decode() == PIPELINE(text_of(number))
    assert expected["page.md"].decode() == "# 标题\n\n`code,` 你好，世界\n"
    assert expected["windows.txt"].decode() == "你好，\r\n世界！\r\n"
    assert "picture.png" not in expected


def test_rows_of_parquet_come_out_clean(expected: dict[str, bytes]) -> None:
    import pyarrow.parquet as pq

    parts = sorted(name for name in expected if name.endswith(".parquet"))
    assert len(parts) > 1
    read = [pq.ParquetFile(pa.BufferReader(expected[part])) for part in parts]
    table = pa.concat_tables([part.read() for part in read])
    assert table["id"].to_pylist() == list(range(400))
    assert table["text"].to_pylist() == [PIPELINE(text_of(i)) if i % 7 else None for i in range(400)]
    assert {part.metadata.row_group(0).column(1).compression for part in read} == {"ZSTD"}
    assert sum(part.num_row_groups for part in read) == 8


@pytest.mark.parametrize("batch", [1, 500, 1 << 20])
def test_the_size_of_batches_changes_no_byte(
    corpus: Path, expected: dict[str, bytes], tmp_path: Path, batch: int
) -> None:
    run(str(corpus), str(tmp_path / "out"), Job(PIPELINE, shard_bytes=20_000, batch=batch))
    assert tree(tmp_path / "out") == expected


def test_the_number_of_processes_changes_no_byte(corpus: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    report = run(str(corpus), str(tmp_path / "out"), Job(PIPELINE, shard_bytes=20_000), jobs=3)
    assert report.exit_code == 0
    assert tree(tmp_path / "out") == expected


def test_laid_end_to_end_shards_are_what_one_shard_is(corpus: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    run(str(corpus / "lines.jsonl"), str(tmp_path / "out"), Job(PIPELINE))
    whole = tree(tmp_path / "out")
    assert [*whole] == ["lines.jsonl"]
    parts = b"".join(data for name, data in sorted(expected.items()) if name.startswith("lines-"))
    assert whole["lines.jsonl"] == parts


def test_a_stream_is_cut_as_the_plain_file_is(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines(200))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(json_lines(200)))
    run([str(tmp_path / "*.jsonl*")], str(tmp_path / "out"), Job(PIPELINE, shard_bytes=9_999, compression="none"))
    found = tree(tmp_path / "out")
    assert [data for name, data in found.items() if name[0] == "a"] == [
        data for name, data in found.items() if name[0] == "b"
    ]


def test_zstd_in_and_out(tmp_path: Path) -> None:
    zstd = pytest.importorskip("zstandard")
    (tmp_path / "a.jsonl.zst").write_bytes(zstd.ZstdCompressor().compress(json_lines(50)))
    run(str(tmp_path / "a.jsonl.zst"), str(tmp_path / "out"), Job(PIPELINE))
    written = tree(tmp_path / "out")["a.jsonl.zst"]
    lines = zstd.ZstdDecompressor().decompressobj().decompress(written).splitlines()
    assert [json.loads(line)["text"] for line in lines] == [PIPELINE(text_of(i)) for i in range(50)]


def test_columns_beside_the_text_of_json(tmp_path: Path) -> None:
    source = [{"text": "你好,世界", "id": 1}, {"text": None}, {"id": 2}, {"text": 3}, {"text": "☠"}]
    lines = [json.dumps(row, ensure_ascii=False) for row in source]
    (tmp_path / "a.jsonl").write_text("\n".join([*lines, "{bad", "", "  "]), "utf-8")
    job = Job(PIPELINE | Failing(), into="clean", edits="e", fingerprint="by", error="x", on_error="null")
    report = run(str(tmp_path / "a.jsonl"), str(tmp_path / "out"), job)
    found = rows(tmp_path / "out", "a")
    by = job.pipeline.fingerprint
    edit = {"start": 2, "end": 3, "before": ",", "after": "，", "reason": "punctuation/width"}
    assert found == [
        {**source[0], "clean": "你好，世界", "e": [edit], "by": by, "x": None},
        {**source[1], "clean": None, "e": None, "by": by, "x": None},
        {**source[2], "clean": None, "e": None, "by": by, "x": "no member 'text'"},
        {**source[3], "clean": None, "e": None, "by": by, "x": "member 'text' is no text"},
        {**source[4], "clean": None, "e": None, "by": by, "x": "RuntimeError: a skull; in the normalizer 'failing'"},
        {"clean": None, "e": None, "by": by, "x": found[5]["x"]},
    ]
    assert (tmp_path / "out" / "a.jsonl").read_text().endswith("\n\n  ")
    assert report.counts["records"] == 6
    assert report.counts["failed"] == len(report.failures) == 4
    assert report.exit_code == 1
    assert str(report.failures[0]) == "a.jsonl, record 3, byte 50: no member 'text'"
    assert report.counts["edits"] == {"punctuation/width": 1}


def test_what_cannot_be_cleaned_is_kept_to_the_byte(tmp_path: Path) -> None:
    bad = [b'\xff\xfe{"text": "a,"}\n', b"{bad\r\n", b'{"id": 1}\n', b'{"text": "\xe4\xb8"}\n', b'{"text": "x"']
    good = '{"text": "你,好"}\n'.encode()
    (tmp_path / "a.jsonl").write_bytes(good.join(bad))
    report = run(str(tmp_path / "a.jsonl"), str(tmp_path / "out"), Job(PIPELINE, shard_bytes=40))
    data = b"".join(tree(tmp_path / "out").values())
    assert data == '{"text": "你，好"}\n'.encode().join(bad)
    assert [(failure.record, failure.offset) for failure in report.failures] == [
        (1, 0), (3, 37), (5, 63), (7, 93), (9, 128),
    ]  # fmt: skip
    for failure in report.failures:
        assert failure.offset is not None
        assert good.join(bad)[failure.offset :].startswith(bad[report.failures.index(failure)])
    saved = json.loads((tmp_path / "out/.textfix/report.json").read_bytes())
    assert saved["counts"]["failed"] == 5
    assert saved["failures"][1] == {"file": "a.jsonl", "record": 3, "offset": 37, "error": report.failures[1].error}


@pytest.mark.parametrize("jobs", [1, 2])
def test_raise_stops_the_run(tmp_path: Path, jobs: int) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines(3) + b"{bad\n")
    (tmp_path / "b.jsonl").write_bytes(json_lines(3))
    job = Job(PIPELINE, on_error="raise")
    report = run([str(tmp_path / "*.jsonl")], str(tmp_path / "out"), job, jobs=jobs)
    assert report.exit_code == 2
    assert "not valid JSON" in report.unfinished[0].error
    assert "a.jsonl" not in tree(tmp_path / "out")
    (tmp_path / "a.jsonl").write_bytes(json_lines(3))
    assert run([str(tmp_path / "*.jsonl")], str(tmp_path / "out"), job, resume=True).exit_code == 0
    assert len(rows(tmp_path / "out", "a")) == 3


def test_broken_strings_in_parquet(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    table = pa.table({"text": pa.array([b"a", b"\xff", "你,好".encode()]).view(pa.string())})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=1)
    report = run(str(tmp_path / "a.parquet"), str(tmp_path / "out"), Job(PIPELINE, error="x"))
    found = pq.read_table(tmp_path / "out/a.parquet")
    assert found["text"].combine_chunks().view(pa.binary()).to_pylist() == [b"a", b"\xff", "你，好".encode()]
    assert [bool(error) for error in found["x"].to_pylist()] == [False, True, False]
    assert [failure.record for failure in report.failures] == [2]


def test_parquet_without_rows_or_without_the_column(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "empty.parquet")
    pq.write_table(pa.table({"body": ["a"]}), tmp_path / "other.parquet")
    report = run(str(tmp_path / "*.parquet"), str(tmp_path / "out"), Job(PIPELINE))
    assert [*tree(tmp_path / "out")] == ["empty.parquet"]
    assert pq.read_table(tmp_path / "out/empty.parquet").num_rows == 0
    assert [str(failure) for failure in report.unfinished] == ["other.parquet: no column 'text'; it has body"]


@pytest.mark.parametrize("packed", [False, True])
def test_dumps_are_split_into_records(tmp_path: Path, packed: bool) -> None:
    pages = [f"第{i}页,测试\n\n说明,{'字' * i}\n" for i in range(30)]
    suffix = ".txt.gz" if packed else ".txt"
    for name, between, split in (("f", "\f", "form-feed"), ("b", "\n\n\n", "blank-lines:3")):
        data = between.join(pages).encode()
        (tmp_path / f"{name}{suffix}").write_bytes(gzip.compress(data) if packed else data)
        job = Job(PIPELINE, split=split, shard_bytes=300, compression="none")
        report = run(str(tmp_path / f"{name}{suffix}"), str(tmp_path / name), job)
        found = tree(tmp_path / name)
        assert len(found) > 5
        assert b"".join(found.values()).decode() == between.join(map(PIPELINE, pages))
        assert report.counts["records"] == 30


def test_a_text_that_cannot_be_decoded_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02\xff\xfe" * 11)
    (tmp_path / "b.txt").write_text("你,好", "utf-8")
    (tmp_path / "c.txt").write_text("", "utf-8")
    report = run(str(tmp_path), str(tmp_path / "out"), Job(PIPELINE))
    assert tree(tmp_path / "out") == {"a.txt": b"\x00\x01\x02\xff\xfe" * 11, "b.txt": "你，好".encode(), "c.txt": b""}
    assert [failure.file for failure in report.failures] == ["a.txt"]
    assert report.counts["records"] == 3


def test_a_run_goes_on_only_with_the_same_job(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines(3))
    source, out = str(tmp_path / "a.jsonl"), str(tmp_path / "out")
    run(source, out, Job(PIPELINE))
    with pytest.raises(JobError, match="--resume"):
        run(source, out, Job(PIPELINE))
    with pytest.raises(JobError, match="another column"):
        run(source, out, Job(PIPELINE, column="body"), resume=True)
    with pytest.raises(JobError, match="another pipeline"):
        run(source, out, Job(PIPELINE.without("punctuation")), resume=True)
    assert run(source, out, Job(PIPELINE, batch=10), resume=True).exit_code == 0


def test_a_file_that_has_changed_is_done_again(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    source.write_bytes(json_lines(100))
    (tmp_path / "b.jsonl").write_bytes(json_lines(100))
    job = Job(PIPELINE, shard_bytes=5_000)
    run([str(tmp_path / "*.jsonl")], str(out), job)
    before = {path: path.stat().st_ino for path in out.glob("b-*")}
    source.write_bytes(json_lines(40, first=7))
    report = run([str(tmp_path / "*.jsonl")], str(out), job, resume=True)
    assert report.counts["records"] == 140
    assert [row["id"] for row in rows(out, "a")] == list(range(7, 47))
    assert {path: path.stat().st_ino for path in out.glob("b-*")} == before
    os.unlink(next(iter(before)))
    run([str(tmp_path / "*.jsonl")], str(out), job, resume=True)
    assert len(rows(out, "b")) == 100


def test_jobs_that_cannot_be_done_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "a.log").write_text("a")
    (tmp_path / "x.jsonl").write_bytes(json_lines(1))
    (tmp_path / "x-00000.jsonl").write_bytes(json_lines(1))
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(json_lines(1)))

    def refused(match: str, *inputs: str, make: Callable[[], Job] = lambda: Job(PIPELINE)) -> None:
        with pytest.raises(JobError, match=match):
            run([str(tmp_path / name) for name in inputs], str(tmp_path / "out"), make())

    refused("no such file", "missing")
    refused("nothing to clean", "*.csv")
    refused("--format", "a.log")
    refused("no columns", "a.txt", make=lambda: Job(PIPELINE, edits="e"))
    refused("for text files", "x.jsonl", make=lambda: Job(PIPELINE, split="form-feed"))
    refused("like a part of", "x.jsonl", "x-00000.jsonl")
    refused("both be written to x.jsonl", "x.jsonl", "x.jsonl.gz", make=lambda: Job(PIPELINE, compression="none"))
    refused("two columns of one name", "x.jsonl", make=lambda: Job(PIPELINE, edits="text"))
    refused("unknown compression", "x.jsonl", make=lambda: Job(PIPELINE, compression="xz"))
    assert not (tmp_path / "out").exists() or not tree(tmp_path / "out")


def test_the_output_may_lie_in_the_input(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines(3))
    job = Job(PIPELINE)
    run(str(tmp_path), str(tmp_path / "out"), job)
    run(str(tmp_path), str(tmp_path / "out"), job, resume=True)
    assert [*tree(tmp_path / "out")] == ["a.jsonl"]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.jsonl.gz"])
def test_a_new_run_writes_over_nothing(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    data = b'{"text": "\xe4\xbd\xa0\xe5\xa5\xbd,\xe4\xb8\x96"}\n'
    source.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    before = source.read_bytes()
    for inputs in (str(source), str(tmp_path)):
        with pytest.raises(JobError, match=f"holds {name} already"):
            run(inputs, str(tmp_path), Job(PIPELINE))
    assert source.read_bytes() == before


def test_a_run_that_goes_on_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    for name in ("in/a.jsonl", "out/b.jsonl", "out/c.txt"):
        (tmp_path / name).write_bytes(json_lines(3))
    run(str(tmp_path / "in"), str(tmp_path / "out"), Job(PIPELINE))
    before = tree(tmp_path / "out")
    for name in ("out/b.jsonl", "out/c.txt"):
        with pytest.raises(JobError, match=f"holds {name[4:]} already"):
            run([str(tmp_path / "in"), str(tmp_path / name)], str(tmp_path / "out"), Job(PIPELINE), resume=True)
    assert tree(tmp_path / "out") == before


def test_what_was_made_of_an_input_that_is_gone_stays(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.jsonl", "b.jsonl", "c.txt", "d.txt"):
        (tmp_path / "in" / name).write_bytes(json_lines(3))

    def again() -> None:
        run(str(tmp_path / "in"), str(tmp_path / "out"), Job(PIPELINE), resume=(tmp_path / "out").exists())

    again()
    before = tree(tmp_path / "out")
    for name in ("b.jsonl", "c.txt"):
        (tmp_path / "in" / name).unlink()
        with pytest.raises(JobError, match=rf"holds {name}, but .*{name}.* not among the inputs any more"):
            again()
        assert tree(tmp_path / "out") == before
        del before[name]
        (tmp_path / "out" / name).unlink()
        again()
        assert tree(tmp_path / "out") == before


def test_two_runs_do_not_share_an_output(tmp_path: Path) -> None:
    import fcntl

    (tmp_path / "a.jsonl").write_bytes(json_lines(3))
    (tmp_path / "out/.textfix").mkdir(parents=True)
    with open(tmp_path / "out/.textfix/lock", "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(JobError, match="another run"):
            run(str(tmp_path / "a.jsonl"), str(tmp_path / "out"), Job(PIPELINE))


def test_more_files_than_may_be_open(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    (tmp_path / "in").mkdir()
    for number in range(1500):
        (tmp_path / f"in/{number}.txt").write_text("你好,世界", "utf-8")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    try:
        report = run(str(tmp_path / "in"), str(tmp_path / "out"), Job(PIPELINE))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert report.exit_code == 0
    assert set(tree(tmp_path / "out").values()) == {"你好，世界".encode()}


def test_urls(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    make(tmp_path / "in")
    memory.put(str(tmp_path / "in") + "/", "/corpus/in/", recursive=True)
    job = Job(PIPELINE, shard_bytes=20_000)
    run(str(tmp_path / "in"), str(tmp_path / "out"), job)
    report = run("memory://corpus/in", "memory://corpus/out", job)
    found = {
        path.removeprefix("/corpus/out/"): memory.cat_file(path)
        for path in memory.find("/corpus/out")
        if "/.textfix/" not in path
    }
    assert found == tree(tmp_path / "out")
    assert report.exit_code == 0
    again = run("memory://corpus/in", "memory://corpus/out", job, resume=True)
    assert again.counts == report.counts
    assert again.timing["bytes"] == 0
    memory.rm("/corpus", recursive=True)
