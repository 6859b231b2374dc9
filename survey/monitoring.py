"""Journey: how far the waves are. Rates only; while an anonymous wave is open, in steps of the threshold."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from functools import lru_cache

from survey import definitions
from survey.answering import decoded, today_of, unpacked
from survey.counting.completing import completeness
from survey.counts import Cell
from survey.definitions.model import Mode
from survey.language import Text, text
from survey.rates import Rate, Rates, Reached, forecast, told
from survey.store import Store, handed, invitations, outbox, releases, responses, waves
from survey.store.database import Database
from survey.store.waves import EVERYTHING, Wave


@dataclass(frozen=True)
class Standing:
    """A wave with its invitations and responses.

    `rate` is 0 to 1: RR2 of a closed wave, before that the responses so far over the invited; None
    where nobody was invited, where nobody knows how many were, and below the first step.
    `by_open_links` is how many invitations open links handed out, None where the wave has none; while an
    anonymous wave is open it moves in the same steps.
    """

    wave: Wave
    invited: int
    responses: int
    rate: float | None
    by_open_links: int | None = None

    @property
    def responses_said(self) -> Text:
        """The number of responses as it can be told: in steps of the threshold it may be higher."""
        return in_steps(self.wave, self.responses)

    @property
    def open_links_said(self) -> Text | None:
        """What is to be known beside every figure of a wave with open links; None where it has none."""
        if self.by_open_links is None:
            return None
        if not _stepped(self.wave):
            n = text("{n}", n=self.by_open_links)
        elif self.by_open_links:
            n = text("at least {n}", n=self.by_open_links)
        else:
            n = text("fewer than {n}", n=self.wave.threshold)
        return text(
            "{n} of {all} invitations were handed out by open links, which cannot prevent a second answer.",
            n=n, all=self.invited,
        )  # fmt: skip

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
            "grace": wave.grace,
            "closed": wave.closed_at and wave.closed_at.isoformat(),
            "threshold": wave.threshold,
            "study": wave.study,
            "contact": wave.contact,
            "sha256": wave.sha256,
            "synthetic": wave.synthetic,
            "invited": self.invited,
            "responses": self.responses,
            "by_open_links": self.by_open_links,
        }


def in_steps(wave: Wave, n: int) -> Text:
    """A number of people that would tell who answered, as it can be told while the wave is open."""
    if not _stepped(wave):
        return text("{n}", n=n)
    step = lowered(wave, n)
    return text("at least {n}", n=step) if step else text("fewer than {n}", n=wave.threshold)


def uncounted(wave: Wave, n: int) -> Text:
    """A number of reminders, which are those who had not answered: untold while the wave is open.

    Even in steps it would tell: reminders and answers add up to those reached, so that two steps that lie
    beside one another fix both numbers.
    """
    if not _stepped(wave):
        return text("{n}", n=n)
    return text("told when the wave is closed") if n else text("none yet")


def lowered(wave: Wave, n: int) -> int:
    """The same number as one to reckon with: the step that it has reached."""
    return n // wave.threshold * wave.threshold if _stepped(wave) else n


def standings(store: Store, visible: Container[str] = EVERYTHING) -> list[Standing]:
    """How far every visible wave is, in order of id."""
    with store.read() as db:
        return [_standing(db, wave) for wave in waves.all_waves(db) if wave.id in visible]


def standing(store: Store, wave_id: str) -> Standing:
    """How far one wave is. Raises UnknownWave."""
    with store.read() as db:
        return _standing(db, waves.get(db, wave_id))


def open_links_said(store: Store, wave_id: str) -> Text | None:
    """What is to be known beside every figure of a wave; a wave without open links is not counted for it."""
    with store.read() as db:
        if not handed.open_count(db, wave_id):
            return None
    return standing(store, wave_id).open_links_said


def _standing(db: Database, wave: Wave) -> Standing:
    invited = invitations.count(db, wave.id)
    responses, counting = _responses(db, wave)
    unknown = not invited or wave.population.how == "unknown" or (_stepped(wave) and not responses)
    return Standing(wave, invited, responses, None if unknown else counting / invited, _open(db, wave))


def _open(db: Database, wave: Wave) -> int | None:
    """How many invitations open links handed out; after the closing nothing is handed out any more."""
    if not handed.open_count(db, wave.id):
        return None
    n = handed.started_count(db, wave.id)
    return n // wave.threshold * wave.threshold if _stepped(wave) else n


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


Answered = tuple[tuple[int, int], ...]
"""Complete and partial answers of each cell, in order of the cells."""


def rates(store: Store, wave_id: str, mailed: Sequence[tuple[date, int]], now: datetime) -> Rates:
    """How many have answered, in the whole wave and by group, and where it is heading.

    `mailed` says on which days how many mails went out; without any, everybody is taken to have got the link
    when the wave opened. Raises UnknownWave; a wave that is not open has no rates by group here.
    """
    with store.read() as db:
        wave = waves.get(db, wave_id)
        total, _ = _responses(db, wave)
        cells, lost = invitations.cells(db, wave_id), invitations.dispositions(db, wave_id)
        delivered = outbox.delivered(db, wave_id)
    reached = _reached(cells, _answered(store, wave_id, wave.opens, total, len(cells)), lost, delivered)
    step = wave.threshold if _stepped(wave) else 1
    whole = told("", _summed(reached.values()), step, wave.target, whole=True)
    invited_by = definitions.load(wave.definition, wave.id).invited_by
    by = {
        breakdown.id: _groups(cells, reached, place, step, wave.target)
        for place, breakdown in enumerate(invited_by)
    }
    days = mailed or [(wave.opens, whole.invited)] if wave.opens else mailed
    ahead = forecast(whole.answers or 0, whole.invited, days, today_of(wave, now), wave.closes)
    return Rates(whole, by, step, wave.target, ahead)


def basis(store: Store, wave_id: str) -> Text | None:
    """What the forecast of a wave rests on where not everybody was invited by mail; None where all were."""
    with store.read() as db:
        invited, mailed = invitations.count(db, wave_id), outbox.invited_by_mail(db, wave_id)
        by_mail = outbox.first_day(db, wave_id) is not None
    if not by_mail:
        return text(
            "No invitation was mailed from here: everybody is taken to have got the link on the day when the "
            "wave opened."
        )
    if 0 < mailed < invited:
        return text(
            "It rests on the days of the mails, which went to {n} of {all} invited people; those reached in "
            "other ways are taken to answer on the same days.",
            n=mailed, all=invited,
        )  # fmt: skip
    return None


@lru_cache(maxsize=32)
def _answered(store: Store, wave_id: str, opened: date | None, total: int, cells: int) -> Answered:
    """Counted anew only when the total has moved, which in an anonymous wave it does in steps."""
    with store.read() as db:
        wave = waves.get(db, wave_id)
        if wave.mode is Mode.NAMED:
            found = [(cell, decoded(answers)) for cell, answers, _ in responses.named(db, wave.id)]
        else:
            found = unpacked(list(responses.bodies(db, wave.id)))
    questionnaire = definitions.load(wave.definition, wave.id)
    table = completeness(questionnaire, cells, found)
    return tuple((int(complete), int(partial)) for complete, partial, _ in table)


def _reached(
    cells: Sequence[Cell],
    answered: Answered,
    lost: Counter[tuple[int | None, str]],
    delivered: Counter[int | None],
) -> Mapping[int, Reached]:
    """What is known of each cell, by its number."""
    return {
        cell.number: Reached(
            cell.invited, delivered[cell.number],
            lost[cell.number, "bounced"], lost[cell.number, "opted_out"], lost[cell.number, "withdrawn"],
            *some,
        )
        for cell, some in zip(cells, answered, strict=True)
    }  # fmt: skip


def _groups(
    cells: Sequence[Cell], reached: Mapping[int, Reached], place: int, step: int, target: float | None
) -> list[Rate]:
    """The groups of the breakdown at a place, in order of name."""
    inside: dict[str, list[Reached]] = {}
    for cell in cells:
        inside.setdefault(cell.values[place], []).append(reached[cell.number])
    return [told(name, _summed(some), step, target) for name, some in sorted(inside.items())]


def _summed(some: Iterable[Reached]) -> Reached:
    """All of them as one group; a wave without invitations has none."""
    each = (astuple(one) for one in (Reached(0), *some))
    return Reached(*(sum(numbers) for numbers in zip(*each, strict=True)))
