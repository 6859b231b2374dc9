"""Groups beside everybody else, and what only the technical details tell."""

import re
from collections.abc import Callable

from survey.counts import Reason
from survey.indicators.results import results
from survey.language import language
from survey.release import Divided, Hidden, Others
from survey.web.evaluators.blocks import item_block
from survey.web.evaluators.expert_tables import comparisons, expert_tables, weights
from survey.web.evaluators.group_page import groups_page
from survey.web.evaluators.group_tables import Grouped, groups, profile_groups, who_answered
from survey.web.evaluators.headlines import Asked, headline
from survey.web.evaluators.item_tables import item_in_full, section_table
from survey.web.evaluators.technical import in_full
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
    header = table.header or ("name", "value")
    return {
        name: " ".join(filter(None, (cell.text, cell.note, cell.verdict)))
        for name, cell in zip(header, found, strict=True)
    }


def grouped(results, by="alliance", order=None) -> Grouped:
    return Grouped(results, OF, by, EN, order)


def test_every_group_that_is_compared_says_how() -> None:
    table = groups(grouped(wave()))
    said = {row: cells(table, row)["Usefulness"] for row in ("A", "B", "C", "D", "others", "Whole wave")}
    assert "higher than can be explained by chance" in said["A"]
    assert "lower than can be explained by chance" in said["B"]
    assert said["C"].endswith("too close to call")
    assert not [row for row in ("D", "others", "Whole wave") if "chance" in said[row] or "call" in said[row]]
    standing_out = [row[1].stands_out for row in table.rows]
    assert standing_out == [False, True, True, False, False, False]
    profile = OF.indicator("impact")
    assert "higher than" in cells(profile_groups(grouped(wave()), profile), "A")["Well-being"]


def test_the_order_of_groups_is_that_of_names_or_of_a_figure() -> None:
    names = [row[0].text for row in groups(grouped(wave())).rows]
    assert names == ["Whole wave", "A", "B", "C", "D", "others (n = 10)"]
    by_value = groups(grouped(wave(), order=("usefulness",))).rows
    assert [row[0].text for row in by_value] == ["Whole wave", "A", "C", "D", "B", "others (n = 10)"]
    assert by_value[-1][0].note == "x and y"


def test_a_figure_of_30_to_59_answers_bears_a_star_that_is_explained() -> None:
    rows = MIXED * 20
    found = results(release(part(OF, rows * 2), by={"alliance": Divided({"E": part(OF, rows)}, ())}), OF)
    table = groups(grouped(found))
    assert cells(table, "E")["Usefulness"].startswith("3.5 n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}40*")
    assert "* 30 to 59 answers" in table.note


def test_the_page_of_a_breakdown_says_who_answered_and_which_groups_stand_out() -> None:
    response, _, main, *_ = groups_page(grouped(wave()))
    assert [block.id for block in response.blocks] == ["response", "composition", "weighting"]
    composition, weighting = response.blocks[1:]
    whole = wave().whole.response
    widest = max("ABCD", key=lambda name: abs(len(GROUPS[name]) / whole.complete - 200 / whole.invited))
    assert composition.headline.unit == f"points: {widest}, the widest gap"
    assert composition.sentence.startswith(f"{widest} has ")
    assert composition.pictures[0].what == "composition"
    assert weighting.headline.unit == "figures would be printed otherwise"
    usefulness = next(block for block in main.blocks if block.title == "Usefulness")
    assert usefulness.headline.base.startswith("whole wave: ")
    assert usefulness.sentence == (
        "Compared with everybody else – A: higher than can be explained by chance; "
        "B: lower than can be explained by chance. One other group is too close to call."
    )


def test_weights_stop_at_a_group_in_which_nobody_answered_and_say_so() -> None:
    rows = MIXED * 20
    shown = {"E": part(OF, rows, invited=200), "F": Hidden(Reason.NO_ANSWERS)}
    found = results(release(part(OF, rows, invited=300), by={"alliance": Divided(shown, ())}), OF)
    response = groups_page(grouped(found))[0]
    weighting = response.blocks[-1]
    assert weighting.headline.value == "—"
    assert "nobody answered in F, and nobody else stands for the people invited there" in weighting.sentence
    assert "nobody in one of the groups" in cells(response.folded[0], "Usefulness")["Weighted by alliance"]


def test_a_group_that_only_answers_tell_has_a_dash_for_its_invited_and_its_rate() -> None:
    rows = MIXED * 20
    told = Divided({"E": part(OF, rows, invited=None, population=None)}, ())
    found = results(release(part(OF, rows), by={"alliance": told}), OF)
    said = cells(who_answered(grouped(found)), "E")
    assert (said["Invited"], said["Answers"], said["Response rate"]) == ("—", "40", "—")
    assert (said["Of the invited"], said["Points"]) == ("—", "—")


def test_a_ranking_names_its_first_place_in_a_group() -> None:
    assert cells(groups(grouped(wave())), "A")["Reasons"].startswith("“time” 100%")


def test_the_technical_details_of_groups_tell_the_difference_and_both_ps() -> None:
    table, *others = comparisons(OF.indicator("usefulness"), wave(), "alliance", OF, EN)
    assert table.caption == "Usefulness" and not others
    one = wave().by["alliance"].groups["A"].indicators["usefulness"].against_rest
    said = cells(table, "A")
    assert said["Difference"] == f"+{one.difference:.4f}"
    assert (said["p"], said["p, adjusted"]) == (f"{one.p:.4f}", f"{one.p_holm:.4f}")
    assert "fewer than 10 answers" in cells(table, "D")["Difference"]


def test_weighted_and_worst_case_stand_beside_the_raw_figure() -> None:
    table = expert_tables(OF.indicator("usefulness"), wave(), OF, EN)[0]
    figure = wave().whole.indicators["usefulness"]
    said = cells(table, "Usefulness")
    assert said["Value"] == f"{figure.value:.4f}"
    assert said["Worst case"] == f"{figure.worst_case.low:.4f} to {figure.worst_case.high:.4f}"
    weighted = figure.weighted["alliance"]
    expected = f"{weighted.value:.4f} n_eff {weighted.n_eff:,.1f}; 100%"
    assert said["Weighted by alliance"].startswith(expected)
    beside = cells(weights(wave(), "alliance", OF, EN), "Usefulness")
    assert beside["As answered"] == f"{figure.value:.4f}"
    assert beside["Weighted by alliance"].startswith(expected)


def test_reliability_and_tests_of_statuses() -> None:
    asked = (OF.indicator("impact"), OF.indicator("employment"))
    tables = {table.caption: table for one in asked for table in expert_tables(one, wave(), OF, EN)}
    reliable = cells(tables["Reliability of the dimensions"], "Well-being")
    assert (reliable["Measure"], reliable["95% interval"]) == ("Spearman-Brown", "—")
    assert "no answers" in cells(tables["Reliability of the dimensions"], "Time")["Value"]
    tests = tables["Tests of the change of status"]
    change = wave().whole.indicators["employment"]
    assert cells(tests, "All statuses")["Chi-square (df)"] == f"{change.stuart_maxwell.chi2:.4f} (2)"
    assert cells(tests, "permanent")["Came"] == "12"
    assert len(tests.rows) == 1 + 3, "a status without a mover has no test"


def test_every_option_of_a_ranking_is_in_the_technical_details() -> None:
    table = in_full(OF.indicator("why"), wave(), OF, EN)
    assert "place 1" in cells(table, "Reasons: time")["Figure"]
    assert "not ranked" in cells(table, "Reasons: none")["Figure"]


def test_the_headline_of_a_ranking_is_its_first_place() -> None:
    figure = wave().whole.indicators["why"]
    head = headline(figure, Asked(OF.indicator("why"), OF, 5, EN))
    assert (head.value, head.unit) == ("100%", "chose “time”")


def test_whom_a_question_was_not_put_to_is_said_in_words() -> None:
    shown = wave().whole.items["hours"]
    (hours,) = item_in_full(OF.item("hours"), shown, EN)
    assert cells(hours, "No answer")["value"] == f"{shown.missing} not asked: {shown.not_asked}"
    asked_of_all = section_table(OF.sections[0], wave(), EN)
    assert asked_of_all and not [row for row in asked_of_all.rows if "not asked" in row[-1].note]


def test_a_question_is_said_as_its_kind_asks_for() -> None:
    found = wave()

    def said(item: str) -> tuple[str, str, str]:
        block = item_block(OF.item(item), found, OF, EN)
        return block.headline.value, block.headline.unit, block.sentence

    figure = found.whole.items["stress"]
    value, unit, sentence = said("stress")
    assert (value, unit) == (f"{figure.mean:.1f}", "out of 5")
    assert "“4” or “5”: 50%; “1” or “2”: 50%." in sentence
    assert sentence.endswith("Low answers are the favourable ones.")
    assert said("would") == (
        "50%", "chose “yes” and “no”", "Most often “yes” 50% and “no” 50% (188 people answered)."
    )  # fmt: skip
    assert said("comment") == ("—", "no answers", "")
    assert "with several answers possible" in said("reasons")[2]
    assert " on average, median " in said("hours")[2]


def test_tests_and_their_names_stay_in_the_technical_details(page: Page) -> None:
    for address in (f"/waves/{CLOSED}", f"/waves/{CLOSED}?by=alliance"):
        html = re.sub(r'<details class="technical">.*?</details>', "", page(address), flags=re.DOTALL)
        found = re.search(r"alpha|Welch|Newcombe|Holm|Stuart|McNemar|chi-square|\bp\b<|significan", html)
        assert not found, found
        assert "technical" in page(address)
