"""Answers in words, for a last look: every question that was put to the person, with what was answered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from survey.definitions.conditions import put_to
from survey.definitions.model import Item, Kind, Questionnaire, Section, Words
from survey.language import Text, text
from survey.submission import NOT_APPLICABLE, Answer, Answers, codes_of

Said = Words | Text | str
"""What a line says: the definition's words, a sentence of ours, or the respondent's own words."""


@dataclass(frozen=True)
class Line:
    """One question with its number and the words of its answer; none where it was left out."""

    item: Item
    number: int
    answer: tuple[Said, ...]


@dataclass(frozen=True)
class Part:
    """A section with a line for each of its items that was put to the person."""

    section: Section
    lines: tuple[Line, ...]


def summary(questionnaire: Questionnaire, answers: Answers) -> tuple[Part, ...]:
    """The parts of a last look at some answers; sections of which nothing was asked are left out."""
    asked = put_to(questionnaire, codes_of(answers))
    numbers = {item.id: number for number, item in enumerate(questionnaire.items, 1)}
    parts = (
        Part(
            section,
            tuple(
                Line(item, numbers[item.id], tuple(_in_words(item, answers.values.get(item.id))))
                for item in section.items
                if item.id in asked
            ),
        )
        for section in questionnaire.sections
    )
    return tuple(part for part in parts if part.lines)


def _in_words(item: Item, answer: Answer | None) -> Iterator[Said]:
    if answer is None:
        return
    if answer is NOT_APPLICABLE:
        yield item.not_applicable or str(answer.value)
    else:
        yield from _SAYING[item.kind](item, answer)


def _chosen(item: Item, answer: Answer) -> Iterator[Said]:
    yield item.labels[str(answer)]


def _ticked(item: Item, answer: Answer) -> Iterator[Said]:
    if isinstance(answer, tuple):
        yield from (item.labels[code] for code in answer)


def _measured(item: Item, answer: Answer) -> Iterator[Said]:
    if item.unit:
        yield text("{number} {unit}", number=answer, unit=item.unit)
    else:
        yield text("{number}", number=answer)


def _worded(_: Item, answer: Answer) -> Iterator[Said]:
    yield str(answer)


_SAYING: Mapping[Kind, Callable[[Item, Answer], Iterator[Said]]] = {
    Kind.SCALE: _chosen,
    Kind.CHOICE: _chosen,
    Kind.CHOICES: _ticked,
    Kind.NUMBER: _measured,
    Kind.TEXT: _worded,
}
