"""The groups of a wave by its breakdowns, with their names and where their figures stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.charts.asking import Asked
from survey.definitions.model import Breakdown
from survey.exports.report.desk import Desk
from survey.exports.report.facts import Facts
from survey.exports.report.model import Place, Said
from survey.indicators.model import DividedResults, PartResults


@dataclass(frozen=True)
class Row:
    """A group, pool or the whole wave: its name and where its figures stand."""

    name: Said
    where: Place


@dataclass(frozen=True)
class Divided:
    """One breakdown with its rows, the whole wave last."""

    breakdown: Breakdown
    label: str
    found: DividedResults
    rows: tuple[Row, ...]

    @property
    def groups(self) -> int:
        """Groups and pools that are shown."""
        return len(self.rows) - 1


def divided(facts: Facts, desk: Desk) -> list[Divided]:
    """Every breakdown of which a group is shown, in the definition's order."""
    found = []
    for breakdown in facts.questionnaire.breakdowns:
        if breakdown.id in facts.results.by:
            of = facts.results.by[breakdown.id]
            rows = (*_rows(facts, desk, breakdown.id), Row(Said(desk.t("Whole wave")), ("results",)))
            found.append(Divided(breakdown, desk.t.choose(breakdown.label), of, rows))
    return [one for one in found if one.groups]


def _rows(facts: Facts, desk: Desk, by: str) -> Iterator[Row]:
    asked = Asked(facts.results, facts.questionnaire, desk.t, by)
    start = ("results", "by", by)
    for name, part in facts.results.by[by].groups.items():
        if isinstance(part, PartResults):
            yield Row(Said(asked.group(name)), (*start, "groups", name))
    for position, pool in enumerate(facts.results.by[by].others):
        where = (*start, "others", str(position))
        yield Row(desk.tied(asked.others(pool), (*where, "members")), where)


def small(words: str) -> str:
    """Words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]
