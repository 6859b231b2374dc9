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
    same, broken = comparable_figures(earlier, later, comparison)
    found = {path: _figure(before[path], after[path], linked) for path in same}
    return _adjusted(found), broken


def comparable_figures(earlier: Side, later: Side, comparison: Comparison) -> tuple[list[Path], Broken]:
    """The figures that mean the same in both waves, and the others with the items that changed.

    Of no item where a figure is computed otherwise or stands in one wave only.
    """
    before = measured(earlier.results.whole.indicators)
    after = measured(later.results.whole.indicators)
    older, newer = earlier.questionnaire, later.questionnaire
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
    for code in item_codes(before, after):
        yield code, (item_value(before, code), item_value(after, code))


def item_codes(*figures: ItemFigure) -> tuple[str, ...]:
    """What of an item is compared between waves, the latest given last: "" its mean, else each code."""
    if figures[-1].kind == "text":
        return ()
    if figures[-1].kind in ("scale", "number"):
        return ("",)
    return next((tuple(one.counts) for one in reversed(figures) if one.counts), ())


def item_value(of: ItemFigure, code: str) -> Value | Reason:
    """The mean of an item where the code is "", else the share of a code; or why it is not shown."""
    return _share(of, code) if code else _mean(of)


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
    judged = adjusted_verdicts({key: (change.p, change.difference) for key, change in found.items()})
    return {
        key: replace(change, p_holm=judged[key][0], verdict=judged[key][1]) for key, change in found.items()
    }


def adjusted_verdicts(
    found: Mapping[Key, tuple[float | None, float | None]],
) -> dict[Key, tuple[float | None, str | None]]:
    """Of each (p, difference): p adjusted over all that have one (Holm), and the verdict that goes by it."""
    ps = {key: p for key, (p, _) in found.items() if p is not None}
    adjusted = dict(zip(ps, holm(list(ps.values())), strict=True))
    return {key: (adjusted.get(key), _verdict(adjusted.get(key), one[1])) for key, one in found.items()}


def _verdict(p_holm: float | None, difference: float | None) -> str | None:
    if p_holm is None or difference is None:
        return None
    direction = "higher" if difference > 0 else "lower"
    return direction if p_holm < ALPHA else "too_close"
