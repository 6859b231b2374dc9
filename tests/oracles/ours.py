"""The program's figures of the small wave beside this file, by the names that R's script gives them."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from survey.changes.paired import paired_changes
from survey.indicators.distributions import (
    binomial_two_sided,
    chi2_above,
    f_quantile,
    t_quantile,
    t_two_sided,
)
from survey.indicators.model import Results
from survey.indicators.results import results
from survey.release import Divided
from survey.study import StudyRelease
from survey.study.model import Pairs
from tests.indicators.samples import part, questionnaire, release

HERE = Path(__file__).parent
STATUSES = ("seeking", "unemployed", "permanent", "other")
Row = Mapping[str, str]
Figures = dict[str, float]


def read(name: str) -> list[Row]:
    """The rows of a CSV file of this folder."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@lru_cache
def wave() -> Results:
    """The results of the wave, from rows counted by the tests' own means."""
    of, rows = questionnaire(), read("answers_SYNTHETIC.csv")
    invited = {row["group"]: int(row["invited"]) for row in read("invited_SYNTHETIC.csv")}
    groups = {
        name: part(of, [row for row in rows if row["group"] == name], invited=n)
        for name, n in invited.items()
    }
    whole = part(of, rows, invited=sum(invited.values()))
    # A named wave, so that the groups' own transitions and few answers are no matter here.
    return results(release(whole, "named", {"alliance": Divided(groups, ())}), of)


def figures() -> Figures:
    """Every figure that R computes, as the program has it."""
    found = wave()
    return _whole(found.whole) | _groups(found.by["alliance"].groups) | _paired() | _distributions()


def ends(name: str, interval: Sequence[float]) -> Figures:
    """The two ends of an interval by name."""
    return dict(zip((f"{name}.low", f"{name}.high"), interval, strict=True))


def _summed_up(name: str, figure: Any, mean: float) -> Figures:
    about = {".n": figure.n, ".mean": mean, ".sd": figure.sd}
    return {name + key: value for key, value in about.items()} | ends(f"{name}.interval", figure.interval)


def _share(name: str, figure: Any, value: float) -> Figures:
    return {f"{name}.n": figure.n, f"{name}.share": value} | ends(f"{name}.interval", figure.interval)


def _whole(whole: Any) -> Figures:
    indicators, items = whole.indicators, whole.items
    time, wellbeing = (indicators["impact"].dimensions[name] for name in ("time", "wellbeing"))
    would, score = indicators["yes_no"].would_recommend, indicators["nps"].score
    weighted, worst = (getattr(indicators["usefulness"], name) for name in ("weighted", "worst_case"))
    return {
        **_summed_up("utility", items["utility"], items["utility"].mean),
        "utility.median": items["utility"].median,
        **_summed_up("employees", indicators["size"], indicators["size"].mean),
        "employees.median": indicators["size"].median,
        **_share("would", would, would.share),
        **_share("satisfied", indicators["satisfied"], indicators["satisfied"].value),
        "nps.value": score.value,
        **ends("nps.interval", score.interval),
        **_summed_up("time", time, time.mean),
        **_summed_up("wellbeing", wellbeing, wellbeing.mean),
        "time.alpha": time.reliability.value,
        "time.alpha.n": time.reliability.n,
        **ends("time.alpha.interval", time.reliability.interval),
        "wellbeing.spearman_brown": wellbeing.reliability.value,
        "weighted.utility.value": weighted["alliance"].value,
        "weighted.utility.n_eff": weighted["alliance"].n_eff,
        **ends("worst_case.utility", (worst.low, worst.high)),
        **_statuses(indicators["employment"]),
    }


def _statuses(change: Any) -> Figures:
    found = {f"stuart_maxwell.{key}": getattr(change.stuart_maxwell, key) for key in ("chi2", "df", "p")}
    for status in STATUSES:
        found[f"mcnemar.{status}.p"] = change.mcnemar[status].p
        found[f"mcnemar.{status}.p_holm"] = change.mcnemar[status].p_holm
        found |= ends(f"net.{status}", change.net_interval[status])
    return found


def _groups(groups: Mapping[str, Any]) -> Figures:
    found: Figures = {}
    for group, part_of in groups.items():
        for item, indicator in (("utility", "usefulness"), ("would", "yes_no")):
            one, name = part_of.indicators[indicator].against_rest, f"against_rest.{item}.{group}"
            found |= {f"{name}.{key}": getattr(one, key) for key in ("difference", "p", "p_holm")}
            found |= ends(f"{name}.interval", one.interval)
    return found


def _paired() -> Figures:
    """Two questions in place of two waves: what a study says of the people who answered both."""
    steps = Counter(str(later - earlier) for earlier, later in twice())
    told = StudyRelease(
        study="s", questionnaire="sample", earlier="w1", later="w2", closed="2026-11-20T09:30:00+01:00",
        threshold=5, synthetic=True, linked=steps.total(), only_earlier=0, only_later=0,
        items={"time_2": Pairs({}, dict(steps))},
    )  # fmt: skip
    change = paired_changes(told, questionnaire()).items["time_2"]
    assert change.interval is not None and change.wilcoxon is not None
    ranked, interval = change.wilcoxon, change.interval
    found = {
        "paired.n": change.n,
        "paired.difference": change.difference,
        "paired.p": change.p,
        "paired.wilcoxon.rank_sum": ranked.rank_sum,
        "paired.wilcoxon.p": ranked.p,
    }
    return {name: float(value or 0) for name, value in found.items()} | ends("paired.interval", interval)


def twice() -> Iterator[tuple[int, int]]:
    """The answers to two questions of everybody who gave both."""
    for row in read("answers_SYNTHETIC.csv"):
        if row["time_1"] and row["time_2"]:
            yield int(row["time_1"]), int(row["time_2"])


def _distributions() -> Figures:
    return {
        "t_two_sided.2.3.17.4": t_two_sided(2.3, 17.4),
        "t_quantile.0.975.6.28": t_quantile(0.975, 6.28),
        "chi2_above.11.3.5": chi2_above(11.3, 5),
        "f_quantile.0.975.39.117": f_quantile(0.975, 39, 117),
        "binomial_two_sided.7.23": binomial_two_sided(7, 23),
    }
