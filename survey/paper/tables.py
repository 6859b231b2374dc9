"""Links as a file for a mail merge: every cell is text, and no cell a formula."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence

import xlsxwriter

from survey.tables import harmless

WIDEST = 60

Table = Sequence[Sequence[str]]
"""The header, then the rows."""


def csv_file(table: Table) -> bytes:
    """A CSV that Excel opens in Italy with a double click: semicolons, UTF-8 with a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def xlsx_file(table: Table) -> bytes:
    """A workbook of one sheet with text cells only; the header stays in view."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("links")
        bold, plain = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, plain if number else bold)
        for column, cells in enumerate(zip(*table, strict=True)):
            sheet.set_column(column, column, min(WIDEST, 2 + max(map(len, cells))))
        sheet.freeze_panes(1, 0)
    return out.getvalue()


FILES: Mapping[str, Callable[[Table], bytes]] = {"xlsx": xlsx_file, "csv": csv_file}
"""The ending of a file -> what makes it."""
