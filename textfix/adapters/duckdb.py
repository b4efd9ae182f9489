"""DuckDB: a function to call from SQL."""

from __future__ import annotations

import duckdb
import pyarrow as pa
from duckdb.func import ARROW, SPECIAL

from textfix.arrow import clean_array
from textfix.pipeline import Pipeline, resolved
from textfix.rows import ErrorPolicy

__all__ = ["register"]


def register(
    connection: duckdb.DuckDBPyConnection,
    name: str = "textfix",
    pipeline: Pipeline | str = "dump",
    *,
    on_error: ErrorPolicy = "raise",
) -> None:
    """Make `name(text)` a function of the connection's SQL; null gives null.

    >>> connection = duckdb.connect()
    >>> register(connection)
    >>> connection.sql("select textfix('你好,世界!')").fetchall()
    [('你好，世界！',)]
    """

    chosen = resolved(pipeline)

    def clean(column: pa.ChunkedArray) -> pa.ChunkedArray:
        return clean_array(column, chosen, on_error=on_error)

    connection.create_function(name, clean, ["VARCHAR"], "VARCHAR", type=ARROW, null_handling=SPECIAL)
