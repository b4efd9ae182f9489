"""What must not be touched: in plain text, in Markdown, in reStructuredText."""

from textfix.markup.plain import protected
from textfix.markup.spans import Spans

__all__ = ["Spans", "protected"]
