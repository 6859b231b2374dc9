"""Formulas on tallies of exact numbers; nothing here knows of items, waves or releases.

Tallies hold integers, so means, variances and medians are computed exactly and rounded once, to the
nearest float. Intervals are two-sided 95 %. A function that cannot give an interval gives the
Reason in its place, never NaN.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist

from survey.counts import Reason
from survey.indicators.distributions import t_quantile
from survey.indicators.model import Interval

LEVEL = 0.975
"""The quantile that leaves 2.5 % above it."""

Z = NormalDist().inv_cdf(LEVEL)

FEWEST_FOR_INTERVAL = 10
FEWEST_FOR_SCORE = 30

Bounds = tuple[Interval | None, Reason | None]
"""An interval and no reason, or no interval and the reason."""


@dataclass(frozen=True)
class Moments:
    """How many numbers there are, their sum and the sum of their squares, in units of 1 / `unit`.

    What a median or a range would need is not known.
    """

    n: int
    sum_of_units: int
    squares: int
    unit: int = 1

    @property
    def total(self) -> float:
        """The sum."""
        return self.sum_of_units / self.unit

    @property
    def mean(self) -> float | None:
        """The arithmetic mean; None of nothing."""
        return self.sum_of_units / (self.unit * self.n) if self.n else None

    @cached_property
    def variance(self) -> float | None:
        """The sample variance, divisor n - 1; None of fewer than two numbers."""
        if self.n < 2:
            return None
        return (self.n * self.squares - self.sum_of_units**2) / (self.n * (self.n - 1) * self.unit**2)

    @property
    def sd(self) -> float | None:
        """The sample standard deviation, divisor n - 1; None of fewer than two numbers."""
        return None if self.variance is None else math.sqrt(self.variance)

    @property
    def median(self) -> float | None:
        """The middle number, or half-way between the middle two; None where it is not known."""
        return None

    @property
    def range(self) -> Interval | None:
        """The lowest and the highest number that occur; None where they are not known."""
        return None


class Values(Moments):
    """A tally of numbers: `counts[v]` of them are v / `unit`. Two with one unit add up exactly."""

    def __init__(self, counts: Mapping[int, int], unit: int = 1) -> None:
        totals = (
            sum(counts.values()),
            sum(value * n for value, n in counts.items()),
            sum(value * value * n for value, n in counts.items()),
        )
        super().__init__(*totals, unit)
        object.__setattr__(self, "counts", counts)

    counts: Mapping[int, int]

    @property
    def median(self) -> float | None:
        """The middle number, or half-way between the middle two; None of nothing."""
        if not self.n:
            return None
        return (self._at((self.n - 1) // 2) + self._at(self.n // 2)) / (2 * self.unit)

    def _at(self, rank: int) -> int:
        for value in sorted(self.counts):
            rank -= self.counts[value]
            if rank < 0:
                return value
        raise IndexError(rank)

    @property
    def range(self) -> Interval | None:
        """The lowest and the highest number that occur; None of nothing."""
        present = [value for value, n in self.counts.items() if n]
        return (min(present) / self.unit, max(present) / self.unit) if present else None


def presentation(n: int) -> str:
    """How a figure of `n` valid answers may be worded.

    `counts` below 10, `counts_interval` below 30, `caution` below 60, else `full`.
    """
    steps = ((10, "counts"), (30, "counts_interval"), (60, "caution"))
    return next((name for below, name in steps if n < below), "full")


def mean_interval(values: Moments, population: int | None) -> Bounds:
    """The t interval of a mean: mean +- t(.975, n - 1) s / sqrt(n) * sqrt(1 - n / N).

    `population` is N, the people the mean speaks of; None: unknown, and the last factor (the finite
    population correction; Cochran, Sampling Techniques, 1977, section 2.6) is left out.
    """
    n, mean, sd = values.n, values.mean, values.sd
    if mean is None:
        return None, Reason.NO_ANSWERS
    if population is not None and n >= population:
        return None, Reason.EVERYONE_ANSWERED
    return mean_bounds(mean, sd, n, population)


def mean_bounds(mean: float, sd: float | None, n: int, population: int | None = None) -> Bounds:
    """`mean_interval` of a mean, its sample standard deviation and its number of answers below N."""
    if n < FEWEST_FOR_INTERVAL or sd is None:
        return None, Reason.TOO_FEW_FOR_INTERVAL
    if not sd:
        return None, Reason.NO_SPREAD
    unseen = 1.0 if population is None else 1 - n / population
    half = t_quantile(LEVEL, n - 1) * sd * math.sqrt(unseen / n)
    return (mean - half, mean + half), None


def share_interval(count: int, n: int, population: int | None) -> Bounds:
    """Wilson's score interval (JASA 22, 1927) of `count` among `n`, 0 to 1.

    With a population of N the interval is that of n* = n (N - 1) / (N - n) answers with the same
    share, whose variance is that of n drawn from N without return.
    """
    if not n:
        return None, Reason.NO_ANSWERS
    if population is not None and n >= population:
        return None, Reason.EVERYONE_ANSWERED
    share = count / n
    size = n if population is None else n * (population - 1) / (population - n)
    shrink = 1 + Z**2 / size
    centre = (share + Z**2 / (2 * size)) / shrink
    half = Z / shrink * math.sqrt(share * (1 - share) / size + (Z / (2 * size)) ** 2)
    lowest = centre - half if count else 0.0
    highest = centre + half if count < n else 1.0
    return (lowest, highest), None


def score_interval(promoters: int, detractors: int, n: int) -> Interval:
    """The adjusted Wald interval of 100 (p - d), inside -100 to 100.

    Three answers are added, 3/4 of one to the promoters and 3/4 to the detractors: p' =
    (promoters + 3/4) / (n + 3), d' likewise. The interval stands around its own centre
    100 (p' - d'), with variance [p' + d' - (p' - d')^2] / (n + 3). Rocks, Interval estimation for the
    Net Promoter Score, The American Statistician 70 (2016). No finite population correction.
    """
    size = n + 3
    p, d = (promoters + 0.75) / size, (detractors + 0.75) / size
    half = Z * math.sqrt((p + d - (p - d) ** 2) / size)
    return 100 * max(p - d - half, -1.0), 100 * min(p - d + half, 1.0)


def net_interval(gained: int, lost: int, n: int) -> Interval | None:
    """The interval of a status's net change `gained - lost` among `n` pairs, in people.

    Normal, with var = gained + lost - (gained - lost)^2 / n: the variance of a sum of n draws of
    +1, -1 and 0 (multinomial). None where that is zero: nobody moved, or everybody did alike.
    No finite population correction.
    """
    net = gained - lost
    if not n * (gained + lost) - net * net:
        return None
    half = Z * math.sqrt(gained + lost - net * net / n)
    return net - half, net + half
