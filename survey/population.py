"""How many people the figures speak of: the invited ones, or what the evaluator states.

Stated as a number (the whole wave), as rows by breakdown (a CSV), or as unknown. Without a stated
population a group's population is its invitations; with one, a group has a population only where
the rows tell it.
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass

from survey.language import Refusal, text

COLUMN = "population"
LONGEST_NUMBER = 10


class BadPopulation(Refusal):
    """The stated population cannot be understood."""


@dataclass(frozen=True)
class Stratum:
    """The people who share some breakdown values, breakdown id -> value."""

    values: Mapping[str, str]
    people: int


@dataclass(frozen=True)
class Population:
    """`how` is "invited", "total", "strata" or "unknown"."""

    how: str = "invited"
    total: int | None = None
    strata: tuple[Stratum, ...] = ()

    def of(self, breakdown: str | None, groups: frozenset[str], invited: int | None) -> int | None:
        """People in the whole wave (breakdown None) or in some groups of a breakdown; None: unknown.

        `invited` counts the invitations of these people, None where only their answers tell the group.
        """
        if self.how == "invited":
            return invited
        if self.how == "strata":
            return self._sum(breakdown, groups)
        return self.total if breakdown is None else None

    def _sum(self, breakdown: str | None, groups: frozenset[str]) -> int | None:
        if breakdown is None:
            return sum(stratum.people for stratum in self.strata)
        told = {stratum.values.get(breakdown) for stratum in self.strata}
        if not groups <= told:
            return None
        return sum(row.people for row in self.strata if row.values.get(breakdown) in groups)

    def to_json(self) -> str:
        """The stored form."""
        strata = [{"values": dict(row.values), "people": row.people} for row in self.strata]
        return json.dumps({"how": self.how, "total": self.total, "strata": strata})


def from_json(body: str) -> Population:
    """The Population of its stored form."""
    data = json.loads(body)
    strata = tuple(Stratum(row["values"], row["people"]) for row in data["strata"])
    return Population(data["how"], data["total"], strata)


def stated(number: str) -> Population:
    """A population stated as one whole number. Raises BadPopulation."""
    if not _is_number(number) or int(number) == 0:
        raise BadPopulation(
            "the population is {value}; state a whole number above 0, a CSV file, or unknown", value=number
        )
    return Population("total", int(number))


def from_csv(content: str, name: str, breakdowns: tuple[str, ...]) -> Population:
    """A population by breakdown: columns of breakdown ids and `population`, a row for each stratum.

    Raises BadPopulation with file, line and remedy.
    """
    reader = csv.DictReader(io.StringIO(content))
    columns = reader.fieldnames or []
    keys = [column for column in columns if column != COLUMN]
    if COLUMN not in columns or not keys or not set(keys) <= set(breakdowns):
        raise BadPopulation(
            "{name}:1: the columns are {found}; needed are population and one or more of {known}",
            name=name, found=", ".join(columns), known=", ".join(breakdowns),
        )  # fmt: skip
    try:
        strata = tuple(_stratum(row, keys, f"{name}:{reader.line_num}") for row in reader)
    except csv.Error as failure:
        raise BadPopulation("{name}: this is no CSV: {why}", name=name, why=str(failure)) from failure
    if not strata:
        raise BadPopulation("{name}:2: there is no row; write one for each group", name=name)
    return Population("strata", None, strata)


def _is_number(written: str) -> bool:
    """Whether this is a whole number in ASCII digits that people can add up to."""
    return written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER


def _stratum(row: dict[str, str], keys: list[str], place: str) -> Stratum:
    people = (row.get(COLUMN) or "").strip()
    if not _is_number(people):
        raise BadPopulation(
            text(
                "{place}: the population is {value}; write a whole number", place=place, value=people or "''"
            )
        )
    return Stratum({key: (row.get(key) or "").strip() for key in keys}, int(people))
