"""Where corpora lie: local files, and through fsspec (`textfix[remote]`) whatever has a URL."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, NamedTuple, Protocol, cast

from textfix.io.files import write

__all__ = ["File", "LocalStore", "MissingError", "RemoteStore", "Store", "find", "open_binary", "readable", "store"]


class MissingError(ValueError):
    """An input that names nothing, or an extra that is not installed."""


class File(NamedTuple):
    """An input file: where, what to call it below the output, its size, and a stamp that changes when it is written."""

    path: str
    name: str
    size: int
    stamp: str


class Store(Protocol):
    """A directory to write into; what is written there appears whole or not at all."""

    root: str

    def sizes(self, below: str = "") -> dict[str, int]:
        """Return the files below a directory of the store, with their sizes."""

    def size(self, name: str) -> int | None:
        """Return the size of a file, None where there is none."""

    def read(self, name: str) -> bytes:
        """Return what a file holds."""

    def write(self, name: str, data: bytes) -> None:
        """Make a small file hold this."""

    def temporary(self) -> str:
        """Return the path of a new local file, to be committed or removed."""

    def commit(self, temporary: str, name: str) -> None:
        """Make a temporary file the file of that name."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    def sweep(self) -> None:
        """Remove the temporary files that a run left which was killed."""


def open_binary(path: str) -> BinaryIO:
    """Open a local file or a URL for reading, at any place."""
    if _remote(path):
        return cast(BinaryIO, _fsspec().open(path, "rb").open())
    return open(path, "rb")


def readable(path: str) -> bool:
    """Say whether a local file may be read, as far as one can tell without opening it; of a URL that is not asked."""
    return _remote(path) or os.access(path, os.R_OK)


def find(path: str, *, skip: str | None = None, onerror: Callable[[OSError], None]) -> Iterator[File]:
    """Yield the files that a path names, in a fixed order: a file, all below a directory, or those a pattern matches.

    Hidden files and directories, and symbolic links, are left out where they are not named. `skip` is a directory to
    leave out, and `onerror` is told which directories may not be read.
    """
    yield from _find_remote(path, skip) if _remote(path) else _find_local(path, skip, onerror)


def store(path: str) -> Store:
    """Return the directory to write into that a path or URL names."""
    return RemoteStore(path) if _remote(path) else LocalStore(path)


def _remote(path: str) -> bool:
    return "://" in path


def _fsspec() -> Any:
    try:
        import fsspec
    except ImportError:
        raise MissingError("URLs need fsspec: pip install 'textfix[remote]'") from None
    return fsspec


def _file_system(url: str) -> tuple[Any, str]:
    """Return what a URL is to be asked of, and the path there."""
    try:
        return cast("tuple[Any, str]", _fsspec().core.url_to_fs(url))
    except (ValueError, ImportError) as error:  # a protocol that nobody knows, or whose package is not installed
        raise MissingError(f"{url}: {error}") from None


def _find_local(path: str, skip: str | None, onerror: Callable[[OSError], None]) -> Iterator[File]:
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        mode = 0
    if stat.S_ISDIR(mode):
        hidden = os.path.realpath(skip) if skip is not None else None
        for folder, folders, names in os.walk(path, onerror=onerror):
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".")
                and (hidden is None or os.path.realpath(os.path.join(folder, name)) != hidden)
            )
            for name in sorted(names):
                full = os.path.join(folder, name)
                if not name.startswith(".") and not os.path.islink(full):
                    yield from _local(full, os.path.relpath(full, path), onerror)
    elif stat.S_ISREG(mode):
        yield from _local(path, os.path.basename(path), onerror)
    elif mode:
        raise MissingError(f"{path} is no regular file; what comes through a pipe goes to: textfix run - -")
    elif glob.has_magic(path):
        parts = Path(path).parts
        fixed = next(index for index, part in enumerate(parts) if glob.has_magic(part))
        base = os.path.join(*parts[:fixed]) if fixed else "."
        for full in sorted(glob.glob(path, recursive=True)):
            yield from _local(full, os.path.relpath(full, base), onerror)
    else:
        raise MissingError(f"no such file or directory: {path}")


def _local(path: str, name: str, onerror: Callable[[OSError], None]) -> Iterator[File]:
    """Yield a file, if it is one and may be looked at."""
    try:
        status = os.stat(path)
    except OSError as error:
        onerror(error)
        return
    if stat.S_ISREG(status.st_mode):
        yield File(path, Path(name).as_posix(), status.st_size, str(status.st_mtime_ns))


def _find_remote(path: str, skip: str | None) -> Iterator[File]:
    system, root = _file_system(path)
    hidden = _file_system(skip)[1] if skip is not None and _remote(skip) else None
    if glob.has_magic(root):
        parts = PurePosixPath(root).parts
        fixed = next(index for index, part in enumerate(parts) if glob.has_magic(part))
        base, found = str(PurePosixPath(*parts[:fixed])), system.glob(root, detail=True)
    elif system.isdir(root):
        base, found = root, system.find(root, detail=True)
    elif system.exists(root):
        base, found = str(PurePosixPath(root).parent), {root: system.info(root)}
    else:
        raise MissingError(f"no such file or directory: {path}")
    for full, status in sorted(found.items()):
        name = PurePosixPath(full).relative_to(base)
        inside = hidden is not None and PurePosixPath(full).is_relative_to(hidden)
        if status["type"] != "file" or inside or (full != root and any(part.startswith(".") for part in name.parts)):
            continue
        stamp = next((status[key] for key in ("ETag", "etag", "mtime", "LastModified", "created") if key in status), "")
        yield File(system.unstrip_protocol(full), str(name), status["size"], str(stamp))


class LocalStore:
    """A local directory; files are renamed into place after they have reached the disk."""

    _TEMPORARY = ".textfix/tmp"

    def __init__(self, root: str) -> None:
        self.root = root

    def sizes(self, below: str = "") -> dict[str, int]:
        """Return the files below a directory of the store, with their sizes."""
        found = {}
        for folder, _, names in os.walk(self._path(below)):
            for name in names:
                full = os.path.join(folder, name)
                found[Path(full).relative_to(self.root).as_posix()] = os.path.getsize(full)
        return found

    def size(self, name: str) -> int | None:
        """Return the size of a file, None where there is none."""
        try:
            return os.path.getsize(self._path(name))
        except FileNotFoundError:
            return None

    def read(self, name: str) -> bytes:
        """Return what a file holds."""
        return Path(self._path(name)).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        """Make a small file hold this."""
        path = self._path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write(path, data)

    def temporary(self) -> str:
        """Return the path of a new local file, on the same file system."""
        folder = self._path(self._TEMPORARY)
        os.makedirs(folder, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=folder)
        os.close(handle)
        # mkstemp keeps everybody else out; what becomes of it should be like any other new file.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(path, 0o666 & ~mask)
        return path

    def commit(self, temporary: str, name: str) -> None:
        """Make a temporary file the file of that name."""
        path = self._path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.replace(temporary, path)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._path(name))

    def sweep(self) -> None:
        """Remove the temporary files that a run left which was killed."""
        shutil.rmtree(self._path(self._TEMPORARY), ignore_errors=True)

    def _path(self, name: str) -> str:
        return os.path.join(self.root, name)


class RemoteStore:
    """A directory behind a URL; files are made locally and put in place as a whole, as object stores do it."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._system, self._base = _file_system(root.rstrip("/"))

    def __reduce__(self) -> tuple[type[RemoteStore], tuple[str]]:
        return type(self), (self.root,)

    def sizes(self, below: str = "") -> dict[str, int]:
        """Return the files below a directory of the store, with their sizes."""
        try:
            found = self._system.find(self._path(below).rstrip("/"), detail=True)
        except FileNotFoundError:
            return {}
        return {str(PurePosixPath(full).relative_to(self._base)): status["size"] for full, status in found.items()}

    def size(self, name: str) -> int | None:
        """Return the size of a file, None where there is none."""
        try:
            return cast(int, self._system.info(self._path(name))["size"])
        except FileNotFoundError:
            return None

    def read(self, name: str) -> bytes:
        """Return what a file holds."""
        return cast(bytes, self._system.cat_file(self._path(name)))

    def write(self, name: str, data: bytes) -> None:
        """Make a small file hold this."""
        self._system.makedirs(os.path.dirname(self._path(name)), exist_ok=True)
        self._system.pipe_file(self._path(name), data)

    def temporary(self) -> str:
        """Return the path of a new local file."""
        handle, path = tempfile.mkstemp(prefix="textfix-")
        os.close(handle)
        return path

    def commit(self, temporary: str, name: str) -> None:
        """Make a temporary file the file of that name."""
        self._system.makedirs(os.path.dirname(self._path(name)), exist_ok=True)
        self._system.put_file(temporary, self._path(name))
        os.unlink(temporary)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._path(name))

    def sweep(self) -> None:
        """Leave temporary files to the system: they lie where it cleans up."""

    def _path(self, name: str) -> str:
        return f"{self._base}/{name}"
