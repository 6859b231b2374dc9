"""Guards of the evaluators' pages: each hands the view what it proved, so that no view can forget to ask.

A guarded view gets an `Evaluator` first, and in place of the wave's id in the address the wave
itself. Whoever is not signed in is sent to the sign-in page; an unknown wave, or figures of a wave
that is not closed, raise the Refusals of the store.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache, wraps
from typing import Any, cast

from flask import current_app, redirect, session, url_for
from flask.typing import ResponseReturnValue

from survey.definitions import load
from survey.definitions.model import Questionnaire
from survey.gallery import Gallery
from survey.indicators.model import Results
from survey.indicators.results import results
from survey.keys import MarkKeys
from survey.release import Release
from survey.store import Store, evaluators, releases, waves
from survey.store.waves import Wave
from survey.uploads import Uploads

View = Callable[..., ResponseReturnValue]
SIGNED_IN = "evaluator"
"""The key of the session under which the address of the signed-in evaluator is kept."""


@dataclass(frozen=True)
class Evaluator:
    """Somebody who is signed in and is still on the list of evaluators."""

    email: str


@dataclass(frozen=True)
class ClosedWave:
    """A closed wave with its release and its frozen questionnaire. `release_id` is the release's SHA-256."""

    wave: Wave
    release: Release
    questionnaire: Questionnaire
    release_id: str

    @cached_property
    def results(self) -> Results:
        """Every figure of the release."""
        return results(self.release, self.questionnaire)


def store() -> Store:
    """The store that create_app gave the application."""
    return cast(Store, current_app.extensions["rooms"].store)


def mark_keys() -> MarkKeys:
    """The mark keys that create_app gave the application."""
    return cast(MarkKeys, current_app.extensions["rooms"].mark_keys)


def uploads() -> Uploads:
    """The lists that wait for confirmation."""
    return cast(Uploads, current_app.extensions["rooms"].uploads)


def gallery() -> Gallery:
    """The kept charts that create_app gave the application."""
    return cast(Gallery, current_app.extensions["rooms"].gallery)


def sign_in(email: str) -> None:
    """Start a fresh session for an evaluator; only the chosen language is carried over."""
    kept = {name: session[name] for name in ("lang",) if name in session}
    session.clear()
    session.update(kept)
    session[SIGNED_IN] = email
    session.permanent = True


def sign_out() -> None:
    """End the session."""
    session.clear()


def signed_in(view: View) -> View:
    """Guard: `view(evaluator, ...)` for evaluators, the sign-in page for everybody else."""

    @wraps(view)
    def guarded(**arguments: Any) -> ResponseReturnValue:
        evaluator = _evaluator()
        if evaluator is None:
            session.pop(SIGNED_IN, None)
            return redirect(url_for("evaluators.sign_in_page"), 303)
        return view(evaluator, **arguments)

    return guarded


def known_wave(view: View) -> View:
    """Guard: `view(evaluator, wave, ...)`; UnknownWave where there is none."""

    @signed_in
    @wraps(view)
    def guarded(evaluator: Evaluator, wave_id: str, **arguments: Any) -> ResponseReturnValue:
        with store().read() as db:
            wave = waves.get(db, wave_id)
        return view(evaluator, wave, **arguments)

    return guarded


def closed_wave(view: View) -> View:
    """Guard: `view(evaluator, closed, ...)`; UnknownWave or NotClosedYet."""

    @known_wave
    @wraps(view)
    def guarded(evaluator: Evaluator, wave: Wave, **arguments: Any) -> ResponseReturnValue:
        return view(evaluator, closed(wave), **arguments)

    return guarded


def closed(wave: Wave) -> ClosedWave:
    """A wave with its release and questionnaire; NotClosedYet where it has none."""
    return _closed(store(), wave.id, wave.closed_at)


@lru_cache(maxsize=16)
def _closed(of: Store, wave_id: str, closed_at: datetime | None) -> ClosedWave:
    """A closed wave never changes: it is read once, as long as it bears the same time of closing."""
    with of.read() as db:
        wave, release = waves.get(db, wave_id), releases.get(db, wave_id)
        release_id = releases.identifier(db, wave_id)
    return ClosedWave(wave, release, load(wave.definition, wave.questionnaire), release_id)


def _evaluator() -> Evaluator | None:
    email = session.get(SIGNED_IN)
    if email is None:
        return None
    with store().read() as db:
        return Evaluator(email) if evaluators.exists(db, email) else None
