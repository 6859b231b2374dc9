"""Conditions and ranges in words, for those who must tell whether a question is for them and what it takes.

"Only if you answered “Yes” to question 3." Questions go by their number on the page. Whatever lies
inside another condition stands in brackets.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce

from survey.definitions.conditions import NOT_APPLICABLE
from survey.definitions.model import (
    AllOf,
    Comparison,
    Condition,
    Item,
    Kind,
    Operator,
    Questionnaire,
    Words,
)
from survey.language import Text, plural_text, text

FEW = 3
"""Answers that a sentence can list."""
LONG = 10_000


def only_if(questionnaire: Questionnaire, condition: Condition) -> Text:
    """The sentence that tells for whom something is."""
    places = {item.id: place for place, item in enumerate(questionnaire.items, 1)}
    return text("Only if {condition}.", condition=_said(questionnaire, places, condition))


def parts(condition: Condition | None) -> tuple[Condition, ...]:
    """The conditions that must all hold; none where there is no condition."""
    if isinstance(condition, AllOf):
        return tuple(part for inner in condition.parts for part in parts(inner))
    return (condition,) if condition else ()


def shared(items: Iterable[Item]) -> Condition | None:
    """What the conditions of some items have in common, so that it can be said once above them."""
    first, *others = [parts(item.show_if) for item in items]
    return _all(part for part in first if all(part in other for other in others))


def rest(item: Item, said: Condition | None) -> Condition | None:
    """What is left of an item's condition where some of it has been said above."""
    return _all(part for part in parts(item.show_if) if part not in parts(said))


def _all(conditions: Iterable[Condition]) -> Condition | None:
    some = tuple(dict.fromkeys(conditions))
    return AllOf(some) if len(some) > 1 else next(iter(some), None)


def _said(
    questionnaire: Questionnaire, places: Mapping[str, int], condition: Condition, inside: bool = False
) -> Text:
    if isinstance(condition, Comparison):
        item = questionnaire.item(condition.item)
        return SAYING[condition.operator](item, condition, places[item.id])
    some = parts(condition) if isinstance(condition, AllOf) else condition.parts
    joining = _and if isinstance(condition, AllOf) else _or
    joined = reduce(joining, (_said(questionnaire, places, part, len(some) > 1) for part in some))
    return text("({condition})", condition=joined) if inside and len(some) > 1 else joined


def _and(first: Text, second: Text) -> Text:
    """Both of two clauses."""
    return text("{first}, and {second}", first=first, second=second)


def _or(first: Text, second: Text) -> Text:
    """One of two clauses."""
    return text("{first}, or {second}", first=first, second=second)


def _in(item: Item, comparison: Comparison, place: int) -> Text:
    return _one_of(item, [code for code in _labels(item) if code in comparison.codes], place)


def _not_in(item: Item, comparison: Comparison, place: int) -> Text:
    if item.kind is Kind.CHOICES:
        answers = _listed(item, comparison.codes)
        return text(
            "you answered question {number} without choosing {answers}", number=place, answers=answers
        )
    others = [code for code in _labels(item) if code not in comparison.codes]
    if len(others) <= max(FEW, len(comparison.codes)):
        return _one_of(item, others, place)
    answers = _listed(item, comparison.codes)
    return text(
        "you answered something other than {answers} to question {number}", number=place, answers=answers
    )


def _at_least(item: Item, comparison: Comparison, place: int) -> Text:
    if item.kind is Kind.NUMBER:
        return _number(item, comparison.least, place)
    codes = [code for code in item.codes if float(code) >= comparison.least]
    if len(codes) <= FEW:
        return _one_of(item, codes, place)
    return text(
        "you answered {answer} or higher to question {number}", number=place, answer=_quoted(item, codes[0])
    )


SAYING: Mapping[Operator, Callable[[Item, Comparison, int], Text]] = {
    Operator.IN: _in,
    Operator.NOT_IN: _not_in,
    Operator.AT_LEAST: _at_least,
}


def _one_of(item: Item, codes: list[str], place: int) -> Text:
    if len(codes) == len(_labels(item)):
        return text("you answered question {number}", number=place)
    answers = _listed(item, codes)
    if item.kind is Kind.CHOICES:
        return text("you chose {answers} in question {number}", number=place, answers=answers)
    return text("you answered {answers} to question {number}", number=place, answers=answers)


def _number(item: Item, least: float, place: int) -> Text:
    said = as_bound(least)
    if item.unit:
        return text(
            "your answer to question {number} is at least {least} {unit}",
            number=place,
            least=said,
            unit=item.unit,
        )
    return text("your answer to question {number} is at least {least}", number=place, least=said)


def as_bound(number: float) -> str | float:
    """A number as a sentence has it: whole ones below 10,000 without a mark for thousands, as years are."""
    return str(int(number)) if float(number).is_integer() and abs(number) < LONG else number


def range_of(item: Item) -> Text:
    """Which numbers a number item takes, in a sentence."""
    lowest, highest = as_bound(item.minimum), as_bound(item.maximum)
    if not item.decimals:
        return text("A whole number from {lowest} to {highest}.", lowest=lowest, highest=highest)
    return plural_text(
        "A number from {lowest} to {highest}, with at most one decimal.",
        "A number from {lowest} to {highest}, with at most {n} decimals.",
        item.decimals,
        lowest=lowest,
        highest=highest,
    )


def _labels(item: Item) -> Mapping[str, Words]:
    """Every code of an answer to the item, with its label."""
    return {**item.labels, **({NOT_APPLICABLE: item.not_applicable} if item.not_applicable else {})}


def _listed(item: Item, codes: Iterable[str]) -> Text:
    quoted = (_quoted(item, code) for code in codes)
    return reduce(lambda some, one: text("{some} or {one}", some=some, one=one), quoted)


def _quoted(item: Item, code: str) -> Text:
    return text("“{label}”", label=_labels(item)[code])
