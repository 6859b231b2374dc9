"""Small waves for the tests of disclosure control."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from survey.counts import NOT_ASKED, NOT_ASSIGNED, Cell, Reason, Tally, Vectors, WaveCounts
from survey.definitions.model import Breakdown, Source
from survey.disclosure import PartKey, Solution

ALLIANCE = Breakdown("alliance", {})
ORGANIZATION = Breakdown("organization", {}, inside="alliance")
SERVICE = Breakdown("service", {})
NESTED = (ALLIANCE, ORGANIZATION)
CROSSED = (ALLIANCE, ORGANIZATION, SERVICE)
GENDER, AGE, TOOLS = (Breakdown(name, {}, source=Source.ITEM) for name in ("gender", "age", "tools"))

Values = tuple[str, ...]
POINTS = frozenset("12345")
NO_ANSWER = ("", "DK", NOT_ASKED)


def wave(
    answers: Mapping[Values, Mapping[str, Sequence[str]]] | Mapping[Values, Sequence[str]],
    blocks: tuple[tuple[str, ...], ...] = (),
) -> WaveCounts:
    """Counts of cell -> answers to the one item `item/q`, or cell -> figure -> answers, one a person.

    Where somebody's answer joins options by "|", the item is one of several choices.
    """
    cells = {v: a if isinstance(a, Mapping) else {"item/q": a} for v, a in answers.items()}
    figures = {figure: None for by_figure in cells.values() for figure in by_figure}
    people = [len(next(iter(by_figure.values()), ())) for by_figure in cells.values()]
    return WaveCounts(
        tuple(Cell(n, values, max(5, people[n])) for n, values in enumerate(cells)),
        np.array([[n, 0, 0] for n in people], dtype=np.int64).reshape(-1, 3),
        {figure: _tally([by_figure.get(figure, ()) for by_figure in cells.values()]) for figure in figures},
        blocks,
        {
            block: _vectors([[by_figure[f] for f in block] for by_figure in cells.values()])
            for block in blocks
        },
    )


def answered(
    people: Sequence[tuple[Values, Mapping[str, str]]],
    blocks: tuple[tuple[str, ...], ...] = (),
    several: Sequence[str] = (),
) -> WaveCounts:
    """Counts of people, each with a place and the category of every figure."""
    cells: dict[Values, dict[str, list[str]]] = {}
    for place, answers in people:
        for figure, answer in answers.items():
            cells.setdefault(place, {}).setdefault(figure, []).append(answer)
    counts = wave(dict(sorted(cells.items())), blocks)
    tallies = {name: replace(tally, several=name in several) for name, tally in counts.tallies.items()}
    return replace(counts, tallies=tallies)


def group_of(answer: str) -> str:
    """The group of a breakdown that an answer tells."""
    return answer or NOT_ASSIGNED


def _vectors(by_cell: Sequence[Sequence[Sequence[str]]]) -> Vectors:
    people = [list(zip(*answers, strict=True)) for answers in by_cell]
    categories = sorted({vector for vectors in people for vector in vectors})
    table = [[vectors.count(vector) for vector in categories] for vectors in people]
    return Vectors.of(tuple(categories), np.array(table, dtype=np.int64).reshape(len(people), -1))


def _tally(by_cell: Sequence[Sequence[str]]) -> Tally:
    """A question with points has them all among its categories, given or not."""
    given = {answer for answers in by_cell for answer in answers}
    several = any("|" in answer for answer in given)
    categories = sorted({"", "DK"} | given | (POINTS if given & POINTS and not several else set()))
    table = [[list(answers).count(category) for category in categories] for answers in by_cell]
    return Tally(
        tuple(categories),
        tuple(c not in NO_ANSWER for c in categories),
        np.array(table, dtype=np.int64),
        several,
    )


MIXED = ("1", "2", "3", "4", "5")


def mixed(n: int) -> list[str]:
    """n answers, as different from one another as can be."""
    return [MIXED[i % 5] for i in range(n)]


def alliance(name: str) -> PartKey:
    return PartKey("alliance", (), name)


def organization(inside: str, name: str | None) -> PartKey:
    return PartKey("organization", (inside,), name)


def service(name: str | None) -> PartKey:
    return PartKey("service", (), name)


def places(solution: Solution, breakdown: str) -> dict[str, str]:
    """Group -> "own", "pool" or the reason why it is hidden."""
    return {
        key.group or "": str(where) if isinstance(where, Reason) else "pool" if where.pooled else "own"
        for key, where in solution.groups.items()
        if key.breakdown == breakdown
    }
