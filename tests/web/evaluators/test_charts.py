"""Charts as files: the right kind, drawn once, kept by the browser, only when asked for."""

import subprocess
import sys

import pytest

from survey.web.evaluators.drawing import drawn
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
    drawn.cache_clear()
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert drawn.cache_info().currsize == 0
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
        "items.svg?by=alliance",
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


def test_the_pages_do_not_load_the_drawing_library() -> None:
    """A worker that serves respondents must not pay for it."""
    code = "import sys, survey.web; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
