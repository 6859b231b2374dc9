"""The status change: a tally of before/after pairs -> nets, movers and transitions."""

from survey.counts import Reason, pair_figure
from survey.definitions.model import StatusChange
from survey.indicators import statistics, tallies
from survey.indicators.model import Interval, StatusChangeFigure
from survey.indicators.scope import Scope
from survey.indicators.tallies import Pairs

FEWEST_PER_STATUS = 10
"""People whom a status before must hold (or none) for a group's transitions to be shown."""


def status_change(indicator: StatusChange, scope: Scope) -> StatusChangeFigure:
    """Nets, movers and transitions of the complete pairs; people who gave one side are counted apart."""
    tally = scope.figure(pair_figure(indicator.id))
    if isinstance(tally, Reason):
        return StatusChangeFigure(reason=tally)
    statuses = scope.questionnaire.item(indicator.before).codes
    pairs = tallies.pairs(tally)
    before, after = pairs.margin(0, statuses), pairs.margin(1, statuses)
    shown = scope.is_whole or scope.is_named or _enough_per_status(before)
    movers = sum(n for (was, now), n in pairs.complete.items() if was != now)
    intervals = _intervals(pairs, statuses)
    return StatusChangeFigure(
        n=pairs.n,
        movers=movers,
        net=_net(before, after),
        net_interval=intervals,
        before=before,
        after=after,
        transitions=_transitions(pairs, statuses) if shown else None,
        only_before=pairs.only_before,
        only_after=pairs.only_after,
        presentation=statistics.presentation(pairs.n),
        reason=None if pairs.n else Reason.NO_ANSWERS,
        interval_reason=None if any(intervals.values()) else _why_no_interval(pairs.n, movers),
        transitions_reason=None if shown else Reason.TOO_FEW_PER_STATUS,
    )


def _why_no_interval(n: int, movers: int) -> Reason:
    if not n:
        return Reason.NO_ANSWERS
    return Reason.NO_SPREAD if movers else Reason.NOBODY_MOVED


def _enough_per_status(before: dict[str, int]) -> bool:
    return all(n == 0 or n >= FEWEST_PER_STATUS for n in before.values())


def _net(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    net = {status: after[status] - before[status] for status in before}
    if sum(net.values()):
        raise AssertionError(f"the nets of complete pairs sum to {sum(net.values())}, not to 0")
    return net


def _intervals(pairs: Pairs, statuses: tuple[str, ...]) -> dict[str, Interval | None]:
    return {status: statistics.net_interval(*pairs.moves(status), pairs.n) for status in statuses}


def _transitions(pairs: Pairs, statuses: tuple[str, ...]) -> dict[str, dict[str, int]]:
    return {was: {now: pairs.complete.get((was, now), 0) for now in statuses} for was in statuses}
