"""The words of a mail: a template with {placeholders} and their values -> subject, text and HTML.

A template is simple text: paragraphs with blank lines between them; a paragraph of lines that begin with
"- " is a list; a paragraph that is only {link} becomes a button. Placeholders are replaced in one pass, by
values that are never read again, and nothing else in a template means anything. Below every mail stands
what no template can take away: the mode, the threshold, and how to get no more mails.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from survey.language import Language, Refusal, Text, plural_text, text
from survey.mail.kinds import INVITATION, REMINDER, RESULTS

EVERYWHERE: Mapping[str, Text] = {
    "greeting": text("a greeting, with the person's name where it is known"),
    "name": text("the person's name, as it was imported; may be empty"),
    "title": text("the title of the survey"),
    "organizer": text("who asks"),
    "contact": text("whom people can ask; may be empty"),
    "threshold": text("the smallest number of answers that is shown"),
}
ASKING: Mapping[str, Text] = {
    "link": text("the personal link; alone in its paragraph it becomes a button"),
    "duration": text("a sentence: how long it takes"),
    "closes": text("the last day for answers; empty where none is set"),
    "until": text("a sentence: until when answers are taken; empty where no day is set"),
}
AFTERWARDS: Mapping[str, Text] = {
    "turnout": text("a sentence: how many people answered"),
}
PLACEHOLDERS: Mapping[str, Mapping[str, Text]] = {
    INVITATION: {**EVERYWHERE, **ASKING},
    REMINDER: {**EVERYWHERE, **ASKING},
    RESULTS: {**EVERYWHERE, **AFTERWARDS},
}
"""What a mail of each kind may name, and what it stands for."""
LONGEST_SUBJECT, LONGEST_BODY = 150, 10_000
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]']")
_SPARE = re.compile(r"\n\s*\n")

BODY = 'style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,Segoe UI,Roboto,Helvetica,Arial,sans-serif"'
COLUMN = 'style="max-width:36em;margin:0 auto"'
BUTTON = (
    'style="display:inline-block;padding:12px 20px;background:#1f4f8f;color:#ffffff;border-radius:6px;'
    'text-decoration:none;font-weight:bold"'
)
BREAKING = 'style="overflow-wrap:anywhere;word-break:break-word"'
RULE = '<hr style="border:0;border-top:1px solid #8a94a3;margin:24px 0">'


class BadTemplate(Refusal):
    """The words of a mail cannot be used as they are."""


@dataclass(frozen=True)
class Template:
    """Subject and body, with placeholders."""

    subject: str
    body: str


@dataclass(frozen=True)
class Written:
    """The words of one mail."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Occasion:
    """What a mail is about: its kind, whether answers bear the organization's name, and the threshold.

    `panel`: whether answers bear a code that is the same in all waves of a study.
    """

    kind: str
    named: bool
    threshold: int
    panel: bool = False


GREETING, LINK, ORGANIZER, UNTIL = Text("{greeting}"), Text("{link}"), Text("{organizer}"), Text("{until}")
SUBJECTS: Mapping[str, Text] = {
    INVITATION: text("We ask for your answers: {title}"),
    REMINDER: text("Reminder: {title}"),
    RESULTS: text("Thank you: {title}"),
}
BODIES: Mapping[tuple[str, bool], tuple[Text, ...]] = {
    (INVITATION, False): (
        GREETING,
        text("{organizer} asks you to take part in this survey: {title}. {duration}"),
        text("This is your personal link:"),
        LINK,
        text("{until} The link works once and is meant for you alone: please do not pass it on."),
        text("Thank you for your time."),
        ORGANIZER,
    ),
    (INVITATION, True): (
        GREETING,
        text("{organizer} asks your organization to take part in this survey: {title}. {duration}"),
        text("This is the link of your organization:"),
        LINK,
        text(
            "{until} You need not finish at once: what you save waits behind the link. You may pass it on to "
            "colleagues who answer with you."
        ),
        text("Thank you for your time."),
        ORGANIZER,
    ),
    (REMINDER, False): (
        GREETING,
        text("some days ago {organizer} asked you to take part in this survey: {title}. {duration}"),
        text("Every answer makes the figures more reliable. This is your personal link once more:"),
        LINK,
        UNTIL,
        text(
            "A program sends this reminder to links that were not used yet; nobody is told whose they are. "
            "If you have answered in the meantime, thank you: nothing else is needed."
        ),
        ORGANIZER,
    ),
    (REMINDER, True): (
        GREETING,
        text("some days ago {organizer} asked your organization to take part in this survey: {title}."),
        text("Its answers have not been sent yet. This is the link of your organization once more:"),
        LINK,
        text("{until} What was saved before waits behind the link."),
        ORGANIZER,
    ),
    **dict.fromkeys(
        ((RESULTS, False), (RESULTS, True)),
        (
            GREETING,
            text("this survey has closed: {title}. {turnout} Thank you to everybody who took part."),
            text("The results are figures of groups. {organizer} tells you where to read them."),
            ORGANIZER,
        ),
    ),
}


def standing(kind: str, named: bool, t: Language) -> Template:
    """The words of a kind of mail where nobody has changed them, their placeholders as they are."""
    same = {name: f"{{{name}}}" for name in PLACEHOLDERS[kind]}
    body = [t(Text(part.message, same)) for part in BODIES[kind, named]]
    return Template(t(Text(SUBJECTS[kind].message, same)), "\n\n".join(body))


def judged(kind: str, template: Template) -> Template:
    """A template as it can be stored. Raises BadTemplate, which says what is wrong with it."""
    subject = template.subject.strip()
    body = template.body.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not subject or not subject.isprintable() or len(subject) > LONGEST_SUBJECT:
        raise BadTemplate(
            "the subject must be one line of at most {n} letters, without control characters",
            n=LONGEST_SUBJECT,
        )
    if not body or len(body) > LONGEST_BODY or not body.replace("\n", "").replace("\t", "").isprintable():
        raise BadTemplate(
            "the text must have from 1 to {n} letters, without control characters", n=LONGEST_BODY
        )
    for name in _PLACEHOLDER.findall(f"{subject}\n{body}"):
        if name not in PLACEHOLDERS[kind]:
            raise BadTemplate(
                "{unknown} stands for nothing in this mail; write one of {known}",
                unknown=f"{{{name}}}", known=", ".join(f"{{{one}}}" for one in PLACEHOLDERS[kind]),
            )  # fmt: skip
    if "{link}" in subject:
        raise BadTemplate("the subject would show the personal link; write {link} in the text only",
                          link="{link}")  # fmt: skip
    if "link" in PLACEHOLDERS[kind] and "{link}" not in body:
        raise BadTemplate("the text lacks the personal link; write {link} where it shall stand",
                          link="{link}")  # fmt: skip
    return Template(subject, body)


def written(
    template: Template, occasion: Occasion, values: Mapping[str, str], opt_out: str, t: Language
) -> Written:
    """The words of one mail; `values` belong to the placeholders of its kind, `opt_out` is an address."""
    subject = _filled(template.subject, values)
    paragraphs = [one.strip() for one in _SPARE.split(template.body)]
    promise = promised(occasion, t)
    parts = [_filled(one, values) for one in paragraphs]
    below = [f"{name} {said}" for name, said in promise]
    stop = t("You want no more mails about this survey? {address}", address=opt_out)
    plain = [*filter(None, parts), "—", "\n".join(below), stop]
    return Written(
        subject,
        "\n\n".join(plain) + "\n",
        _page(subject, [_block(one, values, t) for one in paragraphs], promise, opt_out, t),
    )


def promised(occasion: Occasion, t: Language) -> list[tuple[str, str]]:
    """What is said of the mode and of the threshold, each with its heading."""
    n = occasion.threshold
    if occasion.named:
        groups = plural_text(
            "published results are figures of groups with at least one answer.",
            "published results are figures of groups with at least {n} answers.",
            n,
        )
        return [
            (
                t("Not anonymous:"),
                t(
                    "you answer for your organization. The evaluators of the programme see the answers "
                    "together with its name."
                ),
            ),
            (t("Groups only:"), t(groups)),
        ]
    groups = plural_text(
        "results are shown only for groups with at least one answer.",
        "results are shown only for groups with at least {n} answers.",
        n,
    )
    return [
        _under_a_code(t) if occasion.panel else _anonymous(t),
        (t("Groups only:"), f"{t(groups)} {t('Your employer never sees individual answers.')}"),
    ]


def _anonymous(t: Language) -> tuple[str, str]:
    said = t(
        "your answers are stored without your name, address, link or time. No answer can be traced back to "
        "you."
    )
    return t("Anonymous:"), said


def _under_a_code(t: Language) -> tuple[str, str]:
    said = t(
        "you are asked more than once, and your first answers shall meet your later ones. They are stored "
        "without your name, address, link or time, under a code that is the same in all rounds of this study."
    )
    return t("Under a code:"), said


def _filled(part: str, values: Mapping[str, str]) -> str:
    """A part of a template with its values; blanks that an empty value leaves behind go."""
    filled = _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), part)
    return re.sub(r"[ \t]{2,}", " ", filled).strip()


def _block(part: str, values: Mapping[str, str], t: Language) -> str:
    """A paragraph of a template as HTML."""
    if part == "{link}":
        return _button(values["link"], t)
    lines = [_html(line) for line in _filled(part, values).split("\n") if line]
    if lines and all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>"
    return f"<p {BREAKING}>" + "<br>".join(lines) + "</p>" if lines else ""


def _button(link: str, t: Language) -> str:
    address = escape(link)
    return (
        f'<p><a href="{address}" {BUTTON}>{escape(t("Open the questionnaire"))}</a></p>'
        f"<p {BREAKING}>{escape(t('Or copy this address into your browser:'))}<br>"
        f'<a href="{address}" style="color:inherit">{address}</a></p>'
    )


def _html(line: str) -> str:
    """A line in which addresses can be followed, and everything else is text."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(line):
        address = escape(found[0])
        parts += [
            escape(line[end : found.start()]),
            f'<a href="{address}" style="color:inherit">{address}</a>',
        ]
        end = found.end()
    return "".join([*parts, escape(line[end:])])


def _page(subject: str, blocks: list[str], promise: list[tuple[str, str]], opt_out: str, t: Language) -> str:
    """The HTML of a mail: one column, no picture, nothing that is loaded from anywhere."""
    promises = "".join(f"<p><strong>{escape(name)}</strong> {escape(said)}</p>" for name, said in promise)
    stop = (
        f'<p><a href="{escape(opt_out)}" style="color:inherit">'
        f"{escape(t('No more mails about this survey'))}</a></p>"
    )
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{t.code}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
            f'<meta name="color-scheme" content="light dark"><title>{escape(subject)}</title></head>',
            f"<body {BODY}>",
            f'<main lang="{t.code}" {COLUMN}>',
            *filter(None, blocks),
            RULE,
            promises,
            stop,
            "</main>",
            "</body>",
            "</html>\n",
        ]
    )
