"""The list of waves, a wave's standing or its results, its charts and its figures as JSON."""

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from survey import enrolling
from survey.charts import UnknownBreakdown
from survey.gallery import Order
from survey.indicators.results import to_json
from survey.monitoring import standing, standings
from survey.store import audit
from survey.store.waves import Wave
from survey.web.access import ClosedWave, Evaluator, closed, closed_wave, known_wave, log, signed_in, store
from survey.web.evaluators import page, words
from survey.web.evaluators.drawing import SVG_POLICY, asked_language, drawn, file_reply, order
from survey.web.evaluators.speaking import spoken


def add_to(blueprint: Blueprint) -> None:
    """The addresses of waves, all of them guarded."""
    blueprint.get("/waves/")(list_waves)
    blueprint.get("/waves/<wave_id>")(show_wave)
    blueprint.get("/waves/<wave_id>/results.json")(results_file)
    blueprint.get("/waves/<wave_id>/charts/<what>.<any(svg,png,pdf):form>")(chart_file)


@signed_in
def list_waves(evaluator: Evaluator) -> ResponseReturnValue:
    """The waves that the evaluator may see, with their response rates."""
    return render_template(
        "evaluators/waves.html", standings=standings(store(), evaluator.waves), words=words
    )


@known_wave
def show_wave(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """The results of a closed wave; the standing of any other."""
    if wave.state == "closed":
        return _results(closed(wave), request.args.get("by"))
    how_far = standing(store(), wave.id)
    expected = enrolling.forecasts(store(), wave.id) if wave.state == "draft" else []
    return render_template(
        "evaluators/standing.html", standing=how_far, wave=wave, words=words, forecasts=expected
    )


@closed_wave
def results_file(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """The same JSON as `survey results --json`."""
    log(evaluator, audit.EXPORTED, closed.wave, "results.json")
    return current_app.json.response(to_json(closed.results))


@closed_wave
def chart_file(evaluator: Evaluator, closed: ClosedWave, what: str, form: str) -> ResponseReturnValue:
    """A chart as SVG, PNG or PDF, in the language `?lang=`, of the groups `?by=`; `?take=1` takes it away."""
    asked = order(closed, what, request.args.get("by"), asked_language(), form)
    if "take" in request.args:
        response = file_reply(drawn(closed, asked), form)
        log(evaluator, audit.EXPORTED, closed.wave, f"{asked.choices}.{form}")
        return _kept(response, asked)
    if request.if_none_match.contains(asked.etag):
        return _kept(Response(status=304), asked)
    return _kept(file_reply(drawn(closed, asked), form), asked)


def _kept(response: Response, asked: Order) -> Response:
    response.set_etag(asked.etag)
    response.headers["Cache-Control"] = "private, no-cache"
    # Also of a 304: the browser takes its headers for those of the file that it has.
    response.headers["Content-Security-Policy"] = SVG_POLICY
    return response


def _results(closed: ClosedWave, by: str | None) -> ResponseReturnValue:
    t, results, questionnaire = spoken(), closed.results, closed.questionnaire
    shared = {
        "closed": closed,
        "wave": closed.wave,
        "by": by,
        "breakdowns": page.breakdown_links(results, questionnaire, t),
        "open_links": standing(store(), closed.wave.id).open_links_said,
        "response": page.response_box(results, questionnaire.audience, t),
        "words": words,
    }
    if by is None:
        whole = page.whole_page(results, questionnaire, t)
        return render_template("evaluators/results.html", page=whole, **shared)
    if by not in results.by:
        raise UnknownBreakdown("this wave has no breakdown {by}; its page leads to those it has", by=by)
    return render_template(
        "evaluators/groups.html", page=page.groups_page(results, questionnaire, by, t), **shared
    )
