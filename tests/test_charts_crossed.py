"""Charts of a cross: what stands in the cells, how hidden ones look, and that large ones fit their size."""

from dataclasses import replace

import pytest
from matplotlib import rc_context
from matplotlib.colors import to_hex

from survey.charts import SIZES, DoesNotFit, Frame, NoChart, UnknownBreakdown, UnknownChart, chart
from survey.charts.crossed_figures import INDICATORS, Value, crossed_figures
from survey.charts.crossing import Crossing
from survey.charts.drawing import draw, figure_of
from survey.charts.laying import laid_out
from survey.charts.model import Chart
from survey.charts.theme import HIDDEN, PAPER, RC, contrast, ink_on, luminance, shade_colour
from survey.counts import Reason
from survey.definitions.model import Recommendation, Share, StatusChange, Summary
from survey.indicators.model import (
    CrossedResults,
    PartResults,
    RecommendationFigure,
    Results,
    ShareFigure,
    StatusChangeFigure,
    SummaryFigure,
)
from survey.indicators.results import results
from survey.language import language
from survey.release import Hidden
from tests.cast import Instance, questionnaire
from tests.test_charts_drawing import DPI, judge
from tests.test_crossing import INVITED, TOLD, exported

CAST = questionnaire("crossed")
USEFUL = Share("useful", "utility", ("4", "5"), {"en": "Useful", "it": "Utile"})
FEWER, GIVEN_AWAY = "fewer than 10 answers", "it would give away single answers"
LONG = "Cooperativa sociale Solidarietà e Conciliazione del territorio di Milano {}"


@pytest.fixture(scope="module")
def figures(with_crosses: Instance) -> Results:
    """The wave with its two crosses, by a share, too."""
    told = exported(with_crosses)
    of = replace(CAST, indicators=(*CAST.indicators, USEFUL))
    return results(told.release, of, told.identifier)


def made(figures: Results, what: str = "usefulness", by: str = INVITED, code: str = "en") -> Chart:
    of = replace(CAST, indicators=(*CAST.indicators, USEFUL))
    return chart(figures, of, what, language(code), by)


def test_each_cell_has_its_number_and_n_and_a_shade_of_the_whole_scale(figures: Results) -> None:
    found = made(figures)
    (panel,) = found.panels
    assert [head for _, head in panel.axis.ticks] == ["All", "S1", "S2", "S3"]
    assert [row.label for row in panel.rows] == ["All", "A1", "A2", "A3"]
    everybody, first = panel.rows[0].tiles[0], panel.rows[1].tiles[1]
    assert (everybody.said, everybody.small) == ("3.0", "n 227")
    assert (first.said, first.small, first.shade) == ("3.0", "n 40*", pytest.approx(0.5))
    assert panel.legend[:3] == ("1", "3", "5")
    assert panel.legend[3:] == (f"not shown: {GIVEN_AWAY}", f"not shown: {FEWER}")
    assert [tile.hidden for tile in panel.rows[2].tiles] == [None, None, 0, 1]
    assert found.subtitle == "Crossed · by alliance and service · 227 valid answers"
    assert "Release " in found.source and "some are high or low by chance alone" in found.notes[0]


def test_the_table_has_a_row_for_each_cell_with_its_number_or_its_reason(figures: Results) -> None:
    table = made(figures).table
    assert table.header == ("Alliance", "Service", "mean", "n") and len(table.rows) == 16
    told = {row[:2]: row[2:] for row in table.rows}
    assert told["A1", "S1"] == ("3.00", "40*") and told["All", "All"] == ("3.00", "227")
    assert told["A2", "S3"] == (FEWER, "–") and told["A2", "S2"] == (GIVEN_AWAY, "–")
    assert "A2 – Service: S3; mean: fewer than 10 answers." in made(figures).description
    shares = {row[:2]: row[2:] for row in made(figures, "useful").table.rows}
    assert shares["A1", "S1"] == ("16 (40%)", "40*") and shares["A1", "S3"] == ("10", "25")


def test_few_answers_are_counts_and_groups_together_have_no_line_of_their_own(figures: Results) -> None:
    (panel,) = made(figures, "useful").panels
    few = panel.rows[1].tiles[3]
    assert (few.said, few.small, few.shade) == ("10", "of 25", pytest.approx(0.4))
    assert panel.legend[:3] == ("0%", "50%", "100%")
    (told,) = made(figures, "useful", TOLD).panels
    assert [head for _, head in told.axis.ticks] == ["All", "Female", "Male and Other"]
    assert told.rows[0].tiles[2].hidden == 0
    assert told.legend[3:] == ("not shown: its groups stand together in this cross only",)
    (counted,) = made(figures, "response", TOLD, "it").panels
    assert counted.rows[1].tiles[1].said == "48" and counted.legend[:3] == ("0", "25", "50")
    assert (counted.rows[0].tiles[1].said, counted.rows[0].tiles[1].shade) == ("115", None)
    (rates,) = made(figures, "response").panels
    assert rates.rows[1].tiles[1].said == "87%" and rates.rows[1].tiles[1].small == "n 46"


def test_each_kind_of_figure_has_one_number_in_a_cell() -> None:
    would = ShareFigure(40, 23, 0.575)
    told = {
        StatusChange: StatusChangeFigure(n=40, movers=10, presentation="caution"),
        Recommendation: RecommendationFigure("1-5", {}, n=40, would_recommend=would, presentation="caution"),
        Summary: SummaryFigure(n=40, mean=57.25, presentation="caution"),
    }
    found = {kind: INDICATORS[kind][1](figure) for kind, figure in told.items()}
    assert found == {
        StatusChange: Value(0.25, 10, 40, "caution"),
        Recommendation: Value(0.575, 23, 40, "caution"),
        Summary: Value(57.25, None, 40, "caution"),
    }
    hidden = StatusChangeFigure(n=40, transitions_reason=Reason.TOO_FEW_PER_STATUS)
    assert INDICATORS[StatusChange][1](hidden) == Value(reason=Reason.TOO_FEW_PER_STATUS)


def test_what_a_cross_does_not_have_is_refused(figures: Results) -> None:
    with pytest.raises(UnknownChart, match="no figure “nothing” in this cross; there are: response"):
        made(figures, "nothing")
    with pytest.raises(UnknownBreakdown, match="alliance,service"):
        made(figures, by="service,alliance")
    cross = figures.crosses[INVITED]
    hidden = tuple(tuple(Hidden(Reason.TOO_FEW_ANSWERS) for _ in row) for row in cross.cells)
    for empty in (replace(cross, cells=hidden), CrossedResults((), (), ())):
        emptied = replace(figures, crosses={INVITED: empty})
        with pytest.raises(NoChart):
            made(emptied)
    crossing = Crossing(figures, CAST, CAST.crosses[0], language("en"))
    assert list(crossed_figures(crossing)) == ["response", "usefulness", "utility"]


def test_shades_get_darker_and_their_words_can_be_read() -> None:
    shades = [shade_colour(at / 20) for at in range(21)]
    lights = [luminance(shade) for shade in shades]
    assert lights == sorted(lights, reverse=True) and len(set(lights)) == len(lights)
    assert min(contrast(shade, ink_on(shade)) for shade in shades) >= 4.5
    assert len({hatch for _, hatch in HIDDEN}) == len(HIDDEN)


def test_hidden_cells_are_hatched_and_the_others_are_not(figures: Results) -> None:
    plan = made(figures)
    with rc_context(RC):
        axes = draw(plan).axes[0]
        colours = [(to_hex(patch.get_facecolor()), bool(patch.get_hatch())) for patch in axes.patches]
        legend = axes.get_legend().get_patches()
    tiles = [tile for row in plan.panels[0].rows for tile in row.tiles]
    expected = [(PAPER, True) if tile.shade is None else (shade_colour(tile.shade), False) for tile in tiles]
    assert colours == expected
    assert [bool(patch.get_hatch()) for patch in legend] == [False, False, False, True, True]


def large(figures: Results, rows: int, columns: int, name: str) -> Results:
    """The cells of the cross again and again, under as many names."""
    cells = [cell for row in figures.crosses[INVITED].cells for cell in row]
    assert any(isinstance(cell, PartResults) for cell in cells)
    grid = tuple(
        tuple(cells[(row * columns + column) % len(cells)] for column in range(columns))
        for row in range(rows)
    )
    named = [
        tuple((name.format(f"{side}{at}"),) for at in range(n))
        for side, n in zip("AS", (rows, columns), strict=True)
    ]
    return replace(figures, crosses={INVITED: CrossedResults(named[0], named[1], grid)})


@pytest.mark.parametrize(
    ("shape", "name", "size"),
    [
        ((3, 3), "{}", "own"),
        ((3, 2), LONG, "page"),
        ((12, 8), LONG, "slide"),
        ((12, 8), LONG, "page"),
    ],
)
def test_a_grid_fits_its_size_and_nothing_is_lost(
    figures: Results, shape: tuple[int, int], name: str, size: str
) -> None:
    frame, plan = Frame(size), made(large(figures, *shape, name), "useful", code="it")
    with rc_context(RC):
        sheets = laid_out(plan, frame)
        drawn = [figure_of(sheet, frame) for sheet in sheets]
    for sheet, figure in zip(sheets, drawn, strict=True):
        figure.set_dpi(DPI)
        figure.draw_without_rendering()
        judge(figure)
        assert sheet.chart.panels[0].rows[0].label == "Totale"
        assert size not in SIZES or sheet.height <= SIZES[size].height(sheet.geometry.width) + 1e-6
    said = " ".join(
        text.get_text() for figure in drawn for text in figure.findobj() if hasattr(text, "get_text")
    )
    flat = " ".join(said.split())
    assert all(name.format(f"A{at}") in flat for at in range(shape[0]))
    assert all(name.format(f"S{at}") in flat for at in range(shape[1]))


def test_a_grid_that_no_slide_has_room_for_says_so(figures: Results) -> None:
    many = made(large(figures, 3, 40, "Gruppo {}"), "useful")
    with pytest.raises(DoesNotFit):
        laid_out(many, Frame("page"))
    (alone,) = laid_out(many, Frame())
    assert alone.geometry.is_clear(alone.chart) and alone.chart.notes[0].startswith("1 Gruppo S0 · 2 ")
