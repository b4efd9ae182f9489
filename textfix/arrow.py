"""The Arrow batch kernel: text columns in, text columns of the same length and type out.

Everything that hands textfix a corpus (files, pandas, polars, Ray, Spark, DuckDB) goes through here. Needs pyarrow
(`textfix[arrow]`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from textfix.pipeline import Pipeline, resolved
from textfix.result import Result
from textfix.rows import BATCH_CHARACTERS, ERROR_POLICIES, ErrorPolicy, RowError, clean_rows, described, stretches

__all__ = ["BLOCK_TYPE", "DOUBT_TYPE", "EDIT_TYPE", "ErrorPolicy", "RowError", "clean_array", "clean_table"]

EDIT_TYPE = pa.list_(
    pa.struct(
        [
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("before", pa.large_string()),
            ("after", pa.large_string()),
            ("reason", pa.string()),
        ]
    )
)
BLOCK_TYPE = pa.list_(
    pa.struct(
        [
            ("kind", pa.string()),
            ("text", pa.large_string()),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("score", pa.float64()),
        ]
    )
)
DOUBT_TYPE = pa.list_(
    pa.struct(
        [
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("text", pa.large_string()),
            ("reason", pa.string()),
            ("evidence", pa.string()),
        ]
    )
)

_MAX_STRING = 2**31 - 1


#: Is told each row's number and what came of it, for whoever counts.
Observer = Callable[[int, "Result | Exception"], None]


def clean_array(
    array: pa.Array | pa.ChunkedArray, pipeline: Pipeline | str = "dump", *, on_error: ErrorPolicy = "raise"
) -> pa.Array | pa.ChunkedArray:
    """Return the array with every text cleaned: same length, same type, nulls kept.

    `array` holds string, large_string, string_view, a dictionary of one of them (each value is cleaned once), or
    nothing but nulls. A row that cannot be cleaned (bytes that are no UTF-8) raises `RowError`, or is kept or made
    null, as `on_error` says.

    >>> clean_array(pa.array(["你好,世界!", None])).to_pylist()
    ['你好，世界！', None]
    """
    if not isinstance(array, (pa.Array, pa.ChunkedArray)):
        raise TypeError(f"expected an Arrow array, got {type(array).__name__}; pyarrow.array(…) makes one")
    return _Cleaner(resolved(pipeline), on_error).clean(array)


def clean_table(
    table: pa.Table,
    column: str,
    pipeline: Pipeline | str = "dump",
    *,
    into: str | None = None,
    edits: str | None = None,
    blocks: str | None = None,
    doubts: str | None = None,
    fingerprint: str | None = None,
    error: str | None = None,
    on_error: ErrorPolicy = "raise",
    observe: Observer | None = None,
    batch: int = BATCH_CHARACTERS,
) -> pa.Table:
    """Return the table with a column of text cleaned, in place or `into` another column; no row is ever dropped.

    `edits`, `blocks`, `doubts`, `fingerprint` and `error` name columns to add: the edits (`EDIT_TYPE`, offsets in code
    points of the source), the blocks and doubts (`BLOCK_TYPE`, `DOUBT_TYPE`), the pipeline's fingerprint, and what went
    wrong in a row, null where nothing did. `observe` is called for each row with its number and its result or error,
    and `batch` says how many bytes of text to work on at a time; neither changes what comes out.

    >>> table = pa.table({"id": [1], "text": ["你好,世界!"]})
    >>> clean_table(table, "text", into="clean", fingerprint="by").column_names
    ['id', 'text', 'clean', 'by']
    """
    chosen = resolved(pipeline)
    if column not in table.column_names:
        raise KeyError(f"no column {column!r} in the table; it has {', '.join(table.column_names) or 'none'}")
    names = [name for name in (column, into, edits, blocks, doubts, fingerprint, error) if name]
    if len(set(names)) < len(names) - (into == column):
        raise ValueError(f"two columns of one name among {', '.join(names)}")
    explained = {"edits": edits, "blocks": blocks, "doubts": doubts}
    cleaner = _Cleaner(chosen, on_error, [kind for kind, name in explained.items() if name], observe, batch)
    source = table[column]
    if (cleaner.kinds or error or observe) and pa.types.is_dictionary(source.type):
        # What is told by the row cannot be told by the distinct value.
        cleaned = cleaner.clean(source.cast(source.type.value_type)).cast(source.type)
    else:
        cleaned = cleaner.clean(source)
    columns: dict[str, Any] = {into or column: cleaned}
    columns |= {name: cleaner.explained(kind) for kind, name in explained.items() if name}
    if fingerprint:
        columns[fingerprint] = pa.repeat(chosen.fingerprint, len(table))
    if error:
        columns[error] = pa.array([cleaner.errors.get(row) for row in range(len(table))], pa.string())
    for name, values in columns.items():
        index = table.schema.get_field_index(name)
        if index < 0:
            table = table.append_column(name, values)
            continue
        own = table.schema.field(index)
        # Of a column that takes in nulls the type says so from the first table on, whether one comes or not.
        nullable = own.nullable or on_error == "null" or name != column
        table = table.set_column(index, own.with_type(values.type).with_nullable(nullable), values)
    return table


_EXPLAINED: dict[str, tuple[pa.DataType, Callable[[Result], Sequence[Any]]]] = {
    "edits": (EDIT_TYPE, lambda result: result.edits),
    "blocks": (BLOCK_TYPE, lambda result: result.blocks),
    "doubts": (DOUBT_TYPE, lambda result: result.doubts),
}


@dataclass
class _Cleaner:
    """Cleans arrays piece by piece, and collects what was asked for beside the text."""

    pipeline: Pipeline
    on_error: ErrorPolicy
    kinds: Sequence[str] = ()
    observe: Observer | None = None
    batch: int = BATCH_CHARACTERS
    errors: dict[int, str] = field(default_factory=dict)
    _chunks: dict[str, list[pa.Array]] = field(default_factory=dict)
    _rows: int = 0

    def __post_init__(self) -> None:
        if self.on_error not in ERROR_POLICIES:
            raise ValueError(f"on_error must be 'raise', 'keep' or 'null', not {self.on_error!r}")

    def clean(self, array: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
        if isinstance(array, pa.ChunkedArray):
            pieces = [piece for chunk in array.chunks for piece in self._array(chunk)]
            return pa.chunked_array(pieces, type=array.type)
        pieces = list(self._array(array))
        if len(pieces) > 1 and _overflows(pieces, array.type):
            raise OverflowError(
                "the cleaned texts do not fit one string array (2 GiB); pass a large_string or a chunked array"
            )
        return pa.concat_arrays(pieces) if pieces else array

    def explained(self, kind: str) -> pa.ChunkedArray:
        return pa.chunked_array(self._chunks.get(kind, []), type=_EXPLAINED[kind][0])

    def _array(self, array: pa.Array) -> Iterator[pa.Array]:
        if pa.types.is_dictionary(array.type) and _is_text(array.type.value_type):
            yield self._dictionary(array)
            return
        if not (_is_text(array.type) or pa.types.is_null(array.type)):
            raise TypeError(f"expected a column of text, got {array.type}")
        for start, stop in stretches(_sizes(array), self.batch):
            yield self._piece(array.slice(start, stop - start))

    def _dictionary(self, array: pa.DictionaryArray) -> pa.DictionaryArray:
        first, self._rows = self._rows, 0
        try:
            values = self.clean(array.dictionary)
        except RowError as error:
            row = pc.index(array.indices, error.row).as_py()
            raise RowError(first + max(row, 0), error.cause) from error
        self._rows = first + len(array)
        # Values that were different may have become equal; a dictionary has each value once. Kernels know no views.
        values = values.view(_binary(values.type)).cast(pa.large_binary())
        unique = values.unique().drop_null()
        places = pc.index_in(values, unique)
        indices = pc.take(places, array.indices).cast(array.type.index_type)
        own = unique.cast(_binary(array.type.value_type)).view(array.type.value_type)
        return pa.DictionaryArray.from_arrays(indices, own, ordered=array.type.ordered)

    def _piece(self, piece: pa.Array) -> pa.Array:
        texts, broken = _texts(piece)
        results: list[Result | None] = []
        for row, outcome in enumerate(clean_rows(self.pipeline, texts)):
            if isinstance(outcome, Exception):
                broken[row] = outcome
            results.append(None if isinstance(outcome, Exception) else outcome)
        for row, error in sorted(broken.items()):
            if self.on_error == "raise":
                raise RowError(self._rows + row, error) from error
            self.errors[self._rows + row] = described(error)
        if self.observe is not None:
            for row, result in enumerate(results):
                seen = broken.get(row, result)
                if seen is not None:
                    self.observe(self._rows + row, seen)
        for kind in self.kinds:
            of_type, get = _EXPLAINED[kind]
            values = [[item._asdict() for item in get(result)] if result is not None else None for result in results]
            self._chunks.setdefault(kind, []).append(pa.array(values, of_type))
        self._rows += len(piece)
        if not any(result is not None and result.changed for result in results) and (
            not broken or self.on_error == "keep"
        ):
            return piece
        cleaned = pa.array([result.text if result is not None else None for result in results], piece.type)
        if broken and self.on_error == "keep":
            # As bytes, because what is broken is no text; in the one binary type that every kernel knows.
            own = _binary(piece.type)
            before, after = (texts.view(own).cast(pa.large_binary()) for texts in (piece, cleaned))
            mask = pa.array([row in broken for row in range(len(piece))])
            cleaned = pc.if_else(mask, before, after).cast(own).view(piece.type)
        return cleaned


def _is_text(of_type: pa.DataType) -> bool:
    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(kind(of_type) for kind in kinds)


def _binary(of_type: pa.DataType) -> pa.DataType:
    if pa.types.is_large_string(of_type):
        return pa.large_binary()
    return pa.binary() if pa.types.is_string(of_type) else pa.binary_view()


def _sizes(array: pa.Array) -> list[int]:
    if pa.types.is_null(array.type):
        return [0] * len(array)
    if pa.types.is_string_view(array.type):
        array = array.view(pa.binary_view()).cast(pa.large_binary())
    return pc.fill_null(pc.binary_length(array), 0).cast(pa.int64()).to_pylist()  # type: ignore[no-any-return]


def _texts(piece: pa.Array) -> tuple[list[str | None], dict[int, Exception]]:
    """Return the texts of a piece, and the rows whose bytes are no UTF-8."""
    try:
        return piece.to_pylist(), {}
    except UnicodeDecodeError:
        texts: list[str | None] = []
        broken: dict[int, Exception] = {}
        for row, data in enumerate(piece.view(_binary(piece.type)).to_pylist()):
            try:
                texts.append(None if data is None else data.decode())
            except UnicodeDecodeError as error:
                texts.append(None)
                broken[row] = error
        return texts, broken


def _overflows(pieces: Sequence[pa.Array], of_type: pa.DataType) -> bool:
    if not pa.types.is_string(of_type):
        return False
    total: int = sum(pc.sum(pc.binary_length(piece)).as_py() or 0 for piece in pieces)
    return total > _MAX_STRING
