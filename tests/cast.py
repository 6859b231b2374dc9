"""The fixed cast of the tests: an instance with its store and keys, waves to open, answers to send."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from survey import definitions, importing, inviting, publishing, studying
from survey.answering import Answering, Door
from survey.cells import group_values
from survey.definitions.model import Mode, Questionnaire
from survey.keys import MarkKeys, secret_keys
from survey.population import Population
from survey.release import Release
from survey.settings import Settings, load
from survey.store import Store
from survey.store.connection import FifoLock
from survey.store.waves import Wave
from survey.submission import Answers, from_row
from survey.tokens import Links

HERE = Path(__file__).parent
QUESTIONNAIRES = HERE / "questionnaires"
DATA = HERE / "data"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def definition_text(name: str) -> str:
    """The text of a definition: a shipped one by id, or one under tests/questionnaires/ by file name."""
    path = QUESTIONNAIRES / f"{name}.json"
    if path.exists():
        return path.read_text(encoding="utf-8")
    return definitions.shipped()[name].read_text(encoding="utf-8")


def questionnaire(name: str) -> Questionnaire:
    """The questionnaire of `definition_text(name)`."""
    return definitions.load(definition_text(name), name)


@dataclass(frozen=True)
class Instance:
    """A whole instance in a folder of its own."""

    settings: Settings
    store: Store
    mark_keys: MarkKeys
    links: Links
    answering: Answering

    def wave(
        self,
        wave_id: str,
        definition: str = "all_kinds",
        *,
        groups: list[dict[str, str]] | None = None,
        invited: int = 0,
        opened: bool = True,
        threshold: int = 5,
        opens: date | None = None,
        closes: date | None = None,
        population: Population | None = None,
        synthetic: bool = False,
        grace: int = 0,
        notice: str = "",
        study: str | None = None,
        export: dict[str, str] | None = None,
    ) -> list[bytes]:
        """Make a wave with invitations in `groups` (or `invited` ones in no group); their ids.

        `export` is added to the definition.
        """
        text = definition_text(definition)
        if export is not None:
            text = json.dumps({**json.loads(text), "export": export})
        loaded = definitions.load(text, definition)
        wave = Wave(
            id=wave_id, title=loaded.title, questionnaire=loaded.id, version=loaded.version,
            mode=Mode(loaded.mode), phase="final", state="draft", opens=opens, closes=closes,
            timezone="Europe/Rome", threshold=threshold, population=population or Population(),
            synthetic=synthetic, definition=text, sha256=inviting.sha256(text), grace=grace, notice=notice,
            study=study,
        )  # fmt: skip
        with self.store.write() as db:
            studying.take_part(db, self.mark_keys, wave, NOW)
        inviting.create(self.store, wave)
        values = [group_values(loaded, one) for one in (groups or [{}] * invited)]
        added = inviting.add_invitations(self.store, self.mark_keys, wave_id, values)
        if opened:
            inviting.open_wave(self.store, self.mark_keys, wave_id, NOW)
        return added

    def door(self, invitation: bytes, now: datetime = NOW) -> Door:
        """The door behind an invitation's link."""
        return self.answering.open(self.links.link(invitation), now)

    def answer(self, invitation: bytes, now: datetime = NOW, **cells: str) -> None:
        """Answer an invitation with the codes of a file's row."""
        door = self.door(invitation, now)
        self.answering.receive(door, answers(door.questionnaire, **cells), now)

    def import_answers(self, wave_id: str, content: bytes, *ignore: str) -> importing.Imported:
        """Import a file of answers."""
        return importing.import_answers(
            self.store, self.mark_keys, self.links, wave_id, content, "answers.csv", frozenset(ignore), NOW
        )

    def close(self, wave_id: str) -> Release:
        """Close a wave."""
        return publishing.close(self.store, self.mark_keys, wave_id, NOW)


@contextmanager
def queued(lock: FifoLock, seconds: float) -> Iterator[None]:
    """Hold a lock during the block."""
    lock.acquire(seconds)
    try:
        yield
    finally:
        lock.release()


def answers(of: Questionnaire, **cells: str) -> Answers:
    """Answers of the codes of a file's row."""
    return from_row(of, cells)


def make_instance(folder: Path, **variables: str) -> Instance:
    """An instance in `folder`; `variables` are settings by name."""
    settings = load({"SURVEY_INSTANCE": str(folder), **{f"SURVEY_{k}": v for k, v in variables.items()}})
    store = Store(settings.database)
    links = Links(secret_keys(settings))
    mark_keys = MarkKeys(settings.mark_keys)
    return Instance(settings, store, mark_keys, links, Answering(store, mark_keys, links))
