"""An R script that reads the CSV beside it into three data frames: values, labels, what is missing."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from survey.exports.answers.model import Table
from survey.exports.answers.notes import notes
from survey.exports.variables import Category, Level, Variable
from survey.language import Language

HEAD = """# Run it in the folder in which it lies, beside its data: source("{script}", encoding = "UTF-8")
# notes: what to know of these answers, who may use them, how to cite them.
# answers: numbers as numbers, codes as text, NA where there is no answer.
# labelled: the same with factors that bear the labels; scales are ordered.
# absent: why there is no answer, with the same columns.
notes <- c({notes})
answers <- read.csv({data}, encoding = "UTF-8", check.names = FALSE, na.strings = character(),
                    strip.white = FALSE, colClasses = c({classes}))
labelled <- answers
absent <- as.data.frame(matrix("", nrow(answers), 0))
describe <- function(name, label, missing, values = NULL, ordered = FALSE) {{
  codes <- as.character(answers[[name]])
  if (length(missing)) {{
    absent[[name]] <<- factor(codes, levels = missing, labels = names(missing))
    answers[[name]][codes %in% missing] <<- NA
  }}
  labelled[[name]] <<- answers[[name]]
  if (length(values)) {{
    labelled[[name]] <<- factor(as.character(answers[[name]]), levels = values, ordered = ordered)
    levels(labelled[[name]]) <<- make.unique(names(values))
  }}
  attr(answers[[name]], "label") <<- label
  attr(labelled[[name]], "label") <<- label
}}
"""


def write_r(table: Table, path: Path, t: Language, data: str) -> None:
    """The script for the file `data` in the same folder; whatever is not ASCII is escaped."""
    path.write_text("\n".join(_lines(table, t, data, path.name)) + "\n", encoding="ascii")


def _lines(table: Table, t: Language, data: str, script: str) -> Iterator[str]:
    said = ",\n  ".join(f"{quoted(what)} = {quoted(line)}" for what, line in notes(table.of, t, table.number))
    classes = ", ".join(f'"{_class(variable)}"' for variable in table.variables)
    yield HEAD.format(data=quoted(data), script=script, notes=said, classes=classes)
    for variable in table.variables:
        yield f"describe({', '.join(_said(variable))})"


def _class(variable: Variable) -> str:
    if not variable.numeric:
        return "character"
    # R's integers end at two thousand million.
    return "integer" if variable.values else "numeric"


def _said(variable: Variable) -> Iterator[str]:
    yield from (quoted(variable.name), quoted(variable.label), _named(variable.absences.values()))
    if variable.values:
        yield _named(variable.values)
        yield "TRUE" if variable.level is Level.ORDINAL else "FALSE"


def _named(categories: Iterable[Category]) -> str:
    """A character vector of codes, named by their labels."""
    return f"c({', '.join(f'{quoted(one.label)} = {quoted(one.code)}' for one in categories)})"


def quoted(said: str) -> str:
    """A text as R writes it, in ASCII, so that it is read alike whatever encoding R expects."""
    plain = " ".join(said.split()).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(one if one.isascii() else f"\\U{ord(one):08x}" for one in plain) + '"'
