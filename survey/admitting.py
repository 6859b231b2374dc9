"""Journey: evaluators are added, limited to some waves and removed; each signs in by a one-time link.

The link is printed by the command or mailed. Only its hash is stored, and it works once, for LIFETIME.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape

from survey import tokens
from survey.language import Language, Refusal
from survey.mail.building import message
from survey.mail.sending import Postman
from survey.settings import Settings
from survey.store import Store, audit, evaluators, waves
from survey.store.audit import Entry

LIFETIME = timedelta(minutes=15)
LONGEST_ADDRESS = 254


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


def add(store: Store, email: str, limits: Sequence[str] | None, who: str, now: datetime) -> bool:
    """Add an evaluator of everything (None) or of some waves; the log says who did.

    False where the address is there already, and then nothing changes. Raises UnknownWave.
    """
    with store.write() as db:
        for wave_id in limits or ():
            waves.get(db, wave_id)
        if not evaluators.add(db, email, now, everything=limits is None):
            return False
        if limits is not None:
            evaluators.limit(db, email, limits)
        audit.add(db, Entry(now, who, audit.EVALUATOR_ADDED, None, _said(email, limits)))
        return True


def limit(store: Store, email: str, limits: Sequence[str] | None, who: str, now: datetime) -> None:
    """Let an evaluator see these waves only, or everything (None), from the next page on.

    Raises UnknownWave or UnknownEvaluator.
    """
    with store.write() as db:
        for wave_id in limits or ():
            waves.get(db, wave_id)
        evaluators.visible(db, email)
        evaluators.limit(db, email, limits)
        audit.add(db, Entry(now, who, audit.EVALUATOR_CHANGED, None, _said(email, limits)))


def remove(store: Store, email: str, who: str, now: datetime) -> None:
    """Remove an evaluator with links and sessions. Raises UnknownEvaluator."""
    with store.write() as db:
        evaluators.remove(db, email)
        audit.add(db, Entry(now, who, audit.EVALUATOR_REMOVED, None, email))


def _said(email: str, limits: Iterable[str] | None) -> str:
    return f"{email}: {'*' if limits is None else ', '.join(sorted(limits))}"


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
