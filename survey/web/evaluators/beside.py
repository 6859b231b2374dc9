"""A group beside the whole as values, for its own people: figure, n, chart, sentence. Pure.

Evaluators of single groups and partners read the same page, each in a frame of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey.charts import views
from survey.definitions.model import Indicator, Kind, Profile, Questionnaire
from survey.indicators.beside import Beside, Shows
from survey.indicators.model import DimensionFigure, PartResults, ProfileFigure, Response
from survey.language import Language
from survey.narrative import comparison_sentence, label, reason_text, response_sentence, sentence
from survey.web.evaluators.headlines import Asked, Headline, headline
from survey.web.evaluators.pictures import Picture, picture
from survey.web.evaluators.words import DASH, Cell, Table, caution, response_rate, withheld


@dataclass(frozen=True)
class Side:
    """The group's (`own`) or the whole's figure: its name, big value, unit, base and warning.

    `percent` is how far a bar goes, 0 to 100.
    """

    name: str
    value: str
    unit: str = ""
    base: str = ""
    warning: str = ""
    percent: float | None = None
    own: bool = False


@dataclass(frozen=True)
class Block:
    """One figure of both sides, the group's first, if it has any; its sentences and charts.

    A profile has a table instead of sides.
    """

    id: str
    title: str
    sides: tuple[Side, ...]
    table: Table | None
    sentences: tuple[str, ...]
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class BesidePage:
    """Everything that the people of a group read of a wave. `note` says how the group is shown, and why."""

    label: str
    breakdown: str
    note: str
    response: Block
    blocks: tuple[Block, ...]
    questions: tuple[Picture, ...]


def beside_page(of: Beside, questionnaire: Questionnaire, t: Language) -> BesidePage:
    """The whole page."""
    maker = _Maker(of, questionnaire, t)
    return BesidePage(
        label=of.label,
        breakdown=t.choose(questionnaire.breakdown(of.by).label),
        note=_note(of, t),
        response=maker.response(),
        blocks=tuple(maker.block(indicator) for indicator in questionnaire.indicators),
        questions=tuple(maker.questions()),
    )


def _note(of: Beside, t: Language) -> str:
    if of.part is None:
        why = t(reason_text(of.reason, of.results.threshold)) if of.reason else DASH
        return t("Nothing of {group} can be shown ({reason}). These are the results of the whole survey.",
                 group=of.group, reason=why)  # fmt: skip
    if of.shows is Shows.TOGETHER:
        return t.plural(
            "The answers of {group} cannot be shown by themselves: they are too few, or something about "
            "another small group would follow from them. So they are counted together with those of other "
            "small groups, {n} answer in all. What stands here of “{label}” is said of all these together.",
            "The answers of {group} cannot be shown by themselves: they are too few, or something about "
            "another small group would follow from them. So they are counted together with those of other "
            "small groups, {n} answers in all. What stands here of “{label}” is said of all these together.",
            of.part.response.responses, group=of.group, label=of.label,
        )  # fmt: skip
    return t("The figures of {group} stand beside those of the whole survey, of which {group} is a part.",
             group=of.group)  # fmt: skip


class _Maker:
    """Makes the blocks of one group's page."""

    def __init__(self, of: Beside, questionnaire: Questionnaire, t: Language) -> None:
        self._of, self._questionnaire, self._t = of, questionnaire, t
        self._whole = of.results.whole

    def response(self) -> Block:
        """How many answered."""
        own = self._of.part
        sides = [self._rate(self._t("Whole survey"), self._whole.response)]
        if own is not None:
            sides.insert(0, replace(self._rate(self._of.label, own.response), own=True))
        shown = (own or self._whole).response
        said = response_sentence(shown, self._questionnaire.audience, self._t)
        return Block("response", self._t("Response"), tuple(sides), None, (self._named(said),), ())

    def _rate(self, name: str, response: Response) -> Side:
        t, answered = self._t, response.complete + response.partial
        if response.rr2 is None or response.invited is None:
            return Side(name, DASH, base=t.plural("{n} answer", "{n} answers", response.responses))
        base = t("{count} of {n} invited", count=answered, n=response.invited)
        value = response_rate(response.rr2, response, t)
        return Side(name, value, base=base, percent=100 * response.rr2)

    def block(self, indicator: Indicator) -> Block:
        """One indicator."""
        title = label(indicator, self._questionnaire, self._t)
        profile = isinstance(indicator, Profile)
        return Block(
            id=indicator.id,
            title=title,
            sides=() if profile else tuple(self._sides(indicator)),
            table=self._dimensions(indicator) if isinstance(indicator, Profile) else None,
            sentences=tuple(self._said(indicator)),
            pictures=tuple(self._pictures(views(indicator))),
        )

    def _sides(self, indicator: Indicator) -> Iterator[Side]:
        if self._of.part is not None:
            yield replace(self._side(self._of.label, self._of.part, indicator), own=True)
        yield self._side(self._t("Whole survey"), self._whole, indicator)

    def _side(self, name: str, part: PartResults, indicator: Indicator) -> Side:
        asked = Asked(indicator, self._questionnaire, self._of.results.threshold, self._t)
        said: Headline = headline(part.indicators[indicator.id], asked)
        return Side(name, said.value, said.unit, said.base, said.warning)

    def _dimensions(self, profile: Profile) -> Table:
        """The means of the dimensions, a row for each, the group's before the whole's."""
        t, sides = self._t, [(self._t("Whole survey"), self._whole)]
        if self._of.part is not None:
            sides.insert(0, (self._of.label, self._of.part))
        figures = [part.indicators[profile.id] for _, part in sides]
        shown = [figure for figure in figures if isinstance(figure, ProfileFigure)]
        ends = t("from {lowest} to {highest}", lowest=shown[-1].lowest, highest=shown[-1].highest)
        rows = tuple(
            (Cell(t.choose(one.label)), *(self._mean(figure.dimensions[one.id]) for figure in shown))
            for one in profile.dimensions
        )
        header = (t("Dimension"), *(name for name, _ in sides))
        return Table(t("Means of the dimensions, {ends}", ends=ends), header, rows)

    def _mean(self, figure: DimensionFigure) -> Cell:
        if figure.mean is None:
            return withheld(figure.reason, self._of.results.threshold, self._t)
        n = f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{self._t.number(figure.n or 0)}"
        notes = (n, caution(figure.presentation, self._t))
        return Cell(self._t.number(figure.mean, 2), "; ".join(filter(None, notes)))

    def _said(self, indicator: Indicator) -> Iterator[str]:
        """What the group's figure says, and whether it stands out; the whole's where no group is shown."""
        shown, threshold = self._of.part or self._whole, self._of.results.threshold
        figure = shown.indicators[indicator.id]
        said = sentence(figure, indicator, self._questionnaire, self._t, threshold)
        yield self._named(said)
        if figure.reason is None and (compared := comparison_sentence(figure, indicator, self._t)):
            yield compared

    def _named(self, said: str) -> str:
        """A sentence with the name of whom it is said of, where two sides stand beside one another."""
        if self._of.part is None:
            return said
        return self._t("{group}: {sentence}", group=self._of.label, sentence=said)

    def _pictures(self, whats: tuple[str, ...]) -> Iterator[Picture]:
        for what in whats:
            found = picture(self._of.results, self._questionnaire, what, self._t, self._of.by)
            if found is not None:
                yield found

    def questions(self) -> Iterator[Picture]:
        """All questions on scales in one picture, then every other question that is not a free text."""
        scales = any(item.scale for item in self._questionnaire.items)
        others = (one.id for one in self._questionnaire.items if one.kind not in (Kind.SCALE, Kind.TEXT))
        yield from self._pictures((*(("items",) if scales else ()), *others))
