"""Results -> one long table: a row for each value of each figure, or for the reason why it is withheld.

The statistic is the path of keys in the JSON form (docs/results-format.md), joined by dots; the ends of an
interval are `interval.low` and `interval.high`. A figure that is withheld is one row of the statistic
`withheld`, with its reason and no value. So is a group that is hidden, or shown only with others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

from survey.charts.asking import Asked
from survey.charts.crossing import Crossing, crossings
from survey.counts import Reason
from survey.definitions.model import Indicator, JointShare, Profile, Questionnaire, Ranking, StatusChange
from survey.indicators.model import PartResults, Results
from survey.indicators.results import plain
from survey.language import Language, Text, text
from survey.narrative import label, reason_text
from survey.release import Hidden

WITHHELD = "withheld"
POOLED = "pooled"
"""The reason of a group that is shown only with others; all other reasons are those of the JSON."""
TOLD_ELSEWHERE = {
    "kind",
    "name",
    "scale",
    "mapping",
    "items",
    "presentation",
    "verdict",
    "n",
    "lowest",
    "highest",
}
"""Keys that are no statistics of their own: columns of the table, or words of the definition."""
KEYED = {"counts", "net", "net_interval", "before", "after", "options", "mcnemar", "weighted"}
"""Statistics whose keys are codes or ids, which may be called as they like."""
SHOWN_WITH_OTHERS = text("shown only together with others")


@dataclass(frozen=True)
class Row:
    """One row; `value` and `n` are None where nothing is shown; "" is the breakdown of the whole wave."""

    figure: str
    label: str
    breakdown: str
    group: str
    group_label: str
    statistic: str
    answer: str
    value: float | None
    n: int | None
    base: str
    presentation: str
    verdict: str
    reason: str
    reason_text: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What no two rows share."""
        return (self.breakdown, self.group, self.figure, self.statistic)

    @property
    def cells(self) -> tuple[Any, ...]:
        """The cells in the order of HEADER."""
        return astuple(self)


HEADER = tuple(field.name for field in fields(Row))
NUMBERS = ("value", "n")
"""The columns of numbers."""


@dataclass(frozen=True)
class _Figure:
    """What the rows of one figure share."""

    row: Row
    answers: Mapping[str, str]
    t: Language
    threshold: int

    def value(self, statistic: str, value: float, n: int | None, verdict: str) -> Row:
        answer = self.answers.get(statistic.rsplit(".", 1)[-1], "") if "." in statistic else ""
        return replace(
            self.row,
            statistic=statistic,
            answer=answer,
            value=value,
            n=n,
            verdict=verdict,
            reason="",
            reason_text="",
        )

    def withheld(self, statistic: str, reason: str) -> Row:
        words = self.t(reason_text(Reason(reason), self.threshold))
        return replace(self.row, statistic=statistic, reason=reason, reason_text=words)


BASES: Mapping[str, Text] = {
    "response": text("people invited"),
    "status_change": text("people who gave both statuses"),
    "dimension": text("people who answered at least half of its questions"),
    "ranking": text("people who ticked at least one option"),
    "choices": text("people who ticked at least one option"),
    "joint": text("people who answered all of its questions"),
    "": text("valid answers to the question"),
}


def rows(results: Results, questionnaire: Questionnaire, t: Language, crosses: bool = True) -> Iterator[Row]:
    """Every row: the whole wave, then each breakdown with its groups in order and those shown together.

    Then, unless `crosses` is False, each cross by its cells; nobody is in a cell that has no row.
    """
    table = _Table(results, questionnaire, t)
    yield from table.part(results.whole, "", "", "")
    for by, divided in results.by.items():
        asked = Asked(results, questionnaire, t, by)
        for name, group in divided.groups.items():
            if isinstance(group, PartResults):
                yield from table.part(group, by, name, asked.group(name))
            else:
                reason = str(group.reason) if isinstance(group, Hidden) else POOLED
                yield table.hidden(by, name, asked.group(name), reason)
        for pool in divided.others:
            name = "|".join(("others", pool.of or "", pool.inside or "", *pool.members))
            yield from table.part(pool.results, by, name, asked.others(pool))
    if crosses:
        for crossing in crossings(results, questionnaire, t):
            yield from _cells(table, crossing)


TIMES = " \N{MULTIPLICATION SIGN} "
"""Between the two groups of a cell, each of one group or more."""


def _cells(table: "_Table", crossing: Crossing) -> Iterator[Row]:
    """The rows of a cross, cell by cell; those of the groups that stand together are joined by |."""
    found, by = crossing.found, crossing.cross.id
    for row, members, cells in zip(crossing.rows, found.rows, found.cells, strict=True):
        for column, others, cell in zip(crossing.columns, found.columns, cells, strict=True):
            name, said = TIMES.join(("|".join(members), "|".join(others))), TIMES.join((row, column))
            if isinstance(cell, PartResults):
                yield from table.part(cell, by, name, said)
            elif cell.reason is not Reason.NO_ANSWERS:
                yield table.hidden(by, name, said, str(cell.reason), crossing.threshold)


@dataclass(frozen=True)
class _Table:
    results: Results
    questionnaire: Questionnaire
    t: Language

    def hidden(self, by: str, group: str, said: str, reason: str, threshold: int | None = None) -> Row:
        fewest = threshold or self.results.threshold
        words = SHOWN_WITH_OTHERS if reason == POOLED else reason_text(Reason(reason), fewest)
        empty = self._empty("", "", "", by, group, said)
        return replace(empty, statistic=WITHHELD, reason=reason, reason_text=self.t(words))

    def part(self, part: PartResults, by: str, group: str, said: str) -> Iterator[Row]:
        where = (by, group, said)
        response = {**plain(part.response), "n": part.response.invited}
        # Without a rate its counts are there all the same.
        rates = response.pop("reason", None)
        of = self._figure("response", self.t("Response"), "response", "", where, {})
        yield from _values(response, (), of, None)
        if rates:
            yield from (of.withheld(rate, rates) for rate in ("rr1", "rr2"))
        for item in (one for one in self.questionnaire.items if one.id in part.items):
            figure = plain(part.items[item.id])
            answers = {code: self.t.choose(words) for code, words in item.labels.items()}
            kind = str(figure["kind"])
            of = self._figure(
                f"items/{item.id}", self.t.choose(item.text), kind, _presented(figure), where, answers
            )
            yield from _values(figure, (), of, None)
        for indicator in self.questionnaire.indicators:
            yield from self._indicator(indicator, plain(part.indicators[indicator.id]), where)

    def _indicator(
        self, indicator: Indicator, figure: dict[str, Any], where: tuple[str, str, str]
    ) -> Iterator[Row]:
        said, name = label(indicator, self.questionnaire, self.t), f"indicators/{indicator.id}"
        if isinstance(indicator, Profile):
            for dimension in indicator.dimensions:
                one = figure["dimensions"][dimension.id]
                words = f"{said}: {self.t.choose(dimension.label)}"
                of = self._figure(f"{name}/{dimension.id}", words, "dimension", _presented(one), where, {})
                yield from _values(one, (), of, None)
            return
        kind = "joint" if isinstance(indicator, JointShare) else str(figure["kind"])
        of = self._figure(name, said, kind, _presented(figure), where, self._answers(indicator))
        yield from _values(figure, (), of, None)

    def _answers(self, indicator: Indicator) -> Mapping[str, str]:
        """The labels of the codes that stand in an indicator's statistics."""
        if isinstance(indicator, StatusChange):
            item = self.questionnaire.item(indicator.before)
        elif isinstance(indicator, Ranking):
            item = self.questionnaire.item(indicator.item)
        else:
            return {}
        return {code: self.t.choose(words) for code, words in item.labels.items()}

    def _figure(
        self,
        figure: str,
        said: str,
        kind: str,
        presentation: str,
        where: tuple[str, str, str],
        answers: Mapping[str, str],
    ) -> _Figure:
        base = self.t(BASES.get(kind, BASES[""]))
        row = replace(self._empty(figure, said, base, *where), presentation=presentation)
        return _Figure(row, answers, self.t, self.results.threshold)

    def _empty(self, figure: str, said: str, base: str, by: str, group: str, group_label: str) -> Row:
        return Row(figure, said, by, group, group_label, "", "", None, None, base, "", "", "", "")


def _presented(figure: Mapping[str, Any]) -> str:
    return str(figure.get("presentation") or "")


def _values(figure: Mapping[str, Any], path: tuple[str, ...], of: _Figure, n: int | None) -> Iterator[Row]:
    """The rows of a figure, or of a part of one at a path of keys."""
    if path and (path[-1] in KEYED or "transitions" in path):
        for key, value in figure.items():
            yield from _value(value, (*path, key), of, n)
        return
    own = figure.get("n") if isinstance(figure.get("n"), int) else n
    if figure.get("reason"):
        yield of.withheld(".".join((*path, WITHHELD)), figure["reason"])
        return
    for key, value in figure.items():
        if key in TOLD_ELSEWHERE:
            continue
        if key.endswith("_reason"):
            yield of.withheld(".".join((*path, key.removesuffix("_reason"))), str(value))
        else:
            verdict = str(figure.get("verdict") or "") if key == "difference" else ""
            yield from _value(value, (*path, key), of, own, verdict)


def _value(value: Any, path: tuple[str, ...], of: _Figure, n: int | None, verdict: str = "") -> Iterator[Row]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield of.value(".".join(path), value, n, verdict)
    elif isinstance(value, Mapping):
        yield from _values(value, path, of, n)
    elif isinstance(value, list) and all(isinstance(end, int | float) for end in value):
        for name, end in zip(("low", "high"), value, strict=True):
            yield of.value(".".join((*path, name)), end, n, "")
    elif isinstance(value, list):
        for band in value:
            ends = (band["low"], band["high"])
            said = "-".join("" if end is None else f"{end:g}" for end in ends)
            yield of.value(".".join((*path, said)), band["n"], n, "")
