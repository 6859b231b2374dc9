"""Named pitfalls of survey figures: the right value, and the one that a faulty program would give."""

import math

import pytest

from survey.counts import Reason
from survey.definitions.model import Mode
from tests.indicators.samples import answers, moves, results_of


def whole(rows, **about):
    return results_of(rows, **about).whole


def test_a_missing_answer_is_not_a_zero():
    item = whole(answers("utility", {"4": 10, "2": 10, "": 20})).items["utility"]
    assert item.mean == 3.0
    assert item.mean != (10 * 4 + 10 * 2) / 40


def test_the_base_of_a_share_is_the_valid_answers_to_its_item():
    would = whole(answers("would", {"yes": 713, "no": 537, "": 30})).indicators["yes_no"].would_recommend
    assert (would.share, would.n) == (0.5704, 1250)
    assert would.share != pytest.approx(713 / 1280)


def test_does_not_apply_is_no_value():
    item = whole(answers("utility", {"5": 10, "3": 10, "DK": 80})).items["utility"]
    assert (item.mean, item.n, item.not_applicable) == (4.0, 20, 80)
    assert "DK" not in item.counts


def test_the_mean_of_one_answer_has_neither_spread_nor_interval():
    usefulness = whole(answers("utility", {"4": 1}), mode=Mode.NAMED).indicators["usefulness"]
    assert (usefulness.value, usefulness.sd, usefulness.interval) == (4.0, None, None)
    assert usefulness.interval_reason is Reason.TOO_FEW_FOR_INTERVAL


def test_the_mean_of_no_answer_is_null_and_says_why():
    usefulness = whole(answers("utility", {"": 9}), mode=Mode.NAMED).indicators["usefulness"]
    assert (usefulness.value, usefulness.n, usefulness.reason) == (None, 0, Reason.NO_ANSWERS)


def test_equal_answers_are_not_five_plus_or_minus_nothing():
    usefulness = whole(answers("utility", {"5": 40})).indicators["usefulness"]
    assert usefulness.value == 5.0
    assert usefulness.interval is None
    assert usefulness.interval_reason is Reason.NO_SPREAD


def test_a_reversed_item_is_turned_once():
    rows = [{"calm": "5", "stress": "1"}] * 20
    shown = whole(rows)
    wellbeing = shown.indicators["impact"].dimensions["wellbeing"].mean
    assert wellbeing == 5.0
    assert wellbeing != (5 + 1) / 2
    assert shown.items["stress"].mean == 1.0


@pytest.mark.parametrize(("n", "value"), [(29, None), (30, 100.0)])
def test_no_score_on_few_answers(n, value):
    score = whole(answers("recommend_0_10", {"10": n})).indicators["nps"].score
    assert (score.value, score.promoters, score.n) == (value, n, n)
    assert (score.reason is Reason.TOO_FEW_FOR_SCORE) == (n < 30)
    assert (score.interval is None) == (n < 30)


def test_a_1_to_5_balance_is_never_an_nps():
    rows = [{"recommend": "4", "recommend_0_10": "8"}] * 30 + [{"recommend": "5", "recommend_0_10": "9"}] * 30
    shown = whole(rows).indicators
    assert (shown["nps"].score.name, shown["balance"].score.name) == ("NPS", "recommendation_balance")
    assert (shown["nps"].scale, shown["balance"].scale) == ("0-10", "1-5")
    assert dict(shown["balance"].mapping) == {
        "would": ("4", "5"), "promoters": ("5",), "passives": ("4",), "detractors": ("1", "2", "3"),
    }  # fmt: skip


def test_net_change_counts_pairs_and_keeps_the_flows():
    rows = moves({("seeking", "permanent"): 10, ("permanent", "seeking"): 10, ("seeking", ""): 5})
    change = whole(rows).indicators["employment"]
    assert change.net["seeking"] == 0
    assert change.net["seeking"] != 10 - (10 + 5)
    assert (change.movers, change.transitions["seeking"]["permanent"], change.only_before) == (20, 10, 5)


def test_shares_of_several_choices_are_of_respondents_and_may_exceed_one_together():
    services = whole(answers("services", {"a|b": 30, "a": 20, "a|b|c": 10, "": 40})).items["services"]
    assert (services.counts, services.n, services.missing) == ({"a": 60, "b": 40, "c": 10}, 60, 40)
    assert sum(services.counts.values()) / services.n > 1
    assert services.counts["a"] / services.n != 60 / 110


def test_a_skewed_number_is_not_told_by_its_mean_alone():
    size = whole(answers("employees", {"5": 9, "955": 1}), mode=Mode.NAMED).indicators["size"]
    assert (size.mean, size.median, size.min, size.max) == (100.0, 5.0, 5.0, 955.0)


def test_no_figure_is_ever_nan():
    for n in (0, 1, 2):
        item = whole(answers("utility", {"4": n}), mode=Mode.NAMED).items["utility"]
        assert not any(isinstance(v, float) and math.isnan(v) for v in vars(item).values())
