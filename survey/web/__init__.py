"""The pages: `create_app` puts the rooms together for Flask; it decides nothing itself."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask

from survey.answering import Answering
from survey.codes import Codes
from survey.composing import Desk
from survey.drafting import Drafting
from survey.gallery import Gallery
from survey.handing.codes import TypedCodes
from survey.handing.open_links import Entrances
from survey.handing.printing import Press
from survey.keying import Keying
from survey.keys import MarkKeys, secret_keys
from survey.partnering import Partnering
from survey.reaching import OptingOut
from survey.settings import Settings, load
from survey.store import Store, waves
from survey.tokens import Carrier, Links, OptOuts, Receipts
from survey.uploads import Uploads
from survey.web import evaluators, problems, trying
from survey.web.knocking import Doorbell
from survey.web.partners import partners
from survey.web.public import Pages, public
from survey.web.sessions import EvaluatorsSessions

LARGEST_BODY = 1_000_000
"""Bytes of a request; the longest answers stay far below."""


@dataclass(frozen=True)
class Rooms:
    """What the pages work with."""

    settings: Settings
    store: Store
    mark_keys: MarkKeys
    gallery: Gallery
    uploads: Uploads


def create_app(settings: Settings | None = None) -> Flask:
    """The application of one instance; settings come from the environment unless given.

    Raises BadSettings, BadNotice, BadCatalogue, NoInstance or DatabaseBusy where it cannot start.
    """
    settings = settings or load(os.environ)
    rooms = Rooms(
        settings,
        Store(settings.database),
        MarkKeys(settings.mark_keys),
        Gallery(settings.charts),
        Uploads(settings.uploads),
    )
    keys = secret_keys(settings)
    links, typed = Links(keys), TypedCodes(rooms.store, Codes(keys))
    answering = Answering(rooms.store, rooms.mark_keys, links)
    app = Flask("survey.web", static_folder=None)
    app.session_interface = EvaluatorsSessions()
    app.config.update(
        SECRET_KEY=keys[0],
        SECRET_KEY_FALLBACKS=list(keys[1:]),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        TRUSTED_HOSTS=_hosts(settings.public_url),
    )
    app.extensions.update(
        rooms=rooms,
        answering=answering,
        drafting=Drafting(rooms.store, answering),
        carrier=Carrier(keys),
        receipts=Receipts(keys),
        links=links,
        typed_codes=typed,
        entrances=Entrances(rooms.store, keys),
        press=Press(rooms.store, settings, keys),
        keying=Keying(rooms.store, rooms.mark_keys, answering, links, typed),
        opting_out=OptingOut(rooms.store, OptOuts(keys)),
        partnering=Partnering(rooms.store, keys),
        desk=Desk(settings, keys),
        pages=Pages(settings),
        doorbell=Doorbell(rooms.store, settings),
        ready=lambda: _ready(rooms.store),
    )
    app.register_blueprint(public)
    app.register_blueprint(partners)
    evaluators.register(app)
    app.register_blueprint(trying.blueprint)
    problems.handle(app)
    return app


def _ready(store: Store) -> None:
    """Raise unless the database can be read."""
    with store.read() as db:
        waves.all_waves(db)


def _hosts(public_url: str) -> list[str] | None:
    """The names under which requests are taken: the public one, and this machine's own."""
    name = urlsplit(public_url).hostname
    return [name, "localhost", "127.0.0.1"] if name else None
