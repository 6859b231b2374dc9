"""The page of one breakdown as values: who answered, all figures side by side, then each of them. Pure."""

from dataclasses import replace

from survey.definitions.model import Indicator, Item, Kind, Profile, Questionnaire
from survey.indicators.measures import Path, measured
from survey.indicators.model import Comparison, Results
from survey.indicators.representation import representation
from survey.language import Language
from survey.narrative import (
    composition_sentence,
    groups_sentence,
    label,
    profile_groups_sentence,
    sentence,
    weighting_sentence,
)
from survey.narrative.representation import points, weighting, widest
from survey.narrative.words import figure_label
from survey.web.evaluators.blocks import Block, indicator_pictures, is_taken, response_block
from survey.web.evaluators.expert_tables import comparisons, weights
from survey.web.evaluators.group_tables import Grouped, groups, profile_groups, who_answered
from survey.web.evaluators.headlines import Asked, Headline, headline
from survey.web.evaluators.item_headlines import item_headline
from survey.web.evaluators.page import MAIN, Part, kinds_behind
from survey.web.evaluators.pictures import picture
from survey.web.evaluators.words import DASH, count_of


def groups_page(of: Grouped) -> tuple[Part, ...]:
    """The groups of one breakdown; a part without anything is left out."""
    parts = (
        *overview(of),
        *(
            Part(f"part-{name}", of.t(title), tuple(figure_block(one, of) for one in found))
            for name, title, kinds in (MAIN, *kinds_behind(of.questionnaire))
            if (found := [one for one in of.questionnaire.indicators if isinstance(one, kinds)])
        ),
        _questions(of),
    )
    return tuple(part for part in parts if part.blocks or part.picture or part.tables)


def overview(of: Grouped) -> tuple[Part, ...]:
    """Who answered, and all figures side by side."""
    return tuple(part for part in (_response(of), _side_by_side(of)) if part.blocks or part.tables)


def _response(of: Grouped) -> Part:
    """Who answered, beside who was invited; of groups that answers tell, how many there are."""
    results, questionnaire, t = of.results, of.questionnaire, of.t
    block = response_block(results, questionnaire, t, of.by)
    part = Part("part-response", t("Who answered"), (block,), (who_answered(replace(of, order=None)),))
    if questionnaire.breakdown(of.by) not in questionnaire.invited_by:
        why = t("Who belongs to these groups is known from answers only: nobody knows how many were invited.")
        return replace(part, notes=(why,))
    table = weights(results, of.by, questionnaire, t)
    blocks = filter(None, (_composition(of), _weighting(of)))
    return replace(part, blocks=(block, *blocks), folded=(table,) if table.rows else ())


def _composition(of: Grouped) -> Block | None:
    """The mix of those who answered beside that of the people invited; None where it tells nothing."""
    t, whole = of.t, of.results.whole.response
    found = ((name, representation(part.response, whole)) for name, part in of.shown)
    named = [(name, one) for name, one in found if one is not None]
    if len(named) < 2:
        return None
    title = t("Who answered, beside who was invited")
    drawn = picture(of.results, of.questionnaire, "composition", t, of.by)
    if drawn is None:
        return Block("composition", title, Headline(DASH, t("too few answers for percentages")), "")
    name, most = widest(named)
    base = t("{count} of {n} invited", count=most.all_answers, n=most.all_invited)
    said = Headline(points(most.gap, t), t("points: {group}, the widest gap", group=name), base)
    return Block("composition", title, said, composition_sentence(named, t), (drawn,))


def _weighting(of: Grouped) -> Block | None:
    """What weights would change, or why there are none; None without figures that could have any."""
    t, found = of.t, weighting(of.results, of.by)
    told = weighting_sentence(found, of.questionnaire, t)
    if not told:
        return None
    said = Headline(DASH)
    if found.n:
        unit = t("figures would be printed otherwise")
        said = Headline(count_of(len(found.moved), found.n, t), unit)
    title = t("If each group counted as much as its people")
    return Block("weighting", title, said, told)


def _side_by_side(of: Grouped) -> Part:
    profiles = [one for one in of.questionnaire.indicators if isinstance(one, Profile)]
    tables = (groups(of), *(profile_groups(of, one) for one in profiles))
    return Part("part-groups", of.t("All figures side by side"), tables=tuple(filter(None, tables)))


def figure_block(indicator: Indicator, of: Grouped) -> Block:
    """One indicator: the whole wave's figure, its charts by groups, which groups stand out."""
    results, questionnaire, t = of.results, of.questionnaire, of.t
    figure, title = results.whole.indicators[indicator.id], label(indicator, questionnaire, t)
    said = _of_whole(headline(figure, Asked(indicator, questionnaire, results.threshold, t)), t)
    if figure.reason is not None:
        return Block(f"figure-{indicator.id}", title, said, "")
    return Block(
        f"figure-{indicator.id}",
        title,
        said,
        _compared(indicator, of) or sentence(figure, indicator, questionnaire, t),
        indicator_pictures(indicator, results, questionnaire, t, of.by),
        tuple(comparisons(indicator, results, of.by, questionnaire, t)),
    )


def _compared(indicator: Indicator, of: Grouped) -> str:
    """Which groups stand out from everybody else; nothing for kinds that are not compared."""
    found: dict[Path, dict[str, Comparison | None]] = {}
    for name, part in of.shown:
        for path, figure in measured({indicator.id: part.indicators[indicator.id]}).items():
            found.setdefault(path, {})[name] = figure.against_rest
    if isinstance(indicator, Profile):
        named = {figure_label(path, of.questionnaire, of.t): one for path, one in found.items()}
        return profile_groups_sentence(named, of.t)
    return groups_sentence(next(iter(found.values()), {}), of.t)


def _of_whole(said: Headline, t: Language) -> Headline:
    """A headline that says that it is the whole wave's, without the facts beneath it."""
    return replace(said, base=t("whole wave: {base}", base=said.base), facts=()) if said.base else said


def _questions(of: Grouped) -> Part:
    """Every question on a scale in one chart, where that is not too much for one; every other by itself."""
    drawn = picture(of.results, of.questionnaire, "items", of.t, of.by)
    alone = [item for item in of.questionnaire.items if item.scale is None and is_charted(item, of)]
    blocks = tuple(question_block(item, of) for item in alone)
    return Part("part-questions", of.t("All questions by group"), blocks, picture=drawn)


def is_charted(item: Item, of: Grouped) -> bool:
    """Whether a question has a chart by groups: not a text, nor the one whose answers are the groups."""
    told = of.results.whole.items[item.id].reason is None
    return told and item.kind is not Kind.TEXT and item.id != of.by and not is_taken(item, of.questionnaire)


def question_block(item: Item, of: Grouped) -> Block:
    """One question: the whole wave's figure, its chart by groups with the chart's table."""
    figure, t = of.results.whole.items[item.id], of.t
    drawn = picture(of.results, of.questionnaire, item.id, t, of.by)
    return Block(
        f"question-{item.id}",
        t.choose(item.text),
        _of_whole(item_headline(item, figure, of.results.threshold, t), t),
        "",
        (drawn,) if drawn else (),
    )


def orders(results: Results, questionnaire: Questionnaire, t: Language) -> list[tuple[str, str]]:
    """(key, label) of every figure by whose value groups can be put in order."""
    return [
        (".".join(path), figure_label(path, questionnaire, t)) for path in measured(results.whole.indicators)
    ]


def path_of(order: str | None, results: Results) -> Path | None:
    """The figure that the key of an order names; None for the order by name. KeyError for another key."""
    if not order:
        return None
    return {".".join(path): path for path in measured(results.whole.indicators)}[order]
