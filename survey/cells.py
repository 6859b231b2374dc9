"""Invitations' breakdowns -> cells that enough invited people share.

A response carries its cell and no more of its invitation. So each invitation's breakdown values are
dropped, from the least important up (the definition lists the most important first), until at
least the threshold of invited people have the same combination.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from survey.counts import NOT_ASSIGNED, Cell
from survey.definitions.model import Questionnaire
from survey.language import Refusal

Values = tuple[str, ...]
"""One value for each breakdown of the invitation, in the definition's order; NOT_ASSIGNED where not told."""

GROUP_LENGTH = 80


class OneGroup(NamedTuple):
    """One group of one breakdown, as an evaluator or a partner is told of it: alliance=A1."""

    breakdown: str
    value: str

    def __str__(self) -> str:
        return f"{self.breakdown}={self.value}"


class BadGroup(Refusal):
    """A group names an unknown breakdown, or a value that cannot be."""


def coarsened(
    people: Counter[Values], threshold: int, joinable: Iterable[Values] = ()
) -> dict[Values, Values]:
    """Each occurring combination of values -> the combination of its cell.

    `people` counts invited people by combination; `joinable` are the combinations of cells that
    exist already in an opened wave: newcomers join them whatever their own number. The last resort
    is the cell that tells nothing; if that alone would hold fewer people than the threshold, the
    smallest other cells are dropped into it too, or, where cells exist, `placed` finds one.
    """
    existing = frozenset(joinable)
    told = {values: values for values in people}
    for depth in range(_width(people), 0, -1):
        sizes = _sizes(people, told)
        for values, cell in told.items():
            if sizes[cell] < threshold and cell not in existing and _depth(cell) == depth:
                told[values] = (*cell[: depth - 1], *[NOT_ASSIGNED] * (len(cell) - depth + 1))
    return told if existing else _rescued(people, told, threshold)


def _rescued(people: Counter[Values], told: dict[Values, Values], threshold: int) -> dict[Values, Values]:
    """The cell that tells nothing gets company until it, too, holds enough people."""
    nothing = (NOT_ASSIGNED,) * _width(people)
    sizes = _sizes(people, told)
    others = sorted((size, cell) for cell, size in sizes.items() if cell != nothing)
    while 0 < sizes[nothing] < threshold and others:
        size, smallest = others.pop(0)
        sizes[nothing] += size
        told = {values: nothing if cell == smallest else cell for values, cell in told.items()}
    return told


def placed(newcomers: Counter[Values], there: dict[int, Cell], threshold: int) -> dict[Values, int]:
    """The number of the cell of each of the newcomers' combinations; `there` holds the wave's cells.

    `there` is brought up to date: it gains new cells, and cells change what they tell. No cell is
    ever shared by fewer people than the threshold while others exist: a few newcomers of a group
    without a cell join the nearest cell, and as long as a cell is too small, such newcomers join it.
    """
    told = coarsened(newcomers, threshold, [cell.values for cell in there.values()])
    sizes = _sizes(newcomers, told)
    numbers = {cell.values: cell.number for cell in there.values()}
    small = [number for number, cell in there.items() if cell.invited < threshold]
    company = small or list(there)
    found = {}
    for values, cell in sorted(told.items()):
        if cell not in numbers and company and (small or sizes[cell] < threshold):
            joined = _nearest(values, [there[number] for number in company])
        else:
            number = numbers.setdefault(cell, len(there))
            joined = there.get(number, Cell(number, cell, 0))
        there[joined.number] = replace(joined, invited=joined.invited + newcomers[values])
        found[values] = joined.number
    return found


def _nearest(values: Values, cells: Iterable[Cell]) -> Cell:
    """The cell that people of a combination join whom no cell fits, with what it tells from then on.

    It is the one that has most of its leading values in common with theirs, the smallest of these,
    and tells only what they have in common.
    """
    found = max(cells, key=lambda cell: (_common(values, cell.values), -cell.invited, -cell.number))
    common = _common(values, found.values)
    return replace(found, values=(*values[:common], *[NOT_ASSIGNED] * (len(values) - common)))


def _common(values: Values, others: Values) -> int:
    """How many leading values are the same."""
    return next(
        (n for n, (one, two) in enumerate(zip(values, others, strict=True)) if one != two), len(values)
    )


def _sizes(people: Counter[Values], told: dict[Values, Values]) -> Counter[Values]:
    sizes: Counter[Values] = Counter()
    for values, n in people.items():
        sizes[told[values]] += n
    return sizes


def _width(people: Counter[Values]) -> int:
    return len(next(iter(people), ()))


def _depth(cell: Values) -> int:
    """How many leading breakdowns the cell still tells."""
    depth = len(cell)
    while depth and cell[depth - 1] == NOT_ASSIGNED:
        depth -= 1
    return depth


def group_values(questionnaire: Questionnaire, named: Mapping[str, str]) -> Values:
    """Breakdown id -> value, as one tuple in the definition's order; absent or empty: not assigned.

    Breakdowns that answers tell are none of the invitation's. Raises BadGroup for an unknown breakdown
    or an unusable value.
    """
    known = [breakdown.id for breakdown in questionnaire.invited_by]
    for breakdown, value in named.items():
        if breakdown not in known:
            raise BadGroup(
                "there is no breakdown {breakdown}; the questionnaire has: {known}",
                breakdown=breakdown, known=", ".join(known) or "-",
            )  # fmt: skip
        _judge_value(breakdown, value)
    return tuple(named.get(breakdown, "").strip() or NOT_ASSIGNED for breakdown in known)


def _judge_value(breakdown: str, value: str) -> None:
    if value.strip() == NOT_ASSIGNED or len(value) > GROUP_LENGTH or not value.isprintable():
        raise BadGroup(
            "{breakdown} has the value {value}; use {n} printable characters at most, and not not_assigned",
            breakdown=breakdown, value=repr(value[:GROUP_LENGTH]), n=GROUP_LENGTH,
        )  # fmt: skip
