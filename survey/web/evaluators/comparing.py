"""Two closed waves side by side: figures, questions, who answered, what cannot be compared, a chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from survey.changes import Change, Composition, Side, WaveChanges, changes, in_order
from survey.charts import changes_chart, changes_table, group_said
from survey.definitions.comparing import ItemComparison, Outcome
from survey.definitions.model import Item
from survey.gallery import Order
from survey.indicators.measures import Path
from survey.language import Language, language, text
from survey.narrative.changes import (
    broken_sentence,
    cautions,
    change_label,
    change_sentence,
    composition_sentence,
    within_sentence,
)
from survey.store import waves
from survey.web.access import ClosedWave, Evaluator, closed, closed_wave, gallery, store
from survey.web.evaluators import words
from survey.web.evaluators.drawing import asked_frame, asked_language, choices, served
from survey.web.evaluators.speaking import spoken
from survey.web.evaluators.words import DASH, Cell, Table

OUTCOMES = {
    Outcome.ADDED: text("asked in the later wave only"),
    Outcome.REMOVED: text("asked in the earlier wave only"),
}


def add_to(blueprint: Blueprint) -> None:
    """The addresses of a comparison and of its chart."""
    blueprint.get("/waves/<wave_id>/compare")(choose_wave)
    blueprint.get("/waves/<wave_id>/compare/<other>")(compare_waves)
    blueprint.get("/waves/<wave_id>/compare/<other>/chart.<any(svg,png,pdf):form>")(comparison_file)


@closed_wave
def choose_wave(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """The other closed waves of the same questionnaire, to choose one from."""
    with store().read() as db:
        found = waves.of_questionnaire(db, closed.wave.questionnaire)
    visible = [one for one in found if one.id in evaluator.waves]
    others = [one for one in visible if one.state == "closed" and one.id != closed.wave.id]
    return render_template(
        "evaluators/compare_choose.html",
        wave=closed.wave,
        words=words,
        closed=closed,
        others=others,
        has_baseline=any(one.phase == "baseline" for one in (closed.wave, *others)),
    )


@dataclass(frozen=True)
class Pair:
    """Two closed waves and what changed between them; `release_id` tells the pair of releases."""

    found: WaveChanges
    release_id: str


def _pair(evaluator: Evaluator, one: ClosedWave, other: str) -> Pair:
    """The waves in the order in which they closed. Raises UnknownWave, NotClosedYet, NotComparable.

    Another wave that is hidden from the evaluator is unknown.
    """
    with store().read() as db:
        another = closed(waves.get(db, other, evaluator.waves))
    first, second = (Side(each.results, each.questionnaire) for each in (one, another))
    together = " ".join(sorted((one.release_id, another.release_id)))
    return Pair(changes(*in_order(first, second)), sha256(together.encode()).hexdigest())


@closed_wave
def compare_waves(evaluator: Evaluator, closed: ClosedWave, other: str) -> ResponseReturnValue:
    """Everything that changed between two waves."""
    found, t = _pair(evaluator, closed, other).found, spoken()
    labels = {one.id: t.choose(one.label) for one in found.later.questionnaire.breakdowns}
    return render_template(
        "evaluators/compare.html",
        wave=closed.wave,
        words=words,
        other=other,
        found=found,
        sides=[(t("Earlier wave"), found.earlier), (t("Later wave"), found.later)],
        sentences=[_said(path, found, labels, t) for path in found.indicators],
        figures=_figures(found, t),
        items=_items(found, t),
        mixes=[
            (composition_sentence(mix, labels[mix.breakdown], t), _mix(mix, labels, t))
            for mix in found.compositions
        ],
        broken=[broken_sentence(path, items, found.later, t) for path, items in found.broken.items()],
        breaks=_breaks(found, t),
        cautions=list(cautions(found, t)),
        study=closed.wave.study,
        choices=choices(),
    )


@closed_wave
def comparison_file(evaluator: Evaluator, closed: ClosedWave, other: str, form: str) -> ResponseReturnValue:
    """The chart of what changed, as SVG, PNG or PDF, in the language `?lang=`."""
    lang = asked_language()
    pair = _pair(evaluator, closed, other)
    order = Order(closed.wave.id, pair.release_id, "changes", other, lang, form, asked_frame())
    return served(
        order, lambda asked: gallery().file(asked, lambda: changes_chart(pair.found, language(lang)))
    )


def _said(path: Path, found: WaveChanges, labels: Mapping[str, str], t: Language) -> str:
    """A figure's change as sentences."""
    change = found.indicators[path]
    said = [change_sentence(change_label(path, found.later.questionnaire, t), change, t)]
    said += [within_sentence(change, mix, labels[mix.breakdown], t) for mix in found.compositions]
    return " ".join(filter(None, said))


def _table(caption: str, named: Sequence[tuple[str, Change]], t: Language) -> Table:
    header, rows = (table := changes_table(named, t)).header, table.rows
    return Table(caption, header, tuple(tuple(map(Cell, row)) for row in rows))


def _figures(found: WaveChanges, t: Language) -> Table:
    named = [
        (change_label(path, found.later.questionnaire, t), change)
        for path, change in found.indicators.items()
    ]
    return _table(t("Figures of both waves"), named, t)


def _items(found: WaveChanges, t: Language) -> list[Table]:
    """One table for each section with a question that can be compared."""
    tables = []
    for section in found.later.questionnaire.sections:
        named = [
            (_item_label(item, code, t), change)
            for item in section.items
            for code, change in found.items.get(item.id, {}).items()
        ]
        if named:
            tables.append(_table(t.choose(section.title), named, t))
    return tables


def _item_label(item: Item, code: str, t: Language) -> str:
    asked = t.choose(item.text)
    return f"{asked} – {t.choose(item.labels[code])}" if code else asked


def _mix(mix: Composition, labels: Mapping[str, str], t: Language) -> Table:
    """The shares of the groups among those who answered, in both waves."""
    rows = tuple(
        (Cell(group_said(group.name, t)), _share(group.earlier, t), _share(group.later, t))
        for group in mix.groups
    )
    header = (labels[mix.breakdown], t("earlier"), t("later"))
    return Table(t("Who answered, by {breakdown}", breakdown=labels[mix.breakdown].lower()), header, rows)


def _share(share: float | None, t: Language) -> Cell:
    return Cell(DASH if share is None else t.percent(share))


def _breaks(found: WaveChanges, t: Language) -> list[tuple[str, list[str]]]:
    """The questions that cannot be compared, and why."""
    return [(_question(one.item, found, t), _why(one, t)) for one in found.comparison.not_comparable]


def _why(one: ItemComparison, t: Language) -> list[str]:
    if one.outcome in OUTCOMES:
        return [t(OUTCOMES[one.outcome])]
    return [t(each.text) for each in one.differences]


def _question(item: str, found: WaveChanges, t: Language) -> str:
    for side in (found.later, found.earlier):
        for known in side.questionnaire.items:
            if known.id == item:
                return t.choose(known.text)
    return item
