"""Releases as files, and several of them as one.

A release holds whole numbers, so releases of one definition add up. Merging reopens nothing: what one of
the releases withholds stays withheld, a group stands alone only where every release that knows it shows
it, and the pools of each release stay apart.

In the file of an anonymous wave a number item has no tally of its values, since the highest one is
somebody's answer: it has their number, their sum and that of their squares and, where the definition
declares bands, how many there are in each (see `counts`).
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256

from survey import definitions, pairs
from survey.adding import crossed, divided, summed
from survey.counts import (
    HOW_MANY,
    MISSING,
    NOT_APPLICABLE,
    NOT_ASKED,
    SQUARES,
    SUM,
    Reason,
    band_category,
    item_figure,
    pair_figure,
)
from survey.definitions.model import Item, Kind, Mode, Questionnaire, Source, Summary
from survey.language import Refusal, plural_text
from survey.release import Crossed, Divided, Part, Release, Tallied, from_json, identifier

LARGEST = 50_000_000
"""Bytes of a file that is read; the release of 91 groups and 40 items has half a million."""


class BadRelease(Refusal):
    """The file is no release, or not one that this program can read."""


class CannotMerge(Refusal):
    """The releases do not belong together."""


@dataclass(frozen=True)
class Exported:
    """A release with the text of the definition that its wave froze.

    `body` is the release as it was stored or read, where it is not in the form of this program.
    """

    release: Release
    definition: str
    body: str = field(default="", compare=False)

    @property
    def identifier(self) -> str:
        """What the release is cited by, which whoever has the file can compute again."""
        return identifier(self.body or self.release.to_json())

    @property
    def questionnaire(self) -> Questionnaire:
        """The frozen definition."""
        return definitions.load(self.definition, self.release.questionnaire)

    def to_json(self) -> str:
        """The file: readable JSON, the same text for the same release."""
        release = json.loads(self.body or self.release.to_json())
        return json.dumps({"release": release, "definition": self.definition}, ensure_ascii=False, indent=1)


def exported(body: str, definition: str) -> Exported:
    """A wave's release, given as it is stored, as it may leave the database."""
    release = from_json(body)
    told = as_told(release, definitions.load(definition, release.questionnaire))
    return Exported(told, definition, body if told == release else "")


def as_told(release: Release, questionnaire: Questionnaire) -> Release:
    """A release as it may leave the database: with sums of numbers unless the wave is a named one."""
    if release.mode == Mode.NAMED:
        return release
    numbers: dict[str, _Told] = {
        item_figure(item.id): _Summed(item, _bands(questionnaire, item), release.threshold).of
        for item in questionnaire.items
        if item.kind is Kind.NUMBER
    }
    # Releases of earlier programs hold more of a group's pairs than may be told.
    groups = numbers | {pair_figure(one.id): pairs.of_group for one in questionnaire.status_changes()}
    return replace(
        release,
        whole=_told(release.whole, numbers),
        by={name: _told_groups(divided, groups) for name, divided in release.by.items()},
        crosses={name: _told_cells(cross, groups) for name, cross in release.crosses.items()},
    )


_Told = Callable[[Tallied], Tallied]
"""What the file holds in place of a figure's tally."""


def _told(part: Part, changed: Mapping[str, _Told]) -> Part:
    figures = {
        name: changed[name](figure) if name in changed and not isinstance(figure, Reason) else figure
        for name, figure in part.figures.items()
    }
    return replace(part, figures=figures)


def _told_groups(divided: Divided, changed: Mapping[str, _Told]) -> Divided:
    return Divided(
        {
            name: _told(part, changed) if isinstance(part, Part) else part
            for name, part in divided.groups.items()
        },
        tuple(replace(pool, part=_told(pool.part, changed)) for pool in divided.others),
    )


def _told_cells(cross: Crossed, changed: Mapping[str, _Told]) -> Crossed:
    cells = (
        tuple(_told(cell, changed) if isinstance(cell, Part) else cell for cell in row) for row in cross.cells
    )
    return replace(cross, cells=tuple(cells))


def read(content: bytes, name: str) -> Exported:
    """A file as `Exported.to_json` writes it. Raises BadRelease with the remedy."""
    if len(content) > LARGEST:
        raise BadRelease("{name} is larger than any release; give the file of a release", name=name)
    try:
        data = json.loads(content)
        body = json.dumps(data["release"], ensure_ascii=False, separators=(",", ":"))
        found = Exported(from_json(body), str(data["definition"]), body)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadRelease(
            "{name} holds no release that this program can read; write one with: "
            "survey results WAVE --release",
            name=name,
        ) from fault
    if sha256(found.definition.encode()).hexdigest() != found.release.definition_sha256:
        raise BadRelease(
            "{name}: the definition is not the one that the wave froze; export the release again", name=name
        )
    return found


def merged(exports: Sequence[Exported]) -> Exported:
    """One release of several. Raises CannotMerge where they do not belong together."""
    releases = [one.release for one in exports]
    _judge(exports)
    first = releases[0]
    release = replace(
        first,
        wave="+".join(waves_of(releases)),
        title={code: " + ".join(one.title.get(code, one.wave) for one in releases) for code in first.title},
        closed=max(one.closed for one in releases),
        threshold=max(one.threshold for one in releases),
        synthetic=any(one.synthetic for one in releases),
        whole=summed([one.whole for one in releases]),
        by={
            breakdown.id: divided(releases, breakdown.id, breakdown.source is Source.INVITATION)
            for breakdown in exports[0].questionnaire.breakdowns
        },
        merged=tuple(waves_of(releases)),
        opens="" if any(not one.opens for one in releases) else min(one.opens for one in releases),
        crosses={name: crossed([one.crosses[name] for one in releases]) for name in first.crosses},
    )
    return Exported(release, exports[0].definition)


def waves_of(releases: Iterable[Release]) -> list[str]:
    """The waves whose answers are in some releases."""
    return [wave for release in releases for wave in release.merged or (release.wave,)]


def _judge(exports: Sequence[Exported]) -> None:
    if len(exports) < 2:
        raise CannotMerge("there is one release; give two or more files")
    for other in exports[1:]:
        _judge_pair(exports[0], other)
    waves = waves_of(one.release for one in exports)
    doubled = sorted({wave for wave in waves if waves.count(wave) > 1})
    if doubled:
        raise CannotMerge(
            plural_text(
                "the wave {waves} is there more than once and would be counted twice; give each once",
                "the waves {waves} are there more than once and would be counted twice; give each once",
                len(doubled),
                waves=", ".join(doubled),
            )
        )


def _judge_pair(one: Exported, two: Exported) -> None:
    first, other = one.release, two.release
    if other.phase != first.phase:
        raise CannotMerge(
            "{first} is a wave of the phase {one}, {other} of the phase {two}; merge waves of one phase",
            first=first.wave, other=other.wave, one=first.phase, two=other.phase,
        )  # fmt: skip
    if two.questionnaire != one.questionnaire or other.mode != first.mode:
        raise CannotMerge(
            "{first} and {other} have different definitions ({one} and {two}); merge releases of one "
            "definition",
            first=first.wave, other=other.wave, one=first.definition_sha256[:12],
            two=other.definition_sha256[:12],
        )  # fmt: skip


class _Summed:
    """What the file of an anonymous wave holds of a number item in place of its values."""

    def __init__(self, item: Item, bands: tuple[float, ...], threshold: int) -> None:
        self._decimals, self._threshold = item.decimals, threshold
        self._bands = [(Decimal(repr(low)), band_category(low)) for low in bands]

    def of(self, tally: Tallied) -> dict[str, int]:
        """The sums of a tally of values, and how many there are in each band."""
        values = {value: n for value, n in tally.items() if value not in (MISSING, NOT_APPLICABLE, NOT_ASKED)}
        summed = {HOW_MANY: 0, SUM: 0, SQUARES: 0}
        if self._bands:
            summed |= dict.fromkeys((band_category(None), *(name for _, name in self._bands)), 0)
        for value, n in values.items():
            scaled = int(Decimal(value).scaleb(self._decimals))
            summed[HOW_MANY] += n
            summed[SUM] += n * scaled
            summed[SQUARES] += n * scaled * scaled
            if self._bands:
                summed[self._band(Decimal(value))] += n
        return self._bounded(summed) | {mark: n for mark, n in tally.items() if mark not in values}

    def _bounded(self, summed: dict[str, int]) -> dict[str, int]:
        """Without bands where few are in the lowest or the highest that anybody is in: they are the range."""
        bands = [band_category(None), *(name for _, name in self._bands)]
        present = [summed[name] for name in bands if summed.get(name)]
        if present and min(present[0], present[-1]) < self._threshold:
            return {name: n for name, n in summed.items() if name not in bands}
        return summed

    def _band(self, value: Decimal) -> str:
        return next((name for low, name in reversed(self._bands) if low <= value), band_category(None))


def _bands(questionnaire: Questionnaire, item: Item) -> tuple[float, ...]:
    """The bands that a summary of the item declares; the first one's where several do."""
    declared = (
        one.bands for one in questionnaire.indicators if isinstance(one, Summary) and one.item == item.id
    )
    return next(filter(None, declared), ())
