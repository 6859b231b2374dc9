"""Which language a page speaks."""

from collections.abc import Sequence
from functools import lru_cache

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from survey.language import DEFAULT


def choose(asked: str | None, invited: str | None, accepted: str, offered: Sequence[str]) -> str:
    """The language asked for in the address, else the invitation's, else the browser's, else Italian.

    `accepted` is the Accept-Language header; only codes in `offered` (at least one) are chosen.
    """
    for code in (asked, invited):
        if code in offered:
            return str(code)
    return _best(accepted, tuple(offered)) or (DEFAULT if DEFAULT in offered else offered[0])


@lru_cache(maxsize=256)
def _best(accepted: str, offered: tuple[str, ...]) -> str | None:
    """The first offered language in the browser's order of preference; en-GB is taken for en."""
    for tag, quality in parse_accept_header(accepted, LanguageAccept):
        for code in (tag.lower(), tag.lower().split("-")[0]):
            if quality > 0 and code in offered:
                return code
    return None
