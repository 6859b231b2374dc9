"""Charts as plain values: what is shown, in which words, and what is refused."""

import subprocess
import sys
from dataclasses import replace

import pytest

from survey.charts import NoChart, UnknownBreakdown, UnknownChart, chart, table
from survey.charts.dots import number_axis, scale_axis
from survey.charts.likert import starts
from survey.charts.model import Mark
from survey.charts.nets import net_axis
from survey.counts import Reason
from survey.indicators.model import ItemFigure
from survey.language import language
from tests import charts_samples as samples

ENGLISH = language("en")
RESULTS = samples.results(groups=8)
CHARTED = [
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


def test_a_share_of_a_choice_item_is_set_off_in_the_bars_of_its_options():
    rows = english("again").panels[0].rows
    assert [(row.values, row.said, row.strong) for row in rows] == [
        ((0.7,), ("70%",), True),
        ((0.3,), ("30%",), False),
    ]


def test_by_groups_each_kind_has_its_own_picture():
    pictures = {
        what: (english(what, "alliance").panels[0].mark, len(english(what, "alliance").panels))
        for what in ("utility", "recommendation", "again", "employment", "dimensions", "size", "used")
    }
    assert pictures == {
        "utility": (Mark.STACKED, 1),
        "recommendation": (Mark.STACKED, 1),
        "again": (Mark.DOT, 1),
        "employment": (Mark.NET, 10),
        "dimensions": (Mark.DOT, 10),
        "size": (Mark.DOT, 10),
        "used": (Mark.BAR, 10),
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
        ("items", "alliance", NoChart, "choose one question"),
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
