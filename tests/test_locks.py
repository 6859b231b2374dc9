"""The locks exclude, across threads, processes and forks; nobody waits for ever; nothing stays open."""

import fcntl
import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from survey.store import DatabaseBusy, NoInstance, Store
from survey.store.connection import FifoLock
from tests.cast import Instance, queued

DESCRIPTORS = Path("/proc/self/fd")
ONE = 3
"""What a thread holds open: the database and two lock files."""
counts_descriptors = pytest.mark.skipif(not DESCRIPTORS.exists(), reason="descriptors are counted in /proc")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.store.connection.READ_LOCK_SECONDS", 0.05)
    monkeypatch.setattr("survey.store.connection.WRITE_LOCK_SECONDS", 0.05)


def read(store: Store) -> int:
    with store.read() as db:
        return int(db.execute("SELECT count(*) FROM evaluator").fetchone()[0])


def write(store: Store) -> None:
    with store.write() as db:
        db.execute("INSERT INTO evaluator(email, added_at) VALUES ('a@b', 'now')")


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"


@contextmanager
def held(path: Path) -> Iterator[None]:
    """A lock file in the hands of somebody else."""
    descriptor = os.open(path, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    yield
    os.close(descriptor)


def is_free(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


@contextmanager
def forked(work: Callable[[Connection], None]) -> Iterator[Connection]:
    """This end of a pipe to a forked child that does `work` with the other."""
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=work, args=(theirs,), daemon=True)
    child.start()
    yield ours
    child.join(30)
    assert child.exitcode == 0


def told(end: Connection) -> object:
    assert end.poll(30), "the child says nothing"
    return end.recv()


@pytest.mark.usefixtures("impatient")
def test_a_forked_process_is_kept_out(instance: Instance) -> None:
    read(instance.store)

    def child(end: Connection) -> None:
        for _ in range(2):
            end.recv()
            try:
                end.send(read(instance.store))
            except DatabaseBusy:
                end.send("busy")

    with forked(child) as end:
        with instance.store.write() as db:
            db.execute("INSERT INTO evaluator(email, added_at) VALUES ('a@b', 'now')")
            end.send("try")
            assert told(end) == "busy"
        end.send("again")
        assert told(end) == 1


def open_files(folder: Path) -> int:
    """How many descriptors of this process lead into a folder."""
    found = 0
    for descriptor in list(DESCRIPTORS.iterdir()):
        # The one that the listing itself used is gone by now.
        with suppress(FileNotFoundError):
            found += descriptor.readlink().is_relative_to(folder)
    return found


@counts_descriptors
def test_a_forked_process_leaves_the_connection_alone(instance: Instance) -> None:
    read(instance.store)

    def child(end: Connection) -> None:
        read(instance.store)
        instance.store.close()
        gc.collect()
        end.send(open_files(instance.store.path.parent))

    with forked(child) as end:
        assert told(end) == 1, "the database as its parent opened it, and nothing of its own"
    assert read(instance.store) == 0


@counts_descriptors
def test_what_a_thread_opened_ends_with_it(instance: Instance) -> None:
    instance.store.close()
    read(instance.store)
    for _ in range(50):
        thread = threading.Thread(target=read, args=(instance.store,))
        thread.start()
        thread.join()
    assert open_files(instance.store.path.parent) == ONE


@counts_descriptors
def test_close_leaves_nothing_open(tmp_path: Path) -> None:
    store = Store(tmp_path / "riscontro.db")
    assert open_files(tmp_path) == 0
    with ThreadPoolExecutor(1) as pool:
        for _ in range(2):
            assert pool.submit(read, store).result() == read(store) == 0
            assert open_files(tmp_path) == 2 * ONE
            store.close()
            assert open_files(tmp_path) == 0


@counts_descriptors
def test_a_refused_database_leaves_nothing_open(tmp_path: Path) -> None:
    (tmp_path / "riscontro.db").write_bytes(b"not a database" * 100)
    with pytest.raises(NoInstance):
        Store(tmp_path / "riscontro.db")
    assert open_files(tmp_path) == 0


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("suffix", [".lock", ".turnstile"])
@pytest.mark.parametrize("use", [read, write])
def test_a_lock_that_is_never_given_back_is_busy(
    instance: Instance, use: Callable[[Store], object], suffix: str
) -> None:
    with held(instance.store.path.with_suffix(suffix)), pytest.raises(DatabaseBusy):
        use(instance.store)
    assert all(is_free(instance.store.path.with_suffix(one)) for one in (".lock", ".turnstile"))
    write(instance.store)


def test_who_leaves_the_queue_is_passed_over() -> None:
    lock = FifoLock()
    with ThreadPoolExecutor(1) as pool, queued(lock, 0):
        with pytest.raises(DatabaseBusy), queued(lock, 0):
            raise AssertionError("unreachable")
        pool.submit(lock.acquire, 30)
        until(lambda: len(lock._waiting) == 1)
        with pytest.raises(DatabaseBusy), queued(lock, 0):
            raise AssertionError("unreachable")
    with pytest.raises(DatabaseBusy), queued(lock, 0):
        raise AssertionError("the thread of the pool holds it")
    lock.release()
    with queued(lock, 0):
        pass


def test_a_writer_who_waits_keeps_later_readers_out(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.store.connection.READ_LOCK_SECONDS", 0.05)
    other = Store(instance.store.path)
    with ThreadPoolExecutor(1) as pool:
        with instance.store.read():
            writing = pool.submit(write, other)
            until(lambda: not is_free(other.path.with_suffix(".turnstile")))
            with pytest.raises(DatabaseBusy):
                read(other)
        writing.result(30)
    assert read(instance.store) == 1
    other.close()
