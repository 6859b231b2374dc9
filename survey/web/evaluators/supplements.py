"""The supplements of a closed wave: figures that a later definition added, and adding one behind a tick."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey import narrative, shelf, supplementing
from survey.charts import Chart, NoChart, chart
from survey.gallery import Order
from survey.language import Language, Text, language, text
from survey.narrative import label
from survey.supplementing import CannotSupplement, Shown
from survey.web.access import ClosedWave, Evaluator, closed_wave, gallery, settings, store
from survey.web.evaluators import forms, words
from survey.web.evaluators.drawing import asked_frame, asked_language, choices, served
from survey.web.evaluators.forms import ConfirmForm
from survey.web.evaluators.speaking import spoken
from survey.web.evaluators.words import Cell, Table

UNSURE = text("tick this box first: what is added stays for good")


def add_to(blueprint: Blueprint) -> None:
    """The addresses of a wave's supplements and of their charts."""
    blueprint.get("/waves/<wave_id>/supplements")(show_supplements)
    blueprint.get("/waves/<wave_id>/supplements/<int:number>/chart.<any(svg,png,pdf):form>")(supplement_file)
    blueprint.get("/waves/<wave_id>/supplements/add/<key>/<indicator>")(ask_for_supplement)
    blueprint.post("/waves/<wave_id>/supplements/add/<key>/<indicator>")(make_supplement)


@closed_wave
def show_supplements(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """Every supplement with its sentence, its chart and the table of the chart."""
    t, zone = spoken(), ZoneInfo(closed.wave.timezone)
    return render_template(
        "evaluators/supplements.html",
        wave=closed.wave,
        choices=choices(),
        words=words,
        told=[
            (one.kept, _name(one, t), _sentence(one, t), _table(one, t), _day(one.kept.made, zone, t))
            for one in supplementing.shown(store(), closed.wave.id)
        ],
        offers=list(_offers(closed.wave.id, t)),
    )


@dataclass(frozen=True)
class Offer:
    """A figure that can be added: the key of the definition that has it, its version, what it is called."""

    key: str
    version: int
    indicator: str
    name: str
    counted: bool


def _offers(wave_id: str, t: Language) -> Iterator[Offer]:
    """The figures of all definitions on the shelf that this wave may get."""
    for one in shelf.offered(settings().questionnaires):
        for found in (
            supplementing.candidates(store(), wave_id, one.questionnaire) if one.questionnaire else ()
        ):
            name = label(found.indicator, found.questionnaire, t)
            yield Offer(one.key, found.questionnaire.version, found.indicator.id, name, found.counted)


@closed_wave
def ask_for_supplement(
    evaluator: Evaluator, closed: ClosedWave, key: str, indicator: str
) -> ResponseReturnValue:
    """What adding the figure does."""
    return _asked(closed, key, indicator, ConfirmForm())


@closed_wave
def make_supplement(
    evaluator: Evaluator, closed: ClosedWave, key: str, indicator: str
) -> ResponseReturnValue:
    """With the tick the figure is added, or refused with the reason."""
    form, refused = ConfirmForm(), None
    if form.sure.data:
        definition = key, shelf.get(settings().questionnaires, key).content
        try:
            supplementing.supplement(
                store(), closed.wave.id, definition, indicator, evaluator.email, datetime.now(UTC)
            )
            return redirect(url_for("evaluators.show_supplements", wave_id=closed.wave.id), 303)
        except CannotSupplement as refusal:
            refused = refusal.text
    else:
        forms.tell(form, {"sure": UNSURE}, spoken())
    return _asked(closed, key, indicator, form, refused), 422


def _asked(
    closed: ClosedWave, key: str, indicator: str, form: ConfirmForm, refused: Text | None = None
) -> str:
    t, content = spoken(), shelf.get(settings().questionnaires, key).content
    found = supplementing.candidate(store(), closed.wave.id, (key, content), indicator)
    return render_template(
        "evaluators/supplement_add.html", wave=closed.wave, words=words, form=form, refused=refused,
        name=label(found.indicator, found.questionnaire, t), found=found, key=key,
    )  # fmt: skip


@closed_wave
def supplement_file(evaluator: Evaluator, closed: ClosedWave, number: int, form: str) -> ResponseReturnValue:
    """The chart of a supplement, as SVG, PNG or PDF, in the language `?lang=`; 404 where there is none."""
    lang = asked_language()
    found = next(
        (one for one in supplementing.shown(store(), closed.wave.id) if one.kept.number == number), None
    )
    made = None if found is None else _chart(found, language(lang))
    if found is None or made is None:
        abort(404)
    order = Order(closed.wave.id, found.kept.sha256, "supplement", str(number), lang, form, asked_frame())
    return served(order, lambda asked: gallery().file(asked, lambda: made))


def _chart(one: Shown, t: Language) -> Chart | None:
    try:
        return chart(one.results, one.questionnaire, one.kept.supplement.indicator, t)
    except NoChart:
        return None


def _name(one: Shown, t: Language) -> str:
    (indicator,) = one.questionnaire.indicators
    return label(indicator, one.questionnaire, t)


def _sentence(one: Shown, t: Language) -> str:
    (indicator,) = one.questionnaire.indicators
    figure = one.results.whole.indicators[indicator.id]
    return narrative.sentence(figure, indicator, one.questionnaire, t, one.results.threshold)


def _table(one: Shown, t: Language) -> Table | None:
    made = _chart(one, t)
    if made is None:
        return None
    return Table(_name(one, t), made.table.header, tuple(tuple(map(Cell, row)) for row in made.table.rows))


def _day(made: datetime, zone: ZoneInfo, t: Language) -> str:
    return t.day(made.astimezone(zone).date())
