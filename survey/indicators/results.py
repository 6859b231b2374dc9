"""Release -> Results, and their public JSON form (`docs/results-format.md`)."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from survey.counts import Reason
from survey.definitions.model import (
    Indicator,
    JointShare,
    Mean,
    Mode,
    Profile,
    Questionnaire,
    Ranking,
    Recommendation,
    Share,
    StatusChange,
    Summary,
)
from survey.indicators import items, kinds
from survey.indicators.contrasts import contrasted, rest_of
from survey.indicators.model import (
    CrossedResults,
    DividedResults,
    Figure,
    OthersResults,
    PartResults,
    RecommendationFigure,
    Response,
    Results,
    Score,
    ShareFigure,
)
from survey.indicators.profile import profile
from survey.indicators.ranking import ranking
from survey.indicators.scope import Scope
from survey.indicators.status_change import status_change
from survey.indicators.summary import summary
from survey.indicators.weighting import weighted
from survey.release import Crossed, Divided, Hidden, Part, Pooled, Release

INDICATORS: Mapping[type, Callable[[Any, Scope], Figure]] = {
    Mean: kinds.mean,
    Share: kinds.share_of_values,
    JointShare: kinds.joint_share,
    Ranking: ranking,
    Recommendation: kinds.recommendation,
    StatusChange: status_change,
    Profile: profile,
    Summary: summary,
}
COMPARED = (Mean, Share, JointShare, Recommendation, Profile)
"""The kinds of indicator in which a group is compared with the rest of the wave."""


def results(release: Release, questionnaire: Questionnaire, identifier: str = "") -> Results:
    """Every figure of a closed wave: the whole, each shown group, the pools.

    `questionnaire` is the definition that the wave froze, `identifier` what the release is cited by;
    KeyError where the release lacks one of its figures.
    """
    rated = release.whole.population is not None

    def part(of: Part, is_whole: bool = False) -> PartResults:
        return _part(Scope(questionnaire, of, Mode(release.mode), is_whole, release.threshold), rated)

    def beside(group: Part) -> dict[str, Figure]:
        rest = rest_of(release.whole, group)
        return _compared(Scope(questionnaire, rest, Mode(release.mode), False, release.threshold))

    by = {name: _divided(divided, part, beside) for name, divided in release.by.items()}
    told = {one.id: by[one.id] for one in questionnaire.invited_by if one.id in by}
    return Results(
        wave=release.wave,
        title=release.title,
        questionnaire=release.questionnaire,
        version=release.version,
        mode=release.mode,
        phase=release.phase,
        closed=release.closed,
        threshold=release.threshold,
        synthetic=release.synthetic,
        merged=release.merged,
        release=identifier,
        opens=release.opens,
        whole=weighted(part(release.whole, is_whole=True), told, questionnaire),
        by=by,
        crosses={name: _crossed(crossed, part) for name, crossed in release.crosses.items()},
    )


def _crossed(cross: Crossed, part: Callable[[Part], PartResults]) -> CrossedResults:
    cells = (tuple(part(one) if isinstance(one, Part) else one for one in row) for row in cross.cells)
    return CrossedResults(cross.rows, cross.columns, tuple(cells))


def _divided(
    divided: Divided, part: Callable[[Part], PartResults], beside: Callable[[Part], dict[str, Figure]]
) -> DividedResults:
    def group(shown: Part | Pooled | Hidden) -> PartResults | Pooled | Hidden:
        return part(shown) if isinstance(shown, Part) else shown

    alone = DividedResults(
        {name: group(shown) for name, shown in divided.groups.items()},
        tuple(OthersResults(pool.inside, pool.members, part(pool.part), pool.of) for pool in divided.others),
    )
    rests = {name: beside(shown) for name, shown in divided.groups.items() if isinstance(shown, Part)}
    return contrasted(alone, rests)


def _part(scope: Scope, rated: bool) -> PartResults:
    questionnaire = scope.questionnaire
    return PartResults(
        response=_response(scope.part, rated),
        items={item.id: items.item(item, scope) for item in questionnaire.items},
        indicators={
            indicator.id: indicator_figure(indicator, scope) for indicator in questionnaire.indicators
        },
    )


def _compared(scope: Scope) -> dict[str, Figure]:
    return {
        indicator.id: indicator_figure(indicator, scope)
        for indicator in scope.questionnaire.indicators
        if isinstance(indicator, COMPARED)
    }


def indicator_figure(indicator: Indicator, scope: Scope) -> Figure:
    """The figure of one indicator in one part."""
    return INDICATORS[type(indicator)](indicator, scope)


def _response(part: Part, rated: bool) -> Response:
    """RR1 and RR2 of AAPOR's Standard Definitions, over all invited, whoever they turned out to be."""
    base = part.invited if rated and part.invited else None
    return Response(
        invited=part.invited,
        population=part.population,
        responses=part.responses,
        complete=part.complete,
        partial=part.partial,
        rr1=part.complete / base if base else None,
        rr2=(part.complete + part.partial) / base if base else None,
        reason=None if base else _why_no_rate(part, rated),
    )


def _why_no_rate(part: Part, rated: bool) -> Reason:
    if part.invited is None:
        return Reason.FROM_ANSWERS
    return Reason.TOO_FEW_INVITED if rated else Reason.POPULATION_UNKNOWN


def _withheld(kind: type, reason: Reason) -> dict[str, Any]:
    return {**dict.fromkeys(_ORDER[kind]), "reason": str(reason)}


_ORDER: Mapping[type, tuple[str, ...]] = {
    ShareFigure: ("count", "share", "interval", "n"),
    Score: ("name", "value", "interval", "promoters", "passives", "detractors", "n"),
    RecommendationFigure: ("kind", "scale", "mapping", "would_recommend", "score"),
}
"""Keys that come first where the fields stand in another order."""


def to_json(results: Results) -> dict[str, Any]:
    """The public form: dicts, lists, strings, finite numbers, booleans and None, nothing rounded."""
    plain: dict[str, Any] = _plain(results)
    return {
        **{key: value for key, value in plain.items() if key not in ("whole", "by", "crosses")},
        **plain["whole"],
        "by": {name: _plain_divided(divided) for name, divided in results.by.items()},
        "crosses": {name: _plain_crossed(cross) for name, cross in results.crosses.items()},
    }


def _plain_crossed(cross: CrossedResults) -> dict[str, Any]:
    return {
        "rows": _plain(cross.rows),
        "columns": _plain(cross.columns),
        "cells": [[_plain_group(cell) for cell in row] for row in cross.cells],
    }


def _plain_divided(divided: DividedResults) -> dict[str, Any]:
    return {
        "groups": {name: _plain_group(group) for name, group in divided.groups.items()},
        "others": [
            {"inside": pool.inside, "of": pool.of, "members": list(pool.members), **_plain(pool.results)}
            for pool in divided.others
        ],
    }


def _plain_group(group: PartResults | Pooled | Hidden) -> Any:
    if isinstance(group, Pooled):
        return {"pooled": True}
    return {"hidden": str(group.reason)} if isinstance(group, Hidden) else _plain(group)


def plain(figure: Any) -> dict[str, Any]:
    """One figure in the public form."""
    return _plain_fields(figure)


def _plain(value: Any) -> Any:
    # Most values are numbers or nothing: they come first.
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return _plain_fields(value)


def _plain_fields(value: Any) -> dict[str, Any]:
    plain = {name: _plain(getattr(value, name)) for name in _names(value.__class__)}
    if isinstance(value, RecommendationFigure) and value.n is None and value.reason:
        plain |= {"would_recommend": _withheld(ShareFigure, value.reason)}
        plain |= {"score": _withheld(Score, value.reason)}
    return {name: inner for name, inner in plain.items() if inner is not None or not name.endswith("reason")}


@lru_cache(maxsize=64)
def _names(kind: type) -> tuple[str, ...]:
    """The keys of one kind of figure, in their order."""
    names = [field.name for field in fields(kind)]
    first = [name for name in _ORDER.get(kind, ("kind",)) if name in names]
    return (*first, *(name for name in names if name not in first))
