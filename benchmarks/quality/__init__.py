"""Typeset round-trips: real prose into real PDFs, out through real extractors, cleaned, scored against the truth."""
