"""Journey: a closed wave and a later definition with one indicator more -> a supplement of its release.

The release stays as it is, byte for byte. What has to be counted is counted from the stored responses with
the new figures among the old ones, and disclosure is solved for all of them together. Only where that gives
every old figure as it was released, and so withholds nothing that was shown, may the new ones stand beside
them; else the wave is refused a supplement, with the reason.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from importlib.metadata import version

from survey import definitions, publishing
from survey.counting import count
from survey.definitions.comparing import compare
from survey.definitions.model import Indicator, JointShare, Profile, Questionnaire, StatusChange
from survey.indicators.model import Results
from survey.indicators.results import results
from survey.language import Refusal
from survey.release import Release
from survey.releasing import released
from survey.store import Store, audit, invitations, releases, supplements, waves
from survey.store.audit import Entry
from survey.store.supplements import Kept
from survey.store.waves import Wave
from survey.supplements import Added, Supplement, added_to, counted_for, supplemented, tells_the_same


class CannotSupplement(Refusal):
    """The release of the wave cannot get this figure, for a reason that is said."""


class Verified(StrEnum):
    """What a look at a supplement found."""

    COUNTED_AGAIN = "counted_again"
    FROM_RELEASE = "from_release"
    CHECKSUM_ONLY = "checksum_only"
    WRONG = "wrong"


def supplement(
    store: Store, wave_id: str, definition: tuple[str, bytes], indicator_id: str, who: str, now: datetime
) -> Kept:
    """Add an indicator of a later definition (its file's name and content) to the release of a closed wave.

    The log says who did. Raises UnknownWave, NotClosedYet, InvalidDefinition or CannotSupplement.
    """
    name, content = definition
    newer = definitions.load(content, name)
    with store.read() as db:
        wave, release = waves.get(db, wave_id), releases.get(db, wave_id)
        release_id, known = releases.identifier(db, wave_id), supplements.of_wave(db, wave_id)
    older = definitions.load(wave.definition, wave.id)
    indicator = _judged(older, newer, indicator_id, known)
    made = Supplement(
        wave_id,
        release_id,
        indicator_id,
        content.decode("utf-8-sig"),
        _added(store, wave, release, older, known, indicator),
    )
    with store.write() as db:
        if len(supplements.of_wave(db, wave_id)) != len(known):
            raise CannotSupplement("another supplement of the wave {wave} was made meanwhile; try again",
                                   wave=wave_id)  # fmt: skip
        supplements.add(db, made, version("riscontro"), now)
        audit.add(db, Entry(now, who, audit.SUPPLEMENTED, wave_id, indicator_id))
        return supplements.of_wave(db, wave_id)[-1]


@dataclass(frozen=True)
class Candidate:
    """An indicator that a definition has and a wave has not; `counted`: answers have to be counted again."""

    indicator: Indicator
    questionnaire: Questionnaire
    counted: bool


def candidate(store: Store, wave_id: str, definition: tuple[str, bytes], indicator_id: str) -> Candidate:
    """An indicator that may be added to a closed wave, unless counting shows that it may not.

    Raises UnknownWave, NotClosedYet, InvalidDefinition or CannotSupplement.
    """
    newer = definitions.load(definition[1], definition[0])
    older, known = _standing(store, wave_id)
    return _candidate(older, newer, indicator_id, known)


def candidates(store: Store, wave_id: str, newer: Questionnaire) -> list[Candidate]:
    """Each indicator of a definition that may be added to a closed wave, unless counting shows it may not."""
    older, known = _standing(store, wave_id)
    found = []
    for one in newer.indicators if newer.id == older.id else ():
        with suppress(CannotSupplement):
            found.append(_candidate(older, newer, one.id, known))
    return found


def _standing(store: Store, wave_id: str) -> tuple[Questionnaire, list[Kept]]:
    """What a closed wave asked, and its supplements."""
    with store.read() as db:
        wave, known = waves.get(db, wave_id), supplements.of_wave(db, wave_id)
        releases.get(db, wave_id)
    return definitions.load(wave.definition, wave.id), known


def _candidate(older: Questionnaire, newer: Questionnaire, indicator_id: str, known: list[Kept]) -> Candidate:
    indicator = _judged(older, newer, indicator_id, known)
    return Candidate(indicator, newer, bool(counted_for(indicator)))


def _judged(older: Questionnaire, newer: Questionnaire, indicator_id: str, known: list[Kept]) -> Indicator:
    """The new indicator. Raises CannotSupplement unless the wave asked what it is computed from."""
    if newer.id != older.id:
        raise CannotSupplement("the wave asked “{first}”, and this is a definition of “{second}”",
                               first=older.id, second=newer.id)  # fmt: skip
    indicator = next((one for one in newer.indicators if one.id == indicator_id), None)
    if indicator is None:
        raise CannotSupplement(
            "the definition has no indicator {indicator}; it has: {known}",
            indicator=indicator_id, known=", ".join(one.id for one in newer.indicators) or "-",
        )  # fmt: skip
    taken = {one.id for one in older.indicators} | {one.supplement.indicator for one in known}
    if indicator_id in taken:
        raise CannotSupplement(
            "the wave has an indicator {indicator} already, and what is published never changes; give the "
            "new one another id",
            indicator=indicator_id,
        )
    alike = set(compare(older, newer).comparable)
    changed = [item for item in behind(indicator, newer) if item not in alike]
    if changed:
        raise CannotSupplement(
            "the wave did not ask {items} as this definition does, so {indicator} cannot be computed",
            items=", ".join(changed), indicator=indicator_id,
        )  # fmt: skip
    return indicator


def behind(indicator: Indicator, questionnaire: Questionnaire) -> tuple[str, ...]:
    """The items that an indicator of any kind is computed from."""
    if isinstance(indicator, Profile):
        return tuple(item for dimension in indicator.dimensions for item in dimension.items)
    if isinstance(indicator, StatusChange):
        return (indicator.before, indicator.after)
    if isinstance(indicator, JointShare):
        return indicator.items
    return (indicator.item,)


def _added(
    store: Store, wave: Wave, release: Release, older: Questionnaire, known: list[Kept], indicator: Indicator
) -> Added:
    """What the release does not tell. Raises CannotSupplement where it cannot be counted safely any more."""
    names = counted_for(indicator)
    if not names:
        return {}
    before = tuple(loaded(one) for one in known)
    extended = replace(older, indicators=(*older.indicators, *before, indicator))
    anew = _anew(store, wave, release, extended)
    earlier = tuple(name for one in before for name in counted_for(one))
    if not tells_the_same(release, anew, (*earlier, *names)):
        raise CannotSupplement(
            "{indicator} has to be counted from the stored answers of {wave}, and these do not give the "
            "released figures any more: when a wave closes, groups and answers that make somebody stand out "
            "are dropped from what is stored. Beside figures of other groups a new one could give people "
            "away, so it is not made. A figure of a single question needs no counting and can be added",
            indicator=indicator.id, wave=wave.id,
        )  # fmt: skip
    for one in known:
        own = counted_for(loaded(one))
        if own and added_to(anew, own) != one.supplement.added:
            raise CannotSupplement(
                "beside {indicator} the supplement {other} could not be shown as it is, and what is "
                "published never changes",
                indicator=indicator.id, other=one.supplement.indicator,
            )  # fmt: skip
    return added_to(anew, names)


def _anew(store: Store, wave: Wave, release: Release, questionnaire: Questionnaire) -> Release:
    """The release as the stored responses give it by now."""
    with store.read() as db:
        cells, invited = invitations.cells(db, wave.id), invitations.group_sizes(db, wave.id)
        texts = publishing.text_counts(db, wave)
    counts = count(questionnaire, cells, publishing.stored(store, wave))
    return released(wave, questionnaire, counts, texts, invited, datetime.fromisoformat(release.closed))


def loaded(kept: Kept) -> Indicator:
    """The indicator of a supplement."""
    made = kept.supplement
    return definitions.load(made.definition, made.wave).indicator(made.indicator)


@dataclass(frozen=True)
class Shown:
    """A supplement with its figures: `results` holds the new indicator alone, and the wave's items."""

    kept: Kept
    questionnaire: Questionnaire
    results: Results


def shown(store: Store, wave_id: str) -> list[Shown]:
    """The supplements of a closed wave, in order. Raises UnknownWave or NotClosedYet."""
    with store.read() as db:
        wave, release = waves.get(db, wave_id), releases.get(db, wave_id)
        known = supplements.of_wave(db, wave_id)
    older, found = definitions.load(wave.definition, wave.id), []
    for one in known:
        with_it, asked = supplemented(release, older, one.supplement, loaded(one))
        found.append(Shown(one, asked, results(with_it, asked)))
    return found


def verified(store: Store, wave_id: str) -> list[tuple[Kept, Verified]]:
    """Each supplement of a wave, and whether checksum, release and stored responses still bear it out.

    Where the responses are erased, or were coarsened since, the checksums alone are looked at.
    """
    with store.read() as db:
        wave, release = waves.get(db, wave_id), releases.get(db, wave_id)
        release_id, known = releases.identifier(db, wave_id), supplements.of_wave(db, wave_id)
    older = definitions.load(wave.definition, wave.id)
    return [
        (one, _verified(store, wave, release, release_id, older, known[: at + 1]))
        for at, one in enumerate(known)
    ]


def _verified(
    store: Store, wave: Wave, release: Release, release_id: str, older: Questionnaire, known: list[Kept]
) -> Verified:
    *earlier, one = known
    if not one.is_whole or one.supplement.release_id != release_id:
        return Verified.WRONG
    if not one.supplement.added:
        return Verified.FROM_RELEASE
    try:
        again = _added(store, wave, release, older, earlier, loaded(one))
    except CannotSupplement:
        return Verified.CHECKSUM_ONLY
    return Verified.COUNTED_AGAIN if again == one.supplement.added else Verified.WRONG
