"""data-juicer: an operator, `textfix_mapper`."""

from __future__ import annotations

from typing import Any

from data_juicer.ops.base_op import OPERATORS, Mapper

from textfix.pipeline import Pipeline
from textfix.result import Result
from textfix.rows import clean_rows, described

__all__ = ["TextfixMapper"]


@OPERATORS.register_module("textfix_mapper")
class TextfixMapper(Mapper):  # type: ignore[misc]  # untyped
    """Cleans the text of samples, in batches; importing this module is what registers the operator.

    `preset` names a pipeline, or `toml` describes one as `Pipeline.to_toml` does. `error` names a field for what went
    wrong with a sample, which then keeps its text.
    """

    _batched_op = True

    def __init__(
        self, preset: str = "dump", toml: str | None = None, error: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pipeline = Pipeline.preset(preset) if toml is None else Pipeline.from_toml(toml)
        self.error = error

    def process_batched(self, samples: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """Return the samples with clean text."""
        texts = samples[self.text_key]
        outcomes = clean_rows(self.pipeline, texts)
        if self.error is None:
            for outcome in outcomes:
                if isinstance(outcome, Exception):
                    raise outcome
        else:
            samples[self.error] = [described(o) if isinstance(o, Exception) else None for o in outcomes]
        samples[self.text_key] = [o.text if isinstance(o, Result) else text for o, text in zip(outcomes, texts)]
        return samples
