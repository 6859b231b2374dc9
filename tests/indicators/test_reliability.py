"""Cronbach's alpha, Feldt's interval and Spearman-Brown, against numpy, scipy and simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from survey.counts import Reason
from survey.indicators.reliability import cronbach_alpha, feldt_interval, products, spearman_brown
from survey.indicators.results import results
from survey.release import Divided
from tests.indicators.samples import part, questionnaire, release, results_of


def tallied(rows):
    matrix = np.asarray(rows)
    n, items = matrix.shape
    tally = {"n": n} | {str(i): int(matrix[:, i].sum()) for i in range(items)}
    tally |= {f"{i}*{j}": int(matrix[:, i] @ matrix[:, j]) for i in range(items) for j in range(i, items)}
    return products(tally, items)


def rows_of(items):
    return st.lists(st.lists(st.integers(1, 5), min_size=items, max_size=items), min_size=2, max_size=60)


@given(st.integers(3, 6).flatmap(rows_of))
def test_alpha_is_that_of_the_covariance_matrix(rows):
    covariances = np.cov(np.asarray(rows).T)
    alpha = cronbach_alpha(tallied(rows))
    if alpha is None:
        assert covariances.sum() == pytest.approx(0, abs=1e-12)
        return
    k = len(covariances)
    assert alpha == pytest.approx(k / (k - 1) * (1 - covariances.trace() / covariances.sum()), rel=1e-9)


@given(rows_of(2))
def test_spearman_brown_is_that_of_the_correlation(rows):
    matrix = np.asarray(rows)
    found = spearman_brown(tallied(rows))
    if min(len(set(matrix[:, i])) for i in (0, 1)) == 1:
        assert found is None
        return
    r = np.corrcoef(matrix.T)[0, 1]
    if found is None:
        assert r == pytest.approx(-1)
        return
    assert found == pytest.approx(2 * r / (1 + r), rel=1e-6, abs=1e-9)


@given(st.floats(0, 0.999), st.integers(10, 5000), st.integers(3, 10))
def test_feldt_is_that_of_the_f_distribution(alpha, n, items):
    df = n - 1, (n - 1) * (items - 1)
    expected = [1 - (1 - alpha) * stats.f.ppf(p, *df) for p in (0.975, 0.025)]
    assert feldt_interval(alpha, n, items) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_feldt_covers_what_it_says():
    """Parallel items with a true reliability of 0.8: 95 % of the intervals hold it."""
    rng = np.random.default_rng(2019)
    inside, rounds, items = 0, 1500, 4
    for _ in range(rounds):
        true = rng.normal(size=(60, 1))
        covariances = np.cov((true + rng.normal(size=(60, items))).T)
        alpha = items / (items - 1) * (1 - covariances.trace() / covariances.sum())
        low, high = feldt_interval(alpha, 60, items)
        inside += low <= 0.8 <= high
    assert inside / rounds == pytest.approx(0.95, abs=0.015)


def dimension(rows, name="time", **about):
    return results_of(rows, **about).whole.indicators["impact"].dimensions[name].reliability


AGREEING = [{f"time_{i}": str(v) for i in (1, 2, 3)} for v in (1, 2, 3, 4, 5)] * 4
MIXED = [*AGREEING, *[{"time_1": "1", "time_2": "4", "time_3": "5"}] * 10]


def test_only_people_who_answered_every_item_count():
    halves = [{"time_1": "1", "time_2": "5"}] * 30
    assert dimension([*MIXED, *halves]) == dimension(MIXED)
    assert (dimension(MIXED).n, dimension(MIXED).kind) == (30, "alpha")


def test_reversed_items_are_turned_before():
    rows = [{"calm": str(v), "stress": str(6 - v)} for v in (1, 2, 3, 4, 5)] * 4
    found = dimension(rows, "wellbeing")
    assert (found.kind, found.value, found.interval) == ("spearman_brown", pytest.approx(1.0), None)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], Reason.NO_ANSWERS),
        (AGREEING[:9], Reason.TOO_FEW_FOR_INTERVAL),
        ([{"time_1": "3", "time_2": "3", "time_3": "3"}] * 20, Reason.NO_SPREAD),
        (
            [{"time_1": "1", "time_2": "5", "time_3": "3"}, {"time_1": "5", "time_2": "1", "time_3": "2"}]
            * 9,
            Reason.AGAINST_EACH_OTHER,
        ),
    ],
)
def test_no_reliability_and_why(rows, reason):
    found = dimension(rows)
    assert (found.value, found.interval, found.reason) == (None, None, reason)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"calm": "3", "stress": "2"}, {"calm": "3", "stress": "4"}] * 9, Reason.NO_SPREAD),
        ([{"calm": "1", "stress": "1"}, {"calm": "5", "stress": "5"}] * 9, Reason.AGAINST_EACH_OTHER),
    ],
)
def test_no_reliability_of_two_items_and_why(rows, reason):
    found = dimension(rows, "wellbeing")
    assert (found.value, found.reason) == (None, reason)


def test_perfect_agreement_has_no_interval():
    found = dimension(AGREEING)
    assert (found.value, found.interval, found.reason) == (pytest.approx(1.0), None, None)


def test_reliability_is_told_of_the_whole_wave_only():
    of = questionnaire()
    one = part(of, MIXED)
    found = results(release(one, by={"alliance": Divided({"A": one}, ())}), of)
    group = found.by["alliance"].groups["A"].indicators["impact"].dimensions["time"].reliability
    assert (group.kind, group.value, group.reason) == ("alpha", None, Reason.WHOLE_ONLY)


def test_a_release_of_before_it_was_counted_says_so():
    of, whole = questionnaire(), part(questionnaire(), MIXED)
    for name in [name for name in whole.figures if name.startswith("alpha/")]:
        del whole.figures[name]
    found = results(release(whole), of).whole.indicators["impact"].dimensions["time"].reliability
    assert found.reason is Reason.NOT_COUNTED
