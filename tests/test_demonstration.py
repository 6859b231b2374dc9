"""The synthetic programme: the published figures, read directly from its rows."""

import hashlib
import json
from collections import Counter
from statistics import correlation, fmean, median

import pytest

from survey import demonstration, submission
from tests.cast import questionnaire

ROWS = {"beneficiaries": demonstration.beneficiaries, "organizations": demonstration.organizations}
PEOPLE = demonstration.beneficiaries()
EMPLOYERS = demonstration.organizations()
NAMES = tuple(ROWS)


def valid(item, rows=PEOPLE):
    """The answers to a scale or number item, "does not apply" left out."""
    return [int(row[item]) for row in rows if row[item] not in ("", "DK")]


def dimension_means(rows=PEOPLE):
    """Dimension -> mean of all its items' answers, higher = better."""
    means = {}
    for _, dimension in questionnaire("beneficiaries").dimensions():
        turned = [[6 - v if "stress" in item else v for v in valid(item, rows)] for item in dimension.items]
        means[dimension.id] = fmean(value for values in turned for value in values)
    return means


def invited_for(*services):
    return [row for row in PEOPLE if row["service"] in services]


@pytest.mark.parametrize(
    ("name", "digest"),
    [("beneficiaries", "6a81f70ae24eccdb"), ("organizations", "3ce07d34d19a3035")],
)
def test_every_run_gives_the_same_rows(name, digest):
    rows = ROWS[name]()
    assert rows == ROWS[name]()
    assert hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16] == digest


@pytest.mark.parametrize("name", NAMES)
def test_the_columns_are_the_breakdowns_the_disposition_and_the_items(name):
    definition = questionnaire(name)
    expected = [part.id for part in definition.invited_by]
    expected += ["disposition", *(item.id for item in definition.items)]
    for row in ROWS[name]():
        assert list(row) == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_code_is_one_that_its_item_takes(name):
    definition = questionnaire(name)
    for row in ROWS[name]():
        answers = submission.from_row(definition, row)
        filled = {item.id for item in definition.items if row.get(item.id)}
        assert set(answers.values) == filled


@pytest.mark.parametrize("name", NAMES)
def test_the_disposition_is_what_the_rule_of_completeness_says(name):
    definition = questionnaire(name)
    base = [item.id for item in definition.items if item.counts_for_completeness]
    for row in ROWS[name]():
        share = sum(bool(row[item]) for item in base) / len(base)
        given = any(row.get(item.id) for item in definition.items)
        known = "complete" if share >= 0.7 else "partial" if share >= 0.3 else None
        assert (row["disposition"] == known) if given else (known is None)


def test_a_third_of_4000_people_answered():
    assert Counter(row["disposition"] for row in PEOPLE) == {
        "complete": 1228, "partial": 52, "opted_out": 60, "bounced": 150, "no_reply": 2510
    }  # fmt: skip
    items = [item.id for item in questionnaire("beneficiaries").items]
    assert sum(any(row[item] for item in items) for row in PEOPLE) == 1280


def test_six_alliances_hold_80_organizations_of_unequal_size():
    homes = {(row["organization"], row["alliance"]) for row in PEOPLE}
    assert len({organization for organization, _ in homes}) == len(homes) == 80
    assert sorted({alliance for _, alliance in homes}) == ["A1", "A2", "A3", "A4", "A5", "A6"]
    answers = Counter(row["organization"] for row in PEOPLE if row["disposition"] in ("complete", "partial"))
    assert sum(0 < count < 5 for count in answers.values()) > 10
    assert max(answers.values()) > 50


def test_utility_is_3_8():
    assert (len(valid("utility")), sum(valid("utility"))) == (1260, 4790)


def test_57_percent_would_recommend():
    answers = valid("recommend")
    assert (sum(answer >= 4 for answer in answers), len(answers)) == (713, 1250)


def test_63_of_1240_changed_status_with_the_published_nets():
    pairs = [(row["status_before"], row["status_now"]) for row in PEOPLE]
    complete = [pair for pair in pairs if all(pair)]
    assert (len(complete), sum(before != now for before, now in complete)) == (1240, 63)
    net = Counter(now for _, now in complete)
    net.subtract(before for before, _ in complete)
    assert net == {"seeking_work": -5, "unemployed": -3, "permanent": 1,
                   "fixed_term": 3, "self_employed": 3, "other": 1}  # fmt: skip


def test_ten_people_gave_only_one_status():
    sides = Counter((bool(row["status_before"]), bool(row["status_now"])) for row in PEOPLE)
    assert (sides[True, False], sides[False, True]) == (7, 3)


def test_the_dimensions_tell_the_published_story():
    means = dimension_means()
    assert max(means, key=means.__getitem__) == "time"
    assert min(means, key=means.__getitem__) == "economic"
    assert min(means["awareness"], means["wellbeing"]) > 3.7
    assert means["company"] > means["colleagues"] > 3


def test_services_move_the_dimensions_that_they_should():
    helped = dimension_means(invited_for("care", "time_saving"))
    trained = dimension_means(invited_for("entrepreneurship"))
    others = dimension_means(invited_for("wellbeing", "flexible_work"))
    assert helped["savings"] > others["savings"] + 0.5
    assert trained["awareness"] > others["awareness"] + 0.4
    assert trained["professional"] > others["professional"] + 0.7


def test_the_items_of_a_dimension_agree():
    for _, dimension in questionnaire("beneficiaries").dimensions():
        first, second = dimension.items[:2]
        both = [row for row in PEOPLE if {row[first], row[second]}.isdisjoint(("", "DK"))]
        turn = -1 if "stress" in second else 1
        assert turn * correlation(valid(first, both), valid(second, both)) > 0.3


def test_a_few_percent_of_the_answers_are_missing_or_unknown():
    complete = [row for row in PEOPLE if row["disposition"] == "complete"]
    answers = [row["time_saving"] for row in complete]
    assert 0 < answers.count("") < 0.05 * len(answers)
    assert 0 < answers.count("DK") < 0.05 * len(answers)


def test_17_of_80_organizations_employ_969_people():
    employees = valid("employees", EMPLOYERS)
    assert (len(employees), sum(employees), median(employees)) == (17, 969, 35)
    assert len({row["organization"] for row in EMPLOYERS}) == len(EMPLOYERS) == 80


def test_both_surveys_have_the_same_organizations_and_none_invited_more_people_than_it_employs():
    invited = Counter((row["alliance"], row["organization"]) for row in PEOPLE)
    assert {(row["alliance"], row["organization"]) for row in EMPLOYERS} == set(invited)
    for row in EMPLOYERS:
        if row["employees"]:
            assert invited[row["alliance"], row["organization"]] <= int(row["employees"])
