"""Rankings, shares over several items, histograms and the worst case."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from survey.counts import Reason
from survey.definitions.model import JointShare, Mode, Summary
from survey.indicators.histograms import bounded
from survey.indicators.model import Band
from survey.indicators.results import results
from tests.indicators.samples import INDICATORS, answers, part, questionnaire, release, results_of

OPTIONS = ("time", "money", "near", "other", "none")
TICKS = st.lists(st.sets(st.sampled_from(OPTIONS[:4])), max_size=40)


def whole(rows, **about):
    return results_of(rows, **about).whole


def ranked(rows, **about):
    return whole(rows, **about).indicators["why"]


def test_a_ranking():
    found = ranked(answers("reasons", {"time|near": 30, "near": 10, "money|time": 10, "none": 6, "": 20}))
    assert list(found.options) == ["time", "near", "money", "other", "none"]
    assert [option.rank for option in found.options.values()] == [1, 1, 3, 4, None]
    assert [option.count for option in found.options.values()] == [40, 40, 10, 0, 6]
    assert (found.n, found.population, found.presentation) == (56, 1000, "caution")
    assert sum(option.share for option in found.options.values()) > 1


def test_the_share_of_an_option_is_of_respondents_with_wilson_interval_and_correction():
    found = ranked(answers("reasons", {"time|near": 30, "near": 70}), population=1000).options["time"]
    assert found.share == 0.3
    size = 100 * 999 / 900
    expected = proportion_confint(0.3 * size, size, method="wilson")
    assert found.interval == pytest.approx(expected)


@given(TICKS)
def test_ranks_follow_the_counts_and_ties_share_them(rows):
    found = ranked([{"reasons": "|".join(sorted(ticked))} for ticked in rows], mode=Mode.NAMED)
    if found.n == 0:
        assert (found.options, found.reason) == (None, Reason.NO_ANSWERS)
        return
    places = [option for option in found.options.values() if option.rank]
    for one in places:
        assert one.count == sum(1 for t in rows if list(found.options)[places.index(one)] in t)
        assert one.rank == 1 + sum(other.count > one.count for other in places)
    assert [one.count for one in places] == sorted((one.count for one in places), reverse=True)


def test_a_withheld_ranking_says_why():
    found = ranked([], withheld={"item/reasons": Reason.TOO_FEW_ANSWERS})
    assert (found.n, found.options, found.reason) == (None, None, Reason.TOO_FEW_ANSWERS)


@pytest.mark.parametrize(("need", "count"), [("all", 20), ("any", 50)])
def test_a_share_over_several_items(need, count):
    rows = [{"utility": "4", "recommend": "5"}] * 20 + [{"utility": "5", "recommend": "1"}] * 30
    rows += [{"utility": "1", "recommend": "2"}] * 10 + [{"utility": "5"}] * 40 + [{"recommend": "DK"}] * 5
    of = questionnaire(indicators=(JointShare("both", ("utility", "recommend"), ("4", "5"), need),))
    both = results_of(rows, of).whole.indicators["both"]
    assert (both.kind, both.count, both.n, both.value) == ("share", count, 60, count / 60)
    assert both.worst_case.low == count / 1000


def sized(counts, bands=(), mode=Mode.NAMED, item="employees"):
    kept = tuple(one for one in INDICATORS if one.id != "size")
    of = questionnaire(indicators=(*kept, Summary("size", item, bands=bands)), mode=mode)
    return results_of(answers(item, counts), of, mode=mode).whole.indicators["size"]


@pytest.mark.parametrize("mode", [Mode.ANONYMOUS, Mode.NAMED])
def test_declared_bands_in_every_wave(mode):
    found = sized({"0": 5, "9.9": 5, "10": 3, "49.9": 2, "900": 4}, (10, 50, 250.5), mode)
    above = (Band(10, 50, 5), Band(50, 250.5, 0), Band(250.5, None, 4))
    joined = (Band(10, None, 9),)  # four answers in the highest band would be nearly the highest answer
    expected = (Band(None, 10, 10), *(above if mode is Mode.NAMED else joined))
    assert (found.histogram, found.histogram_reason) == (expected, None)


BANDS = st.lists(st.integers(0, 12), min_size=1, max_size=8)


@given(BANDS, st.integers(1, 8))
def test_the_ends_of_a_histogram_hold_nobody_or_enough(numbers, threshold):
    edges = [None, *range(1, len(numbers)), None] if len(numbers) > 1 else [None, None]
    bands = tuple(Band(low, high, n) for (low, high), n in zip(pairwise(edges), numbers, strict=True))
    found = bounded(bands, threshold)
    held = [band.n for band in found if band.n]
    assert sum(held) == sum(numbers) and (found[0].low, found[-1].high) == (None, None)
    assert all(one.high == other.low for one, other in pairwise(found))
    if sum(numbers) >= threshold:
        assert held[0] >= threshold and held[-1] >= threshold
    if all(n == 0 or n >= threshold for n in numbers):
        assert found == bands


def test_bands_that_start_at_the_lowest_value_have_none_below():
    assert sized({"0": 5, "30": 5}, (0, 10)).histogram == (Band(0, 10, 5), Band(10, None, 5))


def test_without_bands_an_anonymous_wave_has_no_histogram():
    found = sized({"0": 5, "30": 5}, mode=Mode.ANONYMOUS)
    assert (found.histogram, found.histogram_reason) == (None, Reason.NOT_DEFINED)


def test_automatic_bands_are_round():
    found = sized({"3": 4, "12.5": 6, "35": 4, "240": 2, "330": 1})
    assert [(band.low, band.high) for band in found.histogram] == [
        (0, 100), (100, 200), (200, 300), (300, 400),
    ]  # fmt: skip
    assert [band.n for band in found.histogram] == [14, 0, 2, 1]


@given(st.lists(st.integers(0, 9999), min_size=1, max_size=60))
def test_automatic_bands_hold_every_answer_once(raw):
    numbers = [f"{value / 10:.1f}" for value in raw]
    found = sized({number: numbers.count(number) for number in numbers}).histogram
    assert sum(band.n for band in found) == len(raw)
    assert found[0].low <= min(raw) / 10 < found[0].high
    assert found[-1].low <= max(raw) / 10 < found[-1].high
    assert len(found) <= len(raw).bit_length() + 3
    assert len({round(band.high - band.low, 6) for band in found}) == 1


def test_a_number_without_its_values_has_mean_sd_and_declared_bands():
    counts = {"2": 5, "12": 3, "30": 2}
    kept = whole(answers("employees", counts)).indicators["size"]
    of = questionnaire(indicators=(Summary("size", "employees", bands=(10, 20)),))
    plain = part(of, answers("employees", counts) + [{}] * 4)
    sums = {":n": 10, ":sum": 1060, ":squares": 20 * 20 * 5 + 120 * 120 * 3 + 300 * 300 * 2, "": 4}
    summed = sums | {":band:": 5, ":band:10.0": 3, ":band:20.0": 2}
    found = results(release(replace(plain, figures={**plain.figures, "item/employees": summed})), of).whole
    size, item = found.indicators["size"], found.items["employees"]
    assert (size.n, size.mean, size.sum, size.sd) == (10, kept.mean, kept.sum, pytest.approx(kept.sd))
    assert (size.median, size.median_reason, item.median_reason) == (None, *[Reason.NOT_ADDITIVE] * 2)
    assert [band.n for band in size.histogram] == [5, 5]
    assert (item.n, item.missing, item.mean) == (10, 4, kept.mean)
    other = questionnaire(indicators=(Summary("size", "employees", bands=(10, 15)),))
    unknown = results(release(replace(plain, figures={**plain.figures, "item/employees": summed})), other)
    assert unknown.whole.indicators["size"].histogram_reason is Reason.NOT_ADDITIVE


def test_the_worst_case():
    shown = whole(answers("utility", {"4": 30, "2": 10, "DK": 5}), invited=100).indicators
    mean, share = shown["usefulness"], shown["satisfied"]
    assert (mean.worst_case.low, mean.worst_case.high) == ((140 + 60) / 100, (140 + 300) / 100)
    assert (share.worst_case.low, share.worst_case.high) == (0.3, 0.9)
    assert mean.worst_case.low <= mean.value <= mean.worst_case.high


def test_the_worst_case_of_recommendations_and_dimensions():
    rows = [{"would": "yes", "calm": "4", "stress": "1"}] * 20
    shown = whole(rows, invited=40).indicators
    assert (shown["yes_no"].worst_case.low, shown["yes_no"].worst_case.high) == (0.5, 1.0)
    wellbeing = shown["impact"].dimensions["wellbeing"]
    assert (wellbeing.worst_case.low, wellbeing.worst_case.high) == ((4.5 + 1) / 2, (4.5 + 5) / 2)


def test_when_everybody_answered_the_worst_case_is_the_figure():
    mean = whole(answers("utility", {"4": 30, "2": 10}), invited=40).indicators["usefulness"]
    assert (mean.worst_case.low, mean.worst_case.high) == (3.5, 3.5)


def test_an_unknown_population_has_no_worst_case():
    mean = whole(answers("utility", {"4": 30}), population=None).indicators["usefulness"]
    assert (mean.worst_case.low, mean.worst_case.reason) == (None, Reason.POPULATION_UNKNOWN)


def test_an_item_that_is_not_put_to_everybody_has_no_population_of_its_own():
    rows = [{"would": "yes", "hours": "12"}] * 15 + [{"would": "yes", "hours": "3"}] * 15
    rows += [{"would": "yes"}] * 4 + [{"would": "no"}] * 20 + [{}] * 2
    shown = whole(rows, invited=60)
    hours, size = shown.items["hours"], shown.indicators["hours_used"]
    assert (hours.n, hours.missing, hours.not_asked) == (30, 4, 22)
    assert (hours.population, size.population) == (None, None)
    open_ended = whole(rows, population=None).items["hours"].interval
    assert hours.interval == open_ended, "no correction"
    assert shown.items["would"].not_asked == 0
