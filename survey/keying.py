"""Journey: answers on paper -> stored response, typed in by an evaluator, twice where that is wanted.

A keyed answer uses up its invitation and is judged and stored like one from a browser. Nothing else is
written: no log of it, no time, no name of who typed, and a first keying waits in the form, not here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random, SystemRandom

from survey import inviting
from survey.answering import AlreadyAnswered, Answering, Door
from survey.definitions.model import Item, Questionnaire
from survey.handing.batches import of_wave
from survey.handing.codes import TypedCodes
from survey.keys import MarkKeys
from survey.language import Refusal, text
from survey.store import Store, handed, waves
from survey.store.handed import Way
from survey.submission import Answers, FieldProblem, InvalidSubmission, from_form
from survey.tokens import Links, UnknownLink

Fields = Mapping[str, Sequence[str]]
"""What was typed: item id -> values, as a form sends them."""


class NoPaperLeft(Refusal):
    """Every invitation that waited for paper of this group was used."""

    def __init__(self) -> None:
        super().__init__(
            "no invitation is left for paper of this group: make more of them on the page of partners"
        )


class NotOfWave(Refusal):
    """The code or link is good, but of another wave."""

    def __init__(self) -> None:
        super().__init__("this code or link is not one of this wave; keep the sheet apart")


@dataclass(frozen=True)
class Sheet:
    """The paper that is being keyed: whose it is, or (`batch`) for which group, and its door."""

    door: Door
    batch: bytes | None = None

    @property
    def binding(self) -> bytes:
        """What a first keying is bound to."""
        return self.batch or self.door.invitation


class Keying:
    """Keys answers for one instance."""

    def __init__(
        self,
        store: Store,
        mark_keys: MarkKeys,
        answering: Answering,
        links: Links,
        typed: TypedCodes,
        random: Random | None = None,
    ) -> None:
        self._store = store
        self._mark_keys = mark_keys
        self._answering = answering
        self._links = links
        self._typed = typed
        self._random = random or SystemRandom()

    def sheet(self, wave_id: str, typed: str, clock: float) -> Sheet:
        """The sheet of a code or link that was typed, at `clock` (monotonic, seconds).

        Raises MistypedCode, UnknownCode, TooManyCodes or UnknownLink for what is none, NotOfWave, and
        AlreadyAnswered, NotYetOpen or WaveClosed.
        """
        link = typed.strip().rpartition("/")[2]
        invitation = self._links.invitation(link) if "." in link else self._typed.invitation(typed, clock)
        try:
            return Sheet(self._answering.on_paper(wave_id, invitation))
        except UnknownLink:
            raise NotOfWave from None

    def unnamed(self, wave_id: str, batch_id: bytes) -> Sheet:
        """A sheet without a code of a batch for paper; which invitation it uses is settled when it is stored.

        Raises UnknownBatch, NoPaperLeft, NotYetOpen and WaveClosed.
        """
        left = self._left(wave_id, batch_id)
        return Sheet(self._answering.on_paper(wave_id, self._random.choice(left)), batch_id)

    def link(self, sheet: Sheet) -> str:
        """The link of a sheet's invitation."""
        return self._links.link(sheet.door.invitation)

    def store(self, sheet: Sheet, answers: Answers, now: datetime) -> None:
        """Store the answers of a sheet durably.

        Raises AlreadyAnswered, NoPaperLeft, WaveClosed, NotYetOpen or DatabaseBusy.
        """
        door = sheet.door
        while True:
            try:
                self._answering.receive(door, answers, now, on_paper=True)
            except AlreadyAnswered:
                if sheet.batch is None:
                    raise
                door = self.unnamed(door.wave.id, sheet.batch).door
            else:
                return

    def _left(self, wave_id: str, batch_id: bytes) -> list[bytes]:
        with self._store.read() as db:
            wave, batch = waves.get(db, wave_id), of_wave(db, wave_id, batch_id)
            if batch.way is not Way.PAPER or wave.state != "open":
                raise NoPaperLeft
            unspent = frozenset(inviting.unspent(db, wave, self._mark_keys))
            left = [one for one in handed.members(db, batch_id) if one in unspent]
        if not left:
            raise NoPaperLeft
        return left


def read(questionnaire: Questionnaire, typed: Fields, as_it_is: bool) -> Answers:
    """The Answers on a sheet; `as_it_is`: what must be answered may be empty, since it is so on the paper.

    Raises InvalidSubmission, as for a form from a browser.
    """
    return from_form(_undemanding(questionnaire) if as_it_is else questionnaire, typed)


def left_empty(refused: InvalidSubmission, questionnaire: Questionnaire, typed: Fields) -> bool:
    """Whether all that is wrong with a sheet is that required questions are empty."""
    required = {item.id for item in questionnaire.items if item.required}
    return all(_is_gap(one, required, typed) for one in refused.problems)


def _is_gap(problem: FieldProblem, required: set[str], typed: Fields) -> bool:
    return problem.item in required and not any(value.strip() for value in typed.get(problem.item or "", ()))


def _undemanding(questionnaire: Questionnaire) -> Questionnaire:
    return replace(
        questionnaire,
        sections=tuple(
            replace(section, items=tuple(replace(item, required=False) for item in section.items))
            for section in questionnaire.sections
        ),
    )


def differing(questionnaire: Questionnaire, first: Answers, second: Answers) -> list[Item]:
    """The items to which two keyings of one sheet say different things."""
    return [item for item in questionnaire.items if first.values.get(item.id) != second.values.get(item.id)]


def settled(
    differing: Sequence[Item], first: Fields, second: Fields, chosen: Mapping[str, str]
) -> dict[str, list[str]]:
    """One keying of two: where they differ, the one that `chosen` names by item ("first" or "second").

    Raises InvalidSubmission for every item without a choice.
    """
    problems = [
        FieldProblem(item.id, text("Please choose which of the two is on the paper."))
        for item in differing
        if chosen.get(item.id) not in ("first", "second")
    ]
    if problems:
        raise InvalidSubmission(problems)
    asked = {item.id: (first if chosen[item.id] == "first" else second) for item in differing}
    return {name: list(values) for name, values in _merged(asked, second)}


def _merged(asked: Mapping[str, Fields], second: Fields) -> Iterator[tuple[str, Sequence[str]]]:
    for name in {*second, *asked}:
        values = asked.get(name, second).get(name, ())
        if values:
            yield name, values


def unasked(answers: Answers, typed: Fields) -> int:
    """How many questions were answered on a sheet that are not put to this person, and were left out."""
    filled = (name for name, values in typed.items() if any(value.strip() for value in values))
    return sum(name not in answers.values for name in filled)
