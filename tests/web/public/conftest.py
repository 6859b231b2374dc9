"""The respondents' site of a fresh instance, and what a browser sends."""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from survey.web import create_app
from tests.cast import NOW, Instance

GOOD = {"utility": "4", "recommend": "10", "used": ["nursery"], "hours": "4,5", "comment": "Grazie <b>"}


@dataclass(frozen=True)
class Site:
    """The application over an instance, with a client that never keeps a cookie."""

    app: Flask
    instance: Instance
    client: FlaskClient

    def address(self, invitation: bytes) -> str:
        """The path of an invitation's link."""
        return "/a/" + self.instance.links.link(invitation)

    def wave(self, wave_id: str = "w1", invited: int = 6, **more: object) -> list[str]:
        """Make a wave; the paths of its links."""
        return [self.address(one) for one in self.instance.wave(wave_id, invited=invited, **more)]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def site(instance: Instance) -> Site:
    app = create_app(instance.settings)
    return Site(app, instance, app.test_client(use_cookies=False))


@pytest.fixture
def served(site: Site) -> Iterator[str]:
    """The address of the site, served on a free port."""
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
