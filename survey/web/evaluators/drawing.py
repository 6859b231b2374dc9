"""The files of charts, from the gallery: nothing is drawn in this process."""

import re

from flask import Response, abort, request
from markupsafe import escape

from survey.charts import OWN, SIZES, Chart, Frame, chart
from survey.gallery import Order
from survey.language import INTERFACE, language
from survey.web.access import ClosedWave, gallery
from survey.web.evaluators.speaking import spoken
from survey.web.sharing import SVG_POLICY, TYPES

__all__ = ["SVG_POLICY", "TYPES", "asked_frame", "asked_language", "awaited", "drawn", "file_reply", "order"]

AWAITED = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 96" role="img">
<style>rect {{ fill: #f4f6f8 }} text {{ font: 16px sans-serif; fill: #37424d }}</style>
<title>{said}</title><rect width="640" height="96"/>
<text x="320" y="54" text-anchor="middle">{said}</text></svg>
"""
SHEET = re.compile("[1-9][0-9]?")


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


def drawn(closed: ClosedWave, asked: Order) -> bytes:
    """The bytes of a chart's file. Raises what charts and gallery refuse."""

    def made() -> Chart:
        return chart(closed.results, closed.questionnaire, asked.what, language(asked.lang), by=asked.by)

    return gallery().file(asked, made)
