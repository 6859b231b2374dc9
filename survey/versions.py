"""Journey: a definition -> the other versions of it that can be found, compared item by item.

They lie beside it, as files of the same id in its folder, and in the waves of the instance, which
froze theirs when they opened. What is wrong with the number of a version comes with the remedy.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from survey import definitions
from survey.definitions import InvalidDefinition
from survey.definitions.comparing import Comparison, compare
from survey.definitions.model import Questionnaire
from survey.language import Text, text
from survey.store import Store, waves
from survey.store.waves import EVERYTHING


@dataclass(frozen=True)
class Found:
    """Another version of a questionnaire: where it lies, and whether a wave froze it."""

    questionnaire: Questionnaire
    place: Text | str
    frozen: bool = False


@dataclass(frozen=True)
class Judged:
    """What one earlier version, wherever it was found, says about a definition.

    `problem` is set where the definition's own number of version cannot stand beside it.
    """

    comparison: Comparison
    places: tuple[Text | str, ...]
    problem: Text | None = None

    @property
    def version(self) -> int:
        """The number of the other version."""
        return self.comparison.older.version


def beside(asked: str, questionnaire: Questionnaire) -> Iterator[Found | InvalidDefinition]:
    """The definitions of the same id in the folder of a file; those with problems as their refusal."""
    for name, content in definitions.beside(asked, questionnaire.id):
        try:
            yield Found(definitions.load(content, name), name)
        except InvalidDefinition as refusal:
            yield refusal


def frozen(store: Store, questionnaire_id: str, visible: Container[str] = EVERYTHING) -> tuple[Found, ...]:
    """What the opened waves of a questionnaire froze, in order of their ids; only visible ones are named.

    Raises DatabaseBusy.
    """
    with store.read() as db:
        opened = [wave for wave in waves.of_questionnaire(db, questionnaire_id) if wave.state != "draft"]
    return tuple(
        Found(
            definitions.load(wave.definition, wave.id),
            text("wave {wave}", wave=wave.id) if wave.id in visible else text("another wave"),
            frozen=True,
        )
        for wave in opened
    )


def judged(questionnaire: Questionnaire, others: Iterable[Found]) -> tuple[Judged, ...]:
    """A definition beside all other versions, the latest first; places with the same items together.

    A number is refused where another definition bears it and has other items, and where it is lower
    than one that a wave froze - unless it is an earlier version that is only looked at again, which a
    wave of that version or a later file beside it shows.
    """
    grouped = _grouped(questionnaire, others)
    highest = max((found[0].questionnaire.version for _, found in grouped), default=0)
    remedy = max(highest, questionnaire.version) + 1
    looked_at_again = any(_shows_earlier(comparison, found) for comparison, found in grouped)
    return tuple(
        Judged(
            comparison,
            tuple(one.place for one in found),
            _problem(comparison, found[0].place, remedy, looked_at_again),
        )
        for comparison, found in grouped
    )


Grouped = list[tuple[Comparison, list[Found]]]


def _grouped(questionnaire: Questionnaire, others: Iterable[Found]) -> Grouped:
    groups: Grouped = []
    for other in sorted(others, key=lambda one: -one.questionnaire.version):
        comparison = compare(other.questionnaire, questionnaire)
        for known, found in groups:
            same_version = known.older.version == comparison.older.version
            if same_version and known.items == comparison.items:
                found.append(other)
                break
        else:
            groups.append((comparison, [other]))
    return groups


def _shows_earlier(comparison: Comparison, found: Sequence[Found]) -> bool:
    """Whether a wave froze the very definition, or a later one lies beside it."""
    if comparison.older.version == comparison.newer.version:
        return not comparison.not_comparable and any(one.frozen for one in found)
    return comparison.older.version > comparison.newer.version and not all(one.frozen for one in found)


def _problem(comparison: Comparison, place: Text | str, remedy: int, looked_at_again: bool) -> Text | None:
    older, newer = comparison.older.version, comparison.newer.version
    if older == newer and comparison.not_comparable:
        return text(
            "version {version} has other items in {place}; raise the version to {remedy}",
            version=str(newer), place=place, remedy=str(remedy),
        )  # fmt: skip
    if older > newer and not looked_at_again:
        return text(
            "version {version} is lower than version {other} of {place}; raise the version to {remedy}",
            version=str(newer), other=str(older), place=place, remedy=str(remedy),
        )  # fmt: skip
    return None


def problems(found: Sequence[Judged]) -> tuple[Text, ...]:
    """What is wrong with the number of a version, in the order of the versions found."""
    return tuple(one.problem for one in found if one.problem)
