"""What of a wave may stand in a report, which is written to be published.

The release of an anonymous or panel wave holds nothing else. Of a named wave evaluators see everything,
single organizations too; its report keeps the rule that other waves have from their release.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from survey.counts import Reason
from survey.indicators.model import Figure, ItemFigure, ProfileFigure, Results, SummaryFigure

F = TypeVar("F")
KEPT = ("kind", "scale", "mapping", "items", "lowest", "highest", "dimensions")
"""What a figure says of itself, shown or not."""


def public(results: Results) -> Results:
    """The results that a report may show.

    Of a named wave: the whole wave only, no figure of fewer answers than the threshold, none to which all
    gave the same answer, no lowest and highest number.
    """
    if results.mode != "named":
        return results
    threshold, whole = results.threshold, results.whole
    return replace(
        results,
        by={},
        whole=replace(
            whole,
            items={name: _item(figure, threshold) for name, figure in whole.items.items()},
            indicators={name: _indicator(figure, threshold) for name, figure in whole.indicators.items()},
        ),
    )


def _item(figure: ItemFigure, threshold: int) -> ItemFigure:
    if figure.kind == "text":
        return figure
    alone = figure.counts is not None and figure.n in figure.counts.values() and figure.kind != "choices"
    return _withheld(figure, _why(figure.n, alone, threshold))


def _indicator(figure: Figure, threshold: int) -> Figure:
    if isinstance(figure, ProfileFigure):
        return replace(figure, dimensions=_dimensions(figure.dimensions, threshold))
    alone = getattr(figure, "sd", None) == 0
    shown = _withheld(figure, _why(figure.n, alone, threshold))
    return replace(shown, min=None, max=None) if isinstance(shown, SummaryFigure) else shown


def _dimensions(found: Mapping[str, Any], threshold: int) -> dict[str, Any]:
    return {name: _withheld(one, _why(one.n, one.sd == 0, threshold)) for name, one in found.items()}


def _why(n: int | None, alone: bool, threshold: int) -> Reason | None:
    if not n:
        return None
    if n < threshold:
        return Reason.TOO_FEW_ANSWERS
    return Reason.PROTECTS_ANOTHER if alone else None


def _withheld(figure: F, reason: Reason | None) -> F:
    """The figure without its numbers, and why; as it is where there is no reason."""
    if reason is None:
        return figure
    empty = {
        one.name: None
        for one in fields(figure)  # type: ignore[arg-type]
        if one.init and one.name not in KEPT
    }
    return replace(figure, **{**empty, "reason": reason})  # type: ignore[type-var]
