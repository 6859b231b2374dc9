"""A questionnaire with every kind of item and indicator, and releases counted plainly from rows.

Rows are as in a file of answers: item id -> code, "" or absent where not answered, "DK" where it does
not apply. The counting here is the tests' own, so that it can contradict the program.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from survey.counts import Reason
from survey.definitions.model import (
    Breakdown,
    Comparison,
    Dimension,
    Indicator,
    Item,
    JointShare,
    Kind,
    Mean,
    Mode,
    Operator,
    Option,
    Point,
    Profile,
    Questionnaire,
    Ranking,
    Recommendation,
    Scale,
    Section,
    Share,
    StatusChange,
    Summary,
)
from survey.indicators.model import Results
from survey.indicators.results import results
from survey.release import Divided, Part, Release

Row = Mapping[str, str]


def words(text):
    return {"en": text}


def scale(lowest, highest, top2=(), bottom2=()):
    points = tuple(Point(value, words(str(value))) for value in range(lowest, highest + 1))
    return Scale(f"s{lowest}_{highest}", points, words("don't know"), top2, bottom2)


FIVE = scale(1, 5, top2=(4, 5), bottom2=(1, 2))
ELEVEN = scale(0, 10)
STATUSES = ("seeking", "unemployed", "permanent", "other")


def rated(item_id, of=FIVE, reversed=False):
    return Item(item_id, Kind.SCALE, words(item_id), scale=of, reversed=reversed, not_applicable=words("?"))


def chosen(item_id, codes, kind=Kind.CHOICE, exclusive=()):
    options = tuple(Option(code, words(code), code in exclusive) for code in codes)
    return Item(item_id, kind, words(item_id), options=options)


USED = Comparison("would", Operator.IN, ("yes",))
"""Whom the conditional item is put to: people who would recommend it."""


ITEMS = (
    rated("utility"),
    rated("recommend"),
    rated("recommend_0_10", ELEVEN),
    chosen("would", ("yes", "no")),
    chosen("status_before", STATUSES),
    chosen("status_now", STATUSES),
    chosen("services", ("a", "b", "c"), Kind.CHOICES),
    rated("calm"),
    rated("stress", reversed=True),
    rated("time_1"),
    rated("time_2"),
    rated("time_3"),
    Item("employees", Kind.NUMBER, words("employees"), minimum=0, maximum=1000, decimals=1),
    Item("comment", Kind.TEXT, words("comment"), max_length=400),
    chosen("reasons", ("time", "money", "near", "other", "none"), Kind.CHOICES, ("none",)),
    Item("hours", Kind.NUMBER, words("hours"), minimum=0, maximum=100, show_if=USED),
)

INDICATORS: tuple[Indicator, ...] = (
    Mean("usefulness", "utility", words("Usefulness")),
    Share("satisfied", "utility", ("4", "5"), words("Satisfied")),
    Recommendation("balance", "recommend", ("4", "5"), ("5",), ("4",), ("1", "2", "3")),
    Recommendation(
        "nps", "recommend_0_10", ("9", "10"), ("9", "10"), ("7", "8"), tuple(str(code) for code in range(7))
    ),
    Recommendation("yes_no", "would", ("yes",)),
    StatusChange("employment", "status_before", "status_now"),
    Profile(
        "impact",
        (
            Dimension("wellbeing", words("Well-being"), ("calm", "stress")),
            Dimension("time", words("Time"), ("time_1", "time_2", "time_3")),
        ),
        words("Perceived change"),
    ),
    Summary("size", "employees", words("Employees")),
    JointShare("favourable", ("utility", "recommend"), ("4", "5"), "all", words("Useful and recommended")),
    Ranking("why", "reasons", words("Reasons")),
    Summary("hours_used", "hours", words("Hours"), (5, 10, 20)),
)


def questionnaire(
    items: tuple[Item, ...] = ITEMS,
    indicators: tuple[Indicator, ...] = INDICATORS,
    audience: str = "beneficiary",
    mode: Mode = Mode.ANONYMOUS,
) -> Questionnaire:
    return Questionnaire(
        id="sample", version=1, audience=audience, mode=mode, languages=("en",), title=words("Sample"),
        introduction=words("Hello"), breakdowns=(Breakdown("alliance", words("Alliance")),),
        sections=(Section("all", words("All"), items),), indicators=indicators,
    )  # fmt: skip


def tallies(of: Questionnaire, rows: Iterable[Row]) -> dict[str, dict[str, int]]:
    rows = list(rows)
    counted = {
        f"item/{item.id}": Counter(c for row in rows for c in _categories(item, row)) for item in of.items
    }
    for profile, dimension in of.dimensions():
        counted[f"dimension/{profile.id}/{dimension.id}"] = Counter(
            _dimension([of.item(item_id) for item_id in dimension.items], row) for row in rows
        )
        counted[f"alpha/{profile.id}/{dimension.id}"] = _products([of.item(i) for i in dimension.items], rows)
    for share in of.joint_shares():
        counted[f"share/{share.id}"] = Counter(_joint(share, row) for row in rows)
    for change in of.status_changes():
        counted[f"pair/{change.id}"] = Counter(
            ">".join(_code(row, item_id) for item_id in (change.before, change.after)) for row in rows
        )
    return {name: dict(counts) for name, counts in counted.items()}


def _categories(item: Item, row: Row) -> list[str]:
    given = row.get(item.id, "")
    if isinstance(item.show_if, Comparison) and row.get(item.show_if.item) not in item.show_if.codes:
        return [":not_asked"]
    if given and item.kind is Kind.CHOICES:
        return [*given.split("|"), ":answered"]
    return ["answered" if given and item.kind is Kind.TEXT else given]


def _code(row: Row, item_id: str) -> str:
    return row.get(item_id, "").replace("DK", "")


def _dimension(items: list[Item], row: Row) -> str:
    known = [(item, int(_code(row, item.id))) for item in items if _code(row, item.id)]
    ends = [item.scale.lowest + item.scale.highest for item in items]
    return f"{len(known)}:{sum(ends[0] - v if item.reversed else v for item, v in known)}"


def _products(items: list[Item], rows: list[Row]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for row in rows:
        if all(_code(row, item.id) for item in items):
            turned = [_turned(item, int(row[item.id])) for item in items]
            sums["n"] += 1
            for i, value in enumerate(turned):
                sums[str(i)] += value
                sums.update({f"{i}*{j}": value * turned[j] for j in range(i, len(turned))})
    return sums


def _turned(item: Item, value: int) -> int:
    return item.scale.lowest + item.scale.highest - value if item.scale and item.reversed else value


def _joint(share: JointShare, row: Row) -> str:
    given = [_code(row, item_id) for item_id in share.items]
    if not all(given):
        return ""
    met = [code in share.values for code in given]
    return "yes" if (all(met) if share.need == "all" else any(met)) else "no"


def part(
    of: Questionnaire,
    rows: Iterable[Row],
    invited: int = 1000,
    population: int | None = -1,
    withheld: Mapping[str, Reason] | None = None,
) -> Part:
    rows = list(rows)
    figures: dict[str, Any] = {**tallies(of, rows), **(withheld or {})}
    return Part(invited, invited if population == -1 else population, len(rows), len(rows), 0, figures)


def release(whole: Part, mode: Mode = Mode.ANONYMOUS, by: Mapping[str, Divided] | None = None) -> Release:
    return Release(
        wave="w1", title=words("Wave"), questionnaire="sample", version=1, definition_sha256="0" * 64,
        mode=str(mode), phase="final", closed="2026-11-20T09:30:00+01:00", threshold=5, synthetic=True,
        whole=whole, by=by or {},
    )  # fmt: skip


def results_of(
    rows: Iterable[Row],
    of: Questionnaire | None = None,
    mode: Mode = Mode.ANONYMOUS,
    **about: Any,
) -> Results:
    of = of or questionnaire()
    return results(release(part(of, rows, **about), mode), of)


def answers(item_id: str, counts: Mapping[str, int]) -> list[Row]:
    """Rows that answer one item only: code -> how many."""
    return [{item_id: code} for code, n in counts.items() for _ in range(n)]


def moves(counts: Mapping[tuple[str, str], int]) -> list[Row]:
    """Rows of before/after pairs: (before, now) -> how many."""
    return [
        {"status_before": before, "status_now": now} for (before, now), n in counts.items() for _ in range(n)
    ]
