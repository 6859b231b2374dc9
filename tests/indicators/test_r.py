"""The figures of one small wave against those that R computed from the same rows (tests/oracles)."""

import csv
from pathlib import Path

import pytest

from survey.indicators.distributions import (
    binomial_two_sided,
    chi2_above,
    f_quantile,
    t_quantile,
    t_two_sided,
)
from survey.indicators.results import results
from survey.release import Divided
from tests.indicators.samples import part, questionnaire, release

ORACLES = Path(__file__).parents[1] / "oracles"
STATUSES = ("seeking", "unemployed", "permanent", "other")


def read(name):
    with (ORACLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


R = {row["figure"]: row["value"] for row in read("figures.csv")}


@pytest.fixture(scope="module")
def wave():
    of, rows = questionnaire(), read("answers_SYNTHETIC.csv")
    invited = {row["group"]: int(row["invited"]) for row in read("invited_SYNTHETIC.csv")}
    groups = {
        name: part(of, [row for row in rows if row["group"] == name], invited=n)
        for name, n in invited.items()
    }
    whole = part(of, rows, invited=sum(invited.values()))
    # A named wave, so that the groups' own transitions and few answers are no matter here.
    return results(release(whole, "named", {"alliance": Divided(groups, ())}), of)


def ends(name, interval):
    return dict(zip((f"{name}.low", f"{name}.high"), interval, strict=True))


def summed_up(name, figure, mean):
    about = {".n": figure.n, ".mean": mean, ".sd": figure.sd}
    return {name + key: value for key, value in about.items()} | ends(f"{name}.interval", figure.interval)


def share(name, figure, value):
    return {f"{name}.n": figure.n, f"{name}.share": value} | ends(f"{name}.interval", figure.interval)


def of_whole(whole):
    indicators, items = whole.indicators, whole.items
    time, wellbeing = (indicators["impact"].dimensions[name] for name in ("time", "wellbeing"))
    would, score = indicators["yes_no"].would_recommend, indicators["nps"].score
    weighted, worst = (getattr(indicators["usefulness"], name) for name in ("weighted", "worst_case"))
    return {
        **summed_up("utility", items["utility"], items["utility"].mean),
        "utility.median": items["utility"].median,
        **summed_up("employees", indicators["size"], indicators["size"].mean),
        "employees.median": indicators["size"].median,
        **share("would", would, would.share),
        **share("satisfied", indicators["satisfied"], indicators["satisfied"].value),
        "nps.value": score.value,
        **ends("nps.interval", score.interval),
        **summed_up("time", time, time.mean),
        **summed_up("wellbeing", wellbeing, wellbeing.mean),
        "time.alpha": time.reliability.value,
        "time.alpha.n": time.reliability.n,
        **ends("time.alpha.interval", time.reliability.interval),
        "wellbeing.spearman_brown": wellbeing.reliability.value,
        "weighted.utility.value": weighted["alliance"].value,
        "weighted.utility.n_eff": weighted["alliance"].n_eff,
        **ends("worst_case.utility", (worst.low, worst.high)),
        **of_statuses(indicators["employment"]),
    }


def of_statuses(change):
    found = {f"stuart_maxwell.{key}": getattr(change.stuart_maxwell, key) for key in ("chi2", "df", "p")}
    for status in STATUSES:
        found[f"mcnemar.{status}.p"] = change.mcnemar[status].p
        found[f"mcnemar.{status}.p_holm"] = change.mcnemar[status].p_holm
        found |= ends(f"net.{status}", change.net_interval[status])
    return found


def of_groups(groups):
    found = {}
    for group, part_of in groups.items():
        for item, indicator in (("utility", "usefulness"), ("would", "yes_no")):
            one, name = part_of.indicators[indicator].against_rest, f"against_rest.{item}.{group}"
            found |= {f"{name}.{key}": getattr(one, key) for key in ("difference", "p", "p_holm")}
            found |= ends(f"{name}.interval", one.interval)
    return found


def of_distributions():
    return {
        "t_two_sided.2.3.17.4": t_two_sided(2.3, 17.4),
        "t_quantile.0.975.6.28": t_quantile(0.975, 6.28),
        "chi2_above.11.3.5": chi2_above(11.3, 5),
        "f_quantile.0.975.39.117": f_quantile(0.975, 39, 117),
        "binomial_two_sided.7.23": binomial_two_sided(7, 23),
    }


def test_every_figure_is_that_of_r(wave):
    assert R["r_version"].startswith("R version ")
    ours = of_whole(wave.whole) | of_groups(wave.by["alliance"].groups) | of_distributions()
    theirs = {
        name: float(value)
        for name, value in R.items()
        if name not in ("r_version", "time.median", "wellbeing.median")
    }
    assert set(ours) == set(theirs)
    assert {name: ours[name] for name in theirs} == pytest.approx(theirs, rel=1e-9, abs=1e-12)
