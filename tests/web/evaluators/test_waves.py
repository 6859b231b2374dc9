"""The list, the standing of a wave that runs, and the figures of one that closed."""

import json
import re
from collections.abc import Callable

import pytest

from survey.charts import views
from survey.indicators.results import results, to_json
from survey.store import releases
from tests.cast import questionnaire
from tests.web.evaluators.conftest import CLOSED, DRAFT, NAMED, OPEN, Office, sign_in

Page = Callable[..., str]


def plain(html: str) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_without_waves_the_list_tells_the_next_command(empty: Office) -> None:
    text = empty.evaluator("en").get("/waves/").text
    assert "survey wave create" in text
    assert "survey demo" in text


def test_the_list_tells_how_far_every_wave_is(page: Page) -> None:
    text = plain(page("/waves/"))
    for said in (CLOSED, NAMED, OPEN, DRAFT, "4,000", "1,280", "32%", "Synthetic data", "closed on"):
        assert said in text


@pytest.mark.parametrize(("wave", "command"), [(OPEN, "survey wave close"), (DRAFT, "survey wave open")])
def test_a_wave_that_is_not_closed_shows_rates_and_no_answers(page: Page, wave: str, command: str) -> None:
    html = page(f"/waves/{wave}")
    assert f"{command} {wave}" in html
    assert "<img" not in html
    assert "<table" not in html


def test_an_open_anonymous_wave_counts_in_steps_of_the_threshold(page: Page) -> None:
    text = plain(page(f"/waves/{OPEN}"))
    assert "Answers at least 15" in text
    assert "17" not in text


def test_the_published_figures_in_the_order_of_reading(page: Page) -> None:
    html = page(f"/waves/{CLOSED}")
    text = plain(html[html.index('id="part-response"') :])
    said = [
        "32%", "1,280 of 4,000", "We do not know the opinion of the other 68%",
        "Main figures", "3.8 out of 5", "1,260 answers", "between 3.75 and 3.85",
        "57%", "1,250 answers", "63 people changed status", "not necessarily because of it",
        "All questions at a glance", "Your work, before and now", "Your days, now compared with before",
        "How stressed do you feel", "2.1 out of 5", "Low answers are the favourable ones",
        "To finish", "comments", "Dimensions", "8 dimensions", "How to read these figures",
    ]  # fmt: skip
    place = 0
    for one in said:
        place = text.index(one, place)


def test_every_block_is_figure_base_chart_sentence_then_what_is_folded(page: Page) -> None:
    html = page(f"/waves/{CLOSED}")
    blocks = html.split('<div class="figure" id="')[1:]
    of = questionnaire("beneficiaries")
    named = [block[: block.index('"')] for block in blocks]
    profiles = [one.id for one in of.indicators if one.id == "dimensions"]
    main = [one.id for one in of.indicators if one.id not in profiles]
    assert named == [
        "response",
        *(f"figure-{one}" for one in main),
        *(f"question-{one.id}" for one in of.items),
        *(f"figure-{one}" for one in profiles),
    ]
    for name, block in zip(named, blocks, strict=True):
        order = ['class="value"', 'class="base"', "<img", 'class="sentence"', "<details"]
        expected = order if name != "question-comment" else ['class="value"', 'class="sentence"']
        places = [block.index(one) for one in expected]
        assert places == sorted(places), name
        assert ('class="technical"' in block) == (name != "question-comment")


def test_a_page_is_moved_around_on_without_a_script(page: Page) -> None:
    for address in (f"/waves/{CLOSED}", f"/waves/{CLOSED}?by=alliance"):
        html = page(address)
        targets = set(re.findall(r'href="#([^"]+)"', html))
        assert {"contents", "part-response", "about"} < targets
        assert targets <= set(re.findall(r'id="([^"]+)"', html))
        assert html.count('href="#contents"') == html.count('<section class="card part"')
        unfolded = page(address + ("&" if "?" in address else "?") + "print=all")
        assert "loading=" in html and "loading=" not in unfolded, "a chart that is not loaded is not printed"
        folded = re.findall(r"<details(?![^>]* open)[^>]*>\s*<summary>([^<]+)", unfolded)
        assert set(folded) <= {"Every figure and question", "Order of the groups"}


@pytest.mark.parametrize(("lang", "number"), [("it", "1.260"), ("en", "1,260")])
def test_numbers_as_the_reader_writes_them(page: Page, lang: str, number: str) -> None:
    html = page(f"/waves/{CLOSED}", lang)
    assert f'<html lang="{lang}">' in html
    assert number in html


def test_every_chart_has_its_table_and_its_downloads(page: Page) -> None:
    html = page(f"/waves/{CLOSED}")
    images = re.findall(r'<img src="([^"]+)" alt="([^"]+)"', html)
    charts = [name for one in questionnaire("beneficiaries").indicators for name in views(one)]
    asked = [one for one in questionnaire("beneficiaries").items if one.kind != "text"]
    assert len(images) == len(charts) + len(asked) + len(["items", "response"])
    assert "employment-flows" in charts
    assert html.count("The chart as a table") == len(images)
    for form in ("svg", "png", "pdf"):
        assert len(re.findall(rf'<a href="[^"]+\.{form}\?[^"]+" download ', html)) == len(images)
    more = re.findall(r'<a href="[^"]+/download" aria-label="Slide, page, language: [^"]+"', html)
    assert len(more) == len(images)


def test_questions_that_are_no_scales_have_a_chart_by_groups_with_its_table(page: Page) -> None:
    html = page(f"/waves/{CLOSED}?by=alliance")
    blocks = dict(re.findall(r'<div class="figure" id="question-([^"]+)">(.*?)</figure>', html, re.DOTALL))
    asked = [one.id for one in questionnaire("beneficiaries").items if one.kind in ("choice", "choices")]
    assert list(blocks) == asked and len(asked) > 3
    for name, block in blocks.items():
        assert f"/charts/{name}.svg?lang=en&amp;by=alliance" in block
        assert f"table-question-{name}-1" in html
    assert "question-gender" not in page(f"/waves/{CLOSED}?by=gender"), "the groups are its answers"


def test_many_groups_have_an_overview_and_a_page_for_each_figure(page: Page, demo: Office) -> None:
    address = f"/waves/{CLOSED}?by=organization"
    html = page(address)
    assert len(html.encode()) < 200_000
    assert "figure-utility" not in html and 'id="part-groups-table-2"' in html
    leaves = re.findall(r'href="(/waves/[^"]+by=organization&amp;figure=[^"]+)">([^<]+)', html)
    of = questionnaire("beneficiaries")
    charted = [one for one in of.items if one.kind != "text"]
    assert len(leaves) == len(set(leaves)) == len(of.indicators) + len(charted)
    for place in (0, 3, len(leaves) - 1):
        leaf, title = leaves[place]
        shown = page(leaf.replace("&amp;", "&"))
        assert len(shown.encode()) < 200_000
        assert shown.count("<img") == 1 and f'<h2 id="part-figure">{title}</h2>' in shown
        assert shown.count('aria-current="page">' + title) == 1
        around = [leaves[at][1] for at in (place - 1, place + 1) if 0 <= at < len(leaves)]
        assert re.findall(r">(?:Previous|Next): ([^<]+)", shown) == around
    printed = page(f"{address}&print=all")
    assert all(f'id="figure-{one.id}"' in printed for one in of.indicators)
    assert demo.evaluator().get(f"{address}&figure=nothing").status_code == 404


def test_few_answers_are_said_as_counts(page: Page) -> None:
    html = page(f"/waves/{NAMED}")
    html = re.sub(r'<details class="technical">.*?</details>', "", html, flags=re.DOTALL)
    text = plain(html[html.index('id="part-response"') :])
    shown = text[: text.rindex("How to read")]
    percentages = set(re.findall(r"[\d.,]+%", shown.replace("95%", "")))
    assert percentages == {"21%", "79%"}, "only the response rate, over 80 invited"
    assert re.search(r"\d+ of 17", text)


@pytest.mark.parametrize("by", ["alliance", "organization", "service"])
def test_groups_side_by_side(page: Page, demo: Office, by: str) -> None:
    html = page(f"/waves/{CLOSED}?by={by}")
    overview = html[html.index('id="part-groups-table-1"') :]
    overview = overview[: overview.index("</tbody>")]
    whole, *names = re.findall(r'<tr><th scope="row">([^<]+)', overview)
    pools = [place for place, name in enumerate(names) if name.startswith("others")]
    shown, hidden = names[: min(pools)], names[max(pools) + 1 :]
    assert shown == sorted(shown) and hidden == sorted(hidden) and shown
    assert whole.strip() == "Whole wave"
    assert all(re.search(r"\(n = \d+\)", names[place]) for place in pools)
    assert "too close to call" in overview
    assert "Synthetic data" in html


def test_groups_stand_by_value_only_where_an_evaluator_asks_for_it(page: Page, demo: Office) -> None:
    html = page(f"/waves/{CLOSED}?by=alliance&order=utility")
    assert "no ranking of merit" in html and "no ranking of merit" not in page(f"/waves/{CLOSED}?by=alliance")
    overview = html[html.index('id="part-groups-table-1"') :]
    names = re.findall(r'<tr><th scope="row">(A\d)', overview[: overview.index("</tbody>")])
    with demo.instance.store.read() as db:
        found = results(releases.get(db, CLOSED), questionnaire("beneficiaries"))
    groups = found.by["alliance"].groups
    values = [groups[name].indicators["utility"].value for name in names]  # type: ignore[union-attr]
    assert values == sorted(values, reverse=True) and names != sorted(names)
    assert demo.evaluator().get(f"/waves/{CLOSED}?by=alliance&order=nothing").status_code == 404


def test_a_hidden_figure_is_a_dash_with_its_reason(page: Page) -> None:
    text = plain(page(f"/waves/{CLOSED}?by=organization"))
    assert "— it would give away single answers" in text


def test_a_wave_in_words_that_look_like_markup(empty: Office) -> None:
    empty.instance.wave("odd", "beneficiaries", groups=[{"alliance": "<script>alert(1)</script>"}] * 30)
    for invitation in empty.instance.wave("dull", "beneficiaries", groups=[{"alliance": "<b>x"}] * 30)[:20]:
        empty.instance.answer(invitation, utility="4")
    empty.instance.close("odd")
    empty.instance.close("dull")
    client = empty.evaluator()
    for address in ("/waves/odd?by=alliance", "/waves/dull?by=alliance", "/waves/%3Cscript%3E"):
        html = client.get(address).text
        assert "<script" not in html
        assert "<b>x" not in html


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/waves/nothing", 404),
        (f"/waves/{CLOSED}?by=nothing", 404),
        ("/waves/nothing/results.json", 404),
        (f"/waves/{OPEN}/results.json", 409),
        (f"/waves/{OPEN}/charts/items.svg", 409),
    ],
)
def test_what_cannot_be_had_is_said_on_a_page(demo: Office, address: str, status: int) -> None:
    answer = demo.evaluator().get(address)
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert 'href="/waves/"' in answer.text


def test_the_json_is_that_of_the_command(demo: Office) -> None:
    with demo.instance.store.read() as db:
        release, identifier = releases.get(db, NAMED), releases.identifier(db, NAMED)
    answer = demo.evaluator().get(f"/waves/{NAMED}/results.json")
    found = to_json(results(release, questionnaire("organizations"), identifier))
    expected = {**found, "by_open_links": None}
    assert json.loads(answer.text) == json.loads(json.dumps(expected))


def test_a_chosen_language_is_kept_and_else_the_browser_decides(demo: Office) -> None:
    client = demo.app.test_client()
    assert '<html lang="it">' in client.get("/sign-in").text
    assert '<html lang="en">' in client.get("/sign-in", headers={"Accept-Language": "en-GB,en"}).text
    assert '<html lang="it">' in client.get("/sign-in?lang=xx").text
    client.get("/sign-in?lang=en")
    sign_in(client, demo.instance)
    assert '<html lang="en">' in client.get("/waves/", headers={"Accept-Language": "it"}).text
