"""The StudyRelease: what linked people answered in two waves, as frozen integers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from survey.counts import Reason

FORMAT = 2
READABLE = (1, 2)
"""Formats that can be read: those of format 1 hold `items` only."""
Tallied = Mapping[str, int]


@dataclass(frozen=True)
class Pairs:
    """The people who gave a valid answer to an item in both waves.

    `table`: "EARLIER>LATER" (codes) -> people; `differences`, of a scale: later less earlier value ->
    people; each without zeros, or the Reason why it is not shown (an item of choices has no differences).
    """

    table: Tallied | Reason
    differences: Tallied | Reason


KEPT, GAINED, LOST, NEITHER = "kept", "gained", "lost", "neither"
"""Of an option: who ticked it both times, later only, earlier only, never, among those who ticked any; of a
share likewise, among those who answered all of its items."""
N, UNIT, SUM, SQUARES, ROSE, SAME, FELL = "n", "unit", "sum", "squares", "rose", "same", "fell"
"""Of a measure: pairs; later less earlier value in units of 1 / unit, added up, and squared; pairs by which
way it went. A dimension's values are turned ones, so that rose is improved."""


@dataclass(frozen=True)
class StudyRelease:
    """All that may be shown of the people who answered two waves of a study.

    `linked` answered both, `only_earlier` and `only_later` one of them. `closed` is the ISO time at which
    the later wave closed; `threshold` the higher one of the two waves. `items` holds every item on a scale
    or of one choice that reads the same in both waves, `measures` the numbers, dimensions and shares, by
    figure, of those who gave a number, or answered all items, both times; `options` those of several
    choices, by item.
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
    measures: Mapping[str, Tallied | Reason] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Tallied | Reason]] = field(default_factory=dict)

    def to_json(self) -> str:
        """The stored form: compact JSON, the same text for the same release."""
        plain = {"format": FORMAT, **vars(self)}
        plain["items"] = {
            item: {name: _plain(said) for name, said in vars(pairs).items()}
            for item, pairs in self.items.items()
        }
        plain["measures"] = {figure: _plain(said) for figure, said in self.measures.items()}
        plain["options"] = {
            item: {option: _plain(said) for option, said in told.items()}
            for item, told in self.options.items()
        }
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain(said: Tallied | Reason) -> dict[str, Any]:
    return {"withheld": str(said)} if isinstance(said, Reason) else {"tally": dict(said)}


def from_json(body: str) -> StudyRelease:
    """The StudyRelease of its stored form; ValueError for another format."""
    data = json.loads(body)
    if data.pop("format") not in READABLE:
        raise ValueError("this study release was written by another version of the program")
    data["items"] = MappingProxyType(
        {
            item: Pairs(**{name: _read(said) for name, said in pairs.items()})
            for item, pairs in data["items"].items()
        }
    )
    data["measures"] = MappingProxyType(
        {figure: _read(said) for figure, said in data.get("measures", {}).items()}
    )
    data["options"] = MappingProxyType(
        {
            item: MappingProxyType({option: _read(said) for option, said in told.items()})
            for item, told in data.get("options", {}).items()
        }
    )
    return StudyRelease(**data)


def _read(said: dict[str, Any]) -> Tallied | Reason:
    return Reason(said["withheld"]) if "withheld" in said else MappingProxyType(said["tally"])
