"""CSV: for programs, and in the form that Excel opens in Italy with a double click."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from survey.exports.answers.model import Cell, Row, Table
from survey.exports.variables import Absence, Level, Variable, codebook
from survey.language import Language
from survey.tables import harmless


def write_csv(table: Table, path: Path, _t: Language) -> None:
    """UTF-8, commas, codes as the codebook says them."""
    _write(path, table.variables, table.rows())


def write_flat_csv(table: Table, path: Path, _t: Language) -> None:
    """The same with each response on one line, as SPSS needs it: line breaks in texts become blanks."""
    texts = [place for place, variable in enumerate(table.variables) if variable.level is Level.TEXT]
    _write(path, table.variables, _flat(table.rows(), texts) if texts else table.rows())


def write_excel_csv(table: Table, path: Path, _t: Language) -> None:
    """A byte order mark, semicolons, decimal commas; no answer is an empty cell, and no cell a formula."""
    columns = [_spoken(variable) for variable in table.variables]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([variable.name for variable in table.variables])
        writer.writerows(
            [_excel(cell, words, numeric) for cell, (words, numeric) in zip(row, columns, strict=True)]
            for row in table.rows()
        )


def write_codebook_csv(variables: Sequence[Variable], path: Path, t: Language) -> None:
    """The codebook, for programs."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(codebook(variables, t))


def _write(path: Path, variables: Sequence[Variable], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer: Any = csv.writer(file, lineterminator="\n")
        writer.writerow([variable.name for variable in variables])
        writer.writerows(rows)


def _flat(rows: Iterator[Row], texts: Sequence[int]) -> Iterator[Row]:
    for row in rows:
        for place in texts:
            row[place] = " ".join(str(row[place]).split())
        yield row


def words_of(variable: Variable) -> Mapping[Cell, str]:
    """What a spreadsheet says in place of the codes of no answer, so that nobody averages them."""
    return {
        category.number if variable.numeric else category.code: ""
        if absence is Absence.NO_ANSWER
        else category.label
        for absence, category in variable.absences.items()
    }


def _spoken(variable: Variable) -> tuple[Mapping[Cell, str], bool]:
    return words_of(variable), variable.numeric


def _excel(cell: Cell, words: Mapping[Cell, str], numeric: bool) -> Cell:
    said = words.get(cell)
    if said is not None:
        return harmless(said)
    if numeric:
        return cell if isinstance(cell, int) else cell.replace(".", ",")
    return harmless(str(cell))
