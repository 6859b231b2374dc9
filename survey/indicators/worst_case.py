"""The worst case: what a figure would be if everybody silent had given the lowest, or the highest, answer."""

from collections.abc import Iterable

from survey.indicators.model import WorstCase
from survey.indicators.scope import Scope


def worst_case(
    total: float, n: int, ends: tuple[float, float], scope: Scope, items: Iterable[str]
) -> WorstCase:
    """The ends of a mean of `n` answers that sum to `total`, over the whole population of some items.

    (total + silent * end) / N, with N the population and silent = N - n: the bounds of Manski, Partial
    Identification of Probability Distributions (2003), chapter 1. A share is a mean of zeros and ones. A
    reason stands in their place where N is not known.
    """
    asked = list(items)
    population = scope.population(asked)
    if population is None:
        return WorstCase(reason=scope.why_no_population(asked))
    silent = max(0, population - n)
    low, high = ((total + silent * end) / (n + silent) for end in ends) if n + silent else (None, None)
    return WorstCase(low, high)
