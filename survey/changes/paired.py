"""What changed in the same people: two waves of a study -> each question's change, with its interval."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from survey.changes.figures import adjusted_verdicts
from survey.counts import Reason
from survey.definitions.model import Item, Questionnaire
from survey.indicators.distributions import normal_two_sided, t_two_sided
from survey.indicators.model import Interval
from survey.indicators.statistics import FEWEST_FOR_INTERVAL, Values, mean_bounds
from survey.study import StudyRelease


@dataclass(frozen=True)
class Wilcoxon:
    """The signed-rank test: the people who changed, those who did not (`zeros`, dropped), and p."""

    changed: int
    zeros: int
    rank_sum: float
    p: float


@dataclass(frozen=True)
class PairedChange:
    """One question on a scale, answered by the same `n` people in both waves.

    `difference` (later less earlier, in points), `interval` (95 %) and `p` are those of the paired t test;
    `p_holm` is adjusted over all questions, and `verdict` "higher", "lower" or "too_close" goes by it.
    `improved` moved towards the favourable end: of a reversed question that is its lower one. `reason`
    says why there is nothing, or no test.
    """

    n: int | None = None
    difference: float | None = None
    interval: Interval | None = None
    p: float | None = None
    p_holm: float | None = None
    verdict: str | None = None
    improved: int | None = None
    same: int | None = None
    worsened: int | None = None
    wilcoxon: Wilcoxon | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Moves:
    """One question of choices: the pairs "EARLIER>LATER" -> people, or why they are not shown."""

    n: int | None = None
    stayed: int | None = None
    table: Mapping[str, int] | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class PairedChanges:
    """Two waves of a study in the people who answered both: questions on a scale, and those of choices."""

    release: StudyRelease
    questionnaire: Questionnaire
    items: Mapping[str, PairedChange]
    moves: Mapping[str, Moves]


def paired_changes(release: StudyRelease, questionnaire: Questionnaire) -> PairedChanges:
    """Everything that a study release tells; `questionnaire` is that of the later wave."""
    known = {item.id: item for item in questionnaire.items}
    scales = {name: pairs for name, pairs in release.items.items() if known[name].scale}
    found = {name: _change(pairs.differences, known[name]) for name, pairs in scales.items()}
    verdicts = adjusted_verdicts({name: (one.p, one.difference) for name, one in found.items()})
    return PairedChanges(
        release,
        questionnaire,
        {
            name: replace(one, p_holm=verdicts[name][0], verdict=verdicts[name][1])
            for name, one in found.items()
        },
        {name: _moves(pairs.table) for name, pairs in release.items.items() if name not in scales},
    )


def _moves(table: Mapping[str, int] | Reason) -> Moves:
    if isinstance(table, Reason):
        return Moves(reason=table)
    stayed = sum(n for pair, n in table.items() if len(set(pair.split(">"))) == 1)
    return Moves(sum(table.values()), stayed, table)


def _change(tally: Mapping[str, int] | Reason, item: Item) -> PairedChange:
    if isinstance(tally, Reason):
        return PairedChange(reason=tally)
    steps = {int(step): n for step, n in tally.items()}
    values = Values(steps)
    up = sum(n for step, n in steps.items() if step > 0)
    down = sum(n for step, n in steps.items() if step < 0)
    improved, worsened = (down, up) if item.reversed else (up, down)
    interval, reason = mean_bounds(values.mean or 0.0, values.sd, values.n)
    return PairedChange(
        n=values.n,
        difference=values.mean,
        interval=interval,
        p=_p(values) if interval else None,
        improved=improved,
        same=steps.get(0, 0),
        worsened=worsened,
        wilcoxon=signed_rank(steps),
        reason=reason,
    )


def _p(values: Values) -> float | None:
    """The two-sided p of no difference: t = mean / (s / sqrt(n)), n - 1 degrees of freedom."""
    if not values.sd or values.mean is None:
        return None
    return t_two_sided(values.mean / (values.sd / math.sqrt(values.n)), values.n - 1)


def signed_rank(steps: Mapping[int, int]) -> Wilcoxon | None:
    """Wilcoxon's signed-rank test of differences (difference -> people), zeros dropped; None for few.

    Normal, with the variance less (t³ - t) / 48 for each group of t tied sizes: Wilcoxon, Individual
    comparisons by ranking methods, Biometrics Bulletin 1 (1945); Pratt and Gibbons, Concepts of
    Nonparametric Theory (1981), chapter 3. No continuity correction.
    """
    sizes = sorted({abs(step) for step in steps if step})
    n = sum(people for step, people in steps.items() if step)
    if n < FEWEST_FOR_INTERVAL:
        return None
    positive, below, ties = 0.0, 0, 0
    for size in sizes:
        tied = steps.get(size, 0) + steps.get(-size, 0)
        positive += steps.get(size, 0) * (below + (tied + 1) / 2)
        below += tied
        ties += tied**3 - tied
    spread = math.sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48)
    z = (positive - n * (n + 1) / 4) / spread
    return Wilcoxon(n, steps.get(0, 0), positive, normal_two_sided(z))
