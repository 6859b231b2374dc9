"""What evaluators of single groups see: their waves, and of each their own groups beside the total."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.charts import answers_said
from survey.language import Language, language
from survey.monitoring import rates
from survey.rates import Rate, Rates
from survey.store import audit, waves
from survey.web import sharing
from survey.web.access import Evaluator, OwnGroup, gallery, log, own_group, store
from survey.web.evaluators import words
from survey.web.evaluators.beside import Block, Side, beside_page
from survey.web.evaluators.drawing import SVG_POLICY, asked_language, file_reply
from survey.web.evaluators.speaking import spoken
from survey.web.evaluators.words import DASH


def add_to(blueprint: Blueprint) -> None:
    """The addresses of these pages; the list of waves is shared with all other evaluators."""
    blueprint.get("/waves/<wave_id>/own")(show_own)
    blueprint.get("/waves/<wave_id>/own/charts/<what>.<any(svg,png,pdf):form>")(own_chart)


def own_waves(evaluator: Evaluator) -> str:
    """The waves in which this evaluator's groups were invited."""
    own = evaluator.own or {}
    with store().read() as db:
        seen = [(wave, own[wave.id]) for wave in waves.all_waves(db) if wave.id in own]
    return render_template("evaluators/own_waves.html", seen=seen, words=words)


@own_group
def show_own(evaluator: Evaluator, own: OwnGroup) -> ResponseReturnValue:
    """The group's figures of a closed wave, its response rate in an open one."""
    if own.wave.state == "closed":
        return _figures(own)
    page = {"own": own, "seen": own.wave, "words": words, "block": None}
    if own.wave.state == "open":
        found, t = rates(store(), own.wave.id, (), datetime.now(UTC)), spoken()
        page |= {"step": found.step, "block": _so_far(own, found, t)}
    return render_template("evaluators/own_rates.html", **page)


def _figures(own: OwnGroup) -> str:
    t = spoken()
    shared = sharing.shared(store(), own.wave, own.group, t)

    def charts(what: str, form: str, take: bool) -> str:
        return url_for(
            "evaluators.own_chart",
            wave_id=own.wave.id,
            what=what,
            form=form,
            group=str(own.group),  # a tuple would be two values
            lang=t.code,
            take=1 if take else None,
        )

    return render_template(
        "evaluators/own.html",
        own=own, seen=own.wave, words=words, shared=shared, charts=charts,
        page=beside_page(shared.beside, shared.questionnaire, t),
    )  # fmt: skip


def _so_far(own: OwnGroup, found: Rates, t: Language) -> Block:
    group = next((one for one in found.by[own.group.breakdown] if one.name == own.group.value), None)
    few = Side(own.group.value, DASH, t("too few people invited"))
    first = _side(own.group.value, group, found.step, t) if group else few
    sides = (replace(first, own=True), _side(t("Whole survey"), found.whole, found.step, t))
    return Block("rate", t("Response rate so far"), sides, None, (), ())


def _side(name: str, rate: Rate, step: int, t: Language) -> Side:
    told = t("fewer than {n}", n=step) if rate.answers is None else answers_said(rate.answers, step, t)
    base = t("{count} of {n} invited", count=told, n=rate.invited)
    if rate.rr2 is None:
        return Side(name, DASH, base=base)
    return Side(name, t.percent(rate.rr2), base=base, percent=100 * rate.rr2)


@own_group
def own_chart(evaluator: Evaluator, own: OwnGroup, what: str, form: str) -> ResponseReturnValue:
    """A chart of the group beside the whole, in the language `?lang=`; `?take=1` takes it away."""
    shared = sharing.shared(store(), own.wave, own.group, language(asked_language()))
    asked = sharing.order(shared, what, form)
    if "take" not in request.args and request.if_none_match.contains(asked.etag):
        reply = Response(status=304)
    else:
        reply = file_reply(sharing.drawn(shared, asked, gallery()), form)
    if "take" in request.args:
        log(evaluator, audit.EXPORTED, own.wave, f"{asked.what}.{own.group}.{asked.lang}.{form}")
    reply.set_etag(asked.etag)
    reply.headers["Cache-Control"] = "private, no-cache"
    reply.headers["Content-Security-Policy"] = SVG_POLICY
    return reply
