"""Scales of 3 to 11 points on narrow screens, in large text, in forced colours, in the dark and on paper."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.cast import questionnaire
from tests.web.judging import judged

from .conftest import Site

pytestmark = pytest.mark.browser

PLAIN = {"media": "screen", "color_scheme": "light", "forced_colors": "none"}
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "forced colours, dark": {"forced_colors": "active", "color_scheme": "dark"},
    "paper": {"media": "print", "color_scheme": "dark"},
}
SIZES = {"100 %": "", "200 %": ":root { font-size: 200% }"}
MARKED = """all => all.filter(one => {
    const mark = getComputedStyle(one, "::before")
    return mark.content.startsWith('"✓"') && mark.display === "grid"
}).length"""


@pytest.fixture
def filled_in(site: Site, browser: Browser, served: str) -> Iterator[Page]:
    """The page of all scales, the third point of each chosen."""
    page = browser.new_page(base_url=served, bypass_csp=True)
    page.goto(site.wave(definition="scales")[0] + "?lang=it")
    page.locator(".o > label:nth-child(3) > input").evaluate_all("all => all.forEach(one => one.click())")
    yield page
    page.close()


def test_no_label_of_a_scale_is_lost(filled_in: Page):
    items = questionnaire("scales").items
    for width in (320, 700, 1280):
        filled_in.set_viewport_size({"width": width, "height": 800})
        for look, media in LOOKS.items():
            filled_in.emulate_media(**PLAIN | media)
            for size, style in SIZES.items():
                wrong = judged(filled_in, "fit", "contrasts", "targets", style=style)
                assert wrong == [], (width, look, size)
            assert filled_in.locator(".o :checked + span").evaluate_all(MARKED) == len(items), (width, look)
    for item in items:
        drawn = filled_in.locator(f"#item-{item.id} .o").inner_text().split()
        for code, label in item.labels.items():
            assert set(label["it"].split()) | ({code} & set(drawn)) <= set(drawn), item.id


def test_a_scale_on_paper(filled_in: Page):
    """In black on white whatever the screen's colours, no question torn in two, no label missing."""
    filled_in.emulate_media(media="print", color_scheme="dark")
    inks = filled_in.locator(":checked + span").evaluate_all(
        "all => all.map(getComputedStyle).map(one => [one.color, one.backgroundColor].join())"
    )
    assert set(inks) == {"rgb(28, 36, 35),rgba(0, 0, 0, 0)"}
    pages = [page.extract_text() for page in PdfReader(BytesIO(filled_in.pdf(format="A4"))).pages]
    for item in questionnaire("scales").items:
        (whole,) = [page for page in pages if item.text["it"] in page]
        words = set(whole.split())
        assert all(set(label["it"].split()) <= words for label in item.labels.values()), item.id
