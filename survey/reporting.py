"""Journey: a closed wave and its baseline -> its report, as a value, a page or a file."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from survey import giving
from survey.changes import NotComparable, Side, changes
from survey.changes.paired import PairedChanges, paired_changes
from survey.charts import Chart, changes_chart, chart, paired_chart
from survey.definitions import load
from survey.exports.report import Facts, Report, report
from survey.exports.report.model import Picture
from survey.exports.report.pages import TEMPLATES, page
from survey.exports.report.pairing import STUDY, of_crowds
from survey.exports.report.styles import BadTemplate
from survey.exports.report.word import word
from survey.gallery import Gallery, Order, program
from survey.language import language
from survey.monitoring import standing
from survey.settings import Settings
from survey.store import Store, studies, waves
from survey.store.database import Database
from survey.store.waves import EVERYTHING, Wave

FORMS = ("docx", "html")
PICTURES = {"docx": "png", "html": "svg"}
"""In which format each form of a report holds its charts."""


@dataclass(frozen=True)
class Asked:
    """What is asked for: a wave's report in a language, compared with `baseline` (None: the one found).

    `visible` are the waves that whoever asks may see.
    """

    wave: str
    lang: str
    baseline: str | None = None
    visible: Container[str] = EVERYTHING


@dataclass(frozen=True, eq=False)
class Released:
    """A closed wave with what may be reported of it."""

    wave: Wave
    side: Side
    release_id: str


@dataclass(frozen=True)
class Made:
    """A report with the facts that it was made from."""

    report: Report
    facts: Facts
    wave: str

    def picture(self, which: Picture) -> Chart:
        """The chart of one of its figures."""
        t = language(self.report.language)
        if which.what == STUDY and self.facts.paired is not None:
            return paired_chart(self.facts.paired, t)
        if which.other is not None and (changed := of_crowds(self.facts)) is not None:
            return changes_chart(changed, t)
        return chart(self.facts.results, self.facts.questionnaire, which.what, t, by=which.by)

    def order(self, which: Picture, form: str) -> Order:
        """Under which name the gallery keeps it.

        That of a named wave has a name of its own: a report shows less than an evaluator sees.
        """
        release_id = self.facts.release_id
        if which.what == STUDY:
            release_id = self.facts.paired_id
        elif which.other is not None:
            # With the change of the same people it leaves some figures out, and is another chart.
            every = (*sorted((release_id, self.facts.earlier_id)), self.facts.paired_id)
            release_id = sha256(" ".join(filter(None, every)).encode()).hexdigest()
        what = f"report-{which.what}" if self.facts.results.mode == "named" else which.what
        by = which.other if which.other is not None else which.by
        return Order(self.wave, release_id, what, by, self.report.language, form)


class Reporter:
    """Makes the reports of one instance; its charts come from the gallery."""

    def __init__(self, store: Store, gallery: Gallery, settings: Settings) -> None:
        self._store, self._gallery, self._settings = store, gallery, settings

    def make(self, asked: Asked) -> Made:
        """The report as a value. Raises UnknownWave, NotClosedYet and, for `baseline`, NotComparable."""
        later = self._released(asked.wave, asked.visible)
        earlier = self._earlier(later, asked)
        return _made(self._store, later, earlier, asked.lang, self._settings.organizer)

    def baselines(self, asked: Asked) -> list[Wave]:
        """The waves that this one can be compared with, the latest first. Raises as `make` does."""
        later = self._released(asked.wave, asked.visible)
        with self._store.read() as db:
            return _before(db, later.wave, asked.visible)

    def picture(self, made: Made, which: Picture, form: str) -> bytes:
        """The file of a figure, kept or drawn now. Raises what the gallery raises."""
        return self._gallery.file(made.order(which, form), lambda: made.picture(which))

    def file(self, made: Made, form: str, template: Path | None = None) -> bytes:
        """The report as "docx" or "html"; the same bytes for the same facts and template.

        `template` takes the place of the instance's own. Raises BadTemplate and what the gallery raises.
        """
        with self._gallery.open():
            return FILES[form](self, made, self.template(template), _called(template, self._settings))

    def template(self, path: Path | None = None) -> bytes | None:
        """The content of a template, else of the instance's own, else None. Raises BadTemplate."""
        own = self._settings.report_template
        if path is None and not own.exists():
            return None
        try:
            return (path or own).read_bytes()
        except OSError as failure:
            raise BadTemplate(
                "{name} cannot be read ({why}); name a .docx document",
                name=str(path or own), why=str(failure.strerror),
            ) from failure  # fmt: skip

    def etag(self, made: Made, form: str) -> str:
        """Changes with the releases, with every choice, with the template and with the program."""
        told = (
            made.facts.release_id,
            made.facts.earlier_id,
            made.facts.paired_id,
            made.facts.organizer,
            str(made.facts.open_links),
        )
        said = sha256(repr((program(), made.report.language, form, told)).encode())
        for path in sorted(TEMPLATES.iterdir()):
            said.update(path.read_bytes())
        said.update(self.template() or b"")
        return said.hexdigest()[:32]

    def _released(self, wave_id: str, visible: Container[str]) -> Released:
        with self._store.read() as db:
            wave = waves.get(db, wave_id, visible)
        return _released(self._store, wave.id, wave.closed_at)

    def _earlier(self, later: Released, asked: Asked) -> Released | None:
        """The wave named, else the latest baseline that closed before; None where there is none."""
        if asked.baseline is not None:
            found = self._released(asked.baseline, asked.visible)
            if found.side.results.closed > later.side.results.closed:
                raise NotComparable(
                    "{other} closed after {wave}: a report looks back; name a wave that closed earlier",
                    other=asked.baseline, wave=asked.wave,
                )  # fmt: skip
            return found
        with self._store.read() as db:
            before = _before(db, later.wave, asked.visible)
        known = next((wave.id for wave in before if wave.phase == "baseline"), None)
        return None if known is None else self._released(known, asked.visible)


def _word(reporter: Reporter, made: Made, template: bytes | None, name: str) -> bytes:
    return word(made.report, lambda which: reporter.picture(made, which, "png"), template, name)


def _html(reporter: Reporter, made: Made, template: bytes | None, name: str) -> bytes:
    return page(made.report, lambda which: reporter.picture(made, which, "svg")).encode()


FILES: dict[str, Callable[[Reporter, Made, bytes | None, str], bytes]] = {"docx": _word, "html": _html}


def _called(template: Path | None, settings: Settings) -> str:
    return str(template or settings.report_template)


def _before(db: Database, wave: Wave, visible: Container[str]) -> list[Wave]:
    """The closed waves of the same questionnaire and mode that closed before, the latest first."""
    found = [
        one
        for one in waves.of_questionnaire(db, wave.questionnaire)
        if one.id in visible and one.id != wave.id and one.state == "closed" and one.mode is wave.mode
        and one.closed_at and wave.closed_at and one.closed_at <= wave.closed_at
    ]  # fmt: skip
    return sorted(found, key=lambda one: (str(one.closed_at), one.id), reverse=True)


@lru_cache(maxsize=16)
def _released(store: Store, wave_id: str, closed_at: datetime | None) -> Released:
    """Read once, as long as the wave bears the same time of closing."""
    told = giving.public_of(store, wave_id).published
    with store.read() as db:
        wave = waves.get(db, wave_id)
    questionnaire = load(wave.definition, wave.questionnaire)
    return Released(wave, Side(told.results(questionnaire), questionnaire), told.identifier)


@lru_cache(maxsize=16)
def _made(store: Store, later: Released, earlier: Released | None, lang: str, organizer: str) -> Made:
    """Composed once: a page of the report asks for each of its charts."""
    of_wave = standing(store, later.wave.id)
    paired, paired_id = _paired(store, later, earlier)
    facts = Facts(
        results=later.side.results,
        questionnaire=later.side.questionnaire,
        release_id=later.release_id,
        definition_id=later.wave.sha256,
        opens=later.wave.opens,
        closes=later.wave.closes,
        closed=_closed_at(later),
        population=later.wave.population.how,
        organizer=organizer,
        program=version("riscontro"),
        open_links=of_wave.open_links_said,
        by_open_links=of_wave.by_open_links,
        changes=changes(earlier.side, later.side) if earlier else None,
        earlier_id=earlier.release_id if earlier else "",
        paired=paired,
        paired_id=paired_id,
    )
    return Made(report(facts, language(lang)), facts, later.wave.id)


def _paired(store: Store, later: Released, earlier: Released | None) -> tuple[PairedChanges | None, str]:
    """What changed in the people who answered both, where the two waves were linked, and its identifier."""
    if earlier is None:
        return None, ""
    pair = earlier.wave.id, later.wave.id
    with store.read() as db:
        found, release_id = studies.release_of(db, *pair), studies.release_id(db, *pair)
    return (None, "") if found is None else (paired_changes(found, later.side.questionnaire), release_id)


def _closed_at(of: Released) -> datetime:
    closed = datetime.fromisoformat(of.side.results.closed)
    return closed.astimezone(ZoneInfo(of.wave.timezone))
