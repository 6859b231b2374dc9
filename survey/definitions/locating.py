"""The text of a definition -> its data, and the line and column of every value and key.

Python's `json` decides what is JSON and makes the data. It tells no positions, so a walk over the
same text, which may then assume that the syntax holds, finds them, and with them what strict JSON
lets pass: keys given twice, numbers that are not finite, characters that no page can show.
"""

import json
import math
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.definitions.problems import Fault, Path, shown
from survey.language import Text, text

LONGEST = 1_000_000
"""The largest file that is read, in bytes."""
DEEPEST = 32
"""Objects and lists within one another; a definition needs seven."""

# A text without its closing quote is one token too, or looking for the end would take quadratic time.
_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*"?|[{}\[\]:,]|[^\s{}\[\]:,"]+')
_NOT_SHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONGEST_WHOLE_NUMBER = 20


@dataclass(frozen=True, order=True)
class Place:
    """Line and column in a file, both from 1; columns count characters."""

    line: int
    column: int


class NotReadable(Exception):
    """The file cannot be read at all: too big, not UTF-8, not JSON, nested too deeply."""

    def __init__(self, place: Place, problem: Text) -> None:
        self.place = place
        self.text = problem
        super().__init__(problem.message)


@dataclass(frozen=True)
class Places:
    """Where each value and each key begins, by path, and what the walk found on its way."""

    values: Mapping[Path, Place]
    keys: Mapping[Path, Place]
    faults: tuple[Fault, ...]

    def of(self, fault: Fault) -> Place:
        """Where a fault is: at its key or value, or at the nearest object around it that exists."""
        path = fault.path
        if fault.at_key and path in self.keys:
            return self.keys[path]
        while path not in self.values:
            path = path[:-1]
        return self.values[path]


def decoded(content: bytes | str) -> str:
    """The text of a file, without a byte order mark. Raises NotReadable where it is no UTF-8."""
    if len(content) > LONGEST:
        raise NotReadable(
            Place(1, 1),
            text("the file is larger than {limit} bytes; leave only the definition in it", limit=LONGEST),
        )
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        problem = text("the file is not written in UTF-8; save it as UTF-8")
        raise NotReadable(_place(before, len(before)), problem) from None


def parsed(source: str) -> Any:
    """The data of a JSON text. Raises NotReadable at the first fault of its syntax."""
    _refuse_deep_nesting(source)
    try:
        return json.loads(source, parse_int=_whole_number)
    except json.JSONDecodeError as error:
        problem = _SYNTAX.get(error.msg, _NOT_JSON)
        raise NotReadable(Place(error.lineno, error.colno), problem) from None


def places(source: str) -> Places:
    """Where every value and key of a text stands; `parsed` must have accepted the text."""
    return _Walk(source).walked()


def _whole_number(digits: str) -> int | float:
    """Python refuses to read very long integers; as a float such a number is refused by its size."""
    return int(digits) if len(digits) <= _LONGEST_WHOLE_NUMBER else float(digits)


def _refuse_deep_nesting(source: str) -> None:
    depth = 0
    for match in _TOKEN.finditer(source):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(match.group(), 0)
        if depth > DEEPEST:
            problem = text(
                "objects and lists are nested more than {limit} deep; write them as the format has them",
                limit=DEEPEST,
            )
            raise NotReadable(_place(source, match.start()), problem)


def _place(source: str, offset: int) -> Place:
    return Place(source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset))


_NOT_JSON = text("this is not valid JSON; mend the syntax here")
_SYNTAX = {
    "Expecting value": text("a value is missing here; write it, or remove the comma before it"),
    "Expecting ',' delimiter": text("a comma or a closing bracket is missing; put it before this place"),
    "Expecting ':' delimiter": text("a colon is missing after the key; put it before this place"),
    "Expecting property name enclosed in double quotes": text(
        "a key in double quotes belongs here; write it, or remove a comma too many or a comment"
    ),
    "Illegal trailing comma before end of object": text("a comma stands before the end; remove it"),
    "Illegal trailing comma before end of array": text("a comma stands before the end; remove it"),
    "Unterminated string starting at": text("the text that begins here has no end; add the closing quote"),
    "Invalid control character at": text(
        "a line break or tab stands inside a text; write \\n or \\t, or join the lines"
    ),
    "Invalid \\escape": text("a backslash stands inside a text; write \\\\ for a backslash"),
    "Invalid \\uXXXX escape": text("four hexadecimal digits belong after \\u; write them"),
    "Extra data": text("the definition has ended before this place; remove what follows"),
}


@dataclass
class _Level:
    """One object or list that the walk is inside of; `step` leads to the value that comes next."""

    path: Path
    is_object: bool
    step: str | int = 0
    awaits_key: bool = False
    first_lines: dict[str, int] = field(default_factory=dict)


class _Walk:
    """One pass over the tokens of a text that is known to be JSON; no recursion, whatever the depth."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", source))]
        self._levels: list[_Level] = []
        self._values: dict[Path, Place] = {}
        self._keys: dict[Path, Place] = {}
        self._faults: list[Fault] = []

    def walked(self) -> Places:
        for match in _TOKEN.finditer(self._source):
            self._take(match.group(), match.start())
        return Places(self._values, self._keys, tuple(self._faults))

    def _take(self, piece: str, offset: int) -> None:
        if piece in "}]":
            self._levels.pop()
        elif piece == ",":
            self._next()
        elif piece == ":":
            self._levels[-1].awaits_key = False
        elif self._levels and self._levels[-1].awaits_key:
            self._key(json.loads(piece), self._place(offset))
        else:
            self._value(piece, self._place(offset))

    def _place(self, offset: int) -> Place:
        line = bisect_right(self._line_starts, offset)
        return Place(line, offset - self._line_starts[line - 1] + 1)

    def _next(self) -> None:
        level = self._levels[-1]
        level.awaits_key = level.is_object
        if isinstance(level.step, int):
            level.step += 1

    def _key(self, key: str, place: Place) -> None:
        level = self._levels[-1]
        level.step = key
        path = (*level.path, key)
        if key in level.first_lines:
            problem = text(
                "{key} is given twice, first on line {line}; keep one of the two",
                key=shown(key),
                line=str(level.first_lines[key]),
            )
            self._faults.append(Fault(path, problem, at_key=True))
        level.first_lines.setdefault(key, place.line)
        self._keys[path] = place
        if _NOT_SHOWABLE.search(key):
            self._faults.append(Fault(path, _CONTROL_CHARACTER, at_key=True))

    def _value(self, piece: str, place: Place) -> None:
        path = (*self._levels[-1].path, self._levels[-1].step) if self._levels else ()
        self._values[path] = place
        if piece in "{[":
            self._levels.append(_Level(path, piece == "{", awaits_key=piece == "{"))
        elif piece[0] == '"':
            if _NOT_SHOWABLE.search(json.loads(piece)):
                self._faults.append(Fault(path, _CONTROL_CHARACTER))
        elif piece not in ("true", "false", "null") and not math.isfinite(float(piece)):
            self._faults.append(Fault(path, _NOT_FINITE))


_CONTROL_CHARACTER = text("the text holds a character that no page can show; remove it")
_NOT_FINITE = text("this is not a finite number; write digits, such as 12.5")
