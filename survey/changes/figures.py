"""Figure by figure: the later wave's less the earlier one's, where both were asked the same."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import TypeVar

from survey.changes.model import Change, Side
from survey.counts import Reason
from survey.definitions.comparing import Comparison
from survey.definitions.model import Indicator, Profile, Questionnaire
from survey.indicators.comparing import Average, Contrast, Proportion, holm, newcombe, welch
from survey.indicators.contrasts import ALPHA
from survey.indicators.measures import Measured, Path, items_behind, measure, measured
from survey.indicators.model import ItemFigure
from survey.indicators.statistics import FEWEST_FOR_INTERVAL

Value = Average | Proportion
Broken = dict[Path, tuple[str, ...]]
Key = TypeVar("Key")


def figures_compared(
    earlier: Side, later: Side, comparison: Comparison, linked: bool
) -> tuple[dict[Path, Change], Broken]:
    """The changes of all means, shares, recommendations and dimensions, and what could not be compared.

    p is adjusted (Holm) over all of them. A figure whose definition or items changed is among the broken.
    """
    before = measured(earlier.results.whole.indicators)
    after = measured(later.results.whole.indicators)
    same, broken = _comparable(before, after, earlier.questionnaire, later.questionnaire, comparison)
    found = {path: _figure(before[path], after[path], linked) for path in same}
    return _adjusted(found), broken


def _comparable(
    before: Mapping[Path, Measured],
    after: Mapping[Path, Measured],
    older: Questionnaire,
    newer: Questionnaire,
    comparison: Comparison,
) -> tuple[list[Path], Broken]:
    usable = set(comparison.comparable)
    same: list[Path] = []
    broken: Broken = {path: () for path in (*after, *before) if path not in before or path not in after}
    for path in after:
        if path in broken:
            continue
        changed = tuple(item for item in items_behind(path, newer) if item not in usable)
        if changed or not _defined_alike(path, older, newer):
            broken[path] = changed
        else:
            same.append(path)
    return same, broken


def _defined_alike(path: Path, older: Questionnaire, newer: Questionnaire) -> bool:
    """Whether a figure is computed in the same way; what it is called does not matter."""
    return _computed(path, older) == _computed(path, newer)


def _computed(path: Path, of: Questionnaire) -> object:
    indicator: Indicator = of.indicator(path[0])
    if isinstance(indicator, Profile):
        return items_behind(path, of)
    return type(indicator), [getattr(indicator, one.name) for one in fields(indicator) if one.name != "label"]


def _figure(before: Measured, after: Measured, linked: bool) -> Change:
    return _change(measure(before), measure(after), linked)


def items_compared(
    earlier: Side, later: Side, comparison: Comparison, linked: bool
) -> dict[str, dict[str, Change]]:
    """The changes of every comparable item: its mean, or the share of each of its options.

    p is adjusted over all of them together.
    """
    found = {
        (name, code): _change(*pair, linked)
        for name in comparison.comparable
        for code, pair in _values(earlier.results.whole.items[name], later.results.whole.items[name])
    }
    changes: dict[str, dict[str, Change]] = {}
    for (name, code), change in _adjusted(found).items():
        changes.setdefault(name, {})[code] = change
    return changes


def _values(
    before: ItemFigure, after: ItemFigure
) -> Iterator[tuple[str, tuple[Value | Reason, Value | Reason]]]:
    """What of an item is compared: "" its mean, else the share of a code."""
    if before.kind == "text":
        return
    if before.kind in ("scale", "number"):
        yield "", (_mean(before), _mean(after))
        return
    for code in after.counts or before.counts or {}:
        yield code, (_share(before, code), _share(after, code))


def _mean(of: ItemFigure) -> Value | Reason:
    if of.reason is not None:
        return of.reason
    if of.mean is None or of.sd is None or of.n is None:
        return Reason.TOO_FEW_FOR_INTERVAL
    return Average(of.mean, of.sd, of.n)


def _share(of: ItemFigure, code: str) -> Value | Reason:
    if of.reason is not None or not of.n or of.counts is None:
        return of.reason or Reason.NO_ANSWERS
    return Proportion(of.counts.get(code, 0), of.n)


def _change(before: Value | Reason, after: Value | Reason, linked: bool) -> Change:
    """Two values side by side, p not adjusted yet; what is withheld in one wave has no difference."""
    if isinstance(before, Reason) or isinstance(after, Reason):
        return _one_sided(before, after)
    unit = "mean" if isinstance(before, Average) else "share"
    first, second = _value(before), _value(after)
    shown = Change(unit, first, second, before.n, after.n, second - first)
    if linked:
        return replace(shown, reason=Reason.MAY_BE_LINKED)
    if min(before.n, after.n) < FEWEST_FOR_INTERVAL:
        return replace(shown, reason=Reason.TOO_FEW_FOR_INTERVAL)
    contrast = _contrast(after, before)
    if contrast is None:
        return replace(shown, reason=Reason.NO_SPREAD)
    return replace(shown, interval=contrast.interval, p=contrast.p)


def _one_sided(before: Value | Reason, after: Value | Reason) -> Change:
    shown = before if not isinstance(before, Reason) else after
    change = Change("mean" if isinstance(shown, Average) else "share")
    if not isinstance(before, Reason):
        change = replace(change, earlier=_value(before), n_earlier=before.n)
    if not isinstance(after, Reason):
        change = replace(change, later=_value(after), n_later=after.n)
    why = before if isinstance(before, Reason) else after
    return replace(change, reason=why if isinstance(why, Reason) else None)


def _value(of: Value) -> float:
    return of.mean if isinstance(of, Average) else of.share


def _contrast(after: Value, before: Value) -> Contrast | None:
    if isinstance(after, Average) and isinstance(before, Average):
        return welch(after, before)
    if isinstance(after, Proportion) and isinstance(before, Proportion):
        return newcombe(after, before)
    raise TypeError("a mean and a share cannot be compared")


def _adjusted(found: Mapping[Key, Change]) -> dict[Key, Change]:
    """The same changes with p adjusted over all that have one, and their verdicts."""
    ps = {key: change.p for key, change in found.items() if change.p is not None}
    adjusted = dict(zip(ps, holm(list(ps.values())), strict=True))
    return {key: _judged(change, adjusted.get(key)) for key, change in found.items()}


def _judged(change: Change, p_holm: float | None) -> Change:
    if p_holm is None or change.difference is None:
        return change
    direction = "higher" if change.difference > 0 else "lower"
    return replace(change, p_holm=p_holm, verdict=direction if p_holm < ALPHA else "too_close")
