"""Two closed waves whose words, codes and names are as awkward as they may be."""

from collections.abc import Iterator
from random import Random

import pytest

from tests.cast import Instance, make_instance

PEOPLE, FIRMS, FIGURES_ONLY = "people", "firms", "figures-only"
NAMES = ["=SUM(A1:A9)", "L'Aquila – Città", "007", "+39 «Sì»"]
WORDS = "=cmd|'/C calc'!A1\nseconda riga, “perché” no; e \"virgolette\""


def answer_of(draw: Random) -> dict[str, str]:
    """The cells of one person's answers."""
    gender, zone = draw.choice(["f", "m", "m", ""]), draw.choice(["01", "02", "DK", ""])
    cells = {
        "gender": gender,
        "leave": draw.choice(["yes", "no"]) if gender == "f" else "",
        "utility": draw.choice("1233DK".replace("DK", "3")) if draw.random() < 0.9 else "DK",
        "advice": draw.choice(["1", "2", "3", "DK", ""]),
        "zone": zone,
        "why": draw.choice(["work", "home", ""]) if zone == "02" else "",
        "used": draw.choice(["nursery", "Camp+1", "nursery|Camp+1", ""]),
        "hours": draw.choice(["-5", "12.5", "40", "0.1", "DK", ""]),
        "age_band": draw.choice(["young", "old", "old"]),
        "before": draw.choice(["in", "out"]),
        "today": draw.choice(["in", "in", "out", ""]),
    }
    return {item: cell for item, cell in cells.items() if cell} or {"advice": "1"}


def people_of(draw: Random, sizes: dict[str, int]) -> list[dict[str, str]]:
    """The groups of invited people: organization `AB`'s alliance is `A`."""
    return [
        {"alliance": organization[0], "organization": organization}
        for organization, n in sizes.items()
        for _ in range(n)
    ]


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """The instance with both waves, and one whose answers cannot be taken."""
    made = make_instance(tmp_path_factory.mktemp("exports") / "instance")
    draw = Random(5)
    groups = people_of(draw, {"Aé": 26, "Ab": 30, "Ac": 7, "Ad": 6, "Ba": 20, "Bb": 14})
    for invitation in made.wave(PEOPLE, "exported", groups=groups):
        if draw.random() < 0.8:
            made.answer(invitation, **answer_of(draw), comment="un commento")
    firms = [{"alliance": "A", "organization": name} for name in NAMES]
    for number, invitation in enumerate(made.wave(FIRMS, "organizations", groups=firms)):
        made.answer(invitation, employees=str(1200 + number), sector="other", comment=WORDS)
    for invitation in made.wave(FIGURES_ONLY, "all_kinds", invited=8):
        made.answer(invitation, utility="4")
    for wave in (PEOPLE, FIRMS, FIGURES_ONLY):
        made.close(wave)
    yield made
    made.store.close()
