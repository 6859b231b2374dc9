"""A questionnaire as its author reads it: what is asked, of whom, and which figures come out, as lines.

The page that respondents see is `survey.web.public`; here stand also the ids and codes that files use.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, groupby
from textwrap import wrap

from survey.definitions.conditions import NOT_APPLICABLE
from survey.definitions.model import (
    Condition,
    Export,
    Group,
    Indicator,
    Item,
    JointShare,
    Kind,
    Mean,
    Mode,
    Profile,
    Questionnaire,
    Ranking,
    Recommendation,
    Section,
    Share,
    Source,
    StatusChange,
    Summary,
)
from survey.definitions.wording import only_if, range_of, rest, shared
from survey.language import Language, Text, text
from survey.narrative.words import label

WIDTH = 88
"""Characters in a line."""

_MODES: Mapping[Mode, Text] = {
    Mode.ANONYMOUS: text("anonymous"),
    Mode.NAMED: text("with the organization's name"),
    Mode.PANEL: text("the same people over several waves"),
}


def lines(questionnaire: Questionnaire, t: Language) -> Iterator[str]:
    """The whole questionnaire in one language, line by line."""
    yield from _head(questionnaire, t)
    number = 1
    for section in questionnaire.sections:
        yield from _section(section, number, questionnaire, t)
        number += len(section.items)
    yield from _figures(questionnaire, t)
    yield from _breakdowns(questionnaire, t)
    yield from _taken(questionnaire, t)


def _head(questionnaire: Questionnaire, t: Language) -> Iterator[str]:
    title = t.choose(questionnaire.title)
    yield from (title, "=" * len(title))
    facts = (
        t("{id}, version {version}", id=questionnaire.id, version=str(questionnaire.version)),
        t(_MODES[questionnaire.mode]),
        t.plural("{n} question", "{n} questions", len(questionnaire.items)),
        t.plural("about {n} minute", "about {n} minutes", questionnaire.minutes),
    )
    yield "; ".join(facts)
    yield ""
    yield from wrap(t.choose(questionnaire.introduction), WIDTH)


def _section(section: Section, first: int, questionnaire: Questionnaire, t: Language) -> Iterator[str]:
    title = t.choose(section.title)
    yield from ("", title, "-" * len(title))
    numbered = zip(count(first), section.items, strict=False)
    for group, entries in groupby(numbered, lambda entry: entry[1].group):
        together = tuple(entries)
        said = shared(item for _, item in together) if group else None
        if group:
            yield from _group(group, said, together[0][1], questionnaire, t)
        for number, item in together:
            if not group:
                yield ""
            yield from _item(item, number, rest(item, said), questionnaire, t)


def _group(
    group: Group, said: Condition | None, first: Item, questionnaire: Questionnaire, t: Language
) -> Iterator[str]:
    """What stands above the items of a group: its text, whom it is put to, its help and its scale."""
    yield ""
    yield from _indented(t.choose(group.text), 2)
    if said:
        yield from _indented(t(only_if(questionnaire, said)), 2)
    yield from _indented(t.choose(group.help or {}), 2)
    yield from _ANSWERS[first.kind](first, t)


def _item(
    item: Item, number: int, condition: Condition | None, questionnaire: Questionnaire, t: Language
) -> Iterator[str]:
    required = f" ({t('required')})" if item.required else ""
    yield from wrap(
        f"{t.choose(item.text)}{required} [{item.id}]",
        WIDTH, initial_indent=f"{number:>3}. ", subsequent_indent=" " * 5,
    )  # fmt: skip
    if condition:
        yield from _indented(t(only_if(questionnaire, condition)), 5)
    yield from _indented(t.choose(item.help or {}), 5)
    yield from (f"     {t(note)}" for note in _notes(item))
    if not item.group:
        yield from _ANSWERS[item.kind](item, t)


def _notes(item: Item) -> Iterator[Text]:
    """What respondents do not read, but authors decide."""
    if item.reversed:
        yield text("Turned round before it enters a dimension.")
    if item.demographic:
        yield text("Demographic: tells who the respondent is.")


def _indented(words: str, by: int) -> Iterator[str]:
    yield from wrap(words, WIDTH, initial_indent=" " * by, subsequent_indent=" " * by)


def _one_of(item: Item, t: Language) -> Iterator[str]:
    yield from _marked("( )", _labels(item, t))


def _some_of(item: Item, t: Language) -> Iterator[str]:
    alone = {option.value for option in item.options if option.exclusive}
    note = f" ({t('goes with no other')})"
    yield from _marked(
        "[ ]", {code: said + note * (code in alone) for code, said in _labels(item, t).items()}
    )
    if item.max_choices:
        yield from _indented(t("At most {n} of them.", n=item.max_choices), 5)


def _labels(item: Item, t: Language) -> dict[str, str]:
    apart = {NOT_APPLICABLE: item.not_applicable} if item.not_applicable else {}
    return {code: t.choose(label) for code, label in {**item.labels, **apart}.items()}


def _marked(mark: str, labels: Mapping[str, str]) -> Iterator[str]:
    """One option a line, its code first where that is not what the label says."""
    widest = max((len(code) for code in labels), default=0)
    for code, said in labels.items():
        yield f"     {mark} {code.ljust(widest)}  {said}" if said != code else f"     {mark} {code}"


def _number(item: Item, t: Language) -> Iterator[str]:
    unit = [t("Unit: {unit}.", unit=t.choose(item.unit))] if item.unit else []
    yield from _indented(" ".join([t(range_of(item)), *unit]), 5)
    yield from _marked("[ ]", _labels(item, t))


def _prose(item: Item, t: Language) -> Iterator[str]:
    yield from _indented(t("At most {n} characters.", n=item.max_length), 5)


_ANSWERS: Mapping[Kind, Callable[[Item, Language], Iterator[str]]] = {
    Kind.SCALE: _one_of,
    Kind.CHOICE: _one_of,
    Kind.CHOICES: _some_of,
    Kind.NUMBER: _number,
    Kind.TEXT: _prose,
}


def _figures(questionnaire: Questionnaire, t: Language) -> Iterator[str]:
    if not questionnaire.indicators:
        return
    title = t("Figures")
    yield from ("", title, "-" * len(title))
    for indicator in questionnaire.indicators:
        said = _DESCRIBED[type(indicator)](indicator, t)
        yield from wrap(
            f"{label(indicator, questionnaire, t)} [{indicator.id}]: {said}",
            WIDTH, initial_indent="  ", subsequent_indent="    ",
        )  # fmt: skip


def _run(values: Sequence[str]) -> str:
    """Codes in a row: whole numbers that follow one another as 0-6, others with commas between."""
    numbers = [int(value) for value in values if value.lstrip("-").isdecimal()]
    in_a_row = len(numbers) == len(values) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1))
    return f"{values[0]}-{values[-1]}" if in_a_row else ", ".join(values) or "-"


def _mean(indicator: Mean, t: Language) -> str:
    return t("mean of {item}", item=indicator.item)


def _share(indicator: Share, t: Language) -> str:
    return t("share of {values} in {item}", values=_run(indicator.values), item=indicator.item)


def _joint(indicator: JointShare, t: Language) -> str:
    values, items = _run(indicator.values), ", ".join(indicator.items)
    if indicator.need == "all":
        return t("share of people with {values} in every one of {items}", values=values, items=items)
    return t("share of people with {values} in at least one of {items}", values=values, items=items)


def _ranking(indicator: Ranking, t: Language) -> str:
    return t("the options of {item}, the most ticked first", item=indicator.item)


def _recommendation(indicator: Recommendation, t: Language) -> str:
    said = t("share of {values} in {item}", values=_run(indicator.would), item=indicator.item)
    if not indicator.promoters:
        return said
    sets = (indicator.promoters, indicator.passives, indicator.detractors)
    promoters, passives, detractors = map(_run, sets)
    score = t(
        "score of promoters ({promoters}), passives ({passives}) and detractors ({detractors})",
        promoters=promoters, passives=passives, detractors=detractors,
    )  # fmt: skip
    return f"{said}; {score}"


def _status_change(indicator: StatusChange, t: Language) -> str:
    return t("from {before} to {after}", before=indicator.before, after=indicator.after)


def _profile(indicator: Profile, t: Language) -> str:
    named = (f"{t.choose(one.label)} ({', '.join(one.items)})" for one in indicator.dimensions)
    return t("dimensions: {dimensions}", dimensions="; ".join(named))


def _summary(indicator: Summary, t: Language) -> str:
    said = t("mean, median and sum of {item}", item=indicator.item)
    bands = ", ".join(t.number(band, None) for band in indicator.bands)
    return said + (f"; {t('bars from {bands}', bands=bands)}" if bands else "")


_DESCRIBED: Mapping[type[Indicator], Callable[..., str]] = {
    Mean: _mean,
    Share: _share,
    JointShare: _joint,
    Ranking: _ranking,
    Recommendation: _recommendation,
    StatusChange: _status_change,
    Profile: _profile,
    Summary: _summary,
}


def _breakdowns(questionnaire: Questionnaire, t: Language) -> Iterator[str]:
    if not questionnaire.breakdowns:
        return
    title = t("Groups")
    yield from ("", title, "-" * len(title))
    for breakdown in questionnaire.breakdowns:
        source = _SOURCES[breakdown.source]
        inside = f", {t('inside {breakdown}', breakdown=breakdown.inside)}" if breakdown.inside else ""
        yield f"  {t.choose(breakdown.label)} [{breakdown.id}]: {t(source)}{inside}"
    for cross in questionnaire.crosses:
        rows = t.choose(questionnaire.breakdown(cross.rows).label)
        columns = t.choose(questionnaire.breakdown(cross.columns).label)
        yield f"  {t('{rows} by {columns}', rows=rows, columns=columns)} [{cross.id}]: {t('shown together')}"


_SOURCES: Mapping[Source, Text] = {
    Source.INVITATION: text("from the list of invited people"),
    Source.ITEM: text("from the answers"),
}


def _taken(questionnaire: Questionnaire, t: Language) -> Iterator[str]:
    said = taken_away(questionnaire, t)
    if said:
        title = t("Single answers")
        yield from ("", title, "-" * len(title))
        yield from wrap(said, WIDTH, initial_indent="  ", subsequent_indent="  ")


def taken_away(questionnaire: Questionnaire, t: Language) -> str:
    """What the author gains and loses by a file of answers of a wave that is not named; empty without one."""
    if questionnaire.export is None or questionnaire.mode is Mode.NAMED:
        return ""
    return " ".join((_file(questionnaire, questionnaire.export, t), *_lost(questionnaire, t)))


def _file(questionnaire: Questionnaire, export: Export, t: Language) -> str:
    if export.breakdown is None:
        return t(
            "Once a wave is closed, evaluators can download single answers, a row for each person, without "
            "any group; respondents are told so."
        )
    return t(
        "Once a wave is closed, evaluators can download single answers, a row for each person, with the "
        "group by “{breakdown}”; respondents are told so.",
        breakdown=t.choose(questionnaire.breakdown(export.breakdown).label),
    )


def _lost(questionnaire: Questionnaire, t: Language) -> Iterator[str]:
    """The breakdowns by which nothing is shown for the file's sake."""
    shown, lost = (
        t.listing(
            [
                t("“{label}”", label=t.choose(b.label))
                for b in questionnaire.breakdowns
                if (b in questionnaire.shown_by) is kept
            ]
        )
        for kept in (True, False)
    )
    if lost and shown:
        yield t(
            "Results are shown for the whole wave and by {shown}, but not by {lost}: from such figures one "
            "could work out which rows belong to a group. If you need them, leave out “export”.",
            shown=shown, lost=lost,
        )  # fmt: skip
    elif lost:
        yield t(
            "Results are shown for the whole wave only, not by {lost}: from such figures one could work out "
            "which rows belong to a group. If you need them, leave out “export”, or export a breakdown.",
            lost=lost,
        )
