"""Each published group beside the rest of the wave: everybody who answered and is not in it.

The rest is the whole's tally less the group's. Both are published, so it tells nothing new. Groups are
never compared with the total that contains them: the group itself would make the two alike.
"""

from collections.abc import Mapping
from dataclasses import replace

from survey.counts import Reason
from survey.indicators.comparing import Average, Contrast, Proportion, holm, newcombe, welch
from survey.indicators.measures import Measured, Path, measure, measured, replaced
from survey.indicators.model import Comparison, DividedResults, Figure, OthersResults, PartResults
from survey.indicators.statistics import FEWEST_FOR_INTERVAL
from survey.release import Part, Tallied

ALPHA = 0.05
"""`p_holm` below which a difference is more than chance explains."""


def rest_of(whole: Part, group: Part) -> Part:
    """Everybody in the whole wave but one group; a figure is withheld where one of the two is."""
    return Part(
        invited=None,
        population=None,
        responses=whole.responses - group.responses,
        complete=whole.complete - group.complete,
        partial=whole.partial - group.partial,
        figures={
            name: _less(figure, group.figures.get(name, Reason.WHOLE_ONLY))
            for name, figure in whole.figures.items()
        },
    )


def _less(whole: Tallied | Reason, group: Tallied | Reason) -> Tallied | Reason:
    if isinstance(whole, Reason):
        return whole
    if isinstance(group, Reason):
        return group
    return {category: n - group.get(category, 0) for category, n in whole.items()}


def contrasted(divided: DividedResults, rests: Mapping[str, Mapping[str, Figure]]) -> DividedResults:
    """The groups of a breakdown with `against_rest`; `rests` holds the rest's figures beside each group."""
    shown = {
        name: measured(part.indicators)
        for name, part in divided.groups.items()
        if isinstance(part, PartResults)
    }
    beside = {name: measured(rests[name]) for name in shown}
    paths = list(next(iter(shown.values()), {}))
    families = {
        path: _family({name: (shown[name][path], beside[name][path]) for name in shown}) for path in paths
    }
    groups = {
        name: _with(part, {path: families[path][name] for path in paths})
        if isinstance(part, PartResults)
        else part
        for name, part in divided.groups.items()
    }
    return DividedResults(groups, tuple(_uncompared(pool) for pool in divided.others))


def _with(part: PartResults, comparisons: Mapping[Path, Comparison]) -> PartResults:
    figures = measured(part.indicators)
    changed = {path: replace(figures[path], against_rest=one) for path, one in comparisons.items()}
    return replace(part, indicators=replaced(part.indicators, changed))


def _uncompared(pool: OthersResults) -> OthersResults:
    why_not = Comparison(reason=Reason.NOT_ONE_GROUP)
    paths = measured(pool.results.indicators)
    return replace(pool, results=_with(pool.results, dict.fromkeys(paths, why_not)))


def _family(pairs: Mapping[str, tuple[Measured, Measured]]) -> dict[str, Comparison]:
    """One figure of every group beside its rest, p adjusted over the groups that have one."""
    found = {name: _contrast(*pair) for name, pair in pairs.items()}
    contrasts = {name: one for name, one in found.items() if isinstance(one, Contrast)}
    adjusted = dict(zip(contrasts, holm([one.p for one in contrasts.values()]), strict=True))
    return {
        name: Comparison(reason=one) if isinstance(one, Reason) else _comparison(one, adjusted[name])
        for name, one in found.items()
    }


def _comparison(contrast: Contrast, p_holm: float) -> Comparison:
    direction = "higher" if contrast.difference > 0 else "lower"
    return Comparison(
        contrast.difference,
        contrast.interval,
        contrast.p,
        p_holm,
        direction if p_holm < ALPHA else "too_close",
    )


def _contrast(figure: Measured, beside: Measured) -> Contrast | Reason:
    group, rest = measure(figure), measure(beside)
    if isinstance(group, Reason):
        return group
    if not beside.n and beside.reason in (None, Reason.NO_ANSWERS):
        return Reason.NO_REST
    if isinstance(rest, Reason):
        return rest
    if min(group.n, rest.n) < FEWEST_FOR_INTERVAL:
        return Reason.TOO_FEW_FOR_INTERVAL
    return _compared(group, rest) or Reason.NO_SPREAD


def _compared(group: Average | Proportion, rest: Average | Proportion) -> Contrast | None:
    if isinstance(group, Average) and isinstance(rest, Average):
        return welch(group, rest)
    if isinstance(group, Proportion) and isinstance(rest, Proportion):
        return newcombe(group, rest)
    raise TypeError("a mean and a share cannot be compared")
