"""Stored responses of a panel wave as numbers, and who is in two of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from survey.counting.asking import Asking
from survey.counting.coding import Codes, Coding, turned
from survey.counts import Cell
from survey.definitions.model import Item, Kind, Questionnaire
from survey.release import Release
from survey.study.divisions import Divisions
from survey.study.topics import Sort, Topic, families, telling, topics

Numbers = NDArray[np.int32]
Flags = NDArray[np.bool_]
Worths = NDArray[np.int64]
Linked = tuple[Numbers, Numbers]
"""The rows of the same people in two sheets, pair by pair."""
Stored = tuple[str, int, Mapping[str, Any]]
"""One response: its code, its cell's number, its answers as decoded JSON."""
CHUNK = 20_000
NOT_TICKED, TICKED = 1, 2
"""The codes of an option, of those who ticked any; and of a share, of those who answered all its items."""


@dataclass(frozen=True)
class Column:
    """What everybody answered to one topic.

    `codes` (by person): 0 where the release of the wave has no valid answer of somebody, else a number from
    1 on that stands for what it has. By code: `worth`, in units of 1 / `unit`, and whether it is `whole`,
    so that it may be a side of a pair: of a dimension with an answer to all of its items.
    """

    codes: Numbers
    worth: Worths
    whole: Flags
    unit: int = 1

    @property
    def paired(self) -> Flags:
        """By person, whether the answer may be a side of a pair."""
        found: Flags = self.whole[self.codes]
        return found


@dataclass(frozen=True)
class Sheet:
    """The responses of a wave: `rows` leads from a code to a row.

    `columns` holds each topic of the wave's questionnaire. `family` leads from a topic to the number of its
    family, `together` holds by family and person what was answered to all of it: people who exchange these
    answers change nothing that is published of a group of both. `sealed` are the families in which not all
    of this is stored any more. `parts` (people x divisions): the published part that somebody is in, by each
    division of the wave into published parts, or UNKNOWN: what was coarsened when the wave closed is told no
    more. `published` says how many parts each division has, numbered from 1 on; 0 is all that no part shows.
    """

    rows: Mapping[str, int]
    columns: Mapping[str, Column]
    family: Mapping[str, int]
    together: Sequence[Numbers]
    sealed: frozenset[int]
    parts: Numbers
    published: tuple[int, ...] = ()

    def kin(self, topic: str) -> tuple[str, ...]:
        """The topics of one family."""
        return tuple(name for name, number in self.family.items() if number == self.family[topic])


def sheet(
    stored: Iterable[Stored], questionnaire: Questionnaire, cells: Iterable[Cell], release: Release
) -> Sheet:
    """The Sheet of a closed wave."""
    divisions = Divisions(questionnaire, cells, release)
    coding = _Codings(questionnaire)
    rows: dict[str, int] = {}
    parts: list[list[int]] = []
    stream = iter(stored)
    while chunk := list(islice(stream, CHUNK)):
        rows |= {code: len(rows) + at for at, (code, _, _) in enumerate(chunk)}
        parts += [divisions.of(cell, given) for _, cell, given in chunk]
        coding.add([given for _, _, given in chunk])
    known, coded = topics(questionnaire), coding.coded()
    groups = families(questionnaire)
    kept = telling(questionnaire)
    return Sheet(
        rows,
        {topic.name: coding.column(topic, coded) for topic in known},
        {topic.name: _family_of(topic, groups) for topic in known},
        [coding.together(group, coded) for group in groups],
        frozenset(number for number, group in enumerate(groups) if group & kept),
        np.array(parts, dtype=np.int32).reshape(len(rows), len(divisions.names)),
        divisions.published,
    )


def _family_of(topic: Topic, groups: Sequence[frozenset[str]]) -> int:
    return next(number for number, group in enumerate(groups) if group.issuperset(topic.items))


def linked(one: Sheet, other: Sheet) -> Linked:
    """The rows of the people who are in both sheets, pair by pair."""
    both = [code for code in one.rows if code in other.rows]
    return (
        np.array([one.rows[code] for code in both], dtype=np.int32),
        np.array([other.rows[code] for code in both], dtype=np.int32),
    )


def numbered(*columns: NDArray[Any]) -> Numbers:
    """One number for each combination of what people have in some columns."""
    numbers = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        _, place = np.unique(column, return_inverse=True)
        _, numbers = np.unique(
            numbers * (int(place.max(initial=0)) + 1) + place.reshape(-1), return_inverse=True
        )
        numbers = numbers.reshape(-1).astype(np.int64)
    return numbers.astype(np.int32)


class _Codings:
    """Answers to all items as numbers (items x people), and the columns that are made of them."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        items = [item for item in questionnaire.items if item.kind is not Kind.TEXT]
        self._codings = [Coding(item) for item in items]
        self._place = {item.id: place for place, item in enumerate(items)}
        self._asking = Asking(self._codings, self._place)
        self._chunks: list[Codes] = []

    def add(self, given: Sequence[Mapping[str, Any]]) -> None:
        """The answers of some people; those to items that were not put to them do not count."""
        coded = np.array([coding.codes(given) for coding in self._codings], dtype=np.int64)
        coded = coded.reshape(len(self._codings), len(given))
        self._asking.mark(coded)
        self._chunks.append(coded.astype(np.int32))

    def coded(self) -> Codes:
        """All answers, items x people."""
        found: Codes = np.concatenate(self._chunks or [np.zeros((len(self._codings), 0), np.int32)], axis=1)
        return found

    def together(self, items: Iterable[str], coded: Codes) -> Numbers:
        """By person a number for the answers to all of some items."""
        return numbered(*(coded[self._place[item]] for item in sorted(items)))

    def column(self, topic: Topic, coded: Codes) -> Column:
        """What everybody answered to a topic."""
        codings = [self._codings[self._place[item]] for item in topic.items]
        rows = [coded[self._place[item]] for item in topic.items]
        return _MADE[topic.sort](topic, codings, rows)


def _single(topic: Topic, codings: Sequence[Coding], rows: Sequence[Codes]) -> Column:
    """An item on a scale, of one choice, or a number: the codes of its answers from 1 on."""
    (coding,), (row,) = codings, rows
    answers = coding.categories[coding.first :]
    worth = np.array([0, *_worths(coding.item, answers)], dtype=np.int64)
    return _column(np.maximum(row - coding.first + 1, 0), worth, _unit(coding.item))


def _option(topic: Topic, codings: Sequence[Coding], rows: Sequence[Codes]) -> Column:
    """One option: whether it was ticked, of those who ticked any."""
    (coding,), (row,) = codings, rows
    ticked = [topic.option in category.split("|") for category in coding.categories[coding.first :]]
    said = [TICKED if one else NOT_TICKED for one in ticked]
    by_code = np.array([0] * coding.first + said, dtype=np.int32)
    return _column(by_code[row], np.array([0, 0, 1], dtype=np.int64))


def _column(codes: Codes | Numbers, worth: Worths, unit: int = 1) -> Column:
    whole = np.ones(len(worth), dtype=bool)
    whole[0] = False
    return Column(codes.astype(np.int32), worth, whole, unit)


def _worths(item: Item, answers: Sequence[str]) -> Iterator[int]:
    if item.scale is not None:
        yield from (point.value for point in item.scale.points)
    elif item.kind is Kind.NUMBER:
        yield from (int(Decimal(answer).scaleb(item.decimals)) for answer in answers)
    else:
        yield from range(len(answers))


def _unit(item: Item) -> int:
    return 10**item.decimals if item.kind is Kind.NUMBER else 1


def _dimension(topic: Topic, codings: Sequence[Coding], rows: Sequence[Codes]) -> Column:
    """A dimension: how many items were answered and their sum, reversed ones turned; valid from half on."""
    answered = sum(row >= coding.first for coding, row in zip(codings, rows, strict=True))
    total = sum(
        coding.of_answers(turned(coding.item))[row] for coding, row in zip(codings, rows, strict=True)
    )
    said = np.stack([np.asarray(answered), np.asarray(total)])
    kinds, place = np.unique(said, axis=1, return_inverse=True)
    valid = (kinds[0] > 0) & (2 * kinds[0] >= len(codings))
    code = np.where(valid, np.cumsum(valid), 0)
    return Column(
        code[place.reshape(-1)].astype(np.int32),
        np.concatenate([[0], kinds[1][valid]]).astype(np.int64),
        np.concatenate([[False], kinds[0][valid] == len(codings)]),
        len(codings),
    )


def _share(topic: Topic, codings: Sequence[Coding], rows: Sequence[Codes]) -> Column:
    """A share over several items: whether any, or all, of the answers are among those that count."""
    need, *values = topic.codes
    answered = np.logical_and.reduce([row >= one.first for one, row in zip(codings, rows, strict=True)])
    hits = [
        np.array([category in values for category in one.categories])[row]
        for one, row in zip(codings, rows, strict=True)
    ]
    hit = (np.logical_or if need == "any" else np.logical_and).reduce(hits)
    codes = np.where(answered, np.where(hit, TICKED, NOT_TICKED), 0)
    return _column(codes, np.array([0, 0, 1], dtype=np.int64))


_MADE: Mapping[Sort, Callable[[Topic, Sequence[Coding], Sequence[Codes]], Column]] = {
    Sort.PAIRS: _single,
    Sort.NUMBER: _single,
    Sort.OPTION: _option,
    Sort.DIMENSION: _dimension,
    Sort.SHARE: _share,
}
