"""Numbers such as employees, summed up."""

from survey.counts import HOW_MANY, Reason, item_figure
from survey.definitions.model import Summary
from survey.indicators import histograms, statistics, tallies
from survey.indicators.histograms import Histogram
from survey.indicators.model import SummaryFigure
from survey.indicators.scope import Scope
from survey.indicators.statistics import Values
from survey.release import Tallied


def summary(indicator: Summary, scope: Scope) -> SummaryFigure:
    """Mean, median, sum and histogram of a number item; its lowest and highest value in named waves only."""
    tally, item = scope.figure(item_figure(indicator.item)), scope.questionnaire.item(indicator.item)
    if isinstance(tally, Reason):
        return SummaryFigure(reason=tally)
    values, population = tallies.number_values(item, tally), scope.population([item.id])
    interval, why_not = statistics.mean_interval(values, population)
    lowest, highest = (values.range if scope.is_named else None) or (None, None)
    histogram, no_histogram = _histogram(indicator, scope, tally) if values.n else (None, None)
    return SummaryFigure(
        n=values.n,
        mean=values.mean,
        median=values.median,
        sd=values.sd,
        interval=interval,
        min=lowest,
        max=highest,
        sum=values.total,
        population=population,
        presentation=statistics.presentation(values.n),
        reason=None if values.n else Reason.NO_ANSWERS,
        interval_reason=why_not,
        range_reason=None if scope.is_named else Reason.NAMED_ONLY,
        histogram=histogram,
        histogram_reason=no_histogram,
        median_reason=Reason.NOT_ADDITIVE if HOW_MANY in tally else None,
    )


def _histogram(indicator: Summary, scope: Scope, tally: Tallied) -> Histogram:
    """Declared bands in every wave. Without them the values themselves would show, as in named waves."""
    item = scope.questionnaire.item(indicator.item)
    if indicator.bands:
        bands, why_not = histograms.declared(item, indicator.bands, tally)
        return (bands if scope.is_named or not bands else histograms.bounded(bands, scope.threshold)), why_not
    values = tallies.number_values(item, tally)
    if scope.is_named and isinstance(values, Values):
        return histograms.automatic(values), None
    return None, Reason.NOT_DEFINED
