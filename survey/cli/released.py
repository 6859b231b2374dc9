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
from survey.store import audit, releases
from survey.store.audit import Entry

ENDING = ".json"


@dataclass(frozen=True)
class Released:
    """The figures of a release, and its questionnaire."""

    results: Results
    questionnaire: Questionnaire


def released(asked: str) -> Released:
    """The figures of a wave (its id) or of a file (a path that ends in .json).

    Raises UnknownWave, NotClosedYet or BadRelease.
    """
    found = read_file(asked) if asked.endswith(ENDING) else _of_wave(asked)
    return Released(results(found.release, found.questionnaire), found.questionnaire)


def open_links_said(asked: str) -> Text | None:
    """What is to be known of a wave with open links; None of others, and of files."""
    return None if asked.endswith(ENDING) else monitoring.standing(Instance().store, asked).open_links_said


def note_taken(asked: str, about: str) -> None:
    """Write into the log that figures of a wave were taken away; of a file there is no log."""
    if not asked.endswith(ENDING):
        with Instance().store.write() as db:
            audit.add(db, Entry(now(), whoever(), audit.EXPORTED, asked, about))


def exported(asked: str) -> Exported:
    """What `survey results --release` writes of a wave, or of such a file again. Raises as `released`."""
    if asked.endswith(ENDING):
        return read_file(asked)
    found = _of_wave(asked)
    return merging.exported(found.release, found.definition)


def _of_wave(wave_id: str) -> Exported:
    """The whole release of a closed wave with its definition. Raises UnknownWave or NotClosedYet."""
    instance = Instance()
    wave = instance.wave(wave_id)
    with instance.store.read() as db:
        return Exported(releases.get(db, wave_id), wave.definition)


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
