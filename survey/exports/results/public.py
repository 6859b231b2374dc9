"""The release of a wave -> what of it may be published.

In anonymous and panel waves that is all of it: the release rule holds on everything. In a named wave, where
evaluators see single organizations, no group is published, and the whole wave by the anonymous waves' rule:
no figure of fewer answers than the threshold or on which all agree, no single number, no lowest and highest,
no table of who went where in which a status before had few.
"""

from dataclasses import replace

from survey import pairs
from survey.counts import MISSING, NOT_APPLICABLE, NOT_ASKED, TICKED_ANY, Reason
from survey.definitions.model import Mode
from survey.indicators.model import Results
from survey.indicators.results import results
from survey.merging import Exported, exported
from survey.release import Part, Tallied

OUTSIDE = (MISSING, NOT_APPLICABLE, NOT_ASKED, TICKED_ANY)
"""Categories that are no answers to be told apart."""


def published(of: Exported) -> Results:
    """The figures of a release that may be published, cited by the release's own identifier."""
    release, questionnaire = of.release, of.questionnaire
    if release.mode != Mode.NAMED:
        return results(release, questionnaire, of.identifier)
    told = exported(replace(release, mode=Mode.ANONYMOUS, by={}).to_json(), of.definition).release
    whole = _ruled(release.whole, told.whole, release.threshold)
    found = results(replace(told, whole=whole), questionnaire, of.identifier)
    return replace(found, mode=release.mode)


def _ruled(counted: Part, told: Part, threshold: int) -> Part:
    """The whole wave with what its own numbers forbid withheld; `counted` still has each number apart."""
    figures = {
        name: _figure(name, counted.figures[name], figure, threshold) for name, figure in told.figures.items()
    }
    return replace(told, figures=figures)


def _figure(name: str, counted: Tallied | Reason, told: Tallied | Reason, threshold: int) -> Tallied | Reason:
    if isinstance(counted, Reason) or isinstance(told, Reason):
        return told
    if name.startswith("alpha/"):
        return told if counted["n"] >= threshold else Reason.TOO_FEW_ANSWERS
    answers = {category: n for category, n in counted.items() if category not in OUTSIDE and n}
    total = counted.get(TICKED_ANY, sum(answers.values()))
    if 0 < total < threshold:
        return Reason.TOO_FEW_ANSWERS
    if len(answers) == 1 and max(answers.values()) == total:
        return Reason.PROTECTS_ANOTHER
    return pairs.of_group(told) if name.startswith("pair/") else told
