"""Whom an item is put to: conditions over the answers to earlier items.

Answers are compared by their codes, the same whether they come from a form, a file or the store:
a scale's point and a number as they are written, an option's value, every ticked option, "DK" for
"does not apply", nothing for an item without an answer. An item without an answer meets no condition,
`not_in` included, and neither does an item that was itself not put to the person.
"""

from collections.abc import Iterable, Iterator, Mapping

from survey.definitions.model import AllOf, AnyOf, Comparison, Condition, Operator, Questionnaire

NOT_APPLICABLE = "DK"

Said = Mapping[str, tuple[str, ...]]
"""Item id -> the codes of its answer; an item without an answer is absent or has none."""


def holds(condition: Condition, said: Said) -> bool:
    """Whether a condition is met."""
    if isinstance(condition, AllOf):
        return all(holds(part, said) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, said) for part in condition.parts)
    return meets(condition, said.get(condition.item, ()))


def meets(comparison: Comparison, codes: tuple[str, ...]) -> bool:
    """Whether the codes of one item's answer meet one comparison."""
    if not codes:
        return False
    if comparison.operator is Operator.AT_LEAST:
        return codes[0] != NOT_APPLICABLE and float(codes[0]) >= comparison.least
    found = any(code in comparison.codes for code in codes)
    return found if comparison.operator is Operator.IN else not found


def put_to(questionnaire: Questionnaire, said: Said) -> frozenset[str]:
    """The ids of the items that are put to somebody who answers `said`.

    What `said` holds of an item that is not put to the person counts for no condition.
    """
    known: dict[str, tuple[str, ...]] = {}
    asked = set()
    for item in questionnaire.items:
        if item.show_if is None or holds(item.show_if, known):
            asked.add(item.id)
            known[item.id] = said.get(item.id, ())
    return frozenset(asked)


def comparisons(condition: Condition | None) -> Iterator[Comparison]:
    """Every comparison inside a condition; none where there is no condition."""
    if isinstance(condition, Comparison):
        yield condition
    elif condition is not None:
        for part in condition.parts:
            yield from comparisons(part)


def conditional(questionnaire: Questionnaire, items: Iterable[str]) -> bool:
    """Whether any of some items is not put to everybody."""
    return any(questionnaire.item(item).show_if is not None for item in items)
