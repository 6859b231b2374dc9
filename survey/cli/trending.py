"""`survey trend`: the figures of two or more closed waves in a row, as sentences, JSON or a chart."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from survey import charts
from survey.changes import Side, Trend, Trends, trends
from survey.charts import FORMATS, Chart
from survey.cli.common import Command, print_json, say, t
from survey.cli.released import note_taken, released
from survey.cli.results import BadOutput
from survey.indicators.measures import Path as Place
from survey.language import INTERFACE, language
from survey.narrative.trends import trend_cautions, trend_label, trend_sentence


@click.command(
    cls=Command,
    help=t(
        "The figures of two or more closed waves of one questionnaire (or files of their releases), in the "
        "order in which they closed; with --out as a chart."
    ),
)
@click.argument("asked", metavar="WAVE|FILE.json ...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help=t("every figure, for programs"))
@click.option("--out", metavar="FILE.svg|png|pdf", help=t("the file; its ending says the format"))
@click.option("--figure", metavar="FIGURE", help=t("of this figure alone, as --json names it"))
@click.option(
    "--lang", type=click.Choice(INTERFACE), default=t.code, show_default=True, help=t("the chart's language")
)
def trend(asked: Sequence[str], as_json: bool, out: str | None, figure: str | None, lang: str) -> None:
    """Waves may be named in any order."""
    found = trends([Side(one.results, one.questionnaire) for one in map(released, asked)])
    if out is not None:
        _draw(found, asked, out, figure, lang)
    elif as_json:
        print_json(to_json(found))
    else:
        for path, one in found.figures.items():
            click.echo(trend_sentence(trend_label(path, found, t), one, found, t))
        for line in trend_cautions(found, t):
            click.echo(line)


def _draw(found: Trends, asked: Sequence[str], out: str, figure: str | None, lang: str) -> None:
    only: Place | None = tuple(figure.split("/")) if figure else None
    file_format = draw_into(out, charts.trend_chart(found, language(lang), only))
    for one in asked:
        note_taken(one, f"trend.{lang}.{file_format}")


def draw_into(out: str, chart: Chart) -> str:
    """Draw a chart into a file, whose ending says the format; returns it. Raises BadOutput."""
    path = Path(out)
    file_format = path.suffix.lower().removeprefix(".")
    if file_format not in FORMATS:
        raise BadOutput("{out} ends in no known format; end it in .svg, .png or .pdf", out=out)
    try:
        path.write_bytes(charts.render(chart, file_format))
    except OSError as failure:
        raise BadOutput("{out} cannot be written: {why}", out=out, why=str(failure.strerror)) from failure
    say("{out} is written", out=out)
    return file_format


def to_json(found: Trends) -> dict[str, object]:
    """The public form of a row of waves; nothing rounded."""
    return {
        "waves": [
            {
                "wave": side.results.wave,
                "phase": side.results.phase,
                "closed": side.results.closed,
                "version": side.results.version,
                "responses": side.results.whole.response.responses,
            }
            for side in found.sides
        ],
        "has_baseline": found.has_baseline,
        "linked": found.linked,
        "indicators": {"/".join(path): _trend(one) for path, one in found.figures.items()},
        "items": {
            item: {code: _trend(one) for code, one in codes.items()} for item, codes in found.items.items()
        },
    }


def _trend(one: Trend) -> dict[str, object]:
    points = [asdict(point) | {"break": point.changed is not None} for point in one.points]
    return {"unit": one.unit, "points": points}
