"""Configuration and ignoring, from the command line."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Spawn
from textfix.config import discovery
from textfix.io import gitignore

DIRTY = "你好,世界!\n"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    discovery.forget()
    gitignore._specs.cache_clear()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(DIRTY, "utf-8")
    return tmp_path


def _configure(text: str, folder: str = ".") -> None:
    Path(folder).mkdir(exist_ok=True)
    Path(folder, "textfix.toml").write_text(text, "utf-8")
    discovery.forget()


def test_the_closest_configuration_of_each_file(run: Run, project: Path) -> None:
    (project / "sub").mkdir()
    (project / "sub" / "b.txt").write_text(DIRTY, "utf-8")
    _configure("ignore = ['punctuation']\n", "sub")
    assert {line.split(":")[0] for line in run("check", ".", "-q").stdout.splitlines() if "punct" in line} == {"a.txt"}
    assert run("check", ".", "--isolated").stdout.count("punctuation/width") == 4
    assert run("check", ".", "--config", "sub/textfix.toml").exit_code == 0
    assert run("check", "--isolated", "--config", "sub/textfix.toml", ".").exit_code == 2
    assert run("check", "--config", "nowhere.toml", ".").exit_code == 2


def test_the_command_line_goes_over_the_configuration(run: Run) -> None:
    _configure("preset = 'minimal'\n")
    assert run("check", "a.txt").exit_code == 0
    assert run("check", "--default-preset", "docs", "a.txt").exit_code == 0
    assert run("check", "--preset", "docs", "a.txt").exit_code == 1
    assert run("check", "--select", "punctuation", "a.txt").exit_code == 1
    _configure("ignore = ['invisible']\nselect = ['punctuation', 'invisible']\n")
    assert run("check", "--ignore", "punctuation", "a.txt").exit_code == 0
    assert run("check", "--select", "invisible", "a.txt").exit_code == 0


def test_a_wrong_configuration_is_an_error_with_its_place(run: Run, project: Path) -> None:
    _configure("\npresett = 'docs'\n")
    result = run("check", "a.txt")
    assert result.exit_code == 2
    assert f"{project / 'textfix.toml'}:2: unknown key 'presett'; did you mean 'preset'?" in result.stderr
    assert run("check", "--isolated", "a.txt").exit_code == 1
    (project / "textfix.toml").unlink()
    _configure("presett = 'docs'\n", "sub")
    (project / "sub" / "b.txt").write_text(DIRTY, "utf-8")
    result = run("clean", "-i", ".")
    assert (result.exit_code, result.stderr.count("did you mean 'preset'?")) == (2, 1)
    assert (project / "a.txt").read_text("utf-8") != DIRTY
    assert (project / "sub" / "b.txt").read_text("utf-8") == DIRTY


def test_markup_encoding_and_standard_input(run: Run) -> None:
    _configure("preset = 'docs'\n[per-file]\n'*.note' = { markup = 'markdown', ignore = ['punctuation'] }\n")
    assert run("check", "-", stdin=DIRTY.encode()).exit_code == 1
    assert run("check", "-", "--stdin-filename", "x.note", stdin=DIRTY.encode()).exit_code == 0
    _configure("encoding = 'big5'\n")
    assert run("clean", "-", stdin="全市工作".encode("big5")).stdout == "全市工作"


def test_show_settings(run: Run, project: Path) -> None:
    _configure("preset = 'docs'\nprotect = ['x']\n[per-file]\n'*.md' = { ignore = ['punctuation'] }\n")
    said = run("check", "--show-settings", "a.txt", "b.md")
    assert said.exit_code == 0
    first, second = said.stdout.split("# b.md")
    assert f"# configuration: {project / 'textfix.toml'}\n# preset: docs\n# markup: plain\n" in first
    assert 'protect = ["x"]' in first
    assert 'name = "punctuation"' in first
    assert 'name = "punctuation"' not in second
    assert "# markup: markdown" in second


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_what_is_left_out_of_directories_and_by_force(run: Run, project: Path) -> None:
    for name in ("node_modules/m.md", "build/b.txt", "x.lock", "binary.txt", "own/c.txt"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(DIRTY, "utf-8")
    (project / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0" + DIRTY.encode())
    (project / "link.txt").symlink_to("own/c.txt")
    (project / ".gitignore").write_text("build/\n")

    def files(*arguments: str) -> set[str]:
        result = run("check", "--format", "json", *arguments)
        rows = json.loads(result.stdout)
        return {row["file"] for row in (*rows["findings"], *rows["errors"])}

    assert files(".") == {"a.txt", "binary.txt", "own/c.txt"}
    assert files(".", "--exclude", "own/") == {"a.txt", "binary.txt", "node_modules/m.md"}
    assert files(".", "--no-respect-gitignore") == {"a.txt", "binary.txt", "own/c.txt", "build/b.txt"}
    named = ("a.txt", "node_modules/m.md", "x.lock", "binary.txt", "link.txt", "own/c.txt")
    assert files(*named) == set(named)
    assert files("--force-exclude", *named) == {"a.txt", "own/c.txt"}
    _configure("force-exclude = true\nextend-exclude = ['own/']\n")
    assert files(*named) == {"a.txt"}
    assert files("--no-force-exclude", *named) == set(named)
    assert run("check", "--force-exclude", "x.lock").stderr == "nothing to repair in 0 files\n"


def test_directives_that_hold_nothing_back_are_warnings(run: Run, project: Path) -> None:
    (project / "a.txt").write_text("你好，世界！ <!-- textfix: ignore -->\n你好,世界! # textfix: ignore\n", "utf-8")
    result = run("check", "a.txt")
    assert result.exit_code == 0
    place = "a.txt:1:8: warning: ignore/unused: '<!-- textfix: ignore -->': there is nothing here for it to hold back\n"
    assert result.stdout.startswith(place)
    assert result.stderr == "nothing to repair in 1 file, 1 warning\n"
    told = json.loads(run("check", "--format", "json", "a.txt").stdout)
    assert [row["reason"] for row in told["warnings"]] == ["ignore/unused"]
    assert (told["findings"], told["doubts"]) == ([], [])
    assert run("check", "--format", "github", "a.txt").stdout.startswith("::warning file=a.txt,line=1")
    sarif = json.loads(run("check", "--format", "sarif", "a.txt").stdout)["runs"][0]["results"]
    assert [(row["ruleId"], row["level"]) for row in sarif] == [("ignore/unused", "warning")]


def test_a_pattern_that_takes_too_long_is_an_error_of_its_file(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textfix.markup.ignores._PATIENCE", 0.05)
    _configure("protect = ['(x|xx)+$']\n")
    (project / "b.txt").write_text(DIRTY + "x" * 60 + "y\n", "utf-8")
    result = run("clean", "-i", "a.txt", "b.txt")
    assert (result.exit_code, "b.txt: error: protect pattern '(x|xx)+$' took more than" in result.stderr) == (2, True)
    assert (project / "a.txt").read_text("utf-8") != DIRTY


def test_markdown_without_its_parser(spawn: Spawn, tmp_path: Path) -> None:
    """The extra that is missing is named, the file is left alone, and the others are not."""
    (tmp_path / "hidden" / "markdown_it").mkdir(parents=True)
    (tmp_path / "hidden" / "markdown_it" / "__init__.py").write_text("raise ModuleNotFoundError(name='markdown_it')")
    (tmp_path / "a.md").write_text("你好,世界", "utf-8")
    code = (
        "import sys; sys.path.insert(0, 'hidden'); from textfix.cli import main; "
        "main(['clean', '-i', '--preset', 'docs', 'a.md', 'a.txt'])"
    )
    import subprocess

    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path / 'hidden'}{os.pathsep}{root}"}
    said = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, timeout=60)
    assert said.returncode == 2
    assert b"a.md: error: " in said.stderr
    assert b"textfix[markdown]" in said.stderr
    assert (tmp_path / "a.md").read_text("utf-8") == "你好,世界"
    assert (tmp_path / "a.txt").read_text("utf-8") != DIRTY


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_reasons_that_nobody_gives_are_refused(run: Run, option: str) -> None:
    Path("a.txt").write_text("你好,世界", "utf-8")
    result = run("check", option, "unwrap/jion", "a.txt")
    assert result.exit_code == 2
    assert f"{option}: unknown reason 'unwrap/jion'; did you mean 'unwrap/join'?" in result.stderr
