"""The response-rate page of an open wave: rates and groups, a forecast, whom to chase, a chart of it."""

from datetime import UTC, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from survey import definitions, posted
from survey.charts import Chart, UnknownBreakdown, answers_said, group_said, rates_chart
from survey.definitions.model import Questionnaire
from survey.gallery import Order
from survey.inviting import WrongState
from survey.language import Language, language
from survey.monitoring import basis, rates
from survey.rates import Rate, Rates
from survey.store.waves import STATES, Wave
from survey.web.access import Evaluator, gallery, known_wave, store
from survey.web.evaluators import words
from survey.web.evaluators.drawing import asked_frame, asked_language, choices, served
from survey.web.evaluators.pictures import Picture
from survey.web.evaluators.speaking import spoken
from survey.web.evaluators.words import DASH, Cell, Table


def add_to(blueprint: Blueprint) -> None:
    """The addresses of the page and of its chart."""
    blueprint.get("/waves/<wave_id>/rates")(show_rates)
    blueprint.get("/waves/<wave_id>/rates.<any(svg,png,pdf):form>")(rates_file)


@known_wave
def show_rates(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """How many have answered so far, by the breakdown `?by=` or as a whole."""
    found, questionnaire, t = _rates(wave), definitions.load(wave.definition, wave.id), spoken()
    by = _breakdown(questionnaire)
    return render_template(
        "evaluators/rates.html",
        wave=wave,
        words=words,
        rates=found,
        by=by,
        breakdowns=[(one.id, t.choose(one.label)) for one in questionnaire.invited_by],
        answers=_answers(found.whole, found, t),
        groups=_table(found, questionnaire, by, t) if by else None,
        chase=[(group_said(rate.name, t), rate) for rate in found.to_chase(by)] if by else [],
        picture=_picture(wave, found, questionnaire, by, t),
        choices=choices(),
        mails=_mails(wave, t),
        basis=basis(store(), wave.id) if found.forecast else None,
    )


@known_wave
def rates_file(evaluator: Evaluator, wave: Wave, form: str) -> ResponseReturnValue:
    """The chart of today's rates as SVG, PNG or PDF, in the language `?lang=`, of the groups `?by=`."""
    lang = asked_language()
    found, questionnaire = _rates(wave), definitions.load(wave.definition, wave.id)
    by, today = _breakdown(questionnaire), _today(wave).date()
    state = sha256(f"{found!r} {today}".encode()).hexdigest()
    order = Order(wave.id, state, "rates", by, lang, form, asked_frame())

    def draw(asked: Order) -> bytes:
        return gallery().file(asked, lambda: _chart(wave, found, questionnaire, by, language(lang)))

    return served(order, draw)


def _rates(wave: Wave) -> Rates:
    """The rates of an open wave. Raises WrongState for any other: a closed one has its figures."""
    if wave.state != "open":
        raise WrongState("the wave {wave} is {state}: only an open wave has rates that still move",
                         wave=wave.id, state=STATES[wave.state])  # fmt: skip
    days = posted.went_out(posted.by_day(store(), wave.id))
    return rates(store(), wave.id, days, datetime.now(UTC))


def _breakdown(questionnaire: Questionnaire) -> str | None:
    """The breakdown that is asked for, None for the whole wave. Raises UnknownBreakdown."""
    by = request.args.get("by")
    if by is not None and by not in [one.id for one in questionnaire.invited_by]:
        raise UnknownBreakdown("this wave has no breakdown {by}; its page leads to those it has", by=by)
    return by


def _today(wave: Wave) -> datetime:
    return datetime.now(ZoneInfo(wave.timezone))


def _chart(wave: Wave, found: Rates, questionnaire: Questionnaire, by: str | None, t: Language) -> Chart:
    said = t.choose(questionnaire.breakdown(by).label) if by else ""
    return rates_chart(wave.title, found, found.by[by] if by else (), said, t.day(_today(wave).date()), t)


def _picture(wave: Wave, found: Rates, questionnaire: Questionnaire, by: str | None, t: Language) -> Picture:
    chart = _chart(wave, found, questionnaire, by, t)
    rows = tuple(tuple(Cell(said) for said in row) for row in chart.table.rows)
    alt = t("Chart: {title}. {subtitle}. Its figures are in the table below it.",
            title=chart.title, subtitle=chart.subtitle)  # fmt: skip
    return Picture("rates", by, chart.title, alt, Table(chart.title, chart.table.header, rows))


def _mails(wave: Wave, t: Language) -> Table | None:
    """How many invitations and reminders went out on which day; None before the first."""
    rows = tuple(
        (Cell(t.day(one.day)), Cell(t(posted.KIND_NAMES[one.kind])), Cell(t(one.said)))
        for one in posted.by_day(store(), wave.id)
    )
    header = (t("day"), t("mail"), t("sent"))
    return Table(t("What the mail server took"), header, rows) if rows else None


def _answers(rate: Rate, found: Rates, t: Language) -> str:
    """How many have answered, as it may be told."""
    if rate.answers is None:
        return t("fewer than {n}", n=found.step)
    return answers_said(rate.answers, found.step, t)


def _table(found: Rates, questionnaire: Questionnaire, by: str, t: Language) -> Table:
    """The groups of a breakdown, with what is known of their invitations."""
    label = t.choose(questionnaire.breakdown(by).label)
    header = (
        label,
        t("invited"),
        t("delivered by mail"),
        t("not reached"),
        t("no more mail"),
        t("answers"),
        "RR2",
        t("to the target"),
    )
    rows = tuple(
        (
            Cell(group_said(rate.name, t)),
            Cell(t.number(rate.invited)),
            Cell(t.number(rate.delivered)),
            Cell(t.number(rate.bounced + rate.withdrawn)),
            Cell(t.number(rate.opted_out)),
            Cell(_answers(rate, found, t)),
            Cell(DASH if rate.rr2 is None else t.percent(rate.rr2)),
            Cell(DASH if rate.missing is None else t.number(rate.missing)),
        )
        for rate in found.by[by]
    )
    return Table(t("Rates by {breakdown}", breakdown=label[:1].lower() + label[1:]), header, rows)
