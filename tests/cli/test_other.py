"""`textfix diff`, `explain` and `normalizers`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from textfix.config import FileSettings
from textfix.normalizers import CATALOGUE


@pytest.fixture(autouse=True)
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.txt"
    path.write_text("你好,世界!\n", "utf-8")
    (tmp_path / "clean.txt").write_text("你好，世界！\n", "utf-8")
    return path


def test_diff(run: Run) -> None:
    result = run("diff", "a.txt", "clean.txt")
    assert result.exit_code == 1
    assert result.stdout == "--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n-你好,世界!\n+你好，世界！\n"
    assert "\x1b[7m,\x1b[27m" in run("diff", "--color", "a.txt").stdout
    assert (run("diff", "clean.txt").exit_code, run("diff", "nowhere", "a.txt").exit_code) == (0, 2)


def test_explain(run: Run) -> None:
    result = run("explain", "a.txt")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "a.txt: 7 characters, utf-8, LF"
    assert lines[3].split() == ["1:3", "punctuation/width", "你好[,]世界!", "','", "→", "'，'"]
    assert any(line.split() == ["punctuation/width", "2", "edits"] for line in lines)
    assert "nothing to repair" in run("explain", "clean.txt").stdout
    assert run("explain", "nowhere").exit_code == 2


def test_explain_names_the_encoding(run: Run, page: Path) -> None:
    page.write_bytes("城西区推进工作\r\n".encode("gb18030"))
    assert run("explain", "a.txt").stdout.startswith("a.txt: 8 characters, gb18030, CRLF\n")


def test_the_name_tells_how_a_text_is_written() -> None:
    names = ("a.txt", "a.MD", "b.markdown", "c.rst", "<stdin>")
    assert [FileSettings().markup_of(name) for name in names] == ["plain", "markdown", "markdown", "rst", "plain"]


def test_the_catalogue(run: Run) -> None:
    lines = run("normalizers").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(CATALOGUE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_pages(run: Run, name: str) -> None:
    result = run("normalizers", name)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{name}\n{'=' * len(name)}\n")
    assert "Contract: may only " in result.stdout


def test_a_misspelt_normalizer(run: Run) -> None:
    result = run("normalizers", "overlai")
    assert (result.exit_code, "did you mean 'overlay'?" in result.stderr) == (2, True)
