"""A questionnaire as respondents see it, for evaluators: to look at, and to try.

A trial goes through the pages of respondents, judges what is sent as they do, and thanks; it is marked
on every page. It never reaches the journey of answers: nothing is stored, nothing is counted. Its wave
is a draft, whatever the state of the one that is tried: a form of a draft can only be a trial.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from survey import definitions, preparing, shelf
from survey.answering import Door, slots_of
from survey.definitions.model import Mode, Questionnaire
from survey.shelf import UnknownQuestionnaire
from survey.store.waves import Wave
from survey.submission import InvalidSubmission, from_form
from survey.web.access import Evaluator, known_wave, settings, signed_in
from survey.web.evaluators import refusals, speaking
from survey.web.public.present import language_of, pages, sent_fields, show
from survey.web.public.replies import redirection
from survey.web.public.walking import STEPS, Visit, form, stepped, with_problems

blueprint = Blueprint("trying", __name__)
refusals.add_to(blueprint)
blueprint.context_processor(speaking.for_templates)

NOBODY = bytes(16)
"""The invitation of a trial, which belongs to nobody."""
NO_RECEIPT = "XXXX-XXXX-XXXX-XXXX"
"""Stands where a receipt would: one that is genuine must not come from a trial."""
OF_QUESTIONNAIRE, OF_WAVE = "/questionnaires/<key>", "/waves/<wave_id>/questionnaire"

View = Callable[[Door], Response]


def _page(door: Door) -> Response:
    """The empty form with everything in it, which sends nothing."""
    return show(pages().preview(door.wave, door.questionnaire, language_of(door)))


def _form(door: Door) -> Response:
    """The form as behind a personal link; what its buttons ask for."""
    if request.method != "POST":
        return show(pages().form(door.wave, door.questionnaire, language_of(door)))
    # Fields of ours that only drafts and other journeys know are of no use here.
    known = {item.id for item in door.questionnaire.items} | {"_go", "_page", "_carried"}
    fields = {name: values for name, values in sent_fields().items() if name in known}
    return stepped("", door, language_of(door), datetime.now(UTC), fields, _STEPS)


def _thanks(door: Door) -> Response:
    """The thanks as after answers that arrived."""
    receipt = None if door.questionnaire.mode is Mode.NAMED else NO_RECEIPT
    return show(pages().thanks(door.wave, door.questionnaire, language_of(door), receipt))


def _send(visit: Visit, _: str) -> Response:
    """Judge what was sent as any answer, and go to the thanks."""
    try:
        from_form(visit.questionnaire, visit.sent)
    except InvalidSubmission as refused:
        return with_problems(visit, refused.problems)
    return redirection(f"thanks?lang={visit.code}")


def _in_other_words(visit: Visit, _: str) -> Response:
    return form(visit)


_STEPS = {**STEPS, "send": _send, "language": _in_other_words}


def _door(wave: Wave, questionnaire: Questionnaire) -> Door:
    return Door(replace(wave, state="draft"), questionnaire, slots_of(questionnaire, 0), NOBODY, None, None)


def _add(name: str, view: View, methods: tuple[str, ...] = ("GET",)) -> None:
    """One page under both addresses: of a questionnaire that can be chosen, and of a wave's own."""

    @signed_in
    def of_questionnaire(evaluator: Evaluator, key: str) -> ResponseReturnValue:
        chosen = shelf.get(settings().questionnaires, key)
        if chosen.questionnaire is None:
            raise UnknownQuestionnaire("the questionnaire {key} has problems; its page says which", key=key)
        definition = chosen.content.decode("utf-8-sig")
        wave = preparing.imagined(chosen.questionnaire, settings().timezone, definition)
        return view(_door(wave, chosen.questionnaire))

    @known_wave
    def of_wave(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
        return view(_door(wave, definitions.load(wave.definition, wave.id)))

    blueprint.add_url_rule(
        f"{OF_QUESTIONNAIRE}/{name}", f"questionnaire_{name}", of_questionnaire, methods=methods
    )
    blueprint.add_url_rule(f"{OF_WAVE}/{name}", f"wave_{name}", of_wave, methods=methods)


_add("page", _page)
_add("form", _form, ("GET", "POST"))
_add("thanks", _thanks)
