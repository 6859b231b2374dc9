"""Journey: how far the waves are. Rates only; while an anonymous wave is open, in steps of the threshold."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from survey.definitions.model import Mode
from survey.language import Text, text
from survey.store import Store, invitations, releases, responses, waves
from survey.store.waves import Wave


@dataclass(frozen=True)
class Standing:
    """A wave with its invitations and responses.

    `rate` is 0 to 1: RR2 of a closed wave, before that the responses so far over the invited; None
    where nobody was invited, where nobody knows how many were, and below the first step.
    """

    wave: Wave
    invited: int
    responses: int
    rate: float | None

    @property
    def responses_said(self) -> Text:
        """The number of responses as it can be told: in steps of the threshold it may be higher."""
        if not _stepped(self.wave):
            return text("{n}", n=self.responses)
        if not self.responses:
            return text("fewer than {n}", n=self.wave.threshold)
        return text("at least {n}", n=self.responses)

    def to_json(self) -> Mapping[str, object]:
        """One entry of `survey wave list --json`."""
        wave = self.wave
        return {
            "id": wave.id,
            "title": dict(wave.title),
            "questionnaire": wave.questionnaire,
            "version": wave.version,
            "mode": str(wave.mode),
            "phase": wave.phase,
            "state": wave.state,
            "opens": wave.opens and wave.opens.isoformat(),
            "closes": wave.closes and wave.closes.isoformat(),
            "closed": wave.closed_at and wave.closed_at.isoformat(),
            "threshold": wave.threshold,
            "sha256": wave.sha256,
            "synthetic": wave.synthetic,
            "invited": self.invited,
            "responses": self.responses,
        }


def standings(store: Store) -> list[Standing]:
    """How far every wave is, in order of id."""
    with store.read() as db:
        return [_standing(db, wave) for wave in waves.all_waves(db)]


def standing(store: Store, wave_id: str) -> Standing:
    """How far one wave is. Raises UnknownWave."""
    with store.read() as db:
        return _standing(db, waves.get(db, wave_id))


def _standing(db: Database, wave: Wave) -> Standing:
    invited = invitations.count(db, wave.id)
    responses, counting = _responses(db, wave)
    unknown = not invited or wave.population.how == "unknown" or (_stepped(wave) and not responses)
    return Standing(wave, invited, responses, None if unknown else counting / invited)


def _stepped(wave: Wave) -> bool:
    return wave.mode is not Mode.NAMED and wave.state in ("open", "closing")


def _responses(db: Database, wave: Wave) -> tuple[int, int]:
    """All responses, and those that count in the response rate as far as can be told."""
    if wave.state in ("closing", "closed") and releases.exists(db, wave.id):
        # While closing goes on behind a release, marks are being forgotten.
        whole = releases.get(db, wave.id).whole
        return whole.responses, whole.complete + whole.partial
    if wave.mode is Mode.NAMED:
        n = responses.named_count(db, wave.id)
    else:
        # Exact numbers would tell, looked at before and after, whether somebody has just answered.
        n = responses.spent_count(db, wave.id) // wave.threshold * wave.threshold
    return n, n
