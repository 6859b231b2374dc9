"""Charts as drawn and as files: the geometry of the artists, and bytes that stay the same."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise, takewhile
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import rc_context
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.image import imread
from matplotlib.text import Text
from PIL import Image
from pypdf import PdfReader

from survey.charts import FORMATS, SIZES, DoesNotFit, Frame, NoSuchSheet, chart, render
from survey.charts.drawing import draw, enlarged, figure_of
from survey.charts.geometry import measure
from survey.charts.laying import laid_out
from survey.charts.measuring import width, wrap
from survey.charts.rendering import resolution
from survey.charts.squares import LEAST_SQUARE
from survey.charts.theme import BLACK, DIVERGING, PAPER, RC, SKY, contrast, ink_on, scale_colours
from survey.counts import Reason
from survey.indicators.model import (
    Band,
    DividedResults,
    PartResults,
    RankedOption,
    Response,
    Results,
    ShareIndicatorFigure,
    SummaryFigure,
)
from survey.language import language
from tests import charts_samples as samples

SVG = "{http://www.w3.org/2000/svg}"
DPI = 150
"""Coarser than a file's, yet fine enough that letters keep their widths."""
MANY = samples.results(groups=40)
KINDS = [
    "utility", "recommendation", "nps", "again", "employment", "employment-flows", "dimensions", "size",
    "used", "services", "helped", "response", "employees",
]  # fmt: skip


def made(what="utility", by=None, results=MANY, code="en"):
    return chart(results, samples.QUESTIONNAIRE, what, language(code), by)


def drawn(what, by=None, results=MANY, code="en") -> Figure:
    with rc_context(RC):
        figure = draw(made(what, by, results, code))
        figure.set_dpi(DPI)
        figure.draw_without_rendering()
    return figure


def texts(figure: Figure):
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]


def test_the_widths_of_a_bar_are_the_shares_and_the_middle_is_at_zero():
    bars = drawn("utility").axes[0].patches
    widths = [bar.get_width() for bar in bars]
    assert widths == pytest.approx([n / 1260 for n in (60, 110, 270, 400, 420)])
    assert bars[2].get_x() == pytest.approx(-270 / 1260 / 2)
    assert all(
        left.get_x() + left.get_width() == pytest.approx(right.get_x()) for left, right in pairwise(bars)
    )


def test_only_the_ends_of_a_bar_are_hatched_and_its_parts_have_the_scales_colours():
    bars = drawn("utility").axes[0].patches
    assert [bool(bar.get_hatch()) for bar in bars] == [True, False, False, False, True]
    assert bars[0].get_hatch() != bars[4].get_hatch()
    with rc_context(RC):
        legend = draw(made()).axes[0].get_legend()
    assert [part.get_facecolor() for part in legend.get_patches()] == [bar.get_facecolor() for bar in bars]


def test_a_long_legend_reads_line_by_line():
    with rc_context(RC):
        figure = draw(made("items", code="it"))
        figure.draw_without_rendering()
        corners = [
            (-text.get_window_extent().y1 // 20, text.get_window_extent().x0)
            for text in figure.axes[2].get_legend().get_texts()
        ]
    labels = [text.get_text() for text in figure.axes[2].get_legend().get_texts()]
    assert [label for _, label in sorted(zip(corners, labels, strict=True))] == [str(at) for at in range(11)]


def test_nets_grow_to_both_sides_of_zero():
    bars = drawn("employment").axes[0].patches
    assert [bar.get_width() for bar in bars] == [-5, -3, 1, 3, 3, 1]
    assert [bool(bar.get_hatch()) for bar in bars] == [True, True, False, False, False, False]


def squares_of(axes):
    """The squares of a table of flows as (column, row, side in inches), from the top."""
    figure = axes.figure
    boxes = [(patch, patch.get_window_extent()) for patch in axes.patches]
    return [
        (int(patch.get_x() + patch.get_width() / 2), -box.y0, box.width / figure.dpi, box.height / figure.dpi)
        for patch, box in boxes
        if patch.get_facecolor() == to_rgba(SKY)
    ]


def test_flows_are_squares_by_area_and_the_smallest_can_be_seen():
    axes = drawn("employment-flows").axes[0]
    table = samples.status_change(1240).transitions
    flows = [
        (at, n)
        for code, row in table.items()
        for at, (other, n) in enumerate(row.items())
        if n and other != code
    ]
    drawn_squares = squares_of(axes)
    assert [column for column, *_ in drawn_squares] == [column for column, _ in flows]
    largest = max(wide for _, _, wide, _ in drawn_squares)
    for (_, n), (_, _, wide, high) in zip(flows, drawn_squares, strict=True):
        assert wide == pytest.approx(high, abs=0.01)
        expected = largest * (n / max(n for _, n in flows)) ** 0.5
        assert wide == pytest.approx(max(LEAST_SQUARE, expected), abs=0.01)


def test_the_bars_of_a_distribution_are_its_shares_and_its_lines_its_mean_and_median():
    axes = drawn("size").axes[0]
    heights = [-bar.get_height() for bar in axes.patches]
    shares = [band.n / 1260 for band in samples.histogram(1260)]
    assert [height / heights[2] for height in heights] == pytest.approx(
        [share / shares[2] for share in shares]
    )
    lines = [line.get_segments() for line in axes.collections]
    places = [
        segments[0][0][0]
        for segments in lines
        if len(segments) == 1 and segments[0][0][0] == segments[0][1][0]
    ]
    assert places == pytest.approx([3 + 7 / 50, 2.5])


def test_the_words_of_mean_and_median_stand_away_from_one_another():
    axes = drawn("size").axes[0]
    sides = {
        text.get_text().strip(): text.get_ha()
        for text in axes.texts
        if "57" in text.get_text() or "35" in text.get_text()
    }
    assert sorted(sides.values()) == ["left", "right"]
    assert sides[next(words for words in sides if "57" in words)] == "left"  # to the right of its line


def test_complete_answers_are_the_first_part_of_the_response():
    bars = drawn("response").axes[0].patches
    assert [bar.get_width() for bar in bars] == pytest.approx([0.307, 0.013])
    assert bars[1].get_x() == pytest.approx(0.307)
    assert [bool(bar.get_hatch()) for bar in bars] == [False, True]


def test_the_three_shares_of_a_recommendation_lean_to_the_side_of_its_score():
    shares, score = drawn("recommendation").axes
    left, right = shares.patches[0].get_x(), shares.patches[-1].get_x() + shares.patches[-1].get_width()
    assert 100 * (left + right) == pytest.approx(score.lines[0].get_xdata()[0])


def test_dots_stand_at_the_means_in_order_from_the_top():
    axes = drawn("dimensions").axes[0]
    dots = [(line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines]
    assert [x for x, _ in dots] == [mean for _, mean in samples.DIMENSIONS.values()]
    assert [y for _, y in dots] == sorted(y for _, y in dots)
    assert axes.yaxis_inverted()


def withheld(groups: int) -> Results:
    """A wave of which nothing may be shown."""
    hidden = {f"A{at:02}": samples.nothing(Reason.PROTECTS_ANOTHER) for at in range(groups)}
    return replace(MANY, whole=samples.nothing(), by={"alliance": DividedResults(hidden, ())})


def long_names(results: Results) -> Results:
    """Groups with names such as organizations have."""
    divided = results.by["alliance"]
    groups = {
        f"Cooperativa sociale Solidarietà e Conciliazione del territorio di {name} – Società coop.": part
        for name, part in divided.groups.items()
    }
    return replace(results, by={"alliance": replace(divided, groups=groups)})


def unanimous(results: Results) -> Results:
    """Everybody chose the last answer, ticked everything, changed nothing."""
    whole = samples.part()
    items = {
        item.id: samples.item_figure(
            item.kind, item.codes, [0] * (len(item.codes) - 1) + [1260], scored=bool(item.scale)
        )
        for item in samples.ITEMS
        if item.codes
    }
    stayed = {
        code: {other: 1240 * (code == other == "self") for other in samples.STATUSES}
        for code in samples.STATUSES
    }
    indicators = {
        **whole.indicators,
        "recommendation": samples.recommendation(items["recommend"], ["5"], ["1", "2", "3"], [], "x", "1-5"),
        "nps": samples.recommendation(
            items["recommend_0_10"], ["9", "10"], list("0123456"), [], "NPS", "0-10"
        ),
        "employment": replace(
            samples.status_change(1240), net=dict.fromkeys(samples.STATUSES, 0), movers=0, net_interval={},
            transitions=stayed,
        ),
        "services": replace(
            samples.ranking(1260),
            options={code: RankedOption(1, 1260, 1.0) for code in ("camps", "nursery", "shopping", "none")},
        ),
        "helped": ShareIndicatorFigure(value=1.0, count=1260, n=1260, presentation="full"),
        "size": SummaryFigure(
            n=1260, mean=3.0, median=3.0, sum=3780, presentation="full", histogram=(Band(3, 4, 1260),)
        ),
    }  # fmt: skip
    response = Response(1260, 1260, 1260, 1260, 0, 1.0, 1.0)
    part = PartResults(response, {**whole.items, **items}, indicators)
    return replace(results, whole=part, by={"alliance": DividedResults({"A": part}, ())})


WAVES = {
    "two groups": samples.results(groups=2),
    "eight groups": samples.results(groups=8),
    "one group": samples.results(groups=1),
    "long names": long_names(samples.results(groups=3)),
    "everything withheld": withheld(3),
    "one value at 100%": unanimous(samples.results()),
    "forty groups": MANY,
    "few answers": samples.results(samples.part(12), groups=1),
}
FORTY = ["utility", "recommendation", "employment", "services", "size", "response", "helped"]
CASES = [
    *(
        (wave, what, by)
        for wave in WAVES
        if wave != "forty groups"
        for what in KINDS
        for by in (None, "alliance")
    ),
    *((wave, "items", None) for wave in WAVES),
    ("two groups", "items", "alliance"),
    ("long names", "items", "alliance"),
    *(("forty groups", what, "alliance") for what in FORTY),
]


@pytest.mark.parametrize(("wave", "what", "by"), CASES)
def test_nothing_is_clipped_nothing_overlaps_and_no_text_is_small(wave, what, by):
    judge(drawn(what, by, WAVES[wave], "it"))


FRAMED = [
    ("long names", "utility", "alliance"),
    ("long names", "composition", "alliance"),
    ("eight groups", "dimensions", "alliance"),
    ("eight groups", "employment", "alliance"),
    ("eight groups", "services", "alliance"),
    ("eight groups", "employment-flows", "alliance"),
    ("forty groups", "recommendation", "alliance"),
    ("two groups", "items", None),
    ("two groups", "employment-flows", None),
    ("few answers", "size", None),
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("wave", "what", "by"), FRAMED)
def test_nothing_is_lost_where_a_chart_is_made_for_a_slide_or_a_page(wave, what, by, size):
    frame, plan = Frame(size, title=what != "services"), made(what, by, WAVES[wave], "it")
    with rc_context(RC):
        sheets = laid_out(plan, frame)
        figures = [figure_of(one, frame) for one in sheets]
    for figure in figures:
        figure.set_dpi(DPI)
        figure.draw_without_rendering()
        judge(figure)
        wide, high = (inches * enlarged(figure, frame) for inches in figure.get_size_inches())
        assert wide == pytest.approx(SIZES[size].width)
        assert high <= SIZES[size].highest + 1e-6
        assert size == "page" or high == pytest.approx(SIZES[size].highest)
        assert min(text.get_fontsize() for text in texts(figure)) * enlarged(figure, frame) > 6.7
    rows = {row.label for panel in plan.panels for row in panel.rows}
    shown = {row.label for one in sheets for panel in one.chart.panels for row in panel.rows}
    assert rows == shown or what == "employment-flows"


def test_the_frame_says_what_stands_around_a_chart():
    plan = made()
    words = {
        frame: " ".join(text.get_text() for text in texts(figure_of(laid_out(plan, frame)[0], frame)))
        for frame in (Frame(), Frame(title=False), Frame(caption=False), Frame(title=False, caption=False))
    }
    titled = [plan.title in said for said in words.values()]
    sourced = ["Source: wave" in said for said in words.values()]
    assert (titled, sourced) == ([True, False, True, False], [True, True, False, False])
    assert all("1,260 valid answers" in said for said in words.values())
    assert all("Synthetic data" in said for said in words.values())


def test_a_sheet_behind_the_last_one_and_a_chart_of_very_many_rows_are_refused():
    many = made("response", "alliance")
    with rc_context(RC):
        sheets = laid_out(many, Frame("slide"))
    pages = PdfReader(io.BytesIO(render(many, "pdf", Frame("slide")))).pages
    assert len(pages) == len(sheets) > 1
    assert render(many, "png", Frame("slide", sheet=2)) != render(many, "png", Frame("slide"))
    with pytest.raises(NoSuchSheet, match="no sheet 9"):
        render(many, "png", Frame("slide", sheet=9))
    panel = many.panels[0]
    rows = replace(panel, rows=panel.rows * 30)
    with pytest.raises(DoesNotFit, match="too many rows"):
        render(replace(many, panels=(rows,)), "png", Frame("slide"))


def judge(figure):
    frame, boxes = figure.bbox.padded(1), []
    for text in texts(figure):
        assert text.get_fontsize() >= 9
        box = text.get_window_extent()
        assert frame.x0 <= box.x0 and box.x1 <= frame.x1, text.get_text()
        assert frame.y0 <= box.y0 and box.y1 <= frame.y1, text.get_text()
        boxes.append((text.get_text(), box.padded(-1.5)))
    assert clashes(boxes) == []
    assert stray(figure) == []


def clashes(boxes):
    """Pairs of texts of which one covers a part of the other."""
    boxes = sorted(boxes, key=lambda pair: pair[1].x0)
    return [
        (one, other)
        for at, (one, box) in enumerate(boxes)
        for other, next_box in takewhile(lambda pair, box=box: pair[1].x0 < box.x1, boxes[at + 1 :])
        if box.overlaps(next_box)
    ]


def stray(figure):
    """Marks that reach out of their axes."""
    return [
        patch
        for axes in figure.axes
        for patch in axes.patches
        if not _inside(patch.get_window_extent(), axes.get_window_extent().padded(1))
    ]


def _inside(box, frame):
    return frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1


def test_the_panels_have_the_height_that_was_measured():
    results = samples.results(groups=8)
    plan, figure = made("dimensions", "alliance", results), drawn("dimensions", "alliance", results)
    measured = measure(plan)
    for at, axes in enumerate(figure.axes):
        inches = axes.get_position().height * figure.get_size_inches()[1]
        assert inches == pytest.approx(measured.edges(at)[-1])


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_second_run_gives_the_same_bytes(file_format):
    assert render(made("items"), file_format) == render(made("items"), file_format)


def test_threads_that_draw_at_once_get_the_same_bytes():
    plan = made("recommendation")
    alone = render(plan, "svg")
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: render(plan, "svg"), range(8))) == {alone}


@pytest.mark.parametrize("what", KINDS)
def test_an_svg_has_its_role_its_words_and_text_that_stays_text(what):
    plan = made(what, code="it")
    root = ElementTree.fromstring(render(plan, "svg"))
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert (title.text, description.text) == (plan.title, plan.description)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    said = [text.text for text in root.iter(f"{SVG}text")]
    assert plan.source.split(" · ")[0] in " ".join(said)
    assert not list(root.iter(f"{SVG}use")) or said


def test_an_svg_carries_no_date_and_nothing_from_elsewhere():
    body = render(made(), "svg").decode()
    assert "<dc:date>" not in body
    assert not re.search(r"(href|src)=\"(?!#)", body)
    assert "<script" not in body


HOSTILE = [
    "<script>&\"'$x^$ $\\frac$",
    "a\x00b\nc\td",
    "日本語 🙂",
    "W" * 200,
    "",
    "{braces} 100%",
    "--><!--",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("file_format", FORMATS)
def test_any_name_of_a_group_can_be_drawn(name, file_format):
    results = replace(MANY, by={"alliance": DividedResults({name: samples.part(100)}, ())})
    body = render(made("utility", "alliance", results), file_format)
    if file_format == "svg":
        ElementTree.fromstring(body)
        ElementTree.fromstring(render(made("employment", "alliance", results), "svg"))


def test_a_png_for_a_slide_has_300_dots_per_inch_of_the_slide():
    image = Image.open(io.BytesIO(render(made(), "png", Frame("slide"))))
    assert image.size == (4000, 2250)
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_a_png_has_300_dots_per_inch_and_very_long_charts_fewer():
    wide, _ = drawn("utility").get_size_inches()
    assert imread(io.BytesIO(render(made(), "png"))).shape[1] == pytest.approx(300 * wide, abs=1)
    assert resolution(10, 200) == pytest.approx(173.2, abs=0.1)
    assert 2000 * resolution(1, 2000) < 2**16


def test_a_pdf_has_its_title_and_text_that_can_be_copied():
    document = PdfReader(io.BytesIO(render(made(code="it"), "pdf")))
    assert document.metadata is not None
    assert document.metadata.creation_date is None
    assert document.metadata.title == "Utilità percepita del servizio"
    assert "Moltissimo" in document.pages[0].extract_text()


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="svg, png, pdf"):
        render(made(), "gif")


@pytest.mark.parametrize("points", range(3, 12))
def test_percentages_can_be_read_on_every_colour_of_a_scale(points):
    colours = scale_colours(points)
    assert (colours[0], colours[-1]) == (DIVERGING[0], DIVERGING[-1])
    assert len(set(colours)) == points
    assert all(contrast(ink_on(colour), colour) >= 4.5 for colour in colours)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert ink_on("#000000") == PAPER
    assert ink_on("#ffffff") == BLACK


@given(st.text(st.characters(max_codepoint=0x17F), max_size=80), st.floats(0.3, 4))
def test_wrapped_lines_fit_and_lose_nothing(words, room):
    lines = wrap(words, 9, room)
    assert all(width(line, 9) <= room or len(line) == 1 for line in lines)
    printable = re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", words)
    assert "".join(lines).replace(" ", "") == printable.replace(" ", "")


@settings(deadline=None, max_examples=20)
@given(
    st.integers(3, 11).flatmap(
        lambda points: st.lists(
            st.lists(st.integers(0, 60), min_size=points, max_size=points), min_size=1, max_size=6
        )
    )
)
def test_any_tally_can_be_drawn(tallies):
    points = tuple(
        replace(samples.ELEVEN.points[0], value=at, label={"en": f"point {at}"})
        for at in range(len(tallies[0]))
    )
    item = samples.scale_item("any", {"en": "Any?"}, replace(samples.ELEVEN, points=points))
    section = replace(samples.QUESTIONNAIRE.sections[0], items=(item,))
    questionnaire = replace(samples.QUESTIONNAIRE, sections=(section,), indicators=())
    parts = [
        replace(samples.part(100), items={"any": samples.item_figure("scale", item.codes, tally)})
        for tally in tallies
    ]
    divided = DividedResults({f"G{at}": part for at, part in enumerate(parts)}, ())
    results = replace(MANY, whole=parts[0], by={"alliance": divided})
    for what, by in (("any", None), ("any", "alliance"), ("items", None)):
        render(chart(results, questionnaire, what, language("en"), by), "svg")


def test_the_font_is_the_one_that_comes_with_the_drawing_library():
    assert RC["font.family"][0] in {font.name for font in fontManager.ttflist}
