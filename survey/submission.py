"""Questionnaire + what was sent -> Answers, or every problem; Answers <-> their stored JSON.

Two ways in: `from_form` reads what a browser sends (numbers as people type them), `from_row` reads
the cells of a file (strict codes). Both compare codes with the literal set of allowed ones, so that
neither `04` nor `³` passes for an answer. One table, `HANDLING`, holds what each kind of item does.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any, Final
from unicodedata import category

from survey.definitions.model import Item, Kind, Questionnaire
from survey.language import Refusal, Text, plural_text, text
from survey.numerals import InvalidNumber, Number, filed_number, typed_number, widest, written


class NotApplicable(Enum):
    """The one value that stands for "does not apply / don't know"; `DK` in forms and files."""

    NOT_APPLICABLE = "DK"


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE


class Prose(str):
    """A text answer; its type tells it from a code."""

    __slots__ = ()


Answer = Number | str | tuple[str, ...] | NotApplicable
"""scale: int; choice: code; choices: codes in the definition's order; number: Number; text: Prose."""


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


class InvalidAnswer(Refusal):
    """One answer is not one that its item takes."""


def from_form(questionnaire: Questionnaire, fields: Mapping[str, Sequence[str]]) -> Answers:
    """The Answers in a form's fields (name -> every value sent under it).

    Raises InvalidSubmission with every problem: a value that is not offered, a doubled or unknown
    field, a required item left out, a form without any answer.
    """
    values, problems = _read(
        questionnaire, lambda item: HANDLING[item.kind].from_form(item, list(fields.get(item.id, ())))
    )
    if not values and not problems:
        problems.append(
            FieldProblem(None, text("Nothing is answered yet. Please answer at least one question."))
        )
    problems += _missing(questionnaire, values.keys() | {problem.item for problem in problems})
    problems += _unknown_field(questionnaire, fields)
    return _settled(values, problems)


def from_row(questionnaire: Questionnaire, cells: Mapping[str, str]) -> Answers:
    """The Answers in one row of a file (column -> cell); columns that are no item are not looked at.

    A scale is its integer, a choice its code, choices their codes joined by `|` or `;`, a number has
    a decimal point, `DK` means "does not apply", an empty cell no answer. Nothing is required and
    a row may be empty. Raises InvalidSubmission with every problem.
    """
    return _settled(
        *_read(questionnaire, lambda item: HANDLING[item.kind].from_cell(item, cells.get(item.id, "")))
    )


def to_json(answers: Answers) -> str:
    """Compact JSON of all but the text answers: codes, lists of codes, numbers, null for "does not apply"."""
    return _object(
        f'"{item}":{_literal(answer)}'
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
    """The bytes of the longest text that `to_json` can make of answers to this questionnaire."""
    widest = ((item.id, HANDLING[item.kind].widest(item)) for item in questionnaire.items)
    return len(_object(f'"{item}":{"x" * width}' for item, width in widest if width))


_ENCODE = json.JSONEncoder(separators=(",", ":")).encode


def _object(members: Iterable[str]) -> str:
    return "{" + ",".join(members) + "}"


def _literal(answer: Answer) -> str:
    if isinstance(answer, Decimal):
        return written(answer)
    return _ENCODE(None if answer is NOT_APPLICABLE else answer)


def _revived(stored: Any) -> Answer:
    if stored is None:
        return NOT_APPLICABLE
    revived: Answer = tuple(stored) if isinstance(stored, list) else stored
    return revived


def _read(
    questionnaire: Questionnaire, answer_to: Callable[[Item], Answer | None]
) -> tuple[dict[str, Answer], list[FieldProblem]]:
    """The answers that could be read, and a problem for each of the others."""
    values: dict[str, Answer] = {}
    problems = []
    for item in questionnaire.items:
        try:
            answer = answer_to(item)
        except (InvalidAnswer, InvalidNumber) as refused:
            problems.append(FieldProblem(item.id, refused.text))
        else:
            if answer is not None:
                values[item.id] = answer
    return values, problems


def _settled(values: dict[str, Answer], problems: list[FieldProblem]) -> Answers:
    if problems:
        raise InvalidSubmission(problems)
    return Answers(MappingProxyType(values))


def _missing(questionnaire: Questionnaire, settled: Set[str | None]) -> list[FieldProblem]:
    """A problem for each required item that has neither an answer nor a problem."""
    return [
        FieldProblem(item.id, text("This question needs an answer."))
        for item in questionnaire.items
        if item.required and item.id not in settled
    ]


def _unknown_field(questionnaire: Questionnaire, fields: Mapping[str, Sequence[str]]) -> list[FieldProblem]:
    """One problem for all fields that are no item: they are not a respondent's doing."""
    unknown = sorted(fields.keys() - {item.id for item in questionnaire.items})
    if not unknown:
        return []
    said = text(
        "The form holds a field that is not part of it: “{name}”. Nothing was stored.", name=unknown[0][:60]
    )
    return [FieldProblem(None, said)]


# What each kind of item makes of the values under a form's field, and of a file's cell.


def _chosen(item: Item, sent: list[str]) -> Answer | None:
    if len(sent) > 1:
        raise InvalidAnswer(text("Only one answer can be given here."))
    return _coded(item, sent[0], NOT_OFFERED) if sent else None


def _ticked(item: Item, sent: list[str]) -> Answer | None:
    if len(set(sent)) < len(sent):
        raise InvalidAnswer(text("The same answer was sent twice. Please choose again."))
    if not set(sent) <= set(item.codes):
        raise InvalidAnswer(NOT_OFFERED)
    return tuple(code for code in item.codes if code in sent) or None


def _typed(item: Item, sent: list[str]) -> Answer | None:
    """A number's field is sent empty too, and beside it the tick for "does not apply"."""
    given = [value for value in sent if value.strip()]
    if len(given) > 1:
        raise InvalidAnswer(text("Please either enter a number or tick the box beside it."))
    if given == [NOT_APPLICABLE.value] and item.not_applicable:
        return NOT_APPLICABLE
    return typed_number(given[0], item.minimum, item.maximum, item.decimals) if given else None


def _worded(item: Item, sent: list[str]) -> Answer | None:
    if len(sent) > 1:
        raise InvalidAnswer(text("Only one answer can be given here."))
    return _prose(item, sent[0]) if sent else None


def _code_cell(item: Item, cell: str) -> Answer | None:
    return _coded(item, cell, _not_a_code(item, cell)) if cell else None


def _codes_cell(item: Item, cell: str) -> Answer | None:
    codes = cell.replace(";", "|").split("|") if cell else []
    for code in codes:
        if code not in item.codes:
            raise InvalidAnswer(_not_a_code(item, code))
    if len(set(codes)) < len(codes):
        raise InvalidAnswer(text("“{value}” holds a code twice", value=cell))
    return tuple(code for code in item.codes if code in codes) or None


def _number_cell(item: Item, cell: str) -> Answer | None:
    if cell == NOT_APPLICABLE.value and item.not_applicable:
        return NOT_APPLICABLE
    return filed_number(cell, item.minimum, item.maximum, item.decimals) if cell else None


NOT_OFFERED = text("This is not one of the answers offered. Please choose again.")


def _not_a_code(item: Item, cell: str) -> Text:
    offered = [*item.codes, *([NOT_APPLICABLE.value] if item.not_applicable else [])]
    return text("“{value}” is none of the codes {codes}", value=cell[:60], codes=", ".join(offered))


def _coded(item: Item, code: str, otherwise: Text) -> Answer:
    """The answer of one code, compared as text with those that the item offers."""
    if code == NOT_APPLICABLE.value and item.not_applicable:
        return NOT_APPLICABLE
    if code not in item.codes:
        raise InvalidAnswer(otherwise)
    return int(code) if item.scale else code


def _prose(item: Item, sent: str) -> Answer | None:
    """A text with line feeds between its lines and nothing around it; None when nothing is left."""
    prose = sent.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(category(character) in ("Cc", "Cs") and character not in "\n\t" for character in prose):
        raise InvalidAnswer(
            text("The text holds invisible control characters, which cannot be stored. Please retype it.")
        )
    if len(prose) > item.max_length:
        raise InvalidAnswer(
            text(
                "The text has {n} characters, but at most {most} can be stored. Please shorten it.",
                n=len(prose),
                most=item.max_length,
            )
        )
    return Prose(prose) if prose else None


# How many characters the longest stored form of an item's answer has; 0 where it has none.


def _widest_code(item: Item) -> int:
    quotes = 0 if item.scale else 2
    return max(*(len(code) + quotes for code in item.codes), _widest_not_applicable(item))


def _widest_ticks(item: Item) -> int:
    return len(_literal(item.codes))


def _widest_number(item: Item) -> int:
    return max(widest(item.minimum, item.maximum, item.decimals), _widest_not_applicable(item))


def _widest_not_applicable(item: Item) -> int:
    return len(_literal(NOT_APPLICABLE)) if item.not_applicable else 0


@dataclass(frozen=True)
class Handling:
    """What a kind of item does: read a form's values, read a file's cell, tell its stored width.

    The readers return None for "not answered" and raise InvalidAnswer or InvalidNumber.
    """

    from_form: Callable[[Item, list[str]], Answer | None]
    from_cell: Callable[[Item, str], Answer | None]
    widest: Callable[[Item], int]


HANDLING: Final[Mapping[Kind, Handling]] = {
    Kind.SCALE: Handling(_chosen, _code_cell, _widest_code),
    Kind.CHOICE: Handling(_chosen, _code_cell, _widest_code),
    Kind.CHOICES: Handling(_ticked, _codes_cell, _widest_ticks),
    Kind.NUMBER: Handling(_typed, _number_cell, _widest_number),
    Kind.TEXT: Handling(_worded, _prose, lambda _item: 0),
}
