"""How well the items of a dimension measure one thing: Cronbach's alpha, or Spearman-Brown for two items.

Both are computed from the sums and the sums of products of turned values over the people who answered
every item, whole numbers that add up exactly.
"""

import math
from dataclasses import dataclass

from survey.counts import Reason, products_figure
from survey.definitions.model import Dimension
from survey.indicators.distributions import f_quantile
from survey.indicators.model import Interval, Reliability
from survey.indicators.scope import Scope
from survey.indicators.statistics import FEWEST_FOR_INTERVAL, LEVEL
from survey.release import Tallied


@dataclass(frozen=True)
class Products:
    """The covariances of `items` items over `n` people, times n (n - 1): whole numbers."""

    items: int
    n: int
    covariances: tuple[tuple[int, ...], ...]

    @property
    def variance_of_total(self) -> int:
        """The variance of the sum of all items."""
        return sum(map(sum, self.covariances))

    @property
    def variances(self) -> list[int]:
        """The variance of each item."""
        return [row[position] for position, row in enumerate(self.covariances)]


def products(tally: Tallied, items: int) -> Products:
    """What a tally of sums and products says (see `counts`)."""
    n = tally.get("n", 0)
    sums = [tally.get(str(i), 0) for i in range(items)]

    def covariance(i: int, j: int) -> int:
        return n * tally.get(f"{min(i, j)}*{max(i, j)}", 0) - sums[i] * sums[j]

    return Products(items, n, tuple(tuple(covariance(i, j) for j in range(items)) for i in range(items)))


def cronbach_alpha(of: Products) -> float | None:
    """k / (k - 1) * (1 - sum of variances / variance of the sum); None where nobody differs.

    Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika 16 (1951).
    """
    total = of.variance_of_total
    return of.items / (of.items - 1) * (1 - sum(of.variances) / total) if total else None


def feldt_interval(alpha: float, n: int, items: int) -> Interval | None:
    """1 - (1 - alpha) F at both ends of F with n - 1 and (n - 1)(k - 1) degrees of freedom.

    Feldt, The approximate sampling distribution of Kuder-Richardson reliability coefficient twenty,
    Psychometrika 30 (1965). None where alpha is 1: there is nothing to spread.
    """
    if alpha >= 1:
        return None
    df = n - 1, (n - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * f_quantile(p, *df) for p in (LEVEL, 1 - LEVEL))
    return low, high


def spearman_brown(of: Products) -> float | None:
    """2 r / (1 + r) of two items; None where one of them has no spread or r is -1.

    Spearman, Correlation calculated from faulty data, British Journal of Psychology 3 (1910).
    """
    first, second = of.variances
    shared = of.covariances[0][1]
    if not first * second or (shared < 0 and shared**2 >= first * second):
        return None
    return 2 * shared / (math.sqrt(first) * math.sqrt(second) + shared)


def reliability(profile_id: str, dimension: Dimension, scope: Scope) -> Reliability | None:
    """The reliability of a dimension in the whole wave; None for one item, which has none."""
    items = len(dimension.items)
    if items < 2:
        return None
    kind = "alpha" if items > 2 else "spearman_brown"
    if not scope.is_whole:
        return Reliability(kind, reason=Reason.WHOLE_ONLY)
    # Releases of before reliability was counted lack the products.
    tally = scope.part.figures.get(products_figure(profile_id, dimension.id), Reason.NOT_COUNTED)
    if isinstance(tally, Reason):
        return Reliability(kind, reason=tally)
    return _of(kind, products(tally, items))


def _of(kind: str, of: Products) -> Reliability:
    if of.n < FEWEST_FOR_INTERVAL:
        return Reliability(kind, n=of.n, reason=Reason.TOO_FEW_FOR_INTERVAL if of.n else Reason.NO_ANSWERS)
    value = cronbach_alpha(of) if kind == "alpha" else spearman_brown(of)
    if value is None or value < 0:
        opposed = of.variance_of_total < sum(of.variances)
        return Reliability(kind, n=of.n, reason=Reason.AGAINST_EACH_OTHER if opposed else Reason.NO_SPREAD)
    interval = feldt_interval(value, of.n, of.items) if kind == "alpha" else None
    return Reliability(kind, value, of.n, interval)
