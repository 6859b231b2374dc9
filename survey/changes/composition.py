"""Who answered in both waves: another mix of groups can look like a change in everybody's opinion."""

from collections.abc import Mapping
from dataclasses import replace

from survey.changes.model import Change, Composition, GroupShare, Side
from survey.counts import Reason
from survey.indicators.comparing import Average
from survey.indicators.measures import Path, measure, measured
from survey.indicators.model import DividedResults, PartResults

COVERED = 0.8
"""The share of each wave's answers to a figure that the groups shown in both must hold: below that, a
difference within them would speak of too few."""


def compositions(earlier: Side, later: Side) -> tuple[Composition, ...]:
    """The mix of those who answered by each breakdown that both waves have, in the later one's order."""
    both = [name for name in later.results.by if name in earlier.results.by]
    return tuple(_composition(name, earlier, later) for name in both)


def _composition(name: str, earlier: Side, later: Side) -> Composition:
    first, second = (_shares(side.results.by[name], side.results.whole) for side in (earlier, later))
    alone = [group for group in second if group in first]
    known = [(first[group], second[group]) for group in alone]
    rest = (1 - sum(one for one, _ in known), 1 - sum(other for _, other in known))
    apart = sum(abs(one - other) for one, other in [*known, rest]) / 2
    names = sorted(first.keys() | second.keys())
    groups = tuple(GroupShare(group, first.get(group), second.get(group)) for group in names)
    return Composition(name, groups, min(1.0, max(0.0, apart)))


def _shares(divided: DividedResults, whole: PartResults) -> Mapping[str, float]:
    """The share of each group that is shown alone among all answers."""
    return {
        name: part.response.responses / whole.response.responses
        for name, part in divided.groups.items()
        if isinstance(part, PartResults) and whole.response.responses
    }


def within_groups(path: Path, change: Change, earlier: Side, later: Side) -> Change:
    """The change with `within`: by each breakdown, what it is inside the groups.

    The difference of each group that both waves show is weighted by its part of the earlier wave's answers
    (direct standardization: Rothman, Greenland and Lash, Modern Epidemiology, 3rd edition, chapter 4). Left
    out where these groups hold less than COVERED of the answers of one of the waves.
    """
    if change.difference is None:
        return change
    found = {
        name: difference
        for name in later.results.by
        if name in earlier.results.by
        and (difference := _standardized(path, change, earlier.results.by[name], later.results.by[name]))
        is not None
    }
    return replace(change, within=found)


def _standardized(path: Path, change: Change, first: DividedResults, second: DividedResults) -> float | None:
    before, after = _values(path, first), _values(path, second)
    both = [name for name in before if name in after]
    weights = {name: before[name][1] for name in both}
    least = min(
        sum(weights.values()) / (change.n_earlier or 1),
        sum(after[name][1] for name in both) / (change.n_later or 1),
    )
    if len(both) < 2 or least < COVERED:
        return None
    total = sum(weights.values())
    return sum(weights[name] * (after[name][0] - before[name][0]) for name in both) / total


def _values(path: Path, divided: DividedResults) -> dict[str, tuple[float, int]]:
    """Value and number of answers of a figure in each group that shows it."""
    found = {}
    for name, part in divided.groups.items():
        if not isinstance(part, PartResults):
            continue
        value = measure(measured(part.indicators)[path])
        if not isinstance(value, Reason):
            found[name] = (value.mean if isinstance(value, Average) else value.share, value.n)
    return found
