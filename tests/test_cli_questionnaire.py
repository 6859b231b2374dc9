"""What the command does for authors: check against other versions, begin, list and show questionnaires."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from survey.definitions import check, load, schema, shipped
from tests.cast import QUESTIONNAIRES, definition_text
from tests.test_cli import Survey


@pytest.fixture
def survey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Survey:
    monkeypatch.setenv("SURVEY_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.chdir(tmp_path)
    return Survey(tmp_path)


def write(name: str, version: int, *replaced: tuple[str, str]) -> None:
    """The cast's `all_kinds` as a file of the working folder, in a version of its own."""
    words = definition_text("all_kinds").replace('"version": 1', f'"version": {version}')
    for before, after in replaced:
        assert before in words
        words = words.replace(before, after, 1)
    Path(name).write_text(words, encoding="utf-8")


TYPO = ('"The service was useful to me."', '"The servise was useful to me."')
RENAMED = ('"id": "hours"', '"id": "hours_saved"')


def test_check_says_what_is_comparable_with_the_files_beside(survey: Survey) -> None:
    write("old.json", 1)
    write("new.json", 2, TYPO)
    items = len(load(definition_text("all_kinds"), "").items)
    done = survey("check", "new.json")
    assert done.stdout.splitlines() == [
        f"new.json: {items - 1} items of {items} are comparable with version 1 (old.json); the others:",
        '  utility: break: the text (en) was "The service was useful …" and is "The servise was useful …"',
    ]
    assert "new.json: no problem" in done.stderr
    again = survey("check", "old.json")
    assert again.stdout == ""
    assert "old.json is an earlier version: there is version 2 (new.json)" in again.stderr


def test_check_says_where_everything_is_comparable(survey: Survey) -> None:
    survey.closed("spring")
    write("mine.json", 2)
    survey("wave", "create", "draft", "--questionnaire", "mine.json")
    (line,) = survey("check", "mine.json").stdout.splitlines()
    assert line.startswith("mine.json: all ")
    assert line.endswith(" items are comparable with version 1 (wave spring)")


def test_check_refuses_the_number_of_another_version(survey: Survey) -> None:
    survey.closed("spring")
    write("mine.json", 1, TYPO)
    *_, item, problem = survey("check", "mine.json", code=1).stdout.splitlines()
    assert item.startswith("  utility: break: ")
    assert problem == (
        "mine.json:4:14: version: version 1 has other items in wave spring; raise the version to 2"
    )


def test_check_refuses_a_number_below_that_of_a_wave(survey: Survey) -> None:
    write("third.json", 3, TYPO)
    survey("wave", "create", "spring", "--questionnaire", "third.json")
    survey("wave", "open", "spring")
    Path("third.json").unlink()
    write("mine.json", 2)
    *_, problem = survey("check", "mine.json", code=1).stdout.splitlines()
    assert problem == (
        "mine.json:4:14: version: version 2 is lower than version 3 of wave spring; raise the version to 4"
    )


def test_an_item_under_another_id_is_pointed_out(survey: Survey) -> None:
    write("old.json", 1)
    write("new.json", 2, RENAMED, ('"item": "hours"', '"item": "hours_saved"'))
    lines = survey("check", "new.json").stdout.splitlines()
    assert "  hours_saved: added; hours is worded like it; keep an item's id for ever" in lines
    assert "  hours: removed; hours_saved is worded like it; keep an item's id for ever" in lines


def test_check_makes_no_instance_and_needs_none(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    write("mine.json", 1)
    survey("check", "mine.json")
    assert not (survey.folder / "instance").exists()
    (survey.folder / "instance").mkdir()
    (survey.folder / "instance" / "riscontro.db").write_text("no database at all, but long enough" * 9)
    assert "not compared with waves: " in survey("check", "mine.json").stderr
    monkeypatch.setenv("SURVEY_NONSENSE", "1")
    assert "not compared with waves: unknown variable" in survey("check", "mine.json").stderr


def test_a_file_beside_with_problems_is_told(survey: Survey) -> None:
    write("mine.json", 1)
    write("worse.json", 1, ('"mode": "anonymous"', '"mode": "secret"'))
    assert "not compared: worse.json has 1 problem" in survey("check", "mine.json").stderr


@pytest.mark.parametrize("mode", ["anonymous", "named", "panel"])
@pytest.mark.parametrize("audience", ["beneficiary", "organization"])
@pytest.mark.parametrize("languages", [("it", "en"), ("en",), ("it", "de")])
def test_a_new_questionnaire_passes_the_check(
    survey: Survey, mode: str, audience: str, languages: tuple[str, ...]
) -> None:
    options = [word for code in languages for word in ("--lang", code)]
    said = survey("questionnaire", "new", "mine", "--mode", mode, "--audience", audience, *options)
    assert said.stdout == ""
    assert "survey check mine.json" in said.stderr
    assert ("English still" in said.stderr) is ("de" in languages)
    made = Path("mine.json").read_text(encoding="utf-8")
    loaded = load(made, "mine.json")
    assert (loaded.mode, loaded.audience, loaded.languages) == (mode, audience, languages)
    assert "mine.json: no problem" in survey("check", "mine.json").stderr
    beside = Path("mine.json").with_name(json.loads(made)["$schema"])
    assert beside.read_text(encoding="utf-8") == schema()


def test_the_new_questionnaire_speaks_its_languages(survey: Survey) -> None:
    survey("questionnaire", "new", "mine", "--out", "forms.json")
    loaded = load(Path("forms.json").read_text(encoding="utf-8"), "forms.json")
    assert loaded.title == {"it": "(Titolo del questionario)", "en": "(Title of the questionnaire)"}
    assert all(set(item.text) == {"it", "en"} and len(set(item.text.values())) == 2 for item in loaded.items)


def test_no_file_is_overwritten(survey: Survey) -> None:
    Path("mine.json").write_text("precious")
    done = survey("questionnaire", "new", "mine", code=1)
    assert "mine.json is there already; name another file with --out" in done.stderr
    assert [path.name for path in survey.folder.iterdir()] == ["mine.json"]
    assert Path("mine.json").read_text() == "precious"


def test_the_schema_of_another_version_is_left_and_told(survey: Survey) -> None:
    Path("questionnaire.schema.json").write_text("{}")
    said = survey("questionnaire", "new", "mine").stderr
    assert "survey questionnaire schema > questionnaire.schema.json" in said
    assert Path("questionnaire.schema.json").read_text() == "{}"
    assert survey("questionnaire", "schema").stdout == schema()


def test_a_schema_that_cannot_be_read_stops_it(survey: Survey) -> None:
    Path("questionnaire.schema.json").mkdir()
    assert "questionnaire.schema.json cannot be read" in survey("questionnaire", "new", "mine", code=1).stderr
    assert not Path("mine.json").exists()


def test_a_full_disk_leaves_nothing_half_written(survey: Survey) -> None:
    """A file may not grow past a hundred bytes, as on a disk that is full."""
    ran = subprocess.run(
        [sys.executable, "-c", FULL, "questionnaire", "new", "mine"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, list(survey.folder.iterdir())) == (1, [])
    assert "questionnaire.schema.json cannot be written: File too large" in ran.stderr


FULL = """
import resource, signal
from survey.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
main()
"""

NEW_REFUSED = {
    "a bad id": (("Mine",), 'Mine.json:3:9: id: "Mine" cannot be an id'),
    "no language": (("mine", "--lang", "xx"), 'there is no language "xx"'),
    "a language twice": (("mine", "--lang", "it", "--lang", "it"), "says something twice"),
    "no folder": (("mine", "--out", "nowhere/mine.json"), "there is no folder nowhere; make it"),
}  # fmt: skip


@pytest.mark.parametrize("name", NEW_REFUSED)
def test_what_cannot_be_begun(survey: Survey, name: str) -> None:
    words, said = NEW_REFUSED[name]
    assert said in survey("questionnaire", "new", *words, code=1).stderr
    assert list(survey.folder.iterdir()) == []


def test_the_list_of_those_that_ship(survey: Survey) -> None:
    listed = json.loads(survey("questionnaire", "list", "--json").stdout)
    assert [one["id"] for one in listed] == list(shipped())
    assert listed[0].items() >= {"mode": "anonymous", "languages": ["it", "en"], "items": 25}.items()
    assert "Workplace welfare" in survey("questionnaire", "list").stdout
    assert not (survey.folder / "instance").exists()


@pytest.mark.parametrize("code", ["it", "en"])
@pytest.mark.parametrize("name", [*shipped(), str(QUESTIONNAIRES / "conditional.json")])
def test_showing_everything_of_a_questionnaire(survey: Survey, name: str, code: str) -> None:
    said = " ".join(survey("questionnaire", "show", name, "--lang", code).stdout.split())
    loaded = load(definition_text(Path(name).stem), name)
    for item in loaded.items:
        assert f"[{item.id}]" in said
        shown = [item.text, item.help, item.unit, item.not_applicable, *item.labels.values()]
        shown += [item.group.text, item.group.help] if item.group else []
        assert [words[code] for words in shown if words and " ".join(words[code].split()) not in said] == []
    assert [one.id for one in (*loaded.indicators, *loaded.breakdowns) if f"[{one.id}]" not in said] == []


def test_conditions_notes_and_limits_are_said(survey: Survey) -> None:
    said = survey("questionnaire", "show", str(QUESTIONNAIRES / "conditional.json"), "--lang", "en").stdout
    hours = said[said.index("(required) [hours]") : said.index("[obstacles]")]
    assert hours.startswith("(required) [hours]\n     Only if you answered “Yes” to question 2.\n")
    assert "Unit: hours a week." in hours
    assert "None of these (goes with no other)\n     At most 3 of them." in said
    # What the group shares is said once above it, what one of its items asks besides at that item.
    group = said[said.index("Thanks to the services") : said.index("[recommend]")]
    assert group.count("Only if you answered “Yes” to question 2.") == 1
    assert group.count("( ) 1   Strongly disagree") == 1
    assert "[care]\n     Only if you chose “Nursery”" in group
    assert "[stress]\n     Turned round" in group
    assert "[gender]\n     Demographic" in said


def test_the_definition_itself_can_be_had_as_a_start(survey: Survey) -> None:
    assert survey("questionnaire", "show", "pulse", "--json").stdout == definition_text("pulse")


def test_a_questionnaire_without_the_terminals_language_is_shown_in_its_own(survey: Survey) -> None:
    survey("questionnaire", "new", "mine", "--lang", "it")
    assert "Il servizio" in survey("questionnaire", "show", "mine.json").stdout


SHOW_REFUSED = {
    "another language": (("pulse", "--lang", "de"), 1, "pulse is not written in de; use one of: it, en"),
    "no such id": (("nothing",), 1, "there is no questionnaire nothing"),
    "problems": (("bad.json",), 1, 'bad.json:1:1: $: "id" is missing'),
    "no page": (("pulse", "--out", "pulse.json"), 1, "end it in .html"),
    "no folder": (("pulse", "--out", "nowhere/p.html"), 1, "nowhere/p.html cannot be written"),
    "page and data": (("pulse", "--json", "--out", "p.html"), 2, "do not go together"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOW_REFUSED)
def test_what_cannot_be_shown(survey: Survey, name: str) -> None:
    words, code, said = SHOW_REFUSED[name]
    Path("bad.json").write_text("{}")
    done = survey("questionnaire", "show", *words, code=code)
    assert said in done.stderr
    assert done.stdout == ""


def test_the_author_reads_what_a_file_of_answers_gives_and_costs(survey: Survey) -> None:
    costs = (
        "with the group by “Course”; respondents are told so. Results are shown for the whole wave and by "
    )
    costs += "“Course”, but not by “Organization”"
    assert costs in survey("check", "training").stderr
    assert costs in " ".join(survey("questionnaire", "show", "training", "--lang", "en").stdout.split())
    without = definition_text("training").replace('"export": {"breakdown": "course"}', '"export": {}')
    Path("none.json").write_text(without, encoding="utf-8")
    said = survey("check", "none.json").stderr
    assert "without any group" in said
    assert "for the whole wave only, not by “Course” and “Organization”" in said
    assert "single answers" not in survey("check", "beneficiaries", "organizations").stderr


def test_the_page_is_written_as_respondents_see_it(survey: Survey) -> None:
    survey("questionnaire", "show", "training", "--lang", "it", "--out", "training.html")
    page = Path("training.html").read_text(encoding="utf-8")
    assert "Anteprima: qui nulla viene inviato o conservato" in page
    assert 'name="useful_parts" value="exercises"' in page
    assert 'method="post"' not in page
    assert "?lang=" not in page
    assert check(definition_text("training"), "training") == ()
