"""Journey: results are given back to partners, by a page of their own for each: made, opened, revoked.

A page shows one group of a closed wave beside the whole. Its address is a signed id; until when it works,
and whether it was revoked, stands in the database alone. That a page was opened is noted once a day, never
by whom.

Partners are no evaluators: of a named wave, too, they see what the release rule allows. So there is a second
release of each named wave, solved as if it were anonymous: made when it is first needed, kept for good.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from survey import definitions, tokens
from survey.answering import decoded, today_of
from survey.cells import OneGroup
from survey.counting import count
from survey.counts import Cell
from survey.definitions.model import Mode, Questionnaire
from survey.language import INTERFACE, Refusal
from survey.release import Release
from survey.releasing import released
from survey.store import (
    DatabaseBusy,
    Store,
    audit,
    invitations,
    partner_pages,
    releases,
    responses,
    waves,
)
from survey.store.audit import Entry
from survey.store.partner_pages import PartnerPage
from survey.store.waves import Wave
from survey.tokens import PartnerLinks, UnknownLink

USUAL, LONGEST = timedelta(days=180), timedelta(days=731)
"""How long a page can be read: unless something else is asked for, and at most."""


class UnknownPartnerPage(Refusal):
    """The address is not one of ours, was altered, or the wave has no such page."""

    def __init__(self) -> None:
        super().__init__("this page of results is not known; check that its address is whole")


class PartnerPageExpired(Refusal):
    """The page could be read until a day that is over."""

    def __init__(self, page: PartnerPage) -> None:
        super().__init__("this page of results could be read until {day}", day=page.expires)
        self.page = page


class PartnerPageRevoked(Refusal):
    """Somebody ended the page before its last day."""

    def __init__(self, page: PartnerPage) -> None:
        super().__init__("this page of results was withdrawn")
        self.page = page


class BadPartnerPage(Refusal):
    """A page cannot be made like this: its group, its last day or its language."""


def make(
    store: Store,
    wave_id: str,
    group: OneGroup,
    who: str,
    now: datetime,
    expires: date | None = None,
    language: str = "",
) -> PartnerPage:
    """Make the page of one group of a closed wave; the log says who did.

    It can be read until the end of the day `expires` in the wave's time zone. Raises UnknownWave,
    NotClosedYet or BadPartnerPage.
    """
    release, _ = release_for(store, wave_id)
    with store.write() as db:
        wave = waves.get(db, wave_id)
        today = today_of(wave, now)
        page = PartnerPage(tokens.new_id(), wave_id, group, language, now, expires or today + USUAL)
        _judge(page, wave, release, today)
        partner_pages.add(db, page)
        about = f"{group}, {page.expires.isoformat()}"
        audit.add(db, Entry(now, who, audit.PARTNER_PAGE_MADE, wave_id, about))
    return page


def offered(release: Release, questionnaire: Questionnaire) -> list[OneGroup]:
    """Every group of a release to which results can be given back: those that invitations tell."""
    return [
        OneGroup(breakdown.id, value)
        for breakdown in questionnaire.invited_by
        if breakdown.id in release.by
        for value in release.by[breakdown.id].groups
    ]


def _judge(page: PartnerPage, wave: Wave, release: Release, today: date) -> None:
    known = offered(release, _questionnaire(wave.definition, wave.id))
    if page.group not in known:
        told = [str(one) for one in known if one.breakdown == page.group.breakdown]
        names = dict.fromkeys(f"{one.breakdown}=..." for one in known)
        raise BadPartnerPage(
            "the wave {wave} has no partner {group}; there are: {known}",
            wave=wave.id, group=str(page.group), known=", ".join(told or names),
        )  # fmt: skip
    if not today <= page.expires <= today + LONGEST:
        raise BadPartnerPage(
            "a page of results cannot be read until {day}; choose a day from {first} to {last}",
            day=page.expires, first=today, last=today + LONGEST,
        )  # fmt: skip
    if page.language not in ("", *INTERFACE):
        raise BadPartnerPage(
            "there is no language {language}; choose {known}",
            language=page.language, known=", ".join(INTERFACE),
        )  # fmt: skip


def revoke(store: Store, wave_id: str, page_id: bytes, who: str, now: datetime) -> PartnerPage:
    """End a page for good; ending it once more changes nothing. Raises UnknownWave or UnknownPartnerPage."""
    with store.write() as db:
        waves.get(db, wave_id)
        page = partner_pages.get(db, page_id)
        if page is None or page.wave != wave_id:
            raise UnknownPartnerPage
        if partner_pages.revoke(db, page_id, now):
            audit.add(db, Entry(now, who, audit.PARTNER_PAGE_REVOKED, wave_id, str(page.group)))
    return page


def of_wave(store: Store, wave_id: str) -> Sequence[PartnerPage]:
    """The pages of a wave, by group. Raises UnknownWave."""
    with store.read() as db:
        waves.get(db, wave_id)
        return partner_pages.of_wave(db, wave_id)


def is_over(page: PartnerPage, wave: Wave, now: datetime) -> bool:
    """Whether the page's last day has passed."""
    return page.expires < today_of(wave, now)


class Partnering:
    """Opens the pages of partners, for one instance."""

    def __init__(self, store: Store, keys: tuple[str, ...]) -> None:
        self._store = store
        self._links = PartnerLinks(keys)

    def token(self, page_id: bytes) -> str:
        """What stands behind `/p/` in the address of a page."""
        return self._links.token(page_id)

    def open(self, token: str, now: datetime) -> tuple[PartnerPage, Wave]:
        """The page behind an address at `now`, and its wave; changes nothing.

        Raises UnknownPartnerPage, PartnerPageExpired or PartnerPageRevoked.
        """
        try:
            page_id = self._links.page(token)
        except UnknownLink as failure:
            raise UnknownPartnerPage from failure
        with self._store.read() as db:
            page = partner_pages.get(db, page_id)
            if page is None:
                raise UnknownPartnerPage
            wave = waves.get(db, page.wave)
        if page.revoked is not None:
            raise PartnerPageRevoked(page)
        if is_over(page, wave, now):
            raise PartnerPageExpired(page)
        return page, wave

    def note(self, page: PartnerPage, wave: Wave, now: datetime) -> None:
        """Note in the log that somebody opened the page, the first time on each day.

        Nobody has to wait, or to do without the page, because it cannot be noted now.
        """
        day = today_of(wave, now)
        if page.opened == day:
            return
        try:
            with self._store.write() as db:
                if partner_pages.note_opened(db, page.id, day):
                    about = str(page.group)
                    audit.add(db, Entry(now, audit.PROGRAM, audit.PARTNER_PAGE_OPENED, wave.id, about))
        except DatabaseBusy:
            return


def release_for(store: Store, wave_id: str) -> tuple[Release, str]:
    """The release from which partners' pages of a closed wave are made, and the SHA-256 of its stored form.

    Raises UnknownWave or NotClosedYet.
    """
    with store.read() as db:
        wave = waves.get(db, wave_id)
        release, told = releases.get(db, wave_id), releases.identifier(db, wave_id)
        kept = partner_pages.release_of(db, wave_id)
    if wave.mode is not Mode.NAMED:
        return release, told
    return kept or _kept(store, _as_if_anonymous(store, wave, release))


def _kept(store: Store, made: Release) -> tuple[Release, str]:
    """The release that stays: another process may have been first."""
    with store.write() as db:
        return partner_pages.keep_release(db, made)


def _as_if_anonymous(store: Store, wave: Wave, release: Release) -> Release:
    """What could be shown of a closed named wave if it were anonymous, from its stored answers."""
    with store.read() as db:
        invited = invitations.group_sizes(db, wave.id)
        found = responses.named_with_groups(db, wave.id)
    questionnaire = _questionnaire(wave.definition, wave.id)
    cells = tuple(Cell(number, values, invited[values]) for number, values in enumerate(sorted(invited)))
    number = {cell.values: cell.number for cell in cells}
    counts = count(questionnaire, cells, ((number[values], decoded(answers)) for values, answers, _ in found))
    # What was written freely is nobody's but the evaluators'.
    closed = datetime.fromisoformat(release.closed)
    return released(replace(wave, mode=Mode.ANONYMOUS), questionnaire, counts, {}, invited, closed)


@lru_cache(maxsize=16)
def _questionnaire(definition: str, name: str) -> Questionnaire:
    return definitions.load(definition, name)
