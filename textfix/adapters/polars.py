"""polars: an expression."""

from __future__ import annotations

import polars as pl
import pyarrow as pa

from textfix.arrow import clean_array
from textfix.pipeline import Pipeline, resolved
from textfix.rows import ErrorPolicy

__all__ = ["clean_expr"]


def clean_expr(
    expression: pl.Expr | str, pipeline: Pipeline | str = "dump", *, on_error: ErrorPolicy = "raise"
) -> pl.Expr:
    """Return an expression that cleans a column of text; nulls stay, and so do the types String and Categorical.

    >>> frame = pl.DataFrame({"text": ["你好,世界!", None]})
    >>> frame.with_columns(clean_expr("text"))["text"].to_list()
    ['你好，世界！', None]
    """

    chosen = resolved(pipeline)

    def clean(series: pl.Series) -> pl.Series:
        texts: pa.Array = series.cast(pl.String).to_arrow()
        return pl.Series(series.name, clean_array(texts, chosen, on_error=on_error)).cast(series.dtype)

    column = pl.col(expression) if isinstance(expression, str) else expression
    return column.map_batches(clean, is_elementwise=True)
