"""What the commands about figures are asked for: a closed wave of the instance, or the file of a release."""

from dataclasses import dataclass
from pathlib import Path

from survey import merging, monitoring
from survey.cli.common import Instance, now, whoever
from survey.definitions.model import Questionnaire
from survey.indicators.model import Results
from survey.indicators.results import results
from survey.language import Text
from survey.merging import BadRelease, Exported
from survey.release import Release, from_json
from survey.store import audit, releases
from survey.store.audit import Entry

ENDING = ".json"


@dataclass(frozen=True)
class Released:
    """The figures of a release, its questionnaire, and the release as it may leave the database."""

    results: Results
    questionnaire: Questionnaire
    exported: Exported


def released(asked: str) -> Released:
    """The figures of a wave (its id) or of a file (a path that ends in .json).

    Raises UnknownWave, NotClosedYet or BadRelease.
    """
    if asked.endswith(ENDING):
        found = read_file(asked)
        return Released(
            results(found.release, found.questionnaire, found.identifier), found.questionnaire, found
        )
    release, told = _of_wave(asked)
    return Released(results(release, told.questionnaire, told.identifier), told.questionnaire, told)


def open_links_said(asked: str) -> Text | None:
    """What is to be known of a wave with open links; None of others, and of files."""
    return None if asked.endswith(ENDING) else monitoring.standing(Instance().store, asked).open_links_said


def by_open_links(asked: str) -> int | None:
    """How many invitations of a wave open links handed out; None without any, and of files."""
    return None if asked.endswith(ENDING) else monitoring.standing(Instance().store, asked).by_open_links


def note_taken(asked: str, about: str) -> None:
    """Write into the log that figures of a wave were taken away; of a file there is no log."""
    if not asked.endswith(ENDING):
        with Instance().store.write() as db:
            audit.add(db, Entry(now(), whoever(), audit.EXPORTED, asked, about))


def exported(asked: str) -> Exported:
    """What `survey results --release` writes of a wave, or of such a file again. Raises as `released`."""
    return read_file(asked) if asked.endswith(ENDING) else _of_wave(asked)[1]


def _of_wave(wave_id: str) -> tuple[Release, Exported]:
    """The whole release of a closed wave, and what of it may leave. Raises UnknownWave or NotClosedYet."""
    instance = Instance()
    wave = instance.wave(wave_id)
    with instance.store.read() as db:
        body = releases.body(db, wave_id)
    return from_json(body), merging.exported(body, wave.definition)


def read_file(name: str) -> Exported:
    """The release in a file. Raises BadRelease."""
    try:
        content = Path(name).read_bytes()
    except OSError as failure:
        raise BadRelease("{name} cannot be read: {why}", name=name, why=str(failure.strerror)) from failure
    found = merging.read(content, name)
    try:
        results(found.release, found.questionnaire)
    except (KeyError, TypeError, ValueError, AttributeError, AssertionError, ArithmeticError) as fault:
        raise BadRelease(
            "{name}: its numbers do not fit its questionnaire; export the release again", name=name
        ) from fault
    return found
