"""A cross of two breakdowns as it is read: what its rows, columns and cells are called."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.charts.rating import group_said
from survey.counts import FEWEST_IN_A_CROSS
from survey.definitions.model import Cross, Mode, Questionnaire, Source
from survey.indicators.model import CrossedResults, PartResults, Results
from survey.language import Language, text

NOTHING_SHOWN = text(
    "Nothing of this cross can be shown: too few groups would be left with ten answers in every cell."
)

TOGETHER = text("its groups stand together in this cross only")
"""Why a line of a cross has no figure of its own breakdown."""


def fewest(results: Results) -> int:
    """The fewest answers of a figure in a cell of a cross."""
    wave = results.threshold
    return wave if results.mode == Mode.NAMED else max(wave, FEWEST_IN_A_CROSS)


@dataclass(frozen=True)
class Crossing:
    """One cross of a wave's results, for readers of one language."""

    results: Results
    questionnaire: Questionnaire
    cross: Cross
    t: Language

    @property
    def found(self) -> CrossedResults:
        """Its cells."""
        return self.results.crosses[self.cross.id]

    @property
    def threshold(self) -> int:
        """The fewest answers of a figure in a cell."""
        return fewest(self.results)

    @property
    def invited(self) -> bool:
        """Whether invitations tell who is in a cell."""
        return all(self.questionnaire.breakdown(side).source is Source.INVITATION for side in self._sides)

    @property
    def heads(self) -> tuple[str, str]:
        """What makes the rows, and what the columns: Alliance, Service."""
        rows, columns = (self.t.choose(self.questionnaire.breakdown(side).label) for side in self._sides)
        return rows, columns

    @property
    def title(self) -> str:
        """Alliance and service."""
        rows, columns = self.heads
        return self.t("{rows} and {columns}", rows=rows, columns=columns[:1].lower() + columns[1:])

    @property
    def _sides(self) -> tuple[str, str]:
        return self.cross.rows, self.cross.columns

    @property
    def rows(self) -> list[str]:
        """What each row is called."""
        return [self._named(self.cross.rows, members) for members in self.found.rows]

    @property
    def columns(self) -> list[str]:
        """What each column is called."""
        return [self._named(self.cross.columns, members) for members in self.found.columns]

    def _named(self, side: str, members: tuple[str, ...]) -> str:
        answered = self.questionnaire.breakdown(side).source is Source.ITEM
        labels = self.questionnaire.item(side).labels if answered else {}
        return self.t.listing(
            [self.t.choose(labels[one]) if one in labels else group_said(one, self.t) for one in members]
        )

    def beside(self, side: str, members: tuple[str, ...]) -> PartResults | None:
        """The row or column without the other breakdown; None where it is not shown as one."""
        divided = self.results.by[side]
        alone = divided.groups.get(members[0]) if len(members) == 1 else None
        if isinstance(alone, PartResults):
            return alone
        fitting = (pool.results for pool in divided.others if pool.members == members)
        return next(fitting, None)


def crossings(results: Results, questionnaire: Questionnaire, t: Language) -> Iterator[Crossing]:
    """Every cross of a wave that its results hold: those of a named wave that may be published have none."""
    held = (cross for cross in questionnaire.crosses if cross.id in results.crosses)
    return (Crossing(results, questionnaire, cross, t) for cross in held)
