"""Files: reading one with its encoding, finding those of a directory, replacing one atomically."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from textfix.edits import Edits
from textfix.io.decoding import Decoded, EncodeError, decode, encode

__all__ = ["TEXT_SUFFIXES", "Source", "read", "rewritten", "walk", "write"]

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".rst"})

# Encodings with shift states: the bytes of a character depend on what stands before it.
_STATEFUL = ("iso2022", "hz", "utf-7")


class Source(NamedTuple):
    """A file as it was read; `decoded.text` is what a pipeline gets."""

    data: bytes
    decoded: Decoded

    @property
    def text(self) -> str:
        """The text."""
        return self.decoded.text


def read(path: str | os.PathLike[str], encoding: str | None = None) -> Source:
    """Read and decode a file; raises OSError or DecodeError."""
    with open(path, "rb") as file:
        data = file.read()
    return Source(data, decode(data, encoding))


def rewritten(source: Source, edits: Edits) -> bytes:
    """Return the bytes of a file after edits, in its encoding, with every byte outside them as it was.

    Raises EncodeError where its encoding cannot hold what an edit puts in.
    """
    data, decoded = source
    text = edits.apply()
    written = encode(text, decoded)
    if encode(decoded.text, decoded) == data:
        return written
    # Some encodings write one character in two ways (Big5 and Shift-JIS have such duplicates), so that encoding the
    # text anew would change bytes that nobody edited: keep the bytes between the edits, which are as long either way.
    if "\r" not in decoded.text and not decoded.encoding.startswith(_STATEFUL):
        spliced = _spliced(data, decoded, edits)
        if len(spliced) == len(written) and decode(spliced, decoded.encoding).text == text:
            return spliced
    raise EncodeError(f"cannot be written back in {decoded.encoding} byte for byte; write UTF-8 with -o instead")


def _spliced(data: bytes, decoded: Decoded, edits: Edits) -> bytes:
    def encoded(piece: str) -> bytes:
        return (piece.replace("\n", "\r\n") if decoded.newline == "\r\n" else piece).encode(decoded.encoding)

    pieces: list[bytes] = []
    position = 0
    offset = len(data) - len(encoded(decoded.text))  # the byte order mark
    pieces.append(data[:offset])
    for start, end, before, after, _ in edits:
        kept = len(encoded(decoded.text[position:start]))
        pieces += (data[offset : offset + kept], encoded(after))
        offset += kept + len(encoded(before))
        position = end
    return b"".join([*pieces, data[offset:]])


def walk(
    root: Path,
    *,
    suffixes: Collection[str] = TEXT_SUFFIXES,
    skip: Collection[Path] = (),
    excluded: Callable[[Path, bool], bool] | None = None,
    onerror: Callable[[OSError], None] | None = None,
) -> Iterator[Path]:
    """Yield the text files below a directory, sorted by path.

    Hidden files and directories are left out, and so are symbolic links (what they point to is found where it lies, or
    lies outside) and everything that is not a regular file. `skip` names directories to leave out, resolved; `excluded`
    is asked about each path, and told whether that is a directory.
    """
    try:
        with os.scandir(root) as entries:
            # Links are left out here, and not asked what they point to: those of a loop cannot say.
            # Where the file system does not tell kinds with names, asking for one may fail.
            found = sorted((entry.name, entry.is_dir(), entry.is_file()) for entry in entries if not entry.is_symlink())
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    for name, is_directory, is_file in found:
        if name.startswith("."):
            continue
        path = Path(root, name)
        if is_directory:
            if (not skip or Path(os.path.realpath(path)) not in skip) and not (excluded and excluded(path, True)):
                yield from walk(path, suffixes=suffixes, skip=skip, excluded=excluded, onerror=onerror)
        elif is_file and path.suffix.lower() in suffixes and not (excluded and excluded(path, False)):
            yield path


def write(path: str | os.PathLike[str], data: bytes) -> bool:
    """Make a file hold these bytes, atomically; return whether it had to be written.

    The bytes go to a new file in the same directory, reach the disk, and take the old file's place in one step: a
    reader sees the old file or the new one, at every moment. The mode stays (and the owner, where that is allowed); a
    symbolic link stays a link, its target is replaced. Nothing is left behind on failure. A file that already holds
    the bytes is not touched; one that is write-protected or no regular file is an error.
    """
    target = Path(os.path.realpath(path))
    old = _status(target)
    if old is not None:
        if not stat.S_ISREG(old.st_mode):
            raise OSError(f"{os.fspath(path)} is not a regular file")
        if old.st_size == len(data) and target.read_bytes() == data:
            return False
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "is write-protected", os.fspath(path))
    temporary = target.parent / f".textfix-{os.urandom(6).hex()}.tmp"
    try:  # already around the creation: a signal may raise right behind it
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with open(handle, "wb") as file:
            if old is not None:
                if hasattr(os, "chown"):
                    with contextlib.suppress(OSError):
                        os.chown(temporary, old.st_uid, old.st_gid)
                os.chmod(temporary, stat.S_IMODE(old.st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_directory(target.parent)
    return True


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _sync_directory(path: Path) -> None:
    """Let the new name reach the disk too, where directories can be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
