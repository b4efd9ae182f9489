"""The hooks, by the real pre-commit, installed from this checkout into a repository of somebody else's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + "你好,世界!".encode()

DIRTY = {
    "a.txt": "你好,世界!\n".encode(),
    "指南.md": "# 标题\n\n你好,世界!\n\n```\n甲,乙\n```\n".encode(),
    "docs/b.rst": "你好,世界!\n".encode(),
    "docs/gb.txt": "城西区推进工作,开展检查!今年以来取得了新的成绩。\r\n".encode("gb18030"),
}
LEFT_ALONE = {
    "clean.md": "你好，世界！\n".encode(),
    "binary.txt": PNG,
    "image.png": PNG,
    "data.bin": b"\0\1\2\3" + "你好,世界!".encode(),
    "uv.lock": "你好,世界!\n".encode(),
    "package-lock.json": '{"a": "你好,世界!"}\n'.encode(),
    "requirements-lock.txt": "# 你好,世界!\n".encode(),
    "code.py": "# 你好,世界!\n".encode(),
    "own/textfix.toml": b"ignore = ['punctuation']\n",
    "own/c.md": "你好,世界!\n".encode(),
}


def _git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    told = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return told.stdout.strip()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what is checked out here, for pre-commit to install from, and a place for its environments."""
    pytest.importorskip("pre_commit")
    if shutil.which("git") is None:
        pytest.skip("no git")
    home = tmp_path_factory.mktemp("pre-commit")
    textfix = home / "textfix"
    shutil.copytree(ROOT / "textfix", textfix / "textfix", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, textfix)
    _git(textfix, "init", "-q")
    _git(textfix, "add", "-A")
    _git(textfix, "commit", "-q", "-m", "textfix")
    return home


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Somebody's repository."""
    for name, data in {**DIRTY, **LEFT_ALONE}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "link.md").symlink_to("own/c.md")
    (tmp_path / "broken.txt").symlink_to("nowhere.txt")
    _git(tmp_path, "init", "-q")
    return tmp_path


def _pre_commit(home: Path, project: Path, hook: str, *, offline: bool = False) -> subprocess.CompletedProcess[str]:
    textfix = home / "textfix"
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {textfix}\n  rev: {_git(textfix, 'rev-parse', 'HEAD')}\n  hooks:\n  - id: {hook}\n"
    )
    _git(project, "add", "-A")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home / "cache"), "PRE_COMMIT_COLOR": "never"}
    if offline:
        nowhere = "http://127.0.0.1:9"
        environment |= {"PIP_NO_INDEX": "1", "PIP_INDEX_URL": nowhere, "HTTP_PROXY": nowhere, "HTTPS_PROXY": nowhere}
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose"]
    if offline and shutil.which("unshare") and not subprocess.run(["unshare", "-rn", "true"], check=False).returncode:
        command = ["unshare", "-rn", *command]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, timeout=600)


def _unchanged(project: Path, files: dict[str, bytes]) -> None:
    assert {name: (project / name).read_bytes() for name in files} == files
    assert (project / "link.md").is_symlink()
    assert os.readlink(project / "broken.txt") == "nowhere.txt"


def test_the_checking_hook_finds_and_changes_nothing(home: Path, project: Path) -> None:
    said = _pre_commit(home, project, "textfix-check")
    assert said.returncode == 1, said.stdout + said.stderr
    for name in DIRTY:
        assert f"{name}:" in said.stdout
    for name in (*LEFT_ALONE, "link.md", "broken.txt"):
        assert f"{name}:" not in said.stdout
    assert "甲" not in said.stdout  # inside the code block
    assert "error" not in said.stdout
    _unchanged(project, {**DIRTY, **LEFT_ALONE})


def test_the_writing_hook_fails_once_fixes_and_passes(home: Path, project: Path) -> None:
    first = _pre_commit(home, project, "textfix-clean")
    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout
    assert (project / "a.txt").read_text("utf-8") == "你好，世界！\n"
    assert (project / "指南.md").read_text("utf-8") == "# 标题\n\n你好，世界！\n\n```\n甲,乙\n```\n"
    assert (project / "docs" / "b.rst").read_text("utf-8") == "你好，世界！\n"
    wanted = "城西区推进工作，开展检查！今年以来取得了新的成绩。\r\n".encode("gb18030")
    assert (project / "docs" / "gb.txt").read_bytes() == wanted
    _unchanged(project, LEFT_ALONE)
    for hook in ("textfix-clean", "textfix-check"):
        again = _pre_commit(home, project, hook, offline=True)
        assert again.returncode == 0, again.stdout + again.stderr
