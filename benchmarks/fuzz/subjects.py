"""What is fuzzed: every normalizer alone, with each of its styles, and every preset, in every markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textfix import Pipeline, Result
from textfix.document import MARKUPS
from textfix.normalizers import CATALOGUE, Punctuation, Spacing, Variants
from textfix.pipeline import PRESETS

__all__ = ["Subject", "subjects"]

# Those who ask what must not be touched; to the others the markup says nothing.
_READS_MARKUP = frozenset(("mojibake", "spacing", "punctuation", "variants"))


class Subject(NamedTuple):
    """A pipeline and the markup in which it reads its text."""

    name: str
    pipeline: Pipeline
    markup: str

    def explain(self, text: str) -> Result:
        """Run the pipeline on the text."""
        return self.pipeline.explain(text, markup=self.markup)

    @property
    def alone(self) -> bool:
        """Whether it is one normalizer, which must settle in one pass without the engine's help."""
        return len(self.pipeline) == 1


def subjects() -> Iterator[Subject]:
    """Yield every subject, presets first."""
    pipelines = {f"preset {name}": Pipeline.preset(name) for name in PRESETS}
    pipelines |= {name: Pipeline([normalizer()]) for name, normalizer in CATALOGUE.items()}
    for style in ("pangu", "none"):
        pipelines[f"spacing {style}"] = Pipeline([Spacing(style=style)])
    for quotes in ("curly", "corner"):
        pipelines[f"punctuation {quotes}"] = Pipeline([Punctuation(quotes=quotes)])
    for config in ("t2s", "s2twp"):
        pipelines[f"variants {config}"] = Pipeline([Variants(config)])
    for name, pipeline in pipelines.items():
        for markup in MARKUPS:
            if markup == "plain" or name.startswith("preset") or _READS_MARKUP.intersection(pipeline.names):
                yield Subject(name if markup == "plain" else f"{name}, {markup}", pipeline, markup)
