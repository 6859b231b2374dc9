"""The list of waves, a wave's standing or its results, its charts and its figures as JSON."""

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from survey import enrolling
from survey.charts import UnknownBreakdown
from survey.charts.crossing import Crossing
from survey.gallery import DrawingBusy, Order
from survey.indicators.measures import Path
from survey.indicators.model import Results
from survey.indicators.results import to_json
from survey.monitoring import standing, standings
from survey.store import audit, waves
from survey.store.waves import Wave
from survey.web.access import (
    ClosedWave,
    Evaluator,
    anybody,
    closed,
    closed_wave,
    known_wave,
    log,
    settings,
    store,
)
from survey.web.evaluators import own, page, words
from survey.web.evaluators.crossing import cross_page
from survey.web.evaluators.drawing import SVG_POLICY, asked_language, awaited, drawn, file_reply, order
from survey.web.evaluators.group_page import groups_page, orders, path_of
from survey.web.evaluators.group_tables import Grouped
from survey.web.evaluators.speaking import spoken


def add_to(blueprint: Blueprint) -> None:
    """The addresses of waves, all of them guarded."""
    blueprint.get("/waves/")(list_waves)
    blueprint.get("/waves/<wave_id>")(show_wave)
    blueprint.get("/waves/<wave_id>/results.json")(results_file)
    blueprint.get("/waves/<wave_id>/charts/<what>.<any(svg,png,pdf):form>")(chart_file)


@anybody
def list_waves(evaluator: Evaluator) -> ResponseReturnValue:
    """The waves that the evaluator may see, with their response rates; or those of which some groups."""
    if evaluator.own is not None:
        return own.own_waves(evaluator)
    return render_template(
        "evaluators/waves.html", standings=standings(store(), evaluator.waves), words=words
    )


@known_wave
def show_wave(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """The results of a closed wave; the standing of any other."""
    if wave.state == "closed":
        return _results(evaluator, closed(wave), request.args.get("by"))
    how_far = standing(store(), wave.id)
    expected = enrolling.forecasts(store(), wave.id) if wave.state == "draft" else []
    return render_template(
        "evaluators/standing.html", standing=how_far, wave=wave, words=words, forecasts=expected
    )


@closed_wave
def results_file(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """The same JSON as `survey results --json`."""
    log(evaluator, audit.EXPORTED, closed.wave, "results.json")
    by_open_links = standing(store(), closed.wave.id).by_open_links
    return current_app.json.response({**to_json(closed.results), "by_open_links": by_open_links})


@closed_wave
def chart_file(evaluator: Evaluator, closed: ClosedWave, what: str, form: str) -> ResponseReturnValue:
    """A chart as SVG, PNG or PDF, in the language `?lang=`, of the groups `?by=`; `?take=1` takes it away.

    `?size=`, `?title=0` and `?caption=0` choose its frame.
    """
    asked = order(closed, what, request.args.get("by"), asked_language(), form)
    if "take" in request.args:
        response = file_reply(drawn(closed, asked), form)
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


def _kept(response: Response, asked: Order) -> Response:
    response.set_etag(asked.etag)
    response.headers["Cache-Control"] = "private, no-cache"
    # Also of a 304: the browser takes its headers for those of the file that it has.
    response.headers["Content-Security-Policy"] = SVG_POLICY
    return response


def _results(evaluator: Evaluator, closed: ClosedWave, by: str | None) -> ResponseReturnValue:
    t, results, questionnaire = spoken(), closed.results, closed.questionnaire
    shared = {
        "closed": closed,
        "wave": closed.wave,
        "by": by,
        "breakdowns": page.breakdown_links(results, questionnaire, t),
        "open_links": standing(store(), closed.wave.id).open_links_said,
        "address": f"{settings().public_url}{request.path}",
        "printing": "print" in request.args,
        "unfolded": request.args.get("print") == "all",
        "words": words,
    }
    if by is None:
        parts = page.whole_page(results, questionnaire, t)
        baselines = _baselines(evaluator, closed.wave)
        return render_template("evaluators/results.html", parts_of=parts, baselines=baselines, **shared)
    if by in results.crosses:
        crossing = Crossing(results, questionnaire, questionnaire.cross(by), t)
        shown = cross_page(crossing, request.args.get("figure"))
        return render_template("evaluators/cross.html", page=shown, **shared)
    if by not in results.by:
        raise UnknownBreakdown("this wave has no breakdown {by}; its page leads to those it has", by=by)
    order = _order(results)
    of = Grouped(results, questionnaire, by, t, order)
    return render_template(
        "evaluators/groups.html",
        parts_of=groups_page(of),
        label=t.choose(questionnaire.breakdown(by).label),
        orders=orders(results, questionnaire, t),
        order=".".join(order or ()),
        **shared,
    )


def _order(results: Results) -> Path | None:
    """The figure by whose value the groups are put in order; 404 for one that the wave has not."""
    try:
        return path_of(request.args.get("order"), results)
    except KeyError:
        abort(404)


def _baselines(evaluator: Evaluator, wave: Wave) -> list[Wave] | None:
    """The closed baselines that a final wave can be compared with; None for a wave of another phase."""
    if wave.phase != "final":
        return None
    with store().read() as db:
        alike = waves.of_questionnaire(db, wave.questionnaire)
    found = [one for one in alike if one.phase == "baseline" and one.state == "closed"]
    return [one for one in found if one.id in evaluator.waves]
