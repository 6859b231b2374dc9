"""Journey: the questionnaires that an instance offers: those that ship, and those in its folder.

Each has a key: the id of one that ships, the name of the file of another, which is its id, its version and
`.json` where it came through the pages or `survey questionnaire add`.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from survey import definitions
from survey.definitions import InvalidDefinition, Problem
from survey.definitions.model import Questionnaire
from survey.language import Refusal

ENDING = ".json"
_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}")


class UnknownQuestionnaire(Refusal):
    """The instance offers no questionnaire of this key."""


class CannotKeep(Refusal):
    """The questionnaire cannot be put into the instance's folder."""


@dataclass(frozen=True)
class Offered:
    """A questionnaire by its key; None with the problems of its file, one at least."""

    key: str
    content: bytes
    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...] = ()

    @property
    def ships(self) -> bool:
        """Whether it comes with the program."""
        return self.key in definitions.shipped()


def offered(folder: Path) -> Iterator[Offered]:
    """All of them, the ones that ship first; in the folder every file that ends in .json but the schema."""
    for key in (*definitions.shipped(), *_files(folder)):
        yield get(folder, key)


def get(folder: Path, key: str) -> Offered:
    """The questionnaire of a key. Raises UnknownQuestionnaire."""
    name, content = _content(folder, key)
    try:
        return Offered(key, content, _loaded(content, name))
    except InvalidDefinition as refusal:
        return Offered(key, content, None, refusal.problems)


def keep(folder: Path, content: bytes, name: str) -> str:
    """Put a definition into the folder and return its key; one that is there already stays as it is.

    Raises InvalidDefinition, with `name` as the file's, and CannotKeep where the folder holds another
    definition of the same id and version or cannot be written.
    """
    made = definitions.load(content, name)
    key = f"{made.id}-{made.version}{ENDING}"
    path = folder / key
    fresh = folder / f".{key}.{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.write_bytes(content)
        with suppress(FileExistsError):
            os.link(fresh, path)
        found = path.read_bytes()
    except OSError as failure:
        raise CannotKeep(
            "{path} cannot be written: {why}", path=str(path), why=str(failure.strerror)
        ) from failure
    finally:
        with suppress(OSError):
            fresh.unlink()
    if found != content:
        raise CannotKeep(
            "there is another {questionnaire} of version {version} already; raise the version",
            questionnaire=made.id, version=str(made.version),
        )  # fmt: skip
    return key


def _content(folder: Path, key: str) -> tuple[str, bytes]:
    if key in definitions.shipped():
        return definitions.find(key)
    if not _KEY.fullmatch(key) or key not in _files(folder):
        raise UnknownQuestionnaire("there is no questionnaire {key}; the list shows those that are", key=key)
    return key, definitions.find(str(folder / key))[1]


def _files(folder: Path) -> list[str]:
    found = folder.glob(f"*{ENDING}") if folder.is_dir() else ()
    return sorted(
        one.name
        for one in found
        if _KEY.fullmatch(one.name) and not one.name.endswith(f".schema{ENDING}") and one.is_file()
    )


@lru_cache(maxsize=32)
def _loaded(content: bytes, name: str) -> Questionnaire:
    return definitions.load(content, name)
