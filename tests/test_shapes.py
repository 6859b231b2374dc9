"""Three questionnaires that the shipped ones are not like, from check to chart, against pandas and scipy.

0-10 scales, reversed items, 60 groups, conditions, heavy item non-response, breakdowns from answers.
"""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from survey.cli import main
from tests import shapes
from tests.cast import QUESTIONNAIRES

MADE = {
    "shapes_sixty_offices": shapes.sixty_offices,
    "shapes_routing": shapes.routing,
    "shapes_silence": shapes.silence,
}
Wave = tuple[pd.DataFrame, dict[str, Any]]


def run(folder: Any, *arguments: str) -> str:
    done = CliRunner(env={"SURVEY_INSTANCE": str(folder)}).invoke(main, list(arguments))
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=MADE)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An instance in which the wave of one definition was made, opened, filled and closed by command."""
    name = request.param
    made = tmp_path_factory.mktemp(name)
    rows = made / "rows.csv"
    MADE[name]().to_csv(rows, index=False)
    path = str(QUESTIONNAIRES / f"{name}.json")
    run(made / "instance", "check", path)
    run(made / "instance", "wave", "create", name, "--questionnaire", path)
    run(made / "instance", "wave", "open", name)
    run(made / "instance", "answers", "import", name, str(rows))
    run(made / "instance", "wave", "close", name)
    yield name, made


@pytest.fixture(scope="module")
def wave(folder: Any) -> Wave:
    """What was imported, and what is shown of it."""
    name, made = folder
    return MADE[name](), json.loads(run(made / "instance", "results", name, "--json"))


def only(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("folder", [name], indirect=True)


def numbers(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce")


def with_fpc(values: pd.Series, population: int) -> list[float]:
    x = values.dropna()
    half = stats.t.ppf(0.975, len(x) - 1) * x.std() / np.sqrt(len(x)) * np.sqrt(1 - len(x) / population)
    return [x.mean() - half, x.mean() + half]


def alpha_of(items: pd.DataFrame) -> tuple[float, int, list[float]]:
    """Cronbach's alpha of complete cases with Feldt's interval."""
    full = items.dropna()
    k, n = full.shape[1], len(full)
    value = k / (k - 1) * (1 - full.var().sum() / full.sum(axis=1).var())
    df = (n - 1, (n - 1) * (k - 1))
    ends = [1 - (1 - value) * stats.f.ppf(q, *df) for q in (0.975, 0.025)]
    return value, n, ends


@only("shapes_sixty_offices")
def test_a_0_10_scale_and_reversed_items(wave: Wave) -> None:
    rows, found = wave
    recommend = numbers(rows.recommend).dropna()
    nps = found["indicators"]["nps"]
    promoters, detractors = (recommend >= 9).sum(), (recommend <= 6).sum()
    assert (nps["score"]["name"], nps["score"]["n"]) == ("NPS", len(recommend))
    assert nps["score"]["value"] == pytest.approx(100 * (promoters - detractors) / len(recommend))
    assert nps["would_recommend"]["count"] == (recommend >= 7).sum()
    items = pd.DataFrame({n: numbers(rows[n]) for n in ("time_enough", "time_balance", "time_hurry")})
    items["time_hurry"] = 10 - items["time_hurry"]
    scores = items.mean(axis=1)[items.notna().sum(axis=1) * 2 >= 3]
    time = found["indicators"]["dimensions"]["dimensions"]["time"]
    assert (time["n"], time["mean"]) == (len(scores), pytest.approx(scores.mean(), abs=1e-12))
    assert time["interval"] == pytest.approx(with_fpc(scores, len(rows)), abs=1e-9)
    value, n, ends = alpha_of(items)
    assert time["reliability"]["n"] == n and time["reliability"]["kind"] == "alpha"
    assert time["reliability"]["value"] == pytest.approx(value, abs=1e-9)
    assert time["reliability"]["interval"] == pytest.approx(ends, abs=1e-9)


@only("shapes_sixty_offices")
def test_two_items_have_spearman_and_brown(wave: Wave) -> None:
    rows, found = wave
    pair = pd.DataFrame({"a": numbers(rows.people_help), "b": 10 - numbers(rows.people_alone)}).dropna()
    r = pair.corr().loc["a", "b"]
    people = found["indicators"]["dimensions"]["dimensions"]["people"]["reliability"]
    assert (people["kind"], people["n"]) == ("spearman_brown", len(pair))
    assert people["value"] == pytest.approx(2 * r / (1 + r), abs=1e-9)


@only("shapes_sixty_offices")
def test_sixty_groups_are_compared_with_the_rest(wave: Wave) -> None:
    rows, found = wave
    groups = found["by"]["office"]["groups"]
    assert len(groups) == 60
    rows = rows.assign(balance=numbers(rows.time_balance), would=numbers(rows.recommend))
    compared = {}
    for office, part in groups.items():
        figure = part.get("indicators", {}).get("balance") or {}
        if (figure.get("against_rest") or {}).get("p") is not None:
            own, rest = (rows.balance[(rows.office == office) == inside].dropna() for inside in (True, False))
            assert figure["n"] == len(own)
            test = stats.ttest_ind(own, rest, equal_var=False)
            interval = test.confidence_interval()
            against = figure["against_rest"]
            assert against["difference"] == pytest.approx(own.mean() - rest.mean(), abs=1e-9)
            assert against["interval"] == pytest.approx([interval.low, interval.high], abs=1e-7)
            assert against["p"] == pytest.approx(test.pvalue, rel=1e-6, abs=1e-12)
            compared[office] = against
    assert len(compared) > 20
    holm = multipletests([one["p"] for one in compared.values()], method="holm")[1]
    assert [one["p_holm"] for one in compared.values()] == pytest.approx(list(holm), rel=1e-6, abs=1e-12)
    verdicts = {office: one["verdict"] for office, one in compared.items()}
    assert verdicts["U07"] == "higher"
    assert sum(verdict == "too_close" for verdict in verdicts.values()) > 15


@only("shapes_sixty_offices")
def test_shares_of_groups_are_compared_by_newcombe(wave: Wave) -> None:
    rows, found = wave
    recommend = numbers(rows.recommend)
    seen = 0
    for office, part in found["by"]["office"]["groups"].items():
        figure = part.get("indicators", {}).get("nps") or {}
        against = figure.get("against_rest") or {}
        if against.get("interval") is not None:
            own, rest = (recommend[(rows.office == office) == inside].dropna() for inside in (True, False))
            low, high = confint_proportions_2indep(
                (own >= 7).sum(), len(own), (rest >= 7).sum(), len(rest), method="newcomb"
            )
            assert against["interval"] == pytest.approx([low, high], abs=1e-9)
            seen += 1
    assert seen > 10


@only("shapes_sixty_offices")
def test_groups_from_an_answer(wave: Wave) -> None:
    rows, found = wave
    groups = found["by"]["gender"]["groups"]
    assert list(groups) == ["woman", "man", "other"]
    assert groups["woman"]["response"]["invited"] is None and groups["woman"]["response"]["rr2"] is None
    items = ("time_enough", "time_balance", "time_hurry", "people_help", "people_alone", "recommend")
    assert compared(groups, {code: rows[rows.gender == code] for code in groups}, items) > 2


def compared(groups: dict[str, Any], rows: dict[str, pd.DataFrame], items: tuple[str, ...]) -> int:
    """How many means of items in groups are shown, each equal to what pandas makes of the rows."""
    shown = 0
    for code, part in groups.items():
        for item in items if "items" in part else ():
            figure, own = part["items"][item], numbers(rows[code][item]).dropna()
            if figure["n"]:
                assert (figure["n"], figure["mean"]) == (len(own), pytest.approx(own.mean(), abs=1e-12))
                shown += 1
    return shown


def routed(rows: pd.DataFrame) -> pd.DataFrame:
    """The answers that count: those to items that were put to the person."""
    rows = rows.copy()
    rows.loc[rows.used != "no", "reasons"] = ""
    rows.loc[rows.used != "yes", "utility"] = ""
    rows.loc[~rows.used.isin(["yes", "DK"]), "easy"] = ""
    utility = numbers(rows.utility)
    rows.loc[~((rows.used == "yes") & (utility >= 3)), "hours"] = ""
    full = rows.reasons.str.split("|").map(lambda ticked: "full" in ticked)
    rows.loc[~((utility >= 4) | full), "again"] = ""
    return rows


@only("shapes_routing")
def test_what_was_not_meant_for_a_person_is_not_asked_and_never_missing(wave: Wave) -> None:
    rows, found = wave
    kept = routed(rows)
    kept = kept[(kept.drop(columns="site") != "").any(axis=1)]
    answered = rows.loc[kept.index]
    items = found["items"]
    not_asked = {
        "reasons": (answered.used != "no").sum(),
        "utility": (answered.used != "yes").sum(),
        "easy": (~answered.used.isin(["yes", "DK"])).sum(),
        "used": 0,
    }
    for name, expected in not_asked.items():
        figure = items[name]
        assert (name, figure["not_asked"]) == (name, expected)
        assert figure["n"] + figure["missing"] + figure["not_applicable"] + expected == len(answered)
        assert figure["population"] == (len(rows) if name == "used" else None)
    assert items["utility"]["mean"] == pytest.approx(numbers(kept.utility).mean(), abs=1e-12)
    again = found["indicators"]["use_again"]
    assert (again["count"], again["n"]) == ((kept.again == "yes").sum(), (kept.again != "").sum())


@only("shapes_routing")
def test_a_ranking_and_a_share_over_several_items(wave: Wave) -> None:
    rows, found = wave
    kept = routed(rows)
    ticked = kept.reasons[kept.reasons != ""].str.split("|")
    ranking = found["indicators"]["why_not"]
    assert ranking["n"] == len(ticked)
    counts = {code: sum(code in one for one in ticked) for code in ("cost", "hours", "far", "full", "none")}
    assert {code: option["count"] for code, option in ranking["options"].items()} == counts
    first, *_ = ranking["options"]
    assert counts[first] == max(counts[code] for code in ("cost", "hours", "far", "full"))
    assert list(ranking["options"])[-1] == "none" and ranking["options"]["none"]["rank"] is None
    low, high = proportion_confint(counts[first], len(ticked), method="wilson")
    assert ranking["options"][first]["interval"] == pytest.approx([low, high], abs=1e-9)
    both = pd.DataFrame({"utility": numbers(kept.utility), "easy": numbers(kept.easy)}).dropna()
    share = found["indicators"]["good_and_easy"]
    assert (share["n"], share["count"]) == (len(both), (both >= 4).all(axis=1).sum())


@only("shapes_routing")
def test_numbers_in_bands(wave: Wave) -> None:
    rows, found = wave
    hours = numbers(routed(rows).hours).dropna()
    summary = found["indicators"]["hours_saved"]
    assert (summary["n"], summary["mean"]) == (len(hours), pytest.approx(hours.mean(), abs=1e-9))
    assert summary["median"] == pytest.approx(hours.median()) and summary["max"] is None
    edges = [0, 5, 10, 20, np.inf]
    expected = [int(((hours >= low) & (hours < high)).sum()) for low, high in pairwise(edges)]
    assert [band["n"] for band in summary["histogram"]][-4:] == expected


@only("shapes_silence")
def test_halves_and_complete_cases_under_heavy_non_response(wave: Wave) -> None:
    rows, found = wave
    items = pd.DataFrame({name: numbers(rows[name]) for name in ("sleep", "calm", "energy", "tired")})
    items["tired"] = 8 - items["tired"]
    scores = items.mean(axis=1)[items.notna().sum(axis=1) * 2 >= 4]
    wellbeing = found["indicators"]["profile"]["dimensions"]["wellbeing"]
    assert (wellbeing["n"], wellbeing["mean"]) == (len(scores), pytest.approx(scores.mean(), abs=1e-12))
    value, n, ends = alpha_of(items)
    assert (wellbeing["reliability"]["n"], wellbeing["reliability"]["value"]) == (n, pytest.approx(value))
    assert wellbeing["reliability"]["interval"] == pytest.approx(ends, abs=1e-9)
    assert 2 * n < wellbeing["n"]  # complete cases are few, and say so with an n of their own


@only("shapes_silence")
def test_the_tests_of_a_status_change(wave: Wave) -> None:
    rows, found = wave
    both = rows[(rows.status_before != "") & (rows.status_now != "")]
    order = ["seeking", "permanent", "fixed", "other"]
    table = pd.crosstab(both.status_before, both.status_now).reindex(index=order, columns=order, fill_value=0)
    employment = found["indicators"]["employment"]
    assert employment["n"] == len(both) and sum(employment["net"].values()) == 0
    test = SquareTable(table.to_numpy(), shift_zeros=False).homogeneity(method="stuart_maxwell")
    assert employment["stuart_maxwell"]["chi2"] == pytest.approx(test.statistic, rel=1e-9)
    assert employment["stuart_maxwell"]["df"] == test.df
    assert employment["stuart_maxwell"]["p"] == pytest.approx(test.pvalue, rel=1e-9, abs=1e-15)
    exact = []
    for status in order:
        came = int(((both.status_before != status) & (both.status_now == status)).sum())
        left = int(((both.status_before == status) & (both.status_now != status)).sum())
        exact.append(stats.binomtest(came, came + left).pvalue)
        assert employment["mcnemar"][status]["p"] == pytest.approx(exact[-1], rel=1e-9)
    holm = multipletests(exact, method="holm")[1]
    found_holm = [employment["mcnemar"][status]["p_holm"] for status in order]
    assert found_holm == pytest.approx(list(holm), rel=1e-9)


@only("shapes_silence")
def test_options_against_the_rest_never_show_too_few(wave: Wave) -> None:
    rows, found = wave
    groups = found["by"]["services"]["groups"]
    assert list(groups) == ["camp", "care", "voucher", "none"]
    ticked = rows.services.str.split("|")
    own = {code: rows[ticked.map(lambda some, code=code: code in some)] for code in groups}
    assert compared(groups, own, ("sleep", "calm", "energy", "tired")) > 0
    for part in groups.values():
        assert "hidden" in part or all(
            figure["n"] is None or figure["n"] >= 5 for figure in part["items"].values()
        )
    assert found["by"]["services"]["others"] == []


def test_every_indicator_has_a_chart_and_a_sentence(folder: Any) -> None:
    name, made = folder
    definition = json.loads((QUESTIONNAIRES / f"{name}.json").read_text(encoding="utf-8"))
    for language in ("it", "en"):
        for indicator in definition["indicators"]:
            out = made / f"{indicator['id']}-{language}.svg"
            run(made / "instance", "chart", name, indicator["id"], "--out", str(out), "--lang", language)
            assert out.read_bytes().startswith(b"<?xml")
        for breakdown in definition["breakdowns"]:
            first = definition["indicators"][0]["id"]
            out = made / f"{first}-{breakdown['id']}-{language}.svg"
            run(
                made / "instance", "chart", name, first, "--by", breakdown["id"], "--out", str(out),
                "--lang", language,
            )  # fmt: skip
    sentences = run(made / "instance", "results", name).splitlines()
    assert len(sentences) == 1 + len(definition["indicators"])
