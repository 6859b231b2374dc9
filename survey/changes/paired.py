"""What changed in the same people: two waves of a study -> each question's change, with its interval."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from survey.changes.figures import adjusted_verdicts
from survey.counts import Reason, dimension_figure, item_figure, share_figure
from survey.definitions.model import Item, Questionnaire
from survey.indicators.distributions import binomial_two_sided, normal_two_sided, t_two_sided
from survey.indicators.measures import Path
from survey.indicators.model import Interval
from survey.indicators.statistics import FEWEST_FOR_INTERVAL, Moments, Values, mean_bounds
from survey.study import StudyRelease
from survey.study.model import FELL, GAINED, KEPT, LOST, ROSE, SAME, SQUARES, SUM, UNIT, N


@dataclass(frozen=True)
class Wilcoxon:
    """The signed-rank test: the people who changed, those who did not (`zeros`, dropped), and p."""

    changed: int
    zeros: int
    rank_sum: float
    p: float


@dataclass(frozen=True)
class PairedChange:
    """A question on a scale, a dimension or a number, answered by the same `n` people in both waves.

    `difference` (later less earlier, in points or the number's unit), `interval` (95 %) and `p` are those of
    the paired t test; `p_holm` is adjusted over all questions, or all dimensions and shares, and `verdict`
    "higher", "lower" or "too_close" goes by it. `improved` moved towards the favourable end: of a reversed
    question that is its lower one, and of a number, which has none, `improved` rose and `worsened` fell.
    `wilcoxon` there is of questions on a scale. `reason` says why there is nothing, or no test.
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
class Ticked:
    """One option of several choices, among `n` people who ticked any in both waves; or a share over several
    questions, among those who answered all of them in both.

    `kept` ticked it both times, `gained` the later time only, `lost` the earlier time only. `p` is that of
    the exact test of McNemar; `p_holm` and `verdict` as in a PairedChange.
    """

    n: int | None = None
    kept: int | None = None
    gained: int | None = None
    lost: int | None = None
    p: float | None = None
    p_holm: float | None = None
    verdict: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class PairedChanges:
    """Two waves of a study in the people who answered both.

    `items` are questions on a scale, `moves` those of one choice, `numbers` those of a number, `options` by
    item those of several choices; `dimensions` by profile and dimension, `shares` over several questions by
    indicator.
    """

    release: StudyRelease
    questionnaire: Questionnaire
    items: Mapping[str, PairedChange]
    moves: Mapping[str, Moves]
    dimensions: Mapping[Path, PairedChange] = field(default_factory=dict)
    shares: Mapping[str, Ticked] = field(default_factory=dict)
    numbers: Mapping[str, PairedChange] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Ticked]] = field(default_factory=dict)


def paired_changes(release: StudyRelease, questionnaire: Questionnaire) -> PairedChanges:
    """Everything that a study release tells; `questionnaire` is that of the later wave."""
    known = {item.id: item for item in questionnaire.items}
    scales = {name: pairs for name, pairs in release.items.items() if known[name].scale}
    items = {name: _change(pairs.differences, known[name]) for name, pairs in scales.items()}
    numbers = {
        item.id: _measured(release.measures[item_figure(item.id)])
        for item in questionnaire.items
        if item_figure(item.id) in release.measures
    }
    options = {
        item: {one: _ticked(said) for one, said in told.items()} for item, told in release.options.items()
    }
    dimensions = {
        (profile.id, dimension.id): _measured(release.measures[dimension_figure(profile.id, dimension.id)])
        for profile, dimension in questionnaire.dimensions()
        if dimension_figure(profile.id, dimension.id) in release.measures
    }
    shares = {
        share.id: _ticked(release.measures[share_figure(share.id)])
        for share in questionnaire.joint_shares()
        if share_figure(share.id) in release.measures
    }
    verdicts = _verdicts(items, numbers, options)
    figures: dict[Path, tuple[float | None, float | None]] = {
        path: (one.p, one.difference) for path, one in dimensions.items()
    }
    of_figures = adjusted_verdicts(figures | {(name,): (one.p, _net(one)) for name, one in shares.items()})
    return PairedChanges(
        release,
        questionnaire,
        {name: _judged(one, verdicts[name, ""]) for name, one in items.items()},
        {name: _moves(pairs.table) for name, pairs in release.items.items() if name not in scales},
        {path: _judged(one, of_figures[path]) for path, one in dimensions.items()},
        {name: _judged(one, of_figures[name,]) for name, one in shares.items()},
        {name: _judged(one, verdicts[name, ""]) for name, one in numbers.items()},
        {
            name: {option: _judged(one, verdicts[name, option]) for option, one in told.items()}
            for name, told in options.items()
        },
    )


Verdict = tuple[float | None, str | None]
One = TypeVar("One", PairedChange, Ticked)


def _judged(one: One, verdict: Verdict) -> One:
    return replace(one, p_holm=verdict[0], verdict=verdict[1])


def _verdicts(
    items: Mapping[str, PairedChange],
    numbers: Mapping[str, PairedChange],
    options: Mapping[str, Mapping[str, Ticked]],
) -> dict[tuple[str, str], Verdict]:
    """By item and option ("" of the others): p adjusted over all questions, and the verdict."""
    found = {(name, ""): (one.p, one.difference) for name, one in (*items.items(), *numbers.items())}
    for name, told in options.items():
        found |= {(name, option): (one.p, _net(one)) for option, one in told.items()}
    return adjusted_verdicts(found)


def _net(one: Ticked) -> float | None:
    return None if one.gained is None or one.lost is None else float(one.gained - one.lost)


def _ticked(said: Mapping[str, int] | Reason) -> Ticked:
    """McNemar, Note on the sampling error of the difference between correlated proportions, Psychometrika 12
    (1947), exact: of those who changed, how many each way, against one half.
    """
    if isinstance(said, Reason):
        return Ticked(reason=said)
    n, gained, lost = sum(said.values()), said[GAINED], said[LOST]
    enough = n >= FEWEST_FOR_INTERVAL
    return Ticked(
        n=n,
        kept=said[KEPT],
        gained=gained,
        lost=lost,
        p=binomial_two_sided(gained, gained + lost) if enough and gained + lost else None,
        reason=None if enough else Reason.TOO_FEW_FOR_INTERVAL,
    )


def _measured(said: Mapping[str, int] | Reason) -> PairedChange:
    """A change of which sums are known: mean, interval and p, and how many went which way."""
    if isinstance(said, Reason):
        return PairedChange(reason=said)
    moments = Moments(said[N], said[SUM], said[SQUARES], said[UNIT])
    return _tested(moments, improved=said[ROSE], same=said[SAME], worsened=said[FELL])


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
    change = _tested(values, improved, steps.get(0, 0), worsened)
    return replace(change, wilcoxon=signed_rank(steps))


def _tested(values: Moments, improved: int, same: int, worsened: int) -> PairedChange:
    interval, reason = mean_bounds(values.mean or 0.0, values.sd, values.n)
    return PairedChange(
        n=values.n,
        difference=values.mean,
        interval=interval,
        p=_p(values) if interval else None,
        improved=improved,
        same=same,
        worsened=worsened,
        reason=reason,
    )


def _p(values: Moments) -> float | None:
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
