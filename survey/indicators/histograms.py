"""The histogram of a number item: by the bands that the definition declares, or by bands of a round width."""

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count, pairwise

from survey.counts import HOW_MANY, Reason, band_category
from survey.definitions.model import Item
from survey.indicators import tallies
from survey.indicators.model import Band
from survey.indicators.statistics import Values
from survey.release import Tallied

Histogram = tuple[tuple[Band, ...] | None, Reason | None]
"""Bands from the lowest to the highest, or why there are none."""


def bounded(bands: tuple[Band, ...], threshold: int) -> tuple[Band, ...]:
    """Bands whose two ends hold nobody or the threshold of answers, the outermost joined until they do.

    The lowest and the highest number that somebody gave are one person's answers, and a narrow band would
    tell them. Bands that nobody is in stay: they are where the numbers are not.
    """
    return _turned(_joined(_turned(_joined(bands, threshold)), threshold))


def _joined(bands: tuple[Band, ...], threshold: int) -> tuple[Band, ...]:
    """The first band in which somebody is, with as many after it as it takes to hold the threshold."""
    first = next((place for place, band in enumerate(bands) if band.n), len(bands))
    last, total = first, sum(band.n for band in bands[first : first + 1])
    while total < threshold and last + 1 < len(bands):
        last += 1
        total += bands[last].n
    if last == first:
        return bands
    joined = Band(bands[first].low, bands[last].high, total)
    return (*bands[:first], joined, *bands[last + 1 :])


def _turned(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    """The bands seen from the other end."""
    return tuple(Band(band.high, band.low, band.n) for band in reversed(bands))


def declared(item: Item, lows: Sequence[float], tally: Tallied) -> Histogram:
    """The answers in each band: `lows` are their rising lower ends, and the last band has no end.

    Values below the first are told where the item allows them.
    """
    ends: list[float | None] = [None, *lows] if item.minimum < lows[0] else [*lows]
    if HOW_MANY not in tally:
        counted = _counted(item, tally, lows)
    elif all(band_category(low) in tally for low in lows):
        counted = [tally.get(band_category(low), 0) for low in (None, *lows)]
    else:
        return None, Reason.NOT_ADDITIVE
    highs = [*ends[1:], None]
    numbers = counted[len(counted) - len(ends) :]
    return tuple(Band(*edges) for edges in zip(ends, highs, numbers, strict=True)), None


def _counted(item: Item, tally: Tallied, lows: Sequence[float]) -> list[int]:
    """How many values are below the first low, then in each band."""
    counted, exact = [0] * (len(lows) + 1), [Decimal(repr(low)) for low in lows]
    for value, n in tallies.answered(tally).items():
        counted[sum(low <= Decimal(value) for low in exact)] += n
    return counted


def automatic(values: Values) -> tuple[Band, ...]:
    """Bands of one width that is 1, 2 or 5 times a power of ten, from the lowest value to the highest.

    About as many as Sturges advises (The choice of a class interval, JASA 21, 1926): log2 n + 1.
    """
    present = [value for value, n in values.counts.items() if n]
    if not present:
        return ()
    lowest, highest = min(present), max(present)
    wanted = math.ceil(math.log2(values.n)) + 1
    width = next(step for step in _round_widths() if step * wanted > highest - lowest)
    first = lowest // width * width
    edges = range(first, highest + width + 1, width)
    return tuple(
        Band(low / values.unit, high / values.unit, _between(values, low, high))
        for low, high in pairwise(edges)
    )


def _round_widths() -> Iterator[int]:
    for power in count():
        for times in (1, 2, 5):
            yield times * 10**power


def _between(values: Values, low: int, high: int) -> int:
    return sum(n for value, n in values.counts.items() if low <= value < high)
