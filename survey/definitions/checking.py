"""A definition's file -> every problem in it at once, sorted by place."""

from collections.abc import Iterable
from typing import Any

from survey.definitions.locating import NotReadable, decoded, parsed, places
from survey.definitions.meaning import meaning_faults
from survey.definitions.problems import Fault, Problem, dotted
from survey.definitions.shape import shape_faults


def check(content: bytes | str, name: str) -> tuple[Problem, ...]:
    """All problems of a file, by line and column; empty when it can be used.

    `content` is the file as bytes (UTF-8, with or without a byte order mark) or as text; `name` is
    what the problems call it. Never raises because of what the file holds.
    """
    return examined(content, name)[1]


def problem_at(content: bytes | str, name: str, fault: Fault) -> Problem:
    """A fault of a definition that can be used, at its place in the file."""
    place = places(decoded(content)).of(fault)
    return Problem(name, place.line, place.column, dotted(fault.path), fault.text)


def examined(content: bytes | str, name: str) -> tuple[Any, tuple[Problem, ...]]:
    """The data of a file and its problems; the data fits the format only where there are none."""
    try:
        source = decoded(content)
        data = parsed(source)
    except NotReadable as error:
        return None, (Problem(name, error.place.line, error.place.column, "$", error.text),)
    return data, _placed(source, name, [*shape_faults(data), *meaning_faults(data)])


def _placed(source: str, name: str, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    where = places(source)
    unusable = {fault.path for fault in where.faults if not fault.at_key}
    problems = set()
    for fault in (*where.faults, *(fault for fault in faults if fault.path not in unusable)):
        place = where.of(fault)
        problems.add(Problem(name, place.line, place.column, dotted(fault.path), fault.text))
    return tuple(sorted(problems, key=lambda found: (found.line, found.column, found.path, repr(found.text))))
