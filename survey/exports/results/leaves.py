"""A file of a bundle -> every value in it by its place, so that two files can be compared value by value."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import openpyxl

from survey.exports.results import bundle
from survey.exports.results.reading import ANY_NAME, unpacked
from survey.exports.results.rows import HEADER

MOST_IN_BOOK = 64 * 1024 * 1024


def _from_json(body: bytes) -> dict[str, Any]:
    """Every value of a JSON file by its path."""
    return dict(_leaves(json.loads(body), ""))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for at, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{at}]")
    else:
        yield path, value


def _from_csv(body: bytes) -> dict[str, Any]:
    """Every cell of a CSV file by its row and column; the long table's by what the row is about."""
    header, *lines = csv.reader(io.StringIO(body.decode(), newline=""), strict=True)
    told: dict[str, Any] = {f"1: {at}": cell for at, cell in enumerate(header, 1)}
    for number, cells in enumerate(lines, 2):
        about = _about(cells) if tuple(header) == HEADER else f"{number}: {cells[0]}"
        told |= {
            f"{about} / {header[at] if at < len(header) else at}": _typed(cell)
            for at, cell in enumerate(cells)
        }
    return told


def _about(cells: list[str]) -> str:
    named = dict(zip(HEADER, cells, strict=False))
    where = [named.get(column, "") for column in ("breakdown", "group", "figure", "statistic")]
    return " ".join(filter(None, where))


def _typed(cell: str) -> Any:
    try:
        return float(cell) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?", cell) else cell
    except ValueError:
        return cell


def _from_xlsx(body: bytes) -> dict[str, Any]:
    """Every cell of a workbook by its sheet and place."""
    unpacked(body, bundle.WORKBOOK, MOST_IN_BOOK, ANY_NAME)
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


READERS: Mapping[str, Callable[[bytes], dict[str, Any]]] = {
    "json": _from_json,
    "csv": _from_csv,
    "xlsx": _from_xlsx,
}
