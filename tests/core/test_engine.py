"""The engine: contracts are enforced, what is refused is told, cleaning settles."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from textfix import Pipeline
from textfix.contracts import PairContract, deletes
from textfix.document import Document
from textfix.normalizers import Editor, Normalizer
from textfix.rows import clean_rows, described


@dataclass(frozen=True)
class Rogue(Normalizer):
    """Proposes what it is told to, allowed or not."""

    name = "rogue"
    contract = PairContract("delete white space", lambda before, after: before.isspace() and not after)
    rows: tuple[tuple[int, int, str], ...] = ()

    def propose(self, document: Document, editor: Editor) -> None:
        if document.text == "城 西 区":
            for start, end, after in self.rows:
                editor.replace(start, end, after, "x")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ((0, 1, ""), "may only delete white space"),
        ((1, 2, "东"), "may only delete white space"),
        ((3, 9, ""), "must stay inside the text"),
        ((-1, 0, "x"), "must stay inside the text"),
        ((2, 1, ""), "must stay inside the text"),
    ],
)
def test_an_edit_that_breaks_the_contract_is_not_made(
    row: tuple[int, int, str], message: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="textfix"):
        result = Rogue((row, (3, 4, ""))).explain("城 西 区")
    assert result.text == "城 西区"  # the good edit beside it is made
    (refusal,) = result.refusals
    assert refusal.normalizer == "rogue"
    assert message in refusal.message
    assert "rogue" in caplog.text
    assert message in caplog.text
    assert result.summary().refusals == 1


@dataclass(frozen=True)
class Chooser(Normalizer):
    """Deletes blanks and widens commas."""

    name = "chooser"
    reasons = ("blank", "comma")

    def propose(self, document: Document, editor: Editor) -> None:
        places = [place for place, character in enumerate(document.text) if character in " ,"]
        numbers = np.array([" ,".index(document.text[place]) for place in places], np.intp)
        ends = [place + 1 for place in places]
        editor.choose(places, ends, [("", "blank"), ("，", "comma")], numbers)


def test_edits_are_chosen_by_number() -> None:
    result = Chooser().explain("城 西,区")
    assert result.text == "城西，区"
    assert list(result.edits.reasons) == ["chooser/blank", "chooser/comma"]
    assert Pipeline([Chooser()]).ignore("chooser/blank")("城 西,区") == "城 西，区"


def test_of_two_overlapping_edits_the_first_is_made() -> None:
    result = Rogue(((1, 2, ""), (1, 2, ""))).explain("城 西 区")
    assert result.text == "城西 区"
    assert "overlapping" in result.refusals[0].message


def test_order_of_proposals_does_not_matter() -> None:
    assert Rogue(((3, 4, ""), (1, 2, ""))).explain("城 西 区").text == "城西区"


@dataclass(frozen=True)
class Halve(Normalizer):
    """Deletes one of two equal neighbours, so that it takes several rounds to settle."""

    name = "halve"
    contract = deletes("letters", str.isalpha)

    def propose(self, document: Document, editor: Editor) -> None:
        for start in range(0, len(document.text) - 1, 2):
            if document.text[start] == document.text[start + 1]:
                editor.delete(start, start + 1, "twin")


def test_cleaning_settles_and_every_round_is_accounted_for() -> None:
    result = Halve().explain("a" * 16)
    assert result.text == "a"
    assert Halve()(result.text) is result.text
    assert result.edits.apply() == "a"
    assert result.edits.invert().apply() == "a" * 16


@dataclass(frozen=True)
class Flip(Normalizer):
    """Never settles."""

    name = "flip"

    def propose(self, document: Document, editor: Editor) -> None:
        editor.replace(0, 1, {"a": "b", "b": "a"}[document.text[0]], "flop")


def test_a_pipeline_that_never_settles_ends_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="textfix"):
        assert Flip().explain("a").text in {"a", "b"}
    assert "not settled" in caplog.text
    assert "flip still changed" in caplog.text


class Fails(Normalizer):
    name = "fails"

    def propose(self, document: Document, editor: Editor) -> None:
        raise ZeroDivisionError("by zero")


class FailsEarly(Fails):
    def prepare(self, documents: Sequence[Document]) -> None:
        raise KeyError("城")


@pytest.mark.parametrize("kind", [Fails, FailsEarly])
def test_an_exception_tells_in_which_normalizer_it_was(kind: type[Normalizer]) -> None:
    with pytest.raises((ZeroDivisionError, KeyError)) as caught:
        kind()("城")
    assert caught.value.__notes__ == ["in the normalizer 'fails'"]
    (row,) = clean_rows(Pipeline([kind()]), ["城"])
    assert isinstance(row, Exception)
    assert "in the normalizer 'fails'" in described(row)


def test_a_normalizer_must_have_a_name() -> None:
    class Nameless(Normalizer):
        def propose(self, document: Document, editor: Editor) -> None:
            """Do nothing."""

    class Slashed(Nameless):
        name = "a/b"

    for kind in (Nameless, Slashed):
        with pytest.raises(TypeError, match=f"{kind.__name__} must have a class attribute `name`"):
            kind()("城")
        with pytest.raises(TypeError, match=f"{kind.__name__} must have a class attribute `name`"):
            Pipeline([kind()])


@dataclass(frozen=True)
class Pairs(Normalizer):
    """Deletes pairs of marks, wholly or not at all; letters may not be deleted."""

    name = "pairs"
    contract = deletes("marks", lambda before: not before.isalpha())
    rows: tuple[tuple[int, ...], ...] = ()

    def propose(self, document: Document, editor: Editor) -> None:
        if document.text == "(a)b(c)":
            for row in self.rows:
                with editor.together():
                    for start in row:
                        editor.delete(start, start + 1, "x")


def test_what_belongs_together_is_made_together() -> None:
    assert Pairs(((0, 2), (4, 6))).explain("(a)b(c)").text == "abc"
    result = Pairs(((0, 2), (4, 5), (6,))).explain("(a)b(c)")
    assert (result.text, len(result.refusals)) == ("ab(c", 1)


@dataclass(frozen=True)
class Teller(Normalizer):
    """Takes stars away, and tells those behind it to keep the line break after each."""

    name = "teller"
    contract = deletes("stars", lambda before: before == "*")

    def propose(self, document: Document, editor: Editor) -> None:
        for place, character in enumerate(document.text):
            if character == "*":
                editor.delete(place, place + 1, "star")
                editor.keep(place + 1)


@dataclass(frozen=True)
class Cutter(Normalizer):
    """Takes a first letter away, so that what was told has to move; and a line break with it if it is asked to."""

    name = "cutter"
    what: str = "甲"

    def propose(self, document: Document, editor: Editor) -> None:
        if document.text.startswith(self.what):
            editor.delete(0, len(self.what), "cut")


@dataclass(frozen=True)
class Joiner(Normalizer):
    """Joins the first two lines, unless the break is known to be the author's; notes what it was told."""

    name = "joiner"
    told: tuple[list[tuple[int, ...]], ...] = ([],)
    joins: bool = True

    def propose(self, document: Document, editor: Editor) -> None:
        self.told[0].append(document.breaks)
        place = document.text.find("\n")
        if self.joins and place >= 0 and place not in document.breaks and len(document.text) > 4:
            editor.delete(place, place + 1, "join")


def test_what_is_told_moves_with_the_edits_and_lasts_one_round() -> None:
    told: list[tuple[int, ...]] = []
    pipeline = Pipeline([Teller(), Cutter(), Joiner((told,), joins=False)])
    assert pipeline("甲城西*\n工作*\n回顾") == "城西\n工作\n回顾"
    assert told == [(2, 5), ()]
    assert [stage.breaks for stage in pipeline.explain("甲城西*\n区").stages] == [(4,), ()]


def test_what_is_told_of_a_break_that_goes_is_forgotten() -> None:
    told: list[tuple[int, ...]] = []
    assert Pipeline([Teller(), Cutter("城西\n"), Joiner((told,), joins=False)])("城西*\n区") == "区"
    assert told[0] == ()


def test_what_comes_out_does_not_depend_on_what_a_second_cleaning_cannot_know() -> None:
    pipeline = Pipeline([Teller(), Joiner()])
    assert pipeline("城*\n西") == "城\n西"
    # A later round sees the text alone, though nothing else has changed in it.
    assert pipeline("城西*\n工作") == "城西工作"
    for text in ("城*\n西", "城西*\n工作", "城西*\n工作\n回顾"):
        assert pipeline(pipeline(text)) == pipeline(text)
