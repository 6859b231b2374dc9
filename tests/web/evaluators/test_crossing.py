"""The page of a cross and the page of comments, as evaluators use them."""

import html
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from survey import commenting
from tests import crossed
from tests.cast import Instance
from tests.crossed import LIKED, WAVE
from tests.web.evaluators.conftest import Office, csrf_token, office_of

CROSS = f"/waves/{WAVE}?by=alliance,service"
COMMENTS = f"/waves/{WAVE}/comments"


@pytest.fixture(scope="module")
def office(with_crosses: Instance) -> Iterator[Office]:
    made = office_of(with_crosses)
    yield made
    made.app.extensions["rooms"].store.close()


@pytest.fixture(scope="module")
def client(office: Office) -> FlaskClient:
    return office.evaluator("en")


def said(page: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def test_a_cross_is_a_table_with_reasons_and_totals(client: FlaskClient) -> None:
    whole = client.get(f"/waves/{WAVE}").text
    assert "by=alliance,service" in whole and "By alliance and service" in whole
    page = client.get(CROSS).text
    table = said(page[page.index("<table") : page.index("</table>")])
    assert table.startswith("Alliance / Service S1 S2 S3 All A1")
    n = "n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}".replace("\N{NO-BREAK SPACE}", " ")
    assert f"A1 3.0 {n}40" in table and "A2 3.0" in table
    assert "— it would give away single answers — fewer than 10 answers" in table
    assert f"All 3.0 {n}105" in table and f"{n}56*" in table
    assert "from 10 answers" in said(page) and "stand together" not in said(page)
    assert '<option value="usefulness" selected>' in page


def test_any_figure_can_be_chosen_and_merged_groups_have_no_total(client: FlaskClient) -> None:
    page = client.get(f"/waves/{WAVE}?by=alliance,gender&figure=response").text
    table = said(page[page.index("<table") : page.index("</table>")])
    assert table.startswith("Alliance / Gender Female Male and Other All A1 48 47 95")
    assert "shown together in this cross only" in table
    assert "Small groups stand together here" in said(page)
    assert "item/utility" in page
    item = said(client.get(f"/waves/{WAVE}?by=alliance,gender&figure=item/utility").text)
    assert "Was it useful?" in item
    assert client.get(f"/waves/{WAVE}?by=alliance,gender&figure=nothing").status_code == 200
    assert client.get(f"/waves/{WAVE}?by=gender,alliance").status_code == 404


def test_comments_are_searched_without_a_script_and_escaped(client: FlaskClient) -> None:
    page = client.get(COMMENTS).text
    assert "<script" not in page and "<b>nothing</b>" not in page
    assert "really <b>nothing</b>" in html.unescape(page)
    assert "12 comments" in page and "A room" not in page
    assert "Fewer than 10 comments" in page
    found = client.get(f"{COMMENTS}?q=CAFFE").text
    assert "1 comment holds “CAFFE”" in found and LIKED[0] in found and "remark" not in found
    assert "remark 3" not in client.get(f"{COMMENTS}?from=200").text
    assert client.get(f"{COMMENTS}/liked/99999").status_code == 404
    assert client.get(f"{COMMENTS}/missed/0").status_code == 404


def test_redacting_asks_and_then_overwrites(instance: Instance) -> None:
    crossed.close(instance)
    office = office_of(instance)
    client = office.evaluator("en")
    one = commenting.comments(instance.store, WAVE, "rossi")[0].comments
    assert one
    address = f"{COMMENTS}/liked/{one[0].place}"
    page = client.get(address)
    token = csrf_token(page)
    assert "nobody can bring it back" in page.text and LIKED[0] in page.text
    form = {"what": "part", "part": "Rossi", "csrf_token": token}
    refused = client.post(address, data=form)
    assert refused.status_code == 422 and "cannot be brought back" in refused.text
    for part, why in (("Bianchi", "does not hold"), ("", "rite here what")):
        answer = client.post(address, data=form | {"part": part, "sure": "y"})
        assert answer.status_code == 422 and why in answer.text
    for what, why in (("whole", "a part is written here"), ("", "whether a part or the whole")):
        answer = client.post(address, data=form | {"what": what, "sure": "y"})
        assert answer.status_code == 422 and why[1:] in answer.text
    assert client.post(address, data=form | {"sure": "y", "csrf_token": "x"}).status_code == 400
    done = client.post(address, data=form | {"sure": "y"}, follow_redirects=True)
    assert "The comment was overwritten." in done.text and "signora […]" in done.text
    assert "comment redacted" in client.get(f"/waves/{WAVE}/log").text
    client.post(address, data={"what": "whole", "sure": "y", "csrf_token": token})
    assert "signora" not in client.get(COMMENTS).text
    office.app.extensions["rooms"].store.close()
