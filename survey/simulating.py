"""Which groups will be large enough to be shown, if a given share of the invited people answers.

Simulated, not estimated: the cells are dealt as opening deals them, everybody answers with the same
chance and by himself, and each simulated wave is divided by `disclosure` itself, pools included. A
group that must keep another one company is thus counted as what it will be. What single figures lose
besides (too few answers to a question, everybody of one opinion) depends on the answers and is not
foreseen; nor is that some groups answer more than others.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey import disclosure
from survey.cells import Values, placed
from survey.counts import NOT_ASSIGNED, Cell, WaveCounts
from survey.definitions.model import Breakdown
from survey.disclosure import PartKey, Solution

DRAWS = 25
"""Waves that are simulated: enough for a range that the real one will rarely leave."""
SEED = 20261126
RATE = 0.3
THRESHOLDS = (3, 5, 10)


@dataclass(frozen=True)
class Outlook:
    """One breakdown: how many groups are invited, and how many of them will be shown by themselves.

    `typical` is the median of the simulated waves, `low` and `high` the fewest and the most; `pooled` are
    the groups that fewer than half of the waves showed, by name.
    """

    breakdown: Breakdown
    groups: int
    low: int
    typical: int
    high: int
    pooled: tuple[str, ...]


@dataclass(frozen=True)
class Forecast:
    """What to expect at a threshold, if the share `rate` (0 to 1) of the invited answers."""

    threshold: int
    rate: float
    outlooks: tuple[Outlook, ...]

    def to_json(self) -> Mapping[str, object]:
        """One entry of `survey wave simulate --json`."""
        return {
            "threshold": self.threshold,
            "rate": self.rate,
            "by": {
                one.breakdown.id: {
                    "groups": one.groups,
                    "reportable": one.typical,
                    "low": one.low,
                    "high": one.high,
                    "pooled": list(one.pooled),
                }
                for one in self.outlooks
            },
        }


def dealt(invited: Counter[Values], threshold: int) -> tuple[Cell, ...]:
    """The cells that opening a wave would deal to invited people, counted by their groups."""
    there: dict[int, Cell] = {}
    placed(invited, there, threshold)
    return tuple(there[number] for number in sorted(there))


def forecast(
    breakdowns: tuple[Breakdown, ...],
    cells: Sequence[Cell],
    invited: Counter[Values],
    threshold: int,
    rate: float,
    shown_by: Collection[str],
) -> Forecast:
    """What to expect of a wave with these cells.

    `breakdowns` are those that invitations tell; `invited` counts people by their groups as invited. The
    outlook is by the breakdowns whose ids are in `shown_by`.
    """
    random = np.random.default_rng(SEED)
    told = {one.id: place for place, one in enumerate(breakdowns) if one.id in shown_by}
    shown: dict[str, list[Counter[str]]] = {breakdown: [] for breakdown in told}
    for _ in range(DRAWS if cells else 0):
        answered = random.binomial([cell.invited for cell in cells], rate)
        completeness = np.zeros((len(cells), 3), dtype=np.int64)
        completeness[:, 0] = answered
        counts = WaveCounts(tuple(cells), completeness, {}, ())
        solution = disclosure.solve(counts, breakdowns, threshold, shown_by=told)
        for breakdown in told:
            shown[breakdown].append(_shown(solution, breakdown))
    outlooks = (
        _outlook(breakdowns[place], _groups(invited, place), shown[breakdown])
        for breakdown, place in told.items()
    )
    return Forecast(threshold, rate, tuple(outlooks))


def _shown(solution: Solution, breakdown: str) -> Counter[str]:
    """The groups of a breakdown that are a part of their own."""
    return Counter(
        key.group or ""
        for key, where in solution.groups.items()
        if key.breakdown == breakdown and isinstance(where, PartKey) and not where.pooled
    )


def _groups(invited: Counter[Values], place: int) -> list[str]:
    return sorted({values[place] for values in invited if values[place] != NOT_ASSIGNED})


def _outlook(breakdown: Breakdown, groups: list[str], shown: list[Counter[str]]) -> Outlook:
    numbers = sorted(len(one) for one in shown) or [0]
    often: Counter[str] = Counter()
    for one in shown:
        often.update(one.keys())
    pooled = tuple(group for group in groups if 2 * often[group] < len(shown))
    return Outlook(breakdown, len(groups), numbers[0], numbers[len(numbers) // 2], numbers[-1], pooled)
