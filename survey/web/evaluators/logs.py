"""The log: who did what, and when, to one wave or to all and to evaluators. Never an answer, never a link."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from survey.language import Language
from survey.store import audit
from survey.store.audit import ACTS, PROGRAM, Entry
from survey.store.waves import Wave
from survey.web.access import Evaluator, known_wave, seeing_everything, settings, store
from survey.web.evaluators import words
from survey.web.evaluators.speaking import spoken
from survey.web.evaluators.words import DASH, Cell, Table


def add_to(blueprint: Blueprint) -> None:
    """The addresses of the log."""
    blueprint.get("/waves/<wave_id>/log")(wave_log)
    blueprint.get("/log")(whole_log)


@known_wave
def wave_log(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """What was done to one wave, the latest first."""
    with store().read() as db:
        entries = audit.of_wave(db, wave.id)
    table = _table(entries, wave.timezone, spoken(), whole=False)
    return render_template("evaluators/log.html", table=table, wave=wave, words=words)


@seeing_everything
def whole_log(evaluator: Evaluator) -> ResponseReturnValue:
    """What was done to all waves and to evaluators, the latest first."""
    with store().read() as db:
        entries = audit.everything(db)
    table = _table(entries, settings().timezone, spoken(), whole=True)
    return render_template("evaluators/log.html", table=table, words=words)


def _table(entries: Sequence[Entry], timezone: str, t: Language, whole: bool) -> Table:
    zone = ZoneInfo(timezone)
    header = (t("When"), t("Who"), t("What"), t("About"))
    rows = tuple(
        (
            Cell(t.moment(one.moment.astimezone(zone))),
            Cell(t("the program") if one.who == PROGRAM else one.who),
            Cell(t(ACTS[one.act])),
            Cell(one.about or DASH),
            *((Cell(one.wave or DASH),) if whole else ()),
        )
        for one in reversed(entries)
    )
    note = t("Times of the zone {zone}.", zone=timezone)
    return Table(t("Entries, the latest first"), (*header, t("Wave")) if whole else header, rows, note)
