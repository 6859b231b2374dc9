"""The figures that are one number, a mean or a share, wherever in the indicators of a part they stand."""

from collections.abc import Mapping
from dataclasses import replace

from survey.counts import Reason
from survey.definitions.model import JointShare, Mean, Profile, Questionnaire, Recommendation, Share
from survey.indicators.comparing import Average, Proportion
from survey.indicators.model import (
    DimensionFigure,
    Figure,
    MeanFigure,
    ProfileFigure,
    RecommendationFigure,
    ShareIndicatorFigure,
)

Measured = MeanFigure | ShareIndicatorFigure | RecommendationFigure | DimensionFigure
Path = tuple[str, ...]
"""An indicator's id; of a dimension its profile's and its own."""


def measured(indicators: Mapping[str, Figure]) -> dict[Path, Measured]:
    """Every mean, share, recommendation and dimension, by its place."""
    found: dict[Path, Measured] = {}
    for name, figure in indicators.items():
        if isinstance(figure, ProfileFigure):
            found |= {(name, key): dimension for key, dimension in figure.dimensions.items()}
        elif isinstance(figure, MeanFigure | ShareIndicatorFigure | RecommendationFigure):
            found[name,] = figure
    return found


def replaced(indicators: Mapping[str, Figure], changed: Mapping[Path, Measured]) -> dict[str, Figure]:
    """The same indicators with other figures in some places."""
    return {name: _replaced(name, figure, changed) for name, figure in indicators.items()}


def _replaced(name: str, figure: Figure, changed: Mapping[Path, Measured]) -> Figure:
    if not isinstance(figure, ProfileFigure):
        new = changed.get((name,), figure)
        return figure if isinstance(new, DimensionFigure) else new
    dimensions: dict[str, DimensionFigure] = {}
    for key, dimension in figure.dimensions.items():
        new = changed.get((name, key), dimension)
        dimensions[key] = new if isinstance(new, DimensionFigure) else dimension
    return replace(figure, dimensions=dimensions)


def measure(figure: Measured) -> Average | Proportion | Reason:
    """What the figure says in numbers, or why it says nothing; of one answer only that there are too few."""
    if figure.reason is not None:
        return figure.reason
    if isinstance(figure, MeanFigure | DimensionFigure):
        value = figure.value if isinstance(figure, MeanFigure) else figure.mean
        if value is None or figure.sd is None or figure.n is None:
            return Reason.TOO_FEW_FOR_INTERVAL
        return Average(value, figure.sd, figure.n)
    share = figure.would_recommend if isinstance(figure, RecommendationFigure) else figure
    if share is None or share.count is None or share.n is None:
        return Reason.NO_ANSWERS
    return Proportion(share.count, share.n)


def value_of(figure: Measured) -> tuple[float, int]:
    """The mean or share of a figure that is shown, and its number of answers."""
    if isinstance(figure, DimensionFigure):
        value = figure.mean
    elif isinstance(figure, RecommendationFigure):
        value = figure.would_recommend.share if figure.would_recommend else None
    else:
        value = figure.value
    if value is None or not figure.n:
        raise ValueError("the figure is withheld")
    return value, figure.n


def items_behind(path: Path, questionnaire: Questionnaire) -> tuple[str, ...]:
    """The items that a figure is computed from."""
    indicator = questionnaire.indicator(path[0])
    if isinstance(indicator, Profile):
        return next(dimension.items for dimension in indicator.dimensions if dimension.id == path[1])
    if isinstance(indicator, JointShare):
        return indicator.items
    if isinstance(indicator, Mean | Share | Recommendation):
        return (indicator.item,)
    raise TypeError(f"indicator {indicator.id} is not one number")
