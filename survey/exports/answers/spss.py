"""SPSS syntax that reads the CSV beside it, with labels, levels of measurement and missing codes.

Also PSPP reads it. A numeric variable's missing codes are a range; of a text variable SPSS takes three at
most, and "not asked" is the one that stays an ordinary, labelled value where there are four.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from survey.exports.answers.model import Table
from survey.exports.answers.notes import notes
from survey.exports.variables import Absence, Category, Level, Variable
from survey.language import Language

LABEL, VALUE_LABEL, LONGEST_TEXT = 255, 120, 32767
"""Bytes that SPSS takes of a variable's label, of a value's, and of a text."""
MOST_DISCRETE = 3

LEVELS = {
    Level.NOMINAL: "NOMINAL",
    Level.ORDINAL: "ORDINAL",
    Level.SCALE: "SCALE",
    Level.TEXT: "NOMINAL",
}


def write_sps(table: Table, path: Path, t: Language, data: str) -> None:
    """The syntax for the file `data` in the same folder."""
    path.write_text("\n".join(_lines(table, t, data)) + "\n", encoding="utf-8")


def _lines(table: Table, t: Language, data: str) -> Iterator[str]:
    for what, said in notes(table.of, t, table.number):
        # An asterisk begins a comment, which ends at a full stop at the end of a line.
        yield f"* {_one_line(f'{what}: {said}').rstrip('.')}."
    yield "SET DECIMAL=DOT."
    yield f"GET DATA /TYPE=TXT /FILE={quoted(data)} /ENCODING='UTF8'"
    yield "  /ARRANGEMENT=DELIMITED /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2"
    # No line begins with a name: one such as comment would be taken for a command.
    yield "  /VARIABLES=" + "\n  ".join(_between(table.variables)) + "."
    for variable in table.variables:
        yield from _described(variable)
    yield "EXECUTE."


def _between(variables: Sequence[Variable]) -> Iterator[str]:
    """Names and formats in turn, each line from a format to the next name."""
    formats = ["", *map(_format, variables)]
    names = [*(variable.name for variable in variables), ""]
    return (f"{form} {name}".strip() for form, name in zip(formats, names, strict=True))


def _described(variable: Variable) -> Iterator[str]:
    name = variable.name
    yield f"VARIABLE LABELS {name} {quoted(variable.label, LABEL)}."
    labelled = [*variable.values, *variable.absences.values()]
    if labelled:
        yield f"VALUE LABELS {name}"
        yield from (f"  {_code(variable, one)} {quoted(one.label, VALUE_LABEL)}" for one in labelled)
        yield "  ."
    missing = declared(variable)
    if missing:
        said = _as_range(missing) if variable.numeric else ", ".join(quoted(one.code) for one in missing)
        yield f"MISSING VALUES {name} ({said})."
    yield f"VARIABLE LEVEL {name} ({LEVELS[variable.level]})."


def declared(variable: Variable) -> list[Category]:
    """The codes that are declared missing."""
    codes = dict(variable.absences)
    if not variable.numeric and len(codes) > MOST_DISCRETE:
        del codes[Absence.NOT_ASKED]
    return list(codes.values())


def _as_range(missing: Iterable[Category]) -> str:
    numbers = [one.number for one in missing]
    return f"{min(numbers)} THRU {max(numbers)}" if len(numbers) > 1 else str(numbers[0])


def width_in_bytes(variable: Variable) -> int:
    """The width of a text variable: four bytes for a character, of codes one."""
    codes = [one.code for one in (*variable.values, *variable.absences.values())]
    free = 0 if variable.values else 4 * variable.width
    return min(LONGEST_TEXT, max([1, free, *(len(code.encode()) for code in codes)]))


def _format(variable: Variable) -> str:
    if not variable.numeric:
        return f"A{width_in_bytes(variable)}"
    return f"F{16 if variable.decimals else 8}.{variable.decimals}"


def _code(variable: Variable, one: Category) -> str:
    return str(one.number) if variable.numeric else quoted(one.code)


def quoted(said: str, most: int = LONGEST_TEXT) -> str:
    """A text between apostrophes, on one line, of so many bytes at most."""
    return "'" + shortened(_one_line(said), most).replace("'", "''") + "'"


def shortened(said: str, most: int) -> str:
    """A text of at most so many bytes, no character cut in two."""
    if len(said.encode()) <= most:
        return said
    return said.encode()[: most - len("…".encode())].decode("utf-8", "ignore").rstrip() + "…"


def _one_line(said: str) -> str:
    return " ".join(said.split())
