"""Compressed streams: read to save all that can be saved, written so that equal input gives equal bytes."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Protocol

from textfix.io.storage import MissingError

__all__ = ["COMPRESSIONS", "Sink", "TruncatedError", "chunks", "compression_of", "decompressed"]

#: Compressions, with the suffixes of their files; the first is the one that is written.
COMPRESSIONS: dict[str, tuple[str, ...]] = {"gzip": (".gz",), "zstd": (".zst", ".zstd")}

_CHUNK = 1 << 20
# Little at a time, because a few bytes of compressed data can be the beginning of very many.
_COMPRESSED_CHUNK = 1 << 14
_BLOCK = 1 << 17


class TruncatedError(ValueError):
    """A compressed stream that ends too early or is damaged; `offset` is how many bytes it gave before."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def compression_of(name: str) -> str | None:
    """Return the compression that the name of a file tells."""
    low = name.lower()
    return next((kind for kind, suffixes in COMPRESSIONS.items() if low.endswith(suffixes)), None)


def chunks(file: BinaryIO, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """Yield the bytes of a file from `start` up to `stop`."""
    if start or stop is not None:  # a pipe has no place but where it is
        file.seek(start)
    left = stop - start if stop is not None else None
    while left is None or left > 0:
        chunk = file.read(_CHUNK if left is None else min(_CHUNK, left))
        if not chunk:
            return
        if left is not None:
            left -= len(chunk)
        yield chunk


def decompressed(file: BinaryIO, compression: str | None) -> Iterator[bytes]:
    """Yield what a compressed file holds; raises TruncatedError after all that could be read."""
    if compression is None:
        yield from chunks(file)
        return
    new = _decompressor(compression)
    decompressor: _Decompressor | None = None
    offset = 0
    while data := file.read(_COMPRESSED_CHUNK):
        while data:
            if decompressor is None:
                # Zeros are padding, as tapes and some object stores have it.
                data = data.lstrip(b"\0")
                if not data:
                    break
                decompressor = new()
            try:
                found = decompressor.decompress(data)
            except Exception as error:
                raise TruncatedError(f"the {compression} data is damaged: {error}", offset) from None
            offset += len(found)
            if found:
                yield found
            data = decompressor.unused_data if decompressor.eof else b""
            if decompressor.eof:
                decompressor = None
    if decompressor is not None:
        raise TruncatedError(f"the {compression} data ends in the middle", offset)


def _decompressor(compression: str) -> Callable[[], _Decompressor]:
    if compression == "gzip":
        return lambda: zlib.decompressobj(wbits=31)
    return lambda: _zstd().ZstdDecompressor().decompressobj()


def _zstd() -> Any:
    try:
        import zstandard
    except ImportError:
        raise MissingError("zstd needs zstandard: pip install 'textfix[zstd]'") from None
    return zstandard


class Sink:
    """A file being written, with its size and hash; nothing in it depends on when it was written or in which pieces."""

    def __init__(self, path: str, compression: str | None = None) -> None:
        self.path = path
        self.bytes = 0
        self._hash = hashlib.sha256()
        self._file = open(path, "wb")  # noqa: SIM115  # closed by `close`
        self._compressor: Any = None
        self._pending: list[bytes] = []
        self._size = 0
        if compression == "gzip":
            self._compressor = gzip.GzipFile("", "wb", 6, self, mtime=0)
        elif compression == "zstd":
            self._compressor = _zstd().ZstdCompressor(level=3).stream_writer(self, closefd=False)

    @property
    def closed(self) -> bool:
        """Whether nothing more can be written."""
        return self._file.closed

    def add(self, data: bytes) -> None:
        """Put bytes behind those that are there."""
        if self._compressor is None:
            self.write(data)
            return
        # Compressors see blocks of one size, whatever the pieces were.
        self._pending.append(data)
        self._size += len(data)
        if self._size >= _BLOCK:
            whole = b"".join(self._pending)
            cut = len(whole) - len(whole) % _BLOCK
            for start in range(0, cut, _BLOCK):
                self._compressor.write(whole[start : start + _BLOCK])
            self._pending = [whole[cut:]]
            self._size = len(whole) - cut

    def write(self, data: bytes) -> int:
        """Write to the file itself: for the compressor."""
        self._file.write(data)
        self._hash.update(data)
        self.bytes += len(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: for the compressor."""

    def close(self) -> None:
        """Write what is left; the file may be closed long before it is committed."""
        if self._file.closed:
            return
        if self._compressor is not None:
            self._compressor.write(b"".join(self._pending))
            self._compressor.close()
        self._file.close()

    def sync(self) -> None:
        """Let everything reach the disk."""
        self.close()
        with open(self.path, "rb+") as file:
            os.fsync(file.fileno())

    @property
    def sha256(self) -> str:
        """The hash of what was written."""
        return self._hash.hexdigest()

    def discard(self) -> None:
        """Give up."""
        self._file.close()
        os.unlink(self.path)
