"""The twenty pitfalls of survey figures, in STATISTICS' order: the right value, and a faulty program's."""

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from statsmodels.stats.weightstats import DescrStatsW

from survey.answering import AlreadyAnswered
from survey.changes import Side, changes
from survey.counts import Reason
from survey.definitions.model import Mode
from survey.indicators.comparing import Proportion, newcombe
from survey.indicators.results import results
from survey.language import language
from survey.merging import CannotMerge, Exported, merged
from survey.monitoring import standing
from survey.narrative.words import percent
from survey.release import Divided, Part
from survey.submission import InvalidSubmission, from_row
from tests import cast
from tests.indicators.samples import answers, moves, part, questionnaire, release, results_of

EN = language("en")


def whole(rows, **about):
    return results_of(rows, **about).whole


def by_alliance(groups, of=None, mode=Mode.NAMED):
    of = of or questionnaire()
    rows = [row for group in groups.values() for row in group]
    shown = {name: part(of, group, invited=2 * len(group)) for name, group in groups.items()}
    one = release(part(of, rows, invited=2 * len(rows)), mode, {"alliance": Divided(shown, ())})
    return results(one, of)


def test_01_averages_are_not_averaged():
    groups = {"A": answers("utility", {"5": 90}), "B": answers("utility", {"1": 10})}
    value = by_alliance(groups).whole.indicators["usefulness"].value
    assert value == 4.6, "persons are pooled"
    assert value != (5 + 1) / 2, "the mean of two group means"


def test_01_a_dimension_is_the_mean_over_persons_and_not_over_its_items():
    rows = [{"time_1": "5", "time_2": "5"}] * 10 + [{"time_1": "1", "time_2": "1", "time_3": "1"}] * 20
    mean = whole(rows).indicators["impact"].dimensions["time"].mean
    assert mean == (10 * 5 + 20 * 1) / 30
    assert mean != pytest.approx(np.mean([(50 + 20) / 30, (50 + 20) / 30, 20 / 20]))


def test_02_a_missing_answer_is_not_a_zero():
    item = whole(answers("utility", {"4": 10, "2": 10, "": 20})).items["utility"]
    assert item.mean == 3.0
    assert item.mean != (10 * 4 + 10 * 2) / 40


def test_03_the_base_of_a_share_is_the_valid_answers_to_its_item():
    would = whole(answers("would", {"yes": 713, "no": 537, "": 30})).indicators["yes_no"].would_recommend
    assert (would.share, would.n) == (0.5704, 1250)
    assert would.share != pytest.approx(713 / 1280)


def test_03_who_was_not_asked_is_in_no_base():
    rows = [{"would": "yes", "hours": "10"}] * 30 + [{"would": "yes"}] * 5 + [{"would": "no"}] * 65
    hours = whole(rows).items["hours"]
    assert (hours.n, hours.missing, hours.not_asked) == (30, 5, 65)
    assert hours.missing != 70


def test_04_does_not_apply_is_no_value():
    item = whole(answers("utility", {"5": 10, "3": 10, "DK": 80})).items["utility"]
    assert (item.mean, item.n, item.not_applicable) == (4.0, 20, 80)
    assert "DK" not in item.counts


@pytest.mark.parametrize("code", ["99", "6", "0", "4,5", "4.5", "-1"])
def test_04_codes_outside_the_scale_are_refused(code):
    with pytest.raises(InvalidSubmission):
        from_row(questionnaire(), {"utility": code})


def test_05_shares_are_not_forced_to_sum_to_100():
    counts = dict.fromkeys(("1", "2", "3"), 20)
    said = [percent(n, 60, EN) for n in counts.values()]
    assert said == ["33%", "33%", "33%"]
    assert sum(int(one[:-1]) for one in said) == 99


@pytest.mark.parametrize(("count", "n", "said", "bankers"), [(1, 8, "13%", 12), (5, 200, "3%", 2)])
def test_05_one_rounding_rule_half_up(count, n, said, bankers):
    assert percent(count, n, EN) == said
    assert round(100 * count / n) == bankers, "Python's own rounding is half to even"


def closed(instance, answered, invited=30):
    """A wave whose groups have `answered` answers each, of five points in turn."""
    groups = [{"alliance": name} for name in answered for _ in range(invited)]
    invitations = instance.wave("w1", groups=groups)
    for place, (name, n) in enumerate(answered.items()):
        for number, invitation in enumerate(invitations[place * invited :][:n]):
            instance.answer(invitation, utility=str(1 + (number + len(name)) % 5))
    return instance.close("w1")


def test_06_a_hidden_group_does_not_follow_from_the_total(instance):
    found = closed(instance, {"A": 20, "B": 3, "C": 20})
    told = found.by["alliance"]
    shown = [one for one in told.groups.values() if isinstance(one, Part)] + [p.part for p in told.others]
    assert not isinstance(told.groups["B"], Part)
    counted = [sum(one.figures["item/utility"].values()) for one in shown]
    assert 3 not in [43 - sum(chosen) for chosen in ([], *[[n] for n in counted], counted)]
    faulty = 43 - 20 - 20
    assert faulty == 3, "hiding the small group alone gives it away"


def test_07_what_is_left_beside_a_group_is_not_small(instance):
    """Where the complement has fewer people than the threshold, the group is not shown either."""
    found = closed(instance, {"A": 27, "B": 3})
    assert not [one for one in found.by["alliance"].groups.values() if isinstance(one, Part)]
    assert sum(found.whole.figures["item/utility"].values()) == 30


def test_07_an_open_wave_is_told_in_steps_and_not_answer_by_answer(instance):
    invitations = instance.wave("w1", invited=40)
    said = []
    for invitation in invitations[:7]:
        instance.answer(invitation, utility="4")
        said.append(str(EN(standing(instance.store, "w1").responses_said)))
    assert said == ["fewer than 5"] * 4 + ["at least 5"] * 3
    assert len(set(said)) != 7, "each answer would be seen to arrive"


def test_08_the_mean_of_one_answer_has_neither_spread_nor_interval():
    usefulness = whole(answers("utility", {"4": 1}), mode=Mode.NAMED).indicators["usefulness"]
    assert (usefulness.value, usefulness.sd, usefulness.interval) == (4.0, None, None)
    assert usefulness.interval_reason is Reason.TOO_FEW_FOR_INTERVAL


def test_08_the_mean_of_no_answer_is_null_and_says_why():
    usefulness = whole(answers("utility", {"": 9}), mode=Mode.NAMED).indicators["usefulness"]
    assert (usefulness.value, usefulness.n, usefulness.reason) == (None, 0, Reason.NO_ANSWERS)


@pytest.mark.parametrize("n", [0, 1, 2, 12])
def test_08_no_figure_is_ever_nan(n):
    rows = [{"utility": "4", "calm": "4", "stress": "2", "would": "yes", "employees": "3"}] * n
    found = by_alliance({"A": rows, "B": rows})
    for one in (found.whole, found.by["alliance"].groups["A"]):
        for figure in (*one.items.values(), *one.indicators.values()):
            assert not any(isinstance(v, float) and math.isnan(v) for v in numbers(figure))


def numbers(value):
    if isinstance(value, dict):
        return [number for inner in value.values() for number in numbers(inner)]
    if hasattr(value, "__dataclass_fields__"):
        return numbers(vars(value))
    return [value]


def test_09_equal_answers_are_not_five_plus_or_minus_nothing():
    usefulness = whole(answers("utility", {"5": 40})).indicators["usefulness"]
    assert usefulness.value == 5.0
    assert usefulness.interval != (5.0, 5.0)
    assert (usefulness.interval, usefulness.interval_reason) == (None, Reason.NO_SPREAD)


def test_10_a_reversed_item_is_turned_once():
    rows = [{"calm": "5", "stress": "1"}] * 20
    shown = whole(rows)
    wellbeing = shown.indicators["impact"].dimensions["wellbeing"].mean
    assert wellbeing == 5.0
    assert wellbeing != (5 + 1) / 2
    assert shown.items["stress"].mean == 1.0


def test_10_a_forgotten_reversal_shows_in_the_reliability():
    rows = [{"calm": str(v), "stress": str(6 - v)} for v in (1, 2, 4, 5)] * 5
    forgotten = tuple(replace(item, reversed=False) for item in questionnaire().items)
    right, wrong = (
        results_of(rows, of).whole.indicators["impact"].dimensions["wellbeing"].reliability
        for of in (questionnaire(), questionnaire(items=forgotten))
    )
    assert right.value == pytest.approx(1.0)
    assert (wrong.value, wrong.reason) == (None, Reason.AGAINST_EACH_OTHER)


@pytest.mark.parametrize(("n", "value"), [(29, None), (30, 100.0)])
def test_11_no_score_on_few_answers(n, value):
    score = whole(answers("recommend_0_10", {"10": n})).indicators["nps"].score
    assert (score.value, score.promoters, score.n) == (value, n, n)
    assert (score.reason is Reason.TOO_FEW_FOR_SCORE) == (n < 30)
    assert (score.interval is None) == (n < 30)


def test_12_a_1_to_5_balance_is_never_an_nps():
    rows = [{"recommend": "4", "recommend_0_10": "8"}] * 30 + [{"recommend": "5", "recommend_0_10": "9"}] * 30
    shown = whole(rows).indicators
    assert (shown["nps"].score.name, shown["balance"].score.name) == ("NPS", "recommendation_balance")
    assert (shown["nps"].scale, shown["balance"].scale) == ("0-10", "1-5")
    assert dict(shown["balance"].mapping) == {
        "would": ("4", "5"), "promoters": ("5",), "passives": ("4",), "detractors": ("1", "2", "3"),
    }  # fmt: skip


def test_13_waves_of_two_phases_are_not_mixed():
    """They can be compared, never added up."""
    final = release(part(questionnaire(), answers("utility", {"4": 20})))
    baseline = replace(final, wave="w0", phase="baseline")
    with pytest.raises(CannotMerge, match="one phase"):
        merged([Exported(final, ""), Exported(baseline, "")])


def test_13_another_composition_shows_in_the_weighted_figure():
    """Both groups think as before, others answered: the raw mean moves, the weighted one does not."""
    high, low = answers("utility", {"5": 1}), answers("utility", {"2": 1})
    before, after = (by_invited({"A": (high * n, 100), "B": (low * m, 100)}) for n, m in ((40, 40), (60, 20)))
    assert (before.value, after.value) == (3.5, 4.25)
    assert before.weighted["alliance"].value == after.weighted["alliance"].value == 3.5


def test_13_another_composition_is_told_beside_a_change_between_waves():
    """Both groups think as before, others answered: the totals alone rise by 0.75."""
    high, low = answers("utility", {"5": 30, "4": 10}), answers("utility", {"1": 10, "2": 30})
    found = changes(wave_of("w0", {"A": high * 2, "B": low * 2}), wave_of("w1", {"A": high * 3, "B": low}))
    change = found.indicators["usefulness",]
    assert change.difference == pytest.approx(0.75), "what a program says that looks at totals alone"
    assert change.within["alliance"] == pytest.approx(0)
    assert found.compositions[0].differs


def wave_of(name, groups, mode=Mode.ANONYMOUS):
    of = questionnaire()
    shown = {group: part(of, rows) for group, rows in groups.items()}
    whole = part(of, [row for rows in groups.values() for row in rows])
    one = replace(release(whole, mode, {"alliance": Divided(shown, ())}), wave=name)
    return Side(results(one, of), of)


def by_invited(groups):
    of = questionnaire()
    rows = [row for group, _ in groups.values() for row in group]
    shown = {name: part(of, group, invited=invited) for name, (group, invited) in groups.items()}
    total = sum(invited for _, invited in groups.values())
    one = release(part(of, rows, invited=total), Mode.NAMED, {"alliance": Divided(shown, ())})
    return results(one, of).whole.indicators["usefulness"]


def test_14_net_change_counts_pairs_and_keeps_the_flows():
    rows = moves({("seeking", "permanent"): 10, ("permanent", "seeking"): 10, ("seeking", ""): 5})
    change = whole(rows).indicators["employment"]
    assert change.net["seeking"] == 0
    assert change.net["seeking"] != 10 - (10 + 5), "the difference of two unpaired columns"
    assert (change.movers, change.transitions["seeking"]["permanent"], change.only_before) == (20, 10, 5)


def test_15_the_response_rate_is_over_the_invited():
    of = questionnaire()
    shown = replace(part(of, [{}] * 40, invited=100), complete=20, partial=5)
    response = results(release(shown), of).whole.response
    assert (response.rr1, response.rr2) == (0.20, 0.25)
    assert response.rr2 not in (25 / 40, 40 / 100), "over those who opened it; everything that came in"


def test_15_who_answers_twice_counts_once(instance):
    invitation, *_ = instance.wave("w1", invited=30)
    door = instance.door(invitation)
    for number in range(2):
        if number:
            with pytest.raises(AlreadyAnswered):
                instance.answering.receive(door, cast.answers(door.questionnaire, utility="5"), cast.NOW)
        else:
            instance.answer(invitation, utility="4")
    assert instance.close("w1").whole.responses == 1


def test_16_shares_of_several_choices_are_of_respondents_and_may_exceed_one_together():
    rows = answers("reasons", {"time|near": 30, "time": 20, "time|near|money": 10, "": 40})
    shown = whole(rows)
    item, ranking = shown.items["reasons"], shown.indicators["why"]
    assert (item.counts["time"], item.n, item.missing) == (60, 60, 40)
    assert ranking.options["time"].share == 1.0
    assert ranking.options["time"].share != 60 / 110, "a share of the ticks"
    assert sum(option.share for option in ranking.options.values()) > 1


def test_17_a_skewed_number_is_not_told_by_its_mean_alone():
    size = whole(answers("employees", {"5": 9, "955": 1}), mode=Mode.NAMED).indicators["size"]
    assert (size.mean, size.median, size.min, size.max) == (100.0, 5.0, 5.0, 955.0)
    assert [band.n for band in size.histogram if band.n] == [9, 1]


def test_18_chance_makes_no_winners_among_many_groups():
    """Forty groups that think alike: unadjusted, some stand out by chance alone; adjusted, none does."""
    rng = np.random.default_rng(18)
    groups = {
        f"G{number:02}": answers("utility", Counter(map(str, rng.integers(1, 6, 40)))) for number in range(40)
    }
    found = by_alliance(groups).by["alliance"].groups.values()
    compared = [group.indicators["usefulness"].against_rest for group in found]
    assert sum(one.p < 0.05 for one in compared) >= 2, "a faulty program's winners"
    assert {one.verdict for one in compared} == {"too_close"}


def test_18_a_group_that_does_differ_is_still_found():
    groups = {f"G{number}": answers("utility", {"3": 20, "4": 20}) for number in range(20)}
    groups["G0"] = answers("utility", {"4": 20, "5": 20})
    found = by_alliance(groups).by["alliance"].groups
    assert found["G0"].indicators["usefulness"].against_rest.verdict == "higher"


def test_19_statuses_of_the_same_people_are_compared_in_pairs():
    """Before and now of one wave are the same people."""
    rows = moves({("seeking", "permanent"): 12, ("permanent", "permanent"): 100, ("seeking", "seeking"): 88})
    change = whole(rows).indicators["employment"]
    independent = newcombe(Proportion(112, 200), Proportion(100, 200))
    assert change.net_interval["permanent"][0] > 0 > independent.interval[0], "as if others had answered now"
    assert change.mcnemar["permanent"].p < 0.001 < independent.p


def test_19_the_same_organizations_are_not_two_independent_samples():
    """Named waves are linked: an independent test would find a rise where its spread is another one's."""
    before, after = answers("utility", {"3": 20, "4": 20}), answers("utility", {"4": 30, "5": 10})
    named = changes(wave_of("w0", {"A": before}, Mode.NAMED), wave_of("w1", {"A": after}, Mode.NAMED))
    others = changes(wave_of("w0", {"A": before}), wave_of("w1", {"A": after}))
    change = named.indicators["usefulness",]
    assert others.indicators["usefulness",].verdict == "higher", "right for two sets of people"
    assert (change.difference, change.p, change.verdict) == (0.75, None, None)
    assert change.reason is Reason.MAY_BE_LINKED


def test_20_weights_are_never_silent():
    shown = by_invited({"A": (answers("utility", {"5": 60}), 100), "B": (answers("utility", {"2": 20}), 100)})
    raw, weighted = shown.value, shown.weighted["alliance"]
    assert (raw, weighted.value) == (4.25, 3.5)
    oracle = DescrStatsW(np.repeat([5.0, 2.0], [60, 20]), weights=np.repeat([100 / 60, 100 / 20], [60, 20]))
    assert weighted.value == pytest.approx(oracle.mean)
    assert (shown.n, weighted.n) == (80, 80)
    assert weighted.n_eff == pytest.approx(200**2 / (100**2 / 60 + 100**2 / 20))


def test_20_an_empty_stratum_is_not_dropped():
    weighted = by_invited({"A": (answers("utility", {"5": 60}), 100), "B": ([{}] * 5, 100)}).weighted
    assert (weighted["alliance"].value, weighted["alliance"].reason) == (None, Reason.EMPTY_STRATUM)
    assert weighted["alliance"].value != 5.0, "as if nobody had been invited there"
