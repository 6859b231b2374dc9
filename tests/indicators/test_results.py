"""Results of a release: each kind, what is withheld, what only some waves show, groups and pools."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.counts import Reason
from survey.definitions.model import Mode, Share
from survey.indicators.model import PartResults
from survey.indicators.results import results
from survey.release import Divided, Hidden, Others, Pooled
from tests.indicators.samples import answers, moves, part, questionnaire, release, results_of

CODES = st.sampled_from(["", "DK", "1", "2", "3", "4", "5"])
TICKED = st.sampled_from(["", "a", "b", "a|b", "a|b|c"])
ROWS = st.lists(
    st.fixed_dictionaries(
        dict.fromkeys(("utility", "recommend", "calm", "stress", "time_1"), CODES) | {"services": TICKED}
    ),
    max_size=40,
)


def whole(rows, **about):
    return results_of(rows, **about).whole


def test_a_scale_item():
    figure = whole(answers("utility", {"5": 30, "4": 20, "1": 10, "DK": 3, "": 2})).items["utility"]
    assert (figure.n, figure.missing, figure.not_applicable, figure.not_asked) == (60, 2, 3, 0)
    assert figure.counts == {"1": 10, "2": 0, "3": 0, "4": 20, "5": 30}
    assert (figure.mean, figure.median, figure.population) == (4.0, 4.5, 1000)
    assert (figure.top2.count, figure.top2.share, figure.bottom2.count) == (50, 50 / 60, 10)
    assert figure.presentation == "full"


def test_a_scale_that_names_no_top_has_no_top():
    assert whole(answers("recommend_0_10", {"9": 20})).items["recommend_0_10"].top2 is None


def test_a_choice_item_counts_and_has_no_mean():
    figure = whole(answers("would", {"no": 6, "yes": 4})).items["would"]
    assert list(figure.counts.items()) == [("yes", 4), ("no", 6)]
    assert (figure.mean, figure.sd, figure.interval, figure.interval_reason) == (None,) * 4


@pytest.mark.parametrize(
    ("mode", "counts", "reason"),
    [(Mode.NAMED, {"12.5": 2, "8.0": 1}, None), (Mode.ANONYMOUS, None, Reason.NAMED_ONLY)],
)
def test_the_values_of_a_number_are_counted_out_in_named_waves_only(mode, counts, reason):
    figure = whole(answers("employees", {"12.5": 2, "8.0": 1}), mode=mode).items["employees"]
    assert (figure.counts, figure.counts_reason) == (counts, reason)
    assert (figure.mean, figure.median, figure.n) == (11.0, 12.5, 3)


def test_a_text_item_only_says_how_many_wrote():
    figure = whole([{"comment": "thanks"}, {}, {"comment": "bad"}]).items["comment"]
    assert (figure.n, figure.missing, figure.not_asked, figure.counts) == (2, None, None, None)


def test_a_mean_indicator_and_a_share_indicator_agree_with_their_item():
    shown = whole(answers("utility", {"5": 30, "4": 20, "1": 10}))
    item, mean, share = shown.items["utility"], *(shown.indicators[k] for k in ("usefulness", "satisfied"))
    assert (mean.value, mean.sd, mean.interval, mean.n) == (item.mean, item.sd, item.interval, item.n)
    assert (share.value, share.count, share.interval) == (
        item.top2.share, item.top2.count, item.top2.interval,
    )  # fmt: skip


def test_a_dimension_takes_persons_who_answered_half_of_it():
    rows = [
        {"time_1": "5", "time_2": "4"},
        {"time_1": "2"},
        {"time_1": "1", "time_2": "1", "time_3": "4"},
        {"time_1": "DK", "time_2": "DK", "time_3": "DK"},
    ]
    time = whole(rows).indicators["impact"].dimensions["time"]
    assert (time.n, time.mean, time.items) == (2, (4.5 + 2) / 2, ("time_1", "time_2", "time_3"))
    assert time.sd == pytest.approx(2.5 / 2**0.5)


def test_half_of_an_even_dimension_is_enough():
    assert whole([{"calm": "4"}, {}]).indicators["impact"].dimensions["wellbeing"].n == 1


@pytest.mark.parametrize(
    ("mode", "ends", "reason"), [("named", (4, 230.5), None), ("panel", (None, None), Reason.NAMED_ONLY)]
)
def test_the_range_of_a_summary_is_shown_in_named_waves_only(mode, ends, reason):
    size = whole(answers("employees", {"4": 3, "230.5": 1}), mode=Mode(mode)).indicators["size"]
    assert ((size.min, size.max), size.range_reason) == (ends, reason)
    assert (size.sum, size.median, size.mean) == (242.5, 4, 60.625)


def test_a_status_change():
    rows = moves({("seeking", "permanent"): 3, ("permanent", "seeking"): 1, ("other", "other"): 20})
    rows += moves({("seeking", ""): 4, ("", "other"): 2, ("", ""): 5, ("DK", "other"): 1})
    change = whole(rows).indicators["employment"]
    assert (change.n, change.movers, change.only_before, change.only_after) == (24, 4, 4, 3)
    assert change.net == {"seeking": -2, "unemployed": 0, "permanent": 2, "other": 0}
    assert change.before == {"seeking": 3, "unemployed": 0, "permanent": 1, "other": 20}
    assert change.transitions["seeking"] == {"seeking": 0, "unemployed": 0, "permanent": 3, "other": 0}
    assert change.net_interval["other"] is None
    assert change.net_interval["permanent"] == pytest.approx((2 - 3.8374, 2 + 3.8374), rel=1e-4)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ({("other", "other"): 30}, Reason.NOBODY_MOVED),
        ({("other", "seeking"): 30}, Reason.NO_SPREAD),
        ({("other", ""): 30}, Reason.NO_ANSWERS),
    ],
)
def test_no_net_interval_and_why(rows, reason):
    change = whole(moves(rows)).indicators["employment"]
    assert change.interval_reason is reason
    assert set(change.net_interval.values()) == {None}


FEW = moves({("seeking", "permanent"): 9, ("other", "other"): 30})
ENOUGH = moves({("seeking", "permanent"): 10, ("other", "other"): 30})


@pytest.mark.parametrize(
    ("rows", "mode", "reason"),
    [
        (FEW, Mode.ANONYMOUS, Reason.TOO_FEW_PER_STATUS),
        (FEW, Mode.PANEL, Reason.TOO_FEW_PER_STATUS),
        (FEW, Mode.NAMED, None),
        (ENOUGH, Mode.ANONYMOUS, None),
    ],
)
def test_transitions_of_groups_need_ten_people_in_each_status_before(rows, mode, reason):
    of, shown = questionnaire(), part(questionnaire(), rows)
    by = {"alliance": Divided({"A1": shown}, (Others(None, ("A2", "A3"), shown),))}
    computed = results(release(shown, mode, by), of)
    divided = computed.by["alliance"]
    for group in (divided.groups["A1"], divided.others[0].results):
        change = group.indicators["employment"]
        assert (change.transitions is None, change.transitions_reason) == (reason is not None, reason)
        assert change.net["permanent"] == len(rows) - 30
    assert computed.whole.indicators["employment"].transitions is not None


def test_the_score_has_its_name_from_the_scale_and_the_mapping():
    shown = whole([{"recommend": "5", "recommend_0_10": "10", "would": "yes"}] * 40).indicators
    assert (shown["nps"].score.name, shown["nps"].scale) == ("NPS", "0-10")
    assert (shown["balance"].score.name, shown["balance"].scale) == ("recommendation_balance", "1-5")
    assert (shown["yes_no"].score.reason, shown["yes_no"].scale) == (Reason.NOT_DEFINED, "choice")
    assert shown["yes_no"].mapping == {"would": ("yes",)}


def test_other_cuts_of_0_to_10_are_no_nps():
    nps = questionnaire().indicator("nps")
    other = replace(nps, promoters=("8", "9", "10"), passives=("7",))
    of = questionnaire(indicators=(other,))
    score = results_of(answers("recommend_0_10", {"9": 40}), of).whole.indicators["nps"].score
    assert (score.name, score.value) == ("recommendation_balance", 100)


def test_what_the_release_withholds_shows_nothing_but_its_reason():
    withheld = dict.fromkeys(part(questionnaire(), []).figures, Reason.TOO_FEW_ANSWERS)
    shown = whole([], withheld=withheld)
    figures = [*shown.items.values(), *shown.indicators.values()]
    for figure in [*figures, *shown.indicators["impact"].dimensions.values()]:
        assert figure.reason is Reason.TOO_FEW_ANSWERS
        for value in ("n", "mean", "value", "counts", "net", "sum", "median", "would_recommend"):
            assert getattr(figure, value, None) is None


def test_a_profile_with_one_dimension_left_is_shown():
    withheld = {"dimension/impact/time": Reason.PROTECTS_ANOTHER}
    profile = whole([{"calm": "4"}] * 20, withheld=withheld).indicators["impact"]
    assert profile.reason is None
    assert profile.dimensions["time"].reason is Reason.PROTECTS_ANOTHER
    assert profile.dimensions["wellbeing"].mean == 4


def test_response_rates_are_of_all_invited():
    of = questionnaire()
    shown = replace(part(of, [{}] * 32, invited=100), complete=20, partial=5)
    assert results(release(shown), of).whole.response.rr1 == 0.20
    assert results(release(shown), of).whole.response.rr2 == 0.25


def test_no_response_rate_of_an_unknown_population():
    response = whole(answers("utility", {"4": 20}), population=None).response
    assert (response.rr1, response.rr2, response.reason) == (None, None, Reason.POPULATION_UNKNOWN)


def test_a_stated_population_serves_the_correction_and_not_the_rate():
    rows = answers("utility", {"4": 50, "2": 50})
    stated, unknown = (whole(rows, invited=100, population=p) for p in (400, None))
    assert stated.response.rr1 == 1.0
    narrow, wide = (shown.items["utility"].interval for shown in (stated, unknown))
    assert (narrow[1] - narrow[0]) / (wide[1] - wide[0]) == pytest.approx(0.75**0.5)


def test_when_everyone_answered_there_is_no_interval():
    shown = whole(answers("utility", {"4": 10, "2": 7}), invited=17)
    assert shown.items["utility"].interval_reason is Reason.EVERYONE_ANSWERED
    assert shown.items["utility"].top2.interval_reason is Reason.EVERYONE_ANSWERED
    assert shown.indicators["satisfied"].interval is None


def test_groups_are_shown_pooled_or_hidden():
    of, shown = questionnaire(), part(questionnaire(), answers("utility", {"4": 9}))
    hidden = Hidden(Reason.PARENT_NOT_SHOWN)
    by = {"alliance": Divided({"A1": shown, "A2": Pooled(), "A3": hidden}, ())}
    groups = results(release(shown, by=by), of).by["alliance"].groups
    assert isinstance(groups["A1"], PartResults)
    assert (groups["A2"], groups["A3"]) == (Pooled(), hidden)


@given(ROWS, ROWS)
def test_results_of_added_tallies_are_those_of_all_rows(first, second):
    of = questionnaire()
    parts = [part(of, rows).figures for rows in (first, second)]
    added = {
        name: {c: parts[0][name].get(c, 0) + parts[1][name].get(c, 0) for c in {**parts[0][name], **tally}}
        for name, tally in parts[1].items()
    }
    both = part(of, first + second)
    assert results(release(replace(both, figures=added)), of) == results(release(both), of)


def test_a_release_that_lacks_a_figure_is_an_error():
    of = questionnaire()
    other = questionnaire(indicators=(Share("x", "unknown", ("1",)),))
    with pytest.raises(KeyError):
        results(release(part(of, [])), other)
