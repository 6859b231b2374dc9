"""XLSX: the answers, the codebook and notes, a sheet each; written row by row, so that memory stays flat."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from survey.exports.answers.model import Cell, Description, Table
from survey.exports.answers.notes import notes
from survey.exports.answers.plain import words_of
from survey.exports.variables import Variable, codebook
from survey.language import Language, Refusal

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""
WIDTHS = (26, 70, 18, 16, 40, 18, 10)
NOTES_WIDTHS = (30, 110)
LINE_HEIGHT = 15
"""Points."""


class TooManyRows(Refusal):
    """A sheet has an end, and there are more answers."""


def write_xlsx(table: Table, path: Path, t: Language) -> None:
    """Numbers as numbers, codes as text, no answer as an empty cell, and other reasons in words.

    Raises TooManyRows.
    """
    if table.number > MOST_ROWS:
        raise TooManyRows(
            "a sheet holds {most} rows and there are {n}: take .csv", most=MOST_ROWS, n=table.number
        )
    with _book(path, table.of) as book:
        _answers(book, table, t)
        _codebook(book, table.variables, t)
        _notes(book, notes(table.of, t, table.number), t)


def write_codebook_xlsx(of: Description, path: Path, t: Language) -> None:
    """The codebook and the notes alone."""
    with _book(path, of) as book:
        _codebook(book, of.variables, t)
        _notes(book, notes(of, t), t)


def _book(path: Path, of: Description) -> Any:
    # Its temporary files hold answers: they lie beside the file, in a folder that is removed with them.
    book = xlsxwriter.Workbook(path, {**OPTIONS, "tmpdir": str(path.parent)})
    # The same answers give the same bytes, whenever they are asked for.
    book.set_properties({"created": datetime.fromisoformat(of.release.closed).replace(tzinfo=None)})
    return book


def _answers(book: Any, table: Table, t: Language) -> None:
    sheet = _sheet(book, t("Answers"), [variable.name for variable in table.variables])
    for place, variable in enumerate(table.variables):
        sheet.set_column(place, place, min(30, max(9, len(variable.name) + 2)))
    columns = [(words_of(variable), variable.numeric) for variable in table.variables]
    writers = _Writers(sheet.write_number, sheet.write_string)
    for number, row in enumerate(table.rows(), 1):
        writers.write(number, row, columns)
    sheet.autofilter(0, 0, table.number, len(columns) - 1)


class _Writers:
    """Writes cells without asking each time of what type they are."""

    def __init__(self, number: Callable[..., Any], string: Callable[..., Any]) -> None:
        self._number, self._string = number, string

    def write(self, at: int, row: Iterable[Cell], columns: Sequence[tuple[Mapping[Cell, str], bool]]) -> None:
        number, string = self._number, self._string
        for place, (cell, (words, numeric)) in enumerate(zip(row, columns, strict=True)):
            said = words.get(cell)
            if said is not None:
                if said:
                    string(at, place, said)
            elif numeric:
                number(at, place, cell if isinstance(cell, int) else float(cell))
            elif cell:
                string(at, place, cell)


def _codebook(book: Any, variables: Sequence[Variable], t: Language) -> None:
    rows = codebook(variables, t)
    sheet = _sheet(book, t("Codebook"), next(rows))
    _texts(sheet, rows, WIDTHS, book.add_format({"text_wrap": True, "valign": "top"}))


def _notes(book: Any, lines: Iterator[tuple[str, str]], t: Language) -> None:
    sheet = _sheet(book, t("Notes"), (t("What"), t("Said")))
    _texts(sheet, lines, NOTES_WIDTHS, book.add_format({"text_wrap": True, "valign": "top"}))


def _sheet(book: Any, name: str, header: Iterable[str]) -> Any:
    """A sheet whose header stays in view."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    for place, title in enumerate(header):
        sheet.write_string(0, place, title, bold)
    return sheet


def _texts(sheet: Any, rows: Iterable[Sequence[str]], widths: Sequence[int], shape: Any) -> None:
    """Rows of text, one page wide where they are printed, each as high as its longest cell needs."""
    sheet.fit_to_pages(1, 0)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for number, row in enumerate(rows, 1):
        lines = max(1 + len(said) // width for said, width in zip(row, widths, strict=True))
        sheet.set_row(number, LINE_HEIGHT * lines)
        for place, said in enumerate(row):
            if said:
                sheet.write_string(number, place, said, shape)
