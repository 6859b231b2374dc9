"""The turns of a wave: opened, its last day moved, closed; each page first says what that does."""

from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey import closing, inviting, notice, preparing
from survey.inviting import BadWave
from survey.language import Text, text
from survey.preparing import NotLater
from survey.publishing import StillTaken
from survey.store.waves import Wave
from survey.web.access import Evaluator, known_wave, mark_keys, settings, store
from survey.web.evaluators import forms, words
from survey.web.evaluators.forms import CloseForm, ConfirmForm, ExtendForm
from survey.web.evaluators.speaking import spoken

LOOK_AGAIN = 5
"""Seconds after which the page of a closing looks again by itself."""
MOST_NAMED = 20
"""Groups that are named; of more the number is said."""
UNSURE = text("tick this box first: it says that you have read what happens")
STILL_TAKEN = text("what was begun by the last day is still taken; tick this box to close all the same")


def add_to(blueprint: Blueprint) -> None:
    """The addresses of the turns."""
    for name, view in (("open", open_wave), ("extend", extend_wave), ("close", close_wave)):
        blueprint.route(f"/waves/<wave_id>/{name}", methods=("GET", "POST"))(view)


@known_wave
def open_wave(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """What opening the draft will do; with the tick, it is opened."""
    now, form = datetime.now(UTC), ConfirmForm()
    ahead = preparing.opening(store(), wave.id, now)
    if form.is_submitted() and form.sure.data:
        inviting.open_wave(store(), mark_keys(), wave.id, now, who=evaluator.email)
        return redirect(url_for("evaluators.show_wave", wave_id=wave.id), 303)
    untold = notice.untold(settings(), wave, ahead.questionnaire)
    return _asked("evaluators/open.html", form, wave, ahead=ahead, untold=untold, most_named=MOST_NAMED)


@known_wave
def extend_wave(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """The last day of an open wave, to be moved to a later one."""
    form = ExtendForm(closes=wave.closes and wave.closes.isoformat())
    if form.is_submitted():
        try:
            preparing.extend(store(), wave.id, form.closes.data or "", evaluator.email, datetime.now(UTC))
        except (BadWave, NotLater) as refusal:
            return _asked("evaluators/extend.html", form, wave, {"closes": refusal.text})
        return redirect(url_for("evaluators.show_wave", wave_id=wave.id), 303)
    return _asked("evaluators/extend.html", form, wave)


@known_wave
def close_wave(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """What closing the wave will do; with the tick it begins, and this page says how far it is."""
    if wave.state == "closed":
        return redirect(url_for("evaluators.show_wave", wave_id=wave.id), 303)
    now, form, problems = datetime.now(UTC), CloseForm(), None
    if form.is_submitted() and (form.sure.data or wave.state == "closing"):
        try:
            closing.begin(store(), settings(), wave.id, evaluator.email, now, bool(form.at_once.data))
            return redirect(url_for("evaluators.close_wave", wave_id=wave.id), 303)
        except StillTaken:
            problems = {"at_once": STILL_TAKEN}
    if wave.state == "closing":
        return _how_far(form, wave)
    ahead = preparing.closing(store(), wave.id, now)
    return _asked("evaluators/close.html", form, wave, problems, ahead=ahead)


def _how_far(form: ConfirmForm, wave: Wave) -> Response:
    """How far the closing is; looks again by itself, unless `?still=1` asks for quiet."""
    far = closing.how_far(store(), settings().instance, wave.id)
    still = "still" in request.args
    page = render_template(
        "evaluators/closing.html", form=form, wave=wave, words=words, far=far, still=still, seconds=LOOK_AGAIN
    )
    response = make_response(page)
    if far.busy and not still:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


def _asked(
    template: str,
    form: ConfirmForm | ExtendForm,
    wave: Wave,
    problems: dict[str, Text] | None = None,
    **values: object,
) -> ResponseReturnValue:
    """A page with its form; one that was sent and comes back has a problem."""
    if form.is_submitted():
        forms.tell(form, problems or {"sure": UNSURE}, spoken())
    page = render_template(template, form=form, wave=wave, words=words, **values)
    return page, 422 if form.is_submitted() else 200
