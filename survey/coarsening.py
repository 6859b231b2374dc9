"""Stored responses of a closed wave -> the same responses with what would make somebody stand out dropped.

A response tells what its cell tells, and the answers to demographic items. Once the figures are frozen,
every such combination is to be shared by at least the threshold of responses: demographic answers are
dropped from the last one up, then what the cell tells from the least important up. The rule is the one by
which cells were made (`cells.coarsened`), over one tuple of values: the cell's, then the answers'.
"""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from survey import cells
from survey.cells import Values
from survey.counts import NOT_ASSIGNED, Cell
from survey.definitions.conditions import put_to
from survey.definitions.model import Questionnaire

GIVEN = "="
"""Begins every value that was answered, so that no code is taken for NOT_ASSIGNED."""


def telling(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The items whose answers could tell who somebody is: demographic ones, and those of breakdowns."""
    dividing = {breakdown.id for breakdown in questionnaire.answered_by}
    return tuple(item.id for item in questionnaire.items if item.demographic or item.id in dividing)


class Combinations:
    """What responses tell of who gave them."""

    def __init__(self, questionnaire: Questionnaire, of: Iterable[Cell]) -> None:
        """`of` are the wave's cells, which may be more than any response is in."""
        self.items = telling(questionnaire)
        self._told = {cell.number: cell.values for cell in of}

    def of(self, cell: int, answers: Mapping[str, Any]) -> Values:
        """The combination of one response; `answers` as decoded JSON."""
        told = self._told[cell]
        if not self.items:
            return told
        return told + tuple(
            [_value(answers[item]) if item in answers else NOT_ASSIGNED for item in self.items]
        )


def _value(answer: Any) -> str:
    if isinstance(answer, list):
        return GIVEN + "|".join(answer)
    return GIVEN if answer is None else f"{GIVEN}{answer}"


@dataclass(frozen=True)
class Plan:
    """How the responses of a wave are coarsened.

    `kept`: each combination that does not stay -> how many of its leading values do. `numbers`: what a
    cell tells -> its number; of cells that tell the same one number is left. What a plan makes of a
    response it makes again of the result, so that it may be carried out more than once.
    """

    kept: Mapping[Values, int] = field(default_factory=dict)
    numbers: Mapping[Values, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """The stored form."""
        return json.dumps([list(self.kept.items()), list(self.numbers.items())], ensure_ascii=False)


def from_json(body: str) -> Plan:
    """The Plan of its stored form."""
    kept, numbers = json.loads(body)
    return Plan({tuple(values): n for values, n in kept}, {tuple(told): number for told, number in numbers})


Keeping = Callable[[Values], tuple[Values, Hashable]]
"""A combination -> its leading values that are to stay, and the part that it is to be coarsened in."""


def planned(
    people: Counter[Values], of: Sequence[Cell], items: int, threshold: int, keeping: Keeping | None = None
) -> Plan:
    """The plan for a wave of which `people` counts the responses by combination.

    The last `items` values of a combination are answers, those before them what its cell tells. Cells
    that are needed and do not exist among `of` are numbered on from these.
    """
    told = _in_parts(people, threshold, keeping) if keeping else cells.coarsened(people, threshold)
    kept = {values: _common(values, rest) for values, rest in sorted(told.items()) if values != rest}
    numbers: dict[Values, int] = {}
    for cell in sorted(of, key=lambda cell: cell.number):
        numbers.setdefault(cell.values, cell.number)
    free = max((cell.number for cell in of), default=-1) + 1
    for needed in sorted({rest[: len(rest) - items] for rest in told.values()} - numbers.keys()):
        numbers[needed] = free
        free += 1
    return Plan(kept, numbers)


def _in_parts(people: Counter[Values], threshold: int, keeping: Keeping) -> dict[Values, Values]:
    """Each part coarsened by itself, its leading values left; all together where a part is too small."""
    parts: dict[tuple[Values, Hashable], Counter[Values]] = {}
    for values, n in people.items():
        part = keeping(values)
        parts.setdefault(part, Counter())[values[len(part[0]) :]] = n
    if any(part.total() < threshold for part in parts.values()):
        return cells.coarsened(people, threshold)
    return {
        leading + rest: leading + coarse
        for (leading, _), part in parts.items()
        for rest, coarse in cells.coarsened(part, threshold).items()
    }


def _common(values: Values, rest: Values) -> int:
    """How many leading values stay; the others are not told any more."""
    return next(
        n for n in range(len(values) + 1) if (*values[:n], *[NOT_ASSIGNED] * (len(values) - n)) == rest
    )


@dataclass(frozen=True)
class Change:
    """What becomes of one response: the number of its cell, and the items whose answers are dropped."""

    cell: int
    dropped: frozenset[str]


class Coarsener:
    """Carries a plan out, response by response."""

    def __init__(self, questionnaire: Questionnaire, plan: Plan, of: Sequence[Cell]) -> None:
        self._questionnaire = questionnaire
        self._plan = plan
        self._combinations = Combinations(questionnaire, of)
        self._items = self._combinations.items
        told = {values[: len(values) - len(self._items)] for values in plan.kept}
        self._staying = frozenset(
            cell.number for cell in of if cell.values not in told and plan.numbers[cell.values] == cell.number
        )

    def stays(self, cell: int) -> bool:
        """Whether everything in a cell stays as it is, whatever was answered."""
        return cell in self._staying

    def change(self, cell: int, answers: Mapping[str, Any]) -> Change | None:
        """What is to be changed of a response; None where it stays as it is."""
        values = self._combinations.of(cell, answers)
        width = len(values)
        kept = self._plan.kept.get(values, width)
        of_cell = width - len(self._items)
        told = values[: min(kept, of_cell)] + (NOT_ASSIGNED,) * max(0, of_cell - kept)
        dropped = [item for item in self._items[max(0, kept - of_cell) :] if item in answers]
        number = self._plan.numbers[told]
        if number == cell and not dropped:
            return None
        return Change(number, self._with_followers(answers, dropped))

    def _with_followers(self, answers: Mapping[str, Any], dropped: Sequence[str]) -> frozenset[str]:
        """With them go the answers to items that are asked because of them, and so would tell of them."""
        if not dropped:
            return frozenset()
        rest = {item: _said(answer) for item, answer in answers.items() if item not in dropped}
        return frozenset(answers) - (put_to(self._questionnaire, rest) & rest.keys())


def _said(answer: Any) -> tuple[str, ...]:
    return tuple(answer) if isinstance(answer, list) else ("DK",) if answer is None else (str(answer),)
