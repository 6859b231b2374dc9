"""A row of waves in words: each figure from wave to wave, where it breaks off, what not to read into it."""

from collections.abc import Iterator

from survey.changes import Point, Trend, Trends
from survey.indicators.measures import Path
from survey.indicators.statistics import presentation
from survey.language import Language
from survey.narrative.changes import change_label
from survey.narrative.reasons import reason_text
from survey.narrative.words import AS_COUNTS

NOTHING = "–"


def trend_label(path: Path, found: Trends, t: Language) -> str:
    """The name of a figure as the last wave that has it calls it."""
    of = next(
        side.questionnaire
        for side in reversed(found.sides)
        if any(one.id == path[0] for one in side.questionnaire.indicators)
    )
    return change_label(path, of, t)


def trend_value(point: Point, trend: Trend, t: Language) -> str:
    """3.81 of a mean, 57% of a share (of few answers 4 of 8); a dash where it is not shown."""
    if point.value is None or point.n is None:
        return NOTHING
    if trend.unit == "share" and presentation(point.n) in AS_COUNTS:
        return t("{count} of {n}", count=round(point.value * point.n), n=point.n)
    return _number(point.value, trend, t)


def _number(value: float, trend: Trend, t: Language) -> str:
    return t.percent(value) if trend.unit == "share" else t.number(value, 2)


def trend_interval(point: Point, trend: Trend, t: Language) -> str:
    """3.75 to 3.85; a dash where there is no interval."""
    if point.interval is None:
        return NOTHING
    low, high = (_number(end, trend, t) for end in point.interval)
    return t("{low} to {high}", low=low, high=high)


def trend_why(point: Point, t: Language) -> str:
    """Why a wave shows no value."""
    return t(reason_text(point.reason)) if point.reason else t("not asked")


def break_said(changed: tuple[str, ...], t: Language) -> str:
    """Why what follows is another figure."""
    if changed:
        return t("what was asked has changed ({items})", items=", ".join(changed))
    return t("it is computed otherwise")


def trend_sentence(name: str, trend: Trend, found: Trends, t: Language) -> str:
    """One figure, wave after wave; a break is said where it is."""
    said = "; ".join(_steps(trend, found, t))
    return t("{label}: {said}.", label=name, said=said)


def _steps(trend: Trend, found: Trends, t: Language) -> Iterator[str]:
    for side, point in zip(found.sides, trend.points, strict=True):
        if point.changed is not None:
            yield t("not comparable with what follows, since {why}", why=break_said(point.changed, t))
        about = {"wave": side.results.wave, "value": trend_value(point, trend, t)}
        if point.value is None:
            yield t("{wave} {value} ({why})", **about, why=trend_why(point, t))
        elif point.interval is None:
            yield t("{wave} {value} (n {n})", **about, n=point.n)
        else:
            low, high = (_number(end, trend, t) for end in point.interval)
            yield t("{wave} {value} (n {n}, {low} to {high})", **about, n=point.n, low=low, high=high)


def trend_cautions(found: Trends, t: Language) -> Iterator[str]:
    """What must not be read into a row of waves."""
    if not found.has_baseline:
        yield t(
            "{wave} is not a baseline: nobody was asked before the programme began. What the waves ask about "
            "change is perceived change.",
            wave=t.choose(found.sides[0].results.title),
        )
    yield t("What changed between the waves happened meanwhile, not necessarily because of the programme.")
    yield t(
        "A wave's interval covers chance in that wave. Whether chance explains the difference of two waves, "
        "and whether other people answered, the comparison of these two says."
    )
