"""The attacker who has a wave's file of answers beside all else that can be taken away of it.

In every group that is published and that the file does not name, the attacker looks for its rows: what the
release's file says of the group are sums over the rows that may be its own. How much a row adds to each
figure the program's own counting tells; nothing of the solver is used.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from survey import counting, pairs
from survey.counts import NOT_ASKED, NOT_ASSIGNED, Cell, Tally, WaveCounts
from survey.definitions.conditions import comparisons
from survey.definitions.model import Questionnaire

ALMOST = 1e-6
AIMS = 2
"""So many random choices of rows that fit are looked at first, for any."""
SECONDS = 20.0
"""No linear program may take longer."""
Found = dict[str, Any]
Groups = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Row:
    """A row of the file: the groups that it names, the answers, and what it does not show.

    `told` is whose row it is, which the attacker does not know: breakdown -> group.
    """

    groups: Groups
    answers: Found
    hidden: frozenset[str]
    told: Mapping[str, str]


@dataclass(frozen=True)
class Taken:
    """All that can be taken away of a wave: the file of the release, and the rows of its answers."""

    of: Questionnaire
    by: str | None
    held: tuple[str, ...]
    release: Found
    rows: Sequence[Row]


@dataclass(frozen=True)
class Target:
    """A published group: which of the rows that may be its own are, and the sums over these that are known.

    `withheld` are the items of the file that are not shown of it: item -> rows x codes. `coarser` groups are
    those in which the file's own lie: where its rows belong is told of all others.
    """

    name: str
    coarser: bool
    own: np.ndarray
    sums: np.ndarray
    withheld: Mapping[str, np.ndarray]


def targets(taken: Taken) -> Iterator[Target]:
    """Every published group whose rows the file does not name, and that is not all that may be its rows."""
    for name, groups, part in parts(taken.release):
        maybe = [row for row in taken.rows if _may_be(taken.of, row, groups)]
        own = np.array([all(row.told[b] in some for b, some in groups.items()) for row in maybe], dtype=bool)
        if own.any() and not own.all():
            coarser = taken.by is not None and groups.keys() <= around(taken.of, taken.by)
            yield _target(taken, (name, coarser), part, maybe, own)


def around(of: Questionnaire, by: str) -> set[str]:
    """A breakdown and those in which it lies."""
    outer = of.breakdown(by).inside
    return {by} | (around(of, outer) if outer else set())


def _target(
    taken: Taken, named: tuple[str, bool], part: Found, maybe: Sequence[Row], own: np.ndarray
) -> Target:
    hidden = frozenset().union(*(row.hidden for row in maybe))
    known = [item for item in taken.held if item not in hidden]
    counts = counting.count(
        taken.of,
        tuple(Cell(n, tuple(str(n) for _ in taken.of.invited_by), 1) for n in range(len(maybe))),
        [(n, {i: said for i, said in row.answers.items() if i in known}) for n, row in enumerate(maybe)],
    )
    order = [int(cell.values[0]) for cell in counts.cells]
    assert order == sorted(order)
    withheld = {
        item: counts.tallies[f"item/{item}"].table
        for item in known
        if "tally" not in part["figures"][f"item/{item}"]
    }
    sums = list(_sums(taken, counts, part, frozenset(known)))
    for sum_, n in sums:
        assert sum_ @ own == n, (named, n)
    return Target(*named, own, np.array([sum_ for sum_, _ in sums], dtype=float), withheld)


def parts(release: Found) -> Iterator[tuple[str, Groups, Found]]:
    """(name, breakdown -> groups, part) of everything in a release that is not the whole wave."""
    for breakdown, divided in release["by"].items():
        for group, part in divided["groups"].items():
            if "responses" in part:
                yield f"{breakdown}/{group}", {breakdown: frozenset([group])}, part
        for pool in divided["others"]:
            yield f"{breakdown}/others", {breakdown: frozenset(pool["members"])}, pool["part"]
    for name, cross in release["crosses"].items():
        for row, cells in zip(cross["rows"], cross["cells"], strict=True):
            for column, part in zip(cross["columns"], cells, strict=True):
                if "responses" in part:
                    sides = zip(name.split(","), (row, column), strict=True)
                    yield f"{name}/{row}/{column}", {b: frozenset(some) for b, some in sides}, part


def _may_be(of: Questionnaire, row: Row, groups: Groups) -> bool:
    """Whether a row may be one of some groups, by the groups that it names and what lies in what.

    Names begin with those of the groups that they lie in: whose organization is whose is no secret.
    """
    for breakdown, some in groups.items():
        for named, its in row.groups.items():
            if named == breakdown and its.isdisjoint(some):
                return False
            if of.breakdown(breakdown).inside == named and not _lie_in(some, its):
                return False
            if of.breakdown(named).inside == breakdown and not _lie_in(its, some):
                return False
    return True


def _lie_in(inner: frozenset[str], outer: frozenset[str]) -> bool:
    """Whether any of some groups may lie in any of others."""
    return any(one == NOT_ASSIGNED or one.startswith(other) for one in inner for other in outer)


def _sums(taken: Taken, counts: WaveCounts, part: Found, known: frozenset[str]) -> Iterator[tuple[Any, int]]:
    """Everything that is published of a part as sums over rows, each with what it must be."""
    yield np.ones(len(counts.cells)), part["responses"]
    base = {item.id for item in taken.of.items if item.counts_for_completeness}
    if base <= known:
        for column, status in enumerate(("complete", "partial")):
            if part[status] is not None:
                yield counts.completeness[:, column], part[status]
    items = items_of(taken.of)
    for name, figure in part["figures"].items():
        if name in counts.tallies and "tally" in figure:
            tells = items[name] | _decisive(taken.of, items[name])
            only = () if tells <= known else (NOT_ASKED,) if tells - items[name] <= known else None
            if only is not None:
                yield from _of_figure(counts.tallies[name], figure["tally"], only)


def _of_figure(
    tally: Tally, published: Mapping[str, int], only: tuple[str, ...]
) -> Iterator[tuple[Any, int]]:
    rows = [_one(tally, n, published) for n in range(len(tally.table))]
    for category, n in published.items():
        if not only or category in only:
            yield np.array([row.get(category, 0) for row in rows]), n


def _one(tally: Tally, row: int, published: Mapping[str, int]) -> Mapping[str, int]:
    """What one row adds to a figure, in the form in which the group's is published."""
    if tally.several:
        return tally.ticks([row], [c for c in published if c and not c.startswith(":")])
    told = tally.of([row])
    return pairs.margins_only(told) if pairs.are_margins(published) else told


def items_of(of: Questionnaire) -> dict[str, frozenset[str]]:
    """Figure -> the items that it counts."""
    found = {f"item/{item.id}": {item.id} for item in of.items}
    found |= {f"dimension/{p.id}/{d.id}": set(d.items) for p, d in of.dimensions()}
    found |= {f"pair/{one.id}": {one.before, one.after} for one in of.status_changes()}
    found |= {f"share/{one.id}": set(one.items) for one in of.joint_shares()}
    return {name: frozenset(items) for name, items in found.items()}


def _decisive(of: Questionnaire, items: frozenset[str]) -> frozenset[str]:
    """The items that decide whether some are asked."""
    found = {one.item for item in items for one in comparisons(of.item(item).show_if)}
    return frozenset(found) | (_decisive(of, frozenset(found)) if found else frozenset())


class Finder:
    """What follows of the rows of one target, by linear programming over rows in it (1) or not in it (0).

    Every solution found is kept: what differs in one of them does not follow.
    """

    def __init__(self, target: Target) -> None:
        self._own = target.own.astype(float)
        sums = np.unique(target.sums, axis=0)
        self._matrix, self._totals = csr_array(sums), sums @ self._own
        self._solutions = [self._own]
        for aim in np.random.default_rng(0).normal(size=(AIMS, len(self._own))):
            self._best(aim)

    def _best(self, aim: np.ndarray) -> np.ndarray:
        found = linprog(
            aim, A_eq=self._matrix, b_eq=self._totals, bounds=(0, 1), method="highs",
            options={"time_limit": SECONDS},
        )  # fmt: skip
        assert found.status == 0, found.message
        self._solutions.append(found.x)
        best: np.ndarray = found.x
        return best

    def certain(self, *sums: np.ndarray) -> bool:
        """Whether some sums over the rows can only be what they are."""
        return all(map(self._certain, sums))

    def _certain(self, sum_: np.ndarray) -> bool:
        truth = sum_ @ self._own
        if any(abs(sum_ @ one - truth) > ALMOST for one in self._solutions):
            return False
        return all(abs(sum_ @ self._best(sign * sum_) - truth) <= ALMOST for sign in (1.0, -1.0))


@dataclass
class Outcome:
    """Of how many targets all rows were found; how many withheld figures there are, and how many follow.

    `single` are the targets of which some row was found, or some row that is none of theirs; `coarser` those
    of breakdowns that hold the file's, whose rows are not counted.
    """

    targets: int = 0
    coarser: int = 0
    found: int = 0
    single: int = 0
    withheld: int = 0
    follow: int = 0

    def add(self, target: Target, single: bool = False) -> None:
        """Attack one target more, row by row besides where `single` asks for it."""
        finder = Finder(target)
        self.targets += 1
        self.coarser += target.coarser
        if not target.coarser:
            found = finder.certain(1.0 - target.own)
            self.found += found
            self.single += found or (single and any(finder.certain(row) for row in np.eye(len(target.own))))
        self.withheld += len(target.withheld)
        self.follow += sum(
            (table.sum(axis=0) > 0).sum() > 1 and finder.certain(*table.T)
            for table in target.withheld.values()
        )
