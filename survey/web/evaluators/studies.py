"""What changed in the people who answered two waves of a study: figures, a chart, tables of moves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey import definitions, studying
from survey.changes.paired import Moves, PairedChanges, paired_changes
from survey.charts import numbers_table, options_table, paired_chart, paired_table, shares_table
from survey.charts.model import Table as ChartTable
from survey.gallery import Order
from survey.language import Language, language, text
from survey.narrative.paired import changes_said, left_out, linked_sentence, paired_cautions
from survey.store import studies, waves
from survey.store.studies import Study
from survey.store.waves import Wave
from survey.study import StudyRelease
from survey.web.access import ClosedWave, Evaluator, closed_wave, gallery, mark_keys, store
from survey.web.evaluators import forms, words
from survey.web.evaluators.drawing import asked_frame, asked_language, choices, served
from survey.web.evaluators.forms import ConfirmForm
from survey.web.evaluators.speaking import spoken
from survey.web.evaluators.words import DASH, Cell, Table

MCNEMAR = text(
    "“Chance”: McNemar’s exact test of those who changed, which allows for the number of questions."
)
UNSURE = text("tick this box first: nothing can be linked again afterwards")


def add_to(blueprint: Blueprint) -> None:
    """The addresses of a study's figures and of their chart."""
    blueprint.get("/waves/<wave_id>/study")(show_study)
    blueprint.get("/waves/<wave_id>/end-study")(ask_to_end_study)
    blueprint.post("/waves/<wave_id>/end-study")(end_study)
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


def _waves(study: Study) -> list[Wave]:
    """The waves of a study: closed ones in the order in which they closed, then the others."""
    with store().read() as db:
        return sorted(waves.of_study(db, study.id), key=_when)


def _when(wave: Wave) -> tuple[bool, str, str]:
    return wave.closed_at is None, wave.closed_at.isoformat() if wave.closed_at else "", wave.id


def _visible(evaluator: Evaluator, made: list[StudyRelease]) -> set[str]:
    return {wave for one in made for wave in (one.earlier, one.later) if wave in evaluator.waves}


@closed_wave
def show_study(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """The study of a wave, its waves, and the pairs of waves that were linked."""
    study, made = _releases(evaluator, closed)
    there = _waves(study)
    return render_template(
        "evaluators/study.html", wave=closed.wave, words=words, study=study, releases=made,
        waves=[one for one in there if one.id in evaluator.waves], may_end=_may_end(evaluator, study, there),
    )  # fmt: skip


def _may_end(evaluator: Evaluator, study: Study, there: Sequence[Wave]) -> bool:
    """Who ends a study decides for all of its waves, and so must see all of them."""
    return study.ended is None and all(one.id in evaluator.waves for one in there)


@closed_wave
def ask_to_end_study(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """What ending the study means; 404 for whoever may not, and where it is at an end."""
    return _ending(evaluator, closed, ConfirmForm())


@closed_wave
def end_study(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """With the tick the study ends. WrongState while one of its waves is open; 404 as above."""
    form, (study, _) = ConfirmForm(), _to_end(evaluator, closed)
    if not form.sure.data:
        forms.tell(form, {"sure": UNSURE}, spoken())
        return _ending(evaluator, closed, form), 422
    studying.end(store(), mark_keys(), study.id, evaluator.email, datetime.now(UTC))
    return redirect(url_for("evaluators.show_study", wave_id=closed.wave.id), 303)


def _to_end(evaluator: Evaluator, closed: ClosedWave) -> tuple[Study, list[StudyRelease]]:
    """The study of a wave and its releases, if this evaluator may end it; 404 otherwise."""
    study, made = _releases(evaluator, closed)
    if not _may_end(evaluator, study, _waves(study)):
        abort(404)
    return study, made


def _ending(evaluator: Evaluator, closed: ClosedWave, form: ConfirmForm) -> str:
    study, made = _to_end(evaluator, closed)
    there = _waves(study)
    return render_template(
        "evaluators/study_end.html", wave=closed.wave, words=words, form=form, study=study, releases=made,
        running=[one for one in there if one.state in ("open", "closing")],
        drafts=[one for one in there if one.state == "draft"],
    )  # fmt: skip


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
        choices=choices(),
        words=words,
        other=other,
        found=found,
        linked=linked_sentence(found, t),
        sentences=list(changes_said(found, t)),
        tables=list(_tables(found, t)),
        moves=[_moves(found, name, one, t) for name, one in found.moves.items() if one.table],
        cautions=list(paired_cautions(t)),
        left_out=list(left_out(t)),
        release_id=pair.release_id,
    )


@closed_wave
def pair_file(evaluator: Evaluator, closed: ClosedWave, other: str, form: str) -> ResponseReturnValue:
    """The chart of what changed in the same people, as SVG, PNG or PDF, in the language `?lang=`."""
    lang = asked_language()
    pair = _pair(evaluator, closed, other)
    order = Order(closed.wave.id, pair.release_id, "study", other, lang, form, asked_frame())
    return served(
        order, lambda asked: gallery().file(asked, lambda: paired_chart(pair.found, language(lang)))
    )


def _tables(found: PairedChanges, t: Language) -> Iterator[Table]:
    """Dimensions and questions on a scale; numbers; each question of several choices."""
    if found.items or found.dimensions:
        note = t(
            "Change: mean of the later less the earlier answer of the same people, with the interval of the "
            "paired t test; “chance” allows for the number of questions, and of dimensions (Holm). "
            "Signed-rank test: Wilcoxon’s, people without a change dropped."
        )
        yield _table(t("Changes in the people who answered both waves"), paired_table(found, t), note)
    if found.shares:
        caption = t("Shares in the people who answered both waves")
        yield _table(caption, shares_table(found, t), t(MCNEMAR))
    if found.numbers:
        yield _table(t("Numbers in the people who answered both waves"), numbers_table(found, t))
    for item in found.options:
        caption = t.choose(found.questionnaire.item(item).text)
        yield _table(caption, options_table(found, item, t), t(MCNEMAR))


def _table(caption: str, made: ChartTable, note: str = "") -> Table:
    return Table(caption, made.header, tuple(tuple(map(Cell, row)) for row in made.rows), note)


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
