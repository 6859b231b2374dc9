"""Short codes of invitations, made when a letter or a file is, and found again when they are typed."""

from collections.abc import Sequence

from survey.codes import Codes, canonical
from survey.language import Refusal
from survey.store import Store, short_codes
from survey.store.database import Database
from survey.throttling import Throttle

BURST, PER_SECOND = 30, 0.5
"""Wrong codes that are looked up: whoever guesses a million codes a month meets none."""


class UnknownCode(Refusal):
    """The code is well-formed, but none of ours."""

    def __init__(self) -> None:
        super().__init__("this code is not known; please compare it with the letter")


class TooManyCodes(Refusal):
    """More wrong codes were typed than people would."""

    def __init__(self) -> None:
        super().__init__("too many wrong codes were typed in the last minutes; please try again in a minute")


def given(db: Database, codes: Codes, invitations: Sequence[bytes]) -> dict[bytes, str]:
    """Inside a transaction: the code of each invitation, stored where it is new."""
    made: dict[bytes, str] = {}
    fresh: dict[bytes, bytes] = {}
    for invitation in invitations:
        code, lookup = _free(db, codes, invitation, fresh)
        made[invitation] = code
        if lookup is not None:
            fresh[lookup] = invitation
    short_codes.add(db, fresh.items())
    return made


def _free(
    db: Database, codes: Codes, invitation: bytes, fresh: dict[bytes, bytes]
) -> tuple[str, bytes | None]:
    """The first code of an invitation that is no other one's, and its look-up where it is not stored yet."""
    attempt = 0
    while True:
        code = codes.code(invitation, attempt)
        lookup = codes.lookup(code)
        owner = fresh.get(lookup) or short_codes.known(db, [lookup]).get(lookup)
        if owner in (None, invitation):
            return code, lookup if owner is None else None
        attempt += 1


class TypedCodes:
    """Finds the invitation of a typed code; wrong ones are few at a time."""

    def __init__(self, store: Store, codes: Codes) -> None:
        self._store = store
        self._codes = codes
        self._throttle = Throttle(BURST, PER_SECOND)

    def invitation(self, typed: str, clock: float) -> bytes:
        """The invitation of a code as somebody typed it, at `clock` (monotonic, seconds).

        Raises MistypedCode, UnknownCode and TooManyCodes. A code that cannot be right uses nothing up.
        """
        code = canonical(typed)
        if not self._throttle.allows("wrong", clock):
            raise TooManyCodes
        lookups = self._codes.lookups(code)
        with self._store.read() as db:
            found = short_codes.known(db, lookups)
        if not found:
            self._throttle.take("wrong", clock)
            raise UnknownCode
        return next(iter(found.values()))
