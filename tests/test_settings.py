"""Settings come from defaults, then the file, then the environment; anything unusable stops the start."""

from pathlib import Path

import pytest

from survey.settings import ROWS, BadSettings, load

DOCUMENTED = Path(__file__).parent.parent / "docs" / "administrators.md"


def test_defaults() -> None:
    settings = load({})
    assert settings.instance == Path("instance")
    assert settings.secret_key == ()
    assert settings.public_url == "http://127.0.0.1:8000"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        'organizer = "File"\ncontact = "file@example.org"\n', encoding="utf-8"
    )
    settings = load({"SURVEY_INSTANCE": str(tmp_path), "SURVEY_ORGANIZER": "Environment", "PATH": "/bin"})
    assert (settings.organizer, settings.contact) == ("Environment", "file@example.org")


def test_secrets_come_from_files_and_rotate(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("new,old\n", encoding="utf-8")
    assert load({"SURVEY_SECRET_KEY_FILE": str(tmp_path / "keys")}).secret_key == ("new", "old")


def test_a_number_stays_text() -> None:
    assert load({"SURVEY_SECRET_KEY": "12345"}).secret_key == ("12345",)


BAD = {
    "an unknown variable": ({"SURVEY_COLOUR": "red"}, "", "SURVEY_COLOUR"),
    "a secret that cannot be read": ({"SURVEY_SECRET_KEY_FILE": "/nowhere"}, "", "/nowhere"),
    "no time zone": ({"SURVEY_TIMEZONE": "Rome"}, "", "Rome"),
    "no address": ({"SURVEY_PUBLIC_URL": "example.org"}, "", "example.org"),
    "no language": ({"SURVEY_LANGUAGE": "xx"}, "", "xx"),
    "an unknown setting in the file": ({}, 'colour = "red"', "colour"),
    "a number in the file": ({}, "contact = 1", "contact"),
    "no TOML": ({}, "contact", "config.toml"),
}


@pytest.mark.parametrize("environ, content, said", BAD.values(), ids=BAD)
def test_what_cannot_be_used(tmp_path: Path, environ: dict[str, str], content: str, said: str) -> None:
    (tmp_path / "config.toml").write_text(content, encoding="utf-8")
    with pytest.raises(BadSettings, match=said):
        load({"SURVEY_INSTANCE": str(tmp_path), **environ})


def test_every_setting_is_documented() -> None:
    documented = DOCUMENTED.read_text(encoding="utf-8")
    assert [row.name for row in ROWS if f"SURVEY_{row.name}" not in documented] == []
