"""textfix inside other tools: pandas, polars, DuckDB, datasets, Ray Data, Spark, datatrove, data-juicer.

Each module is thin, over `textfix.arrow`, and is imported by whoever uses that tool.
"""
