"""Columns that an extractor put side by side, as they stood on the page."""
