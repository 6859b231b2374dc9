"""The same figures by scipy, statsmodels and pandas, from the same rows, and what computed each.

Where none of them has a function the formula is written out, and said to be.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable, mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    test_proportions_2indep,
)
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from tests.oracles.ours import HERE, STATUSES, Figures, ends

By = tuple[Figures, str]
ANSWERS = pd.read_csv(HERE / "answers_SYNTHETIC.csv", na_values=["DK"])
INVITED = pd.read_csv(HERE / "invited_SYNTHETIC.csv").set_index("group").invited
POPULATION = int(INVITED.sum())


def figures() -> dict[str, tuple[float, str]]:
    """Name -> value, and the function that it is from."""
    return {name: (float(value), by) for told, by in _all() for name, value in told.items()}


def _all() -> Iterator[By]:
    yield from _means()
    yield from _shares()
    yield from _score()
    yield from _reliability()
    yield from _rest_means()
    yield from _rest_shares()
    yield from _weighted()
    yield from _statuses()
    yield from _paired()
    yield from _distributions()


def _turned() -> pd.DataFrame:
    return ANSWERS.assign(stress=6 - ANSWERS.stress)


def _score_of(items: list[str]) -> pd.Series:
    """Persons' means of the items that they answered, at least half of them."""
    turned = _turned()[items]
    return turned.mean(axis=1)[turned.notna().sum(axis=1) * 2 >= len(items)]


def _means() -> Iterator[By]:
    scores = {
        "utility": ANSWERS.utility,
        "employees": ANSWERS.employees,
        "time": _score_of(["time_1", "time_2", "time_3"]),
        "wellbeing": _score_of(["calm", "stress"]),
    }
    for name, raw in scores.items():
        x = raw.dropna()
        yield {f"{name}.n": len(x), f"{name}.mean": x.mean(), f"{name}.sd": x.std()}, "pandas"
        if name in ("utility", "employees"):
            yield {f"{name}.median": x.median()}, "pandas"
        low, high = stats.t.interval(0.95, len(x) - 1, 0, stats.sem(x))
        shrunk = np.array([low, high]) * np.sqrt(1 - len(x) / POPULATION)
        yield ends(f"{name}.interval", x.mean() + shrunk), "scipy t.interval × √(1 − n/N)"


def _shares() -> Iterator[By]:
    for name, hit in (
        ("would", ANSWERS.would.dropna() == "yes"),
        ("satisfied", ANSWERS.utility.dropna() >= 4),
    ):
        n = len(hit)
        yield {f"{name}.n": n, f"{name}.share": hit.mean()}, "pandas"
        size = n * (POPULATION - 1) / (POPULATION - n)
        found = proportion_confint(hit.mean() * size, size, method="wilson")
        yield ends(f"{name}.interval", found), "statsmodels proportion_confint (wilson)"


def _score() -> Iterator[By]:
    x = ANSWERS.recommend_0_10.dropna()
    n, up, down = len(x), int((x >= 9).sum()), int((x <= 6).sum())
    yield {"nps.value": 100 * ((x >= 9).astype(int) - (x <= 6).astype(int)).mean()}, "pandas"
    p, d = (up + 0.75) / (n + 3), (down + 0.75) / (n + 3)
    half = stats.norm.ppf(0.975) * np.sqrt((p + d - (p - d) ** 2) / (n + 3))
    yield ends("nps.interval", (100 * (p - d - half), 100 * (p - d + half))), "formula"


def _reliability() -> Iterator[By]:
    x = _turned()[["time_1", "time_2", "time_3"]].dropna()
    k, n = x.shape[1], len(x)
    alpha = k / (k - 1) * (1 - x.var().sum() / x.sum(axis=1).var())
    yield {"time.alpha": alpha, "time.alpha.n": n}, "formula, pandas"
    upper = stats.f.ppf([0.975, 0.025], n - 1, (n - 1) * (k - 1))
    yield ends("time.alpha.interval", 1 - (1 - alpha) * upper), "formula, scipy f.ppf"
    pair = _turned()[["calm", "stress"]].dropna()
    r = stats.pearsonr(pair.calm, pair.stress).statistic
    yield {"wellbeing.spearman_brown": 2 * r / (1 + r)}, "scipy pearsonr"


def _holm(name: str, ps: dict[str, float]) -> By:
    adjusted = multipletests(list(ps.values()), method="holm")[1]
    return {
        f"{name}.{one}.p_holm": p for one, p in zip(ps, adjusted, strict=True)
    }, "statsmodels multipletests (holm)"


def _rest_means() -> Iterator[By]:
    ps = {}
    for group in INVITED.index:
        own, rest = (ANSWERS.utility[(ANSWERS.group == group) == is_own].dropna() for is_own in (True, False))
        compared = CompareMeans(DescrStatsW(own), DescrStatsW(rest))
        name = f"against_rest.utility.{group}"
        ps[group] = stats.ttest_ind(own, rest, equal_var=False).pvalue
        yield {f"{name}.difference": own.mean() - rest.mean()}, "pandas"
        yield {f"{name}.p": ps[group]}, "scipy ttest_ind (Welch)"
        interval = compared.tconfint_diff(usevar="unequal")
        yield ends(f"{name}.interval", interval), "statsmodels CompareMeans.tconfint_diff"
    yield _holm("against_rest.utility", ps)


def _rest_shares() -> Iterator[By]:
    ps, said = {}, ANSWERS.dropna(subset=["would"])
    for group in INVITED.index:
        own, rest = (said.would[(said.group == group) == is_own] == "yes" for is_own in (True, False))
        counts = (int(own.sum()), len(own), int(rest.sum()), len(rest))
        name = f"against_rest.would.{group}"
        interval = confint_proportions_2indep(*counts, method="newcomb")
        score = test_proportions_2indep(*counts, method="score", correction=False)
        ps[group] = float(score.pvalue)
        yield {f"{name}.difference": own.mean() - rest.mean()}, "pandas"
        yield ends(f"{name}.interval", interval), "statsmodels confint_proportions_2indep (newcomb)"
        yield {f"{name}.p": ps[group]}, "statsmodels test_proportions_2indep (score)"
    yield _holm("against_rest.would", ps)


def _weighted() -> Iterator[By]:
    valid = ANSWERS.dropna(subset=["utility"])
    weights = valid.group.map(INVITED) / valid.group.map(valid.group.value_counts())
    found = DescrStatsW(valid.utility, weights)
    yield {"weighted.utility.value": found.mean}, "statsmodels DescrStatsW"
    yield {"weighted.utility.n_eff": weights.sum() ** 2 / (weights**2).sum()}, "formula"
    silent = POPULATION - len(valid)
    extremes = [(valid.utility.sum() + silent * end) / POPULATION for end in (1, 5)]
    yield ends("worst_case.utility", extremes), "formula"


def _statuses() -> Iterator[By]:
    both = ANSWERS.dropna(subset=["status_before", "status_now"])
    table = pd.crosstab(both.status_before, both.status_now).reindex(
        index=STATUSES, columns=STATUSES, fill_value=0
    )
    test = SquareTable(table.to_numpy(), shift_zeros=False).homogeneity(method="stuart_maxwell")
    told = {"chi2": test.statistic, "df": test.df, "p": test.pvalue}
    yield (
        {f"stuart_maxwell.{key}": value for key, value in told.items()},
        "statsmodels SquareTable.homogeneity",
    )
    ps = {}
    for status in STATUSES:
        had, has = both.status_before == status, both.status_now == status
        square = [[int((had & has).sum()), int((had & ~has).sum())],
                  [int((~had & has).sum()), int((~had & ~has).sum())]]  # fmt: skip
        ps[status] = mcnemar(square, exact=True).pvalue
        yield {f"mcnemar.{status}.p": ps[status]}, "statsmodels mcnemar (exact)"
        step = has.astype(int) - had.astype(int)
        half = stats.norm.ppf(0.975) * np.sqrt(len(step) * step.var(ddof=0))
        yield ends(f"net.{status}", (step.sum() - half, step.sum() + half)), "formula, pandas"
    yield _holm("mcnemar", ps)


def _paired() -> Iterator[By]:
    both = ANSWERS[["time_1", "time_2"]].dropna()
    test = stats.ttest_rel(both.time_2, both.time_1)
    steps = both.time_2 - both.time_1
    yield {"paired.n": len(both), "paired.difference": steps.mean()}, "pandas"
    yield {"paired.p": test.pvalue}, "scipy ttest_rel"
    yield ends("paired.interval", test.confidence_interval()), "scipy ttest_rel"
    ranked = stats.wilcoxon(steps, zero_method="wilcox", correction=False, method="asymptotic")
    yield {"paired.wilcoxon.p": ranked.pvalue}, "scipy wilcoxon"
    moved = steps[steps != 0]
    ranks = stats.rankdata(moved.abs())
    yield {"paired.wilcoxon.rank_sum": ranks[(moved > 0).to_numpy()].sum()}, "scipy rankdata"


def _distributions() -> Iterator[By]:
    yield {"t_two_sided.2.3.17.4": 2 * stats.t.sf(2.3, 17.4)}, "scipy t"
    yield {"t_quantile.0.975.6.28": stats.t.ppf(0.975, 6.28)}, "scipy t"
    yield {"chi2_above.11.3.5": stats.chi2.sf(11.3, 5)}, "scipy chi2"
    yield {"f_quantile.0.975.39.117": stats.f.ppf(0.975, 39, 117)}, "scipy f"
    yield {"binomial_two_sided.7.23": stats.binomtest(7, 23).pvalue}, "scipy binomtest"
