"""Every figure beside those of other programs, as a table in Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.oracles import ours, python

CLOSE = 1e-9
"""How far, in proportion, two programs may be apart."""
SECTIONS = {
    "utility": "Mean of a question on a scale (t interval, corrected for the finite population)",
    "employees": "Mean and median of a number",
    "would": "Share (Wilson's interval, corrected for the finite population)",
    "satisfied": "Share of the two highest points",
    "nps": "Recommendation score (adjusted Wald interval)",
    "time": "Dimension of three questions; Cronbach's alpha with Feldt's interval",
    "wellbeing": "Dimension of two questions, one of them reversed; Spearman-Brown",
    "weighted": "Post-stratified mean, and Kish's effective number of answers",
    "worst_case": "Worst case",
    "stuart_maxwell": "Change of status: Stuart-Maxwell",
    "mcnemar": "Change of status: McNemar exact, by status, and Holm",
    "net": "Change of status: the interval of a net",
    "against_rest.utility": "Groups against everybody else: Welch, and Holm over the groups",
    "against_rest.would": "Groups against everybody else: Newcombe, the score test, and Holm",
    "paired": "The same people in two waves: paired t, and Wilcoxon's signed ranks",
    "": "Distributions",
}
HEADER = ("| figure | Riscontro | scipy, statsmodels | by | R | apart |", "|---|---|---|---|---|---|")


@dataclass(frozen=True)
class Line:
    """One figure: ours, that of Python's libraries with the function it is from, that of R."""

    name: str
    ours: float
    python: float
    by: str
    r: float

    @property
    def apart(self) -> float:
        """The larger of the two differences, in proportion to the figure (absolute below 1)."""
        return max(abs(self.ours - other) for other in (self.python, self.r)) / max(1.0, abs(self.ours))

    @property
    def section(self) -> str:
        """The longest beginning of the name that is a section."""
        return next(one for one in sorted(SECTIONS, key=len, reverse=True) if self.name.startswith(one))

    def __str__(self) -> str:
        said = f"below {CLOSE:g}" if self.apart < CLOSE else f"{self.apart:.1e}"
        values = (f"{value:.8g}" for value in (self.ours, self.python, self.r))
        mine, python, r = values
        return f"| `{self.name}` | {mine} | {python} | {self.by} | {r} | {said} |"


def lines() -> list[Line]:
    """Every figure of the small wave; KeyError where one of the programs lacks it."""
    r = {row["figure"]: row["value"] for row in ours.read("figures.csv")}
    theirs = python.figures()
    return [Line(name, value, *theirs[name], float(r[name])) for name, value in ours.figures().items()]


def r_version() -> str:
    """The version of R that made the stored figures."""
    return next(row["value"] for row in ours.read("figures.csv") if row["figure"] == "r_version")


def printed(found: list[Line]) -> Iterator[str]:
    """The table, a part for each kind of figure."""
    for section, title in SECTIONS.items():
        own = [line for line in found if line.section == section]
        yield from ("", f"## {title}", "", *HEADER, *map(str, own))
