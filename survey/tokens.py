"""Invitation id <-> signed link; open links; answers that travel in a form; marks; receipts; sign-in links.

A link is the invitation's random id and its signature (HMAC-SHA256 under a salt of its own, with a
list of keys that can rotate); it carries no time and no name. Only the one canonical spelling of a
link is accepted, where itsdangerous would read others leniently: see `_LINK`.
A mark is an HMAC of the invitation's id under the wave's own mark key; what stands for a person in the
waves of a study, and the code of that person's answers, are HMACs under the study's key.
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
CODE_BYTES = 15
"""Of a panel code: as text 20 letters of A-Z a-z 0-9 - _, whoever it stands for."""
NO_CODE = "." * (CODE_BYTES * 4 // 3)
"""What stands in place of a panel code once its study is at an end."""
RECEIPTS_AHEAD = 30
RECEIPT_BYTES = 5
"""Of what is drawn, and of its signature: nobody can try codes but by the command, one at a time."""
_LINK = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
"""A link as it is written. The last character of an id and of a signature has four and two bits to
spare, which a reader ignores: only where they are zero, the spelling is ours."""
_SALT = "riscontro.invitation"
_OPEN_SALT = "riscontro.open"
_START_SALT = "riscontro.start"
_OPT_OUT_SALT = "riscontro.opt_out"
_PARTNER_SALT = "riscontro.partner"
_CARRIED_SALT = "riscontro.carried"
_RECEIPT_SALT = "riscontro.receipt"
CARRIED_FOR = timedelta(days=30)
"""How long answers can travel in a form that is open in a browser."""
STARTED_WITHIN = timedelta(hours=24)
"""How long the start button of an open link's page can be pressed."""


class UnknownLink(Refusal):
    """The link is not one of ours, was altered, or its invitation no longer exists."""

    def __init__(self) -> None:
        super().__init__(
            "this link is not known; check that it is whole: mail programs sometimes break long links"
        )


def new_id() -> bytes:
    """A random invitation id of 16 bytes."""
    return secrets.token_bytes(ID_BYTES)


class _SignedIds:
    """Writes and reads signed ids of 16 bytes, for one purpose, under a list of keys.

    The first key signs, all are accepted. Written they are 66 characters of A-Z a-z 0-9 - _ and one dot.
    """

    def __init__(self, keys: tuple[str, ...], salt: str) -> None:
        oldest_first = list(reversed(keys))
        self._signer = Signer(oldest_first, salt=salt, digest_method=hashlib.sha256)

    def _written(self, signed: bytes) -> str:
        return self._signer.sign(_encoded(signed)).decode("ascii")

    def _read(self, link: str) -> bytes:
        if not _LINK.fullmatch(link):
            raise UnknownLink
        try:
            return base64.urlsafe_b64decode(self._signer.unsign(link) + b"==")
        except BadSignature as failure:
            raise UnknownLink from failure


class Links(_SignedIds):
    """Personal links of invitations."""

    _salt = _SALT

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(keys, self._salt)

    def link(self, invitation: bytes) -> str:
        """The link of an invitation's id."""
        return self._written(invitation)

    def invitation(self, link: str) -> bytes:
        """The id inside a link. Raises UnknownLink for anything but the canonical spelling."""
        return self._read(link)


class OptOuts(_SignedIds):
    """What ends the mails to one contact; useless as a link to a questionnaire, and the other way round."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(keys, _OPT_OUT_SALT)

    def token(self, contact: bytes) -> str:
        """The token of a contact's id."""
        return self._written(contact)

    def contact(self, token: str) -> bytes:
        """The id inside a token. Raises UnknownLink for anything but the canonical spelling."""
        return self._read(token)


class PartnerLinks(_SignedIds):
    """Addresses of the results that are given back to partners; of no use for anything else."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(keys, _PARTNER_SALT)

    def token(self, page: bytes) -> str:
        """The token of a page's id."""
        return self._written(page)

    def page(self, token: str) -> bytes:
        """The id inside a token. Raises UnknownLink for anything but the canonical spelling."""
        return self._read(token)


class OpenLinks(Links):
    """The same for the links of posters: the id is that of a batch of invitations, see `survey.handing`."""

    _salt = _OPEN_SALT


class StartTooOld(Refusal):
    """The start button was pressed on a page that was open for too long, or was altered."""

    def __init__(self) -> None:
        super().__init__("this page was open for too long; please press the button once more")


class Starts:
    """One-time numbers for the start button behind an open link; keys as for Links.

    Nothing identifies the visitor: that the same page sends the same number twice is what leads a double
    click to one invitation.
    """

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._oldest_first = list(reversed(keys))

    def fresh(self, batch: bytes) -> str:
        """A new number for a page of this open link, signed."""
        return str(self._signer(batch).dumps(secrets.token_urlsafe(ID_BYTES)))

    def digest(self, batch: bytes, start: str) -> bytes:
        """What is stored of a number (32 bytes). Raises StartTooOld."""
        try:
            number: str = self._signer(batch).loads(start, max_age=int(STARTED_WITHIN.total_seconds()))
        except BadData as failure:
            raise StartTooOld from failure
        return hashlib.sha256(number.encode("utf-8")).digest()

    def _signer(self, batch: bytes) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            self._oldest_first,
            salt=f"{_START_SALT}.{batch.hex()}",
            signer_kwargs={"digest_method": hashlib.sha256},
        )


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


class BadReceipt(Refusal):
    """A code that is no receipt of this wave."""

    def __init__(self, wave_id: str) -> None:
        super().__init__(
            "this is no receipt of the wave {wave}: check every letter, and that the wave is the one meant",
            wave=wave_id,
        )


class Receipts:
    """Makes receipts, which tell that answers arrived in a wave and nothing else; keys as for Links.

    A receipt is random bytes and their signature. It is made anew each time that it is shown, is stored
    nowhere, and nothing of a link or of an answer goes into it: any of a wave is as good as any other.
    """

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._keys = tuple(key.encode("utf-8") for key in keys)
        self._ready: dict[str, list[str]] = {}

    def receipt(self, wave_id: str) -> str:
        """A new receipt of a wave: 16 letters and digits in groups of four.

        They are made a few at a time, each after the other being four times as fast as by itself, and
        are kept in memory only until they are given out.
        """
        ready = self._ready.setdefault(wave_id, [])
        try:
            return ready.pop()
        except IndexError:
            ready.extend(self._made(wave_id) for _ in range(RECEIPTS_AHEAD))
            return self._made(wave_id)

    def _made(self, wave_id: str) -> str:
        drawn = secrets.token_bytes(RECEIPT_BYTES)
        code = base64.b32encode(drawn + _receipt_mark(self._keys[0], wave_id, drawn)).decode("ascii")
        return "-".join(code[place : place + 4] for place in range(0, len(code), 4))

    def judge(self, wave_id: str, receipt: str) -> None:
        """Raise BadReceipt unless this program made it in the wave; blanks, hyphens and case do not count."""
        try:
            raw = base64.b32decode("".join(receipt.replace("-", " ").split()).upper())
        except (binascii.Error, ValueError) as failure:
            raise BadReceipt(wave_id) from failure
        drawn, marked = raw[:RECEIPT_BYTES], raw[RECEIPT_BYTES:]
        marks = [_receipt_mark(key, wave_id, drawn) for key in self._keys]
        if not any(hmac.compare_digest(marked, one) for one in marks):
            raise BadReceipt(wave_id)


def _receipt_mark(key: bytes, wave_id: str, drawn: bytes) -> bytes:
    said = f"{_RECEIPT_SALT}\0{wave_id}\0".encode() + drawn
    return hmac.digest(key, said, hashlib.sha256)[:RECEIPT_BYTES]


def _encoded(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def mark(mark_key: bytes, invitation: bytes) -> bytes:
    """The mark (32 bytes) of an invitation under its wave's mark key."""
    return hmac.digest(mark_key, invitation, hashlib.sha256)


def new_key() -> bytes:
    """A mark key for one wave, or a key for one study."""
    return secrets.token_bytes(MARK_BYTES)


def person(study_key: bytes, known_as: str) -> bytes:
    """What stands for a person in the invitations of a study (32 bytes): the same in all of its waves.

    `known_as` is what the study knows people by, an address or an id. Without the key nobody can try out
    addresses against it.
    """
    return hmac.digest(study_key, b"person\0" + known_as.encode("utf-8"), hashlib.sha256)


def panel_code(study_key: bytes, of: bytes | None) -> str:
    """The code under which a person's answers are stored in all waves of a study.

    `of` is what `person` gave. It leads to the code with the key only, and the code never leads back. Of
    somebody whom the study cannot know again (None) it is drawn anew each time.
    """
    if of is None:
        raw = secrets.token_bytes(CODE_BYTES)
    else:
        raw = hmac.digest(study_key, b"code\0" + of, hashlib.sha256)[:CODE_BYTES]
    return base64.urlsafe_b64encode(raw).decode("ascii")


def new_sign_in_token() -> str:
    """A one-time sign-in token; only its hash is stored."""
    return secrets.token_urlsafe(32)


def sign_in_hash(token: str) -> str:
    """The stored form of a sign-in token. It has 256 random bits, so a plain hash suffices."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
