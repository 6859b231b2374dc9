"""Ways round: who can carry back to a place what an exchange has carried off."""

from dataclasses import dataclass
from itertools import chain

import numpy as np

from survey.disclosure.entries import View
from survey.disclosure.layout import Rows


@dataclass(frozen=True)
class Way:
    """Who takes and who gives, in turn, on the way to the goal at a position."""

    carriers: list[int]
    goal: int


@dataclass(frozen=True)
class Carriers:
    """Entries of people who may take and who may give, with their categories besides (`rest`)."""

    taking: Rows
    giving: Rows
    rest_taking: Rows
    rest_giving: Rows

    def way(self, view: View, start: int, goals: Rows, used: list[int]) -> Way | None:
        """The shortest way from a place to one of the `goals`, without the entries `used`.

        One step leads from where somebody takes to where somebody at the same place across gives.
        """
        at = np.flatnonzero(goals == start)
        if len(at):
            return Way([], int(at[0]))
        if not (view.q[self.taking] == start).any():
            return None
        wide = int(max(self.rest_taking.max(initial=0), self.rest_giving.max(initial=0))) + 1
        taking = view.q[self.taking], view.p[self.taking] * wide + self.rest_taking
        giving = view.q[self.giving], view.p[self.giving] * wide + self.rest_giving
        for entry in used:
            giving[1][self.giving == entry] = -1
            taking[1][self.taking == entry] = -2
        found = _way(start, taking, giving, goals)
        if found is None:
            return None
        steps, goal = found
        between = chain.from_iterable((int(self.taking[t]), int(self.giving[g])) for t, g in steps)
        return Way(list(between), goal)


Side = tuple[Rows, Rows]
"""By entry: its place, and the key by which those who give meet those who take."""


def _way(start: int, taking: Side, giving: Side, goals: Rows) -> tuple[list[tuple[int, int]], int] | None:
    """The shortest way: from a place to all those who take there, to those who give of the same keys.

    Its steps (who takes, who gives), and the goal that it leads to; None where there is none.
    """
    came: dict[int, tuple[int, int, int]] = {start: (-1, -1, -1)}
    reached = [start]
    while reached:
        there = np.zeros(
            1 + max(int(places.max(initial=0)) for places in (taking[0], giving[0], goals)), bool
        )
        there[reached] = True
        takers = np.flatnonzero(there[taking[0]])
        takers = takers[np.argsort(taking[1][takers], kind="stable")]
        keys = taking[1][takers]
        if not len(keys):
            break
        at = np.minimum(np.searchsorted(keys, giving[1]), len(keys) - 1)
        met = np.flatnonzero(keys[at] == giving[1])
        places, first = np.unique(giving[0][met], return_index=True)
        reached = []
        for place, giver in zip(places.tolist(), met[first].tolist(), strict=True):
            if place not in came:
                taker = int(takers[at[giver]])
                came[place] = int(taking[0][taker]), taker, giver
                reached.append(place)
        for goal, place in enumerate(goals.tolist()):
            if place in came:
                return _traced(came, place), goal
    return None


def _traced(came: dict[int, tuple[int, int, int]], place: int) -> list[tuple[int, int]]:
    steps = []
    while came[place][0] >= 0:
        place, taker, giver = came[place]
        steps.append((taker, giver))
    return steps[::-1]
