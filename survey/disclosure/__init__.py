"""Disclosure control: from a wave's counts to what may be shown, solved once for everything.

Three steps: one partition for each breakdown (`partition`); the figures that are null in a part
by their own numbers or to protect another part, and the audit of what follows from everything
published together (`withholding`), which asks what people could exchange unseen (`swaps`).
`docs/decisions/0003-disclosure.md` says why it is done this way, with measurements.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.counts import Counts, Reason, Tally, Vectors, WaveCounts
from survey.definitions.model import Breakdown
from survey.disclosure.partition import Partition, divide, lines
from survey.disclosure.solution import WHOLE, PartKey, Solution
from survey.disclosure.swaps import Block, Rows, Table
from survey.disclosure.withholding import Figure, Layout, nulls_of, sets_at_risk

__all__ = ["WHOLE", "PartKey", "Solution", "show_all", "solve"]

ITEM = "item/"


def solve(counts: WaveCounts, breakdowns: tuple[Breakdown, ...], threshold: int) -> Solution:
    """What may be shown of an anonymous or panel wave.

    `breakdowns` are the questionnaire's, in the order of the cells' values; `threshold` is the
    wave's own. The same counts give the same solution, whatever the order of the cells.
    """
    rows = _Rows.of(counts)
    partition = divide(rows.values, rows.responses, breakdowns, threshold)
    layout = _layout(partition, rows.values, breakdowns)
    withheld: dict[PartKey, dict[str, Reason]] = {key: {} for key in partition.parts}
    for block in _blocks(counts):
        figures = _figures(counts, rows, block)
        tallies = [layout.inside @ figure.table for figure in figures]
        wholes = _whole_reasons(block, tallies, threshold)
        if Reason.TOO_FEW_ANSWERS in wholes.values():
            nulls = np.ones(len(layout.inside), dtype=bool)
        else:
            nulls = nulls_of(figures, layout, threshold)
        withheld[WHOLE].update(wholes)
        for part, key in enumerate(partition.parts):
            if part:
                withheld[key].update(_reasons(block, tallies, part, bool(nulls[part]), threshold))
    return _solution(partition, rows, withheld)


def show_all(counts: WaveCounts, breakdowns: tuple[Breakdown, ...]) -> Solution:
    """Every group and every figure, as evaluators see a named wave; "not assigned" stands as a pool."""
    rows = _Rows.of(counts)
    partition = divide(rows.values, rows.responses, breakdowns, None)
    return _solution(partition, rows, {key: {} for key in partition.parts})


@dataclass(frozen=True)
class _Rows:
    """The cells in the order of their values; cells of equal values are one row."""

    values: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[int, ...], ...]
    responses: tuple[int, ...]

    @classmethod
    def of(cls, counts: WaveCounts) -> "_Rows":
        found: dict[tuple[str, ...], list[int]] = {}
        for position, cell in enumerate(counts.cells):
            found.setdefault(cell.values, []).append(position)
        values = tuple(sorted(found))
        cells = tuple(tuple(found[combination]) for combination in values)
        return cls(values, cells, tuple(int(counts.responses[list(group)].sum()) for group in cells))

    def add_up(self, table: Counts) -> Table:
        """A table by cell as a table by row."""
        sums = [table[list(group)].sum(axis=0) for group in self.cells]
        return np.array(sums, dtype=np.float64).reshape(len(self.cells), table.shape[1])


def _figures(counts: WaveCounts, rows: _Rows, names: tuple[str, ...]) -> list[Figure]:
    """A block's figures, with its vectors where these are known."""
    tallies = [counts.tallies[name] for name in names]
    valid = [rows.add_up(tally.table[:, np.array(tally.valid, dtype=bool)]) for tally in tallies]
    if names in counts.vectors:
        block = _vectors(counts.vectors[names], tallies, rows)
        return [Figure(table, block, place) for place, table in enumerate(valid)]
    blocks = [
        Block(
            rows.add_up(tally.table),
            np.arange(len(tally.categories))[:, None],
            np.array(tally.valid, dtype=bool)[:, None],
            rectangles=len(names) == 1,
        )
        for tally in tallies
    ]
    return [
        Figure(table, block, 0, _options(tally))
        for table, block, tally in zip(valid, blocks, tallies, strict=True)
    ]


def _options(tally: Tally) -> Table | None:
    """Valid categories x options that occur, 1 where ticked; None where each category is an answer."""
    if not tally.several:
        return None
    ticked = [c.split("|") for c, valid in zip(tally.categories, tally.valid, strict=True) if valid]
    options = sorted({option for together in ticked for option in together})
    flags = [[option in together for option in options] for together in ticked]
    return np.array(flags, dtype=np.float64).reshape(len(ticked), len(options))


def _vectors(vectors: Vectors, tallies: Sequence[Tally], rows: _Rows) -> Block:
    columns = [{category: n for n, category in enumerate(tally.categories)} for tally in tallies]
    codes = np.array(
        [[column[c] for column, c in zip(columns, vector, strict=True)] for vector in vectors.categories],
        dtype=np.intp,
    ).reshape(-1, len(tallies))
    valid = np.column_stack(
        [np.array(tally.valid, dtype=bool)[codes[:, n]] for n, tally in enumerate(tallies)]
    )
    return Block(rows.add_up(vectors.table), codes, valid)


def _blocks(counts: WaveCounts) -> Iterator[tuple[str, ...]]:
    """The blocks, and every other figure as a block of its own."""
    yield from counts.blocks
    linked = {figure for block in counts.blocks for figure in block}
    yield from ((figure,) for figure in counts.tallies if figure not in linked)


def _layout(
    partition: Partition, values: Sequence[tuple[str, ...]], breakdowns: Sequence[Breakdown]
) -> Layout:
    keys = list(partition.parts)
    number = {key: part for part, key in enumerate(keys)}
    inside = np.zeros((len(keys), len(values)))
    for key, rows in partition.parts.items():
        inside[number[key], rows] = 1
    depth = np.array([0 if key == WHOLE else 1 + len(key.within) for key in keys])
    siblings: dict[tuple[int, str | None], list[int]] = {}
    for key in sorted(partition.parents, key=lambda key: (depth[number[key]], number[key])):
        siblings.setdefault((number[partition.parents[key]], key.breakdown), []).append(number[key])
    families = [(parent, np.array(parts)) for (parent, _), parts in siblings.items()]
    sets = sets_at_risk(inside, _group_sets(values, breakdowns))
    return Layout(inside, depth, families, _finest(keys, inside, breakdowns), sets)


def _group_sets(values: Sequence[tuple[str, ...]], breakdowns: Sequence[Breakdown]) -> Table:
    """Every group of every breakdown, shown or not, as a set of rows."""
    sets: dict[tuple[object, ...], list[int]] = {}
    for line in lines(breakdowns):
        for row, combination in enumerate(values):
            sets.setdefault((line, *(combination[column] for column in line)), []).append(row)
    table = np.zeros((len(sets), len(values)))
    for number, rows in enumerate(sets.values()):
        table[number, rows] = 1
    return table


def _finest(keys: Sequence[PartKey], inside: Table, breakdowns: Sequence[Breakdown]) -> list[list[Rows]]:
    """For each line of nested breakdowns the part of every row, level by level, outermost first."""
    part_of = {breakdown.id: np.full(inside.shape[1], -1, dtype=np.intp) for breakdown in breakdowns}
    for part, key in enumerate(keys):
        if key.breakdown is not None:
            part_of[key.breakdown][inside[part] > 0] = part
    parents = {breakdown.inside for breakdown in breakdowns}
    ends = [line for line in lines(breakdowns) if breakdowns[line[-1]].id not in parents]
    return [[part_of[breakdowns[column].id] for column in line] for line in ends]


def _whole_reasons(block: Sequence[str], tallies: Sequence[Table], threshold: int) -> dict[str, Reason]:
    """Why figures of a block are null in the whole wave: their own numbers only.

    What is made of several items is null where one of these has too few answers.
    """
    reasons: dict[str, Reason] = {}
    for figure, tally in zip(block, tallies, strict=True):
        reasons |= _too_few(figure, int(tally[0].sum()), threshold)
    if any(
        figure.startswith(ITEM) and reason is Reason.TOO_FEW_ANSWERS for figure, reason in reasons.items()
    ):
        made = (figure for figure in block if not figure.startswith(ITEM))
        reasons = dict.fromkeys(made, Reason.TOO_FEW_ANSWERS) | reasons
    return reasons


def _reasons(
    block: Sequence[str], tallies: Sequence[Table], part: int, null: bool, threshold: int
) -> dict[str, Reason]:
    """Why figures of a block are null in a part.

    That a part is unanimous is never said: with the parent's figure it would often tell the answer.
    """
    reasons = dict.fromkeys(block, Reason.PROTECTS_ANOTHER) if null else {}
    for figure, tally in zip(block, tallies, strict=True):
        reasons |= _too_few(figure, int(tally[part].sum()), threshold)
    return reasons


def _too_few(figure: str, n: int, threshold: int) -> Mapping[str, Reason]:
    if n >= threshold:
        return {}
    return {figure: Reason.TOO_FEW_ANSWERS if n else Reason.NO_ANSWERS}


def _solution(
    partition: Partition, rows: _Rows, withheld: Mapping[PartKey, Mapping[str, Reason]]
) -> Solution:
    parts = {
        key: tuple(sorted(cell for row in members for cell in rows.cells[row]))
        for key, members in partition.parts.items()
    }
    return Solution(parts, withheld, partition.groups, partition.pools)
