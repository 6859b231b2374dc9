"""From the pairs of answers of linked people to what a study release holds of a topic."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from survey.counts import Reason, item_figure
from survey.pairs import FEWEST_PER_STATUS
from survey.release import Release
from survey.study.linking import TICKED, Column, Linked, Numbers
from survey.study.model import (
    FELL,
    GAINED,
    KEPT,
    LOST,
    NEITHER,
    ROSE,
    SAME,
    SQUARES,
    SUM,
    UNIT,
    N,
    Pairs,
    StudyRelease,
    Tallied,
)
from survey.study.topics import Sort, Topic, option_topic

Columns = tuple[Column, Column]
Made = Pairs | Tallied | Reason


def told_of(topic: Topic, columns: Columns, pairs: Linked) -> Made:
    """What may be told of linked people who have an answer in both waves."""
    return _MADE[topic.sort](topic, columns, pairs)


@dataclass
class Told:
    """What a study release holds, topic by topic."""

    items: dict[str, Pairs] = field(default_factory=dict)
    measures: dict[str, Tallied | Reason] = field(default_factory=dict)
    options: dict[str, dict[str, Tallied | Reason]] = field(default_factory=dict)

    @classmethod
    def of(cls, release: StudyRelease) -> "Told":
        """What a release that was made holds."""
        options = {item: dict(told) for item, told in release.options.items()}
        return cls(dict(release.items), dict(release.measures), options)

    def add(self, topic: Topic, made: Made) -> None:
        """What there is of a topic."""
        if isinstance(made, Pairs):
            self.items[topic.items[0]] = made
        elif topic.sort is Sort.PAIRS and isinstance(made, Reason):
            self.items[topic.items[0]] = Pairs(made, made)
        elif topic.option is not None:
            self.options.setdefault(topic.items[0], {})[topic.option] = made
        else:
            self.measures[topic.name] = made

    def shown(self) -> Iterator[str]:
        """The names of the topics of which something is shown."""
        for item, pairs in self.items.items():
            if not isinstance(pairs.table, Reason) or not isinstance(pairs.differences, Reason):
                yield item_figure(item)
        yield from (name for name, made in self.measures.items() if not isinstance(made, Reason))
        for item, told in self.options.items():
            for option, made in told.items():
                if not isinstance(made, Reason):
                    yield option_topic(item, option)

    def options_together(
        self, releases: tuple[Release, Release]
    ) -> Mapping[str, Mapping[str, Tallied | Reason]]:
        """The options of each item, all withheld where one has to be: it could follow from the others.

        Of an option that nobody ticked in either whole wave the releases tell everything anyway, and one
        that few ticked is left out for its small numbers alone.
        """
        return {item: _together(item, told, releases) for item, told in self.options.items()}


def _together(
    item: str, told: Mapping[str, Tallied | Reason], releases: tuple[Release, Release]
) -> Mapping[str, Tallied | Reason]:
    never = {option for option in told if not any(_ticked(one, item, option) for one in releases)}
    found = {option: Reason.NO_ANSWERS if option in never else made for option, made in told.items()}
    harmless = (Reason.NO_ANSWERS, Reason.TOO_FEW_PER_STATUS)
    why = [made for made in found.values() if isinstance(made, Reason) and made not in harmless]
    return dict.fromkeys(told, why[0]) if why else found


def _ticked(release: Release, item: str, option: str) -> int:
    tally = release.whole.figures.get(item_figure(item))
    return 0 if tally is None or isinstance(tally, Reason) else tally.get(option, 0)


def _of_item(topic: Topic, columns: Columns, pairs: Linked) -> Pairs:
    """The table where each answer of either wave has nobody or enough people; of a scale the differences."""
    first, second = columns
    before, after = first.codes[pairs[0]], second.codes[pairs[1]]
    differences: Tallied | Reason = Reason.NOT_DEFINED
    if topic.scaled:
        steps, n = np.unique(second.worth[after] - first.worth[before], return_counts=True)
        differences = {str(int(step)): int(count) for step, count in zip(steps, n, strict=True)}
    return Pairs(_table(topic.codes, before, after), differences)


def _table(codes: Sequence[str], before: Numbers, after: Numbers) -> Tallied | Reason:
    """Who went from which answer to which."""
    table = np.zeros((len(codes), len(codes)), dtype=np.int64)
    np.add.at(table, (before - 1, after - 1), 1)
    if _few(table):
        return Reason.TOO_FEW_PER_STATUS
    return {
        f"{before}>{after}": int(table[row, column])
        for row, before in enumerate(codes)
        for column, after in enumerate(codes)
        if table[row, column]
    }


def _few(table: NDArray[np.int64]) -> bool:
    """Whether an answer of either wave has people, but fewer than a table of transitions needs."""
    margins = np.concatenate([table.sum(axis=0), table.sum(axis=1)])
    return bool(((margins > 0) & (margins < FEWEST_PER_STATUS)).any())


def _of_option(topic: Topic, columns: Columns, pairs: Linked) -> Tallied | Reason:
    """Who ticked an option, or counts into a share, both times, later only, earlier only, never.

    By the same rule as any table.
    """
    before, after = (column.codes[rows] == TICKED for column, rows in zip(columns, pairs, strict=True))
    table = np.zeros((2, 2), dtype=np.int64)
    np.add.at(table, (before.astype(int), after.astype(int)), 1)
    if _few(table):
        return Reason.TOO_FEW_PER_STATUS
    (neither, gained), (lost, kept) = table.tolist()
    return {KEPT: kept, GAINED: gained, LOST: lost, NEITHER: neither}


def _of_measure(topic: Topic, columns: Columns, pairs: Linked) -> Tallied:
    """Later less earlier value, added up: what a paired t interval needs, and how many went which way."""
    first, second = columns
    before, after = first.codes[pairs[0]], second.codes[pairs[1]]
    steps = second.worth[after] - first.worth[before]
    return {
        N: len(steps),
        UNIT: second.unit,
        SUM: int(steps.sum()),
        SQUARES: int((steps * steps).sum()),
        ROSE: int((steps > 0).sum()),
        SAME: int((steps == 0).sum()),
        FELL: int((steps < 0).sum()),
    }


_MADE: Mapping[Sort, Callable[[Topic, Columns, Linked], Made]] = {
    Sort.PAIRS: _of_item,
    Sort.NUMBER: _of_measure,
    Sort.OPTION: _of_option,
    Sort.DIMENSION: _of_measure,
    Sort.SHARE: _of_option,
}
