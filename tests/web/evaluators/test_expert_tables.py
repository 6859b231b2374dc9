"""Groups beside everybody else, and what only the technical details tell."""

import re
from collections.abc import Callable

from survey.indicators.results import results
from survey.language import language
from survey.release import Divided, Others
from survey.web.evaluators.expert_tables import comparisons, expert_tables
from survey.web.evaluators.group_tables import groups, profile_groups
from survey.web.evaluators.headlines import Asked, headline
from survey.web.evaluators.item_tables import other_items, scale_items
from survey.web.evaluators.technical import technical
from survey.web.evaluators.words import Table
from tests.indicators.samples import moves, part, questionnaire, release
from tests.web.evaluators.conftest import CLOSED

EN = language("en")
Page = Callable[..., str]
OF = questionnaire()
HIGH = {"utility": "5", "calm": "5", "stress": "1", "would": "yes", "reasons": "time", "hours": "7"}
LOW = {"utility": "2", "calm": "2", "stress": "4", "would": "no", "reasons": "near|time"}
MIXED = [HIGH | {"utility": "4", "calm": "4"}, LOW | {"utility": "3", "calm": "3"}]
GROUPS = {"A": [HIGH, *MIXED] * 20, "B": [LOW, *MIXED] * 20, "C": MIXED * 30, "D": MIXED * 4}
MOVED = moves({("seeking", "permanent"): 12, ("permanent", "other"): 3, ("other", "other"): 40})


def wave():
    rows = [*(row for group in GROUPS.values() for row in group), *MOVED]
    shown = {name: part(OF, group, invited=200) for name, group in GROUPS.items()}
    pools = (Others(None, ("x", "y"), part(OF, MIXED * 5, invited=200)),)
    return results(release(part(OF, rows), by={"alliance": Divided(shown, pools)}), OF)


def cells(table: Table, row: str) -> dict[str, str]:
    found = next(one for one in table.rows if one[0].text.startswith(row))
    return {name: f"{cell.text} {cell.note}".strip() for name, cell in zip(table.header, found, strict=True)}


def test_a_group_that_stands_out_says_so_and_the_others_say_nothing() -> None:
    table = groups(wave(), "alliance", OF, EN)
    said = {row: cells(table, row)["Usefulness"] for row in ("A", "B", "C", "D", "others", "Whole wave")}
    assert "higher than can be explained by chance" in said["A"]
    assert "lower than can be explained by chance" in said["B"]
    assert not [row for row in ("C", "D", "others", "Whole wave") if "chance" in said[row]]
    profile = OF.indicator("impact")
    assert "higher than" in cells(profile_groups(wave(), "alliance", profile, OF, EN), "A")["Well-being"]


def test_a_group_that_only_answers_tell_has_a_dash_for_its_invited_and_its_rate() -> None:
    rows = MIXED * 20
    told = Divided({"E": part(OF, rows, invited=None, population=None)}, ())
    found = results(release(part(OF, rows), by={"alliance": told}), OF)
    said = cells(groups(found, "alliance", OF, EN), "E")
    assert (said["Invited"], said["Answers"], said["Response rate"]) == ("—", "40", "—")


def test_a_ranking_names_its_first_place_in_a_group() -> None:
    assert cells(groups(wave(), "alliance", OF, EN), "A")["Reasons"].startswith("“time” 100%")


def test_the_technical_details_of_groups_tell_the_difference_and_both_ps() -> None:
    table = next(one for one in comparisons(wave(), "alliance", OF, EN) if one.caption == "Usefulness")
    one = wave().by["alliance"].groups["A"].indicators["usefulness"].against_rest
    said = cells(table, "A")
    assert said["Difference"] == f"+{one.difference:.4f}"
    assert (said["p"], said["p, adjusted"]) == (f"{one.p:.4f}", f"{one.p_holm:.4f}")
    assert "fewer than 10 answers" in cells(table, "D")["Difference"]


def test_weighted_and_worst_case_stand_beside_the_raw_figure() -> None:
    table = expert_tables(wave(), OF, EN)[0]
    figure = wave().whole.indicators["usefulness"]
    said = cells(table, "Usefulness")
    assert said["Value"] == f"{figure.value:.4f}"
    assert said["Worst case"] == f"{figure.worst_case.low:.4f} to {figure.worst_case.high:.4f}"
    weighted = figure.weighted["alliance"]
    assert said["Weighted by alliance"].startswith(f"{weighted.value:.4f} n_eff {weighted.n_eff:,.1f}; 100%")


def test_reliability_and_tests_of_statuses() -> None:
    tables = {table.caption: table for table in expert_tables(wave(), OF, EN)}
    reliable = cells(tables["Reliability of the dimensions"], "Well-being")
    assert (reliable["Measure"], reliable["95% interval"]) == ("Spearman-Brown", "—")
    assert "no answers" in cells(tables["Reliability of the dimensions"], "Time")["Value"]
    tests = tables["Tests of the change of status"]
    change = wave().whole.indicators["employment"]
    assert cells(tests, "All statuses")["Chi-square (df)"] == f"{change.stuart_maxwell.chi2:.4f} (2)"
    assert cells(tests, "permanent")["Came"] == "12"
    assert len(tests.rows) == 1 + 3, "a status without a mover has no test"


def test_every_option_of_a_ranking_is_in_the_technical_details() -> None:
    table = technical(wave(), OF, EN)
    assert "place 1" in cells(table, "Reasons: time")["Figure"]
    assert "not ranked" in cells(table, "Reasons: none")["Figure"]


def test_the_headline_of_a_ranking_is_its_first_place() -> None:
    figure = wave().whole.indicators["why"]
    head = headline(figure, Asked(OF.indicator("why"), OF, 5, EN))
    assert (head.value, head.unit) == ("100%", "chose “time”")


def test_whom_a_question_was_not_put_to_is_said_in_words() -> None:
    hours = next(table for table in other_items(wave(), OF, EN) if table.caption == "hours")
    shown = wave().whole.items["hours"]
    missing = next(row for row in hours.rows if row[0].text == "No answer")
    assert (missing[1].text, missing[1].note) == (str(shown.missing), f"not asked: {shown.not_asked}")
    asked_of_all = scale_items(wave(), OF, EN)[0]
    assert not [row for row in asked_of_all.rows if "not asked" in row[-1].note]


def test_tests_and_their_names_stay_in_the_technical_details(page: Page) -> None:
    for address in (f"/waves/{CLOSED}", f"/waves/{CLOSED}?by=alliance"):
        html = re.sub(r'<details class="card technical">.*?</details>', "", page(address), flags=re.DOTALL)
        found = re.search(r"alpha|Welch|Newcombe|Holm|Stuart|McNemar|chi-square|\bp\b<|significan", html)
        assert not found, found
        assert "technical" in page(address)
