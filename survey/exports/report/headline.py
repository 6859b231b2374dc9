"""The summary, and the figures of the whole wave: one number each, rankings, numbers."""

from collections.abc import Iterator

from survey.definitions.model import (
    Indicator,
    Item,
    JointShare,
    Mean,
    Profile,
    Ranking,
    Recommendation,
    Share,
    StatusChange,
    Summary,
)
from survey.exports.report.desk import Desk
from survey.exports.report.facts import Facts
from survey.exports.report.model import Block, Cite, Paragraph, Place, Points, Said, Section, Table
from survey.exports.report.parts import (
    answers_cell,
    anything_shown,
    figure_sentence,
    indicator_place,
    interval_cell,
    is_mean,
    name_of,
    perceived_said,
    picture,
    scales,
    star_notes,
    value_cell,
)
from survey.indicators.measures import Measured, measured
from survey.indicators.model import Figure, ItemFigure, MeanFigure, RecommendationFigure
from survey.narrative import label, response_sentence, score_sentence
from survey.narrative.words import AS_COUNTS, on_scale

APART = (Profile, StatusChange)
"""Kinds of indicator that have a section of their own."""


def summary(facts: Facts, desk: Desk, further: tuple[Paragraph, ...]) -> Section:
    """Everything that matters, in one sentence each; `further` are those of groups and of the baseline."""
    t, of = desk.t, facts.questionnaire
    response = desk.tied(
        response_sentence(facts.results.whole.response, of.audience, t), ("results", "response")
    )
    figures = [Paragraph((figure_sentence(desk, one),)) for one in of.indicators]
    if not anything_shown(desk):
        figures = [Paragraph((desk.say("No figure of this wave can be shown: there are too few answers."),))]
    said = (Paragraph((response,)), *figures, *further)
    closing = [Said(t("All figures are those of the people who answered."))]
    if of.audience == "organization":
        closing = [Said(t("All figures are those of the organizations that answered."))]
    if any(isinstance(one, APART) for one in of.indicators) and of.audience != "organization":
        closing.append(perceived_said(desk))
    return Section("summary", t("Summary"), (Points(said), Paragraph(tuple(closing))), apart=True)


def headline(facts: Facts, desk: Desk) -> Section | None:
    """The section of the headline figures, or of the organizations' own measures; None without any."""
    t, of = desk.t, facts.questionnaire
    shown = [one for one in of.indicators if not isinstance(one, APART)]
    if not shown:
        return None
    own = of.audience == "organization"
    title = t("The organizations’ own measures") if own else t("Headline figures")
    blocks: tuple[Block, ...] = tuple(_overview(desk))
    sections = tuple(_one(facts, desk, one) for one in shown)
    return Section("headline", title, blocks, sections)


def _overview(desk: Desk) -> Iterator[Table]:
    """The figures that are one number, in one table; nothing where there is one at most."""
    t, figures = desk.t, desk.results.whole.indicators
    paths = {path: one for path, one in measured(figures).items() if len(path) == 1}
    if len(paths) < 2:
        return
    rows = []
    for path, figure in paths.items():
        where = indicator_place(path[0])
        rows.append((
            Said(name_of(desk, path)), _value(desk, path[0], figure), answers_cell(desk, where),
            interval_cell(desk, where, is_mean(figure)),
        ))  # fmt: skip
    header = (t("Figure"), t("Value"), t("Answers"), t("95% interval"))
    own = desk.questionnaire.audience == "organization"
    caption = t("The measures at a glance") if own else t("The figures at a glance")
    yield Table(Said(caption), (*map(Said, header[:3]), desk.tied(header[3])), tuple(rows),
                star_notes(desk, [row[2] for row in rows]))  # fmt: skip


def _value(desk: Desk, indicator: str, figure: Measured) -> Said:
    """3.8 out of 5, 57%, 10 of 16."""
    where, of = indicator_place(indicator), desk.questionnaire.indicator(indicator)
    scale = desk.questionnaire.item(of.item).scale if isinstance(of, Mean) else None
    if scale is None or not isinstance(figure, MeanFigure) or figure.value is None:
        return value_cell(desk, where, is_mean(figure))
    said = on_scale(figure.value, scale.lowest, scale.highest, desk.t)
    return desk.tied(said, (*where, "value"), *scales(of))


def _one(facts: Facts, desk: Desk, indicator: Indicator) -> Section:
    figure = desk.results.whole.indicators[indicator.id]
    title = label(indicator, desk.questionnaire, desk.t)
    blocks: list[Block] = [Paragraph((figure_sentence(desk, indicator), *_more(desk, indicator, figure)))]
    if figure.reason is None and getattr(figure, "n", None):
        caption = _based(desk, title, indicator_place(indicator.id))
        blocks += picture(desk, indicator.id, caption, table=False)
    return Section(f"figure-{indicator.id}", title, tuple(blocks))


def _based(desk: Desk, title: str, where: Place) -> Said:
    """A chart's caption: what it shows, and of how many."""
    n = Cite("count", ((*where, "n"),))
    if desk.questionnaire.audience == "organization":
        return desk.plural("{title} ({n} organization)", "{title} ({n} organizations)", n, title=title)
    return desk.plural("{title} ({n} answer)", "{title} ({n} answers)", n, title=title)


def _more(desk: Desk, indicator: Indicator, figure: Figure) -> Iterator[Said]:
    """What a reader wants to know beside the figure's own sentence."""
    if figure.reason is not None:
        return
    if isinstance(indicator, Mean):
        yield from _ends(desk, indicator)
    if isinstance(indicator, Recommendation) and isinstance(figure, RecommendationFigure):
        score = score_sentence(figure, desk.t)
        if score:
            yield desk.tied(score, indicator_place(indicator.id), *scales(indicator))
        yield from _counted(desk, indicator.item, indicator.would)
        yield from _mapped(desk, indicator)
    if isinstance(indicator, Share):
        yield from _counted(desk, indicator.item, indicator.values)
    if isinstance(indicator, Summary):
        yield from _asked(desk, indicator.item)
    if isinstance(indicator, JointShare):
        asked = (desk.t.choose(desk.questionnaire.item(item).text) for item in indicator.items)
        quoted = [desk.t("“{option}”", option=text) for text in asked]
        yield Said(desk.t("The questions were: {questions}.", questions=desk.t.listing(quoted)))
    if isinstance(indicator, Ranking):
        yield from _asked(desk, indicator.item)
    if isinstance(indicator, Ranking) and getattr(figure, "presentation", None) not in AS_COUNTS:
        yield Said(desk.t("The shares are of those who answered the question and may exceed the whole "
                          "together."))  # fmt: skip


def _asked(desk: Desk, item: str) -> Iterator[Said]:
    asked = desk.t.choose(desk.questionnaire.item(item).text)
    yield Said(desk.t("The question was: “{question}”", question=asked))


def _ends(desk: Desk, indicator: Mean) -> Iterator[Said]:
    """The question, and how many gave the highest and the lowest answers."""
    item = desk.questionnaire.item(indicator.item)
    yield from _asked(desk, indicator.item)
    found = desk.results.whole.items[item.id]
    if not found.top2 or not found.bottom2 or found.top2.count is None or found.bottom2.count is None:
        return
    if item.scale is None or found.presentation in AS_COUNTS or not found.n:
        return
    where = ("results", "items", item.id)
    ends = {
        name: Cite("part", ((*where, name, "count"), (*where, name, "n"))) for name in ("top2", "bottom2")
    }
    high, low = (_labels(desk, item, points) for points in (item.scale.top2, item.scale.bottom2))
    yield desk.say(
        "Answers {high}: {top}; {low}: {bottom}.",
        top=ends["top2"], high=_either(desk, high), bottom=ends["bottom2"], low=_either(desk, low),
    )  # fmt: skip


def _labels(desk: Desk, item: Item, codes: tuple[int, ...] | tuple[str, ...]) -> list[str]:
    t = desk.t
    return [t("“{option}”", option=t.choose(item.labels[str(code)])) for code in codes]


def _either(desk: Desk, labels: list[str]) -> str:
    if len(labels) == 1:
        return labels[0]
    return desk.t("{some} or {last}", some=", ".join(labels[:-1]), last=labels[-1])


def _counted(desk: Desk, item_id: str, codes: tuple[str, ...]) -> Iterator[Said]:
    """Which answers a share counts."""
    t, item = desk.t, desk.questionnaire.item(item_id)
    yield from _asked(desk, item_id)
    labels = _labels(desk, item, codes)
    if len(labels) == 1:
        yield Said(t("Counted is the answer {answers}.", answers=labels[0]))
    else:
        yield Said(t("Counted are the answers {answers}.", answers=t.listing(labels)))


def _mapped(desk: Desk, indicator: Recommendation) -> Iterator[Said]:
    """Who counts as promoter, where there is a score."""
    score = desk.value((*indicator_place(indicator.id), "score"))
    if not indicator.promoters or not score or score["value"] is None:
        return
    item = desk.questionnaire.item(indicator.item)
    if item.scale is None or len(item.codes) > 7:
        yield from _mapped_numbers(desk, indicator)
        return
    names = {
        name: desk.t.listing(_labels(desk, item, codes))
        for name, codes in (
            ("promoters", indicator.promoters), ("passives", indicator.passives),
            ("detractors", indicator.detractors),
        )
    }  # fmt: skip
    yield Said(
        desk.t("Promoters answered {promoters}, passives {passives}, detractors {detractors}.", **names)
    )


def _mapped_numbers(desk: Desk, indicator: Recommendation) -> Iterator[Said]:
    """The same by the points of a long scale."""
    where = (*indicator_place(indicator.id), "mapping")
    ends = {
        f"{name}_{end}": Cite("text", ((*where, name, position),))
        for name in ("promoters", "passives", "detractors")
        for end, position in (("from", "0"), ("to", str(len(desk.value((*where, name))) - 1)))
    }
    yield desk.say(
        "Promoters answered from {promoters_from} to {promoters_to}, passives from {passives_from} to "
        "{passives_to}, detractors from {detractors_from} to {detractors_to}.",
        **ends,
    )


def comments(facts: Facts, desk: Desk) -> Section | None:
    """How many comments came; None where none were asked for."""
    asked = [item for item in facts.questionnaire.items if item.kind == "text"]
    if not asked:
        return None
    said = tuple(_comments(desk, item, facts.results.whole.items[item.id]) for item in asked)
    quoted = Said(desk.t("The comments are not quoted here: a comment may tell who wrote it."))
    came = any(facts.results.whole.items[item.id].n for item in asked)
    return Section("comments", desk.t("Comments"), (Paragraph((*said, *([quoted] if came else []))),))


def _comments(desk: Desk, item: Item, figure: ItemFigure) -> Said:
    asked = desk.t.choose(item.text)
    if figure.n is None:
        why = desk.withheld(figure.reason)
        return desk.say("“{question}”: how many comments came is not shown ({reason}).",
                        question=asked, reason=why)  # fmt: skip
    if not figure.n:
        return desk.say("“{question}”: nobody wrote a comment.", question=asked)
    return desk.plural("“{question}”: {n} comment.", "“{question}”: {n} comments.",
                       Cite("count", (("results", "items", item.id, "n"),)), question=asked)  # fmt: skip
