"""Files of people between their preview and its confirmation: in the instance folder, for an hour at most.

A list of people is kept out of the database and its copies until it is confirmed. A file has a random
name, can be read by the program's user alone, belongs to one wave and one evaluator, and goes away when
it is confirmed or discarded, and otherwise after an hour: with the next look at any list, or by the server
(`swept`).
"""

import json
import os
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from survey.language import Refusal

KEPT_FOR = timedelta(hours=1)
SWEEP = 600.0
"""Seconds between two looks of a server at what has waited too long."""
_TOKEN = re.compile(r"[0-9a-f]{32}")


class UploadGone(Refusal):
    """The file is not kept any more, or never was of this wave and evaluator."""

    def __init__(self) -> None:
        super().__init__(
            "the file is not kept any more: it was confirmed, discarded, or waited for more than an hour; "
            "upload it again"
        )


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its own name and its bytes."""

    name: str
    content: bytes


class Uploads:
    """The folder of files that wait for confirmation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, upload: Upload, wave: str, who: str, now: datetime) -> str:
        """Keep a file; returns the token by which it is found."""
        self.sweep(now)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        token = secrets.token_hex(16)
        head = json.dumps({"wave": wave, "who": who, "name": upload.name}).encode()
        path = self._folder / token
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(head + b"\n" + upload.content)
        os.utime(path, (now.timestamp(), now.timestamp()))
        return token

    def get(self, token: str, wave: str, who: str, now: datetime) -> Upload:
        """The file of a token. Raises UploadGone."""
        self.sweep(now)
        if not _TOKEN.fullmatch(token):
            raise UploadGone
        try:
            head, _, content = (self._folder / token).read_bytes().partition(b"\n")
        except FileNotFoundError:
            raise UploadGone from None
        told = json.loads(head)
        if (told["wave"], told["who"]) != (wave, who):
            raise UploadGone
        return Upload(told["name"], content)

    def remove(self, token: str) -> None:
        """Forget a file, whether it is there or not."""
        if _TOKEN.fullmatch(token):
            (self._folder / token).unlink(missing_ok=True)

    def sweep(self, now: datetime) -> None:
        """Forget every file that has waited too long."""
        oldest = (now - KEPT_FOR).timestamp()
        for path in self._folder.glob("*") if self._folder.exists() else ():
            with suppress(FileNotFoundError):  # another request was faster
                if path.stat().st_mtime < oldest:
                    path.unlink()


@contextmanager
def swept(uploads: Uploads, clock: Callable[[], datetime]) -> Iterator[None]:
    """While the block lasts, files that have waited too long go away even if nobody looks at a list."""
    ended = threading.Event()

    def sweep() -> None:
        uploads.sweep(clock())
        while not ended.wait(SWEEP):
            uploads.sweep(clock())

    thread = threading.Thread(target=sweep, name="uploads", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
