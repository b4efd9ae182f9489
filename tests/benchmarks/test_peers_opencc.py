"""The runner of OpenCC's cases reads both forms, passes what is right and reports what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

opencc = pytest.importorskip("benchmarks.peers.opencc", reason="benchmarks are not part of a source distribution")

ROWS = [("s2twp", "打开内存", "開啟記憶體"), ("t2s", "乾隆年間", "乾隆年间"), ("no2such", "甲", "乙")]


@pytest.fixture(params=["cases.jsonl", "testcases.json"])
def cases(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path: Path = tmp_path / request.param
    if path.suffix == ".jsonl":
        rows = [{"rule": config, "input": text, "expected": expected} for config, text, expected in ROWS]
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    else:
        rows = [{"id": "x", "input": text, "expected": {config: expected}} for config, text, expected in ROWS]
        path.write_text(json.dumps({"cases": rows}), encoding="utf-8")
    return path


def test_right_cases_pass(cases: Path) -> None:
    assert len(list(opencc.read(cases))) == 2
    assert not list(opencc.failures(opencc.read(cases)))


def test_wrong_cases_are_reported() -> None:
    case = opencc.Case("t2s", "漢", "漢")
    assert list(opencc.failures([case])) == [opencc.Failure(case, "汉", "another text")]
