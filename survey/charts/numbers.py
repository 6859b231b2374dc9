"""Numbers: how they are spread, with mean and median marked; without a histogram mean, median and range.

The bars of a histogram stand side by side, each as wide as the others; where bands differ in width or
have no end, the axis says so, and a mark stands in its band as far as it lies between the band's ends.
"""

from collections.abc import Sequence

from survey.charts.asking import NOTHING, Asked, Shown, compose, withheld_cells
from survey.charts.model import Axis, Chart, Mark, Panel, Row, Table
from survey.charts.multiples import MANY, multiples
from survey.indicators.model import Band, ItemFigure, SummaryFigure
from survey.language import Language

MOST_TICKS = 6
DIGITS = 1


def summary_chart(asked: Asked, figures: Sequence[SummaryFigure], title: str, caption: str = "") -> Chart:
    """The distribution, and mean with its interval, median and, where it may be told, the range.

    By groups one panel for each: its distribution where the wave's is shown and groups are few.
    """
    t, told = asked.t, list(zip(asked.parts, figures, strict=True))
    spread = bool(figures[0].histogram) and len(figures) <= MANY
    distributions = _distributions(asked, told) if spread else []
    drawn = [] if spread and asked.by else _summaries(asked, told)
    lead = t("Bars: how the numbers are spread; mean and median are marked.") if spread else ""
    return compose(
        asked,
        title,
        base=asked.base(ItemFigure("number", n=figures[0].n, reason=figures[0].reason)),
        panels=[*distributions, *multiples(drawn)],
        table=_table(asked, told),
        notes=[*_notes(asked, spread, bool(drawn)), *asked.counts_note(figures if spread else ()),
               *asked.star_note(figures)],
        caption=caption,
        lead=lead or t("Mean, median and range."),
        across=2 if asked.by else 1,
    )  # fmt: skip


def _notes(asked: Asked, spread: bool, line: bool) -> list[str]:
    t, notes = asked.t, [asked.left_out()]
    if spread:
        notes.append(t("A bar holds the numbers from its left end to below its right end."))
    if line:
        notes.append(t("Line at the mean: interval (95%), which covers chance only."))
    return notes


Told = Sequence[tuple[Shown, SummaryFigure]]


def _distributions(asked: Asked, told: Told) -> list[Panel]:
    """One histogram for each part, all of them to one measure."""
    largest = max(
        (_share(band, figure) for _, figure in told for band in figure.histogram or ()), default=1.0
    )
    return [_distribution(asked, part.label, figure, largest or 1.0) for part, figure in told]


def _share(band: Band, figure: SummaryFigure) -> float:
    return band.n / (figure.n or 1)


def _distribution(asked: Asked, label: str, figure: SummaryFigure, largest: float) -> Panel:
    t, bands = asked.t, figure.histogram or ()
    title = t("{label} · n {n}", label=label, n=asked.n(figure)) if figure.n else label
    row = Row(
        "",
        values=tuple(_share(band, figure) / largest for band in bands),
        said=tuple(asked.share(band.n, figure) for band in bands),
        points=tuple(_points(asked, figure, bands)) if bands else (),
    )
    withheld = "" if bands else asked.reason(figure.reason or figure.histogram_reason)
    return Panel(
        Mark.HISTOGRAM,
        (row,),
        band_axis(bands, t),
        title if asked.by else "",
        withheld=withheld,
    )


def band_axis(bands: Sequence[Band], t: Language) -> Axis:
    """The ends of the bands, one apart; an end that there is not is said in words."""
    if not bands:
        return Axis(0, 1, ())
    ends = [bands[0].low, *(band.high for band in bands)]
    outer = {0: t("less"), len(bands): t("more")}
    ticks = tuple(
        (float(at), outer.get(at, "") if end is None else t.number(end, None)) for at, end in enumerate(ends)
    )
    return Axis(0, len(bands), ticks)


def _points(asked: Asked, figure: SummaryFigure, bands: Sequence[Band]) -> list[tuple[float, str]]:
    t = asked.t
    mean = "" if figure.mean is None else t("mean {value}", value=t.number(figure.mean, DIGITS))
    median = "" if figure.median is None else t("median {value}", value=t.number(figure.median, DIGITS))
    known = ((figure.mean, mean), (figure.median, median))
    return [(place(value, bands), words) for value, words in known if value is not None]


def place(value: float, bands: Sequence[Band]) -> float:
    """Where a number stands on the axis of the bands; the middle of a band that has no end."""
    at = next((at for at, band in enumerate(bands) if band.high is None or value < band.high), len(bands) - 1)
    low, high = bands[at].low, bands[at].high
    if low is None or high is None:
        return at + 0.5
    return at + min(1.0, max(0.0, (value - low) / (high - low)))


def _summaries(asked: Asked, told: Told) -> list[Panel]:
    """Mean, median and range of each part over one axis."""
    axis = number_axis([end for _, figure in told for end in _ends(figure)], asked.t)
    return [_summary(asked, part.label, figure, axis) for part, figure in told]


def _ends(figure: SummaryFigure) -> list[float]:
    known = (figure.mean, figure.median, figure.min, figure.max, *(figure.interval or ()))
    return [value for value in known if value is not None]


def number_axis(values: Sequence[float], t: Language) -> Axis:
    """An axis around numbers: at most six ticks, at steps of 1, 2 or 5 times a power of ten."""
    lowest, highest = (min(values), max(values)) if values else (0.0, 1.0)
    span = (highest - lowest) or abs(highest) or 1.0
    exponent, step = -9, 1e-9
    while span / step >= MOST_TICKS - 1:
        step, exponent = next_step(step, exponent)
    first, last = int(lowest // step), -int(-highest // step)
    last = max(last, first + 1)
    digits = max(0, -exponent)
    ticks = tuple((at * step, t.number(at * step, digits)) for at in range(first, last + 1))
    return Axis(first * step, last * step, ticks)


def next_step(step: float, exponent: int) -> tuple[float, int]:
    """The step after `step` in 1, 2, 5, 10, 20, ..., and its power of ten."""
    leading = round(step / 10.0**exponent)
    following, exponent = {1: (2, exponent), 2: (5, exponent), 5: (1, exponent + 1)}[leading]
    return following * 10.0**exponent, exponent


def _summary(asked: Asked, label: str, figure: SummaryFigure, axis: Axis) -> Panel:
    t = asked.t
    title = t("{label} · n {n}", label=label, n=asked.n(figure)) if figure.n else label
    rows = [
        _number_row(asked, t("mean"), figure.mean, figure.interval),
        _number_row(asked, t("median"), figure.median, None),
    ]
    if figure.min is not None and figure.max is not None:
        said = t("{low} to {high}", low=figure.min, high=figure.max)
        rows.append(Row(t("range"), beside=(said,), interval=(figure.min, figure.max)))
    withheld = "" if figure.mean is not None else asked.reason(figure.reason)
    return Panel(Mark.DOT, tuple(rows), axis, title if asked.by else "", withheld=withheld)


def _number_row(asked: Asked, label: str, value: float | None, interval: tuple[float, float] | None) -> Row:
    if value is None:
        return Row(label)
    said = asked.t.number(value, DIGITS)
    return Row(label, (value,), (said,), (said,), interval)


def _table(asked: Asked, told: Told) -> Table:
    t = asked.t
    header = (asked.head, t("mean"), t("interval (95%)"), t("median"), t("range"), t("sum"), t("n"))
    spread = (t("distribution"),) if any(figure.histogram for _, figure in told) else ()
    rows = [
        (part.label, *_cells(asked, figure), *_spread(asked, figure)[: len(spread)]) for part, figure in told
    ]
    return Table((*header, *spread), tuple(rows))


def _spread(asked: Asked, figure: SummaryFigure) -> tuple[str]:
    """Every band with its answers, or why there are none."""
    if not figure.histogram:
        return (asked.reason(figure.reason or figure.histogram_reason),)
    told = (f"{band_words(band, asked.t)}: {asked.cell(band.n, figure)}" for band in figure.histogram)
    return ("; ".join(told),)


def band_words(band: Band, t: Language) -> str:
    """From 10 to below 50."""
    if band.low is None:
        return t("below {high}", high=band.high)
    if band.high is None:
        return t("{low} and more", low=band.low)
    return t("{low} to below {high}", low=band.low, high=band.high)


def _cells(asked: Asked, figure: SummaryFigure) -> tuple[str, ...]:
    if figure.mean is None:
        return withheld_cells(asked.reason(figure.reason), 6)
    t = asked.t
    limits = None if figure.min is None or figure.max is None else (figure.min, figure.max)
    return (
        t.number(figure.mean, DIGITS),
        asked.interval(figure.interval, DIGITS),
        NOTHING if figure.median is None else t.number(figure.median, DIGITS),
        NOTHING if limits is None else t("{low} to {high}", low=limits[0], high=limits[1]),
        NOTHING if figure.sum is None else t.number(figure.sum, None),
        asked.n(figure),
    )
