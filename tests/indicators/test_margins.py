"""Stuart-Maxwell and the exact McNemar, against statsmodels, R's formula by hand, and awkward tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable, mcnemar

from survey.counts import Reason
from survey.definitions.model import Mode
from survey.indicators import margins
from survey.indicators.comparing import holm
from survey.indicators.results import results
from survey.indicators.tallies import Pairs
from survey.release import Divided
from tests.indicators.samples import moves, part, questionnaire, release, results_of

CELLS = st.lists(st.integers(1, 60), min_size=16, max_size=16)
STATUSES = ("a", "b", "c", "d")


def pairs(cells, statuses=STATUSES):
    table = np.reshape(cells, (len(statuses),) * 2)
    complete = {
        (was, now): int(table[i, j]) for i, was in enumerate(statuses) for j, now in enumerate(statuses)
    }
    return table, Pairs(complete, 0, 0)


@given(CELLS)
def test_stuart_maxwell_is_that_of_statsmodels(cells):
    table, of = pairs(cells)
    found, expected = margins.stuart_maxwell(of, STATUSES), SquareTable(table).homogeneity("stuart_maxwell")
    assert found.chi2 == pytest.approx(expected.statistic, rel=1e-8, abs=1e-9)
    assert (found.df, found.p) == (expected.df, pytest.approx(expected.pvalue, rel=1e-7, abs=1e-12))


@given(st.lists(st.integers(0, 3), min_size=16, max_size=16))
def test_thin_tables_never_fail(cells):
    _, of = pairs(cells)
    found = margins.stuart_maxwell(of, STATUSES)
    if found.reason is None:
        assert 0 <= found.p <= 1
        assert 1 <= found.df <= len(margins.moved(of, STATUSES)) - 1


def test_a_status_without_a_mover_is_dropped():
    _, of = pairs([9, 4, 0, 2, 7, 0, 0, 0, 5], ("a", "b", "c"))
    alone = margins.stuart_maxwell(Pairs({("a", "b"): 4, ("b", "a"): 2}, 0, 0), ("a", "b"))
    found = margins.stuart_maxwell(of, ("a", "b", "c"))
    assert (found.chi2, found.df) == (pytest.approx(alone.chi2), 1)
    assert alone.chi2 == pytest.approx((4 - 2) ** 2 / (4 + 2)), "McNemar's own chi-square"


def test_moves_in_two_circles_have_a_redundant_status_each():
    of = Pairs({("a", "b"): 9, ("b", "a"): 1, ("c", "d"): 4, ("d", "c"): 4}, 0, 0)
    found = margins.stuart_maxwell(of, STATUSES)
    assert (found.chi2, found.df) == (pytest.approx(64 / 10 + 0), 2)
    assert found.p == pytest.approx(stats.chi2.sf(6.4, 2))


def test_everybody_moved_alike():
    found = margins.stuart_maxwell(Pairs({("a", "b"): 30}, 0, 0), STATUSES)
    assert (found.chi2, found.df) == (pytest.approx(30), 1)


@given(st.lists(st.integers(0, 60), min_size=16, max_size=16))
def test_mcnemar_is_exact_and_adjusted_over_the_statuses_that_moved(cells):
    table, of = pairs(cells)
    found = margins.mcnemar(of, STATUSES)
    expected = {}
    for i, status in enumerate(STATUSES):
        stays, lost = table[i, i], table[i].sum() - table[i, i]
        gained = table[:, i].sum() - stays
        if gained + lost:
            rest = table.sum() - stays - lost - gained
            expected[status] = mcnemar([[stays, lost], [gained, rest]], exact=True).pvalue
    assert list(found) == list(expected)
    assert [one.p for one in found.values()] == pytest.approx(list(expected.values()), rel=1e-9)
    assert [one.p_holm for one in found.values()] == holm([one.p for one in found.values()])


def change(rows, **about):
    return results_of(moves(rows), **about).whole.indicators["employment"]


def test_nobody_moved():
    found = change({("other", "other"): 30})
    assert (found.stuart_maxwell.reason, found.stuart_maxwell.chi2) == (Reason.NOBODY_MOVED, None)
    assert found.mcnemar is None


def test_nobody_gave_both():
    assert change({("other", ""): 30}).stuart_maxwell.reason is Reason.NO_ANSWERS


def test_the_tests_are_told_only_where_the_transitions_are():
    of = questionnaire()
    few = part(of, moves({("seeking", "permanent"): 9, ("other", "other"): 30}))
    found = results(release(few, Mode.ANONYMOUS, {"alliance": Divided({"A": few}, ())}), of)
    group = found.by["alliance"].groups["A"].indicators["employment"]
    assert group.stuart_maxwell.reason is Reason.TOO_FEW_PER_STATUS
    assert group.mcnemar is None
    assert found.whole.indicators["employment"].mcnemar["permanent"].gained == 9
