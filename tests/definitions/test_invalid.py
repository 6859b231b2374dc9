"""Every invalid fixture and what is said of it: place, path and the problem's first clause."""

import pytest

from survey.definitions import InvalidDefinition, check, load
from survey.language import language
from tests.definitions.folders import INVALID, VALID, content

EXPECTED = {
    "bands_not_rising": ["22:75: indicators[0].bands[2]: 10 does not rise above 10"],
    "bands_out_of_reach": [
        "22:68: indicators[0].bands[0]: no answer falls into the bar from -10, as the item",
        "22:80: indicators[0].bands[3]: no answer falls into the bar from 50, as the item",
    ],
    "bands_text": [
        '22:68: indicators[0].bands[0]: "0-10" is not a number',
        '22:76: indicators[0].bands[1]: "10-20" is not a number',
    ],
    "bounds_finer_than_decimals": [
        "21:22: sections[0].items[0].maximum: 40.25 has more decimals than the item takes",
    ],
    "breakdown_from_conditional": [
        '11:12: breakdowns[0].id: "gender" is not put to everybody, so it cannot divide everybody',
    ],
    "breakdown_from_item_inside": [
        "12:38: breakdowns[1].inside: what people answer lies inside no other breakdown",
    ],
    "breakdown_from_scale": ['11:12: breakdowns[0].id: "utility" is an item of kind "scale"'],
    "breakdown_from_unknown_item": ['11:12: breakdowns[0].id: there is no item "sex"'],
    "breakdown_inside_item": [
        '12:52: breakdowns[1].inside: "gender" is what people answer, and nothing lies inside it',
    ],
    "breakdown_inside_later": [
        '14:17: breakdowns[0].inside: there is no earlier breakdown "alliance"',
    ],
    "breakdown_inside_unknown": [
        '14:17: breakdowns[0].inside: there is no earlier breakdown "alliance"',
    ],
    "breakdown_like_item": ['10:25: breakdowns[0].id: "utility" is the id of an item as well'],
    "choices_not_applicable": [
        '22:11: sections[0].items[0].not_applicable: "not_applicable" is not known here',
    ],
    "completeness_below_default": ["46:19: completeness.partial: partial 0.3 is above complete 0.2"],
    "completeness_order": ["46:48: completeness.partial: partial 0.7 is above complete 0.3"],
    "completeness_percent": ["46:32: completeness.complete: 70 is too large"],
    "control_character": [
        "27:81: sections[0].items[0].text.en: the text holds a character that no page can show",
    ],
    "control_character_in_key": [
        '6:3: ["\\u0007"]: the text holds a character that no page can show',
        '6:3: ["\\u0007"]: "\\u0007" is not known here',
    ],
    "cross_inside": ['17:27: crosses[0][1]: "organization" lies inside "alliance", and few cells'],
    "cross_item_twice": [
        '17:40: crosses[1][0]: "gender" is what people answer, and two crosses with it can be subtracted',
    ],
    "cross_of_choices": ['17:28: crosses[0][1]: "tools" takes several choices, so that its groups overlap'],
    "cross_of_three": ["17:15: crosses[0]: the list has too many entries; the most is 2"],
    "cross_twice": ["17:40: crosses[1]: this cross is there twice, whichever of the two makes the rows"],
    "cross_unknown": ['17:28: crosses[0][1]: there is no breakdown "region"; use two of these: "alliance"'],
    "cross_with_itself": [
        '17:15: crosses[0]: the list says something twice; keep each entry once: "alliance", "alliance"',
    ],
    "decimals_seven": ["23:23: sections[0].items[0].decimals: 7 is too large"],
    "duplicate_breakdown": ['12:12: breakdowns[1].id: "alliance" is already used by breakdowns[0]'],
    "duplicate_dimension": [
        '44:16: indicators[0].dimensions[1].id: "time" is already used by indicators[0].dimension',
    ],
    "duplicate_indicator": ['31:12: indicators[1].id: "figure" is already used by indicators[0]'],
    "duplicate_item": [
        '28:16: sections[0].items[1].id: "utility" is already used by sections[0].items[0]',
    ],
    "duplicate_key": ['7:3: mode: "mode" is given twice, first on line 6'],
    "duplicate_key_in_item": [
        '37:25: sections[0].items[2].minimum: "minimum" is given twice, first on line 37',
    ],
    "duplicate_option": [
        '24:23: sections[0].items[0].options[2].value: "yes" is already used by sections[0].items',
    ],
    "duplicate_section": ['29:13: sections[1].id: "one" is already used by sections[0]'],
    "empty": ["1:1: $: a value is missing here"],
    "endless_digits": ["38:22: sections[0].items[2].maximum: this is not a finite number"],
    "exclusive_all": [
        "21:22: sections[0].items[0].options: at most one option goes with others",
    ],
    "exclusive_in_choice": [
        '21:81: sections[0].items[0].options[1].exclusive: "exclusive" is for items of kind "choices" only',
    ],
    "export_beside_cross": [
        "14:14: crosses: beside a file of single answers no cross can be shown",
    ],
    "export_breakdown_behind": [
        '30:27: export.breakdown: "service" stands behind "alliance", in which it does not lie',
    ],
    "export_breakdown_from_item": [
        '37:27: export.breakdown: there is no breakdown "gender" from the invitation',
    ],
    "export_items": [
        '26:21: sections[0].items[0].export: "gender" divides people into groups',
        "33:21: sections[0].items[1].export: only demographic items need this",
        "39:21: sections[0].items[2].export: texts stand in no file of answers",
    ],
    "export_named": ["27:13: export: in a named wave evaluators get every answer anyway"],
    "export_panel": [
        "30:13: export: in a panel wave this would tell whose answers in one wave belong to whose",
    ],
    "export_undeclared": ['21:21: sections[0].items[0].export: this needs "export" at the top of the file'],
    "group_and_item_never_met": [
        '39:72: sections[0].items[1].items[1].show_if: this can never be met, as no answer to "used" fits',
    ],
    "group_item_twice": [
        '32:20: sections[0].items[0].items[1].id: "time" is already used by sections[0].items[0].items[0]',
    ],
    "group_like_item": [
        '33:20: sections[0].items[1].group: "used" is already used by sections[0].items[0]',
    ],
    "group_of_one": ["30:20: sections[0].items[0].items: the list has too few entries"],
    "group_show_if_later": ['30:31: sections[0].items[0].show_if.item: "time" is not asked before'],
    "group_unknown_scale": ['29:20: sections[0].items[0].scale: there is no scale "likelihood"'],
    "group_with_kinds": ['31:28: sections[0].items[0].items[0].kind: "kind" is not known here'],
    "group_without_text": ['26:9: sections[0].items[0]: "text" is missing'],
    "id_too_long": [
        '3:9: id: "tttttttttttttttttttttttttttttttttttttttttttttttttttttttttt… is longer than 60',
    ],
    "id_with_capitals": ['3:9: id: "Tiny" cannot be an id'],
    "id_with_line_break": ['3:9: id: "tiny\\n" cannot be an id'],
    "indicator_like_another_item": [
        '30:25: indicators[0].id: "pleasant" is the id of a question that this figure is not computed from',
    ],
    "infinite": ["38:22: sections[0].items[2].maximum: this is not a finite number"],
    "item_id_with_hyphen": ['28:17: sections[0].items[0].id: "time-saving" cannot be an id'],
    "items_object": ["22:63: sections[0].items: {} stands where a list belongs"],
    "language_region": ['7:17: languages[0]: "en-GB" is not the code of a language'],
    "language_twice": ["7:16: languages: the list says something twice"],
    "language_unknown": ['7:23: languages[1]: there is no language "xx"'],
    "latin_1": ["26:95: $: the file is not written in UTF-8"],
    "list_on_top": ["1:1: $: [1, 2] stands where an object belongs"],
    "lone_surrogate": [
        "27:81: sections[0].items[0].text.en: the text holds a character that no page can show",
    ],
    "max_choices_no_limit": [
        "21:26: sections[0].items[0].max_choices: 2 is no limit where only 2 options can go together",
    ],
    "max_choices_of_choice": [
        '21:11: sections[0].items[0].max_choices: "max_choices" is for items of kind "choices" only',
    ],
    "max_choices_one": ["21:26: sections[0].items[0].max_choices: 1 is too small"],
    "maximum_huge": ["21:22: sections[0].items[0].maximum: 1000000000000000 is too large"],
    "mean_of_choice": ['37:59: indicators[0].item: "again" is an item of kind "choice"'],
    "mean_of_unknown": ['29:59: indicators[0].item: there is no item "utilty"'],
    "minimum_above_maximum": [
        "20:22: sections[0].items[0].minimum: the minimum 41 is above the maximum 40",
    ],
    "missing_bounds": ['16:17: sections[0].items[0]: "maximum" is missing'],
    "missing_in_item": ['26:17: sections[0].items[0]: "text" is missing'],
    "missing_kind": ['26:17: sections[0].items[0]: "kind" is missing'],
    "missing_options": ['16:17: sections[0].items[0]: "options" is missing'],
    "missing_property": ['1:1: $: "title" is missing'],
    "missing_scale_of_item": ['16:17: sections[0].items[0]: "scale" is missing'],
    "nested_deep": ["1:39: $: objects and lists are nested more than 32 deep"],
    "no_items": ["22:63: sections[0].items: the list has too few entries"],
    "no_languages": ["7:16: languages: the list has too few entries"],
    "no_sections": ["22:15: sections: the list has too few entries"],
    "not_a_number": ["38:22: sections[0].items[2].maximum: this is not a finite number"],
    "odd_property": ['46:3: ["two words"]: "two words" is not known here'],
    "one_option": ["21:22: sections[0].items[0].options: the list has too few entries"],
    "option_dk": [
        '21:75: sections[0].items[0].options[1].value: "DK" means "does not apply"',
    ],
    "option_number": [
        "32:33: sections[0].items[1].options[0].value: 1 stands where a text belongs",
    ],
    "option_with_bar": [
        '21:33: sections[0].items[0].options[0].value: "yes|no" cannot be a value',
    ],
    "pages_many": ['22:12: pages: "many" is not possible here'],
    "profile_item_twice": [
        '44:70: indicators[0].dimensions[1].items[1]: "saving" is in another dimension as well',
    ],
    "profile_of_choice": [
        '42:82: indicators[0].dimensions[0].items[1]: "again" is an item of kind "choice"',
    ],
    "profile_ranges_differ": [
        '51:82: indicators[0].dimensions[0].items[1]: "balance" runs from 0 to 10, but "saving" f',
    ],
    "profile_without_dimensions": ["38:68: indicators[0].dimensions: the list has too few entries"],
    "ranking_of_choice": ['27:49: indicators[0].item: "used" is an item of kind "choice"'],
    "recommendation_incomplete": ["38:5: indicators[0]: promoters, passives and detractors leave out 3"],
    "recommendation_of_number": ['27:69: indicators[0].item: "hours" is an item of kind "number"'],
    "recommendation_overlap": ["44:20: indicators[0].passives[0]: 4 is in promoters as well"],
    "recommendation_two_sets": [
        "38:5: indicators[0]: beside promoters, detractors there is no passives",
    ],
    "recommendation_would_unknown": ['26:88: indicators[0].would[0]: "perhaps" is not a value of the item'],
    "required_text": [
        '32:23: sections[0].items[0].required: "yes" is neither true nor false',
    ],
    "reserved_breakdown": [
        '10:25: breakdowns[0].id: "email" is the name of a column of its own in the files of peop',
    ],
    "reserved_indicator": ['29:25: indicators[0].id: "items" is the name of another chart'],
    "reserved_item": [
        '28:17: sections[0].items[0].id: "disposition" is the name of a column of its own in the',
    ],
    "scale_descending": [
        "15:19: scales.agreement.points[1].value: 4 does not follow 5",
        "16:19: scales.agreement.points[2].value: 3 does not follow 4",
        "17:19: scales.agreement.points[3].value: 2 does not follow 3",
        "18:19: scales.agreement.points[4].value: 1 does not follow 2",
    ],
    "scale_ends_overlap": ["21:25: scales.agreement.bottom2[2]: 3 is in top2 as well"],
    "scale_gap": ["16:19: scales.agreement.points[2].value: 4 does not follow 2"],
    "scale_text_value": ['16:19: scales.agreement.points[2].value: "3" is not a whole number'],
    "scale_top2_elsewhere": ["20:19: scales.agreement.top2[1]: 6 is not a point of the scale"],
    "scale_twelve_points": ["13:17: scales.agreement.points: the list has too many entries"],
    "scale_two_points": ["13:17: scales.agreement.points: the list has too few entries"],
    "share_code_decimal": ["29:82: indicators[0].values[0]: 4.5 cannot be a value"],
    "share_code_text": ['29:82: indicators[0].values[0]: "4" is not a value of the item'],
    "share_item_and_items": ["32:39: indicators[0].item: beside items there is item"],
    "share_items_lack_value": ['37:60: indicators[0].items[1]: "used" does not have 3'],
    "share_items_never_together": [
        '38:48: indicators[0].items: nobody is asked all of "utility", "again", as no answer to "used" f',
    ],
    "share_items_of_number": ['32:60: indicators[0].items[1]: "hours" is an item of kind "number"'],
    "share_need_most": ['32:93: indicators[0].need: "most" is not possible here'],
    "share_need_of_one_item": ["31:73: indicators[0].need: need says how several items go together"],
    "share_of_choices": ['26:60: indicators[0].item: "again" is an item of kind "choices"'],
    "share_of_nothing": ['31:5: indicators[0]: "item" is missing'],
    "share_of_one": ["31:48: indicators[0].items: the list has too few entries"],
    "share_values_twice": ["29:81: indicators[0].values: the list says something twice"],
    "share_without_values": ["29:81: indicators[0].values: the list has too few entries"],
    "show_if_after_other_filter": [
        '37:63: sections[0].items[2].show_if.all[1]: this can never be met, as no answer to "used" fits',
    ],
    "show_if_all_beside_item": ['27:65: sections[0].items[1].show_if.item: "item" is not known here'],
    "show_if_all_empty": [
        "27:30: sections[0].items[1].show_if.all: the list has too few entries",
    ],
    "show_if_at_least_of_choice": [
        '27:31: sections[0].items[1].show_if.item: "used" is an item of kind "choice", which at_least ca',
    ],
    "show_if_at_least_of_choices": [
        '31:31: sections[0].items[1].show_if.item: "services" is an item of kind "choices", which at_lea',
    ],
    "show_if_at_least_text": ['22:52: sections[0].items[1].show_if.at_least: "4" is not a number'],
    "show_if_at_least_too_high": [
        '31:22: sections[0].items[1].show_if: this can never be met, as no answer to "utility" fits',
    ],
    "show_if_choices_exclude": [
        '31:69: sections[0].items[1].show_if.all[1]: this can never be met, as no answer to "services" fits',
    ],
    "show_if_code": [
        '27:53: sections[0].items[1].show_if.in[1]: "maybe" is not a value of the item',
    ],
    "show_if_code_text": [
        '31:53: sections[0].items[1].show_if.not_in[0]: "3" is not a value of the item',
    ],
    "show_if_code_twice": [
        "27:45: sections[0].items[1].show_if.in: the list says something twice",
    ],
    "show_if_compares_nothing": [
        "27:22: sections[0].items[1].show_if: there is nothing to compare with",
    ],
    "show_if_compares_twice": [
        '27:22: sections[0].items[1].show_if: one comparison says too much: "item", "in", "not_in"',
    ],
    "show_if_dead_alternative": [
        '28:64: sections[0].items[2].show_if.any[1]: this can never be met, as no answer to "hours" fits',
    ],
    "show_if_dk_not_offered": [
        '27:46: sections[0].items[1].show_if.in[0]: "DK" is not a value of the item',
    ],
    "show_if_empty": [
        "27:22: sections[0].items[1].show_if: there is nothing to compare with",
        '27:22: sections[0].items[1].show_if: "item" is missing',
    ],
    "show_if_four_deep": [
        "27:49: sections[0].items[1].show_if.all[0].any[0].all[0]: conditions are nested more than 3 deep",
    ],
    "show_if_in_of_number": [
        '22:31: sections[0].items[1].show_if.item: "hours" is an item of kind "number", which in cannot',
    ],
    "show_if_itself": ['20:31: sections[0].items[0].show_if.item: "used" is not asked before'],
    "show_if_later": ['21:31: sections[0].items[0].show_if.item: "used" is not asked before'],
    "show_if_list": [
        '27:22: sections[0].items[1].show_if: [{"item": "used", "in": ["yes"]}] stands where an object b',
    ],
    "show_if_no_code_left": [
        '27:22: sections[0].items[1].show_if: this can never be met, as no answer to "used" fits',
    ],
    "show_if_no_codes": ["27:45: sections[0].items[1].show_if.in: the list has too few entries"],
    "show_if_number_too_high": [
        '22:22: sections[0].items[1].show_if: this can never be met, as no answer to "hours" fits',
    ],
    "show_if_of_group": ['39:31: sections[0].items[1].show_if.item: "effects" is a group'],
    "show_if_of_text": [
        '22:31: sections[0].items[1].show_if.item: "comment" is an item of kind "text", which in cannot',
    ],
    "show_if_one_code_bare": [
        '27:45: sections[0].items[1].show_if.in: "yes" stands where a list belongs',
    ],
    "show_if_other_operator": [
        '27:39: sections[0].items[1].show_if.equals: "equals" is not known here',
    ],
    "show_if_two_answers_at_once": [
        '27:64: sections[0].items[1].show_if.all[1]: this can never be met, as no answer to "used" fits',
    ],
    "show_if_unknown": ['27:31: sections[0].items[1].show_if.item: there is no item "use"'],
    "status_never_together": [
        '45:76: indicators[0].after: nobody is asked all of "before", "after", as no answer to "utility"',
    ],
    "status_of_choices": ['32:89: indicators[0].after: "now" is an item of kind "choices"'],
    "status_one_item": ["26:88: indicators[0].after: before and after are one item"],
    "status_options_differ": ['39:89: indicators[0].after: only one of the two items has "other"'],
    "summary_of_scale": ['38:62: indicators[0].item: "utility" is an item of kind "scale"'],
    "syntax_backslash": ["9:46: $: a backslash stands inside a text"],
    "syntax_comment": ["4:3: $: a key in double quotes belongs here"],
    "syntax_line_break": ["9:42: $: a line break or tab stands inside a text"],
    "syntax_missing_colon": ["4:13: $: a colon is missing after the key"],
    "syntax_missing_comma": ["5:3: $: a comma or a closing bracket is missing"],
    "syntax_missing_value": ["4:14: $: a value is missing here"],
    "syntax_open_text": ["6:22: $: a line break or tab stands inside a text"],
    "syntax_two_documents": ["47:1: $: the definition has ended before this place"],
    "text_on_top": ['1:1: $: "questionnaire" stands where an object belongs'],
    "text_too_long": ["16:101: sections[0].items[0].max_length: 2001 is too large"],
    "title_text": ['8:12: title: "Tiny" stands where an object belongs'],
    "translation_empty": ["26:89: sections[0].items[0].text.en: the text is empty"],
    "translation_extra": [
        '27:99: sections[0].items[0].text.fr: "fr" is not one of the languages',
    ],
    "translation_missing": ['27:74: sections[0].items[0].text: the text in "it" is missing'],
    "unit_of_scale": [
        '26:66: sections[0].items[0].unit: "unit" is for items of kind "number" only',
    ],
    "unit_text": [
        '17:93: sections[0].items[0].unit: "hours" stands where an object belongs',
    ],
    "unknown_audience": ['5:15: audience: "everybody" is not possible here'],
    "unknown_indicator_kind": ['29:43: indicators[0].kind: "median" is not possible here'],
    "unknown_kind": ['26:43: sections[0].items[0].kind: "likert" is not possible here'],
    "unknown_mode": ['6:11: mode: "secret" is not possible here'],
    "unknown_property": ['46:3: colour: "colour" is not known here'],
    "unknown_property_of_item": [
        '32:11: sections[0].items[0].max_length: "max_length" is not known here',
    ],
    "unknown_scale": ['26:61: sections[0].items[0].scale: there is no scale "likelihood"'],
    "utf_16": ["1:1: $: the file is not written in UTF-8"],
    "version_decimal": ["4:14: version: 1.0 is not a whole number"],
    "version_text": ['4:14: version: "1" is not a whole number'],
    "version_zero": ["4:14: version: 0 is too small"],
}


def said(name: str) -> list[str]:
    return [problem.say(language("en")) for problem in check(content(f"invalid/{name}"), "f.json")]


@pytest.mark.parametrize("name", EXPECTED)
def test_says_what_is_wrong_and_where(name: str) -> None:
    lines = said(name)
    assert len(lines) == len(EXPECTED[name])
    for line, start in zip(lines, EXPECTED[name], strict=True):
        assert line.startswith(f"f.json:{start}")
        assert "; " in line and "\n" not in line


@pytest.mark.parametrize("name", [*EXPECTED, "many_faults"])
def test_cannot_be_loaded(name: str) -> None:
    with pytest.raises(InvalidDefinition) as refusal:
        load(content(f"invalid/{name}"), "f.json")
    assert [problem.say(language("en")) for problem in refusal.value.problems] == said(name)


def test_every_invalid_file_is_in_the_table_and_they_outnumber_the_valid() -> None:
    assert {path.stem for path in INVALID} == {*EXPECTED, "many_faults"}
    assert len(INVALID) >= len(VALID)


MANY = """\
3:9: id: "Many" cannot be an id
5:14: version: true is not a whole number
6:3: audience: "audience" is given twice, first on line 4
7:11: mode: null is not possible here
8:29: languages[2]: 7 stands where a text belongs
9:12: title: the text in "it" is missing
11:25: breakdowns[0].id: "name" is the name of a column
11:65: breakdowns[0].inside: there is no earlier breakdown "alliance"
11:103: breakdowns[1]: 3 stands where an object belongs
29:17: sections[0].items[0].id: "time-saving" cannot be an id
31:20: sections[0].items[0].scale: there is no scale "likelihood"
33:31: sections[0].items[0].show_if.item: there is no item "used"
41:23: sections[0].items[1].options[1].value: "DK" means "does not apply"
42:23: sections[0].items[1].options[2].value: "yes" is already used
48:22: sections[0].items[2].minimum: the minimum 50 is above the maximum 1
52:32: sections[0].items[3].kind: "essay" is not possible here
52:49: sections[0].items[3].text: "Why?" stands where an object belongs
57:46: indicators[0].item: "again" is an item of kind "choice"
58:47: indicators[1].item: "hours" is an item of kind "number"
59:5: indicators[2]: beside promoters there is no passives, detractors
63:17: indicators[2].would[0]: "maybe" is not a value of the item
69:81: indicators[3].dimensions[0].items[2]: there is no item "nothing"
71:5: indicators[4]: "mean" stands where an object belongs
72:30: indicators[5].kind: "sum" is not possible here
74:19: completeness: [1] stands where an object belongs
"""


def test_many_faults_are_all_said_at_once_in_the_order_of_the_file() -> None:
    lines = said("many_faults")
    for start in MANY.splitlines():
        assert any(line.startswith(f"f.json:{start}") for line in lines), start
    places = [tuple(map(int, line.split(":")[1:3])) for line in lines]
    assert places == sorted(places)
    assert len(lines) == 47
