"""The list of waves, a wave's standing or its results, and its figures as JSON."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from survey import enrolling
from survey.indicators.results import to_json
from survey.monitoring import standing, standings
from survey.store import audit
from survey.store.waves import Wave
from survey.web.access import ClosedWave, Evaluator, anybody, closed, closed_wave, known_wave, log, store
from survey.web.evaluators import own, words
from survey.web.evaluators.showing import show_results


def add_to(blueprint: Blueprint) -> None:
    """The addresses of waves, all of them guarded."""
    blueprint.get("/waves/")(list_waves)
    blueprint.get("/waves/<wave_id>")(show_wave)
    blueprint.get("/waves/<wave_id>/results.json")(results_file)


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
        return show_results(evaluator, closed(wave), request.args.get("by"))
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
