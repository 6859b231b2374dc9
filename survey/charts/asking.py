"""What every chart needs of the results: their parts by breakdown, and the words around figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Protocol, TypeVar, cast

from survey.charts.model import Chart, Panel, Table, UnknownBreakdown
from survey.counts import NOT_ASSIGNED, Reason
from survey.definitions.model import Questionnaire, Source, Words
from survey.indicators.model import Interval, ItemFigure, OthersResults, PartResults, Results
from survey.language import Language, text
from survey.narrative import reason_text
from survey.narrative.words import AS_COUNTS, percent
from survey.release import Hidden, Pooled, short

NAMED_MEMBERS = 4
NOTHING = "–"
F = TypeVar("F")


class Measured(Protocol):
    """A figure with its number of answers and how it may be worded."""

    @property
    def n(self) -> int | None:
        """Valid answers."""

    @property
    def presentation(self) -> str | None:
        """The wording rule: counts, counts_interval, caution or full."""


@dataclass(frozen=True)
class Shown:
    """The whole wave, a group or pooled groups, with the name it has in the chart."""

    label: str
    results: PartResults
    whole: bool = False


@dataclass(frozen=True)
class Asked:
    """Everything a chart is made from: the results, their questionnaire, a language, a breakdown."""

    results: Results
    questionnaire: Questionnaire
    t: Language
    by: str | None = None

    def words(self, words: Words) -> str:
        """The definition's words in the chart's language."""
        return self.t.choose(words)

    def reason(self, reason: Reason | None) -> str:
        """Why something is not shown; without a reason there were no answers."""
        return self.t(reason_text(reason or Reason.NO_ANSWERS, self.results.threshold))

    def interval(self, interval: Interval | None, digits: int) -> str:
        """An interval in numbers, or a dash."""
        if interval is None:
            return NOTHING
        low, high = (self.t.number(end, digits) for end in interval)
        return self.t("{low} to {high}", low=low, high=high)

    def percents(self, interval: Interval | None) -> str:
        """An interval of shares in percentages, or a dash."""
        if interval is None:
            return NOTHING
        return self.t("{low} to {high}", low=self.t.percent(interval[0]), high=self.t.percent(interval[1]))

    def n(self, figure: Measured) -> str:
        """The number of answers, with a star where they are few."""
        return self.t.number(figure.n or 0) + ("*" if figure.presentation == "caution" else "")

    def share(self, count: int, figure: Measured) -> str:
        """A part of the answers: its percentage, or its count where they are too few for one."""
        if figure.presentation in AS_COUNTS:
            return self.t.number(count)
        return percent(count, figure.n, self.t) if figure.n else NOTHING

    def cell(self, count: int, figure: Measured) -> str:
        """The same for a table: count and percentage, or the count alone."""
        said = self.t.number(count)
        return said if figure.presentation in AS_COUNTS else f"{said} ({self.share(count, figure)})"

    @property
    def parts(self) -> tuple[Shown, ...]:
        """The whole wave, then the groups that are shown, then those shown together."""
        whole = Shown(self.t("All answers"), self.results.whole, whole=True)
        if self.by is None:
            return (whole,)
        divided = self.results.by[self.by]
        groups = [
            Shown(self.group(name), group)
            for name, group in divided.groups.items()
            if isinstance(group, PartResults)
        ]
        return (whole, *groups, *(Shown(self.others(pool), pool.results) for pool in divided.others))

    def figures(self, indicator: str, kind: type[F]) -> list[F]:
        """An indicator's figure of each part; TypeError for a figure of another kind."""
        found = [part.results.indicators[indicator] for part in self.parts]
        if not all(isinstance(figure, kind) for figure in found):
            raise TypeError(f"the figures of {indicator} are not of the kind {kind.__name__}")
        return cast(list[F], found)

    def group(self, name: str) -> str:
        """A group's name as it is shown; a group that answers tell is called as the answer."""
        if name == NOT_ASSIGNED:
            return self.t("not assigned")
        return self.words(self._answers[name]) if name in self._answers else name

    @property
    def _answers(self) -> Mapping[str, Words]:
        """The answers that are groups, by code; none where groups are known from invitations."""
        if self.by is None or self.questionnaire.breakdown(self.by).source is not Source.ITEM:
            return {}
        return self.questionnaire.item(self.by).labels

    def others(self, pool: OthersResults) -> str:
        """The name of pooled groups: the groups themselves where they are few, else how many."""
        few = len(pool.members) <= NAMED_MEMBERS
        members = (
            ", ".join(self.group(name) for name in pool.members)
            if few
            else self.t.plural("{n} group", "{n} groups", len(pool.members))
        )
        if pool.inside is None:
            return self.t("others ({members})", members=members)
        return self.t("others in {parent} ({members})", parent=pool.inside, members=members)

    def not_alone(self) -> list[str]:
        """Notes on the groups that are not shown, or not alone, and why."""
        if self.by is None:
            return []
        groups = self.results.by[self.by].groups
        pooled = [self.group(name) for name, group in groups.items() if isinstance(group, Pooled)]
        hidden = sorted(
            (str(group.reason), name) for name, group in groups.items() if isinstance(group, Hidden)
        )
        notes = [
            self.t("Shown only together, as “others”: {groups}.", groups=", ".join(pooled)),
        ]
        for reason, members in groupby(hidden, key=lambda pair: pair[0]):
            names = ", ".join(self.group(name) for _, name in members)
            notes.append(
                self.t("Not shown ({reason}): {groups}.", reason=self.reason(Reason(reason)), groups=names)
            )
        return notes if pooled else notes[1:]

    def subtitle(self, base: str) -> str:
        """Wave, breakdown and base on one line."""
        pieces = [self.words(self.results.title)]
        if self.by is not None:
            label = self.words(self.questionnaire.breakdown(self.by).label)
            pieces.append(self.t("by {breakdown}", breakdown=label[:1].lower() + label[1:]))
        return " · ".join([*pieces, base])

    @property
    def head(self) -> str:
        """The head of the column that names the parts."""
        if self.by is None:
            return self.t("group")
        return self.words(self.questionnaire.breakdown(self.by).label)

    def base(self, figure: ItemFigure) -> str:
        """How many valid answers, or why there are none."""
        if not figure.n:
            return self.reason(figure.reason)
        return self.t.plural("{n} valid answer", "{n} valid answers", figure.n)

    def left_out(self) -> str:
        """What a base is, in general."""
        return self.t("n: valid answers to the question; “don't know” and no answer are left out.")

    def outside(self, figure: ItemFigure) -> str:
        """How many answers to one item are outside its base, where that may be told."""
        if figure.missing is None or figure.not_applicable is None:
            return self.left_out()
        return self.t(
            "n: valid answers. Left out: {not_applicable} “don't know”, {missing} without an answer.",
            not_applicable=figure.not_applicable,
            missing=figure.missing,
        )

    def source(self) -> str:
        """Where the figures come from: wave and questionnaire, from when to when, and the release."""
        results, t = self.results, self.t
        first = date.fromisoformat(results.opens) if results.opens else None
        last = datetime.fromisoformat(results.closed).date()
        named = {
            "wave": results.wave,
            "questionnaire": results.questionnaire,
            "version": str(results.version),
            "day": t.day(last),
        }
        if first and first < last:
            said = t(
                "Source: wave {wave}, questionnaire {questionnaire} version {version}, "
                "answers from {first} to {day}.",
                first=t.day(first), **named,
            )  # fmt: skip
        else:
            said = t(
                "Source: wave {wave}, questionnaire {questionnaire} version {version}, closed {day}.", **named
            )
        released = [t("Release {release}.", release=short(results.release))] if results.release else []
        return " ".join([said, *released])

    def counts_note(self, figures: Iterable[Measured]) -> list[str]:
        """Why some rows have counts in place of percentages, where any has."""
        if not any(figure.presentation in AS_COUNTS for figure in figures):
            return []
        return [self.t("Fewer than 30 answers: counts are shown instead of percentages.")]

    def star_note(self, figures: Iterable[Measured]) -> list[str]:
        """What the star means, where there is one."""
        if not any(figure.presentation == "caution" for figure in figures):
            return []
        return [self.t("* 30 to 59 answers: few, to be read with caution.")]


def check_breakdown(asked: Asked) -> None:
    """UnknownBreakdown where the wave has no breakdown of the name asked for."""
    known = asked.results.by
    if asked.by is not None and asked.by not in known:
        raise UnknownBreakdown(
            text(
                "There is no breakdown “{by}” in this wave; there are: {known}.",
                by=asked.by,
                known=", ".join([*known, *asked.results.crosses]) or NOTHING,
            )
        )


def compose(
    asked: Asked,
    title: str,
    base: str,
    panels: Sequence[Panel],
    table: Table,
    notes: Iterable[str],
    caption: str = "",
    lead: str = "",
    across: int = 1,
) -> Chart:
    """The Chart of its panels: everything around them is said here, alike for every kind."""
    synthetic = asked.t("Synthetic data") if asked.results.synthetic else ""
    subtitle, all_notes = asked.subtitle(base), (*notes, *asked.not_alone())
    said = [f"{synthetic}." if synthetic else "", f"{subtitle}.", lead, caption, *_rows_in_words(table)]
    return Chart(
        language=asked.t.code,
        title=title,
        subtitle=subtitle,
        caption=caption,
        panels=tuple(panels),
        notes=all_notes,
        source=asked.source(),
        description=" ".join(piece for piece in [*said, *all_notes] if piece),
        table=table,
        synthetic=synthetic,
        across=across,
    )


def _rows_in_words(table: Table) -> list[str]:
    """Each row of a table as one sentence: its first cell, then the others with their heads."""
    rows = []
    for first, *cells in table.rows:
        told = [
            f"{head}: {cell}"
            for head, cell in zip(table.header[1:], cells, strict=True)
            if cell not in ("", NOTHING)
        ]
        rows.append(f"{first} – {'; '.join(told)}.")
    return rows


def withheld_cells(reason: str, cells: int) -> tuple[str, ...]:
    """The cells of a withheld row: the reason in the first, dashes in the others."""
    return (reason, *[NOTHING] * (cells - 1))
