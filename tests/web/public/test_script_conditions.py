"""Whom a question is put to: the page's script against `conditions.put_to`, over random questionnaires."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser

from survey.definitions.conditions import put_to
from survey.definitions.model import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Item,
    Kind,
    Operator,
    Option,
    Point,
    Questionnaire,
    Scale,
    Section,
)
from survey.language import Refusal
from survey.store import waves
from survey.submission.kinds import HANDLING, codes
from survey.web.public import Pages
from tests.cast import Instance, questionnaire

pytestmark = pytest.mark.browser

WORDS = {"it": "x", "en": "x"}
SCALE = Scale("s", tuple(Point(value, WORDS) for value in range(11)), WORDS)
OPTIONS = tuple(Option(code, WORDS, code == "none") for code in ("a", "b", "c", "none"))
TYPED = [
    *("", " ", "0", "7", " 7 ", "-3", "−3", "+ 4", "2,5", "2.5", "2.50", "2.555", "1.280", "1,280"),
    *("1 280", "1’280", "1.280,5", "1,280.5", "1.280.000", "01.280", "1e3", "three", "DK", "9" * 41),
]


def random_item(random: Random, name: str) -> Item:
    kind = random.choice(list(Kind))
    item = Item(name, kind, WORDS, required=random.random() < 0.3)
    if kind is Kind.SCALE:
        return replace(item, scale=SCALE, not_applicable=WORDS)
    if kind is Kind.NUMBER:
        ends = random.choice([(0, 40.5), (-5, 5), (0, 2000), (1000, 2_000_000)])
        offered = WORDS if random.random() < 0.5 else None
        return replace(
            item, minimum=ends[0], maximum=ends[1], decimals=random.choice([0, 1, 3]), not_applicable=offered
        )
    if kind is Kind.TEXT:
        return replace(item, max_length=50)
    most = random.choice([0, 2]) if kind is Kind.CHOICES else 0
    apart = WORDS if kind is Kind.CHOICE else None
    return replace(item, options=OPTIONS, max_choices=most, not_applicable=apart)


def random_condition(random: Random, earlier: list[Item], depth: int = 0) -> Condition:
    if depth < 3 and random.random() < 0.35:
        some = tuple(random_condition(random, earlier, depth + 1) for _ in range(random.randint(2, 3)))
        return random.choice([AllOf, AnyOf])(some)
    item = random.choice(earlier)
    if item.kind is Kind.NUMBER or (item.kind is Kind.SCALE and random.random() < 0.5):
        least = random.choice([0, 1, 2.5, 7, 1280, -3] if item.kind is Kind.NUMBER else [1, 5, 10])
        return Comparison(item.id, Operator.AT_LEAST, least=least)
    known = [*item.codes, *(["DK"] if item.not_applicable else [])]
    asked = tuple(random.sample(known, random.randint(1, len(known) - 1)))
    return Comparison(item.id, random.choice([Operator.IN, Operator.NOT_IN]), codes=asked)


def random_questionnaire(random: Random) -> Questionnaire:
    items: list[Item] = []
    for number in range(random.randint(4, 12)):
        item = random_item(random, f"q{number}")
        earlier = [one for one in items if one.kind is not Kind.TEXT]
        if earlier and random.random() < 0.7:
            item = replace(item, show_if=random_condition(random, earlier))
        items.append(item)
    cut = len(items) // 2
    sections = (Section("one", WORDS, tuple(items[:cut])), Section("two", WORDS, tuple(items[cut:])))
    return replace(questionnaire("conditional"), sections=sections)


def random_fields(random: Random, asked: Questionnaire) -> dict[str, list[str]]:
    """What a browser could send: every number's field is sent, empty or not, beside the tick."""
    sent: dict[str, list[str]] = {}
    for item in asked.items:
        offered = [*item.codes, *(["DK"] if item.not_applicable else [])]
        if item.kind in (Kind.SCALE, Kind.CHOICE):
            sent[item.id] = random.sample(offered, random.choice([0, 1, 1, 1]))
        elif item.kind is Kind.CHOICES:
            sent[item.id] = [code for code in offered if random.random() < 0.35]
        else:
            ticked = item.not_applicable and random.random() < 0.3
            sent[item.id] = [random.choice(TYPED), *(["DK"] if ticked else [])]
    return sent


def decided(asked: Questionnaire, sent: dict[str, list[str]]) -> list[str]:
    """The ids of the items that the server would take answers to, in order."""
    said: dict[str, tuple[str, ...]] = {}
    for item in asked.items:
        try:
            answer = HANDLING[item.kind].from_form(item, sent[item.id])
        except Refusal:
            continue
        said[item.id] = () if answer is None else codes(answer)
    put = put_to(asked, said)
    return [item.id for item in asked.items if item.id in put]


FILL = """states => states.map(sent => {
  const form = document.forms[0];
  for (const field of form.querySelectorAll('.q input, .q textarea')) {
    const said = sent[field.name];
    if (/radio|checkbox/.test(field.type))
      field.checked = (field.closest('.q').dataset.range ? said.slice(1) : said).includes(field.value);
    else field.value = said[0];
  }
  form.querySelector('input').dispatchEvent(new Event('input', {bubbles: true}));
  return [...form.querySelectorAll('.q')].filter(item => item.checkVisibility({visibilityProperty: true}))
    .map(item => item.id.slice(5));
})"""


def test_the_page_decides_as_the_server_does(instance: Instance, browser: Browser) -> None:
    instance.wave("w", invited=1)
    pages = Pages(instance.settings)
    with instance.store.read() as db:
        wave = waves.get(db, "w")
    page = browser.new_page()
    random, seen = Random(6), 0
    for _ in range(60):
        asked = random_questionnaire(random)
        states: list[Any] = [random_fields(random, asked) for _ in range(30)]
        page.set_content(pages.preview(wave, asked, "en").html)
        for sent, shown in zip(states, page.evaluate(FILL, states), strict=True):
            expected = decided(asked, sent)
            assert shown == expected, (asked.sections, sent)
            seen += len(expected) < len(asked.items)
    assert seen > 500
    page.close()
