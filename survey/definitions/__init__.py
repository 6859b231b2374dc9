"""JSON -> Questionnaire, or every problem with its place and its remedy.

`check` lists the problems of a file; `load` makes a Questionnaire (`model.py`) of one that has
none; `shipped`, `find` and `beside` know where definitions lie. On the way: `locating` reads the text
and finds where everything stands, `shape` compares it with the JSON Schema, `meaning` and `figures`
judge what no schema can say, `reading` builds the values. `conditions` tells whom an item is put to,
`comparing` and `differing` set two versions side by side, `skeleton` is a new definition's text.
"""

from survey.definitions.checking import check, problem_at
from survey.definitions.locating import LONGEST
from survey.definitions.problems import Problem
from survey.definitions.reading import InvalidDefinition, load
from survey.definitions.shape import schema
from survey.definitions.shipping import UnknownDefinition, UnreadableDefinition, beside, find, shipped

__all__ = [
    "LONGEST",
    "InvalidDefinition",
    "Problem",
    "UnknownDefinition",
    "UnreadableDefinition",
    "beside",
    "check",
    "find",
    "load",
    "problem_at",
    "schema",
    "shipped",
]
