"""Chart -> bytes of an SVG, PNG or PDF file, the same bytes for the same chart.

The drawing library keeps global state (its settings, its fonts), so one chart is drawn at a time.
"""

import warnings
from collections.abc import Mapping
from html import escape
from io import BytesIO
from math import sqrt
from threading import Lock
from typing import Any

from survey.charts.model import Chart
from survey.charts.theme import FONT, RC

FORMATS = ("svg", "png", "pdf")
PNG_DPI = 300
MOST_PIXELS = 60_000_000
MOST_DOTS = 60_000
"""The drawing library takes images of less than 65,536 dots to a side."""
OWN_FONT = f"font-family: '{FONT}'".encode()
_one_at_a_time = Lock()


def render(chart: Chart, file_format: str) -> bytes:
    """A chart as a file: "svg" (text stays text, title and description inside), "png" or "pdf".

    PNG at 300 dots per inch, fewer where the image would exceed 60 million pixels. ValueError for
    another format.
    """
    if file_format not in FORMATS:
        raise ValueError(f"charts are drawn as {', '.join(FORMATS)}, not as {file_format}")
    from matplotlib import rc_context

    from survey.charts.drawing import draw

    with _one_at_a_time, rc_context(RC), warnings.catch_warnings():
        # A name in a script that the bundled font lacks stays text in SVG; elsewhere it shows as boxes.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        figure, buffer = draw(chart), BytesIO()
        dpi = resolution(*figure.get_size_inches())
        figure.savefig(buffer, format=file_format, dpi=dpi, metadata=_metadata(chart, file_format))
    body = buffer.getvalue()
    return _described(body, chart) if file_format == "svg" else body


def resolution(wide: float, high: float) -> float:
    """The dots per inch of an image of so many inches."""
    return min(PNG_DPI, sqrt(MOST_PIXELS / (wide * high)), MOST_DOTS / max(wide, high))


def _metadata(chart: Chart, file_format: str) -> Mapping[str, Any]:
    """What a file says of itself; no date and no version of a program, which would change its bytes."""
    told = {"Title": chart.title}
    about: dict[str, dict[str, Any]] = {
        "svg": {"Date": None, "Creator": None},
        "png": {"Software": None, **told, "Description": chart.description},
        "pdf": {
            "CreationDate": None,
            "Producer": None,
            "Creator": None,
            **told,
            "Subject": chart.description,
        },
    }
    return about[file_format]


def _described(body: bytes, chart: Chart) -> bytes:
    """The SVG with its role, its language, and its title and description as first children.

    Readers without the font get one of the same widths.
    """
    from survey.charts.measuring import plain

    start = body.index(b"<svg ")
    end = body.index(b">", start)
    attributes = f' role="img" aria-labelledby="chart-title chart-desc" xml:lang="{escape(chart.language)}"'
    words = (
        f'\n <title id="chart-title">{escape(plain(chart.title), quote=False)}</title>'
        f'\n <desc id="chart-desc">{escape(plain(chart.description), quote=False)}</desc>'
    )
    described = body[:end] + attributes.encode() + b">" + words.encode() + body[end + 1 :]
    return described.replace(OWN_FONT, OWN_FONT + b", Verdana, sans-serif")
