"""The attacker of a study: the releases of three waves and the pairs of each two of them recover nobody."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest

from survey.cells import placed
from survey.counting import count
from survey.counts import Cell
from survey.definitions.model import Mode, Questionnaire
from survey.population import Population
from survey.release import Release
from survey.releasing import released
from survey.store.waves import Wave
from survey.study import Beside, Sheet, StudyRelease, exchanging, linkable, sheet, shown, study_release
from tests.cast import NOW, questionnaire
from tests.study_attacker import Answers, Attack, Category, Kind, People, Table

OF = questionnaire("panel_kinds")
K = 5
Random = np.random.Generator
Given = Callable[[Random], Answers]


def said(item: str) -> Category:
    return lambda answers: str(answers.get(item, ""))


def ticked(option: str) -> Category:
    return lambda answers: str(option in answers["services"]) if answers.get("services") else ""


def score(answers: Answers) -> str:
    """A dimension as the releases tally it: from half of its items on."""
    given = [answers[item] for item in ("calm", "rested") if item in answers]
    return f"{len(given)}:{sum(given)}" if given else ""


def sign(answers: Answers) -> str:
    """A share over two questions, of those who answered both: whether either answer is a 2."""
    return str(2 in answers.values()) if len(answers) == 2 else ""


def whole_score(answers: Answers) -> str:
    return score(answers) if len(answers) == 2 else ""


def all_of(item: str, values: range) -> list[Answers]:
    return [{}, *({item: value} for value in values)]


SERVICES = ("nursery", "camp")
PAIRS: list[Answers] = [
    {item: value for item, value in zip(("calm", "rested"), values, strict=True) if value}
    for values in product(range(3), repeat=2)
]
TICKS: list[Answers] = [{}, *({"services": list(some)} for n in (1, 2) for some in combinations(SERVICES, n))]
ASKED: list[Answers] = [
    {"status": "part"},
    {"status": "full"},
    *({"status": "full", "shift": v} for v in (1, 2)),
]


def kind_of(vectors: list[Answers], figures: Mapping[str, Category], **topics: Category) -> Kind:
    told = {name: figures[name] for name in figures} | {f"dimension/impact/{k}": v for k, v in topics.items()}
    return Kind(
        vectors, figures, told, [name for name in figures if name.startswith("item/")],
        lambda answers: tuple(sorted(answers)),
    )  # fmt: skip


DIMENSION = "dimension/impact/wellbeing"
KINDS = {
    "scale": kind_of(all_of("balance", range(1, 5)), {"item/balance": said("balance")}),
    "number": kind_of(all_of("hours", range(3)), {"item/hours": said("hours")}),
    "dimension": kind_of(
        PAIRS,
        {"item/calm": said("calm"), "item/rested": said("rested"), DIMENSION: score},
        wellbeing=whole_score,
    ),
    "share": kind_of(
        PAIRS,
        {"item/calm": said("calm"), "item/rested": said("rested"), DIMENSION: score, "share/well": sign},
        wellbeing=whole_score,
    ),
    "options": kind_of(TICKS, {f"item/services={one}": ticked(one) for one in SERVICES}),
    "condition": replace(
        kind_of(ASKED, {"item/status": said("status"), "item/shift": said("shift")}),
        validity=lambda answers: None,
    ),
}


def answer(kind: Kind, random: Random) -> Answers:
    """Everything answered, for the most part; every second one is asked what not everybody is."""
    fullest = [one for one in kind.vectors if len(one) == max(map(len, kind.vectors))]
    some = fullest if random.random() < (0.4 if kind is KINDS["condition"] else 0.9) else kind.vectors
    return some[random.integers(len(some))]


def closed(people: People, name: str) -> tuple[Release, Sheet]:
    """The release of a wave and its responses as they lie stored, some groups coarsened away."""
    wave = Wave(
        id=name, title=OF.title, questionnaire=OF.id, version=1, mode=Mode.PANEL, phase="final",
        state="closing", opens=None, closes=None, timezone="Europe/Rome", threshold=K,
        population=Population(), synthetic=False, definition="", sha256="",
    )  # fmt: skip
    invited = Counter((group,) for group, _ in people.values())
    cells: dict[int, Cell] = {}
    number = placed(invited, cells, K)
    stored = [(code, number[group,], dict(answers)) for code, (group, answers) in people.items()]
    known = tuple(cells[one] for one in sorted(cells))
    counts = count(OF, known, [(cell, answers) for _, cell, answers in stored])
    release = released(wave, OF, counts, {}, invited, NOW)
    coarse = Cell(len(known), ("not_assigned",), 0)
    lost = [
        (code, coarse.number if at % 7 == 0 else cell, answers)
        for at, (code, cell, answers) in enumerate(stored)
    ]
    return release, sheet(lost, OF, [*known, coarse], release)


def drawn(kind: Kind, random: Random) -> list[dict[str, Any]]:
    """Three waves: groups of 5 to 14 people that take part again wholly, nearly, in part or not at all."""
    waves: list[dict[str, Any]] = [{}, {}, {}]
    groups = "ABCD"[: random.integers(2, 5)]
    for group in groups:
        size = int(random.integers(5, 15))
        gone = [0, *(int(random.choice([0, 1, 2, size // 2, size])) for _ in waves[1:])]
        for place, some in enumerate(waves):
            for at in range(gone[place], size):
                here = group if random.random() < 0.97 else groups[random.integers(len(groups))]
                some[f"{group}{at}"] = (here, answer(kind, random))
        for place, some in enumerate(waves[1:]):
            for at in range(random.integers(0, 8)):
                some[f"{group}{place}n{at}"] = (group, answer(kind, random))
    return waves


def usual(
    kind: Kind, random: Random, groups: str = "ABCD", smallest: int = 12, largest: int = 26
) -> list[dict[str, Any]]:
    """Three waves: groups in which about every second person takes part in a wave."""
    waves: list[dict[str, Any]] = [{}, {}, {}]
    for group in groups:
        for at in range(random.integers(smallest, largest)):
            for some in waves:
                if random.random() < 0.55:
                    here = group if random.random() < 0.97 else groups[random.integers(len(groups))]
                    some[f"{group}{at}"] = (here, answer(kind, random))
    return waves


def made(waves: list[dict[str, Any]]) -> tuple[list[Release], list[StudyRelease]]:
    """The releases of waves and of each two of them, in the order in which they would be made."""
    told = [closed(people, f"w{at}") for at, people in enumerate(waves)]
    alone = [release for release, _ in told]
    sheets = [one for _, one in told]
    found: dict[tuple[int, int], StudyRelease] = {}
    for pair in ((0, 1), (0, 2), (1, 2)):
        beside = [
            [
                Beside(sheets[other], shown(release))
                for known, release in found.items()
                if side in known
                for other in {*known} - {side}
            ]
            for side in pair
        ]
        first, second = pair
        found[pair] = study_release(
            "s", (alone[first], alone[second]), (sheets[first], sheets[second]), linkable(OF, OF),
            (beside[0], beside[1]),
        )  # fmt: skip
    return alone, list(found.values())


def attacked(kind: Kind, waves: list[dict[str, Any]], without_rules: bool = False) -> tuple[int, int]:
    """How much the study releases give away that the releases alone do not, and how many topics they show."""
    releases, pairs = made(waves)
    tables = [
        Table(topic, int(one.earlier[1]), int(one.later[1]))
        for one in pairs
        for topic in sorted(kind.topics.keys() if without_rules else shown(one) & kind.topics.keys())
    ]
    if not tables:
        return 0, 0
    attack = Attack(kind, waves, releases)
    return attack.recovered(tables, K) - attack.recovered([], K), len(tables)


@pytest.mark.parametrize("name", KINDS)
def test_nothing_of_a_few_follows_from_study_releases(name: str) -> None:
    random, kind = np.random.default_rng(47), KINDS[name]
    # The more people skipped something, the more kinds of people there are, and the longer it takes.
    sizes = (26, 34) if len(kind.figures) > 2 else (40, 60)
    results = [attacked(kind, usual(kind, random, "AB", *sizes))]
    results += [attacked(kind, drawn(kind, random)) for _ in range(8)]
    assert [found for found, _ in results if found > 0] == []
    assert sum(told for _, told in results) >= 1, "the rules must leave something to show"


@pytest.mark.parametrize("name", ["scale", "options", "condition"])
def test_without_the_rules_the_attacker_wins(name: str) -> None:
    random, kind = np.random.default_rng(47), KINDS[name]
    assert any(attacked(kind, drawn(kind, random), True)[0] > 0 for _ in range(3))


@pytest.mark.parametrize("alone", [0, 3, 8])
def test_few_who_answered_one_wave_only_hide_all_pairs(alone: int) -> None:
    people = {f"p{at}": ("A", {"balance": 1 + at % 4}) for at in range(40)}
    more = {f"n{at}": ("A", {"balance": 1 + at % 2}) for at in range(alone)}
    _, (release, *_) = made([people, people | more, people])
    assert ("item/balance" in shown(release)) is (alone != 3)
    assert (release.linked, release.only_earlier, release.only_later) == (40, 0, alone)


@pytest.mark.parametrize(
    ("skipped", "safe"),
    [([], True), ([20, 22, 24], False), ([20, 22, 24, 21, 23, 25, 27, 29], False), (range(20, 36), True)],
    ids=["nobody", "few", "few of a group", "enough of each group"],
)
def test_few_who_answered_a_dimension_in_part_hide_it(skipped: Sequence[int], safe: bool) -> None:
    """What they answered would follow from the sums of its questions less that of the dimension."""
    waves: list[dict[str, Any]] = [
        {
            f"{wave if at > 60 else 'p'}{at}": ("AB"[at % 2], {"calm": 1 + at % 4, "rested": 2 + at % 3})
            for at in range(110)
        }
        for wave in "123"
    ]
    for at in skipped:
        del waves[0][f"p{at}"][1]["rested"]
    _, (release, *_) = made(waves)
    assert "item/calm" in shown(release)
    assert (DIMENSION in shown(release)) is safe
    assert safe or "share/well" not in shown(release)


@pytest.mark.parametrize("asked", [1, 2])
def test_whom_a_conditional_question_was_put_to_is_an_answer(asked: int) -> None:
    """Were all of the linked in its pairs (1), all would be known to have said what leads there; not of
    every second one (2)."""

    def given(at: int, put: bool) -> tuple[str, Answers]:
        return "A", {"status": "full", "shift": 1 + at % 3} if put else {"status": "part"}

    linked = {f"p{at}": given(at, at % asked == 0) for at in range(60)}
    waves = [linked | {f"{wave}{at}": given(at, at % 2 == 0) for at in range(40)} for wave in "123"]
    _, (release, *_) = made(waves)
    assert ("item/shift" in shown(release)) is (asked == 2)


@pytest.mark.parametrize(("gone", "told"), [(3, 1), (8, 3)])
def test_two_waves_that_differ_by_a_few_are_not_both_compared_with_a_third(gone: int, told: int) -> None:
    """They answered the first and the second wave, and not the third: two tables less one another."""
    everybody = {f"p{at}": ("A", {"balance": 1 + at % 4}) for at in range(60)}
    less = {code: said for code, said in everybody.items() if int(code[1:]) >= gone}
    waves = [
        some | {f"{wave}{at}": ("A", {"balance": 1 + at % 3}) for at in range(20)}
        for wave, some in enumerate((everybody, everybody, less))
    ]
    _, pairs = made(waves)
    assert sum("item/balance" in shown(one) for one in pairs) == told


@pytest.mark.parametrize(("insiders", "outsiders", "safe"), [((1, 1), (2, 2), True), ((1, 3), (2, 2), False),
                                                            ((1, 1), (2, 4), False)])  # fmt: skip
def test_four_exchange_where_two_and_two_are_alike(
    insiders: tuple[int, int], outsiders: tuple[int, int], safe: bool
) -> None:
    """In part 1 a member said 1 and another person 2, in part 2 the other way round; others fill the parts.

    Who is in the table must be like the other who is, or pairs of answers change, and so outside it.
    """
    fill = 6
    parts = [1, 1, 2, 2, *[2] * 2 * fill]
    members = [True, False, True, False, *[True] * fill, *[False] * fill]
    answers = [1, 2, 2, 1, *[3, 4] * fill]
    alike = [insiders[0], outsiders[0], insiders[1], outsiders[1], *range(10, 10 + 2 * fill)]
    people = exchanging.People(
        np.array(parts, dtype=np.int32)[:, None], np.array(members), np.array(answers, dtype=np.int32),
        np.array(answers, dtype=np.int32), np.array(alike, dtype=np.int32),
    )  # fmt: skip
    assert exchanging.Exchanges(people, (2,), K).protect() is safe


def test_a_questionnaire_that_changed_links_what_reads_the_same() -> None:
    reworded = replace(
        OF,
        sections=tuple(
            replace(
                section,
                items=tuple(
                    replace(item, text={"it": "?", "en": "?"}) if item.id in ("balance", "calm") else item
                    for item in section.items
                ),
            )
            for section in OF.sections
        ),
    )

    def names(older: Questionnaire) -> list[str]:
        return [one.name.partition("/")[2] for one in linkable(older, OF)]

    options = [f"services={one}" for one in (*SERVICES, "leave")]
    alike = ["stress", "status", "rested", "hours", *options, "shift"]
    assert names(reworded) == alike
    assert names(OF) == ["balance", *alike[:2], "calm", *alike[2:], "impact/wellbeing", "well"]
