"""The long table as CSV: for programs, and in the form that Excel opens in Italy with a double click."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from survey.exports.results.rows import HEADER, Row
from survey.tables import harmless


def as_csv(rows: Iterable[Row]) -> bytes:
    """UTF-8, commas, points, every digit of a number; nothing withheld has a value."""
    return table_csv(HEADER, (row.cells for row in rows))


def as_excel_csv(rows: Iterable[Row]) -> bytes:
    """A byte order mark, semicolons, decimal commas, and no cell that Excel would take for a formula."""
    said = ([_excel(cell) for cell in row.cells] for row in rows)
    return b"\xef\xbb\xbf" + _written(HEADER, said, delimiter=";", lineterminator="\r\n")


def table_csv(header: Sequence[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """Any table, for programs; None is an empty cell."""
    return _written(header, rows, lineterminator="\n")


def words_csv(header: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A table of words as it stands on a page, with no cell that a spreadsheet would take for a formula."""
    return table_csv([harmless(cell) for cell in header], ([harmless(cell) for cell in row] for row in rows))


def _written(header: Sequence[str], rows: Iterable[Iterable[Any]], **form: Any) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, **form)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def _excel(cell: Any) -> Any:
    if isinstance(cell, str):
        return harmless(cell)
    return repr(cell).replace(".", ",") if isinstance(cell, float) else cell
