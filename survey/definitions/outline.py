"""A definition's data as far as it has the right shape, for checks that must survive any other.

Whatever has the wrong type is simply not there: its own fault is reported by the schema.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from survey.definitions.problems import Path

Object = dict[str, Any]

MOST_LANGUAGES = 20


@dataclass(frozen=True)
class Node:
    """An object of the file and the path to it."""

    path: Path
    data: Object

    def at(self, *steps: str | int) -> Path:
        """The path of something inside this object."""
        return (*self.path, *steps)

    def word(self, key: str) -> str | None:
        """The text under a key; None where there is none."""
        value = self.data.get(key)
        return value if isinstance(value, str) else None

    def number(self, key: str) -> float | None:
        """The number under a key; None where there is none."""
        value = self.data.get(key)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def entries(self, key: str) -> list[Any]:
        """The list under a key, empty where there is none."""
        value = self.data.get(key)
        return value if isinstance(value, list) else []

    def objects(self, key: str) -> Iterator["Node"]:
        """The objects in the list under a key."""
        for position, entry in enumerate(self.entries(key)):
            if isinstance(entry, dict):
                yield Node(self.at(key, position), entry)

    def named(self, key: str) -> Iterator[tuple[str, "Node"]]:
        """The objects in the object under a key, by their names."""
        value = self.data.get(key)
        for name, entry in value.items() if isinstance(value, dict) else ():
            if isinstance(entry, dict):
                yield name, Node(self.at(key, name), entry)


@dataclass(frozen=True)
class Outline:
    """What of a definition the checks of its meaning look at."""

    top: Node

    @cached_property
    def languages(self) -> list[str]:
        """The declared languages, as far as they are texts."""
        codes = self.top.entries("languages")[:MOST_LANGUAGES]
        return [code for code in codes if isinstance(code, str)]

    @cached_property
    def entries(self) -> list[Node]:
        """All items and groups of all sections."""
        return [entry for section in self.top.objects("sections") for entry in section.objects("items")]

    @cached_property
    def groups(self) -> list[Node]:
        """The groups among them."""
        return [entry for entry in self.entries if "group" in entry.data]

    @cached_property
    def items(self) -> list[Node]:
        """All items in the order in which they are asked; those of a group with its kind and scale."""
        return [item for entry in self.entries for item in _items_of(entry)]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each item is asked, by its id, from 0."""
        positions: dict[str, int] = {}
        for position, item in enumerate(self.items):
            positions.setdefault(item.word("id") or "", position)
        return positions

    @cached_property
    def group_of(self) -> dict[Path, Node]:
        """The group of each item that has one, by the item's path."""
        return {item.path: group for group in self.groups for item in group.objects("items")}

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """Items by their ids; the first of those that share one."""
        items: dict[str, Node] = {}
        for item in self.items:
            items.setdefault(item.word("id") or "", item)
        return items

    @cached_property
    def scales(self) -> dict[str, Node]:
        """Scales by their names."""
        return dict(self.top.named("scales"))

    @cached_property
    def ids_by_kind(self) -> dict[str | None, list[str]]:
        """The ids of the items of each kind."""
        ids: dict[str | None, list[str]] = {}
        for name, item in self.by_id.items():
            ids.setdefault(item.word("kind"), []).append(name)
        return ids

    def points(self, item: Node) -> list[int]:
        """The values of a scale item's points; empty where they cannot be told."""
        scale = self.scales.get(item.word("scale") or "")
        return values_of_points(scale) if scale else []

    def codes(self, item: Node) -> list[int | str]:
        """The values that a scale or choice item can take; empty where they cannot be told."""
        if item.word("kind") == "scale":
            return list(self.points(item))
        return [value for option in item.objects("options") if (value := option.word("value"))]

    def answers(self, item: Node) -> list[int | str]:
        """The codes of an answer to a scale, choice or choices item, "DK" where it is offered."""
        codes = self.codes(item)
        offers = self.scales.get(item.word("scale") or "") if item.word("kind") == "scale" else item
        return [*codes, "DK"] if codes and offers and "not_applicable" in offers.data else codes


def _items_of(entry: Node) -> Iterator[Node]:
    if "group" not in entry.data:
        yield entry
        return
    for item in entry.objects("items"):
        yield Node(item.path, {**item.data, "kind": "scale", "scale": entry.data.get("scale")})


def values_of_points(scale: Node) -> list[int]:
    """The values of a scale's points, as far as they are whole numbers."""
    values = [point.data.get("value") for point in scale.objects("points")]
    return [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
