"""The keys in the instance folder: the secret key of links and sessions, mark keys of waves, study keys.

They are files of their own, readable by their owner only, kept out of the database and so out of
its copies. A mark key is destroyed when its wave closes: from then on nobody can tell who answered. The
key of a study lasts for all its waves and is destroyed by `survey study end`.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from survey.language import Refusal
from survey.settings import Settings, split_keys
from survey.tokens import new_key


class UnusableKey(Refusal):
    """A key file, or the folder that it belongs in, cannot be used."""

    def __init__(self, path: Path, failure: Exception) -> None:
        super().__init__(
            "the key {path} cannot be used ({why}); check the folder and its permissions",
            path=str(path), why=str(getattr(failure, "strerror", None) or failure),
        )  # fmt: skip


class MarkKeyLost(Refusal):
    """The mark key of an open wave is gone, so its links cannot be honoured."""


class StudyKeyLost(Refusal):
    """The key of a study that goes on is gone, so that nobody can be known again."""


def secret_keys(settings: Settings) -> tuple[str, ...]:
    """The configured keys, or the one that is made once and kept in the instance folder."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.instance / "secret_key"
    if not path.exists():
        _write_once(path, secrets.token_hex(32).encode("ascii"))
    try:
        keys = split_keys(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as failure:
        raise UnusableKey(path, failure) from failure
    if not keys:
        raise UnusableKey(path, ValueError("it is empty"))
    return keys


class MarkKeys:
    """The folder of mark keys, and of the keys of studies beside them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, bytes] = {}

    def make(self, wave_id: str) -> bytes:
        """The mark key of a wave that is being opened: made, or found from an opening cut short."""
        _write_once(self._path(wave_id), new_key())
        return self.get(wave_id)

    def get(self, wave_id: str) -> bytes:
        """The mark key of an open wave. Raises MarkKeyLost."""
        if wave_id not in self._known:
            try:
                self._known[wave_id] = self._path(wave_id).read_bytes()
            except FileNotFoundError:
                raise MarkKeyLost(
                    "the mark key of the wave {wave} is missing ({path}): its links cannot be honoured; put "
                    "the key back from its backup, or make a new wave with new invitations",
                    wave=wave_id, path=str(self._path(wave_id)),
                ) from None  # fmt: skip
            except OSError as failure:
                raise UnusableKey(self._path(wave_id), failure) from failure
        return self._known[wave_id]

    def destroy(self, wave_id: str) -> None:
        """Overwrite and delete the mark key of a closed wave; nothing happens where it is gone."""
        self._known.pop(wave_id, None)
        _destroy(self._path(wave_id))

    def is_there(self, wave_id: str) -> bool:
        """Whether a wave's mark key exists."""
        return self._path(wave_id).exists()

    def make_study(self, study_id: str) -> None:
        """Make the key of a study that begins."""
        _write_once(self._study_path(study_id), new_key())

    def study(self, study_id: str) -> bytes:
        """The key of a study, read each time: no process keeps it beyond its end. Raises StudyKeyLost."""
        path = self._study_path(study_id)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            raise StudyKeyLost(
                "the key of the study {study} is missing ({path}): people cannot be known again without it; "
                "put it back from its backup, or begin another study",
                study=study_id, path=str(path),
            ) from None  # fmt: skip
        except OSError as failure:
            raise UnusableKey(path, failure) from failure

    def destroy_study(self, study_id: str) -> None:
        """Overwrite and delete the key of a study; nothing happens where it is gone."""
        _destroy(self._study_path(study_id))

    def _path(self, wave_id: str) -> Path:
        return self._folder / f"{wave_id}.key"

    def _study_path(self, study_id: str) -> Path:
        return self._folder / f"{study_id}.study"


def _destroy(path: Path) -> None:
    if path.exists():
        path.write_bytes(secrets.token_bytes(path.stat().st_size))
        path.unlink()


def _write_once(path: Path, content: bytes) -> None:
    """Write a private file unless it is there; of two processes one wins and both then read its file.

    Raises UnusableKey.
    """
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_durably(fresh, content)
        with suppress(FileExistsError):
            os.link(fresh, path)
    except OSError as failure:
        raise UnusableKey(path, failure) from failure
    finally:
        with suppress(OSError):
            fresh.unlink()


def _write_durably(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
