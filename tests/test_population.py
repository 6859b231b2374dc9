"""Stated populations: a number, strata, unknown."""

import pytest

from survey.population import BadPopulation, Population, from_csv, from_json, stated

CSV = "alliance,service,population\nA1,S,100\nA1,T,50\nA2,S,30\n"
GROUPS = {
    "the whole": (None, (), 180),
    "a group": ("alliance", ("A1",), 150),
    "across": ("service", ("S",), 130),
    "pooled groups": ("alliance", ("A1", "A2"), 180),
    "a group that no row tells": ("alliance", ("A1", "A3"), None),
    "another breakdown": ("organization", ("O1",), None),
}


@pytest.mark.parametrize("breakdown, groups, people", GROUPS.values(), ids=GROUPS)
def test_strata(breakdown: str | None, groups: tuple[str, ...], people: int | None) -> None:
    population = from_csv(CSV, "people.csv", ("alliance", "organization", "service"))
    assert population.of(breakdown, frozenset(groups), 9) == people
    assert from_json(population.to_json()) == population


@pytest.mark.parametrize("breakdown, people", [(None, 19_894), ("alliance", None)])
def test_a_total_says_nothing_of_groups(breakdown: str | None, people: int | None) -> None:
    assert stated("19894").of(breakdown, frozenset(), 9) == people


@pytest.mark.parametrize("how, people", [("invited", 9), ("unknown", None)])
def test_invited_and_unknown(how: str, people: int | None) -> None:
    assert Population(how).of(None, frozenset(), 9) == people
    assert Population(how).of("alliance", frozenset(["A1"]), 9) == people


BAD = {
    "no such column": "colour,population\nred,1\n",
    "no population": "alliance\nA1\n",
    "no breakdown": "population\n9\n",
    "no number": "alliance,population\nA1,many\n",
    "another digit": "alliance,population\nA1,³\n",
    "no row": "alliance,population\n",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_bad_files_name_file_and_line(content: str) -> None:
    with pytest.raises(BadPopulation, match=r"people\.csv:[12]"):
        from_csv(content, "people.csv", ("alliance",))


@pytest.mark.parametrize("number", ["0", "-4", "4.5", "³", "many", ""])
def test_bad_numbers(number: str) -> None:
    with pytest.raises(BadPopulation):
        stated(number)
