"""Which figures are null in which parts: the figures' own numbers, their complements, and the audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from survey.disclosure.entries import Entries
from survey.disclosure.exchanges import Exchange, Found
from survey.disclosure.figures import Figure, Numbers
from survey.disclosure.followers import Following
from survey.disclosure.layout import Flags, Layout, Rows
from survey.disclosure.risk import SetAtRisk, SetsAtRisk, risky
from survey.disclosure.swaps import Swaps

EXCHANGES = 20
"""So many exchanges are looked at for the one that fewest cells of a cross stand against."""


@dataclass(frozen=True)
class Counted:
    """A figure by part: `n` valid answers, and `shown[part, answer]` of each that is shown."""

    figure: Figure
    n: Numbers
    shown: Numbers

    @classmethod
    def of(cls, figure: Figure, layout: Layout) -> "Counted":
        """A figure's numbers in all parts of a layout."""
        n = np.zeros(len(layout.inside), dtype=np.int64)
        shown = np.zeros((len(n), figure.shown[3]), dtype=np.int64)
        for _, level in layout.levels:
            size = len(level.parts) + 1
            n[level.parts] = figure.answers(level.index, size)[:-1]
            tables = list(figure.tables(level.index, size))
            if tables:
                shown[level.parts] = np.hstack(tables)[:-1]
        return cls(figure, n, shown)

    @property
    def telling(self) -> bool:
        """Whether there are different answers to tell apart, and somebody gave one."""
        return self.figure.different > 1 and bool(self.n[0])

    def own_rule(self, least: Numbers) -> Flags:
        """By part: fewer answers than its `least`, or all alike. Nobody's answers need no protection.

        A figure with a single category (whether a comment was left) says nothing by being unanimous.
        """
        if self.figure.different > 1:
            return risky(self.n, self.shown.max(axis=1), least)
        return (self.n > 0) & (self.n < least)

    def together_risky(self, parts: Rows, threshold: int) -> bool:
        """Whether the answers of some parts together must not be told."""
        n, most = self.n[parts].sum(keepdims=True), self.shown[parts].sum(axis=0).max(keepdims=True)
        return bool(risky(n, most, threshold)[0])


def nulls_of(
    figures: Sequence[Figure],
    layout: Layout,
    threshold: int,
    withheld: Flags,
    following: Following | None = None,
) -> Flags:
    """By part, whether the figures of a block are withheld in it: what protects one protects all.

    `withheld` are parts in which they must be null in any case, `following` is what follows the block. The
    whole wave is never withheld here. First the invitation's breakdowns are solved as if there were no
    others; then those from answers and the crosses are added one by one and withheld where they would tell
    more, so that they cost those before them nothing.
    """
    counted = [Counted.of(figure, layout) for figure in figures]
    nulls = withheld.copy()
    for one in counted:
        nulls |= one.own_rule(layout.least)
    nulls[0] = False
    telling = [one for one in counted if one.telling]
    sets = [SetsAtRisk(one.figure, threshold) for one in telling]
    before, kept = 0, np.zeros_like(nulls)
    for lines in layout.stages:
        some = layout.first(lines)
        protection = _Protection(some, telling, nulls, some.parts & ~kept, following)
        protection.complete()
        protection.audit_all([one.of(some, before) for one in sets])
        before, kept = lines, some.parts
    return nulls


@dataclass(frozen=True)
class _Protection:
    """What is withheld, in place, of a block's figures that tell something (`counted`).

    `free[part]` tells which parts may be withheld to protect others: those of the breakdowns added last.
    """

    layout: Layout
    counted: Sequence[Counted]
    nulls: Flags
    free: Flags
    following: Following | None

    def complete(self) -> None:
        """Withholds more parts until no null follows by subtraction inside its parent.

        The nulls of a family must hold two parts with answers, and together be no set at risk; a part
        of a withheld parent is withheld.
        """
        known = None
        while known is None or (known != self.nulls).any():
            known = self.nulls.copy()
            for parent, family in self.layout.families:
                self.nulls[family] |= self.nulls[parent]
                for one in self.counted:
                    self._add_smallest(family, one)

    def _add_smallest(self, family: Rows, one: Counted) -> None:
        answered = family[one.n[family] > 0]
        left = sorted(answered[~self.nulls[answered]], key=lambda part: (one.n[part], part))
        least = int(self.layout.least[family].max())
        for part in left:
            hidden = answered[self.nulls[answered]]
            if not len(hidden) or (len(hidden) > 1 and not one.together_risky(hidden, least)):
                return
            self.nulls[part] = True

    def audit_all(self, sets: Sequence[Sequence[SetAtRisk]]) -> None:
        """Audits the sets of each figure, those of one block of vectors with the same exchanges."""
        entries: dict[int, tuple[Entries, Found]] = {}
        for one, at_risk in zip(self.counted, sets, strict=True):
            block = one.figure.block
            if id(block) not in entries:
                entries[id(block)] = Entries(block, self.layout.inside.shape[1], self.following), Found()
            self._audit(one, at_risk, *entries[id(block)])

    def _audit(self, one: Counted, sets: Sequence[SetAtRisk], entries: Entries, found: Found) -> None:
        """Withholds more parts until swaps hide every set at risk of one figure, or none is left to withhold.

        Withholding only makes labels coarser, and a swap that was open then stays open (a rectangle
        whose corners fall together is a swap of two people), so that no set is looked at twice. A set
        that only a breakdown tells of which nothing is shown is none.
        """
        swaps, open_before = self._swaps(entries, found), self._without_cross(entries)
        for at_risk in sets:
            if not (self.free & ~self.nulls).any():
                return
            flags = np.zeros(self.layout.inside.shape[1], dtype=bool)
            flags[at_risk.members] = True
            secrets = one.figure.secrets(flags)
            while open_to := [t for t in secrets if not swaps.hide(at_risk.members, one.figure.place, t)]:
                dead = self.layout.dead(self.nulls)
                if all(lines & dead for lines in at_risk.told_by) or self._told_anyway(at_risk, one):
                    break
                disturbed = None
                if open_before is not None:
                    disturbed = self._disturbed(at_risk.members, one, open_to[0], open_before, found)
                part = self._next_to_withhold(at_risk.members, one.n) if disturbed is None else None
                if disturbed is None and part is None:
                    break
                self.nulls[part if disturbed is None else disturbed] = True
                self.complete()
                swaps = self._swaps(entries, found)

    def _told_anyway(self, at_risk: SetAtRisk, one: Counted) -> bool:
        """Whether a set that is at risk by the stricter threshold of a cross alone is published without it.

        It is one of the parts that the breakdowns show, or one of them less another.
        """
        crosses = frozenset(self.layout.crosses)
        if any(not lines & crosses for lines in at_risk.told_by):
            return False
        flags = np.zeros(self.layout.inside.shape[1], dtype=bool)
        flags[at_risk.members] = True
        cells = np.concatenate([self.layout.lines[cross][0].parts for cross in crosses])
        shown = np.setdiff1d(np.flatnonzero(self.layout.parts & ~self.nulls), cells)
        rows = self.layout.inside.shape[1]
        inside = self.layout.inside[shown] & (one.figure.answers(np.arange(rows), rows) > 0)
        if (inside == flags).all(axis=1).any():
            return True
        around = inside[(inside | ~flags).all(axis=1)]
        rests = {(part & ~flags).tobytes() for part in around}
        return any(part.tobytes() in rests for part in inside)

    def _without_cross(self, entries: Entries) -> Swaps | None:
        """The exchanges that the breakdowns leave open, and the crosses before; None where none was added."""
        cross = len(self.layout.lines) - 1
        if cross not in self.layout.crosses:
            return None
        labels = self.layout.labels(self.nulls)
        labels[:, cross] = 0
        return Swaps(entries, labels)

    def _disturbed(self, members: Rows, one: Counted, told: Rows, swaps: Swaps, found: Found) -> Rows | None:
        """The cells of the cross added last that keep some exchange from hiding the rows `members`.

        Of the exchanges that `swaps` leave open without it, it is the one whose cells hold the fewest
        answers; it is kept as found. None where there is none.
        """
        cells = self.layout.lines[-1][0]
        shown, n = ~self.nulls[cells.parts], one.n[cells.parts]
        flags = np.zeros(self.layout.inside.shape[1], dtype=bool)
        flags[members] = True
        best: tuple[int, Rows, Exchange] | None = None
        valid = one.figure.block.valid[:, one.figure.place]
        every = swaps.exchanges(members, flags, told, valid)
        for exchange in islice(every, EXCHANGES):
            moved = np.bincount(cells.index[exchange.rows], exchange.signs, len(shown) + 1)[:-1]
            disturbed = (moved != 0) & shown
            cost = int(n[disturbed].sum())
            if best is None or cost < best[0]:
                best = cost, cells.parts[disturbed], exchange
        if best is None:
            return None
        found.add(best[2])
        return best[1]

    def _swaps(self, entries: Entries, found: Found) -> Swaps:
        return Swaps(entries, self.layout.labels(self.nulls), found)

    def _next_to_withhold(self, members: Rows, sizes: Numbers) -> int | None:
        """The published part with the fewest answers that can still help to hide the rows `members`.

        That is a part that holds one of them, or a sibling of a null one that does, or an option that
        they did not tick: withheld, its people share a label with them. None where only the whole wave is
        left, or what the breakdowns before tell, which hides them. Of a cross any cell may help.
        """
        touching = self.layout.inside[:, members].any(axis=1) & self.layout.parts
        helpful = touching & ~self.nulls
        for parent, family in self.layout.families:
            if not self.nulls[parent] and (touching & self.nulls)[family].any():
                helpful[family] = ~self.nulls[family] & (sizes[family] > 0)
        for line in self.layout.lines[self.layout.stages[0] :]:
            if len(line[0].parts) == 1:
                helpful[line[0].parts] = ~self.nulls[line[0].parts]
        if not (helpful & self.free).any():
            for cross in self.layout.crosses:
                cells = self.layout.lines[cross][0].parts
                helpful[cells] = ~self.nulls[cells]
        left = (np.flatnonzero((helpful & self.free)[1:]) + 1).tolist()
        return min(left, key=lambda part: (sizes[part], -self.layout.depth[part], part), default=None)
