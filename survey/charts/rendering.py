"""Chart -> bytes of an SVG, PNG or PDF file, the same bytes for the same chart.

The drawing library keeps global state (its settings, its fonts), so one chart is drawn at a time.
"""

import warnings
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from math import sqrt
from threading import Lock
from typing import Any

from survey.charts.framing import DOTS, ORDINARY, Frame
from survey.charts.model import Chart
from survey.charts.theme import FONT, RC

FORMATS = ("svg", "png", "pdf")
SHEETS = "sheets"
"""No picture, but the number of sheets that the chart has in its frame, in digits."""
MOST_PIXELS = 60_000_000
MOST_DOTS = 60_000
"""The drawing library takes images of less than 65,536 dots to a side."""
OWN_FONT = f"font-family: '{FONT}'".encode()
_one_at_a_time = Lock()


def render(chart: Chart, file_format: str, frame: Frame = ORDINARY) -> bytes:
    """A chart as a file: "svg" (text stays text, title and description inside), "png" or "pdf"; or SHEETS.

    PNG at the frame's dots per inch of its size, fewer where the image would exceed 60 million pixels; SVG
    and PDF, which lose nothing when they are enlarged, have its proportions. A PDF holds all sheets.
    ValueError for another format, DoesNotFit for a chart that is too much for its size, NoSuchSheet.
    """
    if file_format not in (*FORMATS, SHEETS):
        raise ValueError(f"charts are drawn as {', '.join(FORMATS)}, not as {file_format}")
    from matplotlib import rc_context

    from survey.charts.drawing import enlarged, figure_of
    from survey.charts.laying import laid_out, sheet

    with _one_at_a_time, rc_context(RC), warnings.catch_warnings():
        # A name in a script that the bundled font lacks stays text in SVG; elsewhere it shows as boxes.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        plans = laid_out(chart, frame)
        if file_format == SHEETS:
            return str(len(plans)).encode()
        if file_format == "pdf" and len(plans) > 1:
            return _pages([figure_of(plan, frame) for plan in plans], chart)
        figure, buffer = figure_of(sheet(plans, frame), frame), BytesIO()
        times = enlarged(figure, frame)
        wide, high = times * figure.get_size_inches()
        dpi = resolution(wide, high, frame.dots)
        told: dict[str, Any] = {"metadata": _metadata(chart, file_format)}
        if file_format == "png":
            # What the file says of itself: the dots of an inch once it is as large as it shall be.
            told["pil_kwargs"] = {"dpi": (dpi, dpi)}
        figure.savefig(buffer, format=file_format, dpi=dpi * times, **told)
    body = buffer.getvalue()
    return _described(body, chart) if file_format == "svg" else body


def _pages(figures: Sequence[Any], chart: Chart) -> bytes:
    """One PDF of several sheets."""
    from matplotlib.backends.backend_pdf import PdfPages

    buffer = BytesIO()
    with PdfPages(buffer, metadata=dict(_metadata(chart, "pdf"))) as pages:
        for figure in figures:
            pages.savefig(figure)
    return buffer.getvalue()


def resolution(wide: float, high: float, dots: float = DOTS) -> float:
    """The dots per inch of an image of so many inches: those asked for, or fewer."""
    return min(dots, sqrt(MOST_PIXELS / (wide * high)), MOST_DOTS / max(wide, high))


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
    from survey.charts.wording import plain

    start = body.index(b"<svg ")
    end = body.index(b">", start)
    attributes = f' role="img" aria-labelledby="chart-title chart-desc" xml:lang="{escape(chart.language)}"'
    words = (
        f'\n <title id="chart-title">{escape(plain(chart.title), quote=False)}</title>'
        f'\n <desc id="chart-desc">{escape(plain(chart.description), quote=False)}</desc>'
    )
    described = body[:end] + attributes.encode() + b">" + words.encode() + body[end + 1 :]
    return described.replace(OWN_FONT, OWN_FONT + b", Verdana, sans-serif")
