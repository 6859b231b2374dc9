"""While somebody fills in a form the program is replaced, or the disk gets full: the answers still arrive."""

import html
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest
from itsdangerous import URLSafeTimedSerializer

from survey.keys import secret_keys
from survey.store import waves
from survey.web import create_app

from .conftest import GOOD, Site
from .test_pages import EFFECTS, USE, hidden, shown


def carried(site: Site, address: str, sent: dict[str, list[str]]) -> str:
    """What a form of several pages carries, written without the program: its form must stay readable."""
    with site.instance.store.read() as db:
        definition = waves.get(db, "w1").sha256
    invitation = site.instance.links.invitation(address.removeprefix("/a/"))
    return URLSafeTimedSerializer(
        secret_keys(site.instance.settings)[0],
        salt=f"riscontro.carried.{invitation.hex()}.{definition}",
        signer_kwargs={"digest_method": sha256},
    ).dumps(sent)


def restarted(site: Site) -> Site:
    """The same instance under a program that has just been started."""
    app = create_app(site.instance.settings)
    return Site(app, site.instance, app.test_client(use_cookies=False))


LATER = {"_later": "1", "_draft": ["x", "y"]}
"""Fields of a program that this one does not know: of a newer one that was taken back, say."""


@pytest.mark.parametrize("more", [{}, LATER, {"_go": ""}, {"_page": "0"}, {"_revision": "3", "_by": "A"}])
def test_a_form_of_one_page_goes_through(site: Site, more):
    address = site.wave(invited=8)[0]
    site.client.get(address)
    assert restarted(site).client.post(address, data={**GOOD, **more}).status_code == 303
    assert site.instance.close("w1").whole.responses == 1


@pytest.mark.parametrize("more", [{}, LATER])
def test_a_form_of_several_pages_goes_through(site: Site, more):
    address = site.wave(definition="paged", invited=8)[0]
    data = {"_carried": carried(site, address, USE | {"used": ["yes"]}), "_page": "1", **EFFECTS, **more}
    now = restarted(site).client
    page = now.post(address + "?lang=en", data={**data, "_go": "next"})
    assert (page.status_code, shown(page.text)) == (200, ["wish", "nursery_wish", "comment"])
    end = now.post(address + "?lang=en", data={**hidden(page.text), "wish": "yes", "_go": "look", **more})
    assert "2.5 hours a week" in end.text
    assert now.post(address, data={**hidden(end.text), "_go": "send"}).status_code == 303


@pytest.mark.parametrize("go", ["", "fly", "send:1"])
def test_a_button_that_is_not_known_loses_nothing(site: Site, go: str):
    """A later program may call its buttons otherwise: the form comes back as it was filled in, or is sent."""
    address = site.wave(invited=8)[0]
    reply = site.client.post(address + "?lang=en", data={**GOOD, "_go": go})
    if reply.status_code != 303:
        assert reply.status_code == 200
        assert 'value="4,5"' in reply.text and "Grazie &lt;b&gt;" in reply.text
        assert (
            site.client.post(address, data={**GOOD, **hidden(reply.text)} | {"_go": "send"}).status_code
            == 303
        )
    assert site.instance.close("w1").whole.responses == 1


@pytest.mark.parametrize("more", [{}, LATER])
def test_a_form_of_a_named_wave_that_knows_no_drafts_goes_through(site: Site, more):
    """As the program made them before there were drafts: no revision, no name, no button that saves."""
    address = site.wave(definition="organizations", groups=[{"organization": "O1"}])[0]
    assert (
        restarted(site).client.post(address, data={"employees": "40", "sector": "public", **more}).status_code
        == 303
    )


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """Files can grow to `room` bytes and no further: the system refuses to write what is behind."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


WAVES = {
    "the journal does not fit": ({"invited": 8}, GOOD, 600, "Send my answers again"),
    "the journal fits, the database does not": (
        {"definition": "organizations", "groups": [{"organization": "O1"}]},
        {"_go": "save", "comment": "è " * 700 + "è"}, 8 * 4096, "Save again"),
}  # fmt: skip


@pytest.mark.parametrize(("wave", "sent", "room", "button"), WAVES.values(), ids=WAVES)
def test_a_full_disk_gives_the_filled_form_back_and_leaves_the_file_whole(
    site: Site, wave, sent, room, button
):
    address = site.wave(**wave)[0]
    path = site.instance.settings.database
    before = path.read_bytes()
    with full_disk(room):
        reply = site.client.post(address + "?lang=en", data=sent)
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "10")
    assert f">{button}</button>" in reply.text
    words = max((said for said in sent.values() if isinstance(said, str)), key=len)
    assert html.escape(words, quote=False) in reply.text
    with site.instance.store.read() as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    # Where even taking back what was written by halves had no room, the next reader has done it.
    assert path.read_bytes() == before
    assert site.client.post(address, data=sent).status_code == 303
