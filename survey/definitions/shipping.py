"""The definitions that ship with the program, and definitions by name, by path and by neighbourhood."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from survey.definitions.locating import LONGEST
from survey.language import Refusal, text

_ENDING = ".json"


class UnknownDefinition(Refusal):
    """Neither the id of a shipped definition nor the path of a file."""

    def __init__(self, asked: str) -> None:
        super().__init__(
            text(
                "there is no questionnaire {asked}; give the path of a file, or one of: {shipped}",
                asked=asked,
                shipped=", ".join(shipped()),
            )
        )


class UnreadableDefinition(Refusal):
    """A path that exists and cannot be read."""

    def __init__(self, asked: str, reason: str) -> None:
        problem = text(
            "{asked} cannot be read ({reason}); give the path of a file", asked=asked, reason=reason
        )
        super().__init__(problem)


def shipped() -> Mapping[str, Traversable]:
    """The definitions that ship, id -> file, in alphabetical order. The schema is not among them."""
    found = sorted(files("survey.questionnaires").iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(_ENDING): file
        for file in found
        if file.name.endswith(_ENDING) and not file.name.endswith(f".schema{_ENDING}")
    }


def find(asked: str) -> tuple[str, bytes]:
    """The name of a definition's file and its content, by shipped id or by path.

    Reads no more than the largest definition and a byte, which is enough to refuse a larger one.
    Raises UnknownDefinition and UnreadableDefinition.
    """
    resource = shipped().get(asked)
    try:
        with resource.open("rb") if resource else Path(asked).open("rb") as file:
            return (resource.name if resource else asked), file.read(LONGEST + 1)
    except (FileNotFoundError, ValueError):
        raise UnknownDefinition(asked) from None
    except OSError as error:
        raise UnreadableDefinition(asked, error.strerror or str(error)) from None


def beside(asked: str, questionnaire_id: str) -> Iterator[tuple[str, bytes]]:
    """The other files of a definition's folder that hold a definition of the same id, by name.

    Nothing for one that ships; files that cannot be read or are no JSON are passed over.
    """
    path = Path(asked)
    if asked in shipped() or not path.is_file():
        return
    for other in sorted(path.parent.glob(f"*{_ENDING}")):
        content = _content(other)
        if _id(content) == questionnaire_id and not other.samefile(path):
            yield str(other), content


def _content(path: Path) -> bytes:
    """What a file holds, as far as `find` would read it; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LONGEST + 1)
    except OSError:
        return b""


def _id(content: bytes) -> object:
    """The id on top of a JSON text; None where there is none."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return data.get("id") if isinstance(data, dict) else None
