"""Questionnaire + what was sent -> Answers, or every problem; Answers <-> their stored JSON.

Two ways in: `from_form` reads what a browser sends (numbers as people type them), `from_row` reads
the cells of a file (strict codes). Both compare codes with the literal set of allowed ones, so that
neither `04` nor `³` passes for an answer. What was sent for an item that is not put to the person is
dropped unread, in the order of the questionnaire, and counts for no later condition. What each
kind of item does, `kinds.py` tells.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import Any

from survey.definitions.conditions import holds
from survey.definitions.model import Item, Questionnaire
from survey.language import Refusal, Text, plural_text, text
from survey.numerals import InvalidNumber
from survey.submission.kinds import (
    HANDLING,
    NOT_APPLICABLE,
    Answer,
    InvalidAnswer,
    NotApplicable,
    Prose,
    codes,
    literal,
)

__all__ = [
    "NOT_APPLICABLE",
    "Answer",
    "Answers",
    "FieldProblem",
    "InvalidSubmission",
    "NotApplicable",
    "Prose",
    "codes_of",
    "from_form",
    "from_json",
    "from_row",
    "heard",
    "largest_json",
    "problems_on",
    "texts",
    "to_json",
]


@dataclass(frozen=True)
class Answers:
    """What one respondent answered: item id -> answer, in the order of the definition.

    Items without an answer are absent; `values` may be empty.
    """

    values: Mapping[str, Answer]


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one item, or with the form as a whole (`item` is None)."""

    item: str | None
    text: Text


class InvalidSubmission(Refusal):
    """What was sent cannot be taken; `problems` holds all that is wrong with it."""

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            plural_text("One answer needs a change.", "{n} answers need a change.", len(problems))
        )


def from_form(questionnaire: Questionnaire, fields: Mapping[str, Sequence[str]]) -> Answers:
    """The Answers in a form's fields (name -> every value sent under it).

    Raises InvalidSubmission with every problem of the items that are put to the person: a value that
    is not offered, a doubled or unknown field, a required item left out, a form without any answer.
    """
    read = _read(questionnaire, _answer_in(fields))
    problems = read.problems
    if not read.values and not problems:
        problems.append(FieldProblem(None, _nothing(read, fields)))
    settled = read.values.keys() | read.dropped | {problem.item for problem in problems}
    problems += _missing(questionnaire, settled)
    problems += _unknown_field(questionnaire, fields)
    return _settled(read)


def from_row(questionnaire: Questionnaire, cells: Mapping[str, str]) -> Answers:
    """The Answers in one row of a file (column -> cell); columns that are no item are not looked at.

    A scale is its integer, a choice its code, choices their codes joined by `|` or `;`, a number has
    a decimal point, `DK` means "does not apply", an empty cell no answer. Nothing is required and
    a row may be empty. Raises InvalidSubmission with every problem.
    """
    return _settled(
        _read(questionnaire, lambda item: HANDLING[item.kind].from_cell(item, cells.get(item.id, "")))
    )


def heard(questionnaire: Questionnaire, fields: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The codes of what a form's fields say so far, as conditions compare them.

    What cannot be read is left out, and so is what was sent for items that are not put to the person.
    """
    values = _read(questionnaire, _answer_in(fields)).values
    return {item: codes(answer) for item, answer in values.items()}


def problems_on(
    questionnaire: Questionnaire, page: Set[str], fields: Mapping[str, Sequence[str]]
) -> list[FieldProblem]:
    """Every problem of the items of one page (their ids), where `fields` hold those of all pages so far."""
    read = _read(questionnaire, _answer_in(fields))
    settled = read.values.keys() | read.dropped | {problem.item for problem in read.problems}
    found = [*read.problems, *_missing(questionnaire, settled)]
    return [problem for problem in found if problem.item in page] + _unknown_field(questionnaire, fields)


def _answer_in(fields: Mapping[str, Sequence[str]]) -> Callable[[Item], Answer | None]:
    return lambda item: HANDLING[item.kind].from_form(item, list(fields.get(item.id, ())))


def codes_of(answers: Answers) -> dict[str, tuple[str, ...]]:
    """The answers as conditions compare them, see `survey.definitions.conditions`."""
    return {item: codes(answer) for item, answer in answers.values.items()}


def to_json(answers: Answers) -> str:
    """Compact JSON of all but the text answers: codes, lists of codes, numbers, null for "does not apply"."""
    return _object(
        f'"{item}":{literal(answer)}'
        for item, answer in answers.values.items()
        if not isinstance(answer, Prose)
    )


def texts(answers: Answers) -> dict[str, str]:
    """The text answers, item id -> text."""
    return {item: str(answer) for item, answer in answers.values.items() if isinstance(answer, Prose)}


def from_json(questionnaire: Questionnaire, body: str) -> Answers:
    """The Answers of `to_json`'s text; blanks around it (a stored slot is padded) do not matter."""
    stored = json.loads(body, parse_float=Decimal)
    return Answers(
        MappingProxyType(
            {item.id: _revived(stored[item.id]) for item in questionnaire.items if item.id in stored}
        )
    )


def largest_json(questionnaire: Questionnaire) -> int:
    """The bytes of the longest text that `to_json` can make of answers to this questionnaire.

    Conditions are left aside: it is as long as if every item were put to everybody.
    """
    widest = ((item.id, HANDLING[item.kind].widest(item)) for item in questionnaire.items)
    return len(_object(f'"{item}":{"x" * width}' for item, width in widest if width))


def _object(members: Iterable[str]) -> str:
    return "{" + ",".join(members) + "}"


def _revived(stored: Any) -> Answer:
    if stored is None:
        return NOT_APPLICABLE
    revived: Answer = tuple(stored) if isinstance(stored, list) else stored
    return revived


@dataclass(frozen=True)
class _Reading:
    """The answers that could be read, problems of the others, and the items not put to the person."""

    values: dict[str, Answer]
    problems: list[FieldProblem]
    dropped: set[str]


def _read(questionnaire: Questionnaire, answer_to: Callable[[Item], Answer | None]) -> _Reading:
    read = _Reading({}, [], set())
    said: dict[str, tuple[str, ...]] = {}
    for item in questionnaire.items:
        if item.show_if is not None:
            _say(said, read.values)
            if not holds(item.show_if, said):
                read.dropped.add(item.id)
                continue
        try:
            answer = answer_to(item)
        except (InvalidAnswer, InvalidNumber) as refused:
            read.problems.append(FieldProblem(item.id, refused.text))
        else:
            if answer is not None:
                read.values[item.id] = answer
    return read


def _say(said: dict[str, tuple[str, ...]], values: Mapping[str, Answer]) -> None:
    """Add the codes of the answers that came since; a questionnaire without conditions needs none."""
    for item in islice(values, len(said), None):
        said[item] = codes(values[item])


def _settled(read: _Reading) -> Answers:
    if read.problems:
        raise InvalidSubmission(read.problems)
    return Answers(MappingProxyType(read.values))


def _missing(questionnaire: Questionnaire, settled: Set[str | None]) -> list[FieldProblem]:
    """A problem for each required item that has no answer, has no problem and was not dropped."""
    return [
        FieldProblem(item.id, text("This question needs an answer."))
        for item in questionnaire.items
        if item.required and item.id not in settled
    ]


def _nothing(read: _Reading, fields: Mapping[str, Sequence[str]]) -> Text:
    """Nothing is left to store: nothing was answered, or only what is not put to the person."""
    if any(value.strip() for item in read.dropped for value in fields.get(item, ())):
        return text(
            "You answered only questions that are for other people, as is written below each. "
            "Please answer at least one of the others."
        )
    return text("Nothing is answered yet. Please answer at least one question.")


def _unknown_field(questionnaire: Questionnaire, fields: Mapping[str, Sequence[str]]) -> list[FieldProblem]:
    """One problem for all fields that are no item: they are not a respondent's doing."""
    unknown = sorted(fields.keys() - questionnaire.ids)
    if not unknown:
        return []
    said = text(
        "The form holds a field that is not part of it: “{name}”. Nothing was stored.", name=unknown[0][:60]
    )
    return [FieldProblem(None, said)]
