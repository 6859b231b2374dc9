"""The supplements of a closed wave: figures that a later definition added, each with its origin and chart."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from survey import narrative, supplementing
from survey.charts import Chart, NoChart, chart
from survey.gallery import Order
from survey.language import Language, language
from survey.narrative import label
from survey.supplementing import Shown
from survey.web.access import ClosedWave, Evaluator, closed_wave, gallery, store
from survey.web.evaluators import words
from survey.web.evaluators.drawing import asked_language, file_reply
from survey.web.evaluators.speaking import spoken
from survey.web.evaluators.words import Cell, Table


def add_to(blueprint: Blueprint) -> None:
    """The addresses of a wave's supplements and of their charts."""
    blueprint.get("/waves/<wave_id>/supplements")(show_supplements)
    blueprint.get("/waves/<wave_id>/supplements/<int:number>/chart.<any(svg,png,pdf):form>")(supplement_file)


@closed_wave
def show_supplements(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """Every supplement with its sentence, its chart and the table of the chart."""
    t, zone = spoken(), ZoneInfo(closed.wave.timezone)
    return render_template(
        "evaluators/supplements.html",
        wave=closed.wave,
        words=words,
        told=[
            (one.kept, _name(one, t), _sentence(one, t), _table(one, t), _day(one.kept.made, zone, t))
            for one in supplementing.shown(store(), closed.wave.id)
        ],
    )


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
    order = Order(closed.wave.id, found.kept.sha256, "supplement", str(number), lang, form)
    return file_reply(gallery().file(order, lambda: made), form)


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
