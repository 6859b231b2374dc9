"""The evaluators' forms: what was typed comes back with a problem at its field; journeys judge it."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, Field, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.widgets import DateInput

from survey.definitions.model import Mode, Questionnaire
from survey.language import Language, Text, language
from survey.preparing import ROWS, Kind, Row, Typed, title


class SignInForm(FlaskForm):  # type: ignore[misc]
    """The address to which a sign-in link goes."""

    email = EmailField()


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A definition as a file."""

    file = FileField()


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """A tick that says: I have read what this does."""

    sure = BooleanField()


class CloseForm(ConfirmForm):
    """Another tick that says: even while what was begun by the last day is still taken."""

    at_once = BooleanField()


class RedactForm(ConfirmForm):
    """What of a comment is overwritten: all of it, or a part."""

    what = StringField()
    part = StringField()


class ExtendForm(FlaskForm):  # type: ignore[misc]
    """The last day from now on."""

    closes = StringField(widget=DateInput())


def _line(row: Row, t: Language) -> Field:
    return StringField(t(row.label), description=_sentence(t(row.help)))


def _lines(row: Row, t: Language) -> Field:
    return TextAreaField(t(row.label), description=_sentence(t(row.help)), render_kw={"rows": 3})


def _day(row: Row, t: Language) -> Field:
    return StringField(t(row.label), description=_sentence(t(row.help)), widget=DateInput())


def _choice(row: Row, t: Language) -> Field:
    choices = [SelectChoice(value, t(label)) for value, label in (row.options or {}).items()]
    # Which values there are, the journey judges.
    return SelectField(
        t(row.label), description=_sentence(t(row.help)), choices=choices, validate_choice=False
    )


_FIELDS = {Kind.LINE: _line, Kind.LINES: _lines, Kind.DAY: _day, Kind.CHOICE: _choice}


def _sentence(said: str) -> str:
    """The help of an option as a sentence of a page."""
    return said[:1].upper() + said[1:] + "."


def settings_form(questionnaire: Questionnaire, t: Language, before: Typed, new: bool = False) -> FlaskForm:
    """The form of a wave's settings, filled in with what they were before; a `new` wave has no name yet."""
    fields: dict[str, Field] = {}
    if new:
        help_ = t("For addresses and files: letters, digits, - and _. It cannot be changed later.")
        fields["id"] = StringField(t("Name"), description=help_)
    if new and questionnaire.mode is Mode.PANEL:
        help_ = t(
            "The same people are asked again in all waves of a study and known again by a code. Name one "
            "that is going on, or a new one: letters, digits, - and _. It cannot be changed later."
        )
        fields["study"] = StringField(t("Study"), description=help_)
    for code in questionnaire.languages:
        label = t("Title ({language})", language=language(code).name)
        fields[title(code)] = StringField(label, render_kw={"lang": code})
    fields |= {row.name: _FIELDS[row.kind](row, t) for row in ROWS}
    made = type("SettingsForm", (FlaskForm,), fields)
    return made(data=dict(before))


def typed(form: FlaskForm) -> dict[str, str]:
    """Every setting of a form as it was typed."""
    return {field.name: field.data or "" for field in form if field.name not in ("csrf_token", "id")}


def tell(form: FlaskForm, problems: Mapping[str, Text], t: Language) -> None:
    """Put problems beside the fields that they are of."""
    for name, problem in problems.items():
        if name in form:
            said: Any = t(problem)
            form[name].errors = [said[:1].upper() + said[1:]]
