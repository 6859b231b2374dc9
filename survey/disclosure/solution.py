"""What disclosure control decides: the parts of a wave, and what stays secret in each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey.counts import Reason


@dataclass(frozen=True)
class PartKey:
    """Names the whole wave (no breakdown), a group of a breakdown, or the pool of one parent (no group).

    `within` holds the groups around it, outermost first: ("A1",) for an organization of alliance A1.
    Of several choices each option is a group, of the people who ticked it, whatever else they ticked.
    A cell of a cross bears the cross's id; around it is its row, several groups of which are joined by "|".
    """

    breakdown: str | None = None
    within: tuple[str, ...] = ()
    group: str | None = None

    @property
    def pooled(self) -> bool:
        """Whether this is the pool of several groups."""
        return self.breakdown is not None and self.group is None

    @property
    def inside(self) -> str | None:
        """The group right around it; None directly below the whole wave."""
        return self.within[-1] if self.within else None


WHOLE = PartKey()
Members = tuple[str, ...]
"""One group, or several that stand together, by name; `counts.NOT_ASSIGNED` perhaps among them."""


@dataclass(frozen=True)
class Grid:
    """What became of a cross: the groups in its rows and columns, and for each cell its part or why none.

    Without rows and columns nothing of the cross is shown. `cells[row, column]` are numbered from 0.
    """

    rows: tuple[Members, ...] = ()
    columns: tuple[Members, ...] = ()
    cells: Mapping[tuple[int, int], PartKey | Reason] = field(default_factory=dict)


@dataclass(frozen=True)
class Solution:
    """What may be shown of a wave.

    `parts`: each part that is shown -> the positions of its cells in the counts, ascending; the whole
    wave comes first, then the breakdowns in order, each with its groups by name and its pool.
    `withheld`: part -> figure -> why it is null there; a figure that is not named is shown.
    `groups`: each group that occurs -> the part that shows it (its own, or a pool), or why none does.
    `pools`: each pool among the parts -> its members by name, `counts.NOT_ASSIGNED` perhaps among them.
    `crosses`: each cross by its id; the cells that are shown are among the parts.
    """

    parts: Mapping[PartKey, tuple[int, ...]]
    withheld: Mapping[PartKey, Mapping[str, Reason]]
    groups: Mapping[PartKey, PartKey | Reason]
    pools: Mapping[PartKey, tuple[str, ...]]
    crosses: Mapping[str, Grid] = field(default_factory=dict)
