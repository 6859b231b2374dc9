"""Charts as plain values: what is shown, in which words, and what is refused."""

import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import pytest

from survey.charts import NoChart, UnknownBreakdown, UnknownChart, chart, table
from survey.charts.dots import scale_axis
from survey.charts.likert import starts
from survey.charts.model import Mark
from survey.charts.nets import net_axis
from survey.charts.numbers import number_axis
from survey.counts import Reason
from survey.definitions.model import Breakdown, Source
from survey.indicators.model import DividedResults, ItemFigure, Response, Score
from survey.language import language
from survey.narrative import reason_text
from tests import charts_samples as samples

ENGLISH = language("en")
RESULTS = samples.results(groups=8)
CHARTED = [
    "employment-flows",
    *(indicator.id for indicator in samples.INDICATORS),
    *(item.id for item in samples.ITEMS if item.kind != "text"),
]


def english(what, by=None, results=RESULTS):
    return chart(results, samples.QUESTIONNAIRE, what, ENGLISH, by)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ((0.1, 0.2, 0.4, 0.2, 0.1), (-0.5, -0.4, -0.2, 0.2, 0.4)),
        ((0.25, 0.25, 0.25, 0.25), (-0.5, -0.25, 0.0, 0.25)),
        ((0.0, 0.0, 1.0), (0.0, 0.0, 0.0)),
        ((0.0, 1.0, 0.0), (-0.5, -0.5, 0.5)),
        ((1.0, 0.0, 0.0), (-1.0, 0.0, 0.0)),
    ],
)
def test_the_middle_of_a_scale_stands_at_zero(shares, expected):
    expected = (-shares[0] - shares[1] / 2, *expected[1:]) if len(shares) == 3 else expected
    assert starts(shares) == pytest.approx(expected)


@pytest.mark.parametrize("by", [None, "alliance"])
@pytest.mark.parametrize("what", CHARTED)
def test_every_row_of_a_table_is_as_long_as_its_header(what, by):
    header, rows = table(english(what, by))
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert all(cell for row in rows for cell in row)


def test_a_scale_items_table_has_counts_shares_and_what_is_outside_the_base():
    header, rows = table(english("utility"))
    assert header[1:6] == tuple(point.label["en"] for point in samples.USEFULNESS.points)
    assert header[6:] == ("Don't know / does not apply", "not answered", "n", "mean")
    assert rows == [
        (
            "All answers", "60 (5%)", "110 (9%)", "270 (21%)", "400 (32%)", "420 (33%)",
            "12", "8", "1,260", "3.80",
        )
    ]  # fmt: skip


def test_all_items_stand_in_one_panel_for_each_scale():
    drawn = english("items")
    assert [len(panel.rows) for panel in drawn.panels] == [1, 6, 1, 1]
    assert [len(panel.legend) for panel in drawn.panels] == [5, 5, 11, 3]
    header, rows = table(drawn)
    assert header[1] == "answers"
    assert rows[-1][1] == "Worse 126 (10%); The same 630 (50%); Better 504 (40%)"


def test_the_profile_keeps_the_order_of_the_definition_and_says_why_a_dimension_is_missing():
    whole = samples.part(withheld=["savings"])
    drawn = english("dimensions", results=samples.results(whole))
    labels = [label["en"] for label, _ in samples.DIMENSIONS.values()]
    assert [row.label for row in drawn.panels[0].rows] == labels
    assert drawn.panels[0].rows[2].withheld == "fewer than 5 answers"
    _, rows = table(drawn)
    assert rows[0] == ("Awareness and confidence", "4.02", "3.94 to 4.10", "1,260")
    assert rows[2] == ("Savings", "fewer than 5 answers", "–", "–")


def test_nets_are_signed_and_the_people_who_moved_are_in_the_caption():
    drawn = english("employment")
    assert [row.values for row in drawn.panels[0].rows] == [(-5,), (-3,), (1,), (3,), (3,), (1,)]
    assert [row.beside[0] for row in drawn.panels[0].rows] == ["−5", "−3", "+1", "+3", "+3", "+1"]
    assert "63 of 1,240 people" in drawn.caption
    _, rows = table(drawn)
    assert rows[0] == ("Seeking work", "101", "96", "−5", "−12 to +2")


def test_groups_follow_the_whole_wave_and_pools_end_the_list():
    rows = english("utility", "alliance").panels[0].rows
    assert [row.label for row in rows] == [
        "All answers", "A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "others (B1, B2)",
    ]  # fmt: skip
    assert rows[0].strong
    assert rows[5].withheld == "it would give away single answers"


def test_groups_that_are_pooled_or_hidden_are_named_with_the_reason():
    notes = english("employment", "alliance").notes
    assert "Shown only together, as “others”: B1, B2." in notes
    assert "Not shown (fewer than 5 people invited): C1." in notes


def test_few_answers_are_counted_and_not_turned_into_percentages():
    drawn = english("utility", "alliance")
    small, few = drawn.panels[0].rows[1], drawn.panels[0].rows[2]
    assert small.said == ("2", "1", "3", "5", "5")
    assert small.beside == ("3.6", "16")
    assert few.beside == ("3.6", "44*")
    assert "Fewer than 30 answers: counts are shown instead of percentages." in drawn.notes
    assert "* 30 to 59 answers: few, to be read with caution." in drawn.notes
    assert table(english("again", "alliance"))[1][1] == ("A01", "12", "–", "16")


def test_a_recommendation_is_three_shares_and_a_score_with_its_interval():
    drawn = english("recommendation")
    bar, score = (panel.rows[0] for panel in drawn.panels)
    assert drawn.panels[0].legend == ("detractors (1–3)", "passives (4)", "promoters (5)")
    assert bar.said == ("43%", "32%", "26%")
    assert bar.values == pytest.approx((537 / 1260, 400 / 1260, 323 / 1260))
    assert bar.beside == ("57%", "1,260")
    assert (score.label, score.said) == ("Recommendation balance (1–5)", ("−17.0",))
    assert score.values == pytest.approx((100 * (323 - 537) / 1260,))
    assert score.interval is not None
    assert "It follows a rule of its own and cannot be compared with an NPS." in drawn.notes
    assert "rule of its own" not in " ".join(english("nps").notes)
    header, rows = table(drawn)
    assert header[1:] == (
        "detractors", "passives", "promoters", "would recommend", "Recommendation balance (1–5)",
        "interval (95%)", "n",
    )  # fmt: skip
    assert rows[0][1:6] == ("537 (43%)", "400 (32%)", "323 (26%)", "723 (57%)", "−17.0")


def test_a_group_with_too_few_answers_for_a_score_has_counts_and_the_reason():
    shares, scores = english("recommendation", "alliance").panels
    assert (shares.rows[1].label, shares.rows[1].said) == ("A01", ("7", "5", "4"))
    assert scores.rows[1].withheld == "fewer than 30 answers, too few for a score"
    assert shares.rows[5].withheld == scores.rows[5].withheld == "it would give away single answers"


def test_without_a_score_a_recommendation_is_the_share_of_its_item():
    few = english("recommendation", results=samples.results(samples.part(20)))
    assert [panel.columns for panel in few.panels] == [("would recommend", "n")]
    assert len(few.panels[0].legend) == 5
    whole = samples.part()
    figure = replace(whole.indicators["recommendation"], score=Score("", 1260, reason=Reason.NOT_DEFINED))
    undefined = replace(whole, indicators={**whole.indicators, "recommendation": figure})
    assert len(english("recommendation", results=samples.results(undefined)).panels) == 1


def test_a_ranking_starts_with_the_most_ticked_and_sets_the_exclusive_option_apart():
    drawn = english("services")
    rows = drawn.panels[0].rows
    assert [row.label for row in rows] == [
        "Summer camps for children", "Ready-made shopping and ironing", "Nursery and baby-sitting",
        "None of these",
    ]  # fmt: skip
    assert [row.apart for row in rows] == [False, False, False, True]
    assert [row.beside for row in rows] == [("67%", "840"), ("33%", "420"), ("33%", "420"), ("5%", "63")]
    assert any("may exceed 100% together" in note for note in drawn.notes)
    _, told = table(drawn)
    assert [row[1] for row in told] == ["1", "2", "2", "–"]
    assert english("services", "alliance").panels[1].rows[0].beside == ("10",)


def test_a_joint_share_names_its_questions_and_the_answers_that_count():
    drawn = english("helped")
    assert drawn.panels[0].rows[0].values == pytest.approx((0.7,))
    assert "Answers that count: Agree, Strongly agree." in drawn.notes
    assert "• The service saved me time every week" in drawn.notes


def test_the_response_has_its_rates_and_their_base():
    drawn = english("response")
    (row,) = drawn.panels[0].rows
    assert row.values == pytest.approx((0.307, 0.013))
    assert (row.said, row.beside) == (("32%",), ("1,280", "4,000"))
    assert table(drawn) == (
        ("group", "invited", "complete", "partial", "RR2", "RR1"),
        [("Whole wave", "4,000", "1,228", "52", "32%", "31%")],
    )
    assert drawn.subtitle.endswith("1,280 of 4,000 invited")


def test_who_answered_stands_beside_who_was_invited():
    def answering(invited, complete):
        rate = complete / invited
        return replace(
            samples.part(100), response=Response(invited, invited, complete, complete, 0, rate, rate)
        )

    groups = {"A": answering(300, 60), "B": answering(100, 60)}
    found = replace(samples.results(answering(400, 120)), by={"alliance": DividedResults(groups, ())})
    drawn = english("composition", "alliance", found)
    assert drawn.table.header[1:] == ("invited", "of the invited", "answers", "of the answers", "points")
    assert drawn.table.rows == (
        ("A", "300", "75.0%", "60", "50.0%", "−25.0"),
        ("B", "100", "25.0%", "60", "50.0%", "+25.0"),
    )
    assert [row.values for row in drawn.panels[0].rows] == [(-25.0,), (25.0,)]
    few = replace(found, whole=answering(400, 29))
    unrated = replace(found, whole=replace(found.whole, response=replace(found.whole.response, rr2=None)))
    for by, results in ((None, found), ("alliance", few), ("alliance", unrated)):
        with pytest.raises(NoChart):
            english("composition", by, results)


def test_a_group_that_only_answers_tell_has_no_rate_and_says_why():
    told = replace(
        samples.part(100), response=Response(None, None, 100, 90, 10, None, None, Reason.FROM_ANSWERS)
    )
    results = replace(RESULTS, by={"alliance": DividedResults({"yes": told}, ())})
    drawn = english("response", "alliance", results)
    row = drawn.panels[0].rows[1]
    assert (row.values, row.beside) == ((), ("100", "–"))
    assert row.withheld == ENGLISH(reason_text(Reason.FROM_ANSWERS))
    assert table(drawn)[1][1] == ("yes", "–", "90", "10", row.withheld, "–")


def test_a_group_that_only_answers_tell_is_called_as_the_answer():
    by_answer = Breakdown("again", {"en": "Would use it again"}, source=Source.ITEM)
    questionnaire = replace(samples.QUESTIONNAIRE, breakdowns=(by_answer,))
    divided = DividedResults({"yes": samples.part(100), "no": samples.part(40)}, ())
    drawn = chart(replace(RESULTS, by={"again": divided}), questionnaire, "utility", ENGLISH, "again")
    assert [row.label for row in drawn.panels[0].rows] == ["All answers", "Yes", "No"]


@pytest.mark.parametrize(
    ("opens", "said"),
    [("", "closed "), ("2019-11-02", "answers from November 2, 2019 to "), (RESULTS.closed[:10], "closed ")],
)
def test_the_source_names_days_once(opens: str, said: str):
    day = ENGLISH.day(datetime.fromisoformat(RESULTS.closed).date())
    assert f"{said}{day}." in english("utility", results=replace(RESULTS, opens=opens)).source


def test_few_invitations_are_counted():
    few = replace(samples.part(16), response=Response(20, 20, 16, 15, 1, 0.75, 0.8))
    drawn = english("response", results=samples.results(few))
    assert drawn.panels[0].rows[0].said == ("16 of 20",)
    assert "Fewer than 30 invitations: counts are shown instead of percentages." in drawn.notes


def test_flows_are_a_table_whose_margins_are_the_statuses():
    drawn = english("employment-flows")
    *rows, now = drawn.panels[0].rows
    figure = samples.status_change(1240)
    assert [row.beside[0] for row in rows] == [f"{n:,}" for n in figure.before.values()]
    assert list(now.said) == [f"{n:,}" for n in figure.after.values()]
    assert all(row.values[at] == 0 for at, row in enumerate(rows))
    assert max(value for row in rows for value in row.values) == 1
    flows = [n for code, row in figure.transitions.items() for other, n in row.items() if n and code != other]
    assert sum(value > 0 for row in rows for value in row.values) == len(flows)
    header, told = table(drawn)
    assert (header[0], told[-1][-1]) == ("before ↓ now →", "1,240")


def test_flows_that_are_not_shown_say_why():
    figure = replace(
        samples.status_change(44), transitions=None, transitions_reason=Reason.TOO_FEW_PER_STATUS
    )
    part = samples.part(44)
    part = replace(part, indicators={**part.indicators, "employment": figure})
    results = replace(RESULTS, by={"alliance": DividedResults({"A": part}, ())})
    drawn = english("employment-flows", "alliance", results)
    assert drawn.panels[1].withheld == "fewer than 10 people in one of the statuses before"
    assert not any(row.values for row in drawn.panels[1].rows)


def test_a_distribution_has_its_bands_its_mean_and_its_median():
    drawn = english("size")
    (row,) = drawn.panels[0].rows
    assert row.said == ("10%", "25%", "30%", "20%", "10%", "5%")
    assert max(row.values) == 1
    assert [words for _, words in drawn.panels[0].axis.ticks] == ["0", "10", "20", "50", "100", "250", "more"]
    assert row.points == ((3 + 7 / 50, "mean 57.0"), (2.5, "median 35.0"))
    header, rows = table(drawn)
    assert header[-1] == "distribution"
    assert rows[0][-1].startswith("0 to below 10: 126 (10%); ")
    assert rows[0][-1].endswith("250 and more: 63 (5%)")


def test_a_number_without_a_histogram_keeps_its_dots():
    whole = samples.part()
    size = replace(whole.indicators["size"], histogram=None, histogram_reason=Reason.TOO_FEW_ANSWERS)
    whole = replace(whole, indicators={**whole.indicators, "size": size})
    drawn = english("size", results=samples.results(whole))
    assert [panel.mark for panel in drawn.panels] == [Mark.DOT]
    assert len(table(drawn)[0]) == 7


def test_many_groups_are_rows_and_not_panels():
    drawn = english("dimensions", "alliance", samples.results(groups=40))
    assert [panel.title for panel in drawn.panels] == [
        label["en"] for label, _ in samples.DIMENSIONS.values()
    ]
    assert {len(panel.rows) for panel in drawn.panels} == {42}
    assert [row.strong for row in drawn.panels[0].rows] == [True] + [False] * 41
    few = english("dimensions", "alliance")
    assert few.panels[3].title == "A03"
    turned = {row.label: row for row in drawn.panels[4].rows}["A03"]
    assert turned == replace(few.panels[3].rows[4], label="A03")
    withheld = {row.label: row for row in drawn.panels[0].rows}["A05"]
    assert withheld.withheld == "it would give away single answers"


def test_all_questions_of_very_many_groups_are_too_much():
    with pytest.raises(NoChart, match="choose one question"):
        english("items", "alliance", samples.results(groups=120))


def test_a_share_of_a_choice_item_is_set_off_in_the_bars_of_its_options():
    rows = english("again").panels[0].rows
    assert [(row.values, row.said, row.strong) for row in rows] == [
        ((0.7,), ("70%",), True),
        ((0.3,), ("30%",), False),
    ]


def test_by_groups_each_kind_has_its_own_picture():
    pictures = {
        what: (english(what, "alliance").panels[0].mark, len(english(what, "alliance").panels))
        for what in (
            "utility",
            "recommendation",
            "again",
            "employment",
            "dimensions",
            "size",
            "used",
            "employees",
            "employment-flows",
            "services",
            "helped",
            "response",
            "items",
        )
    }
    assert pictures == {
        "utility": (Mark.STACKED, 1),
        "recommendation": (Mark.STACKED, 2),
        "again": (Mark.DOT, 1),
        "employment": (Mark.NET, 10),
        "dimensions": (Mark.DOT, 10),
        "size": (Mark.HISTOGRAM, 10),
        "used": (Mark.BAR, 10),
        "employees": (Mark.DOT, 10),
        "employment-flows": (Mark.MATRIX, 10),
        "services": (Mark.BAR, 10),
        "helped": (Mark.DOT, 1),
        "response": (Mark.PARTS, 1),
        "items": (Mark.STACKED, 9),
    }


@pytest.mark.parametrize("what", ["items", *CHARTED])
def test_a_wave_that_shows_nothing_says_why_and_no_number(what):
    drawn = english(what, results=samples.results(samples.nothing()))
    assert "fewer than 5 answers" in drawn.description
    assert not any(row.values or row.beside for panel in drawn.panels for row in panel.rows)
    assert all(panel.withheld or all(row.withheld for row in panel.rows) for panel in drawn.panels)
    assert drawn.caption == ""


def test_no_answers_at_all_is_a_reason_and_no_division():
    whole = samples.part()
    empty = ItemFigure("scale", n=0, counts=dict.fromkeys("12345", 0), reason=Reason.NO_ANSWERS)
    drawn = english(
        "utility", results=samples.results(replace(whole, items={**whole.items, "utility": empty}))
    )
    assert drawn.panels[0].rows[0].withheld == "no answers"


def test_title_source_and_description_say_what_the_chart_is():
    drawn = english("utility")
    assert drawn.title == "Perceived utility of the service"
    assert drawn.subtitle == "Territorial plan 2017-2019 · 1,260 valid answers"
    assert "milano-2019" in drawn.source
    assert drawn.synthetic == "Synthetic data"
    assert drawn.description.startswith("Synthetic data. ")
    assert "Very useful: 400 (32%)" in drawn.description


def test_real_answers_are_not_marked():
    drawn = english("utility", results=replace(RESULTS, synthetic=False))
    assert drawn.synthetic == ""
    assert "ynthetic" not in drawn.description + drawn.source


def test_the_same_figures_are_written_as_italians_do():
    drawn = chart(RESULTS, samples.QUESTIONNAIRE, "utility", language("it"))
    assert drawn.title == "Utilità percepita del servizio"
    assert drawn.panels[0].rows[0].beside == ("3,8", "1.260")


@pytest.mark.parametrize(
    ("what", "by", "refusal", "words"),
    [
        ("nonsense", None, UnknownChart, "“nonsense”"),
        ("", None, UnknownChart, "utility"),
        ("comment", None, NoChart, "“text”"),
        ("utility-flows", None, UnknownChart, "employment-flows"),
        ("employment-", None, UnknownChart, "employment-"),
        ("utility", "organization", UnknownBreakdown, "alliance"),
    ],
)
def test_what_has_no_chart_is_refused_with_what_there_is(what, by, refusal, words):
    with pytest.raises(refusal, match=words):
        english(what, by)


def test_a_questionnaire_without_scales_has_no_chart_of_all_items():
    section = replace(samples.QUESTIONNAIRE.sections[0], items=(samples.ITEMS[-1],))
    questionnaire = replace(samples.QUESTIONNAIRE, sections=(section,), indicators=())
    with pytest.raises(NoChart):
        chart(RESULTS, questionnaire, "items", ENGLISH)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ((4, 231), ["0", "50", "100", "150", "200", "250"]),
        ((0.2, 0.9), ["0.2", "0.4", "0.6", "0.8", "1.0"]),
        ((57, 57), ["40", "60"]),
        ((), ["0.0", "0.5", "1.0"]),
        ((-3, 3), ["−4", "−2", "0", "2", "4"]),
    ],
)
def test_the_ticks_of_numbers_are_round(values, ticks):
    assert [words.replace("-", "−") for _, words in number_axis(values, ENGLISH).ticks] == ticks


def test_the_axis_of_nets_is_symmetric_and_whole():
    assert [words for _, words in net_axis([-11.6, 9.6], ENGLISH).ticks] == [
        "−15", "−10", "−5", "0", "+5", "+10", "+15",
    ]  # fmt: skip
    assert [words for _, words in net_axis([0], ENGLISH).ticks] == ["−1", "0", "+1"]


def test_a_long_scale_has_every_second_tick():
    assert [at for at, _ in scale_axis(0, 10, ENGLISH).ticks] == [0, 2, 4, 6, 8, 10]
    assert [at for at, _ in scale_axis(1, 5, ENGLISH).ticks] == [1, 2, 3, 4, 5]


def test_pages_that_show_only_tables_never_load_the_drawing_library():
    code = "import survey.charts, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
