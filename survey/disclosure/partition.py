"""One partition of the wave for each breakdown: which groups stand alone, which share a pool.

The options of several choices overlap, so that each is a breakdown of its own into the option and the
rest, shown both or not at all.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from survey.counts import NOT_ASSIGNED, Reason
from survey.definitions.model import Breakdown
from survey.disclosure.solution import WHOLE, Grid, PartKey

Values = tuple[str, ...]
Sizes = Mapping[str, int]


@dataclass
class Partition:
    """The parts with their rows, each part's parent, and what became of every group and every cross.

    Also the cells of crosses are parts, those too small to be shown among them: what they hold must not
    follow from the others.
    """

    parts: dict[PartKey, list[int]]
    parents: dict[PartKey, PartKey] = field(default_factory=dict)
    groups: dict[PartKey, PartKey | Reason] = field(default_factory=dict)
    pools: dict[PartKey, tuple[str, ...]] = field(default_factory=dict)
    crosses: dict[str, Grid] = field(default_factory=dict)


def lines(breakdowns: Sequence[Breakdown]) -> list[tuple[int, ...]]:
    """For each breakdown the columns from its outermost ancestor down to itself."""
    column = {breakdown.id: number for number, breakdown in enumerate(breakdowns)}

    def line(breakdown: Breakdown) -> tuple[int, ...]:
        around = line(breakdowns[column[breakdown.inside]]) if breakdown.inside else ()
        return (*around, column[breakdown.id])

    return [line(breakdown) for breakdown in breakdowns]


def divide(
    values: Sequence[Values],
    responses: Sequence[int],
    breakdowns: Sequence[Breakdown],
    threshold: int | None,
    several: Collection[str] = (),
    shown_by: Collection[str] | None = None,
) -> Partition:
    """Every breakdown's partition of the rows (a row: a combination of `values`, with its responses).

    Inside each parent that is shown, groups under `threshold` responses share a pool; the groups of
    a parent that is not shown are not shown either. With threshold None every group is shown.
    `several` names the breakdowns from items of several choices: their values are ticked options. By those
    that `shown_by` does not name (None: it names all) nobody is divided.
    """
    partition = Partition({WHOLE: list(range(len(values)))})
    for depth, number, line in sorted((len(line), n, line) for n, line in enumerate(lines(breakdowns))):
        if shown_by is not None and breakdowns[number].id not in shown_by:
            continue
        if breakdowns[number].id in several:
            _settle_options(partition, values, responses, (breakdowns[number].id, number), threshold)
            continue
        for within, members in _families(values, line):
            parent = _parent(breakdowns[line[-2]].id, within, threshold) if depth > 1 else WHOLE
            family = _Family(breakdowns[number].id, within, members)
            if parent in partition.parts:
                _settle(partition, parent, family, responses, threshold)
            else:
                _leave_out(partition, family)
    return _in_order(partition, breakdowns)


def _parent(breakdown: str, within: Values, threshold: int | None) -> PartKey:
    """The part around a family; without a threshold "not assigned" is a pool with nobody else in it."""
    alone = threshold is None and within[-1] == NOT_ASSIGNED
    return PartKey(breakdown, within[:-1], None if alone else within[-1])


@dataclass(frozen=True)
class _Family:
    """The groups of one breakdown inside one parent: value -> rows."""

    breakdown: str
    within: Values
    members: Mapping[str, list[int]]

    def key(self, value: str | None) -> PartKey:
        return PartKey(self.breakdown, self.within, value)


def _families(
    values: Sequence[Values], line: tuple[int, ...]
) -> Iterator[tuple[Values, dict[str, list[int]]]]:
    found: dict[Values, dict[str, list[int]]] = {}
    for row, combination in enumerate(values):
        path = tuple(combination[column] for column in line)
        found.setdefault(path[:-1], {}).setdefault(path[-1], []).append(row)
    for within in sorted(found):
        yield within, dict(sorted(found[within].items()))


def _leave_out(partition: Partition, family: _Family) -> None:
    for value in family.members:
        if value != NOT_ASSIGNED:
            partition.groups[family.key(value)] = Reason.PARENT_NOT_SHOWN


def _settle(
    partition: Partition, parent: PartKey, family: _Family, responses: Sequence[int], threshold: int | None
) -> None:
    """Adds the family's parts to the partition and notes what became of each of its groups."""
    sizes = {value: sum(responses[row] for row in rows) for value, rows in family.members.items()}
    shown, pool = _split(sizes, threshold) if threshold is not None else _apart(sizes)
    placed = {value: family.key(value) for value in shown} | dict.fromkeys(pool, family.key(None))
    for value, rows in family.members.items():
        place = placed.get(value)
        if place is not None:
            partition.parts.setdefault(place, []).extend(rows)
            partition.parents[place] = parent
        if value != NOT_ASSIGNED:
            partition.groups[family.key(value)] = place or _reason(sizes[value], threshold or 0)
    if pool:
        partition.pools[family.key(None)] = tuple(sorted(pool))


def options_of(value: str) -> tuple[str, ...]:
    """The options in a value of several choices; none where nothing is known of them."""
    return () if value == NOT_ASSIGNED else tuple(value.split("|"))


def _settle_options(
    partition: Partition,
    values: Sequence[Values],
    responses: Sequence[int],
    named: tuple[str, int],
    threshold: int | None,
) -> None:
    """Each option of several choices that occurs: a part where it and those without it are enough."""
    breakdown, column = named
    ticked = [frozenset(options_of(combination[column])) for combination in values]
    for option in sorted(frozenset().union(*ticked)):
        key = PartKey(breakdown, (), option)
        inside = [row for row, options in enumerate(ticked) if option in options]
        rest = [row for row, options in enumerate(ticked) if options and option not in options]
        n, others = (sum(responses[row] for row in rows) for rows in (inside, rest))
        if threshold is None or min(n, others) >= threshold:
            partition.parts[key], partition.parents[key], partition.groups[key] = inside, WHOLE, key
        else:
            partition.groups[key] = _reason(n, threshold)


def _apart(sizes: Sizes) -> tuple[list[str], list[str]]:
    return [value for value in sizes if value != NOT_ASSIGNED], [
        value for value in sizes if value == NOT_ASSIGNED
    ]


def _split(sizes: Sizes, threshold: int) -> tuple[list[str], list[str]]:
    """(the groups shown, the groups pooled) of one parent; both empty where nothing can be shown.

    The pool takes the smallest groups until it holds the threshold of responses, and so at least two
    that answered. A group in which nobody answered is in neither: others would be taken to speak for
    it. What is "not assigned" is no group of its own: it may be the pool by itself. A pool without a
    group beside it would be the parent again.
    """
    live = sorted((value for value in sizes if sizes[value]), key=lambda value: (sizes[value], value))
    pool = [value for value in live if value == NOT_ASSIGNED or sizes[value] < threshold]
    rest = [value for value in live if value not in pool]
    while pool and rest and sum(sizes[value] for value in pool) < threshold:
        pool.append(rest.pop(0))
    if not pool or not rest:
        return rest, []
    return rest, pool


def _reason(responses: int, threshold: int) -> Reason:
    if not responses:
        return Reason.NO_ANSWERS
    return Reason.TOO_FEW_ANSWERS if responses < threshold else Reason.PROTECTS_ANOTHER


def _in_order(partition: Partition, breakdowns: Sequence[Breakdown]) -> Partition:
    """The same partition, the breakdowns in the questionnaire's order and each pool after its groups."""
    number = {breakdown.id: n for n, breakdown in enumerate(breakdowns)}

    def place(key: PartKey) -> tuple[int, bool, Values, str]:
        if key.breakdown is None:
            return -1, False, (), ""
        return number[key.breakdown], key.pooled, key.within, key.group or ""

    return Partition(
        {key: sorted(partition.parts[key]) for key in sorted(partition.parts, key=place)},
        partition.parents,
        {key: partition.groups[key] for key in sorted(partition.groups, key=place)},
        {key: partition.pools[key] for key in sorted(partition.pools, key=place)},
    )
