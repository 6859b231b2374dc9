"""How tables are laid out, alike in Word and HTML: which columns hold numbers, and how wide they are."""

import re
from itertools import count

from survey.exports.report.desk import DASH
from survey.exports.report.model import Table

LONGEST_NUMBER = 24
"""Letters of the longest cell that is set like a number, to the right."""
NARROWEST, WIDEST = 8.0, 46.0
"""The least and the greatest part of a column in a table's width."""
WORDS = re.compile(r"\S+")


def numeric(table: Table) -> tuple[bool, ...]:
    """For each column whether its cells are short and hold numbers; the first never does."""
    columns = range(len(table.header))
    return tuple(bool(column) and _is_numeric(table, column) for column in columns)


def _is_numeric(table: Table, column: int) -> bool:
    cells = [row[column].text for row in table.rows]
    held = all(any(letter.isdigit() for letter in cell) or cell.startswith(DASH) for cell in cells)
    return held and all(len(cell) <= LONGEST_NUMBER for cell in cells)


def widths(table: Table) -> tuple[float, ...]:
    """The share of each column in the table's width (0 to 1, sum 1)."""
    parts = [_part(table, column) for column in range(len(table.header))]
    return tuple(part / sum(parts) for part in parts)


def _part(table: Table, column: int) -> float:
    """By the longest word, which must not be broken, and by the average cell."""
    cells = [table.header[column].text, *(row[column].text for row in table.rows)]
    if numeric(table)[column]:
        longest = max(map(len, cells[1:]))
        return max(NARROWEST, longest + 2.0, *(len(word) + 1.0 for word in WORDS.findall(cells[0])))
    longest = max((len(word) for cell in cells for word in WORDS.findall(cell)), default=1)
    average = sum(map(len, cells)) / len(cells)
    return min(WIDEST, max(NARROWEST, longest + 1.0, average * 0.8))


class Numbers:
    """The numbers of tables and figures, given out in the order in which they are asked for."""

    def __init__(self) -> None:
        self._tables, self._figures = count(1), count(1)

    def table(self) -> int:
        """The next table's number."""
        return next(self._tables)

    def figure(self) -> int:
        """The next figure's number."""
        return next(self._figures)
