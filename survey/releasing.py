"""Counts and what may be shown of them -> the release: its whole, its groups, its pools, its crosses.

Groups that an invitation tells are listed by name, with their invitations; groups that answers tell in
the order of the item's options; nobody knows how many people are behind them, unless the evaluator
states it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from survey import disclosure, pairs
from survey.cells import Values
from survey.counts import (
    ANSWERED,
    NOT_ASSIGNED,
    Reason,
    Tally,
    WaveCounts,
    dimension_figure,
    item_figure,
    pair_figure,
    products_figure,
)
from survey.definitions.model import Breakdown, Cross, Dimension, Kind, Mode, Questionnaire, Source
from survey.disclosure import WHOLE, PartKey, Solution
from survey.release import Crossed, Divided, Hidden, Others, Part, Pooled, Release
from survey.store.waves import Wave

Figures = dict[str, Mapping[str, int] | Reason]


def released(
    wave: Wave,
    questionnaire: Questionnaire,
    counts: WaveCounts,
    texts: Mapping[str, int],
    invited: Mapping[Values, int],
    now: datetime,
) -> Release:
    """The release of a wave's counts.

    `texts` counts each text item's answers; `invited` tells which groups were invited, shown or not.
    """
    if wave.mode is Mode.NAMED:
        solution = disclosure.show_all(counts, questionnaire.breakdowns, questionnaire.crosses)
    else:
        solution = disclosure.solve(
            counts,
            questionnaire.breakdowns,
            wave.threshold,
            questionnaire.crosses,
            [breakdown.id for breakdown in questionnaire.shown_by],
        )
    parts = _Parts(wave, questionnaire, counts, solution)
    return Release(
        wave=wave.id,
        title=wave.title,
        questionnaire=wave.questionnaire,
        version=wave.version,
        definition_sha256=wave.sha256,
        mode=str(wave.mode),
        phase=wave.phase,
        closed=now.isoformat(timespec="seconds"),
        threshold=wave.threshold,
        synthetic=wave.synthetic,
        opens=wave.opens.isoformat() if wave.opens else "",
        whole=parts.whole(texts),
        by={
            breakdown.id: parts.divided(breakdown, _groups(questionnaire, breakdown, invited))
            for breakdown in questionnaire.breakdowns
        },
        crosses={cross.id: parts.crossed(cross) for cross in questionnaire.crosses},
    )


Groups = Mapping[str, int | None]
"""Every group of a breakdown in the order in which it is shown, with its invitations (None: unknown)."""


def _groups(questionnaire: Questionnaire, breakdown: Breakdown, invited: Mapping[Values, int]) -> Groups:
    if breakdown.source is Source.ITEM:
        return dict.fromkeys(questionnaire.item(breakdown.id).codes)
    place = questionnaire.invited_by.index(breakdown)
    sizes: Counter[str] = Counter()
    for values, n in invited.items():
        sizes[values[place]] += n
    return {group: sizes[group] for group in sorted(sizes) if group != NOT_ASSIGNED}


class _Parts:
    """Makes the release's parts from counts and their disclosure solution."""

    def __init__(
        self, wave: Wave, questionnaire: Questionnaire, counts: WaveCounts, solution: Solution
    ) -> None:
        self._wave = wave
        self._questionnaire = questionnaire
        self._counts = counts
        self._solution = solution
        self._options = {item_figure(item.id): item.codes for item in questionnaire.items}
        self._pairs = [pair_figure(change.id) for change in questionnaire.status_changes()]
        self._texts = [item.id for item in questionnaire.items if item.kind is Kind.TEXT]

    def whole(self, texts: Mapping[str, int]) -> Part:
        """The whole wave; texts and products are counted here only."""
        figures: Figures = dict(self._figures(WHOLE))
        for item in self._texts:
            n = texts.get(item, 0)
            figures[item_figure(item)] = self._too_few(n) or {ANSWERED: n}
        for profile, dimension in self._questionnaire.dimensions():
            name = products_figure(profile.id, dimension.id)
            if name in self._counts.products:
                whole = figures[dimension_figure(profile.id, dimension.id)]
                figures[name] = whole if isinstance(whole, Reason) else self._products(name, dimension)
        return self._part(WHOLE, None, frozenset(), figures)

    def _products(self, name: str, dimension: Dimension) -> Mapping[str, int] | Reason:
        """The sums of those who answered all items, unless few others answered one of them.

        The item's own tally less these sums would be the answers of the few.
        """
        products = self._counts.products[name]
        others = [self._answered(item) - products["n"] for item in dimension.items]
        if self._wave.mode is not Mode.NAMED and any(0 < n < self._wave.threshold for n in others):
            return Reason.PROTECTS_ANOTHER
        return self._too_few(products["n"]) or products

    def _answered(self, item: str) -> int:
        """Valid answers to an item in the whole wave."""
        tally = self._counts.tallies[item_figure(item)]
        return int(tally.table[:, list(tally.valid)].sum())

    def _too_few(self, n: int) -> Reason | None:
        """Why so few answers, which are of nobody's group, are not shown; None where they are."""
        if self._wave.mode is Mode.NAMED or n >= self._wave.threshold:
            return None
        return Reason.TOO_FEW_ANSWERS if n else Reason.NO_ANSWERS

    def divided(self, breakdown: Breakdown, groups: Groups) -> Divided:
        """The wave by one breakdown, all of its groups and then its pools."""
        places = {
            key.group or "": where
            for key, where in self._solution.groups.items()
            if key.breakdown == breakdown.id
        }
        if breakdown not in self._questionnaire.shown_by:
            return Divided(dict.fromkeys(groups, Hidden(Reason.ANSWERS_TAKEN)), ())
        shown = {group: self._group(group, n, places.get(group)) for group, n in groups.items()}
        pools = [key for key in self._solution.parts if key.breakdown == breakdown.id and key.pooled]
        return Divided(shown, tuple(self._others(key) for key in pools))

    def _group(
        self, group: str, invited: int | None, where: PartKey | Reason | None
    ) -> Part | Pooled | Hidden:
        if where is None:
            return Hidden(self._unplaced(invited))
        if isinstance(where, Reason):
            return Hidden(where)
        return Pooled() if where.pooled else self._part_of_groups(where, frozenset([group]))

    def _unplaced(self, invited: int | None) -> Reason:
        """Why no cell tells a group: nobody gave the answer, the group is too small, or another needed it."""
        if invited is None:
            return Reason.NO_ANSWERS
        return Reason.TOO_FEW_INVITED if invited < self._wave.threshold else Reason.PROTECTS_ANOTHER

    def _others(self, key: PartKey) -> Others:
        members = self._solution.pools[key]
        return Others(key.inside, members, self._part_of_groups(key, frozenset(members)))

    def crossed(self, cross: Cross) -> Crossed:
        """The wave by two breakdowns at once."""
        grid = self._solution.crosses[cross.id]
        cells = tuple(
            tuple(self._cell(grid.cells[row, column]) for column in range(len(grid.columns)))
            for row in range(len(grid.rows))
        )
        return Crossed(grid.rows, grid.columns, cells)

    def _cell(self, where: PartKey | Reason) -> Part | Hidden:
        return Hidden(where) if isinstance(where, Reason) else self._part_of_groups(where, frozenset())

    def _part_of_groups(self, key: PartKey, groups: frozenset[str]) -> Part:
        figures: Figures = dict(self._figures(key))
        figures |= {item_figure(item): Reason.NO_GROUP for item in self._texts}
        figures |= dict.fromkeys(self._counts.products, Reason.WHOLE_ONLY)
        for name in self._pairs:
            figure = figures[name]
            if self._wave.mode is not Mode.NAMED and not isinstance(figure, Reason):
                figures[name] = pairs.of_group(figure)
        return self._part(key, key.breakdown, groups, figures)

    def _part(self, key: PartKey, breakdown: str | None, groups: frozenset[str], figures: Figures) -> Part:
        cells = list(self._solution.parts[key])
        complete, partial, below = (int(n) for n in self._counts.completeness[cells].sum(axis=0))
        responses = complete + partial + below
        invited = None if self._answered_by(breakdown) else self._invited(cells)
        population = self._wave.population.of(breakdown, groups, invited)
        if population is not None and population < responses:
            population = None  # what was stated cannot be: no statement about these people rests on it
        return Part(invited, population, responses, complete, partial, figures)

    def _answered_by(self, breakdown: str | None) -> bool:
        """Whether a breakdown, or one of the two of a cross, is told by answers; the whole wave is not."""
        sides = breakdown.split(",") if breakdown else ()
        return any(self._questionnaire.breakdown(side).source is Source.ITEM for side in sides)

    def _invited(self, cells: list[int]) -> int:
        return sum(self._counts.cells[cell].invited for cell in cells)

    def _figures(self, key: PartKey) -> Iterator[tuple[str, Mapping[str, int] | Reason]]:
        withheld = self._solution.withheld.get(key, {})
        cells = list(self._solution.parts[key])
        for name, tally in self._counts.tallies.items():
            reason = withheld.get(name)
            if key == WHOLE and reason is Reason.NO_ANSWERS:
                reason = (
                    None  # that nobody answered needs no protection, and zeros add up with other releases
                )
            yield name, reason or self._tally(name, tally, cells)

    def _tally(self, name: str, tally: Tally, cells: list[int]) -> Mapping[str, int]:
        """A figure's tally as the release holds it: which options were ticked together is left out."""
        return tally.ticks(cells, self._options[name]) if tally.several else tally.of(cells)
