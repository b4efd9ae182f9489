"""Files: atomic replacement, exact bytes, directories."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textfix.edits import Edits
from textfix.io import EncodeError, decode
from textfix.io.files import Source, read, rewritten, walk, write


def test_write_replaces_and_keeps_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    assert write(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.txt"]


def test_write_leaves_equal_files_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"same")
    os.utime(path, (1, 1))
    inode = path.stat().st_ino
    assert not write(path, b"same")
    assert (path.stat().st_mtime, path.stat().st_ino) == (1, inode)


def test_new_files_get_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_symbolic_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "a.txt", tmp_path / "link.txt"
    target.write_bytes(b"old")
    link.symlink_to(Path("there") / "a.txt")
    write(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert sorted(os.listdir(tmp_path)) == ["link.txt", "there"]
    assert os.listdir(tmp_path / "there") == ["a.txt"]


@pytest.mark.parametrize("broken", ["fsync", "replace"])
@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt(), SystemExit(143)])
def test_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, failure: BaseException
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def fail(*arguments: object) -> None:
        raise failure

    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(type(failure)):
        write(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_protected_and_odd_files_are_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *arguments: False)
    with pytest.raises(PermissionError):
        write(path, b"new")
    assert path.read_bytes() == b"old"
    with pytest.raises(OSError, match="not a regular file"):
        write("/dev/null", b"new")


DUPLICATES = b"\xa4\xa4\xa4\xe5\xf9\xf9\xf9\xfe,\xa4\xa4\xa4\xe5\r\n"  # box drawing that Big5 has twice


def test_bytes_between_edits_stay_where_an_encoding_has_duplicates() -> None:
    source = Source(DUPLICATES, decode(DUPLICATES, "cp950"))
    assert source.text.encode("cp950") != DUPLICATES.replace(b"\r\n", b"\n"), "the case must need it"
    offset = source.text.index(",")
    edits = Edits.of(source.text, [(offset, offset + 1, "，", "x/y")])
    assert rewritten(source, edits) == DUPLICATES.replace(b",", "，".encode("cp950"))


@given(
    st.lists(st.sampled_from(["城西", ",", "\n", "a", "“"]), min_size=1, max_size=20),
    st.sampled_from(["utf-8", "gb18030", "utf-16-le", "cp950"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.data(),
)
def test_only_edited_bytes_change(
    pieces: list[str], encoding: str, newline: str, bom: bool, data: st.DataObject
) -> None:
    text = "".join(pieces)
    mark = "\ufeff" if bom and encoding != "cp950" else ""
    raw = (mark + text.replace("\n", newline)).encode(encoding)
    source = Source(raw, decode(raw, encoding))
    start = data.draw(st.integers(0, len(source.text)))
    end = data.draw(st.integers(start, len(source.text)))
    edits = Edits.of(source.text, [(start, end, "，", "x/y")])
    expected = mark + (source.text[:start] + "，" + source.text[end:]).replace("\n", newline if "\n" in text else "\n")
    assert rewritten(source, edits) == expected.encode(encoding)


def test_what_cannot_come_back_exactly_is_an_error() -> None:
    data = b'\x1b$B$"\x1b(B\x1b$B$$\x1b(B,\n'  # needless shifts, which encoding anew would drop
    source = Source(data, decode(data, "iso2022_jp"))
    with pytest.raises(EncodeError, match="byte for byte"):
        rewritten(source, Edits.of(source.text, [(2, 3, "，", "x/y")]))


def test_read_tells_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("城西区推进工作\r\n".encode("gb18030"))
    source = read(path)
    assert (source.text, source.decoded.encoding, source.decoded.newline) == ("城西区推进工作\n", "gb18030", "\r\n")


def test_walk_gives_text_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.MD", "x.png", ".hidden.txt", ".git/c.txt", "sub/d.rst", "out/e.txt", "noext"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "link.txt").symlink_to("b.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")  # what it points to cannot be asked for
    os.mkfifo(tmp_path / "pipe.txt")
    found = walk(tmp_path, skip={(tmp_path / "out").resolve()})
    assert [str(path.relative_to(tmp_path)) for path in found] == ["a.MD", "b.txt", "sub/d.rst"]


def test_walk_reports_what_it_cannot_enter(tmp_path: Path) -> None:
    errors: list[OSError] = []
    assert list(walk(tmp_path / "nowhere", onerror=errors.append)) == []
    assert isinstance(errors[0], FileNotFoundError)
