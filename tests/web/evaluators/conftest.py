"""The demonstration waves, closed once for all these tests, and clients who look at them."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey import demonstration, tokens
from survey.store import contacts, evaluators, invitations
from survey.store.contacts import Contact
from survey.web import create_app
from tests.cast import Instance, make_instance

EMAIL = "valutatrice@example.org"
CONTACT = bytes(range(16))
"""The id of somebody who is invited to the closed wave."""
CLOSED, NAMED, OPEN, DRAFT = "people-2019", "firms-2019", "people-2026", "people-2027"


def sign_in_token(instance: Instance, email: str = EMAIL, minutes: int = 15) -> str:
    """A fresh one-time token of an evaluator, good for `minutes` from now."""
    token, now = tokens.new_sign_in_token(), datetime.now(UTC)
    with instance.store.write() as db:
        evaluators.add(db, email, now)
        evaluators.issue(db, email, tokens.sign_in_hash(token), now, now + timedelta(minutes=minutes))
    return token


def csrf_token(page: TestResponse) -> str:
    """The token of the first form on a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    return found[1]


def sign_in(client: FlaskClient, instance: Instance, email: str = EMAIL) -> TestResponse:
    """Open a sign-in link and press its button."""
    address = f"/sign-in/{sign_in_token(instance, email)}"
    return client.post(address, data={"csrf_token": csrf_token(client.get(address))})


@dataclass(frozen=True)
class Office:
    """An instance with its application."""

    instance: Instance
    app: Flask

    def evaluator(self, lang: str | None = None) -> FlaskClient:
        """A client who is signed in."""
        client = self.app.test_client()
        sign_in(client, self.instance)
        if lang:
            client.get(f"/waves/?lang={lang}")
        return client


def office_of(instance: Instance) -> Office:
    return Office(instance, create_app(instance.settings))


def file_of(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.fixture
def empty(instance: Instance) -> Iterator[Office]:
    """An instance without waves."""
    made = office_of(instance)
    yield made
    made.app.extensions["rooms"].store.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Two closed waves, an open one and a draft."""
    instance = make_instance(
        tmp_path_factory.mktemp("demo") / "instance", MAIL_FROM="piano@example.org", MAIL_COURIER="off"
    )
    for wave, definition, rows in (
        (CLOSED, "beneficiaries", demonstration.beneficiaries),
        (NAMED, "organizations", demonstration.organizations),
    ):
        instance.wave(wave, definition, synthetic=True)
        instance.import_answers(wave, file_of(rows()))
        instance.close(wave)
    for invitation in instance.wave(OPEN, "beneficiaries", invited=40)[:17]:
        instance.answer(invitation, utility="4")
    instance.wave(DRAFT, "beneficiaries", opened=False)
    with instance.store.write() as db:
        whose = invitations.of_wave(db, CLOSED)[0].id
        contacts.add(db, [Contact(CONTACT, whose, CLOSED, "anna@example.org", "Anna <b>Rossi</b>")])
    made = office_of(instance)
    yield made
    made.app.extensions["rooms"].store.close()
    instance.store.close()


@pytest.fixture
def page(demo: Office) -> Callable[..., str]:
    """The text of a page as a signed-in evaluator sees it."""

    def get(address: str, lang: str = "en") -> str:
        answer = demo.evaluator(lang).get(address)
        assert answer.status_code == 200, answer.text
        return answer.text

    return get
