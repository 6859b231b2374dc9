"""Which figures are protected together, and what follows what.

A block's figures share items. Where an item is put to some people only, its figure *follows* those of
the items that its condition looks at: the counts of people who were not asked tell of these. Blocks
are solved in that order; `docs/decisions/0016-conditional-items-and-breakdowns-from-answers.md` says why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from survey.counts import WaveCounts

Names = tuple[str, ...]
"""The figures of a block."""


@dataclass(frozen=True)
class Links:
    """The blocks in the order in which they are solved, and which follow which (by place in that order)."""

    blocks: tuple[Names, ...]
    filters: Mapping[int, frozenset[int]]

    @classmethod
    def of(cls, counts: WaveCounts) -> "Links":
        """The blocks of a wave; those that follow one another in a circle are one."""
        plain = list(_blocks(counts))
        reach = _reached(plain, counts.follows) | np.eye(len(plain), dtype=bool)
        together: dict[bytes, list[int]] = {}
        for place in range(len(plain)):
            mutual = reach[place] & reach[:, place]
            together.setdefault(mutual.tobytes(), []).append(place)
        merged = sorted(together.values(), key=lambda places: (int(reach[places[0]].sum()), places))
        blocks = tuple(tuple(name for place in places for name in plain[place]) for places in merged)
        of = {name: place for place, names in enumerate(blocks) for name in names}
        filters = {
            place: frozenset(of[one] for name in names for one in counts.follows.get(name, ())) - {place}
            for place, names in enumerate(blocks)
        }
        return cls(blocks, filters)

    def moved(self, block: int, known: bool) -> frozenset[int]:
        """The blocks whose answers move along when two people exchange those of `block` freely.

        All that follows a block moves with it, and with what follows several blocks these, too. Of
        people who were asked the same of the block (`known`), its own filters stay where they are.
        """
        moved: set[int] = set()
        waiting = [block]
        while waiting:
            one = waiting.pop()
            touching = {other for other, filters in self.filters.items() if one in filters}
            if one != block or not known:
                touching |= self.filters[one]
            waiting += touching - moved - {block}
            moved |= touching - {block}
        return frozenset(moved)

    def below(self, block: int) -> frozenset[int]:
        """The blocks that follow a block, directly or through others."""
        found: set[int] = set()
        for other in range(block + 1, len(self.blocks)):
            if self.filters[other] & (found | {block}):
                found.add(other)
        return frozenset(found)


def _blocks(counts: WaveCounts) -> Iterator[Names]:
    """The blocks, and every other figure as a block of its own."""
    yield from counts.blocks
    linked = {figure for block in counts.blocks for figure in block}
    yield from ((figure,) for figure in counts.tallies if figure not in linked)


def _reached(blocks: list[Names], follows: Mapping[str, Names]) -> np.ndarray:
    """By block and block, whether the first follows the second, directly or through others."""
    of = {name: place for place, names in enumerate(blocks) for name in names}
    reach = np.zeros((len(blocks), len(blocks)), dtype=bool)
    for name, filters in follows.items():
        for one in filters:
            reach[of[name], of[one]] = True
    known = None
    while known is None or (known != reach).any():
        known = reach.copy()
        reach |= (reach.astype(np.int64) @ reach.astype(np.int64)) > 0
    return reach
