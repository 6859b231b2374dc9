"""What is wrong with a definition: a Fault at a path, and a Problem at a line and column of a file."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from survey.language import Language, Text, text

Path = tuple[str | int, ...]
"""The way from the top of a file to a value: keys of objects and positions (from 0) in lists."""

_LONGEST_VALUE = 60
_LONGEST_LIST = 30


@dataclass(frozen=True)
class Fault:
    """Something wrong at a path, not placed yet; `at_key` where the key itself is at fault."""

    path: Path
    text: Text
    at_key: bool = False


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `line` and `column` count from 1; `path` reads `sections[0].items[2].scale`.

    `text` is a pair of clauses, the problem and its remedy, with "; " between them.
    """

    file: str
    line: int
    column: int
    path: str
    text: Text

    def say(self, language: Language) -> str:
        """One line, `FILE:LINE:COLUMN: PATH: problem; remedy`, in a language."""
        return f"{self.file}:{self.line}:{self.column}: {self.path}: {language(self.text)}"

    @property
    def placed(self) -> Text:
        """The line of `say` as a Text, for use inside another sentence."""
        place = f"{self.file}:{self.line}:{self.column}: {self.path}"
        return text("{place}: {problem}", place=place, problem=self.text)


def dotted(path: Path) -> str:
    """A path as text: `scales.agreement.points[0]`; the top is `$`; odd keys are quoted, `["a b"]`."""
    parts = []
    for step in path:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        elif step and all(letter.isalnum() or letter in "_-$" for letter in step):
            parts.append(f".{step}")
        else:
            parts.append(f"[{shown(step)}]")
    return "".join(parts).removeprefix(".") or "$"


def shown(value: Any) -> str:
    """A value as JSON on one line, cut where it is long, safe to print whatever it holds."""
    written = json.dumps(value, ensure_ascii=False)
    if not written.isprintable():
        written = json.dumps(value)
    return written if len(written) <= _LONGEST_VALUE else written[: _LONGEST_VALUE - 1] + "…"


def listed(values: Iterable[Any]) -> str:
    """Values as `shown`, with commas between, the first 30 of them; a dash where there are none."""
    first = [shown(value) for value in islice(values, _LONGEST_LIST + 1)]
    return ", ".join(first[:_LONGEST_LIST]) + (", …" if len(first) > _LONGEST_LIST else "") or "—"


def written(value: Any) -> str:
    """A value as JSON: the same text for the same value only, so that 4, 4.0, "4" and true differ."""
    return json.dumps(value, sort_keys=True)
