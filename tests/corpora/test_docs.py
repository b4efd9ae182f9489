"""The examples of docs/corpora.md run and print what the page says."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs/corpora.md"
_EXAMPLE = re.compile(r"```python( slow)?\n(.*?)```\n<!-- prints: (.*?) -->", re.DOTALL)


def examples() -> list[object]:
    found = []
    for slow, code, printed in _EXAMPLE.findall(PAGE.read_text("utf-8")):
        names = re.findall(r"^(?:from|import) ([a-z_.]+)", code, re.MULTILINE)
        name = next((name for name in reversed(names) if name.startswith("textfix")), names[0])
        found.append(pytest.param(code, printed, id=name, marks=[pytest.mark.slow] if slow else []))
    return found


def test_every_example_says_what_it_prints() -> None:
    assert PAGE.read_text("utf-8").count("```python") == len(examples()) == 10


@pytest.mark.parametrize(("code", "printed"), examples())
def test_example(code: str, printed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (*re.findall(r"^(?:from|import) ([a-z_.]+)", code, re.MULTILINE), "pyarrow"):
        try:
            importlib.import_module(module)
        except ModuleNotFoundError as error:
            pytest.skip(f"needs {error.name}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(PAGE.parents[1]), *filter(None, [os.getenv("PYTHONPATH")])]))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.jsonl").write_text('{"text": "你好,世界!"}\n{"text": null}\n{"body": ""}\n', "utf-8")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, str(PAGE), "exec"), {"__name__": "example"})
    if "ray" in sys.modules:
        sys.modules["ray"].shutdown()  # the next test starts a cluster of its own
    assert out.getvalue().split() == printed.split()
