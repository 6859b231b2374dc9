"""Probabilities and quantiles against scipy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from survey.indicators.distributions import (
    beta_ratio,
    binomial_two_sided,
    chi2_above,
    f_quantile,
    normal_two_sided,
    t_quantile,
    t_two_sided,
)

SHAPES = st.floats(0.5, 2000)


@given(st.floats(0, 1), SHAPES, SHAPES)
def test_the_incomplete_beta_function(x, a, b):
    assert beta_ratio(x, a, b) == pytest.approx(special.betainc(a, b, x), rel=1e-9, abs=1e-14)


@pytest.mark.parametrize(("x", "value"), [(0.0, 0.0), (1.0, 1.0), (0.5, 0.5)])
def test_the_incomplete_beta_function_at_its_ends_and_middle(x, value):
    assert beta_ratio(x, 3.5, 3.5) == pytest.approx(value)


@given(st.floats(0, 40))
def test_the_normal_tails(z):
    assert normal_two_sided(z) == pytest.approx(2 * stats.norm.sf(z), rel=1e-12)
    assert normal_two_sided(-z) == normal_two_sided(z)


@given(st.floats(-30, 30), st.floats(1, 10**6))
def test_the_tails_of_student_with_degrees_of_freedom_that_are_not_whole(t, df):
    assert t_two_sided(t, df) == pytest.approx(2 * stats.t.sf(abs(t), df), rel=1e-8, abs=1e-300)


@given(st.floats(0.5, 0.9995), st.floats(1, 10**6))
def test_t_quantile(p, df):
    assert t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-10, abs=1e-10)


@pytest.mark.parametrize("df", [1, 2, 4.99, 5, 9, 30.5, 999, 1000, 1000.5, 10**5])
def test_t_quantile_around_the_changes_of_method(df):
    assert t_quantile(0.975, df) == pytest.approx(stats.t.ppf(0.975, df), rel=1e-11)


@given(st.floats(0, 500), st.integers(1, 60))
def test_the_tail_of_chi_square(x, df):
    assert chi2_above(x, df) == pytest.approx(stats.chi2.sf(x, df), rel=1e-10, abs=1e-300)


@given(st.sampled_from([0.025, 0.5, 0.975]), st.integers(9, 10_000), st.integers(2, 10))
def test_f_quantile(p, df1, times):
    assert f_quantile(p, df1, df1 * times) == pytest.approx(stats.f.ppf(p, df1, df1 * times), rel=1e-10)


@given(st.sampled_from([0.025, 0.975]), st.integers(10_001, 2 * 10**6), st.integers(2, 10))
def test_f_quantile_of_very_many_answers(p, df1, times):
    assert f_quantile(p, df1, df1 * times) == pytest.approx(stats.f.ppf(p, df1, df1 * times), rel=1e-7)


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_exact_binomial(drawn):
    successes, n = drawn
    expected = stats.binomtest(successes, n).pvalue
    assert binomial_two_sided(successes, n) == pytest.approx(expected, rel=1e-9, abs=1e-250)


@pytest.mark.parametrize(("successes", "n"), [(499_000, 10**6), (500_000, 10**6), (0, 10**6)])
def test_the_exact_binomial_of_a_million(successes, n):
    expected = stats.binomtest(successes, n).pvalue
    assert binomial_two_sided(successes, n) == pytest.approx(expected, rel=1e-8)


def test_the_exact_binomial_of_nobody():
    assert binomial_two_sided(0, 0) == 1.0
