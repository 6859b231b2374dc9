"""Why something is not shown, in words."""

from collections.abc import Callable, Mapping

from survey.counts import Reason
from survey.indicators.statistics import FEWEST_FOR_INTERVAL, FEWEST_FOR_SCORE
from survey.language import Text, text
from survey.pairs import FEWEST_PER_STATUS

REASONS: Mapping[Reason, Text] = {
    Reason.TOO_FEW_ANSWERS: text("too few answers"),
    Reason.PROTECTS_ANOTHER: text("it would give away single answers"),
    Reason.TOO_FEW_INVITED: text("too few people invited"),
    Reason.PARENT_NOT_SHOWN: text("the group it belongs to is not shown"),
    Reason.TOO_FEW_PER_STATUS: text(
        "fewer than {fewest} people in one of the statuses before", fewest=FEWEST_PER_STATUS
    ),
    Reason.NO_ANSWERS: text("no answers"),
    Reason.NOT_DEFINED: text("the questionnaire does not define it"),
    Reason.TOO_FEW_FOR_INTERVAL: text(
        "fewer than {fewest} answers, too few for an interval", fewest=FEWEST_FOR_INTERVAL
    ),
    Reason.NO_SPREAD: text("all answers are equal"),
    Reason.EVERYONE_ANSWERED: text("everyone answered"),
    Reason.POPULATION_UNKNOWN: text("it is not known how many were reached"),
    Reason.NOBODY_MOVED: text("nobody changed status"),
    Reason.TOO_FEW_FOR_SCORE: text(
        "fewer than {fewest} answers, too few for a score", fewest=FEWEST_FOR_SCORE
    ),
    Reason.NAMED_ONLY: text("shown in named waves only"),
    Reason.NO_GROUP: text("free texts are stored without their group"),
    Reason.WHOLE_ONLY: text("computed for the whole wave only"),
    Reason.FROM_ANSWERS: text("who belongs to the group is known from the answers only"),
    Reason.NOT_ASKED_OF_ALL: text("the question was not put to everybody"),
    Reason.EMPTY_STRATUM: text("nobody in one of the groups answered this question"),
    Reason.NO_REST: text("there is nobody else to compare with"),
    Reason.NOT_ADDITIVE: text("it does not follow from a release that was merged or written to a file"),
    Reason.HIDDEN_IN_A_PART: text("one of the merged releases does not show it"),
    Reason.NOT_ONE_GROUP: text("several groups are shown together"),
    Reason.LITTLE_COVERED: text("the groups that are shown hold too few of the people invited"),
    Reason.NOT_COUNTED: text("the wave was counted without it"),
    Reason.MAY_BE_LINKED: text("the same organizations may have answered both times, so no test fits"),
    Reason.ANSWERS_TAKEN: text(
        "single answers of this wave can be downloaded, and figures of these groups would tell whose they are"
    ),
    Reason.AGAINST_EACH_OTHER: text("its questions run against each other"),
}

LEFT_OUT = text(
    "Nothing is shown by these groups: single answers of this wave can be downloaded, and figures of the "
    "groups would tell whose they are. Its respondents were told that evaluators can read single answers."
)
"""Of a breakdown by which nothing is shown for the sake of a file of answers, a sentence of its own."""

BELOW: Mapping[Reason, Callable[[int], Text]] = {
    Reason.TOO_FEW_ANSWERS: lambda threshold: text("fewer than {threshold} answers", threshold=threshold),
    Reason.TOO_FEW_INVITED: lambda threshold: text(
        "fewer than {threshold} people invited", threshold=threshold
    ),
}
"""The reasons that name the wave's threshold where it is at hand."""


def reason_text(reason: Reason, threshold: int | None = None) -> Text:
    """Why something is not shown, as the end of a sentence: no capital, no full stop."""
    if threshold is not None and reason in BELOW:
        return BELOW[reason](threshold)
    return REASONS[reason]
