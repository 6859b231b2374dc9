"""The files of charts, drawn once for each release and choice; the first one loads matplotlib."""

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version

from survey.charts import chart, render
from survey.language import language
from survey.web.access import ClosedWave

PROGRAM = version("riscontro")


@dataclass(frozen=True)
class Order:
    """One file of one chart. Two orders are the same where release and choices are."""

    wave: str
    release_id: str
    what: str
    by: str | None
    lang: str
    format: str
    closed: ClosedWave = field(compare=False, repr=False)

    @property
    def etag(self) -> str:
        """Changes with the release, with every choice, and with the program that draws."""
        return sha256(f"{PROGRAM} {self!r}".encode()).hexdigest()[:32]


@lru_cache(maxsize=64)
def drawn(order: Order) -> bytes:
    """The bytes of a chart's file. Raises UnknownChart, UnknownBreakdown, NoChart."""
    t = language(order.lang)
    asked = chart(order.closed.results, order.closed.questionnaire, order.what, t, by=order.by)
    return render(asked, order.format)
