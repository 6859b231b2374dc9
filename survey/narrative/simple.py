"""One sentence for each kind of indicator that needs no more: mean, share, status change, summary."""

from decimal import Decimal

from survey.counts import Reason
from survey.definitions.model import JointShare, Mean, Questionnaire, Share, StatusChange, Summary
from survey.indicators.model import MeanFigure, ShareIndicatorFigure, StatusChangeFigure, SummaryFigure
from survey.language import Language, round_half_up
from survey.narrative.reasons import reason_text
from survey.narrative.words import AS_COUNTS, base, caution, label, on_scale, people, perceived, percent


def mean_sentence(figure: MeanFigure, indicator: Mean, questionnaire: Questionnaire, t: Language) -> str:
    """Usefulness 3.8 out of 5, with its answers and its interval."""
    scale = questionnaire.item(indicator.item).scale
    if scale is None or figure.value is None:
        raise TypeError(f"indicator {indicator.id} has no mean of a scale")
    said = t(
        "{label} {mean} ({base}).",
        label=label(indicator, questionnaire, t),
        mean=on_scale(figure.value, scale.lowest, scale.highest, t),
        base=base(figure, t),
    )
    return said + caution(figure.presentation, t)


def share_sentence(
    figure: ShareIndicatorFigure, indicator: Share | JointShare, questionnaire: Questionnaire, t: Language
) -> str:
    """A share with its count and base; the count alone where the answers are few."""
    name, n, count = label(indicator, questionnaire, t), figure.n or 0, figure.count or 0
    if figure.presentation in AS_COUNTS:
        return t(
            "{label}: {count} of {who}.", label=name, count=count, who=people(n, questionnaire.audience, t)
        )
    said = {"label": name, "percent": percent(count, n, t), "count": count, "n": n}
    if isinstance(indicator, JointShare):
        worded = t("{label}: {percent} ({count} of the {n} who answered all of these questions).", **said)
    else:
        worded = t("{label}: {percent} ({count} of the {n} who answered this question).", **said)
    return worded + caution(figure.presentation, t)


def status_change_sentence(
    figure: StatusChangeFigure, indicator: StatusChange, questionnaire: Questionnaire, t: Language
) -> str:
    """How many changed status, what that does not prove, and who is left out."""
    who = people(figure.n or 0, questionnaire.audience, t)
    if figure.movers is None:
        why = t(reason_text(figure.transitions_reason or Reason.TOO_FEW_PER_STATUS))
        said = [t("Both statuses of {who}; how many changed is not shown ({reason}).", who=who, reason=why)]
    elif figure.movers:
        moved = t.plural(
            "{n} of {who} changed status.", "{n} of {who} changed status.", figure.movers, who=who
        )
        because = t("These changes happened during the service, not necessarily because of it.")
        said = [moved, because, perceived(t)]
    else:
        said = [t("None of {who} changed status.", who=who)]
    one_sided = (figure.only_before or 0) + (figure.only_after or 0)
    if one_sided:
        left_out = people(one_sided, questionnaire.audience, t)
        said.append(
            t.plural(
                "{who} gave only one of the two statuses and is left out.",
                "{who} gave only one of the two statuses and are left out.",
                one_sided,
                who=left_out,
            )
        )
    return " ".join(said) + caution(figure.presentation, t)


def summary_sentence(
    figure: SummaryFigure, indicator: Summary, questionnaire: Questionnaire, t: Language
) -> str:
    """Mean, median and range together: of skewed numbers the mean alone misleads."""

    def say(value: float | None) -> str:
        return _short(value or 0, max(1, questionnaire.item(indicator.item).decimals), t)

    name, who = label(indicator, questionnaire, t), people(figure.n or 0, questionnaire.audience, t)
    unit = questionnaire.item(indicator.item).unit
    mean, median = " ".join([say(figure.mean), *([t.choose(unit)] if unit else [])]), say(figure.median)
    if figure.presentation == "counts" or figure.median is None:
        said = t("{label}: {mean} on average ({who}).", label=name, mean=mean, who=who)
    elif figure.min is None or figure.max is None:
        said = t(
            "{label}: {mean} on average, median {median} ({who}).",
            label=name,
            mean=mean,
            median=median,
            who=who,
        )
    else:
        said = t(
            "{label}: {mean} on average, median {median}, from {low} to {high} ({who}).",
            label=name,
            mean=mean,
            median=median,
            low=say(figure.min),
            high=say(figure.max),
            who=who,
        )
    return said + caution(figure.presentation, t)


def _short(value: float, digits: int, t: Language) -> str:
    """At most `digits` decimals, none where they are all zero: 57, 57.4."""
    rounded: Decimal = round_half_up(value, digits)
    return t.number(rounded, 0 if rounded == rounded.to_integral_value() else digits)
