"""Short codes: what can be typed in place of a personal link.

A code stands for 50 bits, made of the invitation's id under the secret key, so the same letter printed
twice bears the same code. It is written in Crockford's base 32 (no I, L, O, U) with two check characters:
every single wrong character, and every two neighbours exchanged, is noticed. What is stored to find the
invitation again (`lookups`) is made under the secret key too: who has the database alone has no code.
"""

import hashlib
import hmac

from survey.language import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 50
LENGTH = 12
"""Characters: ten for the bits and two to check them."""
BLOCK = 4
LOOKUP_BYTES = 16
_MODULUS = 1021
"""The largest prime below 32 squared: a changed or exchanged character always changes the remainder."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u2011": None, "\u2013": None})
_CODE, _LOOKUP = b"riscontro.code", b"riscontro.code.lookup"


class MistypedCode(Refusal):
    """What was typed is no code: its length, a character or the check is wrong."""

    def __init__(self) -> None:
        super().__init__(
            "this code cannot be right: it has {length} letters and digits; compare it with the letter",
            length=LENGTH,
        )


def canonical(typed: str) -> str:
    """The code that was meant, as `XXXX-XXXX-XXXX`: blanks, hyphens and small letters do not matter.

    O is read as 0, I and L as 1. Raises MistypedCode.
    """
    plain = typed.strip().upper().translate(_READ_AS)
    if len(plain) != LENGTH or not set(plain) <= set(ALPHABET):
        raise MistypedCode
    if _number(plain[-2:]) != _number(plain[:-2]) % _MODULUS:
        raise MistypedCode
    return _blocks(plain)


class Codes:
    """Makes codes under a list of secret keys: the first makes them, all find them again."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._keys = tuple(key.encode("utf-8") for key in keys)

    def code(self, invitation: bytes, attempt: int = 0) -> str:
        """The code of an invitation; a further `attempt` where another invitation has this one."""
        digest = hmac.digest(self._keys[0], _CODE + bytes([attempt]) + invitation, hashlib.sha256)
        number = int.from_bytes(digest[:8], "big") >> (64 - BITS)
        return _blocks(_written(number, LENGTH - 2) + _written(number % _MODULUS, 2))

    def lookup(self, code: str) -> bytes:
        """What is stored of a canonical code (16 bytes)."""
        return _lookup(self._keys[0], code)

    def lookups(self, code: str) -> tuple[bytes, ...]:
        """What may be stored of it: under each key, so that a changed key leaves printed letters valid."""
        return tuple(_lookup(key, code) for key in self._keys)


def _lookup(key: bytes, code: str) -> bytes:
    return hmac.digest(key, _LOOKUP + code.encode("ascii"), hashlib.sha256)[:LOOKUP_BYTES]


def _number(characters: str) -> int:
    value = 0
    for character in characters:
        value = value * len(ALPHABET) + ALPHABET.index(character)
    return value


def _written(number: int, length: int) -> str:
    characters = ""
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        characters = ALPHABET[digit] + characters
    return characters


def _blocks(plain: str) -> str:
    return "-".join(plain[first : first + BLOCK] for first in range(0, len(plain), BLOCK))
