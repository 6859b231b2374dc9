"""SPSS `.sav` and Stata `.dta`, where the extra `spss` (pyreadstat and pandas) is installed."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from survey.exports.answers.model import Table
from survey.exports.answers.spss import LABEL, VALUE_LABEL, declared, shortened, width_in_bytes
from survey.exports.variables import STATA, Level, Variable
from survey.language import Language, Refusal

MEASURES = {
    Level.NOMINAL: "nominal",
    Level.ORDINAL: "ordinal",
    Level.SCALE: "scale",
    Level.TEXT: "nominal",
}
STATA_LABEL = 80
STATA_MISSING = {absence: code[1:] for absence, code in STATA.items() if code != "."}
"""The letters of Stata's codes `.a` to `.c`."""


class ExtraMissing(Refusal):
    """A format needs packages that are not installed."""


def is_installed() -> bool:
    """Whether these formats can be written."""
    try:
        _packages()
    except ExtraMissing:
        return False
    return True


def _packages() -> tuple[Any, Any]:
    """pyreadstat and pandas, which take a second to load. Raises ExtraMissing."""
    try:
        import pandas
        import pyreadstat
    except ImportError as missing:
        raise ExtraMissing(
            "this format needs pyreadstat and pandas: install them with pip install 'riscontro[spss]', or "
            "take .sps, which needs nothing"
        ) from missing
    return pyreadstat, pandas


def write_sav(table: Table, path: Path, t: Language) -> None:
    """Codes as in the CSV; missing codes declared."""
    pyreadstat, pandas = _packages()
    variables = table.variables
    pyreadstat.write_sav(
        _frame(pandas, variables, _columns(table)),
        path,
        file_label=_title(table, t),
        row_compress=True,
        column_labels={one.name: shortened(one.label, LABEL) for one in variables},
        variable_value_labels={one.name: _labels(one) for one in variables if one.values or one.absences},
        missing_ranges={one.name: _missing(one) for one in variables if one.absences},
        variable_measure={one.name: MEASURES[one.level] for one in variables},
        variable_format={one.name: _format(one) for one in variables},
    )


def write_dta(table: Table, path: Path, t: Language) -> None:
    """Numbers for all codes, because Stata labels nothing else; the codebook says which."""
    pyreadstat, pandas = _packages()
    variables = table.variables
    columns = [
        _for_stata(variable, column) for variable, column in zip(variables, _columns(table), strict=True)
    ]
    pyreadstat.write_dta(
        _frame(pandas, variables, columns),
        path,
        file_label=shortened(_title(table, t), STATA_LABEL),
        column_labels={one.name: shortened(one.label, STATA_LABEL) for one in variables},
        variable_value_labels={one.name: _stata_labels(one) for one in variables if _is_number(one)},
        missing_user_values={one.name: letters for one in variables if (letters := _letters(one))},
    )


def _title(table: Table, t: Language) -> str:
    return shortened(t.choose(table.of.release.title), 64)


def _columns(table: Table) -> list[Sequence[Any]]:
    return list(zip(*table.rows(), strict=True)) or [()] * len(table.variables)


def _frame(pandas: Any, variables: Sequence[Variable], columns: Sequence[Sequence[Any]]) -> Any:
    """A data frame: columns of numbers alone as numbers, the others as they are."""
    return pandas.DataFrame(
        {
            one.name: pandas.Series(column, dtype=float if _all_numbers(one, column) else object)
            for one, column in zip(variables, columns, strict=True)
        }
    )


def _all_numbers(variable: Variable, column: Sequence[Any]) -> bool:
    """Of a numeric variable decimals are still text; Stata's letters make a column mixed."""
    if variable.numeric and variable.decimals:
        return not any(isinstance(cell, str) and cell.isalpha() for cell in column)
    return not any(isinstance(cell, str) for cell in column)


def _labels(variable: Variable) -> dict[Any, str]:
    return {
        one.number if variable.numeric else one.code: shortened(one.label, VALUE_LABEL)
        for one in (*variable.values, *variable.absences.values())
    }


def _missing(variable: Variable) -> list[Any]:
    codes = declared(variable)
    if not variable.numeric:
        return [one.code for one in codes]
    numbers = [one.number for one in codes]
    return [{"lo": min(numbers), "hi": max(numbers)}]


def _format(variable: Variable) -> str:
    if variable.numeric:
        return f"F{16 if variable.decimals else 8}.{variable.decimals}"
    return f"A{width_in_bytes(variable)}"


def _is_number(variable: Variable) -> bool:
    """Whether Stata gets numbers: everything but texts and names."""
    return variable.numeric or bool(variable.values)


def _for_stata(variable: Variable, column: Sequence[Any]) -> list[Any]:
    if not _is_number(variable):
        return list(column)
    # Floats throughout: among whole numbers a missing one would be written as any number.
    codes: dict[Any, Any] = {one.code: float(one.number) for one in variable.values}
    for absence, one in variable.absences.items():
        codes[one.number if variable.numeric else one.code] = STATA_MISSING.get(absence, math.nan)
    if variable.numeric:
        return [codes[cell] if cell in codes else float(cell) for cell in column]
    return [codes[cell] for cell in column]


def _stata_labels(variable: Variable) -> Mapping[Any, str]:
    labels: dict[Any, str] = {one.number: one.label for one in variable.values}
    for absence, one in variable.absences.items():
        if absence in STATA_MISSING:
            labels[STATA_MISSING[absence]] = one.label
    return labels


def _letters(variable: Variable) -> list[str]:
    if not _is_number(variable):
        return []
    return [STATA_MISSING[absence] for absence in variable.absences if absence in STATA_MISSING]
