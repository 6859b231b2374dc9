"""The StudyRelease: what linked people answered in two waves, as frozen integers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from survey.counts import Reason

FORMAT = 1
Tallied = Mapping[str, int]


@dataclass(frozen=True)
class Pairs:
    """The people who gave a valid answer to an item in both waves.

    `table`: "EARLIER>LATER" (codes) -> people; `differences`, of a scale: later less earlier value ->
    people; each without zeros, or the Reason why it is not shown (an item of choices has no differences).
    """

    table: Tallied | Reason
    differences: Tallied | Reason


@dataclass(frozen=True)
class StudyRelease:
    """All that may be shown of the people who answered two waves of a study.

    `linked` answered both, `only_earlier` and `only_later` one of them. `closed` is the ISO time at which
    the later wave closed; `threshold` the higher one of the two waves. `items` holds every item that reads
    the same in both waves and is put to everybody.
    """

    study: str
    questionnaire: str
    earlier: str
    later: str
    closed: str
    threshold: int
    synthetic: bool
    linked: int
    only_earlier: int
    only_later: int
    items: Mapping[str, Pairs]

    def to_json(self) -> str:
        """The stored form: compact JSON, the same text for the same release."""
        plain = {"format": FORMAT, **vars(self)}
        plain["items"] = {
            item: {name: _plain(said) for name, said in vars(pairs).items()}
            for item, pairs in self.items.items()
        }
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain(said: Tallied | Reason) -> dict[str, Any]:
    return {"withheld": str(said)} if isinstance(said, Reason) else {"tally": dict(said)}


def from_json(body: str) -> StudyRelease:
    """The StudyRelease of its stored form; ValueError for another format."""
    data = json.loads(body)
    if data.pop("format") != FORMAT:
        raise ValueError("this study release was written by another version of the program")
    data["items"] = MappingProxyType(
        {
            item: Pairs(**{name: _read(said) for name, said in pairs.items()})
            for item, pairs in data["items"].items()
        }
    )
    return StudyRelease(**data)


def _read(said: dict[str, Any]) -> Tallied | Reason:
    return Reason(said["withheld"]) if "withheld" in said else MappingProxyType(said["tally"])
