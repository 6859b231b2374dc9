"""Kinds of small random waves that disclosure control is attacked on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from survey.counts import NOT_ASKED, Vectors, WaveCounts
from survey.definitions.model import Breakdown, Cross
from tests.disclosure_attackers import Universe
from tests.disclosure_waves import (
    AGE,
    ALLIANCE,
    CROSSED,
    GENDER,
    NESTED,
    ORGANIZATION,
    SERVICE,
    TOOLS,
    Values,
    answered,
    group_of,
)

Random = np.random.Generator
POINTS = ("1", "2", "3", "4", "5")
SKEWED = (0.04, 0.08, 0.18, 0.45, 0.25)


@dataclass(frozen=True)
class Kind:
    """One kind: its breakdowns, how a wave is made, and all vectors that its figures may take."""

    breakdowns: tuple[Breakdown, ...]
    make: Callable[[Random], tuple[WaveCounts, np.ndarray]]
    universe: Universe
    possible: Callable[[WaveCounts], np.ndarray] | None = None
    """By row and vector, whether people of the row may give the vector; None: any."""
    crosses: tuple[Cross, ...] = ()


def places(random: Random, crossed: bool, size: tuple[int, int] = (30, 70)) -> list[Values]:
    """Where 30 to 70 people (`size`) are: up to 3 alliances, 9 organizations of unequal size, 4 services.

    Most organizations keep to one or two services, so that a service less an organization is small.
    """
    home = random.integers(3, size=9)
    habits = random.dirichlet(np.full(4, 0.2), 9)
    people = random.choice(9, size=random.integers(size[0], size[1] + 1), p=random.dirichlet(np.full(9, 1.2)))
    if not crossed:
        return [(f"A{home[o]}", f"O{o}") for o in people]
    return [(f"A{home[o]}", f"O{o}", f"S{random.choice(4, p=habits[o])}") for o in people]


def uniform(vectors: Sequence[Sequence[str]], missing: float = 0.15) -> np.ndarray:
    """Chances of vectors: those in which something is missing have `missing` of them in all."""
    some = np.array(["" in vector for vector in vectors])
    if not some.any():
        return np.full(len(some), 1 / len(some))
    return np.where(some, missing / max(1, some.sum()), (1 - missing) / max(1, (~some).sum()))


def kind(
    breakdowns: tuple[Breakdown, ...],
    universe: Mapping[str, Sequence[str]],
    chances: np.ndarray,
    block: bool = False,
    adapt: Callable[[WaveCounts], WaveCounts] = lambda counts: counts,
    agreeing: bool = False,
    groups: Mapping[str, Mapping[str, float]] | None = None,
    several: Sequence[str] = (),
    crosses: tuple[Cross, ...] = (),
    size: tuple[int, int] = (30, 70),
) -> Kind:
    """A kind whose people draw a vector of the universe by `chances`, and groups besides.

    `agreeing`: in three organizations all who answer draw the same vector. `size`: the fewest
    and the most people.
    """
    names = list(universe)

    def make(random: Random) -> tuple[WaveCounts, np.ndarray]:
        people = places(random, SERVICE in breakdowns or len(breakdowns) > 2, size)
        vectors = random.choice(len(chances), size=len(people), p=chances)
        if agreeing:
            alike = np.array([place[1] in ("O0", "O1", "O2") for place in people])
            vectors[alike & (vectors > 0)] = len(chances) - 2
        told = {
            item: random.choice(list(shares), size=len(people), p=list(shares.values()))
            for item, shares in (groups or {}).items()
        }
        if ORGANIZATION not in breakdowns:
            people = [(alliance, service) for alliance, _, service in people]
        found = [
            (
                (*place, *(group_of(str(answers[n])) for answers in told.values())),
                {name: universe[name][vectors[n]] for name in names}
                | {f"item/{item}": str(answers[n]) for item, answers in told.items()},
            )
            for n, place in enumerate(people)
        ]
        counts = adapt(answered(found, (tuple(names),) if block else (), several))
        row = {cell.values: place for place, cell in enumerate(counts.cells)}
        truth = np.zeros((len(row), len(chances)), dtype=np.int64)
        np.add.at(truth, ([row[place] for place, _ in found], vectors), 1)
        return counts, truth

    return Kind(breakdowns, make, Universe(universe), crosses=crosses)


SCALE = ("", "1", "2", "3")
TWO = tuple(product(SCALE, SCALE))
ONE = {"item/q": ("", *POINTS)}
ITEMS = {"item/a": [a for a, _ in TWO], "item/b": [b for _, b in TWO]}
SUMS = [f"{sum(a != '' for a in v)}:{sum(int(a or 0) for a in v)}" if any(v) else "" for v in TWO]
PAIRS = [f"{before}>{after}" if before and after else "" for before, after in TWO]
JOINT = [("yes" if "3" in v else "no") if all(v) else "" for v in TWO]
TICKED = ("", *("|".join(some) for some in product(*(("", o) for o in "abc"))))
OPTIONS = tuple(sorted({"|".join(o for o in t.split("|") if o) for t in TICKED}))

ROUTED = [("", NOT_ASKED), ("c", NOT_ASKED)] + [(k, h) for k in "ab" for h in SCALE]
"""A filter, and an item that those are asked who answered a or b."""
YES_OR_NO = [("", NOT_ASKED), ("n", NOT_ASKED)] + [("a", h) for h in POINTS]
"""A filter of two answers, and an item that those are asked who answered a."""
TWO_FILTERS = [
    (k, m, h)
    for k, m in product(("", "a", "b"), ("", "x", "y"))
    for h in (SCALE if (k, m) == ("a", "x") else (NOT_ASKED,))
]
"""Two filters of one block, and an item that those are asked who answered a and x."""


def following(counts: WaveCounts) -> WaveCounts:
    """item/h is asked of those who answer a or b to item/k."""
    categories = counts.tallies["item/k"].categories
    routes = {"item/k": tuple(int(c in ("a", "b")) for c in categories)}
    return replace(counts, follows={"item/h": ("item/k",)}, routes=routes)


def following_two(counts: WaveCounts) -> WaveCounts:
    """item/h is asked of those who answer a to item/k and x to item/m, which are one block."""
    met = {"item/k": "a", "item/m": "x"}
    routes = {f: tuple(int(c == v) for c in counts.tallies[f].categories) for f, v in met.items()}
    return replace(counts, follows={"item/h": ("item/k", "item/m")}, routes=routes)


GENDERS = {"f": 0.55, "m": 0.35, "x": 0.05, "": 0.05}
AGES = {"young": 0.4, "middle": 0.35, "old": 0.2, "": 0.05}
TOOL_SHARES = {
    "|".join(o for o, used in zip("rst", some, strict=True) if used): float(
        np.prod([share if used else 1 - share for share, used in zip((0.5, 0.35, 0.25), some, strict=True)])
    )
    for some in product((True, False), repeat=3)
}


def two_filters() -> Kind:
    """Filters k and m are a block by their vectors; h follows both."""
    universe = {name: [v[n] for v in TWO_FILTERS] for n, name in enumerate(("item/k", "item/m", "item/h"))}
    chances = np.array([1 if "" in v else 4 for v in TWO_FILTERS], dtype=float)

    def adapt(counts: WaveCounts) -> WaveCounts:
        return following_two(counts)

    made = kind(CROSSED, universe, chances / chances.sum(), adapt=adapt)

    def make(random: Random) -> tuple[WaveCounts, np.ndarray]:
        counts, truth = made.make(random)
        return with_block(counts, truth, universe, ("item/k", "item/m")), truth

    return replace(made, make=make)


def asked_of_women() -> Kind:
    """item/h is put to one group of a breakdown from an item, by that item."""
    universe = {"item/h": (NOT_ASKED, *SCALE)}
    chances = np.array([0.0, 0.1, 0.3, 0.3, 0.3])

    def make(random: Random) -> tuple[WaveCounts, np.ndarray]:
        people = []
        for place in places(random, crossed=True):
            gender = str(random.choice(list(GENDERS), p=list(GENDERS.values())))
            answer = str(random.choice(universe["item/h"], p=chances)) if gender == "f" else NOT_ASKED
            people.append(((*place, group_of(gender)), {"item/h": answer, "item/gender": gender}))
        counts = answered(people)
        categories = counts.tallies["item/gender"].categories
        routes = {"item/gender": tuple(int(c == "f") for c in categories)}
        counts = replace(counts, follows={"item/h": ("item/gender",)}, routes=routes)
        truth = np.zeros((len(counts.cells), len(chances)), dtype=np.int64)
        row = {cell.values: place for place, cell in enumerate(counts.cells)}
        given = [universe["item/h"].index(answers["item/h"]) for _, answers in people]
        np.add.at(truth, ([row[place] for place, _ in people], given), 1)
        return counts, truth

    def possible(counts: WaveCounts) -> np.ndarray:
        women = np.array([cell.values[-1] == "f" for cell in counts.cells])
        return women[:, None] ^ (np.arange(len(chances)) == 0)

    return Kind((*CROSSED, GENDER), make, Universe(universe), possible)


def with_block(
    counts: WaveCounts, truth: np.ndarray, universe: Mapping[str, Sequence[str]], block: tuple[str, ...]
) -> WaveCounts:
    """The counts with some of the figures in one block, counted jointly."""
    vectors = list(zip(*(universe[name] for name in block), strict=True))
    names = tuple(sorted(set(vectors)))
    table = np.zeros((len(truth), len(names)), dtype=np.int64)
    for vector, name in enumerate(vectors):
        table[:, names.index(name)] += truth[:, vector]
    occurring = table.any(axis=0)
    kept = tuple(name for name, some in zip(names, occurring, strict=True) if some)
    return replace(counts, blocks=(block,), vectors={block: Vectors.of(kept, table[:, occurring])})


MISSING_A_FIFTH = np.array([0.2, *(0.8 * share for share in SKEWED)])
NEVER_MISSING = np.array([0.0, *SKEWED])

BY_SERVICE, BY_GENDER = Cross("alliance", "service"), Cross("alliance", "gender")
TWO_SIDES = (ALLIANCE, SERVICE)
SMALL, LARGE = (60, 200), (150, 500)
"""People in waves with a cross: in smaller ones next to nothing of it is shown."""

KINDS: dict[str, Kind] = {
    "nested": kind(NESTED, ONE, NEVER_MISSING),
    "crossed": kind(CROSSED, ONE, NEVER_MISSING),
    "unanimous groups, missing answers": kind(CROSSED, ONE, MISSING_A_FIFTH, agreeing=True),
    "several choices": kind(CROSSED, {"item/q": OPTIONS}, np.array([0.16, *[0.12] * 7]), several=("item/q",)),
    "dimension": kind(CROSSED, {"dimension/p/d": SUMS, **ITEMS}, uniform(TWO), block=True),
    "pair": kind(CROSSED, {"pair/s": PAIRS, **ITEMS}, uniform(TWO), block=True),
    "joint share": kind(CROSSED, {"share/j": JOINT, **ITEMS}, uniform(TWO), block=True),
    "filter and follower": kind(
        CROSSED,
        {"item/k": [k for k, _ in ROUTED], "item/h": [h for _, h in ROUTED]},
        np.array([0.06, 0.24, 0.05, 0.1, 0.1, 0.1, 0.05, 0.1, 0.1, 0.1]),
        adapt=following,
    ),
    "yes or no and follower": kind(
        CROSSED,
        {"item/k": [k for k, _ in YES_OR_NO], "item/h": [h for _, h in YES_OR_NO]},
        np.array([0.05, 0.35, *[0.12] * 5]),
        adapt=following,
    ),
    "two filters and their follower": two_filters(),
    "a choice": kind((*CROSSED, GENDER), ONE, NEVER_MISSING, groups={"gender": GENDERS}),
    "two choices": kind(
        (*CROSSED, GENDER, AGE), ONE, MISSING_A_FIFTH, groups={"gender": GENDERS, "age": AGES}
    ),
    "options": kind(
        (*CROSSED, TOOLS), ONE, NEVER_MISSING, groups={"tools": TOOL_SHARES}, several=("item/tools",)
    ),
    "asked of one group": asked_of_women(),
    "a choice and a dimension": kind(
        (*CROSSED, GENDER),
        {"dimension/p/d": SUMS, **ITEMS},
        uniform(TWO),
        block=True,
        groups={"gender": GENDERS},
    ),
    "a cross": kind(TWO_SIDES, ONE, NEVER_MISSING, crosses=(BY_SERVICE,), size=SMALL),
    "a cross of organizations' sides": kind(CROSSED, ONE, NEVER_MISSING, crosses=(BY_SERVICE,), size=LARGE),
    "a cross, unanimous groups, missing answers": kind(
        CROSSED, ONE, MISSING_A_FIFTH, agreeing=True, crosses=(BY_SERVICE,), size=LARGE
    ),
    "a cross and several choices": kind(
        TWO_SIDES,
        {"item/q": OPTIONS},
        np.array([0.16, *[0.12] * 7]),
        several=("item/q",),
        crosses=(BY_SERVICE,),
        size=SMALL,
    ),
    "a cross and a dimension": kind(
        TWO_SIDES,
        {"dimension/p/d": SUMS, **ITEMS},
        uniform(TWO),
        block=True,
        crosses=(BY_SERVICE,),
        size=LARGE,
    ),
    "a cross and a pair": kind(
        TWO_SIDES, {"pair/s": PAIRS, **ITEMS}, uniform(TWO), block=True, crosses=(BY_SERVICE,), size=LARGE
    ),
    "a cross, a filter and its follower": kind(
        TWO_SIDES,
        {"item/k": [k for k, _ in YES_OR_NO], "item/h": [h for _, h in YES_OR_NO]},
        np.array([0.05, 0.35, *[0.12] * 5]),
        adapt=following,
        crosses=(BY_SERVICE,),
        size=LARGE,
    ),
    "a cross with a choice": kind(
        (*CROSSED, GENDER),
        ONE,
        NEVER_MISSING,
        groups={"gender": GENDERS},
        crosses=(BY_GENDER,),
        size=LARGE,
    ),
    "a cross with a choice, and a pair": kind(
        (*TWO_SIDES, GENDER),
        {"pair/s": PAIRS, **ITEMS},
        uniform(TWO),
        block=True,
        groups={"gender": GENDERS},
        crosses=(BY_GENDER,),
        size=LARGE,
    ),
    "a cross of two choices": kind(
        (*TWO_SIDES, GENDER, AGE),
        ONE,
        MISSING_A_FIFTH,
        groups={"gender": GENDERS, "age": AGES},
        crosses=(Cross("gender", "age"),),
        size=LARGE,
    ),
    "two crosses": kind(
        (*TWO_SIDES, GENDER),
        ONE,
        NEVER_MISSING,
        groups={"gender": GENDERS},
        crosses=(BY_SERVICE, BY_GENDER),
        size=LARGE,
    ),
}
