"""Line breaks in the middle of what cannot be parted."""

from __future__ import annotations

import numpy as np
import pytest

from textfix.layout.bound import bound
from textfix.layout.lines import lines_of


def _bound(text: str, p: float = 0.5) -> list[bool]:
    lines = lines_of([text])
    return bound(lines, np.full(len(lines), p, np.float32)).tolist()


@pytest.mark.parametrize(
    "text",
    [
        "a copy to debian-devel@lists.debian.\norg by using the header",
        "gentoo-0.9.12-ReleaseCandidate-99.\ntar.gz をリリースする時",
        "说明见 https://www.\npdftex.org/，文档在别处",
        "install meta-packages like e.g.\neducation-desktop instead",
        "unstable\n에는 가장 최신 버전이 있습니다.",
        "김프 2.4\n의 달라진 이미지 창",
        "(Normalize)\n와 비슷하지만,",
    ],
)
def test_an_address_and_a_noun_go_on(text: str) -> None:
    assert _bound(text) == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "that is all there is to say.\nand so on",  # a sentence
        "see aptitude(8) and apt-cache(8).\napt and aptitude can be mixed",  # a bracket ends no part of an address
        "write to admin@debian.org.\nDebian is a project",  # a capital begins a sentence
        "write to admin@lists.\n\norg",  # across a blank line
        "일반화(Normalize)\n이 도구는 노출이 부족한 이미지에 유용합니다.",  # this
        "Debian\n는적이 없습니다.",  # a longer word
        "가방\n은 비쌉니다.",  # Hangul above: either may be part of a word
        "A\n가. 나. 다.",  # the letter of an item
    ],
)
def test_what_ends_stays(text: str) -> None:
    assert _bound(text) == [False] * len(_bound(text))


def test_program_output_that_ends_in_a_path_stays() -> None:
    assert _bound("Transcript written on /tmp/xelatex.log.\nfmtutil: done", p=0.9) == [False, False]
