"""Formulas that set two independent groups of answers side by side, and many such comparisons.

No finite population correction: whether chance may have made a difference is a question about more people
than these.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from survey.indicators.distributions import normal_two_sided, t_quantile, t_two_sided
from survey.indicators.model import Interval
from survey.indicators.statistics import LEVEL, share_interval


@dataclass(frozen=True)
class Average:
    """A mean with its sample standard deviation and number of answers, at least two."""

    mean: float
    sd: float
    n: int


@dataclass(frozen=True)
class Proportion:
    """`count` of `n` answers."""

    count: int
    n: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.count / self.n


@dataclass(frozen=True)
class Contrast:
    """The first less the second, its 95 % interval, and the two-sided p of no difference."""

    difference: float
    interval: Interval
    p: float


def welch(one: Average, other: Average) -> Contrast | None:
    """Two means whose spreads may differ; None where neither has any spread.

    t = (m1 - m2) / sqrt(s1²/n1 + s2²/n2) with the degrees of freedom of Welch, The generalization of
    "Student's" problem, Biometrika 34 (1947), which need not be whole.
    """
    first, second = one.sd**2 / one.n, other.sd**2 / other.n
    error2 = first + second
    if not error2:
        return None
    df = error2**2 / (first**2 / (one.n - 1) + second**2 / (other.n - 1))
    difference, error = one.mean - other.mean, math.sqrt(error2)
    half = t_quantile(LEVEL, df) * error
    return Contrast(difference, (difference - half, difference + half), t_two_sided(difference / error, df))


def newcombe(one: Proportion, other: Proportion) -> Contrast | None:
    """Two shares; None where both are 0 or both are 1.

    The interval is method 10 of Newcombe, Interval estimation for the difference between independent
    proportions, Statistics in Medicine 17 (1998), from the Wilson intervals of both; p is that of the score
    test, z with the pooled share.
    """
    pooled = (one.count + other.count) / (one.n + other.n)
    low1, high1 = _wilson(one)
    low2, high2 = _wilson(other)
    spread = pooled * (1 - pooled) * (1 / one.n + 1 / other.n)
    if not spread:
        return None
    difference = one.share - other.share
    below = math.hypot(one.share - low1, high2 - other.share)
    above = math.hypot(high1 - one.share, other.share - low2)
    p = normal_two_sided(difference / math.sqrt(spread))
    return Contrast(difference, (difference - below, difference + above), p)


def _wilson(of: Proportion) -> Interval:
    interval, _ = share_interval(of.count, of.n, None)
    if interval is None:
        raise ValueError("a share of no answers has no interval")
    return interval


def holm(ps: Sequence[float]) -> list[float]:
    """Each p adjusted for being one of several, in the order given.

    Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6
    (1979): the smallest times m, the next times m - 1, and so on, never falling and at most 1.
    """
    adjusted, reached = [0.0] * len(ps), 0.0
    for rank, position in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        reached = max(reached, min(1.0, (len(ps) - rank) * ps[position]))
        adjusted[position] = reached
    return adjusted
