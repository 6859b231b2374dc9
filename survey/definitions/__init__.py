"""JSON -> Questionnaire, or every problem with its place and its remedy.

`check` lists the problems of a file; `load` makes a Questionnaire (`model.py`) of one that has
none; `shipped` and `find` know where definitions lie. On the way: `locating` reads the text and
finds where everything stands, `shape` compares it with the JSON Schema, `meaning` and `figures`
judge what no schema can say, `reading` builds the values.
"""

from survey.definitions.checking import check
from survey.definitions.problems import Problem
from survey.definitions.reading import InvalidDefinition, load
from survey.definitions.shipping import UnknownDefinition, UnreadableDefinition, find, shipped

__all__ = [
    "InvalidDefinition",
    "Problem",
    "UnknownDefinition",
    "UnreadableDefinition",
    "check",
    "find",
    "load",
    "shipped",
]
