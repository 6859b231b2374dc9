"""The id of an item or of an option -> the name of its column, the same in every file and for ever.

A name is legal in SPSS, Stata and R alike: at most 32 lower-case letters, digits and `_`, a letter first,
no word that one of the three keeps for itself. It depends on the id alone, so that another item never
changes it. No two ids share a name: an id that is legal as it stands is its own name, of an option it is
`item__option`; every other one ends in `__x` and eight digits of its checksum, and nothing else ends so.
"""

import re
from hashlib import sha256

LONGEST = 32
"""Characters of a name: Stata takes no more."""
DIGITS = 8

_LEGAL = re.compile(r"[a-z][a-z0-9_]*")
_MENDED = re.compile(rf".*__x[0-9a-f]{{{DIGITS}}}")
_SPSS = "all and by eq ge gt le lt ne not or to with"
_STATA = "byte double float if in int long str strl using with"
_R = "if else repeat while function for next break in"
RESERVED = frozenset(f"{_SPSS} {_STATA} {_R}".split())
_STATA_STRING = re.compile(r"str\d+")


def column(item: str, option: str | None = None) -> str:
    """The name of the column of an item, or of one option of an item of several choices."""
    plain = item if option is None else f"{item}__{option}"
    parts_tell = "__" not in item and not item.endswith("_")
    if parts_tell and _fits(plain):
        return plain
    digits = sha256(item.encode() if option is None else f"{item}|{option}".encode()).hexdigest()[:DIGITS]
    readable = re.sub(r"[^a-z0-9_]", "_", plain.lower())[: LONGEST - DIGITS - 3]
    return f"{readable}__x{digits}"


def _fits(name: str) -> bool:
    legal = bool(_LEGAL.fullmatch(name)) and len(name) <= LONGEST and not name.endswith("_")
    kept = name in RESERVED or _STATA_STRING.fullmatch(name) or _MENDED.fullmatch(name)
    return legal and not kept
