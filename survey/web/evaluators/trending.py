"""Closed waves of one questionnaire in a row: which ones, figures, a chart, where a figure breaks off."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from survey.changes import Side, Trend, Trends, trends
from survey.charts import trend_chart, trend_table
from survey.definitions.model import Item
from survey.gallery import Order
from survey.language import Language, language
from survey.narrative.trends import trend_cautions, trend_label, trend_sentence
from survey.store import waves
from survey.store.waves import Wave
from survey.web.access import ClosedWave, Evaluator, closed, closed_wave, gallery, store
from survey.web.evaluators import words
from survey.web.evaluators.drawing import asked_frame, asked_language, choices, served
from survey.web.evaluators.speaking import spoken
from survey.web.evaluators.words import Cell, Table

FEWEST = 2


def add_to(blueprint: Blueprint) -> None:
    """The addresses of a row of waves and of its chart."""
    blueprint.get("/waves/<wave_id>/trend")(show_trend)
    blueprint.get("/waves/<wave_id>/trend/chart.<any(svg,png,pdf):form>")(trend_file)


@dataclass(frozen=True)
class Row:
    """The waves that can stand in a row with this one, and those of them that were chosen."""

    known: tuple[Wave, ...]
    chosen: tuple[ClosedWave, ...]

    @property
    def ids(self) -> list[str]:
        """The chosen waves' ids, as an address names them."""
        return [one.wave.id for one in self.chosen]

    @property
    def release_id(self) -> str:
        """Tells this choice of releases from every other."""
        return sha256(" ".join(sorted(one.release_id for one in self.chosen)).encode()).hexdigest()


def _row(evaluator: Evaluator, of: ClosedWave) -> Row:
    """The waves named by `?wave=`; all of them where none is. A hidden or unknown one is passed over."""
    with store().read() as db:
        found = waves.of_questionnaire(db, of.wave.questionnaire)
    known = tuple(
        one
        for one in found
        if one.id in evaluator.waves and one.state == "closed" and one.mode is of.wave.mode
    )
    asked = set(request.args.getlist("wave"))
    chosen = [one for one in known if not asked or one.id in asked]
    return Row(known, tuple(closed(one) for one in chosen))


def _found(row: Row) -> Trends:
    """Raises NotComparable for fewer than two waves."""
    return trends([Side(one.results, one.questionnaire) for one in row.chosen])


@closed_wave
def show_trend(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """The figures of the chosen waves; with fewer than two only the choice."""
    row, t = _row(evaluator, closed), spoken()
    about: dict[str, object] = {"wave": closed.wave, "words": words, "row": row, "found": None}
    about["choices"] = choices()
    if len(row.chosen) >= FEWEST:
        found = _found(row)
        about |= {
            "found": found,
            "sentences": _sentences(found, t),
            "figures": _figures(found, t),
            "items": _items(found, t),
            "cautions": list(trend_cautions(found, t)),
        }
    return render_template("evaluators/trend.html", **about)


@closed_wave
def trend_file(evaluator: Evaluator, closed: ClosedWave, form: str) -> ResponseReturnValue:
    """The chart of the chosen waves, as SVG, PNG or PDF, in the language `?lang=`."""
    lang = asked_language()
    row = _row(evaluator, closed)
    found = _found(row)
    order = Order(closed.wave.id, row.release_id, "trend", row.release_id[:12], lang, form, asked_frame())
    return served(order, lambda asked: gallery().file(asked, lambda: trend_chart(found, language(lang))))


def _sentences(found: Trends, t: Language) -> list[str]:
    return [trend_sentence(trend_label(path, found, t), one, found, t) for path, one in found.figures.items()]


def _figures(found: Trends, t: Language) -> Table:
    named = [(trend_label(path, found, t), one) for path, one in found.figures.items()]
    return _table(t("Figures from wave to wave"), named, found, t)


def _items(found: Trends, t: Language) -> list[Table]:
    """One table for each section of the last wave that has a question with a figure."""
    tables = []
    for section in found.sides[-1].questionnaire.sections:
        named = [
            (_item_label(item, code, t), one)
            for item in section.items
            for code, one in found.items.get(item.id, {}).items()
        ]
        if named:
            tables.append(_table(t.choose(section.title), named, found, t))
    return tables


def _item_label(item: Item, code: str, t: Language) -> str:
    asked = t.choose(item.text)
    return f"{asked} – {t.choose(item.labels[code])}" if code else asked


def _table(caption: str, named: Sequence[tuple[str, Trend]], found: Trends, t: Language) -> Table:
    made = trend_table(named, found, t)
    return Table(caption, made.header, tuple(tuple(map(Cell, row)) for row in made.rows))
