"""Text dumps of a PDF by recognition: its pages as pictures, read by Tesseract. No extractor knows less of a page."""

from __future__ import annotations

import functools
import os
import pathlib
import subprocess
import tempfile

from .extract import kept

__all__ = ["NAME", "recognize", "version"]

NAME = "tesseract"
_LANGUAGES = {"zh-Hans": "chi_sim", "zh-Hant": "chi_tra", "ja": "jpn", "ko": "kor", "en": "eng"}
#: Dots an inch, as a usual scan has.
_RESOLUTION = "200"


def recognize(path: str, lang: str) -> str:
    """The dump of a PDF, from the cache where it was made before."""
    return kept(path, NAME, functools.partial(_pages, lang=_LANGUAGES[lang]))


def _pages(path: str, lang: str) -> list[str]:
    command = ["tesseract", "-", "-", "-l", lang, "--psm", "3"]
    # The documents are read side by side; a page needs no threads of its own.
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", _RESOLUTION, "-gray", "-png", path, f"{folder}/page"], check=True)
        texts = []
        for picture in sorted(pathlib.Path(folder).iterdir()):
            done = subprocess.run(command, input=picture.read_bytes(), capture_output=True, check=True, env=alone)
            texts.append(done.stdout.decode("utf-8").removesuffix("\f"))
    return texts


def version() -> str:
    """Which Tesseract it is."""
    out = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True).stdout
    return out.split("\n")[0].rpartition(" ")[2]
