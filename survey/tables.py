"""A file as a spreadsheet saves it -> rows of text cells; and cells that no spreadsheet runs.

Read are CSV (`;`, `,` or tab; UTF-8 with or without a mark, UTF-16 with one, Windows-1252; any line
ends) and .xlsx. Every cell comes out as plain text: of a formula, what the spreadsheet last computed.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from survey.language import Refusal, Text, text

LARGEST = 20 * 1024 * 1024
LARGEST_INSIDE = 128 * 1024 * 1024
"""Bytes of a file, and of what an .xlsx unpacks to."""
MOST_COLUMNS = 200
MOST_ROWS = 200_000
LAST_ROW = 1_048_576
"""The last row that a spreadsheet has."""
FORMULA = frozenset("=+-@\t\r")
"""What a spreadsheet takes for the beginning of a formula."""
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MARKED = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
"""The marks at the beginning of a file, each with Python's name of its encoding and the usual one."""
UTF8_INSIDE = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2[\x80\x82][\x80-\xbf]")
"""Letters and quotation marks in UTF-8, which in Windows-1252 would be nonsense such as Ã¨."""
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[;,]*\s*', re.IGNORECASE)


class InvalidFile(Refusal):
    """The file cannot be read as a table at all."""


@dataclass(frozen=True)
class Table:
    """A header, the rows behind it with their numbers in the file (from 1), and what the file was read as.

    No row is without any content; rows may be shorter or longer than the header.
    """

    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    how: Text


def read(content: bytes, name: str) -> Table:
    """The table in a file. Raises InvalidFile, also while the rows are gone through."""
    if len(content) > LARGEST:
        raise InvalidFile("{name} is larger than {n} MB; split it", name=name, n=LARGEST // 1024 // 1024)
    if content.startswith(OLD_EXCEL):
        raise InvalidFile(
            "{name} is an old Excel file or has a password; save it as .xlsx without one, or as CSV",
            name=name,
        )
    rows, how = _workbook(content, name) if content.startswith(ZIP) else _csv(content, name)
    filled = _bounded(((number, cells) for number, cells in rows if any(cells)), name)
    _, header = next(filled, (0, []))
    if not header:
        raise InvalidFile("{name} is empty; its first line must name the columns", name=name)
    if len(header) > MOST_COLUMNS:
        raise InvalidFile("{name} has more than {n} columns; leave some out", name=name, n=MOST_COLUMNS)
    return Table(header, filled, how)


def _bounded(rows: Iterable[tuple[int, list[str]]], name: str) -> Iterator[tuple[int, list[str]]]:
    for n, row in enumerate(rows):
        if n > MOST_ROWS:
            raise InvalidFile("{name} has more than {n} rows; split it", name=name, n=MOST_ROWS)
        yield row


Numbered = Iterator[tuple[int, list[str]]]


def _csv(content: bytes, name: str) -> tuple[Numbered, Text]:
    decoded, encoding = decode(content, name)
    rows = CsvRows(decoded, name)
    how = text("CSV, {encoding}, {delimiter}", encoding=encoding, delimiter=DELIMITERS[rows.delimiter])
    return ((rows.line_num, cells) for cells in rows), how


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the name of its encoding. Raises InvalidFile for none, or a mixture."""
    for mark, codec, encoding in MARKED:
        if content.startswith(mark):
            return _sound(content, codec, name), encoding
    try:
        return without_nul(content.decode("utf-8"), name), "UTF-8"
    except UnicodeDecodeError:
        pass
    mixed = UTF8_INSIDE.search(content)
    if mixed:
        raise _unreadable(name, content, mixed.start())
    return _sound(content, "cp1252", name), "Windows-1252"


def _sound(content: bytes, codec: str, name: str) -> str:
    try:
        return without_nul(content.decode(codec), name)
    except UnicodeDecodeError as failure:
        raise _unreadable(name, content, failure.start) from failure


def _unreadable(name: str, content: bytes, where: int) -> InvalidFile:
    return InvalidFile(
        "{name}:{line}: here the file is neither UTF-8 nor Windows-1252, or a mixture of both; "
        "save it as CSV UTF-8 or as .xlsx and try again",
        name=name, line=str(content[:where].count(b"\n") + 1),
    )  # fmt: skip


def without_nul(decoded: str, name: str) -> str:
    """The text itself. Raises InvalidFile where it holds NUL characters."""
    if "\0" in decoded:
        raise InvalidFile("{name} holds NUL characters; save it as CSV UTF-8 and try again", name=name)
    return decoded


DELIMITERS = {",": text("commas"), ";": text("semicolons"), "\t": text("tabs")}


class CsvRows(Iterator[list[str]]):
    """Rows of cells; the delimiter is the one that the header has most of, or that `sep=` names."""

    def __init__(self, decoded: str, name: str) -> None:
        first = re.split(r"[\r\n]", decoded, maxsplit=1)[0]
        said = SEPARATOR_LINE.fullmatch(first)
        counted = re.sub(r'"[^"]*"', "", first)
        named = said is not None and said[1] in DELIMITERS
        self.delimiter = said[1] if said and named else max(DELIMITERS, key=counted.count)
        self._rows = csv.reader(io.StringIO(decoded, newline=""), delimiter=self.delimiter, strict=True)
        self._name = name
        if named:
            next(self)

    @property
    def line_num(self) -> int:
        """The line of the file in which the last row ended."""
        return self._rows.line_num

    def __next__(self) -> list[str]:
        try:
            return [_disarmed(cell.strip()) for cell in next(self._rows)]
        except csv.Error as failure:
            raise InvalidFile(
                "{name}:{line}: this is no CSV ({why}); check the quotation marks",
                name=self._name, line=str(self.line_num), why=str(failure),
            ) from failure  # fmt: skip


def _workbook(content: bytes, name: str) -> tuple[Numbered, Text]:
    """The first sheet of an .xlsx."""
    opened = _attempt(name, lambda: _opened(content, name))
    sheet = opened.worksheets[0] if opened.worksheets else None
    if sheet is None:
        raise InvalidFile("{name} has no sheet with cells; save the list as .xlsx or CSV", name=name)
    how = text("Excel, sheet “{sheet}”", sheet=str(sheet.title)[:31])
    return _numbered(_Sheet(sheet, name)), how


def _opened(content: bytes, name: str) -> Any:
    import openpyxl  # not needed by those who answer

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST_INSIDE:
            raise InvalidFile("{name} is too large inside; save the list as CSV", name=name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about looks and menus that are not read
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)


class _Sheet(Iterator[list[str]]):
    """The rows of a sheet, the empty ones too, as wide as its first row with content."""

    def __init__(self, sheet: Any, name: str) -> None:
        self._sheet, self._name = sheet, name
        sheet.reset_dimensions()  # what the file says of its own size is often wrong
        self._rows = sheet.iter_rows(max_col=self._width(), values_only=True, max_row=LAST_ROW)

    def _width(self) -> int:
        rows = self._sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True, max_row=LAST_ROW)
        first: list[Any] = _attempt(self._name, lambda: next(filter(any, rows), [None]))
        return max((n for n, value in enumerate(first, 1) if value is not None), default=1)

    def __next__(self) -> list[str]:
        return [_cell(value) for value in _attempt(self._name, lambda: next(self._rows))]


def _numbered(rows: Iterable[list[str]]) -> Numbered:
    for number, cells in enumerate(rows, 1):
        if number > LAST_ROW:
            return
        yield number, cells


def _attempt(name: str, act: Any) -> Any:
    """What `act` gives. Raises InvalidFile for whatever a damaged workbook makes openpyxl stumble over."""
    try:
        return act()
    except (StopIteration, InvalidFile):
        raise
    except Exception as failure:
        raise InvalidFile(
            "{name} is no .xlsx that can be read ({why}); open it and save it anew as .xlsx or CSV",
            name=name, why=type(failure).__name__,
        ) from failure  # fmt: skip


def _cell(value: Any) -> str:
    """A cell's value as text: days as 2026-11-30, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        whole = not (value.hour or value.minute or value.second or value.microsecond)
        return value.date().isoformat() if whole else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def harmless(cell: str) -> str:
    """A cell for a CSV file that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in FORMULA else cell


def _disarmed(cell: str) -> str:
    """The cell as it was before `harmless`, so that a list that was taken out can be brought back."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell
