"""textfix repairs Chinese and mixed CJK/Latin text that came out of PDFs, OCR and old dumps."""

from textfix._version import __version__
from textfix.edits import Edit, Edits
from textfix.normalizers.base import Normalizer

__all__ = ["Edit", "Edits", "Normalizer", "__version__"]
