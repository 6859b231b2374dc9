"""Which figures are null in which parts: the figures' own numbers, their complements, and the audit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from survey.disclosure.swaps import Block, Flags, Rows, Swaps, Table


@dataclass(frozen=True)
class Layout:
    """A partition as arrays, the whole wave being part 0.

    `inside[part, row]` is 1 where the row belongs to the part; `depth` is 0 for the whole, 1 for the
    outermost breakdowns; `families` are the parts of one breakdown inside one parent, outer ones
    first, each with that parent; `finest[line]` lists, outermost first, each row's part along a line of
    nested breakdowns (-1: none); `sets` are the sets of rows whose answers must not be recovered.
    """

    inside: Table
    depth: Rows
    families: Sequence[tuple[int, Rows]]
    finest: Sequence[Sequence[Rows]]
    sets: Table

    def labels(self, nulls: Flags) -> Rows:
        """By row and line, the finest part in which nothing is withheld."""
        labels = np.zeros((self.inside.shape[1], len(self.finest)), dtype=np.intp)
        for line, levels in enumerate(self.finest):
            for parts in levels:
                shown = (parts >= 0) & ~nulls[parts]
                labels[shown, line] = parts[shown]
        return labels


def sets_at_risk(inside: Table, groups: Table) -> Table:
    """Every row by itself, every group, and all differences and overlaps of two parts, each set once.

    Both arguments and the result are sets by row (1 in, 0 out). The order depends on the rows only.
    """
    rows = inside.shape[1]
    within = inside.astype(bool)
    found = [np.eye(rows, dtype=bool), groups.astype(bool)]
    for part in within:
        found += [within & part, within & ~part]
    packed = np.unique(np.packbits(np.concatenate(found), axis=1), axis=0)
    return np.unpackbits(packed, axis=1, count=rows).astype(np.float64)


@dataclass(frozen=True)
class Figure:
    """One figure: its valid answers by row and category, and its place in a block of vectors.

    `options[category, option]` is 1 where a valid category of a several-choice item ticks the option.
    Such an item is a block by itself, so that its categories are the block's vectors; other figures
    have no options: each category is an answer.
    """

    table: Table
    block: Block
    place: int
    options: Table | None = None

    @property
    def answers(self) -> int:
        """How many different answers are shown: categories, or options."""
        return int((self.table if self.options is None else self.options).shape[1])

    def at_risk(self, tally: Table, threshold: int) -> Flags:
        """By set (`tally`: sets x categories): somebody answered, but fewer than the threshold, or all alike.

        Of several choices it is enough that everybody ticked one option: that is what is shown.
        """
        n: Table = tally.sum(axis=1)
        shown = tally if self.options is None else tally @ self.options
        risky: Flags = (n > 0) & ((n < threshold) | (shown.max(axis=1) == n))
        return risky

    def secrets(self, members: Rows) -> list[Rows]:
        """What must not follow of the rows `members`: by vector, numbers that tell its answers apart.

        An exchange must change each: the category, or every option that all the members ticked.
        """
        codes, valid = self.block.codes[:, self.place], self.block.valid[:, self.place]
        if self.options is None:
            return [codes]
        tally = self.table[members].sum(axis=0)
        secrets = []
        for option in np.flatnonzero(tally @ self.options == tally.sum()):
            ticked = np.zeros(len(codes), dtype=np.intp)
            ticked[valid] = self.options[:, option]
            secrets.append(ticked)
        return secrets or [codes]


Counted = tuple[Figure, Table]
"""A figure with its tally by part."""


def nulls_of(figures: Sequence[Figure], layout: Layout, threshold: int) -> Flags:
    """By part, whether the figures of a block are withheld in it: what protects one protects all.

    The whole wave is never withheld here.
    """
    telling = [figure for figure in figures if figure.answers > 1 and figure.table.any()]
    nulls = np.zeros(len(layout.inside), dtype=bool)
    for figure in figures:
        nulls |= _own_rule(figure, layout.inside @ figure.table, threshold)
    nulls[0] = False
    counted = [(figure, layout.inside @ figure.table) for figure in telling]
    _complete(nulls, counted, layout, threshold)
    for figure in telling:
        _audit(nulls, figure, counted, layout, threshold)
    return nulls


def _own_rule(figure: Figure, tally: Table, threshold: int) -> Flags:
    """By part: fewer answers than the threshold, or all alike. Nobody's answers need no protection.

    A figure with a single category (whether a comment was left) says nothing by being unanimous.
    """
    n = tally.sum(axis=1)
    return figure.at_risk(tally, threshold) if figure.answers > 1 else (n > 0) & (n < threshold)


def _complete(nulls: Flags, counted: Sequence[Counted], layout: Layout, threshold: int) -> None:
    """Withholds more parts, in place, until no null follows by subtraction inside its parent.

    The nulls of a family must hold two parts with answers, and together be no set at risk; a part of
    a withheld parent is withheld. `counted` holds the block's figures.
    """
    known = None
    while known is None or (known != nulls).any():
        known = nulls.copy()
        for parent, family in layout.families:
            nulls[family] |= nulls[parent]
            for one in counted:
                _add_smallest(nulls, family, one, threshold)


def _add_smallest(nulls: Flags, family: Rows, counted: Counted, threshold: int) -> None:
    figure, tally = counted
    answered = family[tally[family].sum(axis=1) > 0]
    left = sorted(answered[~nulls[answered]], key=lambda part: (tally[part].sum(), part))
    for part in left:
        hidden = answered[nulls[answered]]
        together = tally[hidden].sum(axis=0, keepdims=True)
        if not len(hidden) or (len(hidden) > 1 and not figure.at_risk(together, threshold)[0]):
            return
        nulls[part] = True


def _audit(nulls: Flags, figure: Figure, counted: Sequence[Counted], layout: Layout, threshold: int) -> None:
    """Withholds more parts, in place, until swaps hide every set at risk of one figure.

    Withholding only makes labels coarser, and a swap that was open then stays open (a rectangle whose
    corners fall together is a swap of two people), so that no set is looked at twice.
    """
    swaps = Swaps(figure.block, layout.labels(nulls))
    sizes = layout.inside @ figure.table.sum(axis=1)
    for members in _small_sets(figure, layout, threshold):
        while not all(swaps.hide(members, figure.place, told) for told in figure.secrets(members)):
            part = _next_to_withhold(nulls, members, sizes, layout)
            if part is None:
                break
            nulls[part] = True
            _complete(nulls, counted, layout, threshold)
            swaps = Swaps(figure.block, layout.labels(nulls))


def _small_sets(figure: Figure, layout: Layout, threshold: int) -> Iterator[Rows]:
    """The rows with answers of each set at risk, the smallest sets first."""
    tally = layout.sets @ figure.table
    risky = np.flatnonzero(figure.at_risk(tally, threshold))
    answered = figure.table.sum(axis=1) > 0
    for number in risky[np.argsort(tally[risky].sum(axis=1), kind="stable")]:
        yield np.flatnonzero((layout.sets[number] > 0) & answered)


def _next_to_withhold(nulls: Flags, members: Rows, sizes: Table, layout: Layout) -> int | None:
    """The published part with the fewest answers that can still help to hide the rows `members`.

    That is a part that holds one of them, or a sibling of a null one that does: withheld, its people
    share a label with them. None where only the whole wave is left.
    """
    touching = layout.inside[:, members].sum(axis=1) > 0
    helpful = touching & ~nulls
    for parent, family in layout.families:
        if not nulls[parent] and (touching & nulls)[family].any():
            helpful[family] = ~nulls[family] & (sizes[family] > 0)
    left = np.flatnonzero(helpful[1:]) + 1
    return int(min(left, key=lambda part: (sizes[part], -layout.depth[part], part))) if len(left) else None
