"""Journey: a closed wave -> the files of its results, each made whole, and kept once it is made.

Files that take long (they hold many charts) are made for the pages by a process of their own
(`python -m survey.filing INSTANCE ...`), one in an instance at a time; how far it is stands beside the place
that the file will have. The command makes the same files where they are asked for. Whatever is kept can be
made again: the folder may be deleted at any time.
"""

import fcntl
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any

from survey import definitions, gallery, giving
from survey.changes.paired import PairedChanges, paired_changes
from survey.charts import FORMATS, ORDINARY, OWN, SIZES, Frame, chart
from survey.definitions.model import Questionnaire
from survey.exports.results import bundle, opendata, picturing
from survey.exports.results.bundle import Evidence, Maker
from survey.exports.results.opendata import About
from survey.exports.results.packing import packed
from survey.exports.results.plain import as_csv, as_excel_csv
from survey.exports.results.rows import rows
from survey.exports.results.sheets import sheets
from survey.exports.results.workbook import workbook
from survey.gallery import Gallery, Order
from survey.indicators.model import Results
from survey.indicators.results import results, to_json
from survey.language import Language, Refusal, Text, language, text
from survey.merging import Exported, as_told, exported
from survey.release import from_json
from survey.settings import Settings, load
from survey.store import Store, releases, studies, waves
from survey.store.database import Database
from survey.store.waves import Wave
from survey.study import StudyRelease

Progress = Callable[[Iterable[Any], int, Text], Iterable[Any]]
"""Wraps what is being gone through, told how much there is and what is done, to show how far it is."""
CHARTS = text("drawing charts")
CHILD = (sys.executable, "-m", "survey.filing")
KEY = 16
STEPS = 100


class UnknownFile(Refusal):
    """There is no such file to take away."""


@dataclass(frozen=True)
class Wanted:
    """One file: what (a name of FILES), in which language; of charts also their format and frame.

    `linked`: with what the wave tells together with others of its study, which not everybody may see.
    """

    what: str
    lang: str
    form: str = "png"
    frame: Frame = ORDINARY
    linked: bool = True

    @property
    def name(self) -> str:
        """What it is called behind the wave's id: charts-slide-png-it.zip."""
        stem, ending = self.what.split(".", 1)
        chosen = (*self.frame.words, self.form) if self.what in WITH_FRAME else ()
        spoken = () if self.what in WITHOUT_LANGUAGE else (self.lang,)
        return f"{'-'.join((stem, *chosen, *spoken))}.{ending.replace('excel.', '')}"


@dataclass(frozen=True)
class Closed:
    """A closed wave: its figures, what of its release may leave, and what draws its charts.

    `paired` is what changed in the people who answered an earlier wave of its study, too.
    """

    store: Store
    wave: str
    exported: Exported
    questionnaire: Questionnaire
    results: Results
    gallery: Gallery
    about: About
    paired: tuple[PairedChanges, ...] = ()

    def draw(self, of: Results, release_id: str) -> picturing.Draw:
        """What draws charts of some figures, kept under the identifier given."""

        def drawn(what: str, by: str | None, lang: str, form: str, frame: Frame) -> bytes:
            order = Order(self.wave, release_id, what, by, lang, form, frame)
            return self.gallery.file(order, lambda: chart(of, self.questionnaire, what, language(lang), by))

        return drawn


def closed(store: Store, settings: Settings, wave_id: str, drawing: Gallery) -> Closed:
    """A closed wave by its id. Raises UnknownWave or NotClosedYet."""
    with store.read() as db:
        wave, body = waves.get(db, wave_id), releases.body(db, wave_id)
        linked = _linked(db, wave)
    told = exported(body, wave.definition)
    questionnaire = definitions.load(wave.definition, wave_id)
    figures = results(from_json(body), questionnaire, told.identifier)
    about = About(settings.organizer, settings.open_license, settings.open_area)
    paired = tuple(paired_changes(one, questionnaire) for one in linked)
    return Closed(store, wave_id, told, questionnaire, figures, drawing, about, paired)


def _linked(db: Database, wave: Wave) -> list[StudyRelease]:
    """What a wave tells together with earlier ones: made when it closed, so that it is there for good."""
    return [one for one in studies.releases_of(db, wave.study or "") if one.later == wave.id]


def sees_linked(store: Store, wave: Wave, visible: Container[str]) -> bool:
    """Whether somebody who may see some waves may see all that a wave was linked with."""
    with store.read() as db:
        return all(one.earlier in visible for one in _linked(db, wave))


@dataclass(frozen=True)
class _Job:
    """What a file is made of, and where it shall lie."""

    closed: Closed
    wanted: Wanted
    path: Path
    progress: Progress

    @property
    def t(self) -> Language:
        return language(self.wanted.lang)


def _workbook(job: _Job) -> None:
    of = job.closed
    draw = of.draw(of.results, of.results.release)
    pages = sheets(of.results, of.questionnaire, job.t, of.paired if job.wanted.linked else ())
    number = sum(len(page.pictures) for page in pages)
    drawn = picturing.in_workbook(of.results, of.questionnaire, draw, job.t)
    asked = [pair for page in pages for pair in page.pictures]
    # Drawn and kept first, so that whoever waits sees how far it is.
    found = {pair: drawn(*pair) for pair in job.progress(asked, number, CHARTS)}
    body = workbook(of.results, pages, lambda what, by: found[what, by], job.t)
    job.path.write_bytes(body)


def _json(job: _Job) -> None:
    said = json.dumps(to_json(job.closed.results), ensure_ascii=False, indent=1, allow_nan=False)
    job.path.write_text(f"{said}\n", encoding="utf-8")


def _csv(job: _Job) -> None:
    job.path.write_bytes(as_csv(rows(job.closed.results, job.closed.questionnaire, job.t)))


def _excel(job: _Job) -> None:
    job.path.write_bytes(as_excel_csv(rows(job.closed.results, job.closed.questionnaire, job.t)))


def _charts(job: _Job) -> None:
    of, wanted = job.closed, job.wanted
    draw = of.draw(of.results, of.results.release)
    every = picturing.wanted(of.results, of.questionnaire, job.t)

    def files() -> Iterator[tuple[str, bytes]]:
        for one in job.progress(every, len(every), CHARTS):
            yield from picturing.files(
                of.results, of.questionnaire, one, draw, wanted.form, wanted.frame, job.t
            )

    packed(files(), job.path)


def _open_data(job: _Job) -> None:
    of = job.closed
    told = giving.public_of(of.store, of.wave).published
    written = replace(told, release=as_told(told.release, of.questionnaire))
    packed(opendata.package(written.results(of.questionnaire), of.questionnaire, of.about), job.path)


def _evidence(job: _Job) -> None:
    of = job.closed
    evidence = Evidence.of(of.exported, job.t)
    same = evidence.results == of.results
    # Without single numbers a chart may be another one than that of the wave's page.
    draw = of.draw(evidence.results, evidence.results.release if same else f"{evidence.results.release} told")
    made = bundle.files_of(evidence, draw, Maker(gallery.sources(), gallery.library()))
    packed(job.progress(made, 2 * len(evidence.charts), CHARTS), job.path, sums=True)


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called, what makes it, whether that takes long."""

    label: Text
    make: Callable[[_Job], None]
    long: bool = False


FILES: Mapping[str, Kind] = {
    "results.xlsx": Kind(text("Excel workbook with charts"), _workbook, long=True),
    "results.csv": Kind(text("CSV, for programs"), _csv),
    "results.excel.csv": Kind(text("CSV for Excel in Italy"), _excel),
    "results.json": Kind(text("JSON"), _json),
    "charts.zip": Kind(text("All charts with their numbers"), _charts, long=True),
    "open-data.zip": Kind(text("Open-data package"), _open_data),
    "evidence.zip": Kind(text("Evidence bundle"), _evidence, long=True),
}
WITH_FRAME = ("charts.zip",)
WITHOUT_LANGUAGE = ("results.json", "open-data.zip")
"""What is the same in every language, or holds them all."""


def judge(wanted: Wanted) -> None:
    """Raise UnknownFile for what there is not."""
    if wanted.what not in FILES or wanted.form not in FORMATS or wanted.frame.size not in (OWN, *SIZES):
        raise UnknownFile(
            "there is no file {what}; there are: {known}", what=wanted.what, known=", ".join(FILES)
        )


def write(of: Closed, wanted: Wanted, path: Path, progress: Progress) -> None:
    """Make a file at a path. Raises UnknownFile, DrawingFailed and DrawingBusy."""
    judge(wanted)
    with of.gallery.open():
        FILES[wanted.what].make(_Job(of, wanted, path, progress))


def etag(wanted: Wanted, release_id: str, about: About) -> str:
    """Changes with the release, every choice, the program, and what the instance says of its packages."""
    said = f"{gallery.program()} {release_id} {wanted!r} {about!r}"
    return sha256(said.encode()).hexdigest()[:32]


def place(settings: Settings, wave_id: str, wanted: Wanted, tag: str) -> Path:
    """Where a file is kept once it is made."""
    stem, ending = wanted.name.split(".", 1)
    return settings.files / wave_id / f"{stem}.{wanted.what.split('.')[0]}.{tag[:KEY]}.{ending}"


def made(of: Closed, settings: Settings, wanted: Wanted, tag: str, progress: Progress) -> Path:
    """The kept file, made now where it is not; whole, or not there at all."""
    path = place(settings, of.wave, wanted, tag)
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{secrets.token_hex(8)}")
    try:
        write(of, wanted, fresh, progress)
        fresh.chmod(0o600)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    for old in path.parent.glob(f"{path.name.split('.')[0]}.*.{'?' * KEY}.{path.suffix.lstrip('.')}"):
        if old != path:
            old.unlink(missing_ok=True)
    return path


@dataclass(frozen=True)
class HowFar:
    """Whether a file is being made, and how far that is, 0 to 1."""

    busy: bool
    share: float = 0.0
    failed: bool = False


def begin(settings: Settings, wave_id: str, wanted: Wanted, path: Path) -> None:
    """Let a process of its own make a file, unless one does already."""
    judge(wanted)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with ExitStack() as held:
        lock = held.enter_context(_lock(_beside(path, "lock")))
        if lock is None or path.exists():
            return
        _beside(path, "failed").unlink(missing_ok=True)
        frame = wanted.frame
        said = (
            wanted.what,
            wanted.lang,
            wanted.form,
            frame.size,
            str(int(frame.title)),
            str(int(frame.caption)),
            str(int(wanted.linked)),
        )
        child = subprocess.Popen(  # noqa: S603 - our own program, no word of which comes from outside
            (*CHILD, str(settings.instance.absolute()), wave_id, *said),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(lock,),
            start_new_session=True,
        )
    # Somebody has to see it end, or it stays in the list of processes.
    Thread(target=child.wait, daemon=True).start()


def how_far(path: Path) -> HowFar:
    """How far the making of a file is."""
    if not path.parent.is_dir():
        return HowFar(busy=False)
    with _lock(_beside(path, "lock")) as lock:
        if lock is not None:
            return HowFar(busy=False, failed=_beside(path, "failed").exists())
    try:
        return HowFar(True, float(_beside(path, "far").read_text()))
    except (OSError, ValueError):
        return HowFar(busy=True)


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f".{path.name}.{what}")


@contextmanager
def _lock(path: Path, wait: bool = False) -> Iterator[int | None]:
    """Hold a lock file during the block; None where somebody else does."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield lock
    except BlockingIOError:
        yield None
    finally:
        os.close(lock)


def _reporting(path: Path) -> Progress:
    """A Progress that writes beside a file how far it is; a full disk stops nothing."""

    def wrapped(some: Iterable[Any], number: int, _what: Text) -> Iterable[Any]:
        for done, one in enumerate(some):
            with suppress(OSError):
                fresh = _beside(path, secrets.token_hex(4))
                fresh.write_text(str(min(1.0, done / max(number, 1))))
                fresh.replace(_beside(path, "far"))
            yield one

    return wrapped


def main(instance: str, wave_id: str, *said: str) -> None:
    """What the child does; it has inherited the lock of its file."""
    what, lang, form, size, title, caption, linked = said
    settings = load({**os.environ, "SURVEY_INSTANCE": instance})
    wanted = Wanted(what, lang, form, Frame(size, title == "1", caption == "1"), linked == "1")
    of = closed(Store(settings.database), settings, wave_id, Gallery(settings.charts))
    tag = etag(wanted, of.results.release, of.about)
    path = place(settings, wave_id, wanted, tag)
    try:
        with _lock(settings.files / ".turn", wait=True):
            made(of, settings, wanted, tag, _reporting(path))
    except BaseException:
        _beside(path, "failed").touch()
        raise
    finally:
        _beside(path, "far").unlink(missing_ok=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
