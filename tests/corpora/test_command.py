"""`textfix run` on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.corpora.corpus import json_lines, rows, text_of, tree
from textfix import Pipeline
from textfix.cli.app import app

DOCS = Pipeline.preset("docs")


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    call = ["run", *map(str, arguments), "--isolated", "--preset", "docs", "-j1"]
    return CliRunner().invoke(app, call, input=stdin, prog_name="textfix")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "a.jsonl").write_bytes(json_lines(50))
    return tmp_path / "a.jsonl"


def test_a_run_and_its_report(source: Path, tmp_path: Path) -> None:
    result = run(source, tmp_path / "out", "--shard-bytes", "5K")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "50 records" in result.stderr
    assert "punctuation/width" in result.stderr
    assert [row["text"] for row in rows(tmp_path / "out", "a")] == [DOCS(text_of(i)) for i in range(50)]
    report = json.loads((tmp_path / "out/.textfix/report.json").read_bytes())
    assert report["counts"]["records"] == 50
    assert report["job"]["pipeline"] == DOCS.fingerprint
    assert report["job"]["normalizers"] == list(DOCS.names)
    assert run(source, tmp_path / "out", "--shard-bytes", "5K", "-q", "--resume").stderr == ""


def test_failures_are_told(source: Path, tmp_path: Path) -> None:
    source.write_bytes(json_lines(2) + b"{bad\n" * 30)
    result = run(source, tmp_path / "out")
    assert result.exit_code == 1
    assert "error: a.jsonl, record 3, byte " in result.stderr
    assert "error: 10 more, see " in result.stderr
    assert tree(tmp_path / "out")["a.jsonl"].endswith(b"{bad\n" * 30)
    stopped = run(source, tmp_path / "other", "--on-error", "raise")
    assert stopped.exit_code == 2
    assert "go on with:\n  textfix " in stopped.stderr


def test_what_cannot_be_done_is_a_usage_error(source: Path, tmp_path: Path) -> None:
    for message, arguments in {
        "no such file": ["missing", tmp_path / "out"],
        "is no size": [source, tmp_path / "out", "--shard-bytes", "much"],
        "unknown way to split": [source, tmp_path / "out", "--split", "pages"],
        "choose them by IN": [source, tmp_path / "out", "--exclude", "x"],
        "standard input goes to": ["-", tmp_path / "out"],
        "say with --format": ["-", "-"],
        "--split it": ["-", "-", "--format", "text"],
    }.items():
        result = run(*arguments)
        assert result.exit_code == 2
        assert message in result.stderr
    assert not (tmp_path / "out").exists()


def test_what_is_not_installed_is_named_with_its_extra(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.parquet").touch()
    for module in ("pyarrow", "ray", "textfix.corpus.parquet", "textfix.engines.ray"):
        monkeypatch.setitem(sys.modules, module, None)
    assert "pip install 'textfix[ray]'" in run(source, tmp_path / "out", "--engine", "ray").stderr
    assert "a.parquet: Parquet needs pyarrow: pip install 'textfix[arrow]'" in run(tmp_path, tmp_path / "out").stderr
    for number, url in enumerate(("klingon://in", "klingon::memory://in")):
        result = run(url, tmp_path / f"out{number}")
        assert (result.exit_code, f"Error: {url}: " in result.stderr) == (2, True)


def test_standard_input_to_standard_output() -> None:
    result = run("-", "-", "--format", "jsonl", "--batch", "1K", stdin=json_lines(50) + b"{bad\n")
    assert result.exit_code == 1
    lines = result.stdout_bytes.splitlines()
    assert [json.loads(line)["text"] for line in lines[:50]] == [DOCS(text_of(i)) for i in range(50)]
    assert lines[50:] == [b"{bad"]
    assert "error: record 51, byte " in result.stderr
    text = run("-", "-", "--split", "form-feed", "-q", stdin="你好,世界\f第二页,测试".encode())
    assert text.stdout_bytes.decode() == "你好，世界\f第二页，测试"
    assert text.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="terminals")
def test_progress_on_a_terminal(source: Path, tmp_path: Path) -> None:
    import pty

    source.write_bytes(json_lines(2000))
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "textfix",
        "run",
        source,
        tmp_path / "out",
        "--preset",
        "docs",
        "--batch",
        "10K",
        "-j1",
    ]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    process = subprocess.Popen(command, stderr=theirs, env=environment)
    os.close(theirs)
    seen = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
    assert process.wait(60) == 0
    assert b" MB/s  0:00:0" in seen
    assert b" left" in seen
