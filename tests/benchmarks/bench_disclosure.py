"""How long the disclosure solution takes and what it leaves to be shown, on waves like the Milan plan's.

Run as `python -m tests.benchmarks.bench_disclosure [KIND ...] [--waves N]`; prints one line per kind of wave.
"""

import argparse
import resource
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from survey.counts import MISSING, NOT_ASSIGNED, Cell, Tally, Vectors, WaveCounts
from survey.definitions.model import Breakdown, Cross, Source
from survey.disclosure import PartKey, Solution, solve

THRESHOLD = 5
Values = tuple[str, ...]
ALLIANCES, ORGANIZATIONS, SERVICES = 6, 80, 5
INVITED_BY = (
    Breakdown("alliance", {}),
    Breakdown("organization", {}, inside="alliance"),
    Breakdown("service", {}),
)
GENDER, AGE, TOOLS = (Breakdown(name, {}, source=Source.ITEM) for name in ("gender", "age", "tools"))


@dataclass(frozen=True)
class Kind:
    """A kind of wave: `dimensions` are the sizes of its dimensions, of the first items in turn."""

    items: int
    invited: int = 4000
    dimensions: tuple[int, ...] = ()
    answered_by: tuple[Breakdown, ...] = ()
    rate: float = 0.32
    crosses: tuple[Cross, ...] = ()


BY_SERVICE, BY_GENDER = Cross("alliance", "service"), Cross("alliance", "gender")
SHORT, LONG = (3, 3, 3, 2, 2, 2, 2, 2), (5, 5, 5, 5, 5, 5)
KINDS = {
    "1": Kind(1),
    "10": Kind(10),
    "40": Kind(40, dimensions=SHORT),
    "gender": Kind(40, dimensions=SHORT, answered_by=(GENDER,)),
    "gender-age": Kind(40, dimensions=SHORT, answered_by=(GENDER, AGE)),
    "options": Kind(40, dimensions=SHORT, answered_by=(GENDER, AGE, TOOLS)),
    "400k": Kind(40, 400_000, SHORT),
    "long": Kind(40, 4000, LONG),
    "long-10k": Kind(40, 10_000, LONG, rate=1),
    "long-100k": Kind(40, 100_000, LONG, rate=1),
    "long-1M": Kind(40, 1_000_000, LONG, rate=1),
    "long-gender-age": Kind(40, 4000, LONG, (GENDER, AGE)),
    "gender-age-100k": Kind(40, 100_000, SHORT, (GENDER, AGE), rate=1),
    "long-gender-age-100k": Kind(40, 100_000, LONG, (GENDER, AGE), rate=1),
    "options-10k": Kind(40, 10_000, SHORT, (GENDER, AGE, TOOLS), rate=1),
    "options-100k": Kind(40, 100_000, SHORT, (GENDER, AGE, TOOLS), rate=1),
    "cross": Kind(40, dimensions=SHORT, crosses=(BY_SERVICE,)),
    "cross-10k": Kind(40, 10_000, SHORT, rate=1, crosses=(BY_SERVICE,)),
    "cross-100k": Kind(40, 100_000, SHORT, rate=1, crosses=(BY_SERVICE,)),
    "cross-gender": Kind(40, 4000, SHORT, (GENDER,), crosses=(BY_GENDER,)),
    "cross-gender-10k": Kind(40, 10_000, SHORT, (GENDER,), rate=1, crosses=(BY_GENDER,)),
    "cross-gender-100k": Kind(40, 100_000, SHORT, (GENDER,), rate=1, crosses=(BY_GENDER,)),
}


def people(random: np.random.Generator, invited: int) -> list[Values]:
    """Everybody's alliance, organization and service, coarsened until five invited people share them."""
    home = random.integers(ALLIANCES, size=ORGANIZATIONS)
    weight = random.pareto(1.5, ORGANIZATIONS) + 0.3
    habits = random.dirichlet(np.full(SERVICES, 1.5), ORGANIZATIONS)
    chosen = random.choice(ORGANIZATIONS, size=invited, p=weight / weight.sum())
    used = (habits.cumsum(axis=1)[chosen] < random.random(invited)[:, None]).sum(axis=1)
    found = [
        (f"A{home[o]}", f"O{o:02}", f"S{min(s, SERVICES - 1)}") for o, s in zip(chosen, used, strict=True)
    ]
    for kept in (2, 1, 0):
        shared: dict[Values, int] = {}
        for values in found:
            shared[values] = shared.get(values, 0) + 1
        found = [
            values if shared[values] >= 5 else (*values[:kept], *[NOT_ASSIGNED] * (3 - kept))
            for values in found
        ]
    return found


@dataclass(frozen=True)
class Coded:
    """Each person's category of one figure."""

    codes: np.ndarray
    categories: tuple[str, ...]
    several: bool = False


def milan(random: np.random.Generator, kind: Kind) -> tuple[WaveCounts, tuple[Breakdown, ...]]:
    """A wave of 5-point items; with dimensions also a pair of statuses, the last two items."""
    found = people(random, kind.invited)
    answering = np.flatnonzero(random.random(kind.invited) < kind.rate)
    values = [found[person] for person in answering]
    mood = random.normal(0, 0.5, len(values)).astype(np.float32)
    answers = np.zeros((len(values), kind.items), dtype=np.int8)
    for item in range(kind.items):
        given = np.clip(np.rint(3.8 + mood + random.normal(0, 0.9, len(values))), 1, 5)
        answers[:, item] = np.where(random.random(len(values)) < 0.03, 0, given)
    points = (MISSING, "1", "2", "3", "4", "5")
    figures = {f"item/i{n}": Coded(answers[:, n], points) for n in range(kind.items)}
    blocks = [*add_dimensions(figures, answers, kind.dimensions)]
    if kind.dimensions:
        blocks.append(add_statuses(figures, random, len(values)))
    told = [add_breakdown(figures, random, breakdown, len(values)) for breakdown in kind.answered_by]
    values = [(*value, *more) for value, *more in zip(values, *told, strict=True)]
    return collected(found, values, figures, blocks), (*INVITED_BY, *kind.answered_by)


def add_dimensions(
    figures: dict[str, Coded], answers: np.ndarray, sizes: Iterable[int]
) -> Iterable[tuple[str, ...]]:
    """Dimensions of the first items in turn."""
    start = 0
    for d, size in enumerate(sizes):
        some = answers[:, start : start + size]
        codes = (some > 0).sum(axis=1) * (5 * size + 1) + some.sum(axis=1)
        names = [f"{n}:{total}" if n else "" for n in range(size + 1) for total in range(5 * size + 1)]
        figures[f"dimension/p/d{d}"] = Coded(codes, tuple(names))
        yield (f"dimension/p/d{d}", *(f"item/i{start + n}" for n in range(size)))
        start += size


def add_statuses(figures: dict[str, Coded], random: np.random.Generator, n: int) -> tuple[str, ...]:
    """A status before and now, one in twenty moving."""
    before = random.choice(6, size=n, p=[0.55, 0.2, 0.08, 0.07, 0.06, 0.04])
    now = np.where(random.random(n) < 0.05, random.integers(6, size=n), before)
    statuses = tuple(f"s{s}" for s in range(6))
    figures["item/before"], figures["item/now"] = Coded(before, statuses), Coded(now, statuses)
    figures["pair/status"] = Coded(6 * before + now, tuple(f"{b}>{n}" for b in statuses for n in statuses))
    return "pair/status", "item/before", "item/now"


SHARES = {
    "gender": {"f": 0.6, "m": 0.34, "x": 0.02, MISSING: 0.04},
    "age": {"to 34": 0.2, "35-44": 0.35, "45-54": 0.3, "55 up": 0.12, MISSING: 0.03},
}
TICKED = (0.5, 0.4, 0.3, 0.25, 0.15, 0.1, 0.06, 0.03)


def add_breakdown(
    figures: dict[str, Coded], random: np.random.Generator, breakdown: Breakdown, n: int
) -> list[str]:
    """Everybody's group of a breakdown from an item; of several choices the ticked options."""
    if breakdown.id in SHARES:
        shares = SHARES[breakdown.id]
        codes, categories = random.choice(len(shares), size=n, p=list(shares.values())), tuple(shares)
    else:
        codes = (random.random((n, len(TICKED))) < TICKED) @ (1 << np.arange(len(TICKED)))
        categories = tuple(
            "|".join(f"o{o}" for o in range(len(TICKED)) if mask >> o & 1) for mask in range(2 ** len(TICKED))
        )
    figures[f"item/{breakdown.id}"] = Coded(codes, categories, breakdown is TOOLS)
    return [categories[code] or NOT_ASSIGNED for code in codes]


def collected(
    invited: list[Values], answered: list[Values], figures: Mapping[str, Coded], blocks: list[tuple[str, ...]]
) -> WaveCounts:
    """The counts of people by the cells of the invited and what answers tell besides."""
    sizes: dict[Values, int] = {}
    for values in invited:
        sizes[values] = sizes.get(values, 0) + 1
    wide = len(answered[0]) - len(invited[0])
    rows = sorted({*answered, *((*values, *[NOT_ASSIGNED] * wide) for values in sizes)})
    first = {values[: len(values) - wide]: n for n, values in reversed(list(enumerate(rows)))}
    cells = tuple(
        Cell(n, values, sizes[key] if first[key] == n else 0)
        for n, values in enumerate(rows)
        for key in [values[: len(values) - wide]]
    )
    number = {values: n for n, values in enumerate(rows)}
    where = np.array([number[values] for values in answered])
    completeness = np.zeros((len(rows), 3), dtype=np.int64)
    completeness[:, 0] = np.bincount(where, minlength=len(rows))
    tallies = {name: tallied(where, coded, len(rows)) for name, coded in figures.items()}
    vectors = {block: jointly(where, [figures[name] for name in block], len(rows)) for block in blocks}
    return WaveCounts(cells, completeness, tallies, tuple(blocks), vectors)


def tallied(where: np.ndarray, coded: Coded, rows: int) -> Tally:
    """What was given, and how often by cell."""
    wide = len(coded.categories)
    table = np.bincount(where * wide + coded.codes, minlength=rows * wide).reshape(rows, wide)
    given = table.any(axis=0)
    categories = tuple(c for c, some in zip(coded.categories, given, strict=True) if some)
    return Tally(categories, tuple(c != MISSING for c in categories), table[:, given], coded.several)


def jointly(where: np.ndarray, coded: list[Coded], rows: int) -> Vectors:
    """The vectors of some figures that were given, and how often by cell."""
    together = np.zeros(len(where), dtype=np.int64)
    for one in coded:
        together = together * len(one.categories) + one.codes
    _, first, vectors = np.unique(together, return_index=True, return_inverse=True)
    names = [tuple(one.categories[one.codes[person]] for one in coded) for person in first]
    pairs, n = np.unique(where * len(first) + vectors, return_counts=True)
    cells, vectors = np.divmod(pairs, len(first))
    return Vectors(tuple(names), cells.astype(np.int32), vectors.astype(np.int32), n.astype(np.int32))


def kept(counts: WaveCounts, solution: Solution) -> tuple[int, int, dict[str, float]]:
    """Organizations with five answers; those shown; by breakdown the share of the groups' figures null."""
    answers: dict[tuple[str, ...], int] = {}
    for cell, n in zip(counts.cells, counts.responses, strict=True):
        answers[cell.values[:2]] = answers.get(cell.values[:2], 0) + int(n)
    able = sum(n >= THRESHOLD and NOT_ASSIGNED not in values for values, n in answers.items())
    shown: dict[str, list[PartKey]] = {}
    for key in solution.parts:
        if key.breakdown and not key.pooled:
            shown.setdefault(key.breakdown, []).append(key)
    nulls = {breakdown: null_share(counts, solution, keys) for breakdown, keys in shown.items()}
    return able, len(shown.get("organization", ())), nulls


def null_share(counts: WaveCounts, solution: Solution, keys: list[PartKey]) -> float:
    """The share of figures that are null, those that make groups aside."""
    figures = set(counts.tallies) - {"item/gender", "item/age", "item/tools"}
    return sum(len(figures & set(solution.withheld[key])) for key in keys) / max(1, len(keys) * len(figures))


def measured(name: str, waves: int) -> str:
    """One line: means over some waves."""
    seconds, cells, able, shown, nulls = [], [], [], [], []
    for seed in range(waves):
        counts, breakdowns = milan(np.random.default_rng(seed), KINDS[name])
        start = time.process_time()
        solution = solve(counts, breakdowns, THRESHOLD, KINDS[name].crosses)
        seconds.append(time.process_time() - start)
        cells.append(len(counts.cells))
        of, those, null = kept(counts, solution)
        able.append(of)
        shown.append(those)
        nulls.append(null)
    share = {
        breakdown: np.mean([null[breakdown] for null in nulls if breakdown in null]) for breakdown in nulls[0]
    }
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{name}: {np.mean(seconds):.2f} s (at most {max(seconds):.2f}), {np.mean(cells):.0f} rows, "
        f"{np.mean(shown):.1f} of {np.mean(able):.1f} organizations shown, null: "
        + ", ".join(f"{breakdown} {null:.1%}" for breakdown, null in share.items())
        + f"; {memory:.0f} MB with the wave itself"
    )


def main() -> None:
    """Prints seconds, organizations kept and figures null for each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=["1", "10", "40", "400k"], metavar="KIND")
    parser.add_argument("--waves", type=int, default=5)
    given = parser.parse_args()
    for name in given.kinds:
        print(measured(name, given.waves), flush=True)


if __name__ == "__main__":
    main()
