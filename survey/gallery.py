"""Charts drawn once and kept: an order -> the bytes of its file.

A closed wave never changes, so a chart is drawn once for each release, choice and version of the
program. Its file lies in the instance folder, readable by its owner only. Nothing is kept that
cannot be drawn again: the folder may be deleted at any time, and where it cannot be written charts
are drawn each time.

A child process draws, one chart at a time in the whole instance. It is started for the first that
waits and serves all who come while it draws; when nobody waits any more it is dismissed.
"""

import fcntl
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from survey.charts import ORDINARY, Chart, Frame, standard
from survey.charts.apart import LONGEST, Draughtsman, DrawingFailed
from survey.definitions.model import Questionnaire
from survey.language import INTERFACE, Refusal

__all__ = ["DrawingBusy", "DrawingFailed", "Gallery", "Order", "standard_orders"]

MOST_WAITING = 6
"""Requests of one process that may wait for a chart: fewer than its threads, which others need too."""
PAUSE = 0.02
"""Seconds between two looks at whether another process has finished drawing."""
KEY = 16
NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_,-]+)*")
"""Choices of which a file's name can be made (a comma joins the two of a cross); nothing else has a chart."""
SOURCES = ("*.py", "*.mo")


class DrawingBusy(Refusal):
    """Too many charts are being waited for."""

    def __init__(self) -> None:
        super().__init__("other charts are being drawn at this moment: please try again")


@dataclass(frozen=True)
class Order:
    """One file of one chart: what is charted, by which groups, in which language, format and frame.

    `release_id` tells a release from all others.
    """

    wave: str
    release_id: str
    what: str
    by: str | None
    lang: str
    format: str
    frame: Frame = ORDINARY

    @property
    def etag(self) -> str:
        """Changes with the release, with every choice, and with the program that draws."""
        return sha256(f"{program()} {self!r}".encode()).hexdigest()[:32]

    @property
    def choices(self) -> str:
        """All but release and program, as the beginning of a file's name; ids hold no dot."""
        return ".".join(filter(None, (self.what, self.by, self.lang, *self.frame.words)))


def standard_orders(wave: str, release: str, questionnaire: Questionnaire) -> list[Order]:
    """The charts that every evaluator looks at: all standard ones of the whole wave, as SVG."""
    return [
        Order(wave, release, what, None, lang, "svg")
        for what in standard(questionnaire)
        for lang in INTERFACE
    ]


@lru_cache(maxsize=1)
def program() -> str:
    """What draws, in one word: other sources or another drawing library may draw otherwise."""
    return sha256(f"{library()} {sources()}".encode()).hexdigest()


def library() -> str:
    """The drawing library with its version."""
    return f"matplotlib {version('matplotlib')}"


@lru_cache(maxsize=1)
def sources() -> str:
    """The program's own sources in one word: others may word and lay out otherwise."""
    said, room = sha256(), Path(__file__).parent
    for path in sorted(found for pattern in SOURCES for found in room.rglob(pattern)):
        said.update(path.read_bytes())
    return said.hexdigest()


class Gallery:
    """The kept charts of one instance, and the child that draws the others."""

    def __init__(self, folder: Path, seconds: float = LONGEST) -> None:
        self._folder = folder
        self._seconds = seconds
        self._guard = Lock()
        self._turn = Lock()
        self._waiting = 0
        self._drawing = ExitStack()
        self._draughtsman: Draughtsman | None = None

    def file(self, order: Order, chart: Callable[[], Chart]) -> bytes:
        """The file of an order, kept or drawn now from the Chart that `chart` makes.

        Raises what `chart` raises, DoesNotFit, DrawingFailed and DrawingBusy.
        """
        found = self.kept(order)
        if found is not None:
            return found
        made = chart()
        with self.open(), self._turn:
            return self.kept(order) or self._drawn(order, made)

    def kept(self, order: Order) -> bytes | None:
        """The file of an order that was drawn before."""
        if not NAME.fullmatch(order.choices):
            return None
        try:
            return self._path(order).read_bytes() or None
        except OSError:
            return None

    @contextmanager
    def open(self) -> Iterator[None]:
        """During the block the child, once started, goes on for the next chart. Raises DrawingBusy."""
        with self._guard:
            if self._waiting >= MOST_WAITING:
                raise DrawingBusy
            self._waiting += 1
        try:
            yield
        finally:
            with self._guard:
                self._waiting -= 1
            if not self._waiting:
                self._close()

    def _close(self) -> None:
        """Dismiss the child, unless somebody has come meanwhile."""
        with self._turn:
            if not self._waiting:
                self._dismiss()

    def _drawn(self, order: Order, chart: Chart) -> bytes:
        try:
            body = self._child().draw(chart, order.format, order.frame)
        except DrawingFailed:
            self._dismiss()
            raise
        with suppress(OSError):
            self._keep(order, body)
        return body

    def _child(self) -> Draughtsman:
        if self._draughtsman is None:
            with ExitStack() as starting:
                starting.enter_context(self._alone())
                self._draughtsman = starting.enter_context(Draughtsman(self._folder, self._seconds))
                self._drawing = starting.pop_all()
        return self._draughtsman

    def _dismiss(self) -> None:
        self._draughtsman = None
        self._drawing.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes of the instance from drawing; where no file can be made, nobody is kept."""
        lock = -1
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if lock >= 0:
                _wait(lock, self._seconds)
            yield
        finally:
            if lock >= 0:
                os.close(lock)

    def _keep(self, order: Order, body: bytes) -> None:
        """Put a file in its place in one step; those of other releases and programs go."""
        path = self._path(order)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f".{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        for old in path.parent.glob(f"{order.choices}.{'?' * KEY}.{order.format}"):
            if old != path:
                old.unlink(missing_ok=True)

    def _path(self, order: Order) -> Path:
        return self._folder / order.wave / f"{order.choices}.{order.etag[:KEY]}.{order.format}"


def _wait(lock: int, seconds: float) -> None:
    """Wait for a lock file. Raises DrawingBusy."""
    patience = time.monotonic() + seconds
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > patience:
                raise DrawingBusy from None
            time.sleep(PAUSE)
