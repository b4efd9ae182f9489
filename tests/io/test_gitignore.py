"""What git ignores: judged as git itself judges."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from textfix.io import gitignore
from textfix.io.files import walk
from textfix.io.gitignore import ignored_by_git

FILES = [
    "a.txt", "b.md", "build/a.txt", "docs/build/a.md", "docs/a.txt", "docs/keep.txt", "docs/deep/x.txt",
    "docs/deep/y.md", "log/1.txt", "log/deep/2.txt", "名 字.txt", "#a.txt", "sub/only/a.txt", "sub/a.txt",
    "sub/private.md",
]  # fmt: skip
IGNORES = {
    ".gitignore": "# comment\n/build/\n*.log\nlog/**\n!docs/keep.txt\n\\#a.txt\n名*.txt\nsub/only\n",
    "docs/.gitignore": "*.txt\n!keep.txt\ndeep/*\n!deep/y.md\n",
    ".git/info/exclude": "private.md\n",
}


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    gitignore._specs.cache_clear()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x\n")
    return tmp_path


def _found(root: Path) -> list[str]:
    files = walk(root, excluded=lambda path, directory: ignored_by_git(path, directory=directory))
    return sorted(path.relative_to(root).as_posix() for path in files)


def test_as_git_has_it(tree: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("no git")
    subprocess.run(["git", "init", "-q"], cwd=tree, check=True)
    for name, text in IGNORES.items():
        (tree / name).write_text(text, "utf-8")
    command = ["git", "-c", "core.excludesFile=", "ls-files", "-z", "--others", "--exclude-standard"]
    told = subprocess.run(command, cwd=tree, capture_output=True, check=True).stdout.decode().split("\0")
    assert _found(tree) == sorted(name for name in told if name.endswith((".txt", ".md")))
    assert _found(tree) == ["a.txt", "b.md", "docs/build/a.md", "docs/deep/y.md", "docs/keep.txt", "sub/a.txt"]


def test_patterns_above_the_directory_count_up_to_the_repository(tree: Path) -> None:
    (tree / ".gitignore").write_text("*.txt\n")
    assert _found(tree / "docs") == ["build/a.md", "deep/y.md"]
    gitignore._specs.cache_clear()
    (tree / "docs" / ".git").mkdir()
    assert "a.txt" in _found(tree / "docs")


def test_a_broken_pattern_or_file_ignores_nothing(tree: Path) -> None:
    (tree / ".gitignore").write_bytes(b"\xff\xfe\n[\n\nb.md\n")
    assert "a.txt" in _found(tree)
    assert "b.md" not in _found(tree)
