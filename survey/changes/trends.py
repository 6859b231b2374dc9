"""Any number of waves of one questionnaire in a row: each figure in each wave, and where it breaks off."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from survey.changes.figures import Value, comparable_figures, item_codes, item_value
from survey.changes.model import NotComparable, Side
from survey.counts import Reason
from survey.definitions.comparing import Comparison, compare
from survey.indicators.comparing import Average
from survey.indicators.measures import Path, measure, measured
from survey.indicators.model import Interval, ItemFigure
from survey.indicators.statistics import FEWEST_FOR_INTERVAL, mean_bounds, share_interval

PHASES = ("baseline", "monitoring", "final")
Key = tuple[str, ...]
"""Of a figure its place, of a question its id and a code ("" its mean)."""
Changed = Callable[[Key, int, int], tuple[str, ...] | None]
"""The items that changed between two waves, by their positions, for a figure; None: it is the same one."""


@dataclass(frozen=True)
class Point:
    """One figure in one wave, in its own unit (shares 0 to 1).

    `interval` (95 %) has no finite population correction, as waves are set side by side. `reason` says why
    there is no value, or no interval; where neither is there, the wave has no such figure. `changed` names
    the items that read differently in the last wave before that had the figure (none of them: it was
    computed otherwise); None where nothing changed. `joined`: a line from the wave before is meaningful.
    """

    value: float | None = None
    n: int | None = None
    interval: Interval | None = None
    reason: Reason | None = None
    changed: tuple[str, ...] | None = None
    joined: bool = False


@dataclass(frozen=True)
class Trend:
    """A figure over the waves; `unit` is "mean" or "share"."""

    unit: str
    points: tuple[Point, ...]

    @property
    def breaks(self) -> tuple[int, ...]:
        """At which waves the figure is another one than before."""
        return tuple(at for at, point in enumerate(self.points) if point.changed is not None)


@dataclass(frozen=True)
class Trends:
    """Waves in the order in which they closed: figures by place, questions by id and code."""

    sides: tuple[Side, ...]
    figures: Mapping[Path, Trend]
    items: Mapping[str, Mapping[str, Trend]]

    @property
    def linked(self) -> bool:
        """Whether the waves are of named organizations, which answer each time."""
        return self.sides[0].results.mode == "named"

    @property
    def has_baseline(self) -> bool:
        """Whether the first wave was taken as the baseline of the programme."""
        return self.sides[0].results.phase == "baseline"


def trends(sides: Sequence[Side]) -> Trends:
    """Two or more closed waves of one questionnaire and mode, given in any order.

    Raises NotComparable for fewer, for a wave given twice, for different questionnaires or modes.
    """
    _judge(sides)
    ordered = tuple(sorted(sides, key=lambda side: (side.results.closed, PHASES.index(side.results.phase))))
    steps = [compare(one.questionnaire, other.questionnaire) for one, other in pairwise(ordered)]
    items: dict[str, dict[str, Trend]] = {}
    for (item, code), trend in _items(ordered, steps).items():
        items.setdefault(item, {})[code] = trend
    return Trends(ordered, _figures(ordered), items)


def _judge(sides: Sequence[Side]) -> None:
    if len(sides) < 2:
        raise NotComparable("a trend needs at least two waves; name another closed wave")
    names = [side.results.wave for side in sides]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise NotComparable("{wave} is named twice; name each wave once", wave=twice)
    first = sides[0].results
    for other in (side.results for side in sides[1:]):
        if (other.questionnaire, other.mode) != (first.questionnaire, first.mode):
            raise NotComparable(
                "{one} asked “{first}” ({mode}) and {other} asked “{second}” ({other_mode}): a trend goes "
                "over waves of one questionnaire and one mode only",
                one=first.wave, first=first.questionnaire, mode=first.mode,
                other=other.wave, second=other.questionnaire, other_mode=other.mode,
            )  # fmt: skip


def _figures(sides: Sequence[Side]) -> dict[Path, Trend]:
    """Every figure of the last wave first, then those that only earlier waves have."""
    told = [
        {path: measure(figure) for path, figure in measured(side.results.whole.indicators).items()}
        for side in sides
    ]
    paths = dict.fromkeys(path for each in reversed(told) for path in each)
    broken: dict[tuple[int, int], Mapping[Path, tuple[str, ...]]] = {}

    def changed(path: Path, before: int, at: int) -> tuple[str, ...] | None:
        if (before, at) not in broken:
            pair = sides[before], sides[at]
            questionnaires = (side.questionnaire for side in pair)
            broken[before, at] = comparable_figures(*pair, compare(*questionnaires))[1]
        return broken[before, at].get(path)

    return {path: _trend([each.get(path) for each in told], path, changed) for path in paths}


def _items(sides: Sequence[Side], steps: Sequence[Comparison]) -> dict[tuple[str, str], Trend]:
    """Every question of the last wave, by its mean or its options."""
    found: dict[tuple[str, str], Trend] = {}

    def changed(item: Key, before: int, at: int) -> tuple[str, ...] | None:
        alike = all(item[0] in step.comparable for step in steps[before:at])
        return None if alike else (item[0],)

    for item in sides[-1].questionnaire.items:
        figures = [side.results.whole.items.get(item.id) for side in sides]
        for code in item_codes(*(figure for figure in figures if figure is not None)):
            values = [_of_item(figure, code) for figure in figures]
            found[item.id, code] = _trend(values, (item.id, code), changed)
    return found


def _of_item(figure: ItemFigure | None, code: str) -> Value | Reason | None:
    """What a wave says of a code of an item; None where it has no such code."""
    if figure is None:
        return None
    return figure.reason or (item_value(figure, code) if code in item_codes(figure) else None)


def _trend(values: Sequence[Value | Reason | None], key: Key, changed: Changed) -> Trend:
    """The points of one figure: a wave of another unit has another figure, not this one."""
    shown = [value for value in values if value is not None and not isinstance(value, Reason)]
    unit = type(shown[-1]) if shown else Average
    points: list[Point] = []
    last: int | None = None
    for at, value in enumerate(values):
        mine = value if isinstance(value, unit | Reason) else None
        point = _point(mine)
        if mine is not None and last is not None:
            why = changed(key, last, at)
            joined = why is None and last == at - 1 and None not in (point.value, points[last].value)
            point = replace(point, changed=why, joined=joined)
        last = at if mine is not None else last
        points.append(point)
    return Trend("mean" if unit is Average else "share", tuple(points))


def _point(value: Value | Reason | None) -> Point:
    if value is None:
        return Point()
    if isinstance(value, Reason):
        return Point(reason=value)
    if isinstance(value, Average):
        interval, reason = mean_bounds(value.mean, value.sd, value.n)
        return Point(value.mean, value.n, interval, reason)
    if value.n < FEWEST_FOR_INTERVAL:
        return Point(value.share, value.n, None, Reason.TOO_FEW_FOR_INTERVAL)
    interval, reason = share_interval(value.count, value.n, None)
    return Point(value.share, value.n, interval, reason)
