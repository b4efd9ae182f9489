"""Faults that are really injected: killed processes, truncated inputs, full disks, interrupts."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.corpora.corpus import PIPELINE, Deadly, Slow, json_lines, make, rows, tree
from textfix import Pipeline
from textfix.corpus import Job, JobError, run
from textfix.io.storage import LocalStore

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and forks")

ROOT = Path(__file__).resolve().parents[2]


class Said:
    """A listener that remembers what it was told."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.bytes = 0

    def begin(self, total: int, done: int) -> None:
        pass

    def read(self, count: int) -> None:
        self.bytes += count

    def message(self, text: str) -> None:
        self.messages.append(text)


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "textfix", "run", "--isolated", "--preset", "docs", *map(str, arguments)]


def start(*arguments: object, **options: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, **options
    )  # type: ignore[call-overload,no-any-return]


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = process.communicate(timeout=300)
    return process.returncode, errors


def committed(out: Path) -> int:
    return len(list((out / ".textfix/shards").glob("*.json"))) if out.exists() else 0


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def killed_at(operation: int, source: Path, out: Path, job: Job) -> bool:
    """Run in a process that kills itself at some operation of the store; say whether it came so far."""
    child = os.fork()
    if child == 0:
        count = 0

        def deadly(method: Callable[..., None], before: bool) -> Callable[..., None]:
            def call(self: LocalStore, *arguments: object) -> None:
                nonlocal count
                count += 1
                if count == operation and before:
                    os.kill(os.getpid(), signal.SIGKILL)
                method(self, *arguments)
                if count == operation:
                    os.kill(os.getpid(), signal.SIGKILL)

            return call

        half = operation % 2 == 0
        LocalStore.commit = deadly(LocalStore.commit, half)  # type: ignore[method-assign]
        LocalStore.write = deadly(LocalStore.write, half)  # type: ignore[method-assign]
        with contextlib.suppress(BaseException):
            run(str(source), str(out), job, resume=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_killed_at_every_step_of_committing(tmp_path: Path) -> None:
    source = make(tmp_path / "in", parquet=False)
    job = Job(PIPELINE, shard_bytes=20_000)
    run(str(source), str(tmp_path / "whole"), job)
    expected = tree(tmp_path / "whole")
    out = tmp_path / "out"
    # Each run comes a little further than the one before.
    kills = 0
    while killed_at(1 + kills, source, out, job):
        kills += 1
        assert all(expected[name] == data for name, data in tree(out).items())
        assert kills < 200
    assert kills > 10
    report = run(str(source), str(out), job, resume=True)
    assert tree(out) == expected
    assert report.counts["records"] == 300 + 200 + 22
    assert not (out / ".textfix/tmp").exists()


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_at_random_moments(tmp_path: Path, jobs: int) -> None:
    source = make(tmp_path / "in")
    (source / "more.jsonl").write_bytes(json_lines(4000, first=5000))
    run(str(source), str(tmp_path / "whole"), Job(Pipeline.preset("docs"), shard_bytes=20_000))
    expected = tree(tmp_path / "whole")
    out = tmp_path / "out"
    drawn = random.Random(jobs)
    arguments = (source, out, "--shard-bytes", 20_000, "--jobs", jobs, "--resume", "-q")
    kills = 0
    for _ in range(8):
        process = start(*arguments)
        before = committed(out)
        with contextlib.suppress(AssertionError):
            wait_for(lambda: process.poll() is not None or committed(out) > before, 30)  # noqa: B023
        time.sleep(drawn.uniform(0, 0.5))
        if process.poll() is None:
            kills += 1
        process.kill()
        finished(process)
        assert all(expected[name] == data for name, data in tree(out).items())
    assert kills
    wait_for(lambda: finished(start(*arguments))[0] == 0)
    assert tree(out) == expected
    report = json.loads((out / ".textfix/report.json").read_bytes())
    assert report["counts"]["records"] == 300 + 200 + 22 + 400 + 4000


def test_a_worker_that_dies_once_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTFIX_TEST_ONCE", str(tmp_path / "died"))
    lines = json_lines(60).splitlines(keepends=True)
    lines[30] = '{"text": "☠"}\n'.encode()
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines))
    said = Said()
    job = Job(PIPELINE | Deadly(), shard_bytes=2_000)
    report = run(str(tmp_path / "a.jsonl"), str(tmp_path / "out"), job, jobs=2, listener=said)
    assert (tmp_path / "died").exists()
    assert [re.sub(r"\d+", "N", message) for message in said.messages] == [
        "a.jsonl, part N: the process that worked on it died (SIGKILL: out of memory?); trying once more"
    ]
    assert report.exit_code == 0
    run(str(tmp_path / "a.jsonl"), str(tmp_path / "whole"), Job(PIPELINE, shard_bytes=2_000))
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def test_a_shard_on_which_workers_die_is_given_up_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "☠"}\n'.encode())
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(json_lines(20) + '{"text": "☠"}\n'.encode() * 99))
    for name in "cdef":
        (tmp_path / f"{name}.jsonl").write_bytes(json_lines(20))
    said = Said()
    job = Job(PIPELINE | Deadly(), shard_bytes=2_000)
    report = run(str(tmp_path / "*.jsonl*"), str(tmp_path / "out"), job, jobs=2, listener=said)
    assert report.exit_code == 2
    assert {failure.file for failure in report.unfinished} == {"a.jsonl", "b.jsonl.gz"}
    assert all("died twice" in failure.error for failure in report.unfinished)
    for name in "cdef":
        assert [row["id"] for row in rows(tmp_path / "out", name)] == list(range(20))
    assert len([name for name in tree(tmp_path / "out") if name.startswith("b-")]) >= 1  # what came before the skull


@pytest.mark.parametrize("kind", ["gzip", "zstd"])
def test_truncated_streams(tmp_path: Path, kind: str) -> None:
    whole = json_lines(5000)
    if kind == "gzip":
        data, name = gzip.compress(whole), "a.jsonl.gz"
    else:
        data, name = pytest.importorskip("zstandard").ZstdCompressor().compress(whole), "a.jsonl.zst"
    (tmp_path / name).write_bytes(data[: len(data) // 2])
    (tmp_path / "b.jsonl").write_bytes(json_lines(5))
    job = Job(PIPELINE, shard_bytes=100_000, compression="none")
    report = run([str(tmp_path / "*.jsonl*")], str(tmp_path / "out"), job)
    assert report.exit_code == 1
    cut, stream = report.failures
    saved = b"".join(content for path, content in tree(tmp_path / "out").items() if path[0] == "a")
    lines = saved.splitlines()
    assert len(lines) > 500
    assert [json.loads(line)["id"] for line in lines[:-1]] == list(range(len(lines) - 1))
    assert cut.record == len(lines)
    assert "not valid JSON" in cut.error or "not UTF-8" in cut.error
    assert "ends in the middle" in stream.error
    assert stream.offset is not None
    assert whole[cut.offset : stream.offset] == lines[-1]
    assert len(rows(tmp_path / "out", "b")) == 5


def test_truncated_parquet(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    source = make(tmp_path / "in")
    data = (source / "rows.parquet").read_bytes()
    (source / "rows.parquet").write_bytes(data[: len(data) // 2])
    damaged = bytearray(data)
    damaged[len(data) // 3 : len(data) // 3 + 200] = bytes(200)
    (source / "damaged.parquet").write_bytes(damaged)
    out = tmp_path / "out"
    report = run(str(source), str(out), Job(PIPELINE, shard_bytes=10_000))
    assert report.exit_code == 2
    assert {failure.file for failure in report.unfinished} == {"rows.parquet", "damaged.parquet"}
    assert len([failure for failure in report.unfinished if failure.part is not None]) <= 2
    assert "lines-00000.jsonl" in tree(out)
    (source / "rows.parquet").write_bytes(data)
    (source / "damaged.parquet").write_bytes(data)
    assert run(str(source), str(out), Job(PIPELINE, shard_bytes=10_000), resume=True).exit_code == 0


@contextlib.contextmanager
def mounted(path: Path, size: str) -> Iterator[Path]:
    path.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)], capture_output=True)
    if done.returncode != 0:
        pytest.skip("no permission to mount")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", str(path)], check=True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_disk_full(tmp_path: Path, jobs: int) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes(json_lines(6000))
    job = Job(PIPELINE, shard_bytes=100_000)
    run(str(source), str(tmp_path / "whole"), job)
    with mounted(tmp_path / "small", "700k") as small:
        report = run(str(source), str(small / "out"), job, jobs=jobs)
        assert report.exit_code == 2
        assert any("No space left" in failure.error for failure in report.unfinished)
        expected = tree(tmp_path / "whole")
        assert all(expected[name] == data for name, data in tree(small / "out").items())
        subprocess.run(["mount", "-o", "remount,size=20m", str(small)], check=True)
        assert run(str(source), str(small / "out"), job, resume=True, jobs=jobs).exit_code == 0
        assert tree(small / "out") == expected


def test_file_size_limit(tmp_path: Path) -> None:
    import resource

    source = tmp_path / "a.jsonl"
    source.write_bytes(json_lines(500))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    code, errors = finished(start(source, tmp_path / "out", "-q", "-j1", preexec_fn=limit))
    assert code == 2
    assert "the output cannot be written: File too large" in errors
    assert tree(tmp_path / "out") == {}
    code, errors = finished(start(source, tmp_path / "out", "-q", "-j1", "--resume"))
    assert (code, errors) == (0, "")
    assert len(rows(tmp_path / "out", "a")) == 500


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes(json_lines(5))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(JobError, match="cannot be written"):
        run(str(source), str(tmp_path / "file"), Job(PIPELINE))
    assert (tmp_path / "file").read_text() == "in the way"
    with mounted(tmp_path / "fixed", "1m") as fixed:
        subprocess.run(["mount", "-o", "remount,ro", str(fixed)], check=True)
        with pytest.raises(JobError, match="Read-only file system"):
            run(str(source), str(fixed / "out"), Job(PIPELINE))


def test_what_may_not_be_read_is_told_and_the_others_go_on(unprivileged: list[str], tmp_path: Path) -> None:
    for folder, mode in (("in", 0o755), ("in/closed", 0o000), ("in/listed", 0o444)):
        (tmp_path / folder).mkdir()
        for name in ("a.txt", "b.txt", "c.png"):
            (tmp_path / folder / name).write_text("你好,世界", "utf-8")
        (tmp_path / folder).chmod(mode)
    for name in ("b.txt", "c.png"):
        (tmp_path / "in" / name).chmod(0)

    def told(*arguments: str) -> list[str]:
        line = [*unprivileged, "run", "-q", "--isolated", "--preset", "docs", *arguments]
        ended = subprocess.run(line, cwd=tmp_path, capture_output=True, timeout=60, encoding="utf-8")
        assert ended.returncode == (2 if ended.stderr else 0)
        return [line for line in ended.stderr.splitlines() if "rror:" in line]

    try:
        names = [f"in/{folder}{name}.txt" for folder, name in (("", "b"), ("listed/", "a"), ("listed/", "b"))]
        denied = {f"error: {name}: Permission denied" for name in ("in/closed", *names)}
        assert denied <= {*told("in", "out")}
        assert (tmp_path / "out/a.txt").read_text("utf-8") == "你好，世界"
        assert told("in/closed", "none") == ["Error: nothing to clean in in/closed: in/closed: Permission denied"]
        (tmp_path / "in/b.txt").chmod(0o644)
    finally:
        for folder in ("closed", "listed"):
            (tmp_path / "in" / folder).chmod(0o755)
    assert told("in", "out", "--resume") == []
    assert len(tree(tmp_path / "out")) == 6
    try:
        (tmp_path / "in/closed").chmod(0o000)
        assert told("in", "out", "--resume") == ["error: in/closed: Permission denied"]
    finally:
        (tmp_path / "in/closed").chmod(0o755)
    assert told("in", "out", "--resume") == []
    assert len(tree(tmp_path / "out")) == 6


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are UTF-8 elsewhere")
def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("\udcff.txt", "\udcfe.jsonl", "\udcfd.jsonl.gz", "a\nb.jsonl"):
        data = json_lines(3)
        (tmp_path / "in" / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    for resume in (False, True):
        report = run(str(tmp_path / "in"), str(tmp_path / "out"), Job(PIPELINE), resume=resume)
        assert (report.exit_code, report.counts["records"]) == (0, 10)
    assert sorted(tree(tmp_path / "out")) == sorted(tree(tmp_path / "in"))
    assert json.loads((tmp_path / "out/.textfix/report.json").read_bytes())["files"] == 4


def test_a_pipe_is_no_input_of_a_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    with pytest.raises(JobError, match="no regular file"):
        run(str(tmp_path / "a.jsonl"), str(tmp_path / "out"), Job(PIPELINE))


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_interrupted(tmp_path: Path, jobs: int) -> None:
    source = make(tmp_path / "in")
    (source / "more.jsonl").write_bytes(json_lines(6000, first=5000))
    run(str(source), str(tmp_path / "whole"), Job(Pipeline.preset("docs"), shard_bytes=50_000))
    out = tmp_path / "out"
    process = start(source, out, "--shard-bytes", 50_000, "-j", jobs)
    wait_for(lambda: committed(out) > 2)
    process.send_signal(signal.SIGINT)
    code, errors = finished(process)
    assert code == 130
    found = re.search(
        r"interrupted: (\d+) of (\d+) shards are in place; go on with:\n  (textfix run .* --resume)", errors
    )
    assert found
    assert 2 <= int(found[1]) < int(found[2])
    assert not (out / ".textfix/tmp").exists()
    assert all((tmp_path / "whole" / name).read_bytes() == data for name, data in tree(out).items())
    again = shlex.split(found[3])
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", *again], capture_output=True, env=environment, timeout=300)
    assert done.returncode == 0
    assert tree(out) == tree(tmp_path / "whole")


@pytest.mark.slow
def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    (tmp_path / "a.jsonl").write_bytes(json_lines(100_000))
    process = start(tmp_path / "a.jsonl", tmp_path / "out", "-j2", "--shard-bytes", "1M")
    wait_for(lambda: committed(tmp_path / "out") > 0)
    workers = psutil.Process(process.pid).children(recursive=True)
    assert len(workers) >= 2
    process.kill()
    finished(process)
    wait_for(lambda: not any(worker.is_running() and worker.status() != "zombie" for worker in workers), 5)


def test_progress_adds_up(tmp_path: Path) -> None:
    source = make(tmp_path / "in", parquet=False)
    for jobs in (1, 2):
        said = Said()
        report = run(str(source), str(tmp_path / f"out{jobs}"), Job(PIPELINE), jobs=jobs, listener=said)
        assert (
            said.bytes
            == report.bytes_read
            == sum(path.stat().st_size for path in source.rglob("*") if path.is_file() and path.suffix != ".png")
        )


@pytest.mark.slow
def test_one_line_of_300_megabytes(tmp_path: Path) -> None:
    # Prose with a repair here and there: memory goes by the repairs as much as by the text.
    piece = "机关应当依照法律的规定办理，并于三十日内答复。" * 20 + "ﬁ\n"
    count = 300_000_000 // len(piece.encode())
    with open(tmp_path / "a.jsonl", "wb") as file:
        file.write(b'{"text": "x,"}\n{"text": "')
        escaped = json.dumps(piece, ensure_ascii=False)[1:-1].encode()
        for _ in range(count):
            file.write(escaped)
        file.write(b'"}\n{"text": "y"}\n')
    pipeline = Pipeline.preset("minimal")
    report = run(str(tmp_path / "a.jsonl"), str(tmp_path / "out"), Job(pipeline, shard_bytes=1 << 20))
    assert report.exit_code == 0
    assert report.counts["records"] == 3
    first, long, last = b"".join(tree(tmp_path / "out").values()).splitlines()
    assert first == b'{"text": "x,"}'
    assert last == b'{"text": "y"}'
    assert json.loads(long)["text"] == pipeline(piece) * count


@pytest.mark.slow
def test_100_000_tiny_files(tmp_path: Path) -> None:
    for folder in range(100):
        (tmp_path / f"in/{folder:02}").mkdir(parents=True)
        for number in range(1000):
            (tmp_path / f"in/{folder:02}/{number:03}.txt").write_text(f"第{folder}-{number}条,测试", "utf-8")
    report = run(str(tmp_path / "in"), str(tmp_path / "out"), Job(PIPELINE), jobs=2)
    assert report.exit_code == 0
    assert report.counts["records"] == 100_000
    assert (tmp_path / "out/57/123.txt").read_text("utf-8") == "第57-123条，测试"
    assert sum(1 for _ in (tmp_path / "out").glob("*/*.txt")) == 100_000


def test_slow_workers_are_ended_when_the_run_stops(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines(400))
    (tmp_path / "b.jsonl").write_bytes(b"{bad\n")
    job = Job(PIPELINE | Slow(), on_error="raise", shard_bytes=5_000)
    report = run([str(tmp_path / "b.jsonl"), str(tmp_path / "a.jsonl")], str(tmp_path / "out"), job, jobs=2)
    assert report.exit_code == 2
    assert not (tmp_path / "out/.textfix/tmp").exists()
