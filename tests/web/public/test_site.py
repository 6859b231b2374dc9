"""The few other addresses."""

from .conftest import Site


def test_home_says_what_this_is_in_both_languages(site: Site):
    italian = site.client.get("/", headers={"Accept-Language": "it"})
    english = site.client.get("/?lang=en", headers={"Accept-Language": "it"})
    assert '<html lang="it">' in italian.text
    assert "workplace-welfare" in english.text
    assert 'href="/sign-in"' in english.text


def test_alive_and_ready(site: Site):
    assert (site.client.get("/healthz").data, site.client.get("/readyz").data) == (b"ok\n", b"ok\n")


def test_not_ready_where_the_database_is_gone(site: Site, caplog):
    site.app.extensions["rooms"].store.close()
    site.instance.settings.database.write_bytes(b"not a database, not at all")
    reply = site.client.get("/readyz")
    assert (reply.status_code, reply.data) == (503, b"not ready\n")
    assert site.client.get("/healthz").status_code == 200
