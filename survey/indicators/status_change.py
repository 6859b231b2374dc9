"""The status change: a tally of before/after pairs -> nets, movers and transitions."""

from survey import pairs as tallied
from survey.counts import Reason, pair_figure
from survey.definitions.model import StatusChange
from survey.indicators import margins, statistics, tallies
from survey.indicators.model import Interval, StatusChangeFigure, StuartMaxwell
from survey.indicators.scope import Scope
from survey.indicators.tallies import Pairs
from survey.release import Tallied


def status_change(indicator: StatusChange, scope: Scope) -> StatusChangeFigure:
    """Nets, movers, transitions and tests of the complete pairs; who gave one side is counted apart.

    Of a group in which a status before had few people only the margins and nets: see `survey.pairs`.
    """
    tally = scope.figure(pair_figure(indicator.id))
    if isinstance(tally, Reason):
        return StatusChangeFigure(reason=tally)
    statuses = scope.questionnaire.item(indicator.before).codes
    if not (scope.is_whole or scope.is_named):
        tally = tallied.of_group(tally)  # releases of earlier programs hold more than may be told
    if tallied.are_margins(tally):
        return _margins_alone(tally, statuses)
    return _all_of_it(tallies.pairs(tally), statuses)


def _margins_alone(tally: Tallied, statuses: tuple[str, ...]) -> StatusChangeFigure:
    before, after = (
        {status: tally.get(side + status, 0) for status in statuses}
        for side in (tallied.BEFORE, tallied.AFTER)
    )
    n, few = sum(before.values()), Reason.TOO_FEW_PER_STATUS
    return StatusChangeFigure(
        n=n,
        net=_net(before, after),
        before=before,
        after=after,
        only_before=tally[tallied.ONLY_BEFORE],
        only_after=tally[tallied.ONLY_AFTER],
        presentation=statistics.presentation(n),
        interval_reason=few,
        transitions_reason=few,
        stuart_maxwell=StuartMaxwell(reason=few),
    )


def _all_of_it(pairs: Pairs, statuses: tuple[str, ...]) -> StatusChangeFigure:
    before, after = pairs.margin(0, statuses), pairs.margin(1, statuses)
    movers = sum(n for (was, now), n in pairs.complete.items() if was != now)
    intervals = _intervals(pairs, statuses)
    return StatusChangeFigure(
        n=pairs.n,
        movers=movers,
        net=_net(before, after),
        net_interval=intervals,
        before=before,
        after=after,
        transitions=_transitions(pairs, statuses),
        only_before=pairs.only_before,
        only_after=pairs.only_after,
        presentation=statistics.presentation(pairs.n),
        reason=None if pairs.n else Reason.NO_ANSWERS,
        interval_reason=None if any(intervals.values()) else _why_no_interval(pairs.n, movers),
        stuart_maxwell=margins.stuart_maxwell(pairs, statuses),
        mcnemar=margins.mcnemar(pairs, statuses) or None,
    )


def _why_no_interval(n: int, movers: int) -> Reason:
    if not n:
        return Reason.NO_ANSWERS
    return Reason.NO_SPREAD if movers else Reason.NOBODY_MOVED


def _net(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    net = {status: after[status] - before[status] for status in before}
    if sum(net.values()):
        raise AssertionError(f"the nets of complete pairs sum to {sum(net.values())}, not to 0")
    return net


def _intervals(pairs: Pairs, statuses: tuple[str, ...]) -> dict[str, Interval | None]:
    return {status: statistics.net_interval(*pairs.moves(status), pairs.n) for status in statuses}


def _transitions(pairs: Pairs, statuses: tuple[str, ...]) -> dict[str, dict[str, int]]:
    return {was: {now: pairs.complete.get((was, now), 0) for now in statuses} for was in statuses}
