"""One entry for each kind of indicator but the status change: its definition and a part -> its figure."""

from survey.counts import Reason, dimension_figure, item_figure
from survey.definitions.model import Dimension, Item, Mean, Profile, Recommendation, Share, Summary
from survey.indicators import statistics, tallies
from survey.indicators.items import share
from survey.indicators.model import (
    DimensionFigure,
    MeanFigure,
    ProfileFigure,
    RecommendationFigure,
    Score,
    ShareIndicatorFigure,
    SummaryFigure,
)
from survey.indicators.scope import Scope

NPS_CODES = tuple(str(code) for code in range(11))


def mean(indicator: Mean, scope: Scope) -> MeanFigure:
    """The mean of a scale item as it was asked."""
    tally = scope.figure(item_figure(indicator.item))
    if isinstance(tally, Reason):
        return MeanFigure(reason=tally)
    values = tallies.scale_values(tally)
    interval, why_not = statistics.mean_interval(values, scope.population)
    return MeanFigure(
        value=values.mean,
        n=values.n,
        sd=values.sd,
        interval=interval,
        population=scope.population,
        presentation=statistics.presentation(values.n),
        reason=None if values.n else Reason.NO_ANSWERS,
        interval_reason=why_not,
    )


def share_of_values(indicator: Share, scope: Scope) -> ShareIndicatorFigure:
    """The share of chosen values among the valid answers to a scale or choice item."""
    tally = scope.figure(item_figure(indicator.item))
    if isinstance(tally, Reason):
        return ShareIndicatorFigure(reason=tally)
    counts = tallies.code_counts(scope.questionnaire.item(indicator.item), tally)
    n = sum(counts.values())
    figure = share(counts, indicator.values, n, scope.population)
    return ShareIndicatorFigure(
        value=figure.share,
        count=figure.count,
        n=n,
        interval=figure.interval,
        population=scope.population,
        presentation=statistics.presentation(n),
        reason=figure.reason,
        interval_reason=figure.interval_reason,
    )


def recommendation(indicator: Recommendation, scope: Scope) -> RecommendationFigure:
    """Who would recommend, and the score where the definition maps codes to promoters and detractors."""
    asked = scope.questionnaire.item(indicator.item)
    scale = f"{asked.scale.lowest}-{asked.scale.highest}" if asked.scale else "choice"
    name = "NPS" if _is_nps(indicator, asked) else "recommendation_balance"
    tally = scope.figure(item_figure(indicator.item))
    if isinstance(tally, Reason):
        return RecommendationFigure(scale, _mapping(indicator), reason=tally)
    counts = tallies.code_counts(asked, tally)
    n = sum(counts.values())
    return RecommendationFigure(
        scale,
        _mapping(indicator),
        n=n,
        would_recommend=share(counts, indicator.would, n, scope.population),
        score=_score(name, indicator, counts, n),
        population=scope.population,
        presentation=statistics.presentation(n),
        reason=None if n else Reason.NO_ANSWERS,
    )


def _mapping(indicator: Recommendation) -> dict[str, tuple[str, ...]]:
    would = {"would": indicator.would}
    if not indicator.promoters:
        return would
    return would | {
        "promoters": indicator.promoters,
        "passives": indicator.passives,
        "detractors": indicator.detractors,
    }


def _is_nps(indicator: Recommendation, asked: Item) -> bool:
    return (
        asked.scale is not None
        and asked.codes == NPS_CODES
        and set(indicator.promoters) == {"9", "10"}
        and set(indicator.detractors) == set(NPS_CODES[:7])
    )


def _score(name: str, indicator: Recommendation, counts: dict[str, int], n: int) -> Score:
    if not indicator.promoters:
        return Score(name, n, reason=Reason.NOT_DEFINED)
    promoters, passives, detractors = (
        sum(counts[code] for code in codes)
        for codes in (indicator.promoters, indicator.passives, indicator.detractors)
    )
    enough = n >= statistics.FEWEST_FOR_SCORE
    return Score(
        name,
        n,
        value=100 * (promoters - detractors) / n if enough else None,
        interval=statistics.score_interval(promoters, detractors, n) if enough else None,
        promoters=promoters,
        passives=passives,
        detractors=detractors,
        reason=None if enough else Reason.TOO_FEW_FOR_SCORE,
    )


def profile(indicator: Profile, scope: Scope) -> ProfileFigure:
    """The dimensions side by side; the profile is withheld where every dimension is."""
    scale = scope.questionnaire.item(indicator.dimensions[0].items[0]).scale
    if scale is None:
        raise TypeError(f"profile {indicator.id} is not made of scale items")
    dimensions = {
        dimension.id: _dimension(indicator.id, dimension, scope) for dimension in indicator.dimensions
    }
    reasons = [dimension.reason for dimension in dimensions.values()]
    return ProfileFigure(scale.lowest, scale.highest, dimensions, reason=reasons[0] if all(reasons) else None)


def _dimension(profile_id: str, dimension: Dimension, scope: Scope) -> DimensionFigure:
    tally = scope.figure(dimension_figure(profile_id, dimension.id))
    if isinstance(tally, Reason):
        return DimensionFigure(dimension.items, reason=tally)
    values = tallies.dimension_values(dimension, tally)
    interval, why_not = statistics.mean_interval(values, scope.population)
    return DimensionFigure(
        dimension.items,
        mean=values.mean,
        sd=values.sd,
        n=values.n,
        interval=interval,
        population=scope.population,
        presentation=statistics.presentation(values.n),
        reason=None if values.n else Reason.NO_ANSWERS,
        interval_reason=why_not,
    )


def summary(indicator: Summary, scope: Scope) -> SummaryFigure:
    """Mean, median and sum of a number item; its lowest and highest value in named waves only."""
    tally = scope.figure(item_figure(indicator.item))
    if isinstance(tally, Reason):
        return SummaryFigure(reason=tally)
    values = tallies.number_values(scope.questionnaire.item(indicator.item), tally)
    interval, why_not = statistics.mean_interval(values, scope.population)
    lowest, highest = (values.range if scope.is_named else None) or (None, None)
    return SummaryFigure(
        n=values.n,
        mean=values.mean,
        median=values.median,
        sd=values.sd,
        interval=interval,
        min=lowest,
        max=highest,
        sum=values.total,
        population=scope.population,
        presentation=statistics.presentation(values.n),
        reason=None if values.n else Reason.NO_ANSWERS,
        interval_reason=why_not,
        range_reason=None if scope.is_named else Reason.NAMED_ONLY,
    )
