"""What a closed wave gives to the people of one group: its results beside the whole, and the charts of these.

Evaluators of single groups and partners see the same: both rooms ask here. Nothing of Flask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from survey import giving
from survey.cells import OneGroup
from survey.charts import Chart, chart, views
from survey.definitions import load
from survey.definitions.model import Questionnaire
from survey.gallery import Gallery, Order
from survey.indicators.beside import Beside, Shows, beside, how_shown
from survey.indicators.model import Results
from survey.language import Language, Text
from survey.monitoring import open_links_said
from survey.store import Store, waves
from survey.store.waves import Wave

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""A chart opened by itself carries its styles inline and loads nothing."""


@dataclass(frozen=True)
class Shared:
    """A group of a closed wave beside the whole, in a language. `release_id` is the release's SHA-256.

    `open_links` is what is to be known of open links beside every figure; None where the wave has none.
    """

    wave: Wave
    questionnaire: Questionnaire
    release_id: str
    group: OneGroup
    beside: Beside
    t: Language
    open_links: Text | None = None


def shared(store: Store, wave: Wave, group: OneGroup, t: Language) -> Shared:
    """What the people of a group may see of a wave. Raises NotClosedYet or NoSuchGroup."""
    questionnaire, whole, release_id = _read(store, wave.id, wave.closed_at)
    together = t("{group} together with others", group=group.value)
    told = open_links_said(store, wave.id)
    return Shared(wave, questionnaire, release_id, group, beside(whole, *group, together), t, told)


@lru_cache(maxsize=16)
def _read(store: Store, wave_id: str, closed_at: datetime | None) -> tuple[Questionnaire, Results, str]:
    """A closed wave never changes: it is read once, as long as it bears the same time of closing."""
    public = giving.public_of(store, wave_id)
    with store.read() as db:
        wave = waves.get(db, wave_id)
    questionnaire = load(wave.definition, wave.questionnaire)
    return questionnaire, public.results(questionnaire), public.identifier


def ways(store: Store, wave: Wave) -> Mapping[OneGroup, Shows]:
    """Every group to which results of a closed wave can be given, and how. Raises NotClosedYet."""
    questionnaire, whole, _ = _read(store, wave.id, wave.closed_at)
    told = [one for one in questionnaire.invited_by if one.id in whole.by]
    return {
        OneGroup(one.id, value): how_shown(whole, one.id, value)
        for one in told
        for value in whole.by[one.id].groups
    }


def charted(of: Shared, what: str) -> bool:
    """Whether a group's page has a chart of this name."""
    names = {"items", *(view for one in of.questionnaire.indicators for view in views(one))}
    return what in names or any(item.id == what for item in of.questionnaire.items)


def order(of: Shared, what: str, form: str) -> Order:
    """A chart of a group beside the whole; the group's name may hold what no file's name can."""
    group = sha256(str(of.group).encode()).hexdigest()[:16]
    return Order(of.wave.id, of.release_id, what, f"{of.group.breakdown}.only-{group}", of.t.code, form)


def drawn(of: Shared, asked: Order, gallery: Gallery) -> bytes:
    """The bytes of a chart's file. Raises what charts and gallery refuse."""

    def made() -> Chart:
        return chart(of.beside.results, of.questionnaire, asked.what, of.t, by=of.group.breakdown)

    return gallery.file(asked, made)
