"""What changed in the people who answered two waves of a study: figures, a chart, tables of moves."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from survey import definitions
from survey.changes.paired import Moves, PairedChanges, paired_changes
from survey.charts import paired_chart, paired_table
from survey.gallery import Order
from survey.language import Language, language
from survey.narrative.paired import linked_sentence, moves_sentence, paired_cautions, paired_sentence
from survey.store import studies, waves
from survey.store.studies import Study
from survey.study import StudyRelease
from survey.web.access import ClosedWave, Evaluator, closed_wave, gallery, store
from survey.web.evaluators import words
from survey.web.evaluators.drawing import asked_language, file_reply
from survey.web.evaluators.speaking import spoken
from survey.web.evaluators.words import DASH, Cell, Table


def add_to(blueprint: Blueprint) -> None:
    """The addresses of a study's figures and of their chart."""
    blueprint.get("/waves/<wave_id>/study")(show_study)
    blueprint.get("/waves/<wave_id>/study/<other>")(show_pair)
    blueprint.get("/waves/<wave_id>/study/<other>/chart.<any(svg,png,pdf):form>")(pair_file)


def _releases(evaluator: Evaluator, closed: ClosedWave) -> tuple[Study, list[StudyRelease]]:
    """The wave's study, and its releases of which this evaluator may see both waves; 404 without a study."""
    if closed.wave.study is None:
        abort(404)
    with store().read() as db:
        study = studies.get(db, closed.wave.study)
        made = studies.releases_of(db, study.id)
    return study, [one for one in made if {one.earlier, one.later} <= _visible(evaluator, made)]


def _visible(evaluator: Evaluator, made: list[StudyRelease]) -> set[str]:
    return {wave for one in made for wave in (one.earlier, one.later) if wave in evaluator.waves}


@closed_wave
def show_study(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """The study of a wave and the pairs of waves that were linked."""
    study, made = _releases(evaluator, closed)
    return render_template("evaluators/study.html", wave=closed.wave, words=words, study=study, releases=made)


@dataclass(frozen=True)
class Pair:
    """Two linked waves and what changed in the people who answered both."""

    found: PairedChanges
    release_id: str


def _pair(evaluator: Evaluator, closed: ClosedWave, other: str) -> Pair:
    """What a wave tells together with another one of its study; 404 where the two were not linked."""
    _, made = _releases(evaluator, closed)
    release = next((one for one in made if {one.earlier, one.later} == {closed.wave.id, other}), None)
    if release is None:
        abort(404)
    with store().read() as db:
        later = waves.get(db, release.later)
        release_id = studies.release_id(db, release.earlier, release.later)
    return Pair(paired_changes(release, definitions.load(later.definition, later.id)), release_id)


@closed_wave
def show_pair(evaluator: Evaluator, closed: ClosedWave, other: str) -> ResponseReturnValue:
    """Everything that changed in the same people."""
    pair, t = _pair(evaluator, closed, other), spoken()
    found = pair.found
    return render_template(
        "evaluators/study_pair.html",
        wave=closed.wave,
        words=words,
        other=other,
        found=found,
        linked=linked_sentence(found, t),
        sentences=_sentences(found, t),
        figures=_figures(found, t),
        moves=[_moves(found, name, one, t) for name, one in found.moves.items() if one.table],
        cautions=list(paired_cautions(t)),
        release_id=pair.release_id,
    )


@closed_wave
def pair_file(evaluator: Evaluator, closed: ClosedWave, other: str, form: str) -> ResponseReturnValue:
    """The chart of what changed in the same people, as SVG, PNG or PDF, in the language `?lang=`."""
    lang = asked_language()
    pair = _pair(evaluator, closed, other)
    order = Order(closed.wave.id, pair.release_id, "study", other, lang, form)
    return file_reply(gallery().file(order, lambda: paired_chart(pair.found, language(lang))), form)


def _sentences(found: PairedChanges, t: Language) -> list[str]:
    threshold = found.release.threshold

    def label(name: str) -> str:
        return t.choose(found.questionnaire.item(name).text)

    return [
        *(paired_sentence(label(name), one, threshold, t) for name, one in found.items.items()),
        *(moves_sentence(label(name), one, threshold, t) for name, one in found.moves.items()),
    ]


def _figures(found: PairedChanges, t: Language) -> Table:
    made = paired_table(found, t)
    caption = t("Changes in the people who answered both waves")
    return Table(caption, made.header, tuple(tuple(map(Cell, row)) for row in made.rows))


def _moves(found: PairedChanges, name: str, moves: Moves, t: Language) -> Table:
    """Who went from which answer to which: rows the earlier wave, columns the later one."""
    item, told = found.questionnaire.item(name), moves.table or {}
    codes = [code for code in item.codes if any(code in pair.split(">") for pair in told)]
    header = (t("from"), *(t("to {answer}", answer=t.choose(item.labels[code])) for code in codes))
    rows = tuple(
        (Cell(t.choose(item.labels[before])), *(_count(told.get(f"{before}>{after}"), t) for after in codes))
        for before in codes
    )
    return Table(t.choose(item.text), header, rows)


def _count(n: int | None, t: Language) -> Cell:
    return Cell(t.number(n) if n else DASH)
