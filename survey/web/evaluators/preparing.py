"""A new wave, and the settings of a wave."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from survey import definitions, preparing, shelf
from survey.definitions.model import Questionnaire
from survey.inviting import BadWave
from survey.language import Refusal
from survey.preparing import BadSettings
from survey.store.waves import Wave
from survey.web.access import Evaluator, known_wave, mark_keys, settings, signed_in, store
from survey.web.evaluators import forms, words
from survey.web.evaluators.speaking import spoken


def add_to(blueprint: Blueprint) -> None:
    """The addresses of making a wave and of its settings."""
    blueprint.route("/waves/new", methods=("GET", "POST"))(new_wave)
    blueprint.route("/waves/<wave_id>/settings", methods=("GET", "POST"))(wave_settings)


@signed_in
def new_wave(evaluator: Evaluator) -> ResponseReturnValue:
    """The form of a new wave of the questionnaire `?questionnaire=`; first one has to be chosen."""
    key = request.args.get("questionnaire")
    if key is None:
        return redirect(url_for("evaluators.list_questionnaires"), 303)
    chosen = shelf.get(settings().questionnaires, key)
    if chosen.questionnaire is None:
        return redirect(url_for("evaluators.show_questionnaire", key=key), 303)
    blank = preparing.imagined(chosen.questionnaire, settings().timezone)
    before = preparing.typed(blank, chosen.questionnaire)
    form = forms.settings_form(chosen.questionnaire, spoken(), before, new=True)
    if request.method == "POST":
        try:
            made = preparing.create(
                store(), (form["id"].data or "").strip(), (key, chosen.content), forms.typed(form),
                settings().timezone, evaluator.email, datetime.now(UTC), evaluator.waves,
                study=(form["study"].data or "").strip() if "study" in form else None, mark_keys=mark_keys(),
            )  # fmt: skip
        except (BadSettings, BadWave) as refusal:
            return _new(chosen.questionnaire, form, refusal)
        return redirect(url_for("evaluators.show_wave", wave_id=made.id), 303)
    return _new(chosen.questionnaire, form)


def _new(
    questionnaire: Questionnaire, form: FlaskForm, refusal: Refusal | None = None
) -> ResponseReturnValue:
    return _shown("evaluators/new_wave.html", form, refusal, questionnaire=questionnaire)


@known_wave
def wave_settings(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """The settings of a draft, to be changed; those of any other wave, to be read."""
    questionnaire = definitions.load(wave.definition, wave.id)
    form = forms.settings_form(questionnaire, spoken(), preparing.typed(wave, questionnaire))
    if request.method == "POST":
        try:
            preparing.change(store(), wave.id, forms.typed(form), evaluator.email, datetime.now(UTC))
        except BadSettings as refusal:
            return _shown("evaluators/settings.html", form, refusal, wave=wave)
        return redirect(url_for("evaluators.wave_settings", wave_id=wave.id, saved=1), 303)
    return _shown("evaluators/settings.html", form, None, wave=wave)


def _shown(template: str, form: FlaskForm, refusal: Refusal | None, **values: object) -> ResponseReturnValue:
    """A form with the problems of what was sent, at their fields where they are of one."""
    problems = refusal.problems if isinstance(refusal, BadSettings) else {}
    forms.tell(form, problems, spoken())
    elsewhere = refusal.text if refusal is not None and not problems else None
    page = render_template(template, form=form, elsewhere=elsewhere, words=words, **values)
    return page, 200 if refusal is None else 422
