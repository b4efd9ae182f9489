"""pandas: a Series in, a Series of the same dtype, index and name out."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from textfix.arrow import clean_array
from textfix.pipeline import Pipeline, resolved
from textfix.result import Result
from textfix.rows import ErrorPolicy, RowError, clean_rows

__all__ = ["clean_series"]


def clean_series(series: pd.Series, pipeline: Pipeline | str = "dump", *, on_error: ErrorPolicy = "raise") -> pd.Series:
    """Return the series with every text cleaned; what is missing stays missing.

    Takes `str` and `string` dtypes, `ArrowDtype` of text, categories of text, and `object` (where anything that is
    neither text nor missing is an error, treated as `on_error` says).

    >>> clean_series(pd.Series(["你好,世界!", None], dtype="object")).tolist()
    ['你好，世界！', None]
    """
    if isinstance(series.dtype, pd.CategoricalDtype):
        categories = clean_series(series.cat.categories.to_series(), pipeline, on_error=on_error)
        return series.map(dict(zip(series.cat.categories, categories))).astype("category")
    if series.dtype == object:
        return _objects(series, pipeline, on_error)
    array = pa.array(series, from_pandas=True)
    if pa.types.is_null(array.type):
        return series
    cleaned = clean_array(array, pipeline, on_error=on_error)
    if isinstance(series.dtype, pd.ArrowDtype):
        values: object = pd.arrays.ArrowExtensionArray(cleaned)
    else:
        values = pd.array(cleaned.to_pylist(), dtype=series.dtype)
    return pd.Series(values, index=series.index, name=series.name, dtype=series.dtype)


def _objects(series: pd.Series, pipeline: Pipeline | str, on_error: ErrorPolicy) -> pd.Series:
    chosen = resolved(pipeline)
    source = series.tolist()
    missing = series.isna().tolist()
    texts = [value if isinstance(value, str) else None for value in source]
    found: list[object] = []
    for row, outcome in enumerate(clean_rows(chosen, texts)):
        if isinstance(outcome, Result):
            found.append(outcome.text)
            continue
        error = outcome or (None if missing[row] else TypeError(f"no text but {type(source[row]).__name__}"))
        if error is not None and on_error == "raise":
            raise RowError(row, error) from error
        found.append(None if error is not None and on_error == "null" else source[row])
    return pd.Series(found, index=series.index, name=series.name, dtype="object")
