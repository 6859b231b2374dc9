"""The files under tests/data and their definitions fit: every column, every code, the stated facts."""

import csv
from collections import Counter

import pytest

from survey import submission
from survey.submission import NOT_APPLICABLE
from tests.cast import DATA, questionnaire

FILES = {
    "milan_beneficiaries": (4000, {"token_id", "responded", "disposition"}),
    "milan_organizations": (80, {"answered"}),
    "milan_status_variant_b": (1168, {"id"}),
}
"""Definition -> rows of its file, columns that are not part of it."""


def rows_of(name):
    with (DATA / f"{name}_SYNTHETIC.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answers_of(name):
    """The Answers of every row that holds any, demographic items left out of the judgement."""
    definition = questionnaire(name)
    asked = {item.id for item in definition.items if not item.demographic}
    read = [submission.from_row(definition, row).values for row in rows_of(name)]
    return [answers for answers in read if asked.intersection(answers)]


def net_of(pairs):
    net = Counter(after for _, after in pairs)
    net.subtract(before for before, _ in pairs)
    return net


def pairs_of(answers):
    return [(row.get("status_before"), row.get("status_after")) for row in answers]


@pytest.mark.parametrize("name", FILES)
def test_a_definition_covers_every_column_of_its_file(name):
    definition, rows = questionnaire(name), rows_of(name)
    known = {item.id for item in definition.items} | {part.id for part in definition.breakdowns}
    assert (len(rows), set(rows[0]) - known) == FILES[name]
    assert known <= set(rows[0])


def test_the_three_recommendation_scales_hold_the_same_opinions():
    answers = answers_of("milan_beneficiaries")
    definition = questionnaire("milan_beneficiaries")
    for name in ("recommendation", "recommendation_1_5", "recommendation_0_10"):
        indicator = definition.indicator(name)
        valid = [row[indicator.item] for row in answers
                 if row.get(indicator.item) not in (None, NOT_APPLICABLE)]  # fmt: skip
        assert (sum(str(value) in indicator.would for value in valid), len(valid)) == (713, 1250)


def test_the_beneficiaries_file_holds_the_published_figures():
    answers = answers_of("milan_beneficiaries")
    utility = [row["utility_1_5"] for row in answers if type(row.get("utility_1_5")) is int]
    assert (len(answers), len(utility), sum(utility)) == (1280, 1260, 4790)
    pairs = [pair for pair in pairs_of(answers) if None not in pair]
    assert (len(pairs), sum(before != after for before, after in pairs)) == (1240, 63)
    assert net_of(pairs) == {"seeking_work": -5, "unemployed": -3, "permanent": 1,
                             "fixed_term": 3, "self_employed": 3, "other": 1}  # fmt: skip


def test_the_organizations_file_holds_17_answers_of_969_employees():
    employees = sorted(int(row["employees"]) for row in answers_of("milan_organizations"))
    assert (len(employees), sum(employees), employees[8]) == (17, 969, 35)


def test_variant_b_differs_when_its_columns_are_counted_separately():
    pairs = pairs_of(answers_of("milan_status_variant_b"))
    complete = [pair for pair in pairs if None not in pair]
    assert (len(pairs), len(complete)) == (1168, 1167)
    assert (net_of(complete)["seeking_work"], net_of(pairs)["seeking_work"]) == (-4, -5)
