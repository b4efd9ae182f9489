"""`textfix clean`: where text goes, what stays as it is, what is an error."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import textfix
from tests.cli.conftest import Enlist, Run, Spawn
from textfix.cli import main, work
from textfix.normalizers import Normalizer

DIRTY, CLEAN = "你好,世界!\n", "你好，世界！\n"


def test_one_file_goes_to_standard_output(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(DIRTY, "utf-8")
    result = run("clean", path)
    assert (result.exit_code, result.stdout_bytes, result.stderr) == (0, CLEAN.encode(), "")
    assert path.read_text("utf-8") == DIRTY


def test_standard_input(run: Run) -> None:
    assert run("clean", "-", stdin=DIRTY.encode("gb18030")).stdout_bytes == CLEAN.encode()
    result = run("clean", "-", "-", stdin=b"")
    assert (result.exit_code, "only once" in result.stderr) == (2, True)


@pytest.mark.parametrize("data", [b"", b"\n", "城西".encode(), "\ufeff城西\r\n".encode(), b"a\r\nb"])
def test_clean_text_comes_out_byte_for_byte(run: Run, data: bytes) -> None:
    assert run("clean", "-", stdin=data).stdout_bytes == data


def test_line_ends_of_the_source_are_kept(run: Run) -> None:
    data = "你好,世界!\r\n第二行。\r\n"
    result = run("clean", "--select", "punctuation", "-", stdin=data.encode())
    assert result.stdout_bytes == "你好，世界！\r\n第二行。\r\n".encode()


@pytest.mark.parametrize("paths", [("a.txt", "b.txt"), (".",)])
def test_several_files_need_a_place(run: Run, tmp_path: Path, paths: tuple[str, ...]) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(DIRTY, "utf-8")
    result = run("clean", *(tmp_path / path for path in paths))
    assert result.exit_code == 2
    assert "need -o DIR or --in-place" in result.stderr


def test_into_a_directory_with_its_structure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    for name in ("in/a.txt", "in/sub/b.text", "in/.hidden.txt", "in/c.png"):
        (tmp_path / name).write_text(DIRTY, "utf-8")
    out = tmp_path / "in" / "out"
    for _ in range(2):  # the second time the output lies there already, and is no input
        result = run("clean", tmp_path / "in", "-o", out)
        assert result.exit_code == 0, result.output
        assert sorted(str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()) == ["a.txt", "sub/b.text"]
    assert (out / "a.txt").read_text("utf-8") == CLEAN
    assert "2 of 2 files repaired" in result.stderr


def test_one_file_may_name_a_file_or_a_directory(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(DIRTY, "utf-8")
    assert run("clean", path, "-o", tmp_path / "b.txt").exit_code == 0
    assert run("clean", path, "-o", f"{tmp_path}/new/").exit_code == 0
    assert (tmp_path / "b.txt").read_text("utf-8") == (tmp_path / "new" / "a.txt").read_text("utf-8") == CLEAN


def test_nothing_is_overwritten_by_accident(run: Run, tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(DIRTY, "utf-8")
    result = run("clean", tmp_path / "x/a.txt", tmp_path / "y/a.txt", "-o", tmp_path / "out")
    assert (result.exit_code, "would both be written" in result.stderr) == (2, True)
    assert not (tmp_path / "out").exists()
    for output in (tmp_path / "x", tmp_path / "x" / "a.txt"):
        result = run("clean", tmp_path / "x/a.txt", "-o", output)
        assert (result.exit_code, "use --in-place" in result.stderr) == (2, True)
    assert (tmp_path / "x/a.txt").read_text("utf-8") == DIRTY


@pytest.mark.parametrize(
    "options",
    [("--in-place", "-o", "out"), ("--in-place", "--to", "jsonl"), ("--in-place", "--separator", "x"), ("-i", "-"),
     ("--to", "jsonl", "--separator", "x"), ("--select", "overlai"), ("--encoding", "klingon"), ("--preset", "x")],
)  # fmt: skip
def test_usage_errors(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(DIRTY, "utf-8")
    assert run("clean", path, *options).exit_code == 2
    assert path.read_text("utf-8") == DIRTY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_in_place_keeps_encoding_line_ends_and_mode(run: Run, tmp_path: Path, encoding: str) -> None:
    body = "\r\n".join(["城西区推进工作,开展检查!", "今年以来取得了新的成绩。", ""])
    path = tmp_path / "a.txt"
    path.write_bytes(body.encode(encoding))
    path.chmod(0o600)
    assert run("clean", "--in-place", "--select", "punctuation", path).exit_code == 0
    assert path.read_bytes() == body.replace(",", "，").replace("!", "！").encode(encoding)
    assert path.stat().st_mode & 0o777 == 0o600


def test_in_place_big5(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("全市工作會議在臺北召開,開展檢查!".encode("cp950"))
    assert run("clean", "--in-place", path).exit_code == 0
    assert path.read_bytes() == "全市工作會議在臺北召開，開展檢查！".encode("cp950")


def test_in_place_leaves_clean_files_untouched(run: Run, tmp_path: Path) -> None:
    clean, dirty = tmp_path / "clean.txt", tmp_path / "dirty.txt"
    clean.write_text(CLEAN, "utf-8")
    dirty.write_text(DIRTY, "utf-8")
    os.utime(clean, (1, 1))
    result = run("clean", "-i", clean, dirty)
    assert result.stderr == "1 of 2 files repaired, 1 had nothing to repair\n"
    assert clean.stat().st_mtime == 1
    assert dirty.read_text("utf-8") == CLEAN
    assert run("check", clean, dirty).exit_code == 0


def test_in_place_follows_a_link(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY, "utf-8")
    (tmp_path / "link.txt").symlink_to("a.txt")
    assert run("clean", "-i", tmp_path / "link.txt").exit_code == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "a.txt").read_text("utf-8") == CLEAN


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_file_never_stops_the_others(run: Run, tmp_path: Path, jobs: int) -> None:
    bad = {"b.txt": "城西区推进工作\n".encode() + b"\xff", "c.txt": b"%PDF-1.4", "d.txt": None}
    for name in ("a.txt", "e.txt"):
        (tmp_path / name).write_text(DIRTY, "utf-8")
    for name, data in bad.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
    result = run("clean", "-j", jobs, *(tmp_path / f"{letter}.txt" for letter in "abcde"), "-o", tmp_path / "out")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert [line.partition(": error: ")[0][-5:] for line in lines[:3]] == ["b.txt", "c.txt", "d.txt"]
    assert "byte 0xFF at offset 22" in lines[0]
    assert "this is a PDF; extract its text first" in lines[1]
    assert "No such file" in lines[2]
    assert lines[3] == "2 of 5 files repaired, 3 failed"
    assert sorted(os.listdir(tmp_path / "out")) == ["a.txt", "e.txt"]
    assert (tmp_path / "b.txt").read_bytes() == bad["b.txt"]


def test_what_the_encoding_cannot_hold_is_not_written(run: Run, tmp_path: Path, enlist: Enlist) -> None:
    enlist(_kind("probe", lambda document, editor: editor.insert(0, "这", "x")))
    path = tmp_path / "a.txt"
    data = "全市工作會議在臺北召開\n".encode("cp950")
    path.write_bytes(data)
    result = run("clean", "-i", "--select", "probe", path)
    assert (result.exit_code, "Big5 cannot hold '这'" in result.stderr) == (2, True)
    assert path.read_bytes() == data


def test_a_broken_normalizer_is_an_error_of_its_file(run: Run, tmp_path: Path, enlist: Enlist) -> None:
    def propose(document: textfix.normalizers.base.Document, editor: textfix.normalizers.base.Editor) -> None:
        if "坏" in document.text:
            raise RuntimeError("oh")

    enlist(_kind("probe", propose))
    for name, text in (("a.txt", "坏"), ("b.txt", "好")):
        (tmp_path / name).write_text(text, "utf-8")
    result = run("clean", "--select", "probe", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "a.txt: error: internal error: RuntimeError: oh" in result.stderr
    assert os.listdir(tmp_path / "out") == ["b.txt"]


def test_refusals_are_errors_and_the_rest_is_done(run: Run, tmp_path: Path, enlist: Enlist) -> None:
    def propose(document: textfix.normalizers.base.Document, editor: textfix.normalizers.base.Editor) -> None:
        if document.text.startswith("一"):
            editor.delete(0, 1, "good")
            editor.delete(90, 91, "outside")

    enlist(_kind("probe", propose))
    path = tmp_path / "a.txt"
    path.write_text("一二", "utf-8")
    result = run("clean", "--select", "probe", path)
    assert (result.exit_code, result.stdout) == (2, "二")
    assert result.stderr.count("internal error: normalizer 'probe'") == 1
    assert run("check", "--select", "probe", path).exit_code == 2


def test_the_order_does_not_depend_on_processes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(12):
        (tmp_path / "in" / f"{number:02}.txt").write_text(DIRTY * (1 + (number * 7) % 5), "utf-8")
    (tmp_path / "in" / "05.txt").write_bytes(b"\x00\x00\x00\x00")
    (tmp_path / "in" / "09.txt").write_bytes(b"\x00\x00\x00\x00")
    said = [run("clean", "-j", jobs, tmp_path / "in", "-o", tmp_path / f"out{jobs}").stderr for jobs in (1, 3)]
    assert said[0] == said[1]
    for path in (tmp_path / "out1").iterdir():
        assert path.read_bytes() == (tmp_path / "out3" / path.name).read_bytes()


def test_a_worker_that_dies_takes_no_other_file_along(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("needs forked workers")
    genuine = work.analysed

    def die(item: work.Input, settings: work.Settings) -> object:
        if item.name.endswith("c.txt"):
            os._exit(9)
        return genuine(item, settings)

    monkeypatch.setattr(work, "analysed", die)
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text(DIRTY, "utf-8")
    result = run("clean", "-j", 2, tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.count("error:") == 1
    assert "c.txt: error: the process that worked on it died" in result.stderr
    assert sorted(os.listdir(tmp_path / "out")) == ["a.txt", "b.txt", "d.txt", "e.txt"]


def test_json_lines_and_markdown_name_their_files(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("城西区推进工作，开展检查。\n", "utf-8")
    rows = [json.loads(line) for line in run("clean", "--to", "jsonl", path).stdout.splitlines()]
    assert [(row["source"], row["text"]) for row in rows] == [(str(path), "城西区推进工作，开展检查。")]
    for form, name in (("jsonl", "a.jsonl"), ("markdown", "a.md")):
        assert run("clean", "--to", form, path, "-o", f"{tmp_path}/out/").exit_code == 0
        assert (tmp_path / "out" / name).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are UTF-8 elsewhere")
def test_a_name_that_is_not_utf_8(run: Run, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    Path(path).write_text(DIRTY, "utf-8")
    for form in ("jsonl", "markdown", "text"):
        assert run("clean", "--to", form, path).exit_code == 0
    assert json.loads(run("clean", "--to", "jsonl", path).stdout_bytes)["source"] == path


def test_select_and_ignore(run: Run) -> None:
    data = "你好,世界\u200b!\n".encode()
    assert run("clean", "--select", "invisible", "-", stdin=data).stdout == "你好,世界!\n"
    assert run("clean", "--ignore", "punctuation", "-", stdin=data).stdout == "你好,世界!\n"
    assert run("clean", "--ignore", "punctuation/width,invisible", "-", stdin=data).stdout_bytes == data
    result = run("clean", "--ignore", "punctation/width", "-", stdin=data)
    assert (result.exit_code, "did you mean 'punctuation'?" in result.stderr) == (2, True)


# As real processes.


def test_odd_inputs(spawn: Spawn, tmp_path: Path) -> None:
    assert spawn("clean", "/dev/null").stdout == b""
    assert spawn("clean", "-i", "/dev/null").returncode == 0
    os.mkfifo(tmp_path / "pipe")
    writer = subprocess.Popen(["sh", "-c", f"printf '%s' '{DIRTY}' > pipe"], cwd=tmp_path)
    assert spawn("clean", "pipe").stdout == CLEAN.encode()
    writer.wait()
    result = spawn("clean", "nowhere.txt")
    assert (result.returncode, result.stderr) == (2, b"nowhere.txt: error: No such file or directory\n")


@pytest.mark.parametrize("name", ["-", "/dev/stdin"])
def test_standard_input_beside_files_in_processes(spawn: Spawn, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(DIRTY, "utf-8")
    assert spawn("clean", name, "a.txt", "-o", "out", "-j", "2", stdin=DIRTY.encode()).returncode == 0
    assert [path.read_text("utf-8") for path in (tmp_path / "out").iterdir()] == [CLEAN, CLEAN]


def test_without_permission(unprivileged: list[str], tmp_path: Path) -> None:
    """What may not be read or written is named, and the others go on."""
    for folder, mode in (("closed", 0o000), ("listed", 0o444), ("full", 0o555)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "b.txt").write_text(DIRTY, "utf-8")
        (tmp_path / folder).chmod(mode)
    (tmp_path / "a.txt").write_text(DIRTY, "utf-8")
    (tmp_path / "secret.txt").write_text(DIRTY, "utf-8")
    (tmp_path / "secret.txt").chmod(0)

    def told(*arguments: str) -> list[str]:
        run = subprocess.run(
            [*unprivileged, *arguments], cwd=tmp_path, capture_output=True, timeout=60, encoding="utf-8"
        )
        assert run.returncode == 2
        assert "Traceback" not in run.stderr
        assert ("check" in arguments) == ("a.txt:1:3: punctuation/width" in run.stdout)
        return [line for line in run.stderr.splitlines() if "error:" in line]

    denied = "error: Permission denied"
    found = [f"closed: {denied}", f"listed/b.txt: {denied}", f"secret.txt: {denied}"]
    try:
        assert told("check", ".") == found
        assert told("check", "closed/b.txt", "listed/b.txt", "a.txt") == [f"closed/b.txt: {denied}", found[1]]
        assert told("clean", "-i", "full") == ["full/b.txt: error: cannot write full/b.txt: Permission denied"]
        assert told("clean", "a.txt", "-o", "full/c/") == ["a.txt: error: cannot write full/c/a.txt: Permission denied"]
        assert told("clean", "a.txt", "-o", "closed/a.txt") == [
            "a.txt: error: cannot write closed/a.txt: Permission denied"
        ]
        (tmp_path / "a.txt").chmod(0o444)
        assert told("clean", "-i", "a.txt") == ["a.txt: error: cannot write a.txt: Permission denied"]
        assert (tmp_path / "a.txt").read_text("utf-8") == DIRTY
    finally:
        for folder in ("closed", "listed", "full"):
            (tmp_path / folder).chmod(0o755)
    assert (tmp_path / "full" / "b.txt").read_text("utf-8") == DIRTY


def test_a_bug_is_an_error_and_no_finding(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("textfix.cli.check.expanded", lambda *arguments: 1 // 0)
    with pytest.raises(SystemExit) as ended:
        main(["check", "a.txt"])
    assert ended.value.code == 2
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_interrupt_leaves_nothing_half_written(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "textfix", "clean", "--preset", "docs", "-i", "-j", "2", "."]
    for number in (signal.SIGINT, signal.SIGTERM):
        for name in range(200):
            (tmp_path / f"{name}.txt").write_text(DIRTY * 200, "utf-8")
        process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
        while not any(path.read_text("utf-8") == CLEAN * 200 for path in tmp_path.glob("*.txt")):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
        assert process.returncode in (128 + number, 0), said.decode()  # 0: it was quicker
        assert b"Traceback" not in said
        end = time.monotonic() + 20  # workers unwind after their parent
        while list(tmp_path.glob(".textfix-*")):
            assert time.monotonic() < end
            time.sleep(0.02)
        texts = {path.read_text("utf-8") for path in tmp_path.glob("*.txt")}
        assert texts <= {DIRTY * 200, CLEAN * 200}


def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    for name in range(200):
        (tmp_path / f"{name}.txt").write_text(DIRTY * 200, "utf-8")
    command = [sys.executable, "-m", "textfix", "clean", "--preset", "docs", "-i", "-j", "2", "."]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)
    while len(workers := psutil.Process(process.pid).children()) < 2:
        assert process.poll() is None
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert not psutil.wait_procs(workers, timeout=20)[1]
    assert not list(tmp_path.glob(".textfix-*"))


def test_a_reader_that_leaves_is_no_error_message(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY * 3000, "utf-8")
    for command in ("check", "diff", "clean", "explain"):
        line = f"'{sys.executable}' -m textfix {command} -q --preset docs a.txt | head -c 10"
        said = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, timeout=60)
        assert said.stderr == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_behind_standard_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY * 3000, "utf-8")
    for command in ("check", "diff", "clean", "explain", "normalizers"):
        line = f"'{sys.executable}' -m textfix {command} {'' if command == 'normalizers' else 'a.txt'} > /dev/full"
        ended = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, timeout=60)
        said = b"textfix: error: cannot write to standard output: No space left on device\n"
        assert (ended.returncode, ended.stderr) == (2, said)


def _kind(name: str, body: object) -> type[Normalizer]:
    return type("Kind", (Normalizer,), {"name": name, "propose": lambda self, document, editor: body(document, editor)})  # type: ignore[operator]
