"""A results page as values, in the order in which an evaluator reads: figure, n, chart, sentence. Pure."""

from dataclasses import dataclass
from itertools import chain

from survey.charts import views
from survey.definitions.model import Indicator, Profile, Questionnaire
from survey.indicators.model import Results
from survey.language import Language
from survey.narrative import label, response_sentence, sentence
from survey.web.evaluators.expert_tables import comparisons, expert_tables
from survey.web.evaluators.group_tables import groups, profile_groups
from survey.web.evaluators.headlines import Asked, Fact, Headline, headline
from survey.web.evaluators.item_tables import other_items, scale_items
from survey.web.evaluators.pictures import Picture, picture
from survey.web.evaluators.technical import technical
from survey.web.evaluators.words import DASH, Cell, Table, response_rate


@dataclass(frozen=True)
class ResponseBox:
    """The response: its big value, its base, how far the bar goes (0 to 100), and one sentence."""

    value: str
    base: str
    percent: float | None
    sentence: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Block:
    """One indicator; `more` are its further charts."""

    id: str
    title: str
    headline: Headline
    sentence: str
    picture: Picture | None
    more: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class WholePage:
    """The whole wave: its indicators, then all its items, then the technical details."""

    blocks: tuple[Block, ...]
    items: Picture | None
    scale_items: tuple[Table, ...]
    other_items: tuple[Table, ...]
    technical: tuple[Table, ...]


@dataclass(frozen=True)
class GroupsPage:
    """The groups of one breakdown side by side."""

    label: str
    overview: Table
    profiles: tuple[Table, ...]
    pictures: tuple[Picture, ...]
    technical: tuple[Table, ...]


def response_box(results: Results, audience: str, t: Language) -> ResponseBox:
    """The response of the whole wave."""
    response = results.whole.response
    answered = response.complete + response.partial
    facts = (
        (t("Complete"), Cell(t.number(response.complete), response_rate(response.rr1, response, t))),
        (t("Partial"), Cell(t.number(response.partial))),
        (t("Too short to count"), Cell(t.number(response.responses - answered))),
    )
    percent = None if response.rr2 is None else 100 * response.rr2
    if response.rr2 is None:
        base = t.plural("{n} answer", "{n} answers", response.responses)
    else:
        base = t("{count} of {n} invited", count=answered, n=response.invited)
    return ResponseBox(
        response_rate(response.rr2, response, t) or DASH,
        base,
        percent,
        response_sentence(response, audience, t),
        facts,
    )


def whole_page(results: Results, questionnaire: Questionnaire, t: Language) -> WholePage:
    """Everything about the whole wave."""
    has_scales = any(item.scale for item in questionnaire.items)
    return WholePage(
        blocks=tuple(_block(indicator, results, questionnaire, t) for indicator in questionnaire.indicators),
        items=picture(results, questionnaire, "items", t) if has_scales else None,
        scale_items=tuple(scale_items(results, questionnaire, t)),
        other_items=tuple(other_items(results, questionnaire, t)),
        technical=(technical(results, questionnaire, t), *expert_tables(results, questionnaire, t)),
    )


def _block(indicator: Indicator, results: Results, questionnaire: Questionnaire, t: Language) -> Block:
    figure = results.whole.indicators[indicator.id]
    shown = figure.reason is None
    first, *more = _pictures(indicator, results, questionnaire, t) if shown else [None]
    return Block(
        indicator.id,
        label(indicator, questionnaire, t),
        headline(figure, Asked(indicator, questionnaire, results.threshold, t)),
        sentence(figure, indicator, questionnaire, t) if shown else "",
        first,
        tuple(one for one in more if one is not None),
    )


def _pictures(
    indicator: Indicator, results: Results, questionnaire: Questionnaire, t: Language, by: str | None = None
) -> list[Picture | None]:
    """Every chart of an indicator."""
    return [picture(results, questionnaire, what, t, by) for what in views(indicator)]


def groups_page(results: Results, questionnaire: Questionnaire, by: str, t: Language) -> GroupsPage:
    """The groups of the breakdown `by`; the wave has one of this name."""
    profiles = [indicator for indicator in questionnaire.indicators if isinstance(indicator, Profile)]
    response = picture(results, questionnaire, "response", t, by)
    pictures = (_pictures(one, results, questionnaire, t, by) for one in questionnaire.indicators)
    return GroupsPage(
        t.choose(questionnaire.breakdown(by).label),
        groups(results, by, questionnaire, t),
        tuple(profile_groups(results, by, profile, questionnaire, t) for profile in profiles),
        tuple(one for one in (response, *chain.from_iterable(pictures)) if one is not None),
        tuple(comparisons(results, by, questionnaire, t)),
    )


def breakdown_links(results: Results, questionnaire: Questionnaire, t: Language) -> list[tuple[str, str]]:
    """(id, label) of every breakdown that the release holds."""
    return [
        (breakdown.id, t.choose(breakdown.label))
        for breakdown in questionnaire.breakdowns
        if breakdown.id in results.by
    ]
