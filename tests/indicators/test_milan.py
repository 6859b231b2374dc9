"""The published figures of the 2017-2019 plan, from the synthetic rows that reproduce them."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from survey.indicators.results import results
from tests.indicators.samples import ITEMS, chosen, part, questionnaire, release

DATA = Path(__file__).parents[1] / "data"
STATUSES = ("seeking_work", "unemployed", "permanent", "fixed_term", "self_employed", "other")
COLUMNS = {
    "utility": "utility_1_5",
    "recommend": "recommend_1_5",
    "recommend_0_10": "recommend_0_10",
    "would": "would_recommend",
    "status_before": "status_before",
    "status_now": "status_after",
    "stress": "wellbeing_2",
    "calm": "wellbeing_1",
}


def rows(name, columns, answered):
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return [
            {item: row[column] for item, column in columns.items()}
            for row in csv.DictReader(lines)
            if row[answered] == "1"
        ]


@pytest.fixture(scope="module")
def milan():
    items = {item.id: item for item in ITEMS}
    items |= {name: chosen(name, STATUSES) for name in ("status_before", "status_now")}
    of = questionnaire(items=tuple(items.values()))
    people = rows("milan_beneficiaries_SYNTHETIC.csv", COLUMNS, "responded")
    whole = replace(part(of, people, invited=4000), complete=1228, partial=52)
    return results(release(whole), of).whole


def test_response(milan):
    response = milan.response
    assert (response.invited, response.responses, response.rr1, response.rr2) == (4000, 1280, 0.307, 0.32)


def test_utility(milan):
    utility = milan.indicators["usefulness"]
    assert utility.n == 1260
    assert utility.value == 4790 / 1260
    assert utility.interval == pytest.approx((3.75, 3.85), abs=0.005)


def test_would_recommend(milan):
    would = milan.indicators["yes_no"].would_recommend
    assert (would.count, would.n, would.share) == (713, 1250, 713 / 1250)
    assert would.interval == pytest.approx((0.5477, 0.5927), abs=0.0005)


def test_status_changes(milan):
    change = milan.indicators["employment"]
    assert change.net == dict(zip(STATUSES, (-5, -3, 1, 3, 3, 1), strict=True))
    assert (change.n, change.movers, change.only_before, change.only_after) == (1240, 63, 7, 3)


def test_three_scales_of_one_opinion_keep_their_own_names(milan):
    kinds = {name: figure for name, figure in milan.indicators.items() if figure.kind == "recommendation"}
    assert {name: figure.score.name for name, figure in kinds.items()} == {
        "balance": "recommendation_balance", "nps": "NPS", "yes_no": "recommendation_balance",
    }  # fmt: skip


def test_organizations():
    of = questionnaire()
    answered = rows("milan_organizations_SYNTHETIC.csv", {"employees": "employees"}, "answered")
    shown = results(release(part(of, answered, invited=80), "named"), of).whole.indicators["size"]
    assert (shown.n, shown.sum, shown.mean, shown.median) == (17, 969, 57, 35)
    assert (shown.min, shown.max) == (min(v := [int(r["employees"]) for r in answered]), max(v))


def test_pairs_not_columns_are_counted_in_variant_b():
    with (DATA / "milan_status_variant_b_SYNTHETIC.csv").open(encoding="utf-8", newline="") as lines:
        given = list(csv.DictReader(lines))
    items = {item.id: item for item in ITEMS} | {
        name: chosen(name, STATUSES) for name in ("status_before", "status_now")
    }
    of = questionnaire(items=tuple(items.values()))
    pairs = [{"status_before": r["status_before"], "status_now": r["status_after"]} for r in given]
    change = results(release(part(of, pairs)), of).whole.indicators["employment"]
    assert change.net["seeking_work"] == -4
    assert sum(change.net.values()) == 0
