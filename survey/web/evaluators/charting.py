"""The charts of a closed wave: shown on its pages, and taken away in every size, language and format."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from survey.charts import chart
from survey.gallery import DrawingBusy, Order
from survey.store import audit
from survey.web.access import ClosedWave, Evaluator, closed_wave, log
from survey.web.evaluators import words
from survey.web.evaluators.drawing import (
    SVG_POLICY,
    asked_language,
    awaited,
    choices,
    drawn,
    file_reply,
    order,
    taken,
)
from survey.web.evaluators.pictures import picture
from survey.web.evaluators.speaking import spoken


def add_to(blueprint: Blueprint) -> None:
    """The addresses of charts."""
    blueprint.get("/waves/<wave_id>/charts/<what>.<any(svg,png,pdf):form>")(chart_file)
    blueprint.get("/waves/<wave_id>/charts/<what>/download")(chart_download)


@closed_wave
def chart_file(evaluator: Evaluator, closed: ClosedWave, what: str, form: str) -> ResponseReturnValue:
    """A chart as SVG, PNG or PDF, in the language `?lang=`, of the groups `?by=`; `?take=1` takes it away.

    `?size=`, `?title=0` and `?caption=0` choose its frame. What is taken away has all sheets of a chart that
    needs several, unless `?sheet=` names one.
    """
    asked = order(closed, what, request.args.get("by"), asked_language(), form)
    if "take" in request.args:
        response = taken(asked, lambda one: drawn(closed, one))
        log(evaluator, audit.EXPORTED, closed.wave, f"{asked.choices}.{form}")
        return _kept(response, asked)
    if request.if_none_match.contains(asked.etag):
        return _kept(Response(status=304), asked)
    try:
        return _kept(file_reply(drawn(closed, asked), form), asked)
    except DrawingBusy:
        if form != "svg":
            raise
        return awaited()


@closed_wave
def chart_download(evaluator: Evaluator, closed: ClosedWave, what: str) -> ResponseReturnValue:
    """Everything that can be chosen of one chart. Raises UnknownChart, UnknownBreakdown and NoChart."""
    by, t = request.args.get("by"), spoken()
    made = chart(closed.results, closed.questionnaire, what, t, by)
    return render_template(
        "evaluators/chart.html",
        wave=closed.wave,
        words=words,
        what=what,
        by=by,
        made=made,
        picture=picture(closed.results, closed.questionnaire, what, t, by),
        choices=choices(),
    )


def _kept(response: Response, asked: Order) -> Response:
    response.set_etag(asked.etag)
    response.headers["Cache-Control"] = "private, no-cache"
    # Also of a 304: the browser takes its headers for those of the file that it has.
    response.headers["Content-Security-Policy"] = SVG_POLICY
    return response
