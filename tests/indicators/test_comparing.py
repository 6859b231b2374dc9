"""Two groups side by side, against scipy and statsmodels; Holm; and which groups are compared with what."""

from collections import Counter
from itertools import combinations
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from survey.counts import Reason
from survey.definitions.model import Mode
from survey.indicators.comparing import Average, Proportion, holm, newcombe, welch
from survey.indicators.results import results
from survey.indicators.statistics import Values
from survey.release import Divided, Hidden, Others, Pooled
from tests.indicators.samples import answers, part, questionnaire, release

RATINGS = st.lists(st.integers(1, 5), min_size=2, max_size=200)
PROPORTIONS = st.integers(1, 400).flatmap(
    lambda n: st.builds(Proportion, count=st.integers(0, n), n=st.just(n))
)


def average(raw):
    values = Values(Counter(raw))
    return Average(values.mean, values.sd, values.n)


@pytest.mark.filterwarnings("ignore:Precision loss:RuntimeWarning")  # scipy's, where one side has no spread
@given(RATINGS, RATINGS)
def test_welch_is_that_of_scipy(one, other):
    found = welch(average(one), average(other))
    if found is None:
        assert len(set(one)) == len(set(other)) == 1
        return
    expected = stats.ttest_ind(one, other, equal_var=False)
    assert found.difference == pytest.approx(np.mean(one) - np.mean(other), abs=1e-12)
    assert found.p == pytest.approx(expected.pvalue, rel=1e-8, abs=1e-12)
    assert found.interval == pytest.approx(tuple(expected.confidence_interval()), rel=1e-8, abs=1e-9)


@given(PROPORTIONS, PROPORTIONS)
def test_newcombe_is_that_of_statsmodels_and_p_that_of_the_score_test(one, other):
    found = newcombe(one, other)
    counts, ns = (one.count, other.count), (one.n, other.n)
    if found is None:
        assert sum(counts) in (0, sum(ns))
        return
    expected = confint_proportions_2indep(one.count, one.n, other.count, other.n, method="newcomb")
    assert found.interval == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert found.difference == pytest.approx(one.share - other.share)
    assert found.p == pytest.approx(proportions_ztest(counts, ns)[1], rel=1e-9, abs=1e-15)


def test_newcombe_gives_the_worked_example_of_its_author():
    """Statistics in Medicine 17 (1998), table II: 56/70 - 48/80, method 10."""
    found = newcombe(Proportion(56, 70), Proportion(48, 80))
    assert found.interval == pytest.approx((0.0524, 0.3339), abs=5e-5)


@given(st.lists(st.floats(0, 1), max_size=7))
def test_holm_is_the_closed_test_by_bonferroni(ps):
    """A hypothesis falls where every set of hypotheses that holds it does: the definition, not the steps."""
    sets = [s for size in range(1, len(ps) + 1) for s in combinations(range(len(ps)), size)]
    bonferroni = {s: min(1.0, len(s) * min(ps[i] for i in s)) for s in sets}
    expected = [max(bonferroni[s] for s in sets if i in s) for i in range(len(ps))]
    assert holm(ps) == pytest.approx(expected)


def test_holm_is_that_of_statsmodels():
    ps = [0.01, 0.04, 0.03, 0.005, 0.9, 0.04]
    assert holm(ps) == pytest.approx(list(multipletests(ps, method="holm")[1]))


UTILITY = {"1": 50, "2": 50, "3": 100, "4": 100, "5": 100}
GOOD, BAD, ALIKE = {"4": 30, "5": 30}, {"1": 30, "2": 30}, {"1": 5, "2": 5, "3": 10, "4": 10, "5": 10}


def by(groups, others=(), whole=UTILITY, mode=Mode.ANONYMOUS):
    of = questionnaire(mode=mode)
    shown = {
        name: part(of, answers("utility", g)) if isinstance(g, dict) else g for name, g in groups.items()
    }
    pools = tuple(Others(None, ("x", "y"), part(of, answers("utility", pool))) for pool in others)
    divided = {"alliance": Divided(shown, pools)}
    return results(release(part(of, answers("utility", whole)), mode, divided), of)


def against_rest(found, group, indicator="usefulness"):
    return found.by["alliance"].groups[group].indicators[indicator].against_rest


def test_a_group_is_compared_with_the_others_and_not_with_the_total_that_contains_it():
    group = {"4": 60, "5": 90}
    one = against_rest(by({"A": group}), "A")
    rest = {code: n - group.get(code, 0) for code, n in UTILITY.items()}
    expected = stats.ttest_ind(raw(group), raw(rest), equal_var=False)
    assert one.p == pytest.approx(expected.pvalue)
    assert one.interval == pytest.approx(tuple(expected.confidence_interval()))
    with_total = np.mean(raw(group)) - np.mean(raw(UTILITY))
    assert one.difference == pytest.approx(np.mean(raw(group)) - np.mean(raw(rest)))
    assert one.difference > with_total + 0.5


def raw(counts):
    return [int(code) for code, n in counts.items() for _ in range(n)]


def test_verdicts_follow_the_adjusted_p():
    found = by({"A": GOOD, "B": BAD, "C": ALIKE})
    assert [against_rest(found, name).verdict for name in "ABC"] == ["higher", "lower", "too_close"]
    ps = [against_rest(found, name).p for name in "ABC"]
    assert [against_rest(found, name).p_holm for name in "ABC"] == pytest.approx(
        list(multipletests(ps, method="holm")[1])
    )


@pytest.mark.parametrize("indicator", ["satisfied"])
def test_shares_are_compared_as_shares(indicator):
    one = against_rest(by({"A": GOOD}), "A", indicator)
    expected = newcombe(Proportion(60, 60), Proportion(140, 340))
    assert (one.difference, one.interval, one.p) == (expected.difference, expected.interval, expected.p)


@pytest.mark.parametrize(
    ("groups", "whole", "reason"),
    [
        ({"A": {"4": 5, "5": 4}}, UTILITY, Reason.TOO_FEW_FOR_INTERVAL),
        ({"A": {"4": 50, "5": 50}}, {"4": 54, "5": 55}, Reason.TOO_FEW_FOR_INTERVAL),
        ({"A": {"4": 50, "5": 50}}, {"4": 50, "5": 50}, Reason.NO_REST),
        ({"A": {"4": 50}}, {"4": 99}, Reason.NO_SPREAD),
        ({"A": {"": 50}}, UTILITY, Reason.NO_ANSWERS),
        ({"A": {"4": 1}}, UTILITY, Reason.TOO_FEW_FOR_INTERVAL),
    ],
)
def test_no_comparison_and_why(groups, whole, reason):
    one = against_rest(by(groups, whole=whole), "A")
    assert (one.difference, one.interval, one.p, one.p_holm, one.verdict) == (None,) * 5
    assert one.reason is reason


def test_pools_hidden_groups_and_the_whole_wave_are_not_compared():
    found = by({"A": GOOD, "B": Pooled(), "C": Hidden(Reason.TOO_FEW_INVITED)}, others=[ALIKE])
    pool = found.by["alliance"].others[0].results.indicators["usefulness"]
    assert pool.against_rest.reason is Reason.NOT_ONE_GROUP
    assert found.whole.indicators["usefulness"].against_rest is None
    assert against_rest(found, "A").p == against_rest(found, "A").p_holm


def test_a_figure_that_is_withheld_takes_no_part():
    of = questionnaire()
    withheld = part(of, answers("utility", BAD), withheld={"item/utility": Reason.PROTECTS_ANOTHER})
    groups = {"A": part(of, answers("utility", GOOD)), "B": withheld}
    whole = part(of, answers("utility", UTILITY))
    found = results(release(whole, by={"alliance": Divided(groups, ())}), of)
    assert against_rest(found, "B").reason is Reason.PROTECTS_ANOTHER
    assert against_rest(found, "A").p_holm == against_rest(found, "A").p


def test_dimensions_and_recommendations_are_compared():
    of = questionnaire()
    low = [{"calm": "2", "stress": "4", "would": "no"}, {"calm": "3", "stress": "4", "would": "yes"}] * 20
    high = [{"calm": "5", "stress": "1", "would": "yes"}, {"calm": "4", "stress": "1", "would": "yes"}] * 20
    groups = {"A": part(of, high), "B": part(of, low)}
    found = results(release(part(of, low + high), by={"alliance": Divided(groups, ())}), of)
    figures = found.by["alliance"].groups["A"].indicators
    assert figures["impact"].dimensions["wellbeing"].against_rest.verdict == "higher"
    assert figures["yes_no"].against_rest.difference == pytest.approx(0.5)
    assert figures["yes_no"].against_rest.verdict == "higher"


@given(RATINGS, RATINGS)
def test_no_comparison_is_ever_nan(one, other):
    found = by({"A": Counter(map(str, one))}, whole=Counter(map(str, one + other)), mode=Mode.NAMED)
    for indicator in ("usefulness", "satisfied"):
        values = vars(against_rest(found, "A", indicator)).values()
        assert not any(isinstance(value, float) and isnan(value) for value in values)
