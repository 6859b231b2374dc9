"""The command: what it prints, where, and with which exit code."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey.cli import COMMANDS, main, register
from survey.settings import load
from survey.store import Store, sessions
from survey.store.sessions import Session
from survey.web import create_app
from tests.cast import QUESTIONNAIRES, Instance

CSV = "alliance,organization,service,utility,recommend\n" + "A1,O1,S1,4,9\nA1,O1,S1,5,10\nA1,O1,S1,3,8\n" * 20


@pytest.fixture
def survey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Survey":
    monkeypatch.setenv("SURVEY_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.chdir(tmp_path)
    return Survey(tmp_path)


class Survey:
    """Runs the command in a folder and an instance of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, code: int = 0) -> Result:
        done = CliRunner().invoke(main, [*words], catch_exceptions=False)
        assert done.exit_code == code, done.output
        return done

    def closed(self, wave: str = "w") -> None:
        """A closed wave of sixty answers."""
        self("wave", "create", wave, "--questionnaire", str(QUESTIONNAIRES / "all_kinds.json"))
        self("wave", "open", wave)
        (self.folder / "answers.csv").write_text(CSV, encoding="utf-8")
        self("answers", "import", wave, "answers.csv")
        self("wave", "close", wave)


def test_from_a_definition_to_figures(survey: Survey) -> None:
    survey.closed()
    shown = json.loads(survey("results", "w", "--json").stdout)
    assert (shown["wave"], shown["response"]["responses"]) == ("w", 60)
    assert shown["by_open_links"] is None
    assert list(shown["by"]) == ["alliance", "organization", "service"]
    assert list(json.loads(survey("results", "w", "--by", "alliance", "--json").stdout)["by"]) == ["alliance"]
    assert "4.0 out of 5 (60 answers" in survey("results", "w").stdout
    assert "A1" in survey("results", "w", "--by", "alliance").stdout


def test_the_list_of_waves(survey: Survey) -> None:
    survey(
        "wave",
        "create",
        "w",
        "--questionnaire",
        "beneficiaries",
        "--phase",
        "baseline",
        "--closes",
        "2099-01-31",
    )
    (wave,) = json.loads(survey("wave", "list", "--json").stdout)
    expected = {
        "id": "w",
        "questionnaire": "beneficiaries",
        "mode": "anonymous",
        "phase": "baseline",
        "state": "draft",
    }
    assert wave.items() >= {**expected, "invited": 0, "responses": 0}.items()
    assert "beneficiaries" in survey("wave", "list").stdout
    assert json.loads(survey("wave", "show", "w", "--json").stdout) == wave
    assert "closes: 2099-01-31" in survey("wave", "show", "w").stdout


def test_responses_move_in_steps_while_an_anonymous_wave_is_open(survey: Survey, tmp_path: Path) -> None:
    survey("wave", "create", "w", "--questionnaire", "beneficiaries")
    survey("wave", "open", "w")
    (tmp_path / "answers.csv").write_text("utility\n" + "4\n" * 13, encoding="utf-8")
    survey("answers", "import", "w", "answers.csv")
    assert json.loads(survey("wave", "list", "--json").stdout)[0]["responses"] == 10


def test_links_are_data_and_messages_are_not(survey: Survey) -> None:
    survey("wave", "create", "w", "--questionnaire", "beneficiaries")
    survey("wave", "open", "w")
    done = survey("links", "w", "--count", "3", "--group", "alliance=A1", "--csv")
    header, *rows = done.stdout.splitlines()
    assert header == "link,alliance,organization,service"
    assert len({row.split(",")[0] for row in rows}) == 3
    assert all(row.startswith("http://127.0.0.1:8000/a/") and row.endswith(",A1,,") for row in rows)
    assert len(survey("links", "w").stdout.split()) == 3


def test_closing_draws_the_charts_that_every_wave_has_and_the_command_takes_them(survey: Survey) -> None:
    survey.closed()
    kept = {path.name.rsplit(".", 2)[0]: path for path in (survey.folder / "instance/charts/w").iterdir()}
    assert {"items.it", "items.en", "response.it", "employment-flows.en"} <= set(kept)
    kept["items.it"].write_bytes(b"<svg>kept</svg>")
    survey("chart", "w", "items", "--out", "items.svg", "--lang", "it")
    assert Path("items.svg").read_bytes() == b"<svg>kept</svg>"
    for ending in ("svg", "png", "pdf"):
        for name in ("one", "two"):
            shutil.rmtree(survey.folder / "instance/charts")
            survey("chart", "w", "response", "--out", f"{name}.{ending}", "--lang", "it")
        assert Path(f"one.{ending}").read_bytes() == Path(f"two.{ending}").read_bytes()


def test_a_wave_is_closed_even_where_nothing_can_be_drawn(
    survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey("wave", "create", "w", "--questionnaire", str(QUESTIONNAIRES / "store_order.json"))
    survey("wave", "open", "w")
    monkeypatch.setenv("MPLBACKEND", "nonsense")
    done = survey("wave", "close", "w")
    assert "wave w is closed" in done.stderr
    assert "not all charts of w could be drawn" in done.stderr
    assert json.loads(survey("wave", "list", "--json").stdout)[0]["state"] == "closed"
    refused = survey("chart", "w", "response", "--out", "response.svg", code=1)
    assert "could not be drawn" in refused.stderr
    assert not Path("response.svg").exists()


REFUSED = {
    "an unknown wave": (("wave", "show", "x"), "there is no wave x"),
    "an unknown questionnaire": (("wave", "create", "x", "--questionnaire", "nowhere"), "beneficiaries"),
    "a bad name": (("wave", "create", "../x", "--questionnaire", "beneficiaries"), "../x"),
    "a taken name": (("wave", "create", "w", "--questionnaire", "beneficiaries"), "already"),
    "a bad day": (
        ("wave", "create", "x", "--questionnaire", "beneficiaries", "--opens", "tomorrow"),
        "tomorrow",
    ),
    "days the wrong way": (
        (
            "wave",
            "create",
            "x",
            "--questionnaire",
            "beneficiaries",
            "--opens",
            "2027-02-01",
            "--closes",
            "2027-01-01",
        ),
        "2027-01-01",
    ),
    "a threshold below the floor": (
        ("wave", "create", "x", "--questionnaire", "beneficiaries", "--threshold", "2"),
        "3",
    ),
    "a bad population": (
        ("wave", "create", "x", "--questionnaire", "beneficiaries", "--population", "some"),
        "some",
    ),
    "a second close": (("wave", "close", "w"), "closed"),
    "a second open": (("wave", "open", "w"), "closed"),
    "links of a closed wave": (("links", "w", "--count", "2"), "closed"),
    "figures of an open wave": (("results", "o"), "not closed yet"),
    "an unknown group": (("links", "o", "--count", "2", "--group", "colour=red"), "colour"),
    "a group without a value": (("links", "o", "--count", "2", "--group", "alliance"), "alliance=A1"),
    "an unknown breakdown": (("results", "w", "--by", "colour"), "colour"),
    "an unknown chart": (("chart", "w", "colour", "--out", "x.svg"), "colour"),
    "an unknown format": (("chart", "w", "items", "--out", "x.gif"), "x.gif"),
    "a folder that is not there": (("chart", "w", "items", "--out", "nowhere/x.svg"), "nowhere"),
    "a file that is not there": (("answers", "import", "o", "nowhere.csv"), "nowhere.csv"),
    "no address": (("evaluator", "add", "anna"), "anna"),
    "an unknown evaluator": (("evaluator", "link", "anna@example.org"), "anna@example.org"),
}


def test_every_refusal_is_a_sentence_with_exit_code_1_and_changes_nothing(survey: Survey) -> None:
    survey.closed("w")
    survey("wave", "create", "o", "--questionnaire", "beneficiaries")
    survey("wave", "open", "o")
    before = (survey.folder / "instance" / "riscontro.db").read_bytes()
    for name, (words, said) in REFUSED.items():
        done = survey(*words, code=1)
        assert said in done.stderr, name
        assert done.stdout == "", name
    assert (survey.folder / "instance" / "riscontro.db").read_bytes() == before


def test_a_file_with_problems_names_each_row(survey: Survey, tmp_path: Path) -> None:
    survey("wave", "create", "w", "--questionnaire", "beneficiaries")
    survey("wave", "open", "w")
    (tmp_path / "answers.csv").write_text("utility,recommend\n4,9\n7,3\n", encoding="utf-8")
    lines = survey("answers", "import", "w", "answers.csv", code=1).stderr.splitlines()
    assert [line.split(": ")[0:2] for line in lines[:2]] == [
        ["answers.csv:2", "recommend"],
        ["answers.csv:3", "utility"],
    ]


@pytest.mark.parametrize(
    "words", [["wave", "create"], ["nonsense"], ["links", "w", "--count", "0"], ["serve", "--port", "0"]]
)
def test_wrong_use_is_exit_code_2(survey: Survey, words: list[str]) -> None:
    survey(*words, code=2)


def test_check_prints_every_problem_with_its_place(survey: Survey, tmp_path: Path) -> None:
    assert survey("check").stdout == ""
    (tmp_path / "bad.json").write_text('{\n "id": "bad",\n "id": "worse"\n}', encoding="utf-8")
    lines = survey("check", "bad.json", code=1).stdout.splitlines()
    assert len(lines) > 3
    assert all(line.startswith("bad.json:") and "; " in line for line in lines)


def test_rights_to_single_groups_and_results_given_back_to_their_people(survey: Survey) -> None:
    survey.closed()
    group = ("--group", "alliance=A1")
    survey("evaluator", "add", "a@example.org", "--only", "alliance=A1", "--wave", "w")
    (listed,) = json.loads(survey("evaluator", "list", "--json").stdout)
    assert (listed["waves"], listed["only"]) == (["w"], [{"breakdown": "alliance", "group": "A1"}])
    assert "w, there only alliance=A1" in survey("evaluator", "list").stdout
    for wrong, code in ((("alliance=A7",), 1), (("alliance",), 1), (("alliance=A1", "--everything"), 2)):
        survey("evaluator", "add", "a@example.org", "--only", *wrong, code=code)
    survey("evaluator", "add", "a@example.org", "--whole")
    assert survey("evaluator", "list").stdout.splitlines()[1].split() == ["a@example.org", "w"]

    last = str(date.today() + timedelta(days=99))
    assert "/p/" in survey("partner", "add", "w", *group, "--expires", last, "--lang", "it").stdout
    made = json.loads(survey("partner", "add", "w", *group, "--json").stdout)
    assert made.items() >= {"group": "A1", "shows": "alone", "works": True, "opened": None}.items()
    pages = json.loads(survey("partner", "list", "w", "--json").stdout)
    assert made in pages and {one["expires"] for one in pages} > {last}
    assert "own figures" in survey("partner", "list", "w").stdout
    survey("partner", "revoke", "w", code=2)
    survey("partner", "revoke", "w", "--page", made["page"])
    survey("partner", "revoke", "w", *group)
    assert not any(one["works"] for one in json.loads(survey("partner", "list", "w", "--json").stdout))
    survey("partner", "revoke", "w", *group, code=1)
    survey("partner", "revoke", "w", "--page", "zz", code=1)
    survey("partner", "add", "w", "--group", "alliance=A9", code=1)
    survey("partner", "add", "w", *group, "--expires", "2020-01-01", code=1)


def test_evaluators(survey: Survey) -> None:
    survey("evaluator", "add", "Anna@Example.org")
    assert survey("evaluator", "list").stdout.splitlines()[1].split() == ["anna@example.org", "everything"]
    assert "/sign-in/" in survey("evaluator", "link", "anna@example.org").stdout
    store = Store(load({"SURVEY_INSTANCE": "instance"}).database)
    with store.write() as db:
        started = datetime.now(UTC).replace(microsecond=0)
        session = Session("hash", "anna@example.org", started, "Firefox")
        sessions.start(db, session, started + timedelta(hours=12))
    assert "Firefox" in survey("evaluator", "sessions", "Anna@example.org").stdout
    ended = survey("evaluator", "sessions", "anna@example.org", "--end", "--json")
    assert json.loads(ended.stdout) == [{"started": started.isoformat(), "browser": "Firefox"}]
    assert json.loads(survey("evaluator", "sessions", "anna@example.org", "--json").stdout) == []
    survey("evaluator", "remove", "anna@example.org")
    survey("evaluator", "sessions", "anna@example.org", code=1)
    assert json.loads(survey("evaluator", "list", "--json").stdout) == []


def test_the_instance_can_be_prepared_and_judged(survey: Survey) -> None:
    survey("init")
    assert (survey.folder / "instance" / "secret_key").stat().st_mode & 0o077 == 0
    assert (survey.folder / "instance" / "riscontro.db").stat().st_mode & 0o077 == 0
    assert json.loads(survey("health", "--json").stdout)["ok"]
    shown = survey("config").stdout
    assert (survey.folder / "instance" / "secret_key").read_text() not in shown
    assert "SURVEY_PUBLIC_URL" in shown


def test_an_instance_that_cannot_be_written(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    (survey.folder / "file").write_text("")
    monkeypatch.setenv("SURVEY_INSTANCE", str(survey.folder / "file"))
    assert "SURVEY_INSTANCE" in survey("wave", "list", code=1).stderr


def test_flask_gives_the_same_commands(instance: Instance) -> None:
    app = create_app(instance.settings)
    register(app)
    assert {command.name for command in COMMANDS} <= set(app.cli.commands)


def test_help_is_said_in_the_terminals_language() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "survey.cli", "--help"], env={"LANG": "it_IT.UTF-8", "PATH": "/bin"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Questionari" in done.stdout


def test_small_groups_are_told_before_it_is_too_late(survey: Survey, tmp_path: Path) -> None:
    survey("wave", "create", "w", "--questionnaire", "beneficiaries")
    survey("links", "w", "--count", "2", "--group", "alliance=A1")
    assert "1 group has fewer than 5 invited people" in survey("wave", "open", "w").stderr
    (tmp_path / "answers.csv").write_text("alliance,utility\nA2,4\n", encoding="utf-8")
    assert "alliance=A1, alliance=A2" in survey("answers", "import", "w", "answers.csv").stderr


def test_what_is_no_text_is_refused(survey: Survey) -> None:
    assert "cannot be used here" in survey("wave", "show", "a\udcff", code=1).stderr


def test_no_folder_no_traceback(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    (survey.folder / "file").write_text("")
    monkeypatch.setenv("SURVEY_INSTANCE", str(survey.folder / "file"))
    survey("init", code=1)
    monkeypatch.setenv("SURVEY_INSTANCE", str(survey.folder / "instance"))
    survey("wave", "create", "w", "--questionnaire", "beneficiaries")
    (survey.folder / "instance" / "keys").write_text("")
    assert "w.key" in survey("wave", "open", "w", code=1).stderr
    survey("health", code=0)
    monkeypatch.setenv("SURVEY_INSTANCE", str(survey.folder / "nowhere"))
    assert "survey init" in survey("health", code=1).stderr
    assert not (survey.folder / "nowhere").exists()


def test_a_questionnaire_with_conditions_and_groups_that_answers_tell(survey: Survey, tmp_path: Path) -> None:
    """The columns of links and files are those of the invitation; a population may name any breakdown."""
    people = "gender,population\nwoman,700\nman,300\n"
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    asked = str(QUESTIONNAIRES / "conditional.json")
    survey("wave", "create", "w", "--questionnaire", asked, "--population", "people.csv")
    survey("wave", "open", "w")
    links = survey("links", "w", "--count", "2", "--group", "alliance=A1", "--csv").stdout
    assert links.startswith("link,alliance,organization\n")
    refused = survey("links", "w", "--count", "2", "--group", "gender=woman", code=1).stderr
    assert "there is no breakdown gender; the questionnaire has: alliance, organization" in refused
    rows = "alliance,gender,used,hours\nA1,woman,yes,2.5\nA1,man,no,2.5\n"
    (tmp_path / "answers.csv").write_text(rows, encoding="utf-8")
    said = survey("answers", "import", "w", "answers.csv").stderr
    assert "2 answers stored" in said
    assert "answers to questions that are not put to the person, left out: 1" in said


def test_an_organizations_answers_are_reopened_and_the_log_tells(survey: Survey, tmp_path: Path) -> None:
    survey("wave", "create", "w", "--questionnaire", "organizations")
    survey("wave", "open", "w")
    rows = "alliance,organization,employees\nA1,O1,12\nA1,O2,20\n"
    (tmp_path / "answers.csv").write_text(rows, encoding="utf-8")
    survey("answers", "import", "w", "answers.csv")

    def acts() -> list[tuple[str, str, str]]:
        logged = json.loads(survey("wave", "log", "w", "--json").stdout)
        return [(one["act"], one["wave"], one["about"]) for one in logged]

    before = acts()
    assert [act for act, _, _ in before] == ["wave_created", "wave_opened", "answers_imported"]
    done = survey("answers", "reopen", "w", "--group", "organization=O1")
    assert done.stdout == ""
    assert "organization=O1: the answers are a draft again" in done.stderr
    header, *_, line = survey("wave", "log", "w").stdout.splitlines()
    assert header.split() == ["when", "who", "what", "about"]
    assert "answers reopened" in line
    assert line.endswith("organization=O1")
    logged = json.loads(survey("wave", "log", "w", "--json").stdout)
    assert acts() == [*before, ("answers_reopened", "w", "organization=O1")]
    assert logged[-1]["who"]
    assert "12" not in json.dumps([one["about"] for one in logged])
    assert "sent nothing" in survey("answers", "reopen", "w", "--group", "organization=O1", code=1).stderr
    closed = survey("wave", "close", "w").stderr
    assert "1 of 2 answered" in closed
    assert "drafts that were never sent, deleted now: 1" in closed
    assert "is closed" in survey("answers", "reopen", "w", "--group", "organization=O2", code=1).stderr
    assert "there is no wave x" in survey("wave", "log", "x", code=1).stderr


def test_a_group_is_set_beside_everybody_else(survey: Survey) -> None:
    """Forty people in each of two alliances: one finds it useful, the other does not."""
    rows = [f"A{1 + n % 2},{(4 + n % 4 // 2) if n % 2 else (1 + n % 4 // 2)}" for n in range(80)]
    survey("wave", "create", "w", "--questionnaire", str(QUESTIONNAIRES / "all_kinds.json"))
    survey("wave", "open", "w")
    (survey.folder / "answers.csv").write_text("\n".join(["alliance,utility", *rows]), encoding="utf-8")
    survey("answers", "import", "w", "answers.csv")
    survey("wave", "close", "w")
    said = survey("results", "w", "--by", "alliance").stdout
    first, second = said.split("\nA1\n")[1].split("\nA2\n")
    assert "Compared with everybody else: lower than can be explained by chance." in first
    assert "Compared with everybody else: higher than can be explained by chance." in second
    assert "everybody else" not in said.split("\nA1\n")[0], "the whole wave has nobody beside it"
