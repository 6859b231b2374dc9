"""Whoever asks for a sign-in link by mail: not too often, and without learning who is an evaluator.

Whether an address is known decides nothing before the reply: it is looked up, and the mail is sent, by
a thread of its own. How often somebody has asked is remembered in memory only, as keyed hashes, for a
quarter of an hour.
"""

import logging
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from queue import Full, Queue
from threading import Lock, Thread

from survey import admitting
from survey.language import Language
from survey.mail.sending import Refused
from survey.settings import Settings
from survey.store import Store
from survey.store.evaluators import UnknownEvaluator

WITHIN = timedelta(minutes=15)
MAILS_OF_ONE_ADDRESS = 3
QUESTIONS_OF_ONE_CLIENT = 30
"""Many colleagues share the address of their office."""
MOST_REMEMBERED = 10_000
MOST_WAITING = 100

Job = Callable[[], None]
_log = logging.getLogger(__name__)


class Throttle:
    """Lets the same name pass a number of times within some time."""

    def __init__(self, most: int, within: timedelta = WITHIN, remembered: int = MOST_REMEMBERED) -> None:
        self._most, self._within, self._remembered = most, within, remembered
        self._key = secrets.token_bytes(32)
        self._passed: OrderedDict[bytes, deque[datetime]] = OrderedDict()
        self._guard = Lock()

    def lets_pass(self, name: str, now: datetime) -> bool:
        """Whether this name may pass once more; only then it counts."""
        hashed = blake2b(name.encode("utf-8", "surrogateescape"), key=self._key, digest_size=16).digest()
        with self._guard:
            self._forget(now)
            passed = self._passed.setdefault(hashed, deque())
            while passed and passed[0] <= now - self._within:
                passed.popleft()
            if len(passed) >= self._most:
                return False
            passed.append(now)
            self._passed.move_to_end(hashed)
            return True

    def _forget(self, now: datetime) -> None:
        """Drop who passed too long ago, and the oldest where there are too many."""
        while self._passed:
            oldest = next(iter(self._passed))
            passed = self._passed[oldest]
            if len(self._passed) < self._remembered and passed and passed[-1] > now - self._within:
                return
            del self._passed[oldest]


class Letterbox:
    """Does one job after the other in a thread of its own, which begins with the first."""

    def __init__(self) -> None:
        self._jobs: Queue[Job] = Queue(MOST_WAITING)
        self._guard = Lock()
        self._worker: Thread | None = None

    def drop(self, job: Job) -> None:
        """Leave a job to be done; where far too many wait it is dropped, and the log says so."""
        with self._guard:
            if self._worker is None or not self._worker.is_alive():
                self._worker = Thread(target=self._work, daemon=True)
                self._worker.start()
        try:
            self._jobs.put_nowait(job)
        except Full:
            _log.error("too many sign-in mails are waiting; one was dropped")

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                job()
            except Exception as failure:
                # Neither the address nor what a server said of it belongs into a log.
                code = failure.code if isinstance(failure, Refused) else ""
                _log.error("a sign-in mail could not be sent: %s %s", type(failure).__name__, code)


class Doorbell:
    """What the sign-in page rings."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._addresses = Throttle(MAILS_OF_ONE_ADDRESS)
        self._clients = Throttle(QUESTIONS_OF_ONE_CLIENT)
        self._letterbox = Letterbox()

    @property
    def works(self) -> bool:
        """Whether mail can be sent at all."""
        return self._settings.mail_server is not None and bool(self._settings.mail_from)

    def ring(self, email: str, client: str, t: Language) -> bool:
        """Ask for a link to be mailed to an address; False where this client has asked too often.

        Raises BadAddress. Whether the address is an evaluator's shows in nothing.
        """
        now, kept = datetime.now(UTC), admitting.address(email)
        if not self._clients.lets_pass(client, now):
            return False
        if self._addresses.lets_pass(kept, now):
            self._letterbox.drop(lambda: self._mail(kept, t))
        return True

    def _mail(self, email: str, t: Language) -> None:
        try:
            admitting.mail_link(self._store, self._settings, email, t, datetime.now(UTC))
        except UnknownEvaluator:
            return
