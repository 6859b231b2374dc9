"""The files of charts, from the gallery: nothing is drawn in this process."""

from flask import Response, abort, request

from survey.charts import Chart, chart
from survey.gallery import Order
from survey.language import INTERFACE, language
from survey.web.access import ClosedWave, gallery
from survey.web.evaluators.speaking import spoken

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""A chart opened by itself carries its styles inline and loads nothing."""


def asked_language() -> str:
    """The code of the language `?lang=` of a file, without it that of the request; 404 for another one."""
    lang = request.args.get("lang", spoken().code)
    if lang not in INTERFACE:
        abort(404)
    return lang


def file_reply(body: bytes, form: str) -> Response:
    """The response that carries the file of a chart."""
    response = Response(body, mimetype=TYPES[form])
    response.headers["Content-Security-Policy"] = SVG_POLICY
    return response


def order(closed: ClosedWave, what: str, by: str | None, lang: str, form: str) -> Order:
    """What is asked for."""
    return Order(closed.wave.id, closed.release_id, what, by, lang, form)


def drawn(closed: ClosedWave, asked: Order) -> bytes:
    """The bytes of a chart's file. Raises what charts and gallery refuse."""

    def made() -> Chart:
        return chart(closed.results, closed.questionnaire, asked.what, language(asked.lang), by=asked.by)

    return gallery().file(asked, made)
