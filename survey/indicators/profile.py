"""The dimensions of impact side by side."""

from survey.counts import Reason, dimension_figure
from survey.definitions.model import Dimension, Profile, Scale
from survey.indicators import statistics, tallies
from survey.indicators.model import DimensionFigure, ProfileFigure
from survey.indicators.reliability import reliability
from survey.indicators.scope import Scope
from survey.indicators.worst_case import worst_case


def profile(indicator: Profile, scope: Scope) -> ProfileFigure:
    """The dimensions side by side; the profile is withheld where every dimension is."""
    scale = scope.questionnaire.item(indicator.dimensions[0].items[0]).scale
    if scale is None:
        raise TypeError(f"profile {indicator.id} is not made of scale items")
    dimensions = {
        dimension.id: _dimension(indicator.id, dimension, scale, scope) for dimension in indicator.dimensions
    }
    reasons = [dimension.reason for dimension in dimensions.values()]
    return ProfileFigure(scale.lowest, scale.highest, dimensions, reason=reasons[0] if all(reasons) else None)


def _dimension(profile_id: str, dimension: Dimension, scale: Scale, scope: Scope) -> DimensionFigure:
    tally = scope.figure(dimension_figure(profile_id, dimension.id))
    reliable = reliability(profile_id, dimension, scope)
    if isinstance(tally, Reason):
        return DimensionFigure(dimension.items, reason=tally, reliability=reliable)
    values, population = tallies.dimension_values(dimension, tally), scope.population(dimension.items)
    interval, why_not = statistics.mean_interval(values, population)
    ends = (scale.lowest, scale.highest)
    return DimensionFigure(
        dimension.items,
        mean=values.mean,
        sd=values.sd,
        n=values.n,
        interval=interval,
        population=population,
        presentation=statistics.presentation(values.n),
        reason=None if values.n else Reason.NO_ANSWERS,
        interval_reason=why_not,
        worst_case=worst_case(values.total, values.n, ends, scope, dimension.items),
        reliability=reliable,
    )
