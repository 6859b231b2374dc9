"""The rows of the counts: invitations' cells, divided by the answers to the items that break figures down."""

from collections.abc import Sequence

import numpy as np

from survey.counting.coding import Codes, Coding
from survey.counts import NOT_ASSIGNED, Cell
from survey.definitions.model import Questionnaire, Source

Found = tuple[int, ...]
"""A row: the number of its cell, then one number for each breakdown item; 0 where it tells nothing."""


class Rows:
    """Numbers the rows as they are met; without breakdown items they are the cells."""

    def __init__(
        self, questionnaire: Questionnaire, cells: Sequence[Cell], codings: Sequence[Coding]
    ) -> None:
        self._breakdowns = questionnaire.breakdowns
        self._cells = cells
        place = {coding.item.id: column for column, coding in enumerate(codings)}
        self._columns = [place[breakdown.id] for breakdown in questionnaire.answered_by]
        self._codings = [codings[column] for column in self._columns]
        whole = (0,) * len(self._columns)
        self._known: dict[Found, int] = {} if whole else {(cell.number,): cell.number for cell in cells}

    @property
    def number(self) -> int:
        """How many rows there are by now."""
        return len(self._known)

    def of(self, cells: Codes, coded: Codes) -> Codes:
        """Each person's row, from their cells and their answers (items x people)."""
        if not self._columns:
            return cells
        told = [
            np.where(coded[column] < coding.first, 0, coded[column])
            for column, coding in zip(self._columns, self._codings, strict=True)
        ]
        found, row = np.unique(np.column_stack([cells, *told]), axis=0, return_inverse=True)
        numbers = [self._known.setdefault(tuple(one), len(self._known)) for one in found.tolist()]
        rows: Codes = np.array(numbers, dtype=np.int64)[row.reshape(-1)]
        return rows

    def finished(self) -> tuple[tuple[Cell, ...], Codes]:
        """The rows by cell and values, and the number of before of each.

        The first row of a cell has all of the cell's invited people, further rows none. A cell in which
        nobody answered is a row that tells no more than the cell.
        """
        if not self._columns:
            return tuple(self._cells), np.arange(len(self._cells))
        answered = {found[0] for found in self._known}
        for cell in self._cells:
            if cell.number not in answered:
                self._known[(cell.number, *[0] * len(self._columns))] = len(self._known)
        named = sorted((found[0], self._values(found), row) for found, row in self._known.items())
        first = {cell: place for place, (cell, _, _) in reversed(list(enumerate(named)))}
        rows = tuple(
            Cell(place, values, self._cells[cell].invited if first[cell] == place else 0)
            for place, (cell, values, _) in enumerate(named)
        )
        return rows, np.array([row for _, _, row in named], dtype=np.int64)

    def _values(self, found: Found) -> tuple[str, ...]:
        """What a row tells, in the order of the breakdowns."""
        invited = iter(self._cells[found[0]].values)
        answered = iter(
            coding.categories[code] if code else NOT_ASSIGNED
            for coding, code in zip(self._codings, found[1:], strict=True)
        )
        return tuple(
            next(invited if breakdown.source is Source.INVITATION else answered)
            for breakdown in self._breakdowns
        )
