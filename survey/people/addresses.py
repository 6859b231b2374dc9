"""An e-mail address as somebody typed it -> as it is stored and sent to, or why it cannot be one.

Judged is its form only: no name server is asked, so that no list of people becomes a list of questions
on the network. What is typed before the @ is kept, the domain is written in small letters, and one with
accents as name servers know it (xn--...).
"""

import re
from collections.abc import Callable
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from survey.language import Refusal, Text, text

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
"""Characters without a width, which come along when an address is copied from a page."""


COMMON = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*")
SHORT = 64
"""What nearly all addresses have before the @, of which nothing else needs to be judged if they are short."""


class BadAddress(Refusal):
    """The address does not have the form of one."""


WHY: tuple[tuple[Callable[[str], bool], Text], ...] = (
    (lambda typed: "@" not in typed, text("it has no @")),
    (lambda typed: typed.count("@") > 1, text("here goes one address")),
    (lambda typed: " " in typed, text("it holds a space")),
    (lambda typed: "," in typed, text("it holds a comma")),
    (
        lambda typed: not typed.rpartition("@")[0].isascii(),
        text("letters with accents before the @ do not arrive everywhere"),
    ),
    (lambda typed: "." not in typed.rpartition("@")[2], text("behind the @ a dot is missing")),
    (lambda typed: True, text("it cannot be written like this")),
)
"""What is wrong, the first that holds."""


def normalised(typed: str) -> str:
    """The address to store. Raises BadAddress."""
    plain = typed.translate(INVISIBLE).strip()
    local, _, domain = plain.rpartition("@")
    try:
        if len(plain) <= SHORT and COMMON.fullmatch(local):
            return f"{local}@{_domain(domain)}"
        found = _judged(plain)
    except EmailNotValidError as failure:
        why = next(said for holds, said in WHY if holds(plain))
        raise BadAddress(
            "“{value}” is no e-mail address: {why}; write it like anna.rossi@example.org",
            value=shown(typed), why=why,
        ) from failure  # fmt: skip
    return found


def _judged(address: str) -> str:
    """The address as the library writes it in plain letters. Raises EmailNotValidError."""
    judged = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    return judged.ascii_email or address


@lru_cache(maxsize=4096)
def _domain(domain: str) -> str:
    """The domain as it is stored. People of a list share few of them, and most of the judging is theirs."""
    return _judged(f"a@{domain}").rpartition("@")[2]


def shown(typed: str) -> str:
    """What was typed, short, and with nothing in it that could steer a terminal."""
    short = typed[:60] + ("…" if len(typed) > 60 else "")
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in short)
