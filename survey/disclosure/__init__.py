"""Disclosure control: from a wave's counts to what may be shown, solved once for everything.

One partition for each breakdown (`partition`), and the cells of crosses (`crossing`), as arrays
(`layout`). Then block by block of figures
that share items, each after those that it follows (`linking`): the counts, sparse (`figures`); the
figures that are null in a part by their own numbers or to protect another part, and the audit
(`withholding`) of every set of answers that must not follow (`risk`), which asks what people could
exchange unseen (`swaps`). `docs/decisions/0003-disclosure.md` says why it is done this way, with
measurements, `0016` how answers that ask further questions or make groups are dealt with.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from survey.counts import FEWEST_IN_A_CROSS, Reason, Vectors, WaveCounts, item_figure
from survey.definitions.model import Breakdown, Cross, Source
from survey.disclosure.crossing import add_crosses, shown_parts
from survey.disclosure.figures import Block, Figure, Numbers, RowsOf, figures_of
from survey.disclosure.followers import Follower, Following
from survey.disclosure.layout import Flags, Rows, fixed_values, lay_out, numbered
from survey.disclosure.linking import Links, Names
from survey.disclosure.partition import Partition, divide
from survey.disclosure.solution import WHOLE, PartKey, Solution
from survey.disclosure.withholding import nulls_of

__all__ = ["WHOLE", "PartKey", "Solution", "show_all", "solve"]

ITEM = "item/"
MOST_ROWS = 20_000
"""Where answers and cells make more combinations than this, nothing is shown by several choices' options."""


def solve(
    counts: WaveCounts,
    breakdowns: tuple[Breakdown, ...],
    threshold: int,
    crosses: tuple[Cross, ...] = (),
    shown_by: Collection[str] | None = None,
) -> Solution:
    """What may be shown of an anonymous or panel wave.

    `breakdowns` are all of the questionnaire's, in the order of the cells' values; `threshold` is the
    wave's own; `crosses` are of breakdowns that lie in no other, not from several choices. `shown_by` are
    the ids of the breakdowns by which anything is shown (None: all), each with those around it; the others
    are not in the solution at all. The same counts give the same solution, whatever the order of the cells.
    """
    ids = frozenset(one.id for one in breakdowns) if shown_by is None else frozenset(shown_by)
    return _Solving(counts, breakdowns, threshold, crosses, ids).solution()


def _hidden_options(counts: WaveCounts, items: Iterable[str]) -> dict[PartKey, Reason]:
    """The options of several-choice items by which nothing is shown."""
    tallies = {item: counts.tallies[item_figure(item)] for item in items}
    return {
        PartKey(item, (), option): Reason.PROTECTS_ANOTHER
        for item, tally in tallies.items()
        for category, valid in zip(tally.categories, tally.valid, strict=True)
        for option in (category.split("|") if valid else ())
    }


def show_all(
    counts: WaveCounts, breakdowns: tuple[Breakdown, ...], crosses: tuple[Cross, ...] = ()
) -> Solution:
    """Every group and every figure, as evaluators see a named wave; "not assigned" stands as a pool."""
    rows = RowsOf.of(counts)
    partition = divide(rows.values, rows.responses, breakdowns, None, _several(counts, breakdowns))
    add_crosses(partition, rows.responses, breakdowns, crosses, None)
    return _solution(partition, rows, {key: {} for key in partition.parts})


def _several(counts: WaveCounts, breakdowns: Sequence[Breakdown]) -> frozenset[str]:
    """The breakdowns from items of several choices."""
    items = (b.id for b in breakdowns if b.source is Source.ITEM)
    return frozenset(item for item in items if counts.tallies[item_figure(item)].several)


class _Solving:
    """A wave that is being solved: what is withheld of the blocks so far."""

    def __init__(
        self,
        counts: WaveCounts,
        breakdowns: tuple[Breakdown, ...],
        threshold: int,
        crosses: tuple[Cross, ...],
        shown_by: frozenset[str],
    ) -> None:
        self._counts, self._threshold = counts, threshold
        several = _several(counts, breakdowns)
        self._rows = RowsOf.of(counts)
        left_out = several if len(self._rows.values) > MOST_ROWS else frozenset()
        if left_out:
            self._rows = RowsOf.of(counts, [n for n, b in enumerate(breakdowns) if b.id in several])
        self._partition = divide(
            self._rows.values, self._rows.responses, breakdowns, threshold, several, shown_by
        )
        self._partition.groups.update(_hidden_options(counts, left_out))
        self._least = threshold, max(threshold, FEWEST_IN_A_CROSS)
        add_crosses(self._partition, self._rows.responses, breakdowns, crosses, self._least[1])
        self._layout = lay_out(self._partition, self._rows.values, breakdowns, several, self._least)
        self._links = Links.of(counts)
        self._fixed = {
            item_figure(breakdown.id): fixed_values(self._rows.values, column)
            for column, breakdown in enumerate(breakdowns)
            if breakdown.source is Source.ITEM
        }
        self._nulls: list[Flags] = []
        self._few: list[bool] = []
        self._withheld: dict[PartKey, dict[str, Reason]] = {key: {} for key in self._partition.parts}

    def solution(self) -> Solution:
        """The solution of all blocks."""
        for block in range(len(self._links.blocks)):
            self._solve(block)
        return _solution(self._partition, self._rows, self._withheld)

    def _solve(self, block: int) -> None:
        names = self._links.blocks[block]
        figures = figures_of(self._counts, self._rows, names, self._beside(block))
        n = {name: self._by_part(figure) for name, figure in zip(names, figures, strict=True)}
        few = any(self._few[filtering] for filtering in self._links.filters[block])
        wholes = _whole_reasons({name: int(by_part[0]) for name, by_part in n.items()}, few, self._threshold)
        self._few.append(few or Reason.TOO_FEW_ANSWERS in wholes.values())
        groups = not self._fixed.keys().isdisjoint(names)
        if groups or self._few[-1]:
            nulls = np.ones(len(self._layout.inside), dtype=bool)
        else:
            following = self._following(block, figures[0].block)
            nulls = nulls_of(figures, self._layout, self._threshold, self._inherited(block), following)
        self._nulls.append(nulls)
        self._withheld[WHOLE].update(wholes)
        why = Reason.WHOLE_ONLY if groups else Reason.PROTECTS_ANOTHER
        for part, key in enumerate(self._partition.parts):
            if part:
                least = self._least[key.breakdown in self._partition.crosses]
                own = _own_reasons({name: int(by_part[part]) for name, by_part in n.items()}, least)
                self._withheld[key].update((dict.fromkeys(names, why) if nulls[part] else {}) | own)

    def _by_part(self, figure: Figure) -> Rows:
        """Valid answers by part."""
        n = np.zeros(len(self._layout.inside), dtype=np.int64)
        for _, level in self._layout.levels:
            n[level.parts] = figure.answers(level.index, len(level.parts) + 1)[:-1]
        return n

    def _inherited(self, block: int) -> Flags:
        """The parts in which a block must be null because one that it follows is."""
        nulls = np.zeros(len(self._layout.inside), dtype=bool)
        for filtering in self._links.filters[block]:
            nulls |= self._nulls[filtering] & ~self._decided(block, filtering)
        return nulls

    def _decided(self, block: int, filtering: int) -> Flags:
        """The parts that tell by themselves how everybody in them decided whom the items are put to.

        In a group of a breakdown from an item, all answers to that item may meet the same conditions:
        then the number of people who were not asked says no more than whose group it is.
        """
        followed = {one for name in self._links.blocks[block] for one in self._counts.follows.get(name, ())}
        asked = followed & set(self._links.blocks[filtering])
        if not asked <= self._fixed.keys():
            return np.zeros(len(self._layout.inside), dtype=bool)
        decided: Flags = np.all([self._one_route(name) for name in asked], axis=0)
        return decided

    def _one_route(self, name: str) -> Flags:
        """By part, whether it is one of the breakdown that the figure `name` makes, and of one route."""
        tally, routes = self._counts.tallies[name], np.array(self._counts.routes[name])
        found = np.zeros(len(self._layout.inside), dtype=bool)
        for part, (key, cells) in enumerate(self._partition.parts.items()):
            if key.breakdown is not None and item_figure(key.breakdown) == name:
                given = tally.table[[cell for row in cells for cell in self._rows.cells[row]]].any(axis=0)
                found[part] = len(set(routes[given].tolist())) == 1
        return found

    def _beside(self, block: int) -> Rows:
        """By row, what people must share who exchange all that moves along with a block's answers."""
        names = self._links.blocks[block]
        moved = self._links.moved(block, len(names) == 1 or names in self._counts.vectors)
        labels = [
            label
            for other in moved - self._links.below(block)
            for label in self._layout.labels(self._nulls_of(other)).T
        ]
        fixed = [
            self._fixed[name] for other in moved for name in self._links.blocks[other] if name in self._fixed
        ]
        nothing = np.zeros(len(self._rows.values), dtype=np.intp)
        return numbered(nothing, *labels, *fixed)

    def _following(self, block: int, of: Block) -> Following | None:
        """What follows a block, if it follows nothing else, and nothing follows it in turn."""
        moved = sorted(self._links.moved(block, of.known))
        alone = all(self._links.filters[other] == {block} and not self._links.below(other) for other in moved)
        names = [self._links.blocks[other] for other in moved]
        fixed = any(not self._fixed.keys().isdisjoint(some) for some in names)
        if not moved or not of.known or not alone or fixed:
            return None
        by_kind = self._by_row(self._links.blocks[block], of.kinds)
        followers = [self._follower(some, by_kind) for some in names]
        known = [follower for follower in followers if follower is not None]
        return Following(known) if len(known) == len(followers) else None

    def _follower(self, names: Names, by_kind: Numbers) -> Follower | None:
        if len(names) > 1 and names not in self._counts.vectors:
            return None
        block = figures_of(self._counts, self._rows, names, np.zeros(len(by_kind), dtype=np.intp))[0].block
        return Follower.of(block, self._by_row(names, block.asked), by_kind)

    def _by_row(self, names: Names, numbers: Rows) -> Numbers:
        """Rows x number: how many people gave a vector with that number."""
        if names in self._counts.vectors:
            joint = self._counts.vectors[names]
        else:
            table = self._counts.tallies[names[0]].table
            joint = Vectors.of(tuple((c,) for c in self._counts.tallies[names[0]].categories), table)
        found = np.zeros((len(self._rows.values), int(numbers.max(initial=0)) + 1), dtype=np.int64)
        np.add.at(found, (self._rows.row[joint.cells], numbers[joint.vectors]), joint.n)
        return found

    def _nulls_of(self, block: int) -> Flags:
        """What is withheld of a block; nothing yet, which is the strictest, of one not solved yet."""
        solved = block < len(self._nulls)
        return self._nulls[block] if solved else np.zeros(len(self._layout.inside), dtype=bool)


def _whole_reasons(n: Mapping[str, int], few: bool, threshold: int) -> dict[str, Reason]:
    """Why figures of a block, with `n` valid answers each, are null in the whole wave.

    What is made of several items is null where one of these has too few answers, and all where the
    answers that decide who is asked are `few`.
    """
    own = _own_reasons(n, threshold)
    reasons = dict.fromkeys(n, Reason.PROTECTS_ANOTHER) if few else {}
    if any(figure.startswith(ITEM) and why is Reason.TOO_FEW_ANSWERS for figure, why in own.items()):
        made = (figure for figure in n if not figure.startswith(ITEM))
        reasons |= dict.fromkeys(made, Reason.TOO_FEW_ANSWERS)
    return reasons | own


def _own_reasons(n: Mapping[str, int], threshold: int) -> dict[str, Reason]:
    """The figures with too few answers, or none."""
    return {
        figure: Reason.TOO_FEW_ANSWERS if answers else Reason.NO_ANSWERS
        for figure, answers in n.items()
        if answers < threshold
    }


def _solution(
    partition: Partition, rows: RowsOf, withheld: Mapping[PartKey, Mapping[str, Reason]]
) -> Solution:
    parts = {
        key: tuple(sorted(cell for row in partition.parts[key] for cell in rows.cells[row]))
        for key in shown_parts(partition)
    }
    shown = {key: withheld[key] for key in parts}
    return Solution(parts, shown, partition.groups, partition.pools, partition.crosses)
