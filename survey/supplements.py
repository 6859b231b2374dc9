"""Figures that a later definition adds to the release of a closed wave, beside it and never in it.

A supplement holds what the release does not tell yet, part by part, for one new indicator. Most indicators
need nothing: means, shares and recommendations follow from the tallies of their item, which the release has.
Dimensions, pairs and shares over several items are counted from the stored responses.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from survey.counts import Reason, dimension_figure, pair_figure, products_figure, share_figure
from survey.definitions.model import Indicator, JointShare, Profile, Questionnaire, StatusChange
from survey.release import Divided, Others, Part, Release, Tallied

FORMAT = 1
WHOLE = "whole"
Added = Mapping[str, Mapping[str, Tallied | Reason]]
"""Part -> figure -> its tally, or why it is withheld there. Parts are named by `parts_of`."""


@dataclass(frozen=True)
class Supplement:
    """One indicator more. `release_id` is the SHA-256 of the release that it belongs to.

    `definition` is the whole later definition (JSON) that has the `indicator`; `added` what was counted for
    it, empty where the release tells enough.
    """

    wave: str
    release_id: str
    indicator: str
    definition: str
    added: Added

    def to_json(self) -> str:
        """The stored form, the same text for the same supplement."""
        plain = {"format": FORMAT, **vars(self), "added": {}}
        for part, figures in self.added.items():
            plain["added"][part] = {
                name: {"withheld": str(said)} if isinstance(said, Reason) else {"tally": dict(said)}
                for name, said in figures.items()
            }
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        """What a supplement is cited by."""
        return sha256(self.to_json().encode()).hexdigest()


def from_json(body: str) -> Supplement:
    """The Supplement of its stored form; ValueError for another format."""
    data = json.loads(body)
    if data.pop("format") != FORMAT:
        raise ValueError("this supplement was written by another version of the program")
    data["added"] = {part: _figures(figures) for part, figures in data["added"].items()}
    return Supplement(**data)


def _figures(figures: Mapping[str, Any]) -> Mapping[str, Tallied | Reason]:
    return MappingProxyType(
        {
            name: Reason(said["withheld"]) if "withheld" in said else MappingProxyType(said["tally"])
            for name, said in figures.items()
        }
    )


def counted_for(indicator: Indicator) -> tuple[str, ...]:
    """The figures that a wave counts for an indicator, beside those of its items."""
    if isinstance(indicator, Profile):
        names = [(indicator.id, dimension.id) for dimension in indicator.dimensions]
        return tuple(made(*name) for name in names for made in (dimension_figure, products_figure))
    if isinstance(indicator, StatusChange):
        return (pair_figure(indicator.id),)
    return (share_figure(indicator.id),) if isinstance(indicator, JointShare) else ()


def parts_of(release: Release) -> dict[str, Part]:
    """Every part of a release by a name that stays the same: the whole, each group shown, each pool."""
    return dict(_parts(release))


def _parts(release: Release) -> Iterator[tuple[str, Part]]:
    yield WHOLE, release.whole
    for breakdown, divided in release.by.items():
        for group, shown in divided.groups.items():
            if isinstance(shown, Part):
                yield f"group/{breakdown}/{group}", shown
        for place, pool in enumerate(divided.others):
            yield f"pool/{breakdown}/{place}", pool.part


def added_to(release: Release, names: tuple[str, ...]) -> Added:
    """What a release that was made anew with one indicator more tells of its figures, part by part."""
    return {
        part: {name: told.figures[name] for name in names if name in told.figures}
        for part, told in parts_of(release).items()
    }


def tells_the_same(release: Release, anew: Release, names: tuple[str, ...]) -> bool:
    """Whether counting anew gives every figure of every part as released; `names` came after it.

    Numbers of people invited are left out: places are forgotten when a wave closes.
    """
    return _shape(release, ()) == _shape(anew, names)


def _shape(release: Release, without: tuple[str, ...]) -> object:
    parts = {
        name: (
            (part.responses, part.complete, part.partial),
            {figure: said for figure, said in part.figures.items() if figure not in without},
        )
        for name, part in parts_of(release).items()
    }
    divided = {
        breakdown: (
            {group: shown for group, shown in told.groups.items() if not isinstance(shown, Part)},
            [(pool.inside, pool.members) for pool in told.others],
        )
        for breakdown, told in release.by.items()
    }
    return parts, divided


def supplemented(
    release: Release, questionnaire: Questionnaire, supplement: Supplement, indicator: Indicator
) -> tuple[Release, Questionnaire]:
    """The release with what was added, in memory, and its questionnaire with the new indicator alone.

    Alone, so that comparisons of groups are adjusted among themselves and no earlier figure changes.
    """
    whole = _with(release.whole, supplement.added.get(WHOLE, {}))
    by = {
        breakdown: Divided(
            {
                group: _with(shown, supplement.added.get(f"group/{breakdown}/{group}", {}))
                if isinstance(shown, Part)
                else shown
                for group, shown in divided.groups.items()
            },
            tuple(
                _pool(pool, supplement.added.get(f"pool/{breakdown}/{place}", {}))
                for place, pool in enumerate(divided.others)
            ),
        )
        for breakdown, divided in release.by.items()
    }
    return replace(release, whole=whole, by=by), replace(questionnaire, indicators=(indicator,))


def _pool(pool: Others, figures: Mapping[str, Tallied | Reason]) -> Others:
    return replace(pool, part=_with(pool.part, figures))


def _with(part: Part, figures: Mapping[str, Tallied | Reason]) -> Part:
    return replace(part, figures=MappingProxyType({**part.figures, **figures}))
