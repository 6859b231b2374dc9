"""The Release: the frozen integers of a closed wave that may be shown, and their JSON form.

Everything that a page, chart, file or report says of a wave is computed from its release. It
holds tallies (category -> n; see `counts` for the categories), never percentages or means.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from survey.counts import Reason

FORMAT = 3
READABLE = (1, 2, 3)
"""Formats that can be read: what releases of formats 1 and 2 lack, no definition of theirs could ask for."""

PRINTED = 12
"""The digits of an identifier that are printed: nobody comes upon the same twelve by chance."""

Tallied = Mapping[str, int]
"""Category -> number of responses."""


@dataclass(frozen=True)
class Part:
    """The whole wave, one group, or pooled groups.

    `invited` counts the invitations (None: a group that only answers tell); `population` the people the
    figures speak of (None: unknown).
    `figures` holds a tally for each figure, or the Reason why it is withheld here.
    """

    invited: int | None
    population: int | None
    responses: int
    complete: int
    partial: int
    figures: Mapping[str, Tallied | Reason]


@dataclass(frozen=True)
class Pooled:
    """The group is shown only together with others (see `Others`)."""


@dataclass(frozen=True)
class Hidden:
    """The group is not shown at all, and why."""

    reason: Reason


@dataclass(frozen=True)
class Others:
    """Groups shown together: those of one parent group (`inside`), or of the whole wave (None).

    `of` is the wave that they belong to, in a merged release.
    """

    inside: str | None
    members: tuple[str, ...]
    part: Part
    of: str | None = None


@dataclass(frozen=True)
class Divided:
    """A wave by one breakdown: each invited group, in order of name, and the pools."""

    groups: Mapping[str, Part | Pooled | Hidden]
    others: tuple[Others, ...]


@dataclass(frozen=True)
class Crossed:
    """A wave by two breakdowns at once: `cells[row][column]`.

    `rows` and `columns` name the groups of each, several where these stand together. Without rows and
    columns nothing could be shown.
    """

    rows: tuple[tuple[str, ...], ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()
    cells: tuple[tuple[Part | Hidden, ...], ...] = ()


@dataclass(frozen=True)
class Release:
    """All of a closed wave that may be shown. `closed` is an ISO time; `threshold` the wave's own.

    `merged` names the waves of a release that was added up from several; `opens` is the ISO day from which on
    answers were taken, empty where an earlier program made the release; `crosses` holds each cross by its id.
    """

    wave: str
    title: Mapping[str, str]
    questionnaire: str
    version: int
    definition_sha256: str
    mode: str
    phase: str
    closed: str
    threshold: int
    synthetic: bool
    whole: Part
    by: Mapping[str, Divided]
    merged: tuple[str, ...] = ()
    opens: str = ""
    crosses: Mapping[str, Crossed] = field(default_factory=dict)

    def to_json(self) -> str:
        """The stored form: compact JSON, keys in a fixed order, the same text for the same release."""
        return json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":"))


def identifier(body: str) -> str:
    """What a release is cited by: the SHA-256 of its JSON form, in hexadecimal digits."""
    return sha256(body.encode()).hexdigest()


def short(identifier: str) -> str:
    """The beginning of an identifier, as it is printed."""
    return identifier[:PRINTED]


def from_json(body: str) -> Release:
    """The Release of its stored form; ValueError for another format."""
    data = json.loads(body)
    if data.pop("format") not in READABLE:
        raise ValueError("this release was written by another version of the program")
    data["whole"] = _part(data["whole"])
    data["by"] = {name: _divided(divided) for name, divided in data["by"].items()}
    data["merged"] = tuple(data.get("merged", ()))
    data["crosses"] = {name: _crossed(cross) for name, cross in data.get("crosses", {}).items()}
    return Release(**data)


def _plain(release: Release) -> dict[str, Any]:
    fields = {name: value for name, value in vars(release).items() if name not in ("whole", "by", "crosses")}
    return {
        "format": FORMAT,
        **fields,
        "title": dict(release.title),
        "merged": list(release.merged),
        "whole": _plain_part(release.whole),
        "by": {
            name: {
                "groups": {group: _plain_group(shown) for group, shown in divided.groups.items()},
                "others": [_plain_pool(pool) for pool in divided.others],
            }
            for name, divided in release.by.items()
        },
        "crosses": {
            name: {
                "rows": [list(members) for members in cross.rows],
                "columns": [list(members) for members in cross.columns],
                "cells": [[_plain_group(cell) for cell in row] for row in cross.cells],
            }
            for name, cross in release.crosses.items()
        },
    }


def _plain_part(part: Part) -> dict[str, Any]:
    figures = {
        name: {"withheld": str(figure)} if isinstance(figure, Reason) else {"tally": dict(figure)}
        for name, figure in part.figures.items()
    }
    return {**{name: value for name, value in vars(part).items() if name != "figures"}, "figures": figures}


def _plain_pool(pool: Others) -> dict[str, Any]:
    return {**vars(pool), "members": list(pool.members), "part": _plain_part(pool.part)}


def _plain_group(group: Part | Pooled | Hidden) -> dict[str, Any]:
    if isinstance(group, Part):
        return _plain_part(group)
    return {"pooled": True} if isinstance(group, Pooled) else {"hidden": str(group.reason)}


def _part(data: dict[str, Any]) -> Part:
    figures = {
        name: Reason(figure["withheld"]) if "withheld" in figure else MappingProxyType(figure["tally"])
        for name, figure in data["figures"].items()
    }
    return Part(**{**data, "figures": MappingProxyType(figures)})


def _group(data: dict[str, Any]) -> Part | Pooled | Hidden:
    if "pooled" in data:
        return Pooled()
    return Hidden(Reason(data["hidden"])) if "hidden" in data else _part(data)


def _pool(data: dict[str, Any]) -> Others:
    return Others(data["inside"], tuple(data["members"]), _part(data["part"]), data.get("of"))


def _crossed(data: dict[str, Any]) -> Crossed:
    return Crossed(
        tuple(map(tuple, data["rows"])),
        tuple(map(tuple, data["columns"])),
        tuple(tuple(_cell(cell) for cell in row) for row in data["cells"]),
    )


def _cell(data: dict[str, Any]) -> Part | Hidden:
    return Hidden(Reason(data["hidden"])) if "hidden" in data else _part(data)


def _divided(data: dict[str, Any]) -> Divided:
    return Divided(
        {name: _group(group) for name, group in data["groups"].items()},
        tuple(_pool(pool) for pool in data["others"]),
    )
