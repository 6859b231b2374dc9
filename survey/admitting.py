"""Journey: evaluators are added, limited to waves or groups, and removed; each signs in by a one-time link.

The link is printed by the command or mailed. Only its hash is stored, and it works once, for LIFETIME.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape

from survey import definitions, tokens
from survey.cells import OneGroup
from survey.counts import NOT_ASSIGNED
from survey.language import Language, Refusal
from survey.mail.building import message
from survey.mail.sending import Postman
from survey.settings import Settings
from survey.store import Store, audit, evaluators, invitations, waves
from survey.store.audit import Entry
from survey.store.database import Database
from survey.store.evaluators import Rights
from survey.store.waves import EVERYTHING, Wave

LIFETIME = timedelta(minutes=15)
LONGEST_ADDRESS = 254


class UnknownGroup(Refusal):
    """Nobody is invited in the group that an evaluator shall see."""


class BadAddress(Refusal):
    """What was given is no e-mail address."""


def address(written: str) -> str:
    """An address as it is kept, in lower case. Raises BadAddress."""
    kept = written.strip().lower()
    name, at, host = kept.partition("@")
    if not (name and at and host) or not kept.isprintable() or " " in kept or len(kept) > LONGEST_ADDRESS:
        raise BadAddress(
            "{email} is no e-mail address; write for example anna@example.org", email=repr(written)
        )
    return kept


@dataclass(frozen=True)
class Wish:
    """What an evaluator shall see from now on; what is not wished for stays as it was.

    `waves` are these waves only, `only` these groups only; `whole` lifts the limit to groups, `everything`
    both limits.
    """

    waves: tuple[str, ...] = ()
    only: tuple[OneGroup, ...] = ()
    everything: bool = False
    whole: bool = False

    def applied(self, before: Rights) -> Rights:
        """The rights that come of it. Naming waves never opens more of them than the groups seen before."""
        seen = EVERYTHING if self.everything else frozenset(self.waves) if self.waves else before.waves
        lifted = self.everything or self.whole
        return Rights(seen, () if lifted else tuple(sorted(set(self.only))) or before.only)

    def __bool__(self) -> bool:
        return bool(self.waves or self.only or self.everything or self.whole)


def add(
    store: Store,
    email: str,
    limits: Sequence[str] | None,
    who: str,
    now: datetime,
    only: Sequence[OneGroup] = (),
) -> bool:
    """Add an evaluator of everything (None) or of some waves, whole or `only` some groups.

    The log says who did. False where the address is there already, and then nothing changes. Raises
    UnknownWave or UnknownGroup.
    """
    wish = Wish(tuple(limits or ()), tuple(only))
    rights = wish.applied(Rights(EVERYTHING if limits is None else frozenset()))
    with store.write() as db:
        _judge(db, wish, rights)
        if not evaluators.add(db, email, now, everything=limits is None):
            return False
        _set(db, email, rights)
        audit.add(db, Entry(now, who, audit.EVALUATOR_ADDED, None, _said(email, rights)))
        return True


def change(store: Store, email: str, wish: Wish, who: str, now: datetime) -> Rights:
    """Change what an evaluator may see, from the next page on; the log says who did.

    Raises UnknownWave, UnknownGroup or UnknownEvaluator, and then nothing changes.
    """
    with store.write() as db:
        rights = wish.applied(evaluators.rights(db, email))
        _judge(db, wish, rights)
        _set(db, email, rights)
        audit.add(db, Entry(now, who, audit.EVALUATOR_CHANGED, None, _said(email, rights)))
        return rights


def _set(db: Database, email: str, rights: Rights) -> None:
    evaluators.limit(db, email, rights.waves if isinstance(rights.waves, frozenset) else None)
    evaluators.narrow(db, email, rights.only)


def _judge(db: Database, wish: Wish, rights: Rights) -> None:
    """Raise UnknownWave, or UnknownGroup for a group that is in none of the waves: mostly a slip."""
    for wave_id in wish.waves:
        waves.get(db, wave_id)
    seen = [wave for wave in waves.all_waves(db) if wave.id in rights.waves]
    for group in wish.only:
        if not any(groups_of(db, wave, (group,)) for wave in seen):
            raise UnknownGroup(
                "nobody is invited in {group} in any of these waves: {waves}; import the people first, or "
                "check how the group is written (survey people list WAVE)",
                group=str(group), waves=", ".join(wave.id for wave in seen) or "-",
            )  # fmt: skip


def groups_of(db: Database, wave: Wave, only: Sequence[OneGroup]) -> tuple[OneGroup, ...]:
    """Those of some groups that a wave has: its invitations tell them, and somebody is invited in them."""
    places = _places(wave.definition, wave.id)
    return tuple(
        group
        for group in only
        if group.breakdown in places
        and group.value != NOT_ASSIGNED
        and invitations.has_group(db, wave.id, places[group.breakdown], group.value)
    )


@lru_cache(maxsize=64)
def _places(definition: str, name: str) -> Mapping[str, int]:
    """Where the breakdowns that invitations tell stand among an invitation's groups."""
    return {one.id: place for place, one in enumerate(definitions.load(definition, name).invited_by)}


def own_waves(db: Database, rights: Rights) -> dict[str, tuple[OneGroup, ...]]:
    """The waves in which an evaluator of some groups sees something, by id, with the groups seen there.

    A draft has nothing to be seen yet.
    """
    found = {
        wave.id: groups_of(db, wave, rights.only)
        for wave in waves.all_waves(db)
        if wave.id in rights.waves and wave.state != "draft"
    }
    return {wave_id: groups for wave_id, groups in found.items() if groups}


def remove(store: Store, email: str, who: str, now: datetime) -> None:
    """Remove an evaluator with links and sessions. Raises UnknownEvaluator."""
    with store.write() as db:
        evaluators.remove(db, email)
        audit.add(db, Entry(now, who, audit.EVALUATOR_REMOVED, None, email))


def _said(email: str, rights: Rights) -> str:
    seen = sorted(rights.waves) if isinstance(rights.waves, frozenset) else ["*"]
    return f"{email}: {', '.join(seen)}" + "".join(f"; {group}" for group in rights.only)


def link(store: Store, public_url: str, email: str, now: datetime) -> str:
    """A fresh sign-in address. Raises UnknownEvaluator."""
    token = tokens.new_sign_in_token()
    with store.write() as db:
        evaluators.issue(db, email, tokens.sign_in_hash(token), now, now + LIFETIME)
    return f"{public_url}/sign-in/{token}"


def mail_link(store: Store, settings: Settings, email: str, t: Language, now: datetime) -> None:
    """Mail a fresh sign-in link in a language.

    Raises UnknownEvaluator, and what a Postman raises: NoMail, Refused or Unreachable.
    """
    with Postman(settings) as postman:
        url = link(store, settings.public_url, email, now)
        before = t("With this link you sign in to Riscontro. It works once, for 15 minutes:")
        after = t("You did not ask for it? Then somebody else typed your address; nothing has happened.")
        html = (
            f'<!doctype html><html lang="{t.code}"><body><p>{escape(before)}</p>'
            f'<p><a href="{escape(url)}">{escape(url)}</a></p><p>{escape(after)}</p></body></html>'
        )
        plain = f"{before}\n\n{url}\n\n{after}\n"
        postman.send(message(email, t("Your sign-in link"), plain, html, settings))
