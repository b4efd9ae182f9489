"""Normalizers: each repairs one kind of damage, and says what it did."""

from textfix.normalizers.base import Editor, Normalizer

__all__ = ["Editor", "Normalizer"]
