"""How long the disclosure solution takes and what it leaves to be shown, on waves like the Milan plan's.

Run as `python -m tests.benchmarks.bench_disclosure [--waves N]`; prints one line per kind of wave.
"""

import argparse
import time

import numpy as np

from survey.counts import NOT_ASSIGNED, Cell, Tally, Vectors, WaveCounts
from survey.definitions.model import Breakdown
from survey.disclosure import PartKey, Solution, solve

THRESHOLD = 5
Values = tuple[str, ...]
ALLIANCES, ORGANIZATIONS, SERVICES = 6, 80, 5
BREAKDOWNS = (
    Breakdown("alliance", {}),
    Breakdown("organization", {}, inside="alliance"),
    Breakdown("service", {}),
)


def people(random: np.random.Generator, invited: int) -> list[Values]:
    """Everybody's alliance, organization and service, coarsened until five invited people share them."""
    home = random.integers(ALLIANCES, size=ORGANIZATIONS)
    weight = random.pareto(1.5, ORGANIZATIONS) + 0.3
    habits = random.dirichlet(np.full(SERVICES, 1.5), ORGANIZATIONS)
    chosen = random.choice(ORGANIZATIONS, size=invited, p=weight / weight.sum())
    found = [(f"A{home[o]}", f"O{o:02}", f"S{random.choice(SERVICES, p=habits[o])}") for o in chosen]
    for kept in (2, 1, 0):
        shared: dict[Values, int] = {}
        for values in found:
            shared[values] = shared.get(values, 0) + 1
        found = [
            values if shared[values] >= 5 else (*values[:kept], *[NOT_ASSIGNED] * (3 - kept))
            for values in found
        ]
    return found


def milan(random: np.random.Generator, items: int, invited: int = 4000, rate: float = 0.32) -> WaveCounts:
    """A wave of 5-point items; from 19 items on also 8 dimensions of them and a pair of statuses."""
    found = people(random, invited)
    values = sorted(set(found))
    number = {combination: n for n, combination in enumerate(values)}
    cell = np.array([number[combination] for combination in found])
    where = cell[random.random(invited) < rate]
    mood = random.normal(0, 0.5, len(where))
    answers = np.clip(np.rint(3.8 + mood[:, None] + random.normal(0, 0.9, (len(mood), items))), 1, 5).astype(
        int
    )
    answers[random.random(answers.shape) < 0.03] = 0
    codes = {f"item/i{n}": [str(a or "") for a in answers[:, n]] for n in range(items)}
    blocks = (*add_dimensions(codes, answers), add_statuses(codes, random)) if items >= 19 else ()
    return collected(values, np.bincount(cell, minlength=len(values)), where, codes, blocks)


def add_dimensions(codes: dict[str, list[str]], answers: np.ndarray) -> list[tuple[str, ...]]:
    """Three dimensions of three items and five of two."""
    blocks, start = [], 0
    for d, size in enumerate((3, 3, 3, 2, 2, 2, 2, 2)):
        some = answers[:, start : start + size]
        scores = zip((some > 0).sum(axis=1), some.sum(axis=1), strict=True)
        codes[f"dimension/p/d{d}"] = [f"{n}:{total}" if n else "" for n, total in scores]
        blocks.append((f"dimension/p/d{d}", *(f"item/i{start + n}" for n in range(size))))
        start += size
    return blocks


def add_statuses(codes: dict[str, list[str]], random: np.random.Generator) -> tuple[str, ...]:
    """A status before and now, one in twenty moving."""
    people = len(next(iter(codes.values())))
    before = random.choice(6, size=people, p=[0.55, 0.2, 0.08, 0.07, 0.06, 0.04])
    now = np.where(random.random(people) < 0.05, random.integers(6, size=people), before)
    codes["item/before"], codes["item/now"] = [f"s{s}" for s in before], [f"s{s}" for s in now]
    codes["pair/status"] = [f"s{b}>s{n}" for b, n in zip(before, now, strict=True)]
    return "pair/status", "item/before", "item/now"


def collected(
    values: list[Values],
    invited: np.ndarray,
    where: np.ndarray,
    codes: dict[str, list[str]],
    blocks: tuple[tuple[str, ...], ...],
) -> WaveCounts:
    """The counts of people's cells (`where`) and categories."""
    cells = tuple(Cell(n, combination, int(invited[n])) for n, combination in enumerate(values))
    completeness = np.zeros((len(values), 3), dtype=np.int64)
    completeness[:, 0] = np.bincount(where, minlength=len(values))
    tallies, vectors = {}, {}
    for name, given in codes.items():
        categories, table = crossed(where, given, len(values))
        tallies[name] = Tally(categories, tuple(category != "" for category in categories), table)
    for block in blocks:
        given = list(zip(*(codes[figure] for figure in block), strict=True))
        vectors[block] = Vectors(*crossed(where, given, len(values)))
    return WaveCounts(cells, completeness, tallies, blocks, vectors)


def crossed(where: np.ndarray, given: list, cells: int) -> tuple[tuple, np.ndarray]:
    """What was given, sorted, and how often by cell."""
    column = {category: n for n, category in enumerate(sorted(set(given)))}
    table = np.zeros((cells, len(column)), dtype=np.int64)
    np.add.at(table, (where, [column[category] for category in given]), 1)
    return tuple(column), table


def kept(counts: WaveCounts, solution: Solution) -> tuple[int, int, float, float]:
    """Organizations with five answers; those shown; of these' figures, and services' too, the share null."""
    answers: dict[tuple[str, ...], int] = {}
    for cell, n in zip(counts.cells, counts.responses, strict=True):
        answers[cell.values[:2]] = answers.get(cell.values[:2], 0) + int(n)
    able = sum(n >= THRESHOLD and NOT_ASSIGNED not in values for values, n in answers.items())
    shown = [key for key in solution.parts if key.breakdown == "organization" and not key.pooled]
    above = [key for key in solution.parts if key.breakdown in ("alliance", "service")]
    return able, len(shown), _null_share(counts, solution, shown), _null_share(counts, solution, above)


def _null_share(counts: WaveCounts, solution: Solution, keys: list[PartKey]) -> float:
    nulls = sum(len(solution.withheld[key]) for key in keys)
    return nulls / max(1, len(keys) * len(counts.tallies))


def main() -> None:
    """Prints seconds, organizations kept and figures null for 1, 10 and 40 items."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--waves", type=int, default=5)
    waves = parser.parse_args().waves
    for items, invited in ((1, 4000), (10, 4000), (40, 4000), (40, 400_000)):
        rows = []
        for seed in range(waves):
            counts = milan(np.random.default_rng(seed), items, invited)
            start = time.perf_counter()
            solution = solve(counts, BREAKDOWNS, THRESHOLD)
            rows.append((time.perf_counter() - start, len(counts.cells), *kept(counts, solution)))
        seconds, cells, able, shown, null, above = np.mean(rows, axis=0)
        longest = max(row[0] for row in rows)
        print(
            f"{items:3} items, {invited:7,} invited: {seconds:5.2f} s (at most {longest:.2f}), "
            f"{cells:.0f} cells, {shown:.1f} of {able:.1f} organizations shown, "
            f"{null:.1%} of their figures null, {above:.1%} of alliances' and services'"
        )


if __name__ == "__main__":
    main()
