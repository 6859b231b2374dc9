"""Cells of tables and the small words around figures: pure, from figures and a Language to text.

The wording rule lives here: under 30 answers a share is said as counts, from 30 to 59 a figure is
to be read with caution. A withheld figure is a dash with its reason in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from survey.counts import Reason
from survey.indicators.model import Interval, Response, ShareFigure
from survey.language import Language, Text, text
from survey.narrative import reason_text
from survey.narrative.words import AS_COUNTS, percent
from survey.store import waves
from survey.store.waves import Wave

DASH = "—"
FEWEST_FOR_PERCENT = 30
"""Invited people under whom a response rate is said as a count."""

MODES: Mapping[str, Text] = {
    "anonymous": text("anonymous"),
    "named": text("named"),
    "panel": text("panel"),
}
PHASES: Mapping[str, Text] = waves.PHASES
STATES: Mapping[str, Text] = {
    "draft": text("not open yet"),
    "open": text("open"),
    "closing": text("being counted"),
    "closed": text("closed"),
}


def closing(wave: Wave) -> datetime | None:
    """When a wave was closed, by the clock of its own time zone."""
    return wave.closed_at and wave.closed_at.astimezone(ZoneInfo(wave.timezone))


@dataclass(frozen=True)
class Cell:
    """One cell of a table: what it says, a note in small print, and how it compares with everybody else.

    `stands_out`: the comparison says more than "too close to call".
    """

    text: str
    note: str = ""
    verdict: str = ""
    stands_out: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table to read: the first cell of each row is the row's own heading; the header may be empty."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


def withheld(reason: Reason | None, threshold: int, t: Language) -> Cell:
    """A dash, and why."""
    return Cell(DASH, t(reason_text(reason, threshold)) if reason else "")


def share_cell(figure: ShareFigure | None, presentation: str | None, t: Language) -> Cell:
    """57 % with its count, or counts alone where there are few answers."""
    if figure is None or figure.count is None or figure.share is None:
        return Cell(DASH)
    if presentation in AS_COUNTS:
        return Cell(count_of(figure.count, figure.n, t))
    return Cell(percent(figure.count, figure.n, t), t.number(figure.count))


def count_of(count: int, n: int, t: Language) -> str:
    """10 of 16."""
    return t("{count} of {n}", count=count, n=n)


def number_cell(value: float | None, t: Language, digits: int = 0) -> Cell:
    """A number, or a dash."""
    return Cell(DASH if value is None else t.number(value, digits))


def interval_cell(interval: Interval | None, t: Language, digits: int = 2) -> Cell:
    """3.75 to 3.85, or a dash."""
    if interval is None:
        return Cell(DASH)
    low, high = interval
    return Cell(t("{low} to {high}", low=t.number(low, digits), high=t.number(high, digits)))


def share_interval_cell(figure: ShareFigure | None, presentation: str | None, t: Language) -> Cell:
    """54% to 60%, or a dash where shares are said as counts."""
    if figure is None or figure.interval is None or presentation in AS_COUNTS:
        return Cell(DASH)
    low, high = figure.interval
    return Cell(t("{low} to {high}", low=t.percent(low), high=t.percent(high)))


def answers(n: int, t: Language) -> str:
    """1,260 answers."""
    return t.plural("{n} answer", "{n} answers", n)


def scale_ends(lowest: int, highest: int, t: Language) -> str:
    """What a mean is out of; scales that do not start at 0 or 1 name both ends."""
    if lowest in (0, 1):
        return t("out of {highest}", highest=highest)
    return t("from {lowest} to {highest}", lowest=t.signed(lowest), highest=t.signed(highest))


def caution(presentation: str | None, t: Language) -> str:
    """The warning of a figure on 30 to 59 answers, else nothing."""
    return t("few answers: read with caution") if presentation == "caution" else ""


def response_rate(rate: float | None, response: Response, t: Language) -> str:
    """33%, or 7 of 16 where few were invited; nothing where the rate is unknown."""
    if rate is None or response.invited is None:
        return ""
    answered = round(rate * response.invited)
    if response.invited < FEWEST_FOR_PERCENT:
        return count_of(answered, response.invited, t)
    return percent(answered, response.invited, t)
