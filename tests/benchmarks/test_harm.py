"""The report on clean text counts every kind of change with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

harm = pytest.importorskip("benchmarks.harm.__main__", reason="benchmarks are not part of a source distribution")

from benchmarks.harm.sources import packages  # noqa: E402


def test_a_folder_of_documentation_is_counted(tmp_path: Path) -> None:
    prose = "这是一段说明文字，讲的是如何安装和使用这个软件包，以及遇到问题时怎么办。" * 3
    (tmp_path / "a.md").write_text(f"# 标题\n\n{prose}\n\n你好,世界。\n", "utf-8")
    (tmp_path / "english.md").write_text("Nothing here is for us.\n" * 9, "utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\0")
    found = harm.measured(packages([tmp_path]), ["docs"], examples=1)
    ((key, row),) = found.items()
    assert key == ("docs", tmp_path.name)
    assert (row.documents, row.touched) == (1, 1)
    assert dict(row.counts) == {("punctuation/width", "`,` → `，`"): 1}
    assert row.places["punctuation/width", "`,` → `，`"][0].startswith("a.md: ")
    lines = list(harm.report("Title", found, least=1))
    assert any(line.startswith("| punctuation/width | 1 |") for line in lines)


def test_letters_are_shown_as_kinds() -> None:
    assert harm.shape("甲乙 a1\n") == "`字␣a0⏎`"
