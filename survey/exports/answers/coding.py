"""One stored response -> one row of codes.

Millions of cells pass here, so the common case is one dictionary laid over another: the codes of "no
answer" below, the stored answers above. What is not stored as its code is mended afterwards.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from survey.definitions.conditions import put_to
from survey.definitions.model import Item, Kind, Questionnaire
from survey.exports.answers.model import Cell, Row
from survey.exports.variables import Absence, Variable


class Coder:
    """Makes rows of stored answers; `variables` are those of the items, without breakdowns."""

    def __init__(
        self, questionnaire: Questionnaire, held: Iterable[str], variables: Sequence[Variable]
    ) -> None:
        self._questionnaire = questionnaire
        by_item: dict[str, Variable] = {}
        for variable in variables:
            by_item.setdefault(variable.item, variable)
        items = [questionnaire.item(item) for item in held]
        self._width = len(items)
        self._blank = {item.id: _code(by_item[item.id], Absence.NO_ANSWER) for item in items}
        self._codes = {
            absence: {i: _code(v, absence) for i, v in by_item.items() if absence in v.absences}
            for absence in (Absence.NOT_APPLICABLE, Absence.NOT_ASKED, Absence.NOT_SHOWN)
        }
        self._conditional = bool(self._codes[Absence.NOT_ASKED])
        # From the last to the first, so that laying one out moves no other.
        self._several = [(place, item) for place, item in enumerate(items) if item.kind is Kind.CHOICES][::-1]

    def row(self, answers: Mapping[str, Any], hidden: Collection[str] = ()) -> Row:
        """The cells of one response; `answers` as decoded JSON, with texts; `hidden` items are not shown."""
        row: dict[str, Any] = self._blank | answers  # type: ignore[operator]
        if None in row.values():
            for item, code in self._codes[Absence.NOT_APPLICABLE].items():
                if row[item] is None:
                    row[item] = code
        if self._conditional:
            self._mark_not_asked(row, answers)
        for item in hidden:
            row[item] = self._codes[Absence.NOT_SHOWN][item]
        cells: list[Any] = list(row.values())[: self._width]
        for place, several in self._several:
            cells[place : place + 1] = _laid_out(several, cells[place])
        return cells

    def _mark_not_asked(self, row: dict[str, Any], answers: Mapping[str, Any]) -> None:
        asked = put_to(self._questionnaire, {item: _said(answer) for item, answer in answers.items()})
        for item, code in self._codes[Absence.NOT_ASKED].items():
            if item not in asked:
                row[item] = code


def _code(variable: Variable, absence: Absence) -> Cell:
    found = variable.absences.get(absence)
    if found is None:
        return ""
    return found.number if variable.numeric else found.code


def _laid_out(item: Item, answer: Any) -> list[Any]:
    """0 or 1 for each option; what is no answer stands at all of them."""
    if not isinstance(answer, list):
        return [answer] * len(item.options)
    return [int(option.value in answer) for option in item.options]


def _said(answer: Any) -> tuple[str, ...]:
    """A stored answer as conditions compare it."""
    return tuple(answer) if isinstance(answer, list) else ("DK",) if answer is None else (str(answer),)
