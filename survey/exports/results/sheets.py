"""Results -> the sheets of a workbook, as plain cells."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.changes.paired import PairedChanges
from survey.charts import views
from survey.charts.asking import Asked
from survey.definitions.model import (
    Indicator,
    Item,
    Profile,
    Questionnaire,
    StatusChange,
)
from survey.exports.results.cells import (
    COUNT,
    DECIMAL,
    FINE,
    SHARE,
    SIGNED,
    Block,
    Cell,
    Cells,
    Number,
    Sheet,
)
from survey.exports.results.cross_sheets import cross_sheets
from survey.exports.results.notes import notes
from survey.exports.results.paired_sheets import paired_sheets
from survey.exports.results.rows import Row, rows
from survey.indicators.model import (
    DimensionFigure,
    ItemFigure,
    PartResults,
    ProfileFigure,
    Response,
    Results,
    StatusChangeFigure,
)
from survey.language import Language
from survey.narrative import label, response_sentence, sentence, verdict_text
from survey.release import Hidden


def sheets(
    results: Results, questionnaire: Questionnaire, t: Language, paired: Iterable[PairedChanges] = ()
) -> list[Sheet]:
    """Response, headline, questions, dimensions, employment, groups, crosses, technical details, notes.

    `paired` is what the wave tells with earlier ones of its study, a sheet for each.
    """
    made = _Sheets(Asked(results, questionnaire, t))
    return [
        made.response(),
        made.headline(),
        made.questions(),
        *made.dimensions(),
        *made.changes(),
        *(made.groups(by) for by in results.by),
        *cross_sheets(made),
        *paired_sheets(made, paired),
        made.technical(),
        Sheet(
            t("Notes"), (Block(t("Notes"), (t("what"), t("said")), tuple(notes(results, questionnaire, t))),)
        ),
    ]


@dataclass(frozen=True)
class _Sheets(Cells):
    def response(self) -> Sheet:
        """Who answered: the whole wave, and each breakdown that invitations tell."""
        t = self.t
        whole = self.results.whole.response
        first = Block(
            response_sentence(whole, self.questionnaire.audience, t),
            (t("group"), *self._response_heads()),
            ((t("Whole wave"), *self._response(whole)),),
        )
        told = [one.id for one in self.questionnaire.invited_by if one.id in self.results.by]
        blocks = [self._responses(by) for by in told]
        pictures = [("response", None), *((what, by) for by in told for what in ("response", "composition"))]
        return Sheet(t("Response"), (first, *blocks), tuple(pictures))

    def _response_heads(self) -> tuple[str, ...]:
        t = self.t
        return (t("invited"), t("population"), t("responses"), t("complete"), t("partial"), "RR2", "RR1")

    def _response(self, response: Response) -> tuple[Cell, ...]:
        counts = (
            response.invited,
            response.population,
            response.responses,
            response.complete,
            response.partial,
        )
        rates = (response.rr2, response.rr1)
        return (
            *(self.number(n, COUNT) for n in counts),
            *(self.number(rate, SHARE, response.reason) for rate in rates),
        )

    def _responses(self, by: str) -> Block:
        label_of = self.t.choose(self.questionnaire.breakdown(by).label)
        table = tuple((name, *self._response(part.response)) for name, part in self._parts(by))
        return Block(label_of, (label_of, *self._response_heads()), table)

    def _parts(self, by: str) -> Iterator[tuple[str, PartResults]]:
        asked = Asked(self.results, self.questionnaire, self.t, by)
        yield from ((part.label, part.results) for part in asked.parts)

    def headline(self) -> Sheet:
        """Every indicator with one number, and what it says in words."""
        t, told = self.t, []
        charts: list[tuple[str, str | None]] = []
        for indicator in self.questionnaire.indicators:
            figure = self.results.whole.indicators[indicator.id]
            if isinstance(indicator, Profile | StatusChange):
                continue
            said = sentence(figure, indicator, self.questionnaire, t, self.results.threshold)
            name = label(indicator, self.questionnaire, t)
            told += [(name, *cells, said) for cells in self.values(figure, indicator)]
            charts += [(what, None) for what in views(indicator)] if figure.reason is None else []
        header = (
            t("indicator"),
            t("figure"),
            t("value"),
            t("from (95%)"),
            t("to (95%)"),
            t("n"),
            t("in words"),
        )
        return Sheet(
            t("Headline figures"), (Block(t("Headline figures"), header, tuple(told)),), tuple(charts)
        )

    def questions(self) -> Sheet:
        """Every question: its numbers, then its answers one by one."""
        t, whole = self.t, self.results.whole
        header = (
            t("question"), t("n"), t("don't know"), t("not answered"), t("not asked"), t("mean"),
            t("from (95%)"), t("to (95%)"), t("standard deviation"), t("median"), t("top two"),
            t("bottom two"),
        )  # fmt: skip
        told = tuple((self.asked.words(item.text), *self._item(whole.items[item.id])) for item in self._items)
        answers = tuple(row for item in self._items for row in self._answers(item.id))
        heads = (t("question"), t("answer"), t("answers"), t("share"), t("n"))
        blocks = (
            Block(t("All questions"), header, told),
            Block(t("The answers to each question"), heads, answers),
        )
        has_scales = any(item.scale for item in self.questionnaire.items)
        return Sheet(t("Questions"), blocks, (("items", None),) if has_scales else ())

    @property
    def _items(self) -> list[Item]:
        """The questions of which there are figures."""
        return [item for item in self.questionnaire.items if item.id in self.results.whole.items]

    def _item(self, figure: ItemFigure) -> tuple[Cell, ...]:
        if figure.reason is not None:
            return (self.why(figure.reason), *[""] * 10)
        counts = (figure.n, figure.missing, figure.not_applicable, figure.not_asked)
        n, missing, not_applicable, not_asked = (self.number(count, COUNT) for count in counts)
        shares = [
            "" if one is None else self.share(one.count, one.share, one.n, figure.presentation)
            for one in (figure.top2, figure.bottom2)
        ]
        return (
            n, not_applicable, missing, not_asked, self.number(figure.mean, DECIMAL),
            *self.ends(figure.interval, DECIMAL, figure.interval_reason if figure.mean is not None else None),
            self.number(figure.sd, DECIMAL), self.number(figure.median, DECIMAL), *shares,
        )  # fmt: skip

    def _answers(self, name: str) -> Iterator[tuple[Cell, ...]]:
        item, figure = self.questionnaire.item(name), self.results.whole.items[name]
        if not item.labels:
            return
        question = self.asked.words(item.text)
        if figure.counts is None or not figure.n:
            yield (question, "", self.why(figure.reason or figure.counts_reason), "", "")
            return
        for code, words in item.labels.items():
            count = figure.counts.get(code, 0)
            share = self.share(count, count / figure.n, figure.n, figure.presentation)
            yield (question, self.asked.words(words), Number(count, COUNT), share, Number(figure.n, COUNT))

    def dimensions(self) -> Iterator[Sheet]:
        """One sheet for each profile."""
        t = self.t
        header = (
            t("dimension"), t("mean"), t("from (95%)"), t("to (95%)"), t("standard deviation"), t("n"),
            t("reliability"),
        )  # fmt: skip
        for indicator in self.questionnaire.indicators:
            figure = self.results.whole.indicators[indicator.id]
            if isinstance(indicator, Profile) and isinstance(figure, ProfileFigure):
                told = tuple(
                    (self.asked.words(one.label), *self._dimension(figure.dimensions[one.id]))
                    for one in indicator.dimensions
                )
                name = label(indicator, self.questionnaire, t)
                yield Sheet(name, (Block(name, header, told),), ((indicator.id, None),))

    def _dimension(self, figure: DimensionFigure) -> tuple[Cell, ...]:
        if figure.mean is None:
            return (self.why(figure.reason), *[""] * 5)
        reliable = figure.reliability
        return (
            Number(figure.mean, DECIMAL),
            *self.ends(figure.interval, DECIMAL, figure.interval_reason),
            self.number(figure.sd, DECIMAL),
            self.number(figure.n, COUNT),
            "" if reliable is None else self.number(reliable.value, DECIMAL, reliable.reason),
        )

    def changes(self) -> Iterator[Sheet]:
        """One sheet for each change of status: the nets, then who went where."""
        for indicator in self.questionnaire.indicators:
            figure = self.results.whole.indicators[indicator.id]
            if isinstance(indicator, StatusChange) and isinstance(figure, StatusChangeFigure):
                name = label(indicator, self.questionnaire, self.t)
                said = sentence(figure, indicator, self.questionnaire, self.t, self.results.threshold)
                blocks = (self._nets(indicator, figure, said), *self._flows(indicator, figure))
                charts = tuple((what, None) for what in views(indicator)) if figure.reason is None else ()
                yield Sheet(name, blocks, charts)

    def _nets(self, indicator: StatusChange, figure: StatusChangeFigure, said: str) -> Block:
        t, labels = self.t, self.questionnaire.item(indicator.before).labels
        header = (t("status"), t("before"), t("now"), t("net change"), t("from (95%)"), t("to (95%)"), t("n"))
        if figure.net is None or figure.before is None or figure.after is None:
            return Block(said, header, (("", self.why(figure.reason), *[""] * 5),))
        intervals = figure.net_interval or {}
        told = tuple(
            (
                self.asked.words(words),
                Number((figure.before or {})[code], COUNT),
                Number((figure.after or {})[code], COUNT),
                Number((figure.net or {})[code], SIGNED),
                *self.ends(intervals.get(code), DECIMAL, figure.interval_reason),
                self.number(figure.n, COUNT),
            )
            for code, words in labels.items()
        )
        return Block(said, header, told)

    def _flows(self, indicator: StatusChange, figure: StatusChangeFigure) -> Iterator[Block]:
        t, labels = self.t, self.questionnaire.item(indicator.before).labels
        title = t("From the status before (rows) to the status now (columns)")
        header = (t("before"), *(self.asked.words(words) for words in labels.values()))
        if figure.transitions is None:
            reason = figure.transitions_reason or figure.reason
            yield Block(title, header, ((self.why(reason), *[""] * len(labels)),))
            return
        yield Block(
            title,
            header,
            tuple(
                (self.asked.words(words), *(Number(figure.transitions[code][now], COUNT) for now in labels))
                for code, words in labels.items()
            ),
        )

    def groups(self, by: str) -> Sheet:
        """The groups of a breakdown: each indicator's first number, n and verdict, then the dimensions."""
        named = self.asked.words(self.questionnaire.breakdown(by).label)
        title = self.t("By {breakdown}", breakdown=named[:1].lower() + named[1:])
        told = {name: list(self._group(part)) for name, part in self._parts(by)}
        hidden = dict(self._not_shown(by))
        titles = [head for indicator in self.questionnaire.indicators for head in self._titles(indicator)]
        blocks = [
            self._figures(title, named, titles[at : at + ACROSS], at, told, hidden)
            for at in range(0, len(titles), ACROSS)
        ]
        pictures = [("response", by)] if by in [one.id for one in self.questionnaire.invited_by] else []
        pictures += [(indicator.id, by) for indicator in self.questionnaire.indicators]
        return Sheet(title, tuple(blocks), tuple(pictures))

    def _figures(
        self,
        title: str,
        named: str,
        heads: list[str],
        at: int,
        told: Mapping[str, list[tuple[Cell, ...]]],
        hidden: Mapping[str, str],
    ) -> Block:
        """Some figures of all groups, those from `at` on; groups that are not shown say why."""
        t = self.t
        header = (named, *(head for one in heads for head in (one, t("n"), t("compared"))))
        rows: list[tuple[Cell, ...]] = [
            (name, *(cell for figure in figures[at : at + len(heads)] for cell in figure))
            for name, figures in told.items()
        ]
        rows += [(name, why, *[""] * (len(header) - 2)) for name, why in hidden.items()]
        return Block(title, header, tuple(rows))

    def _not_shown(self, by: str) -> Iterator[tuple[str, str]]:
        """The groups that are hidden, or shown only with others, and why."""
        asked = Asked(self.results, self.questionnaire, self.t, by)
        for name, shown in self.results.by[by].groups.items():
            if not isinstance(shown, PartResults):
                pooled = self.t("shown only together with others")
                yield asked.group(name), self.why(shown.reason) if isinstance(shown, Hidden) else pooled

    def _titles(self, indicator: Indicator) -> list[str]:
        if isinstance(indicator, Profile):
            return [self.asked.words(one.label) for one in indicator.dimensions]
        return [label(indicator, self.questionnaire, self.t)]

    def _group(self, part: PartResults) -> Iterator[tuple[Cell, ...]]:
        """Of each figure: its number, n, and how it compares with everybody else."""
        for indicator in self.questionnaire.indicators:
            figure = part.indicators[indicator.id]
            if isinstance(indicator, Profile) and isinstance(figure, ProfileFigure):
                for one in indicator.dimensions:
                    dimension = figure.dimensions[one.id]
                    value = self.number(dimension.mean, DECIMAL, dimension.reason)
                    yield (value, self.number(dimension.n, COUNT), self._verdict(dimension))
            else:
                _, value, _, _, n = next(self.values(figure, indicator), ("", self.why(None), "", "", ""))
                yield (value, n, self._verdict(figure))

    def _verdict(self, figure: Any) -> str:
        against = getattr(figure, "against_rest", None)
        said = verdict_text(against) if against else None
        return self.t(said) if said else ""

    def technical(self) -> Sheet:
        """What is for statisticians: weighted figures, worst cases, reliability, tests, comparisons."""
        t = self.t
        header = (t("figure"), t("breakdown"), t("group"), t("statistic"), t("value"), t("n"), t("reason"))
        told = tuple(
            (
                row.label, row.breakdown, row.group_label, row.statistic,
                self.number(row.value, COUNT if isinstance(row.value, int) else FINE),
                self.number(row.n, COUNT), row.reason_text,
            )
            for row in rows(self.results, self.questionnaire, t, crosses=False) if _is_technical(row)
        )  # fmt: skip
        return Sheet(t("Technical details"), (Block(t("Technical details"), header, told),))


ACROSS = 3
"""Figures side by side in the tables of groups, so that a printed page can be read."""
TECHNICAL = ("weighted", "worst_case", "reliability", "stuart_maxwell", "mcnemar", "against_rest")


def _is_technical(row: Row) -> bool:
    return row.statistic.split(".", 1)[0] in TECHNICAL
