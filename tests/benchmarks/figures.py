"""Results and charts of closed waves: the same cost after 1,000 answers as after 1,000,000."""

import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import process_time

from flask.testing import FlaskClient
from matplotlib import rc_context
from matplotlib.figure import Figure

from survey import charts, definitions
from survey.definitions.model import Questionnaire
from survey.indicators.model import Results
from survey.indicators.results import results, to_json
from survey.language import language
from survey.store import releases, waves
from survey.web import create_app
from tests import charts_samples
from tests.benchmarks.bare import ACROSS, bare
from tests.benchmarks.filling import fill
from tests.benchmarks.questionnaires import forty_items
from tests.benchmarks.table import Line
from tests.cast import Instance
from tests.web.evaluators.conftest import sign_in

FEW, SOME, MANY = 1_000, 10_000, 1_000_000
ROUNDS = 7
PAGES = {
    "results page, 1M against 1k": ("", FEW),
    "page of 6 alliances, 1M against 1k": ("?by=alliance", FEW),
    "page of 80 organizations, 1M against 10k": ("?by=organization", SOME),
}
"""What is looked at, and how many answers show as much there: a dozen in a group have fewer words."""
CHARTS = {
    "recommendation": ("recommendation and score of 8 groups", "alliance"),
    "services": ("ranking of 8 groups", "alliance"),
    "helped": ("share over several items of 8 groups", "alliance"),
    "response": ("response rates of 8 groups", "alliance"),
    "employment-flows": ("flows of 6 by 6 statuses", None),
    "size": ("distributions of 8 groups", "alliance"),
    "dimensions": ("profiles of 8 groups", "alliance"),
    "employment": ("net changes of 8 groups", "alliance"),
}


def run(instance: Instance) -> Iterator[Line]:
    """The lines of this benchmark.

    All organizations are large enough to be shown and no item is linked to another, which would withhold
    more among few answers, so that nothing grows but the answers.
    """
    waves_of = {n: _closed(instance, f"figures-{n}", n) for n in (FEW, SOME, MANY)}
    few, many = waves_of[FEW], waves_of[MANY]
    yield _grown(
        "release -> results JSON, 1M against 1k", lambda wave: _results_json(instance, wave), few, many
    )
    client = _evaluator(instance)
    for what, (by, n) in PAGES.items():
        yield _grown(what, partial(_page, client, by), waves_of[n], many)
    yield _likert(*_released(instance, many))
    yield from charts_lines()


def _closed(instance: Instance, wave: str, responses: int) -> str:
    fill(instance, wave, forty_items(), responses, even=True)
    instance.close(wave)
    return wave


def _grown(what: str, act: Callable[[str], object], few: str, many: str) -> Line:
    """What `act` costs with many responses, against few."""
    pairs = _rounds(lambda: act(many), lambda: act(few))
    return _compared(what, pairs, 1.2)


def _rounds(measured: Callable[[], object], floor: Callable[[], object]) -> list[tuple[float, float]]:
    """CPU seconds of both, in turns; the first round, which fills caches, is left out."""
    return [(_cpu(measured), _cpu(floor)) for _ in range(ROUNDS + 1)][1:]


def _cpu(act: Callable[[], object]) -> float:
    before = process_time()
    act()
    return process_time() - before


def _compared(what: str, pairs: list[tuple[float, float]], target: float) -> Line:
    ours, least = (1000 * median(one) for one in zip(*pairs, strict=True))
    return Line(what, ours, "ms CPU", least, median(a / b for a, b in pairs), target)


def _released(instance: Instance, wave: str) -> tuple[Results, Questionnaire]:
    with instance.store.read() as db:
        release, definition = releases.get(db, wave), waves.get(db, wave).definition
    questionnaire = definitions.load(definition, wave)
    return results(release, questionnaire), questionnaire


def _results_json(instance: Instance, wave: str) -> str:
    return json.dumps(to_json(_released(instance, wave)[0]))


def _evaluator(instance: Instance) -> FlaskClient:
    """A client of the pages who is signed in."""
    client = create_app(instance.settings).test_client()
    sign_in(client, instance)
    return client


def _page(client: FlaskClient, by: str, wave: str) -> str:
    path = f"/waves/{wave}{by}"
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} was answered with {response.status}")
    return response.text


def charts_lines() -> Iterator[Line]:
    """One line for each further kind of chart."""
    sample = charts_samples.results(groups=8)
    for what, (name, by) in CHARTS.items():
        chart = charts.chart(sample, charts_samples.QUESTIONNAIRE, what, language("en"), by)
        pairs = _rounds(lambda chart=chart: charts.render(chart, "svg"), lambda chart=chart: bare(chart))
        yield _compared(f"{name}, SVG", pairs, 1.2)


def _likert(found: Results, questionnaire: Questionnaire) -> Line:
    """The chart of all items as SVG, against the same bars and words drawn without further care."""
    chart = charts.chart(found, questionnaire, "items", language("en"))
    pairs = _rounds(lambda: charts.render(chart, "svg"), lambda: _bare(chart))
    rows = sum(len(panel.rows) for panel in chart.panels)
    return _compared(f"Likert chart of {rows} items, SVG", pairs, 1.2)


def _bare(chart: charts.Chart) -> bytes:
    """Bars with their words, labels, n and a legend, by matplotlib's own layout."""
    rows = [row for panel in chart.panels for row in panel.rows]
    with rc_context({"svg.fonttype": "none"}):
        figure = Figure(figsize=(8, 1.5 + 0.4 * len(rows)), layout="constrained")
        axes = figure.add_subplot()
        left = [0.0] * len(rows)
        for place, (colour, name) in enumerate(zip(ACROSS, chart.panels[0].legend, strict=True)):
            widths = [row.values[place] for row in rows]
            bars = axes.barh([row.label for row in rows], widths, left=left, color=colour, label=name)
            axes.bar_label(bars, [row.said[place] for row in rows], label_type="center", fontsize=8)
            left = [start + width for start, width in zip(left, widths, strict=True)]
        for place, row in enumerate(rows):
            axes.text(1.02, place, "  ".join(row.beside))
        axes.set_title(chart.title)
        figure.legend(ncols=len(ACROSS), loc="outside upper left")
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()
