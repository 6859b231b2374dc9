"""GET /a/<link>: one constant page for everybody, that changes nothing."""

import gzip
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from survey.web import create_app
from tests.cast import Instance, make_instance, questionnaire

from .conftest import Site

PROMISED = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Content-Type": "text/html; charset=utf-8",
    "Vary": "Accept-Encoding, Accept-Language",
}


def test_form_is_shown_with_its_headers(site: Site):
    reply = site.client.get(site.wave()[0])
    assert reply.status_code == 200
    assert {name: reply.headers[name] for name in PROMISED} == PROMISED
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize("definition", ["all_kinds", "conditional"])
def test_policy_allows_the_one_style_sheet_and_the_scripts_and_no_more(site: Site, definition):
    reply = site.client.get(site.wave(definition=definition)[0])
    digests = [
        f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"
        for inline in re.findall(r"<(?:style|script)>(.*?)</", reply.text, re.DOTALL)
    ]
    policy = dict(part.split(" ", 1) for part in reply.headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "style-src": digests[0],
        "script-src": digests[1],
        "connect-src": "'self'",
        "img-src": "data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_page_loads_nothing_and_names_no_link(site: Site):
    address = site.wave()[0]
    page = site.client.get(address).text
    assert not re.search(r"<script .|<img|@import|url\(|style=|src=", page)
    assert re.findall(r"<link [^>]*>", page) == ['<link rel="icon" href="data:,">']
    assert address not in page
    assert " action=" not in page


def test_page_is_the_same_for_all_and_gzip_only_where_taken(site: Site):
    one, other, *_ = site.wave()
    plain = site.client.get(one, headers={"Accept-Encoding": "gzip;q=0, br"})
    packed = site.client.get(other, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data


def test_opening_changes_nothing(site: Site):
    address = site.wave()[0]
    before = site.instance.settings.database.read_bytes()
    for _ in range(3):
        assert site.client.get(address).status_code == 200
    head = site.client.head(address)
    assert (head.status_code, head.data) == (200, b"")
    assert site.instance.settings.database.read_bytes() == before


LANGUAGES = {
    "the browser's": ("", {"Accept-Language": "en-GB,it;q=0.5"}, "en"),
    "Italian without a wish": ("", {}, "it"),
    "Italian for a language that is not offered": ("", {"Accept-Language": "de"}, "it"),
    "asked for": ("?lang=en", {"Accept-Language": "it"}, "en"),
    "asked for in vain": ("?lang=de", {}, "it"),
}


@pytest.mark.parametrize(("query", "headers", "code"), LANGUAGES.values(), ids=LANGUAGES)
def test_language(site: Site, query, headers, code):
    reply = site.client.get(site.wave()[0] + query, headers=headers)
    assert f'<html lang="{code}">' in reply.text
    assert reply.headers["Content-Language"] == code


def test_every_item_is_a_fieldset_with_its_legend(site: Site):
    page = site.client.get(site.wave()[0] + "?lang=en").text
    legends = re.findall(r'<fieldset [^>]*id="item-(\w+)"[^>]*>\s*<legend(?: id="l-\1")?>(.*?)<', page)
    items = questionnaire("all_kinds").items
    assert [(item.id, item.text["en"]) for item in items] == [(name, said.strip()) for name, said in legends]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_promise_comes_before_the_first_item(site: Site):
    page = site.client.get(site.wave(threshold=7)[0] + "?lang=en").text
    promise = page[: page.index("<fieldset")]
    for said in (
        "Anonymous:",
        "at least 7 answers",
        "2 minutes",
        "Your link works once",
        "never sees individual",
    ):
        assert said in promise


def test_named_questionnaire_says_that_it_is_not_anonymous(site: Site):
    links = site.wave(definition="organizations", groups=[{"organization": "O1"}])
    page = site.client.get(links[0] + "?lang=en").text
    assert "Not anonymous:" in page
    assert "Nobody can get back" not in page


def test_synthetic_wave_says_so(site: Site):
    assert (
        "Demonstration with invented data" in site.client.get(site.wave(synthetic=True)[0] + "?lang=en").text
    )
    assert "invented" not in site.client.get(site.wave("real")[0] + "?lang=en").text


def test_settings_name_who_asks_and_whom_to_ask(tmp_path):
    named = {
        "ORGANIZER": "ATS <Milano>",
        "CONTACT": "ask@example.org",
        "ACCESSIBILITY_URL": "https://example.org/p",
    }
    instance = make_instance(tmp_path / "named", **named)
    site = Site(app := create_app(instance.settings), instance, app.test_client(use_cookies=False))
    page = site.client.get(site.wave()[0]).text
    assert "ATS &lt;Milano&gt;" in page
    assert 'href="mailto:ask@example.org"' in page
    assert 'href="https://example.org/p"' in page
    instance.store.close()


FOR_WHOM = {
    "it": {
        "hours": "Solo se alla domanda 2 ha risposto «Sì».",
        "obstacles": "Solo se alla domanda 2 ha risposto «No» e ha risposto alla domanda 1 senza scegliere "
        "«Nessuno di questi».",
        "care": "Solo se alla domanda 1 ha scelto «Asilo nido» o «Centro estivo» oppure la risposta alla "
        "domanda 3 è di almeno 2,5 ore alla settimana.",
    },
    "en": {
        "hours": "Only if you answered “Yes” to question 2.",
        "obstacles": "Only if you answered “No” to question 2, and you answered question 1 without choosing "
        "“None of these”.",
        "care": "Only if you chose “Nursery” or “Summer camp” in question 1, or your answer to question 3 "
        "is at least 2.5 hours a week.",
    },
}


@pytest.mark.parametrize("code", FOR_WHOM)
def test_an_item_says_for_whom_it_is(site: Site, code):
    page = site.client.get(site.wave(definition="conditional")[0] + f"?lang={code}").text
    legend = r'<legend[^>]*>(?:(?!</legend>).)*?<span class="f">(.*?)</span></legend>'
    said = re.findall(rf'id="item-(\w+)"[^>]*>\s*{legend}', page)
    assert {name: words for name, words in said if name != "reasons"} == FOR_WHOM[code]
    assert re.findall(r'<p class="f" id="f-effects">(.*?)</p>', page) == [FOR_WHOM[code]["hours"]]


FACTS = {
    "it": (
        "Anche se non li ha mai usati. Ne scelga al massimo 3.",
        "Un numero da 0 a 40,5, con una cifra decimale al massimo.",
        ">ore alla settimana<",
        "Al massimo 300 caratteri.",
        "Le risposte a domande che non la riguardano vengono tralasciate.",
    ),
    "en": (
        "Even if you never used them. Choose at most 3.",
        "A number from 0 to 40.5, with at most one decimal.",
        ">hours a week<",
        "At most 300 characters.",
        "Answers to questions that are not for you are left out.",
    ),
}


@pytest.mark.parametrize("code", FACTS)
def test_limits_and_units_are_said_as_the_reader_writes_them(site: Site, code):
    page = site.client.get(site.wave(definition="conditional")[0] + f"?lang={code}").text
    assert [said for said in FACTS[code] if said not in page] == []


def test_an_option_that_goes_alone_stands_apart(site: Site):
    page = site.client.get(site.wave(definition="conditional")[0]).text
    assert re.findall(r'<label class="n"><input type="checkbox" name="(\w+)" value="(\w+)"', page) == [
        ("services", "none"),
        ("obstacles", "no_need"),
    ]


def test_questions_for_everybody_are_not_said_to_be_for_some(site: Site):
    page = site.client.get(site.wave()[0] + "?lang=en").text
    assert "Only if" not in page and "not for you" not in page


BUDGET = {
    **dict.fromkeys(["beneficiaries", "organizations", "pulse", "all_kinds", "conditional"], 7 * 1024),
    "training": 5650 + 18 * 110,
}
"""Bytes on the wire. `training` has long questions and conditions: docs/decisions/0021-script.md."""


@pytest.mark.parametrize("name", BUDGET)
@pytest.mark.parametrize("code", ["it", "en"])
def test_page_fits_the_budget(site: Site, name, code):
    groups = [{"organization": "O1"}] if name == "organizations" else None
    address = site.wave(definition=name, groups=groups, closes=date(2026, 12, 30), grace=30)[0]
    reply = site.client.get(f"{address}?lang={code}", headers={"Accept-Encoding": "gzip"})
    assert len(reply.data) <= BUDGET[name]


def test_instances_do_not_share_pages(instance: Instance, tmp_path):
    first = create_app(instance.settings)
    second = create_app(replace(instance.settings, organizer="Somebody else", instance=tmp_path / "b"))
    assert "Somebody else" not in first.test_client().get("/").text
    assert "Somebody else" in second.test_client().get("/").text
