"""The formulas against scipy, statsmodels and numpy, and against simulated samples."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from survey.counts import Reason
from survey.indicators import statistics
from survey.indicators.statistics import Values

RATINGS = st.lists(st.integers(1, 5), min_size=2, max_size=400)


def values(raw, unit=1):
    return Values(Counter(raw), unit)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=50), st.sampled_from([1, 10, 1000]))
def test_moments_are_those_of_the_raw_rows(raw, unit):
    rows, tally = np.array(raw) / unit, values(raw, unit)
    assert tally.n == len(rows)
    assert tally.mean == pytest.approx(rows.mean(), rel=1e-12, abs=1e-9)
    assert tally.sd == pytest.approx(rows.std(ddof=1), rel=1e-9, abs=1e-9)
    assert tally.median == pytest.approx(np.median(rows), rel=1e-12)
    assert tally.range == (rows.min(), rows.max())


def test_spread_beside_huge_numbers_is_not_lost():
    assert values([10**15, 10**15 + 1, 10**15 + 2]).sd == 1.0


@pytest.mark.parametrize("attribute", ["mean", "sd", "median", "range"])
def test_nothing_has_no_moments(attribute):
    assert getattr(Values({1: 0, 2: 0}), attribute) is None


@given(RATINGS, RATINGS)
def test_tallies_add_up_to_those_of_all_rows(first, second):
    together = Values(Counter(first) + Counter(second))
    assert (together.mean, together.sd) == (values(first + second).mean, values(first + second).sd)


@given(st.lists(st.integers(1, 5), min_size=10, max_size=400).filter(lambda raw: len(set(raw)) > 1))
def test_mean_interval_of_an_unknown_population_is_that_of_scipy(raw):
    expected = stats.t.interval(0.95, len(raw) - 1, np.mean(raw), stats.sem(raw))
    assert statistics.mean_interval(values(raw), None)[0] == pytest.approx(expected, rel=1e-11)


def test_mean_interval_shrinks_with_the_part_of_the_population_that_answered():
    raw = [1, 2, 3, 4, 5] * 64
    (low, high), _ = statistics.mean_interval(values(raw), None)
    (near, far), _ = statistics.mean_interval(values(raw), 1000)
    assert (far - near) / (high - low) == pytest.approx(math.sqrt(1 - 320 / 1000))


@pytest.mark.parametrize(
    ("raw", "population", "reason"),
    [
        ([], 50, Reason.NO_ANSWERS),
        ([4], None, Reason.TOO_FEW_FOR_INTERVAL),
        ([1, 2, 3, 4, 5, 1, 2, 3, 4], 50, Reason.TOO_FEW_FOR_INTERVAL),
        ([5] * 40, 50, Reason.NO_SPREAD),
        ([1, 5] * 20, 40, Reason.EVERYONE_ANSWERED),
        ([3], 1, Reason.EVERYONE_ANSWERED),
    ],
)
def test_no_mean_interval_and_why(raw, population, reason):
    assert statistics.mean_interval(values(raw), population) == (None, reason)


@given(st.integers(1, 5000), st.data())
def test_share_interval_of_an_unknown_population_is_that_of_statsmodels(n, data):
    count = data.draw(st.integers(0, n))
    expected = proportion_confint(count, n, method="wilson")
    assert statistics.share_interval(count, n, None)[0] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_share_interval_with_a_population_is_that_of_more_answers(n, silent, data):
    count, population = data.draw(st.integers(0, n)), n + silent
    size = n * (population - 1) / (population - n)
    expected = proportion_confint(count / n * size, size, method="wilson")
    found, _ = statistics.share_interval(count, n, population)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert 0 <= found[0] <= count / n <= found[1] <= 1


def test_no_share_interval_and_why():
    assert statistics.share_interval(0, 0, 10) == (None, Reason.NO_ANSWERS)
    assert statistics.share_interval(7, 17, 17) == (None, Reason.EVERYONE_ANSWERED)


def test_score_interval_stands_around_its_own_centre():
    low, high = statistics.score_interval(40, 10, 60)
    p, d = 40.75 / 63, 10.75 / 63
    assert (low + high) / 2 == pytest.approx(100 * (p - d))
    assert (high - low) / 2 == pytest.approx(196 * math.sqrt((p + d - (p - d) ** 2) / 63), rel=1e-4)
    assert (low + high) / 2 < 100 * (40 - 10) / 60


def test_score_interval_stays_inside_its_range():
    assert statistics.score_interval(30, 0, 30)[1] == 100
    assert statistics.score_interval(0, 30, 30)[0] == -100


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_net_interval_has_the_variance_of_a_sum_of_draws(gained, lost, stayed):
    draws = np.array([1] * gained + [-1] * lost + [0] * stayed)
    found = statistics.net_interval(gained, lost, len(draws))
    if not len(draws) or draws.var() < 1e-12:
        assert found is None
    else:
        half = 1.959963984540054 * math.sqrt(len(draws) * draws.var())
        assert found == pytest.approx((gained - lost - half, gained - lost + half))


@pytest.mark.parametrize(
    ("n", "worded"),
    [(0, "counts"), (9, "counts"), (10, "counts_interval"), (29, "counts_interval"), (30, "caution"),
     (59, "caution"), (60, "full"), (4000, "full")],
)  # fmt: skip
def test_presentation(n, worded):
    assert statistics.presentation(n) == worded


def test_at_a_sample_of_a_third_only_the_corrected_interval_covers_as_promised():
    chance = np.random.default_rng(20261120)
    people = chance.choice([1, 2, 3, 4, 5], 1000, p=[0.05, 0.1, 0.2, 0.3, 0.35])
    covered = np.zeros(3)
    for _ in range(2000):
        sample = chance.choice(people, 320, replace=False)
        tally, happy = values(sample.tolist()), int((sample > 3).sum())
        for which, (interval, true) in enumerate(
            [
                (statistics.mean_interval(tally, 1000)[0], people.mean()),
                (statistics.share_interval(happy, 320, 1000)[0], (people > 3).mean()),
                (statistics.mean_interval(tally, None)[0], people.mean()),
            ]
        ):
            covered[which] += interval[0] <= true <= interval[1]
    assert np.all(np.abs(covered[:2] / 2000 - 0.95) < 0.015)
    assert covered[2] / 2000 > 0.975
