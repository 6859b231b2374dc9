"""Journey: a wave is closed by a process of its own, while the pages go on being served; how far it is.

Whoever begins it stops the answers, and leaves the rest to a child (`python -m survey.closing INSTANCE
WAVE`), which inherits the lock of closing: there is no instant at which another closing could begin.
How far it is stands in a file of the instance folder, so that any process can show it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

from survey import publishing
from survey.keys import MarkKeys
from survey.language import Text
from survey.publishing import Progress
from survey.settings import Settings, load
from survey.store import Store

FILE = "closing.json"
STEPS = 100
"""How often at most each part of the work says how far it is."""
CHILD = (sys.executable, "-m", "survey.closing")


@dataclass(frozen=True)
class HowFar:
    """Whether anybody closes a wave of the instance, and where it is this wave: at what, 0 to 1."""

    busy: bool
    what: Text | None = None
    share: float = 0.0


def begin(
    store: Store, settings: Settings, wave_id: str, who: str, now: datetime, at_once: bool = False
) -> None:
    """Stop the answers of a wave and let a process of its own do the rest; what was cut short goes on.

    `at_once` stops within the grace period behind the last day, too. Raises UnknownWave, WrongState,
    StillTaken, ClosingElsewhere.
    """
    with store.closing_alone() as lock:
        publishing.stop(store, wave_id, now, who, at_once)
        child = subprocess.Popen(  # noqa: S603 - our own program; a wave's name is letters, digits, - and _
            (*CHILD, str(settings.instance.absolute()), wave_id),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(lock,),
            start_new_session=True,
        )
    # Somebody has to see it end, or it stays in the list of processes.
    Thread(target=child.wait, daemon=True).start()


def reporting(folder: Path, wave_id: str, shown: Progress) -> Progress:
    """A Progress that also writes into the instance folder how far the closing of this wave is."""

    def wrapped(some: Iterable[Any], number: int, what: Text) -> Iterable[Any]:
        step = max(1, number // STEPS)
        for done, one in enumerate(shown(some, number, what)):
            if done % step == 0:
                _write(folder / FILE, {"wave": wave_id, "what": what.message, "share": done / max(number, 1)})
            yield one

    return wrapped


def how_far(store: Store, folder: Path, wave_id: str) -> HowFar:
    """How far the closing of a wave is."""
    if not store.is_closing():
        return HowFar(busy=False)
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return HowFar(busy=True)
    if said["wave"] != wave_id:
        return HowFar(busy=True)
    return HowFar(True, Text(said["what"]), said["share"])


def forget(folder: Path) -> None:
    """There is nothing to report any more."""
    with suppress(OSError):
        (folder / FILE).unlink()


def _write(path: Path, said: dict[str, object]) -> None:
    """How far it is, whole or not at all; a full disk stops no closing."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with suppress(OSError):
        fresh.write_text(json.dumps(said), encoding="utf-8")
        fresh.replace(path)


def main(instance: str, wave_id: str) -> None:
    """What the child does; it has inherited the lock."""
    settings = load({**os.environ, "SURVEY_INSTANCE": instance})
    store, mark_keys = Store(settings.database), MarkKeys(settings.mark_keys)
    shown = reporting(settings.instance, wave_id, lambda some, _number, _what: some)
    try:
        publishing.finish(store, mark_keys, wave_id, datetime.now(UTC), shown)
    finally:
        forget(settings.instance)


if __name__ == "__main__":
    main(*sys.argv[1:])
