"""Invitation id <-> signed link; answers that travel in a form; marks; sign-in links.

A link is the invitation's random id and its signature (HMAC-SHA256 under a salt of its own, with a
list of keys that can rotate); it carries no time and no name. Only the one canonical spelling of a
link is accepted: what itsdangerous would read leniently is loaded, written again and compared.
A mark is an HMAC of the invitation's id under the wave's own mark key.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from itsdangerous import BadData, BadSignature, Signer, URLSafeTimedSerializer

from survey.language import Refusal

ID_BYTES = 16
MARK_BYTES = 32
_LINK = re.compile(r"[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}")
_SALT = "riscontro.invitation"
_CARRIED_SALT = "riscontro.carried"
CARRIED_FOR = timedelta(days=30)
"""How long answers can travel in a form that is open in a browser."""


class UnknownLink(Refusal):
    """The link is not one of ours, was altered, or its invitation no longer exists."""

    def __init__(self) -> None:
        super().__init__(
            "this link is not known; check that it is whole: mail programs sometimes break long links"
        )


def new_id() -> bytes:
    """A random invitation id of 16 bytes."""
    return secrets.token_bytes(ID_BYTES)


class Links:
    """Writes and reads links under a list of secret keys, the first of which signs."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        oldest_first = list(reversed(keys))
        self._signer = Signer(oldest_first, salt=_SALT, digest_method=hashlib.sha256)

    def link(self, invitation: bytes) -> str:
        """The link of an invitation's id: 66 characters of A-Z a-z 0-9 - _ and one dot."""
        return self._signer.sign(_encoded(invitation)).decode("ascii")

    def invitation(self, link: str) -> bytes:
        """The id inside a link. Raises UnknownLink for anything but the canonical spelling."""
        if not _LINK.fullmatch(link):
            raise UnknownLink
        try:
            encoded = self._signer.unsign(link)
            invitation = base64.urlsafe_b64decode(encoded + b"==")
        except (BadSignature, binascii.Error) as failure:
            raise UnknownLink from failure
        if _encoded(invitation) != encoded or not self._canonical(link):
            raise UnknownLink
        return invitation

    def _canonical(self, link: str) -> bool:
        """The signature's last character holds spare bits: only their zero spelling is ours."""
        signature = link.rpartition(".")[2]
        return _encoded(base64.urlsafe_b64decode(signature + "=")).decode("ascii") == signature


class CarriedUnreadable(Refusal):
    """The answers that travel in a form were altered, are another link's or version's, or too old."""

    def __init__(self) -> None:
        super().__init__("the answers that travel in this form cannot be read any more")


class Carrier:
    """Packs answers so that they can travel in a form, and unpacks them; keys as for Links.

    They are signed and compressed, not hidden: they only travel to whoever typed them. The signature
    binds them to one invitation and to one text of the definition.
    """

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._oldest_first = list(reversed(keys))

    def packed(self, invitation: bytes, definition: str, sent: Mapping[str, Sequence[str]]) -> str:
        """Fields of a form (name -> values) as text for one field; `definition` is its SHA-256."""
        return str(self._signer(invitation, definition).dumps({name: list(sent[name]) for name in sent}))

    def unpacked(self, invitation: bytes, definition: str, carried: str) -> dict[str, list[str]]:
        """The fields that `packed` packed; none in an empty text. Raises CarriedUnreadable."""
        if not carried:
            return {}
        try:
            fields: dict[str, list[str]] = self._signer(invitation, definition).loads(
                carried, max_age=int(CARRIED_FOR.total_seconds())
            )
        except BadData as failure:
            raise CarriedUnreadable from failure
        return fields

    def _signer(self, invitation: bytes, definition: str) -> URLSafeTimedSerializer:
        salt = f"{_CARRIED_SALT}.{invitation.hex()}.{definition}"
        return URLSafeTimedSerializer(
            self._oldest_first, salt=salt, signer_kwargs={"digest_method": hashlib.sha256}
        )


def _encoded(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def mark(mark_key: bytes, invitation: bytes) -> bytes:
    """The mark (32 bytes) of an invitation under its wave's mark key."""
    return hmac.digest(mark_key, invitation, hashlib.sha256)


def new_mark_key() -> bytes:
    """A mark key for one wave."""
    return secrets.token_bytes(MARK_BYTES)


def new_sign_in_token() -> str:
    """A one-time sign-in token; only its hash is stored."""
    return secrets.token_urlsafe(32)


def sign_in_hash(token: str) -> str:
    """The stored form of a sign-in token. It has 256 random bits, so a plain hash suffices."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
