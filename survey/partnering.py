"""Journey: results are given back to partners, by a page of their own for each: made, opened, revoked.

A page shows one group of a closed wave beside the whole. Its address is a signed id; until when it works,
and whether it was revoked, stands in the database alone. That a page was opened is noted once a day, never
by whom.

Partners are no evaluators: they see what anybody may see of a wave (`giving`).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from survey import definitions, giving, tokens
from survey.answering import today_of
from survey.cells import OneGroup
from survey.definitions.model import Questionnaire
from survey.language import INTERFACE, Refusal
from survey.release import Release
from survey.store import DatabaseBusy, Store, audit, partner_pages, waves
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
    release = giving.public_of(store, wave_id).release
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


@lru_cache(maxsize=16)
def _questionnaire(definition: str, name: str) -> Questionnaire:
    return definitions.load(definition, name)
