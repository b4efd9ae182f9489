"""`textfix check`: positions, carets, formats, exit status."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Enlist, Run, Spawn
from textfix.engine import Editor
from textfix.normalizers import Normalizer
from textfix.normalizers.base import Document
from textfix.report.findings import Finding, Lines
from textfix.report.text import Paint, finding
from textfix.report.width import quoted, visible, width

DIRTY = "你好,世界!\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.txt"
    path.write_text(DIRTY, "utf-8")
    return path


def test_findings_with_aligned_carets(run: Run, page: Path) -> None:
    result = run("check", "a.txt")
    assert result.exit_code == 1
    assert result.stdout == (
        "a.txt:1:3: punctuation/width: ',' → '，'\n"
        "  1 | 你好,世界!\n"
        "    |     ^\n"
        "a.txt:1:6: punctuation/width: '!' → '！'\n"
        "  1 | 你好,世界!\n"
        "    |          ^\n"
    )
    assert result.stderr == "2 findings in 1 of 1 file\n"


def test_clean_files(run: Run, page: Path) -> None:
    page.write_text("你好，世界！\n", "utf-8")
    result = run("check", "a.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "nothing to repair in 1 file\n")


def test_a_missing_file_is_an_error_and_the_others_are_checked(run: Run, page: Path) -> None:
    result = run("check", "nowhere.txt", "a.txt")
    assert result.exit_code == 2
    assert result.stdout.count("punctuation/width") == 2
    assert "nowhere.txt: error: No such file or directory" in result.stderr
    assert result.stderr.endswith("2 findings in 1 of 2 files, 1 error\n")
    assert run("check", "-q", "a.txt").stderr == ""


def test_standard_input_has_a_name(run: Run) -> None:
    assert run("check", "-", stdin=DIRTY.encode()).stdout.startswith("<stdin>:1:3: ")
    named = run("check", "-", "--stdin-filename", "docs/a.text", stdin=DIRTY.encode())
    assert named.stdout.startswith("docs/a.text:1:3: ")


def test_color(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" in run("check", "--color", "a.txt").stdout
    assert "\x1b[" not in run("check", "a.txt").stdout


def test_a_directory(run: Run, page: Path) -> None:
    assert run("check", ".").stdout.startswith("a.txt:1:3: ")
    page.unlink()
    result = run("check", ".")
    assert (result.exit_code, "no text files" in result.stderr) == (0, True)


class _Doubter(Normalizer):
    name = "probe"

    def propose(self, document: Document, editor: Editor) -> None:
        editor.doubt(0, 2, "undecided", "two readings")


def test_doubts_are_notes_not_findings(run: Run, page: Path, enlist: Enlist) -> None:
    enlist(_Doubter)
    result = run("check", "--select", "probe", "a.txt")
    assert (result.exit_code, result.stderr) == (0, "nothing to repair in 1 file, 1 doubt\n")
    head = "a.txt:1:1: note: probe/undecided: '你好': two readings\n"
    assert result.stdout == head + "  1 | 你好,世界!\n    | ^^^^\n"
    assert run("check", "--select", "probe", "--format", "github", "a.txt").stdout.startswith("::notice file=a.txt")
    told = json.loads(run("check", "--select", "probe", "--format", "json", "a.txt").stdout)
    assert (told["findings"], told["doubts"][0]["evidence"]) == ([], "two readings")


def test_json(run: Run, page: Path) -> None:
    document = json.loads(run("check", "--format", "json", "a.txt", "nowhere").stdout)
    first = document["findings"][0]
    assert first == {
        "kind": "finding", "file": "a.txt", "line": 1, "column": 3, "end_line": 1, "end_column": 4,
        "start": 2, "end": 3, "reason": "punctuation/width", "before": ",", "after": "，",
    }  # fmt: skip
    assert document["errors"] == [{"file": "nowhere", "message": "No such file or directory"}]


def test_json_lines(run: Run, page: Path) -> None:
    rows = [json.loads(line) for line in run("check", "--format", "jsonl", "a.txt", "nowhere").stdout.splitlines()]
    assert [row["kind"] for row in rows] == ["finding", "finding", "error"]


def test_github(run: Run, page: Path) -> None:
    strange = page.parent / "a,b:100%.txt"
    page.rename(strange)
    first = run("check", "--format", "github", strange.name).stdout.splitlines()[0]
    place = "file=a%2Cb%3A100%25.txt,line=1,endLine=1,col=3,endColumn=4,title=textfix punctuation/width"
    assert first == f"::error {place}::',' → '，'"


def test_sarif(run: Run, page: Path) -> None:
    log = json.loads(run("check", "--format", "sarif", "a.txt", "nowhere").stdout)
    assert log["version"] == "2.1.0"
    (told,) = log["runs"]
    assert told["columnKind"] == "unicodeCodePoints"
    first = told["results"][0]
    assert told["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "punctuation/width"
    region = first["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 4}
    assert first["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "，"}
    assert told["invocations"][0]["executionSuccessful"] is False


# Showing one finding.


def _shown(text: str, start: int, end: int, after: str = "x") -> list[str]:
    lines = Lines(text)
    found = Finding(start, end, *lines.position(start), *lines.position(end), "a/b", text[start:end], after)
    return finding("f", found, lines, Paint(False)).split("\n")


def test_a_join_points_behind_the_line() -> None:
    assert _shown("城西\n区", 2, 3, "") == ["f:1:3: a/b: '\\n' → ''", "  1 | 城西", "    |     ^"]


def test_unseen_characters_are_shown_and_the_caret_covers_them() -> None:
    head, line, caret = _shown("城\u200b\u3000西\x1b[31m", 1, 2, "")
    assert head.endswith("'\\u200b' → ''")
    assert line == "  1 | 城\\u200b\u3000西\\x1b[31m"
    assert caret == "    |   ^^^^^^"


def test_look_alikes_are_told_by_code_point() -> None:
    assert _shown("⼈民", 0, 1, "人")[0] == "f:1:1: a/b: '⼈' (U+2F08) → '人' (U+4EBA)"
    assert "U+" not in _shown("a,b", 1, 2, "，")[0]


@pytest.mark.parametrize("filler", ["城", "a", "\u200b"])
def test_a_line_of_any_length_is_clipped(filler: str) -> None:
    text = filler * 100_000 + "," + filler * 100_000
    _, line, caret = _shown(text, 100_000, 100_001, "，")
    assert width(line) < 120
    shown, mark = line[6:], caret.index("^") - 6
    assert shown[0] == shown[-1] == "…"
    before = ""
    while width(before) < mark:
        before = shown[: len(before) + 1]
    assert shown[len(before)] == ","
    assert width(_shown(text, 5, 150_000)[1]) < 120


def test_widths() -> None:
    assert [width(text) for text in ("", "abc", "城西", "ｱ", "Ａ", "“”…—", "e\u0301", "한국", "🙂")] == [
        0, 3, 4, 1, 2, 4, 1, 4, 2,
    ]  # fmt: skip
    assert quoted("\u00a0\u202e\ue000\U000f0000\\") == "'\\xa0\\u202e\\ue000\\U000f0000\\\\'"
    assert visible("a\tb\rc") == "a b\\rc"


# As real processes.


def test_entry_points(spawn: Spawn, tmp_path: Path) -> None:
    assert spawn("--version").stdout.startswith(b"textfix ")
    assert spawn("--help").returncode == 0
    result = spawn("chekc")
    assert (result.returncode, b"did you mean 'check'?" in result.stderr) == (2, True)
    assert spawn("check").returncode == 2
    (tmp_path / "a.txt").write_bytes(DIRTY.encode("utf-16"))
    result = spawn("check", "a.txt", "b.txt")
    assert (result.returncode, result.stdout.count(b"\n")) == (2, 6)
    assert spawn("check", "a.txt").returncode == 1


def test_output_is_utf8_whatever_the_locale(spawn: Spawn, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY, "utf-8")
    assert "→ '，'".encode() in spawn("check", "a.txt").stdout


def test_starting_loads_no_command_and_no_extra() -> None:
    import subprocess

    code = "import sys, textfix.cli.app; print([m for m in sys.modules if m.startswith('textfix.cli.')])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stdout
    assert said == "['textfix.cli.app']\n"
    code = (
        "import sys; from textfix.cli import check, clean, diff, explain, normalizers; "
        "print([m for m in ('charset_normalizer', 'rich', 'pyarrow', 'opencc', 'multiprocessing') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stdout
    assert said == "[]\n"
