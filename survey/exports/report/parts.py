"""What several sections share: sentences of figures, values in tables, charts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from string import ascii_lowercase
from typing import Any

from survey.charts import Chart, NoChart, chart
from survey.definitions.model import Indicator, JointShare, Mean, Profile, Recommendation, Share, StatusChange
from survey.exports.report.desk import DASH, Desk
from survey.exports.report.model import Cite, Picture, Place, Said
from survey.indicators.measures import Measured, Path, measured
from survey.indicators.model import (
    DimensionFigure,
    Figure,
    MeanFigure,
    ProfileFigure,
    RecommendationFigure,
    ShareIndicatorFigure,
)
from survey.language import Language
from survey.narrative import label, sentence
from survey.narrative.simple import share_sentence
from survey.narrative.words import AS_COUNTS, base, caution, on_scale, perceived

WHOLE: Place = ("results",)
LONGEST_ALT = 900
"""Letters of an alternative text that tells a whole chart; a longer one leaves the figures to the table."""


def indicator_place(indicator: str, root: Place = WHOLE) -> Place:
    """Where an indicator's figure of a part stands."""
    return (*root, "indicators", indicator)


def figure_sentence(desk: Desk, indicator: Indicator) -> Said:
    """What an indicator's figure of the whole wave says, without the remark on perceived change."""
    figure = desk.results.whole.indicators[indicator.id]
    kind = OWN.get(type(figure)) if figure.reason is None else None
    if kind is not None:
        said = kind(desk, indicator, figure)
    else:
        said = sentence(figure, indicator, desk.questionnaire, desk.t, desk.results.threshold)
    said = said.replace(perceived(desk.t), "").replace("  ", " ").strip()
    if not indicator.label:
        asked = label(indicator, desk.questionnaire, desk.t)
        said = said.replace(f"{asked}:", f"{desk.t('“{option}”', option=asked)}:", 1)
    roots = [indicator_place(indicator.id), *scales(indicator), ("results", "threshold")]
    return desk.tied(said, *roots)


def anything_shown(desk: Desk) -> bool:
    """Whether any figure of the whole wave is shown."""
    return any(
        any(one.reason is None for one in figure.dimensions.values())
        if isinstance(figure, ProfileFigure)
        else figure.reason is None and figure.n
        for figure in desk.results.whole.indicators.values()
    )


def _mean(desk: Desk, indicator: Mean, figure: MeanFigure) -> str:
    """A mean, its name before it: a report has no big number above the sentence."""
    scale = desk.questionnaire.item(indicator.item).scale
    if scale is None or figure.value is None:
        raise TypeError(f"indicator {indicator.id} has no mean of a scale")
    said = desk.t(
        "{label}: {mean} on average ({base}).",
        label=label(indicator, desk.questionnaire, desk.t),
        mean=on_scale(figure.value, scale.lowest, scale.highest, desk.t),
        base=base(figure, desk.t),
    )
    return said + caution(figure.presentation, desk.t)


def _would_recommend(desk: Desk, indicator: Recommendation, figure: RecommendationFigure) -> str:
    """Who would recommend, said as every other share."""
    would = figure.would_recommend
    as_share = ShareIndicatorFigure(
        value=would.share if would else None,
        count=would.count if would else None,
        n=figure.n,
        presentation=figure.presentation,
    )
    share = Share(indicator.id, indicator.item, indicator.would, indicator.label)
    return share_sentence(as_share, share, desk.questionnaire, desk.t)


OWN: Mapping[type, Callable[[Desk, Any, Any], str]] = {
    MeanFigure: _mean,
    RecommendationFigure: _would_recommend,
}
"""Figures whose sentence names them, where that of a page does not."""


def scales(indicator: Indicator) -> list[Place]:
    """The scales that an indicator's sentence may name."""
    if isinstance(indicator, Profile):
        items = [indicator.dimensions[0].items[0]]
    elif isinstance(indicator, StatusChange):
        items = []
    else:
        items = list(indicator.items) if isinstance(indicator, JointShare) else [indicator.item]
    return [("definition", "scales", item) for item in items]


def perceived_said(desk: Desk) -> Said:
    """The remark that keeps a change asked once apart from a measured one."""
    return Said(perceived(desk.t))


def paths_of(desk: Desk) -> dict[Path, Measured]:
    """Every mean, share, recommendation and dimension of the whole wave, by its place."""
    return measured(desk.results.whole.indicators)


def name_of(desk: Desk, path: Path) -> str:
    """The name of a mean, a share or a dimension."""
    indicator = desk.questionnaire.indicator(path[0])
    if isinstance(indicator, Profile):
        return next(desk.t.choose(one.label) for one in indicator.dimensions if one.id == path[1])
    return label(indicator, desk.questionnaire, desk.t)


def measure_place(path: Path, root: Place = WHOLE) -> Place:
    """Where a mean, a share, a recommendation or a dimension of a part stands."""
    start = indicator_place(path[0], root)
    return start if len(path) == 1 else (*start, "dimensions", path[1])


def value_cell(desk: Desk, where: Place, is_mean: bool, digits: str = "mean") -> Said:
    """A mean, or a share as a percentage; counts where there are few answers, the reason where withheld."""
    if is_mean:
        key = "mean" if desk.value((*where, "kind")) is None else "value"
        return _or_why(desk, where, desk.cell(digits, (*where, key)))
    inner = (*where, "would_recommend") if desk.value((*where, "would_recommend")) else where
    counts = ((*inner, "count"), (*inner, "n"))
    if desk.value(counts[0]) is None or not desk.value(counts[1]):
        return _or_why(desk, where, Said(DASH))
    if desk.value((*where, "presentation")) in AS_COUNTS:
        return desk.say("{count} of {n}", count=Cite("count", counts[:1]), n=Cite("count", counts[1:]))
    return desk.cell("part", *counts)


def _or_why(desk: Desk, where: Place, said: Said) -> Said:
    reason = desk.value((*where, "reason"))
    return desk.withheld(reason) if said.text == DASH and reason else said


def interval_cell(desk: Desk, where: Place, is_mean: bool) -> Said:
    """A mean's interval, or a share's in percentages where shares are said so."""
    if is_mean:
        return desk.interval("exact", (*where, "interval"))
    if desk.value((*where, "presentation")) in AS_COUNTS:
        return Said(DASH)
    inner = (*where, "would_recommend") if desk.value((*where, "would_recommend")) else where
    return desk.interval("share", (*inner, "interval"))


def answers_cell(desk: Desk, where: Place) -> Said:
    """A figure's number of valid answers, with a star where they are few."""
    said = desk.cell("count", (*where, "n"))
    return replace(said, text=f"{said.text}*") if desk.value((*where, "presentation")) == "caution" else said


def is_mean(figure: Figure | DimensionFigure) -> bool:
    """Whether a figure is a mean, not a share."""
    return isinstance(figure, MeanFigure | DimensionFigure)


def star_notes(desk: Desk, cells: list[Said]) -> tuple[Said, ...]:
    """What the star means, where one of the cells has it."""
    if not any(one.text.endswith("*") for one in cells):
        return ()
    return (desk.tied(desk.t("* 30 to 59 answers: few, to be read with caution.")),)


def lettered(
    desk: Desk, rows: Sequence[tuple[Said, ...]]
) -> tuple[tuple[tuple[Said, ...], ...], tuple[Said, ...]]:
    """Rows whose withheld cells have a letter in place of their reason, and what each letter says."""
    reasons = dict.fromkeys(cell.text for row in rows for cell in row if cell.withheld)
    letters = {reason: f"({letter})" for reason, letter in zip(reasons, ascii_lowercase, strict=False)}
    cited = {cell.text: cell.cites for row in rows for cell in row}

    def marked(cell: Said) -> Said:
        return Said(f"{DASH} {letters[cell.text]}") if cell.withheld else cell

    notes = tuple(
        Said(desk.t("{letter} not shown: {reason}.", letter=letter, reason=reason), cited[reason])
        for reason, letter in letters.items()
    )
    return tuple(tuple(map(marked, row)) for row in rows), notes


def picture(
    desk: Desk, what: str, caption: Said, by: str | None = None, table: bool = True
) -> tuple[Picture, ...]:
    """A chart with its caption; none where its kind has no chart. `table`: its figures stand in a table."""
    try:
        drawn = chart(desk.results, desk.questionnaire, what, desk.t, by=by)
    except NoChart:
        return ()
    return (Picture(what, by, caption, alternative(drawn, desk.t, table)),)


def alternative(drawn: Chart, t: Language, table: bool) -> str:
    """A chart in words: all of it, or what it shows where a table holds its figures or it is too long."""
    whole = f"{drawn.title}. {drawn.description}"
    if not table and len(whole) <= LONGEST_ALT:
        return whole
    short = " ".join(filter(None, (f"{drawn.title}.", f"{drawn.subtitle}.", drawn.caption)))
    return t("Chart: {said}", said=short)
