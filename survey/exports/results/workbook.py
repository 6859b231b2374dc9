"""Sheets and pictures -> XLSX: numbers as numbers, headers that stay in view, pages that can be printed.

Behind the sheet of a section stands one with its charts, upright, so that each picture is on one page.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from survey.exports.results.cells import COUNT, DECIMAL, FINE, SCORE, SHARE, SIGNED, Block, Number, Sheet
from survey.exports.telling import program
from survey.indicators.model import Results
from survey.language import Language
from survey.release import short

FORMATS: Mapping[str, str] = {
    COUNT: "#,##0", DECIMAL: "#,##0.00", SHARE: "0.0%", SCORE: "0.0", FINE: "0.0000",
    SIGNED: "+#,##0;-#,##0;0",
}  # fmt: skip
"""How a spreadsheet writes the numbers; marks and signs are those of its own language."""
A4 = 9
LONGEST_NAME = 31
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
WIDEST, NARROWEST = 60, 9
"""Characters of a column."""
FIRST_WIDEST = 46
LINE = 15
"""Points of a line."""
ROW_INCHES = LINE / 72
PAGE_INCHES = 9.6
"""What of a sheet of paper pictures may take: a little less than its margins leave."""
WIDER = 1.15
TITLE_LINE, TITLE_WIDER = 17, 1.4
"""Points of a line of a title, and how much wider its letters are."""
PICTURES_PIXELS = 630
"""The width of the column that pictures lie on: a little more than theirs, and less than the paper's."""
BETWEEN = 2
"""Rows between two tables, and between two pictures."""


@dataclass(frozen=True)
class Picture:
    """A chart as a picture: PNG at `dpi`, with words for those who do not see it."""

    body: bytes
    alt: str
    high: float


Pictures = Callable[[str, str | None], Sequence[Picture]]
"""The pictures of a chart, or of its sheets; none where it cannot be drawn."""


def workbook(results: Results, sheets: Sequence[Sheet], pictures: Pictures, t: Language) -> bytes:
    """The file; the same results and pictures give the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    title = t.choose(results.title)
    book.set_properties(
        {
            "title": title,
            "subject": f"{results.wave} · {short(results.release)}",
            "author": program(),
            "created": datetime.fromisoformat(results.closed).replace(tzinfo=None),
        }
    )
    # The space keeps a digit behind it from being read as part of the size of the letters.
    writer = _Writer(book, t, f"&L&8 {_escaped(title)}&R&8 {short(results.release)} · &P / &N")
    names: list[str] = []
    for sheet in sheets:
        writer.write(sheet, _name(sheet.name, names))
        if drawn := [picture for what, by in sheet.pictures for picture in pictures(what, by)]:
            heading = t("Charts – {sheet}", sheet=sheet.name)
            writer.hang(drawn, heading, _name(heading, names))
    book.close()
    return out.getvalue()


def _name(words: str, taken: list[str]) -> str:
    """The name of a sheet as a workbook takes it, no two alike; it is added to those taken."""
    plain = " ".join(words.translate(NOT_IN_NAMES).split())[:LONGEST_NAME].strip() or "-"
    number, name = 2, plain
    while name.lower() in [other.lower() for other in taken]:
        ending = f" {number}"
        number, name = number + 1, plain[: LONGEST_NAME - len(ending)] + ending
    taken.append(name)
    return name


def _escaped(words: str) -> str:
    """Words for a footer, in which & begins an order; a footer has 255 characters."""
    return words.replace("&", "&&")[:120]


class _Writer:
    def __init__(self, book: Any, t: Language, footer: str) -> None:
        self._book, self._t, self._footer = book, t, footer
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self._title = book.add_format({"bold": True, "font_size": 12, "text_wrap": True, "valign": "top"})
        self._heading = book.add_format({"bold": True, "font_size": 12})
        self._words = book.add_format({"text_wrap": True, "valign": "top"})
        grey = {"italic": True, "font_color": "#4d4d4d", "valign": "top", "text_wrap": True}
        self._why = book.add_format(grey)
        self._numbers = {
            form: book.add_format({"num_format": pattern, "valign": "top"})
            for form, pattern in FORMATS.items()
        }

    def write(self, sheet: Sheet, name: str) -> None:
        """The tables of a section."""
        page = self._added(name)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        widths = self._widths(page, sheet)
        row = 0
        for block in sheet.blocks:
            row = self._block(page, block, row, widths) + BETWEEN
        # The title and the header of the first table, and the names of its rows, stay in view.
        page.freeze_panes(2, 1)
        page.repeat_rows(0, 1)

    def hang(self, pictures: Sequence[Picture], heading: str, name: str) -> None:
        """The charts of a section, one below the other; where a page is full, the next begins.

        Pages are not fitted to the paper, since a spreadsheet then minds no breaks.
        """
        page = self._added(name)
        page.hide_gridlines(2)
        page.set_column_pixels(0, 0, PICTURES_PIXELS)
        page.write_string(0, 0, heading, self._heading)
        row, left, breaks = BETWEEN, PAGE_INCHES - BETWEEN * ROW_INCHES, []
        for picture in pictures:
            rows = int(picture.high / ROW_INCHES) + BETWEEN
            if rows * ROW_INCHES > left and row > BETWEEN:
                breaks.append(row)
                left = PAGE_INCHES
            told = {"image_data": io.BytesIO(picture.body), "description": picture.alt, "object_position": 2}
            page.insert_image(row, 0, "chart.png", told)
            row, left = row + rows, left - rows * ROW_INCHES
        page.set_h_pagebreaks(breaks)
        page.print_area(0, 0, row, 0)

    def _added(self, name: str) -> Any:
        page = self._book.add_worksheet(name)
        page.set_paper(A4)
        page.set_footer(self._footer)
        return page

    def _block(self, page: Any, block: Block, row: int, widths: Sequence[int]) -> int:
        """Write a table from a row on; the row behind it. Rows are as high as their wrapped words."""
        page.set_row(row + 1, LINE * _lines(block.header, widths))
        last = len(block.header) - 1
        lines = -(-len(block.title) * TITLE_WIDER // sum(widths[: last + 1]))
        page.set_row(row, TITLE_LINE * lines)
        page.merge_range(row, 0, row, last, block.title, self._title)
        for at, head in enumerate(block.header):
            page.write_string(row + 1, at, head, self._head)
        for number, cells in enumerate(block.rows, row + 2):
            if (lines := _lines(cells, widths)) > 1:
                page.set_row(number, LINE * lines)
            for at, cell in enumerate(cells):
                if isinstance(cell, Number):
                    page.write_number(number, at, cell.value, self._numbers[cell.form])
                elif cell:
                    is_reason = at > 0 and isinstance(cells[0], str) and block.header[at] not in self._said
                    page.write_string(number, at, cell, self._why if is_reason else self._words)
        return row + 2 + len(block.rows)

    @property
    def _said(self) -> set[str]:
        """Heads over words that are no reasons."""
        t = self._t
        heads = (
            "in words",
            "said",
            "figure",
            "answer",
            "breakdown",
            "group",
            "statistic",
            "compared",
            "reason",
        )
        return {t(head) for head in heads}

    def _widths(self, page: Any, sheet: Sheet) -> list[int]:
        """Set the widths of the columns, in characters, by what stands in them."""
        widths = []
        columns = max(len(block.header) for block in sheet.blocks)
        for at in range(columns):
            words = [
                int(len(cell) * WIDER) + 1
                for block in sheet.blocks
                for row in block.rows
                if at < len(row) and isinstance(cell := row[at], str)
            ]
            most = FIRST_WIDEST if at == 0 else WIDEST if at == columns - 1 else 24
            widths.append(min(most, max([NARROWEST + 3, *words])))
            page.set_column(at, at, widths[-1])
        return widths


def _lines(cells: Sequence[Any], widths: Sequence[int]) -> int:
    """How many lines the words of a row need: letters are taken for a little wider than figures."""
    needed = [
        -(-len(cell) * WIDER // width)
        for cell, width in zip(cells, widths, strict=False)
        if isinstance(cell, str)
    ]
    return int(max([1, *needed]))
