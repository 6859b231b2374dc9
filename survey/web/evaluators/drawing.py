"""The files of charts, from the gallery: nothing is drawn in this process."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

from flask import Response, abort, request
from markupsafe import escape

from survey.charts import OWN, SIZES, Chart, Frame, chart
from survey.exports.results.packing import packed
from survey.exports.results.picturing import Wanted, number_of_sheets, sheets_of
from survey.gallery import Order
from survey.language import INTERFACE, Refusal, Text, language, text
from survey.web.access import ClosedWave, gallery
from survey.web.evaluators.speaking import spoken
from survey.web.sharing import SVG_POLICY, TYPES

__all__ = [
    "SVG_POLICY",
    "TYPES",
    "asked_frame",
    "asked_language",
    "awaited",
    "choices",
    "drawn",
    "file_reply",
    "order",
    "served",
    "taken",
]

AWAITED = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 96" role="img">
<style>rect {{ fill: #f4f6f8 }} text {{ font: 16px sans-serif; fill: #37424d }}</style>
<title>{said}</title><rect width="640" height="96"/>
<text x="320" y="54" text-anchor="middle">{said}</text></svg>
"""
SHEET = re.compile("[1-9][0-9]?")
SIZE_LABELS: dict[str, Text] = {
    **{name: one.label for name, one in SIZES.items()},
    OWN: text("as the chart needs"),
}
MOST_SHEETS = 6
"""Sheets up to which a picture format is drawn while somebody waits: each takes a second or so."""
Choice = tuple[str, str, Sequence[tuple[str, str]], str]
"""A choice in a form: its name, its label, the values with their words, and the one that is usual."""


class TooManySheets(Refusal):
    """The chart has more sheets than are drawn while somebody waits."""

    def __init__(self, number: int) -> None:
        super().__init__(
            "at this size the chart needs {n} sheets, which take long to draw one by one; take it as PDF, "
            "which holds them all, or in the size that the chart needs",
            n=number,
        )


def choices() -> list[Choice]:
    """What can be chosen of a chart that is taken away, beside its format."""
    t = spoken()
    return [
        ("size", t("Size"), [(name, t(label)) for name, label in SIZE_LABELS.items()], "slide"),
        ("title", t("Title"), [("1", t("with title")), ("0", t("without title"))], "1"),
        ("caption", t("Caption"), [("1", t("with the source")), ("0", t("without the source"))], "1"),
        ("lang", t("Language"), [(code, language(code).name) for code in INTERFACE], t.code),
    ]


def asked_language() -> str:
    """The code of the language `?lang=` of a file, without it that of the request; 404 for another one."""
    lang = request.values.get("lang", spoken().code)
    if lang not in INTERFACE:
        abort(404)
    return lang


def file_reply(body: bytes, form: str) -> Response:
    """The response that carries the file of a chart."""
    response = Response(body, mimetype=TYPES[form])
    response.headers["Content-Security-Policy"] = SVG_POLICY
    return response


def awaited() -> Response:
    """In place of a chart on a page while others are drawn: browsers show pictures whatever their status."""
    t = spoken()
    said = escape(t("This chart is being drawn. Please load the page again in a moment."))
    response = file_reply(AWAITED.format(said=said).encode(), "svg")
    response.status_code = 503
    response.headers.update({"Cache-Control": "no-store", "Retry-After": "5"})
    return response


def asked_frame() -> Frame:
    """The frame `?size=`, `?sheet=`, `?title=`, `?caption=` (0 or 1) of a file; 404 for another value."""
    size = request.values.get("size", OWN)
    words = {name: request.values.get(name, "1") for name in ("title", "caption")}
    sheet = request.values.get("sheet", "1")
    if size not in (OWN, *SIZES) or not set(words.values()) <= {"0", "1"} or not SHEET.fullmatch(sheet):
        abort(404)
    return Frame(size, words["title"] == "1", words["caption"] == "1", int(sheet))


def order(closed: ClosedWave, what: str, by: str | None, lang: str, form: str) -> Order:
    """What is asked for."""
    return Order(closed.wave.id, closed.release_id, what, by, lang, form, asked_frame())


def served(asked: Order, draw: Callable[[Order], bytes]) -> Response:
    """A chart to be shown; with `?take=1` to be taken away."""
    return taken(asked, draw) if "take" in request.args else file_reply(draw(asked), asked.format)


def taken(asked: Order, draw: Callable[[Order], bytes]) -> Response:
    """A chart under a name of its own. Several sheets come in a ZIP, unless the address asks for one.

    Raises TooManySheets.
    """

    def drawn(_what: str, _by: str | None, _lang: str, form: str, frame: Frame) -> bytes:
        return draw(replace(asked, format=form, frame=frame))

    if "sheet" in request.args:
        bodies = [draw(asked)]
    else:
        one, t = Wanted(asked.what, asked.by), language(asked.lang)
        if asked.format != "pdf" and (number := number_of_sheets(one, drawn, asked.frame, t)) > MOST_SHEETS:
            raise TooManySheets(number)
        bodies = list(sheets_of(one, drawn, asked.format, asked.frame, t))
    return _named(asked, bodies)


def _named(asked: Order, bodies: Sequence[bytes]) -> Response:
    parts = (asked.wave, asked.what, asked.by, *asked.frame.words, asked.lang)
    stem, form = "-".join(filter(None, parts)), asked.format
    if len(bodies) == 1:
        response = file_reply(bodies[0], form)
    else:
        out = BytesIO()
        packed(((f"{stem}-{number}.{form}", body) for number, body in enumerate(bodies, 1)), out)
        response, form = Response(out.getvalue(), mimetype="application/zip"), "zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}.{form}"'
    return response


def drawn(closed: ClosedWave, asked: Order) -> bytes:
    """The bytes of a chart's file. Raises what charts and gallery refuse."""

    def made() -> Chart:
        return chart(closed.results, closed.questionnaire, asked.what, language(asked.lang), by=asked.by)

    return gallery().file(asked, made)
