"""What every file says of its wave and of the program, as lines of (what, said)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib.metadata import version
from typing import Protocol

from survey.definitions.model import Mode
from survey.language import Language, text

MODES = {
    Mode.ANONYMOUS: text("anonymous"),
    Mode.NAMED: text("with the organization's name"),
    Mode.PANEL: text("the same people over several waves"),
}
PHASES = {"baseline": text("baseline"), "monitoring": text("monitoring"), "final": text("final")}


class Counted(Protocol):
    """What a release and the results of one both say of their wave."""

    @property
    def title(self) -> Mapping[str, str]:
        """The title in each language."""

    @property
    def wave(self) -> str:
        """The name of the wave."""

    @property
    def questionnaire(self) -> str:
        """The id of the questionnaire."""

    @property
    def version(self) -> int:
        """Its version."""

    @property
    def mode(self) -> str:
        """A Mode."""

    @property
    def phase(self) -> str:
        """One of PHASES."""

    @property
    def closed(self) -> str:
        """When the wave was closed, as an ISO time."""

    @property
    def threshold(self) -> int:
        """The fewest answers of a figure that is shown."""

    @property
    def synthetic(self) -> bool:
        """Whether nobody gave these answers."""


def program() -> str:
    """The program with its version, as files name it."""
    return f"Riscontro {version('riscontro')}"


def closed_on(of: Counted) -> date:
    """The day on which the wave was closed."""
    return datetime.fromisoformat(of.closed).date()


def wave_lines(of: Counted, opens: str, t: Language) -> Iterator[tuple[str, str]]:
    """Which wave it is; `opens` is its first day (ISO), or ""."""
    yield t("Survey"), t.choose(of.title)
    yield t("Wave"), of.wave
    yield t("Questionnaire"), t("{id}, version {version}", id=of.questionnaire, version=str(of.version))
    yield t("Mode"), t(MODES[Mode(of.mode)])
    yield t("Phase"), t(PHASES[of.phase])
    if opens:
        yield t("Opened"), t.day(date.fromisoformat(opens))
    yield t("Closed"), t.day(closed_on(of))


def origin_lines(of: Counted, release_id: str, t: Language) -> Iterator[tuple[str, str]]:
    """Where the numbers come from; `release_id` is what the release is cited by."""
    yield t("Threshold"), t.plural("{n} answer", "{n} answers", of.threshold)
    yield t("Release"), release_id
    yield t("Program"), program()
    if of.synthetic:
        yield t("Synthetic"), t("Synthetic data: nobody gave these answers.")
