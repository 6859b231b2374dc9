"""Guards of the evaluators' pages: each hands the view what it proved, so that no view can forget to ask.

A guarded view gets an `Evaluator` first, and in place of the wave's id in the address the wave
itself. Whoever is not signed in is sent to the sign-in page; an unknown wave, one that is hidden from
this evaluator, or figures of a wave that is not closed, raise the Refusals of the store.

An evaluator of some groups only is refused by every guard but two, `anybody` and `own_group`: a page that
does not ask for one of these cannot admit them by oversight.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache, wraps
from typing import Any, cast

from flask import abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from survey import admitting, tokens
from survey.cells import OneGroup
from survey.definitions import load
from survey.definitions.model import Questionnaire
from survey.gallery import Gallery
from survey.indicators.model import Results
from survey.indicators.results import results
from survey.keys import MarkKeys
from survey.language import Refusal
from survey.merging import exported
from survey.release import Release
from survey.settings import Settings
from survey.store import Store, audit, evaluators, releases, sessions, waves
from survey.store.audit import Entry
from survey.store.sessions import Session
from survey.store.waves import Everything, Wave
from survey.uploads import Uploads
from survey.web.sessions import family

View = Callable[..., ResponseReturnValue]
SIGNED_IN = "evaluator"
"""The key of the cookie's session under which the token of the server's session is kept."""


@dataclass(frozen=True)
class Evaluator:
    """Somebody who is signed in and still on the list of evaluators; `waves` are those that may be seen.

    `session` is the hash by which the session is known. `own` is None for somebody who sees waves whole;
    otherwise the waves of which only some groups are seen, by id, with these groups.
    """

    email: str
    waves: Container[str]
    session: str
    own: Mapping[str, tuple[OneGroup, ...]] | None = None

    @property
    def sees_everything(self) -> bool:
        """Whether no wave is hidden from this evaluator."""
        return isinstance(self.waves, Everything)


class WholeWavesOnly(Refusal):
    """The page is for evaluators of whole waves; this one sees some groups."""

    def __init__(self) -> None:
        super().__init__(
            "this page is for evaluators of whole waves; you see your own groups beside the total: the list "
            "of waves leads to them"
        )


@dataclass(frozen=True)
class OwnGroup:
    """A wave that is open or closed, and the group of it that this evaluator may see and asked for.

    `others` are all of this evaluator's groups in the wave, in order.
    """

    wave: Wave
    group: OneGroup
    others: tuple[OneGroup, ...]


@dataclass(frozen=True)
class ClosedWave:
    """A closed wave, its release, its frozen questionnaire, and what the release is cited by."""

    wave: Wave
    release: Release
    questionnaire: Questionnaire
    release_id: str

    @cached_property
    def results(self) -> Results:
        """Every figure of the release."""
        return results(self.release, self.questionnaire, self.release_id)


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


def settings() -> Settings:
    """The settings that create_app was given."""
    return cast(Settings, current_app.extensions["rooms"].settings)


def sign_in(email: str) -> None:
    """Start a fresh session for an evaluator; only the chosen language is carried over.

    The browser gets a token of which the server keeps the hash, so that the session can be ended here.
    """
    token, now = tokens.new_sign_in_token(), datetime.now(UTC)
    started = Session(tokens.sign_in_hash(token), email, now, family(request.headers.get("User-Agent", "")))
    with store().write() as db:
        sessions.start(db, started, now + current_app.permanent_session_lifetime)
    kept = {name: session[name] for name in ("lang",) if name in session}
    session.clear()
    session.update(kept)
    session[SIGNED_IN] = token
    session.permanent = True


def sign_out() -> None:
    """End the session, here and in the browser."""
    evaluator = _evaluator()
    if evaluator is not None:
        with store().write() as db:
            sessions.end(db, evaluator.email, evaluator.session)
    session.clear()


def anybody(view: View) -> View:
    """Guard: `view(evaluator, ...)` for all evaluators, the sign-in page for everybody else."""

    @wraps(view)
    def guarded(**arguments: Any) -> ResponseReturnValue:
        evaluator = _evaluator()
        if evaluator is None:
            session.pop(SIGNED_IN, None)
            return redirect(url_for("evaluators.sign_in_page"), 303)
        g.evaluator = evaluator
        return view(evaluator, **arguments)

    return guarded


def signed_in(view: View) -> View:
    """Guard: `view(evaluator, ...)` for evaluators of whole waves; WholeWavesOnly for all others."""

    @anybody
    @wraps(view)
    def guarded(evaluator: Evaluator, **arguments: Any) -> ResponseReturnValue:
        if evaluator.own is not None:
            raise WholeWavesOnly
        return view(evaluator, **arguments)

    return guarded


def own_group(view: View) -> View:
    """Guard: `view(evaluator, own, ...)` for evaluators of some groups: the group `?group=`, else the first.

    UnknownWave for a wave without a group of theirs, and alike for another's group or another evaluator.
    """

    @anybody
    @wraps(view)
    def guarded(evaluator: Evaluator, wave_id: str, **arguments: Any) -> ResponseReturnValue:
        own = evaluator.own or {}
        with store().read() as db:
            wave = waves.get(db, wave_id, own)
        groups = own[wave_id]
        asked = request.args.get("group", str(groups[0]))
        group = next((one for one in groups if str(one) == asked), None)
        if group is None:
            abort(404)
        return view(evaluator, OwnGroup(wave, group, groups), **arguments)

    return guarded


def seeing_everything(view: View) -> View:
    """Guard: `view(evaluator, ...)` for evaluators from whom no wave is hidden; others find no such page."""

    @signed_in
    @wraps(view)
    def guarded(evaluator: Evaluator, **arguments: Any) -> ResponseReturnValue:
        if not evaluator.sees_everything:
            abort(404)
        return view(evaluator, **arguments)

    return guarded


def known_wave(view: View) -> View:
    """Guard: `view(evaluator, wave, ...)`; UnknownWave where there is none, and alike where it is hidden."""

    @signed_in
    @wraps(view)
    def guarded(evaluator: Evaluator, wave_id: str, **arguments: Any) -> ResponseReturnValue:
        with store().read() as db:
            wave = waves.get(db, wave_id, evaluator.waves)
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
        leaves = exported(releases.body(db, wave_id), wave.definition)
    return ClosedWave(wave, release, load(wave.definition, wave.questionnaire), leaves.identifier)


def log(evaluator: Evaluator, act: str, wave: Wave, about: str) -> None:
    """Write into the log what an evaluator takes away; acts that change something are logged by journeys."""
    with store().write() as db:
        audit.add(db, Entry(datetime.now(UTC), evaluator.email, act, wave.id, about))


def _evaluator() -> Evaluator | None:
    token = session.get(SIGNED_IN)
    if token is None:
        return None
    known = tokens.sign_in_hash(token)
    with store().read() as db:
        email = sessions.whose(db, known, datetime.now(UTC))
        if email is None:
            return None
        rights = evaluators.rights(db, email)
        own = admitting.own_waves(db, rights) if rights.only else None
        return Evaluator(email, rights.waves if own is None else frozenset(own), known, own)
