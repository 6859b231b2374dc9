"""Templates are text: placeholders are replaced once, everything else means nothing."""

import pytest

from survey.language import language
from survey.mail.kinds import INVITATION, KINDS, REMINDER, RESULTS
from survey.mail.wording import (
    LONGEST_BODY,
    LONGEST_SUBJECT,
    PLACEHOLDERS,
    BadTemplate,
    Occasion,
    Template,
    Written,
    judged,
    standing,
    written,
)

EN, IT = language("en"), language("it")
STOP = "https://s.example.org/u/x"
VALUES = {
    "greeting": "Dear Anna,", "name": "Anna", "title": "Time", "organizer": "ATS", "contact": "",
    "threshold": "5", "link": "https://s.example.org/a/x?a=1&b=2", "duration": "It takes long.",
    "closes": "", "until": "", "turnout": "",
}  # fmt: skip


def mail(body: str, kind: str = INVITATION, named: bool = False, **values: str) -> Written:
    template = Template("About {title}", body)
    return written(template, Occasion(kind, named, 5), {**VALUES, **values}, STOP, EN)


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_the_standing_words_hold_in_both_languages(kind: str, named: bool) -> None:
    for t in (EN, IT):
        template = standing(kind, named, t)
        assert judged(kind, template) == template
        made = written(template, Occasion(kind, named, 7), VALUES, STOP, t)
        assert "{" not in made.text
        assert "  " not in made.text
        assert STOP in made.text
        assert STOP in made.html
        assert "7" in made.text
        assert f'lang="{t.code}"' in made.html
        assert ("https://s.example.org/a/x?a=1&b=2" in made.text) is (kind != RESULTS)
    assert standing(kind, named, EN) != standing(kind, named, IT)


def test_the_mode_and_the_threshold_stand_below_whatever_the_template_says() -> None:
    for part in (mail("{link}").text, mail("{link}").html):
        assert "Anonymous:" in part
        assert "at least 5 answers" in part
    assert "Not anonymous:" in mail("{link}", named=True).text
    panel = written(Template("About", "{link}"), Occasion(INVITATION, False, 5, panel=True), VALUES, STOP, EN)
    for part in (panel.text, panel.html):
        assert "the same in all rounds of this study" in part
        assert "nonymous" not in part and "traced back" not in part


def test_nothing_that_a_value_holds_means_anything() -> None:
    made = mail(
        "{greeting}\n\n{name} {{7*7}} <b>{title}</b>\n\n{link}",
        greeting="<script>alert(1)</script> {link}",
        name="{title} {% raw %}",
    )
    assert "<script>" not in made.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {link}" in made.html
    assert "{title} {% raw %}" in made.text
    assert "{{7*7}}" in made.text
    assert "<b>" not in made.html


def test_the_layout_of_simple_text() -> None:
    made = mail("One\ntwo\n\n- a\n- b\n\n{until}\n\nSee https://x.example.org/y, and {link}\n\n{link}")
    assert "One<br>two" in made.html
    assert "<ul><li>a</li><li>b</li></ul>" in made.html
    assert '<a href="https://x.example.org/y" ' in made.html
    assert made.html.count('href="https://s.example.org/a/x?a=1&amp;b=2"') == 3
    assert "\n\n\n" not in made.text
    assert "<img" not in made.html
    assert made.html.count("http") == made.html.count('href="http') + made.html.count(">http")


BAD = {
    "unknown placeholder": Template("s", "{link} {surname}"),
    "placeholder of another kind": Template("s", "{link} {turnout}"),
    "code in braces": Template("s", "{link} {name.__class__}"),
    "no link": Template("s", "hello"),
    "a link in the subject": Template("{link}", "{link}"),
    "a header in the subject": Template("Hi\r\nBcc: x@example.org", "{link}"),
    "no subject": Template(" ", "{link}"),
    "a long subject": Template("x" * (LONGEST_SUBJECT + 1), "{link}"),
    "no text": Template("s", " "),
    "a long text": Template("s", "{link}" + "x" * LONGEST_BODY),
    "a NUL byte": Template("s", "{link}\0"),
}


@pytest.mark.parametrize("template", BAD.values(), ids=BAD)
def test_words_that_cannot_be_used(template: Template) -> None:
    with pytest.raises(BadTemplate):
        judged(INVITATION, template)


def test_an_unknown_placeholder_is_named_with_those_there_are() -> None:
    with pytest.raises(BadTemplate, match=r"\{surname\}.*\{greeting\}, \{name\}"):
        judged(REMINDER, Template("s", "{surname} {link}"))


def test_results_need_no_link() -> None:
    assert judged(RESULTS, Template(" s ", "a\r\n\r\nb ")) == Template("s", "a\n\nb")
    assert "link" not in PLACEHOLDERS[RESULTS]
