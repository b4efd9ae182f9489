"""Text dumps of a PDF by the extractors people use; pages are parted by form feeds."""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import pathlib
import subprocess
import warnings
from collections.abc import Callable, Iterable

from .model import cache


def _pdftotext(*options: str) -> Callable[[str], list[str]]:
    def run(path: str) -> list[str]:
        out = subprocess.run(
            ["pdftotext", "-enc", "UTF-8", *options, path, "-"], capture_output=True, check=True
        ).stdout
        return out.decode("utf-8", "replace").removesuffix("\f").split("\f")

    return run


def _pdfminer(path: str) -> list[str]:
    from pdfminer.high_level import extract_text

    return extract_text(path).removesuffix("\f").split("\f")


def _pypdf(path: str) -> list[str]:
    import pypdf

    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def _pdfium(path: str) -> list[str]:
    import pypdfium2

    with contextlib.closing(pypdfium2.PdfDocument(path)) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def _mupdf(path: str) -> list[str]:
    import pymupdf

    with pymupdf.open(path) as pdf:
        return [page.get_text() for page in pdf]


def _plumber(path: str) -> list[str]:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [page.extract_text() or "" for page in pdf.pages]


EXTRACTORS: dict[str, Callable[[str], list[str]]] = {
    "poppler": _pdftotext(),
    "poppler-raw": _pdftotext("-raw"),
    "poppler-layout": _pdftotext("-layout"),
    "pdfminer": _pdfminer,
    "pypdf": _pypdf,
    "pdfium": _pdfium,
    "mupdf": _mupdf,
    "pdfplumber": _plumber,
}


def extract(path: str, extractor: str) -> str:
    """The dump of a PDF, from the cache where it was made before."""
    return kept(path, extractor, EXTRACTORS[extractor])


def kept(path: str, extractor: str, pages: Callable[[str], list[str]]) -> str:
    """What an extractor makes of a PDF, from the cache where it was made before."""
    digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()[:24]
    place = cache() / "dumps" / extractor / f"{digest}.txt"
    if place.exists():
        return place.read_bytes().decode("utf-8")
    logging.disable(logging.WARNING)
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        text = "\f".join(pages(path))
    logging.disable(logging.NOTSET)
    text = text.encode("utf-8", "replace").decode("utf-8")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode("utf-8"))
    return text


def versions() -> Iterable[tuple[str, str]]:
    """The versions of the extractors, for the report."""
    import importlib.metadata

    out = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True).stderr.split("\n")[0]
    yield "poppler", out.rpartition(" ")[2]
    for package in ("pdfminer.six", "pypdf", "pypdfium2", "pymupdf", "pdfplumber"):
        yield package, importlib.metadata.version(package)
