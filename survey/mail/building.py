"""Recipient, subject, text and HTML -> a message with all its headers. Nothing here sends."""

import secrets
from collections.abc import Mapping
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Protocol

from survey.language import Refusal

WHOLE = frozenset({"List-Unsubscribe", "Message-ID"})
"""Headers in plain letters that are one word each."""


class _Whole(EmailPolicy):
    """Leaves such a header whole: folded, a long word would become an encoded one that nobody decodes."""

    def fold(self, name: str, value: Any) -> str:
        """A header as lines of text."""
        return f"{name}: {value}{self.linesep}" if name in WHOLE else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """A header as lines of bytes."""
        return self.fold(name, value).encode() if name in WHOLE else super().fold_binary(name, value)


POLICY = _Whole(linesep="\r\n", cte_type="7bit")
NO_HEADERS: Mapping[str, str] = MappingProxyType({})
AUTOMATIC = "auto-generated"
"""So that answering machines stay silent (RFC 3834)."""


class BadMail(Refusal):
    """A mail cannot be built: a header holds line breaks or other control characters, or no address."""


class MailSettings(Protocol):
    """The settings that a message needs: `anna@example.org` or `Anna <anna@example.org>`; "" for none."""

    @property
    def mail_from(self) -> str:
        """Who sends."""

    @property
    def mail_reply_to(self) -> str:
        """Who gets the replies; empty: who sends."""


def message(
    to: str,
    subject: str,
    text: str,
    html: str,
    settings: MailSettings,
    headers: Mapping[str, str] = NO_HEADERS,
) -> EmailMessage:
    """A mail to one address, as text and as HTML, with a Message-ID of its own; `headers` add and replace.

    Raises BadMail for an address that is none, and for control characters in any header.
    """
    made = EmailMessage(policy=POLICY)
    sender = address(settings.mail_from)
    standing = {
        "From": str(sender),
        "To": address(to).addr_spec,
        "Subject": subject,
        "Reply-To": str(address(settings.mail_reply_to)) if settings.mail_reply_to else "",
        "Message-ID": message_id(sender),
        "Auto-Submitted": AUTOMATIC,
    }
    made.set_content(text, cte="quoted-printable")
    made.add_alternative(html, subtype="html", cte="quoted-printable")
    for name, value in {**standing, **headers}.items():
        if value:
            made[name] = harmless(name, value)
    return made


def message_id(sender: Address) -> str:
    """A random Message-ID in the sender's domain, which tells neither time nor machine."""
    return f"<{secrets.token_hex(16)}@{sender.domain}>"


@lru_cache(maxsize=64)
def address(written: str) -> Address:
    """`Anna <anna@example.org>` or the bare address, its domain as the mail's headers carry it (IDNA).

    Raises BadMail.
    """
    name, spec = parseaddr(harmless("address", written))
    local, at, domain = spec.rpartition("@")
    try:
        if not (local and at and domain):
            raise ValueError(spec)
        made = Address(display_name=name, addr_spec=f"{local}@{domain.encode('idna').decode('ascii')}")
    except (ValueError, HeaderParseError, IndexError) as failure:
        raise BadMail(
            "{value} is no e-mail address; write for example anna@example.org", value=ascii(written)
        ) from failure
    return made


def harmless(name: str, value: str) -> str:
    """A value that may stand in a header. Raises BadMail where it could begin another, or hide something."""
    if not all(letter.isprintable() for letter in value):
        raise BadMail(
            "{name} holds line breaks or other control characters: {value}; remove them",
            name=name, value=ascii(value),
        )  # fmt: skip
    return value
