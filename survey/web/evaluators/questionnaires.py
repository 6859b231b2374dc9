"""The questionnaires to choose from: a list, a file to add, and each one as its author reads it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey import definitions, preview, shelf
from survey.definitions import InvalidDefinition, Problem
from survey.definitions.model import Questionnaire
from survey.language import language, text
from survey.shelf import CannotKeep, Offered
from survey.store.waves import Wave
from survey.web.access import Evaluator, known_wave, settings, signed_in
from survey.web.evaluators import forms, words
from survey.web.evaluators.forms import UploadForm
from survey.web.evaluators.speaking import spoken

NO_FILE = text("choose a file first")


def add_to(blueprint: Blueprint) -> None:
    """The addresses of questionnaires; the forms that respondents see are in `survey.web.trying`."""
    blueprint.get("/questionnaires/")(list_questionnaires)
    blueprint.post("/questionnaires/")(add_questionnaire)
    blueprint.get("/questionnaires/<key>/")(show_questionnaire)
    blueprint.get("/waves/<wave_id>/questionnaire/")(wave_questionnaire)


@signed_in
def list_questionnaires(evaluator: Evaluator) -> ResponseReturnValue:
    """All that can be chosen."""
    return _list(UploadForm())


@signed_in
def add_questionnaire(evaluator: Evaluator) -> ResponseReturnValue:
    """Keep a file in the instance's folder; or every problem of it, with line, value and remedy."""
    form = UploadForm()
    if not form.file.data:
        forms.tell(form, {"file": NO_FILE}, spoken())
        return _list(form), 422
    name = form.file.data.filename or "-"
    try:
        key = shelf.keep(settings().questionnaires, form.file.data.read(definitions.LONGEST + 1), name)
    except InvalidDefinition as refusal:
        return _list(form, refusal.problems, name), 422
    except CannotKeep as refusal:
        forms.tell(form, {"file": refusal.text}, spoken())
        return _list(form), 422
    return redirect(url_for("evaluators.show_questionnaire", key=key), 303)


def _list(form: UploadForm, problems: tuple[Problem, ...] = (), name: str = "") -> str:
    offered = list(shelf.offered(settings().questionnaires))
    return render_template(
        "evaluators/questionnaires.html",
        form=form, problems=problems, name=name, offered=offered, words=words,
    )  # fmt: skip


@signed_in
def show_questionnaire(evaluator: Evaluator, key: str) -> ResponseReturnValue:
    """What is asked and which figures come out; or the problems of a file in the folder."""
    chosen = shelf.get(settings().questionnaires, key)
    if chosen.questionnaire is None:
        return render_template("evaluators/faulty.html", chosen=chosen), 422
    return _shown(chosen.questionnaire, chosen)


@known_wave
def wave_questionnaire(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """The questionnaire of a wave, as it is stored with it."""
    return _shown(definitions.load(wave.definition, wave.id), wave=wave)


def _shown(questionnaire: Questionnaire, chosen: Offered | None = None, **values: object) -> str:
    t = spoken()
    code = t.code if t.code in questionnaire.languages else questionnaire.languages[0]
    return render_template(
        "evaluators/questionnaire.html",
        questionnaire=questionnaire, chosen=chosen, lines=preview.lines(questionnaire, language(code)),
        code=code, written=[language(one) for one in questionnaire.languages], words=words, **values,
    )  # fmt: skip
