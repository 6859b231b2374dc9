"""Who would recommend: detractors, passives and promoters as one bar, and the score with its interval."""

from collections.abc import Iterable, Sequence

from survey.charts.asking import NOTHING, Asked, Shown, compose, withheld_cells
from survey.charts.likert import axis as shares_axis
from survey.charts.model import Axis, Chart, Mark, Panel, Row, Table
from survey.charts.multiples import MANY
from survey.counts import Reason
from survey.definitions.model import Item, Recommendation
from survey.indicators.model import ItemFigure, RecommendationFigure, Score
from survey.language import Language
from survey.narrative import score_name

DIGITS = 1
Told = Sequence[tuple[Shown, RecommendationFigure]]


def score_of(figure: RecommendationFigure) -> Score | None:
    """The score where the three shares can be told."""
    score = figure.score
    if figure.reason is not None or score is None or not score.n:
        return None
    told = None not in (score.promoters, score.passives, score.detractors)
    return score if told else None


def recommendation_chart(
    asked: Asked,
    indicator: Recommendation,
    figures: Sequence[RecommendationFigure],
    title: str,
    caption: str,
) -> Chart:
    """The shares and the score of the whole wave, or of each group, side by side."""
    t, told = asked.t, list(zip(asked.parts, figures, strict=True))
    item, first = asked.questionnaire.item(indicator.item), figures[0]
    question = asked.words(item.text)
    name = score_name(first.score or Score("", 0), first.scale, t)
    labels = [part.label for part, _ in told] if asked.by else [question if question != title else ""]
    bars = [_bar(asked, label, part, figure) for label, (part, figure) in zip(labels, told, strict=True)]
    dots = [
        _dot(asked, label if asked.by else name, part, figure)
        for label, (part, figure) in zip(labels, told, strict=True)
    ]
    shares = Panel(
        Mark.STACKED,
        tuple(bars),
        shares_axis(bars, t),
        columns=(t("would recommend"), t("n")),
        legend=_legend(asked, item, indicator),
    )
    scores = Panel(Mark.DOT, tuple(dots), score_axis(t), name if asked.by else "", (t("score"),))
    return compose(
        asked,
        title,
        base=asked.base(ItemFigure(item.kind, n=first.n, reason=first.reason)),
        panels=[shares, scores],
        table=_table(asked, name, told),
        notes=list(_notes(asked, indicator, item, question if asked.by else "", figures)),
        caption=caption,
        lead=t("Stacked bars of detractors, passives and promoters; beside them the score."),
        across=2 if asked.by else 1,
    )


def score_axis(t: Language) -> Axis:
    """All that a score can be."""
    return Axis(-100, 100, tuple((at, t.signed(at)) for at in range(-100, 101, 50)))


def _bar(asked: Asked, label: str, part: Shown, figure: RecommendationFigure) -> Row:
    strong, score = part.whole and bool(asked.by), score_of(figure)
    if score is None:
        return Row(label, withheld=asked.reason(_why(figure)), strong=strong)
    counts = _counts(score)
    return Row(
        label,
        values=tuple(count / score.n for count in counts),
        said=tuple(asked.share(count, figure) for count in counts),
        beside=(_would(asked, figure), asked.n(figure)),
        strong=strong,
    )


def _why(figure: RecommendationFigure) -> Reason | None:
    return figure.reason or (figure.score.reason if figure.score else None)


def _counts(score: Score) -> tuple[int, int, int]:
    """Detractors, passives, promoters."""
    return score.detractors or 0, score.passives or 0, score.promoters or 0


def _would(asked: Asked, figure: RecommendationFigure) -> str:
    would = figure.would_recommend
    return NOTHING if would is None or would.count is None else asked.share(would.count, figure)


def _dot(asked: Asked, label: str, part: Shown, figure: RecommendationFigure) -> Row:
    strong, score = part.whole and bool(asked.by), score_of(figure)
    if score is None or score.value is None:
        why = NOTHING if _in_a_note(asked, figure) else asked.reason(_why(figure))
        return Row(label, withheld=why, strong=strong)
    said = asked.t.signed(score.value, DIGITS)
    return Row(label, (score.value,), (said,), (said,), score.interval, strong=strong)


def _in_a_note(asked: Asked, figure: RecommendationFigure) -> bool:
    """Whether it is said once below the chart that a score has too few answers: of many groups most have."""
    return len(asked.parts) > MANY and _why(figure) is Reason.TOO_FEW_FOR_SCORE


def _legend(asked: Asked, item: Item, indicator: Recommendation) -> tuple[str, ...]:
    """The three sets with their answers, as the definition maps them."""
    t = asked.t
    return (
        t("detractors ({answers})", answers=_answers(asked, item, indicator.detractors)),
        t("passives ({answers})", answers=_answers(asked, item, indicator.passives)),
        t("promoters ({answers})", answers=_answers(asked, item, indicator.promoters)),
    )


def _answers(asked: Asked, item: Item, codes: Iterable[str]) -> str:
    """1–3 on a scale, else the answers' own words."""
    known = [code for code in item.codes if code in frozenset(codes)]
    if not item.scale:
        return ", ".join(asked.words(item.labels[code]) for code in known)
    points = [int(code) for code in known]
    if len(points) > 1 and points[-1] - points[0] == len(points) - 1:
        return f"{points[0]}–{points[-1]}"
    return ", ".join(known)


def _notes(
    asked: Asked,
    indicator: Recommendation,
    item: Item,
    question: str,
    figures: Sequence[RecommendationFigure],
) -> Iterable[str]:
    t = asked.t
    if question:
        yield t("Question: {question}", question=question)
    would = _answers(asked, item, indicator.would)
    yield t("Would recommend: answers {answers}. Score: promoters minus detractors.", answers=would)
    if figures[0].score and figures[0].score.name != "NPS":
        yield t("It follows a rule of its own and cannot be compared with an NPS.")
    yield t("Line: interval (95%), which covers chance only.")
    yield asked.left_out()
    yield from asked.counts_note(figures)
    if any(_in_a_note(asked, figure) for figure in figures):
        yield f"{NOTHING}: {asked.reason(Reason.TOO_FEW_FOR_SCORE)}."
    yield from asked.star_note(figures)


def _table(asked: Asked, name: str, told: Told) -> Table:
    t = asked.t
    header = (
        asked.head, t("detractors"), t("passives"), t("promoters"), t("would recommend"), name,
        t("interval (95%)"), t("n"),
    )  # fmt: skip
    return Table(header, tuple((part.label, *_cells(asked, figure)) for part, figure in told))


def _cells(asked: Asked, figure: RecommendationFigure) -> tuple[str, ...]:
    score, t = score_of(figure), asked.t
    if score is None:
        return withheld_cells(asked.reason(_why(figure)), 7)
    would = figure.would_recommend
    return (
        *(asked.cell(count, figure) for count in _counts(score)),
        NOTHING if would is None or would.count is None else asked.cell(would.count, figure),
        asked.reason(score.reason) if score.value is None else t.signed(score.value, DIGITS),
        _interval(asked, score),
        asked.n(figure),
    )


def _interval(asked: Asked, score: Score) -> str:
    if score.interval is None:
        return NOTHING
    low, high = (asked.t.signed(end, DIGITS) for end in score.interval)
    return asked.t("{low} to {high}", low=low, high=high)
