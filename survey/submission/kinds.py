"""What each kind of item does with an answer: read it from a form or a file, tell its stored width.

One table, `HANDLING`, holds it all.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from unicodedata import category

from survey.definitions.model import Item, Kind, Option
from survey.language import Refusal, Text, text
from survey.numerals import Number, filed_number, typed_number, widest, written


class NotApplicable(Enum):
    """The one value that stands for "does not apply / don't know"; `DK` in forms and files."""

    NOT_APPLICABLE = "DK"


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE
_DK: Final = NOT_APPLICABLE.value


class Prose(str):
    """A text answer; its type tells it from a code."""

    __slots__ = ()


Answer = Number | str | tuple[str, ...] | NotApplicable
"""scale: int; choice: code; choices: codes in the definition's order; number: Number; text: Prose."""


class InvalidAnswer(Refusal):
    """One answer is not one that its item takes."""


_ENCODE = json.JSONEncoder(separators=(",", ":")).encode
_LITERAL: Final[Mapping[type, Callable[[Any], str]]] = {
    int: str,
    Decimal: written,
    NotApplicable: lambda _answer: "null",
}
"""How an answer is written as JSON, by its type; what is not here, the encoder writes."""


def codes(answer: Answer) -> tuple[str, ...]:
    """An answer as conditions compare it: its code, the number as it is written, or every ticked option."""
    if isinstance(answer, tuple):
        return answer
    if isinstance(answer, NotApplicable):
        return (answer.value,)
    return (answer if isinstance(answer, str) else written(answer),)


def literal(answer: Answer) -> str:
    """An answer as JSON."""
    return _LITERAL.get(type(answer), _ENCODE)(answer)


# What each kind of item makes of the values under a form's field, and of a file's cell.


def _chosen(item: Item, sent: list[str]) -> Answer | None:
    """Radio buttons cannot be unticked: "no answer" is one of them, sent as nothing."""
    if sent == [""]:
        return None
    if len(sent) > 1:
        raise InvalidAnswer(text("Only one answer can be given here."))
    return _coded(item, sent[0], NOT_OFFERED) if sent else None


def _ticked(item: Item, sent: list[str]) -> Answer | None:
    if len(set(sent)) < len(sent):
        raise InvalidAnswer(text("The same answer was sent twice. Please choose again."))
    if not set(sent) <= set(item.codes):
        raise InvalidAnswer(NOT_OFFERED)
    if len(sent) > 1 and (alone := _alone(item, sent)):
        raise InvalidAnswer(
            text("“{option}” goes with no other answer: please untick it, or the others.", option=alone.label)
        )
    if item.max_choices and len(sent) > item.max_choices:
        raise InvalidAnswer(
            text(
                "{n} answers are ticked, but at most {most} can be: please untick some.",
                n=len(sent),
                most=item.max_choices,
            )
        )
    return tuple(code for code in item.codes if code in sent) or None


def _alone(item: Item, codes: Sequence[str]) -> Option | None:
    """The first option among some codes that goes with no other."""
    return next((option for option in item.options if option.exclusive and option.value in codes), None)


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
    if len(codes) > 1 and (alone := _alone(item, codes)):
        raise InvalidAnswer(
            text("{code} in “{value}” goes with no other code", code=alone.value, value=cell[:60])
        )
    if item.max_choices and len(codes) > item.max_choices:
        raise InvalidAnswer(
            text("“{value}” holds more than {most} codes", value=cell[:60], most=item.max_choices)
        )
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
    if code == _DK and item.not_applicable:
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
    together = [option.value for option in item.options if not option.exclusive]
    longest = sorted(together, key=len, reverse=True)[: item.max_choices or None]
    alone = [(option.value,) for option in item.options if option.exclusive]
    return max(len(literal(codes)) for codes in (tuple(longest), *alone))


def _widest_number(item: Item) -> int:
    return max(widest(item.minimum, item.maximum, item.decimals), _widest_not_applicable(item))


def _widest_not_applicable(item: Item) -> int:
    return len(literal(NOT_APPLICABLE)) if item.not_applicable else 0


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
