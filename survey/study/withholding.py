"""Which pairs of answers may be shown beside the releases of the two waves.

The release of a wave tells how everybody answered; a table of pairs tells how the linked answered in it.
Its margin subtracted from the release gives the answers of the others; subtracted from, or with, whole
published groups it gives those of the others in these groups, and of the linked outside them. Two tables
of one wave give the people who are in one of them only. All these sets must be empty, or of at least the
threshold of people who do not all say the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.counts import Reason, item_figure
from survey.definitions.model import Item, Kind
from survey.pairs import FEWEST_PER_STATUS
from survey.release import Release
from survey.study.exchanging import Exchanges
from survey.study.linking import UNKNOWN, Flags, Numbers, Sheet, linked
from survey.study.model import Pairs, StudyRelease, Tallied


@dataclass(frozen=True)
class Beside:
    """A wave that the earlier one was linked with before: its responses, and the items that were shown."""

    sheet: Sheet
    shown: frozenset[str]


def study_release(
    study: str,
    releases: tuple[Release, Release],
    sheets: tuple[Sheet, Sheet],
    items: Sequence[Item],
    before: Sequence[Beside] = (),
) -> StudyRelease:
    """The release of two waves, the earlier one first; `items` are those of the sheets, in their order.

    `before` are the waves that the earlier one was linked with already, in their sheets the same items.
    """
    earlier, later = releases
    first, second = sheets
    pairs = linked(first, second)
    made = _Making(releases, sheets, pairs, items, before)
    n = len(pairs[0])
    return StudyRelease(
        study=study,
        questionnaire=later.questionnaire,
        earlier=earlier.wave,
        later=later.wave,
        closed=later.closed,
        threshold=made.threshold,
        synthetic=earlier.synthetic or later.synthetic,
        linked=n,
        only_earlier=len(first.rows) - n,
        only_later=len(second.rows) - n,
        items={item.id: made.pairs(place) for place, item in enumerate(items)},
    )


class _Making:
    """Makes the pairs of one item after the other."""

    def __init__(
        self,
        releases: tuple[Release, Release],
        sheets: tuple[Sheet, Sheet],
        both: tuple[Numbers, Numbers],
        items: Sequence[Item],
        before: Sequence[Beside],
    ) -> None:
        self.threshold = max(one.threshold for one in releases)
        self._releases, self._sheets, self._both, self._items = releases, sheets, both, items
        self._before = [(one.shown, one.sheet, linked(sheets[0], one.sheet)) for one in before]
        few = (0 < len(sheet.rows) - len(both[0]) < self.threshold for sheet in sheets)
        self._few_alone = any(few)

    def pairs(self, place: int) -> Pairs:
        """The pairs of the item at a place, or why there are none."""
        first, second = self._answers(place)
        complete = (first > 0) & (second > 0)
        reason = self._reason(place, complete)
        if reason is not None:
            return Pairs(reason, reason)
        item = self._items[place]
        return Pairs(
            _table(item, first[complete], second[complete]),
            _differences(item, first[complete], second[complete]),
        )

    def _answers(self, place: int) -> tuple[Numbers, Numbers]:
        """The answers of the linked in both waves."""
        one, other = (
            sheet.answers[rows, place] for sheet, rows in zip(self._sheets, self._both, strict=True)
        )
        return one, other

    def _reason(self, place: int, complete: Flags) -> Reason | None:
        figure = item_figure(self._items[place].id)
        for release in self._releases:
            whole = release.whole.figures.get(figure)
            if isinstance(whole, Reason):
                return whole
        n = int(complete.sum())
        if n < self.threshold:
            return Reason.TOO_FEW_ANSWERS if n else Reason.NO_ANSWERS
        if self._few_alone or not all(self._safe(wave, place, complete) for wave in (0, 1)):
            return Reason.PROTECTS_ANOTHER
        return None

    def _safe(self, wave: int, place: int, complete: Flags) -> bool:
        """Whether nobody of a wave can be told from the table of an item and what is published beside it."""
        sheet = self._sheets[wave]
        told = [_flags(len(sheet.rows), self._both[wave][complete])]
        if wave == 0:
            told += self._told_before(place)
        valid = sheet.answers[:, place]
        labels = sum((flags.astype(np.int32) << at for at, flags in enumerate(told)), np.zeros_like(valid))
        return all(
            self._enough(valid[apart])
            for label in np.unique(labels[valid > 0])
            for apart in self._sets(sheet, valid, labels == label, bool(label))
        ) and all(self._exchangeable(sheet, valid, labels, at) for at in range(len(told)))

    def _exchangeable(self, sheet: Sheet, valid: Numbers, labels: Numbers, table: int) -> bool:
        """Whether the few in any published group, in a table or not in it, could have answered otherwise."""
        members = labels >> table & 1
        if not ((valid > 0) & (members == 0)).any():
            return True
        exchanges = Exchanges(sheet.parts, labels - (members << table), valid, members.astype(bool))
        return exchanges.protect(sheet.published, self.threshold)

    def _told_before(self, place: int) -> Iterator[Flags]:
        """Who of the earlier wave is in the same item's table of each wave that it was linked with before."""
        for shown, other, (mine, theirs) in self._before:
            if self._items[place].id in shown:
                complete = (self._sheets[0].answers[mine, place] > 0) & (other.answers[theirs, place] > 0)
                yield _flags(len(self._sheets[0].rows), mine[complete])

    def _sets(self, sheet: Sheet, valid: Numbers, members: Flags, in_table: bool) -> Iterator[Flags]:
        """The sets of people that follow from members whose answers are known: they, and by each division
        the others in the parts that they touch, and those of them in parts that they do not fill.

        Where a part is not told of everybody, what follows is larger than what is seen here, never smaller.
        """
        asked = valid > 0
        yield members & asked
        others = asked & ~members
        if not in_table or not others.any():
            return
        for parts in sheet.parts.T:
            known = parts != UNKNOWN
            touched, open_ = np.unique(parts[members & asked & known]), np.unique(parts[others & known])
            outside = others & known & np.isin(parts, touched)
            inside = members & asked & known & np.isin(parts, open_)
            everything_known = bool(known[asked].all())
            for one in (outside, inside):
                if one.any() or not everything_known:
                    yield one

    def _enough(self, answers: Numbers) -> bool:
        """At least the threshold of answers, and not all alike."""
        return len(answers) >= self.threshold and len(np.unique(answers)) > 1


def _flags(number: int, rows: Numbers) -> Flags:
    flags = np.zeros(number, dtype=bool)
    flags[rows] = True
    return flags


def _table(item: Item, first: Numbers, second: Numbers) -> Tallied | Reason:
    """Who went from which answer to which, where each answer of either wave has nobody or enough people."""
    size = len(item.codes)
    table = np.zeros((size, size), dtype=np.int64)
    np.add.at(table, (first - 1, second - 1), 1)
    margins = np.concatenate([table.sum(axis=0), table.sum(axis=1)])
    if ((margins > 0) & (margins < FEWEST_PER_STATUS)).any():
        return Reason.TOO_FEW_PER_STATUS
    return {
        f"{before}>{after}": int(table[row, column])
        for row, before in enumerate(item.codes)
        for column, after in enumerate(item.codes)
        if table[row, column]
    }


def _differences(item: Item, first: Numbers, second: Numbers) -> Tallied | Reason:
    """How many changed by how many points of the scale."""
    if item.kind is not Kind.SCALE or item.scale is None:
        return Reason.NOT_DEFINED
    values = np.array([point.value for point in item.scale.points])
    changes, n = np.unique(values[second - 1] - values[first - 1], return_counts=True)
    return {str(int(change)): int(count) for change, count in zip(changes, n, strict=True)}


Shown = Mapping[str, Pairs]


def shown(items: Shown) -> frozenset[str]:
    """The items of a release of which something is shown."""
    return frozenset(
        name
        for name, pairs in items.items()
        if not isinstance(pairs.table, Reason) or not isinstance(pairs.differences, Reason)
    )
