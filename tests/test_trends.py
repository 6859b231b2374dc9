"""Waves in a row: each wave's own figure, breaks where something changed, no line across one."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from matplotlib import rc_context
from scipy import stats

from survey.changes import NotComparable, Side, Trends, trends
from survey.charts import UnknownChart, render, trend_chart
from survey.charts.drawing import draw
from survey.charts.theme import RC
from survey.counts import Reason
from survey.definitions.model import Mode, Questionnaire
from survey.indicators.results import results
from survey.language import language
from survey.narrative.trends import trend_sentence
from tests.indicators.samples import Row, answers, part, questionnaire, release

USEFULNESS, SATISFIED = ("usefulness",), ("satisfied",)
EN, IT = language("en"), language("it")


def side(at: int, rows: list[Row], of: Questionnaire | None = None, **about: object) -> Side:
    """The wave that closed as the `at`th."""
    of = of or questionnaire()
    made = release(part(of, rows), Mode.ANONYMOUS)
    told = {"wave": f"w{at}", "closed": f"2026-0{at}-01T12:00:00+00:00"} | about
    return Side(results(replace(made, **told), of), of)


FIRST, SECOND = answers("utility", {"3": 50, "4": 50}), answers("utility", {"3": 30, "5": 60})
REWORDED = questionnaire(
    tuple(
        replace(one, text={"en": "Was it of use?"}) if one.id == "utility" else one
        for one in questionnaire().items
    )
)


@pytest.fixture(scope="module")
def four() -> Trends:
    """The third wave asks otherwise, the fourth in the words of the third; the second has few answers."""
    few = replace(side(2, SECOND), results=side(2, answers("utility", {"3": 4, "4": 4})).results)
    return trends([side(4, FIRST, REWORDED), side(1, FIRST), side(3, SECOND, REWORDED), few])


def test_each_wave_keeps_its_figure_and_a_break_is_shown(four: Trends) -> None:
    trend = four.figures[USEFULNESS]
    assert [side.results.wave for side in four.sides] == ["w1", "w2", "w3", "w4"]
    assert [(point.value, point.n) for point in trend.points] == [
        (3.5, 100), (3.5, 8), (pytest.approx(13 / 3), 90), (3.5, 100)
    ]  # fmt: skip
    assert trend.breaks == (2,) and trend.points[2].changed == ("utility",)
    assert [point.joined for point in trend.points] == [False, True, False, True]
    known = stats.t.interval(0.95, 89, 13 / 3, stats.sem([3] * 30 + [5] * 60))
    assert trend.points[2].interval == pytest.approx(known)
    assert (trend.points[1].interval, trend.points[1].reason) == (None, Reason.TOO_FEW_FOR_INTERVAL)
    share = four.figures[SATISFIED]
    assert (share.unit, share.points[2].value) == ("share", pytest.approx(2 / 3))
    assert share.points[1].interval is None and "w2 4 of 8" in trend_sentence("", share, four, EN)
    assert four.items["utility"][""].breaks == (2,) and four.items["would"]["yes"].breaks == ()


def test_what_one_wave_withholds_or_never_asked_is_a_gap() -> None:
    of = questionnaire()
    hidden = release(part(of, FIRST, withheld={"item/utility": Reason.TOO_FEW_ANSWERS}))
    middle = replace(hidden, wave="w2", closed="2026-02-01T12:00:00+00:00")
    found = trends([side(1, FIRST), Side(results(middle, of), of), side(3, SECOND)])
    points = found.figures[USEFULNESS].points
    assert points[1].value is None and points[1].reason is Reason.TOO_FEW_ANSWERS
    assert not any(point.joined for point in points) and found.figures[USEFULNESS].breaks == ()
    without = questionnaire(indicators=tuple(one for one in of.indicators if one.id != "usefulness"))
    found = trends([side(1, FIRST), side(2, FIRST, without), side(3, SECOND)])
    points = found.figures[USEFULNESS].points
    assert points[1].value is points[1].reason is points[1].changed is None
    assert not points[2].joined


def test_a_figure_of_another_kind_is_never_on_the_same_line() -> None:
    of = questionnaire()
    swapped = tuple(
        replace(next(two for two in of.indicators if two.id == "satisfied"), id="usefulness")
        if one.id == "usefulness"
        else one
        for one in of.indicators
    )
    found = trends([side(1, FIRST), side(2, FIRST, questionnaire(indicators=swapped)), side(3, SECOND)])
    trend = found.figures[USEFULNESS]
    assert trend.unit == "mean" and trend.points[1].value is None and not trend.points[2].joined


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ([], "at least two waves"),
        ([{}], "named twice"),
        ([{"wave": "x", "questionnaire": "another"}], "one questionnaire and one mode"),
        ([{"wave": "x", "mode": "named"}], "one questionnaire and one mode"),
    ],
)
def test_what_cannot_stand_in_a_row(others: list[dict[str, str]], why: str) -> None:
    one = side(1, FIRST)
    with pytest.raises(NotComparable, match=why):
        trends([one, *(replace(one, results=replace(one.results, **other)) for other in others)])


def test_the_words_say_the_break_and_the_missing_baseline(four: Trends) -> None:
    said = trend_sentence("Usefulness", four.figures[USEFULNESS], four, EN)
    assert "w2 3.50 (n 8); not comparable with what follows, since what was asked has changed" in said
    assert "perceived change" in trend_chart(four, EN).description
    with_baseline = trends([side(1, FIRST, phase="baseline"), side(2, SECOND)])
    assert "perceived change" not in trend_chart(with_baseline, EN).description


def test_the_chart_has_a_lane_for_each_figure_and_no_line_across_a_break(four: Trends) -> None:
    chart = trend_chart(four, IT)
    assert [len(panel.rows) for panel in chart.panels] == [
        sum(one.unit == unit for one in four.figures.values()) for unit in ("mean", "share")
    ]
    steps = next(row for panel in chart.panels for row in panel.rows if len(row.steps[0].said) > 1).steps
    assert [step.broken for step in steps] == [False, False, True, False]
    assert [step.joined for step in steps] == [False, True, False, True]
    assert {len(row) for row in chart.table.rows} == {len(chart.table.header)}
    svg = render(one := trend_chart(four, IT, USEFULNESS), "svg")
    words = " ".join(ElementTree.fromstring(svg).itertext())
    assert all(f"n {n}" in words for n in (100, 8, 90)) and "4,33" in words
    assert svg == render(one, "svg")
    with rc_context(RC):
        (axes,) = draw(one).axes
    dashed = [lines for lines in axes.collections if lines.get_linestyle()[0][1] is not None]
    assert [tuple(lines.get_segments()[0][:, 0]) for lines in dashed] == [(2, 2)]
    joins = [tuple(line.get_xdata()) for line in axes.lines if len(line.get_xdata()) == 2]
    assert joins == [(0.5, 1.5), (2.5, 3.5)]
    with pytest.raises(UnknownChart, match="nothing"):
        trend_chart(four, IT, ("nothing",))
