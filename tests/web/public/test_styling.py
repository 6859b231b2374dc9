"""The style sheet of respondents' pages: of each page the rules that it can use, and no others."""

import re

from survey.web.public.pages import TEMPLATES
from survey.web.public.styling import ATTRIBUTE, Sheet

SHEET = Sheet(
    """/* aside */ :root { --a: 1px } p, .q > legend::before { margin: 0 } .w a { color: red }
    [type=checkbox]+span { top: 0 } #need:not(.x, .y) { top: 1px } .js [data-if]:not(.on) { left: 0 }
    @media print { .k { top: 0 } nav { top: 1px } } @media (x) { .w { top: 0 } }"""
)


def test_rules_stay_where_the_page_holds_all_that_their_selectors_name() -> None:
    page = '<fieldset class="q k" data-if="[&#34;a&#34;]"><legend>for .w</legend></fieldset><a href="x"></a>'
    assert SHEET.used_by(page) == (
        ":root{--a:1px}.q>legend::before{margin:0}.js [data-if]:not(.on){left:0}@media print{.k{top:0}}"
    )
    page = '<p class="z w"><a>x</a></p><b id="need"></b><input type="checkbox" name="a"><span></span>'
    assert SHEET.used_by(page) == (
        ":root{--a:1px}p{margin:0}.w a{color:red}[type=checkbox]+span{top:0}#need:not(.x,.y){top:1px}"
        "@media (x){.w{top:0}}"
    )


def test_every_rule_is_for_something_that_a_template_holds() -> None:
    source = (TEMPLATES / "style.html").read_text(encoding="utf-8")
    everything = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    named = set(re.findall(r"\.([a-z]\w*)(?=[^{}]*{)", re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)))
    held = set(re.findall(r"[\w-]+", everything))
    assert named - {"js", "on"} <= held
    asked = set(re.findall(r"\[([a-z-]+)", source))
    assert asked <= set(re.findall(r"[a-z-]+", ATTRIBUTE.pattern)), "name the attribute in styling.ATTRIBUTE"
