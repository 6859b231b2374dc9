"""Delivery reports (RFC 3464), as a mail server's pipe or a saved mailbox gives them -> who was not reached.

A report is matched by the Message-ID of the mail that it gives back, which names the contact; without it,
by the address alone. Reports of delays and of deliveries say nothing that has to be remembered.
"""

import mailbox
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from pathlib import Path

FAILED = "failed"
_OURS = re.compile(r"<([0-9a-f]{32})\.[0-9a-f]{32}@[^>\s]+>")
_LONGEST_REASON = 200


@dataclass(frozen=True)
class Report:
    """One recipient who was not reached: the addresses the report names, in lower case, why, and the contact.

    `contact`: the id in the Message-ID of the mail that came back; None where the report holds none of ours.
    """

    addresses: frozenset[str]
    reason: str
    contact: bytes | None


def message_id(contact: bytes, mail: bytes, domain: str) -> str:
    """The Message-ID by which a report is matched: two random ids, which tell nothing to anybody else."""
    return f"<{contact.hex()}.{mail.hex()}@{domain}>"


def read(content: bytes) -> list[Report]:
    """The failures that a mailbox (mbox) or a single message reports; other mails in it are passed over."""
    return [report for message in _messages(content) for report in _reports(message)]


def _messages(content: bytes) -> Iterator[Message]:
    if not content.startswith(b"From "):
        yield message_from_bytes(content)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mbox"
        path.write_bytes(content)
        box = mailbox.mbox(path, create=False)
        try:
            yield from box
        finally:
            box.close()


def _reports(message: Message) -> Iterator[Report]:
    parts = list(message.walk())
    returned = next(filter(None, map(_returned, parts)), None)
    found = _OURS.search(str(returned.get("Message-ID", ""))) if returned is not None else None
    sent_to = _addresses(str(returned.get("To", ""))) if returned is not None else frozenset()
    for part in parts:
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for fields in part.get_payload():
                if isinstance(fields, Message) and str(fields.get("Action", "")).strip().lower() == FAILED:
                    named = (fields.get("Original-Recipient", ""), fields.get("Final-Recipient", ""))
                    addresses = frozenset[str]().union(*map(_addresses, map(str, named)))
                    yield Report(
                        addresses | sent_to, _reason(fields), bytes.fromhex(found[1]) if found else None
                    )


def _returned(part: Message) -> Message | None:
    """The mail that came back, or its headers."""
    kind, content = part.get_content_type(), part.get_payload()
    if kind == "message/rfc822" and isinstance(content, list) and content:
        return content[0] if isinstance(content[0], Message) else None
    if kind == "text/rfc822-headers":
        decoded = part.get_payload(decode=True)
        return message_from_string(decoded.decode("utf-8", "replace")) if isinstance(decoded, bytes) else None
    return None


def _addresses(field: str) -> frozenset[str]:
    """The addresses in `rfc822; anna@example.org` or in a To header."""
    return frozenset(one.lower() for one in re.findall(r"[^\s<>;,\"]+@[^\s<>;,\"]+", field))


def _reason(fields: Message) -> str:
    said = str(fields.get("Diagnostic-Code", "")) or str(fields.get("Status", ""))
    plain = "".join(letter if letter.isprintable() else " " for letter in said)
    return " ".join(plain.split())[:_LONGEST_REASON]
