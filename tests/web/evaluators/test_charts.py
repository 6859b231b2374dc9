"""Charts as files: the right kind, drawn once, kept by the browser, only when asked for."""

import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from contextlib import ExitStack

import pytest

from survey.gallery import MOST_WAITING
from tests.web.evaluators.conftest import CLOSED, NAMED, Office

STARTS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}
TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
CHARTS = f"/waves/{CLOSED}/charts"


@pytest.mark.parametrize("form", STARTS)
def test_a_chart_in_every_form(demo: Office, form: str) -> None:
    answer = demo.evaluator().get(f"{CHARTS}/utility.{form}?lang=en")
    assert answer.status_code == 200
    assert answer.data.startswith(STARTS[form])
    assert answer.mimetype == TYPES[form]
    assert answer.headers["Cache-Control"].startswith("private")


def test_an_svg_opened_by_itself_may_style_itself_and_load_nothing(demo: Office) -> None:
    policy = demo.evaluator().get(f"{CHARTS}/items.svg").headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_an_unchanged_chart_is_neither_sent_nor_drawn_again(demo: Office) -> None:
    client, address = demo.evaluator(), f"{CHARTS}/utility.svg?by=alliance&lang=it"
    first = client.get(address)
    (kept,) = (demo.instance.settings.charts / CLOSED).glob("utility.alliance.it.*.svg")
    assert kept.read_bytes() == first.data
    kept.unlink()
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert not kept.exists()
    kept.write_bytes(b"<svg>kept</svg>")
    assert client.get(address).data == b"<svg>kept</svg>"
    kept.unlink()
    assert client.get(address).data == first.data


def test_every_choice_has_its_own_tag(demo: Office) -> None:
    client = demo.evaluator()
    addresses = [
        f"{CHARTS}/utility.svg?lang=it", f"{CHARTS}/utility.svg?lang=en", f"{CHARTS}/utility.pdf?lang=it",
        f"{CHARTS}/utility.svg?lang=it&by=alliance", f"{CHARTS}/items.svg?lang=it",
        f"/waves/{NAMED}/charts/items.svg?lang=it",
    ]  # fmt: skip
    tags = [client.get(address).headers["ETag"] for address in addresses]
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(
    "address",
    [
        "nothing.svg",
        "utility.gif",
        "utility.svg?by=nothing",
        "utility.svg?lang=xx",
        "comment.svg",
        "utility-flows.svg",
        "utility.svg?by=..%2f..%2fnothing",
        "..%2f..%2fetc%2fpasswd.svg",
    ],
)
def test_what_is_no_chart_is_not_found(demo: Office, address: str) -> None:
    assert demo.evaluator().get(f"{CHARTS}/{address}").status_code == 404


def test_asking_for_a_chart_leaves_the_chosen_language_alone(demo: Office) -> None:
    client = demo.evaluator("it")
    answer = client.get(f"{CHARTS}/utility.svg?lang=en")
    assert "Set-Cookie" not in answer.headers
    assert '<html lang="it">' in client.get("/waves/").text


@pytest.mark.parametrize("what", ["response", "employment-flows", "recommendation"])
@pytest.mark.parametrize("by", ["", "&by=alliance"])
def test_what_is_no_single_question_has_charts_too(demo: Office, what: str, by: str) -> None:
    assert demo.evaluator().get(f"{CHARTS}/{what}.svg?lang=it{by}").data.startswith(b"<?xml")


def test_a_chart_is_taken_away_in_what_is_chosen_on_a_page_of_its_own(demo: Office) -> None:
    client = demo.evaluator("en")
    html = client.get(f"{CHARTS}/utility/download?by=organization").text
    chosen = {
        name: re.findall(r'<option value="([^"]+)"', options)
        for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', html, re.DOTALL)
    }
    assert {name: set(values) for name, values in chosen.items()} == {
        "size": {"slide", "page", "own"}, "title": {"0", "1"}, "caption": {"0", "1"}, "lang": {"it", "en"},
    }  # fmt: skip
    for form in STARTS:
        assert f'formaction="/waves/{CLOSED}/charts/utility.{form}?by=organization"' in html
    given = client.get(f"{CHARTS}/utility.svg?take=1&size=page&title=0&caption=0&lang=it&by=alliance")
    assert b"Domanda" in given.data and b"Fonte" not in given.data
    named = f'attachment; filename="{CLOSED}-utility-alliance-page-untitled-uncaptioned-it.svg"'
    assert given.headers["Content-Disposition"] == named
    sheets = client.get(f"{CHARTS}/status_before.svg?take=1&size=slide&lang=it&by=alliance")
    assert sheets.headers["Content-Disposition"].endswith('.zip"')
    with zipfile.ZipFile(io.BytesIO(sheets.data)) as archive:
        assert len(archive.namelist()) > 1 and all(name.endswith(".svg") for name in archive.namelist())
    refused = client.get(f"{CHARTS}/employment.svg?take=1&size=slide&lang=it&by=organization")
    assert refused.status_code == 409 and "take it as PDF" in refused.text
    one = client.get(f"{CHARTS}/status_before.svg?take=1&size=slide&sheet=2&lang=it&by=alliance")
    assert one.data.startswith(STARTS["svg"])
    assert client.get("/waves/").text.count('<html lang="en">') == 1
    for what in ("nothing", "comment"):
        assert client.get(f"{CHARTS}/{what}/download").status_code == 404


SERVING = """
import sys
from datetime import UTC, datetime, timedelta
from survey.settings import load
from survey.store import evaluators
from survey.web import create_app
from survey import tokens
from survey.store import sessions
from survey.store.sessions import Session
from survey.web.access import SIGNED_IN
instance, address = sys.argv[1:]
app = create_app(load({"SURVEY_INSTANCE": instance}))
with app.extensions["rooms"].store.write() as db:
    now, token = datetime.now(UTC), tokens.new_sign_in_token()
    evaluators.add(db, "anna@example.org", now)
    known = Session(tokens.sign_in_hash(token), "anna@example.org", now, "")
    sessions.start(db, known, now + timedelta(hours=1))
client = app.test_client()
with client.session_transaction() as session:
    session[SIGNED_IN] = token
answer = client.get(address)
loaded = {name.partition(".")[0] for name in sys.modules}
print(answer.status_code, len(answer.data) > 1000, *loaded & {"matplotlib", "pandas", "pyreadstat"})
"""


def test_a_process_that_serves_never_loads_what_draws_and_what_writes_for_spss(demo: Office) -> None:
    """A worker that serves respondents must not pay for it, not even after it was asked for a chart."""
    folder = str(demo.instance.settings.instance)
    address = f"{CHARTS}/dimensions.svg?lang=en&by=organization"
    done = subprocess.run(
        [sys.executable, "-c", SERVING, folder, address], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["200", "True"]
    assert list((demo.instance.settings.charts / CLOSED).glob("dimensions.organization.en.*.svg"))


def test_a_chart_that_cannot_be_drawn_is_a_page_with_the_reason(
    demo: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPLBACKEND", "nonsense")
    answer = demo.evaluator("en").get(f"{CHARTS}/less_stress.png?lang=en")
    assert answer.status_code == 500
    assert "The chart could not be drawn" in answer.text
    monkeypatch.delenv("MPLBACKEND")
    assert demo.evaluator().get(f"{CHARTS}/less_stress.png?lang=en").status_code == 200


def test_too_many_who_wait_are_asked_to_come_again(demo: Office) -> None:
    gallery = demo.app.extensions["rooms"].gallery
    with ExitStack() as waiting:
        for _ in range(MOST_WAITING):
            waiting.enter_context(gallery.open())
        client = demo.evaluator("en")
        answer = client.get(f"{CHARTS}/less_stress.pdf?lang=en")
        picture = client.get(f"{CHARTS}/less_stress.svg?by=alliance&lang=en")
    assert answer.status_code == picture.status_code == 503
    assert "try again" in answer.text
    # A page shows it in the chart's place.
    assert (picture.mimetype, picture.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert "load the page again" in " ".join(ET.fromstring(picture.data).itertext())
