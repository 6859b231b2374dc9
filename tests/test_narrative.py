"""Sentences: their words in English, and what they never say."""

from dataclasses import replace

import pytest

from survey.counts import Reason
from survey.definitions.model import Mean, Mode
from survey.indicators.model import (
    Comparison,
    DimensionFigure,
    MeanFigure,
    ProfileFigure,
    Response,
    SummaryFigure,
)
from survey.language import language
from survey.narrative import comparison_sentence, label, reason_text, response_sentence, sentence
from survey.narrative.words import percent
from tests.indicators.samples import ITEMS, answers, moves, questionnaire, rated, results_of, scale, words

EN = language("en")
FEW = " Few answers: read with caution."
PERCEIVED = " A change that is asked only once is a perceived change."
BECAUSE = " These changes happened during the service, not necessarily because of it."


def said(indicator_id, rows, audience="beneficiary", of=None, threshold=None, **about):
    of = of or questionnaire(audience=audience)
    figure = results_of(rows, of, **about).whole.indicators[indicator_id]
    return sentence(figure, of.indicator(indicator_id), of, EN, threshold)


def responded(invited, complete, partial=0, population=-1, responses=None, audience="beneficiary"):
    population = invited if population == -1 else population
    answered = complete + partial
    rates = (None, None) if population is None else (complete / invited, answered / invited)
    response = Response(invited, population, responses or answered, complete, partial, *rates)
    return response_sentence(response, audience, EN)


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (
            {"invited": 4000, "complete": 1228, "partial": 52},
            "1,280 of 4,000 invited people answered (32%). We do not know the opinion of the other 68%.",
        ),
        (
            {"invited": 80, "complete": 17, "audience": "organization"},
            "17 of 80 invited organizations answered (21%). We do not know the opinion of the other 79%.",
        ),
        (
            {"invited": 20, "complete": 12},
            "12 of 20 invited people answered. We do not know the opinion of the other 8.",
        ),
        (
            {"invited": 6366, "complete": 6366, "population": 19894},
            "6,366 of 6,366 invited people answered, out of a population of 19,894 (32%). "
            "We do not know the opinion of the other 68%.",
        ),
        (
            {"invited": 200, "complete": 100, "population": 90},
            "100 of 200 invited people answered.",
        ),
        (
            {"invited": 300, "complete": 300, "population": None},
            "300 people answered. How many were reached is not known, so there is no response rate.",
        ),
        ({"invited": 17, "complete": 17}, "Everyone answered: 17 invited people."),
        ({"invited": 4000, "complete": 0}, "Of 4,000 invited people, nobody answered."),
        (
            {"invited": 1000, "complete": 999, "responses": 1000},
            "999 of 1,000 invited people answered (over 99%). "
            "We do not know the opinion of the other one. 1 more form had too few answers to count here.",
        ),
    ],
)
def test_response(about, expected):
    assert responded(**about) == expected


UTILITY = {"1": 50, "2": 80, "3": 310, "4": 450, "5": 370}


@pytest.mark.parametrize(
    ("counts", "about", "expected"),
    [
        (
            UTILITY,
            {"invited": 4000},
            "Usefulness 3.8 out of 5 (1,260 answers; between 3.75 and 3.85 "
            "if those who did not answer think alike).",
        ),
        (
            {"4": 7},
            {},
            "Usefulness 4.0 out of 5 (7 answers; fewer than 10 answers, too few for an interval).",
        ),
        ({"5": 40}, {}, "Usefulness 5.0 out of 5 (40 answers; all answers are equal)." + FEW),
        ({"5": 10, "3": 7}, {"invited": 17}, "Usefulness 4.2 out of 5 (17 answers; everyone answered)."),
        ({"": 9}, {"mode": Mode.NAMED}, "Usefulness: not shown (no answers)."),
    ],
)
def test_mean(counts, about, expected):
    assert said("usefulness", answers("utility", counts), **about) == expected


def test_a_scale_around_zero_names_both_ends():
    items = (rated("balance", scale(-2, 2)),)
    of = questionnaire(items, (Mean("m", "balance", words("Balance")),))
    assert said("m", answers("balance", {"1": 3, "-2": 1}), of=of).startswith(
        "Balance 0.3 on a scale from −2 to +2 (4 answers"
    )


@pytest.mark.parametrize(
    ("counts", "audience", "expected"),
    [
        ({"4": 120, "2": 147}, "beneficiary", "Satisfied: 45% (120 of the 267 who answered this question)."),
        ({"4": 10, "2": 6}, "organization", "Satisfied: 10 of 16 organizations."),
        ({"4": 3, "2": 1}, "beneficiary", "Satisfied: 3 of 4 people."),
        (
            {"4": 20, "2": 20},
            "beneficiary",
            "Satisfied: 50% (20 of the 40 who answered this question)." + FEW,
        ),
        (
            {"4": 999, "2": 1},
            "beneficiary",
            "Satisfied: over 99% (999 of the 1,000 who answered this question).",
        ),
        ({"2": 70}, "beneficiary", "Satisfied: 0% (0 of the 70 who answered this question)."),
    ],
)
def test_share(counts, audience, expected):
    assert said("satisfied", answers("utility", counts), audience, invited=4000) == expected


HOUSE = " It follows a rule of its own and cannot be compared with an NPS."


@pytest.mark.parametrize(
    ("indicator", "item", "counts", "expected"),
    [
        (
            "yes_no",
            "would",
            {"yes": 713, "no": 537, "": 30},
            "57% would recommend it (713 of the 1,250 who answered this question).",
        ),
        (
            "balance",
            "recommend",
            {"5": 50, "4": 30, "2": 20},
            "80% would recommend it (80 of the 100 who answered this question). Recommendation balance "
            "(1–5) +30.0: promoters 50%, passives 30%, detractors 20%." + HOUSE,
        ),
        (
            "nps",
            "recommend_0_10",
            {"10": 10, "8": 5, "0": 25},
            "25% would recommend it (10 of the 40 who answered this question). "
            "NPS (0–10) −37.5: promoters 25%, passives 13%, detractors 63%." + FEW,
        ),
        ("nps", "recommend_0_10", {"10": 10, "8": 6}, "10 of 16 people would recommend it."),
    ],
)
def test_recommendation(indicator, item, counts, expected):
    assert said(indicator, answers(item, counts)) == expected


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (
            {("seeking", "permanent"): 63, ("other", "other"): 1177},
            "63 of 1,240 people changed status." + BECAUSE + PERCEIVED,
        ),
        (
            {("seeking", "permanent"): 2, ("other", "other"): 78, ("other", ""): 7, ("", "other"): 3},
            "2 of 80 people changed status." + BECAUSE + PERCEIVED + " 10 people gave only one of the two "
            "statuses and are left out.",
        ),
        ({("other", "other"): 40}, "None of 40 people changed status." + FEW),
    ],
)
def test_status_change(pairs, expected):
    assert said("employment", moves(pairs)) == expected


def impact(calm, time, n=60):
    low, high = ({"calm": str(calm + d), "time_1": str(time + d), "time_2": str(time)} for d in (-1, 1))
    return [low, high] * (n // 2)


CLOSE = " The difference between the two is too close to call."


@pytest.mark.parametrize(
    ("rows", "about", "expected"),
    [
        (impact(4, 2), {}, "highest “Well-being” (4.0 out of 5), lowest “Time” (2.0)."),
        (impact(3, 3), {}, "highest “Time” (3.0 out of 5), lowest “Well-being” (3.0)." + CLOSE),
        (impact(4, 2, 8), {}, "highest “Well-being” (4.0 out of 5), lowest “Time” (2.0)." + CLOSE),
        (
            impact(4, 2, 8),
            {"invited": 8},
            "highest “Well-being” (4.0 out of 5), lowest “Time” (2.0).",
        ),
    ],
)
def test_profile(rows, about, expected):
    assert said("impact", rows, **about) == "Perceived change: " + expected + PERCEIVED


def test_one_dimension_is_neither_highest_nor_lowest():
    withheld = {"dimension/impact/time": Reason.TOO_FEW_ANSWERS}
    told = said("impact", impact(4, 2, 40), "organization", withheld=withheld)
    assert told.startswith("Perceived change: “Well-being” 4.0 out of 5 (40 answers; between 3.6")
    assert told.endswith("think alike)." + FEW)


@pytest.mark.parametrize(
    ("counts", "mode", "expected"),
    [
        (
            {"4": 8, "35": 1, "112.75": 8},
            "named",
            "Employees: 57 on average, median 35, from 4 to 112.75 (17 organizations).",
        ),
        ({"4": 8, "35": 9}, "anonymous", "Employees: 20.41 on average, median 35 (17 organizations)."),
        ({"4": 1}, "named", "Employees: 4 on average (1 organization)."),
    ],
)
def test_summary(counts, mode, expected):
    sharper = tuple(replace(item, decimals=2) if item.id == "employees" else item for item in ITEMS)
    of = questionnaire(sharper, audience="organization")
    rows = answers("employees", counts)
    assert said("size", rows, of=of, mode=Mode(mode)) == expected


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        (5, "Usefulness: not shown (fewer than 5 answers)."),
        (None, "Usefulness: not shown (too few answers)."),
    ],
)
def test_a_withheld_figure_says_why(threshold, expected):
    withheld = {"item/utility": Reason.TOO_FEW_ANSWERS}
    assert said("usefulness", [], withheld=withheld, threshold=threshold) == expected


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason):
    told = EN(reason_text(reason, 5))
    assert told[0].islower()
    assert told[-1] not in ".{}"


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [("usefulness", "Usefulness"), ("employment", "Change of status"), ("nps", "recommend_0_10")],
)
def test_an_indicator_without_label_is_called_by_its_item(indicator, expected):
    assert label(questionnaire().indicator(indicator), questionnaire(), EN) == expected


@pytest.mark.parametrize(
    ("count", "n", "expected"),
    [(0, 9, "0%"), (9, 9, "100%"), (1, 8, "13%"), (1, 1000, "under 1%"), (995, 1000, "over 99%"),
     (994, 1000, "99%"), (5, 1000, "1%")],
)  # fmt: skip
def test_percentages_are_rounded_half_up_and_claim_all_or_nothing_only_when_exact(count, n, expected):
    assert percent(count, n, EN) == expected


FORBIDDEN = ("significan", "p-value", "p <", "caused", "impact", "thanks to", "proves")


@pytest.mark.parametrize("n", [1, 8, 12, 29, 30, 59, 60, 400])
def test_no_sentence_claims_too_much(n):
    row = {"utility": "4", "recommend": "5", "would": "yes", "recommend_0_10": "9", "employees": "7"}
    rows = [row | {"status_before": "seeking", "status_now": "permanent"}] * n + impact(4, 2, 2)
    of = questionnaire()
    for indicator in of.indicators:
        told = said(indicator.id, rows)
        assert not [word for word in FORBIDDEN if word in told.lower()]
        if n < 27:
            assert "%" not in told
            assert "NPS" not in told


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (
            {"time|near": 30, "near": 20, "money": 10, "none": 40},
            "Reasons: most often “near” 50%, “time” 30%, and “money” 10% "
            "(100 people answered, with several answers possible).",
        ),
        (
            {"time|near": 3, "money": 5},
            "Reasons: most often “money” 5 of 8, “time” 3 of 8, and “near” 3 of 8 "
            "(8 people answered, with several answers possible).",
        ),
        (
            {"time": 40},
            "Reasons: most often “time” 100% (40 people answered, with several answers possible)." + FEW,
        ),
        ({"none": 70}, "Reasons: nobody chose any of the answers that are ranked (70 people)."),
        ({}, "Reasons: not shown (no answers)."),
    ],
)
def test_a_ranking(counts, expected):
    assert said("why", answers("reasons", counts)) == expected


def test_options_that_share_the_third_place_are_all_told():
    told = said("why", answers("reasons", {"time|money|near|other": 60, "time": 1}))
    assert all(f"“{option}”" in told for option in ("time", "money", "near", "other"))


def test_a_share_over_several_items_names_its_base():
    rows = [{"utility": "5", "recommend": "4"}] * 60 + [{"utility": "1", "recommend": "4"}] * 40
    assert said("favourable", rows) == (
        "Useful and recommended: 60% (60 of the 100 who answered all of these questions)."
    )


def test_a_number_without_median_tells_its_mean_alone():
    figure = SummaryFigure(n=400, mean=12.5, presentation="full", median_reason=Reason.NOT_ADDITIVE)
    of = questionnaire()
    assert sentence(figure, of.indicator("size"), of, EN) == "Employees: 12.5 on average (400 people)."


def compared(verdict, indicator="usefulness"):
    figure = MeanFigure(value=4.0, n=50, against_rest=Comparison(0.4, (0.2, 0.6), 0.001, 0.004, verdict))
    return comparison_sentence(figure, questionnaire().indicator(indicator), EN)


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("higher", "higher than can be explained by chance"),
        ("lower", "lower than can be explained by chance"),
        ("too_close", "too close to call"),
    ],
)
def test_a_group_beside_everybody_else(verdict, words):
    assert compared(verdict) == f"Compared with everybody else: {words}."
    assert not [word for word in FORBIDDEN if word in compared(verdict)]


def test_without_a_comparison_nothing_is_said():
    indicator = questionnaire().indicator("usefulness")
    withheld = MeanFigure(value=4.0, n=9, against_rest=Comparison(reason=Reason.TOO_FEW_FOR_INTERVAL))
    assert comparison_sentence(withheld, indicator, EN) == ""
    assert comparison_sentence(MeanFigure(value=4.0, n=9), indicator, EN) == ""


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (("too_close", "too_close"), "Compared with everybody else: too close to call."),
        (
            ("higher", "too_close"),
            "Compared with everybody else: “Well-being” higher than can be explained by chance. "
            "The other dimensions are too close to call.",
        ),
        (
            ("higher", "lower"),
            "Compared with everybody else: “Well-being” higher than can be explained by chance and "
            "“Time” lower than can be explained by chance.",
        ),
        ((None, None), ""),
    ],
)
def test_the_dimensions_of_a_group_beside_everybody_else(verdicts, expected):
    dimensions = {
        name: DimensionFigure((), mean=3.0, n=40, against_rest=Comparison(verdict=verdict))
        for name, verdict in zip(("wellbeing", "time"), verdicts, strict=True)
    }
    figure = ProfileFigure(1, 5, dimensions)
    assert comparison_sentence(figure, questionnaire().indicator("impact"), EN) == expected


def test_a_group_that_only_answers_tell_has_no_rate():
    response = Response(None, None, 40, 38, 2, None, None, Reason.FROM_ANSWERS)
    assert response_sentence(response, "beneficiary", EN) == (
        "40 people answered. Only answers tell who belongs to this group, so there is no response rate."
    )
