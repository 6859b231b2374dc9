"""One SQLite file, its locks and its connections.

A rollback journal that is truncated (a write-ahead log would keep a diary of who answered when),
deleted content overwritten, a commit durable before anybody is thanked. Writers queue first in,
first out behind a lock of this process and then behind `flock`, before BEGIN IMMEDIATE: waiting in
SQLite's busy handler is unfair and slow. Readers take the same lock file shared.

Everybody comes to that lock through a second one, the turnstile, and leaves it as soon as the first
is taken. A writer who waits thus keeps later readers out; without it, readers who overlap would keep
the writer out for as long as they come. Nobody waits for ever: `flock` itself has no time limit, so
a lock that is not free is asked for again and again, until DatabaseBusy.
"""

import fcntl
import os
import sqlite3
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from survey.language import Refusal
from survey.store import migrations
from survey.store.database import Database

BUSY_SECONDS = 5.0
"""How long SQLite waits for a program that does not know our locks."""
READ_LOCK_SECONDS = 10.0
WRITE_LOCK_SECONDS = 10.0
"""How long a reader and a writer wait for our locks, the writers' queue included."""
GLANCE_SECONDS = 0.2
"""How long whoever wants to close waits for somebody who only looks whether anybody does."""
SHORTEST_PAUSE = 0.0002
LONGEST_PAUSE = 0.005
GROWTH = 1.1
"""Seconds between two attempts at a lock file: short for what is soon free, about a tenth of the wait."""
_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
)
_inherited: list[sqlite3.Connection] = []
"""Connections of the process that this one was forked from: SQLite forbids to use or to close them here."""


class DatabaseBusy(Refusal):
    """Another program holds the database, or the disk is full; nothing was stored."""

    def __init__(self) -> None:
        super().__init__(
            "the database cannot be written at this moment; nothing was stored: please try again"
        )


class ClosingElsewhere(Refusal):
    """Another program is closing a wave of this instance at this moment."""

    def __init__(self) -> None:
        super().__init__(
            "another program is closing a wave at this moment; wait until it is done, then repeat"
        )


class SendingElsewhere(Refusal):
    """Another program is sending mails of this instance at this moment."""

    def __init__(self) -> None:
        super().__init__(
            "another program is sending mails of this instance at this moment; it sends what is queued, too"
        )


class NoInstance(Refusal):
    """The instance folder or the database in it cannot be used."""


class FifoLock:
    """A lock that is handed over in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False

    def acquire(self, seconds: float) -> None:
        """Hold the lock from now on; DatabaseBusy if it is not handed over within `seconds`."""
        with self._guard:
            if not self._held:
                self._held = True
                return
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        if not gate.acquire(timeout=seconds):
            self._leave(gate)

    def _leave(self, gate: threading.Lock) -> None:
        """Leave the queue - or return, holding the lock, where it was handed over at the last instant."""
        with self._guard:
            if gate in self._waiting:
                self._waiting.remove(gate)
                raise DatabaseBusy

    def release(self) -> None:
        """Hand the lock to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


class _Opened:
    """One thread's connection and its two lock files, closed with the thread or by `close`."""

    def __init__(self, path: Path) -> None:
        self.pid = os.getpid()
        with ExitStack() as opened:
            self._lock = _lock_file(path.with_suffix(".lock"), opened)
            self._turnstile = _lock_file(path.with_suffix(".turnstile"), opened)
            connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            opened.callback(_close, connection, self.pid)
            path.chmod(0o600)
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            self.db = Database(connection)
            self.close = weakref.finalize(self, opened.pop_all().close)
        # At exit other threads may still be at work: the system closes what they hold.
        self.close.atexit = False

    def lock(self, how: int, deadline: float) -> None:
        """Take the database's lock, shared or exclusively. Raises DatabaseBusy as `_take` does."""
        _take(self._turnstile, how, deadline)
        try:
            _take(self._lock, how, deadline)
        finally:
            fcntl.flock(self._turnstile, fcntl.LOCK_UN)

    def unlock(self) -> None:
        """Give the database's lock back."""
        fcntl.flock(self._lock, fcntl.LOCK_UN)

    @contextmanager
    def locked(self, how: int, deadline: float) -> Iterator[None]:
        """Hold the database's lock during the block. Raises DatabaseBusy as `_take` does."""
        self.lock(how, deadline)
        try:
            yield
        finally:
            self.unlock()


class Store:
    """The database of one instance folder, safe to share between threads and to carry over a fork.

    A thread's blocks do not nest: inside one, it would wait for itself.
    """

    def __init__(self, path: Path) -> None:
        """Open (and so recover after a crash), create or migrate the file, and close it again.

        Raises NoInstance where the folder cannot be written or the file is no database,
        NewerDatabase where a later version of the program made it, and DatabaseBusy.
        """
        self.path = path
        self._writers = FifoLock()
        self._local = threading.local()
        self._opened: weakref.WeakSet[_Opened] = weakref.WeakSet()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            mine = self._mine()
            with mine.locked(fcntl.LOCK_EX, time.monotonic() + WRITE_LOCK_SECONDS):
                migrations.apply(mine.db)
        except (OSError, sqlite3.Error) as failure:
            raise NoInstance(
                "{path} cannot be used: {why}; check the folder and its permissions, or name another "
                "one with SURVEY_INSTANCE",
                path=str(path), why=str(failure),
            ) from failure  # fmt: skip
        finally:
            self.close()

    def read(self) -> "_Reading":
        """A connection to read from; no writer is at work until the block ends, so keep it short.

        Raises DatabaseBusy where a writer, or a foreign program, keeps the database to itself.
        """
        return _Reading(self._mine)

    def write(self) -> "_Writing":
        """A transaction: all of the block or nothing.

        Raises DatabaseBusy where others keep the database to themselves, or SQLite cannot write.
        """
        return _Writing(self._mine, self._writers)

    @contextmanager
    def closing_alone(self) -> Iterator[int]:
        """Be the only program that closes a wave of this instance; nobody who answers has to wait for it.

        Yields the descriptor of the lock: a child process that inherits it keeps the lock until it ends.
        Raises ClosingElsewhere at once where another one closes. A program that is killed lets go.
        """
        with ExitStack() as opened:
            lock = _lock_file(self.path.with_suffix(".closing"), opened)
            try:
                _take(lock, fcntl.LOCK_EX, time.monotonic() + GLANCE_SECONDS)
            except DatabaseBusy:
                raise ClosingElsewhere from None
            yield lock

    def is_closing(self) -> bool:
        """Whether some program closes a wave of this instance at this moment."""
        with ExitStack() as opened:
            return not _taken(_lock_file(self.path.with_suffix(".closing"), opened), fcntl.LOCK_SH)

    @contextmanager
    def sending_alone(self) -> Iterator[None]:
        """Be the only program that sends mails of this instance, so that a claim left behind is known.

        Raises SendingElsewhere at once where another one does. A program that is killed lets go.
        """
        with ExitStack() as opened:
            if not _taken(_lock_file(self.path.with_suffix(".sending"), opened), fcntl.LOCK_EX):
                raise SendingElsewhere
            yield

    def close(self) -> None:
        """Close every thread's connection and lock files; used again, the store opens new ones."""
        for one in list(self._opened):
            one.close()
        self._local = threading.local()

    def _mine(self) -> _Opened:
        """What this thread has opened, in this process."""
        mine: _Opened | None = getattr(self._local, "opened", None)
        if mine is None or mine.pid != os.getpid():
            mine = self._local.opened = _Opened(self.path)
            self._opened.add(mine)
        return mine


class _Reading:
    """The block of `Store.read`; a class, because each page of a respondent pays for it."""

    def __init__(self, mine: Callable[[], _Opened]) -> None:
        self._open = mine

    def __enter__(self) -> Database:
        try:
            self._mine = self._open()
        except sqlite3.OperationalError as failure:
            raise DatabaseBusy from failure
        self._mine.lock(fcntl.LOCK_SH, time.monotonic() + READ_LOCK_SECONDS)
        return self._mine.db

    def __exit__(self, _: object, failure: BaseException | None, __: object) -> None:
        self._mine.unlock()
        if isinstance(failure, sqlite3.OperationalError):
            raise DatabaseBusy from failure


class _Writing:
    """The block of `Store.write`: whatever it takes is given back in the opposite order, come what may."""

    def __init__(self, mine: Callable[[], _Opened], writers: FifoLock) -> None:
        self._open = mine
        self._writers = writers

    def __enter__(self) -> Database:
        deadline = time.monotonic() + WRITE_LOCK_SECONDS
        try:
            self._mine = self._open()
            self._writers.acquire(WRITE_LOCK_SECONDS)
            try:
                self._begin(deadline)
            except BaseException:
                self._writers.release()
                raise
        except sqlite3.OperationalError as failure:
            raise DatabaseBusy from failure
        return self._mine.db

    def _begin(self, deadline: float) -> None:
        self._mine.lock(fcntl.LOCK_EX, deadline)
        try:
            self._mine.db.conn.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._mine.unlock()
            raise

    def __exit__(self, _: object, failure: BaseException | None, __: object) -> None:
        try:
            self._end(failure is None)
        except sqlite3.OperationalError as busy:
            raise DatabaseBusy from busy
        finally:
            self._mine.unlock()
            self._writers.release()
        if isinstance(failure, sqlite3.OperationalError):
            raise DatabaseBusy from failure

    def _end(self, well: bool) -> None:
        conn = self._mine.db.conn
        try:
            if well:
                conn.execute("COMMIT")
        finally:
            if conn.in_transaction:
                conn.execute("ROLLBACK")


def _lock_file(path: Path, opened: ExitStack) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    opened.callback(os.close, descriptor)
    return descriptor


def _close(connection: sqlite3.Connection, pid: int) -> None:
    """Close a connection where it was opened; a forked process only keeps it out of the way."""
    if pid == os.getpid():
        connection.close()
    else:
        _inherited.append(connection)


def _take(descriptor: int, how: int, deadline: float) -> None:
    """Lock a file, shared or exclusively. Raises DatabaseBusy at the deadline (of the monotonic clock)."""
    pause = SHORTEST_PAUSE
    while not _taken(descriptor, how):
        if time.monotonic() >= deadline:
            raise DatabaseBusy
        time.sleep(pause)
        pause = min(GROWTH * pause, LONGEST_PAUSE)


def _taken(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
